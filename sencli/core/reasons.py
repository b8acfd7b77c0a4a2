"""Reasons and notes that the school wrote for itself, taken out of a family's paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_REASONS = frozenset({"reason", "decision_reason", "ceased_reason", "why", "note"})
_CODED = frozenset({"closed"})
"""Where ``reason`` is one of a closed list and no text of anybody's."""

_NEEDED = frozenset({"exceptions"})
"""Where an entry means nothing without a reason."""

WITHHELD = "not given here"


def without_reasons(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record without any reason or note in words, wherever one stands."""
    made: dict[str, Any] = _cut(record, "")
    return made


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
