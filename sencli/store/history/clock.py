"""Compare this computer's clock with the history's dates.

A change keeps the date of the clock by which it was made for ever, so a wrong clock is
said before anything is written.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from sencli.store.git import settings

if TYPE_CHECKING:
    from sencli.store.git.process import Git
    from sencli.store.git.process import Reader

SLACK = 600
"""Seconds by which the clocks of two computers may well differ."""
_LOOKED_AT = 20
_SEVERAL = 2
_PARENT = re.compile(rb"^parent ([0-9a-f]{40})$", re.MULTILINE)
_MADE = re.compile(rb"^committer [^\n]*> (\d+) [+-]\d{4}$", re.MULTILINE)


def recent(reader: Reader) -> list[int]:
    """When the newest changes say that they were made, the newest first."""
    found: list[int] = []
    name = "HEAD"
    while name and len(found) < _LOOKED_AT:
        commit = reader.get(name)
        head = commit[2].partition(b"\n\n")[0] if commit else b""
        made = _MADE.search(head)
        if made is None:
            break
        found.append(int(made[1]))
        parent = _PARENT.search(head)
        name = parent[1].decode() if parent else ""
    return found


def spoken(seconds: float) -> str:
    """A moment in local time: ``3 December 2026 at 10:15``."""
    try:
        then = time.localtime(seconds)
    except (OverflowError, ValueError, OSError):
        return "a day far off"
    return time.strftime("%d %B %Y at %H:%M", then).lstrip("0")


def wrong(git: Git, made: list[int]) -> str:
    """A sentence where the newest changes are later than now; "" where all is well.

    Args:
        git: the repository.
        made: when its newest changes were made, the newest first.
    """
    now = int(settings.moment(git, "committer", None).split()[0])
    later = [seconds for seconds in made if seconds - now > SLACK]
    # a single one further back had itself a wrong clock
    if not later or (len(later) < _SEVERAL and later[0] != made[0]):
        return ""
    return (
        f"The newest change in these records is dated {spoken(max(later))}, and this "
        f"computer's clock says {spoken(now)}: one of the two clocks is wrong. Look at "
        "the date and time of this computer before you go on, since every change keeps "
        "the date it was saved with."
    )


def came_wrong(git: Git, ours: str, theirs: str, remote: str) -> str:
    """A sentence where changes that came have dates which cannot be right, or "".

    Args:
        git: the repository, which has them.
        ours: our newest change, or "".
        theirs: the newest that came.
        remote: where they come from.
    """
    without = [f"^{ours}"] if ours else []
    words = ("log", "--boundary", "--format=%m %ct %H %P", theirs, *without, "--")
    lines = [line.split() for line in git.ask(*words).decode().splitlines()]
    when = {name: int(seconds) for _, seconds, name, *_ in lines}
    now = int(settings.moment(git, "committer", None).split()[0])
    ahead, back = 0, 0
    for mark, seconds, _, *parents in lines:
        before = max((when.get(name, 0) for name in parents), default=0)
        if mark != "-" and int(seconds) - now > SLACK:
            ahead = max(ahead, int(seconds))
        elif mark != "-" and before - int(seconds) > SLACK:
            back = int(seconds)
    if not ahead and not back:
        return ""
    why = (
        f"and this computer's clock says {spoken(now)}"
        if ahead
        else "before the change that it follows"
    )
    return (
        f"A change from {remote} is dated {spoken(ahead or back)}, {why}: a clock is "
        "wrong, or was then. Look at the date and time of both computers."
    )
