"""What a verb of the core returns: the new record and what to say of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli.core.types import Record
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
