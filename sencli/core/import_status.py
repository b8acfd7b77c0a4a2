"""The SEN status that a spreadsheet has of a pupil."""

from __future__ import annotations

from typing import Any

from sencli.core import lookup
from sencli.core.choice import choose
from sencli.core.choice import plain
from sencli.core.status import WORDS
from sencli.core.status import set_status
from sencli.core.types import Record
from sencli.terms import PROVISION

_SEN_WORDS = {**WORDS, "yes": "K", "sen support": "K", "monitoring": "N", "eh": "E"}


def with_status(record: Record, text: str, today: str, since: str | None) -> Record:
    """The record with the status of a cell.

    Support that comes from another list began before these records, whenever that was;
    it is marked with the day of the import and judged from then.
    """
    code = choose(text, PROVISION, "SEN status", _SEN_WORDS)
    watched = plain(text) == "monitoring"
    now = lookup.status_on(record, since or today)
    if now["provision"] == code and now.get("monitoring", False) >= watched:
        return record
    named: dict[str, Any] = {"monitoring": watched or None}
    if code != "N" and not record.get("status") and (since or "") < today:
        named["taken_over"] = today
    return set_status(record, code, named, today, since).record
