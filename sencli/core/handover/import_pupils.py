"""Import pupils from a spreadsheet: match each row and work out the changes.

Nothing is ever ended or cleared by what a file leaves out: an empty cell says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import NamedTuple

from sencli.core.handover.import_cells import ORDER
from sencli.core.handover.import_cells import Cells
from sencli.core.handover.import_cells import Way
from sencli.core.handover.import_cells import set_cell
from sencli.core.handover.import_owner import value_of
from sencli.core.handover.import_values import made_a_day
from sencli.core.handover.import_values import needs_of
from sencli.core.handover.import_values import sex_of
from sencli.core.handover.import_values import year_of
from sencli.core.pupil.add import new_pupil
from sencli.core.pupil.leave import come_back
from sencli.core.record import lookup
from sencli.core.record.clean_text import clean_line
from sencli.core.record.lookup import full_name
from sencli.core.record.types import Record
from sencli.core.school.similar_pupils import KnownPupils
from sencli.core.text.folding import key
from sencli.core.text.folding import same
from sencli.core.text.garbled import is_lossy
from sencli.core.text.garbled import mended
from sencli.core.text.ids import is_id
from sencli.core.text.upn import checked
from sencli.errors import SencliError
from sencli.terms import FLAGS
from sencli.value import Value

_LONGEST = 400
_NAMES = ("name", "first_name", "last_name", "known_as")
_DATED = frozenset(
    (
        *("class", "year_group", "ethnicity", "home_language"),
        *("provision", "needs", "flags"),
        *("attendance", *FLAGS),
    )
)
_SINCE = ("since", "provision_from", "need_from")
_AS_OURS = {"year_group": year_of, "sex": sex_of}
_CSV = 'Save the sheet as "CSV UTF-8".'


class Imported(Value):
    """The result of importing a row.

    Attributes:
        line: of the file.
        before: the record before, empty for a new pupil.
        record: the record after.
        like: pupils that a new one may be, but for other letters.
        notes: what the reader of the file should know of this row.
        stays: what somebody wrote since the last file, and that file's other value.
        left: the day of leaving that the file names, of a pupil who is on roll here.
        left_before: when the pupil had left who is back now.
    """

    line: int
    before: Record
    record: Record
    like: tuple[Record, ...] = ()
    notes: tuple[str, ...] = ()
    stays: tuple[Stay, ...] = ()
    left: str = ""
    left_before: str = ""


class Stay(NamedTuple):
    """A field that stays as somebody wrote it, and what the file says.

    Attributes:
        field: its name.
        theirs: the cell.
        end: whether the file only lacks what is here, and what to type to end it.
    """

    field: str
    theirs: str
    end: str = ""


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
    """The result of each row, and every fault in the file.

    Args:
        rows: the line of the file, and the cells by field; empty cells are left out.
        records: all pupils.
        way: the day and what makes dates and ids.
    """
    school, faults, known = Roll(records), Faults(), KnownPupils(records)
    made: list[Imported] = []
    seen: dict[object, int] = {}
    for line, typed in rows:
        cells = _checked(line, typed, way, faults)
        try:
            before = school.fitting(cells)
        except SencliError as fault:
            faults.add(line, "", fault.message)
            continue
        cells = cells if before else _with_daily_name(cells)
        if (other := _again(seen, line, before, cells)) is not None:
            what = "UPN" if seen.get(cells.get("upn")) == other else "pupil"
            faults.add(line, "", f"the same {what} as in line {other}.")
            continue
        named = cells.get("name") or cells.get("first_name")
        if not before and not named:
            faults.add(line, "name", "a new pupil needs a name.")
            continue
        notes: list[str] = []
        if (left := cells.pop("left", "")) and left <= way.today:
            if before and lookup.on_roll(before, way.today):
                made.append(Imported(line, before, before, left=left))
            elif not before:
                told = f"line {line}: {named} left, so is not taken in."
                made.append(Imported(line, before, before, notes=(told,)))
            continue
        wanted = _names(before, cells)
        notes += _dropped(line, cells, before, wanted)
        stays = tuple(_standing(before, wanted, way)) if before else ()
        record, gone = _row(line, before, wanted, cells, way, faults)
        if before and "needs" in wanted and _fewer(record, wanted["needs"]):
            # a file ends nothing
            end = f"sen need end {record['id']} TYPE"
            stays += (Stay("needs", wanted["needs"], end),)
        like = () if before else tuple(known.like(record))
        if not before:
            known.add(record)
        made.append(Imported(line, before, record, like, tuple(notes), stays, "", gone))
    return made, faults.told


def _fewer(record: Record, text: str) -> bool:
    """Whether a cell leaves out a need that the record has."""
    try:
        here = lookup.needs_on(record, lookup.STILL)
        held = {need["type"] for need in here if not need.get("restricted")}
        return not held <= set(needs_of(text))
    except SencliError:
        return False  # told where it is set


def _standing(before: Record, wanted: dict[str, str], way: Way) -> Iterator[Stay]:
    """Take out of the wanted cells what would overwrite what a person wrote."""
    since = {name: wanted[name] for name in _SINCE if name in wanted}
    for field in [name for name in ORDER if name in wanted]:
        if field in way.overwrite:
            continue
        try:
            after = set_cell(before, field, {field: wanted[field], **since}, way)
        except SencliError:
            continue  # told where it is set
        changes = value_of(after, field) != value_of(before, field)
        if changes and way.by_hand(before["id"], field):
            yield Stay(field, wanted.pop(field))


def _checked(line: int, typed: Cells, way: Way, faults: Faults) -> dict[str, str]:
    """The cells with dates and UPN as the records have them."""
    # a list of ours has ids, and names to the letter; people leave blanks behind
    ours = is_id("pupil", typed.get("id", "").casefold())
    exact = {"name"} if ours else set()
    cells = {
        field: text if field in exact else clean_line(text).strip()
        for field, text in typed.items()
        if field != "id" or ours  # the number of another system is not our id
    }
    if not exact:
        _ungarbled(line, cells, faults)
    for field, text in list(cells.items()):
        if any(map(way.is_control, text)):
            faults.add(line, field, "it holds a line break or a control character.")
            del cells[field]
        elif len(text) > _LONGEST:
            faults.add(line, field, f"it is longer than {_LONGEST} letters.")
            del cells[field]
    if not exact:
        cells |= {f: _AS_OURS[f](cells[f]) for f in _AS_OURS if f in cells}
        _comma(line, cells, faults)
        _refuse_odd(line, cells, faults)
    tests = {"date_of_birth": way.parse, "since": way.parse, "upn": checked}
    for field, test in tests.items():
        if field in cells:
            try:
                cells[field] = test(cells[field])
            except SencliError as fault:
                faults.add(line, field, fault.message)
                del cells[field]
    return cells


def _refuse_odd(line: int, cells: dict[str, str], faults: Faults) -> None:
    """Tell of cells that Excel has changed: class 3/4 to a day, 95% to 0.95."""
    for field in ("class", *_NAMES):
        if made_a_day(cells.get(field, "")):
            told = f"{cells.pop(field)!r} is a day: Excel made it of what was typed."
            faults.add(line, field, f"{told} Format the column as text.")
    share = cells.get("attendance", "")
    if re.fullmatch(r"0?\.\d+|1(\.0+)?", share):
        told = f"{share!r} is a part of 1, or very little. Write it as 95.3"
        faults.add(line, "attendance", told)
        del cells["attendance"]


def _ungarbled(line: int, cells: dict[str, str], faults: Faults) -> None:
    """Tell of cells whose letters were read in the wrong encoding."""
    for field, text in list(cells.items()):
        if (meant := mended(text)) != text:
            cells[field] = meant
            faults.add(line, field, f"{text!r} is garbled; was {meant!r} meant? {_CSV}")
        elif field in _NAMES and is_lossy(text):
            faults.add(line, field, f"{text!r} is garbled: a letter is lost. {_CSV}")


def _comma(line: int, cells: dict[str, str], faults: Faults) -> None:
    """A name with a comma is a surname and what comes before it."""
    if "," not in cells.get("name", ""):
        return
    last, *given = (part.strip() for part in cells["name"].split(","))
    if not last or len(given) != 1 or not given[0]:
        told = f"{cells['name']!r} is not read: write it as First Last, or Last, First."
        faults.add(line, "name", told)
        return
    del cells["name"]
    cells |= {"first_name": given[0], "last_name": last}


def _with_daily_name(cells: dict[str, str]) -> dict[str, str]:
    """A new pupil's cells: with the name of every day, where it is the only one."""
    if "known_as" not in cells or {"name", "first_name"} & cells.keys():
        return cells
    return {"first_name" if f == "known_as" else f: t for f, t in cells.items()}


def _typed_name(cells: Cells) -> str:
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
        keys.append((key(_typed_name(cells)), cells.get("date_of_birth")))
    found = next((seen[one] for one in keys if one in seen), None)
    for one in keys:
        seen.setdefault(one, line)
    return found


class Roll:
    """All pupils, by what a row can name them by."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._by_id = {str(r["id"]): r for r in records}
        self._by_upn = {
            r[field]: r
            for field in ("former_upn", "upn")
            for r in records
            if field in r
        }
        self._by_name: dict[str, dict[str, Record]] = {}
        for record in records:
            daily = str(record.get("known_as") or record["first_name"])
            called = f"{daily} {record.get('last_name', '')}"
            for name in (full_name(record), called):
                self._by_name.setdefault(key(name), {})[record["id"]] = record

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
            for r in self._by_name.get(key(_typed_name(cells)), {}).values()
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


def _row(
    line: int,
    before: Record,
    wanted: Cells,
    cells: Cells,
    way: Way,
    faults: Faults,
) -> tuple[Record, str]:
    """The record from the row, and when the pupil had left who is back.

    Impossible values are reported and left out.
    """
    record, gone = before, ""
    # a list of ours has those who left, too; any other is of those who are here
    if before and "id" not in cells and not lookup.on_roll(before, way.today):
        gone = lookup.left_on(before)
        record = come_back(before, way.today, {}, {}).record
    if not before:
        record = new_pupil(
            way.new_id("pupil"), {"first_name": wanted["first_name"]}, {}, way.today
        ).record
    for field in ORDER:
        if field in wanted:
            try:
                record = set_cell(record, field, wanted, way)
            except SencliError as fault:
                faults.add(line, field, f"{fault.message} {fault.hint}".strip())
    return record, gone


def _names(before: Record, cells: Cells) -> dict[str, str]:
    """The cells, the one name taken apart; a name that only looks otherwise is kept."""
    wanted = dict(cells)
    for field in ("first_name", "last_name", "known_as"):
        if field in before and field in wanted and same(before[field], wanted[field]):
            del wanted[field]
    if "known_as" in before and same(before["known_as"], wanted.get("first_name", "")):
        del wanted["first_name"]
    name = wanted.pop("name", "")
    if name and name != full_name(before or {"first_name": ""}):
        daily = f"{before.get('known_as', '')} {before.get('last_name', '')}"
        if not before or key(name) not in {key(full_name(before)), key(daily)}:
            first = before.get("first_name", "")
            if not (first and name.startswith(f"{first} ")):
                first = _first(name)
            wanted["first_name"] = first
            if last := name[len(first) + 1 :]:
                wanted["last_name"] = last
    return wanted


def _dropped(
    line: int, cells: Cells, before: Record, wanted: Mapping[str, str]
) -> list[str]:
    """Cells of the row that have no effect, though somebody may expect one."""
    found = []
    if before:
        for field in _NAMES:
            ours = full_name(before) if field == "name" else before.get(field, "")
            theirs = cells.get(field, "")
            kept = field not in wanted and same(ours, theirs)
            if kept and ours.casefold() != theirs.casefold():
                found.append(
                    f"line {line}: the spelling of these records is kept, {ours} "
                    f"(the file: {theirs})."
                )
    if "since" in cells and not _DATED & cells.keys():
        found.append(
            f"line {line}, since: nothing in this row begins on a day, so it is left "
            "aside."
        )
    return found


def _first(name: str) -> str:
    """The first word with blanks before it; the whole text if nothing follows."""
    begins = len(name) - len(name.lstrip())
    end = name.find(" ", begins)
    return name[:end] if end > 0 and name[end:].strip() else name
