"""What in a pupil's data is about somebody else: marked for a person to decide.

Nothing goes to the family while a mark is undecided.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from hashlib import sha256
from itertools import chain
from typing import Any

from sencli.core.handover.material import Passage
from sencli.core.handover.material import strings
from sencli.core.papers.third_people import BLACK_OUT
from sencli.core.papers.third_people import DETAILS
from sencli.core.papers.third_people import RELEASE
from sencli.core.papers.third_people import Person
from sencli.core.papers.third_people import Scene
from sencli.core.papers.third_people import ThirdPeople
from sencli.core.papers.third_people import spots
from sencli.core.people.parent_privacy import PUPIL
from sencli.core.people.parent_privacy import reader_of
from sencli.core.record.items import items
from sencli.core.record.types import Entry
from sencli.core.text.folding import fold
from sencli.core.text.names_in_text import text_words
from sencli.value import Value

KINDS = {
    "restricted": "an entry marked restricted",
    "sensitive": "safeguarding or legal matters",
    "child": "another child",
    "contact": "another parent or contact",
    "words": "what another person said or got",
    "detail": "an address, number or e-mail",
    "person": "perhaps a third person",
    "staff": "a member of staff",
    "document": "a document",
    "perhaps": "perhaps about this pupil, perhaps about another",
}
"""What a mark may be of."""

OPEN, WHOLE = "open", "whole"
DECISIONS = {
    RELEASE: "release it",
    BLACK_OUT: "black out what is marked",
    WHOLE: "withhold the whole text",
}
_SENSITIVE = re.compile(
    r"(?i)\b(?:safeguard\w*|child protection|cpoms|mash|lado|section 47|police|abus\w+|"
    r"neglect\w*|domestic violence|disclos(?:ed|ure)|injunction|court|solicitor\w*|"
    r"barrister|legal(?:ly)? (?:advice|privileged?)|without prejudice|social worker|"
    r"child in need|bruis\w+|self-harm\w*|suicid\w*|allegations?|women's refuge|"
    r"non-molestation|restraining order|"
    # what a child tells of home is for nobody there
    r"(?:mum|mummy|mam|mother|dad|daddy|father|step\w+|uncle|brother|parents?|carer)\b"
    r"[^.;!?\n]{0,20}\b(?:hits?|hurts?|beats?|slap\w*|smack\w*|kick\w*|threaten\w*|"
    r"touch\w*))\b"
)
# where a sentence or a quotation ends, or a quotation begins
_ENDS = re.compile(
    r"(?<!\w)['\"\u2018\u201c]|(?=['\"\u2019\u201d](?!\w))|[.!?;](?=\s)|\n"
)
_LOGS = frozenset({"Session", "Tally", "Measurement", "Placement"})
_WHOSE = (
    *("of", "raised_by", "who", "to", "with", "from", "by", "attended", "invited"),
)
_SHORTEST = 4
_KEY = 12


class Place(Value):
    """Where a mark stands: in which passage, from where to where."""

    passage: int
    start: int
    end: int


class Mark(Value):
    """One thing to decide.

    Attributes:
        key: what it is known by: of whose it is and of the text in which it stands.
        kind: one of ``KINDS``.
        who: whom it is about, or what, in words.
        suggestion: what is usual; nobody has decided it.
        places: where it stands.
        whole: whether it is of whole texts.
    """

    key: str
    kind: str
    who: str
    suggestion: str
    places: tuple[Place, ...]
    whole: bool = False


class _Hidden(Value):
    kind: str
    who: str
    suggestion: str
    values: tuple[str, ...]


def marks(passages: Sequence[Passage], scene: Scene) -> list[Mark]:
    """Every mark, in the order in which they stand.

    One of a person who is only named as what they are (a teacher) is one for all
    places; any other is one for each text.
    """
    people = ThirdPeople(scene, (passage.text for passage in passages))
    hidden = _hidden(scene, people)
    made: dict[str, Mark] = {}
    for number, passage in enumerate(passages):
        end, text = len(passage.text), passage.text
        wholes = [(found, True) for found in _wholes(passage, hidden)]
        inner = chain(_held_within(passage, hidden), _sensitive(text), people.of(text))
        parts = [(found, False) for found in inner]
        if passage.section == "history":
            author = passage.head.partition(", ")[2]
            parts.append((Person("staff", author, RELEASE, 0, 0, together=True), False))
        for found, whole in (*wholes, *parts):
            its = "" if found.together else fold(text)
            name = f"{found.kind}\n{found.who}\n{whole}\n{its}"
            key = sha256(name.encode()).hexdigest()[:_KEY]
            at = (0, end) if whole else (found.start, found.end)
            before = made[key].places if key in made else ()
            places = tuple(dict.fromkeys((*before, Place(number, *at))))
            made[key] = Mark(
                key, found.kind, found.who, found.suggestion, places, whole
            )
    return list(made.values())


def _hidden(scene: Scene, people: ThirdPeople) -> dict[str, _Hidden]:
    """The entries that are not simply the pupil's own, by their paths."""
    found: dict[str, _Hidden] = {}
    asker = scene.asker
    to = asker if asker == PUPIL or asker in people.contacts else PUPIL
    for record in (*scene.versions, scene.record):
        reader = reader_of(record, to, scene.day)
        for place in items(record, scene.root):
            value = place.value
            if place.title in _LOGS or not isinstance(value, dict):
                continue
            kind = place.path.rpartition(".")[2].partition("[")[0]
            said = tuple(filter(says_much, strings(value)))
            if value.get("restricted") and value.get("id") != to:
                what = place.title.casefold()
                found[place.path] = _Hidden("restricted", what, WHOLE, said)
            elif kind == "contacts" and value["id"] != to:
                told = any(value.get(name) for name in (*DETAILS, "note"))
                usual = WHOLE if told or people.protected(value) else RELEASE
                found[place.path] = _Hidden("contact", value["name"], usual, said)
            elif kind != "contacts" and not reader.keeps(kind, value):
                who = _whose(value, people.contacts)
                usual = WHOLE if people.apart else RELEASE
                found[place.path] = _Hidden("words", who, usual, said)
    return found


def _whose(value: Mapping[str, Any], contacts: Mapping[str, Entry]) -> str:
    named = (value[name] for name in _WHOSE if value.get(name))
    who = next(named, "somebody else")
    several = who if isinstance(who, list) else [who]
    names = (str(contacts.get(one, {}).get("name", one)) for one in several)
    return ", ".join(names)


def _wholes(passage: Passage, hidden: Mapping[str, _Hidden]) -> Iterable[Person]:
    """What is decided of the whole of a text."""
    above = (hidden[path] for path in _above(passage.path) if path in hidden)
    if (entry := next(above, None)) is not None:
        yield Person(entry.kind, entry.who, entry.suggestion, 0, 0)
    if passage.section == "documents":
        usual = WHOLE if passage.private else RELEASE
        yield Person("document", passage.text, usual, 0, 0)
    if passage.perhaps:
        yield Person("perhaps", passage.head, WHOLE, 0, 0)


def _held_within(passage: Passage, hidden: Mapping[str, _Hidden]) -> Iterator[Person]:
    """Where what is hidden within an entry stands in the sentence of that entry."""
    there = None
    for path, entry in hidden.items():
        if not (passage.path and path.startswith(f"{passage.path}.")):
            continue
        usual = RELEASE if entry.suggestion == RELEASE else BLACK_OUT
        there = text_words(passage.text) if there is None else there
        for value in entry.values:
            for start, end in spots(value, there, passage.text):
                yield Person(entry.kind, entry.who, usual, start, end)


def _sensitive(text: str) -> Iterator[Person]:
    """The sentences in which a word of safeguarding or of the law stands."""
    ends = [0, *(match.end() for match in _ENDS.finditer(text)), len(text)]
    for match in _SENSITIVE.finditer(text):
        start = max(end for end in ends if end <= match.start())
        stop = min(end for end in ends if end >= match.end())
        start += len(text[start:stop]) - len(text[start:stop].lstrip())
        yield Person("sensitive", match[0].casefold(), BLACK_OUT, start, stop)


def _above(path: str) -> Iterator[str]:
    """A path, and those of the entries that hold it."""
    yield path
    for at in range(len(path) - 1, 0, -1):
        if path[at] in ".[":
            yield path[:at]


def says_much(value: str) -> bool:
    """Whether a text is more than a code or a word that anybody may use."""
    return len(value) >= _SHORTEST and (
        " " in value.strip() or value[0].isupper() or "@" in value
    )
