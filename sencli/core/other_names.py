"""Other children's names in what was typed, also where they are ordinary words.

A name that is a word too (Will, Grace, May) is one where it has a capital that nothing
else gives it, or where what follows speaks of a person.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Iterator

from sencli.core.find import Named
from sencli.core.folding import fold
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
_WORD = re.compile(r"\w[\w'\u2019-]*")
_INITIALS = re.compile(r"(?<!\w)(?:[A-Z]\. ?){2,3}")
_OPENS = " \t\"'(\u2018\u201c"
_STOPS = ".!?:;\n\u2022*\u2013-"
_SHORTEST = 3


class _Name(Value):
    name: str
    last: str
    pupil: str


class OtherNames:
    """The first names of a school's pupils.

    Args:
        pupils: every one.
    """

    def __init__(self, pupils: Iterable[Named]) -> None:
        self._names: dict[str, list[_Name]] = {}
        self._initials: dict[str, set[str]] = {}
        for pupil in pupils:
            for name in {pupil.first_name, pupil.known_as} - {""}:
                made = _Name(name, pupil.last_name, pupil.id)
                for key in _keys(name):
                    self._names.setdefault(key, []).append(made)
            letters = _letters(f"{pupil.first_name} {pupil.last_name}")
            self._initials.setdefault(letters, set()).add(pupil.id)

    def named(self, text: str, own: Collection[str], pupil: str) -> list[str]:
        """Other children named in a text, each once, in order.

        Args:
            text: what was typed.
            own: words in the names of the child, the family and the staff, folded.
            pupil: the child's id.
        """
        found: dict[str, None] = {}
        done = 0
        for match in _WORD.finditer(text):
            if match.start() < done:
                continue  # the family name of somebody named already
            for word in _parts(match[0]):
                for entry in self._names.get(word, ()):
                    if entry.pupil == pupil:
                        continue
                    if name := _name(entry, text, match, own):
                        found[name] = None
                        done = match.start() + len(name)
        for match in _INITIALS.finditer(text):
            letters = _letters(match[0].replace(".", " "))
            whose = self._initials.get(letters, set())
            if whose and pupil not in whose and letters not in own:
                found[match[0].strip()] = None
        return list(found)


def letters_of(names: Iterable[str]) -> set[str]:
    """The initials of people, for who may be named by them."""
    return {_letters(name) for name in names}


def tokens(text: str) -> list[str]:
    """The words of a name, folded; the 's of a name is none of it."""
    return [part for word in _WORD.findall(text) for part in _parts(word)]


def _name(entry: _Name, text: str, match: re.Match[str], own: Collection[str]) -> str:
    """The name as it is to be told of, or "" where it is none here."""
    name = fold(entry.name)
    around = fold(text[match.start() :])
    if entry.last and _begins(around, f"{name} {fold(entry.last)}"):
        return f"{entry.name} {entry.last}"
    if name in own or next(iter(_parts(name))) in own:
        return ""
    if " " in name and not _begins(around, name):
        return ""
    if name in _WORDS:
        return entry.name if _person(text, match) else ""
    if len(name) < _SHORTEST and not match[0][0].isupper():
        return ""
    return entry.name


def _person(text: str, match: re.Match[str]) -> bool:
    """Whether an ordinary word is somebody's name at this place."""
    word = match[0]
    if not word[0].isupper() or (len(word) > 1 and word.isupper()):
        return False
    bare = next(iter(_parts(word)))
    after = fold(next(iter(_WORD.findall(text[match.end() :])), ""))
    if fold(word) != bare and "-" not in word:
        return True  # Grace's
    if _opens(text[: match.start()]):
        return bare not in _MONTHS and after in _AFTER_PERSON
    if bare not in _MONTHS:
        return True
    before = [fold(w) for w in _WORD.findall(text[: match.start()])][-2:]
    dated = any(w in _BEFORE_MONTH or w in _MONTHS or w.isdigit() for w in before)
    return not (dated or after in _AFTER_SEASON or after.isdigit())


def _opens(before: str) -> bool:
    """Whether a sentence begins here, so that any word would have a capital."""
    bare = before.rstrip(_OPENS)
    return not bare or bare[-1] in _STOPS


def _begins(text: str, name: str) -> bool:
    rest = text[len(name) :]
    return text.startswith(name) and not rest[:1].isalnum()


def _keys(name: str) -> list[str]:
    """By which words a name is found: its first, and the first half of a double one."""
    first = next(iter(_WORD.findall(name)), "")
    whole, *halves = _parts(first) if first else [""]
    return [whole, *(half for half in halves[:1] if len(half) >= _SHORTEST)]


def _parts(word: str) -> Iterator[str]:
    """A word as names are looked up: folded, without 's, and its hyphenated parts."""
    bare = fold(word).replace("\u2019", "'").removesuffix("'s").rstrip("'-")
    yield bare
    if "-" in bare:
        yield from bare.split("-")


def _letters(name: str) -> str:
    words = [word for word in re.split(r"[\s-]+", name) if word]
    return "".join(f"{word[0]}." for word in words).upper()
