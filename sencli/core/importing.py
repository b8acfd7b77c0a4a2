"""Pupils from the rows of a spreadsheet: whom each row fits, and what it changes.

Nothing is ever ended or cleared by what a file leaves out: an empty cell says nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.core import flags
from sencli.core import lookup
from sencli.core import needs
from sencli.core.choice import choose
from sencli.core.choice import plain
from sencli.core.diff import Schema
from sencli.core.fields import yes_or_no
from sencli.core.folding import fold
from sencli.core.ground import Ground
from sencli.core.lookup import Record
from sencli.core.lookup import full_name
from sencli.core.new_pupil import new_pupil
from sencli.core.pupil_set import When
from sencli.core.pupil_set import set_fields
from sencli.core.status import WORDS
from sencli.core.status import set_status
from sencli.core.upn import checked
from sencli.errors import SencliError
from sencli.terms import FLAGS
from sencli.terms import PROVISION
from sencli.value import Value

_PLAIN = ("first_name", "last_name", "known_as", "date_of_birth", "sex", "upn")
_PLACED = ("year_group", "class")
_ORDER = (*_PLAIN, *_PLACED, "provision", "needs", "flags", *FLAGS)
_SEN_WORDS = {**WORDS, "yes": "K", "sen support": "K", "monitoring": "N", "eh": "E"}
_LONGEST = 400
Cells = Mapping[str, str]


class Imported(Value):
    """What a row comes to: the record before (empty for a new pupil) and after."""

    before: Record
    record: Record


class Way(Value):
    """How rows are taken.

    Attributes:
        today: ISO date.
        parse: makes an ISO date from a typed one.
        new_id: a new id of a kind, in no record.
        root: the schema of a pupil.
        is_control: whether a letter would be obeyed and not shown.
    """

    today: str
    parse: Callable[[str], str]
    new_id: Callable[[str], str]
    root: Schema
    is_control: Callable[[str], bool]


class Faults:
    """Every fault found, with the line and the column."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def add(self, line: int, field: str, words: str) -> None:
        """One fault more."""
        column = f", {field.replace('_', ' ')}" if field else ""
        self.told.append(f"line {line}{column}: {words}")


def imported(
    rows: Iterable[tuple[int, Cells]], records: Sequence[Record], way: Way
) -> tuple[list[Imported], list[str]]:
    """What each row comes to, and every fault of the file.

    Args:
        rows: the line of the file, and the cells by field; empty cells are left out.
        records: all pupils.
        way: the day and what makes dates and ids.
    """
    school, faults = _School(records), Faults()
    made: list[Imported] = []
    seen: dict[object, int] = {}
    for line, typed in rows:
        cells = _checked(line, typed, way, faults)
        try:
            before = school.fitting(cells)
        except SencliError as fault:
            faults.add(line, "", fault.message)
            continue
        if (other := _again(seen, line, before, cells)) is not None:
            faults.add(line, "", f"the same pupil as in line {other}.")
            continue
        named = cells.get("name") or cells.get("first_name")
        if not before and not named:
            faults.add(line, "name", "a new pupil needs a name.")
            continue
        made.append(Imported(before, _row(line, before, cells, way, faults)))
    return made, faults.told


def _checked(line: int, typed: Cells, way: Way, faults: Faults) -> dict[str, str]:
    """The cells with dates and UPN as the records have them."""
    # a list of ours has ids, and names to the letter; people leave blanks behind
    exact = {"name"} if "id" in typed else set()
    cells = {f: text if f in exact else text.strip() for f, text in typed.items()}
    for field, text in list(cells.items()):
        if any(map(way.is_control, text)):
            faults.add(line, field, "it holds a line break or a control character.")
            del cells[field]
        elif len(text) > _LONGEST:
            faults.add(line, field, f"it is longer than {_LONGEST} letters.")
            del cells[field]
    tests = {"date_of_birth": way.parse, "since": way.parse, "upn": checked}
    for field, test in tests.items():
        if field in cells:
            try:
                cells[field] = test(cells[field])
            except SencliError as fault:
                faults.add(line, field, fault.message)
                del cells[field]
    return cells


def _named(cells: Cells) -> str:
    parts = (cells.get("first_name", ""), cells.get("last_name", ""))
    return cells.get("name") or " ".join(filter(None, parts))


def _again(
    seen: dict[object, int], line: int, before: Record, cells: Cells
) -> int | None:
    """The line that was of the same pupil, if there was one."""
    keys: list[object] = [before["id"]] if before else []
    if "upn" in cells:
        keys.append(cells["upn"])
    if not before:
        keys.append((fold(_named(cells)), cells.get("date_of_birth")))
    found = next((seen[key] for key in keys if key in seen), None)
    for key in keys:
        seen.setdefault(key, line)
    return found


class _School:
    """All pupils, by what a row can name them by."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._by_id = {str(r["id"]): r for r in records}
        self._by_upn = {
            r[key]: r for key in ("former_upn", "upn") for r in records if key in r
        }
        self._by_name: dict[str, dict[str, Record]] = {}
        for record in records:
            daily = f"{record.get('known_as', '')} {record.get('last_name', '')}"
            for name in (full_name(record), daily):
                self._by_name.setdefault(fold(name), {})[record["id"]] = record

    def fitting(self, cells: Cells) -> Record:
        """The pupil of a row; empty for a new one.

        Raises:
            SencliError: several fit, or id and UPN are of two pupils.
        """
        mine = self._by_id.get(cells.get("id", "").casefold())
        holder = self._by_upn.get(cells.get("upn", ""))
        if mine and holder and mine["id"] != holder["id"]:
            raise SencliError(f"the UPN is that of another pupil, {holder['id']}.")
        return mine or holder or self._of_name(cells)

    def _of_name(self, cells: Cells) -> Record:
        born, upn = cells.get("date_of_birth"), cells.get("upn")
        found = [
            r
            for r in self._by_name.get(fold(_named(cells)), {}).values()
            if not (upn and r.get("upn"))
            and not (born and r.get("date_of_birth") not in {None, born})
        ]
        exact = [r for r in found if born and r.get("date_of_birth") == born]
        found = exact or found
        if len(found) > 1:
            listed = ", ".join(str(r["id"]) for r in found)
            raise SencliError(
                f"more than one pupil has this name: {listed}; give the id or the UPN."
            )
        return found[0] if found else {}


def _row(line: int, before: Record, cells: Cells, way: Way, faults: Faults) -> Record:
    """The record as the row has it; what cannot be is told and left out."""
    wanted = _names(before, cells)
    record = before
    if not before:
        record = new_pupil(
            way.new_id("pupil"), {"first_name": wanted["first_name"]}, {}, way.today
        ).record
    for field in _ORDER:
        if field in wanted:
            try:
                record = _set(record, field, wanted, way)
            except SencliError as fault:
                faults.add(line, field, f"{fault.message} {fault.hint}".strip())
    return record


def _names(before: Record, cells: Cells) -> dict[str, str]:
    """The cells, the one name taken apart; a name that only looks otherwise is kept."""
    wanted = dict(cells)
    name = wanted.pop("name", "")
    if name and name != full_name(before or {"first_name": ""}):
        daily = f"{before.get('known_as', '')} {before.get('last_name', '')}"
        if not before or fold(name) not in {fold(full_name(before)), fold(daily)}:
            first = before.get("first_name", "")
            if not (first and name.startswith(f"{first} ")):
                first = _first(name)
            wanted["first_name"] = first
            if last := name[len(first) + 1 :]:
                wanted["last_name"] = last
    return wanted


def _first(name: str) -> str:
    """The first word, blanks before it kept; all of it where nothing follows."""
    begins = len(name) - len(name.lstrip())
    end = name.find(" ", begins)
    return name[:end] if end > 0 and name[end:].strip() else name


def _set(record: Record, field: str, cells: Cells, way: Way) -> Record:
    """The record with one cell laid over, by the verb that people would type."""
    text, since = cells[field], cells.get("since")
    day = since or way.today
    if field in {"first_name", "last_name", "known_as"}:
        return {**record, field: text}
    if field in _PLAIN or field in _PLACED:
        when = When(day, since is not None, in_place=False, parse=way.parse)
        ground = Ground(way.today, way.new_id)
        # class and year group of one day are one placement
        both = _PLACED if field in _PLACED else (field,)
        typed = [f"{name}={cells[name]}" for name in both if name in cells]
        return set_fields(record, typed, when, ground, way.root).record
    if field == "provision":
        return _status(record, text, way.today, since)
    if field == "needs":
        return _needs(record, text, way, since)
    if field == "flags":
        for word in filter(None, map(str.strip, text.replace(",", ";").split(";"))):
            flag = choose(word, FLAGS, "flag", flags.WORDS)
            record = _flag(record, flag, day, holds=True)
        return record
    return _flag(record, field, day, holds=yes_or_no(field, text))


def _status(record: Record, text: str, today: str, since: str | None) -> Record:
    code = choose(text, PROVISION, "SEN status", _SEN_WORDS)
    if lookup.status_on(record, since or today)["provision"] == code:
        return record
    named: dict[str, Any] = {"monitoring": plain(text) == "monitoring" or None}
    return set_status(record, code, named, today, since).record


def _needs(record: Record, text: str, way: Way, since: str | None) -> Record:
    """The types in the order of the cell; a type that it leaves out stays."""
    day = since or way.today
    types = [
        choose(word, needs.TYPES, "kind of need", needs.TYPE_WORDS)
        for word in filter(None, map(str.strip, text.split(";")))
    ]
    here = lookup.needs_on(record, day)
    if types == [n["type"] for n in here if not n.get("restricted")]:
        return record
    held = {n["type"] for n in here}
    ranked = held <= set(types)
    for rank, need in enumerate(types, 1):
        named = {"rank": rank} if ranked else {}
        if ranked or need not in held:
            act = needs.add_need(record, need, named, way.today, way.new_id, since)
            record = act.record
    return record


def _flag(record: Record, flag: str, day: str, *, holds: bool) -> Record:
    if holds:
        if flag in lookup.flags_on(record, day):
            return record
        return flags.add_flag(record, flag, day, {}).record
    mine = [f for f in record.get("flags", ()) if f["flag"] == flag]
    if any("until" not in f for f in mine):
        return flags.end_flag(record, flag, day).record
    return record
