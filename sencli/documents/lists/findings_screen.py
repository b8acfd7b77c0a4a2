"""What ``sen check`` found as the first screen at a terminal: by rule, by number."""

from __future__ import annotations

from collections.abc import Sequence

from sencli.core.record.types import Entry
from sencli.core.text.dates import words
from sencli.core.text.plural import plural
from sencli.documents.lists.due_screen import NO_DAY_BELOW
from sencli.documents.lists.findings import order
from sencli.documents.lists.findings import summary
from sencli.documents.lists.findings import together
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Heading
from sencli.documents.view import Letterhead
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.rules.model import LEVELS

TITLES = {
    "must": "Duties not met",
    "reminder": "Reminders for the local authority",
    "should": "Guidance not shown",
    "may": "Notes",
}


def listed(found: Sequence[Entry]) -> list[Entry]:
    """The rows for the first screen, what matters most first."""
    return together(sorted(found, key=order))


def build(
    every: Sequence[Entry],
    room: int,
    found: int,
    everything: Sequence[Entry],
    school: Entry,
    day: str,
    looked_at: str,
) -> View:
    """The first screen of the findings.

    Args:
        every: the rows, from ``listed``.
        room: how many it may hold.
        found: how many findings were asked for.
        everything: all that were found, for the summary.
        school: the school.
        day: ISO date.
        looked_at: what was looked at: "33 records".
    """
    blocks: list[Block] = []
    shown = every[:room]
    number = 1
    for level in LEVELS:
        if rows := [row for row in shown if row["level"] == level]:
            lines = tuple(map(sentence, rows))
            blocks += [Heading(TITLES[level]), Bullets(lines, number)]
            number += len(rows)
    if more := len(every) - len(shown):
        said = plural(more, "more line")
        blocks.append(Text(f"And {said}:\n  sen check --format table"))
    blocks.append(Text(summary(everything, found, looked_at)))
    if shown:
        blocks.append(Text("To mend one, type its number: sen do 1"))
    name = Letterhead(str(school.get("name", "")))
    title = f"Check on {words(day)}"
    return View(title, name, day, tuple(blocks), labels=NO_DAY_BELOW)


def sentence(row: Entry) -> str:
    """One row as a line: the rule, whom it is about, and what is missing."""
    who = f"{row['name']}: " if row["name"] else ""
    return f"{row['code']} {who}{row.get('brief') or row['message']}"
