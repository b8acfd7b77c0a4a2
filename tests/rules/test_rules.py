"""Whom the rules judge, by which edition, and what is not laid at the school."""

from __future__ import annotations

from sencli.rules import EDITIONS
from sencli.rules import LEVELS
from sencli.rules import NOT_SHOWN
from sencli.rules import RULES
from sencli.rules import findings
from sencli.rules import rule_of
from sencli.rules import whole_school
from sencli.rules.example import EXAMPLE_DAY
from sencli.rules.example import EXAMPLE_PROVISIONS
from sencli.rules.example import EXAMPLE_SCHOOL
from sencli.rules.example import ON_SUPPORT
from sencli.rules.example import example
from tests.cases import each_case

DAY = EXAMPLE_DAY
ROWS = {
    "A": 15,
    "B": 20,
    "C": 10,
    "D": 13,
    "K": 13,
    "P": 15,
}
LATE = {"told": [{"who": "parent", "date": "2025-10-10"}]}


def codes(record, day=DAY, school=EXAMPLE_SCHOOL, **more):
    found = findings(
        example(record), school, day, provisions=EXAMPLE_PROVISIONS, **more
    )
    return {f.code for f in found if not f.excepted}


def test_every_row_of_the_table_is_a_rule_or_says_why_not():
    rows = {
        f"{family}{n:02d}" if family != "K" else f"K{n}"
        for family, count in ROWS.items()
        for n in range(1, count + 1)
    }
    known = {rule.code for rule in RULES} | set(NOT_SHOWN)
    assert rows <= known
    assert known - rows == {"D14", "D15", "D16", "D17", "K14", "K15", "P16", "P17"}
    assert not {rule.code for rule in RULES} & set(NOT_SHOWN)


def test_codes_are_unique_and_in_order():
    order = [rule.order for rule in RULES]
    assert order == sorted(set(order))
    assert rule_of(" a13 ").code == "A13"
    assert rule_of("Z99") is None


def test_levels_are_those_of_the_law():
    must = {r.code for r in RULES if r.level == "must"}
    assert must == {
        "A13",
        "A14",
        "C02",
        "P01",
        "P14",
        "D02",
        "D03",
        "D05",
        "D07",
        "D16",
    }
    reminders = {r.code for r in RULES if r.level == "reminder"}
    assert reminders == {"D01", "D04", "D06", "D08", "D10", "D13", "D15"}
    assert {r.level for r in RULES} == set(LEVELS)


def test_every_rule_belongs_to_an_edition():
    assert {r.edition for r in RULES} <= set(EDITIONS)
    old = {"status": [{"from": "2014-03-01", "provision": "K"}]}
    assert codes(old, day="2014-12-01") == set()
    assert "A13" in codes(old, day="2015-03-01")


def test_a_pupil_without_sen_is_hardly_judged():
    nobody = {"placements": [{"year_group": "6"}], "flags": []}
    assert codes(nobody) == set()
    worried = {
        "concerns": [
            {
                "id": "n3xd",
                "date": "2025-06-20",
                "raised_by": "parent",
                "concern": "She cannot tell me about her day",
            }
        ]
    }
    assert codes(worried) == {"B04"}


def test_a_leaver_is_judged_by_the_transfer_alone():
    left = {**ON_SUPPORT, "roll": [{"from": "2021-09-06", "until": "2025-12-19"}]}
    assert codes(left) == {"C02"}
    assert codes(left, day="2026-01-05") == set()
    sent = {**left, "roll": [{**left["roll"][0], "records_sent": "2026-01-09"}]}
    assert codes(sent) == set()


@each_case("code", ["A03", "A08", "A10", "A12"])
def test_what_another_school_decided_is_not_laid_at_ours(code):
    elsewhere = {"status": [{"from": "2023-09-11", "provision": "K"}]}
    assert code in codes(elsewhere)
    assert code not in codes({**elsewhere, "roll": [{"from": "2025-09-02"}]})
    named = {**elsewhere["status"][0], "source": "Elm Primary"}
    assert code not in codes({"status": [named]})


def test_a_cycle_of_another_school_is_not_ours():
    cycle = {
        "id": "y2qf",
        "plan": {"date": "2025-06-02", "review_by": "2025-12-12"},
    }
    ours = {**ON_SUPPORT, "cycles": [cycle]}
    assert "B16" in codes(ours)
    assert "B16" not in codes({**ours, "roll": [{"from": "2025-09-02"}]})
    assert "B16" not in codes({**ON_SUPPORT, "cycles": [{**cycle, "source": "Elm"}]})


def test_parents_may_be_told_by_any_of_the_places_that_say_so():
    assert "A13" in codes(ON_SUPPORT)
    status = {"status": [{**ON_SUPPORT["status"][0], **LATE}]}
    assert "A13" not in codes(status)
    plan = {"id": "y2qf", "plan": {"date": "2025-09-18", **LATE}}
    assert "A13" not in codes({**ON_SUPPORT, "cycles": [plan]})
    with_plan = {"status": [{"from": "2024-06-10", "provision": "E"}]}
    assert "A13" not in codes(with_plan)


def test_parents_told_after_support_began_is_a_warning():
    entry = {"id": "i5tr", "provision": "lunch-club", "from": "2025-09-22"}
    record = {
        "status": [{**ON_SUPPORT["status"][0], **LATE}],
        "cycles": [
            {"id": "y2qf", "plan": {"date": "2025-09-18", "interventions": [entry]}}
        ],
    }
    late = [
        f for f in findings(example(record), EXAMPLE_SCHOOL, DAY) if f.code == "A13"
    ]
    assert [f.level for f in late] == ["should"]
    assert "10 October 2025" in late[0].message


def test_reviews_and_invitations_count_as_meetings():
    assert "P02" in codes(ON_SUPPORT)
    for review in (
        {"date": "2025-12-11", "attended": ["parent", "KM"]},
        {"date": "2025-12-11", "invited": ["parent"], "attended": ["KM"]},
    ):
        cycles = [{"id": "y2qf", "review": review}]
        assert "P02" not in codes({**ON_SUPPORT, "cycles": cycles})
    alone = [{"id": "y2qf", "review": {"date": "2025-12-11", "attended": ["KM"]}}]
    assert "P02" in codes({**ON_SUPPORT, "cycles": alone})


def test_a_contact_is_a_parent_and_a_social_worker_is_none():
    review = [{"id": "y2qf", "review": {"date": "2025-12-11", "attended": ["c4wm"]}}]
    for relationship, missing in (("mother", False), ("social worker", True)):
        contact = {"id": "c4wm", "name": "Sana", "relationship": relationship}
        record = {**ON_SUPPORT, "cycles": review, "contacts": [contact]}
        assert ("P02" in codes(record)) is missing


def test_the_schools_own_settings_count():
    plan = {"date": "2025-12-01", "review_by": "2026-03-27"}
    record = {**ON_SUPPORT, "cycles": [{"id": "y2qf", "plan": plan}]}
    assert "B09" not in codes(record)
    strict = {**EXAMPLE_SCHOOL, "settings": {"weeks_between_reviews": 8}}
    assert "B09" in codes(record, school=strict)
    relaxed = {**EXAMPLE_SCHOOL, "settings": {"meetings_a_year": 0}}
    assert "P02" not in codes(record, school=relaxed)


def answered(rule, **more):
    return {
        **ON_SUPPORT,
        "exceptions": [
            {"rule": rule, "reason": "Parents asked us not to", "date": DAY, **more}
        ],
    }


def found(record, code, day=DAY):
    return [f for f in findings(example(record), EXAMPLE_SCHOOL, day) if f.code == code]


def test_a_should_is_answered_with_a_reason():
    assert found(ON_SUPPORT, "A10")[0].excepted == ""
    assert found(answered("A10"), "A10")[0].excepted == "Parents asked us not to"
    over = answered("A10", until="2026-03-20")
    assert found(over, "A10", "2026-03-20")[0].excepted
    assert not found(over, "A10", "2026-03-21")[0].excepted


def test_a_must_is_never_waived():
    assert found(answered("A13"), "A13")[0].excepted == ""


def test_a_cycle_opened_in_error_is_nobodys_cycle():
    wrong = {
        "id": "y2qf",
        "assess": {"date": "2025-10-01"},
        "closed": {"date": "2025-10-01", "reason": "opened_in_error"},
    }
    assert codes({**ON_SUPPORT, "cycles": [wrong]}) == codes(ON_SUPPORT)


def test_the_catalogue_is_named_once_for_all_pupils():
    plan = {
        "date": "2025-12-01",
        "interventions": [{"id": "i5tr", "provision": "lunch-club"}],
    }
    record = example({**ON_SUPPORT, "cycles": [{"id": "y2qf", "plan": plan}]})
    twice = [record, {**record, "id": "p8m3r"}]
    found_once = whole_school(twice, EXAMPLE_SCHOOL, DAY, provisions=EXAMPLE_PROVISIONS)
    assert [(f.code, f.file, f.path) for f in found_once] == [
        ("B12", "provisions.yaml", ("provisions", 1))
    ]


def test_nothing_dated_after_the_day_counts():
    later = {"status": [{"from": "2026-04-01", "provision": "K"}]}
    assert codes(later) == set()
    assert codes({**ON_SUPPORT, **later}) == set()
