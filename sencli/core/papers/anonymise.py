"""Remove names from texts, for papers that name nobody."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any

from sencli.core.papers.other_names import OtherNames
from sencli.core.people.parents import is_professional
from sencli.core.record.find import PupilName
from sencli.core.record.types import Entry
from sencli.core.record.walk import LOGS
from sencli.core.text.folding import HYPHENS
from sencli.core.text.folding import key as key_of
from sencli.core.text.names_in_text import Replacing

_SHORTEST_NAME = 2
_HYPHEN = re.compile(f"[{re.escape(HYPHENS)}]")
# Words of a name that say nothing of whose it is.
_PARTICLES = frozenset((
    *("mrs", "miss", "prof", "van", "von", "der", "den", "del", "dos", "das", "bin"),
    *("ibn", "bint", "abu", "the", "and"),
))  # fmt: skip
_TEXTLESS = frozenset({"id", "type", "provision"})


_BEGINS = re.compile(r"(^\W*|[.!?]\s+)a pupil\b", re.MULTILINE)
"""What stands for a name where a sentence begins."""

_TWICE = re.compile(r"\bthe a pupil\b", re.IGNORECASE)

_CODED = frozenset({"id", "key", "provision", "type", "from", "until", "date", *LOGS})
"""Fields that hold no words; and the logs, of which such papers show numbers."""


def names_of(record: Entry) -> list[str]:
    """Every name of the child, the longest first."""
    last = str(record.get("last_name", ""))
    given = [str(record[n]) for n in ("first_name", "known_as") if record.get(n)]
    whole = {f"{name} {last}".strip() for name in given}
    parts = {part for name in (*given, last) if name for part in _name_parts(name)}
    return sorted(whole | parts, key=lambda name: (-len(name), name))


def nameless(value: Any, record: Entry) -> Any:
    """The value with no name of the child or the family in any of its texts."""
    said = dict.fromkeys(names_of(record), "the pupil")
    for contact in record.get("contacts", ()):
        part = str(contact.get("relationship", "")) or "parent or carer"
        for name in _name_parts(str(contact["name"])):
            said.setdefault(name, f"the {part}")
    return replaced(value, said)


def anonymous(kept: dict[str, Any], record: Entry) -> dict[str, Any]:
    """The record with an id in place of the child's name."""
    made: dict[str, Any] = nameless(kept, record)
    made |= {"first_name": "Pupil", "last_name": str(record["id"])}
    made.pop("known_as", None)
    return made


def _name_parts(name: str) -> Iterable[str]:
    """A name, its single words, and the halves of a double-barrelled name."""
    words = name.split()
    halves = (half for word in words for half in _HYPHEN.split(word))
    longer = (
        part for part in (*words, *halves) if len(part.strip(".")) > _SHORTEST_NAME
    )
    return dict.fromkeys((name, *(p for p in longer if p.casefold() not in _PARTICLES)))


def replaced(value: Any, said: Mapping[str, str]) -> Any:
    """Every text with these names replaced, however they are spelt."""
    known = {n: s for n, s in said.items() if len(key_of(n)) >= _SHORTEST_NAME}
    if not known:
        return value
    replacing = Replacing(known)

    def walk(inner: Any, key: str = "") -> Any:
        if isinstance(inner, str) and key not in _TEXTLESS:
            return replacing.text(inner)
        if isinstance(inner, Mapping):
            return {name: walk(part, name) for name, part in inner.items()}
        if isinstance(inner, list):
            return [walk(part, key) for part in inner]
        return inner

    return walk(value)


class Unnamed:
    """Removes names from texts.

    Args:
        records: the pupils'; gone through twice where there is ``staff``.
        staff: whose names stay, also where a child has the same family name; None
            leaves a family name by itself alone, as it may be anybody's.
    """

    def __init__(
        self,
        records: Iterable[Mapping[str, Any]],
        staff: Iterable[str] | None = None,
    ) -> None:
        self._staff = {name: name for name in staff or ()}
        self._others = OtherNames(
            (
                PupilName(
                    str(record["id"]),
                    str(record["first_name"]),
                    str(record.get("last_name", "")),
                    str(record.get("known_as", "")),
                )
                for record in records
            ),
            () if staff is None else families_of(records),
        )

    def value(self, value: Any, pupil: str = "", *, full: bool = False) -> Any:
        """A value with no child's name in any of its texts.

        Args:
            value: a text, or a part of a record.
            pupil: the child whose record it is of; that one's names are out already.
            full: whether only first and family name together are a name, as in a
                catalogue, where Jack may be of the beanstalk.
        """
        if isinstance(value, str):
            return self._text(value, pupil, full=full)
        if isinstance(value, Mapping):
            return {
                key: inner if key in _CODED else self.value(inner, pupil, full=full)
                for key, inner in value.items()
            }
        if isinstance(value, list):
            return [self.value(inner, pupil, full=full) for inner in value]
        return value

    def _text(self, text: str, pupil: str, *, full: bool) -> str:
        found = self._others.named(text, (), pupil)
        named = {name: "a pupil" for name in found if " " in name or not full}
        if not named:
            return text
        made = Replacing({**self._staff, **named}).text(text)
        return _BEGINS.sub(r"\1A pupil", _TWICE.sub("a pupil", made))


def families_of(records: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Family names of pupils and of their families, and the plurals of them."""
    for record in records:
        last = [str(record.get("last_name", ""))]
        for contact in record.get("contacts", ()):
            if not is_professional(contact):
                last += str(contact["name"]).split()[-1:]
        for name in dict.fromkeys(part for n in last if n for part in _name_parts(n)):
            if len(name) > _SHORTEST_NAME:
                yield from ((name, str(record["id"])), (f"{name}s", str(record["id"])))
