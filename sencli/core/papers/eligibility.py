"""Which papers would be true of a pupil on a day, by their status and roll."""

from __future__ import annotations

from types import MappingProxyType
from typing import Literal

from sencli.core.papers.readership import for_authority
from sencli.core.papers.readership import is_letter
from sencli.core.people.young_person import family_on
from sencli.core.pupil import support_since
from sencli.core.pupil.plan_in_force import plan_in_force
from sencli.core.pupil.plan_in_force import under_plan
from sencli.core.record import lookup
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Entry
from sencli.core.statutory.owed import owed
from sencli.core.text.dates import words
from sencli.core.text.placeholders import SEEN
from sencli.errors import InvalidValue

Standing = Literal["coming", "left", "supported", "assessing", "ended", "none"]

_OF_THE_ROLL = frozenset(
    (
        *("summary", "support-plan", "isp", "passport", "letter-support-begins"),
        "letter-support-ends",
        *("letter-review-invitation", "letter-annual-review-invitation"),
        *("letter-specialist-consent", "annual-review", "ehc-evidence"),
        *("letter-review-reminder", "letter-missed-meeting", "letter-after-meeting"),
        *("letter-specialist-referral", "letter-social-worker", "letter-health"),
    )
)
"""Papers that speak of what the school does for a pupil who is here."""

_OF_REVIEWS = frozenset({"letter-annual-review-invitation", "annual-review"})

_NO_SCHOOL: Entry = MappingProxyType({})
_OF_SUPPORT = frozenset({"summary", "support-plan", "isp", "letter-review-invitation"})


_CHANGES = {
    "letter-support-begins": ("K", "does not have SEN support"),
    "letter-support-ends": ("N", "still has support, or never had"),
}
"""Letters that tell of a change: to which code, and what is so without it."""


def papers_standing(record: Entry, day: str) -> Standing:
    """The pupil's position on a day.

    Returns:
        ``coming`` (on roll later), ``left``, ``supported`` (K, E or an EHC plan in
        force), ``assessing`` (no support, but a cycle is open), ``ended`` (had support)
        or ``none``.
    """
    if not lookup.on_roll(record, day):
        begun = any(stay.get("from", "") <= day for stay in record.get("roll", ()))
        return "left" if begun else "coming"
    if lookup.status_on(record, day)["provision"] != "N" or under_plan(record, day):
        return "supported"
    if lookup.open_cycle(record) is not None:
        return "assessing"
    return "ended" if support_ended(record, day) else "none"


def support_ended(record: Entry, day: str) -> str:
    """Since when there is no support any more; "" where none was, or some is."""
    if lookup.status_on(record, day)["provision"] != "N":
        return ""
    since = support_since.code_since(record, day)
    before = [e for e in record.get("status", ()) if e.get("from", "") < since]
    return since if any(entry["provision"] != "N" for entry in before) else ""


def roll_words(record: Entry, day: str) -> str:
    """``left on 12 March 2026``, ``joins on ...``, or "" for one who is on roll."""
    where = papers_standing(record, day)
    if where == "left":
        return f"left on {words(_last_day(record, day))}"
    return f"joins on {words(_first_day(record))}" if where == "coming" else ""


def _last_day(record: Entry, day: str) -> str:
    return max(str(s["until"]) for s in record["roll"] if s.get("until", STILL) < day)


def _first_day(record: Entry) -> str:
    return min(str(stay["from"]) for stay in record["roll"])


def plan_ceased(record: Entry, day: str) -> str:
    """When the last EHC plan ceased, or "" while one is in force or none ever was."""
    if plan_in_force(record, day) is not None:
        return ""
    plans = record.get("ehc", {}).get("plans", ())
    days = [str(plan["ceased"]) for plan in plans if plan.get("ceased", STILL) <= day]
    return max(days, default="")


def refusal(
    document: str, record: Entry, day: str, school: Entry = _NO_SCHOOL
) -> InvalidValue | None:
    """Why a paper would not be true of the pupil on the day; ``None`` where it is.

    Args:
        document: its name in the registry.
        record: the pupil's, whole.
        day: ISO date of the paper.
        school: the school, by which pupils move on and authorities are named.
    """
    if for_authority(document):
        return _nothing_owed(record, day, school)
    return _untrue(document, record, day)


def _untrue(document: str, record: Entry, day: str) -> InvalidValue | None:
    """Why a paper for the family or the school would not be true on the day."""
    where = papers_standing(record, day)
    name, pupil = lookup.display_name(record), record["id"]
    if where == "left" and document in {*_OF_THE_ROLL, "profile"}:
        return _left(document, record, day)
    if where == "coming" and document in _OF_THE_ROLL:
        first = _first_day(record)
        return InvalidValue(
            f"{name} joins the school on {words(first)}, so this paper would not be "
            "true before that day.",
            f"Until then: sen print profile {pupil}",
        )
    if (fault := _of_plan(document, record, day)) is not None:
        return fault
    if document in _CHANGES and not _changed(document, record, day):
        return _unchanged(document, record, day)
    nothing = {"none"} if document == "summary" else {"none", "ended"}
    if document in _OF_SUPPORT and where in nothing:
        return _unsupported(document, record, day)
    return None


def _of_plan(document: str, record: Entry, day: str) -> InvalidValue | None:
    """Why a paper about a plan, or about asking for one, would not be true."""
    name, pupil = lookup.display_name(record), record["id"]
    plan = plan_in_force(record, day)
    if document in _OF_REVIEWS and plan is None:
        ceased = plan_ceased(record, day)
        why = f"ended on {words(ceased)}" if ceased else "is not recorded"
        return InvalidValue(
            f"The EHC plan of {name} {why}, so there is no annual review to invite to.",
            f"Record the plan first: sen ehc issue {pupil} --date DATE",
        )
    if document == "ehc-evidence" and plan is not None:
        return InvalidValue(
            f"{name} has an EHC plan, issued on {words(plan['issued'])}, so there is "
            "no assessment to ask for.",
            f"For its review: sen print annual-review {pupil}",
        )
    return None


def _nothing_owed(record: Entry, day: str, school: Entry) -> InvalidValue | None:
    """Why there is no letter to the authority: nothing of its is late."""
    if owed([record], school, day):
        return None
    return InvalidValue(
        f"No authority owes anything for {lookup.display_name(record)} by "
        f"{words(day)}, so there is nothing to ask for.",
        f"See what is due when: sen ehc show {record['id']}",
    )


def _changed(document: str, record: Entry, day: str) -> bool:
    """Whether support began or ended as the letter says."""
    if document == "letter-support-ends":
        return bool(support_ended(record, day))
    status = lookup.status_on(record, day)
    return status["provision"] == "K" and bool(support_since.code_since(record, day))


def _unchanged(document: str, record: Entry, day: str) -> InvalidValue:
    code, said = _CHANGES[document]
    if code == "K" and support_since.taken_over(record, day):
        said = "has support from before these records; nobody has entered since when"
        return InvalidValue(
            f"{lookup.display_name(record)} {said}.",
            f"Enter it first: sen status set {record['id']} {code} --since DATE",
        )
    return InvalidValue(
        f"{lookup.display_name(record)} {said} on that day, so the letter would not be "
        "true.",
        f"Record it first: sen status set {record['id']} {code} --since DATE",
    )


def _left(document: str, record: Entry, day: str) -> InvalidValue:
    """A leaver's paper is of the last day, or not at all."""
    last = _last_day(record, day)
    letter = is_letter(document)
    name = lookup.display_name(record)
    command = "sen summary" if document == "summary" else f"sen print {document}"
    return InvalidValue(
        f"{name} left the school on {words(last)}, so this paper would not be true "
        "today.",
        f"See who is on roll: sen pupil show {record['id']}"
        if letter
        else f"As it was on the last day: {command} {record['id']} --as-at {last}",
    )


def _unsupported(document: str, record: Entry, day: str) -> InvalidValue:
    name, pupil = lookup.display_name(record), record["id"]
    ended = support_ended(record, day)
    whom = family_on(record, day).name.removeprefix("the ")
    if ended:
        return InvalidValue(
            f"SEN support for {name} ended on {words(ended)}, so this paper would not "
            "be true today.",
            f"Tell the {whom}: sen print letter-support-ends {pupil}"
            if document == "letter-review-invitation"
            else f"What came of it: sen summary {pupil}",
        )
    return InvalidValue(
        f"{name} has no SEN support, and no cycle is open, so there is nothing for "
        "this paper to say.",
        f"Open a cycle first: sen cycle open {pupil} --assessment {SEEN}",
    )
