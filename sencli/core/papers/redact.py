"""Redact a record: remove what the reader may not see before a paper is made.

Every format is made from what is left, so that nothing can leak in one of them. The
rules stand in ``templates/redaction.json``; what is marked ``restricted`` stays out for
everybody unless it is named.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any
from typing import Literal

from sencli.core.papers import restricted
from sencli.core.papers.anonymise import anonymous
from sencli.core.people.parent_privacy import PUPIL
from sencli.core.people.parent_privacy import Reader
from sencli.core.people.parent_privacy import reader_of
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Entry
from sencli.core.record.walk import LOGS
from sencli.errors import InvalidValue
from sencli.errors import UsageFault
from sencli.value import Value
from sencli.value import replace

Why = Literal["restricted", "rule", "views", "family", "unclear", "sharing"]

_KEYS = ("id", "from", "date", "flag", "of", "who", "rule")
_REFERENCES = ("outcome", "intervention", "item", "need", "within", "continues")
_PLURAL = ("outcomes", "items", "agreed_items")
_EVERYTHING = "full"
_EITHER = frozenset({"parent", "parents"})
_VIEWS = ("all", "own", "none")
SPECIAL = ("ethnicity", "home_language", "health")
"""Fields that a reader gets only where the rules name them: a file that a school wrote
before they were there does not disclose them."""


class Rules(Value):
    """Redaction rules for one kind of reader.

    Attributes:
        audience: its key, such as ``inspector``; "" is nobody in particular.
        title: in words, such as "an inspector".
        views: whose words: ``all``, ``own`` (the reader's and the child's), ``none``.
        anonymous: whether the child and the family have no names.
        leave_out: fields by dotted names; lists are passed through, ``**.`` is at any
            depth.
        parts: sections of a paper: ``gaps``, ``costs``, ``trail``.
        family: whether it is one of the child's family who reads it: the paper does not
            tell that anything was left out, and what is another parent's stays out.
        sharing: fields that stay out because less than everything is shared.
        own_only: lists of which the reader gets only what is their own.
    """

    audience: str = ""
    title: str = ""
    views: str = "all"
    anonymous: bool = False
    leave_out: tuple[str, ...] = ()
    parts: frozenset[str] = frozenset()
    family: bool = False
    sharing: tuple[str, ...] = ()
    own_only: frozenset[str] = frozenset()

    def hides(self, field: str) -> bool:
        """Whether the whole of a field of the record is left out."""
        return _ruled((field,), self.leave_out)


FAMILY = "parent"
"""The reader of the file that is one of the child's family."""

NO_RULES = Rules()
"""Nobody in particular: only what is restricted stays out."""


class LeftOut(Value):
    """One thing that was taken out: where, by what, and whose alone it is."""

    path: str
    why: Why
    whose: str = ""


class Redacted(Value):
    """A record as redacted for a reader.

    Attributes:
        record: without what the reader may not see.
        left_out: what was taken out, in the order of the record.
        rules: by which.
    """

    record: dict[str, Any]
    left_out: tuple[LeftOut, ...] = ()
    rules: Rules = NO_RULES

    def out_of(self, *places: str) -> bool:
        """Whether anything was taken out at one of these places or beneath them."""
        return any(
            out.path.startswith(place) for out in self.left_out for place in places
        )


def rules_of(data: Entry, audience: str) -> Rules:
    """The rules for a reader, from the file.

    Raises:
        UsageFault: there is no such reader.
        InvalidValue: the file is not as it should be.
    """
    known = data.get("audiences", {})
    if audience not in known:
        raise UsageFault(
            f"There are no rules for the reader {audience!r}.",
            f"Choose one of: {', '.join(sorted(known))}.",
        )
    entry = known[audience]
    views = entry.get("views", "own")
    lists = [entry.get(name, []) for name in ("leave_out", "parts", "special")]
    if views not in _VIEWS or not all(isinstance(some, list) for some in lists):
        raise InvalidValue(
            f"templates/redaction.json: the entry {audience} is not as it should be.",
            "views is all, own or none; leave_out, parts and special are lists.",
        )
    return Rules(
        audience=audience,
        title=str(entry.get("title", audience)),
        views=views,
        # what is not said is kept back: a slip in a school's own file must not disclose
        anonymous=entry.get("anonymous", True) is not False,
        leave_out=(*(str(n) for n in entry.get("leave_out", ())), *_kept_back(entry)),
        parts=frozenset(str(name) for name in entry.get("parts", ())),
        family=audience == FAMILY,
    )


def shared(rules: Rules, data: Entry, sharing: str) -> Rules:
    """The rules for one of the family, with what their way of sharing keeps back.

    Args:
        rules: for the kind of reader.
        data: the file.
        sharing: the contact's, such as ``limited``.
    """
    entry = data.get("sharing", {}).get(sharing, {})
    return replace(
        rules,
        family=True,
        sharing=(
            *(str(name) for name in entry.get("leave_out", ())),
            *(() if sharing == _EVERYTHING else _kept_back(entry)),
        ),
        own_only=frozenset(str(name) for name in entry.get("own_only", ())),
    )


def redact(
    record: Entry,
    rules: Rules | None = None,
    *,
    to: str = "",
    include: Collection[str] = (),
    day: str = STILL,
    marked: bool = False,
) -> Redacted:
    """The record as a reader may see it.

    Args:
        record: the pupil's.
        rules: for the kind of reader; without them only what is restricted goes.
        to: id of the contact who is to read it: other contacts' views stay out.
        include: ids of restricted items, and of contacts whose views, may be seen.
        day: ISO date on which it counts who may see what.
        marked: leave what is restricted, with its mark, to a paper that withholds it by
            itself: so its figures are those of the whole, or say what is withheld.
    """
    rules = rules or NO_RULES
    work = _Work(record, rules, to, frozenset(include), day, marked=marked)
    kept: dict[str, Any] = work.mapping(record, "", ())
    if work.gone:
        kept = _without_references(kept, work.gone)
    if lost := _contacts(record) - _contacts(kept):
        kept = _unnamed(kept, lost)
    if rules.anonymous:
        kept = anonymous(kept, record)
    return Redacted(kept, tuple(work.out), rules)


def _kept_back(entry: Entry) -> tuple[str, ...]:
    """The fields of the special categories that the rules do not name."""
    return tuple(name for name in SPECIAL if name not in entry.get("special", ()))


class _Work:
    """One pass over a record."""

    def __init__(
        self,
        record: Entry,
        rules: Rules,
        to: str,
        include: frozenset[str],
        day: str,
        *,
        marked: bool,
    ) -> None:
        self._rules = rules
        self._marked = marked
        self._include = include
        self._to = to
        self._reader: Reader | None = None
        if rules.family:
            self._reader = reader_of(record, to, day, include, rules.own_only)
        contacts = record.get("contacts", ())
        self._hidden = {str(c["id"]) for c in contacts}
        if any(c.get("lives_with") is False for c in contacts):
            # the parents live apart, and nobody knows which of them said it
            self._hidden |= _EITHER
        self._hidden -= include | {to}
        self._own = bool(to) or rules.views != "all"
        self.out: list[LeftOut] = []
        self.gone: set[str] = set()

    def mapping(self, entry: Entry, at: str, names: tuple[str, ...]) -> dict[str, Any]:
        kept: dict[str, Any] = {}
        if self._reader is not None:
            whole, entry = entry, self._reader.without(entry)
            for key in whole.keys() - entry.keys():
                self._drop(whole[key], f"{at}.{key}" if at else key, "family")
        for key, value in entry.items():
            path = f"{at}.{key}" if at else key
            inner = (*names, key)
            if self._own_home(entry, inner):
                kept[key] = value
            elif _ruled(inner, self._rules.leave_out):
                self._drop(value, path, "rule")
            elif _ruled(inner, self._rules.sharing):
                self._drop(value, path, "sharing")
            elif isinstance(value, dict):
                if self._restricted(value):
                    self._drop(value, path, "restricted")
                else:
                    kept[key] = self.mapping(value, path, inner)
            elif isinstance(value, list):
                kept[key] = self._items(value, path, inner)
            else:
                kept[key] = value
        return kept

    def _items(self, items: list[Any], path: str, names: tuple[str, ...]) -> list[Any]:
        ruled = bool(self._rules.leave_out) or names[-1] not in LOGS
        ruled = ruled or self._reader is not None
        if not ruled and not any("restricted" in item for item in items):
            # hundreds of plain entries, in which nothing else is left out
            return list(items)
        kept = []
        last = restricted.until(items, self._restricted)
        for place, item in enumerate(items):
            if not isinstance(item, dict):
                kept.append(item)
                continue
            here = f"{path}[{_label(item, place)}]"
            if self._restricted(item) or restricted.before(item, last):
                self._drop(item, here, "restricted")
            elif names[-1] == "views" and not self._may_read(item):
                self._drop(item, here, "views")
            elif self._reader is not None and not self._reader.keeps(names[-1], item):
                unclear = self._reader.unclear(names[-1], item)
                self._drop(item, here, "unclear" if unclear else "family")
            elif self._reader is not None and (
                whose := self._reader.alone(names[-1], item)
            ):
                self._drop(item, here, "family", whose)
            else:
                kept.append(self.mapping(item, here, names))
        return kept

    def _own_home(self, entry: Entry, names: tuple[str, ...]) -> bool:
        """Whether it is the reader's own address, or the pupil's where it is theirs."""
        own = self._to == entry.get("id")
        if self._to == PUPIL:
            own = bool(entry.get("lives_with"))
        return own and names == ("contacts", "address")

    def _restricted(self, item: Entry) -> bool:
        named = {item.get("id", ""), item.get("of", "")} & self._include
        own = bool(self._to) and item.get("id") == self._to  # the reader's own address
        return bool(item.get("restricted")) and not (named or own or self._marked)

    def _may_read(self, view: Entry) -> bool:
        if self._rules.views == "none":
            return view.get("of") in self._include
        if self._reader is not None or not self._own:
            return True
        return view.get("of") not in self._hidden

    def _drop(self, value: Any, path: str, why: Why, whose: str = "") -> None:
        if value in (None, "", [], {}):
            return
        self.out.append(LeftOut(path, why, whose))
        if why == "restricted":
            self.gone.update(_ids(value))


def _ruled(names: tuple[str, ...], rules: tuple[str, ...]) -> bool:
    """Whether a field is one of those that the rules name."""
    if not rules:
        return False
    dotted = ".".join(names)
    return any(
        dotted == rule or (rule.startswith("**.") and f".{dotted}".endswith(rule[2:]))
        for rule in rules
    )


def _label(item: Entry, place: int) -> str:
    return str(next((item[key] for key in _KEYS if key in item), place))


def _ids(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if "id" in value:
            yield str(value["id"])
        for inner in value.values():
            yield from _ids(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _ids(inner)


def _contacts(record: Entry) -> set[str]:
    return {str(contact["id"]) for contact in record.get("contacts", ())}


def _unnamed(value: Any, lost: set[str]) -> Any:
    """A value in which a contact who was taken out is a parent or carer, not an id."""
    if isinstance(value, str):
        return "parent" if value in lost else value
    if isinstance(value, Mapping):
        return {key: _unnamed(inner, lost) for key, inner in value.items()}
    if isinstance(value, list):
        made = [_unnamed(inner, lost) for inner in value]
        texts = all(isinstance(inner, str) for inner in made)
        return list(dict.fromkeys(made)) if texts else made
    return value


def _without_references(value: Any, gone: set[str]) -> Any:
    """Remove what refers to a removed item: its sessions and results."""
    if isinstance(value, Mapping):
        kept: dict[str, Any] = {}
        for key, inner in value.items():
            if key in _REFERENCES and inner in gone:
                continue
            left = inner
            if key in _PLURAL and isinstance(inner, list):
                left = [i for i in inner if not (isinstance(i, str) and i in gone)]
            kept[key] = _without_references(left, gone)
        return kept
    if isinstance(value, list):
        return [
            _without_references(item, gone) for item in value if not _of(item, gone)
        ]
    return value


def _of(item: Any, gone: set[str]) -> bool:
    """Whether an item is only about something that was taken out."""
    return isinstance(item, Mapping) and any(
        isinstance(item.get(key), str) and item[key] in gone
        for key in ("outcome", "intervention", "item")
    )
