"""How long a record is kept: the school's policy, and what is due.

Nothing is erased by itself: a day only says when somebody is to look.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from typing import Literal

from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import full_name
from sencli.core.record.lookup import left_on
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.school.settings import Settings
from sencli.core.text.dates import words
from sencli.core.text.plural import plural
from sencli.value import Value

State = Literal["on roll", "kept", "held", "review", "erase", "unknown"]


class Clock(Value):
    """When a record is to be reviewed, and why.

    Attributes:
        state: ``kept`` until the day; ``held``; ``review``: the day has come;
            ``erase``: so decided; ``unknown``: it cannot be worked out.
        due: ISO day of the next look, or "".
        why: the rule of the policy, or the decision, in words.
        holds: the reasons for which nothing may be erased today.
    """

    state: State
    due: str
    why: str
    holds: tuple[str, ...] = ()


def had_plan(record: Entry) -> bool:
    """Whether an EHC plan ever stood: by its issue, or by the status."""
    stood = any(entry["provision"] == "E" for entry in record.get("status", ()))
    return stood or bool(record.get("ehc", {}).get("plans"))


def _years_on(day: str, years: int) -> str:
    """The same day so many years later; never sooner, so 1 March for 29 February."""
    year = int(day[:4]) + years
    try:
        return date(year, int(day[5:7]), int(day[8:10])).isoformat()
    except ValueError:
        return f"{year}-03-01"


def kept_until(record: Entry, policy: Settings) -> tuple[str, str]:
    """The day to which the policy keeps a record, and the rule in words; "" if unknown.

    Args:
        record: the pupil's, or a row of what is due.
        policy: the school's settings.
    """
    left = left_on(record)
    sent = any(stay.get("records_sent") for stay in record.get("roll", ()))
    years = policy.retention_passed_on_years
    if left and sent and years is not None:
        rule = f"left {words(left)}, passed on, + {plural(years, 'year')}"
        return _years_on(left, years), rule
    plan = had_plan(record)
    years = policy.retention_ehc_years if plan else policy.retention_years
    rule = f"born + {years} years, {'an EHC plan stood' if plan else 'no EHC plan'}"
    if born := record.get("date_of_birth"):
        return _years_on(str(born), years), rule
    return "", f"{rule}: no date of birth is recorded"


def holds_on(record: Entry, day: str) -> list[Record]:
    """The holds that stand on the day."""
    found = record.get("retention", {}).get("holds", ())
    return [h for h in found if h["from"] <= day <= h.get("until", STILL)]


def decided(record: Entry) -> Entry | None:
    """The newest decision of a review."""
    found = record.get("retention", {}).get("reviews", ())
    return max(enumerate(found), key=lambda e: (e[1]["date"], e[0]), default=(0, None))[
        1
    ]


def clock(record: Entry, policy: Settings, day: str) -> Clock:
    """How it stands with a record on the day.

    Args:
        record: the pupil's, or a row of what is due.
        policy: the school's settings.
        day: today's ISO date.
    """
    left = left_on(record)
    due, why = kept_until(record, policy)
    holds = holds_on(record, day)
    reasons = tuple(str(hold["reason"]) for hold in holds)
    if not left or left >= day:
        return Clock("on roll", "", why, reasons)
    newest = decided(record)
    if newest is not None and newest["decision"] == "erase":
        due, why = str(newest["date"]), f"decided on {words(newest['date'])}: erase"
    elif newest is not None:
        due = str(newest["until"])
        why = f"decided on {words(newest['date'])}: keep ({newest['reason']})"
    if holds:
        ends = [str(hold.get("until", "")) for hold in holds]
        # whoever put it on said when it is to be looked at again, or did not
        return Clock("held", "" if "" in ends else max(*ends, due), why, reasons)
    if newest is not None and newest["decision"] == "erase":
        return Clock("erase", due, why)
    if not due:
        return Clock("unknown", "", why)
    return Clock("review" if due <= day else "kept", due, why)


def due_words(record: Entry, policy: Settings, day: str) -> tuple[str, str, str] | None:
    """What is to be done for retention: ISO day, words and command; None for nothing.

    Args:
        record: the pupil's, or a row of what is due.
        policy: the school's settings.
        day: today's ISO date.
    """
    now = clock(record, policy, day)
    if not now.due:
        return None
    which = record["id"]
    if now.state == "erase":
        what = f"Erase the record ({now.why})"
        return now.due, what, f'sen erase {which} --ground "End of retention"'
    what = "Review whether the record is still kept"
    what += f" ({now.why})" if now.state != "held" else " (a hold ends)"
    command = f"sen retention decide {which} keep|erase --reason TEXT --by WHO"
    return now.due, what, command


def policy_words(policy: Settings) -> str:
    """The policy in words."""
    said = (
        f"{policy.retention_ehc_years} years from birth where an EHC plan stood, "
        f"{policy.retention_years} otherwise"
    )
    passed = policy.retention_passed_on_years
    if passed is None:
        return said
    return f"{said}; {plural(passed, 'year')} from leaving once passed on"


def listed(record: Record, policy: Settings, day: str) -> dict[str, Any]:
    """How it stands with a record, as a row of the list."""
    now = clock(record, policy, day)
    return {
        "pupil": record["id"],
        "name": full_name(record),
        "date_of_birth": record.get("date_of_birth"),
        "left": left_on(record) or None,
        "ehc_plan": had_plan(record),
        "state": now.state,
        "due": now.due or None,
        "why": now.why,
        "holds": [
            {key: h[key] for key in ("id", "from", "until", "reason", "by") if key in h}
            for h in holds_on(record, day)
        ],
    }
