"""Suspensions and permanent exclusion, in half days as the census counts them."""

from __future__ import annotations

from sencli import terms
from sencli.core.pupil.arrangements import Kind
from sencli.core.pupil.arrangements import in_order
from sencli.core.pupil.arrangements import number_words
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import words


def kind_words(entry: Entry) -> str:
    """What it was, in words."""
    return terms.SUSPENSIONS[entry.get("kind", "suspension")]


def length_words(entry: Entry) -> str:
    """``1.5 days``; "" where it is not recorded."""
    return number_words(entry["half_days"] / 2, "day") if "half_days" in entry else ""


def suspension_label(entry: Entry) -> str:
    """``suspension from 12 November 2025, 1.5 days``."""
    long = f", {length_words(entry)}" if "half_days" in entry else ""
    return f"{kind_words(entry)} from {words(entry['date'])}{long}"


KIND = Kind(
    *("suspensions", "suspension", suspension_label, "suspension"),
    *("--date DATE --days NUMBER", "--days NUMBER", (), "date"),
)


def suspensions_in_order(record: Entry) -> list[Record]:
    """The suspensions, oldest first."""
    return in_order(record, KIND)
