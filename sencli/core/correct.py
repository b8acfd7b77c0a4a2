"""Corrections: what was put right and why, noted in the record itself."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence

from sencli.core.diff import Change
from sencli.core.types import Record


def noted(
    record: Record,
    changes: Sequence[Change],
    reason: str,
    day: str,
    new_id: Callable[[str], str],
) -> Record:
    """The record with a correction noted for each field that had another value."""
    made = [
        {"id": new_id("correction"), "date": day, "path": c.path, "reason": reason}
        for c in changes
        if c.old is not None
    ]
    if not made:
        return record
    return {**record, "corrections": [*record.get("corrections", []), *made]}
