"""Statutory deadlines: EHC assessments, annual reviews, transfers, records.

Weeks are calendar weeks and months calendar months, as the SEND Regulations 2014 count
them; school days leave out weekends, the school's holidays and bank holidays.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import date
from typing import Any

from sencli.core.pupil.plan_in_force import plan_in_force
from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import academic_year
from sencli.core.record.lookup import days_between
from sencli.core.record.types import Entry
from sencli.core.school.settings import settings
from sencli.core.text.dates import add_days
from sencli.core.text.dates import add_months
from sencli.core.text.dates import words
from sencli.core.text.plural import plural
from sencli.core.time.bank_holidays import bank_holidays
from sencli.core.time.calendar import Calendar
from sencli.terms import EHC_EXCEPTIONS
from sencli.value import Value
from sencli.value import replace

REVIEW_MONTHS = 12
UNDER_FIVE_MONTHS = 6
MOVED_MONTHS = 3
APPEAL_MONTHS = 2
NOTICE_DAYS = 14
REPORT_DAYS = 14
DECISION_DAYS = 28
AMENDED_DAYS = 84
AFTER_NOTICE_DAYS = 56
ANSWER_DAYS = 15
RECORDS_SCHOOL_DAYS = 15
WEEKS = {"decision": 6, "advice": 6, "plan_decision": 16, "plan": 20}
INVITED = ("parent", "school", "authority", "health", "social_care")
"""Who is invited to an annual review (Reg 20(2)); a young person may stand for parent.
"""

# Year groups that a phase ends with in any school.
_PRIMARY_END, _SECONDARY_END, _SIXTH_FORM_END = 6, 11, 13
_BEFORE_RECEPTION = "N2"
_AGE_AT_YEAR = 5
_MIDDLE_FROM = 8
_SECONDARY_AGE = 11

REGS = "SEND Regulations 2014 reg"
DEVON = "R (L, M and P) v Devon [2022] EWHC 493"


class BankHolidays:
    """The bank holidays of England, looked up by year when a day is first asked for."""

    def __init__(self) -> None:
        self._years: dict[int, frozenset[str]] = {}

    def __contains__(self, day: object) -> bool:
        """Whether an ISO date is a bank holiday."""
        text = str(day)
        year = int(text[:4])
        if year not in self._years:
            self._years[year] = bank_holidays(year)
        return text in self._years[year]


class SchoolDays:
    """School days as the law counts them, from one day to another.

    Args:
        terms: the school's terms; in a year of which none is entered every weekday
            counts that is neither a bank holiday nor in August.
        bank_holidays: ISO dates.
    """

    def __init__(
        self, terms: Iterable[Entry] = (), bank_holidays: Container[str] = ()
    ) -> None:
        known = list(terms)
        self._calendar = Calendar(known)
        self._years = {academic_year(term["start"]) for term in known}
        self._bank_holidays = bank_holidays
        self._known: dict[int, list[str]] = {}

    def __contains__(self, day: str) -> bool:
        """Whether it is a school day."""
        if day[5:7] == "08" and academic_year(day) not in self._years:
            return False
        return self._calendar.is_school_day(day) and day not in self._bank_holidays

    def after(self, day: str, count: int) -> str:
        """The day so many school days after ``day``, which itself does not count."""
        left = count
        while left:
            day = add_days(day, 1)
            left -= day in self
        return day

    def between(self, first: str, last: str) -> int:
        """How many come after ``first``, up to and with ``last``."""
        return sum(
            bisect_right(days, last) - bisect_right(days, first)
            for year in range(academic_year(first), academic_year(last) + 1)
            for days in [self._of_year(year)]
        )

    def _of_year(self, year: int) -> list[str]:
        """The school days of an academic year, worked out once."""
        if year not in self._known:
            first = date(year, 9, 1).toordinal()
            days = (
                date.fromordinal(n).isoformat()
                for n in range(first, date(year + 1, 9, 1).toordinal())
            )
            self._known[year] = [day for day in days if day in self]
        return self._known[year]


class StatutoryStep(Value):
    """One step of a statutory timetable.

    Attributes:
        key: its name in the record.
        name: what it is called.
        due: ISO date by which it must be done; the day itself is still in time.
        done: when it was done, or "".
        school: whether it is the school's own.
        excepted: why the time does not apply, or "".
        family: whether it is a right of the family's, which lapses and is not owed.
        law: what sets the time.
        confirmed: whether that was read, and is not from memory.
    """

    key: str
    name: str
    due: str
    done: str = ""
    school: bool = False
    excepted: str = ""
    family: bool = False
    law: str = ""
    confirmed: bool = True

    @property
    def whose(self) -> str:
        """Whose step it is: ``school``, ``family`` or ``authority``."""
        return "school" if self.school else "family" if self.family else "authority"

    def done_on(self, day: str) -> bool:
        """Whether it was done by the day."""
        return "" < self.done <= day

    def open_on(self, day: str) -> bool:
        """Whether it is still to be done on the day."""
        lapsed = self.family and self.due < day
        return not (self.excepted or lapsed or self.done_on(day))

    def days_late(self, day: str) -> int:
        """By how many days it was done late, or is late on the day; 0 is in time."""
        until = self.done if self.done_on(day) else day
        if self.excepted or (self.family and not self.done_on(day)):
            return 0
        return max(days_between(self.due, until), 0)

    def owed(self, day: str) -> bool:
        """Whether the authority should have done it before the day, and has not."""
        return self.whose == "authority" and self.open_on(day) and self.due < day

    def state(self, day: str) -> str:
        """How it stands on the day.

        Returns:
            ``in_time``, ``done_late``, ``excepted``, ``lapsed`` (a right of which no
            use was made), ``late`` or ``to_come``.
        """
        if self.done_on(day):
            return "done_late" if self.days_late(day) else "in_time"
        if self.excepted:
            return "excepted"
        if self.due >= day:
            return "to_come"
        return "lapsed" if self.family else "late"


def state_words(step: StatutoryStep, day: str) -> str:
    """A step as it stands on the day: "Decision: due on 1 May 2026, 3 days late"."""
    due, late = words(step.due), plural(step.days_late(day), "day")
    done = words(step.done) if step.done else ""
    excepted = f"excepted ({step.excepted})"
    said = {
        "in_time": f"{done}, {excepted}"
        if step.done > step.due
        else f"{done}, in time (due on {due})",
        "done_late": f"{done}, late by {late} (due on {due})",
        "excepted": f"{excepted}; it was due on {due}"
        if step.due < day
        else f"{excepted}; due on {due}",
        "lapsed": f"the time ended on {due}",
        "late": f"due on {due}, {late} late",
        "to_come": f"until {due}" if step.family else f"due on {due}",
    }
    return f"{step.name}: {said[step.state(day)]}"


def assessment_steps(
    request: Entry, plans: Iterable[Entry] = ()
) -> tuple[StatutoryStep, ...]:
    """The timetable of one request for an EHC needs assessment.

    It ends where the request was withdrawn, or refused. Once a later step was taken, an
    earlier one that nobody recorded is not asked for any more.
    """
    if request.get("withdrawn"):
        return ()
    why = exceptions(request)
    issued = {p["id"]: p["issued"] for p in plans}
    decision, planned = request.get("decision", {}), request.get("plan_decision", {})
    received, draft = request["date"], request.get("draft", "")

    def step(
        key: str, name: str, done: str, law: str, since: str = received
    ) -> StatutoryStep:
        due = add_days(since, 7 * WEEKS[key])
        school = key == "advice"
        made = StatutoryStep(key, name, due, done, school, why.get(key, ""))
        return replace(made, law=f"{REGS} {law}", confirmed=not school)

    steps = [
        step("decision", "Decision whether to assess (week 6)", _date(decision), "5"),
    ]
    if decision.get("outcome") == "refuse":
        return tuple(steps)
    if asked := request.get("advice_requested"):
        advice = request.get("advice_sent", "")
        name = "The school's advice (six weeks)"
        steps.append(step("advice", name, advice, "8", asked))
    if planned or not draft:
        name = "Decision whether to issue a plan (week 16)"
        steps.append(step("plan_decision", name, _date(planned), "10"))
    if planned.get("outcome") != "refuse":
        if draft:
            steps.append(_answer(draft, request.get("draft_answered", "")))
        done = issued.get(request.get("plan", ""), "")
        steps.append(step("plan", "Final plan issued (week 20)", done, "13(2)"))
    taken = [n for n, each in enumerate(steps) if each.done]
    return tuple(
        each
        for n, each in enumerate(steps)
        if each.done or n > max(taken, default=-1) or each.key == "advice"
    )


def _answer(draft: str, answered: str) -> StatutoryStep:
    """The family's answer to the draft: the authority may give longer than this."""
    return StatutoryStep(
        "draft_answered",
        "Family's answer to the draft plan (15 days at least)",
        add_days(draft, ANSWER_DAYS),
        answered,
        family=True,
        law=f"{REGS} 13(1)",
    )


def exceptions(item: Entry) -> dict[str, str]:
    """Why a time does not apply, by step: the newest reason of each."""
    return {e["step"]: exception_words(e) for e in item.get("exceptions", ())}


def exception_words(entry: Entry) -> str:
    """An exception in words: its ground, its days and the reason."""
    ground = EHC_EXCEPTIONS.get(entry.get("basis", ""), "")
    first, last = entry.get("from", ""), entry.get("until", "")
    span = f"from {words(first)}" if first else ""
    span += f"{' ' if span else ''}until {words(last)}" if last else ""
    parts = (ground, span, entry["reason"])
    return ", ".join(part for part in parts if part)


def _date(decision: Entry) -> str:
    return str(decision.get("date", ""))


def reviews_held(record: Entry, day: str) -> list[dict[str, Any]]:
    """Reviews of EHC plans held by the day, oldest first."""
    reviews = record.get("ehc", {}).get("reviews", ())
    return sorted(
        (r for r in reviews if r["date"] <= day), key=lambda r: str(r["date"])
    )


def review_due(record: Entry, day: str, months: int = REVIEW_MONTHS) -> str:
    """By when the plan in force is to be reviewed next; "" without a plan.

    Twelve months from its issue, then from each review; after it moved to another
    authority at least three months from the move (reg 15).
    """
    plan = plan_in_force(record, day)
    if plan is None:
        return ""
    since = [plan["issued"], *(r["date"] for r in reviews_held(record, day))]
    due = add_months(max(since), months)
    moved = [t["date"] for t in plan.get("transfers", ()) if t["date"] <= day]
    later = add_months(max(moved), MOVED_MONTHS) if moved else ""
    return max(due, later) if moved and max(moved) > max(since) else due


def review_steps(
    review: Entry, plans: Sequence[Entry] = ()
) -> tuple[StatutoryStep, ...]:
    """Steps of an annual review before and after the meeting, to the amended plan.

    A decision that nobody recorded is not asked for once the plan was amended.

    Args:
        review: the review.
        plans: of the record, for when one was amended after the decision.
    """
    meeting = review["date"]
    before = add_days(meeting, -NOTICE_DAYS)
    decision = review.get("decision", {})
    notice = review.get("notice_sent", "")
    steps = [
        _of_school(
            "invited", "Invitations, two weeks before", before, _invited(review)
        ),
        _of_school(
            "circulated",
            "Papers round, two weeks before",
            before,
            review.get("circulated", ""),
        ),
        _of_school(
            "report_sent",
            "Report to everybody invited, within two weeks",
            add_days(meeting, REPORT_DAYS),
            review.get("report_sent", ""),
        ),
    ]
    decided = _date(decision) or notice
    if decided or not any(on > meeting for p in plans for on in p.get("amended", ())):
        name = "The authority's decision, within four weeks"
        due, law = add_days(meeting, DECISION_DAYS), f"{REGS} 20(10)"
        steps.append(StatutoryStep("decision", name, due, decided, law=law))
    asked = [a["requested"] for a in review.get("advice", ()) if "requested" in a]
    if asked:
        name = "Information asked for, two weeks before"
        steps.insert(1, _of_school("asked", name, before, max(asked)))
    # a notice of amendments says that the plan is to be amended (reg 22(2))
    if decision.get("outcome", "amend" if notice else "") == "amend":
        steps += _amending(review, plans)
    return tuple(steps)


def _of_school(key: str, name: str, due: str, done: str) -> StatutoryStep:
    laws = {"invited": "20(3)", "report_sent": "20(8)"}
    law = f"{REGS} {laws.get(key, '20(4)')}"
    return StatutoryStep(key, name, due, done, school=True, law=law)


def _invited(review: Entry) -> str:
    """When the last of those who were invited was first asked, or ""."""
    first: dict[str, str] = {}
    for entry in review.get("invited", ()):
        first[entry["role"]] = min(entry["date"], first.get(entry["role"], STILL))
    return max(first.values(), default="")


def _amending(review: Entry, plans: Sequence[Entry]) -> Iterator[StatutoryStep]:
    """The notice of amendments, and the plan that is amended after it."""
    meeting, notice = review["date"], review.get("notice_sent", "")
    decided = _date(review.get("decision", {})) or notice
    made = [day for p in plans for day in (p["issued"], *p.get("amended", ()))]
    amended = min((day for day in made if day >= decided), default="")
    if notice or not amended:
        yield StatutoryStep(
            "notice",
            "The authority's notice of amendments, within four weeks",
            add_days(meeting, DECISION_DAYS),
            notice,
            law=f"{REGS} 20(10) and 22; {DEVON}",
        )
    due = add_days(meeting, AMENDED_DAYS)
    if notice:
        due = min(due, add_days(notice, AFTER_NOTICE_DAYS))
    yield StatutoryStep(
        "amended",
        "The amended plan, within twelve weeks of the meeting",
        due,
        amended,
        excepted=exceptions(review).get("amended", ""),
        law=f"{REGS} 22(3); {DEVON}",
    )


def phase_ends(year_group: str, school: Entry) -> bool:
    """Whether a pupil of this year group moves on at the end of the school year.

    Years 6, 11 and 13, the oldest year that the school has, and the year before
    Reception, from early years to school (reg 18(1)). A middle school keeps its
    Year 6, a special school that has a Year 14 its Year 13.
    """
    if not year_group.isdigit():
        return year_group == _BEFORE_RECEPTION
    year, ages = int(year_group), school.get("ages", {})
    oldest = int(ages.get("to", 0)) - _AGE_AT_YEAR
    if oldest > 0 and year == oldest:
        return True
    if year == _PRIMARY_END and ages.get("from", 0) >= _MIDDLE_FROM:
        return oldest <= _PRIMARY_END
    if year == _SIXTH_FORM_END and _has_year_14(school):
        return False
    return year in {_PRIMARY_END, _SECONDARY_END, _SIXTH_FORM_END}


def _has_year_14(school: Entry) -> bool:
    """Whether pupils stay after Year 13, in a special school or from a young age to 19.

    A mainstream secondary school or a college up to 19 takes its leavers in Year 13.
    """
    ages = school.get("ages", {})
    last = int(ages.get("to", 0)) - _AGE_AT_YEAR > _SIXTH_FORM_END
    young = int(ages.get("from", 0)) < _SECONDARY_AGE
    return last and (school.get("type") == "special" or young)


def transfer_by(year_group: str, day: str) -> str:
    """By when the plan of a pupil who moves on this school year must be amended.

    15 February; 31 March from secondary to post-16 (Reg 18).
    """
    spring = academic_year(day) + 1
    leaves_school = year_group.isdigit() and int(year_group) >= _SECONDARY_END
    return f"{spring}-03-31" if leaves_school else f"{spring}-02-15"


def transfer_review_by(school: Entry, day: str) -> str:
    """By when a school holds the review before a move, in the day's school year."""
    month_day = settings(school).phase_transfer_by
    year = academic_year(day)
    return f"{year if month_day >= '09' else year + 1}-{month_day}"


def records_due(left: str, school_days: SchoolDays) -> str:
    """The deadline for sending a leaver's educational record."""
    return school_days.after(left, RECORDS_SCHOOL_DAYS)


def due_words(steps: Iterable[StatutoryStep]) -> str:
    """Deadlines in words: "Decision ... by 1 December 2025; ..."."""
    said = []
    for step in steps:
        if step.done:
            late = step.days_late(step.done)
            more = f", late by {plural(late, 'day')}" if late else ""
            said.append(f"{step.name}: {words(step.done)}{more}")
        elif step.excepted:
            said.append(f"{step.name}: excepted ({step.excepted})")
        else:
            said.append(f"{step.name}: by {words(step.due)}")
    return "; ".join(said)


def request_label(request: Entry) -> str:
    """A request by its date."""
    return f"request of {words(request['date'])}"


def open_requests(record: Entry) -> list[dict[str, Any]]:
    """Requests that are neither withdrawn, refused nor answered by a plan."""
    found = [
        dict(r)
        for r in record.get("ehc", {}).get("requests", ())
        if not (
            r.get("withdrawn")
            or r.get("plan")
            or r.get("decision", {}).get("outcome") == "refuse"
            or r.get("plan_decision", {}).get("outcome") == "refuse"
        )
    ]
    return sorted(found, key=lambda r: str(r["date"]))


def open_request(record: Entry, day: str) -> dict[str, Any] | None:
    """The newest request received by the day that waits for a plan."""
    found = [r for r in open_requests(record) if r["date"] <= day]
    return found[-1] if found else None
