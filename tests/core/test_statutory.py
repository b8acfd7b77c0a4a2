"""Statutory times, with holidays, bank holidays and what was excepted."""

from __future__ import annotations

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.core.statutory import deadlines
from sencli.core.statutory.deadlines import BankHolidays
from sencli.core.statutory.deadlines import SchoolDays
from sencli.core.text.dates import add_days
from tests.cases import each_case

TERMS = [
    {"start": "2025-09-02", "end": "2025-12-19"},
    {
        "start": "2026-01-05",
        "end": "2026-03-27",
        "half_term": {"start": "2026-02-16", "end": "2026-02-20"},
    },
    {
        "start": "2026-04-13",
        "end": "2026-07-21",
        "half_term": {"start": "2026-05-25", "end": "2026-05-29"},
        "closed": ["2026-04-13"],
    },
]


def test_bank_holidays_of_england():
    days = BankHolidays()
    assert "2026-05-04" in days
    assert "2026-12-28" in days  # Boxing Day falls on a Saturday
    assert "2026-11-30" not in days  # St Andrew's is Scotland's
    assert "2023-05-08" in days  # the coronation


def test_school_days_leave_out_holidays_and_bank_holidays():
    days = SchoolDays(TERMS, BankHolidays())
    assert days.between("2026-05-01", "2026-05-08") == 4
    assert days.between("2026-02-13", "2026-02-23") == 1
    assert days.between("2026-03-27", "2026-04-14") == 1
    assert days.after("2025-12-19", 1) == "2026-01-05"


def test_without_terms_every_weekday_counts_but_august_and_bank_holidays():
    days = SchoolDays((), BankHolidays())
    assert days.between("2026-07-31", "2026-09-01") == 1
    assert days.between("2026-04-30", "2026-05-05") == 2


@given(st.integers(0, 900).map(lambda n: add_days("2025-01-01", n)), st.integers(0, 60))
@settings(max_examples=40, deadline=None)
def test_counting_on_and_counting_between_agree(day, count):
    days = SchoolDays(TERMS, BankHolidays())
    assert days.between(day, days.after(day, count)) == count


def test_a_leavers_record_goes_within_15_school_days():
    days = SchoolDays(TERMS, BankHolidays())
    assert deadlines.records_due("2025-12-19", days) == "2026-01-23"


def names(request, day="2026-03-01", plans=()):
    steps = deadlines.assessment_steps(request, plans)
    return {s.key: s.due for s in steps if s.open_on(day)}


def test_the_timetable_of_an_assessment():
    request = {"id": "r7vb", "date": "2026-01-05", "advice_requested": "2026-02-16"}
    assert names(request) == {
        "decision": "2026-02-16",
        "advice": "2026-03-30",
        "plan_decision": "2026-04-27",
        "plan": "2026-05-25",
    }


@each_case(
    ("change", "left"),
    [
        ({"decision": {"date": "2026-02-10", "outcome": "refuse"}}, set()),
        ({"withdrawn": "2026-01-20"}, set()),
        (
            {"decision": {"date": "2026-02-10", "outcome": "assess"}},
            {"plan_decision", "plan"},
        ),
        (
            {
                "decision": {"date": "2026-02-10", "outcome": "assess"},
                "plan_decision": {"date": "2026-02-20", "outcome": "refuse"},
            },
            set(),
        ),
        (
            {
                "exceptions": [
                    {"date": "2026-01-20", "step": "decision", "reason": "Abroad"}
                ]
            },
            {"plan_decision", "plan"},
        ),
    ],
)
def test_what_ends_a_step(change, left):
    assert set(names({"id": "r7vb", "date": "2026-01-05", **change})) == left


def test_the_plan_that_was_issued_ends_the_timetable():
    request = {
        "id": "r7vb",
        "date": "2025-09-01",
        "decision": {"date": "2025-10-01", "outcome": "assess"},
        "plan_decision": {"date": "2025-12-01", "outcome": "issue"},
        "plan": "e3ph",
    }
    assert set(names(request)) == {"plan"}
    assert names(request, plans=[{"id": "e3ph", "issued": "2026-01-12"}]) == {}


def ehc(*reviews, issued="2024-11-29", **more):
    held = [{"id": f"q{n}wn", "date": day} for n, day in enumerate(reviews)]
    plan = {"id": "e3ph", "issued": issued, **more}
    return {"ehc": {"plans": [plan], "reviews": held}}


def test_a_review_is_due_a_year_after_issue_then_after_each_review():
    assert deadlines.review_due(ehc(), "2025-06-01") == "2025-11-29"
    record = ehc("2025-10-14")
    assert deadlines.review_due(record, "2025-10-01") == "2025-11-29"
    assert deadlines.review_due(record, "2025-10-20") == "2026-10-14"
    assert deadlines.review_due(ehc(issued="2024-02-29"), "2024-06-01") == "2025-02-28"


def test_no_plan_in_force_no_review():
    assert deadlines.review_due({}, "2025-06-01") == ""
    assert deadlines.review_due(ehc(ceased="2025-05-01"), "2025-06-01") == ""


def test_the_steps_of_a_review():
    steps = deadlines.review_steps({"date": "2026-02-02"})
    assert {s.key: s.due for s in steps} == {
        "invited": "2026-01-19",
        "circulated": "2026-01-19",
        "report_sent": "2026-02-16",
        "decision": "2026-03-02",
    }
    assert [s.key for s in steps if not s.school] == ["decision"]


@each_case(
    ("year", "ages", "ends", "by"),
    [
        ("6", (4, 11), True, "2026-02-15"),
        ("2", (4, 7), True, "2026-02-15"),
        ("8", (9, 13), True, "2026-02-15"),
        ("11", (11, 16), True, "2026-03-31"),
        ("13", (11, 18), True, "2026-03-31"),
        ("13", (3, 19), False, "2026-03-31"),
        ("14", (3, 19), True, "2026-03-31"),
        ("4", (4, 11), False, "2026-02-15"),
        ("R", (4, 11), False, "2026-02-15"),
    ],
)
def test_the_years_in_which_pupils_move_on(year, ages, ends, by):
    school = {"ages": dict(zip(("from", "to"), ages, strict=True))}
    assert deadlines.phase_ends(year, school) is ends
    assert deadlines.transfer_by(year, "2025-10-01") == by


def test_when_a_school_holds_the_review_before_a_move():
    assert deadlines.transfer_review_by({}, "2026-03-01") == "2025-12-01"
    early = {"settings": {"phase_transfer_by": "10-15"}}
    assert deadlines.transfer_review_by(early, "2025-09-20") == "2025-10-15"
    late = {"settings": {"phase_transfer_by": "01-20"}}
    assert deadlines.transfer_review_by(late, "2025-09-20") == "2026-01-20"


def test_a_step_that_a_later_one_overtook_is_not_asked_for():
    request = {"id": "r1", "date": "2026-10-01", "plan": "e1"}
    plans = [{"id": "e1", "issued": "2026-11-01"}]
    assert [s.key for s in deadlines.assessment_steps(request, plans)] == ["plan"]
    open_one = {"id": "r1", "date": "2026-10-01"}
    keys = [s.key for s in deadlines.assessment_steps(open_one, ())]
    assert keys == ["decision", "plan_decision", "plan"]
