"""Advice before a paper goes to parents: jargon, codes, names, hard sentences.

Judged is what people typed and the paper shows, field by field, so that each remark can
name the field and the command that changes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any

from sencli.core.papers.other_names import OtherNames
from sencli.core.papers.other_names import letters_of
from sencli.core.papers.other_names import tokens
from sencli.core.record.diff import Schema
from sencli.core.record.find import PupilName
from sencli.core.record.items import place_name
from sencli.core.record.walk import LOGS
from sencli.core.record.walk import Path
from sencli.core.text.lines import shortened
from sencli.core.text.reading_age import reading_age
from sencli.value import Value


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_CODE = re.compile(r"\b[A-Z][A-Z0-9]{1,7}\b")
_KNOWN = _set(
    "SEN SENCO EHC UK GB TV PE ICT OK DVD CD PC ID AM PM BBC RE MP3 USA GP NHS A4"
)
_UNJUDGED = _set(
    "id type name first_name last_name known_as class year_group upn former_upn uln "
    "initials relationship language telephone email address provision layer tier kind "
    "how of who by led_by attended invited teacher service from_school to_school "
    "officer joined_from from_authority to_authority "
    "measure scale source file title form_of_address guidance flag result decision "
    "decisions reason_code "
    "academic_year term provider school urn laestab registration commissioned_by base"
)
_ISO_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NAMES = ("first_name", "last_name", "known_as")
_LONGEST = 60
SHORT = 40
"""To how many letters a paper may cut a wording."""
_PROBE = 16
_TOLERANCE = 0.5
_ADULT = 18


class Text(Value):
    """A text that somebody typed.

    Attributes:
        path: where, as ``sen history`` shows it.
        text: the whole of it.
        command: what to type to change it.
        spoken: whether it is somebody's own words: they stay as they were said.
    """

    path: str
    text: str
    command: str
    spoken: bool = False


class Remark(Value):
    """A remark on what a parent may find hard.

    Attributes:
        kind: ``jargon``, ``code``, ``name`` or ``reading age``.
        path: the field.
        message: what is wrong, in plain words.
        command: what to type.
    """

    kind: str
    path: str
    message: str
    command: str


class Guard:
    """Checks texts for families; made once for all papers.

    Args:
        jargon: words of the trade, each with what to say instead.
        pupils: every pupil of the school.
        staff: names of the staff, which may stand on a paper.
        age: the reading age that papers keep to, in years.
        families: family names, and whose, where one alone tells who it is.
    """

    def __init__(
        self,
        jargon: Mapping[str, str],
        pupils: Iterable[PupilName],
        staff: Iterable[str] = (),
        age: int = 12,
        families: Iterable[tuple[str, str]] = (),
    ) -> None:
        self._age = age
        named = list(staff)
        self._staff = {part for name in named for part in tokens(name)}
        self._staff |= letters_of(named)
        self._instead = {word.casefold(): said for word, said in jargon.items()}
        words = sorted(map(re.escape, jargon), key=len, reverse=True)
        # a code is spelt in capitals; a word of the trade however it is written
        self._capitals = {word for word in jargon if word.isupper()}
        self._jargon = re.compile(
            rf"(?<!\w)(?:{'|'.join(words) or '(?!)'})(?!\w)", re.IGNORECASE
        )
        self._others = OtherNames(pupils, families)

    def remarks(self, found: Iterable[Text], record: Mapping[str, Any]) -> list[Remark]:
        """Everything that a parent may stumble over, in the order of the texts."""
        own = self._own(record)
        # the name of the child's own class is no code to the family
        own |= {
            str(stay.get("class", "")).casefold()
            for stay in record.get("placements", ())
        }
        return [
            remark for text in found for remark in self._of(text, own, record["id"])
        ]

    def others(self, text: str, record: Mapping[str, Any]) -> list[str]:
        """Other children named in a text about one child, each once."""
        return self._others.named(text, self._own(record), record["id"])

    def _own(self, record: Mapping[str, Any]) -> set[str]:
        """Words that name the child, the family or the staff."""
        named = [
            *(str(record.get(key, "")) for key in _NAMES),
            *(str(contact["name"]) for contact in record.get("contacts", ())),
        ]
        own = {part for name in named for part in tokens(name)} | self._staff
        return own | letters_of(named)

    def _of(self, text: Text, own: set[str], pupil: str) -> Iterator[Remark]:
        for name in self._others.named(text.text, own, pupil):
            yield _remark("name", text, f"names another child ({name})")
        if text.spoken:
            return
        said = dict.fromkeys(self._jargon.findall(text.text))
        for word in said:
            if word.upper() in self._capitals and not word.isupper():
                continue
            kind = "code" if word.isupper() else "jargon"
            instead = self._instead.get(word.casefold(), "")
            advice = f"; say “{instead}”" if instead else ""
            yield _remark(kind, text, f"has “{word}”{advice}")
        if not text.text.isupper():
            for code in dict.fromkeys(_CODE.findall(text.text)):
                if code not in _KNOWN | said.keys() and code.casefold() not in own:
                    yield _remark(
                        "code", text, f"has “{code}”, which parents may not know"
                    )
        age = reading_age(text.text)
        if age is not None and age > self._age + _TOLERANCE:
            old = f"{age:.0f}" if age < _ADULT else f"{_ADULT} or more"
            hard = f"needs a reading age of {old}; papers keep to {self._age}"
            yield _remark("reading age", text, f"{hard}: use short sentences and words")


def texts(record: Mapping[str, Any], schema: Schema, printed: str) -> list[Text]:
    """The texts of a record that a paper shows.

    Args:
        record: the pupil's.
        schema: the pupil's schema.
        printed: the paper as text.
    """
    shown = _flat(printed)
    found = []
    for steps, text in _typed(record, ()):
        if not _is_printed(text, shown):
            continue
        path = place_name(record, steps, schema)
        command = f'sen pupil set {record["id"]} "{path}=WORDS"'
        found.append(Text(path, text, command, ".views[" in path))
    return found


def _typed(entry: Mapping[str, Any], at: Path) -> Iterator[tuple[Path, str]]:
    """Texts of the fields that are judged, with their places; a date is none."""
    for key, value in entry.items():
        if key in _UNJUDGED:
            continue
        if isinstance(value, str):
            if not _ISO_DATE.fullmatch(value):
                yield (*at, key), value
        elif isinstance(value, dict):
            yield from _typed(value, (*at, key))
        elif isinstance(value, list):
            for place, item in enumerate(value):
                if isinstance(item, str):
                    yield (*at, key), item
                elif isinstance(item, dict) and (key not in LOGS or "note" in item):
                    yield from _typed(item, (*at, key, place))


def _remark(kind: str, text: Text, said: str) -> Remark:
    quoted = _flat(text.text)
    if len(quoted) > _LONGEST:
        quoted = f"{quoted[: _LONGEST - 3]}..."
    return Remark(kind, text.path, f"{text.path} {said} (“{quoted}”)", text.command)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _is_printed(text: str, printed: str) -> bool:
    """Whether a line of a text is on the paper, perhaps shortened."""
    head = text[:_PROBE]
    plain = "  " not in head and text.isprintable()
    if plain and head.strip().rstrip(".") not in printed:
        return False  # one line, of another year, as most are
    lines = (shortened(line, SHORT).rstrip(" .") for line in text.splitlines())
    return any(line in printed for line in lines if line)
