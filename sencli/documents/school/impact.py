"""Impact of each provision: amount given, results and cost."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from sencli import terms
from sencli.core.provision.judgements import FEW
from sencli.core.record.lookup import joined
from sencli.core.record.types import Entry
from sencli.core.reports import impact as core
from sencli.core.reports.impact import Impact
from sencli.core.reports.median_change import Change
from sencli.core.reports.median_change import change_words
from sencli.core.school.settings import settings
from sencli.core.text import dates
from sencli.core.text.folding import sort_key
from sencli.core.text.money import pounds
from sencli.core.text.plural import plural
from sencli.core.time.calendar import year_of
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import SchoolRequest
from sencli.documents.view import Bar
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Chart
from sencli.documents.view import Column
from sencli.documents.view import Keep
from sencli.documents.view import Series
from sencli.documents.view import Sheet
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View

Row = dict[str, Any]

DUE = (
    "Due: of the sessions planned, those that should have been given by then, by the "
    "school days gone. Holidays and closed days are not counted."
)
FOR_EACH = (
    "For each achieved: the cost of what was delivered, of the interventions whose "
    "outcomes were judged, divided by the outcomes achieved; not told where fewer than "
    f"{FEW} were judged."
)
_SHEET = Sheet(type=(9,), tables=True)
"""Of one size of type: columns that hold their words in a larger one leave no room."""
FOOTER = "Confidential: for staff of the school only"

_NAME = Column("provision_name", "Provision", width=140)
_PUPILS = Column("pupils", "Pupils", "number", width=33)
_SHARE = Column("share", "Given of due", width=136)
_GIVEN = (
    Column("sessions_due", "Due", "number"),
    Column("delivered", "Given", "number"),
    Column("delivered_percent", "Given of due", "percent"),
)
_RATED = tuple(
    Column(f"impact_{rating}", f"{rating:+d}" if rating else "0", "square", width=21)
    for rating in terms.IMPACTS
)
_CAME = (
    Column("change_says", "In \u2192 out, median change", width=210),
    Column("came", "Achieved", width=46),
)
_PLANNED = Column("cost", "Cost planned", "pence")
_SPENT = Column("spent", "Delivered", "pence", width=50)
_EACH = Column("cost_an_outcome", "For each achieved", "pence", width=74)
_MORE = (
    Column("provision", "Provision (key)"),
    Column("tier", "Tier"),
    Column("missed", "Missed, and why"),
    Column("not_recorded", "Not recorded", "number"),
    Column("hours", "Hours", "number"),
    Column("rated", "Judged", "number"),
    Column("says", "What it says"),
    Column("outcomes_judged", "Outcomes reviewed", "number"),
    Column("outcomes_achieved", "Achieved", "number"),
    Column("better", "Better", "number"),
    Column("same", "The same", "number"),
    Column("worse", "Worse", "number"),
)


def build(
    records: Iterable[Entry],
    setting: PaperContext,
    request: SchoolRequest | None = None,
) -> tuple[View, ...]:
    """The impact of every provision over the period."""
    request = request or SchoolRequest()
    period = request.period or year_of(setting.day)
    made, withheld = core.impacts(records, setting, setting.day, period)
    if request.provision:
        made = [impact for impact in made if impact.key == request.provision]
    small = settings(setting.school).small_number
    rows = [row_of(impact, small) for impact in sorted(made, key=_dearest)]
    blocks = _flat(rows, request) if request.flat else _page(made, rows, small, request)
    if withheld:
        blocks.append(Text(_withheld(withheld), "note"))
    view = setting.view(
        "Impact of provision",
        blocks,
        records,
        subtitle=span_words(period, setting.day),
        landscape=True,
        sheet=_SHEET,
        data={
            "provisions": [_kept(row, request) for row in rows],
            "withheld": withheld,
        },
        footer=FOOTER,
    )
    return (view,)


def _dearest(one: Impact) -> tuple[int, int, object]:
    """What cost most comes first, by what was delivered."""
    return -(one.spent or 0), -(one.pence or 0), sort_key(one.name)


def span_words(period: tuple[str, str], day: str) -> str:
    """``School year 2025-26``, and up to when where the day falls within it."""
    first, last = period
    label = core.label(period)
    said = f"School year {label}" if label else ""
    said = said or f"{dates.words(first)} to {dates.words(last)}"
    return f"{said}, as it stood on {dates.words(day)}" if first <= day < last else said


def row_of(impact: Impact, small: int) -> Row:
    """One provision as json has it and as the tables take their cells from."""
    return {
        "provision": impact.key,
        "provision_name": impact.name,
        "tier": terms.TIERS.get(impact.tier, impact.tier),
        "pupils": impact.pupils,
        "interventions": impact.interventions,
        "sessions_due": plain(impact.due),
        "delivered": impact.delivered,
        "delivered_percent": share(impact.delivered, float(impact.due)),
        "missed": dict(impact.missed),
        "not_recorded": plain(impact.not_recorded),
        "hours": core.hours(impact.minutes),
        "rated": impact.rated,
        **{f"impact_{rating}": count for rating, count in impact.ratings.items()},
        "says": says(impact, small),
        "results": dict(impact.results),
        "outcomes_judged": impact.judged,
        "outcomes_achieved": impact.achieved,
        "better": impact.better,
        "same": impact.same,
        "worse": impact.worse,
        "change": _change(impact.change),
        "change_says": change_words(impact.change) if impact.change else "",
        "cost_pence": impact.pence,
        "spent_pence": impact.spent,
        "not_costed": impact.not_costed,
        "spent_not_costed": impact.spent_not_costed,
        "cost_an_outcome_pence": impact.for_outcomes.each,
        "cost_an_outcome_says": impact.for_outcomes.why_not,
        "interventions_judged": impact.for_outcomes.interventions,
        "judged_spent_pence": impact.for_outcomes.pence,
    }


def _change(made: Change | None) -> Row | None:
    return {name: getattr(made, name) for name in made.__fields__} if made else None


def plain(value: Fraction) -> int | float:
    """A fraction as a number that JSON has."""
    return int(value) if value == int(value) else float(value)


def share(part: float | None, whole: float) -> int | None:
    """A part in whole per cent of the whole; ``None`` where either is not known."""
    return None if part is None or not whole else round(100 * part / whole)


def says(impact: Impact, small: int) -> str:
    """The ratings in words; too few are said to be too few."""
    rated = impact.rated
    if not rated:
        return "not judged yet"
    judged = min(rated, impact.heads.get("rated", rated))
    if judged < small:
        return f"n = {judged}: too few to say"
    good = sum(count for rating, count in impact.ratings.items() if rating >= 0)
    return f"{good} of {rated} as expected or better"


def _page(
    made: Sequence[Impact], rows: Sequence[Row], small: int, request: SchoolRequest
) -> list[Block]:
    """A row for each provision judged; the others in one line at the foot."""
    judged = [row for row in rows if row["rated"] or row["outcomes_judged"]]
    others = [row for row in rows if row not in judged]
    money = (_SPENT, _EACH) if request.costs else ()
    empty = "" if rows else "No provision was given in this time."
    blocks: list[Block] = [
        table(judged, (_NAME, _PUPILS, _SHARE, *_RATED, *_CAME, *money), empty)
    ]
    if others:
        told = "; ".join(_in_a_line(row, costs=request.costs) for row in others)
        blocks.append(Text(f"Not judged yet: {told}.", "small"))
    if rows:
        few = _few(judged, small)
        # of what no row shows nothing is to be explained
        how = (few, _scale(), _how(request)) if judged else ()
        notes = (*how, _unrecorded(rows))
        blocks.append(Text(" ".join(note for note in notes if note), "small"))
    return [*blocks, *(uncosted(made) if request.costs else ())]


def _few(judged: Sequence[Row], small: int) -> str:
    """Of which provisions too few pupils were judged, or of which alone enough were."""
    few = [r["provision_name"] for r in judged if r["says"].startswith("n = ")]
    enough = [r["provision_name"] for r in judged if r["provision_name"] not in few]
    if not few:
        return ""
    if len(few) == 1:
        (says,) = {row["says"] for row in judged if row["provision_name"] in few}
        return f"{says} of {few[0]}."
    named = joined(few)
    if len(few) > len(enough):
        named = f"any but {joined(enough)}" if enough else "any of these"
    return f"Fewer than {small} judged: too few to say of {named}."


def _unrecorded(rows: Sequence[Row]) -> str:
    """What is due, and how much of it has no entry."""
    missing = sum(row["not_recorded"] for row in rows)
    said = f"{missing:.1f}".removesuffix(".0")
    told = f" {said} sessions due are entered neither as given nor as missed."
    return f"{DUE}{told if missing else ''}"


def _in_a_line(row: Row, *, costs: bool) -> str:
    """``Talking group 3 pupils, 24 of 34 given, £75.01``."""
    given, due = row["delivered"], row["sessions_due"]
    told = [
        f"{row['provision_name']} {plural(row['pupils'], 'pupil')}",
        f"nothing recorded of {due}" if given is None else f"{given} of {due} given",
    ]
    if costs and given is not None and row["spent_pence"] is not None:
        told.append(pounds(row["spent_pence"]))
    return ", ".join(told)


def uncosted(made: Sequence[Impact]) -> list[Block]:
    """Which sums leave something out, how much, and why: each reason once."""
    lines: dict[str, list[str]] = {}
    for one in made:
        if gaps := _gaps(one):
            whole = one.not_costed == one.interventions
            why = "; ".join(one.missing) or "not known why"
            named = one.name if whole else f"{one.name}, {joined(gaps)}"
            lines.setdefault(why, []).append(named)
    if not lines:
        return []
    told = Text("The cost leaves out what could not be costed:")
    found = (f"{'; '.join(names)}: {reason}" for reason, names in lines.items())
    return [Keep((told, Bullets(tuple(found))))]


def _gaps(one: Impact) -> list[str]:
    """``2 of 6 not costed as planned``; empty where nothing is left out."""
    of = one.interventions
    gaps = ((one.not_costed, "as planned"), (one.spent_not_costed, "as delivered"))
    return [f"{count} of {of} not costed {how}" for count, how in gaps if count]


def _flat(rows: Sequence[Row], request: SchoolRequest) -> list[Block]:
    money = (_PLANNED, _SPENT, _EACH) if request.costs else ()
    columns = (_NAME, _PUPILS, *_GIVEN, *_RATED, _CAME[0], *money, *_MORE)
    return [table(rows, columns)]


_MONEY_FIELDS = (
    *("cost_pence", "spent_pence", "not_costed", "spent_not_costed"),
    *("cost_an_outcome_pence", "cost_an_outcome_says", "judged_spent_pence"),
)
_PENCE = {
    "cost": "cost_pence",
    "spent": "spent_pence",
    "cost_an_outcome": "cost_an_outcome_pence",
}


def table(
    rows: Sequence[Row],
    columns: Sequence[Column],
    empty: str = "No provision was given in this time.",
) -> Table:
    """The rows under these columns, words in place of codes."""
    return Table(
        columns=tuple(columns),
        rows=tuple(tuple(_cell(row, column.key) for column in columns) for row in rows),
        empty=empty,
    )


def _cell(row: Row, key: str) -> Any:
    if key == "share":
        return _given_of_due(row)
    if key == "came":
        judged = row["outcomes_judged"]
        return f"{row['outcomes_achieved']} of {judged}" if judged else ""
    if key.startswith("impact_") and not row["rated"]:
        return None
    if key == "missed":
        return missed_words(row["missed"])
    if key == "cost_an_outcome" and row["cost_an_outcome_pence"] is None:
        return row["cost_an_outcome_says"]
    return row[_PENCE.get(key, key)]


def _given_of_due(row: Row) -> Bar | str:
    """``79% ■■■■□ 128 of 163``; of few sessions the figures alone."""
    given, due = row["delivered"], row["sessions_due"]
    if given is None or not due:
        return "not recorded" if given is None else str(given)
    percent = f"{row['delivered_percent']}%"
    made = Bar(percent, given, round(due))
    return f"{given} of {due} ({percent})" if made.steps is None else made


def missed_words(missed: Mapping[str, int]) -> str:
    """``pupil absent 3, trip 1``."""
    return ", ".join(f"{terms.MISSED.get(why, why)} {n}" for why, n in missed.items())


def judged_chart(made: Sequence[Impact], small: int) -> Chart | None:
    """Bars of the judgements, of provisions that have enough of them."""
    least = max(small, 1)
    enough = [i for i in made if i.heads.get("rated", i.rated) >= least]
    if not enough:
        return None
    sides = {
        "less than expected": (-2, -1),
        "as expected": (0,),
        "more than expected": (1, 2),
    }
    series = tuple(
        Series(name, tuple(sum(i.ratings[r] for r in marks) for i in enough))
        for name, marks in sides.items()
    )
    said = [
        f"{impact.name}: "
        + joined([f"{int(one.values[at] or 0)} {one.name}" for one in series])
        for at, impact in enumerate(enough)
    ]
    few = f"Provisions judged for fewer than {least} pupils are left out."
    if least == 1:
        few = "Provisions that were not judged are left out."
    return Chart(
        kind="bar",
        labels=tuple(impact.name for impact in enough),
        series=series,
        alt=f"How often each provision was judged so. {'; '.join(said)}.",
        caption=few if len(enough) < len(made) else "",
    )


def _scale() -> str:
    return (
        "-2 to +2: how often reviews judged it so, from much less than expected (-2) "
        "by as expected (0) to much more (+2)."
    )


def _how(request: SchoolRequest) -> str:
    text = (
        "In, out and change: medians on the measure that most outcomes share (in "
        "brackets: how many of them, where some have another). An outcome that two "
        "provisions serve counts for each."
    )
    return f"{text} {FOR_EACH}" if request.costs else text


def _withheld(count: int) -> str:
    if count == 1:
        return "1 intervention is restricted: it is neither shown nor counted here."
    return f"{count} interventions are restricted: not shown and not counted here."


def _kept(row: Row, request: SchoolRequest) -> Row:
    hidden = () if request.costs else _MONEY_FIELDS
    return {key: value for key, value in row.items() if key not in hidden}
