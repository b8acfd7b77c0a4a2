"""Import pupils from a spreadsheet: match each row and work out the changes.

Nothing is ever ended or cleared by what a file leaves out: an empty cell says nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.core.people.context import Context
from sencli.core.pupil import background
from sencli.core.pupil import flags
from sencli.core.pupil import needs
from sencli.core.pupil.add import new_pupil
from sencli.core.pupil.attendance import term_of_entry
from sencli.core.pupil.languages import language_of
from sencli.core.pupil.leave import come_back
from sencli.core.pupil.set_attendance import set_attendance
from sencli.core.pupil.set_fields import When
from sencli.core.pupil.set_fields import set_fields
from sencli.core.pupil.status import WORDS
from sencli.core.pupil.status import set_status
from sencli.core.record import lookup
from sencli.core.record.clean_text import clean_line
from sencli.core.record.diff import Schema
from sencli.core.record.fields import yes_or_no
from sencli.core.record.find import choose
from sencli.core.record.find import plain
from sencli.core.record.lookup import full_name
from sencli.core.record.types import Record
from sencli.core.school.similar_pupils import KnownPupils
from sencli.core.text.amounts import PERCENT
from sencli.core.text.folding import key
from sencli.core.text.folding import same
from sencli.core.text.garbled import is_lossy
from sencli.core.text.garbled import mended
from sencli.core.text.upn import checked
from sencli.errors import SencliError
from sencli.terms import FLAGS
from sencli.terms import PROVISION
from sencli.value import Value

_SEN_WORDS = {**WORDS, "yes": "K", "sen support": "K", "monitoring": "N", "eh": "E"}


def with_status(record: Record, text: str, today: str, since: str | None) -> Record:
    """The record with the status of a cell.

    Support that comes from another list began before these records, whenever that was;
    it is marked with the day of the import and judged from then.
    """
    code = choose(text, PROVISION, "SEN status", _SEN_WORDS)
    watched = plain(text) == "monitoring"
    now = lookup.status_on(record, since or today)
    if now["provision"] == code and now.get("monitoring", False) >= watched:
        return record
    named: dict[str, Any] = {"monitoring": watched or None}
    if code != "N" and not record.get("status") and (since or "") < today:
        named["taken_over"] = today
    return set_status(record, code, named, today, since).record


_PLAIN = ("first_name", "last_name", "known_as", "date_of_birth", "sex", "upn")
_PLACED = ("year_group", "class")
_BACKGROUND = ("ethnicity", "home_language")
_ORDER = (
    *(*_PLAIN, *_PLACED, *_BACKGROUND, "provision", "needs", "flags", *FLAGS),
    "attendance",
)
_LONGEST = 400
_NAMES = ("name", "first_name", "last_name", "known_as")
_DATED = frozenset(
    (
        *("class", "year_group", *_BACKGROUND, "provision", "needs", "flags"),
        *("attendance", *FLAGS),
    )
)
_CSV = 'Save the sheet as "CSV UTF-8".'
Cells = Mapping[str, str]


class Imported(Value):
    """The result of importing a row.

    Attributes:
        line: of the file.
        before: the record before, empty for a new pupil.
        record: the record after.
        like: pupils that a new one may be, but for other letters.
        notes: what the reader of the file should know of this row.
    """

    line: int
    before: Record
    record: Record
    like: tuple[Record, ...] = ()
    notes: tuple[str, ...] = ()


class Way(Value):
    """How rows are taken.

    Attributes:
        today: ISO date.
        parse: makes an ISO date from a typed one.
        new_id: a new id of a kind, in no record.
        root: the schema of a pupil.
        is_control: whether a letter would be obeyed and not shown.
        terms: the school's.
    """

    today: str
    parse: Callable[[str], str]
    new_id: Callable[[str], str]
    root: Schema
    is_control: Callable[[str], bool]
    terms: Sequence[Record] = ()


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
    school, faults, known = _School(records), Faults(), KnownPupils(records)
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
        notes: list[str] = []
        record = _row(line, before, cells, way, faults, notes)
        like = () if before else tuple(known.like(record))
        if not before:
            known.add(record)
        made.append(Imported(line, before, record, like, tuple(notes)))
    return made, faults.told


def _checked(line: int, typed: Cells, way: Way, faults: Faults) -> dict[str, str]:
    """The cells with dates and UPN as the records have them."""
    # a list of ours has ids, and names to the letter; people leave blanks behind
    exact = {"name"} if "id" in typed else set()
    cells = {
        field: text if field in exact else clean_line(text).strip()
        for field, text in typed.items()
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
        _comma(line, cells, faults)
    tests = {"date_of_birth": way.parse, "since": way.parse, "upn": checked}
    for field, test in tests.items():
        if field in cells:
            try:
                cells[field] = test(cells[field])
            except SencliError as fault:
                faults.add(line, field, fault.message)
                del cells[field]
    return cells


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


class _School:
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
    cells: Cells,
    way: Way,
    faults: Faults,
    notes: list[str],
) -> Record:
    """The record from the row; impossible values are reported and left out."""
    wanted = _names(before, cells)
    notes += _dropped(line, cells, before, wanted)
    record = before
    # a list of ours has those who left, too; any other is of those who are here
    if before and "id" not in cells and not lookup.on_roll(before, way.today):
        act = come_back(before, way.today, {}, {})
        record = act.record
        notes.append(f"line {line}: {act.said}")
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
    for field in ("first_name", "last_name", "known_as"):
        if field in before and field in wanted and same(before[field], wanted[field]):
            del wanted[field]
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


def _set(record: Record, field: str, cells: Cells, way: Way) -> Record:
    """The record with one cell applied, as the command would."""
    text, since = cells[field], cells.get("since")
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
    return _flag(record, field, day, holds=yes_or_no(field, text))


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
    day = since or way.today
    types = [
        choose(word, needs.TYPES, "kind of need", needs.TYPE_WORDS)
        for word in filter(None, map(str.strip, cells["needs"].split(";")))
    ]
    here = lookup.needs_on(record, day)
    if types in _lists(here):
        return record
    held = {n["type"] for n in here}
    ranked = held <= set(types)
    for rank, need in enumerate(types, 1):
        named = {"rank": rank} if ranked else {}
        if ranked or need not in held:
            act = needs.add_need(record, need, named, way.today, way.new_id, since)
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
