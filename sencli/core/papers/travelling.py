"""What goes to the next school of a pupil's record and its history.

The record is redacted as the next school's papers are. Who worked with the child stands
in it by name: initials are another school's own. The history tells how what stands in
it came to be: what was taken out as a mistake, or is withheld, is not told again.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any

from sencli.core.audit.events import Event
from sencli.core.checks.people import PERSON_FIELDS
from sencli.core.checks.people import PERSON_TO
from sencli.core.handover.arriving import OF_THE_SCHOOL
from sencli.core.papers.redact import Rules
from sencli.core.papers.redact import redact
from sencli.core.record.diff import Schema
from sencli.core.record.diff import identity
from sencli.core.record.diff import resolve
from sencli.core.record.lookup import full_name
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import words
from sencli.value import Value

_STAYED = ("group",)
"""What means something in the old school alone."""
_WHO_LONGEST = 60
_OF_PROVISION = ("key", "name", "parent_name", "description", "tier", "areas")


class Travelling(Value):
    """What goes of a record.

    Attributes:
        kept: the record as the next school may see it, in this school's words.
        record: the same as it goes, with people by name.
        withheld: what is restricted and was not named: each by kind and day.
    """

    kept: Record
    record: Record
    withheld: tuple[str, ...]


def travelling(
    record: Entry, rules: Rules, include: frozenset[str], school: Entry, day: str
) -> Travelling:
    """The record as it goes to the next school.

    Args:
        record: the pupil's.
        rules: what the next school does not get.
        include: ids of restricted items that were named.
        school: for the names of its staff.
        day: ISO date.
    """
    seen = redact(record, rules, include=include, day=day)
    whole = _by_path(record)
    withheld = [
        _kind_and_day(out.path, whole)
        for out in seen.left_out
        if out.why == "restricted"
    ]
    name = str(school.get("name", ""))
    staff = {s["initials"]: _name_of(s["name"], name) for s in school.get("staff", ())}
    made = _with_people(
        {k: v for k, v in seen.record.items() if k not in OF_THE_SCHOOL}, staff
    )
    return Travelling(seen.record, made, tuple(withheld))


def _by_path(record: Entry) -> dict[str, str]:
    """Of each item the day that it is of, by its id."""
    days = ("date", "from", "raised", "referred")
    return {
        str(item["id"]): next((str(item[d]) for d in days if d in item), "")
        for item in _items(record)
    }


def _items(value: Any) -> Iterator[Entry]:
    if isinstance(value, Mapping):
        if "id" in value:
            yield value
        for inner in value.values():
            yield from _items(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _items(inner)


def _kind_and_day(path: str, days: Mapping[str, str]) -> str:
    """``documents, 3 March 2026``: never what it says."""
    place, _, item = path.rpartition("[")
    kind = (place or path).rpartition(".")[2].partition("[")[0].replace("_", " ")
    day = days.get(item.rstrip("]"), "")
    return f"{kind}, {words(day)}" if day else kind


def _name_of(person: str, school: str) -> str:
    """A person's name as it is known elsewhere: a name of one word says where."""
    named = person if " " in person else f"{person} ({school})"
    return named[:_WHO_LONGEST].rstrip()


def _with_people(value: Any, staff: Mapping[str, str], field: str = "") -> Any:
    """A value with people by name, and without what is this school's alone."""
    if isinstance(value, str):
        return staff.get(value, value) if field in PERSON_FIELDS else value
    if isinstance(value, list):
        return [_with_people(item, staff, field) for item in value]
    if isinstance(value, Mapping):
        people: Mapping[str, str] = {"to": "by"} if field in PERSON_TO else {}
        return {
            name: _with_people(inner, staff, people.get(name, name))
            for name, inner in value.items()
            if not (name in _STAYED and field == "interventions")
        }
    return value


def used(record: Entry, catalogue: Entry) -> dict[str, list[Entry]]:
    """Of the catalogue what the record names, without costs."""
    named = set(_keys_in(record))
    return {
        "provisions": [
            {name: one[name] for name in _OF_PROVISION if name in one}
            for one in catalogue.get("provisions", ())
            if one["key"] in named
        ],
        "scales": [s for s in catalogue.get("scales", ()) if s["key"] in named],
    }


def _keys_in(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for field, inner in value.items():
            if field in {"provision", "scale"} and isinstance(inner, str):
                yield inner
            else:
                yield from _keys_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _keys_in(inner)


def standing(version: Entry | None, kept: Entry, root: Schema) -> Record | None:
    """Of an earlier version of a record what still stands in it, as it was then."""
    if version is None:
        return None
    made: Record = _standing(version, kept, root, root)
    return made


def _standing(value: Any, kept: Any, schema: Schema, root: Schema) -> Any:
    schema = resolve(schema, root)
    if isinstance(value, Mapping) and isinstance(kept, Mapping):
        parts = schema.get("properties", {})
        return {
            name: _standing(inner, kept[name], parts.get(name, {}), root)
            for name, inner in value.items()
            if name in kept
        }
    if "x-key" in schema and isinstance(value, list) and isinstance(kept, list):
        here = {identity(item, schema["x-key"]): item for item in kept}
        inner = schema.get("items", {})
        named = [(identity(item, schema["x-key"]), item) for item in value]
        return [
            _standing(item, here[name], inner, root)
            for name, item in named
            if name in here
        ]
    return value


def history_told(
    events: Iterable[Event],
    own: str,
    ids: frozenset[str],
    hidden: Callable[[str], bool],
) -> list[dict[str, Any]]:
    """The history as it goes: who did what when, in words.

    Args:
        events: newest first.
        own: the pupil's id.
        ids: of all pupils.
        hidden: whether a line names another child.
    """
    others = ids - {own}
    found = []
    for event in events:
        lines = [line for change in event.changes for line in change.lines]
        if not lines:
            continue
        named = [one.strip(".,:") in others for one in event.summary.split(" ")]
        pairs = zip(event.summary.split(" "), named, strict=True)
        summary = " ".join("another pupil" if other else one for one, other in pairs)
        if hidden(summary):
            summary = event.action
        shown = [line for line in lines if not hidden(line)]
        if len(shown) < len(lines):
            shown.append("a text that named another child, which is not passed on")
        found.append(
            {
                "commit": event.commit,
                "date": event.date,
                "author": event.author,
                "action": event.action,
                "summary": summary,
                "changes": shown,
            }
        )
    return found


def with_sent(record: Entry, to: str, day: str) -> Record:
    """The record with the day on which it went; the first one stays."""
    stays = list(record.get("roll", ())) or [{}]
    if any("records_sent" in stay for stay in stays):
        return dict(record)
    last = max(stays, key=lambda stay: str(stay.get("from", "")))
    gone = {"to_school": to} if "until" in last else {}
    sent = {**gone, **last, "records_sent": day}
    return {**record, "roll": [sent if stay is last else stay for stay in stays]}


def next_school(record: Entry) -> str:
    """The school that the pupil goes to, as the record has it; or ""."""
    stays = [s["to_school"] for s in record.get("roll", ()) if "to_school" in s]
    moves = [str(move["to"]) for move in record.get("transitions", ()) if "to" in move]
    return str([*moves, *stays][-1]) if moves or stays else ""


def attachment_words(document: Entry) -> str:
    """An attachment by its title and day."""
    return f"{document['title']}, {words(document['date'])}"


def readme(going: Travelling, school: str, to: str, day: str) -> str:
    """What the file is and how to read it, in plain English."""
    withheld = going.withheld
    lines = [
        f"The SEN record of {full_name(going.record)}",
        "",
        f"From {school} to {to}, {words(day)}.",
        "",
        "This is confidential. It is about one child. Keep it with the child's file,",
        "show it only to those who work with the child, and do not send it on by open",
        "email.",
        "",
        "What to open",
        "  record.pdf          the record, to read or print (record.html in a browser)",
        "  history.html        who recorded what, and when",
        "  receipt.pdf         please sign this page and send it back",
        *(
            f"  attachments/{one['file']}  {attachment_words(one)}"
            for one in going.record.get("documents", ())
        ),
        "",
        "You do not need any program for these.",
        "",
        "For other programs",
        "  record.yaml, provisions.json, history.json    the same as data",
        "  sen-data-ctf.xml    SEN status and needs in the shape of a Common Transfer",
        "                      File. Not for s2s: our office sends the CTF itself.",
        "  manifest.json       every file with its size and checksum (SHA-256)",
        "",
        "If you use sencli, type: sen import transfer FILE.zip",
        "It checks the file, shows what is in it, and keeps the history.",
        "",
    ]
    if withheld:
        lines += [
            "Not in this file",
            "  These entries are restricted. Ask our SENCO for them by telephone:",
            *(f"  - {one}" for one in withheld),
            "",
        ]
    lines += [
        "Safeguarding (child protection) files are kept and sent apart from this.",
        "",
    ]
    return "\r\n".join(lines)
