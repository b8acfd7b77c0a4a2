"""The strict edition of the governors' figures: it may be published.

Nobody is named, small numbers are withheld, and others with them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Sequence
from typing import Any

from sencli import terms
from sencli.core.provision import provision_map
from sencli.core.provision.map_filter import MapFilter
from sencli.core.record.lookup import joined
from sencli.core.record.types import Entry
from sencli.core.reports import governors as core
from sencli.core.reports import impact as core_impact
from sencli.core.reports import small_numbers
from sencli.core.reports.governors import Figures
from sencli.core.reports.governors import Pattern
from sencli.core.reports.impact import Impact
from sencli.core.school.settings import settings
from sencli.core.text.plural import plural
from sencli.core.time.calendar import year_of
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import SchoolRequest
from sencli.documents.made_in.wording import capital
from sencli.documents.school import share_of_roll
from sencli.documents.school.impact import DUE
from sencli.documents.school.impact import FOR_EACH
from sencli.documents.school.impact import judged_chart
from sencli.documents.school.impact import plain
from sencli.documents.school.impact import span_words
from sencli.documents.view import Block
from sencli.documents.view import Chart
from sencli.documents.view import Column
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Series
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.rules import LEVELS
from sencli.rules import Judge
from sencli.rules import rule_of

_NAME = Column("provision_name", "Provision", width=30)
_CAME = (
    _NAME,
    Column("as_expected", "As expected or better", "number"),
    Column("less", "Less than expected", "number"),
    Column("achieved", "Outcomes achieved", "number"),
    Column("not_achieved", "Not achieved", "number"),
)
_GIVEN = (
    _NAME,
    Column("pupils", "Pupils", "number"),
    Column("sessions_due", "Sessions due", "number"),
    Column("delivered", "Delivered", "number"),
    Column("cost", "Cost planned", "pence"),
    Column("cost_an_outcome", "For each achieved", "pence"),
)
_PENCE = {"cost": "cost_pence", "cost_an_outcome": "cost_an_outcome_pence"}


def impacts(
    records: Iterable[Entry], setting: PaperContext, period: tuple[str, str]
) -> list[Impact]:
    """Each provision of enough pupils, and the others together."""
    small = settings(setting.school).small_number
    made, _ = core_impact.impacts(records, setting, setting.day, period, small)
    return made


def row_of(impact: Impact, small: int) -> Row:
    """One provision; ``None`` is withheld (or, of a cost, not known)."""
    good = sum(count for rating, count in impact.ratings.items() if rating >= 0)
    behind = impact.heads
    as_expected, less = small_numbers.of_pupils(
        (good, behind.get("good", 0)),
        (impact.rated - good, behind.get("less", 0)),
        small,
    )
    achieved, not_achieved = small_numbers.of_pupils(
        (impact.achieved, behind.get("achieved", 0)),
        (impact.judged - impact.achieved, behind.get("missed", 0)),
        small,
    )
    return {
        "provision": impact.key or None,
        "provision_name": impact.name,
        "pupils": impact.pupils,
        "sessions_due": plain(impact.due),
        "delivered": impact.delivered,
        "as_expected": as_expected,
        "less": less,
        "achieved": achieved,
        "not_achieved": not_achieved,
        "cost_pence": impact.pence,
        "cost_an_outcome_pence": None if achieved is None else impact.for_outcomes.each,
        "cost_an_outcome_says": "" if achieved is None else impact.for_outcomes.why_not,
        "cost_incomplete": impact.not_costed > 0,
    }


def provision_blocks(made: Sequence[Impact], small: int, withheld: str) -> list[Block]:
    """Impact and cost by provision."""
    heading = Heading("Impact and cost by provision")
    if not made:
        return [heading, Text("No provision was given to enough pupils to be told of.")]
    rows = [row_of(impact, small) for impact in made]
    found: list[Block] = [heading]
    # a bar of few would tell what the table withholds
    open_ = [i for i, row in zip(made, rows, strict=True) if row["less"] is not None]
    if chart := _chart(open_, small):
        found.append(Keep((chart,)))
    tables = [_provision_table(rows, columns, withheld) for columns in (_CAME, _GIVEN)]
    return [*found, *tables, Text(_NOTE, "small"), *uncosted_note(rows)]


def uncosted_note(rows: Sequence[Row]) -> list[Block]:
    """Of which provisions the cost is not the whole."""
    names = [str(row["provision_name"]) for row in rows if row["cost_incomplete"]]
    if not names:
        return []
    told = f"Some support has no cost yet, and is in no sum: {joined(names)}."
    return [Text(told, "note")]


def _provision_table(
    rows: Sequence[Row], columns: tuple[Column, ...], withheld: str
) -> Table:
    return Table(
        columns,
        tuple(tuple(_cell(row, c.key, withheld) for c in columns) for row in rows),
    )


_NOTE = (
    "Provisions of few pupils stand together. An outcome that two provisions serve "
    f"counts for each. {DUE} {FOR_EACH}"
)


def _cell(row: Row, key: str, withheld: str) -> Any:
    if key == "cost_an_outcome" and row["cost_an_outcome_pence"] is None:
        return row["cost_an_outcome_says"] or withheld
    if key in _PENCE:
        return row[_PENCE[key]]
    return withheld if row[key] is None and key != "delivered" else row[key]


def _chart(made: Sequence[Impact], small: int) -> Any:
    safe = [
        impact
        for impact in made
        if not any(0 < part < small for part in _sides(impact))
    ]
    return judged_chart(safe, small) if safe else None


def _sides(impact: Impact) -> tuple[int, ...]:
    """How often less than, as, and more than expected, and of how many pupils."""
    rated, behind = impact.ratings, impact.heads
    counts = (rated[-2] + rated[-1], rated[0], rated[1] + rated[2])
    return (*counts, *(behind.get(side, 0) for side in ("less", "same", "more")))


Row = dict[str, Any]

WITHHELD = "withheld"
_BY = {
    "need": "primary need",
    "sex": "sex",
    "pupil_premium": "pupil premium",
    "looked_after": "looked after",
    "eal": "English as an additional language",
    "year_group": "year group",
}
_KEYS = ("sen_support", "ehc_plan", "pupils")
_OUTCOME_KEYS = ("achieved", "in_part", "not_yet", "outcomes")


def build(
    records: Iterable[Entry],
    setting: PaperContext,
    request: SchoolRequest | None = None,
) -> tuple[View, ...]:
    """The year in numbers."""
    period = (request or SchoolRequest()).period or year_of(setting.day)
    made = core.figures(records, setting.school, setting.day, period)
    at = min(setting.day, period[1])
    given = impacts(records, setting, period)
    small = settings(setting.school).small_number
    found = findings(records, setting, small)
    above = above_element_2(records, setting, period)
    blocks: list[Block] = [
        Text(_lead(made), "lead"),
        Text(_about(small), "small"),
        Heading("The year in numbers"),
        year_table(made, small_numbers.alone(above, small)),
        Heading("Who is on the SEN register"),
        *_register(made.patterns[0]),
        *share_of_roll.blocks_of(made, setting.school, at, WITHHELD),
        Heading("What came of it"),
        *outcome_tables(made),
        *provision_blocks(given, small, WITHHELD),
        Heading("Patterns by group"),
        *_patterns(made.patterns[1:]),
        *_findings(found, setting),
    ]
    view = setting.view(
        "SEN in numbers: report to governors",
        blocks,
        records,
        subtitle=span_words(period, setting.day),
        data={
            **_data(made, [row_of(one, small) for one in given], found),
            "share_of_roll": share_of_roll.rows_of(made, setting.school, at),
        },
        footer="No pupil is named",
    )
    return (view,)


_WITHHOLDS = 2
"""Below this the setting withholds nothing: no count lies between 0 and 1."""


def count_or_withheld(count: int | None) -> int | str:
    """A count, or that it is withheld."""
    return WITHHELD if count is None else count


def _about(small: int) -> str:
    which = {2: "A number of 1 is"}.get(small, f"Numbers from 1 to {small - 1} are")
    told = (
        f"{which} withheld, and others with them where the small ones could be worked "
        "out from the rest."
    )
    if small < _WITHHOLDS:
        told = (
            "No number is withheld, however small: the school's setting for small "
            f"numbers is {small}. Do not publish this."
        )
    return f"{told} Pupils of whom the school keeps no SEN record are not counted."


def _lead(made: Figures) -> str:
    if made.pupils is None:
        return "Too few pupils are on the SEN register to give a number."
    verb = "is" if made.pupils == 1 else "are"
    told = f"{plural(made.pupils, 'pupil')} {verb} on the SEN register"
    if made.support is None or made.plan is None:
        return f"{told}."
    return f"{told}: {made.support} on SEN support, {made.plan} with an EHC plan."


def above_element_2(
    records: Iterable[Entry], setting: PaperContext, period: tuple[str, str]
) -> int:
    """Pupils whose planned support goes beyond what element 2 covers."""
    narrowed = MapFilter(period=period)
    rows, _ = provision_map.rows(records, setting, setting.day, narrowed)
    last = {row["pupil"]: row["running_total_pence"] for row in rows}
    return sum(pence > setting.threshold for pence in last.values())


def year_table(made: Figures, above: int | None) -> Table:
    """What was done in the year, each with its number."""
    of = "" if made.expected is None else f" (of {made.expected})"
    met = f"Pupils whose parents were met as often as is due{of}"
    if made.expected == 0:
        met = ""
    facts: tuple[tuple[str, int | None], ...] = (
        ("Pupils with SEN support at the end", made.support),
        ("Pupils with an EHC plan at the end", made.plan),
        ("Pupils whose SEN support began", made.started),
        ("Pupils whose SEN support ended", made.ended),
        ("Pupils who came to have an EHC plan", made.to_plan),
        ("Reviews of support that were due", made.due),
        ("of these, held in time", made.on_time),
        ("of these, held later", made.late),
        ("of these, not held", made.missing),
        ("Annual reviews of EHC plans held", made.annual),
        ("Meetings with parents, held or offered", made.meetings),
        (met, made.met),
        ("Pupils whose planned support costs more than element 2", above),
    )
    return Table(
        (
            Column("measure", "What", width=75),
            Column("number", "Number", "number", width=25),
        ),
        tuple((name, count_or_withheld(count)) for name, count in facts if name),
    )


def _register(pattern: Pattern) -> list[Block]:
    names = [group_words(value, "need") for value in pattern.values]
    blocks: list[Block] = []
    shown = [
        (name, row) for name, row in zip(names, pattern.pupils, strict=False) if row[-1]
    ]
    if shown:
        told = "; ".join(f"{name} {row[-1]}" for name, row in shown)
        blocks.append(
            Chart(
                kind="bar",
                labels=tuple(name for name, _ in shown),
                series=(Series("pupils", tuple(row[-1] for _, row in shown)),),
                alt=f"Pupils on the register by primary need: {told}.",
                caption="Needs whose number is withheld are left out."
                if len(shown) < len(names)
                else "",
            )
        )
    blocks.append(_pupils(pattern))
    return blocks


def _pupils(pattern: Pattern) -> Table:
    columns = (
        Column(pattern.by, capital(_BY[pattern.by]), width=40),
        Column("sen_support", "SEN support", "number"),
        Column("ehc_plan", "EHC plan", "number"),
        Column("pupils", "Together", "number"),
    )
    return _table(columns, pattern, [pattern.pupils])


def _table(
    columns: Sequence[Column],
    pattern: Pattern,
    parts: Sequence[Sequence[core.Cells]],
) -> Table:
    """A row for each group, and one for all."""
    names = [*(group_words(value, pattern.by) for value in pattern.values), "All"]
    if not pattern.values:
        return Table(tuple(columns), (), empty="Nobody is on the register.")
    rows = [
        (name, *(count_or_withheld(cell) for part in parts for cell in part[at]))
        for at, name in enumerate(names)
    ]
    return Table(tuple(columns), tuple(rows), totals=1)


def outcome_tables(made: Figures) -> list[Block]:
    """What the outcomes judged came to."""
    *parts, whole = made.outcomes
    columns = (Column("result", "Outcomes judged at reviews", width=70),)
    rows = [
        *zip(core.CAME_TO, map(count_or_withheld, parts), strict=True),
        ("All", count_or_withheld(whole)),
    ]
    table = Table(
        (*columns, Column("outcomes", "Outcomes", "number")), tuple(rows), totals=1
    )
    return [table]


def _patterns(patterns: Sequence[Pattern]) -> list[Block]:
    blocks: list[Block] = []
    for pattern in patterns:
        columns = (
            Column(pattern.by, capital(_BY[pattern.by]), width=22),
            Column("sen_support", "SEN support", "number"),
            Column("ehc_plan", "EHC plan", "number"),
            Column("pupils", "Together", "number"),
            Column("outcomes", "Outcomes judged", "number"),
            Column("achieved", "Achieved", "number"),
        )
        judged = [(row[-1], row[0]) for row in pattern.outcomes]
        table = _table(columns, pattern, [pattern.pupils, judged])
        blocks.append(Keep((Heading(f"By {_BY[pattern.by]}", 3), table)))
    return blocks


def group_words(value: str, by: str) -> str:
    """A group in the words of the field."""
    if by == "need" and value in terms.NEED_TYPES:
        return terms.NEED_TYPES[value][0]
    if by == "year_group" and value in terms.YEAR_GROUPS:
        return terms.year_group_name(value)
    return capital(value)


def findings(records: Iterable[Entry], setting: PaperContext, small: int) -> list[Row]:
    """Counts of findings by rule, the most serious first.

    How often is ``None`` where it is a small number: from 1 to below ``small``.
    """
    judge = Judge(setting.school, setting.day, provisions=setting.provisions)
    tally: Counter[tuple[str, str]] = Counter()
    for record in records:
        for finding in judge.findings(record):
            if not finding.excepted:
                tally[finding.level, finding.code] += 1
    made: list[Row] = []
    for (level, code), count in tally.items():
        rule = rule_of(code)
        name = rule.name if rule else code
        made.append({"rule": code, "name": name, "level": level, "findings": count})
    order = {str(level): at for at, level in enumerate(LEVELS)}
    made.sort(key=lambda e: (order[e["level"]], -e["findings"], e["rule"]))
    return [e | {"findings": small_numbers.alone(e["findings"], small)} for e in made]


def _findings(found: Sequence[Entry], setting: PaperContext) -> list[Block]:
    """Duties and guidance that the records do not show to be met."""
    serious = [entry for entry in found if entry["level"] in {"must", "should"}]
    heading = Heading("What the records do not show yet")
    told = (
        "How often the records lack what the law (must) or the SEND Code of Practice "
        f"(should) asks for, as they stand on {setting.words.date(setting.day)}. These "
        "are counts of entries, not of pupils."
    )
    small = settings(setting.school).small_number
    columns = (
        Column("level", "Level", width=12),
        Column("rule", "Rule", width=8),
        Column("name", "What is asked", width=58),
        Column("findings", "Times", "number", width=17),
    )
    rows = tuple(
        (e["level"], e["rule"], e["name"], e["findings"] or f"fewer than {small}")
        for e in serious
    )
    table = Table(columns, rows, empty="Nothing: the rules find no gap.")
    return [heading, Text(told, "small"), table]


def _data(
    made: Figures, rows: Sequence[Entry], found: Sequence[Entry]
) -> dict[str, Any]:
    """The data for json; a suppressed number is null."""
    plain = {name: getattr(made, name) for name in made.__fields__}
    plain["outcomes"] = dict(zip(_OUTCOME_KEYS, made.outcomes, strict=True))
    plain["patterns"] = [
        {
            "by": pattern.by,
            "value": value,
            **dict(zip(_KEYS, pattern.pupils[at], strict=True)),
            **dict(zip(_OUTCOME_KEYS, pattern.outcomes[at], strict=True)),
        }
        for pattern in made.patterns
        for at, value in enumerate((*pattern.values, "all"))
    ]
    return {**plain, "provisions": list(rows), "findings": list(found)}
