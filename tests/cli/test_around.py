"""What stands around the cycles, as typed: considered, moved, funded, ended."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Typed
from tests.conftest import school_of

DAY = "2025-10-20"


@school_of
def amelia(oak: Typed) -> None:
    oak("staff", "add", "KM", "--name", "K. Morris", "--role", "teacher")
    oak("pupil", "add", "Amelia Khan", "--year", "4")
    oak("contact", "add", "amelia", "Sana Khan", "--relationship", "mother")
    oak("status set amelia K --since 01/09/2025 --layer targeted")


def record(oak):
    return json.loads(oak("pupil", "show", "amelia", "--format", "json").out)


def commits(oak):
    return oak("history", "amelia").out.count("[")


# ---- considered, adjusted


def test_a_question_is_considered_once_a_day(amelia):
    amelia("consider amelia disability --conclusion yes --adjustment 'Front row'")
    amelia("consider amelia disability --reason 'Hearing' --adjustment 'Large print'")
    amelia("consider amelia 'not yet' --conclusion yes", code=3)
    amelia("consider amelia EAL --conclusion 'not yet' --by KM,parent")
    first, second = record(amelia)["considerations"]
    assert first["conclusion"] == "yes"
    assert first["adjustments"] == ["Front row", "Large print"]
    assert first["reason"] == "Hearing"
    assert second["conclusion"] == "not_yet"
    assert second["by"][0] == "KM"


@pytest.mark.parametrize(
    ("question", "command"),
    [
        ("specialist", "sen specialist refer"),
        ("ehc_needs_assessment", "sen ehc request"),
        ("disability", "sen adjustment add"),
    ],
)
def test_yes_says_what_comes_next(amelia, question, command):
    told = amelia("consider", "amelia", question, "--conclusion", "yes")
    assert command in told.err


def test_an_adjustment_begins_and_ends(amelia):
    amelia("adjustment add amelia 'Large print' --from 01/09/2025")
    told = amelia("adjustment add amelia 'large  print'", code=3)
    assert "already" in told.err
    amelia("adjustment set amelia 1 --text 'Print in 18 point'")
    done = amelia("adjustment end amelia print --worked Yes")
    (kept,) = record(amelia)["adjustments"]
    assert "until 20 October 2025" in done.out
    assert (kept["from"], kept["until"]) == ("2025-09-01", DAY)
    assert kept["worked"] == "Yes"
    assert (
        "before it began"
        in amelia("adjustment end amelia 1 --date 01/08/2025", code=3).err
    )
    assert "18 point" in amelia("adjustment list amelia").out


# ---- plans elsewhere, moves, money, the baseline


def test_a_plan_kept_elsewhere_is_named_amended_and_ended(amelia):
    amelia("plan-elsewhere add amelia PEP --from 01/09/2025 --informed today")
    amelia("plan-elsewhere add amelia pep --reference 'Virtual school' --review-by +6w")
    amelia("plan-elsewhere add amelia IHP")
    amelia("plan-elsewhere set amelia 2 --reference 'The office'")
    pep, medical = record(amelia)["related_plans"]
    assert pep["reference"] == "Virtual school"
    assert (pep["informed"], pep["review_by"]) == (DAY, "2025-12-01")
    assert (medical["kind"], medical["reference"]) == ("healthcare_plan", "The office")
    amelia("plan-elsewhere end amelia pep --date today")
    assert record(amelia)["related_plans"][0]["until"] == DAY
    assert "Virtual school" in amelia("plan-elsewhere list amelia").out


def test_a_move_is_planned_agreed_and_sent(amelia):
    amelia("transition add amelia --to 'Elm High' --kind phase --actions 'Two visits'")
    told = amelia("transition add amelia --sent today")
    assert "--agreed-with" in told.err
    amelia("transition add amelia --agreed-with parent,pupil --agreed-item Profile")
    amelia("transition set amelia elm --agreed-items 'Reading record'")
    (move,) = record(amelia)["transitions"]
    assert move["sent"] == DAY
    assert move["agreed_with"][1] == "pupil"
    assert move["agreed_items"] == ["Profile", "Reading record"]
    amelia("transition add amelia --to 'Ash College'")
    assert len(record(amelia)["transitions"]) == 2
    assert (
        "before it was planned"
        in amelia("transition set amelia 1 --sent 01/01/2020", code=3).err
    )
    assert "Elm High" in amelia("transition list amelia").out


def test_money_is_in_pence_from_a_day(amelia):
    amelia("funding add amelia --source top-up --annual 4,500.50 --from 01/09/2025")
    told = amelia("funding add amelia --annual 5000 --from 01/10/2025")
    assert "runs as well" in told.err
    amelia("funding end amelia --date 30/09/2025")
    first, second = record(amelia)["funding"]
    assert first == {
        "from": "2025-09-01",
        "until": "2025-09-30",
        "source": "top_up",
        "annual_pence": 450050,
    }
    assert second["annual_pence"] == 500000
    assert "£4,500.50" in amelia("funding list amelia").out
    assert (
        "no pupil premium that runs"
        in amelia(
            "funding end amelia --date today --source 'pupil premium'", code=4
        ).err
    )


def test_the_baseline_stands_with_the_stay_on_the_roll(amelia):
    told = amelia("pupil baseline amelia --source Nursery", code=2)
    assert "--summary is needed" in told.err
    amelia("pupil baseline amelia --summary 'Counts to 5' --date 20/09/2025")
    amelia("pupil baseline amelia --source Nursery")
    assert record(amelia)["roll"][0]["baseline"] == {
        "date": "2025-09-20",
        "source": "Nursery",
        "summary": "Counts to 5",
    }
    amelia("pupil set amelia roll.baseline.summary='Counts to 10'")
    assert record(amelia)["roll"][0]["baseline"]["summary"] == "Counts to 10"


# ---- ending SEN support


def test_support_ends_with_a_reason_and_parents_told(amelia):
    told = amelia("status end amelia", code=2)
    assert "--reason" in told.err
    done = amelia(
        *("status", "end", "amelia", "--date", "17/10/2025", "--reason", "Caught up"),
        *("--decided-by", "KM,parent", "--told", "parent", "--how", "meeting"),
    )
    last = record(amelia)["status"][-1]
    mum = record(amelia)["contacts"][0]["id"]
    assert (last["from"], last["provision"]) == ("2025-10-17", "N")
    assert last["decided_by"] == ["KM", mum]
    assert last["told"] == [{"who": mum, "date": DAY, "how": "meeting"}]
    assert "(N) from 17 October 2025" in done.out
    assert "layer" not in last
    told = amelia("status end amelia --reason again", code=3)
    assert "no SEN support" in told.err


def test_ending_says_what_is_left_open(amelia):
    amelia("cycle open amelia --date 15/09/2025 --assessment 'Reads 22'")
    told = amelia("status end amelia --reason 'Caught up'")
    assert "tell the parents" in told.err
    assert "sen cycle close" in told.err


def test_a_plan_is_not_the_schools_to_end(amelia):
    amelia("ehc issue amelia --date 01/10/2025")
    told = amelia("status end amelia --reason 'Caught up'", code=3)
    assert "sen ehc cease" in told.err


@pytest.fixture
def reviewed(amelia):
    amelia("cycle open amelia --date 15/09/2025 --assessment 'Reads 22'")
    amelia("cycle plan amelia --date 18/09/2025 --review-by 17/10/2025")
    return amelia


def test_a_review_offers_to_end_support(reviewed):
    told = reviewed("cycle review amelia --decision end-support --date 17/10/2025")
    assert "sen status end" in told.err
    assert len(record(reviewed)["status"]) == 1


def test_a_review_ends_support_in_the_same_commit(reviewed):
    before = commits(reviewed)
    done = reviewed(
        *("cycle", "review", "amelia", "--date", "17/10/2025", "--end-support"),
        *("--attended", "mother,KM", "--decision-reason", "Caught up"),
    )
    kept = record(reviewed)
    mum = kept["contacts"][0]["id"]
    last = kept["status"][-1]
    assert kept["cycles"][0]["review"]["decisions"] == ["end_support"]
    assert (last["from"], last["provision"], last["reason"]) == (
        "2025-10-17",
        "N",
        "Caught up",
    )
    assert last["told"] == [{"who": mum, "date": "2025-10-17", "how": "at the review"}]
    assert last["decided_by"] == [mum, "KM"]
    assert "SEN support for Amelia Khan ends" in done.out
    assert commits(reviewed) == before + 1


def test_on_a_terminal_a_review_asks(reviewed, monkeypatch):
    from sencli.cli.shell import prompts

    asked = []
    monkeypatch.setattr("click.confirm", lambda q, **_: asked.append(q) or True)
    monkeypatch.setattr(prompts, "can_ask", lambda: True)
    reviewed("cycle review amelia --decision end-support --date 17/10/2025")
    assert record(reviewed)["status"][-1]["provision"] == "N"
    assert len(asked) == 1


# ---- undone, corrected, json


@pytest.mark.parametrize(
    "line",
    [
        "consider amelia eal --conclusion no",
        "meeting add amelia --date today --attended parent",
        "specialist refer amelia EP --consent parent",
        "ehc request amelia --date today --by parent",
        "transition add amelia --to 'Elm High'",
        "funding add amelia --annual 4500",
        "report add amelia --date today",
        "information add amelia sendiass --date today",
        "adjustment add amelia 'Large print'",
        "plan-elsewhere add amelia pep",
        "pupil baseline amelia --summary 'Counts to 5'",
        "status end amelia --reason 'Caught up' --told parent",
    ],
)
def test_each_prints_its_ids_and_commit_and_names_nobody_in_history(amelia, line):
    done = json.loads(amelia(*[*_words(line), "--format", "json"]).out)
    assert done["commit"]
    assert done["ids"]["pupil"] == record(amelia)["id"]
    assert done["changes"]
    assert amelia("check", "amelia", "--level", "must", code=None).code in {0, 1}


def _words(line):
    import shlex

    return shlex.split(line)


def test_a_correction_keeps_its_own_reason_apart(amelia):
    amelia("consider amelia eal --conclusion no --reason 'Speaks Urdu well'")
    amelia("consider amelia eal --conclusion yes --correct --reason 'Wrong box'")
    kept = record(amelia)
    assert kept["considerations"][0]["reason"] == "Speaks Urdu well"
    assert kept["corrections"][0]["reason"] == "Wrong box"


# ---- the moments


@pytest.mark.parametrize(
    "moment", ["parents", "specialist", "annual-review", "ending", "publish"]
)
def test_a_moment_can_be_typed_as_it_stands(amelia, moment):
    from sencli.cli.help.moments import MOMENTS

    amelia("cycle open amelia --date 15/09/2025 --assessment 'Reads 22'")
    amelia("cycle plan amelia --date 18/09/2025 --review-by 17/10/2025")
    amelia("outcome add amelia 'Reads 60 words' --baseline 22")
    for line in MOMENTS[moment].lines:
        if not (moment == "ending" and "status end" in line):
            # what came of a review is typed when it was held
            held = "ehc review amelia --outcome" in line
            amelia(line, today="2025-11-17" if held else "")


def test_set_to_n_asks_for_what_ending_asks(amelia):
    told = amelia("status set amelia N --since 17/10/2025")
    assert 'N --since 2025-10-17 --reason "THE REASON" --told WHO' in told.err
    told = amelia("status set amelia N --since 17/10/2025 --reason Met --told parent")
    assert "ending support" not in told.err
    amelia("pupil add 'Ben Ash'")
    assert "ending support" not in amelia("status set ben N").err
