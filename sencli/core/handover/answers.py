"""The answers that come back: data of a stranger, checked before anything is taken.

Their shape is in `sheet`. What is refused is refused whole: since nothing is taken
twice, the file is mended and taken again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any
from unicodedata import category

from sencli import terms
from sencli.core.handover.sealed import digest_of
from sencli.core.handover.sheet import ANSWERS
from sencli.core.handover.sheet import FORM
from sencli.core.handover.sheet import GIVEN
from sencli.core.handover.sheet import GIVER
from sencli.core.handover.sheet import KINDS
from sencli.core.handover.sheet import LARGEST
from sencli.core.handover.sheet import LONGEST
from sencli.core.handover.sheet import PUPIL
from sencli.core.handover.sheet import VERSION
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import words
from sencli.core.text.folding import composed
from sencli.core.text.folding import fold
from sencli.errors import InvalidValue
from sencli.value import Value

_DAY = re.compile(r"[12]\d{3}-\d{2}-\d{2}")
_FIELDS = {
    "sessions": ("day", "answer"),
    "measure": ("day", "value"),
    "helped": ("answer",),
    "views": ("text",),
    "concern": ("text",),
}
_ALSO = {"note", "text", "pupil", "name"}
_CHOICES = {"sessions": {GIVEN, *terms.MISSED}, "helped": {*terms.HELPED}}
_TOP = {
    *("form", "version", "sheet", "seal", "school", "given_by", "given_on"),
    *("signed_off", "answers", "digest"),
}
_LISTED = 12
_NAME = 100
_CONCERNS = 50
_PARTS = 3
AGAIN = "Ask for the file again as it was saved, or make a new sheet: sen sheet"


class Answer(Value):
    """One answer.

    Attributes:
        kind: of the question.
        pupil: the pupil's id, or "".
        item: the support, outcome or strategy, or whose view it is.
        day: ISO date of a session or measurement, else "".
        value: what was chosen or measured, or "".
        text: words, or "".
        name: of a pupil who is not on the sheet, or "".
        at: where in the file it stands, for messages.
    """

    kind: str
    pupil: str
    item: str
    day: str = ""
    value: str = ""
    text: str = ""
    name: str = ""
    at: str = ""


class Given(Value):
    """A file of answers that fits a sheet of this school's.

    Attributes:
        sheet: the sheet's id.
        by: initials of who gave them.
        day: when.
        answers: in the order of the file.
        file: its name, for messages.
        gone: how many answers are about pupils who are no longer in the records.
    """

    sheet: str
    by: str
    day: str
    answers: tuple[Answer, ...]
    file: str = ""
    gone: int = 0


class Desk(Value):
    """What an answer is held against.

    Attributes:
        records: of every pupil, for the sheets in their ``issued``.
        school: for its name and staff.
        today: ISO date.
        late: whether a sheet is taken that expired after it was filled in.
    """

    records: Mapping[str, Record]
    school: Entry
    today: str
    late: bool = False


def parsed(data: bytes) -> Record:
    """The object in a JSON file.

    Raises:
        InvalidValue: too large, no JSON, too deep, or a name twice in an object.
    """
    if len(data) > LARGEST:
        raise InvalidValue(
            "The file is larger than 1 MB: too large for answers to a sheet.", AGAIN
        )
    if data.lstrip()[:1] == b"<":
        raise InvalidValue(
            "This is a page, not the answers to one.",
            "Open it, fill it in, and take the file that it saves (.json).",
        )
    try:
        text = data.decode(json.detect_encoding(data))
        # text that came by e-mail has words before and after it
        found = json.loads(
            text[text.find("{") : text.rfind("}") + 1] or text,
            object_pairs_hook=_single,
            parse_float=_no_number,
            parse_constant=_no_number,
        )
    except (ValueError, RecursionError):
        raise InvalidValue(
            "The file cannot be read as the answers to a sheet.", AGAIN
        ) from None
    if not isinstance(found, dict):
        raise InvalidValue("The file does not hold answers to a sheet.", AGAIN)
    return found


def _single(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("twice")
    return found


def _no_number(text: str) -> float:
    raise ValueError(text)


def checked(found: Record, desk: Desk, file: str = "") -> Given:
    """The answers, held against the sheet as it was given out.

    Raises:
        InvalidValue: changed, foreign, expired, not signed off, or not what was asked.
    """
    _refuse_form(found)
    if not _same_digest(found):
        raise InvalidValue(
            "The file was changed after it was saved: its answers no longer fit its "
            "digest.",
            AGAIN,
        )
    if any(isinstance(one, dict) and "at" in one for one in found["answers"]):
        raise InvalidValue("The file is not as a page saves it.", AGAIN)
    return accepted(found, desk, file)


def accepted(found: Record, desk: Desk, file: str = "") -> Given:
    """The answers of a file that needs no digest, held against the sheet."""
    kept = kept_sheet(found, desk)
    by = _giver(found, desk.school)
    day = _given_on(found, kept, desk)
    answers, faults = [], []
    asked = {
        str(record["id"]): entry
        for record in desk.records.values()
        if (entry := sheet_in(record, str(found["sheet"])))
    }
    gone = 0
    concerns = [a for a in found["answers"] if _about(a)[:1] == ["concern"]]
    if len(concerns) > _CONCERNS:
        raise InvalidValue(
            f"The file holds {len(concerns):,} concerns: {_CONCERNS} at most.", AGAIN
        )
    before: dict[tuple[str, ...], str] = {}
    for number, one in enumerate(found["answers"], 1):
        if _about_whom(one) not in {"", *desk.records}:
            gone += 1
            continue
        try:
            answer = _answer(one, asked, day, f"answer {number}")
            _refuse_again(answer, before)
            answers.append(answer)
        except InvalidValue as fault:
            where = one.get("at") if isinstance(one, dict) else ""
            faults.append(f"{where or f'answer {number}'}: {fault.message}")
    refuse_all(faults)
    return Given(str(found["sheet"]), by, day, tuple(answers), file, gone)


def _refuse_again(answer: Answer, before: dict[tuple[str, ...], str]) -> None:
    """Refuse a second answer to the same; where each was given first is kept."""
    key = (answer.kind, answer.pupil, answer.item, answer.day)
    if answer.kind != "concern" and before.setdefault(key, answer.at) != answer.at:
        raise InvalidValue(f"{before[key]} answers the same.")


def _about(one: Any) -> list[str]:
    """The parts of the id of the question that is answered, as far as it says."""
    question = one.get("question") if isinstance(one, dict) else None
    return question.split("-") if isinstance(question, str) else []


def _about_whom(one: Any) -> str:
    """The id of the pupil that an answer is about, as far as it says."""
    parts = _about(one)
    if parts[:1] == ["concern"]:
        return str(one.get("pupil", ""))
    whom = parts[1] if len(parts) == _PARTS else ""
    return whom if re.fullmatch(r"[a-z][a-z0-9]{3,7}", whom) else ""


def refuse_all(faults: Sequence[str]) -> None:
    """Refuse a file with what is wrong in it, if there is anything.

    Raises:
        InvalidValue: names each fault.
    """
    if not faults:
        return
    more = len(faults) - _LISTED
    listed = [*faults[:_LISTED], *([f"and {more} more"] if more > 0 else [])]
    raise InvalidValue(
        "Not everything in the file fits; nothing was taken:"
        + "".join(f"\n  {fault}" for fault in listed),
        "Have it put right and saved again, and take it then: what was taken before is "
        "not taken twice.",
    )


def sheet_in(record: Entry, sheet: str) -> Record:
    """What the record keeps of a sheet that was given out, or {}."""
    for paper in record.get("issued", ()):
        if paper.get("sheet", {}).get("id") == sheet:
            return {**paper["sheet"], "made": paper["date"]}
    return {}


def _refuse_form(found: Record) -> None:
    if found.get("form") == FORM:
        raise InvalidValue(
            "This is an empty sheet, not the answers to one.",
            "Open its page, fill it in, and take the file that it saves.",
        )
    if found.get("form") != ANSWERS:
        raise InvalidValue("The file does not hold answers to a sheet.", AGAIN)
    if found.get("version") != VERSION or isinstance(found.get("version"), bool):
        raise InvalidValue(
            "The answers are of another version of sencli.",
            "Bring this computer up to date: pipx upgrade sencli",
        )
    strange = sorted({*found} ^ _TOP)
    if strange or not isinstance(found["answers"], list):
        raise InvalidValue(
            f"The file was changed: {', '.join(strange) or 'answers'} is not as it is "
            "saved.",
            AGAIN,
        )
    if found["signed_off"] is not True:
        raise InvalidValue(
            "The sheet was not signed off by whoever filled it in.",
            "Ask them to sign it off and save it again.",
        )


def _same_digest(found: Record) -> bool:
    try:
        return bool(found["digest"] == digest_of(found, "digest"))
    except (ValueError, RecursionError):
        return False


def kept_sheet(found: Record, desk: Desk) -> Record:
    """What the school keeps of the sheet.

    Raises:
        InvalidValue: no such sheet was given out here, or another one of that id.
    """
    sheet, school = found.get("sheet"), found.get("school")
    ours = str(desk.school.get("name", ""))
    kept = next(
        (
            entry
            for record in desk.records.values()
            if (entry := sheet_in(record, str(sheet)))
        ),
        {},
    )
    if kept and kept["seal"] == found.get("seal"):
        return kept
    if isinstance(school, str) and school != ours:
        raise InvalidValue(
            f"The sheet is of another school: {school[:80]!r}. These are the records "
            f"of {ours}.",
            "Take it in the records of that school.",
        )
    if not kept:
        raise InvalidValue(
            "No such sheet was given out from these records.",
            "Take in a sheet that was made here: sen sheet",
        )
    raise InvalidValue(
        "The sheet is not the one that was given out: its seal does not match.", AGAIN
    )


def _giver(found: Record, school: Entry) -> str:
    by = found.get("given_by")
    want = fold(by) if isinstance(by, str) else ""
    for one in school.get("staff", ()):
        initials, name = str(one["initials"]), str(one["name"])
        if want in {fold(initials), fold(name), fold(f"{initials} {name}")}:
            return initials
    if not by:
        raise InvalidValue("The file does not say who gave the answers.", AGAIN)
    raise InvalidValue(
        f"{str(by)[:60]!r}, who gave the answers, is not a member of staff here.",
        "Enter the person: sen staff add INITIALS --name NAME --role ROLE",
    )


def _given_on(found: Record, kept: Record, desk: Desk) -> str:
    day = found.get("given_on")
    if not (isinstance(day, str) and _is_day(day)):
        raise InvalidValue("The file does not say on which day it was given.", AGAIN)
    if day > desk.today:
        raise InvalidValue(
            f"The answers are of {words(day)}, which has not come yet.",
            "Look at the day on the computer on which it was filled in.",
        )
    if day < min(kept["made"], kept["from"]):
        raise InvalidValue(
            f"The answers are of {words(day)}, before the sheet was made.",
            "Look at the day on the computer on which it was filled in.",
        )
    expires = kept["due"]
    if day > expires:
        raise InvalidValue(
            f"The sheet expired on {words(expires)}, and was filled in on "
            f"{words(day)}.",
            "Make a new one: sen sheet",
        )
    if desk.today > expires and not desk.late:
        raise InvalidValue(
            f"The sheet expired on {words(expires)}.",
            "Make a new one: sen sheet. If you know that it was filled in by then, "
            "take it all the same: --late",
        )
    return day


def _is_day(text: str) -> bool:
    from datetime import date

    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _answer(one: Any, asked: Mapping[str, Record], given_on: str, place: str) -> Answer:
    """One answer, if it answers what was asked."""
    if not isinstance(one, dict) or not isinstance(one.get("question"), str):
        raise InvalidValue("it answers no question.")
    parts = one["question"].split("-")
    kind, pupil, item = (*parts, "", "")[:3]
    concern = kind == "concern"
    if kind not in KINDS or len(parts) != (1 if concern else _PARTS):
        raise InvalidValue("it answers no question of a sheet.")
    if concern:
        pupil = _text(one, "pupil")
    fields = {name: _text(one, name) for name in (*_FIELDS[kind], *_ALSO)}
    strange = {*one} - {"question", "at", *_FIELDS[kind], *_ALSO}
    if strange:
        raise InvalidValue(f"{', '.join(sorted(strange))[:60]} is not asked for.")
    _refuse_fields(kind, item, fields)
    if concern and bool(pupil) == bool(fields["name"]):
        raise InvalidValue("it does not say about which pupil.")
    if pupil or not concern:
        _refuse_unasked(asked, pupil, item, concern=concern)
    answer = fields.get("answer", "")
    if answer and answer not in _CHOICES[kind]:
        raise InvalidValue(f"{answer[:40]!r} is none of the choices.")
    if day := fields.get("day", ""):
        _refuse_day(day, asked[pupil], given_on)
    return Answer(
        kind,
        pupil,
        item,
        day,
        answer or fields.get("value", ""),
        fields["text"] or fields["note"],
        fields["name"],
        str(one.get("at", place)),
    )


def _refuse_fields(kind: str, item: str, fields: Mapping[str, str]) -> None:
    if lacking := [name for name in _FIELDS[kind] if not fields[name]]:
        raise InvalidValue(f"its {' and '.join(lacking)} is missing.")
    if kind == "views" and item not in {GIVER, PUPIL}:
        raise InvalidValue("it does not say whose view it is.")
    if len(fields["name"]) > _NAME:
        raise InvalidValue(f"its name is longer than {_NAME} letters.")


def _text(one: Record, name: str) -> str:
    """The text of a field, composed; "" where it has none."""
    value = one.get(name, "")
    if not isinstance(value, str):
        raise InvalidValue(f"its {name} is no text.")
    if len(value) > LONGEST:
        raise InvalidValue(f"its {name} is longer than {LONGEST:,} letters.")
    if any(category(char) == "Cc" and char not in "\r\n\t" for char in value):
        raise InvalidValue(f"its {name} holds a control character.")
    return composed(value.replace("\r\n", "\n")).strip()


def _refuse_unasked(
    asked: Mapping[str, Record], pupil: str, item: str, *, concern: bool
) -> None:
    if pupil not in asked:
        raise InvalidValue("it is about a pupil whom the sheet does not ask about.")
    if not concern and item not in asked[pupil].get("covers", ()):
        raise InvalidValue("it answers what the sheet does not ask.")


def _refuse_day(day: str, kept: Record, given_on: str) -> None:
    if not _is_day(day):
        raise InvalidValue(f"{day[:40]!r} is no day.")
    if not kept["from"] <= day <= kept["until"]:
        raise InvalidValue(f"{words(day)} is no day of the sheet.")
    if day > given_on:
        raise InvalidValue(
            f"{words(day)} had not come when it was filled in ({words(given_on)})."
        )


def one_of_each(found: Iterable[Given]) -> list[Given]:
    """The files without those that another says word for word."""
    kept: list[Given] = []
    for one in found:
        same = (one.sheet, one.by, one.day, one.answers)
        if all((o.sheet, o.by, o.day, o.answers) != same for o in kept):
            kept.append(one)
    return kept
