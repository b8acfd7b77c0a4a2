"""What single rules judge, beyond their own examples."""

from __future__ import annotations

from sencli.core.text.dates import add_days
from sencli.rules import findings
from sencli.rules import rule_of
from sencli.rules.annual_review import _REVIEW as REVIEW
from sencli.rules.example import EXAMPLE_DAY
from sencli.rules.example import EXAMPLE_PROVISIONS
from sencli.rules.example import EXAMPLE_SCHOOL
from sencli.rules.example import ON_SUPPORT
from sencli.rules.example import WITH_PLAN
from sencli.rules.example import example
from sencli.rules.example import in_cycle
from tests.cases import each_case

PLAN = {
    "id": "e3ph",
    "issued": "2025-06-10",
    "outcomes": [{"id": "u5ra", "text": "A conversation of five turns"}],
}


def of(code, fragment, day=EXAMPLE_DAY, **school):
    return findings(
        example(fragment),
        {**EXAMPLE_SCHOOL, **school},
        day,
        provisions=EXAMPLE_PROVISIONS,
        rules=[rule_of(code)],
    )


def messages(code, fragment, day=EXAMPLE_DAY, **school):
    return " ".join(f.message for f in of(code, fragment, day, **school))


def ehc(**changes):
    review = {k: v for k, v in {**REVIEW, **changes}.items() if v is not None}
    return {**WITH_PLAN, "ehc": {"plans": [PLAN], "reviews": [review]}}


@each_case(
    ("day", "said"),
    [
        ("2026-04-14", ""),
        ("2026-04-20", "is due by 10 June 2026"),
        ("2026-06-11", "was due by 10 June 2026"),
    ],
)
def test_an_annual_review_comes_near_then_is_overdue(day, said):
    record = {**WITH_PLAN, "ehc": {"plans": [PLAN]}}
    assert said in messages("D01", record, day)
    assert bool(of("D01", record, day)) is bool(said)


def test_a_review_that_is_planned_in_time_is_not_asked_for():
    planned = {"id": "q8wn", "date": "2026-06-02"}
    record = {**WITH_PLAN, "ehc": {"plans": [PLAN], "reviews": [planned]}}
    assert of("D01", record, "2026-05-01") == []
    late = {**planned, "date": "2026-06-20"}
    record = {**WITH_PLAN, "ehc": {"plans": [PLAN], "reviews": [late]}}
    assert of("D01", record, "2026-05-01")


def test_an_ehc_pupil_without_a_plan_on_record():
    assert "no EHC plan is recorded" in messages("D14", WITH_PLAN)
    assert of("D01", WITH_PLAN) == []


def test_a_plan_beside_another_status_is_a_finding_and_its_duties_stand():
    plans = {"plans": [{**PLAN, "issued": "2025-01-10"}]}
    for status in (ON_SUPPORT, {"status": []}):
        record = {**status, "ehc": plans}
        assert "is in force" in messages("D14", record)
        assert "was due by 10 January 2026" in messages("D01", record)
        assert of("A13", record) == []
    assert of("D14", {**WITH_PLAN, "ehc": plans}) == []


def test_a_plan_that_ceased_leaves_no_duty_and_a_status_to_set():
    ceased = {"plans": [{**PLAN, "issued": "2025-01-10", "ceased": "2026-01-30"}]}
    record = {**WITH_PLAN, "ehc": ceased}
    assert "ceased on 30 January 2026" in messages("D14", record)
    assert of("D01", record) == []
    assert of("D14", {**record, **ON_SUPPORT}) == []
    before = of("D14", record, "2026-01-29")
    assert before == []


def test_support_brought_along_is_told_of_by_this_school():
    told = {"told": [{"who": "parent", "date": "2025-08-30"}]}
    status = [{"from": "2024-09-10", "provision": "K", **told}]
    record = {"status": status, "roll": [{"from": "2025-09-02"}]}
    assert "(since 2 September 2025, the day of joining)" in messages("A13", record)
    here = [*told["told"], {"who": "parent", "date": "2025-09-09"}]
    assert of("A13", {**record, "status": [{**status[0], "told": here}]}) == []


def test_nothing_is_missed_from_before_the_pupil_came():
    status = [{"from": "2024-09-10", "provision": "K"}]
    record = {"status": status, "roll": [{"from": "2026-02-23"}]}
    assert of("P07", record) == []
    old = {**record, "roll": [{"from": "2025-09-02"}]}
    assert "since 2 September 2025, the day of joining" in messages("P07", old)


def test_invitations_less_than_two_weeks_before():
    late = [{**i, "date": "2026-01-20"} for i in REVIEW["invited"]]
    assert "Less than two weeks" in messages("D02", ehc(invited=late))
    young = [
        {**i, "role": "young_person" if i["role"] == "parent" else i["role"]}
        for i in REVIEW["invited"]
    ]
    assert of("D02", ehc(invited=young)) == []


def test_a_review_to_come_is_judged_from_two_weeks_before():
    coming = ehc(date="2026-04-20", invited=None, circulated=None)
    for code in ("D02", "D03"):
        assert of(code, coming, "2026-04-05") == []
        assert of(code, coming, "2026-04-07")
    assert of("D05", coming, "2026-04-07") == []


def test_a_report_that_went_late_or_recommends_nothing():
    assert "went on 1 March 2026" in messages("D05", ehc(report_sent="2026-03-01"))
    assert "recommends nothing" in messages("D05", ehc(recommendation=None))
    assert of("D05", ehc(report_sent=None), "2026-02-16") == []


def test_the_authoritys_time_ends_after_four_weeks():
    assert of("D06", ehc(decision=None), "2026-03-02") == []
    assert of("D06", ehc(decision=None), "2026-03-03")


def test_reviews_of_years_ago_and_of_other_schools_are_let_be():
    old = ehc(report_sent=None, date="2024-12-01")
    assert of("D05", old) == []
    elsewhere = ehc(report_sent=None, source="Elm Primary")
    assert of("D05", elsewhere) == []


def test_the_phase_transfer_by_the_schools_own_date():
    year_6 = {
        **WITH_PLAN,
        "placements": [{"from": "2025-09-01", "year_group": "6"}],
        "ehc": {"plans": [PLAN]},
    }
    assert of("D08", year_6, "2025-11-30") == []
    assert of("D08", year_6, "2025-12-02")
    early = {"settings": {"phase_transfer_by": "10-15"}}
    assert of("D08", year_6, "2025-10-16", **early)
    year_4 = {**year_6, "placements": [{"from": "2025-09-01", "year_group": "4"}]}
    assert of("D08", year_4) == []


def reviewed(number, result="not_achieved", decisions=("continue",)):
    begins = add_days("2024-09-02", 90 * number)
    return {
        "id": f"y{number}qf",
        "plan": {"date": begins, "outcomes": [{"id": f"o{number}fd", "outcome": "R"}]},
        "review": {
            "date": add_days(begins, 80),
            "outcomes": [{"outcome": f"o{number}fd", "result": result}],
            "decisions": list(decisions),
        },
    }


def stuck(*results):
    return {**ON_SUPPORT, "cycles": [reviewed(n, r) for n, r in enumerate(results)]}


def test_little_progress_is_counted_in_a_row():
    bad, good = "not_achieved", "achieved"
    assert of("C04", stuck(bad, good, bad)) == []
    assert of("C04", stuck(good, bad, bad))
    assert of("C05", stuck(good, bad, bad)) == []
    assert of("C05", stuck(bad, bad, bad))
    patient = {"settings": {"cycles_without_progress": 3}}
    assert of("C05", stuck(bad, bad, bad), **patient) == []
    assert of("C04", stuck(bad, bad, bad), **patient)


def test_the_same_again_after_no_progress_twice():
    assert "Two reviews in a row" in messages("B18", stuck(*["not_achieved"] * 2))
    assert of("B18", stuck("not_achieved", "achieved")) == []


def test_a_specialist_who_has_gone_is_not_involved():
    record = stuck(*["not_achieved"] * 3)
    gone = {
        "id": "s5qe",
        "service": "EP",
        "referred": "2022-01-10",
        "discharged": "2022-07-10",
    }
    assert of("C05", {**record, "specialists": [gone]})
    back = {**gone, "discharged": "2025-07-10"}
    assert of("C05", {**record, "specialists": [back]}) == []


def test_an_overdue_review_after_the_schools_own_grace():
    record = in_cycle(plan={"date": "2025-12-01", "review_by": "2026-03-06"})
    assert of("B16", record, "2026-03-13") == []
    assert of("B16", record, "2026-03-14")
    patient = {"settings": {"review_tolerance_days": 14}}
    assert of("B16", record, "2026-03-14", **patient) == []


def test_a_review_held_late_is_a_note():
    record = in_cycle(
        plan={"date": "2025-09-18", "review_by": "2025-12-12"},
        review={"date": "2026-01-20"},
    )
    assert [f.level for f in of("B16", record)] == ["may"]


def test_a_cycle_is_due_after_the_last_but_not_in_the_holidays():
    ended = in_cycle(
        review={"date": "2025-07-10"},
        closed={
            "date": "2025-07-10",
            "reason": "reviewed",
        },
    )
    ended["status"] = [{"from": "2025-01-15", "provision": "K"}]
    assert of("B01", ended, "2025-09-20") == []
    assert of("B01", ended, "2025-11-20")


def test_an_unmet_need_with_others_met():
    needs = [
        {"id": "d5hy", "type": "SLCN", "rank": 1},
        {"id": "d6jk", "type": "SEMH", "rank": 2},
    ]
    plan = {
        "date": "2025-12-01",
        "outcomes": [{"id": "o8fd", "outcome": "Reads", "need": "d5hy"}],
        "interventions": [
            {"id": "i5tr", "provision": "lunch-club", "outcomes": ["o8fd"]}
        ],
    }
    found = of("A14", {**in_cycle(plan=plan), "needs": needs})
    assert len(found) == 1
    assert "SEMH" in found[0].message
    with_strategy = {**plan, "strategies": [{"id": "g7rn", "text": "Timer"}]}
    assert of("A14", {**in_cycle(plan=with_strategy), "needs": needs}) == []


def test_sessions_that_the_school_lost():
    sessions = [
        {"date": add_days("2026-01-12", n), "intervention": "i5tr", **missed}
        for n, missed in enumerate(
            [{"missed": "staff_absent"}] * 5 + [{}] * 2 + [{"missed": "pupil_absent"}]
        )
    ]
    plan = {
        "date": "2026-01-08",
        "strategies": [{"id": "g7rn", "text": "Timer"}],
        "interventions": [{"id": "i5tr", "provision": "lunch-club"}],
    }
    found = of("A14", in_cycle(plan=plan, do={"sessions": sessions}))
    assert [f.level for f in found] == ["should"]
    assert "5 of 7" in found[0].message


def test_support_that_just_began_is_given_time():
    needs = [{"id": "d5hy", "type": "SLCN", "rank": 1}]
    new = {
        "status": [{"from": "2026-03-02", "provision": "K"}],
        "needs": needs,
    }
    assert of("A14", new) == []
    assert of("A14", {**new, "status": [{"from": "2026-01-05", "provision": "K"}]})


def test_no_session_for_four_weeks_counts_school_weeks():
    plan = {
        "date": "2026-03-20",
        "interventions": [
            {"id": "i5tr", "provision": "lunch-club", "from": "2026-03-23"}
        ],
    }
    record = in_cycle(plan=plan)
    assert of("P07", record, "2026-04-24") == []
    assert of("P07", record, "2026-05-08")


def test_parents_told_of_an_earlier_support_are_told_again():
    told = [{"who": "parent", "date": "2023-09-18"}]
    record = {
        "status": [
            {"from": "2023-09-15", "provision": "K", "told": told},
            {"from": "2024-07-01", "provision": "N"},
            {"from": "2025-09-15", "provision": "K"},
        ],
        "cycles": [{"id": "y2qf", "plan": {"date": "2023-09-18", "told": told}}],
    }
    assert of("A13", record)
    assert of("A13", record, "2024-03-01") == []


@each_case("began", ["2024-09-10", "2026-03-02"])
def test_support_from_before_these_records_is_judged_from_the_import(began):
    brought = {"from": began, "provision": "K", "taken_over": "2026-03-02"}
    record = {"status": [brought], "roll": [{"from": "2023-09-04"}]}
    for code in ("A03", "A08", "A10", "A12", "A13", "B01", "P02", "P07", "P09"):
        assert of(code, record) == [], code
    assert of("B01", record, "2026-09-14")
    assert "the day of the import" in messages("P07", record, "2026-09-14")
    here = {"status": [{key: brought[key] for key in ("from", "provision")}]}
    assert of("A12", here)
