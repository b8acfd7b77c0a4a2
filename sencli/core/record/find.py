"""Find the pupil, item or person meant by what was typed, without guessing."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from types import MappingProxyType
from typing import Any
from typing import TypeVar

from sencli import terms
from sencli.core.record import lookup
from sencli.core.record.numbering import fits_numbers
from sencli.core.record.numbering import number_of
from sencli.core.text.folding import Folded
from sencli.core.text.folding import fold
from sencli.core.text.folding import key
from sencli.core.text.folding import slips
from sencli.core.text.folding import sort_key
from sencli.core.text.folding import squeezed
from sencli.core.text.folding import words
from sencli.errors import Ambiguous
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.value import Value

T = TypeVar("T")
SHOWN = 10
_NEAR = 5


class PupilName(Value):
    """A pupil's id with the names that a search looks at."""

    id: str
    first_name: str
    last_name: str = ""
    known_as: str = ""

    @property
    def shown(self) -> str:
        """First and family name, with the everyday name where it differs."""
        name = f"{self.first_name} {self.last_name}".strip()
        return f"{name} ({self.known_as})" if self.known_as else name


def matches(
    typed: str, candidates: Iterable[T], text: Callable[[T], str | tuple[str, ...]]
) -> list[T]:
    """The candidates that the words fit best: whole text, whole words, then parts.

    Args:
        typed: what was typed.
        candidates: what it may mean.
        text: the wording of one, or all its wordings, the fullest first.
    """
    want = words(typed)
    if not want:
        return []
    joined = "".join(want)
    near = list(_holding(typed, candidates, text))
    wanted = key(typed)
    if whole := [c for c, said in near if any(key(one) == wanted for one in said)]:
        return whole
    likely = [(candidate, Folded.of(said[0])) for candidate, said in near]
    tests: tuple[Callable[[Folded], bool], ...] = (
        lambda have: have.has_words(want),
        lambda have: have.begins_words(want),
        lambda have: joined in have.whole,
    )
    for test in tests:
        if found := [c for c, have in likely if test(have)]:
            return found
    return []


def _holding(
    typed: str,
    candidates: Iterable[T],
    text: Callable[[T], str | tuple[str, ...]],
) -> Iterator[tuple[T, tuple[str, ...]]]:
    """The candidates that contain all words, with their wordings."""
    want = [squeezed(word) for word in words(typed)]
    for candidate in candidates:
        found = text(candidate)
        said = (found,) if isinstance(found, str) else found
        loose = squeezed(said[0])
        if all(word in loose for word in want) and any(
            fits_numbers(typed, wording) for wording in said
        ):
            yield candidate, said


def one(
    typed: str,
    found: Sequence[T],
    *,
    what: str,
    show: Callable[[T], str],
    hint: str,
    everything: Sequence[T] = (),
) -> T:
    """The only one found.

    Raises:
        NotFound: none; says what there is.
        Ambiguous: several; lists them.
    """
    if len(found) == 1:
        return found[0]
    listed = found or everything
    lines = "".join(f"\n  {show(item)}" for item in listed[:SHOWN])
    if len(listed) > SHOWN:
        lines += f"\n  and {len(listed) - SHOWN} more"
    if found:
        raise Ambiguous(f"{typed!r} could be more than one {what}:{lines}", hint)
    there = f" There are:{lines}" if everything else ""
    near = _near(typed, everything, show)
    hint = "".join(f"Did you mean {show(item)}?\n" for item in near) + hint
    raise NotFound(f"No {what} fits {typed!r}.{there}", hint)


def pupil(typed: str, names: Sequence[PupilName]) -> PupilName:
    """The pupil meant by an id or an unmistakable part of the name.

    Raises:
        NotFound: nobody; names those who may be meant, and takes none of them.
        Ambiguous: several; lists them.
    """
    exact = [n for n in names if n.id == typed.strip().casefold()]
    found = exact or ([] if "," in typed else matches(typed, names, _spelt))
    hint = "Type more of the name, or the id in front of it."
    if not found:
        near = _near(typed, names, lambda n: _spelt(n)[0])
        meant = [f"Did you mean {n.shown}? sen pupil show {n.id}" for n in near]
        hint = "\n".join(meant) or "See who is there: sen pupil list --all"
    listed = sorted(found, key=lambda n: sort_key(f"{n.last_name} {n.shown}"))
    return one(
        typed, listed, what="pupil", show=lambda n: f"{n.id}  {n.shown}", hint=hint
    )


def _spelt(name: PupilName) -> tuple[str, ...]:
    """All names in a row, and how the pupil is called in full."""
    every = f"{name.first_name} {name.known_as} {name.last_name}"
    given = filter(None, (name.first_name, name.known_as))
    return (every, *(f"{first} {name.last_name}" for first in given))


def _near(typed: str, listed: Sequence[T], text: Callable[[T], str]) -> list[T]:
    """Those that may be meant, for a slip in the letters; the likeliest first."""
    if not any(map(str.isalpha, typed)):
        return []  # a number is never a slip of another
    counted = [(slips(typed, text(one)), one) for one in listed]
    near = [(count, one) for count, one in counted if count is not None]
    least = min((count for count, _ in near), default=0)
    return [one for count, one in near if count == least][:_NEAR]


def item(
    typed: str,
    listed: Sequence[Mapping[str, Any]],
    wording: Callable[[Mapping[str, Any]], str],
    what: str,
    hint: str = "",
) -> Mapping[str, Any]:
    """An item by its number in the list (from 1), its id, or part of its wording.

    Args:
        typed: what was typed.
        listed: the items.
        wording: how an item is shown.
        what: its kind.
        hint: what to type instead; by default its number.

    Raises:
        NotFound: no such number or wording; says what there is.
        Ambiguous: several fit; lists them.
    """
    numbered = list(enumerate(listed, 1))

    def show(entry: tuple[int, Mapping[str, Any]]) -> str:
        return f"{entry[0]}. {wording(entry[1])}"

    text = typed.strip()
    found = [e for e in numbered if e[1].get("id") == text.casefold()]
    number = number_of(text, (what, *what.split()[:1])) if not found else None
    if number is not None:
        found = [e for e in numbered if e[0] == number[1]]
    found = found or (
        matches(text, numbered, lambda e: wording(e[1])) if number is None else []
    )
    hint = hint or (
        f"Type its number, or more of its wording, in quotation marks: {what} 1"
    )
    if not numbered:
        hint = f"There is no {what} in this cycle yet: sen {what} add"
    return one(typed, found, what=what, show=show, hint=hint, everything=numbered)[1]


_AT_HOME = MappingProxyType({
    "mum": "mother", "mummy": "mother", "mam": "mother", "mom": "mother",
    "dad": "father", "daddy": "father",
    "nan": "grandmother", "gran": "grandmother", "granny": "grandmother",
    "grandma": "grandmother", "grandad": "grandfather", "grandpa": "grandfather",
})  # fmt: skip
"""What families call those whom a record names by their relationship."""


KIN = MappingProxyType({**_AT_HOME, **{name: name for name in _AT_HOME.values()}})
"""The relationship that each word for one means."""


def at_home(typed: str, said: Iterable[str]) -> str:
    """The relationship meant by what a family calls it, unless it stands there so.

    Args:
        typed: as typed: mum, dad, nan ...
        said: how the record names its contacts.
    """
    folded = fold(typed.strip())
    known = _AT_HOME.get(folded, "")
    return typed if not known or any(folded in words(one) for one in said) else known


def person(typed: str, record: Mapping[str, Any], school: Mapping[str, Any]) -> str:
    """A person as the record names them: contact id, staff initials, or a role word.

    Raises:
        NotFound: nobody of that name is known to the record or the school.
    """
    text = typed.strip()
    folded = fold(text)
    shortcuts = {"parents": "parent", "carer": "parent", "child": "pupil"}
    role = shortcuts.get(folded, folded)
    if role in terms.ROLES:
        return role
    contacts = list({c["id"]: c for c in record.get("contacts", ())}.values())
    staff = list(school.get("staff", ()))
    for entry in contacts:
        if entry["id"] == folded:
            return str(entry["id"])
    for entry in staff:
        if fold(entry["initials"]) == folded:
            return str(entry["initials"])
    if key(text) in {key(lookup.display_name(record)), key(lookup.full_name(record))}:
        return "pupil"
    known: list[tuple[str, str]] = [
        (c["id"], f"{c['name']} {c.get('relationship', '')}") for c in contacts
    ]
    text = at_home(text, [words_of for _, words_of in known])
    known += [(s["initials"], s["name"]) for s in staff]
    found = matches(text, known, lambda k: k[1])
    given = {key(str(record.get(name, ""))) for name in ("first_name", "known_as")}
    if not found and text and key(text) in given:
        return "pupil"
    near = [] if found else _near(text, known, lambda k: k[1])
    meant = "".join(f"Did you mean {k[1].strip()}? Type {k[0]}.\n" for k in near)
    return one(
        typed,
        found,
        what="person",
        show=lambda k: f"{k[0]}  {k[1].strip()}",
        hint=meant
        + "Use parent, pupil, teacher, senco or initials, or enter the person: "
        "sen contact add PUPIL NAME --relationship RELATIONSHIP, or "
        "sen staff add INITIALS --name NAME",
    )[0]


def people(
    typed: str, record: Mapping[str, Any], school: Mapping[str, Any]
) -> list[str]:
    """Several people, separated by commas, each once."""
    return list(
        dict.fromkeys(
            person(name, record, school) for name in typed.split(",") if name.strip()
        )
    )


_NONE: Mapping[str, str] = MappingProxyType({})
_SHOWN = 24


def plain(text: str) -> str:
    """A word for comparing: no case, accents, underscores or hyphens."""
    return fold(text.replace("_", " ").replace("-", " "))


def choose(
    typed: str,
    options: Mapping[str, str],
    what: str,
    aliases: Mapping[str, str] = _NONE,
) -> str:
    """The code meant by itself, by its words, or by an unmistakable part of them.

    Args:
        typed: what was typed.
        options: code to words.
        what: what is chosen, for the message: "kind of need".
        aliases: further words (plain, lower case) to code.

    Raises:
        InvalidValue: none or several fit; says what can be typed.
    """
    want = plain(typed)
    for code, name in options.items():
        if want in {plain(code), plain(name)}:
            return code
    if want in aliases:
        return aliases[want]
    found = matches(want, list(options), lambda code: plain(options[code]))
    if len(found) == 1:
        if _certain(want, plain(options[found[0]])):
            return found[0]
        found = []
    listed = [
        code if plain(options[code]) == plain(code) else f"{code} ({options[code]})"
        for code in found or options
    ]
    article = "an" if what[:1] in "aeio" else "a"
    said = f"{article} {what}" + (" alone: it could be several" if found else "")
    raise InvalidValue(f"{typed!r} is not {said}.", f"Type one of: {', '.join(listed)}")


_SHORTEST_PART = 3
_NEGATIONS = frozenset({"no", "not", "none", "without"})


def _certain(part: str, name: str) -> bool:
    """Whether a part of a name can mean nothing else: ``A`` was School Action once.

    A short one begins the name, and what is denied (``not measured``) is typed so.
    """
    if len(part) < _SHORTEST_PART or name.startswith(part):
        return len(part) >= _SHORTEST_PART
    return len(part) > _SHORTEST_PART and name.split(maxsplit=1)[0] not in _NEGATIONS
