"""What the evidence for an EHC request still lacks: for the school alone."""

from __future__ import annotations

from collections.abc import Iterator

from sencli.core.people.parents import SHORTCUTS
from sencli.core.people.parents import readers
from sencli.core.people.young_person import family_on
from sencli.core.people.young_person import is_young_person
from sencli.core.provision.school import School
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.reports import ehc_evidence
from sencli.core.reports import review_report
from sencli.core.reports.review_gaps import Lack
from sencli.core.text.money import pounds
from sencli.core.text.placeholders import ADVICE_CHOICE
from sencli.core.text.placeholders import SAID
from sencli.core.text.placeholders import SEEN

FEWEST_CYCLES = 2


def lacks(record: Entry, around: School, day: str) -> list[Lack]:
    """Everything that an authority's form asks for and the record does not say.

    Args:
        record: the pupil's, whole.
        around: the school.
        day: ISO date.
    """
    found = (
        *_cycles(record, around, day),
        *_progress(record, day),
        *_costs(record, around, day),
        *_advice(record, around, day),
        *_views(record, day),
        *_attendance(record, day),
        *_person(record, day),
        *_family(record, day),
    )
    return list(dict.fromkeys(found))


def _cycles(record: Entry, around: School, day: str) -> Iterator[Lack]:
    pupil = record["id"]
    made = ehc_evidence.cycles(record, around, day)
    done = [cycle for cycle in made if cycle.reviewed]
    if len(done) < FEWEST_CYCLES:
        count = ("No cycle has", "Only one cycle has")[len(done)]
        going = lookup.open_cycle(record) is not None
        yield Lack(
            f"{count} been reviewed; authorities look for two or more.",
            f"sen cycle review {pupil}" if going else f"sen cycle open {pupil}",
        )
    for cycle in done:
        yield from _exits(pupil, cycle)
    for cycle in made:
        for support in cycle.supports:
            if support.given is None:
                yield Lack(
                    f"{cycle.label}: no session is recorded: {support.name}.",
                    f"sen session log {pupil} --date DATE",
                )


def _exits(pupil: str, cycle: ehc_evidence.Reviewed) -> Iterator[Lack]:
    """Outcomes of a reviewed cycle that do not go from a baseline to an exit."""
    at = f'--cycle "{cycle.label}"'
    if not cycle.outcomes:
        yield Lack(f"{cycle.label} has no outcome.")
    for row in cycle.outcomes:
        if not row.baseline:
            yield Lack(
                f"{cycle.label}: no baseline: {row.outcome}.",
                f"sen outcome set {pupil} OUTCOME --baseline VALUE {at}",
            )
        if not row.result:
            yield Lack(
                f"{cycle.label}: not judged at the review: {row.outcome}.",
                f"sen cycle review {pupil} --outcome NUMBER=RESULT {at}",
            )
        elif row.baseline and not row.exit:
            yield Lack(
                f"{cycle.label}: no exit value: {row.outcome}.",
                f"sen cycle review {pupil} --outcome NUMBER=RESULT:VALUE {at}",
            )


def _progress(record: Entry, day: str) -> Iterator[Lack]:
    pupil = record["id"]
    by_scale: dict[tuple[str, str], int] = {}
    for entry in record.get("attainment", ()):
        if entry["date"] <= day:
            key = (str(entry["scale"]), str(entry.get("subject", "")))
            by_scale[key] = by_scale.get(key, 0) + 1
    if not by_scale:
        yield Lack(
            "No test or attainment outside outcomes is recorded.",
            f"sen attainment add {pupil} SCALE VALUE",
        )
    elif max(by_scale.values()) == 1:
        yield Lack(
            "No test was taken twice, so that no rate of progress shows.",
            f"sen attainment list {pupil}",
        )
    if not any("compared_with_peers" in c.get("assess", {}) for c in _real(record)):
        yield Lack(
            "No assessment compares the pupil with others of the same age.",
            f"sen cycle open {pupil} --compared-with-peers {SEEN}",
        )


def _real(record: Entry) -> list[Entry]:
    return [
        cycle
        for cycle in record.get("cycles", ())
        if cycle.get("closed", {}).get("reason") != "opened_in_error"
    ]


def _costs(record: Entry, around: School, day: str) -> Iterator[Lack]:
    rows = ehc_evidence.costs(record, around, ehc_evidence.year_to(day))
    for row in rows:
        for why in row.missing:
            yield Lack(f"{row.provision} has no cost: {why}.")
    total = rows[-1].running if rows else 0
    if total < around.threshold:
        yield Lack(
            f"The provision of the last twelve months comes to {pounds(total)}, below "
            f"the {pounds(around.threshold)} of element 2.",
            f"sen map --pupil {record['id']}",
        )


def _advice(record: Entry, around: School, day: str) -> Iterator[Lack]:
    pupil = record["id"]
    made = ehc_evidence.advised(record, around, day)
    if not made:
        yield Lack(
            "No advice of a specialist is recorded.",
            f"sen specialist refer {pupil} SERVICE",
        )
    for one in made:
        if not one.decision:
            yield Lack(
                f"What the school did about the advice of {one.service} is not "
                f"recorded: {one.text}",
                f"sen specialist decide {pupil} NUMBER --decision {ADVICE_CHOICE}",
            )
        elif one.decision != "declined" and not one.carried_out:
            yield Lack(
                f"No outcome or support carries out the advice of {one.service}: "
                f"{one.text}"
            )


def _views(record: Entry, day: str) -> Iterator[Lack]:
    pupil, period = record["id"], ehc_evidence.year_to(day)
    heard = {one.of for one in review_report.opinions(record, {}, period)}
    parents = {str(c["id"]) for c in readers(record, day)[0]} | SHORTCUTS
    if not parents & heard and not is_young_person(record, day):
        yield Lack(
            "No view of a parent is recorded in the last year.",
            f"sen meeting add {pupil} --parent-view {SAID}",
        )
    if "pupil" not in heard:
        yield Lack(
            "No view of the pupil is recorded in the last year.",
            f"sen meeting add {pupil} --pupil-view {SAID}",
        )


def _attendance(record: Entry, day: str) -> Iterator[Lack]:
    pupil = record["id"]
    year = lookup.academic_year_label(day)
    if not any(e["academic_year"] == year for e in record.get("attendance", ())):
        yield Lack(
            f"No attendance of {year} is recorded.",
            f"sen attendance set {pupil} VALUE",
        )
    for entry in record.get("part_time_timetables", ()):
        if "given" not in entry.get("consent", {}):
            whose = family_on(record, str(entry["from"])).possessive
            yield Lack(f"A part-time timetable has no word on {whose} consent.")
        if "reason" not in entry:
            yield Lack("A part-time timetable has no reason.")


def _person(record: Entry, day: str) -> Iterator[Lack]:
    pupil = record["id"]
    for key, named, command in (
        ("date_of_birth", "date of birth", f"sen pupil set {pupil} date_of_birth=DATE"),
        ("upn", "unique pupil number", f"sen pupil set {pupil} upn=CODE"),
        ("sex", "sex", f"sen pupil set {pupil} sex=WORDS"),
        ("ethnicity", "ethnicity", f"sen ethnicity set {pupil} CODE"),
        ("home_language", "home language", f"sen language set {pupil} WORDS"),
    ):
        if not record.get(key):
            yield Lack(f"The {named} is not recorded.", command)
    if not any("from_school" in stay for stay in record.get("roll", ())):
        yield Lack("No previous school or setting is recorded.")
    needs = lookup.needs_on(record, day)
    if not needs:
        yield Lack("No need is recorded.", f"sen need add {pupil} TYPE")
    for need in needs:
        if "description" not in need:
            yield Lack(
                f"What the need means for the pupil is not described: {need['type']}.",
                f"sen need set {pupil} {need['type']} --description {SEEN}",
            )


def _family(record: Entry, day: str) -> Iterator[Lack]:
    pupil = record["id"]
    found = ehc_evidence.holders(record, day)
    if not found:
        yield Lack(
            "Who holds parental responsibility is not recorded.",
            f"sen contact set {pupil} WHO --parental-responsibility",
        )
    for contact in found:
        if "address" not in contact:
            yield Lack(
                f"The address of {contact['name']} is not recorded.",
                f"sen contact set {pupil} {contact['id']} --address WORDS",
            )
