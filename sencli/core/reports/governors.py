"""Figures for governors over a year: counts, never names.

Every figure that could point at a child is withheld as ``suppress`` has it: ``None``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence

from sencli import terms
from sencli.core.people.parents import meetings_expected
from sencli.core.people.young_person import family_met
from sencli.core.provision import register
from sencli.core.pupil import support_since
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.reports import small_numbers
from sencli.core.school.settings import Settings
from sencli.core.school.settings import settings
from sencli.core.statutory.deadlines import reviews_held
from sencli.core.text.dates import add_days
from sencli.value import Value
from sencli.value import replace

Cells = tuple[int | None, ...]

GROUPS = ("sex", "pupil_premium", "looked_after", "eal", "year_group")
"""What patterns are looked for by."""

NOT_GIVEN = "not recorded"
GONE = "no longer on the register"

_CAME_TO = {
    "exceeded": 0,
    "achieved": 0,
    "partly_achieved": 1,
    "on_track": 1,
    "not_achieved": 2,
}
CAME_TO = ("achieved", "partly achieved or on track", "not yet achieved")
_NOT_OURS = frozenset({"left", "superseded", "opened_in_error", "support_ended"})


class Pattern(Value):
    """Pupils on the register, and their outcomes, by one thing.

    Attributes:
        by: what by, such as ``sex``; or ``need``.
        values: the groups, in the order that schools use.
        pupils: for each group (and last for all) SEN support, EHC plan, together.
        outcomes: for each group (and last for all) the outcomes judged at reviews:
            achieved, in part, not yet, together.
    """

    by: str
    values: tuple[str, ...]
    pupils: tuple[Cells, ...]
    outcomes: tuple[Cells, ...]


class Figures(Value):
    """The year in numbers; ``None`` is withheld.

    Attributes:
        support: pupils with SEN support at the end; plan: with an EHC plan; pupils:
            together.
        started: pupils whose SEN support began; ended: whose ended; to_plan: whose EHC
            plan was issued or begun.
        due: reviews of support due; on_time: held in time; late: held later; missing:
            not held.
        annual: annual reviews of EHC plans held.
        meetings: meetings with parents held or offered; met: pupils whose parents were
            met as often as is due; expected: pupils for whom meetings are due.
        outcomes: achieved, in part, not yet, and together.
        patterns: by need, then by each of ``GROUPS``.
    """

    support: int | None
    plan: int | None
    pupils: int | None
    started: int | None
    ended: int | None
    to_plan: int | None
    due: int | None
    on_time: int | None
    late: int | None
    missing: int | None
    annual: int | None
    meetings: int
    met: int | None
    expected: int | None
    outcomes: Cells
    patterns: tuple[Pattern, ...]


def figures(
    records: Iterable[Entry],
    school: Entry,
    day: str,
    period: tuple[str, str],
    small: int | None = None,
) -> Figures:
    """The figures of the period, as the records have them on the day.

    Args:
        records: the pupils'.
        school: ``school.yaml``.
        day: ISO date by which all is told.
        period: first and last day.
        small: counts from 1 to below this are withheld; None is as the school has it.
    """
    chosen = settings(school)
    if small is not None:
        chosen = replace(chosen, small_number=small)
    at = last_day(school, day, period)
    span = (period[0], at)
    rows = register.rows(records, at)
    results = outcome_counts(records, span)
    patterns = tuple(
        _pattern(by, rows, results, chosen.small_number) for by in ("need", *GROUPS)
    )
    support, plan, pupils = patterns[0].pupils[-1]
    started, ended, to_plan = _moves(records, span)
    began, over = small_numbers.pair(started, ended, chosen.small_number)
    due, on_time, late, missing = _reviews(records, span, chosen)
    met, expected = _parents_met(records, rows, school, span, chosen)
    return Figures(
        support,
        plan,
        pupils,
        began,
        over,
        small_numbers.alone(to_plan, chosen.small_number),
        due,
        on_time,
        late,
        missing,
        annual=small_numbers.alone(
            sum(len(_held(record, span)) for record in records), chosen.small_number
        ),
        meetings=sum(len(_meetings(record, span)) for record in records),
        met=met,
        expected=expected,
        outcomes=patterns[0].outcomes[-1],
        patterns=patterns,
    )


def last_day(school: Entry, day: str, period: tuple[str, str]) -> str:
    """The day, or the period's last school day, before the oldest leave in summer."""
    ends = [str(term["end"]) for term in school.get("terms", ())]
    last = max((e for e in ends if period[0] <= e <= period[1]), default=period[1])
    return min(day, last)


def _pattern(
    by: str,
    rows: Sequence[Entry],
    results: Mapping[str, Sequence[int]],
    small: int,
) -> Pattern:
    """The table by one thing; a small number of pupils hides their outcomes too.

    Outcomes of pupils who are no longer on the register stand by themselves, so that
    all tables have the same totals.
    """
    under = {row["id"]: _under(row, by) for row in rows}
    values = sorted(
        {*under.values(), *((GONE,) if set(results) - set(under) else ())},
        key=lambda value: _order(value, by),
    )
    tally = {value: [0, 0] for value in values}
    for row in rows:
        tally[under[row["id"]]][row["provision"] == "E"] += 1
    judged = {value: [0, 0, 0] for value in values}
    whose: list[tuple[str, int, str]] = []
    for pupil, counts in results.items():
        value = under.get(pupil, GONE)
        for at, count in enumerate(counts):
            judged[value][at] += count
            if count:
                whose.append((value, at, pupil))
    return Pattern(
        by,
        tuple(values),
        small_numbers.table(list(tally.values()) or [[0, 0]], small),
        small_numbers.table(
            list(judged.values()) or [[0, 0, 0]], small, _heads(values, whose)
        ),
    )


def _heads(
    values: Sequence[str], whose: Sequence[tuple[str, int, str]]
) -> list[list[int]]:
    """How many pupils have outcomes of each kind in each group, and in all."""
    some: list[str | None] = [*(values or [""]), None]
    kinds = [*range(len(CAME_TO)), None]
    return [
        [
            len({p for v, at, p in whose if value in (None, v) and kind in (None, at)})
            for kind in kinds
        ]
        for value in some
    ]


def _under(row: Entry, by: str) -> str:
    if by == "need":
        return str(next(iter(row["all_needs"]), NOT_GIVEN))
    if by in terms.FLAGS:
        return "yes" if by in row["all_flags"] else "no"
    return str(row[by] or NOT_GIVEN)


def _order(value: str, by: str) -> tuple[int, str]:
    orders: dict[str, Sequence[str]] = {
        "need": tuple(terms.NEED_TYPES),
        "year_group": terms.YEAR_GROUPS,
        "sex": ("female", "male"),
    }
    order = (*orders.get(by, ("yes", "no")), NOT_GIVEN, GONE)
    return (order.index(value) if value in order else len(order)), value


def outcome_counts(
    records: Iterable[Entry], span: tuple[str, str]
) -> dict[str, tuple[int, ...]]:
    """Outcomes judged at reviews held in the span, by pupil and what they came to."""
    found = {}
    for record in records:
        tally: Counter[int] = Counter()
        for cycle in record.get("cycles", ()):
            review = cycle.get("review", {})
            if span[0] <= review.get("date", "") <= span[1]:
                tally.update(
                    _CAME_TO[result["result"]]
                    for result in review.get("outcomes", ())
                    if result["result"] in _CAME_TO
                )
        if tally:
            found[record["id"]] = tuple(tally[at] for at in range(len(CAME_TO)))
    return found


def _moves(records: Iterable[Entry], span: tuple[str, str]) -> tuple[int, int, int]:
    """How many pupils' SEN support began and ended, and to whom a plan came."""
    started = ended = to_plan = 0
    for record in records:
        steps = list(_steps(record, span))
        started += any(old == "N" and new != "N" for old, new in steps)
        ended += any(old != "N" and new == "N" for old, new in steps)
        to_plan += any(old != "E" and new == "E" for old, new in steps)
    return started, ended, to_plan


def _steps(record: Entry, span: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """Each change of status in the span: from what to what."""
    days = sorted({str(entry["from"]) for entry in record.get("status", ())})
    for day in days:
        if span[0] <= day <= span[1] and lookup.on_roll(record, day):
            now = lookup.status_on(record, day)
            if "taken_over" not in now:  # begun before, whatever day it bears
                before = lookup.status_on(record, add_days(day, -1))["provision"]
                yield before, now["provision"]


def _reviews(
    records: Iterable[Entry], span: tuple[str, str], chosen: Settings
) -> tuple[int | None, ...]:
    """Reviews due in the span, held in time, held later, and not held."""
    tally: Counter[str] = Counter()
    for record in records:
        for cycle in record.get("cycles", ()):
            by = str(cycle.get("plan", {}).get("review_by", ""))
            if not span[0] <= by <= span[1] or not lookup.on_roll(record, by):
                continue
            held = str(cycle.get("review", {}).get("date", ""))
            if not held and cycle.get("closed", {}).get("reason") in _NOT_OURS:
                continue
            latest = add_days(by, chosen.review_tolerance_days)
            if not held and span[1] <= latest:
                continue
            tally["missing" if not held else "late" if held > latest else "time"] += 1
    kinds = ("time", "late", "missing")
    shown, due = small_numbers.withhold_parts(
        [tally[kind] for kind in kinds], chosen.small_number
    )
    return due, *shown


def _held(record: Entry, span: tuple[str, str]) -> list[Entry]:
    return [r for r in reviews_held(record, span[1]) if r["date"] >= span[0]]


def _meetings(record: Entry, span: tuple[str, str]) -> list[str]:
    days = family_met(record)
    return [day for day in days if span[0] <= day <= span[1]]


def _parents_met(
    records: Iterable[Entry],
    rows: Sequence[Entry],
    school: Entry,
    span: tuple[str, str],
    chosen: Settings,
) -> tuple[int | None, int | None]:
    """Of how many pupils the parents were met as often as is due, of how many."""
    on_register = {row["id"] for row in rows}
    enough = due = 0
    for record in records:
        if record["id"] not in on_register:
            continue
        since = max(span[0], support_since.supported_here_since(record, span[1]))
        wanted = meetings_expected(school, chosen.meetings_a_year, since, span[1])
        if wanted:
            due += 1
            enough += len(_meetings(record, span)) >= wanted
    shown, other = small_numbers.pair(enough, due - enough, chosen.small_number)
    return shown, None if other is None else due
