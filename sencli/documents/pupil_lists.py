"""The lists of one record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli.core import concerns as verbs
from sencli.core.lookup import display_name
from sencli.core.shapes.pupil import Concern
from sencli.core.types import Record
from sencli.core.who import who
from sencli.documents.listing import listing
from sencli.documents.listing import whole
from sencli.documents.view import Column
from sencli.documents.view import View


def concerns(record: Record, school: Mapping[str, Any], day: str) -> View:
    """The concerns about a pupil, numbered by date."""
    entries = verbs.listed(record)
    objects = [
        {
            **c,
            "number": n,
            "raised_by": who(c.get("raised_by", ""), record, school),
            "led_to": verbs.LED_TO.get(c.get("led_to", "")),
        }
        for n, c in enumerate(entries, 1)
    ]
    columns = (
        Column("number", "No.", "number"),
        Column("date", "Raised", "date"),
        Column("raised_by", "By"),
        Column("concern", "Concern"),
        Column("school_view", "The school's view"),
        Column("response", "What was done"),
        Column("led_to", "What came of it"),
    )
    title = f"Concerns: {display_name(record)}"
    return listing(
        title, school, day, columns, objects, "None recorded.", whole(entries, Concern)
    )
