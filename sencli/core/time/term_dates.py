"""Which dates can be a term's."""

from __future__ import annotations

from collections.abc import Sequence

from sencli.core.record.types import Entry
from sencli.core.text import dates

_LONGEST_DAYS = 160


def odd_term(term: Entry, others: Sequence[Entry]) -> tuple[str, str] | None:
    """Why these cannot be a term's dates, and the cure; None where they can be.

    Args:
        term: the term.
        others: those that it must not overlap.
    """
    start, end = term["start"], term["end"]
    example = "sen term add NAME DATE DATE"
    if end <= start:
        why = f"not after its start on {dates.words(start)}"
        return (
            f"the term would end on {dates.words(end)}, {why}",
            f"First day, then last day: {example}",
        )
    if dates.add_days(start, _LONGEST_DAYS) < end:
        return (
            f"from {dates.words(start)} to {dates.words(end)} is longer than a term",
            f"Enter each term by itself: {example}",
        )
    half = term.get("half_term", {"start": start, "end": start})
    if half["end"] < half["start"]:
        return (
            "half-term would end before it begins",
            "First day, then last day: --half-term DATE DATE",
        )
    for day in (half["start"], half["end"], *term.get("closed", ())):
        if not start <= day <= end:
            term_is = f"{dates.words(start)} to {dates.words(end)}"
            return f"{dates.words(day)} is not within the term, {term_is}", ""
    for other in others:
        if other["start"] <= end and start <= other["end"]:
            its = f"{dates.words(other['start'])} to {dates.words(other['end'])}"
            return (
                f"it would overlap {other.get('name', 'a term')}, {its}",
                "See them: sen term list",
            )
    return None
