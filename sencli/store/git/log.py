"""Read the whole history with one `git log`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sencli.store.git.partial_clone import shallow_ends
from sencli.store.git.trailers import trailers
from sencli.value import Value

if TYPE_CHECKING:
    from sencli.store.git.process import Git

# A sign before each text: nobody can write what begins an entry into one.
_FORMAT = "%x01%H%x00%P%x00%ct%x00%aI%x00=%an%x00=%s%x00=%B"
# a message may hold \x01, but no NUL: nobody can write an entry into a message
_ENTRY = re.compile(r"(?:^|\0)\x01(?=[0-9a-f]{40}\0)")


class Touched(Value):
    """One file that a commit changes.

    Attributes:
        path: the file.
        mode: its new mode, such as ``100644``; ``000000`` where it goes.
        blob: the new content's object name.
        before: the names of the content in each parent.
    """

    path: str
    mode: str
    blob: str
    before: tuple[str, ...]


class Commit(Value):
    """One commit.

    Attributes:
        name: its object name.
        parents: those of its parents.
        seconds: when it was committed, since 1970.
        date: when it was written, ISO with zone.
        author: by whom.
        subject: its first line.
        action: its ``Action`` trailer, "" where it was not made by sencli.
        pupils: its ``Pupil`` trailers.
        undoes: its ``Undoes`` trailer.
        files: what it changes; of a merge, what it decides anew.
        edge: whether a shallow clone begins with it, so that nobody can say here what
            it changes.
    """

    name: str
    parents: tuple[str, ...]
    seconds: int
    date: str
    author: str
    subject: str
    action: str
    pupils: tuple[str, ...]
    undoes: str
    files: tuple[Touched, ...]
    edge: bool = False


def commits(git: Git, *args: str) -> list[Commit]:
    """The commits that `git log` gives for these arguments, newest first."""
    out = git.ask(
        "-c",
        "core.commitGraph=false",
        "log",
        "--topo-order",
        f"--format={_FORMAT}",
        "--raw",
        "-c",
        "--no-abbrev",
        "--no-renames",
        "--no-ext-diff",
        "--no-textconv",
        "--no-show-signature",
        "--no-color",
        "-z",
        *args,
        "--",
    )
    text = out.decode("utf-8", "replace")
    edge = shallow_ends(git.root)
    return [_commit(entry, edge) for entry in _ENTRY.split(text)[1:]]


def _commit(entry: str, edge: frozenset[str]) -> Commit:
    fields = entry.split("\0")
    name, parents, seconds, date, author, subject, message = fields[:7]
    said = trailers(message)
    return Commit(
        name,
        tuple(parents.split()),
        int(seconds),
        date,
        author[1:],
        subject[1:],
        ",".join(said.get("Action", ())),
        tuple(filter(None, said.get("Pupil", ()))),
        ",".join(said.get("Undoes", ())),
        () if name in edge else tuple(_files(fields[7:])),
        edge=name in edge,
    )


def _files(fields: list[str]) -> list[Touched]:
    """The raw lines of a commit: a head such as `:100644 ...`, then the path."""
    found = []
    at = 0
    while at < len(fields) - 1:
        head = fields[at].strip("\n")
        if not head.startswith(":"):
            at += 1
            continue
        parents = len(head) - len(head.lstrip(":"))
        words = head.lstrip(":").split()
        before = tuple(words[parents + 1 : 2 * parents + 1])
        blob = words[2 * parents + 1]
        found.append(Touched(fields[at + 1], words[parents], blob, before))
        at += 2
    return found
