"""Find other people in a text about one pupil: children, family, staff, strangers."""

from __future__ import annotations

import re
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from itertools import chain

from sencli.core.papers.other_names import OtherNames
from sencli.core.papers.other_names import tokens
from sencli.core.people.parent_privacy import PUPIL
from sencli.core.people.parent_privacy import contacts_ever
from sencli.core.people.parent_privacy import separate
from sencli.core.record.diff import Schema
from sencli.core.record.find import PupilName
from sencli.core.record.types import Entry
from sencli.core.text.folding import fold
from sencli.core.text.folding import key as key_of
from sencli.core.text.names_in_text import Names
from sencli.core.text.names_in_text import Word
from sencli.core.text.names_in_text import text_words
from sencli.value import Value

DETAILS = ("address", "telephone", "email")
RELEASE, BLACK_OUT = "release", "black_out"
_NAMES = ("first_name", "last_name", "known_as")
_ANCHOR, _SHORT_WORD = 28, 8
_DETAIL = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w+])(?:\+44|0)(?:[ -]{0,2}\d){9,10}(?!\d)|"
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"
)
_TITLE = re.compile(r"(?i)^(?:mr|mrs|ms|miss|mx|dr|prof)\.? ")
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof)\.? [A-Z][\w'\u2019-]+")
_CAPITAL = re.compile(r"(?<=[a-z,] )([A-Z][a-z]{2,})\b")
_OPENS = re.compile(
    r"(?:^|[.!?:] |['\"\u2018\u201c])([A-Z][a-z]{2,})(?= (?:is|was|has|had|says|said|"
    r"told|hit|hits|did|does|came|went|wants|helps|helped)\b|"
    r"(?: and| or|,) [A-Z])"
)
_RELATIONS = {
    "mother": "mother|mum|mummy|mam",
    "father": "father|dad|daddy",
    "grandmother": "grandmother|grandma|gran|nan|nana",
    "grandfather": "grandfather|grandad|grandpa",
    "stepfather": "stepfather|step-father|stepdad|step-dad",
    "stepmother": "stepmother|step-mother|stepmum|step-mum",
    "sibling": "brother|sister|sibling|twin",
}
_TITLES: tuple[str, ...] = ("Mr", "Mrs", "Ms", "Miss", "Dr")
_SHE = ("mother", "mum", "aunt", "sister", "grandm", "stepm")
_HE = ("father", "dad", "uncle", "brother", "grandf", "stepf")
_ORDINARY = """
monday tuesday wednesday thursday friday saturday sunday january february march april
may june july august september october november december christmas easter english maths
year reception autumn spring summer term code act council equality he she they it we who
this that there nobody everybody everyone somebody someone school class staff parents
"""


class Scene(Value):
    """Who is who.

    Attributes:
        record: the pupil's, as it is now.
        versions: every version of it.
        asker: ``pupil``, a contact's id, or a name that is neither.
        pupils: every pupil of the school.
        staff: initials and names.
        day: today's ISO date.
        root: the schema of a pupil's record.
        vocabulary: words of the school's own that are no names of people.
    """

    record: Entry
    versions: tuple[Entry, ...]
    asker: str
    pupils: tuple[PupilName, ...]
    staff: tuple[tuple[str, str], ...]
    day: str
    root: Schema
    vocabulary: tuple[str, ...] = ()


class Person(Value):
    """Somebody in a text.

    Attributes:
        kind: child, contact, staff, person or detail.
        who: by name.
        suggestion: ``release`` or ``black_out``.
        start: where it begins.
        end: where it ends.
        together: whether one decision is for every place.
    """

    kind: str
    who: str
    suggestion: str
    start: int
    end: int
    together: bool = False


class ThirdPeople:
    """Finds them.

    Args:
        scene: who is who.
        texts: all that is held: a word that is written small in it is no name.

    Attributes:
        contacts: each contact that there ever was, by id, as at last.
        apart: whether each parent is to have a page of their own.
    """

    def __init__(self, scene: Scene, texts: Iterable[str]) -> None:
        self._scene, record = scene, scene.record
        every = (record, *scene.versions)
        self.apart = separate(record, scene.day)
        self.contacts: dict[str, Entry] = {}
        for one in every[::-1]:
            self.contacts |= {c["id"]: c for c in contacts_ever(one, scene.day)}
        own = {str(r.get(name, "")) for r in every for name in _NAMES}
        self._own = {part for name in own for part in tokens(name)}
        known = {part for c in self.contacts.values() for part in tokens(c["name"])}
        self._mine = self._own_details()
        others = [c for c in self.contacts.values() if c["id"] != scene.asker]
        spelt = {name: c for c in others for name in self._spellings(c)}
        self._contact_names = Names(spelt)
        self._contact_of = {key_of(name): c for name, c in spelt.items()}
        self._details = {
            str(contact[name]): contact
            for contact in chain.from_iterable(r.get("contacts", ()) for r in every)
            for name in DETAILS
            if contact["id"] != scene.asker
            and contact.get(name)
            and _bare(contact[name]) not in self._mine
        }
        staff = {
            spelt: name
            for _, name in scene.staff
            for spelt in (name, *(f"{t} {name.split()[-1]}" for t in _TITLES))
        }
        self._staff = {key_of(spelt): name for spelt, name in staff.items()}
        self._staff_names = Names(staff)
        letters = "|".join(re.escape(i) for i, _ in scene.staff if len(i) > 1)
        self._initials = re.compile(rf"(?<!\w)(?:{letters or '(?!)'})(?!\w)")
        self._by_initials = dict(scene.staff)
        rest = [pupil for pupil in scene.pupils if pupil.id != record["id"]]
        families = [
            (pupil.last_name, pupil.id)
            for pupil in rest
            if pupil.last_name and not {*tokens(pupil.last_name)} & (self._own | known)
        ]
        self._children = OtherNames(rest, families)
        self._relation = self._relations()
        self._small = self._own | known | {*map(fold, scene.vocabulary)}
        relatives = " ".join(_RELATIONS.values()).replace("|", " ")
        for text in (_ORDINARY, relatives, *texts):
            self._small |= {w.key for w in text_words(text) if text[w.start].islower()}

    def protected(self, contact: Entry) -> bool:
        """Whether the family lives apart, or a contact's data are kept from others."""
        kept = contact.get("restricted") or contact.get("sharing", "full") != "full"
        return self.apart or bool(kept)

    def of(self, text: str) -> list[Person]:
        """Everybody else in a text."""
        people = [*self._staff_in(text), *self._contacts_in(text)]
        full = [one for one in people if " " in text[one.start : one.end]]
        which = str(self._scene.record["id"])
        children = [
            Person("child", name, BLACK_OUT, start, end)
            for name, start, end in self._children.places(text, self._own, which)
        ]
        found = people + [c for c in children if not _meets(c, full)]
        for one in (*self._details_in(text), *self._strangers(text)):
            found += [] if _meets(one, found) else [one]
        return found

    def _own_details(self) -> set[str]:
        """The address and numbers of whoever asks; of a pupil, those at home."""
        home = [self.contacts.get(self._scene.asker, {})]
        if self._scene.asker == PUPIL:
            home = [c for c in self.contacts.values() if c.get("lives_with")]
        return {_bare(c[name]) for c in home for name in DETAILS if c.get(name)}

    def _spellings(self, contact: Entry) -> Iterator[str]:
        """A name whole, its first alone, and its last with a title."""
        first, *others = _TITLE.sub("", str(contact["name"])).split() or [""]
        yield " ".join((first, *others))
        if not others:
            return
        if not {*tokens(first)} & self._own:
            yield first
        kin = str(contact.get("relationship", "")).casefold()
        titles = () if kin.startswith(_SHE) else _TITLES[:1]
        titles += () if kin.startswith(_HE) else _TITLES[1:]
        yield from (f"{title} {others[-1]}" for title in titles)

    def _relations(self) -> re.Pattern[str]:
        """The words for relatives other than the one who asks."""
        own = str(self.contacts.get(self._scene.asker, {}).get("relationship", ""))
        words = [w for name, w in _RELATIONS.items() if name != own.casefold()]
        return re.compile(rf"(?i)(?<!\w)(?:{'|'.join(words)})(?!\w)")

    def _staff_in(self, text: str) -> Iterator[Person]:
        for one in self._staff_names.longest(text):
            yield Person(
                "staff",
                self._staff[one.key],
                RELEASE,
                one.start,
                one.end,
                together=True,
            )
        for match in self._initials.finditer(text):
            who = self._by_initials[match[0]]
            yield Person("staff", who, RELEASE, *match.span(), together=True)

    def _contacts_in(self, text: str) -> Iterator[Person]:
        for one in self._contact_names.longest(text):
            contact = self._contact_of[one.key]
            kept = self.protected(contact)
            yield Person(
                "contact",
                str(contact["name"]),
                BLACK_OUT if kept else RELEASE,
                one.start,
                one.end,
                together=not kept,
            )
        said = BLACK_OUT if self.apart else RELEASE
        for match in self._relation.finditer(text):
            who, at = match[0].casefold(), match.span()
            yield Person("contact", who, said, *at, together=not self.apart)
        there = text_words(text) if self._details else []
        for value, contact in self._details.items():
            for start, end in spots(value, there, text):
                yield Person("detail", str(contact["name"]), BLACK_OUT, start, end)

    def _details_in(self, text: str) -> Iterator[Person]:
        for match in _DETAIL.finditer(text):
            if _bare(match[0]) not in self._mine:
                yield Person("detail", match[0], BLACK_OUT, *match.span())

    def _strangers(self, text: str) -> Iterator[Person]:
        """Names of nobody that is known: titled, or with a capital of their own."""
        for match in _TITLED.finditer(text):
            if not {*tokens(match[0].split(maxsplit=1)[1])} & self._own:
                yield Person(
                    "person", match[0], BLACK_OUT, *match.span(), together=True
                )
        for match in (*_CAPITAL.finditer(text), *_OPENS.finditer(text)):
            if not {*tokens(match[1]), *tokens(match[1].rstrip("s"))} & self._small:
                at = match.span(1)
                yield Person("person", match[1], BLACK_OUT, *at, together=True)


def _bare(detail: object) -> str:
    """An address or number without its blanks."""
    return "".join(fold(str(detail)).split())


def _meets(one: Person, others: Collection[Person]) -> bool:
    return any(other.start < one.end and one.start < other.end for other in others)


def spots(value: str, there: Sequence[Word], text: str) -> list[tuple[int, int]]:
    """Where a value stands in a text; one that is cut short, from there to the end.

    Args:
        value: what is looked for, however its words are spelt and spaced.
        there: the words of the text.
        text: the text.
    """
    # a short word that is written as a name (Letter) is not the word (by letter)
    great = value[:1].isupper() and len(value) < _SHORT_WORD
    found = [at for at in _all(value, there) if not (great and text[at[0]].islower())]
    if not found and len(value) > _ANCHOR:
        begins = value[:_ANCHOR].rpartition(" ")[0]
        found = [(start, len(text)) for start, _ in _all(begins, there)]
    return found


def _all(wanted: str, there: Sequence[Word]) -> Iterator[tuple[int, int]]:
    parts = [word.key for word in text_words(wanted)]
    for at, word in enumerate(there if parts else ()):
        some = there[at : at + len(parts)]
        if word.key == parts[0] and [w.key for w in some] == parts:
            yield word.start, some[-1].end
