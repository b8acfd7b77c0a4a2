"""Arrange alternative provision, change it, end it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli.core.people.context import Context
from sencli.core.pupil.alternative_provision import KIND
from sencli.core.pupil.arrange import added
from sencli.core.pupil.arrange import changed
from sencli.core.pupil.arrange import typed_of
from sencli.core.record.act import Act
from sencli.core.record.types import Record

_FIELDS = (
    *("from", "until", "days_a_week", "hours_a_week", "reason", "commissioned_by"),
    *("outcome", "provider", "restricted"),
)


def add_alternative(
    record: Record, provider: str, typed: Mapping[str, Any], context: Context
) -> Act:
    """The record with alternative provision more, from the day (today)."""
    entry = {"provider": provider, "from": context.today, **typed_of(typed, _FIELDS)}
    return added(record, KIND, entry, context)


def set_alternative(record: Record, which: str, typed: Mapping[str, Any]) -> Act:
    """The record with what is named of one placement changed; ``until`` ends it."""
    return changed(record, KIND, which, typed_of(typed, _FIELDS))
