"""What an authority owes after a review or for a move, until it is done."""

from __future__ import annotations

from sencli.core.statutory import deadlines
from sencli.core.statutory import moves
from sencli.core.statutory.owed import owed
from tests.cases import each_case

SCHOOL = {"name": "Oak Primary", "authority_name": "Westmere"}
PLAN = {"id": "e3ph", "issued": "2024-03-04", "authority": "Westmere"}
REVIEW = {"id": "q8wn", "date": "2026-02-02"}
AMEND = {**REVIEW, "decision": {"date": "2026-02-27", "outcome": "amend"}}
MOVED = {"date": "2026-01-12", "to_authority": "Eastshire", "told": "2026-01-20"}


def steps(review, plan):
    return {step.key: step for step in deadlines.review_steps(review, [plan])}


def keys_owed(reviews, day, *, year="4", placements=(), **plan):
    record = {
        "id": "p7k2q",
        "first_name": "Ben",
        "placements": placements or [{"from": "2025-09-01", "year_group": year}],
        "ehc": {"plans": [{**PLAN, **plan}], "reviews": reviews},
    }
    return [(o.clock.about, o.clock.step.key) for o in owed([record], SCHOOL, day)]


def test_a_notice_of_amendments_starts_its_own_clocks():
    review = {**REVIEW, "notice_sent": "2026-03-04"}
    found = steps(review, PLAN)
    assert found["decision"].state("2026-06-01") == "done_late"
    assert found["amended"].due == "2026-04-27"
    keep = {**review, "decision": {"date": "2026-02-27", "outcome": "keep"}}
    assert "amended" not in steps(keep, PLAN)


def test_a_decision_that_nobody_recorded_is_not_asked_for_once_the_plan_is_amended():
    assert "decision" not in steps(REVIEW, {**PLAN, "amended": ["2026-04-01"]})
    assert not keys_owed([REVIEW], "2026-06-01", amended=["2026-04-01"])


def test_what_was_decided_is_owed_until_it_is_decided_anew():
    newer = {"id": "z4km", "date": "2027-01-25"}
    told = {**AMEND, "notice_sent": "2026-02-27"}
    assert keys_owed([told, newer], "2027-02-01") == [("q8wn", "amended")]
    kept = {**newer, "decision": {"date": "2027-02-01", "outcome": "keep"}}
    assert not keys_owed([told, kept], "2027-02-02")
    # nor does it end because a year went by
    assert keys_owed([REVIEW], "2028-02-02") == [("q8wn", "decision")]
    # a review of the plan before is over
    assert not keys_owed([REVIEW], "2026-12-01", issued="2026-03-01")


def test_a_move_to_come_takes_nothing_from_what_is_past_with_the_last():
    later = {"date": "2026-12-01", "to_authority": "Northby"}
    before = [{**REVIEW, "date": "2026-01-05"}]
    assert not keys_owed(before, "2026-03-20", transfers=[MOVED, later])


def test_a_plan_not_amended_for_a_move_within_the_school_is_waited_for():
    placements = [
        {"from": "2025-09-01", "year_group": "N2"},
        {"from": "2026-09-01", "year_group": "R"},
    ]
    found = keys_owed([], "2026-10-01", placements=placements)
    assert found == [("e3ph", "phase")]
    amended = {"placements": placements, "amended": ["2026-09-20"]}
    assert not keys_owed([], "2026-10-01", **amended)


@each_case(
    ("year", "day", "by"),
    [
        ("6", "2025-10-14", "2026-02-15"),
        ("5", "2026-07-01", "2027-02-15"),
        ("10", "2026-06-30", "2027-03-31"),
        ("4", "2026-07-01", "2026-02-15"),
    ],
)
def test_a_review_may_be_held_in_the_year_before_the_move(year, day, by):
    placements = [{"from": "2024-09-01", "year_group": year}]
    record = {"placements": placements, "ehc": {"plans": [PLAN]}}
    assert moves.amended_by(record, SCHOOL, day) == by
