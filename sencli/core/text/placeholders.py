"""Placeholders: words in capitals in a printed command for the user to replace.

A command that the program proposes never answers for the SENCO. What only a person can
say stands in it as one of these words, and none of them is taken as a value anywhere,
nor is a text that is nothing but dots.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sencli.core.text.folding import visible
from sencli.errors import InvalidValue

DATE = "DATE"
WHO = "WHO"
SAID = '"WHAT WAS SAID"'
SEEN = '"WHAT WAS SEEN"'
DONE = '"WHAT WAS DONE"'
PLANNED = '"WHAT IS PLANNED"'
REASON = '"THE REASON"'
IMPACT = "IMPACT"
RESULT = "RESULT"
NUMBER = "NUMBER"
VALUE = "VALUE"
WORDS = "WORDS"

MEANINGS: Mapping[str, str] = {
    "DATE": "the day, such as 12/03/2026, 12 March or last friday",
    "WHO": "who it was: parent, pupil, teacher, senco, initials or a name",
    "PUPIL": "the pupil's name, or a part of it",
    "PUPILS": "the pupils' names",
    "WHAT WAS SAID": "what was said, in a sentence or two",
    "WHAT WAS SEEN": "what was seen or measured, in a sentence or two",
    "WHAT WAS DONE": "what was done, in a sentence or two",
    "WHAT IS PLANNED": "what is planned, in a sentence or two",
    "WHAT IT SHOWS": "what it shows, in a sentence or two",
    "THE REASON": "the reason, in a sentence or two",
    "IMPACT": "a number from -2 (much less than expected) to 2 (much more)",
    "RESULT": "the result, such as achieved, partly_achieved or not_achieved",
    "DECISION": "the decision, such as continue, adapt, replace or end_support",
    "NUMBER": "a number",
    "NUMBERS": "the numbers, such as 1,2",
    "VALUE": "what was measured, such as 22",
    "TARGET": "the value that is hoped for",
    "MINUTES": "the minutes of one session",
    "YEAR": "the year group: R, or 1 to 14",
    "AREA": "employment, independent_living, participation or health",
    "TYPE": "the kind of need, such as SLCN, SPLD or SEMH",
    "KIND": "the kind",
    "PROVISION": "what is provided, by its key: sen provision list",
    "SERVICE": "the service, such as EP or SALT",
    "COURSE": "the course",
    "CLASS": "the class, such as 4B",
    "ID": "the id, such as p7k2q",
    "RELATIONSHIP": "the relationship, such as mother or carer",
    "FLAG": "the flag, such as pupil_premium",
    "FIELD": "the field, such as last_name or class",
    "COLUMN": "the heading of the column, as it stands in the file",
    "SCALE": "the scale: sen scale list",
    "SOURCE": "the source, such as top_up",
    "DAYS": "the days, such as mon,wed",
    "TIME": "the time, such as 09:30",
    "CONCERN": "the concern, by its number or id",
    "OUTCOME": "the outcome: its number, or its wording",
    "ITEM": "the item, by its number or wording",
    "INITIALS": "the initials of a member of staff",
    "NAME": "the name",
    "FIRST LAST": "the first name and the last name",
    "SCHOOL": "the name of the school",
    "PLACE": "where it is kept",
    "GROUP": "the name of the group",
    "ROLE": "the role, such as TA or teacher",
    "GROUND": "the ground",
    "WORDS": "the words",
    "NEW TEXT": "the new text",
    "FILE": "the name of the file",
    "FOLDER": "the name of the folder",
    "DIR": "the name of the folder",
    "POUNDS": "the pounds, such as 16.50",
    "CODE": "the code",
    "ACTION": "the promise, by its number",
    "ADJUSTMENT": "the adjustment, by its number",
    "ADVICE": "the advice, by its number",
    "BASE": "the kind of base",
    "CONDITION": "the condition, by its number or wording",
    "CONTACT": "the contact: part of the name, or mother",
    "DEPARTURE": "the guidance that is not followed",
    "DIRECTORY": "the name of a folder, new or empty",
    "DOCUMENT": "the paper: sen print --help lists them",
    "DRAFT": "the draft, by its number: sen draft list",
    "END": "the last day, such as 18/12/2026",
    "ETHNICITY": "the code, such as WBRI",
    "FIGURE": "the figure: sen national set --help lists them",
    "GUIDANCE": "the guidance, such as the EEF's",
    "INTERVENTION": "the intervention, by its number or name",
    "KEY": "the short name, such as daily-reader",
    "LANGUAGE": "the code, such as POL",
    "MEASURE": "what was measured, such as reading age",
    "MEETING": "the meeting, by its number or day",
    "MOVE": "the move, by its number",
    "NEED": "the need, by its number or kind",
    "PERSON": "who it was, by initials or name",
    "PLAN": "the plan, by its number",
    "PROVIDER": "the name of the provider",
    "QUESTION": "the question: sen consider add --help lists them",
    "REGISTRATION": "the registration, by its number",
    "REPORT": "inclusion-strategy or information-report",
    "RULE": "the rule's code, such as A10",
    "SECTION": "the section: sen report show lists them",
    "SPECIALIST": "the specialist, by the service or number",
    "START": "the first day, such as 2/11/2026",
    "STEP": "the step of the timetable",
    "SUSPENSION": "the suspension, by its number",
    "TIMETABLE": "the timetable, by its number",
    "LINE": "the line that sen init --sign printed",
    "COMMIT": "the commit, as sen history shows it",
}
"""Every placeholder that the program prints, and what a person writes in its place."""

_CHOICES = (
    "yes|no",
    "yes|no|not_yet",
    "keep|amend|cease",
    "accepted|adapted|declined",
    "assess|refuse",
    "issue|refuse_plan",
    "N|K|E",
    "K|E",
    "K|N",
    "left|superseded|support_ended|opened_in_error",
    "main|subsidiary",
    "sen_unit|resourced",
)
# a question in capitals, as anybody's template has it: WHAT WAS AGREED, WHY; the last
# word of the line is bracketed for those who look through sources for unfinished places
_ASKS = re.compile(
    r"WHAT( [A-Z]{2,}){1,4}|WHY|WHAT|HOW|WHEN|WHERE|(THE )?(REASON|TEXT|WORDS)|TO[D]O|"
    r"[DMY]{2,4}([-/.][DMY]{2,4}){2}"
)
# what people write where nothing is known yet; "none" and "no" are answers. It is
# refused as evidence only: "tbc" may be somebody's initials, three crosses a class
_LATER = re.compile(
    r"tbc|tba|tbd|to be (confirmed|added|advised)|n/a|x{3,}|\?{2,}|"
    r"<[\w '-]+>|\[[^\[\]]+\]",
    re.IGNORECASE,
)
_NAMES = frozenset((
    "authority_name", "class", "first_name", "from_school", "initials", "known_as",
    "last_name", "name", "parent_name", "reference", "teacher", "to_school",
))  # fmt: skip
# around what Word or a telephone made of it: curly quotes, and a stop at the end
_AROUND = (
    " \t\n\"'()\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u00ab\u00bb\u2039\u203a"
)
_ENDS = ".,;:!"
_LONGEST = 60
_BEGINS = " \t\n·.…\u2024\u2025-_\u2013\u2014"
_SIGN = r".…\u2024\u2025·_\u2013\u2014-"
_DOTS = re.compile(rf"[\s{_SIGN}]*[{_SIGN}][\s{_SIGN}]*")


def one_of(*choices: str) -> str:
    """A choice as written in a command, in quotes: a bare ``|`` would be a pipe."""
    joined = "|".join(choices)
    if joined not in _CHOICES:
        raise ValueError(joined)
    return f'"{joined}"'


YES_NO = one_of("yes", "no")
PLAN_CHOICE = one_of("keep", "amend", "cease")
K_OR_N = one_of("K", "N")
CLOSE_CHOICE = one_of("left", "superseded", "support_ended", "opened_in_error")
ADVICE_CHOICE = one_of("accepted", "adapted", "declined")


@lru_cache(maxsize=4096)  # dates, initials and ids are most of a record's texts
def is_unsaid(text: str) -> bool:
    """Whether the text is no evidence: a placeholder, or words such as TBC."""
    if is_placeholder(text) or _LATER.fullmatch(_plain(text)):
        return True
    return bool(text.strip()) and not _plain(text)


def is_placeholder(text: str) -> bool:
    """Whether the whole text is a placeholder, or nothing but dots."""
    plain = _plain(text)
    if plain in MEANINGS or plain in _CHOICES or _ASKS.fullmatch(plain):
        return True
    # by these a text comes on standard input, and options end
    if plain in {"-", "--"}:
        return False
    return text[:1] in _BEGINS and bool(_DOTS.fullmatch(text))


def _plain(text: str) -> str:
    """A text without what stands around a word, and with wide letters as usual ones."""
    if len(text) <= _LONGEST:
        text = visible(text)
    return text.strip(_AROUND).rstrip(_ENDS).strip(_AROUND)


def refusal(text: str, where: str = "") -> InvalidValue:
    """Why a placeholder is not taken, and what is written in its place."""
    plain = _plain(text)
    at = f"{where}: " if where else ""
    if plain in _CHOICES:
        *most, last = plain.split("|")
        return InvalidValue(
            f"{at}{plain!r} leaves the choice to you.",
            f"Write one of these: {', '.join(most)} or {last}.",
        )
    if plain in MEANINGS:
        return InvalidValue(
            f"{at}{plain} stands for something that only you can say.",
            f"In its place write {MEANINGS[plain]}.",
        )
    if _ASKS.fullmatch(plain):
        return InvalidValue(
            f"{at}{plain} stands for something that only you can say.",
            "In its place write the words themselves.",
        )
    return InvalidValue(
        f"{at}{text!r} says nothing.",
        "Write the words themselves, or leave it out.",
    )


def refuse(text: str, where: str = "", *, evidence: bool = True) -> str:
    """The text, where it is none.

    Args:
        text: what was typed.
        where: the option, for the message.
        evidence: whether the text is somebody's words, and no name or code.

    Raises:
        InvalidValue: it is a placeholder, nothing but dots, or waits for words.
    """
    if (is_unsaid if evidence else is_placeholder)(text):
        raise refusal(text, where)
    return text


def in_word(word: str) -> str:
    """The placeholder in one typed word, or "": the whole, or a value within it.

    ``roll.baseline.date=DATE``, ``1=RESULT:VALUE``, ``parent,WHO``, ``KM: WHAT WAS
    SAID`` and ``FILE.pdf`` hold one. A path of one or two dots is none.
    """
    if word in {".", ".."}:
        return ""
    parts = [word, word.partition("=")[2], *word.split(": ", 1)]
    if " " not in word:
        values = re.split(r"[,:=]", word)
        parts += [part for part in values if not _DOTS.fullmatch(part)]
        parts.append(word.rpartition("/")[2].partition(".")[0])
    return next((part for part in parts if is_placeholder(part)), "")


Place = tuple[str | int, ...]


def texts(record: object, path: Place = ()) -> Iterator[tuple[Place, str]]:
    """Every text in a record that says nothing, with the way to it."""
    if isinstance(record, dict):
        parts: Iterable[tuple[str | int, Any]] = record.items()
    else:
        parts = enumerate(record) if isinstance(record, list) else ()
    above = next((step for step in reversed(path) if isinstance(step, str)), "")
    for step, part in parts:
        if isinstance(part, str):
            field = step if isinstance(step, str) else above
            if (is_placeholder if field in _NAMES else is_unsaid)(part):
                yield (*path, step), part
        elif isinstance(part, dict | list):
            yield from texts(part, (*path, step))


def added(
    before: Mapping[str, Any] | None, after: Mapping[str, Any]
) -> Iterator[tuple[Place, str]]:
    """The placeholders of a record that it did not hold before.

    Args:
        before: the record as it was; None for a new one.
        after: as it is to be.
    """
    known = Counter(text for _, text in texts(before))
    for path, text in texts(after):
        known[text] -= 1
        if known[text] < 0:
            yield path, text
