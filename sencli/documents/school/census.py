"""The census view: each pupil's return for the school census, errors first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Sequence
from typing import Any

from sencli import terms
from sencli.core.provision import register
from sencli.core.pupil.dual_registration import enrolment_on
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.text import dates
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import SchoolRequest
from sencli.documents.view import Block
from sencli.documents.view import Column
from sencli.documents.view import Heading
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.rules import RULES
from sencli.rules import Finding
from sencli.rules import Judge
from sencli.rules.census import RETURNED

Row = dict[str, Any]

FOOTER = "Confidential: for staff of the school only"
_FAMILY = "K"
_FLAGS = ("sen_unit", "resourced", "top_up")

_COLUMNS = (
    Column("id", "Id", hidden=True),
    Column("upn", "UPN", width=16),
    Column("name", "Name", width=20),
    Column("class", "Class", width=6),
    Column("year_group", "Year", width=5),
    Column("enrolment", "Enrol", width=6),
    Column("provision", "SEN", width=5),
    Column("types", "Types by rank", width=16),
    Column("first", "First", width=7),
    Column("second", "Second", width=7),
    Column("sen_unit", "Unit", "yes", width=5),
    Column("resourced", "Resourced", "yes", width=8),
    Column("top_up", "Top-up", "yes", width=6),
)
_MARK = Column("restricted", "Restricted", "yes", width=8)
_FAULT = Column("faults", "Faults")
_FAULTS = (
    Column("rule", "Rule", width=6),
    Column("name", "Pupil", width=18),
    Column("message", "What is wrong", width=40),
    Column("mend", "To mend it, type", "command", width=36),
)


def build(
    records: Iterable[Entry],
    setting: PaperContext,
    request: SchoolRequest | None = None,
) -> tuple[View, ...]:
    """The census return of every pupil on roll on the day."""
    request = request or SchoolRequest()
    rules = [rule for rule in RULES if rule.code[0] == _FAMILY]
    judge = Judge(
        setting.school, setting.day, provisions=setting.provisions, rules=rules
    )
    wanted = register.RegisterFilter(
        class_=request.class_, year_group=request.year_group, everyone=True
    )
    made = {one["id"]: one for one in register.rows(records, setting.day, wanted)}
    found = {
        record["id"]: _row(
            setting, made[record["id"]], record, _faults_of(record, judge, setting)
        )
        for record in records
        if record["id"] in made
    }
    rows = [found[pupil] for pupil in made]
    told = not _unsaid(setting)
    blocks: list[Block] = [_flat(rows)] if request.flat else _blocks(rows, told=told)
    if any(row["withheld"] for row in rows):
        blocks.append(Text("Some needs or circumstances are withheld.", "small"))
    if _marked(rows):
        text = (
            "A row marked as restricted holds a need or circumstance that is kept off "
            "every other paper. It is returned: keep this page to yourself."
        )
        blocks.append(Text(text, "small"))
    view = setting.view(
        "School census: SEN",
        blocks,
        (record for record in records if record["id"] in made),
        subtitle=dates.words(setting.day),
        landscape=True,
        data={"pupils": rows, "faults": sum(len(row["faults"]) for row in rows)},
        footer=FOOTER,
    )
    return (view,)


def _faults_of(
    record: Entry, judge: Judge, setting: PaperContext
) -> list[dict[str, str]]:
    """The faults of the whole record, for readers who may know of them."""
    if _unsaid(setting):
        return []
    record = setting.originals.get(str(record["id"]), record)
    return [
        _fault(found, record, setting.day, own=_own(setting))
        for found in judge.findings(record)
    ]


def _own(setting: PaperContext) -> bool:
    """Whether it is the SENCO's own return and no paper for a reader."""
    return setting.rules is None


def _unsaid(setting: PaperContext) -> bool:
    """Whether faults are hidden from the reader."""
    rules = setting.rules
    return rules is not None and (rules.anonymous or "gaps" in rules.parts)


def _row(
    setting: PaperContext, made: Entry, record: Entry, faults: list[dict[str, str]]
) -> Row:
    """One pupil; of the SENCO's own return nothing is withheld."""
    own = _own(setting)
    types = made["all_needs" if own else "needs"] if made["provision"] != "N" else []
    returned = [*types[:RETURNED], *[None] * RETURNED][:RETURNED]
    return {
        "id": made["id"],
        "upn": record.get("upn"),
        "name": made["name"],
        "class": made["class"],
        "year_group": made["year_group"],
        "enrolment": _enrolment(setting, record),
        "provision": made["provision"],
        "types": types,
        "first": returned[0],
        "second": returned[1],
        **{flag: _flagged(setting, made, flag) for flag in _FLAGS},
        "withheld": made["withheld"] and not own,
        "restricted": made["withheld"] and own,
        "faults": faults,
    }


def _enrolment(setting: PaperContext, record: Entry) -> str | None:
    """The enrolment status; ``None`` where the reader may not know it."""
    hidden = setting.rules is not None and setting.rules.hides("dual_registrations")
    withheld = any(e.get("restricted") for e in record.get("dual_registrations", ()))
    if hidden or (withheld and not _own(setting)):
        return None
    return enrolment_on(record, setting.day)


def _flagged(setting: PaperContext, made: Entry, flag: str) -> bool | None:
    """Whether there is a flag; ``None`` where the reader may not know it."""
    if flag in made["all_flags" if _own(setting) else "flags"]:
        return True
    whole = setting.originals.get(str(made["id"]), {})
    hidden = setting.rules is not None and setting.rules.hides("flags")
    return None if hidden or flag in lookup.flags_on(whole, setting.day) else False


def _fault(finding: Finding, record: Entry, day: str, *, own: bool) -> Row:
    """A fault in words, without restricted details for an outside reader."""
    needs = lookup.needs_on(record, day)
    hidden = any(need.get("restricted") for need in needs)
    by_type = finding.path[:1] == ("needs",) or finding.code in {"K2", "K6"}
    if hidden and by_type and not own:
        return {
            "rule": finding.code,
            "level": finding.level,
            "message": "A fault in needs of which one is restricted.",
            "mend": f"sen check {record['id']}",
        }
    return {
        "rule": finding.code,
        "level": finding.level,
        "message": finding.message,
        "mend": finding.mend,
    }


def _blocks(rows: Sequence[Row], *, told: bool) -> list[Block]:
    faults = [(row, fault) for row in rows for fault in row["faults"]]
    cells = tuple(
        (fault["rule"], row["name"], fault["message"], fault["mend"])
        for row, fault in faults
    )
    listed = (
        Heading("Faults"),
        Table(_FAULTS, cells, empty="None: the census rules find nothing wrong."),
    )
    return [
        Text(_summed(rows) + (f" {_faulty(rows)}" if told else ""), "lead"),
        *(listed if told else ()),
        Heading("What is returned"),
        Text(
            "The spring census takes the types of need, the first two by rank; the "
            "provision code goes in every term. Enrol: C current, M main and S "
            "subsidiary registration of a pupil who is on the roll of another school "
            "too.",
            "small",
        ),
        _table(rows, (*_COLUMNS, *((_MARK,) if _marked(rows) else ()))),
    ]


def _flat(rows: Sequence[Row]) -> Table:
    first = sorted(rows, key=lambda row: not row["faults"])  # what is to be mended
    return _table(first, (*_COLUMNS, _MARK, _FAULT))


def _marked(rows: Sequence[Row]) -> bool:
    return any(row["restricted"] for row in rows)


def _table(rows: Sequence[Row], columns: tuple[Column, ...]) -> Table:
    return Table(
        columns,
        tuple(tuple(_cell(row, column.key) for column in columns) for row in rows),
        empty="Nobody is on roll with these filters.",
    )


def _cell(row: Row, key: str) -> Any:
    if key == "types":
        return ", ".join(row["types"])
    if key == "faults":
        return "; ".join(f"{f['rule']} {f['message']}" for f in row["faults"])
    return row[key]


def _summed(rows: Sequence[Row]) -> str:
    """How many are on roll with which code."""
    tally = Counter(row["provision"] for row in rows)
    parts = [
        f"{tally[code]} {code} ({terms.PROVISION[code]})"
        for code in ("K", "E", "N")
        if tally[code]
    ]
    pupils = "1 pupil" if len(rows) == 1 else f"{len(rows)} pupils"
    told = f": {', '.join(parts)}" if parts else ""
    return f"{pupils} on roll{told}."


def _faulty(rows: Sequence[Row]) -> str:
    count = sum(len(row["faults"]) for row in rows)
    return f"{count or 'No'} {'fault' if count == 1 else 'faults'} to mend."
