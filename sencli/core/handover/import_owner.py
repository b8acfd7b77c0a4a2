"""Who wrote a field last: a person, or a file that was taken in.

What came from a file is amended by the next one. What a person wrote since, or had
written before any file came, stands and is told. The history knows which is which, so
nothing more has to be kept in the records.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from typing import Any
from typing import Protocol

from sencli.core.pupil.attendance import term_of_entry
from sencli.core.record import lookup
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.terms import FLAGS

_BY_RULE = frozenset(("year.roll",))
_OF_FILES = "import"
Value = Callable[[Record], Any]


class Recorded(Protocol):
    """A committed change of one file."""

    @property
    def action(self) -> str:
        """The act."""

    @property
    def old(self) -> Record | None:
        """The record before."""

    @property
    def new(self) -> Record | None:
        """The record after."""


def by_hand(versions: Iterable[Recorded], value: Value) -> bool:
    """Whether a person changed the value last.

    Args:
        versions: of the file, the newest first.
        value: gives what is looked at.
    """
    oldest: Recorded | None = None
    for oldest in versions:
        if value(oldest.old or {}) != value(oldest.new or {}):
            made = oldest.action.startswith(_OF_FILES) or oldest.action in _BY_RULE
            return not made
    # where the history begins later than the record, nobody knows: then it stands
    return oldest is None or value(oldest.old or {}) != value({})


def value_of(record: Record, field: str) -> Any:
    """What a record says under a column, whatever the day."""
    if field in FLAGS:
        return field in lookup.flags_on(record, STILL)
    if field in _OF_LISTS:
        return _OF_LISTS[field](record)
    return record.get(field)


def _newest(record: Record, name: str) -> Entry:
    return lookup.newest(record.get(name, ()), STILL) or {}


def _background(record: Record, name: str) -> Any:
    entry = _newest(record, name)
    return {key: value for key, value in entry.items() if key not in {"id", "from"}}


def _status(record: Record) -> tuple[object, bool]:
    entry = _newest(record, "status")
    return entry.get("provision"), bool(entry.get("monitoring"))


_OF_LISTS: dict[str, Value] = {
    "class": lambda r: _newest(r, "placements").get("class"),
    "year_group": lambda r: _newest(r, "placements").get("year_group"),
    "provision": _status,
    "needs": lambda r: [(n["type"], n.get("rank")) for n in lookup.needs_on(r, STILL)],
    "flags": lambda r: sorted(lookup.flags_on(r, STILL)),
    "ethnicity": lambda r: _background(r, "ethnicity"),
    "home_language": lambda r: _background(r, "home_language"),
    "attendance": lambda r: sorted(
        (str(term_of_entry(e)), e["percent"]) for e in r.get("attendance", ())
    ),
}
