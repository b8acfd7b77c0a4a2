"""Scripts of commands with the dates they are typed on, as in ``examples/``.

A line ``## 2024-09-09 09:15 J. Patel`` sets day, time and author of the lines below
it. ``# ...`` is a remark. All else is typed as in a shell, a backslash at the end of a
line going on in the next.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from datetime import datetime
from datetime import timedelta

from sencli.errors import InvalidValue
from sencli.value import Value

_HEAD = re.compile(r"## (\d{4}-\d\d-\d\d) (\d\d:\d\d) (\S.*)")
_BETWEEN = timedelta(minutes=2)


class StoryStep(Value):
    """One command line of a story.

    Attributes:
        where: file and line, for a message.
        moment: local time at which it is typed, ISO text to the minute.
        author: who types it.
        words: the words after ``sen``.
    """

    where: str
    moment: str
    author: str
    words: tuple[str, ...]

    @property
    def day(self) -> str:
        """The day on which it is typed, as ISO text."""
        return self.moment[:10]


def steps(text: str, name: str) -> Iterator[StoryStep]:
    """The command lines of one file, in order; each is typed two minutes later.

    Raises:
        InvalidValue: a line that is neither a heading, a remark nor a command.
    """
    moment, author = None, ""
    for number, line in _lines(text):
        where = f"{name}:{number}"
        if line.startswith("## "):
            moment, author = _heading(line, where)
            continue
        words = _words(line, where)
        if moment is None or words[0] != "sen":
            raise InvalidValue(
                f"{where}: {line[:60]!r} is not a command of a day.",
                "Write ## 2024-09-09 09:15 J. Patel, and below it: sen ...",
            )
        yield StoryStep(
            where, moment.isoformat(timespec="minutes"), author, tuple(words[1:])
        )
        moment += _BETWEEN


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Whole lines with the number of their first part; blanks and remarks left out."""
    held, first = "", 0
    for number, part in enumerate(text.splitlines(), 1):
        first = first if held else number
        if part.endswith("\\"):
            held += part[:-1]
            continue
        line, held = held + part, ""
        if line.strip() and (line.startswith("## ") or not line.startswith("#")):
            yield first, line
    if held:
        yield first, held


def _heading(line: str, where: str) -> tuple[datetime, str]:
    found = _HEAD.fullmatch(line.rstrip())
    try:
        if found is not None:
            return datetime.fromisoformat(f"{found[1]}T{found[2]}"), found[3]
    except ValueError:
        pass
    raise InvalidValue(
        f"{where}: {line!r} is not a day, a time and a name.",
        "Write ## 2024-09-09 09:15 J. Patel",
    )


def _words(line: str, where: str) -> list[str]:
    try:
        return shlex.split(line)
    except ValueError as error:
        raise InvalidValue(
            f"{where}: {error}.", "Close what is in quotation marks."
        ) from error
