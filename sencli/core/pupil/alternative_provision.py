"""Alternative provision: education elsewhere that the school or authority arranges."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli import terms
from sencli.core.people.context import Context
from sencli.core.pupil.arrangements import Kind
from sencli.core.pupil.arrangements import added
from sencli.core.pupil.arrangements import changed
from sencli.core.pupil.arrangements import in_order
from sencli.core.pupil.arrangements import number_words
from sencli.core.pupil.arrangements import span_words
from sencli.core.record.act import Act
from sencli.core.record.types import Entry
from sencli.core.record.types import Record

_FIELDS = (
    *("from", "until", "days_a_week", "hours_a_week", "reason", "commissioned_by"),
    *("outcome", "provider", "restricted"),
)


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


def add_alternative(
    record: Record, provider: str, typed: Mapping[str, Any], context: Context
) -> Act:
    """The record with alternative provision more, from the day (today)."""
    entry = {"provider": provider, "from": context.today, **_read(typed)}
    return added(record, KIND, entry, context)


def set_alternative(record: Record, which: str, typed: Mapping[str, Any]) -> Act:
    """The record with what is named of one placement changed; ``until`` ends it."""
    return changed(record, KIND, which, _read(typed))


def _read(typed: Mapping[str, Any]) -> Record:
    return {n: typed[n] for n in _FIELDS if typed.get(n) is not None}
