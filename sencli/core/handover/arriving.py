"""A record that comes from another school: where each part is from, and our own kept.

Its history is kept as a document, as it came: what this school recorded, and when, is
told by the commits alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from typing import Any

from sencli.core.audit.events import Event
from sencli.core.audit.events import ToldChange
from sencli.core.pupil.add import year_group_by_age
from sencli.core.pupil.documents import fingerprint
from sencli.core.pupil.documents import with_fingerprint
from sencli.core.record import lookup
from sencli.core.record.diff import Schema
from sencli.core.record.diff import identity
from sencli.core.record.diff import resolve
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.school.similar_pupils import KnownPupils
from sencli.core.text.folding import key
from sencli.core.text.plural import plural
from sencli.errors import InvalidValue
from sencli.terms import PROVISION
from sencli.value import Value

HISTORY = "history of another school"
"""The kind of document that the history of another school is kept as."""
OF_THE_SCHOOL = ("exceptions", "corrections", "issued", "access", "retention")
"""What a school keeps of its own doings: it goes to nobody else."""
_SOURCED = ("status", "needs", "concerns", "cycles")


def events_of_history(data: Any, school: str) -> list[Event]:
    """The events in a history that came from another school; each says so.

    Raises:
        InvalidValue: it is no such history.
    """
    try:
        return [_event(one, school) for one in data["events"]]
    except (KeyError, TypeError, ValueError):
        raise InvalidValue(
            "The history is not as sen export transfer writes it.",
            "Ask the other school to send it again.",
        ) from None


def _event(one: Any, school: str) -> Event:
    date.fromisoformat(one["date"][:10])
    return Event(
        *(_on_one_line(one["commit"]), _on_one_line(one["date"])),
        f"{_on_one_line(one['author'])} ({school})",
        *(_on_one_line(one["action"]), _on_one_line(one["summary"])),
        tuple(ToldChange("", (_on_one_line(line),), ()) for line in one["changes"]),
    )


def _on_one_line(text: str) -> str:
    """A stranger's text without what a terminal would obey."""
    if not isinstance(text, str):
        raise TypeError(text)
    return "".join(letter if letter.isprintable() else " " for letter in text)


class Arriving(Value):
    """A record on its way in.

    Attributes:
        record: as the pack has it.
        school: whose it was.
        day: ISO date on which it is taken in.
        pupil: the id that it gets here.
        class_: the class here, or "".
        begins: the first day on roll here, or "".
    """

    record: Record
    school: str
    day: str
    pupil: str
    class_: str = ""
    begins: str = ""


def arrived(coming: Arriving, keys: Mapping[str, str]) -> Record:
    """The record as it stands in the new school: each part says where it is from.

    Args:
        coming: what comes.
        keys: of provisions and scales that have another key here.
    """
    kept = {k: v for k, v in coming.record.items() if k not in OF_THE_SCHOOL}
    record: Record = _renamed(kept, keys) | {"id": coming.pupil}
    for name in _SOURCED:
        if name in record:
            record[name] = [{"source": coming.school, **one} for one in record[name]]
    stay = {"from": coming.begins, "from_school": coming.school}
    record["roll"] = [{name: text for name, text in stay.items() if text}]
    born = str(record.get("date_of_birth", ""))
    place = {
        "from": coming.begins or coming.day,
        "year_group": year_group_by_age(born, coming.day) if born else "",
        "class": coming.class_,
    }
    place = {name: text for name, text in place.items() if text}
    record.pop("placements", None)
    if {"year_group", "class"} & place.keys():
        record["placements"] = [place]
    return record


def _renamed(value: Any, keys: Mapping[str, str]) -> Any:
    if isinstance(value, Mapping):
        return {
            name: keys.get(f"{name}:{inner}", inner)
            if isinstance(inner, str)
            else _renamed(inner, keys)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [_renamed(inner, keys) for inner in value]
    return value


def with_catalogue(
    ours: Entry, theirs: Mapping[str, Sequence[Entry]]
) -> tuple[Record, dict[str, str]]:
    """Our catalogue with what the record names of theirs, and what is called otherwise.

    A provision of the same key and name is ours; one of the same key and another name
    gets a key of its own. None of theirs is offered here.
    """
    made, keys = dict(ours), dict[str, str]()
    for kind, field in (("provisions", "provision"), ("scales", "scale")):
        listed = list(made.get(kind, ()))
        for one in theirs.get(kind, ()):
            known = {entry["key"]: entry for entry in listed}
            name = one["key"]
            number = 2
            while name in known and not _same(known[name], one, kind):
                name, number = f"{one['key']}-{number}", number + 1
            if name != one["key"]:
                keys[f"{field}:{one['key']}"] = name
            if name not in known:
                listed.append({**one, "key": name})
        if listed:
            made[kind] = listed
    return made, keys


def _same(ours: Entry, theirs: Entry, kind: str) -> bool:
    if kind == "provisions":
        return key(str(ours["name"])) == key(str(theirs["name"]))
    names = ("kind", "values", "better")
    return all(ours.get(name) == theirs.get(name) for name in names)


def put_together(ours: Entry, theirs: Entry, root: Schema) -> Record:
    """Our record of a pupil with what came: ours stands wherever both say something.

    Raises:
        InvalidValue: both have a cycle that is open.
    """
    both = [
        any("closed" not in cycle for cycle in one.get("cycles", ()))
        for one in (ours, theirs)
    ]
    if all(both):
        raise InvalidValue(
            f"{lookup.full_name(ours)} has an open cycle here, and one in the file.",
            f"Close ours first: sen cycle close {ours['id']}",
        )
    stays = {
        name: theirs[name] for name in theirs if name not in {"roll", "placements"}
    }
    made: Record = _together(ours, stays, root, root)
    return made


def _together(ours: Any, theirs: Any, schema: Schema, root: Schema) -> Any:
    schema = resolve(schema, root)
    if isinstance(ours, Mapping) and isinstance(theirs, Mapping):
        parts = schema.get("properties", {})
        made = dict(ours)
        for name, inner in theirs.items():
            made[name] = (
                _together(ours[name], inner, parts.get(name, {}), root)
                if name in ours
                else inner
            )
        return made
    if "x-key" in schema and isinstance(ours, list) and isinstance(theirs, list):
        here = {identity(item, schema["x-key"]) for item in ours}
        new = [i for i in theirs if identity(i, schema["x-key"]) not in here]
        return [*new, *ours]
    return ours


def known_here(record: Record, records: Sequence[Record]) -> list[Record]:
    """The pupils here who are, or may be, the one that comes: the surest first."""
    upns = {record.get("upn"), record.get("former_upn")} - {None}
    surely = [one for one in records if upns & {one.get("upn"), one.get("former_upn")}]
    like = KnownPupils(records).like({**record, "id": ""})
    return [*surely, *(one for one in like if one not in surely)]


def refuse_another(ours: Entry, theirs: Entry) -> None:
    """Refuse to put two children's records together.

    Raises:
        InvalidValue: UPN or date of birth are not the same.
    """
    for field, words in (("upn", "UPN"), ("date_of_birth", "date of birth")):
        if field in ours and field in theirs and ours[field] != theirs[field]:
            raise InvalidValue(
                f"{lookup.full_name(ours)} here has another {words} than "
                f"{lookup.full_name(theirs)} in the file.",
                "If it is another child, take the file in with --new.",
            )


def differences(ours: Entry, theirs: Entry, day: str) -> list[str]:
    """Where our record says another thing than what comes: ours stands."""
    fields = ("first_name", "last_name", "known_as", "sex", "former_upn")
    found = [
        f"{field.replace('_', ' ')}: {ours[field]} here, {theirs[field]} in the file"
        for field in fields
        if field in ours and field in theirs and ours[field] != theirs[field]
    ]
    here, there = (
        PROVISION[lookup.status_on(one, day)["provision"]] for one in (ours, theirs)
    )
    if ours.get("status") and here != there:
        found.append(f"SEN status: {here} here, {there} in the file")
    return found


def with_documents(
    record: Entry, attached: Mapping[str, bytes], new: Sequence[Entry]
) -> Record:
    """The record with its attachments held against what came, and new entries.

    Raises:
        InvalidValue: one is missing, changed, or of no entry.
    """
    entries = list(record.get("documents", ()))
    for entry in entries:
        data = attached.get(entry["file"])
        if data is None or entry.get("sha256", fingerprint(data)) != fingerprint(data):
            raise InvalidValue(
                f"The file was not taken in: the attachment {entry['title']!r} is not "
                "in it as the record has it.",
                "Ask the other school to send it again.",
            )
    if extra := sorted(attached.keys() - {entry["file"] for entry in entries}):
        raise InvalidValue(
            f"The file was not taken in: no entry of the record names {extra[0]}.",
            "Ask the other school to send it again.",
        )
    made = {**record, "documents": [*entries, *new]}
    for name, data in attached.items():
        made = with_fingerprint(made, name, data)
    return made


_TOLD = {
    "contacts": "contact",
    "needs": "need",
    "concerns": "concern",
    "cycles": "cycle",
    "specialists": "specialist",
    "meetings": "meeting",
    "documents": "attachment",
}


def content_words(record: Entry) -> str:
    """What a record holds, counted: ``2 needs, 5 cycles``."""
    counts = [
        plural(len(record[name]), word)
        for name, word in _TOLD.items()
        if record.get(name)
    ]
    return ", ".join(counts) or "no entries"
