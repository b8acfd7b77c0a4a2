"""The repository's refs, and moving many of them together."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from sencli.store.change import journal
from sencli.store.change import recover
from sencli.store.files import files
from sencli.store.git.process import fault
from sencli.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sencli.store.git.process import Git

OURS = ("refs/heads/", "refs/tags/")
_FORMAT = "%(refname) %(objectname) %(objecttype) %(symref)"
_SETTLED = 1.0
_PAUSE = 0.05


class Ref(Value):
    """A branch, a tag, or what is known of a remote.

    Attributes:
        name: in full, such as ``refs/heads/main``.
        target: the object's name.
        kind: commit or tag (others are none of ours).
        symbolic: whether it only stands for another name.
    """

    name: str
    target: str
    kind: str
    symbolic: bool


class RefMove(Value):
    """One ref moving from one object to another.

    Attributes:
        ref: the name.
        old: where it is.
        new: where it goes; "" takes the name away.
        symbolic: whether it only stands for another name.
    """

    ref: str
    old: str
    new: str
    symbolic: bool = False


def listed(git: Git) -> list[Ref]:
    """Every name below ``refs/``."""
    out = git.ask("for-each-ref", f"--format={_FORMAT}").decode("utf-8", "replace")
    found = []
    for line in out.splitlines():
        name, target, kind, symref = line.split(" ", 3)
        found.append(Ref(name, target, kind, bool(symref)))
    return found


def start(git: Git, which: Iterable[RefMove], lock: int) -> None:
    """Move all of them; each only from where it was.

    Whether it is done is asked of the names themselves (`begun`): killed in the middle,
    some may have moved, and git may report an error although all have.
    """
    lines = []
    for move in which:
        if move.symbolic:
            lines += ["option no-deref", f"delete {move.ref}"]
        elif move.new:
            lines.append(f"update {move.ref} {move.new} {move.old}")
        else:
            lines.append(f"delete {move.ref} {move.old}")
    feed = "".join(f"{line}\n" for line in lines).encode()
    args = ("update-ref", "-m", "sencli: erase", "--stdin")
    with git.start(*args, inherit=lock) as process:
        _, err = process.communicate(feed)
    if process.returncode:
        words = err.decode("utf-8", "replace").strip()
        raise fault("git update-ref", process.returncode, words)


def begun(git: Git, which: Iterable[RefMove]) -> bool:
    """Whether any of them has moved: then all must."""
    now = {ref.name: ref.target for ref in listed(git)}
    for move in which:
        at = now.get(move.ref, "")
        if not move.new or not at or at == move.old:
            continue
        args = ("merge-base", "--is-ancestor", move.new, at)
        if at == move.new or git.run(*args)[0] == 0:
            return True
    return False


def rest(git: Git, which: Iterable[RefMove]) -> list[RefMove]:
    """Those that have not moved yet."""
    now = {ref.name: ref for ref in listed(git)}
    return [
        move
        for move in which
        if move.ref in now and (move.symbolic or now[move.ref].target == move.old)
    ]


def settle(root: str, which: Iterable[RefMove]) -> None:
    """Wait until the names are on the disk itself."""
    inside = os.path.join(root, ".git")
    folders = {os.path.join(inside, *move.ref.split("/")[:-1]) for move in which}
    for folder in sorted(folders | {inside}):
        if os.path.isdir(folder):
            files.sync_folder(folder)


def clear_locks(root: str, which: Iterable[RefMove]) -> None:
    """Remove the locks that a killed git of ours left on these names.

    On the list of packed names it is ours if it is younger than our promise and stays.
    """
    for move in which:
        recover.clear_locks(root, journal.Journal(move.ref, move.new or move.old))
    promised, _ = journal.stamp(root)
    for name in ("packed-refs.lock", "packed-refs.new"):
        path = os.path.join(root, ".git", name)
        with suppress(FileNotFoundError):
            while (stat := os.lstat(path)).st_mtime_ns >= promised:
                if time.time() - stat.st_mtime < _SETTLED:
                    time.sleep(_PAUSE)
                    continue
                files.delete(path)
