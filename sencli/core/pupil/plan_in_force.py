"""Which EHC plan is in force on a day."""

from __future__ import annotations

from typing import Any

from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import status_on
from sencli.core.record.types import Entry


def plan_in_force(record: Entry, day: str) -> dict[str, Any] | None:
    """The EHC plan in force on the day: the newest issued and not ceased."""
    plans = [
        plan
        for plan in record.get("ehc", {}).get("plans", ())
        if plan["issued"] <= day and plan.get("ceased", STILL) > day
    ]
    return max(plans, key=lambda plan: str(plan["issued"]), default=None)


def plan_ever(record: Entry, day: str) -> bool:
    """Whether an EHC plan had been issued by the day, in force still or ceased."""
    plans = record.get("ehc", {}).get("plans", ())
    return any(plan["issued"] <= day for plan in plans)


def under_plan(record: Entry, day: str) -> bool:
    """Whether there is an EHC plan: one in force, or E with none ever entered."""
    if plan_ever(record, day):
        return plan_in_force(record, day) is not None
    return bool(status_on(record, day)["provision"] == "E")
