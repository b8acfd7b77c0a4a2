"""The clocks of the law for requests, reviews, moves and appeals, to the day."""

from __future__ import annotations

import calendar
import copy
from datetime import date

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.core.due.facts import last_event
from sencli.core.record.as_at import as_at
from sencli.core.record.merge import merge
from sencli.core.statutory import appeals
from sencli.core.statutory import deadlines
from sencli.core.statutory import moves
from sencli.core.statutory.clocks import clocks
from sencli.core.statutory.deadlines import StatutoryStep
from sencli.core.statutory.deadlines import state_words
from sencli.core.statutory.owed import owed
from sencli.core.text.dates import add_days
from sencli.resources import load_schema
from tests.cases import each_case

DAYS = st.dates(date(2014, 9, 1), date(2040, 12, 31)).map(date.isoformat)
SCHOOL = {"name": "Oak Primary", "authority_name": "Westmere"}
PLAN = {"id": "e3ph", "issued": "2024-03-04", "authority": "Westmere"}


def steps(found):
    return {s.key: s for s in found}


def pupil(ehc, **more):
    placements = [{"from": "2025-09-01", "year_group": more.pop("year", "4")}]
    name = {"first_name": "Ben", "last_name": "Ash"}
    return {"id": "p7k2q", **name, "placements": placements, "ehc": ehc, **more}


@given(DAYS)
@settings(max_examples=60, deadline=None)
def test_two_months_are_calendar_months_and_end_with_the_month(day):
    by = date.fromisoformat(appeals.certificate_by(day))
    told = date.fromisoformat(day)
    assert (by.year * 12 + by.month) - (told.year * 12 + told.month) == 2
    last = calendar.monthrange(by.year, by.month)[1]
    assert by.day == min(told.day, last)


@given(DAYS, st.integers(0, 120))
@settings(max_examples=60, deadline=None)
def test_an_appeal_has_the_later_of_its_two_clocks(day, after):
    certificate = add_days(day, after)
    by = appeals.appeal_by(day, certificate)
    assert by >= appeals.appeal_by(day) == appeals.certificate_by(day)
    assert by in {appeals.certificate_by(day), appeals.add_months(certificate, 1)}


@given(DAYS, st.integers(-400, 400), st.booleans())
@settings(max_examples=80, deadline=None)
def test_the_last_day_is_in_time_and_the_next_is_a_day_late(due, by, done):
    on = add_days(due, by)
    step = StatutoryStep("plan", "Final plan", due, on if done else "")
    assert step.days_late(on) == max(by, 0)
    said = state_words(step, on)
    assert ("late" in said) is (by > 0)
    assert step.owed(on) is (by > 0 and not done)


@each_case(
    ("told", "certificate", "by"),
    [
        ("2025-12-31", "", "2026-02-28"),
        ("2023-12-31", "", "2024-02-29"),
        ("2025-12-31", "2026-01-28", "2026-02-28"),
        ("2025-12-31", "2026-02-20", "2026-03-20"),
        ("2025-08-31", "2025-10-31", "2025-11-30"),
    ],
)
def test_the_end_of_the_time_for_an_appeal(told, certificate, by):
    assert appeals.appeal_by(told, certificate) == by


def test_a_step_reads_as_it_stands():
    step = StatutoryStep("plan", "Final plan", "2026-05-01")
    assert state_words(step, "2026-05-01") == "Final plan: due on 1 May 2026"
    said = "Final plan: due on 1 May 2026, 3 days late"
    assert state_words(step, "2026-05-04") == said
    done = StatutoryStep("plan", "Final plan", "2026-05-01", "2026-05-02")
    said = "Final plan: 2 May 2026, late by 1 day (due on 1 May 2026)"
    assert state_words(done, "2026-06-01") == said
    early = StatutoryStep("plan", "Final plan", "2026-05-01", "2026-05-01")
    assert "1 May 2026, in time" in state_words(early, "2026-06-01")
    excepted = StatutoryStep("plan", "Final plan", "2026-05-01", excepted="Away")
    assert "excepted (Away)" in state_words(excepted, "2026-06-01")
    assert not excepted.owed("2026-06-01")
    right = StatutoryStep("appealed", "Appeal", "2026-05-01", family=True)
    assert state_words(right, "2026-06-01") == "Appeal: the time ended on 1 May 2026"
    assert not right.owed("2026-06-01")


REVIEW = {"id": "q8wn", "date": "2026-02-02"}
AMEND = {**REVIEW, "decision": {"date": "2026-02-27", "outcome": "amend"}}


@each_case(
    ("notice", "due"),
    [
        ("", "2026-04-27"),
        ("2026-03-02", "2026-04-27"),
        ("2026-02-16", "2026-04-13"),
        ("2026-03-16", "2026-04-27"),
    ],
)
def test_the_amended_plan_is_due_twelve_weeks_after_the_meeting(notice, due):
    review = {**AMEND, **({"notice_sent": notice} if notice else {})}
    found = steps(deadlines.review_steps(review, [PLAN]))
    assert found["notice"].due == "2026-03-02"
    assert found["amended"].due == due
    assert found["amended"].open_on("2026-06-01")


def test_an_amended_plan_ends_the_wait_and_a_reason_ends_the_lateness():
    amended = {**PLAN, "amended": ["2025-01-10", "2026-05-01"]}
    found = steps(deadlines.review_steps(AMEND, [amended]))
    assert "notice" not in found
    assert found["amended"].days_late("2026-06-01") == 4
    why = {"date": "2026-05-01", "step": "amended", "reason": "Family abroad"}
    why |= {"basis": "away", "from": "2026-03-01", "until": "2026-04-10"}
    excepted = steps(deadlines.review_steps({**AMEND, "exceptions": [why]}, [PLAN]))
    assert excepted["amended"].state("2026-06-01") == "excepted"
    assert "from 1 March 2026 until 10 April 2026" in excepted["amended"].excepted


def test_the_draft_gives_the_family_fifteen_days():
    request = {"id": "r7vb", "date": "2026-01-05", "draft": "2026-04-20"}
    found = steps(deadlines.assessment_steps(request))
    assert found["draft_answered"].due == "2026-05-05"
    assert found["draft_answered"].whose == "family"
    assert "plan_decision" not in found  # a draft says that there will be a plan
    answered = {**request, "draft_answered": "2026-05-01"}
    assert steps(deadlines.assessment_steps(answered))["plan"].due == "2026-05-25"


def test_the_last_invitation_counts():
    asked = [
        {"role": "parent", "date": "2026-01-05"},
        {"role": "health", "date": "2026-01-25"},
    ]
    found = steps(deadlines.review_steps({**REVIEW, "invited": asked}))
    assert found["invited"].days_late("2026-02-02") == 6


@each_case(
    ("year", "school", "more", "by"),
    [
        ("6", {}, {}, "2026-02-15"),
        ("N2", {}, {}, "2026-02-15"),
        ("6", {"ages": {"from": 9, "to": 13}}, {}, ""),
        ("8", {"ages": {"from": 9, "to": 13}}, {}, "2026-02-15"),
        ("11", {"ages": {"from": 11, "to": 16}}, {}, "2026-03-31"),
        ("14", {"type": "special", "ages": {"from": 4, "to": 19}}, {}, "2026-03-31"),
        ("13", {"type": "special", "ages": {"from": 11, "to": 19}}, {}, ""),
        ("13", {"ages": {"from": 11, "to": 19}}, {}, "2026-03-31"),
        ("12", {"type": "special", "ages": {"from": 4, "to": 19}}, {}, ""),
        (
            "12",
            {"type": "special", "ages": {"from": 4, "to": 19}},
            {"roll": [{"from": "2014-09-01", "until": "2026-07-17"}]},
            "2026-03-31",
        ),
        ("13", {"ages": {"from": 16, "to": 19}}, {}, "2026-04-01"),
        (
            "12",
            {"ages": {"from": 16, "to": 19}},
            {"roll": [{"from": "2024-09-01", "until": "2026-03-31"}]},
            "2025-11-01",
        ),
    ],
)
def test_by_when_the_plan_is_amended_for_a_move(year, school, more, by):
    record = pupil({"plans": [PLAN]}, year=year, **more)
    found = moves.phase_step(record, {**SCHOOL, **school}, "2025-12-01")
    assert (found.due if found else "") == by


def test_the_move_is_waited_for_until_the_plan_is_amended_after_its_review():
    review = {**REVIEW, "kind": "phase_transfer", "date": "2025-10-14"}
    early = {**PLAN, "amended": ["2025-09-10"]}
    record = pupil({"plans": [early], "reviews": [review]}, year="6")
    found = moves.phase_step(record, SCHOOL, "2026-03-01")
    assert found.days_late("2026-03-01") == 14
    late = {**PLAN, "amended": ["2025-09-10", "2026-02-20"]}
    record = pupil({"plans": [late], "reviews": [review]}, year="6")
    found = moves.phase_step(record, SCHOOL, "2026-03-01")
    assert found.state("2026-03-01") == "done_late"


MOVED = {
    "date": "2026-01-12",
    "from_authority": "Westmere",
    "to_authority": "Eastshire",
}


def test_a_plan_that_moves_to_another_authority():
    plan = {**PLAN, "issued": "2024-02-01", "transfers": [MOVED]}
    record = pupil({"plans": [plan], "reviews": [{"id": "r1", "date": "2025-03-03"}]})
    assert moves.authority_of(plan, "2026-01-11", SCHOOL) == "Westmere"
    assert moves.authority_of(plan, "2026-01-12", SCHOOL) == "Eastshire"
    found = steps(moves.transfer_steps(plan, record["ehc"]["reviews"], "2026-02-01"))
    assert found["told"].due == "2026-02-23"
    assert found["moved_review"].due == "2026-04-12"  # three months, the later
    assert deadlines.review_due(record, "2026-02-01") == "2026-04-12"
    newer = [{"id": "r1", "date": "2025-11-03"}]
    found = steps(moves.transfer_steps(plan, newer, "2026-02-01"))
    assert found["moved_review"].due == "2026-11-03"
    (late,) = owed([record], SCHOOL, "2026-03-01")
    assert (late.authority, late.days_late) == ("Eastshire", 6)


def test_a_decision_that_can_be_appealed_against_shows_until_its_time_is_over():
    no = {"date": "2026-01-31", "outcome": "refuse"}
    request = {"id": "r7vb", "date": "2026-01-05", "decision": no}
    record = pupil({"requests": [request]})
    of = [
        c.step.key for c in clocks(record, SCHOOL, "2026-03-31") if c.part == "appeal"
    ]
    assert of == ["certificate", "appealed"]
    assert not [c for c in clocks(record, SCHOOL, "2026-04-01") if c.part == "appeal"]
    appeal = {"id": "x1", "about": "r7vb", "against": "not_assess"}
    appeal |= {"date": "2026-01-31", "certificate": "2026-03-20"}
    record["ehc"]["appeals"] = [appeal]
    (right,) = appeals.rights(record, "2026-04-01")
    assert steps(appeals.appeal_steps(right))["appealed"].due == "2026-04-20"


def test_what_was_held_elsewhere_is_nobodys_fault_here():
    review = {**REVIEW, "source": "Elm Primary"}
    record = pupil({"plans": [PLAN], "reviews": [review]})
    assert not [c for c in clocks(record, SCHOOL, "2026-04-01") if c.part == "review"]
    kept = pupil({"plans": [PLAN], "reviews": [{**AMEND, "source": "Elm Primary"}]})
    keys = {o.clock.step.key for o in owed([kept], SCHOOL, "2026-06-01")}
    assert keys == {"notice", "amended"}


def test_two_laptops_bring_their_appeals_moves_and_reasons_together():
    schema = load_schema("pupil")
    base = pupil({"plans": [PLAN], "reviews": [AMEND]})
    ours, theirs = copy.deepcopy(base), copy.deepcopy(base)
    why = {"date": "2026-05-01", "step": "amended", "reason": "Family abroad"}
    ours["ehc"]["plans"][0]["transfers"] = [MOVED]
    ours["ehc"]["reviews"][0]["exceptions"] = [why]
    right = {"about": "e3ph", "against": "plan", "date": "2024-03-04"}
    theirs["ehc"]["appeals"] = [{"id": "x1", **right}]
    theirs["ehc"]["reviews"][0]["notice_sent"] = "2026-03-02"
    theirs["ehc"]["plans"][0]["officer"] = "R. Lane"
    merged = merge(base, ours, theirs, schema)
    assert merged.clashes == ()
    found = merged.record["ehc"]
    assert found["plans"][0]["transfers"] == [MOVED]
    assert found["plans"][0]["officer"] == "R. Lane"
    assert found["appeals"][0]["about"] == "e3ph"
    assert found["reviews"][0]["exceptions"] == [why]
    assert found["reviews"][0]["notice_sent"] == "2026-03-02"
    before = as_at(merged.record, "2026-01-11", schema)
    assert before["ehc"]["plans"][0]["transfers"] == []
    assert before["ehc"]["reviews"] == []


def test_no_plan_is_owed_before_it_is_decided_to_assess():
    request = {"id": "r7vb", "date": "2025-06-02"}
    record = pupil({"requests": [request]})
    assert [o.clock.step.key for o in owed([record], SCHOOL, "2026-02-01")] == [
        "decision"
    ]
    request["decision"] = {"date": "2025-07-10", "outcome": "assess"}
    keys = [o.clock.step.key for o in owed([record], SCHOOL, "2026-02-01")]
    assert keys == ["plan_decision", "plan"]
    assert last_event(record, "2026-02-01") == "2025-07-10"
