"""What is arranged for a pupil from a day: how such entries are added and changed.

A suspension, a part-time timetable, a place in a base: each kind is a list of the
record whose entries have ids, and are numbered by their days.
"""

from __future__ import annotations

from collections.abc import Callable

from sencli.core.record.lookup import STILL
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import words
from sencli.value import Value


class Kind(Value):
    """A kind of arrangement.

    Attributes:
        field: the list in the record.
        noun: what one is called; its commands are ``sen`` and this with hyphens.
        label: one on one line.
        command: its group of commands.
        need: what ``add`` needs, for a hint.
        change: what ``set`` may be given, for a hint.
        same: fields that make two entries the same thing, which cannot run twice at a
            time.
        day: the field with its day.
    """

    field: str
    noun: str
    label: Callable[[Entry], str]
    command: str
    need: str = ""
    change: str = ""
    same: tuple[str, ...] = ()
    day: str = "from"

    @property
    def key(self) -> str:
        """The noun as a name in json."""
        return self.noun.replace(" ", "_").replace("-", "_")


def in_order(record: Entry, kind: Kind) -> list[Record]:
    """The entries, oldest first: the order that their numbers go by."""
    return sorted(record.get(kind.field, ()), key=lambda e: str(e[kind.day]))


def running(record: Entry, kind: Kind, day: str) -> list[Record]:
    """The entries in force on the day, oldest first."""
    return [
        entry
        for entry in in_order(record, kind)
        if entry[kind.day] <= day <= entry.get("until", STILL)
    ]


def span_words(entry: Entry) -> str:
    """``from 3 November 2025 until 19 December 2025``."""
    until = f" until {words(entry['until'])}" if "until" in entry else ""
    return f"from {words(entry['from'])}{until}"


def number_words(value: float, one: str, several: str = "") -> str:
    """``1 day``, ``2.5 days``."""
    return f"{value:g} {one if value == 1 else several or one + 's'}"
