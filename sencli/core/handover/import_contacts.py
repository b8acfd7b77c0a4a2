"""Take in parents and carers from a list of the school's own system.

A pupil who is not in these records is left aside: a list of the whole school's contacts
brings in those of the pupils who are here, and nobody else's.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from types import MappingProxyType
from typing import NamedTuple

from sencli.core.handover.import_columns import Kind
from sencli.core.handover.import_columns import bare
from sencli.core.handover.import_pupils import Roll
from sencli.core.handover.import_rows import read_cells
from sencli.core.handover.import_values import tick
from sencli.core.people.contacts import add_contact
from sencli.core.people.contacts import contact_label
from sencli.core.people.contacts import set_contact
from sencli.core.record import lookup
from sencli.core.record.clean_text import clean_line
from sencli.core.record.lookup import full_name
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.folding import same
from sencli.errors import SencliError
from sencli.value import Value

_PUPIL = {
    "id": "our own id of the pupil",
    "pupil_name": "name of the pupil",
    "pupil_first_name": "first name of the pupil",
    "pupil_last_name": "family name of the pupil",
    "upn": "UPN of the pupil",
    "date_of_birth": "date of birth of the pupil",
}
_OWN = {
    "title": "title (Mr, Mrs ...)",
    "name": "name of the contact",
    "first_name": "first name of the contact",
    "last_name": "family name of the contact",
    "relationship": "relationship to the pupil",
    "parental_responsibility": "parental responsibility (yes, no)",
    "lives_with": "whether the pupil lives there (yes, no)",
    "priority": "order in which contacts are called",
    "telephone": "telephone",
    "mobile": "mobile telephone",
    "home_telephone": "telephone at home",
    "work_telephone": "telephone at work",
    "email": "e-mail",
    "address": "postal address",
    "postcode": "postcode",
    "language": "language for letters and talk",
    "interpreter": "whether an interpreter is needed (yes, no)",
    "court_order": "court order about the contact",
}
_WORDS = {
    "pupil_name": ("pupil", "student", "student name", "child", "child name"),
    "pupil_first_name": ("pupil forename", "student forename", "student first name",
                         "legal forename", "pupil preferred forename"),
    "pupil_last_name": ("pupil surname", "student surname", "student last name",
                        "legal surname"),
    "upn": ("unique pupil number", "pupil upn", "student upn"),
    "date_of_birth": ("dob", "pupil dob", "student dob", "pupil date of birth"),
    "title": ("contact title", "parent title", "guardian title"),
    "name": ("contact", "contact name", "parent", "parent name", "guardian", "carer",
             "guardian name", "contact full name", "parent carer", "full name",
             "primary guardian", "parent carer name"),
    "first_name": ("contact forename", "contact first name", "forename",
                   "parent forename", "guardian first name", "parent first name"),
    "last_name": ("contact surname", "contact last name", "surname", "family name",
                  "parent surname", "guardian last name", "parent last name"),
    "relationship": ("relation", "contact relationship", "relationship to pupil",
                     "relationship to student", "contact type", "relation to pupil",
                     "guardian relationship", "relationship to child"),
    "parental_responsibility": ("pr", "has parental responsibility", "parental resp",
                                "contact parental responsibility", "legal guardian",
                                "has pr", "contact pr"),
    "lives_with": ("lives with pupil", "lives with student", "same address",
                   "resides with", "pupil lives with", "contact lives with"),
    "priority": ("contact priority", "contact order", "order", "call order",
                 "emergency contact priority", "guardian priority"),
    "telephone": ("phone", "tel", "telephone number", "phone number", "contact phone",
                  "contact telephone", "main telephone", "contact number",
                  "main phone", "contact phone number", "contact telephone number"),
    "mobile": ("mobile phone", "mobile number", "contact mobile", "mobile telephone"),
    "home_telephone": ("home phone", "home tel", "contact home phone", "home number",
                       "contact home telephone"),
    "work_telephone": ("work phone", "work tel", "day phone", "daytime phone",
                       "contact work phone", "contact work telephone"),
    "email": ("email address", "contact email", "home email", "main email",
              "contact email address", "parent email"),
    "address": ("contact address", "home address", "full address", "postal address",
                "address block", "address line", "house and street", "street",
                "contact address line", "address label"),
    "postcode": ("post code", "contact postcode", "home postcode"),
    "language": ("contact language", "spoken language", "first language"),
    "court_order": ("has court order", "contact court order", "not to contact",
                    "do not contact", "no contact"),
    "interpreter": ("interpreter required", "needs interpreter",
                    "translator required"),
}  # fmt: skip
_NUMBERED = frozenset(_OWN)
_FIELDS = {**_PUPIL, **_OWN}

CONTACTS = Kind(
    "contacts",
    "whose contact it is and what the contact is called",
    MappingProxyType(_FIELDS),
    MappingProxyType(
        {bare(name): name for name in _FIELDS}
        | {bare(word): name for name, some in _WORDS.items() for word in some}
        | {"town": "address.8", "city": "address.8", "county": "address.9"}
    ),
    _NUMBERED,
    tuple(
        frozenset((who, name))
        for who in ("id", "upn", "pupil_name", "pupil_first_name")
        for name in ("name", "first_name", "last_name")
    ),
    frozenset(("phone", "telephone", "mobile", "relation", "responsibility", "parent")),
    frozenset(map(bare, ("class", "year group", "reg group", "registration form",
                         "admission number", "year", "correspondence",
                         "house name", "sex", "gender", "adno"))),
    otherwise=MappingProxyType({
        "name": "pupil_name", "fullname": "pupil_name", "forename": "pupil_first_name",
        "firstname": "pupil_first_name", "surname": "pupil_last_name",
        "lastname": "pupil_last_name", "familyname": "pupil_last_name",
    }),
)  # fmt: skip

_TOLD = ("title", "relationship", "parental_responsibility", "lives_with",
         "telephone", "email", "address", "language", "interpreter")  # fmt: skip
_TICKS = frozenset(("parental_responsibility", "lives_with", "interpreter"))
_PHONES = (("mobile", "mobile"), ("home_telephone", "home"), ("work_telephone", "work"))
_SEVERAL = {"address": ", ", "telephone": "; "}
_LAST = 99


class Way(Value):
    """How contacts are taken.

    Attributes:
        today: ISO date.
        new_id: a new id of a kind.
        by_hand: whether a field of a pupil's contact was last written by a person.
        overwrite: fields in which the file counts all the same.
        since_1904: whether the workbook counts its days from 1904.
    """

    today: str
    new_id: Callable[[str], str]
    by_hand: Callable[[str, str, str], bool]
    overwrite: frozenset[str] = frozenset()
    since_1904: bool = False


class Changed(NamedTuple):
    """What a file makes of the records, and what is said of it.

    Attributes:
        records: those that change, by id.
        new: whose contact, and the contact in words.
        changed: the same, old -> new.
        stays: what somebody wrote, and the file's other value.
        faults: cells that cannot be taken.
        notes: what is worth a word.
    """

    records: dict[str, Record]
    new: list[tuple[str, str]]
    changed: list[tuple[str, str]]
    stays: list[tuple[str, str]]
    faults: list[str]
    notes: list[str]


class _Row(NamedTuple):
    """One contact of one pupil."""

    line: int
    priority: int
    pupil: Mapping[str, str]
    name: str
    fields: Mapping[str, object]


def contacts(
    rows: Iterable[tuple[int, Mapping[str, str]]], records: Sequence[Record], way: Way
) -> Changed:
    """The contacts of a file, those who are called first before the others.

    Args:
        rows: the line of the file, and the cells by field.
        records: all pupils.
        way: how they are taken.
    """
    made = Changed({}, [], [], [], [], [])
    roll = Roll(records)
    strangers = 0
    found = [row for line, cells in rows for row in _rows(line, cells, way, made)]
    for row in sorted(found, key=lambda one: one.priority):
        try:
            before = roll.fitting(row.pupil)
        except SencliError as fault:
            made.faults.append(f"line {row.line}: {fault.message}")
            continue
        if not before:
            strangers += 1
            continue
        record = made.records.get(before["id"], before)
        try:
            after = _with_contact(record, row, way, made)
        except SencliError as fault:
            told = f"{fault.message} {fault.hint}".strip()
            made.faults.append(f"line {row.line}: {told}")
            continue
        if after != record:
            made.records[before["id"]] = after
    if strangers:
        made.notes.append(
            f"contacts of pupils who are not in these records: {strangers}, left aside."
        )
    return made


def _rows(
    line: int, typed: Mapping[str, str], way: Way, made: Changed
) -> Iterator[_Row]:
    """The contacts in one row: one, or several with a number each."""
    days = ("date_of_birth",)
    cells = read_cells(
        line, typed, days, way.today, made.faults, since_1904=way.since_1904
    )
    pupil = {f.removeprefix("pupil_"): cells[f] for f in _PUPIL if f in cells}
    _apart(pupil)
    numbers = {int(f.partition(".")[2] or 0) for f in cells if f not in _PUPIL}
    if _of_one(cells, numbers):
        numbers = {0}
        cells = _joined(cells)
    for number in sorted(numbers):
        end = f".{number}" if number else ""
        own = {f: clean_line(cells[f + end]).strip() for f in _OWN if f + end in cells}
        _apart(own)
        name = own.get("name") or " ".join(
            filter(None, (own.get("first_name"), own.get("last_name")))
        )
        if not name:
            continue
        name = _without_title(name, own)
        if own.get("court_order") and tick(own["court_order"]) is not False:
            made.notes.append(
                f"line {line}: there is a court order about {name}, so nothing of the "
                "line is taken in. Decide, and type it: sen contact add PUPIL NAME "
                "--sharing none"
            )
            continue
        place = own.get("priority", "")
        priority = int(place) if place.isdecimal() else number or _LAST
        try:
            fields = dict(_fields(own))
        except SencliError as fault:
            made.faults.append(f"line {line}: {fault.message} {fault.hint}".strip())
            continue
        yield _Row(line, priority, pupil, name, fields)


def _of_one(cells: Mapping[str, str], numbers: set[int]) -> bool:
    """Whether numbers in headings are of an address or a telephone, not of contacts."""
    named = {f for f in cells if f.partition(".")[0] in {"name", "first_name"}}
    return 0 in numbers and len(named) > 0 and all("." not in f for f in named)


def _joined(cells: Mapping[str, str]) -> dict[str, str]:
    """The lines of an address as one, and the first of other numbered fields."""
    found: dict[str, str] = {}
    for field, text in cells.items():
        base = field.partition(".")[0]
        if base in _SEVERAL and base in found:
            found[base] += f"{_SEVERAL[base]}{text}"
        else:
            found.setdefault(base, text)
    return found


def _apart(names: dict[str, str]) -> None:
    """Take ``Khan, Sana`` apart."""
    last, comma, first = names.get("name", "").partition(",")
    if comma and first.strip() and last.strip():
        names["name"] = f"{first.strip()} {last.strip()}"


def _without_title(name: str, own: dict[str, str]) -> str:
    """The name without its title, which is kept by itself."""
    first, _, rest = name.partition(" ")
    if first.rstrip(".").casefold() in {"mr", "mrs", "ms", "miss", "dr", "mx", "rev"}:
        own.setdefault("title", first.rstrip("."))
        return rest.strip() or name
    return name


def _fields(own: Mapping[str, str]) -> Iterator[tuple[str, object]]:
    """What the records keep of the cells."""
    for field in ("title", "email", "language"):
        if field in own:
            yield field, own[field]
    if "relationship" in own:
        yield "relationship", own["relationship"].casefold()
    for field in _TICKS & own.keys():
        if (holds := tick(own[field])) is None:
            name = field.replace("_", " ")
            raise SencliError(f"{name}: {own[field]!r} is neither yes nor no.")
        yield field, holds
    phones = [own["telephone"]] if "telephone" in own else []
    phones += [f"{own[f]} ({word})" for f, word in _PHONES if f in own]
    if phones:
        yield "telephone", "; ".join(phones)
    place = ", ".join(filter(None, (own.get("address"), own.get("postcode"))))
    if own.get("address"):
        yield "address", place


def _with_contact(record: Record, row: _Row, way: Way, made: Changed) -> Record:
    """The record with one contact added or amended."""
    who = full_name(record)
    current = next(
        (c for c in lookup.contacts_on(record, way.today) if same(c["name"], row.name)),
        None,
    )
    if current is None:
        ended = any(same(c["name"], row.name) for c in record.get("contacts", ()))
        if ended and "name" not in way.overwrite:
            made.stays.append((who, f"{row.name} is a contact no longer"))
            return record
        after = add_contact(record, row.name, row.fields, way.today, way.new_id).record
        entry = {"name": row.name, **row.fields}
        made.new.append((who, _contact_words(entry)))
        return after
    wanted = {f: v for f, v in row.fields.items() if current.get(f) != v}
    if "telephone" in wanted:
        wanted["telephone"] = _telephones(current, str(wanted["telephone"]))
    wanted = {
        f: v
        for f, v in wanted.items()
        if not isinstance(v, str) or not same(str(current.get(f, "")), v)
    }
    if wanted and current.get("restricted"):
        made.stays.append((who, "a restricted contact stays as it is"))
        return record
    for field in list(wanted):
        ours, theirs = _text(current.get(field)), _text(wanted[field])
        about = f"{current['name']}: {_label(field)}"
        own = way.by_hand(record["id"], current["id"], field)
        if own and field not in way.overwrite:
            del wanted[field]
            made.stays.append((who, f"{about} stays {ours}; the file has {theirs}"))
        else:
            made.changed.append((who, f"{about} {ours} -> {theirs}"))
    if not wanted:
        return record
    return set_contact(record, current["id"], wanted, way.today).record


def _telephones(current: Entry, theirs: str) -> str:
    """The numbers of the file, and ours of the kinds that it does not have."""
    old, new = (
        {part.partition(" (")[2]: part for part in text.split("; ")}
        for text in (current.get("telephone", ""), theirs)
    )
    if "" in old or "" in new:
        return theirs
    return "; ".join((old | new).values())


def _label(field: str) -> str:
    return "e-mail" if field == "email" else field.replace("_", " ")


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value or "(nothing)")


def _contact_words(entry: Entry) -> str:
    parts = [contact_label(entry)]
    parts += [
        _label(f) if entry[f] is True else f"{_label(f)} {_text(entry[f])}"
        for f in _TOLD
        if f in entry and f != "relationship"
    ]
    return ", ".join(parts)


def contact_value(record: Record, contact: str, field: str) -> object:
    """What a record says of a contact, whatever the day."""
    mine = [c for c in record.get("contacts", ()) if c["id"] == contact]
    return (lookup.newest(mine, lookup.STILL) or {}).get(field)
