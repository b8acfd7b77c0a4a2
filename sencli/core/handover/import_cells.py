"""Apply the cells of one row to a pupil's record, as the commands would.

Nothing is ever ended or cleared by what a file leaves out: an empty cell says nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from sencli.core.handover.import_values import needs_of
from sencli.core.handover.import_values import status_code
from sencli.core.handover.import_values import tick
from sencli.core.people.context import Context
from sencli.core.pupil import background
from sencli.core.pupil import flags
from sencli.core.pupil import needs
from sencli.core.pupil.attendance import term_of_entry
from sencli.core.pupil.languages import language_of
from sencli.core.pupil.set_attendance import set_attendance
from sencli.core.pupil.set_fields import When
from sencli.core.pupil.set_fields import set_fields
from sencli.core.pupil.status import set_status
from sencli.core.record import lookup
from sencli.core.record.diff import Schema
from sencli.core.record.find import choose
from sencli.core.record.types import Record
from sencli.core.text.amounts import PERCENT
from sencli.errors import InvalidValue
from sencli.terms import FLAGS
from sencli.value import Value

_PLAIN = (
    *("first_name", "last_name", "known_as", "date_of_birth", "sex", "upn"),
    *("former_upn", "uln"),
)
_PLACED = ("year_group", "class")
_BACKGROUND = ("ethnicity", "home_language")
ORDER = (
    *(*_PLAIN, *_PLACED, *_BACKGROUND, "provision", "needs", "flags", *FLAGS),
    "attendance",
)
Cells = Mapping[str, str]


def _by_nobody(_pupil: str, _field: str) -> bool:
    return False


class Way(Value):
    """How rows are taken.

    Attributes:
        today: ISO date.
        parse: makes an ISO date from a typed one.
        new_id: a new id of a kind, in no record.
        root: the schema of a pupil.
        is_control: whether a letter would be obeyed and not shown.
        terms: the school's.
        by_hand: whether a pupil's field was last written by a person, not by a file.
        overwrite: fields in which the file counts all the same.
    """

    today: str
    parse: Callable[[str], str]
    new_id: Callable[[str], str]
    root: Schema
    is_control: Callable[[str], bool]
    terms: Sequence[Record] = ()
    by_hand: Callable[[str, str], bool] = _by_nobody
    overwrite: frozenset[str] = frozenset()


def with_status(record: Record, text: str, today: str, since: str | None) -> Record:
    """The record with the status of a cell.

    Support that comes from another list began before these records, whenever that was;
    it is marked with the day of the import and judged from then.
    """
    said = status_code(text)
    watched = said == "monitoring"
    now = lookup.status_on(record, since or today)
    if said == "yes":  # a list that says no more leaves open which
        said = now["provision"] if now["provision"] != "N" else "K"
    code = "N" if watched else said
    if now["provision"] == code and now.get("monitoring", False) >= watched:
        return record
    named: dict[str, Any] = {"monitoring": watched or None}
    if code != "N" and not record.get("status") and (since or "") < today:
        named["taken_over"] = today
    return set_status(record, code, named, today, since).record


def set_cell(record: Record, field: str, cells: Cells, way: Way) -> Record:
    """The record with one cell applied, as the command would."""
    text, since = cells[field], cells.get("since")
    if field == "provision":
        since = cells.get("provision_from") or since
    day = since or way.today
    if field in {"first_name", "last_name", "known_as"}:
        return {**record, field: text}
    if field in _PLAIN or field in _PLACED:
        when = When(day, since is not None, in_place=False, parse=way.parse)
        context = Context(way.today, way.new_id)
        # class and year group of one day are one placement
        both = _PLACED if field in _PLACED else (field,)
        typed = [f"{name}={cells[name]}" for name in both if name in cells]
        return set_fields(record, typed, when, context, way.root).record
    if field == "provision":
        return with_status(record, text, way.today, since)
    if field in _BY_ROW:
        return _BY_ROW[field](record, cells, way)
    if field == "flags":
        for word in filter(None, map(str.strip, text.replace(",", ";").split(";"))):
            flag = choose(word, FLAGS, "flag", flags.WORDS)
            record = _flag(record, flag, day, holds=True)
        return record
    if (holds := tick(text)) is None:
        raise InvalidValue(f"{text!r} is neither yes nor no.", "Write yes or no.")
    return _flag(record, field, day, holds=holds)


def _attendance(record: Record, cells: Cells, way: Way) -> Record:
    """The per cent of the row's term, else of the term of its day."""
    day = cells.get("since")
    typed = {
        "percent": PERCENT.read(cells["attendance"]),
        "term": cells.get("attendance_term"),
        "date": day if day and day <= way.today else None,
    }
    context = Context(way.today, way.new_id, {"terms": way.terms})
    before = {term_of_entry(e): e["percent"] for e in record.get("attendance", ())}
    made = set_attendance(record, typed, context).record
    after = {term_of_entry(e): e["percent"] for e in made["attendance"]}
    return record if before == after else made


def _ethnicity(record: Record, cells: Cells, way: Way) -> Record:
    """The ethnicity where the cell says another than the record."""
    meant = background.ethnicity_of(cells["ethnicity"])
    if _says(record, "ethnicity", meant, cells, way):
        return record
    context = Context(way.today, way.new_id)
    return background.set_ethnicity(record, meant, _since(cells), context).record


def _home_language(record: Record, cells: Cells, way: Way) -> Record:
    """The home language where the cell says another than the record."""
    text = cells["home_language"]
    language, code = language_of(text)
    meant = {"language": language, **({"code": code} if code else {})}
    if _says(record, "home_language", meant, cells, way):
        return record
    context = Context(way.today, way.new_id)
    return background.set_language(record, text, _since(cells), context).record


def _since(cells: Cells) -> dict[str, str]:
    return {"from": cells["since"]} if "since" in cells else {}


def _says(record: Record, field: str, meant: Record, cells: Cells, way: Way) -> bool:
    """Whether the record says the same already."""
    now = lookup.newest(record.get(field, ()), cells.get("since") or way.today) or {}
    return meant.items() <= now.items()


def _needs(record: Record, cells: Cells, way: Way) -> Record:
    """The types in the order of the cell; a type that it leaves out stays."""
    since = cells.get("since")
    types = needs_of(cells["needs"])
    begun = [day.strip() for day in cells.get("need_from", "").split(";")]
    here = lookup.needs_on(record, since or way.today)
    if types in _lists(here):
        return record
    held = {n["type"] for n in here}
    ranked = held <= set(types)
    for rank, (need, day) in enumerate(zip_longest(types, begun[: len(types)]), 1):
        named = {"rank": rank} if ranked else {}
        if ranked or need not in held:
            first = since or (None if need in held else day or None)
            act = needs.add_need(record, need, named, way.today, way.new_id, first)
            record = act.record
    return record


_BY_ROW = {
    "ethnicity": _ethnicity,
    "home_language": _home_language,
    "needs": _needs,
    "attendance": _attendance,
}
"""Columns that look at other cells of their row."""


def _lists(here: list[Record]) -> tuple[list[str], list[str]]:
    """The types in force, and those that are not restricted: a list of ours has one."""
    open_ones = [need["type"] for need in here if not need.get("restricted")]
    return [need["type"] for need in here], open_ones


def _flag(record: Record, flag: str, day: str, *, holds: bool) -> Record:
    if holds:
        if flag in lookup.flags_on(record, day):
            return record
        return flags.add_flag(record, flag, day, {}).record
    mine = [f for f in record.get("flags", ()) if f["flag"] == flag]
    if any("until" not in f for f in mine):
        return flags.end_flag(record, flag, day).record
    return record
