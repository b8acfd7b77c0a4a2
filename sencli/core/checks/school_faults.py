"""Unlikely values in the school's files: ages, terms, groups with the same name.

The commands refuse to write it; a slip by hand writes it all the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from sencli.core.checks.dates import date_faults
from sencli.core.record.walk import Entry
from sencli.core.record.walk import Fault
from sencli.core.record.walk import entries
from sencli.core.text.folding import fold
from sencli.core.time.term_dates import odd_term

LIKELY = "likely"
"""The code of what two laptops can come to together: to be looked at, no fault."""


def school_faults(record: Entry) -> list[Fault]:
    """The faults of one of the school's own files, or of a report that it publishes.

    Args:
        record: one of them, or what of it fits its schema.
    """
    late = date_faults(record, entries(record))
    bad = {fault.path[:2] for fault in late}
    rest = (*_ages(record), *_terms(record, bad), *_groups(record))
    return [*late, *rest, *_activities(record)]


def _ages(record: Entry) -> Iterator[Fault]:
    ages = record.get("ages", {})
    first, last = ages.get("from", 0), ages.get("to", 999)
    if last < first:
        yield Fault(
            ("ages", "to"),
            f"the ages go from {first} to {last}, so no child is of one of them",
            f"If they are the wrong way round: sen school set ages={last}-{first}",
            "date",
        )


def _terms(record: Entry, bad: set[tuple[str | int, ...]]) -> Iterator[Fault]:
    terms = record.get("terms", ())
    for number, term in enumerate(terms):
        at = ("terms", number)
        odd = None if at in bad else odd_term(term, terms[:number])
        if odd is not None:
            yield Fault(at, odd[0], odd[1] or "See them: sen term list", LIKELY)


def _groups(record: Entry) -> Iterator[Fault]:
    seen: dict[str, Entry] = {}
    for number, group in enumerate(record.get("groups", ())):
        other = seen.setdefault(fold(str(group["name"])), group)
        if other is not group:
            yield Fault(
                ("groups", number, "name"),
                f"two groups are named {group['name']}: {other['id']} and "
                f"{group['id']}, so neither can be meant by its name",
                f"Name one otherwise: sen group set {group['id']} --name NAME",
                LIKELY,
            )


def _activities(record: Entry) -> Iterator[Fault]:
    known = {barrier["id"] for barrier in record.get("barriers", ())}
    for number, activity in enumerate(record.get("activities", ())):
        if activity.get("barrier", "") not in {"", *known}:
            yield Fault(
                ("activities", number, "barrier"),
                f"there is no barrier {activity['barrier']} in the strategy",
                "See which there are: sen report show inclusion-strategy",
                "reference",
            )
