"""Match the headings of a spreadsheet to fields.

Every school's system lets people choose the columns of a report, so no list of headings
is whole: what is not known is left aside and told, and what may matter is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from types import MappingProxyType

from sencli.core.record.find import plain
from sencli.errors import InvalidValue
from sencli.errors import UsageFault
from sencli.value import Value

NAMELESS = "(without a heading)"
"""What a column without a heading is called, and named by to leave it out."""
ASIDE = "aside"
"""What a kept answer says of a column that is left out."""
_OTHER = re.compile(r"[^\w%]|_")
_NUMBER = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
_PLACES = {
    "primary": 1,
    "main": 1,
    "first": 1,
    "secondary": 2,
    "second": 2,
    "tertiary": 3,
    "third": 3,
}


def bare(text: str) -> str:
    """A heading for comparing: ``SEN Need-Type`` and ``SENNeedType`` are the same."""
    return _OTHER.sub("", plain(text)) or plain(text)


class Kind(Value):
    """What a file may be of, and the columns it may have.

    Attributes:
        name: the word after ``sen import``.
        about: what a row must say.
        fields: what can be taken, with what each is called in a question.
        headings: bare headings to fields.
        numbered: fields that may stand several times, by number: Need 1, Need 2.
        who: sets of fields of which one must be there.
        matters: words of a heading which make it worth a question.
        quiet: bare headings that are known and never needed.
        otherwise: bare headings that mean another field where nothing else says whom a
            row is about: the Surname beside a Contact Name is the pupil's.
        asked: fields among which a question about a column lets choose; else the first.
    """

    name: str
    about: str
    fields: Mapping[str, str]
    headings: Mapping[str, str]
    numbered: frozenset[str]
    who: Sequence[frozenset[str]]
    matters: frozenset[str] = frozenset()
    quiet: frozenset[str] = frozenset()
    otherwise: Mapping[str, str] = MappingProxyType({})
    asked: Sequence[str] = ()

    def says_who(self, fields: Iterable[str]) -> bool:
        """Whether these fields say whom or what a row is about."""
        there = {name.partition(".")[0] for name in fields}
        return any(wanted <= there for wanted in self.who)

    def field_of(self, heading: str) -> str:
        """The field that a heading means, ``needs.2`` for a second one; or ""."""
        want = bare(heading)
        if found := self.headings.get(want, ""):
            return found
        for rest, number in _numbers(want):
            field = self.headings.get(rest, "")
            if field.partition(".")[0] in self.numbered:
                return f"{field.partition('.')[0]}.{number}"
        return ""

    def knows(self, heading: str) -> bool:
        """Whether a text is one of its headings."""
        return bool(self.field_of(heading)) or bare(heading) in self.quiet

    def may_matter(self, heading: str) -> bool:
        """Whether an unknown heading sounds like something that is recorded."""
        words = set(re.findall(r"[a-z]+", plain(re.sub(r"(?<=[a-z])(?=[A-Z])", " ",
                                                        heading))))  # fmt: skip
        return not words.isdisjoint(self.matters)


def _numbers(want: str) -> Iterator[tuple[str, int]]:
    """A heading without its number or its ``primary``, and which it is."""
    if len(found := list(_NUMBER.finditer(want))) == 1 and int(found[0][1]):
        yield want[: found[0].start()] + want[found[0].end() :], int(found[0][1])
    for word, number in _PLACES.items():
        if word in want:
            yield want.replace(word, "", 1), number


class Columns(Value):
    """What the columns of a file are.

    Attributes:
        fields: by column; "" for one that is left aside.
        unknown: headings that are not known, and left aside.
        doubtful: those of them that may matter.
        answers: what was said of columns, now or before, by heading.
    """

    fields: tuple[str, ...]
    unknown: tuple[str, ...]
    doubtful: tuple[str, ...]
    answers: Mapping[str, str]


def columns(
    headings: Sequence[str],
    kind: Kind,
    answers: Mapping[str, str],
    kept: Mapping[str, str] = MappingProxyType({}),
) -> Columns:
    """The field of each column.

    Args:
        headings: as they stand in the file.
        kind: what the file is of.
        answers: heading to field, or to ``aside``, as typed.
        kept: the same, as it was said of such a file before.

    Raises:
        InvalidValue: nothing says whom or what a row is about.
        UsageFault: a heading or field that is not there was named.
    """
    named = {bare(head): _field(name, kind) for head, name in answers.items()}
    folded = [bare(head or NAMELESS) for head in headings]
    for typed, head in zip(answers, named, strict=True):
        if head not in folded:
            raise UsageFault(
                f"The file has no column {typed!r}.", f"It has: {', '.join(headings)}"
            )
    before = {bare(head): name for head, name in kept.items()}
    own = {head: name for head, name in before.items() if head in folded} | named
    found, unknown, doubtful = [], [], []
    for head, want in zip(headings, folded, strict=True):
        field = own.get(want) or kind.field_of(head)
        if not field:
            unknown.append(head.strip() or NAMELESS)
            if kind.may_matter(head) and want not in kind.quiet:
                doubtful.append(head)
        found.append("" if field == ASIDE else field)
    if not kind.says_who(found):
        other = [
            field if want in own else kind.otherwise.get(want, field)
            for field, want in zip(found, folded, strict=True)
        ]
        found = other if kind.says_who(other) else found
    found = _told_apart(found, kind)
    _refuse(found, headings, kind)
    said = {h: own[w] for h, w in zip(headings, folded, strict=True) if w in own}
    return Columns(tuple(found), tuple(unknown), tuple(doubtful), said)


def _told_apart(found: Sequence[str], kind: Kind) -> list[str]:
    """Number fields that stand twice: Need 1, Rank, Need 2, Rank."""
    last, seen, made = 0, dict.fromkeys(found, 0), []
    for field in found:
        base, _, number = field.partition(".")
        last = int(number) if number else last
        if base in kind.numbered and not number and found.count(field) > 1:
            seen[field] += 1
            made.append(f"{base}.{last or seen[field]}")
        else:
            made.append(field)
    return made


def _field(name: str, kind: Kind) -> str:
    if name == ASIDE:
        return name
    field = name if name.partition(".")[0] in kind.fields else kind.field_of(name)
    if not field:
        raise UsageFault(
            f"There is no field {name!r} to import.",
            f"There are: {', '.join(kind.fields)}",
        )
    return field


def _refuse(found: Sequence[str], headings: Sequence[str], kind: Kind) -> None:
    if not kind.says_who(found):
        ways = " or ".join(" and ".join(sorted(wanted)) for wanted in kind.who)
        raise InvalidValue(
            f"No column says {kind.about}. The file has: "
            f"{', '.join(h or NAMELESS for h in headings)}. Nothing was changed.",
            f"Name one: --map COLUMN=FIELD, FIELD being {ways}",
        )


def recognised(kept: Iterable[Mapping[str, object]], headings: Sequence[str],
               kind: str) -> dict[str, str]:  # fmt: skip
    """What was said of the columns of a file with these headings, if it was.

    A report that has gained a column since is still the same.
    """
    here = set(map(bare, headings))
    for entry in reversed(list(kept)):
        if entry["kind"] == kind and set(str(entry["headings"]).split("; ")) <= here:
            listed = entry["columns"]
            if isinstance(listed, list):
                return {c["heading"]: c.get("field", ASIDE) for c in listed}
    return {}


def kept_with(
    kept: Sequence[Mapping[str, object]],
    headings: Sequence[str],
    kind: str,
    answers: Mapping[str, str],
) -> list[Mapping[str, object]]:
    """What is kept for next time, with what was said of this file."""
    if not answers:
        return list(kept)
    here = "; ".join(sorted(filter(None, set(map(bare, headings)))))
    entry = {
        "kind": kind,
        "headings": here,
        "columns": [
            {"heading": head or NAMELESS} | ({} if field == ASIDE else {"field": field})
            for head, field in answers.items()
        ],
    }
    others = [e for e in kept if (e["kind"], e["headings"]) != (kind, here)]
    old = next((e for e in kept if (e["kind"], e["headings"]) == (kind, here)), None)
    return list(kept) if old == entry else [*others, entry]
