"""Is anything left of a pupil? Everywhere in the folder, git's own cellars included.

Every object, whether anything leads to it or not; the names of branches, the logs of
where they were, what programs noted down, our own caches; and the working folder with
what git ignores there.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sencli.errors import IntegrityFault
from sencli.store import files
from sencli.store.seeking import needles
from sencli.store.seeking import seen
from sencli.value import Value

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterator
    from typing import IO

    from sencli.store.git import Git
    from sencli.store.parallel import Told
    from sencli.store.repo import Repository
    from sencli.store.seeking import Needle


_PRUNE = "git reflog expire --expire=now --all, then: git gc --prune=now"


class Found(Value):
    """A place where something is left.

    Attributes:
        area: history, leftover, git, or folder.
        place: a path, or an object's name.
        what: which of the things looked for.
        number: in how many versions.
        mend: how to be rid of it.
    """

    area: str
    place: str
    what: tuple[str, ...]
    number: int
    mend: str


def search(
    repository: Repository, ids: Collection[str], words: Collection[str]
) -> list[Found]:
    """Everything that is left, by area and place.

    Args:
        repository: the records.
        ids: pupils' ids.
        words: names, numbers, whatever else to look for.
    """
    git = repository.git
    wanted = needles(ids, words)
    found = _history(git, _objects(git, wanted, repository.told))
    found += _inside(git, wanted)
    found += _working(git, wanted)
    return sorted(found, key=lambda one: (one.area, one.place))


def _objects(
    git: Git, wanted: list[Needle], told: Told
) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Every object that holds something: its name to its kind and what it holds."""
    out = git.ask("count-objects", "-v").decode()
    counted = dict(line.split(": ") for line in out.splitlines())
    number = int(counted["count"]) + int(counted["in-pack"])
    found = {}
    args = ("cat-file", "--batch-all-objects", "--unordered", "--batch")
    with told("Looking through the history", number) as step, git.start(*args) as work:
        if work.stdin:
            work.stdin.close()
        if work.stdout:
            for name, kind, data in _each(work.stdout):
                if hits := seen(data, wanted):
                    found[name] = kind, tuple(hits)
                if step:
                    step(1)
        work.stdin = None
        if work.wait():
            raise IntegrityFault(
                "The history is damaged, so it cannot be looked through.",
                "See what is wrong: sen verify",
            )
    return found


def _each(pipe: IO[bytes]) -> Iterator[tuple[str, str, bytes]]:
    while head := pipe.readline():
        name, kind, size = head.decode().split()
        yield name, kind, pipe.read(int(size) + 1)[:-1]


def _history(git: Git, hits: dict[str, tuple[str, tuple[str, ...]]]) -> list[Found]:
    """What was found in objects, by the file they are versions of."""
    if not hits:
        return []
    args = ("rev-list", "--objects", "--all", "--reflog", "--indexed-objects")
    paths: dict[str, str] = {}
    for line in git.ask(*args).decode("utf-8", "replace").splitlines():
        name, _, path = line.partition(" ")
        paths[name] = path
    places: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for name, (kind, what) in hits.items():
        places.setdefault(_place(name, kind, paths), []).append(what)
    return [
        Found(area, place, tuple(sorted({*sum(all_of, ())})), len(all_of), mend(area))
        for (area, place), all_of in places.items()
    ]


def _place(name: str, kind: str, paths: dict[str, str]) -> tuple[str, str]:
    if name not in paths:
        return "leftover", f"{kind} {name[:10]}"
    if kind == "commit":
        return "history", f"message of {name[:10]}"
    if kind == "tag":
        return "history", f"tag {name[:10]}"
    path = paths[name]
    return "history", f"{path or 'top'}/" if kind == "tree" else path


def mend(area: str) -> str:
    """How to be rid of what was found in an area."""
    return {
        "history": "sen erase PUPIL, or git log -S WORDS to see what it says",
        "leftover": _PRUNE,
        "git": "Look at it, and delete the file or the branch",
        "folder": "Look at it, and delete the file if it is the pupil's",
    }[area]


def _inside(git: Git, wanted: list[Needle]) -> Iterator[Found]:
    """Git's own folder beside the objects; and what killed programs left of objects."""
    folder = os.path.join(git.root, ".git")
    store = os.path.join(folder, "objects")
    staged = git.ask("ls-files", "-z")
    if hits := seen(staged, wanted):
        yield Found("git", ".git/index", tuple(hits), 1, "sen commit, or git reset")
    for path in _below(folder):
        name = os.path.basename(path)
        place = os.path.relpath(path, git.root)
        if path.startswith(store + os.sep):
            if name.startswith(("tmp_", ".tmp-")):
                yield Found("leftover", place, ("unfinished",), 1, _PRUNE)
        elif place != os.path.join(".git", "index"):
            yield from _file("git", git.root, place, wanted)


def _working(git: Git, wanted: list[Needle]) -> Iterator[Found]:
    """The folder itself, with what git ignores."""
    for path in _below(git.root):
        place = os.path.relpath(path, git.root)
        if place.split(os.sep)[0] != ".git":
            yield from _file("folder", git.root, place, wanted)


def _file(area: str, root: str, place: str, wanted: list[Needle]) -> Iterator[Found]:
    path = os.path.join(root, place)
    try:
        data = os.readlink(path).encode() if os.path.islink(path) else files.read(path)
    except OSError as error:
        unread = f"cannot be read: {error.strerror}"
        yield Found(area, place, (unread,), 1, "sen doctor")
        return
    hits = seen(os.fsencode(place) + b"\n" + data, wanted) or seen(data, wanted)
    if hits:
        yield Found(area, place, tuple(hits), 1, mend(area))


def _below(folder: str) -> Iterator[str]:
    for above, folders, names in os.walk(folder):
        folders.sort()
        if above == folder and ".git" in folders:
            folders.remove(".git")
        yield from (os.path.join(above, name) for name in sorted(names))
        links = [one for one in folders if os.path.islink(os.path.join(above, one))]
        yield from (os.path.join(above, one) for one in links)
