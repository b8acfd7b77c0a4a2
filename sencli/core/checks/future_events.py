"""Events dated after a cycle closed, a pupil left or a day that has not come."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from functools import cache
from typing import Any

from sencli.core.record.as_at import begun
from sencli.core.record.diff import identity
from sencli.core.record.diff import label
from sencli.core.record.lookup import left_on
from sencli.core.record.lookup import on_roll
from sencli.core.record.walk import Fault
from sencli.core.record.walk import Path
from sencli.core.text.dates import words
from sencli.errors import InvalidValue

Record = Mapping[str, Any]

_TOLD = "telling the parents"
_STAFF = "sharing it with staff"
_PAST = {
    "concerns.date": "a concern",
    "concerns.responded": "a response",
    "considerations.date": "a consideration",
    "information.date": "information given",
    "reports.date": "a report",
    "profiles.date": "a profile",
    "related_plans.informed": "telling the designated teacher or nurse",
    "exceptions.date": "an exception",
    "departures.date": "a departure from guidance",
    "issued.date": "giving a paper",
    "access.date": "a request for what is held",
    "access.identity_asked": "asking for proof of identity",
    "access.identity_checked": "proof of identity",
    "access.extended.date": "telling whoever asked",
    "access.answered": "an answer",
    "retention.reviews.date": "a review of retention",
    "documents.date": "a document",
    "status.told.date": _TOLD,
    "roll.baseline.date": "an entry baseline",
    "roll.records_sent": "sending the records",
    "cycles.assess.date": "an assessment",
    "cycles.assess.reviewed": "looking again at the assessment",
    "cycles.assess.views.date": "a view",
    "cycles.plan.agreement.date": "an agreement",
    "cycles.plan.told.date": _TOLD,
    "cycles.plan.shared_with_parents": "sharing it with parents",
    "cycles.plan.shared_with_staff": _STAFF,
    "cycles.plan.outcomes.baseline.date": "a baseline",
    "cycles.do.sessions.date": "a session",
    "cycles.do.tallies.week": "a week of sessions",
    "cycles.do.measurements.date": "a measurement",
    "cycles.do.views.date": "a view",
    "cycles.review.date": "a review",
    "cycles.review.views.date": "a view",
    "cycles.review.shared_with_parents": "sharing it with parents",
    "cycles.review.shared_with_staff": _STAFF,
    "cycles.closed.date": "a close",
    "specialists.asked.date": "asking the parents",
    "specialists.consent.date": "a consent",
    "specialists.referred": "a referral",
    "specialists.chased": "a reminder",
    "specialists.first_seen": "a specialist's visit",
    "specialists.advice.date": "advice",
    "specialists.advice.decided": "a decision on advice",
    "specialists.shared.date": "sharing advice",
    "specialists.discharged": "a discharge",
    "meetings.views.date": "a view",
    "meetings.record_given": "giving the record",
    "meetings.shared_with_staff": _STAFF,
    "meetings.actions.done": "an action done",
    "ehc.requests.date": "a request",
    "ehc.requests.evidence_sent": "sending evidence",
    "ehc.requests.advice_requested": "a request for advice",
    "ehc.requests.advice_sent": "sending advice",
    "ehc.requests.decision.date": "a decision",
    "ehc.requests.plan_decision.date": "a decision",
    "ehc.requests.exceptions.date": "an exception",
    "ehc.requests.draft": "a draft plan",
    "ehc.requests.draft_answered": "the answer to a draft plan",
    "ehc.requests.withdrawn": "a withdrawal",
    "ehc.plans.issued": "issuing a plan",
    "ehc.plans.amended": "amending a plan",
    "ehc.plans.joined": "coming with a plan",
    "ehc.plans.transfers.date": "a move of the plan",
    "ehc.plans.transfers.told": "what the new authority said",
    "ehc.plans.shared_with_staff": _STAFF,
    "ehc.reviews.invited.date": "an invitation",
    "ehc.reviews.views.date": "a view",
    "ehc.reviews.advice.requested": "a request for advice",
    "ehc.reviews.advice.received": "advice",
    "ehc.reviews.circulated": "sending the papers round",
    "ehc.reviews.report_sent": "sending the report",
    "ehc.reviews.decision.date": "a decision",
    "ehc.reviews.exceptions.date": "an exception",
    "ehc.reviews.notice_sent": "a notice of amendments",
    "ehc.appeals.date": "a decision",
    "ehc.appeals.certificate": "a mediation certificate",
    "ehc.appeals.mediation": "mediation",
    "ehc.appeals.appealed": "an appeal",
    "ehc.appeals.ended": "the end of an appeal",
    "transitions.sent": "sending the records",
    "flags.evidence_seen": "seeing the evidence",
    "attainment.date": "a result",
    "attendance.date": "a figure of attendance",
    "suspensions.date": "a suspension",
    "part_time_timetables.consent.date": "a consent",
    "part_time_timetables.reviewed": "a review",
}
"""What only the past can hold, by where its day stands; what is planned may wait."""

_MEETINGS = {
    "meetings": (
        "a meeting that was held",
        ("attended", "views", "agreed", "strengths", "difficulties"),
    ),
    "ehc.reviews": (
        "a review that was held",
        ("attended", "views", "outcomes", "recommendation"),
    ),
    "transitions": ("what was agreed", ("agreed_with",)),
}
"""A meeting may be to come, but not what came of it."""


def events(record: Record) -> Iterator[tuple[str, str]]:
    """Events that must lie in the past, as words and ISO date.

    Args:
        record: a pupil's that fits its schema.
    """
    for _, said, day in _placed(record):
        yield said, day


def _placed(record: Record) -> Iterator[tuple[Path, str, str]]:
    for place, said in _PAST.items():
        for path, day in _values_at(record, place.split("."), ()):
            yield path, said, day
    for place, (said, held) in _MEETINGS.items():
        for path, item in _values_at(record, place.split("."), ()):
            if any(item.get(name) for name in held):
                yield (*path, "date"), said, item.get("date", "")


def _values_at(value: Any, steps: list[str], path: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from _values_at(item, steps, (*path, number))
    elif not steps:
        yield path, value
    elif isinstance(value, Mapping) and steps[0] in value:
        yield from _values_at(value[steps[0]], steps[1:], (*path, steps[0]))


def ahead(record: Record, day: str) -> list[tuple[str, str]]:
    """The events that are dated after a day."""
    return [(said, date) for said, date in events(record) if date > day]


_ITSELF = frozenset({"date", "week", "issued"})
"""The day of an entry itself; any other day in it is of something that came later."""


def done_by(record: dict[str, Any], day: str) -> dict[str, Any]:
    """The record without what only the past can hold, where its day is to come.

    Commands refuse it; what was written by hand may hold it, and nothing counts it.
    """
    if not _any_after(record, _tree(), day):
        return record
    from copy import deepcopy

    late = {
        path[:-1] if path[-1] in _ITSELF else path
        for path, _, date in _placed(record)
        if date > day
    }
    kept = deepcopy(record)
    # from the end, so that what is still to be taken out keeps its number
    for path in sorted(late, reverse=True):
        within: Any = kept
        for step in path[:-1]:
            within = within[step]
        del within[path[-1]]
    if "cycles" in kept:
        kept["cycles"] = [cycle for cycle in kept["cycles"] if begun(cycle)]
    return kept


@cache
def _tree() -> dict[str, Any]:
    """The places of days, as steps within steps."""
    tree: dict[str, Any] = {}
    for place in (*_PAST, *(f"{place}.date" for place in _MEETINGS)):
        part = tree
        for step in place.split("."):
            part = part.setdefault(step, {})
    return tree


def _any_after(value: Any, tree: dict[str, Any], day: str) -> bool:
    """Whether any of these days is to come, also of what is only planned."""
    # asked of every record of every list: no call for a day, nor for each entry
    for item in value if isinstance(value, list) else (value,):
        for step, part in tree.items():
            if step not in item:
                continue
            found = item[step]
            if isinstance(found, str):
                if found > day:
                    return True
            elif isinstance(found, list) and found and isinstance(found[0], str):
                if max(found) > day:
                    return True
            elif _any_after(found, part, day):
                return True
    return False


def refuse_ahead(before: Record | None, after: Record, today: str) -> None:
    """Refuse an event of a day to come that the record did not hold before.

    Raises:
        InvalidValue: nothing that is still to come has happened.
    """
    new = Counter(ahead(after, today))
    if new and (found := list(new - Counter(ahead(before or {}, today)))):
        said, day = found[0]
        raise InvalidValue(
            f"{words(day)} has not come yet: {said} on that day cannot be "
            "recorded before it happened.",
            "Give the right day with its year, such as 12/03/2026, or record it "
            "once it has happened.",
        )


def to_come(record: Record, day: str, shown: Callable[[Path], str]) -> Iterator[Fault]:
    """The fault of each event dated after a day, as another program may write it.

    Args:
        record: a pupil's.
        day: ISO date, today.
        shown: the name of a place in the record, as ``sen remove`` takes it.
    """
    pupil = record.get("id", "PUPIL")
    for path, said, date in _placed(record):
        if date > day:
            mend = f"Put the day right: sen pupil edit {pupil}"
            if isinstance(path[-2], int):
                place = shown(path[:-1])
                mend += f'\nOr take it out: sen remove {pupil} "{place}"'
            wrong = f"{said} on {words(date)}, which is to come"
            yield Fault(path, wrong, mend, "date")


def left_open(record: Record, day: str) -> Iterator[Fault]:
    """The fault of a cycle that is open after its pupil has left.

    Args:
        record: a pupil's.
        day: ISO date, today.
    """
    left = left_on(record)
    for number, cycle in enumerate(record.get("cycles", ())):
        ended = "closed" in cycle or "review" in cycle
        if left and left < day and not ended:
            yield Fault(
                ("cycles", number),
                f"the cycle is open, and the pupil left on {words(left)}",
                f"sen pupil leave {record.get('id', 'PUPIL')} --date {left}",
                "cycle",
            )


_TOGETHER_LOGS = {
    "sessions": ("a session", ("intervention", "date", "ordinal")),
    "tallies": ("a week's sessions", ("intervention", "week")),
    "measurements": ("a measurement", ("id",)),
    "changes": ("a change of support", ("id",)),
}


def after_the_end(record: Mapping[str, Any]) -> Iterator[Fault]:
    """The fault of each entry dated after its cycle was closed, or the pupil left.

    Args:
        record: a pupil's.
    """
    for number, cycle in enumerate(record.get("cycles", ())):
        end = cycle.get("closed", {}).get("date", "")
        for name, (what, keys) in _TOGETHER_LOGS.items():
            for row, entry in enumerate(cycle.get("do", {}).get(name, ())):
                day = entry.get("date") or entry.get("week", "")
                if end and day > end:
                    why = f"in a cycle that was closed on {words(end)}"
                elif day and not on_roll(record, day):
                    why = "when the pupil was not on roll"
                else:
                    continue
                item = label(identity(entry, keys))
                place = f"cycles[{cycle['id']}].do.{name}[{item}]"
                pupil = record.get("id", "PUPIL")
                yield Fault(
                    ("cycles", number, "do", name, row),
                    f"{what} of {words(day)} {why}",
                    f'If the entry is wrong: sen remove {pupil} "{place}"',
                )
