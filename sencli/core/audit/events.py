"""The audit trail: each commit of a record described field by field.

Items are called by their own words, never by their ids; the ids stand in the paths.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator
from typing import Any
from typing import NamedTuple
from typing import Protocol

from sencli.core.audit.field_words import field_name
from sencli.core.audit.field_words import item_said
from sencli.core.audit.field_words import value_said
from sencli.core.record import lookup
from sencli.core.record.diff import Change
from sencli.core.record.diff import Schema
from sencli.core.record.diff import diff
from sencli.core.record.diff import expand
from sencli.core.record.diff import fields
from sencli.core.record.diff import identity
from sencli.core.record.diff import label
from sencli.core.record.diff import resolve
from sencli.core.record.diff import steps
from sencli.core.record.types import Entry
from sencli.core.record.wording import quoted
from sencli.core.record.wording import worded
from sencli.value import Value
from sencli.value import contents
from sencli.value import replace

ALL = "sen history --all"
"""What tells every record of a commit that changes very many."""
_QUIET = {"schema", "id"}
# Hundreds at once, of which the list of marks is the place to read.
_UNTOLD = {"MarkDecision"}
# Kinds of item that say what happened themselves.
_SAYING = {"OutcomeResult", "InterventionResult", "Views", "Agreement", "Told", "Dose"}
_PARTS = {
    "assess": "assessment",
    "plan": "plan",
    "do": "log",
    "review": "review",
    "closed": "closed",
}


class Recorded(Protocol):
    """One committed change of one file, as the store reads it."""

    @property
    def commit(self) -> str:
        """Its name."""

    @property
    def date(self) -> str:
        """When it was recorded."""

    @property
    def author(self) -> str:
        """Who recorded it."""

    @property
    def action(self) -> str:
        """The act, such as ``cycle.open``."""

    @property
    def subject(self) -> str:
        """The commit's first line."""

    @property
    def old(self) -> dict[str, Any] | None:
        """The record before."""

    @property
    def new(self) -> dict[str, Any] | None:
        """The record after."""

    @property
    def fault(self) -> str:
        """Why it cannot be read, or ""."""


class ToldChange(Value):
    """One change: of a field, or of an item that came or went as a whole.

    Attributes:
        path: where.
        lines: what it says, a sentence each.
        fields: the same field by field; ``None`` is "was not there".
    """

    path: str
    lines: tuple[str, ...]
    fields: tuple[Change, ...]


class Pair(NamedTuple):
    """A record before and after a change."""

    old: Entry | None
    new: Entry | None


class Event(Value):
    """A commit as the audit trail shows it.

    Attributes:
        commit: its name.
        date: when it was recorded, ISO with zone.
        author: who recorded it.
        action: the act, such as ``cycle.open``; "" for one not made by sencli.
        summary: what it was, in one line.
        changes: every field that changed.
    """

    commit: str
    date: str
    author: str
    action: str
    summary: str
    changes: tuple[ToldChange, ...]


def event(version: Recorded, root: Schema, books: Entry, *, valid: bool) -> Event:
    """One version of a record as an event.

    Args:
        version: the commit, with the record before and after.
        root: the schema of the file.
        books: names of provisions, groups and staff by key, id and initials.
        valid: both records fit the schema; else the fields are told as they stand.
    """
    record = version.new or version.old or {}
    if version.fault:
        changes = [ToldChange("", (f"cannot be read: {version.fault}",), ())]
    elif version.new is None and version.old is None:
        changes = []
    elif version.new is None:
        gone = Change("", version.old, None)
        changes = [ToldChange("", ("the record was taken out",), (gone,))]
    elif not valid:
        changes = [_as_it_is(c) for c in diff(version.old or {}, version.new, root)]
    else:
        changes = [
            _one(change, version, root, books)
            for whole in diff(version.old or {}, version.new, root)
            for change in expand(whole, root)
        ]
    said = summary(version.subject, record, books)
    return Event(
        version.commit,
        version.date,
        version.author,
        version.action,
        said,
        tuple(changes),
    )


def counted(event: Event, more: int) -> Event:
    """The same event with the number of further records that are not shown."""
    records = "1 more record" if more == 1 else f"{more:,} more records"
    rest = ToldChange("", (f"and {records}: {ALL}",), ())
    return replace(event, changes=(*event.changes, rest))


def lean(event: Event) -> Event:
    """The same in sentences alone: what they were made of may go."""
    told = (ToldChange(one.path, one.lines, ()) for one in event.changes)
    return replace(event, changes=tuple(told))


def plain(event: Event) -> list[Any]:
    """An event of sound records as JSON-shaped data, for another process."""
    changes = [
        (told.path, told.lines, [(f.path, f.old, f.new) for f in told.fields])
        for told in event.changes
    ]
    return [*contents(event)[:-1], changes]


def from_plain(data: list[Any]) -> Event:
    """The event of which these are the data."""
    commit, date, author, action, summary, changes = data
    told = tuple(
        ToldChange(path, tuple(lines), tuple(Change(*field) for field in fields))
        for path, lines, fields in changes
    )
    return Event(commit, date, author, action, summary, told)


def summary(subject: str, record: Entry, books: Entry) -> str:
    """The commit's own line with names in the place of ids."""
    names = dict(books)
    if isinstance(record.get("first_name"), str):
        names[str(record.get("id"))] = str(record["first_name"])
        if isinstance(record.get("last_name", ""), str):
            names[str(record.get("id"))] = lookup.display_name(record)
    return " ".join(str(names.get(word, word)) for word in subject.split(" "))


def about(events: Iterable[Event], path: str, names: Iterable[str]) -> Iterator[Event]:
    """The events that touch an item: at its path, within it, or that name its id."""
    wanted = set(names)
    for found in events:
        kept = tuple(
            c
            for c in found.changes
            if c.path == path
            or c.path.startswith((f"{path}.", f"{path}["))
            or not wanted.isdisjoint(re.split(r"[\[\]. ]+", c.path))
            or any(_names(f.old, wanted) or _names(f.new, wanted) for f in c.fields)
        )
        if kept:
            yield Event(
                found.commit,
                found.date,
                found.author,
                found.action,
                found.summary,
                kept,
            )


def _names(value: Any, wanted: set[str]) -> bool:
    if isinstance(value, dict):
        return any(_names(child, wanted) for child in value.values())
    if isinstance(value, list):
        return any(_names(child, wanted) for child in value)
    return isinstance(value, str) and value in wanted


def _as_it_is(change: Change) -> ToldChange:
    """A change in a record that a hand has muddled: no meaning is looked for."""
    old, new = (
        "(nothing)" if value is None else quoted(value)
        for value in (change.old, change.new)
    )
    return ToldChange(change.path, (f"{change.path}: {old} -> {new}",), (change,))


def _one(change: Change, version: Recorded, root: Schema, books: Entry) -> ToldChange:
    lines = tuple(sentences(change, version, root, books))
    return ToldChange(change.path, lines, tuple(fields(change, root)))


class _Where(Value):
    """The way to a changed field, in words.

    Attributes:
        place: the items on the way, in words.
        title: the kind of the innermost object.
        name: the names of fields from the innermost item on.
        item: whether the path ends at an item of a list.
        schema: of the value itself.
    """

    place: str
    title: str
    name: str
    item: bool
    schema: Schema


def sentences(
    change: Change, version: Recorded | Pair, root: Schema, books: Entry
) -> Iterator[str]:
    """The sentences of one change; of a pair, what was not there is told too.

    Args:
        change: of a field, or of an item that came or went as a whole.
        version: the record before and after it.
        root: its schema.
        books: names of provisions, groups and staff by key, id and initials.
    """
    # what went is still called by its words
    record = {**(version.new or {}), "before": version.old or {}}
    where = _where(change.path, version, root, books)
    if where.name in _QUIET or where.title in _UNTOLD:
        return
    if _taken_up(change, version.new or {}):
        return
    at = f"{where.place}: " if where.place else ""
    if where.item:
        item = change.new if change.old is None else change.old
        said = item_said(item, where.schema, root, record, books, where.title)
        verb = _verb(change, where.title)
        yield f"{at}{verb}{said}"
        return
    name = field_name(where.name, where.title)
    old = value_said(where.name, where.title, change.old, record, books)
    new = value_said(where.name, where.title, change.new, record, books)
    if change.old is None and not isinstance(version, Pair):
        yield f"{at}{name} {new}"
    elif change.new is None:
        yield f"{at}{name} {old} -> (nothing)"
    else:
        yield f"{at}{name} {old} -> {new}"


def _taken_up(change: Change, after: Entry) -> bool:
    """Whether views that waited stand in the review now: they did not go."""
    if change.new is not None or ".do.views[" not in change.path:
        return False
    return any(
        change.old["text"] in view["text"]
        for cycle in after.get("cycles", ())
        for view in cycle.get("review", {}).get("views", ())
    )


def _verb(change: Change, title: str) -> str:
    if change.new is None:
        return "removed "
    return "" if title in _SAYING else "added "


def _where(path: str, version: Recorded | Pair, root: Schema, books: Entry) -> _Where:
    """Walk a path with the record and its schema beside it."""
    records = [r for r in (version.new, version.old) if r is not None]
    record = records[0] if records else {}
    values: list[Any] = list(records)
    schema: Schema = root
    place: list[str] = []
    title, names, item = "", [], False
    way = steps(path)
    for number, (name, name_of_item) in enumerate(way, 1):
        schema = resolve(schema.get("properties", {}).get(name, {}), root)
        values = [v.get(name) for v in values if isinstance(v, dict)]
        names.append(name)
        title_here = str(schema.get("title", ""))
        item = name_of_item is not None
        if item:
            keys = schema.get("x-key", ("id",))
            schema = resolve(schema.get("items", {}), root)
            title, names = str(schema.get("title", "")), []
            if number == len(way):
                break  # the item itself, which is told by its own words
            found = [_pick(v, keys, name_of_item) for v in values]
            values = [v for v in found if v is not None]
            place.append(_place(values, title, record, books))
        elif name in _PARTS and title == "Cycle":
            place.append(_PARTS[name])
            title, names = title_here, []
    at = _joined(place, record, item=item)
    return _Where(at, title, ".".join(names), item, schema)


def _place(values: list[Any], title: str, record: Entry, books: Entry) -> str:
    return worded(values[0], record, title, books) if values else ""


def _joined(place: list[str], record: Entry, *, item: bool) -> str:
    """The way in words; the parts on the way to an item need not be named."""
    parts = [p for p in place if p]
    if not parts or not parts[0].startswith("cycle "):
        return ", ".join(parts)
    cycle = parts[0].removeprefix("cycle ")
    rest = [p for p in parts[1:] if p not in _PARTS.values()]
    several = len(record.get("cycles", ())) > 1
    if rest:
        return ", ".join([cycle, *rest] if several else rest)
    if item:
        return cycle if several else ""
    return ", ".join([cycle, *parts[1:]])


def _pick(value: Any, keys: Iterable[str], name: str | None) -> Any:
    if not isinstance(value, list):
        return None
    wanted = list(keys)
    for item in value:
        own = item.get(wanted[0]) if isinstance(item, dict) else None
        # most names are one id, and long lists are looked through for each change
        plain = isinstance(own, str) and len(wanted) == 1
        if (own if plain else label(identity(item, wanted))) == name:
            return item
    return None
