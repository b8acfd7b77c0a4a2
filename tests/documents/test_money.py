"""Money: what is costed is summed, what is missing is named, few are not divided."""

from __future__ import annotations

import copy
import json

import pytest

from sencli.core.reports import impact as core_impact
from sencli.documents.pupil import case
from sencli.documents.school import delivery
from sencli.documents.school import governors
from sencli.documents.school import governors_public
from sencli.documents.school import impact
from sencli.formats import render
from sencli.value import replace
from tests.documents.example import AMELIA
from tests.documents.example import setting

YEAR = ("2025-09-01", "2026-08-31")
DAY = "2026-01-10"


def pupil(number, result="achieved", given=4, role="", cycle=None):
    """A pupil as Amelia, with so many sessions given, led by a role."""
    record = copy.deepcopy(AMELIA)
    record |= {"id": f"p{number:04d}", "last_name": f"Surname{number}"}
    made = record["cycles"][0]
    made["review"]["outcomes"] = [{"outcome": "o8fd", "result": result}]
    made["do"]["sessions"] = [
        {"date": f"2025-09-{22 + n}", "intervention": "i5tr"} for n in range(given)
    ]
    if role:
        made["plan"]["interventions"][0]["dose"] = [
            {"from": "2025-09-22", "role": role}
        ]
    if cycle == "open":
        del made["review"], made["closed"]
    return record


def provision(records):
    (made,), _ = core_impact.impacts(records, setting(), DAY, YEAR)
    return made


def text(module, records, fmt="text"):
    return render(module.build(records, setting(DAY)), fmt).decode()


def row(records):
    return json.loads(text(impact, records, "json"))["provisions"][0]


def test_each_achieved_divides_what_was_delivered_of_those_judged():
    # a TA at 16.50 an hour, half an hour among four: 206.25 pence a session
    judged = [pupil(n, "achieved" if n < 2 else "not_achieved") for n in range(4)]
    running = [pupil(n, given=5, cycle="open") for n in range(4, 9)]
    made = provision(judged + running)
    assert made.for_outcomes.interventions == 4
    assert made.for_outcomes.pence == 4 * 825
    assert made.for_outcomes.each == 4 * 825 / 2
    assert row(judged + running)["cost_an_outcome_pence"] == 1650


@pytest.mark.parametrize("judged", [1, 2])
def test_under_three_judged_it_says_so(judged):
    records = [pupil(n) for n in range(judged)]
    records += [pupil(n, cycle="open") for n in range(5, 12)]
    assert row(records)["cost_an_outcome_pence"] is None
    for fmt in ("text", "csv"):
        assert "too few to say" in text(impact, records, fmt)


def test_none_achieved_and_none_judged_are_said():
    assert "none achieved" in text(impact, [pupil(n, "not_achieved") for n in range(6)])
    assert row([pupil(1, cycle="open")])["cost_an_outcome_says"] == "not judged yet"


def test_what_was_judged_and_never_logged_is_divided_by_nobody():
    records = [pupil(n) for n in range(3)] + [pupil(n, given=0) for n in range(3, 6)]
    made = provision(records).for_outcomes
    assert (made.interventions, made.achieved, made.left_out) == (3, 3, 3)


def test_governors_divide_as_the_impact_does():
    records = [pupil(n) for n in range(6)]
    (shown,) = json.loads(text(governors, records, "json"))["provisions"]
    assert (
        shown["cost_an_outcome_pence"] == row(records)["cost_an_outcome_pence"] == 825
    )


def test_one_uncosted_row_does_not_blank_the_rest():
    records = [pupil(n) for n in range(6)] + [pupil(9, role="play therapist")]
    made = row(records)
    assert made["cost_pence"] == 6 * 7425
    assert made["spent_pence"] == 6 * 825
    assert (made["not_costed"], made["spent_not_costed"]) == (1, 1)
    told = text(impact, records)
    assert "1 of 7 not costed as planned and 1 of 7 not costed as delivered" in told
    assert "no hourly rate for play therapist" in told
    given = text(delivery, records)
    assert "Cost planned leaves out what has no cost: Precision teaching (1)" in given
    figures = text(governors, records)
    assert (
        "Some support has no cost yet, and is in no sum: Precision teaching" in figures
    )
    assert "play therapist" not in figures


def test_where_nothing_is_costed_there_is_no_sum():
    made = row([pupil(n, role="play therapist") for n in range(6)])
    assert made["cost_pence"] is made["spent_pence"] is None


def test_a_cycle_of_a_case_sums_what_is_costed():
    record = pupil(1)
    record["cycles"][0]["plan"]["interventions"].append(
        {"id": "i6tr", "provision": "time-to-talk", "from": "2025-09-22"}
    )
    assert "£74.25; 1 not costed" in text(case, [record])


def school(small):
    base = setting(DAY)
    chosen = {**base.school, "settings": {"small_number": small}}
    return replace(base, school=chosen)


@pytest.mark.parametrize(
    ("small", "said"),
    [
        (0, "No number is withheld, however small"),
        (1, "No number is withheld, however small"),
        (2, "A number of 1 is withheld"),
        (3, "Numbers from 1 to 2 are withheld"),
        (5, "Numbers from 1 to 4 are withheld"),
        (20, "Numbers from 1 to 19 are withheld"),
    ],
)
def test_governors_say_truly_what_is_withheld(small, said):
    (view,) = governors_public.build([pupil(n) for n in range(3)], school(small))
    told = render([view], "text").decode()
    assert said in " ".join(told.split())
    if small < 2:
        assert "fewer than 0" not in told
        assert told.count(governors_public.WITHHELD) == 1  # in that sentence
    for module in (impact, delivery):
        made = render(module.build([pupil(1), pupil(2)], school(small)), "text")
        assert "fewer than 0" not in made.decode()
        assert "fewer than 1 " not in made.decode()
