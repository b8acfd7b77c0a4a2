"""Read the cells of other programs' sheets: days, ticks, statuses, kinds of need.

A cell is what a program or a person of another system wrote: it is read where it can
mean one thing, and else refused. Nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from datetime import timedelta

from sencli.core.handover.import_columns import bare
from sencli.core.pupil.needs import TYPE_WORDS
from sencli.core.pupil.needs import TYPES
from sencli.core.pupil.status import WORDS
from sencli.core.record.find import choose
from sencli.core.text.dates import parse_date
from sencli.core.text.dates import without_year
from sencli.core.text.folding import same
from sencli.errors import InvalidValue
from sencli.terms import PROVISION

_TIME = re.compile(r"(.*\d)[T ]\d{1,2}:\d\d(:\d\d)?(\.\d+)?Z?")
_SERIAL = re.compile(r"[1-9]\d{4}(\.\d+)?")
_YEAR_FIRST = re.compile(r"([12]\d{3})[/.]?(\d{2})[/.]?(\d{2})")
_SHORT_YEAR = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3,})[- ](\d{2})")
_AS_A_DAY = "Write it as 14/03/2017 or 2017-03-14."
_ISO = re.compile(r"[12]\d{3}-\d{2}-\d{2}")
_MADE_A_DAY = re.compile(r"[12]\d{3}-\d{2}-\d{2}|\d{1,2}-[A-Z][a-z]{2}(-\d{2,4})?")
_WHOLE = re.compile(r".*(\d{4}|\d{1,2}[./ -](\d{1,2}|[A-Za-z]{3,})[./ -]\d{2})")
_YES = frozenset(("yes", "y", "true", "t", "1", "x", "on", "✓", "✔", "☑", "✅", "√"))
_NO = frozenset(
    ("no", "n", "false", "f", "0", "-", "\u2013", "none", "off", "☐", "✗", "✘")
)
_ERRORS = frozenset(
    ("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#SPILL!")
)
_PARTS = re.compile(r"[;|\n]")
_SMALLER = re.compile(r"[,/&+]")
_LEAD = re.compile(r"(?i)(?:rank )?(\d{1,2})[.):]?\s+(?=\D)|(\d{1,2})[.):](?=\D)")
_TAIL = re.compile(r"\s*[(\[](?:rank )?(\d{1,2})[)\]]$", re.IGNORECASE)
_CODE = re.compile(
    r"([A-Za-z]{1,4})\s*[-\u2013\u2014:]\s*\S.*|.*\S\s*\(([A-Za-z]{1,4})\)"
)
_RANKS = {"primary": 1, "main": 1, "secondary": 2, "tertiary": 3}
_BY_WORD = re.compile(rf"(?i)[(\[]({'|'.join(_RANKS)})(?: need)?[)\]]")
_NEXT = re.compile(r"([(\[](?:rank )?\d{1,2}[)\]])\s*[,/&+]", re.IGNORECASE)


def fault_of_excel(text: str, unsaved: str = "#FORMULA") -> str:
    """What is wrong with a cell that holds Excel's own word for a fault, or ""."""
    if text == unsaved:
        return (
            "it is a formula whose value was not saved. Open the sheet in Excel and "
            "save it, or copy it and paste the values."
        )
    return f"it holds Excel's {text}." if text.upper() in _ERRORS else ""


def made_a_day(text: str) -> bool:
    """Whether Excel has made a day of what was typed: class 3/4 becomes 3 April."""
    return bool(_MADE_A_DAY.fullmatch(text))


def day_of(text: str, today: str, *, since_1904: bool = False) -> str:
    """The day of a cell, in full: a day without its year is not guessed.

    Args:
        text: 14/03/2017, 14-Mar-2017, 2017-03-14T00:00:00, or Excel's number of it.
        today: ISO date.
        since_1904: whether the workbook counts its days from 1904.

    Raises:
        InvalidValue: no day, or one without a year.
    """
    text = text.strip()
    if found := _TIME.fullmatch(text):
        text = found[1]
    if _SERIAL.fullmatch(text):
        first = date(1904, 1, 1) if since_1904 else date(1899, 12, 30)
        text = (first + timedelta(days=int(float(text)))).isoformat()
    named = (
        _SHORT_YEAR.sub(r"\1 \2 20\3", text) if _SHORT_YEAR.fullmatch(text) else text
    )
    named = re.sub(r"^(\d{1,2})-([A-Za-z]+)-(\d{4})$", r"\1 \2 \3", named)
    if found := _YEAR_FIRST.fullmatch(named):
        named = "-".join(found.groups())
    elif re.fullmatch(r"[\d.]+", named):
        named = named.replace(".", "/")
    if without_year(named) or not _WHOLE.fullmatch(named):
        raise InvalidValue(f"{text!r} is not a day with its year.", _AS_A_DAY)
    try:
        return parse_date(named, today)
    except InvalidValue as fault:
        raise InvalidValue(fault.message, _AS_A_DAY) from None


def tick(text: str) -> bool | None:
    """Yes or no of a cell; None where it says neither."""
    word = text.strip().casefold().rstrip(".")
    return True if word in _YES else False if word in _NO else None


def status_code(text: str) -> str:
    """N, K or E, or ``monitoring``, or ``yes`` where it is only said that there is SEN.

    Raises:
        InvalidValue: it means none of them.
    """
    short = bare(text)
    if short in _ENDED:
        raise InvalidValue(
            f"{text!r} is a status that is used no longer.",
            "Write K (SEN support) or E (education, health and care plan).",
        )
    if short in {"monitoring", "monitored"}:
        return "monitoring"
    if tick(text) and short not in {"k", "e"}:
        return "yes"
    if found := _CODE.fullmatch(text.strip()):
        code = (found[1] or found[2]).upper()
        if code in PROVISION:
            return code
    if short in _STATUS:
        return _STATUS[short]
    return choose(text, PROVISION, "SEN status", _SEN_WORDS)


_ENDED = frozenset(
    ("s", "a", "p", "statement", "sstatement", "schoolaction", "schoolactionplus")
)
_SEN_WORDS = {**WORDS, "sen support": "K"}
_STATUS = {bare(words): code for code, words in PROVISION.items()} | {
    bare(words): code
    for code, some in (
        ("N", ("No Special Educational Need", "No Special Educational Needs", "No SEND",
               "Not SEN", "Non SEN", "Not on register", "No SEN Provision")),
        ("K", ("SEND Support", "SEN Support Plan", "School Support", "SEN Register",
               "SEN Support K")),
        ("E", ("EHC Plan", "EHCP", "EHC", "Education, Health & Care Plan", "E EHCP",
               "Education Health Care Plan", "Has EHCP")),
    )
    for words in some
}  # fmt: skip


def needs_of(text: str) -> list[str]:
    """The kinds of need in a cell, the first the most important.

    Raises:
        InvalidValue: a part of it is none.
    """
    found: list[tuple[int, str]] = []
    text = _BY_WORD.sub(lambda word: f"({_RANKS[word[1].casefold()]})", text)
    text = _NEXT.sub(r"\1;", text)  # what follows a rank is another need
    for place, part in enumerate(filter(None, map(str.strip, _PARTS.split(text))), 1):
        rank, word = _ranked(part, place)
        found += [(rank, kind) for kind in _kinds(word)]
    ordered = sorted(found, key=lambda one: one[0])
    return list(dict.fromkeys(kind for _, kind in ordered))


def _ranked(part: str, place: int) -> tuple[int, str]:
    """The rank that a part names, else its place, and the part without it."""
    if found := _LEAD.match(part):
        return int(found[1] or found[2]), part[found.end() :].strip()
    if found := _TAIL.search(part):
        return int(found[1]), part[: found.start()].strip()
    return place, part


def _kinds(word: str) -> Iterator[str]:
    """The kinds in one part; commas may stand in a name, or between several."""
    if code := _kind(word):
        yield code
        return
    pieces = [piece.strip() for piece in _SMALLER.split(word) if piece.strip()]
    found: list[str] = []
    place = 0
    while place < len(pieces):
        ends = range(len(pieces), place, -1)  # a name with commas before its parts
        end = next((e for e in ends if _kind(" ".join(pieces[place:e]))), 0)
        if not end:
            yield choose(word, TYPES, "kind of need", TYPE_WORDS)
            return
        found.append(_kind(" ".join(pieces[place:end])))
        place = end
    yield from found


def _kind(word: str) -> str:
    if found := _CODE.fullmatch(word):
        code = (found[1] or found[2]).upper()
        if code in TYPES:
            return code
    short = _singular(bare(word.replace("&", " and ")))
    return _TYPES.get(short, "")


def _singular(short: str) -> str:
    for many, one in (("difficulties", "difficulty"), ("needs", "need"),
                      ("impairments", "impairment"), ("disabilities", "disability"),
                      ("disorders", "disorder")):  # fmt: skip
        short = short.replace(many, one)
    return short


_TYPES = {
    **{bare(code): code for code in TYPES},
    **{_singular(bare(words)): code for code, words in TYPES.items()},
    **{_singular(bare(words)): code for words, code in TYPE_WORDS.items()},
    **{
        _singular(bare(words)): code
        for words, code in (
            ("Autism Spectrum Disorder", "ASD"),
            ("Autistic Spectrum Condition", "ASD"),
            ("Autism Spectrum Condition", "ASD"),
            ("Speech, Language or Communication Need", "SLCN"),
            ("Speech and Language", "SLCN"),
            ("Speech, Language and Communication", "SLCN"),
            ("Social, Emotional and Mental Health", "SEMH"),
            ("Social, Emotional and Mental Health Needs", "SEMH"),
            ("Vision Impairment", "VI"),
            ("Visual Impairment", "VI"),
            ("Multi Sensory Impairment", "MSI"),
            ("Other Difficulty", "OTH"),
            ("Other Disability", "OTH"),
            ("Other", "OTH"),
            ("Down Syndrome", "DS"),
            ("No specialist assessment", "NSA"),
            ("SEN support but no specialist assessment of type of need", "NSA"),
            ("No specialist assessment of type of need", "NSA"),
        )
    },
}


def year_of(text: str) -> str:
    """A year group as the records have it: ``Yr 04`` is 4; another text as it is."""
    short = re.sub(r"^(ncyeargroup|ncyear|yeargroup|year|yr|y|nc)", "", bare(text))
    if short.isdecimal():
        return str(int(short))
    return "R" if short in {"r", "reception", "rec"} else text


def sex_of(text: str) -> str:
    """The sex as the records have it; another text as it is."""
    return {"girl": "female", "boy": "male"}.get(bare(text), text)


def the_same(field: str, one: str, other: str) -> bool:
    """Whether two columns of one field say the same: ``Year 4`` and ``4``."""
    if field == "year_group":
        return year_of(one) == year_of(other)
    if field == "sex":
        return sex_of(one)[:1].casefold() == sex_of(other)[:1].casefold()
    ticks = tick(one), tick(other)
    return same(one, other) or (None not in ticks and ticks[0] is ticks[1])


def rank_of(text: str) -> int:
    """The rank in a cell: ``1``, ``1 - Primary``, ``Primary``.

    Raises:
        InvalidValue: it is none.
    """
    word = text.strip().casefold()
    if found := re.match(r"(?:rank )?(\d{1,2})(?!\d)", word):
        rank = int(found[1])
    else:
        rank = next((n for name, n in _RANKS.items() if word.startswith(name)), 0)
    if not rank:
        raise InvalidValue(f"{text!r} is not a rank.", "Write 1, 2, 3 ...")
    return rank
