"""Remove the school's internal reasons and notes from a paper for families."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli.core.papers.redact import Rules
from sencli.value import replace

_REASONS = frozenset({"reason", "decision_reason", "ceased_reason", "why", "note"})
_GIVEN = _REASONS - {"note"}

_CODED = frozenset({"closed"})
"""Where ``reason`` is one of a closed list and no text of anybody's."""

_NEEDED = frozenset({"exceptions"})
"""Where an entry means nothing without a reason."""

WITHHELD = "not given here"


def without_reasons(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record without any reason or note."""
    made: dict[str, Any] = _cut(record, "")
    return made


def with_reasons(rules: Rules) -> Rules:
    """The rules for a reader who is to have the reasons; notes stay out still."""
    kept = [out for out in rules.leave_out if out.rpartition(".")[2] not in _GIVEN]
    return replace(rules, leave_out=tuple(kept))


def _cut(value: Any, name: str) -> Any:
    if isinstance(value, Mapping):
        kept = {
            key: _cut(part, key) for key, part in value.items() if _stays(key, name)
        }
        return kept | {"reason": WITHHELD} if name in _NEEDED else kept
    if isinstance(value, list):
        return [_cut(part, name) for part in value]
    return value


def _stays(key: str, name: str) -> bool:
    return key not in _REASONS or (name in _CODED and key == "reason")
