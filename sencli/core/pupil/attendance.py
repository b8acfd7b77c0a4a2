"""Attendance by term, in per cent of the sessions (half days) possible."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from sencli import terms
from sencli.core.record.find import choose
from sencli.core.record.lookup import academic_year
from sencli.core.record.lookup import academic_year_label
from sencli.core.record.lookup import season
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import words
from sencli.core.time.calendar import year_span
from sencli.errors import InvalidValue

_ORDER = tuple(terms.SEASONS)
# Where the school's terms are not entered; as seasons are told apart everywhere.
_SPANS = {
    "autumn": ("09-01", "12-31"),
    "spring": ("01-01", "04-15"),
    "summer": ("04-16", "08-31"),
}
_YEAR = re.compile(r"\d{4}(?:[-/]\d{2,4})?")
_TOLERANCE = 0.1
SESSIONS = ("sessions_possible", "sessions_attended")


class Term(NamedTuple):
    """A term: its academic year, as 2025-26, and its season."""

    year: str
    season: str

    @property
    def name(self) -> str:
        """``autumn term 2025``: by the calendar's year, as people say it."""
        began = int(self.year[:4])
        return f"{self.season} term {began + (self.season != 'autumn')}"


def term_of_entry(entry: Entry) -> Term:
    """The term that a figure is of."""
    return Term(str(entry["academic_year"]), str(entry["term"]))


def attendance_label(entry: Entry) -> str:
    """``autumn term 2025: 91.3 per cent (126 of 138 sessions)``."""
    counted = (
        f" ({entry['sessions_attended']} of {entry['sessions_possible']} sessions)"
        if "sessions_attended" in entry and "sessions_possible" in entry
        else ""
    )
    return f"{term_of_entry(entry).name}: {percent_words(entry)}{counted}"


def percent_words(entry: Entry) -> str:
    """``91.3 per cent``."""
    return f"{entry['percent']:g} per cent"


def attendance_in_order(record: Entry) -> list[Record]:
    """The figures, oldest term first."""
    return sorted(
        record.get("attendance", ()),
        key=lambda e: (str(e["academic_year"]), _ORDER.index(e["term"])),
    )


def span_of(term: Term, school_terms: Iterable[Entry] = ()) -> tuple[str, str]:
    """First and last day of a term, by the school's own dates where it has them."""
    own = [t for t in school_terms if _season_of(t) == term]
    if own:
        return min(t["start"] for t in own), max(t["end"] for t in own)
    year = int(term.year[:4]) + (term.season != "autumn")
    first, last = _SPANS[term.season]
    return f"{year}-{first}", f"{year}-{last}"


def term_on(day: str, school_terms: Iterable[Entry] = ()) -> Term:
    """The term of a day; between two of the school's terms, the one before."""
    begun = [t for t in school_terms if t["start"] <= day]
    begun = [t for t in begun if academic_year(t["start"]) == academic_year(day)]
    if begun:
        return _season_of(max(begun, key=lambda t: str(t["start"])))
    return Term(academic_year_label(day), season(day).split()[0].casefold())


def _season_of(school_term: Entry) -> Term:
    """The term that one of the school's is: by its name, else by its first day."""
    start = str(school_term["start"])
    named = str(school_term.get("name", "")).casefold()
    own = [name for name in _ORDER if name in named]
    by_day = season(start).split()[0].casefold()
    return Term(academic_year_label(start), own[0] if own else by_day)


def term_meant(typed: str, today: str, school_terms: Iterable[Entry] = ()) -> Term:
    """The term that was typed: autumn, "autumn 2025", "spring 2025-26".

    A season without a year is the last one that has begun.

    Raises:
        InvalidValue: there is no such term, or it has not begun.
    """
    listed = list(school_terms)
    found = _YEAR.search(typed)
    rest = (typed[: found.start()] + typed[found.end() :]) if found else typed
    rest = re.sub(r"\b(term|of)\b|,", " ", rest, flags=re.IGNORECASE).strip()
    if not rest:
        raise InvalidValue(
            f"{typed!r} does not say which term.", 'Write as "autumn 2025".'
        )
    name = choose(rest, terms.SEASONS, "term")
    if found is None:
        now = term_on(today, listed)
        year = int(now.year[:4]) - (_ORDER.index(name) > _ORDER.index(now.season))
        return Term(academic_year_label(f"{year}-09-01"), name)
    text = found[0]
    if len(text) > len("2025"):
        if year_span(text) is None:
            raise InvalidValue(
                f"{text} is not an academic year.", "Write as 2025-26 or 2025/26."
            )
        term = Term(academic_year_label(f"{text[:4]}-09-01"), name)
    else:
        began = int(text) - (name != "autumn")
        term = Term(academic_year_label(f"{began}-09-01"), name)
    first, _ = span_of(term, listed)
    if first > today:
        raise InvalidValue(
            f"The {term.name} has not begun: it begins on {words(first)}.",
            "Attendance is of a term that has been, or of this one up to today.",
        )
    return term


def odd_figures(entry: Entry) -> str:
    """What cannot be in the figures of a term; "" where they fit each other."""
    possible, attended = (entry.get(name) for name in SESSIONS)
    if year_span(str(entry["academic_year"])) is None:
        return f"{entry['academic_year']} is not an academic year"
    if possible is None or attended is None:
        return ""
    if attended > possible:
        return f"{attended} sessions attended are more than {possible} possible"
    counted = round(100 * attended / possible, 1)
    if abs(counted - entry["percent"]) > _TOLERANCE:
        return (
            f"{attended} of {possible} sessions is {counted:g} per cent, not "
            f"{entry['percent']:g}"
        )
    return ""
