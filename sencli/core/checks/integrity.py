"""Consistency of a record: references, people, dates, numbers.

Beyond what a schema can say, and apart from the Code of Practice. All of it pure: what
cannot be read is ``None`` and is not judged.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Mapping

from sencli.core.checks.dates import date_faults
from sencli.core.checks.duplicates import id_faults
from sencli.core.checks.people import people_faults
from sencli.core.checks.references import reference_faults
from sencli.core.checks.remarks import look_alike
from sencli.core.checks.remarks import mixed
from sencli.core.pupil.attendance import odd_figures
from sencli.core.pupil.attendance import term_of_entry
from sencli.core.record.lookup import full_name
from sencli.core.record.walk import Entry
from sencli.core.record.walk import Fault
from sencli.core.record.walk import Path
from sencli.core.record.walk import entries
from sencli.core.text import upn
from sencli.core.text.folding import key
from sencli.core.text.placeholders import CLOSE_CHOICE
from sencli.core.text.placeholders import refusal
from sencli.core.text.placeholders import texts

UNSAID = "unsaid"
"""The code of a text that says nothing: to be answered, and no fault of the file."""


def integrity(
    record: Entry,
    school: Entry | None,
    provisions: Entry | None,
    groups: Entry | None,
) -> list[Fault]:
    """The faults of one pupil's record that fits its schema."""
    found = entries(record)
    faults = [*_upns(record), *_open_cycles(record), *id_faults(found)]
    faults += [*_look_alikes(record), *_attendance(record)]
    faults += unsaid(record, school or {})
    faults += date_faults(record, found)
    faults += reference_faults(record, provisions, groups)
    if school is not None:
        faults += people_faults(record, school, found)
    return faults


def unsaid(record: Entry, school: Entry) -> Iterator[Fault]:
    """Empty texts: dots and placeholders."""
    initials = {member["initials"] for member in school.get("staff", ())}
    for path, text in texts(record):
        if text not in initials:
            fault = refusal(text)
            yield Fault(path, fault.message[:-1], fault.hint, UNSAID, note=True)


def _upns(record: Entry) -> Iterator[Fault]:
    for name, called in (("upn", "the UPN"), ("former_upn", "the former UPN")):
        number = str(record.get(name, ""))
        if number and (wrong := upn.fault(number)):
            mend = "Compare it with the school's own register."
            if len(number) == len("A") + 12:
                right = upn.check_letter(number) + number[1:]
                pupil = record.get("id", "PUPIL")
                mend += (
                    f" If the figures are right: sen pupil set {pupil} {name}={right}"
                )
            yield Fault((name,), f"{called} {number} is wrong: {wrong}", mend, "upn")


def _look_alikes(record: Entry) -> Iterator[Fault]:
    """Names with letters of two alphabets in one word."""
    named: list[tuple[Path, Entry, str]] = [
        ((), record, name) for name in ("first_name", "last_name", "known_as")
    ]
    named += [
        (("contacts", number), contact, "name")
        for number, contact in enumerate(record.get("contacts", ()))
    ]
    for path, holder, field in named:
        name = str(holder.get(field, ""))
        if mixed(name):
            mend = "Type the name again; a letter in it is of another alphabet."
            yield Fault((*path, field), look_alike(name)[:-1], mend, "name", note=True)


def _attendance(record: Entry) -> Iterator[Fault]:
    """Figures of attendance, written by hand, that cannot be."""
    for number, entry in enumerate(record.get("attendance", ())):
        if wrong := odd_figures(entry):
            path = ("attendance", number, "percent")
            name = term_of_entry(entry).name.replace(" term", "")
            mend = f'sen attendance set {record.get("id", "PUPIL")} --term "{name}"'
            yield Fault(path, wrong, f"{mend} --possible NUMBER --attended NUMBER")


def _open_cycles(record: Entry) -> Iterator[Fault]:
    cycles = record.get("cycles", ())
    still_open = [
        number
        for number, cycle in enumerate(cycles)
        if "closed" not in cycle and "review" not in cycle
    ]
    for number in still_open[:-1]:
        known = cycles[number]["id"]
        yield Fault(
            ("cycles", number),
            f"{len(still_open)} cycles are open; a pupil has one at a time",
            f"Review this one, or: sen cycle close {record.get('id', 'PUPIL')} "
            f"--cycle {known} --reason {CLOSE_CHOICE}",
            "cycle",
        )


def across(records: Mapping[str, Entry]) -> list[tuple[str, Fault]]:
    """Faults across all records: a number or a child entered twice.

    Args:
        records: pupil's id to record; ``id``, names, ``date_of_birth`` and ``upn`` do.
    """
    return [*_same_upn(records), *_same_child(records)]


def _same_upn(records: Mapping[str, Entry]) -> Iterator[tuple[str, Fault]]:
    holders: dict[str, str] = {}
    for pupil, record in sorted(records.items()):
        number = str(record.get("upn", ""))
        if number and holders.setdefault(number, pupil) != pupil:
            message = f"upn {number} is also that of {holders[number]}"
            mend = (
                "Compare both with the school's own register; put one right: "
                f"sen pupil set {pupil} upn=NUMBER"
            )
            yield pupil, Fault(("upn",), message, mend, "upn")


def _same_child(records: Mapping[str, Entry]) -> Iterator[tuple[str, Fault]]:
    children = defaultdict(list)
    for pupil, record in sorted(records.items()):
        if born := record.get("date_of_birth"):
            children[key(full_name(record)), born].append(pupil)
    for pupils in children.values():
        for pupil in pupils[1:]:
            message = f"{pupils[0]} has the same name and date of birth"
            mend = f"If both are one child, keep one: sen pupil show {pupils[0]}"
            fault = Fault(("date_of_birth",), message, mend, "pupil", note=True)
            yield pupil, fault


def catalogue_faults(groups: Entry, provisions: Entry | None) -> list[Fault]:
    """Groups of a provision that the catalogue does not have."""
    if provisions is None:
        return []
    known = {str(entry["key"]) for entry in provisions.get("provisions", ())}
    return [
        Fault(
            ("groups", number, "provision"),
            f"provision {group['provision']} is not in the catalogue",
            f"Enter it: sen provision add {group['provision']} --name NAME",
            "reference",
        )
        for number, group in enumerate(groups.get("groups", ()))
        if group.get("provision", "") not in known | {""}
    ]
