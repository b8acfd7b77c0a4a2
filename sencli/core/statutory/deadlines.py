"""Statutory deadlines: EHC assessments, annual reviews, transfers, records.

Weeks are calendar weeks and months calendar months, as the SEND Regulations 2014 count
them; school days leave out weekends, the school's holidays and bank holidays.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Container
from collections.abc import Iterable
from datetime import date
from typing import Any

from sencli.core.pupil.plan_in_force import plan_in_force
from sencli.core.record.lookup import academic_year
from sencli.core.record.types import Entry
from sencli.core.school.settings import settings
from sencli.core.text.dates import add_days
from sencli.core.text.dates import add_months
from sencli.core.text.dates import words
from sencli.core.time.bank_holidays import bank_holidays
from sencli.core.time.calendar import Calendar
from sencli.value import Value

REVIEW_MONTHS = 12
UNDER_FIVE_MONTHS = 6
NOTICE_DAYS = 14
REPORT_DAYS = 14
DECISION_DAYS = 28
RECORDS_SCHOOL_DAYS = 15
WEEKS = {"decision": 6, "advice": 6, "plan_decision": 16, "plan": 20}
INVITED = ("parent", "school", "authority", "health", "social_care")
"""Who is invited to an annual review (Reg 20(2)); a young person may stand for parent.
"""

# Year groups that a phase ends with in any school.
_PRIMARY_END, _SECONDARY_END, _SIXTH_FORM_END = 6, 11, 13
_BEFORE_RECEPTION = "N2"
_AGE_AT_YEAR = 5
_POST_16 = {_SECONDARY_END, _SIXTH_FORM_END}


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
        due: ISO date by which it must be done.
        done: when it was done, or "".
        school: whether it is the school's own; else the local authority's.
        excepted: why the time does not apply, or "".
    """

    key: str
    name: str
    due: str
    done: str = ""
    school: bool = False
    excepted: str = ""

    def open_on(self, day: str) -> bool:
        """Whether it is still to be done on the day."""
        return not self.excepted and not ("" < self.done <= day)


def assessment_steps(
    request: Entry, plans: Iterable[Entry] = ()
) -> tuple[StatutoryStep, ...]:
    """The timetable of one request for an EHC needs assessment.

    It ends where the request was withdrawn, or refused. Once a later step was taken, an
    earlier one that nobody recorded is not asked for any more.
    """
    if request.get("withdrawn"):
        return ()
    why = {e["step"]: e["reason"] for e in request.get("exceptions", ())}
    issued = {p["id"]: p["issued"] for p in plans}
    decision, planned = request.get("decision", {}), request.get("plan_decision", {})
    received = request["date"]

    def step(key: str, name: str, done: str, since: str = received) -> StatutoryStep:
        due = add_days(since, 7 * WEEKS[key])
        return StatutoryStep(key, name, due, done, key == "advice", why.get(key, ""))

    steps = [
        step("decision", "Decision whether to assess (week 6)", _date(decision)),
    ]
    if decision.get("outcome") == "refuse":
        return tuple(steps)
    if asked := request.get("advice_requested"):
        advice = request.get("advice_sent", "")
        steps.append(step("advice", "The school's advice (six weeks)", advice, asked))
    steps.append(
        step(
            "plan_decision",
            "Decision whether to issue a plan (week 16)",
            _date(planned),
        )
    )
    if planned.get("outcome") != "refuse":
        done = issued.get(request.get("plan", ""), "")
        steps.append(step("plan", "Final plan issued (week 20)", done))
    taken = [n for n, each in enumerate(steps) if each.done]
    return tuple(
        each
        for n, each in enumerate(steps)
        if each.done or n > max(taken, default=-1) or each.key == "advice"
    )


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

    Twelve months from its issue, then from each review.
    """
    plan = plan_in_force(record, day)
    if plan is None:
        return ""
    since = [plan["issued"], *(r["date"] for r in reviews_held(record, day))]
    return add_months(max(since), months)


def review_steps(review: Entry) -> tuple[StatutoryStep, ...]:
    """Steps of an annual review before and after the meeting."""
    meeting = review["date"]
    invited = [i["date"] for i in review.get("invited", ())]
    before = add_days(meeting, -NOTICE_DAYS)
    return (
        StatutoryStep(
            "invited",
            "Invitations, two weeks before",
            before,
            min(invited, default=""),
            school=True,
        ),
        StatutoryStep(
            "circulated",
            "Papers round, two weeks before",
            before,
            review.get("circulated", ""),
            school=True,
        ),
        StatutoryStep(
            "report_sent",
            "Report to everybody invited, within two weeks",
            add_days(meeting, REPORT_DAYS),
            review.get("report_sent", ""),
            school=True,
        ),
        StatutoryStep(
            "decision",
            "The authority's decision, within four weeks",
            add_days(meeting, DECISION_DAYS),
            _date(review.get("decision", {})),
        ),
    )


def phase_ends(year_group: str, school: Entry) -> bool:
    """Whether a pupil of this year group moves on at the end of the school year.

    Years 6, 11 and 13, the oldest year that the school has, and the year before
    Reception, from early years to school (reg 18(1)(a)).
    """
    if not year_group.isdigit():
        return year_group == _BEFORE_RECEPTION
    year = int(year_group)
    oldest = school.get("ages", {}).get("to")
    if oldest is not None and year == oldest - _AGE_AT_YEAR:
        return True
    return year in {_PRIMARY_END, _SECONDARY_END, _SIXTH_FORM_END}


def transfer_by(year_group: str, day: str) -> str:
    """By when the plan of a pupil who moves on this school year must be amended.

    15 February; 31 March from secondary to post-16 (Reg 18).
    """
    spring = academic_year(day) + 1
    leaves_school = year_group.isdigit() and int(year_group) in _POST_16
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
            said.append(f"{step.name}: {words(step.done)}")
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
