"""Set single fields of a pupil's record; a dated field begins a new entry."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from sencli.core.people.context import Context
from sencli.core.people.context import people
from sencli.core.pupil.add import SEX_WORDS
from sencli.core.pupil.add import YEAR_GROUP_WORDS
from sencli.core.pupil.add import YEAR_GROUPS
from sencli.core.pupil.add import check_birth
from sencli.core.pupil.documents import picture_named
from sencli.core.pupil.status import WORDS as STATUS_WORDS
from sencli.core.pupil.status import set_status
from sencli.core.record import fields
from sencli.core.record.act import Act
from sencli.core.record.diff import Schema
from sencli.core.record.edit import amended
from sencli.core.record.edit import placed
from sencli.core.record.find import choose
from sencli.core.record.lookup import full_name
from sencli.core.record.lookup import placement_on
from sencli.core.record.lookup import profile_on
from sencli.core.record.lookup import status_on
from sencli.core.record.types import Record
from sencli.core.text import dates
from sencli.core.text import upn
from sencli.core.text.folding import composed
from sencli.errors import UsageFault
from sencli.terms import PROVISION
from sencli.terms import TIERS
from sencli.value import Value

PLACEMENT = ("class", "year_group")
PROFILE = (
    *("strengths", "important_to_me", "how_to_support_me", "please_do"),
    *("please_do_not", "finds_hard", "aspirations", "triggers", "exam_access"),
    *("made_with", "picture"),
)
STATUS = ("provision", "layer", "monitoring")

_OTHER_NAMES = {
    "dob": "date_of_birth",
    "born": "date_of_birth",
    "surname": "last_name",
    "family_name": "last_name",
    "forename": "first_name",
    "year": "year_group",
    "form": "class",
    "status": "provision",
    "tier": "layer",
    "baseline": "roll.baseline.summary",
    "baseline.summary": "roll.baseline.summary",
    "baseline.date": "roll.baseline.date",
    "baseline.source": "roll.baseline.source",
}
_OWN_COMMAND = {
    "needs": "sen need set PUPIL TYPE --rank NUMBER",
    "need": "sen need set PUPIL TYPE --rank NUMBER",
    "contacts": "sen contact set PUPIL WHO --telephone NUMBER",
    "flags": "sen flag add PUPIL FLAG",
    "ethnicity": "sen ethnicity set PUPIL ETHNICITY",
    "home_language": "sen language set PUPIL LANGUAGE",
    "language": "sen language set PUPIL LANGUAGE",
    "health": "sen health add PUPIL CONDITION",
    "attainment": "sen attainment add PUPIL MEASURE VALUE",
    "concerns": 'sen concern set PUPIL CONCERN --response "WHAT WAS DONE"',
    "name": "sen pupil set PUPIL first_name=NAME last_name=NAME",
    "age": "sen pupil set PUPIL date_of_birth=DATE",
    "id": "The id of a pupil is never changed.",
    "schema": "The version of the schema is not for people to change.",
}


class When(Value):
    """From when, and how.

    Attributes:
        day: ISO date from which what is dated holds.
        given: whether somebody named that day.
        in_place: put right as if it had always been so.
        parse: makes an ISO date from a typed one.
    """

    day: str
    given: bool
    in_place: bool
    parse: fields.Day


def set_fields(
    record: Record,
    typed: Sequence[str],
    when: When,
    context: Context,
    root: Schema,
) -> Act:
    """The record with the fields of ``field=value`` set, all of them or none.

    Raises:
        UsageFault: no such field.
        InvalidValue: a value that cannot be.
    """
    if not typed:
        raise UsageFault(
            "Say which field, and what.",
            "sen pupil set PUPIL class=CLASS known_as=NAME",
        )
    pairs = [_pair(part) for part in typed]
    status = {name: text for name, text in pairs if name in STATUS}
    act = _status(record, status, when) if status else Act(record, "")
    made, said = act.record, [act.said.partition(": ")[2].rstrip(".")]
    halves = {name: _half(name, text) for name, text in pairs if name in PLACEMENT}
    if halves:
        made, words = _placed(made, halves, when)
        said.append(words)
    for name, text in pairs:
        short = name.removeprefix("profile.").removeprefix("profiles.")
        if short in PROFILE:
            made, words = _profiled(made, short, text, when, context)
            said.append(words)
        elif name not in STATUS and name not in PLACEMENT:
            made, words = _plain(made, name, text, when, root)
            said.append(words)
    check_birth(made, context.today)
    told = "; ".join(dict.fromkeys(words for words in said if words))
    told = f": {told}" if told else ""
    return Act(made, f"Changed {full_name(made)}{told}.", {}, act.warnings)


def _pair(typed: str) -> tuple[str, str]:
    """The field's own name, and what it is to hold."""
    name, text = fields.assignment(composed(typed))
    name = name.replace("-", "_") if "[" not in name else name
    return _OTHER_NAMES.get(name, name), text


def _half(name: str, text: str) -> str:
    """Year group or class as the record has them; "" clears."""
    if name == "year_group" and text:
        return choose(text, YEAR_GROUPS, "year group", YEAR_GROUP_WORDS)
    return text


def _placed(
    record: Record, halves: Mapping[str, str], when: When
) -> tuple[Record, str]:
    """Another class or year group from the day; what is not named stays as it is."""
    entries = record.get("placements", [])
    current = placement_on(record, when.day)
    kept = {key: entry for key, entry in current.items() if key not in halves}
    changed = kept | {name: value for name, value in halves.items() if value}
    if changed == current:
        return record, ""
    first = not entries and not when.given
    in_place = when.in_place or first
    if not current:
        listed = placed(entries, changed if first else {"from": when.day, **changed})
    else:
        # an emptied half must not come back from the entry that is copied
        replaced = in_place or current.get("from") == when.day
        rest = [e for e in entries if not (replaced and e == current)]
        listed = amended(rest, changed, {}, when.day, in_place=in_place)
    told = []
    for name, value in halves.items():
        old = current.get(name, "")
        if old != value:
            listed = _carried(listed, name, old, value, when.day)
            words = f"{old or '(nothing)'} -> {value or '(nothing)'}"
            told.append(f"{name.replace('_', ' ')} {words}")
    since = "" if in_place else f" from {dates.words(when.day)}"
    return {**record, "placements": listed}, f"{', '.join(told)}{since}"


def _carried(
    entries: list[Record], name: str, old: str, value: str, day: str
) -> list[Record]:
    """Later entries that only copied the old half follow the change."""
    made = []
    follows = True
    for entry in entries:
        if entry.get("from", "") > day:
            follows = follows and entry.get(name, "") == old
            if follows:
                rest = {key: part for key, part in entry.items() if key != name}
                made.append({**rest, name: value} if value else rest)
                continue
        made.append(entry)
    return made


def _profiled(
    record: Record, name: str, text: str, when: When, context: Context
) -> tuple[Record, str]:
    """A part of the one-page profile: a new page of the day that copies the others."""
    newest = profile_on(record, when.day)
    value: Any = text
    if name == "made_with":
        value = people([text], record, context, when.day) if text else []
    if name == "picture" and text:
        value = picture_named(text, record)
    page = {key: part for key, part in newest.items() if key != name}
    page |= {name: value} if value else {}
    if page == newest:
        return record, ""
    if not when.in_place or not newest:
        page["date"] = when.day
    day = page["date"]
    pages = [p for p in record.get("profiles", []) if p["date"] != day]
    listed = sorted([*pages, page], key=lambda p: str(p["date"]))
    words = f"{name.replace('_', ' ')} in the profile of {dates.words(day)}"
    return {**record, "profiles": listed}, words


def _status(record: Record, typed: Mapping[str, str], when: When) -> Act:
    """SEN status by its parts, as ``sen status set`` does it."""
    since = when.day if when.given else None
    code = status_on(record, when.day)["provision"]
    if "provision" in typed:
        code = choose(typed["provision"], PROVISION, "SEN status", STATUS_WORDS)
    named: Record = {}
    if "layer" in typed:
        named["layer"] = choose(typed["layer"], TIERS, "layer of support")
    if "monitoring" in typed:
        named["monitoring"] = fields.yes_or_no("monitoring", typed["monitoring"])
    return set_status(record, code, named, when.day, since)


def _plain(
    record: Record, name: str, text: str, when: When, root: Schema
) -> tuple[Record, str]:
    """A field that holds whenever: by its name in the file."""
    if name in _OWN_COMMAND:
        raise UsageFault(f"{name} is not set this way.", _OWN_COMMAND[name])
    if name.startswith("roll."):
        return _rolled(record, name, text, when, root)
    _refuse_unknown(name, root)
    field = fields.locate(name, record, root)
    if name == "sex":
        text = SEX_WORDS.get(text.casefold(), text)
    value = fields.value_of(field, text, when.parse, root)
    if name in {"upn", "former_upn"} and value:
        value = upn.checked(value)
    if name == "first_name" and not value:
        raise UsageFault("A pupil needs a first name.", "first_name=Amelia")
    if value == field.old:
        return record, ""
    words = "" if field.old is not None else _first_words(name, field, value)
    changed: Record = fields.assigned(record, field.steps, value)
    return changed, words


def _rolled(
    record: Record, name: str, text: str, when: When, root: Schema
) -> tuple[Record, str]:
    """A field of the newest stay on the roll; the first is made by it."""
    roll = list(record.get("roll", ()))
    stay = roll[-1] if roll else {}
    entry: Schema = {**root["properties"]["roll"]["items"], "$defs": root["$defs"]}
    field = fields.locate(name.removeprefix("roll."), stay, entry)
    value = fields.value_of(field, text, when.parse, root)
    if value == field.old:
        return record, ""
    changed = {
        **record,
        "roll": [*roll[:-1], fields.assigned(stay, field.steps, value)],
    }
    return (
        changed,
        "" if field.old is not None else _first_words(name, field, value),
    )


def _first_words(name: str, field: fields.Field, value: Any) -> str:
    """What a field says that said nothing before: ``known as Millie``."""
    plain = name.rpartition(".")[2].replace("_", " ")
    return f"{plain} {_value_words(field, value)}"


def _value_words(field: fields.Field, value: Any) -> str:
    """A value in words, dates as people write them."""
    if field.schema.get("format") == "date":
        return dates.words(value)
    return ", ".join(value) if isinstance(value, list) else str(value)


def _refuse_unknown(name: str, root: Schema) -> None:
    """Refuse an unknown field, suggesting the nearest one that can be set."""
    top = name.partition(".")[0].partition("[")[0]
    known: Mapping[str, Any] = root["properties"]
    if top in known:
        return
    names = [
        *(k for k in known if k not in _OWN_COMMAND),
        *PLACEMENT,
        *STATUS,
        *(f"profile.{part}" for part in PROFILE),
    ]
    near = get_close_matches(name, names, n=1, cutoff=0.5)
    raise UsageFault(
        f"A pupil's record has no field {name!r}.",
        f"Did you mean {near[0]}?"
        if near
        else "There are: known_as, date_of_birth, upn, class, year_group, "
        "profile.strengths and others: sen pupil set --help",
    )
