"""What ``sen check`` found as the first screen at a terminal: by rule, by number."""

from __future__ import annotations

from collections.abc import Sequence

from sencli.core.record.types import Entry
from sencli.core.text.plural import plural
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
_AROUND = 16
"""Rows of the screen for what stands around the findings."""
_LEAST = 6
_ROWS = 1.8
"""Rows of the screen that a finding takes: most have two."""


def listed(found: Sequence[Entry], rows: int) -> list[Entry]:
    """The rows of the first screen, what matters most first; every unmet duty.

    Args:
        found: the findings that were asked for.
        rows: of the terminal.
    """
    every = together(sorted(found, key=order))
    duties = sum(row["level"] == "must" for row in every)
    return every[: max(duties, _LEAST, int((rows - _AROUND) / _ROWS))]


def build(
    shown: Sequence[Entry],
    found: Sequence[Entry],
    everything: Sequence[Entry],
    school: Entry,
    day: str,
    looked_at: str,
) -> View:
    """The first screen of the findings.

    Args:
        shown: its rows, from ``listed``.
        found: the findings that were asked for.
        everything: all that were found, for the summary.
        school: the school.
        day: ISO date.
        looked_at: what was looked at: "33 records".
    """
    blocks: list[Block] = []
    number = 1
    for level in LEVELS:
        if rows := [row for row in shown if row["level"] == level]:
            lines = tuple(map(sentence, rows))
            blocks += [Heading(TITLES[level]), Bullets(lines, number)]
            number += len(rows)
    more = len(together(sorted(found, key=order))) - len(shown)
    if more > 0:
        said = plural(more, "more line")
        blocks.append(Text(f"And {said}:\n  sen check --format table"))
    blocks.append(Text(summary(everything, len(found), looked_at)))
    if shown:
        blocks.append(Text("To mend one, type its number: sen do 1"))
    name = Letterhead(str(school.get("name", "")))
    return View("Check", name, day, tuple(blocks))


def sentence(row: Entry) -> str:
    """One row as a line: the rule, whom it is about, and what is missing."""
    who = f"{row['name']}: " if row["name"] else ""
    return f"{row['code']}  {who}{row.get('brief') or row['message']}"
