"""A record that comes from another school: where each part is from, and our own kept.

Its history is kept as a document, as it came: what this school recorded, and when, is
told by the commits alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.core.audit.events import Event
from sencli.core.audit.events import ToldChange
from sencli.core.pupil.add import year_group_by_age
from sencli.core.record import lookup
from sencli.core.record.diff import Schema
from sencli.core.record.diff import identity
from sencli.core.record.diff import resolve
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.folding import key
from sencli.errors import InvalidValue
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
    fields = ("commit", "date", "author", "action", "summary")
    try:
        return [
            Event(
                *(one["commit"], one["date"], f"{one['author']} ({school})"),
                *(one["action"], one["summary"]),
                tuple(ToldChange("", (str(line),), ()) for line in one["changes"]),
            )
            for one in data["events"]
            if all(isinstance(one[name], str) for name in fields)
        ]
    except (KeyError, TypeError):
        raise InvalidValue(
            "The history is not as sen export transfer writes it."
        ) from None


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
