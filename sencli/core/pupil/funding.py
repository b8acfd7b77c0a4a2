"""Money tied to one pupil: top-up and the like, by the year and from a day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli import terms
from sencli.core.record.act import Act
from sencli.core.record.edit import given
from sencli.core.record.edit import placed
from sencli.core.record.edit import refuse_reversed
from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import full_name
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import words
from sencli.core.text.money import pounds
from sencli.errors import NotFound

SOURCES = terms.FUNDING
SOURCE_WORDS = {"element 1": "core", "element 2": "notional", "element 3": "top_up"}
_KEYS = ("source", "from")


def add_funding(
    record: Record, source: str, pence: int, day: str, fields: Mapping[str, Any]
) -> Act:
    """The record with a sum a year from a day; the one of that day is amended.

    Args:
        record: the pupil's.
        source: one of ``SOURCES``.
        pence: a year.
        day: from when.
        fields: ``until``, ``note``; ``None`` where not named.
    """
    listed: list[Record] = list(record.get("funding", ()))
    old = next((f for f in listed if (f["source"], f["from"]) == (source, day)), {})
    entry = {**old, "from": day, "source": source, "annual_pence": pence}
    entry |= given(fields)
    refuse_reversed(entry, "Give the right days.")
    return Act(
        {**record, "funding": placed(listed, entry, _KEYS)},
        f"{full_name(record)}: {SOURCES[source]}, {pounds(pence)} a year from "
        f"{words(day)}.",
        {"funding": source},
        tuple(_beside(listed, entry)),
    )


def _beside(listed: list[Record], entry: Entry) -> list[str]:
    """A warning where another sum of the same source runs on."""
    day, source = entry["from"], entry["source"]
    return [
        f"{SOURCES[source]} of {pounds(f['annual_pence'])} from {words(f['from'])} "
        "runs as well; end it where this one takes its place: "
        f"sen funding end PUPIL --source {source} --date DATE"
        for f in listed
        if f["source"] == source and f["from"] != day
        if f["from"] <= day <= f.get("until", STILL)
    ]


def end_funding(record: Record, source: str, day: str) -> Act:
    """The record with the oldest sum of a source that still runs ended on the day.

    Raises:
        NotFound: none runs.
        InvalidValue: it would end before it began.
    """
    listed: list[Record] = list(record.get("funding", ()))
    running = [f for f in listed if f["source"] == source and "until" not in f]
    if not running:
        raise NotFound(
            f"{full_name(record)} has no {SOURCES[source]} that runs.",
            f"See: sen funding list {record['id']}",
        )
    entry = {**running[0], "until": day}
    refuse_reversed(entry, "Give the right days.")
    return Act(
        {**record, "funding": placed(listed, entry, _KEYS)},
        f"{full_name(record)}: {SOURCES[source]} until {words(day)}.",
        {"funding": source},
    )
