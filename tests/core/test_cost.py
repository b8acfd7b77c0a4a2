from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.core.provision import cost

STAFF = [
    {"initials": "TA2", "name": "B. Ali", "roles": [{"role": "TA"}]},
    {"initials": "KM", "name": "K. Morris", "roles": [{"role": "teacher"}]},
    {"initials": "ZZ", "name": "Z. Zed"},
]
SCHOOL = {"staff": STAFF, "rates": [{"role": "TA", "pence_per_hour": 1650}]}
CATALOGUE = {
    "key": "precision-teaching",
    "name": "Precision teaching",
    "usual": {"minutes": 30, "sessions_per_week": 3, "group_size": 4, "role": "TA"},
}
CYCLE = {"id": "y1", "plan": {"date": "2025-09-18", "review_by": "2025-12-12"}}


def support(**more):
    made = {"id": "i1", "provision": "precision-teaching", "from": "2025-09-22"}
    made["until"] = "2025-12-12"
    made["dose"] = [{"from": "2025-09-22", "led_by": ["TA2"]}]
    return {**made, **more}


def dose(start="2025-09-22", **more):
    made = {"from": start, "minutes": 30, "sessions_per_week": 3, "group_size": 4}
    return {**made, "led_by": ["TA2"], **more}


def test_the_example_of_the_design():
    full = support(dose=[dose()])
    assert cost.planned(CYCLE, full, SCHOOL).pence == 7425
    assert cost.planned(CYCLE, full, SCHOOL).weeks == 12


def test_what_the_dose_leaves_out_comes_from_the_catalogue():
    assert cost.planned(CYCLE, support(), SCHOOL, CATALOGUE).pence == 7425
    assert cost.planned(CYCLE, support(dose=[]), SCHOOL, CATALOGUE).pence == 7425


def test_a_pupil_alone_carries_the_whole():
    usual = {"usual": {"minutes": 30, "sessions_per_week": 3}}
    assert cost.planned(CYCLE, support(), SCHOOL, usual).pence == 29700


def test_a_change_of_dose_sums_its_segments():
    doses = [dose(), dose("2025-11-03", minutes=20, group_size=2)]
    found = cost.planned(CYCLE, support(dose=doses), SCHOOL)
    assert [(s.first, s.weeks) for s in found.segments] == [
        ("2025-09-22", 6),
        ("2025-11-03", 6),
    ]
    # 6 x 3 x 30 min / 4, and 6 x 3 x 20 min / 2, at 16.50
    assert found.pence == 8663  # 3712.50 + 4950, half up


def test_a_change_of_rate_sums_its_segments():
    school = {
        "staff": STAFF,
        "rates": [
            {"role": "TA", "pence_per_hour": 1650},
            {"role": "ta", "from": "2025-11-03", "pence_per_hour": 1700},
        ],
    }
    found = cost.planned(CYCLE, support(dose=[dose()]), school)
    assert [s.dose.pence_an_hour for s in found.segments] == [1650, 1700]
    assert found.pence == round(6 * 1.5 * (1650 + 1700) / 4)


def test_a_week_split_by_a_change_goes_by_its_first_school_day():
    doses = [dose(), dose("2025-11-05", sessions_per_week=1)]
    found = cost.planned(CYCLE, support(dose=doses), SCHOOL)
    assert [s.weeks for s in found.segments] == [7, 5]
    assert found.weeks == 12


def test_a_change_of_role_changes_the_rate():
    staff = [
        {
            "initials": "TA2",
            "name": "B. Ali",
            "roles": [{"role": "TA"}, {"role": "HLTA", "from": "2025-11-03"}],
        }
    ]
    rates = [*SCHOOL["rates"], {"role": "HLTA", "pence_per_hour": 2000}]
    found = cost.planned(
        CYCLE, support(dose=[dose()]), {"staff": staff, "rates": rates}
    )
    assert [s.dose.roles for s in found.segments] == [("TA",), ("HLTA",)]


def test_of_two_roles_at_once_the_one_with_a_rate_counts():
    staff = [
        {
            "initials": "TA2",
            "name": "B. Ali",
            "roles": [{"role": "TA"}, {"role": "first aider", "from": "2025-09-01"}],
        }
    ]
    found = cost.planned(
        CYCLE, support(dose=[dose()]), {"staff": staff, "rates": SCHOOL["rates"]}
    )
    assert found.pence == 7425


def test_several_leaders_count_with_their_mean():
    rates = [*SCHOOL["rates"], {"role": "teacher", "pence_per_hour": 3350}]
    found = cost.planned(
        CYCLE,
        support(dose=[dose(led_by=["TA2", "KM"])]),
        {"staff": STAFF, "rates": rates},
    )
    assert found.segments[0].dose.pence_an_hour == 2500
    assert found.pence == 2500 * 18 // 4


@pytest.mark.parametrize(
    ("changed", "school", "words"),
    [
        ({}, {"staff": STAFF}, "no hourly rate for TA: sen rate set TA POUNDS"),
        (
            {},
            {
                "staff": STAFF,
                "rates": [{"role": "TA", "from": "2026-01-01", "pence_per_hour": 1}],
            },
            "no hourly rate for TA before 1 January 2026",
        ),
        ({"dose": [dose(led_by=["ZZ"])]}, SCHOOL, "no role for ZZ"),
        ({"dose": [{"from": "2025-09-22"}]}, SCHOOL, "how long"),
        ({"dose": [{"from": "2025-09-22", "minutes": 20}]}, SCHOOL, "how often"),
        ({"dose": [dose(led_by=[])]}, SCHOOL, "who leads it"),
    ],
)
def test_what_is_missing_is_said(changed, school, words):
    found = cost.planned(CYCLE, support(**{"dose": [dose()], **changed}), school)
    assert found.pence is None
    assert words in "; ".join(found.missing)


def test_without_dates_there_is_no_cost():
    bare = {"id": "i1", "provision": "x"}
    assert "first day" in cost.planned({"id": "y"}, bare, SCHOOL).missing[0]
    begun = {**bare, "from": "2025-09-22"}
    assert "last day" in cost.planned({"id": "y"}, begun, SCHOOL).missing[0]


def test_without_an_end_the_review_ends_it_and_then_the_usual_weeks():
    open_ended = support()
    del open_ended["until"]
    assert cost.planned(CYCLE, open_ended, SCHOOL, CATALOGUE).pence == 7425
    weeks = {"usual": {**CATALOGUE["usual"], "weeks": 6}}
    found = cost.planned({"id": "y"}, open_ended, SCHOOL, weeks)
    assert found.weeks == 6


def test_support_that_ended_early_costs_less():
    ended = support(dose=[dose()], ended={"date": "2025-10-31"})
    assert cost.planned(CYCLE, ended, SCHOOL).weeks == 6
    left = {**CYCLE, "closed": {"date": "2025-10-31", "reason": "left"}}
    assert cost.planned(left, support(dose=[dose()]), SCHOOL).weeks == 6
    reviewed = {**CYCLE, "closed": {"date": "2025-10-31", "reason": "reviewed"}}
    assert cost.planned(reviewed, support(dose=[dose()]), SCHOOL).weeks == 12


def test_one_to_one_within_another_is_not_charged_twice():
    inside = support(within="i2", dose=[dose(group_size=1)], other_cost_pence=500)
    assert cost.planned(CYCLE, inside, SCHOOL).pence == 500


def test_resources_come_on_top():
    priced = {**CATALOGUE, "cost_per_pupil_pence": 300}
    found = cost.planned(CYCLE, support(other_cost_pence=200), SCHOOL, priced)
    assert found.pence == 7925
    assert found.other_pence == 500


def test_equipment_needs_no_time():
    laptop = {"id": "i1", "provision": "laptop", "other_cost_pence": 40000}
    assert cost.planned(CYCLE, laptop, SCHOOL).pence == 40000


def test_a_period_counts_its_part_and_resources_once():
    full = support(dose=[dose()], other_cost_pence=200)
    before = cost.planned(CYCLE, full, SCHOOL, None, ("2025-09-01", "2025-11-02"))
    after = cost.planned(CYCLE, full, SCHOOL, None, ("2025-11-03", "2026-08-31"))
    assert (before.weeks, after.weeks) == (6, 6)
    assert before.pence is not None
    assert after.pence is not None
    assert before.other_pence == 200
    assert after.other_pence == 0
    assert before.pence + after.pence == pytest.approx(7625, abs=1)


def test_dates_within_a_holiday_say_so():
    terms = [{"start": "2026-01-05", "end": "2026-03-27"}]
    found = cost.planned(CYCLE, support(dose=[dose()]), {**SCHOOL, "terms": terms})
    assert found.pence is None
    assert "no school week between 22 September 2025" in found.missing[0]


def test_delivered_sessions_cost_what_they_took():
    cycle = {
        **CYCLE,
        "do": {
            "sessions": [
                {"date": "2025-09-22", "intervention": "i1", "by": "TA2"},
                {"date": "2025-09-24", "intervention": "i1", "missed": "pupil_absent"},
                {"date": "2025-09-26", "intervention": "i1", "minutes": 60},
                {"date": "2025-09-26", "intervention": "other"},
                {"date": "2025-10-06", "intervention": "i1"},
            ],
            "tallies": [{"week": "2025-10-06", "intervention": "i1", "delivered": 3}],
        },
    }
    found = cost.to_date(cycle, support(dose=[dose()]), SCHOOL)
    # 30 + 60 + 3 x 30 minutes (the session of the tallied week is its particulars)
    assert found.pence == 1650 * 3 // 4 + 1  # 1237.5 is rounded up
    early = cost.to_date(
        cycle, support(dose=[dose()]), SCHOOL, None, ("", "2025-09-23")
    )
    assert early.pence == 206


def test_delivered_by_somebody_without_a_rate_says_so():
    sessions = [{"date": "2025-09-22", "intervention": "i1", "by": "KM"}]
    cycle = {**CYCLE, "do": {"sessions": sessions}}
    found = cost.to_date(cycle, support(dose=[dose()]), SCHOOL)
    assert found.pence is None
    assert "no hourly rate for teacher" in found.missing[0]


def test_nothing_delivered_costs_nothing():
    assert cost.to_date(CYCLE, support(dose=[dose()]), {}).pence == 0


AMOUNTS = st.integers(1, 600)


@settings(deadline=None, max_examples=50)
@given(
    rate=st.integers(1, 9999),
    minutes=AMOUNTS,
    sessions=st.sampled_from([0.5, 1, 2, 2.5, 3, 5]),
    size=st.integers(1, 30),
    cut=st.integers(0, 80),
)
def test_a_change_that_changes_nothing_costs_nothing(
    rate, minutes, sessions, size, cut
):
    from sencli.core.text.dates import add_days

    school = {"staff": STAFF, "rates": [{"role": "TA", "pence_per_hour": rate}]}
    same = {"minutes": minutes, "sessions_per_week": sessions, "group_size": size}
    one = [dose(**same)]
    two = [*one, dose(add_days("2025-09-22", cut), **same)]
    whole = cost.planned(CYCLE, support(dose=one), school)
    assert cost.planned(CYCLE, support(dose=two), school) == whole
    # rounded once: never more than half a penny from the exact sum
    exact = Fraction(rate) * minutes / 60 * Fraction(str(sessions)) * 12 / size
    assert whole.pence is not None
    assert abs(whole.pence - exact) <= Fraction(1, 2)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(0, 120), min_size=2, max_size=5))
def test_more_weeks_never_cost_less(lengths):
    from sencli.core.text.dates import add_days

    found = [
        cost.planned(
            CYCLE,
            support(until=add_days("2025-09-22", days), dose=[dose()]),
            SCHOOL,
        ).pence
        or 0
        for days in sorted(lengths)
    ]
    assert found == sorted(found)


def test_half_a_penny_goes_up():
    assert cost.rounded(Fraction(1, 2)) == 1
    assert cost.rounded(Fraction(3, 2)) == 2
    assert cost.rounded(Fraction(149, 100)) == 1
