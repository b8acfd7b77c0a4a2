"""Search the whole folder, including .git, for remains of a pupil.

Every object, whether anything leads to it or not; the names of branches, the logs of
where they were, what programs noted down, our own caches; and the working folder with
what git ignores there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from sencli.core.audit import erasure
from sencli.core.text.folding import fold
from sencli.core.text.folding import key
from sencli.core.text.names_in_text import text_words
from sencli.errors import IntegrityFault
from sencli.errors import UsageFault
from sencli.store.erasure.unpacked import unpacked
from sencli.store.files import files
from sencli.value import Value

if TYPE_CHECKING:
    from typing import IO

    from sencli.store.files.parallel import ShowProgress
    from sencli.store.git.process import Git
    from sencli.store.repository.repository import Repository


_SHORTEST = 3
_PACKED = re.compile(r"pack/(?:pack-[0-9a-f]{40}|multi-pack-index[^/]*)")
_LOOSE = re.compile(r"[0-9a-f]{2}/[0-9a-f]{38}|info/packs|pack/multi-pack-index")
# between a first and a last name, in prose, in a table and in a record
_BETWEEN = r"[\W_]{0,5}(?:(?:first|last)_name: ['\"]?)?"
_WIDE = re.compile(rb"(?:\0[\x20-\x7e]){3}|(?:[\x20-\x7e]\0){3}")
# within a double-barrelled name, or one with an apostrophe
_WITHIN = r"[\W_]{0,2}"


class Page:
    """Some bytes, as text in each way in which they may be one.

    Args:
        data: the bytes.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def low(self) -> bytes:
        """The bytes in lower case."""
        return self.data.lower()

    @cached_property
    def plain(self) -> bool:
        """Whether folding changes no more than the case: nearly all there is."""
        return self.data.isascii() and b"\0" not in self.data

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The texts, folded as names are."""
        wide = self._wide()
        try:
            return (fold(self.data.decode()), *map(fold, wide))
        except UnicodeDecodeError:
            narrow = self.data.decode("cp1252", "ignore")
            loose = self.data.decode("utf-8", "ignore")
            return tuple(map(fold, (loose, narrow, *wide)))

    def _wide(self) -> Iterator[str]:
        """The texts with two bytes a letter, wherever they begin."""
        if _WIDE.search(self.data):
            for data in (self.data, self.data[1:]):
                yield data.decode("utf-16-le", "ignore")
                yield data.decode("utf-16-be", "ignore")


class Needle(Value):
    """One thing to look for.

    Attributes:
        shown: what it is called to people.
        anchor: what stands in every place, folded; quick to look for.
        pattern: what it looks like: of bytes, or of folded text.
    """

    shown: str
    anchor: str
    pattern: re.Pattern[bytes] | re.Pattern[str]

    def found(self, page: Page) -> bool:
        """Whether it stands there."""
        if isinstance(self.pattern.pattern, bytes):
            near = self.anchor.encode() in page.low
            return near and self.pattern.search(page.data) is not None
        if page.plain and self.anchor.encode() not in page.low:
            return False
        return any(
            self.anchor in text and self.pattern.search(text) for text in page.texts
        )


def needles(ids: Collection[str], words: Collection[str]) -> list[Needle]:
    """Patterns to search for: ids as whole words, names in either order.

    Words are found however they are spelt, by the folding of names.

    Raises:
        UsageFault: a word is so short that it is found everywhere.
    """
    found = [Needle(i, i.lower(), erasure.word([i])) for i in sorted(ids)]
    for typed in words:
        parts = typed.split()
        if len(key("".join(parts))) < _SHORTEST:
            raise UsageFault(
                f"{typed!a} is too short to look for: it would be found everywhere.",
                "Give a whole name: --words WORDS",
            )
        found.append(_of_words(typed, parts))
    return found


def _of_words(typed: str, parts: list[str]) -> Needle:
    split = [[word.key for word in text_words(part)] for part in parts]
    spelt = [_WITHIN.join(map(re.escape, words)) for words in split if words]
    orders = [spelt] if len(spelt) == 1 else [spelt, spelt[::-1]]
    either = "|".join(_BETWEEN.join(order) for order in orders)
    longest = max((word for words in split for word in words), key=len, default="")
    return Needle(typed, longest, re.compile(rf"(?<![^\W_])(?:{either})(?![^\W_])"))


def matches_in(data: bytes, wanted: Collection[Needle]) -> list[str]:
    """Matches in these bytes, compressed data included."""
    found: dict[str, None] = {}
    for part in (data, *unpacked(data)):
        page = Page(part)
        found |= {one.shown: None for one in wanted if one.found(page)}
    return list(found)


_PRUNE = "git reflog expire --expire=now --all, then: git gc --prune=now"


class Trace(Value):
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
) -> list[Trace]:
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
    git: Git, wanted: list[Needle], told: ShowProgress
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
                if hits := matches_in(data, wanted):
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


def _history(git: Git, hits: dict[str, tuple[str, tuple[str, ...]]]) -> list[Trace]:
    """Matches in git objects, by the file they are versions of."""
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
        Trace(area, place, tuple(sorted({*sum(all_of, ())})), len(all_of), mend(area))
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


def _inside(git: Git, wanted: list[Needle]) -> Iterator[Trace]:
    """Git's own folder beside the objects; and what killed programs left of objects."""
    folder = os.path.join(git.root, ".git")
    store = os.path.join(folder, "objects")
    staged = git.ask("ls-files", "-z")
    if hits := matches_in(staged, wanted):
        yield Trace("git", ".git/index", tuple(hits), 1, "sen commit, or git reset")
    for path in _below(folder):
        name = os.path.basename(path)
        place = os.path.relpath(path, git.root)
        if path.startswith(store + os.sep):
            if name.startswith(("tmp_", ".tmp-")):
                yield Trace("leftover", place, ("unfinished",), 1, _PRUNE)
            elif not _of_git(os.path.relpath(path, store), store):
                yield from _file("git", git.root, place, wanted)
        elif place != os.path.join(".git", "index"):
            yield from _file("git", git.root, place, wanted)


def _of_git(place: str, store: str) -> bool:
    """Whether git reads a file among its objects: a pack, only with its index."""
    base, dot, kind = place.replace(os.sep, "/").rpartition(".")
    if dot and kind == "pack" and _PACKED.fullmatch(base):
        return os.path.exists(os.path.join(store, f"{base}.idx"))
    return bool(_PACKED.fullmatch(base) if dot else _LOOSE.fullmatch(kind))


def _working(git: Git, wanted: list[Needle]) -> Iterator[Trace]:
    """The folder itself, with what git ignores."""
    for path in _below(git.root):
        place = os.path.relpath(path, git.root)
        if place.split(os.sep)[0] != ".git":
            yield from _file("folder", git.root, place, wanted)


def _file(area: str, root: str, place: str, wanted: list[Needle]) -> Iterator[Trace]:
    path = os.path.join(root, place)
    try:
        data = os.readlink(path).encode() if os.path.islink(path) else files.read(path)
    except OSError as error:
        unread = f"cannot be read: {error.strerror}"
        yield Trace(area, place, (unread,), 1, "sen doctor")
        return
    hits = matches_in(os.fsencode(place) + b"\n" + data, wanted) or matches_in(
        data, wanted
    )
    if hits:
        yield Trace(area, place, tuple(hits), 1, mend(area))


def _below(folder: str) -> Iterator[str]:
    for above, folders, names in os.walk(folder):
        folders.sort()
        if above == folder and ".git" in folders:
            folders.remove(".git")
        yield from (os.path.join(above, name) for name in sorted(names))
        links = [one for one in folders if os.path.islink(os.path.join(above, one))]
        yield from (os.path.join(above, one) for one in links)
