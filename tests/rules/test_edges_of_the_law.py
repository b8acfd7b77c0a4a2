"""Where the law differs by kind of school, age and phase."""

from __future__ import annotations

from sencli.rules import findings
from sencli.rules import rule_of
from sencli.rules.example import EXAMPLE_DAY
from sencli.rules.example import EXAMPLE_PROVISIONS
from sencli.rules.example import EXAMPLE_SCHOOL
from sencli.rules.example import example
from tests.cases import each_case


def found(record, code, *, day=EXAMPLE_DAY, **school):
    shown = findings(
        example(record),
        {**EXAMPLE_SCHOOL, **school},
        day,
        provisions=EXAMPLE_PROVISIONS,
    )
    return [f for f in shown if f.code == code]


@each_case(
    ("code", "kind", "level"),
    [
        ("C02", "maintained", "must"),
        ("C02", "academy", "should"),
        ("C02", "", "should"),
        ("P14", "maintained", "must"),
        ("P14", "academy", "must"),
        ("P14", "independent", "should"),
    ],
)
def test_what_binds_one_kind_of_school_is_guidance_for_another(code, kind, level):
    (finding,) = found(rule_of(code).fails, code, type=kind)
    assert finding.level == level


def test_reviews_under_five_cite_their_paragraph():
    assert rule_of("D09").citation == "SEND Code of Practice 9.178"


_REVIEWED = rule_of("D08").passes
_PLANS = [{**plan, "issued": "2024-03-04"} for plan in _REVIEWED["ehc"]["plans"]]
YEAR_6 = {**_REVIEWED, "ehc": {**_REVIEWED["ehc"], "plans": _PLANS}}


def test_a_plan_for_the_move_is_missed_until_it_is_amended():
    assert not found(YEAR_6, "D08", day="2026-02-14")
    (finding,) = found(YEAR_6, "D08", day="2026-02-16")
    assert "by 15 February 2026" in finding.message
    assert "--amended DATE" in finding.mend
    amended = [{**plan, "amended": ["2026-02-10"]} for plan in _PLANS]
    moved = {**YEAR_6, "ehc": {**YEAR_6["ehc"], "plans": amended}}
    assert not found(moved, "D08", day="2026-03-16")


def test_a_plan_that_missed_a_move_within_the_school_is_told_of_after_it():
    placements = [
        {"from": "2025-09-01", "year_group": "6"},
        {"from": "2026-09-01", "year_group": "7"},
    ]
    (finding,) = found({**YEAR_6, "placements": placements}, "D08", day="2026-10-01")
    assert "by 15 February 2026 for the move of last school year" in finding.message
    assert "228 days late" in finding.message


def test_a_decision_of_the_authority_is_asked_for_after_a_year_too():
    ehc = YEAR_6["ehc"]
    reviews = [{"id": "q8wn", "date": "2024-10-14"}]
    record = {**YEAR_6, "ehc": {**ehc, "reviews": reviews}}
    (finding,) = found(record, "D06", day="2026-02-02")
    assert "by 11 November 2024" in finding.message
    told = [{**reviews[0], "notice_sent": "2024-11-01"}]
    assert not found({**record, "ehc": {**ehc, "reviews": told}}, "D06")


def test_nursery_to_reception_ends_a_phase():
    small = {**YEAR_6, "placements": [{"year_group": "N2"}]}
    record = {**small, "ehc": {**YEAR_6["ehc"], "reviews": []}}
    (finding,) = found(record, "D08", day="2026-02-16")
    assert finding.message.startswith("Nursery 2 ends a phase")


@each_case(("born", "reported"), [("2020-09-02", False), ("2020-08-30", True)])
def test_a_child_of_three_has_no_annual_report(born, reported):
    record = {**rule_of("P01").fails, "date_of_birth": born}
    assert bool(found(record, "P01", ages={"from": 2, "to": 11})) is reported
