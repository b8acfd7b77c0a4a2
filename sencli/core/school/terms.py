"""Term dates, used for ``end of term`` and for counting school weeks."""

from __future__ import annotations

from collections.abc import Sequence

from sencli.core.record.act import Act
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text import dates
from sencli.core.text.folding import fold
from sencli.core.time.term_dates import odd_term
from sencli.errors import InvalidValue


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
