"""The result of a change: the new records, and what to say of them."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.core.record.diff import Change
from sencli.core.record.types import Record
from sencli.value import Value
from sencli.value import field


class Act(Value):
    """A change worked out and not yet written.

    Attributes:
        record: the new version of the one record that was given; empty where all are
            in ``records``. The old one is never touched.
        said: what was done, in one sentence with names and dates in words.
        ids: the ids of what was made, by kind: ``{"outcome": "o8fd"}``.
        warnings: what the SENCO should look at, though it is allowed.
        trailers: further trailers of the commit, such as ``("Cycle", "y2qf")``.
        records: the new versions of other records in the same commit, by path.
        action: the commit's Action trailer, such as ``cycle.open``.
        subject: the commit's subject.
    """

    record: Record
    said: str
    ids: Mapping[str, Any] = field(default_factory=dict)
    warnings: Sequence[str] = ()
    trailers: tuple[tuple[str, str], ...] = ()
    records: Mapping[str, Record] = field(default_factory=dict)
    action: str = ""
    subject: str = ""


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
