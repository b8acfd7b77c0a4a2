"""Dates that must be in order: from before until, plan before review."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sencli.core.record.lookup import STILL
from sencli.core.record.walk import Entries
from sencli.core.record.walk import Entry
from sencli.core.record.walk import Fault
from sencli.core.record.walk import Path
from sencli.core.record.walk import logs
from sencli.core.text.dates import words

_DATE = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}")
# fields of one entry, the earlier first
_PAIRS = (
    ("from", "until"),
    ("start", "end"),
    ("referred", "first_seen"),
    ("referred", "discharged"),
    ("issued", "ceased"),
    ("date", "responded"),
    ("date", "review_by"),
    ("from", "review_by"),
)
_LASTS = frozenset(last for _, last in _PAIRS)
# what a date is of, as people say it
_SAID = {
    "from": "start",
    "until": "end",
    "referred": "referral",
    "first_seen": "first visit",
    "discharged": "discharge",
    "issued": "day of issue",
    "ceased": "end of the plan",
    "responded": "answer",
    "review_by": "day of the review",
    "by": "day of the target",
    "closed": "close",
    "assess": "assessment",
    "ended": "end",
}
_PARTS = ("assess", "plan", "review", "closed", "ended")
# More than so many dates before the birth: it is the date of birth that is wrong.
_FEW = 3


def date_faults(record: Entry, found: Entries) -> list[Fault]:
    """Dates that come before what they follow.

    Args:
        record: a pupil's.
        found: its entries.
    """
    late = [
        _late((*path, last), entry[last], entry[first], _of((*path, first)))
        for path, entry in found
        if not _LASTS.isdisjoint(entry)
        for first, last in _PAIRS
        if last in entry and first in entry and _is_late(entry[last], entry[first])
    ]
    for number, cycle in enumerate(record.get("cycles", ())):
        late += _cycle(cycle, ("cycles", number))
    return late + _before_birth(record, found)


def _is_late(last: object, first: object) -> bool:
    return _is_date(last) and _is_date(first) and str(last) < str(first)


def _late(path: Path, day: str, first: str, what: str) -> Fault:
    return Fault(
        path,
        f"the {_of(path)}, {words(day)}, comes before the {what}, {words(first)}",
        "Put the one of the two right that is wrong.",
        "date",
    )


def _field_words(name: str) -> str:
    return _SAID.get(name, name.replace("_", " "))


def _of(path: Path) -> str:
    """A date's name; the date of a plan or review is named after it."""
    *_, holder, name = ["", *(part for part in path if isinstance(part, str))]
    if holder == "dose":
        return "change of its amount"
    return _field_words(holder if name == "date" and holder in _PARTS else name)


def _is_date(value: object) -> bool:
    return isinstance(value, str) and _DATE.fullmatch(value) is not None


def _cycle(cycle: Entry, at: Path) -> Iterator[Fault]:
    """Assessment, plan, review and close, and what is planned within them."""
    last, what = "", ""
    for part in ("assess", "plan", "review", "closed"):
        day = cycle.get(part, {}).get("date", "")
        if day and day < last:
            yield _late((*at, part, "date"), day, last, _field_words(what))
        if day > last:
            last, what = day, part
    plan = cycle.get("plan", {})
    for number, outcome in enumerate(plan.get("outcomes", ())):
        yield from _outcome(outcome, (*at, "plan", "outcomes", number))
    for number, intervention in enumerate(plan.get("interventions", ())):
        yield from _intervention(intervention, (*at, "plan", "interventions", number))


def _outcome(outcome: Entry, at: Path) -> Iterator[Fault]:
    by = outcome.get("target", {}).get("by", "")
    began = outcome.get("from") or outcome.get("baseline", {}).get("date", "")
    if by and by < began:
        yield _late((*at, "target", "by"), by, began, "start")


def _intervention(intervention: Entry, at: Path) -> Iterator[Fault]:
    began, until = intervention.get("from", ""), intervention.get("until", STILL)
    for number, dose in enumerate(intervention.get("dose", ())):
        day, path = dose.get("from", ""), (*at, "dose", number, "from")
        if day and day < began:
            yield _late(path, day, began, "start")
        elif day > max(until, began):
            yield _late((*at, "until"), until, day, "change of its amount")
    ended = intervention.get("ended", {}).get("date", "")
    if ended and ended < began:
        yield _late((*at, "ended", "date"), ended, began, "start")


def _before_birth(record: Entry, found: Entries) -> list[Fault]:
    born = record.get("date_of_birth", "")
    early = [*_early(record, found, born)] if born else []
    if len(early) <= _FEW:
        return [_late(path, day, born, "birth") for path, day in early]
    first = min(day for _, day in early)
    return [
        Fault(
            ("date_of_birth",),
            f"date_of_birth is {words(born)}, and {len(early)} entries are dated "
            f"before it, the first {words(first)}",
            f"Write the right one: sen pupil set {record.get('id', 'PUPIL')} "
            "date_of_birth=DATE",
            "date",
        )
    ]


def _early(record: Entry, found: Entries, born: str) -> Iterator[tuple[Path, str]]:
    for path, entry in found:
        for name, value in entry.items():
            if type(value) is str and value < born and _is_date(value):
                yield (*path, name), value
    for path, listed in logs(record):
        name = "date" if path[-1] == "sessions" else "week"
        if min([entry[name] for entry in listed]) < born:
            for number, entry in enumerate(listed):
                if entry[name] < born:
                    yield (*path, number, name), entry[name]
