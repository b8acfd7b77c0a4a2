"""Take the SEN history of a Common Transfer File into a record, and give one.

What the record says of its own holds: from the day on which its own history begins,
the file's is only told. Nothing is taken twice, and nothing is ended or cleared.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from itertools import count
from typing import Any
from typing import Protocol

from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import needs_on
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import words
from sencli.terms import NEED_TYPES
from sencli.terms import PROVISION
from sencli.value import Value

_OLD_CODES = {
    "S": ("E", "a statement, which is now an EHC plan"),
    "A": ("K", "School Action, which is now SEN support"),
    "P": ("K", "School Action Plus, which is now SEN support"),
}
_OLD_TYPES = {"BESD": "SEMH"}
_NONE = "N"
_RANKS = range(1, 100)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SEX = {"M": "male", "F": "female"}


class NeedGiven(Protocol):
    """A need as a file has it, in texts."""

    @property
    def type(self) -> str:
        """Its code."""

    @property
    def rank(self) -> str:
        """Its rank."""

    @property
    def begins(self) -> str:
        """From when."""

    @property
    def ends(self) -> str:
        """Until when."""


class HistoryGiven(Protocol):
    """A pupil as a file has them."""

    @property
    def number(self) -> int:
        """Which one in the file."""

    @property
    def fields(self) -> Mapping[str, str]:
        """``upn``, ``formerupn``, ``surname``, ``forename``, ``dob``, ``sex``."""

    @property
    def statuses(self) -> Sequence[tuple[str, str]]:
        """Each start and code."""

    @property
    def needs(self) -> Sequence[NeedGiven]:
        """The needs."""


class HistoryTaken(Value):
    """What becomes of one pupil's history.

    Attributes:
        record: with what was taken.
        taken: what that is, a line each.
        notes: what was not taken as it stands, and why.
    """

    record: Record
    taken: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def has_history(given: HistoryGiven) -> bool:
    """Whether the file says more of the pupil than that there is no SEN."""
    return bool(given.needs) or any(code != _NONE for _, code in given.statuses)


def cells_of(given: HistoryGiven) -> dict[str, str]:
    """Who the pupil is, by the fields of a record; what cannot be read is left out."""
    own = given.fields.get
    cells = {
        "first_name": own("forename", ""),
        "last_name": own("surname", ""),
        "date_of_birth": _day(own("dob", "")),
        "upn": own("upn", ""),
        "sex": _SEX.get(own("sex", "").upper()[:1], ""),
    }
    return {field: text for field, text in cells.items() if text}


def with_history(
    record: Record,
    given: HistoryGiven,
    source: str,
    today: str,
    new_id: Callable[[str], str],
) -> HistoryTaken:
    """The record with the SEN history of a file.

    Args:
        record: the pupil's.
        given: the pupil in the file.
        source: what the history is from, in words.
        today: ISO date.
        new_id: gives a new id of a kind.
    """
    work = _HistoryWork(record, source, today)
    for begins, code in sorted(given.statuses):
        work.status(begins, code.strip().upper())
    for need in given.needs:
        work.need(need, new_id)
    return HistoryTaken(work.record, tuple(work.taken), tuple(work.notes))


class _HistoryWork:
    """A record to which the lines of a file are added one by one."""

    def __init__(self, record: Record, source: str, today: str) -> None:
        self.record = record
        self._source = source
        self._today = today
        own = [s["from"] for s in record.get("status", ()) if "source" not in s]
        self._own_from = min(map(str, own), default=STILL)
        self.taken: list[str] = []
        self.notes: list[str] = []

    def _fault(self, day: str) -> str:
        """Why nothing can be of that day, or ""."""
        born = self.record.get("date_of_birth", "")
        if not _day(day):
            return f"{day!a} is not a day" if day else "it has no day"
        if day > self._today:
            return f"{words(day)} is still to come"
        if day < born:
            return f"{words(day)} is before the date of birth"
        return ""

    def status(self, begins: str, typed: str) -> None:
        """A status from a day."""
        code, old = _OLD_CODES.get(typed, (typed, ""))
        if code not in PROVISION:
            self.notes.append(f"SEN provision {typed!a} is not a known code: left out.")
            return
        if fault := self._fault(begins):
            self.notes.append(f"{PROVISION[code]} ({typed}): {fault}; left out.")
            return
        entries = list(self.record.get("status", ()))
        said = f"{PROVISION[code]} ({code}) from {words(begins)}"
        same = [entry for entry in entries if entry["from"] == begins]
        if any(entry["provision"] == code for entry in same):
            return
        if same or begins >= self._own_from:
            self.notes.append(f"{said}: left out, as this record has its own by then.")
            return
        if old:
            self.notes.append(f"{typed} from {words(begins)} is {old}.")
        entry = {"from": begins, "provision": code, "source": self._source}
        entries = sorted([*entries, entry], key=lambda one: str(one["from"]))
        self.record = {**self.record, "status": entries}
        self.taken.append(said)

    def need(self, given: NeedGiven, new_id: Callable[[str], str]) -> None:
        """A need with its days and its rank."""
        typed = given.type.strip().upper()
        code = _OLD_TYPES.get(typed, typed)
        if code not in NEED_TYPES:
            self.notes.append(f"SEN type {typed!a} is not a known code: left out.")
            return
        begins = given.begins or self._support_began()
        faults = [self._fault(begins)] if begins else []
        if given.ends and (not _day(given.ends) or given.ends < begins):
            faults.append(f"its end, {given.ends!a}, is not after its beginning")
        if fault := next(filter(None, faults), ""):
            self.notes.append(f"{typed}: {fault}; left out.")
            return
        days = f" from {words(begins)}" if begins else ""
        days += f" until {words(given.ends)}" if given.ends else ""
        if self._held(code, begins, given.ends):
            return
        if code != typed:
            self.notes.append(f"{typed} is an old code, which is now {code}.")
        rank = self._rank(code, given, begins)
        need: Entry = {"id": new_id("need"), "from": begins, "until": given.ends}
        need = {key: text for key, text in need.items() if text}
        need |= {"type": code, "rank": rank, "source": self._source}
        self.record = {**self.record, "needs": [*self.record.get("needs", ()), need]}
        self.taken.append(f"{code}, {NEED_TYPES[code][0]}, rank {rank}{days}")

    def _support_began(self) -> str:
        """When the support that holds now began: for a need that has no day."""
        began = ""
        for entry in self.record.get("status", ()):
            if entry["provision"] == _NONE:
                began = ""
            elif not began:
                began = str(entry["from"])
        return began

    def _held(self, code: str, begins: str, ends: str) -> bool:
        """Whether the record has that need at that time."""
        return any(
            need["type"] == code
            and str(need.get("from", "")) <= (ends or STILL)
            and begins <= str(need.get("until", STILL))
            for need in self.record.get("needs", ())
        )

    def _rank(self, code: str, given: NeedGiven, begins: str) -> int:
        """The rank of the file, or the next one that is free at that time."""
        day = given.ends or self._today
        taken = {need.get("rank") for need in needs_on(self.record, day)}
        taken |= {need.get("rank") for need in needs_on(self.record, begins or day)}
        wanted = (
            int(given.rank) if given.rank.isdecimal() and given.rank.isascii() else 0
        )
        if wanted in _RANKS and wanted not in taken:
            return wanted
        rank = next(number for number in count(1) if number not in taken)
        why = "is taken" if wanted in _RANKS else "is no rank"
        self.notes.append(f"{code}: rank {given.rank!a} {why}; {rank} is put.")
        return rank


def _day(text: str) -> str:
    """An ISO day that there is, or ""."""
    try:
        return date.fromisoformat(text).isoformat() if _DAY.fullmatch(text) else ""
    except ValueError:
        return ""


def statuses_of(record: Entry, day: str) -> list[tuple[str, str]]:
    """The status history up to a day: start and code."""
    return [
        (str(entry["from"]), str(entry["provision"]))
        for entry in record.get("status", ())
        if entry["from"] <= day
    ]


def needs_of(record: Entry, day: str) -> Iterator[dict[str, str]]:
    """The needs up to a day, each stretch of one rank: type, rank, begins, ends."""
    entries = [n for n in record.get("needs", ()) if str(n.get("from", "")) <= day]
    for need in entries:
        later = [
            str(other["from"])
            for other in entries
            if other["id"] == need["id"]
            and str(other.get("from", "")) > str(need.get("from", ""))
        ]
        texts: dict[str, Any] = {"type": need["type"], "rank": need.get("rank", "")}
        texts |= {"begins": need.get("from", ""), "ends": need.get("until", "")}
        if later:
            texts["ends"] = _eve(min(later))
        yield {key: str(text) for key, text in texts.items()}


def _eve(day: str) -> str:
    from sencli.core.text.dates import add_days

    return add_days(day, -1)
