"""The invented school and day that rules' examples are judged with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

EXAMPLE_DAY = "2026-03-16"

EXAMPLE_SCHOOL: Mapping[str, Any] = {
    "schema": 1,
    "name": "Oak Primary",
    "type": "maintained",
    "ages": {"from": 4, "to": 11},
    "staff": [
        {"initials": "JP", "name": "J. Patel", "roles": [{"role": "SENCO"}]},
        {"initials": "KM", "name": "K. Morris", "roles": [{"role": "teacher"}]},
        {"initials": "TA2", "name": "B. Ali", "roles": [{"role": "TA"}]},
    ],
    "terms": [
        {
            "name": "Autumn 2025",
            "start": "2025-09-02",
            "end": "2025-12-19",
            "half_term": {"start": "2025-10-27", "end": "2025-10-31"},
        },
        {
            "name": "Spring 2026",
            "start": "2026-01-05",
            "end": "2026-03-27",
            "half_term": {"start": "2026-02-16", "end": "2026-02-20"},
        },
        {
            "name": "Summer 2026",
            "start": "2026-04-13",
            "end": "2026-07-21",
            "half_term": {"start": "2026-05-25", "end": "2026-05-29"},
        },
    ],
}

EXAMPLE_PROVISIONS: Mapping[str, Any] = {
    "schema": 1,
    "provisions": [
        {
            "key": "precision-teaching",
            "name": "Precision teaching",
            "tier": "targeted",
            "areas": ["cognition and learning"],
            "evidence": "Reviewed by the educational psychology service in 2024.",
            "training": "precision teaching",
            "withdrawal": True,
        },
        {"key": "lunch-club", "name": "Lunch club", "tier": "targeted"},
    ],
}

ON_SUPPORT: Mapping[str, Any] = {
    "status": [
        {"from": "2025-09-15", "provision": "K", "reason": "Agreed in September"}
    ]
}
"""A pupil with SEN support since September."""

WITH_PLAN: Mapping[str, Any] = {"status": [{"from": "2024-06-10", "provision": "E"}]}
"""A pupil with an EHC plan."""


def example(fragment: Mapping[str, Any]) -> dict[str, Any]:
    """A whole record from a rule's fragment: what every record needs, and this."""
    return {"schema": 1, "id": "p7k2q", "first_name": "Amelia", **fragment}


def in_cycle(**parts: Any) -> dict[str, Any]:
    """A fragment: SEN support, and one cycle with these parts."""
    return {**ON_SUPPORT, "cycles": [{"id": "y2qf", **parts}]}
