"""Alternative provision: education elsewhere that the school or authority arranges."""

from __future__ import annotations

from sencli import terms
from sencli.core.pupil.arrangements import Kind
from sencli.core.pupil.arrangements import in_order
from sencli.core.pupil.arrangements import number_words
from sencli.core.pupil.arrangements import span_words
from sencli.core.record.types import Entry
from sencli.core.record.types import Record


def amount_words(entry: Entry) -> str:
    """``2 days a week``, ``10 hours a week``; "" where it is not recorded."""
    parts = [
        f"{number_words(entry[name], noun)} a week"
        for name, noun in (("days_a_week", "day"), ("hours_a_week", "hour"))
        if name in entry
    ]
    return ", ".join(parts)


def commissioner_words(entry: Entry) -> str:
    """Who commissions it; "" where it is not recorded."""
    return terms.COMMISSIONERS.get(entry.get("commissioned_by", ""), "")


def alternative_label(entry: Entry) -> str:
    """``alternative provision at Elm Farm, 2 days a week, from 3 November 2025``."""
    amount = f", {amount_words(entry)}" if amount_words(entry) else ""
    where = f"alternative provision at {entry['provider']}"
    return f"{where}{amount}, {span_words(entry)}"


KIND = Kind(
    *("alternative_provision", "alternative provision", alternative_label),
    *("alternative-provision", "NAME --days NUMBER", "--days NUMBER"),
    same=("provider",),
)


def alternative_in_order(record: Entry) -> list[Record]:
    """The placements with providers, oldest first."""
    return in_order(record, KIND)
