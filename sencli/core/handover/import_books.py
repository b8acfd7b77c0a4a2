"""Take in staff, terms and provisions from a list: what the school has once.

Each kind says which columns it may have, how a row becomes fields, what is there
already, and which verb puts it in. All the rest is the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sencli import terms
from sencli.core.handover.import_columns import Kind
from sencli.core.handover.import_columns import bare
from sencli.core.handover.import_rows import read_cells
from sencli.core.handover.import_values import tick
from sencli.core.people.staff import add_staff
from sencli.core.people.staff import role_name
from sencli.core.people.staff import role_on
from sencli.core.people.staff import set_staff
from sencli.core.provision.catalogue import add_provision
from sencli.core.record.clean_text import clean_line
from sencli.core.record.find import choose
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.school.terms import add_term
from sencli.core.text.dates import words
from sencli.core.text.folding import fold
from sencli.core.text.folding import same
from sencli.core.text.money import pence
from sencli.core.text.money import pounds
from sencli.errors import InvalidValue
from sencli.errors import SencliError
from sencli.value import Value

Fields = dict[str, Any]


class Book(Value):
    """What one kind of list does to a file of the school.

    Attributes:
        kind: its columns.
        days: its columns that hold days.
        path: the file of the records.
        key: the name under which the record keeps what a row is about.
        fields: a row's fields, from its cells and the record, with the key.
        entry: what the record has under a key, as such fields; None for nothing.
        put: the record with a row's fields.
    """

    kind: Kind
    days: tuple[str, ...]
    path: str
    key: str
    fields: Callable[[Mapping[str, str], Record], Fields]
    entry: Callable[[Record, str], Fields | None]
    put: Callable[[Record, str, Fields, str], Record]


class Booked(Value):
    """What a list makes of the record, and what is said of it.

    Attributes:
        record: after it.
        new: what is new, in words.
        changed: old -> new.
        stays: what somebody wrote, and the file's other value.
        faults: cells that cannot be taken.
    """

    record: Record
    new: tuple[tuple[str, str], ...]
    changed: tuple[tuple[str, str], ...]
    stays: tuple[tuple[str, str], ...]
    faults: tuple[str, ...]


def booked(
    book: Book,
    rows: Iterable[tuple[int, Mapping[str, str]]],
    record: Record,
    today: str,
    by_hand: Callable[[str, str], bool],
    overwrite: frozenset[str],
    *,
    since_1904: bool = False,
) -> Booked:
    """The record with a list taken in.

    Args:
        book: the kind of list.
        rows: the line of the file, and the cells by field.
        record: the school's file.
        today: ISO date.
        by_hand: whether the field of a key was last written by a person.
        overwrite: fields in which the list counts all the same.
        since_1904: whether the workbook counts its days from 1904.
    """
    new: list[tuple[str, str]] = []
    changed: list[tuple[str, str]] = []
    stays: list[tuple[str, str]] = []
    faults: list[str] = []
    seen: dict[str, int] = {}
    for line, typed in rows:
        cells = read_cells(line, typed, book.days, today, faults, since_1904=since_1904)
        cells = {f: clean_line(text).strip() for f, text in cells.items()}
        try:
            fields = book.fields(cells, record)
            key = fields.pop(book.key)
            if seen.setdefault(key, line) != line:
                raise InvalidValue(f"the same as in line {seen[key]}.")
            before = book.entry(record, key)
            name = str(fields.get("name") or (before or {}).get("name") or key)
            wanted = {f: v for f, v in fields.items() if not _alike(before, f, v)}
            for field in [f for f in wanted if before is not None]:
                if field not in overwrite and by_hand(key, field):
                    ours, theirs = (before or {}).get(field), wanted.pop(field)
                    told = f"{_label(field)} stays {_text(field, ours)}"
                    stays.append((name, f"{told}; the file has {_text(field, theirs)}"))
            if not wanted:
                continue
            record = book.put(record, key, wanted, today)
        except SencliError as fault:
            faults.append(f"line {line}: {fault.message} {fault.hint}".strip())
            continue
        if before is None:
            others = {f: v for f, v in wanted.items() if f != "name"}
            listed = [f"{_label(f)} {_text(f, v)}" for f, v in others.items()]
            new.append((name, ", ".join([key, *listed] if key != name else listed)))
        else:
            changed += [
                (name, f"{_label(f)} {_text(f, before.get(f))} -> {_text(f, v)}")
                for f, v in wanted.items()
            ]
    return Booked(record, tuple(new), tuple(changed), tuple(stays), tuple(faults))


def _alike(before: Fields | None, field: str, value: object) -> bool:
    ours = (before or {}).get(field)
    if isinstance(ours, str) and isinstance(value, str):
        return same(ours, value)
    return bool(ours == value)


def _label(field: str) -> str:
    return field.removesuffix("_pence").replace("_", " ")


def _text(field: str, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if value is not None and field.endswith("_pence"):
        return pounds(int(str(value)))
    text = str(value) if value not in {None, ""} else "(nothing)"
    return words(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else text


def _kind(
    name: str, about: str, who: Iterable[frozenset[str]], fields: Mapping[str, str],
    aliases: Mapping[str, tuple[str, ...]], numbered: Iterable[str] = (),
) -> Kind:  # fmt: skip
    headings = {bare(field): field for field in fields}
    headings |= {bare(word): f for f, some in aliases.items() for word in some}
    return Kind(
        *(name, about, MappingProxyType(dict(fields)), MappingProxyType(headings)),
        *(frozenset(numbered), tuple(who)),
        matters=frozenset(word for f in fields for word in f.split("_")),
    )


def _staff_fields(cells: Mapping[str, str], school: Record) -> Fields:
    last, comma, first = cells.get("name", "").partition(",")
    name = f"{first.strip()} {last.strip()}" if comma else last
    parts = (cells.get("title", ""), cells.get("first_name", ""))
    name = name or " ".join(filter(None, (*parts, cells.get("last_name", ""))))
    initials = cells.get("initials", "")
    known = school.get("staff", ())
    if not initials:
        own = [s for s in known if same(s["name"], name)]
        initials = own[0]["initials"] if len(own) == 1 else _initials(name, known)
    found: Fields = {"initials": initials}
    entry = next((s for s in known if fold(s["initials"]) == fold(initials)), None)
    if entry:
        found["initials"] = entry["initials"]
        # Kiran Malik may be K. Malik; another family name is somebody else
        if name and not same(entry["name"].split()[-1], name.split()[-1]):
            raise InvalidValue(
                f"{initials} is {entry['name']} here, and {name} in the file.",
                f"Give the one in the file other initials, or change the name: sen "
                f'staff set {entry["initials"]} --name "{name}"',
            )
    elif name:
        found["name"] = name
    else:
        raise InvalidValue(f"{initials} has no name.", "Put it into the column Name.")
    if "role" in cells:
        found["role"] = role_name(cells["role"], school)
    now = _last_role(entry).get("role") if entry else None
    dated = ("class", "left") if found.get("role") == now else ("class", "from", "left")
    return found | {f: cells[f] for f in dated if f in cells}


def _initials(name: str, known: Iterable[Entry]) -> str:
    """Initials for a name, with a number where somebody has them."""
    titles = {"mr", "mrs", "ms", "miss", "dr", "mx"}
    parts = [w for w in fold(name).split() if w.rstrip(".") not in titles]
    first = "".join(word[0] for word in parts if word[0].isalpha()).upper()[:6]
    if not first:
        raise InvalidValue("A member of staff needs a name or initials.")
    taken = {fold(entry["initials"]) for entry in known}
    tries = [first, *(f"{first}{n}" for n in range(2, 99))]
    return next(one for one in tries if fold(one) not in taken)


def _staff_entry(school: Record, initials: str) -> Fields | None:
    for person in school.get("staff", ()):
        if person["initials"] == initials:
            role = _last_role(person)
            left = max(
                (r.get("until", "") for r in person.get("roles", ())), default=""
            )
            named = {"role": role.get("role"), "class": role.get("class")}
            return {
                "name": person["name"],
                **{f: v for f, v in named.items() if v},
                **({"left": left} if left and not role_on(person, STILL) else {}),
            }
    return None


def _last_role(person: Entry) -> Entry:
    """The role of now, or the last one of somebody who left."""
    ended = sorted(person.get("roles", ()), key=lambda role: str(role.get("from", "")))
    return role_on(person, STILL) or (ended[-1] if ended else {})


def _put_staff(school: Record, initials: str, fields: Fields, today: str) -> Record:
    role = {f: fields.get(f) for f in ("role", "class", "from")}
    known = any(s["initials"] == initials for s in school.get("staff", ()))
    if not known:
        if role["class"] and not role["role"]:
            role["role"] = "teacher"
        if not role["role"]:
            role["from"] = None
        school = add_staff(school, initials, fields["name"], role, today).record
        if not fields.get("left"):
            return school
        role = dict.fromkeys(role)
    if not (role["role"] or role["class"]):
        role["from"] = None
    left = fields.get("left")
    if not (left or role["role"] or role["class"]):
        return school
    return set_staff(school, initials, None, role, today, left).record


def _term_fields(cells: Mapping[str, str], _school: Record) -> Fields:
    missing = [f for f in ("name", "start", "end") if f not in cells]
    if missing:
        raise InvalidValue(f"A term needs its {' and '.join(missing)}.")
    half = {"half_term_start", "half_term_end"} & cells.keys()
    if len(half) == 1:
        raise InvalidValue("Half-term needs its first and its last day.")
    ends = sorted(half, reverse=True)
    return {f: cells[f] for f in ("name", "start", "end", *ends)}


def _term_entry(school: Record, name: str) -> Fields | None:
    for term in school.get("terms", ()):
        if same(term.get("name", ""), name):
            half = term.get("half_term", {})
            found = {"start": term["start"], "end": term["end"]}
            return found | {f"half_term_{end}": half[end] for end in half}
    return None


def _put_term(school: Record, name: str, fields: Fields, _today: str) -> Record:
    whole = {**(_term_entry(school, name) or {}), **fields}
    half = None
    if "half_term_start" in whole:
        half = (whole["half_term_start"], whole["half_term_end"])
    return add_term(school, name, whole["start"], whole["end"], half).record


_WHOLE = ("minutes", "weeks", "group_size")
_WAVES = {
    "wave 1": "universal",
    "wave 2": "targeted",
    "wave 3": "specialist",
    "1": "universal",
    "2": "targeted",
    "3": "specialist",
}
_PLAIN = ("parent_name", "description", "evidence", "training", "role")


def _provision_fields(cells: Mapping[str, str], provisions: Record) -> Fields:
    name = cells.get("name", "")
    known = provisions.get("provisions", ())
    own = [p["key"] for p in known if name and same(p["name"], name)]
    key = cells.get("key") or (own[0] if own else _key(name))
    if not key:
        raise InvalidValue("A provision needs a name.")
    found: Fields = {"key": key}
    found |= {f: cells[f] for f in ("name", *_PLAIN) if f in cells}
    if "tier" in cells:
        found["tier"] = choose(cells["tier"], terms.TIERS, "layer", _WAVES)
    if "areas" in cells:
        areas = {area: area for area in terms.AREAS}
        parts = filter(None, map(str.strip, cells["areas"].split(";")))
        found["areas"] = [choose(part, areas, "broad area of need") for part in parts]
    for field in (*_WHOLE, "sessions_per_week"):
        if field in cells:
            found[field] = _number(field, cells[field])
    if "withdrawal" in cells:
        found["withdrawal"] = tick(cells["withdrawal"])
    if "cost_per_pupil" in cells:
        found["cost_per_pupil_pence"] = pence(cells["cost_per_pupil"])
    return found


def _key(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:60].strip("-")


def _number(field: str, text: str) -> int | float:
    found = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)\s*(?:min\w*|weeks?|times?)?\.?", text)
    number = float(found[1]) if found else 0.0
    if not number or (field in _WHOLE and not number.is_integer()):
        raise InvalidValue(f"{_label(field)}: {text!r} is not a number that fits.")
    return int(number) if number.is_integer() else number


def _provision_entry(provisions: Record, key: str) -> Fields | None:
    for entry in provisions.get("provisions", ()):
        if entry["key"] == key:
            return {**entry, **entry.get("usual", {})}
    return None


def _put_provision(provisions: Record, key: str, fields: Fields, _today: str) -> Record:
    return add_provision(provisions, key, fields).record


def _ones(*names: str) -> Iterator[frozenset[str]]:
    return (frozenset((name,)) for name in names)


STAFF = Book(
    _kind(
        "staff",
        "who the member of staff is",
        _ones("initials", "name", "last_name"),
        {
            "initials": "initials", "name": "name", "title": "title",
            "first_name": "first name", "last_name": "family name",
            "role": "role (teacher, TA ...)", "class": "class of a class teacher",
            "from": "in this role since", "left": "last day here",
        },
        {
            "initials": ("staff code", "code", "staff initials", "teacher code"),
            "name": ("staff", "staff name", "full name", "teacher", "employee",
                     "member of staff"),
            "first_name": ("forename", "legal forename", "preferred forename"),
            "last_name": ("surname", "legal surname"),
            "role": ("post", "job title", "position", "job", "role title", "job role"),
            "class": ("registration group", "reg group", "form", "tutor group",
                      "registration form"),
            "from": ("start date", "role start date", "date of arrival", "since"),
            "left": ("leaving date", "end date", "date of leaving", "role end date"),
        },
    ),
    ("from", "left"), "school.yaml", "initials",
    _staff_fields, _staff_entry, _put_staff,
)  # fmt: skip
TERMS = Book(
    _kind(
        "terms",
        "which term it is",
        (frozenset(("name", "start", "end")),),
        {
            "name": "name of the term", "start": "first school day",
            "end": "last school day", "half_term_start": "first day of half-term",
            "half_term_end": "last day of half-term",
        },
        {
            "name": ("term", "term name", "description", "academic term"),
            "start": ("start date", "first day", "from", "begins", "term start"),
            "end": ("end date", "last day", "to", "ends", "term end", "finish"),
            "half_term_start": ("half term from", "half term begins",
                                "half term start date", "half term first day"),
            "half_term_end": ("half term to", "half term ends", "half term end date",
                              "half term last day"),
        },
    ),
    ("start", "end", "half_term_start", "half_term_end"), "school.yaml", "name",
    _term_fields, _term_entry, _put_term,
)  # fmt: skip
PROVISIONS = Book(
    _kind(
        "provisions",
        "what the provision is called",
        _ones("name", "key"),
        {
            "key": "short name to type", "name": "name",
            "parent_name": "name on parents' papers", "tier": "layer or wave",
            "areas": "broad area of need", "minutes": "minutes a session",
            "sessions_per_week": "sessions a week", "weeks": "weeks",
            "group_size": "pupils in the group", "role": "role that leads it",
            "description": "what it is", "evidence": "what says that it works",
            "training": "training that staff need",
            "withdrawal": "whether the pupil leaves the class (yes, no)",
            "cost_per_pupil": "cost of resources for each pupil",
        },
        {
            "name": ("provision", "intervention", "provision name", "title",
                     "intervention name"),
            "key": ("short name", "code"),
            "tier": ("layer", "wave", "level", "provision type"),
            "areas": ("area", "area of need", "broad area", "category"),
            "minutes": ("duration", "session length", "length", "mins", "time",
                        "minutes per session", "session minutes"),
            "sessions_per_week": ("sessions", "frequency", "times a week", "per week",
                                  "times per week", "sessions a week"),
            "weeks": ("number of weeks", "duration weeks", "length in weeks"),
            "group_size": ("group", "ratio", "pupils", "size", "max group size"),
            "role": ("led by", "delivered by", "staff", "staff role"),
            "description": ("notes", "details", "what it is"),
            "evidence": ("evidence base",),
            "training": ("training needed", "staff training"),
            "withdrawal": ("out of class", "withdrawn"),
            "cost_per_pupil": ("cost", "resource cost", "resources cost"),
        },
    ),
    (), "provisions.yaml", "key",
    _provision_fields, _provision_entry, _put_provision,
)  # fmt: skip
BOOKS = {book.kind.name: book for book in (STAFF, TERMS, PROVISIONS)}


def entry_value(book: Book, record: Record, key: str, field: str) -> object:
    """What the record says of a field, for the one who wrote it last."""
    return (book.entry(record, key) or {}).get(field)
