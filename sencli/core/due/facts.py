"""The facts ``sen due`` needs from a record: independent of the day, so cacheable."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sencli.core.handover.access_clock import is_open
from sencli.core.people.young_person import family_met
from sencli.core.people.young_person import reached
from sencli.core.pupil.part_time import next_review
from sencli.core.record.fingerprint import fingerprint
from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import cycle_began
from sencli.core.record.lookup import health_on
from sencli.core.record.lookup import open_cycle
from sencli.core.record.types import Entry
from sencli.core.text.dates import add_days
from sencli.core.text.dates import words
from sencli.core.text.placeholders import ADVICE_CHOICE
from sencli.core.text.placeholders import DONE

_DATED = (
    "concerns",
    "considerations",
    "profiles",
    "meetings",
    "reports",
    "information",
)
_BEGUN = ("status", "needs", "adjustments")
_DONE = ("sessions", "measurements", "changes")
_EHC = (
    *("advice_sent", "evidence_sent", "draft", "draft_answered", "report_sent"),
    "notice_sent",
)
_PLANNED = ("id", "date", "time")
_DECISIONS = ("decision", "plan_decision")
_APPEAL = ("certificate", "mediation", "appealed", "ended")
_SPECIALIST = ("referred", "first_seen", "discharged")


def events(record: Entry) -> list[str]:
    """The ISO date of everything that happened, in no order; some may be "".

    Gathered list by list: a long record has a thousand of them.
    """
    found: list[str] = []
    for name in _DATED:
        found += [entry["date"] for entry in record.get(name, ())]
    found += [entry.get("responded", "") for entry in record.get("concerns", ())]
    for name in _BEGUN:
        found += [entry.get("from", "") for entry in record.get(name, ())]
    for cycle in record.get("cycles", ()):
        found += _in_cycle(cycle)
    for entry in record.get("specialists", ()):
        found += [entry.get(part, "") for part in _SPECIALIST]
        found += entry.get("chased", ())
        found += [told["date"] for told in entry.get("asked", ())]
        found += [advice["date"] for advice in entry.get("advice", ())]
    ehc = record.get("ehc", {})
    for name in ("requests", "reviews"):
        for entry in ehc.get(name, ()):
            found.append(entry["date"])
            found += [entry.get(part, "") for part in _EHC]
            found += [entry[part]["date"] for part in _DECISIONS if part in entry]
    for plan in ehc.get("plans", ()):
        found += [plan["issued"], plan.get("joined", ""), *plan.get("amended", ())]
        found += [moved["date"] for moved in plan.get("transfers", ())]
    for appeal in ehc.get("appeals", ()):
        found += [appeal.get(part, "") for part in _APPEAL]
    return found


def _in_cycle(cycle: Entry) -> list[str]:
    parts = ("assess", "plan", "review", "closed")
    found = [cycle.get(part, {}).get("date", "") for part in parts]
    done = cycle.get("do", {})
    for name in _DONE:
        found += [entry["date"] for entry in done.get(name, ())]
    return found + [tally["week"] for tally in done.get("tallies", ())]


def last_event(record: Entry, day: str) -> str:
    """The last day by ``day`` on which something was recorded to happen, or ""."""
    return max([date for date in events(record) if date <= day], default="")


Row = dict[str, Any]

ANSWER_DAYS = 14
PLAN_DAYS = 14
ADVICE_DAYS = 28
CHASE_DAYS = 42
KEPT_EVENTS = 6
_ANSWER = f"--decision {ADVICE_CHOICE}"

_ELSEWHERE = {
    "pep": "Personal education plan",
    "healthcare_plan": "Healthcare plan",
    "early_help": "Early help plan",
}
_WHOLE = ("id", "first_name", "last_name", "known_as", "date_of_birth")
_STAY = ("from", "until", "to_school", "records_sent")
_STATUS = ("from", "provision", "monitoring", "source", "taken_over")
_CONTACT = ("id", "from", "until", "acts_for_pupil")
_SPOKEN = ("id", "from", "until", "interpreter", "language")
_PLAN = ("id", "issued", "ceased", "amended", "authority", "officer", "transfers")
_REQUEST = (
    *("id", "date", "advice_requested", "advice_sent", "withdrawn"),
    *("decision", "plan_decision", "plan", "exceptions", "draft", "draft_answered"),
    *("authority", "officer"),
)
_REVIEW = (
    *("id", "date", "time", "kind", "invited", "advice", "circulated", "report_sent"),
    *("decision", "notice_sent", "exceptions", "source"),
)
_ACCESS = ("id", "date", "kind", "identity_asked", "identity_checked", "extended")
_TRANSITION = ("date", "kind")


def due_row(record: Entry) -> Row:
    """The facts that decide what is due, whatever the day.

    ``items`` are ``[ISO date, kind, what, command]``; the rest is judged on the day.
    """
    row: Row = {key: record[key] for key in _WHOLE if key in record}
    row["roll"] = [_part(stay, _STAY) for stay in record.get("roll", ())]
    row["placements"] = list(record.get("placements", ()))
    row["status"] = [_part(entry, _STATUS) for entry in record.get("status", ())]
    ehc = record.get("ehc", {})
    row["ehc"] = {
        "requests": [_part(entry, _REQUEST) for entry in ehc.get("requests", ())],
        "plans": [_part(entry, _PLAN) for entry in ehc.get("plans", ())],
        "reviews": [_part(entry, _REVIEW) for entry in ehc.get("reviews", ())],
        "appeals": list(ehc.get("appeals", ())),
    }
    row["transitions"] = [_part(e, _TRANSITION) for e in record.get("transitions", ())]
    cycle = open_cycle(record)
    row["open"] = cycle is not None
    row["cycles"] = len(record.get("cycles", ()))
    row["ended"] = max((_ended(c) for c in record.get("cycles", ())), default="")
    row["teacher"] = _teacher(record, cycle)
    row["interpreted"] = _interpreted(record)
    row["met"] = family_met(record)
    row["planned"] = [
        _part(meeting, _PLANNED)
        for meeting in record.get("meetings", ())
        if not meeting.get("attended")
    ]
    row["contacts"] = _acting(record)
    row["reports"] = [
        report["date"]
        for report in record.get("reports", ())
        if reached(record, report.get("to", ()), report["date"])
    ]
    row["events"] = sorted(set(events(record)))[-KEPT_EVENTS:]
    row["access"] = [
        _part(asked, _ACCESS) for asked in record.get("access", ()) if is_open(asked)
    ]
    if "retention" in record:
        row["retention"] = record["retention"]
    row["items"] = [list(item) for item in _items(record, cycle)]
    return row


def _acting(record: Entry) -> list[Row]:
    """The contacts who at any time act for a young person."""
    contacts = record.get("contacts", ())
    acting = {c["id"] for c in contacts if c.get("acts_for_pupil")}
    return [_part(c, _CONTACT) for c in contacts if c["id"] in acting]


def _part(entry: Entry, keys: tuple[str, ...]) -> Row:
    return {key: entry[key] for key in keys if key in entry}


def _ended(cycle: Entry) -> str:
    return str(
        cycle.get("review", {}).get("date") or cycle.get("closed", {}).get("date", "")
    )


def _interpreted(record: Entry) -> list[Row]:
    """The entries of contacts for whom an interpreter was ever needed."""
    contacts = record.get("contacts", ())
    ids = {contact["id"] for contact in contacts if contact.get("interpreter")}
    return [_part(contact, _SPOKEN) for contact in contacts if contact["id"] in ids]


def _teacher(record: Entry, cycle: Entry | None) -> str:
    """Who answers for the pupil's plan: of the open cycle, else of the newest."""
    cycles = [cycle] if cycle else list(record.get("cycles", ()))[::-1]
    return next((str(c["teacher"]) for c in cycles if "teacher" in c), "")


_Item = tuple[str, str, str, str]


def _items(record: Entry, cycle: Entry | None) -> Iterator[_Item]:
    pupil = record["id"]
    if cycle is not None:
        yield from _of_cycle(pupil, cycle)
    yield from _of_specialists(pupil, record)
    yield from _promises(pupil, record)
    yield from _papers(pupil, record)
    for concern in record.get("concerns", ()):
        answered = any(key in concern for key in ("response", "responded", "led_to"))
        answered = answered or any(
            cycle_began(later) >= concern["date"] for later in record.get("cycles", ())
        )
        if not answered:
            yield (
                add_days(concern["date"], ANSWER_DAYS),
                "concern",
                f"Answer the concern of {words(concern['date'])}",
                f"sen concern set {pupil} {concern['id']} --response {DONE}",
            )
    for timetable in record.get("part_time_timetables", ()):
        which = timetable["id"]
        if (due := next_review(timetable)) <= timetable.get("until", STILL):
            yield (
                due,
                "timetable",
                f"Part-time timetable from {words(timetable['from'])}: review",
                f"sen part-time set {pupil} {which} --reviewed DATE --review-by DATE",
            )
    for entry in health_on(record, STILL):
        if "review_by" in entry and entry.get("plan"):
            yield (
                entry["review_by"],
                "plan",
                f"Individual healthcare plan ({entry['condition']}): review",
                f"sen health set {pupil} {entry['id']} --review-by DATE",
            )
    for plan in record.get("related_plans", ()):
        if "review_by" in plan and "until" not in plan:
            yield (
                plan["review_by"],
                "plan",
                f"{_ELSEWHERE.get(plan['kind'], 'Plan kept elsewhere')}: review",
                f"sen plan-elsewhere set {pupil} {plan['kind']} --review-by DATE",
            )


def _of_cycle(pupil: str, cycle: Entry) -> Iterator[_Item]:
    plan = cycle.get("plan", {})
    if due := plan.get("review_by"):
        yield (
            due,
            "review",
            f"Review the plan of {words(plan['date'])}"
            if "date" in plan
            else "Review the cycle",
            f"sen cycle review {pupil} --date DATE --attended WHO",
        )
    elif "date" in plan:
        yield (
            plan["date"],
            "review",
            "Agree a date for the review",
            f"sen cycle plan {pupil} --review-by DATE",
        )
    elif assessed := cycle.get("assess", {}).get("date"):
        yield (
            add_days(assessed, PLAN_DAYS),
            "plan",
            f"Make a plan after the assessment of {words(assessed)}",
            f"sen cycle plan {pupil} --review-by DATE --agreed-with WHO",
        )
    for number, entry in enumerate(plan.get("interventions", ()), 1):
        if "until" in entry and "ended" not in entry:
            yield (
                entry["until"],
                "intervention",
                f"{entry['provision']} ends: measure what it did",
                f"sen intervention list {pupil}"
                if not entry.get("outcomes")
                else f"sen outcome measure {pupil} {_aim(plan, entry, number)} VALUE",
            )


def _aim(plan: Entry, entry: Entry, number: int) -> int:
    """The number of the first outcome that an intervention serves."""
    ids = [outcome["id"] for outcome in plan.get("outcomes", ())]
    served = [ids.index(o) + 1 for o in entry["outcomes"] if o in ids]
    return served[0] if served else number


def _of_specialists(pupil: str, record: Entry) -> Iterator[_Item]:
    for entry in record.get("specialists", ()):
        if "discharged" in entry:
            continue
        service = entry["service"]
        command = f"sen specialist advise {pupil} {entry['id']}"
        for advice in entry.get("advice", ()):
            if "decision" not in advice:
                yield (
                    add_days(advice["date"], ADVICE_DAYS),
                    "advice",
                    f"{service}: answer the advice of {words(advice['date'])}",
                    f"{command} --advice {advice['id']} {_ANSWER}",
                )
        asked = max((told["date"] for told in entry.get("asked", ())), default="")
        if asked and "consent" not in entry and "referred" not in entry:
            yield (
                add_days(asked, CHASE_DAYS),
                "specialist",
                f"{service}: ask after the letter to parents of {words(asked)}",
                f"sen specialist consent {pupil} {entry['id']} --by WHO --date DATE",
            )
        waiting = [entry.get("referred", ""), *entry.get("chased", ())]
        if waiting[0] and not entry.get("advice") and "first_seen" not in entry:
            yield (
                add_days(max(waiting), CHASE_DAYS),
                "specialist",
                f"{service}: ask after the referral of {words(waiting[0])}",
                f"sen specialist chase {pupil} {entry['id']} --date DATE",
            )
        if "review_by" in entry:
            yield (
                entry["review_by"],
                "specialist",
                f"{service}: review what was agreed",
                f"{command} --review-by DATE",
            )


def _promises(pupil: str, record: Entry) -> Iterator[_Item]:
    for meeting in record.get("meetings", ()):
        for action in meeting.get("actions", ()):
            if "due" in action and "done" not in action:
                who = f" ({action['by']})" if "by" in action else ""
                yield (
                    action["due"],
                    "action",
                    f"Promised on {words(meeting['date'])}{who}: {action['text']}",
                    f"sen meeting done {pupil} {action['id']} --date DATE",
                )


def _papers(pupil: str, record: Entry) -> Iterator[_Item]:
    """Papers issued from a state that was corrected afterwards."""
    corrected = [correction["date"] for correction in record.get("corrections", ())]
    issued = record.get("issued", ())
    if not corrected or not issued:
        return
    now = fingerprint([record])
    last: dict[tuple[str, str], Entry] = {}
    for paper in issued:
        if "sheet" not in paper:  # to be filled in, it says nothing
            last[paper["document"], paper.get("to", "")] = paper
    for (document, to), paper in last.items():
        since = [day for day in corrected if day >= paper["date"]]
        if since and paper["content"].upper() != now:
            whom = f" for {to}" if to else ""
            yield (
                min(since),
                "paper",
                f"Out of date since a correction: {document}{whom}, "
                + words(paper["date"]),
                f"sen print {document} {pupil}",
            )
