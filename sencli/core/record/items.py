"""Every item of a record with its place in words, as history prints it.

A place is a path such as ``cycles[y2qf].plan.outcomes[o8fd]`` or, for an item known by
its nature, ``cycles[y2qf].do.sessions[i5tr 2025-09-22]``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any
from typing import NoReturn

from sencli.core.record import find
from sencli.core.record import lookup
from sencli.core.record.diff import Schema
from sencli.core.record.diff import identity
from sencli.core.record.diff import label
from sencli.core.record.diff import resolve
from sencli.core.record.edit import in_order
from sencli.core.record.lookup import actions_of
from sencli.core.record.numbering import number_of
from sencli.core.record.types import Entry
from sencli.core.record.wording import worded
from sencli.core.text import dates
from sencli.errors import Ambiguous
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.value import Value

Steps = tuple[str | int, ...]

# Lists whose numbers go by date, wherever an item stands in the file.
_BY_DATE = (
    *("concerns[", "meetings[", "transitions[", "suspensions["),
    *("part_time_timetables[", "alternative_provision[", "dual_registrations["),
    *("base_placements[", "attainment["),
)
_DATE = re.compile(r"\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d{1,2}-\d{1,2}")
# what people call items; those without a number are named by an id or their wording
_NOUNS = (
    *("outcome", "intervention", "strategy", "concern", "specialist", "meeting"),
    *("adjustment", "transition", "move", "document", "need", "contact", "cycle"),
    *("action", "promise", "request", "review", "plan", "advice", "recommendation"),
    *("report", "session", "tally", "measurement", "change", "flag", "status"),
    *("placement", "profile", "target", "invitation", "exception", "correction"),
    *("result", "condition"),
    *("information", "consideration", "question", "funding", "view", "paper"),
    *("suspension", "part-time timetable", "alternative provision"),
    *("dual registration", "base placement", "attendance", "part-time", "base"),
    "appeal",
)
_ALSO = {"move": "transition", "promise": "action"}
_ALSO |= {"part-time": "part-time timetable", "base": "base placement"}
_CODES = ("flag", "provision", "rule")
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)")


class Place(Value):
    """An item (or a single field) of a record.

    Attributes:
        path: as history prints it.
        steps: the way to it: names of fields and places in lists.
        value: what stands there.
        label: what tells it from its neighbours: its id or natural key; "" of a field.
        title: what kind of thing it is, by the schema: "Outcome".
    """

    path: str
    steps: Steps
    value: Any
    label: str = ""
    title: str = ""


def items(record: Entry, root: Schema) -> Iterator[Place]:
    """Every item of every list that has identities, outermost first."""
    yield from _walk(record, root, root, "", ())


def _walk(
    value: Any, schema: Schema, root: Schema, at: str, steps: Steps
) -> Iterator[Place]:
    schema = resolve(schema, root)
    if isinstance(value, Mapping):
        properties = schema.get("properties", {})
        for key, child in value.items():
            path = f"{at}.{key}" if at else key
            part = properties.get(key, {})
            yield from _walk(child, part, root, path, (*steps, key))
    elif isinstance(value, list) and "x-key" in schema:
        part = resolve(schema.get("items", {}), root)
        for place, child in enumerate(value):
            name = label(identity(child, schema["x-key"]))
            path, way = f"{at}[{name}]", (*steps, place)
            yield Place(path, way, child, name, str(part.get("title", "")))
            yield from _walk(child, part, root, path, way)


def the_item(record: Entry, typed: str, root: Schema) -> Place:
    """The item meant by its id, its path, its natural key, number or wording.

    Raises:
        NotFound: nothing fits.
        Ambiguous: several do; their paths are listed.
    """
    text = " ".join(typed.split())
    if not text:
        raise InvalidValue("ITEM is empty.", 'Say what is meant, as "outcome 1".')
    everything = list(items(record, root))
    found = [p for p in everything if p.path == text]
    found = found or _field(record, text, everything)
    found = found or _dated(_iso(text), everything)
    found = found or [p for p in everything if p.label == _iso(text)]
    found = found or [p for p in everything if _id(p.value) == text.casefold()]
    number = None if found else number_of(text, _NOUNS)
    if number is not None:
        found = _numbered(record, number, everything)
    if not found:
        sought = _plain(_spoken(text))
        # the key of a provision is typed in full where its name would fit sessions too
        found = [p for p in everything if text in _codes(p)]
        found = found or find.matches(sought, everything, lambda p: _sought(record, p))
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(
            f"Nothing in the record of {lookup.display_name(record)} fits {typed!r}.",
            f"Type an id or a path as history prints it: sen history {record['id']}\n"
            'or its kind and number: "outcome 1", or a session: "i5tr 22/09/2025"',
        )
    listed = "".join(
        f"\n  {p.path}  {_item_words(record, p)}" for p in found[: find.SHOWN]
    )
    raise Ambiguous(f"{typed!r} could be any of these:{listed}", "Type the whole path.")


def numbered(record: Entry, noun: str, root: Schema) -> list[tuple[str, str]]:
    """The items of a kind as the commands number them: each number, and its words.

    Args:
        record: the pupil's.
        noun: the kind: ``outcome``, ``need``, ``base placement`` ...
        root: the schema of records.
    """
    everything = list(items(record, root))
    found = []
    for number in range(1, len(everything) + 1):
        there = _kinds(record, number, everything).get(noun)
        if not there:
            break
        # what has changed has several entries, and the last is how it stands
        said = _item_words(record, there[-1]).removeprefix(noun).strip()
        found.append((str(number), said.strip("'") or said))
    return found


def _dated(text: str, everything: list[Place]) -> list[Place]:
    """Everything of a day, where only a day was typed."""
    if not _ISO.fullmatch(text):
        return []
    return [
        p
        for p in everything
        if p.label.endswith(text)
        or (isinstance(p.value, Mapping) and text == p.value.get("date"))
    ]


def _id(value: Any) -> str:
    return str(value.get("id", "")) if isinstance(value, Mapping) else ""


def _item_words(record: Entry, place: Place) -> str:
    return worded(place.value, record, place.title)


def _sought(record: Entry, place: Place) -> str:
    """The text that words are searched in: the item's name and codes."""
    return _plain(" ".join((_item_words(record, place), *_codes(place))))


def _codes(place: Place) -> list[str]:
    value = place.value if isinstance(place.value, Mapping) else {}
    return [str(value[name]) for name in _CODES if name in value]


def _plain(text: str) -> str:
    """Words without the marks that nobody types."""
    return re.sub(r"['\u2018\u2019():,;]", "", text.replace("_", " "))


def _iso(text: str) -> str:
    """The text with dates as the record holds them."""

    def iso(match: re.Match[str]) -> str:
        try:
            return dates.parse_date(match[0], "2000-01-01")
        except InvalidValue:
            return match[0]

    return _DATE.sub(iso, text)


def _spoken(text: str) -> str:
    """The text with dates in words, as items are called."""
    return _ISO.sub(lambda m: dates.words(m[0]), _iso(text))


def _field(record: Entry, text: str, everything: list[Place]) -> list[Place]:
    """A single field by its path, at the top or of an item."""
    inside = [p for p in everything if text.startswith(f"{p.path}.")]
    base = inside[-1] if inside else Place("", (), record)
    rest = text[len(base.path) :].lstrip(".")
    if not re.fullmatch(r"[a-z_]+(\.[a-z_]+)*", rest):
        return []
    value: Any = base.value
    steps = base.steps
    for name in rest.split("."):
        if not isinstance(value, Mapping) or name not in value:
            return []
        value, steps = value[name], (*steps, name)
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        # the name of a list is no field: the item in it is meant, if there is one
        return [p for p in everything if p.steps[:-1] == steps]
    return [Place(text, steps, value)]


def _numbered(
    record: Entry, typed: tuple[str, int], everything: list[Place]
) -> list[Place]:
    """``outcome 2``, ``intervention 1`` of the open or newest cycle; ``need 1``.

    Raises:
        NotFound: there is no such number, which is never looked for among the words.
        Ambiguous: a number by itself.
    """
    noun, number = typed
    if not noun:
        _refuse_bare(record, number, everything)
    noun = _ALSO.get(noun, noun)
    if found := _kinds(record, number, everything).get(noun):
        return found
    name = lookup.display_name(record)
    there = next(
        n for n in range(len(everything) + 1)
        if noun not in _kinds(record, n + 1, everything)
    )  # fmt: skip
    shown = str(number) if number >= 0 else "of that number"
    if there:
        raise NotFound(
            f"{name} has no {noun} {shown}: the last one is {noun} {there}.",
            f"See the items as history prints them: sen history {record['id']}",
        )
    raise NotFound(
        f"{name} has no {noun} {shown}.",
        f"Type an id or a path as history prints it: sen history {record['id']}",
    )


def _kinds(
    record: Entry, number: int, everything: list[Place]
) -> dict[str, list[Place]]:
    """The item of that number of each numbered kind, as the commands number them.

    A need or contact that has changed has several entries, and each of them is named.
    """
    plan = f"cycles[{(lookup.latest_cycle(record) or {}).get('id')}].plan"
    made = {
        kind: _nth(everything, start, number)
        for kind, start in {
            "outcome": f"{plan}.outcomes[",
            "intervention": f"{plan}.interventions[",
            "strategy": f"{plan}.strategies[",
            "concern": "concerns[",
            "specialist": "specialists[",
            "meeting": "meetings[",
            "adjustment": "adjustments[",
            "departure": "departures[",
            "transition": "transitions[",
            "document": "documents[",
            "suspension": "suspensions[",
            "part-time timetable": "part_time_timetables[",
            "alternative provision": "alternative_provision[",
            "dual registration": "dual_registrations[",
            "base placement": "base_placements[",
            "result": "attainment[",
        }.items()
    }
    for kind, ordered in (
        ("cycle", in_order(record)),
        ("action", [action for _, action in actions_of(record)]),
    ):
        ids = {str(e["id"]) for e in ordered[number - 1 : number] if number > 0}
        made[kind] = [p for p in everything if p.label in ids]
    for kind, start, listed in (
        ("need", "needs[", lookup.needs_on(record, lookup.STILL)),
        ("condition", "health[", lookup.health_on(record, lookup.STILL)),
        ("contact", "contacts[", lookup.contacts_on(record, lookup.STILL)),
    ):
        own = {str(entry["id"]) for entry in listed[number - 1 : number] if number > 0}
        made[kind] = [
            p for p in everything if p.path.startswith(start) and _id(p.value) in own
        ]
    return {kind: found for kind, found in made.items() if found}


def _nth(everything: list[Place], start: str, number: int) -> list[Place]:
    listed = [
        p
        for p in everything
        if p.path.startswith(start)
        and "." not in p.path[len(start) :].partition("]")[2]
    ]
    if start in _BY_DATE:
        listed.sort(key=lambda p: str(p.value.get("date") or p.value["from"]))
    return listed[number - 1 : number] if number > 0 else []


def _refuse_bare(record: Entry, number: int, everything: list[Place]) -> NoReturn:
    """A number by itself does not say of what."""
    text = str(number) if number >= 0 else "That number"
    kinds = _kinds(record, number, everything)
    if not kinds:
        raise NotFound(
            f"{text} does not say what kind of item it is, and nothing has that "
            "number.",
            f"Type an id or a path as history prints it: sen history {record['id']}",
        )
    listed = "".join(
        f"\n  {kind} {text}  {_item_words(record, p)}"
        for kind, found in kinds.items()
        for p in found
    )
    first = next(iter(kinds))
    raise Ambiguous(
        f"{text} does not say what kind of item it is. It could be:{listed}",
        f'Say which kind: "{first} {text}"',
    )


def place_name(record: Any, path: tuple[str | int, ...], root: Schema) -> str:
    """The path of keys and indices, with items by what makes them themselves.

    An item without an identity is numbered from 1, as people count.
    """
    here, schema = record, root
    shown = ""
    for step in path:
        schema = resolve(schema, root)
        if isinstance(step, int):
            here = here[step] if isinstance(here, list) and step < len(here) else None
            keys = schema.get("x-key", ())
            named = label(identity(here, keys)) if isinstance(here, Mapping) else ""
            shown += f"[{named or f'#{step + 1}'}]"
            schema = schema.get("items", {})
        else:
            here = here.get(step) if isinstance(here, Mapping) else None
            shown += f".{step}" if shown else step
            schema = schema.get("properties", {}).get(step, {})
    return shown


def same_place(
    path: tuple[str | int, ...], part: Any, whole: Any, root: Schema
) -> tuple[str | int, ...]:
    """A path within a record of which some items were left out, in the whole record.

    What stands in ``part`` at the path is found in ``whole`` by what makes its items
    themselves; the path ends where nothing answers to it.
    """
    found: tuple[str | int, ...] = ()
    schema = root
    for step in path:
        schema = resolve(schema, root)
        if isinstance(step, str):
            if not isinstance(whole, Mapping) or step not in whole:
                break
            part, whole, at = part.get(step), whole[step], step
            schema = schema.get("properties", {}).get(step, {})
            found += (at,)
            continue
        if not isinstance(whole, list) or not isinstance(part, list):
            break
        wanted = identity(part[step], schema.get("x-key", ()))
        names = [identity(item, schema.get("x-key", ())) for item in whole]
        if wanted not in names:
            break
        part, whole = part[step], whole[names.index(wanted)]
        found += (names.index(wanted),)
        schema = schema.get("items", {})
    return found
