"""Choose the year of a date typed without one, to fit the cycle.

A cycle of last year may be typed up today: "by 12 December" is then the 12 December
after that plan, not the next one after today.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Sequence
from datetime import date
from typing import Any

from sencli.core.people.context import Context
from sencli.core.record import lookup
from sencli.core.record.types import Entry

_AFTER = ("review_by", "next_review", "by", "end")
_NEAR = ("start",)
_YEARS = range(-4, 9)  # as far as a 29 February may lie
A_YEAR = 365


def fitted(typed: Entry, anchor: str, context: Context) -> dict[str, Any]:
    """The typed values; dates without a year fall on or after the anchor.

    Args:
        typed: the options.
        anchor: the plan's or the review's day; "" leaves all as it is.
        context: knows which days were typed without a year.
    """
    made = dict(typed)
    if not anchor:
        return made
    for name in _NEAR:
        if name in made and name in context.bare:
            made[name] = _nearest(made[name], anchor)
    anchor = max(anchor, str(made.get("start", "")))
    for name in _AFTER:
        if name in made and name in context.bare:
            made[name] = min(d for d in _alike(made[name], anchor) if d >= anchor)
    return made


def not_before(typed: Entry, anchor: str, context: Context) -> dict[str, Any]:
    """The typed values; their own date without a year falls on or after the anchor."""
    made = dict(typed)
    if "date" in context.bare and made.get("date", anchor) < anchor:
        made["date"] = min(d for d in _alike(made["date"], anchor) if d >= anchor)
    return made


def anchor_of(cycle: Entry, context: Context) -> str:
    """The day from which a cycle's days are counted; "" for an old one that still runs.

    What began over a year ago and is not yet due gets its days from today on.
    """
    plan = cycle.get("plan", {})
    began = str(plan.get("date") or lookup.cycle_began(cycle))
    runs = plan.get("review_by", "") >= context.today
    if not began or (runs and lookup.days_between(began, context.today) > A_YEAR):
        return ""
    return began


def with_years(
    typed: Entry, bare: Collection[str], spans: Sequence[Entry]
) -> dict[str, Any]:
    """The typed values; dates without a year fall in a year of the support.

    Args:
        typed: the options; ``since`` and ``until`` bound a period.
        bare: those whose day was typed without a year.
        spans: what is meant, each with ``from`` and ``until``.
    """
    made = dict(typed)
    for name in {"date", "since", "until", "week"} & {*made} & {*bare}:
        made[name] = _held(made[name], spans)
    since = made.get("since", "")
    if "until" in made and "until" in bare and made["until"] < since:
        later = min(d for d in _alike(made["until"], since) if d >= since)
        # a longer period is one whose ends were typed the wrong way round
        if lookup.days_between(since, later) < A_YEAR // 2:
            made["until"] = later
    return made


def _held(day: str, spans: Sequence[Entry]) -> str:
    """The last such day up to that one on which a span holds, else the next."""
    days = [d for d in _alike(day, day) if any(lookup.holds(s, d) for s in spans)]
    return max((d for d in days if d <= day), default=min(days, default=day))


def _alike(day: str, anchor: str) -> list[str]:
    """The same day and month in the years around the anchor."""
    first = int(anchor[:4])
    days = (f"{first + step:04d}{day[4:]}" for step in _YEARS)
    return [d for d in days if _is_day(d)]


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _nearest(day: str, anchor: str) -> str:
    return min(_alike(day, anchor), key=lambda d: abs(lookup.days_between(d, anchor)))
