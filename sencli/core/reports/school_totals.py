"""The school's totals for its governing body, whatever their size.

They describe the school's work, not a child. Only where two things of a child are
crossed, of which one is sensitive, single cells of few pupils are kept back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence

from sencli import terms
from sencli.core.provision import register
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.reports.governors import CAME_TO
from sencli.core.reports.governors import NOT_GIVEN
from sencli.core.reports.governors import last_day
from sencli.core.reports.governors import outcome_counts
from sencli.core.text.dates import add_months
from sencli.value import Value

Counts = tuple[tuple[str, int], ...]

_YEAR = 12
FLAGS = ("pupil_premium", "looked_after", "eal")


class Group(Value):
    """Pupils on the register of whom one thing is so.

    Attributes:
        flag: what, as ``looked_after``.
        pupils: how many.
        judged: outcomes of theirs that were judged; achieved: of these.
        heads: of how many of the pupils outcomes were judged.
    """

    flag: str
    pupils: int
    judged: int
    achieved: int
    heads: int


class Totals(Value):
    """What the figures of a year are set beside, and where they lie.

    Attributes:
        day: the last day that they tell of.
        trend: pupils on the register on the same day of each month, for a year.
        before: outcomes judged in the year before: achieved, in part, not yet.
        areas: pupils by the area of their first need; none that nobody has.
        stages: pupils by key stage.
        sexes: for each sex, pupils by area, in the order of ``areas``.
        groups: pupils with each of ``FLAGS``.
    """

    day: str
    trend: Counts
    before: tuple[int, ...]
    areas: Counts
    stages: Counts
    sexes: tuple[tuple[str, tuple[int, ...]], ...]
    groups: tuple[Group, ...]


def totals(
    records: Iterable[Entry], school: Entry, day: str, period: tuple[str, str]
) -> Totals:
    """The totals of the period, as the records have them on the day.

    Args:
        records: the pupils'.
        school: ``school.yaml``.
        day: ISO date by which all is told.
        period: first and last day.
    """
    at = last_day(school, day, period)
    rows = register.rows(records, at)
    areas = Counter(area_of(row) for row in rows)
    order = [area for area in terms.AREAS if areas[area] or area != terms.UNCATEGORISED]
    stages = Counter(stage_of(row) for row in rows)
    by_sex = Counter((str(row["sex"] or NOT_GIVEN), area_of(row)) for row in rows)
    sexes = sorted({sex for sex, _ in by_sex}, key=lambda s: (s == NOT_GIVEN, s))
    before = (add_months(period[0], -_YEAR), add_months(period[1], -_YEAR))
    results = outcome_counts(records, (period[0], at))
    earlier = outcome_counts(records, before).values()
    return Totals(
        at,
        _trend(records, at),
        tuple(sum(came[kind] for came in earlier) for kind in range(len(CAME_TO))),
        tuple((area, areas[area]) for area in order),
        tuple((s, stages[s]) for s in (*terms.KEY_STAGES, NOT_GIVEN) if stages[s]),
        tuple((sex, tuple(by_sex[sex, area] for area in order)) for sex in sexes),
        tuple(_group(flag, rows, results) for flag in FLAGS),
    )


def area_of(row: Entry) -> str:
    """The area of a pupil's first need; ``uncategorised`` where it has none."""
    need = next(iter(row["all_needs"]), "")
    return terms.NEED_TYPES.get(need, ("", terms.UNCATEGORISED))[1]


def stage_of(row: Entry) -> str:
    """The key stage of a pupil's year group."""
    year = row["year_group"]
    known = (stage for stage, years in terms.KEY_STAGES.items() if year in years)
    return next(known, NOT_GIVEN)


def _trend(records: Iterable[Entry], at: str) -> Counts:
    """The register's size month by month; empty where it was empty a year ago."""
    days = [add_months(at, back - _YEAR) for back in range(_YEAR + 1)]
    found = Counter(
        day for record in records for day in days if _on_register(record, day)
    )
    return tuple((day, found[day]) for day in days) if found[days[0]] else ()


def _on_register(record: Entry, day: str) -> bool:
    status = lookup.status_on(record, day)["provision"]
    return status in {"K", "E"} and lookup.on_roll(record, day)


def _group(
    flag: str, rows: Sequence[Entry], results: Mapping[str, Sequence[int]]
) -> Group:
    these = [row["id"] for row in rows if flag in row["all_flags"]]
    judged = [results[pupil] for pupil in these if pupil in results]
    return Group(
        flag, len(these), sum(map(sum, judged)), sum(c[0] for c in judged), len(judged)
    )


class Doubts(Value):
    """What in the figures gives reason to ask.

    Attributes:
        late: reviews held late or not at all, of those ``due``.
        duties: duties in law that are open.
        unmet: families who were met less often than is due.
        above: pupils whose support goes beyond element 2.
        not_yet: outcomes not yet achieved.
        unjudged: provisions that were not judged.
    """

    late: int = 0
    due: int = 0
    duties: int = 0
    unmet: int = 0
    above: int = 0
    not_yet: int = 0
    unjudged: int = 0


def questions(found: Doubts) -> list[str]:
    """What governors might ask, as the figures suggest; the sharpest first."""
    asked = []
    if found.late:
        was = "was" if found.late == 1 else "were"
        asked.append(
            f"{found.late} of {found.due} reviews {was} late or not held: why, "
            "and what has changed since?"
        )
    if found.duties:
        asked.append("Which of the duties that are open comes first, and by when?")
    if found.unmet:
        asked.append("What would help us to meet parents as often as is due?")
    if found.not_yet:
        asked.append("What do we change where an outcome was not achieved?")
    if found.unjudged:
        asked.append("How do we know that support not judged yet is worth its cost?")
    if found.above:
        asked.append("Does top-up funding cover what costs more than element 2?")
    asked.append("What do pupils and their parents say of the support?")
    return asked
