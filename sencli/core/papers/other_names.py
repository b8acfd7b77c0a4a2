"""Find other children's names in texts, even where they are ordinary words.

A name that is a word too (Will, Grace, May) is one where it has a capital that nothing
else gives it, or where what follows speaks of a person.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator
from itertools import pairwise

from sencli.core.record.find import PupilName
from sencli.core.text.folding import key
from sencli.core.text.folding import words
from sencli.core.text.names_in_text import NameFound
from sencli.core.text.names_in_text import Names
from sencli.core.text.names_in_text import Word
from sencli.core.text.names_in_text import text_words
from sencli.value import Value


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_MONTHS = _set("may june april august summer autumn")
_WORDS = _MONTHS | _set(
    "will mark grace hope rose joy faith jack bill art dawn ivy lily daisy poppy olive "
    "pearl ruby amber jasmine robin drew chance guy max miles pat rich sky star sunny "
    "young read reading page king brown white black green day week rob nick frank "
    "chase grant dean earl duke honor patience charity destiny angel princess prince "
    "river sage ash rowan hazel heather holly iris violet willow fern jade crystal "
    "scarlet raven wren jay kit bear wolf fox tiger hunter mason archer carter cooper "
    "parker dale glen heath cliff clay rusty penny bunny kitty harmony melody carol "
    "noel eve buddy junior precious blessing favour sandy rocky lane brook basil "
    "rosemary ginger pepper cherry honey sugar candy coral drake finch bay"
)
_BEFORE_MONTH = _set(
    "in by of from until till since during before after to this last next each every "
    "early late mid end for on through between the"
)
_AFTER_SEASON = _set("term holiday holidays half break")
_AFTER_PERSON = _set(
    "is was has had and says said likes does did can who also sits helps plays reads "
    "hit told came went wants needs"
)
_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_]\. ?){2,3}")
_OPENS = " \t\"'(\u2018\u201c"
_STOPS = ".!?:;\n\u2022*\u2013-"
_SHORTEST = 3


class _Name(Value):
    name: str
    pupil: str
    full: bool = False
    family: bool = False


class OtherNames:
    """The first names of a school's pupils.

    Args:
        pupils: every one.
        families: family names, and whose, where one alone tells who it is.
    """

    def __init__(
        self, pupils: Iterable[PupilName], families: Iterable[tuple[str, str]] = ()
    ) -> None:
        self._named: dict[str, list[_Name]] = {}
        self._initials: dict[str, set[str]] = {}
        spelt: list[str] = []
        for pupil in pupils:
            for name in {pupil.first_name, pupil.known_as} - {""}:
                spelt += self._enter(name, pupil)
            letters = _letters(f"{pupil.first_name} {pupil.last_name}")
            self._initials.setdefault(letters, set()).add(pupil.id)
        for name, whose in families:
            spelt.append(name)
            entry = _Name(name, whose, family=True)
            self._named.setdefault(key(name), []).append(entry)
        self._names = Names(spelt)

    def _enter(self, name: str, pupil: PupilName) -> Iterator[str]:
        """Enter a first name; each spelling by which it is found."""
        first = [(name, _Name(name, pupil.id))]
        half, *others = words(name.split(maxsplit=1)[0]) or [""]
        if others and len(half) >= _SHORTEST:
            first.append((half, _Name(name, pupil.id)))
        if pupil.last_name:
            whole = f"{name} {pupil.last_name}"
            first.append((whole, _Name(whole, pupil.id, full=True)))
        for spelt, entry in first:
            self._named.setdefault(key(spelt), []).append(entry)
            yield spelt

    def places(
        self, text: str, own: Collection[str], pupil: str
    ) -> Iterator[tuple[str, int, int]]:
        """Other children's names in a text, each with where it begins and ends.

        Args:
            text: what was typed.
            own: words in the names of the child, the family and the staff, folded.
            pupil: the child's id.
        """
        done = 0
        there = text_words(text)
        for place in self._names.found_among(text, there):
            if place.start < done:
                continue  # within a longer name that was told already
            for entry in self._named[place.key]:
                if entry.pupil != pupil and _is_name(entry, text, there, place, own):
                    yield entry.name, place.start, place.end
                    done = place.end

    def named(self, text: str, own: Collection[str], pupil: str) -> list[str]:
        """Other children named in a text, each once, in order.

        Args:
            text: what was typed.
            own: words in the names of the child, the family and the staff, folded.
            pupil: the child's id.
        """
        found = dict.fromkeys(name for name, *_ in self.places(text, own, pupil))
        for match in _INITIALS.finditer(text):
            letters = _letters(match[0].replace(".", " "))
            whose = self._initials.get(letters, set())
            if not match[0].isupper():
                continue
            if whose and pupil not in whose and letters not in own:
                found[match[0].strip()] = None
        return list(found)


def letters_of(names: Iterable[str]) -> set[str]:
    """The initials of people, for who may be named by them."""
    return {_letters(name) for name in names}


def tokens(text: str) -> list[str]:
    """The words of a name, folded, each by itself and with the next one."""
    found = words(text)
    return [*found, *map("".join, pairwise(found))]


def _is_name(
    entry: _Name, text: str, there: list[Word], place: NameFound, own: Collection[str]
) -> bool:
    """Whether a word is another child's name here, and not an allowed one."""
    if entry.full:
        return True
    if place.key in own or key(entry.name) in own:
        return False
    if place.key in _WORDS:
        return _person(text, there, place)
    if entry.family:
        return not text[place.start].islower()  # Field, but no field
    return len(place.key) >= _SHORTEST or text[place.start].isupper()


def _person(text: str, there: list[Word], place: NameFound) -> bool:
    """Whether an ordinary word is somebody's name at this place."""
    word = text[place.start : place.end]
    if not word[0].isupper() or (len(word) > 1 and word.isupper()):
        return False
    follows = there[place.after] if place.after < len(there) else None
    after = follows.key if follows else ""
    if follows and follows.joint == "'":
        return True  # Grace's
    if _opens(text[: place.start]):
        return place.key not in _MONTHS and after in _AFTER_PERSON
    if place.key not in _MONTHS:
        return True
    before = [word.key for word in there[: place.first]][-2:]
    dated = any(w in _BEFORE_MONTH or w in _MONTHS or w.isdigit() for w in before)
    return not (dated or after in _AFTER_SEASON or after.isdigit())


def _opens(before: str) -> bool:
    """Whether a sentence begins here, so that any word would have a capital."""
    bare = before.rstrip(_OPENS)
    return not bare or bare[-1] in _STOPS


def _letters(name: str) -> str:
    return "".join(f"{word[0]}." for word in words(name)).upper()
