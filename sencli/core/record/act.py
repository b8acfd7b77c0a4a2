"""What a verb of the core returns: the new record and what to say of it."""

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
        record: the new version; the old one is never touched.
        said: what was done, in one sentence with names and dates in words.
        ids: the ids of what was made, by kind: ``{"outcome": "o8fd"}``.
        warnings: what the SENCO should look at, though it is allowed.
        trailers: further trailers of the commit, such as ``("Cycle", "y2qf")``.
    """

    record: Record
    said: str
    ids: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    trailers: tuple[tuple[str, str], ...] = ()


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
