"""The SEN register: one row for each pupil, with counts."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from functools import partial
from operator import itemgetter
from typing import TYPE_CHECKING
from typing import Any

from sencli import terms
from sencli.core.provision import register
from sencli.core.provision.register import RegisterFilter
from sencli.core.provision.register import Row
from sencli.core.record.types import Entry
from sencli.core.text import dates
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.wording import capital
from sencli.documents.view import Block
from sencli.documents.view import Column
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.value import Value
from sencli.value import field
from sencli.value import replace

if TYPE_CHECKING:
    # the map, which it stands on, is slow to load
    from sencli.documents.made_in.paper_request import SchoolRequest

PROMISED = (
    *("id", "name", "class", "year_group"),
    *("provision", "needs", "stage", "review_by"),
)
"""The fields of a pupil in json, always all of them."""

COLUMNS = (
    Column("id", "Id"),
    Column("name", "Name"),
    Column("class", "Class"),
    Column("year_group", "Year"),
    Column("provision", "SEN"),
    Column("needs", "Needs"),
    Column("stage", "Stage"),
    Column("review_by", "Review by", "date"),
    Column("layer", "Layer", hidden=True),
    Column("teacher", "Teacher", hidden=True),
    Column("flags", "Circumstances", hidden=True),
)

_MARK = Column("restricted", "Restricted", "yes")

_COUNTED = {
    "need": "type of need",
    "year_group": "year group",
    "class": "class",
    "sex": "sex",
    "provision": "SEN provision",
    "pupil_premium": "pupil premium",
    "looked_after": "looked after",
}


class RegisterRequest(Value):
    """What is wanted of the register.

    Attributes:
        narrowed: which pupils.
        counts: what to count by; then the counts stand in place of the list.
        both: the list, and the counts beneath it.
        whole: the school's own data, for a spreadsheet: nothing is withheld, and the
            rows that hold something restricted are marked.
    """

    narrowed: RegisterFilter = field(default_factory=RegisterFilter)
    counts: tuple[str, ...] = ()
    both: bool = False
    whole: bool = False


def build(
    records: Iterable[Entry],
    setting: PaperContext,
    request: SchoolRequest | None = None,
) -> tuple[View, ...]:
    """The register on the setting's day: the list, and all counts beneath it."""
    narrowed, flat = RegisterFilter(), False
    if request is not None:
        flat = request.flat
        narrowed = RegisterFilter(
            class_=request.class_,
            year_group=request.year_group,
            need=request.need,
            tier=request.tier,
        )
    counts = () if flat else register.COUNTS
    wanted = RegisterRequest(narrowed, counts, both=True, whole=flat)
    return listed(records, setting, wanted)


def listed(
    records: Iterable[Entry], setting: PaperContext, request: RegisterRequest
) -> tuple[View, ...]:
    """The register, or the counts in place of it."""
    rows = register.rows(records, setting.day, request.narrowed, setting.provisions)
    shown = {row["id"] for row in rows}
    return of_rows(rows, setting, request, (r for r in records if r["id"] in shown))


def of_rows(
    rows: Sequence[Row],
    setting: PaperContext,
    request: RegisterRequest,
    records: Iterable[Entry] = (),
) -> tuple[View, ...]:
    """The same from the rows of the pupils wanted.

    Args:
        rows: of ``core.register``, those wanted, in order.
        setting: the school on the day.
        request: what is wanted.
        records: those that the rows are of, where the paper carries a fingerprint.
    """
    listed = not request.counts or request.both
    whole = request.whole and setting.rules is None
    if whole:
        rows = [_with_restricted(row) for row in rows]
    blocks: list[Block] = [Text(_summed(rows), "lead")] if rows else []
    if listed:
        blocks.append(_table(rows, whole=whole))
    if listed and any(row["withheld"] for row in rows):
        blocks.append(Text("Some needs or circumstances are withheld.", "small"))
    request = replace(request, counts=_countable(request.counts, setting))
    if hidden := _hidden(setting):
        rows = [{**row, **hidden} for row in rows]
    blocks += _counts(rows, request.counts, beside=listed)
    view = setting.view(
        "SEN register",
        blocks,
        records,
        subtitle=f"{dates.words(setting.day)}{_filtered(request.narrowed)}",
        data=partial(_listed, rows) if listed else _counted(rows, request.counts),
        footer="Confidential: for staff of the school only",
    )
    return (view,)


def _countable(counts: Sequence[str], setting: PaperContext) -> tuple[str, ...]:
    """What may be counted for the reader: of what is left out nothing is known."""
    if setting.rules is None:
        return tuple(counts)
    fields = {**dict.fromkeys(terms.FLAGS, "flags"), "need": "needs"}
    hides = setting.rules.hides
    return tuple(by for by in counts if not hides(fields.get(by, by)))


def _hidden(setting: PaperContext) -> dict[str, None]:
    """The fields of a row that the reader may not see; an empty list would be a no."""
    fields = ("needs", "flags", "sex")
    if setting.rules is None:
        return {}
    return {name: None for name in fields if setting.rules.hides(name)}


def _with_restricted(row: Row) -> Row:
    """A row with what is restricted, marked."""
    every = {"needs": row["all_needs"], "flags": row["all_flags"]}
    return {**row, **every, "withheld": False, _MARK.key: row["withheld"]}


def _table(rows: Sequence[Row], *, whole: bool) -> Table:
    columns = (*COLUMNS, _MARK) if whole else COLUMNS
    keys = [column.key for column in columns]
    return Table(
        columns=columns,
        rows=tuple(map(itemgetter(*keys), rows)),
        empty="Nobody on roll is on the register with these filters.",
    )


def _listed(rows: Sequence[Row]) -> list[dict[str, Any]]:
    return [{key: row[key] for key in PROMISED} for row in rows]


def _counted(rows: Sequence[Row], counts: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {"by": by, "value": value, "pupils": pupils}
        for by in counts
        for value, pupils in register.counted(rows, by)
    ]


def _counts(rows: Sequence[Row], counts: Sequence[str], *, beside: bool) -> list[Block]:
    """A small table for each thing counted, kept with its heading."""
    blocks: list[Block] = []
    for by in counts:
        table = Table(
            columns=(
                Column("value", capital(_COUNTED[by])),
                Column("pupils", "Pupils", "number"),
            ),
            rows=tuple(
                (_value_words(value, by), pupils)
                for value, pupils in register.counted(rows, by, beside=beside)
            ),
            empty="Nobody to count.",
        )
        blocks.append(Keep((Heading(f"By {_COUNTED[by]}"), table)))
        if by == "need":
            note = "A pupil with several types of need is counted under each."
            blocks.append(Text(note, "small"))
    return blocks


def _value_words(value: str, by: str) -> str:
    """The counted field in words."""
    if by == "need" and value in terms.NEED_TYPES:
        return f"{value} {terms.NEED_TYPES[value][0]}"
    if by == "provision":
        return f"{value} {terms.PROVISION[value]}"
    if by == "year_group" and value in terms.YEAR_GROUPS:
        return terms.year_group_name(value)
    return value


def _summed(rows: Sequence[Row]) -> str:
    """Such as: 14 pupils, 11 on SEN support, 3 with an EHC plan."""
    of = dict.fromkeys(("K", "E", "N"), 0)
    for row in rows:
        of[row["provision"]] += 1
    parts = []
    if of["K"]:
        parts.append(f"{of['K']} on SEN support")
    if of["E"]:
        parts.append(f"{of['E']} with an EHC plan")
    if of["N"]:
        parts.append(f"{of['N']} without SEN provision")
    word = "pupil" if len(rows) == 1 else "pupils"
    return f"{len(rows)} {word}: {', '.join(parts)}."


def _filtered(narrowed: RegisterFilter) -> str:
    """The filters of the list, for the line under the title."""
    parts = [
        f"class {narrowed.class_}" if narrowed.class_ else "",
        terms.year_group_name(register.year_code(narrowed.year_group))
        if narrowed.year_group
        else "",
        f"SEN provision {narrowed.provision.upper()}" if narrowed.provision else "",
        f"need {narrowed.need.upper()}" if narrowed.need else "",
        terms.FLAGS.get(narrowed.flag, narrowed.flag),
        f"stage {narrowed.stage}" if narrowed.stage else "",
        f"tier {terms.TIERS.get(narrowed.tier, narrowed.tier)}"
        if narrowed.tier
        else "",
    ]
    return "".join(f" · {part}" for part in parts if part)
