"""When changes from other computers arrived here.

History has no place: after two computers met, the first parent of a commit may be the
other's. So each meeting notes, before the branch moves, when it was, where the branch
was here and where it goes. What was known here on a day follows from that, and from the
commits of this computer between two meetings; no later meeting changes it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sencli.store.files import files
from sencli.store.git import settings
from sencli.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sencli.store.git.process import Git

_LIMIT = 10_000_000
_FIELDS = 3
_NONE = "-"
_NAME = 40
# What git says of a branch that moved to others' commits by another program.
_FOREIGN = ("sencli: sync", "clone:", "pull", "merge", "fetch")


class Arrival(Value):
    """The branch here moved to a commit that another computer made, or to a merge.

    Attributes:
        seconds: when, since 1970.
        before: where it was; "-" where there was nothing.
        after: where it went; it may have stayed where it was.
    """

    seconds: int
    before: str
    after: str


def note(git: Git, ref: str, before: str, after: str) -> None:
    """Keep in mind that the branch is about to move to what others did.

    Args:
        git: the repository.
        ref: the branch.
        before: where it is.
        after: where it goes.
    """
    moment = int(settings.moment(git, "committer", None).split()[0])
    _save(git, [*arrivals(git, ref), Arrival(moment, before, after)])


def keep(git: Git, ref: str) -> None:
    """Keep what only git's own log knows, which is about to go."""
    if known := arrivals(git, ref):
        _save(git, known)


def _save(git: Git, known: list[Arrival]) -> None:
    text = "".join(f"{one.seconds} {one.before} {one.after}\n" for one in known)
    path = _path(git)
    folder = os.path.dirname(path)
    files.replace(path, text.encode(), os.path.join(folder, "tmp-arrivals"))
    files.sync_folder(folder)


def arrivals(git: Git, ref: str) -> list[Arrival]:
    """Every arrival here, oldest first; before they were noted, by git's own log."""
    noted = [_parsed(line) for line in _text(_path(git)).splitlines()]
    found = [one for one in noted if one]
    pairs = {(one.before, one.after) for one in found}
    newest = found[-1].seconds if found else 0
    log = os.path.join(str(git.root), ".git", "logs", *ref.split("/"))
    other = [one for one in map(_logged, _text(log).splitlines()) if one]
    other = [one for one in other if (one.before, one.after) not in pairs]
    if not found:
        return other
    return [*found, *(one for one in other if one.seconds > newest)]


def _path(git: Git) -> str:
    return os.path.join(str(git.root), ".git", "sencli", "arrivals")


def _text(path: str) -> str:
    try:
        return files.read(path, _LIMIT).decode("utf-8", "replace")
    except OSError:
        return ""


def _parsed(line: str) -> Arrival | None:
    words = line.split()
    if len(words) != _FIELDS or not words[0].isdigit() or len(words[2]) != _NAME:
        return None
    return Arrival(int(words[0]), words[1], words[2])


def _logged(line: str) -> Arrival | None:
    """A line of git's log of a branch: old, new, who, when, zone, a tab, why."""
    head, _, why = line.partition("\t")
    words = head.rsplit(maxsplit=2)
    names = head.split(maxsplit=2)
    if not why.startswith(_FOREIGN) or len(words) != _FIELDS:
        return None
    before, after = names[:2]
    if not words[1].isdigit():
        return None
    return Arrival(int(words[1]), before if before.strip("0") else _NONE, after)


class ArrivalLine:
    """The commits that were the newest here, one after the other.

    Args:
        git: the repository.
        ref: the branch.
        now: what a commit is called since an erasure, by what it was called.
    """

    def __init__(self, git: Git, ref: str, now: dict[str, str] | None = None) -> None:
        self._git = git
        self._now = now or {}
        self._arrivals = arrivals(git, ref)

    def own(self) -> Iterator[tuple[str, str]]:
        """Where each stretch of own commits ends and after what it begins.

        The newest stretch first; "" is the beginning of the history.
        """
        tip = "HEAD"
        for one in reversed(self._arrivals):
            if self._since(tip, self._named(one.after)) is None:
                continue  # it did not come to that
            yield tip, self._named(one.after)
            if one.before == _NONE:
                return
            tip = self._named(one.before)
        yield tip, ""

    def at(self, end: int) -> str:
        """The commit that was the newest here at that second; "" before the first."""
        tip = "HEAD"
        for one in reversed(self._arrivals):
            after = self._named(one.after)
            if one.seconds <= end:
                since = self._since(tip, after)
                if since is not None:
                    return next((name for name, t in since if t <= end), after)
            else:
                tip = after if one.before == _NONE else self._named(one.before)
        limit = f"--before={end}"
        args = ("rev-list", "-1", "--first-parent", limit, tip, "--")
        status, out, _ = self._git.run(*args)
        return "" if status else out.decode().strip()

    def _named(self, commit: str) -> str:
        return self._now.get(commit, commit)

    def _since(self, tip: str, after: str) -> list[tuple[str, int]] | None:
        """The own commits after an arrival, newest first, with their times.

        None where the arrival is not part of what came to be.
        """
        args = ("rev-list", "--first-parent", "--timestamp", "--parents")
        status, out, _ = self._git.run(*args, tip, f"^{after}", "--")
        if status:
            return None
        rows = [line.split() for line in out.decode().splitlines()]
        if rows:
            reached = rows[-1][2:3] == [after]
        else:
            _, name, _ = self._git.run("rev-parse", "--verify", "-q", tip)
            reached = name.decode().strip() == after
        return [(row[1], int(row[0])) for row in rows] if reached else None
