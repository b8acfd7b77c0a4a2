"""Term dates, used for ``end of term`` and for counting school weeks."""

from __future__ import annotations

from collections.abc import Sequence

from sencli.core.record.act import Act
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text import dates
from sencli.core.text.folding import fold
from sencli.errors import InvalidValue

_LONGEST_DAYS = 160


def add_term(
    school: Record,
    name: str,
    start: str,
    end: str,
    half_term: tuple[str, str] | None = None,
    closed: Sequence[str] = (),
) -> Act:
    """The school with a term more; one of the same name or first day is amended.

    Args:
        school: ``school.yaml``.
        name: such as ``Autumn 2025``.
        start: first school day.
        end: last school day.
        half_term: first and last day of the half-term holiday.
        closed: other days on which school is closed to pupils.
    """
    terms: list[Record] = school.get("terms", [])
    old = next(
        (
            term
            for term in terms
            if fold(term.get("name", "")) == fold(name) or term["start"] == start
        ),
        None,
    )
    entry: Record = {**(old or {}), "name": name, "start": start, "end": end}
    if half_term:
        entry["half_term"] = {"start": half_term[0], "end": half_term[1]}
    if closed:
        entry["closed"] = sorted({*entry.get("closed", []), *closed})
    others = [term for term in terms if term is not old]
    _check(entry, others)
    return Act(
        {**school, "terms": sorted([*others, entry], key=lambda t: str(t["start"]))},
        f"{name}: {dates.words(start)} to {dates.words(end)}{_holiday(entry)}.",
        {"term": start},
    )


def _holiday(term: Entry) -> str:
    if "half_term" not in term:
        return ""
    first, last = term["half_term"]["start"], term["half_term"]["end"]
    return f", half-term {dates.words(first)} to {dates.words(last)}"


def _check(term: Entry, others: Sequence[Entry]) -> None:
    """Refuse dates that cannot be a term's."""
    if odd := odd_term(term, others):
        raise InvalidValue(f"{odd[0][:1].upper()}{odd[0][1:]}.", odd[1])


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
