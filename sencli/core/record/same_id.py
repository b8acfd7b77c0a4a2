"""Give a new id to one of two items that got the same id on two computers.

Nobody came from the other: they are two items, and both stay. Which of them has a new
id, and which one, follows from what they say alone, so that every computer comes to the
same. What its own side says of that item follows it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.core.record.diff import Schema
from sencli.core.record.diff import resolve
from sencli.core.text.ids import other_id
from sencli.value import Value

Ids = Mapping[str, str]
"""Old id to new id."""

# Fields of these kinds name an item by its id; a path of a correction names it within.
_NAMING = ("#/$defs/id", "#/$defs/who")
_PATH = "path"
_STORED = "file"
_ENOUGH = 2  # fields by which a thing is known again


class Apart(Value):
    """Several versions of a record in which one id means one item.

    Attributes:
        pasts: what both came from.
        ours: our version.
        theirs: the other.
        ours_new: the ids that changed in ours.
        theirs_new: those that changed in theirs.
    """

    pasts: tuple[Any, ...]
    ours: Any
    theirs: Any
    ours_new: Ids
    theirs_new: Ids


def separate_ids(pasts: Sequence[Any], ours: Any, theirs: Any, root: Schema) -> Apart:
    """The versions, after items that share an id by chance were given another.

    Args:
        pasts: every version that both came from; None where there was nothing.
        ours: one version; None where it was taken away.
        theirs: the other.
        root: the record's schema.
    """
    work = _Work(pasts, ours, theirs, root)
    for name in sorted(work.doubtful):
        if any(name in said for said in work.before):
            work.known(name)
        else:
            work.added(name)
    work.on_one_side()
    return Apart(
        tuple(
            renamed(past, new, root)
            for past, new in zip(pasts, work.new_before, strict=True)
        ),
        renamed(ours, work.new_here, root),
        renamed(theirs, work.new_there, root),
        work.new_here,
        work.new_there,
    )


class _Work:
    """The versions by what they say of each id, and the ids that change in them."""

    def __init__(
        self, pasts: Sequence[Any], ours: Any, theirs: Any, root: Schema
    ) -> None:
        self.before = [_uses_by_id(past, root) for past in pasts]
        self.here, self.there = _uses_by_id(ours, root), _uses_by_id(theirs, root)
        self.new_before: list[dict[str, str]] = [{} for _ in pasts]
        self.new_here: dict[str, str] = {}
        self.new_there: dict[str, str] = {}
        self.doubtful = {
            name
            for name in self.here.keys() & self.there.keys()
            if self.here[name].text() != self.there[name].text()
        }
        self._taken = {*self.here, *self.there, *(n for s in self.before for n in s)}

    def added(self, name: str) -> None:
        """Both have added something under one id: the greater has another."""
        last = max(self.here[name].text(), self.there[name].text())
        mine = self.here[name].text() == last
        new = self.new_here if mine else self.new_there
        new[name] = other_id(name, last, self._taken)
        self._taken.add(new[name])

    def known(self, name: str) -> None:
        """Follow an id that the common ancestor had, and one side may have replaced."""
        for past in self.before:
            if name in past:
                self._moved(name, past)
        for past in self.before:
            if name in past and not {name} & {*self.new_here, *self.new_there}:
                self._given_again(name, past)

    def on_one_side(self) -> None:
        """Taken away on both sides, and on one its id was given to another thing."""
        names = self.here.keys() ^ self.there.keys()
        for said, new in ((self.here, self.new_here), (self.there, self.new_there)):
            for name in sorted(names & said.keys()):
                if any(
                    name in past and said[name].is_other(past[name])
                    for past in self.before
                ):
                    new[name] = other_id(name, said[name].text(), self._taken)

    def _moved(self, name: str, past: Mapping[str, _Uses]) -> None:
        """Apply to the other side the new id that an earlier sync chose."""
        for done, late, new in (
            (self.here, self.there, self.new_there),
            (self.there, self.here, self.new_here),
        ):
            if moved := _moved(name, past, done, late):
                new[name] = moved
                for said, names in zip(self.before, self.new_before, strict=True):
                    if name in said:
                        names[name] = moved

    def _given_again(self, name: str, past: Mapping[str, _Uses]) -> None:
        """One side took it away and gave its id to another thing."""
        sides = ((self.here, self.new_here), (self.there, self.new_there))
        if any(said[name].text() == past[name].text() for said, _ in sides):
            return  # only one has changed it
        for said, new in sides:
            if said[name].is_other(past[name]):
                new[name] = other_id(name, said[name].text(), self._taken)


def text_of(value: Any) -> str:
    """A value as one text: the same for what is equal."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)


class _Uses:
    """All uses of one id in a record, with their places."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, Mapping[str, Any]]] = []
        self._text = ""

    def text(self) -> str:
        """All its values as one text."""
        if not self._text:
            said = (f"{at} {text_of(item)}" for at, item in self.entries)
            self._text = "\n".join(sorted(said))
        return self._text

    def is_other(self, other: _Uses) -> bool:
        """Whether nothing agrees, so the id was given to a different item."""
        (at, one), (place, two) = self.entries[0], other.entries[0]
        both = one.keys() & two.keys() - {"id"}
        differ = all(one[key] != two[key] for key in both)
        return at == place and differ and len(both) >= _ENOUGH

    def agrees(self, other: _Uses) -> bool:
        """Whether it may be the same item: what both record about it agrees."""
        (at, one), (place, two) = self.entries[0], other.entries[0]
        both = one.keys() & two.keys() - {"id"}
        same = all(one[key] == two[key] for key in both)
        return at == place and same and len(both) >= _ENOUGH


def _uses_by_id(record: Any, root: Schema) -> dict[str, _Uses]:
    found: dict[str, _Uses] = {}
    for name, at, item in _entries(record, root, root, ""):
        found.setdefault(name, _Uses()).entries.append((at, item))
    return found


def _moved(
    name: str,
    past: Mapping[str, _Uses],
    done: Mapping[str, _Uses],
    late: Mapping[str, _Uses],
) -> str:
    """The id that one side has given to what was called so; "" where it has not."""
    if done[name].text() == past[name].text():
        return ""
    moved = other_id(name, past[name].text(), ())
    if moved in done and moved not in late:
        return moved
    if done[name].agrees(past[name]):
        return ""
    # it had changed before it was told apart
    new = done.keys() - past.keys() - late.keys()
    return next((n for n in sorted(new) if done[n].agrees(past[name])), "")


def _entries(
    value: Any, schema: Schema, root: Schema, at: str
) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    schema = resolve(schema, root)
    if isinstance(value, Mapping):
        properties = schema.get("properties", {})
        for key, item in value.items():
            if isinstance(item, Mapping | list):
                yield from _entries(item, properties.get(key, {}), root, f"{at}.{key}")
    elif isinstance(value, list):
        has_id = schema.get("x-key", ("",))[0] == "id"
        for item in value:
            if has_id and isinstance(item, Mapping) and isinstance(item.get("id"), str):
                yield item["id"], at, item
            yield from _entries(item, schema.get("items", {}), root, at)


def renamed(record: Any, new: Mapping[str, str], root: Schema) -> Any:
    """The record with items renamed, and references to them."""
    return _renamed(record, new, root, root) if new and record else record


def _renamed(value: Any, new: Mapping[str, str], schema: Schema, root: Schema) -> Any:
    naming = schema.get("$ref") in _NAMING
    schema = resolve(schema, root)
    if isinstance(value, Mapping):
        properties = schema.get("properties", {})
        return {
            key: _field(key, item, new, properties.get(key, {}), root)
            for key, item in value.items()
        }
    if isinstance(value, list):
        part = schema.get("items", {})
        return [_renamed(item, new, part, root) for item in value]
    return new.get(value, value) if naming and isinstance(value, str) else value


def _field(
    key: str, value: Any, new: Mapping[str, str], schema: Schema, root: Schema
) -> Any:
    if key == _PATH and isinstance(value, str):
        return in_path(value, new)
    if key == _STORED and isinstance(value, str):
        return stored_as(value, new)
    return _renamed(value, new, schema, root)


def in_path(path: str, new: Mapping[str, str]) -> str:
    """A place such as ``concerns[n3xd].response`` with the new ids."""
    return re.sub(
        r"(?<=\[)[a-z][a-z0-9]+(?=[\] ])", lambda m: new.get(m[0], m[0]), path
    )


def stored_as(name: str, new: Mapping[str, str]) -> str:
    """The name of an attachment, which is its id and an ending."""
    stem, dot, ending = name.partition(".")
    return f"{new.get(stem, stem)}{dot}{ending}"


def references(record: Any, root: Schema) -> set[str]:
    """The ids by which a record refers to its items."""
    return set(_references(record, root, root))


def _references(value: Any, schema: Schema, root: Schema) -> Iterator[str]:
    naming = schema.get("$ref") in _NAMING
    schema = resolve(schema, root)
    if isinstance(value, Mapping):
        properties = schema.get("properties", {})
        for key, item in value.items():
            if key != "id":
                yield from _references(item, properties.get(key, {}), root)
    elif isinstance(value, list):
        for item in value:
            yield from _references(item, schema.get("items", {}), root)
    elif naming and isinstance(value, str):
        yield value
