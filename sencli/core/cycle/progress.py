"""Progress of an outcome: its measurements in order, and in words."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from typing import Literal

from sencli.core.cycle.scales import Interval
from sencli.core.cycle.scales import Measured
from sencli.core.cycle.scales import Scale
from sencli.core.cycle.scales import place
from sencli.core.cycle.scales import scale_of
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.value import Value

PointKind = Literal["baseline", "measurement", "exit"]

WORDS = {
    "years": "{years} years",
    "one_year": "1 year",
    "months": "{months} months",
    "one_month": "1 month",
    "age": "{years} {months}",
    "interval": "{value} (between {low} and {high})",
    "counted": "{value} {measure}",
    "named": "{measure} {value}",
    "from_to": "from {start} to {end}",
    "same": "still {end}",
    "word": "{value}",
}
"""How values are said; a document gives those of its own language."""

_MONTHS = 12
_ORDER = {"baseline": 0, "measurement": 1, "exit": 2}


class Point(Value):
    """One measurement.

    Attributes:
        date: ISO date; "" for a baseline that nobody dated.
        value: as the record keeps it.
        place: the value as a number, or None.
        kind: baseline, measurement or exit (at the review).
        outcome: id of the outcome that it was measured for.
        interval: of a score, or None.
    """

    date: str
    value: Measured
    place: float | None
    kind: PointKind
    outcome: str
    interval: Interval | None = None


def series(
    record: Entry, outcome: Entry, scales: Sequence[Entry] = ()
) -> tuple[Point, ...]:
    """Every measurement of an outcome in order of time, and of those it continues.

    An earlier outcome runs on into this one where both are on the same scale. What was
    measured with the same result on one day counts once, as its latest kind.
    """
    scale = scale_of(outcome, scales)
    points = [
        point
        for cycle, item in lineage(record, outcome)
        if _alike(scale_of(item, scales), scale)
        for point in _points(cycle, item, scale)
    ]
    points.sort(key=lambda point: (point.date, _ORDER[point.kind]))
    once = {(point.date, point.place, point.value): point for point in points}
    return tuple(once.values())


def of_cycle(
    cycle: Entry, outcome: Entry, scales: Sequence[Entry] = ()
) -> tuple[Point, ...]:
    """The measurements of an outcome in its own cycle, in order of time."""
    points = _points(cycle, outcome, scale_of(outcome, scales))
    return tuple(sorted(points, key=lambda point: (point.date, _ORDER[point.kind])))


Course = Literal["", "reached", "on", "behind", "away", "unmeasured"]


def course(
    points: Sequence[Point], outcome: Entry, scales: Sequence[Entry] = ()
) -> Course:
    """Whether an outcome is on course for its target, by its last measurement; or "".

    It is where the share of the way that it has come is no less than the share of the
    time that had gone on that day; on a scale of words, as far as its last whole step.
    """
    scale, target = scale_of(outcome, scales), outcome.get("target", {})
    aim = place(target.get("value"), scale)
    placed = [point for point in points if point.place is not None]
    if aim is None or not placed:
        return ""
    sign = -1 if scale.better == "lower" else 1
    first, last = placed[0], placed[-1]
    start, now = first.place or 0, last.place or 0
    if sign * (now - aim) >= 0:
        return "reached"
    if len(placed) == 1:
        return "unmeasured"
    moved, way = sign * (now - start), sign * (aim - start)
    if moved < 0:
        return "away"
    expected = way * _time_gone(first.date, last.date, str(target.get("by", "")))
    if scale.kind == "ordinal":
        expected = int(expected)
    return "on" if moved and moved >= expected else "behind"


def _time_gone(first: str, last: str, by: str) -> float:
    """The share of the time to a day that had gone on another; 0 where not dated."""
    if not (first and last and first < by):
        return 0.0
    return lookup.days_between(first, last) / lookup.days_between(first, by)


def _alike(one: Scale, other: Scale) -> bool:
    return (one.kind, one.values) == (other.kind, other.values)


def lineage(record: Entry, outcome: Entry) -> list[tuple[Entry, Entry]]:
    """The outcome and those it continues, oldest first, each with its cycle."""
    chain: list[tuple[Entry, Entry]] = []
    seen: set[str] = set()
    item_id = outcome["id"]
    while item_id and item_id not in seen:
        seen.add(item_id)
        found = lookup.holder(record, "outcomes", item_id)
        if found is None:
            break
        chain.append(found)
        item_id = found[1].get("continues", "")
    return chain[::-1]


def result_of(cycle: Entry, outcome: str) -> dict[str, Any]:
    """The review's result for an outcome, or an empty dict."""
    results = cycle.get("review", {}).get("outcomes", ())
    return next((dict(r) for r in results if r["outcome"] == outcome), {})


def _points(cycle: Entry, outcome: Entry, scale: Scale) -> Iterator[Point]:
    if "value" in (start := outcome.get("baseline", {})):
        day = start.get("date") or cycle.get("assess", {}).get("date")
        day = day or outcome.get("from") or cycle.get("plan", {}).get("date", "")
        yield _point(start, day, "baseline", outcome, scale)
    for entry in cycle.get("do", {}).get("measurements", ()):
        if entry["outcome"] == outcome["id"]:
            yield _point(entry, entry["date"], "measurement", outcome, scale)
    if "value" in (end := result_of(cycle, outcome["id"])):
        yield _point(end, cycle["review"]["date"], "exit", outcome, scale)


def _point(
    entry: Entry, day: str, kind: PointKind, outcome: Entry, scale: Scale
) -> Point:
    low_high = entry.get("interval")
    return Point(
        date=day,
        value=entry["value"],
        place=place(entry["value"], scale),
        kind=kind,
        outcome=outcome["id"],
        interval=(low_high[0], low_high[1]) if low_high else None,
    )


def value_words(
    value: Measured,
    scale: Scale,
    interval: Iterable[float] | None = None,
    words: Mapping[str, str] = WORDS,
) -> str:
    """A value with its measure: ``22 words of 100``, ``reading age 6 years 4 months``.

    A word of an ordinal scale stands by itself.
    """
    text = bare(value, scale, interval, words)
    if scale.kind == "ordinal" or not scale.measure:
        return text
    if scale.kind == "number":
        if scale.measure.startswith("%"):
            return f"{text}{scale.measure}"
        return words["counted"].format(value=text, measure=scale.measure)
    return words["named"].format(value=text, measure=scale.measure)


def bare(
    value: Measured,
    scale: Scale,
    interval: Iterable[float] | None = None,
    words: Mapping[str, str] = WORDS,
) -> str:
    """A value without its measure: ``22``, ``6 years 4 months``."""
    if scale.kind == "age" and (months := place(value, scale)) is not None:
        return _age(int(months), words)
    text = _number(value)
    if scale.kind == "ordinal":
        return words["word"].format(value=text)
    if interval is not None:
        low, high = interval
        text = words["interval"].format(
            value=text, low=_number(low), high=_number(high)
        )
    return text


def moved(
    points: Sequence[Point], scale: Scale, words: Mapping[str, str] = WORDS
) -> str:
    """From the first measurement to the last: ``from 22 to 63 words of 100``; or ""."""
    if not points:
        return ""
    first, last = points[0], points[-1]
    end = value_words(last.value, scale, last.interval, words)
    if len(points) == 1:
        return end
    if first.value == last.value:
        return words["same"].format(end=end)
    start = bare(first.value, scale, first.interval, words)
    if scale.kind in {"number", "ordinal"} or not scale.measure:
        return words["from_to"].format(start=start, end=end)
    bare_end = bare(last.value, scale, last.interval, words)
    both = words["from_to"].format(start=start, end=bare_end)
    return words["named"].format(value=both, measure=scale.measure)


def _age(months: int, words: Mapping[str, str]) -> str:
    years, rest = divmod(months, _MONTHS)
    of_years = words["one_year"] if years == 1 else words["years"]
    if not rest:
        return of_years.format(years=years)
    of_months = words["one_month"] if rest == 1 else words["months"]
    return words["age"].format(
        years=of_years.format(years=years), months=of_months.format(months=rest)
    )


def _number(value: Measured) -> str:
    if isinstance(value, float):
        text = format(Decimal(repr(value)), "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    return str(value)
