"""The annex of the governing body's paper: every total, and who the pupils are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from sencli import terms
from sencli.core.record.types import Entry
from sencli.core.reports.governors import Figures
from sencli.core.reports.impact import Impact
from sencli.core.reports.school_totals import Group
from sencli.core.reports.school_totals import Totals
from sencli.core.text.money import pounds
from sencli.documents.made_in.wording import capital
from sencli.documents.school import share_of_roll
from sencli.documents.school.governors_public import WITHHELD
from sencli.documents.school.governors_public import outcome_tables
from sencli.documents.school.governors_public import uncosted_note
from sencli.documents.school.governors_public import year_table
from sencli.documents.school.impact import DUE
from sencli.documents.school.impact import FOR_EACH
from sencli.documents.school.impact import plain
from sencli.documents.view import Block
from sencli.documents.view import Column
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.rules import rule_of

Row = dict[str, Any]

TOO_FEW = "too few to judge"
NOT_YET = "not judged yet"

_PROVISIONS = (
    Column("provision_name", "Provision", width=25),
    Column("pupils", "Pupils", "number", width=8),
    Column("sessions_due", "Due", "number", width=7),
    Column("delivered", "Given", "number", width=7),
    Column("impact", "As expected or better", width=19),
    Column("outcomes", "Outcomes achieved", width=11),
    Column("cost", "Planned", "pence", width=13),
    Column("spent", "Delivered", "pence", width=11),
)
_GROUPS = (
    Column("group", "Pupils on the register", width=40),
    Column("pupils", "Pupils", "number", width=15),
    Column("outcomes", "Outcomes achieved", width=25),
)
_DUTIES = (
    Column("level", "Level", width=10),
    Column("rule", "Rule", width=8),
    Column("name", "What is asked", width=30),
    Column("findings", "Times", "number", width=8),
    Column("what_we_do", "What we do", width=44),
)
_FLAGS = {
    "pupil_premium": "with pupil premium",
    "looked_after": "who are looked after",
    "eal": "with English as an additional language",
}
_OUTCOMES = ("achieved", "in_part", "not_yet")


def few(count: int, small: int) -> int | str:
    """A count of a crossed table; of few pupils only that they are few."""
    return f"<{small}" if 0 < count < small else count


def plain_sum(value: Fraction | int) -> str:
    """A sum of sessions as a number of at most one decimal."""
    return f"{float(value):.1f}".removesuffix(".0")


def years(made: Figures, above: int, school: Entry, at: str) -> list[Block]:
    """The year in numbers, and as a share of the roll beside England."""
    return [
        Heading("Annex"),
        Heading("The year in numbers", 3),
        year_table(made, above),
        *share_of_roll.blocks_of(made, school, at, WITHHELD),
        Heading("What came of it"),
        *outcome_tables(made),
    ]


def shares(made: Figures, school: Entry, at: str) -> list[Row]:
    """The shares of the roll for json."""
    return share_of_roll.rows_of(made, school, at)


def outcomes(counts: Sequence[int | None]) -> Row:
    """What outcomes came to, for json."""
    told = dict(zip(_OUTCOMES, (count or 0 for count in counts), strict=True))
    return {**told, "outcomes": sum(told.values())}


# ---- by provision ----


def row_of(one: Impact, small: int) -> Row:
    """One provision for json: its impact only where enough pupils were judged."""
    made: Row = {
        "provision": one.key,
        "provision_name": one.name,
        "pupils": one.pupils,
        "sessions_due": plain(one.due),
        "delivered": one.delivered,
        "cost_pence": one.pence,
        "spent_pence": one.spent,
        "cost_incomplete": one.not_costed > 0,
        "impact": _impact(one, small),
    }
    if _tells_of_enough(one, small, "rated"):
        good = sum(n for mark, n in one.ratings.items() if mark >= 0)
        made |= {"rated": one.rated, "as_expected": good, "less": one.rated - good}
    if _tells_of_enough(one, small, "judged"):
        made |= {"judged": one.judged, "achieved": one.achieved}
        made["not_achieved"] = one.judged - one.achieved
        if one.for_outcomes.each is not None:
            made["cost_an_outcome_pence"] = one.for_outcomes.each
    return made


def _tells_of_enough(one: Impact, small: int, kind: str) -> bool:
    """Whether so many pupils had it, and were judged, that it tells of none of them."""
    heads = one.heads.get(kind, 0)
    return bool(heads) and min(one.pupils, heads) >= small


def _says(one: Impact, small: int, kind: str, good: int, whole: int) -> str:
    if not whole:
        # that nobody was judged tells of nobody, and is what a governor asks about
        return NOT_YET
    return f"{good} of {whole}" if _tells_of_enough(one, small, kind) else TOO_FEW


def _impact(one: Impact, small: int) -> str:
    good = sum(n for mark, n in one.ratings.items() if mark >= 0)
    return _says(one, small, "rated", good, one.rated)


def _outcomes(one: Impact, small: int) -> str:
    told = _says(one, small, "judged", one.achieved, one.judged)
    # said once for a row is enough
    return "" if told == _impact(one, small) in {TOO_FEW, NOT_YET} else told


def provisions(given: Sequence[Impact], small: int, *, withheld: int) -> list[Block]:
    """What each provision was, came to and cost, the dearest first."""
    rows = [
        (
            *(one.name, one.pupils, plain(one.due), one.delivered),
            *(_impact(one, small), _outcomes(one, small), one.pence, one.spent),
        )
        for one in given
    ]
    table = Table(_PROVISIONS, tuple(rows), empty="No provision was given.")
    if not given:
        return [Heading("Impact and cost by provision"), table]
    told = [DUE, "An outcome that two provisions serve counts for each."]
    if any(one.pupils < small for one in given):
        told.append(
            f"Where fewer than {small} pupils had it, what came of it is not shown."
        )
    if withheld:
        told.append("Support that is marked restricted is not counted.")
    dear = [
        f"{one.name} {pounds(one.for_outcomes.each)}"
        for one in given
        if _tells_of_enough(one, small, "judged") and one.for_outcomes.each is not None
    ]
    if dear:
        told.append(f"{FOR_EACH} {'; '.join(dear)}.")
    return [
        Heading("Impact and cost by provision"),
        table,
        Text(" ".join(told), "small"),
        *uncosted_note([row_of(one, small) for one in given]),
    ]


# ---- by group ----


def groups(totals: Totals, small: int) -> list[Block]:
    """Groups that a governing body looks at, and sex by area; single cells of few."""
    if not totals.sexes:
        return []
    rows: list[tuple[str, int | str, str | None]] = [
        (capital(sex), few(sum(counts), small), None) for sex, counts in totals.sexes
    ]
    rows += [
        (_FLAGS[g.flag], few(g.pupils, small), _came(g, small)) for g in totals.groups
    ]
    crossed = _crossed(totals, small)
    told = "" if crossed else "Too few pupils to cross sex with the area of need. "
    if small > 1:
        told += (
            f"A group of 1 to {small - 1} pupils is shown as <{small}; all other "
            "figures of this paper are totals of the school."
        )
    return [
        Keep((Heading("By group"), Table(_GROUPS, tuple(rows)))),
        *([_sex_table(totals, crossed)] if crossed else []),
        *([Text(told.strip(), "small")] if told else []),
    ]


def _crossed(totals: Totals, small: int) -> list[Row]:
    """Pupils by sex and area; none where most cells of it would be kept back."""
    rows = [
        {"value": sex, "area": area, "pupils": few(count, small)}
        for sex, counts in totals.sexes
        for (area, _), count in zip(totals.areas, counts, strict=True)
    ]
    some = [row["pupils"] for row in rows if row["pupils"]]
    hidden = sum(isinstance(count, str) for count in some)
    return rows if 2 * hidden <= len(some) else []


def _sex_table(totals: Totals, crossed: Sequence[Row]) -> Block:
    columns = (
        Column("sex", "Sex", width=16),
        *(Column(_key(area), area_words(area), "number") for area, _ in totals.areas),
    )
    rows = [
        (capital(sex), *(row["pupils"] for row in crossed if row["value"] == sex))
        for sex, _ in totals.sexes
    ]
    rows.append(("All", *(count for _, count in totals.areas)))
    heading = Heading("By sex and area of need")
    return Keep((heading, Table(columns, tuple(rows), totals=1)))


def _key(area: str) -> str:
    return re.sub(r"\W+", "_", area)


def area_words(area: str) -> str:
    """An area of need; some needs, as DS, are in none of the four."""
    return capital("in none of these areas" if area == terms.UNCATEGORISED else area)


def _came(group: Group, small: int) -> str:
    if not group.judged:
        return NOT_YET if group.pupils else ""
    if group.heads < small:
        return TOO_FEW
    return f"{group.achieved} of {group.judged}"


def pattern_rows(totals: Totals, small: int) -> list[Row]:
    """The groups for json, with ``<5`` where the paper has it."""
    found: list[Row] = [
        {"by": "sex", "value": sex, "pupils": few(sum(counts), small)}
        for sex, counts in totals.sexes
    ]
    found += [{"by": "sex and area", **row} for row in _crossed(totals, small)]
    for group in totals.groups:
        row = {"by": group.flag, "value": "yes", "pupils": few(group.pupils, small)}
        found.append({**row, "outcomes": _came(group, small)})
    return found


# ---- duties ----


def duties(found: Sequence[Row], day: str) -> list[Block]:
    """What the records do not show yet, and what is done about it."""
    rows = tuple(
        tuple(row[column.key] for column in _DUTIES)
        for row in found
        if row["level"] in {"must", "should"}
    )
    told = (
        "How often the records lack what the law (must) or the SEND Code of Practice "
        f"(should) asks for, as they stand on {day}. These are counts of entries, not "
        "of pupils."
    )
    table = Table(_DUTIES, rows, empty="Nothing: the rules find no gap.")
    heading = Heading("What the records do not show yet, and what we do")
    return [heading, Text(told, "small"), table]


def what_we_do(code: str) -> str:
    """What a rule asks: so much is done where it is not met yet."""
    rule = rule_of(code)
    return rule.asks if rule else ""


def overleaf(heading: str, text: str) -> list[Block]:
    """What people wrote and is too long for the first page, whole."""
    return [Heading(heading), Text(text)]
