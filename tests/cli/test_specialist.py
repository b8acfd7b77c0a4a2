"""Specialists as typed: agreement, referral, advice, what became of it."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Typed
from tests.conftest import school_of


@school_of
def amelia(oak: Typed) -> None:
    oak("staff", "add", "KM", "--name", "K. Morris", "--role", "teacher")
    oak("provision", "add", "precision-teaching", "--name", "Precision teaching")
    oak("pupil", "add", "Amelia Khan", "--year", "4")
    oak("contact", "add", "amelia", "Sana Khan", "--relationship", "mother")
    oak("status set amelia K --since 01/09/2025")
    oak("cycle open amelia --date 15/09/2025 --assessment 'Reads 22' --teacher KM")


@pytest.fixture
def planned(amelia):
    amelia("cycle plan amelia --date 18/09/2025 --review-by 12/12/2025")
    amelia("outcome", "add", "amelia", "Reads 60 words", "--baseline", "22")
    amelia("intervention add amelia precision-teaching --outcome 1")
    return amelia


def record(oak):
    return json.loads(oak("pupil", "show", "amelia", "--format", "json").out)


def specialists(oak):
    return record(oak)["specialists"]


def test_an_answer_that_takes_the_place_of_another_is_said(amelia):
    amelia("specialist refer amelia EP --date 01/10/2025 --consent mother")
    mum = record(amelia)["contacts"][0]["id"]
    changed = amelia("specialist consent amelia EP --date 09/10/2025 --refused")
    assert "Sana Khan agreed on 1 October 2025" in changed.err
    pupil = record(amelia)["id"]
    assert f"sen history {pupil}" in changed.err
    told = amelia("history", pupil).out
    assert "Sana Khan" in told or mum in told
    again = amelia("specialist consent amelia EP --date 09/10/2025 --refused")
    assert "until now" not in again.err


def test_the_same_answer_without_a_day_keeps_its_day(amelia):
    amelia("specialist refer amelia EP --date 01/10/2025 --consent mother")
    amelia("specialist consent amelia EP --by mother")
    assert specialists(amelia)[0]["consent"]["date"] == "2025-10-01"
    amelia("specialist consent amelia EP --by mother --date 03/10/2025 --refused")
    same = amelia("specialist refer amelia EP --no-consent --consent mother")
    assert "Nothing changed" in same.out
    assert specialists(amelia)[0]["consent"]["date"] == "2025-10-03"


def test_a_specialist_is_not_discharged_before_the_first_visit(amelia):
    amelia("specialist refer amelia EP --date 01/10/2025 --consent mother")
    amelia("specialist seen amelia EP --date 14/10/2025")
    said = amelia("specialist discharge amelia EP --date 13/10/2025", code=3).err
    assert "before their first visit of 14 October 2025" in said


def test_a_referral_that_was_made_stays_when_parents_refuse_afterwards(amelia):
    amelia("specialist refer amelia EP --date 01/10/2025 --consent mother")
    said = amelia("specialist refer amelia EP --no-consent --consent-date 09/10/2025")
    assert "not referred" not in said.out
    assert "agreed on 1 October 2025" in said.err
    (entry,) = specialists(amelia)
    assert entry["referred"] == "2025-10-01"
    assert entry["consent"]["given"] is False


def test_from_agreement_to_the_end(planned):
    planned("specialist consent amelia EP --by mother --date 25/09/2025")
    planned("specialist refer amelia EP --date 01/10/2025 --reason Stuck --source la")
    planned("specialist chase amelia EP --date 10/10/2025")
    planned("specialist seen amelia EP --date 14/10/2025")
    planned(
        *("specialist", "advise", "amelia", "EP", "--date", "16/10/2025"),
        *("--recommendation", "Paired reading", "--recommendation", "Use overlays"),
        *("--shared-with", "parents,staff", "--shared-on", "17/10/2025"),
    )
    planned("specialist discharge amelia EP --date 20/10/2025")
    (entry,) = specialists(planned)
    mum = record(planned)["contacts"][0]["id"]
    assert entry["service"] == "Educational psychologist"
    assert entry["consent"] == {"given": True, "by": mum, "date": "2025-09-25"}
    assert (entry["referred"], entry["source"]) == ("2025-10-01", "authority")
    assert entry["chased"] == ["2025-10-10"]
    assert entry["first_seen"] == "2025-10-14"
    assert [a["date"] for a in entry["advice"]] == ["2025-10-16", "2025-10-16"]
    assert entry["shared"] == [
        {"with": "parents", "date": "2025-10-17"},
        {"with": "staff", "date": "2025-10-17"},
    ]
    assert entry["discharged"] == "2025-10-20"


def test_each_recommendation_is_answered_and_linked_to_the_plan(planned):
    plan = record(planned)["cycles"][0]["plan"]
    outcome, support = plan["outcomes"][0]["id"], plan["interventions"][0]["id"]
    planned("specialist refer amelia EP --consent parent --date 01/10/2025")
    done = planned(
        *("specialist", "advise", "amelia", "EP", "--date", "16/10/2025"),
        *("--recommendation", "Paired reading", "--decision", "accepted"),
        *("--items", "o1,i1"),
    )
    assert "Paired reading: taken up, by 'Reads 60 words'" in done.out
    planned("specialist advise amelia EP --recommendation 'Use overlays'")
    planned("specialist decide amelia overlays --decision no --why 'No evidence'")
    first, second = specialists(planned)[0]["advice"]
    assert first["decision"] == "accepted"
    assert first["items"] == [outcome, support]
    assert (second["decision"], second["why"]) == ("declined", "No evidence")
    planned("specialist decide amelia 1 --outcome reads")
    assert specialists(planned)[0]["advice"][0]["items"] == [outcome, support]
    listed = planned("specialist list amelia").out
    assert "not taken up (No evidence)" in listed
    assert "Reads 60 words" in listed


def test_reason_is_why_unless_it_is_of_a_correction(planned):
    planned("specialist refer amelia EP --consent parent --date 01/10/2025")
    planned("specialist advise amelia EP --recommendation One")
    planned("specialist decide amelia 1 --decision adapt --reason 'Only at home'")
    planned(
        "specialist decide amelia 1 --decision yes --correct --reason 'Typed wrong'"
    )
    (entry,) = specialists(planned)
    assert entry["advice"][0]["why"] == "Only at home"
    assert entry["advice"][0]["decision"] == "accepted"
    reasons = [c["reason"] for c in record(planned)["corrections"]]
    assert set(reasons) == {"Typed wrong"}


def test_the_one_that_waits_is_answered(planned):
    planned("specialist refer amelia EP --consent parent --date 01/10/2025")
    planned("specialist advise amelia EP --recommendation One --recommendation Two")
    told = planned("specialist advise amelia EP --decision accepted", code=4)
    assert "2 recommendations" in told.err
    planned("specialist advise amelia EP --advice 1 --decision accepted --outcome 1")
    planned("specialist advise amelia EP --decision declined --why 'Not here'")
    decisions = [a["decision"] for a in specialists(planned)[0]["advice"]]
    assert decisions == ["accepted", "declined"]
    told = planned("specialist advise amelia EP --decision accepted", code=4)
    assert "is answered" in told.err


def test_agreement_is_before_the_referral_or_said_to_be_missing(amelia):
    told = amelia("specialist refer amelia SALT --date 01/10/2025")
    assert "agreement is not recorded" in told.err
    amelia("specialist consent amelia SALT --by parent")
    (entry,) = specialists(amelia)
    # nobody said when: no day is made up
    assert "date" not in entry["consent"]
    told = amelia("specialist consent amelia SALT --by parent --date 10/10/2025")
    assert "after the referral" in told.err


def test_a_refusal_is_no_referral(amelia):
    amelia("specialist refer amelia EP --no-consent --reason 'Asked in the meeting'")
    (entry,) = specialists(amelia)
    assert entry["consent"]["given"] is False
    assert "referred" not in entry
    told = amelia("specialist chase amelia EP --date today", code=3)
    assert "has not been asked" in told.err


def test_typed_again_a_referral_is_amended_and_a_new_one_follows_an_end(amelia):
    amelia("specialist refer amelia EP --consent parent --date 01/10/2025")
    done = amelia("specialist refer amelia 'Educational psychology service' --name Lee")
    assert len(specialists(amelia)) == 1
    assert "(Lee)" in done.out
    amelia("specialist discharge amelia 1 --date 10/10/2025")
    amelia("specialist refer amelia EP --consent parent")
    assert len(specialists(amelia)) == 2


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("specialist seen amelia EP --date today", 4, "no specialist recorded"),
        ("specialist decide amelia 1", 4, "No advice is recorded"),
    ],
)
def test_without_a_specialist_it_says_how_to_begin(amelia, line, code, said):
    assert said in amelia(line, code=code).err


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("specialist seen amelia EP --date 01/09/2025", 3, "before the referral"),
        ("specialist advise amelia EP", 2, "--recommendation 'WHAT WAS SAID'"),
        ("specialist advise amelia EP --date today", 2, "Say what was advised"),
        ("specialist advise amelia EP --decision accepted", 4, "No advice of"),
        (
            "specialist advise amelia EP --recommendation x --date 01/09/2025",
            3,
            "before",
        ),
        ("specialist advise amelia EP --recommendation x --items 1", 2, "Write o1"),
        ("specialist advise amelia EP --recommendation x --outcome 1", 4, "no outcome"),
        ("specialist advise amelia EP --recommendation x --items zebra", 4, "zebra"),
        ("specialist share amelia EP --date today --with Zoe", 4, "No person fits"),
        ("specialist advise amelia camhs --recommendation x", 4, "No specialist fits"),
    ],
)
def test_bad_input_changes_nothing(amelia, line, code, said):
    amelia("specialist refer amelia EP --consent parent --date 01/10/2025")
    before = record(amelia)
    assert said in amelia(line, code=code).err
    assert record(amelia) == before


def test_the_pupils_page_and_the_parents_page_tell_of_it(planned):
    planned("specialist refer amelia EP --consent parent --date 01/10/2025 --name Lee")
    planned(
        *("specialist", "advise", "amelia", "EP", "--date", "16/10/2025"),
        *("--recommendation", "Paired reading", "--decision", "accepted"),
        *("--outcome", "1"),
    )
    shown = planned("pupil show amelia").out
    assert "Educational psychologist (Lee): referred 1 October 2025" in shown
    page = planned("summary amelia").out
    assert "Others who help" in page
    assert "They advised: Paired reading. We are doing this." in " ".join(page.split())


def test_what_is_restricted_is_on_no_paper(planned):
    planned("specialist refer amelia CAMHS --consent parent --restricted")
    for line in ("summary amelia", "pupil show amelia"):
        assert "mental health" not in planned(line).out


def test_who_has_seen_the_pupil_is_asked_anew_only_after_an_end(amelia):
    amelia("specialist refer amelia EP --consent parent --date 01/09/2025")
    amelia("specialist seen amelia EP --date 10/09/2025")
    refused = amelia("specialist refer amelia EP --date 18/10/2025", code=3)
    assert "first saw Amelia Khan on 10 September 2025" in refused.err
    assert "sen specialist discharge" in refused.err
    assert specialists(amelia)[0]["referred"] == "2025-09-01"
    amelia("specialist refer amelia EP --reason 'Still stuck'")
    amelia("specialist discharge amelia EP --date 30/09/2025")
    amelia("specialist refer amelia EP --date 18/10/2025")
    amelia("specialist chase amelia EP --date 20/10/2025")
    first, second = specialists(amelia)
    assert (first["referred"], first["reason"]) == ("2025-09-01", "Still stuck")
    assert (second["referred"], second["chased"]) == ("2025-10-18", ["2025-10-20"])


def test_another_answer_to_advice_is_a_correction(amelia):
    amelia("specialist refer amelia EP --consent parent --date 01/10/2025")
    amelia("specialist advise amelia EP --recommendation Overlay --date 05/10/2025")
    answer = "specialist decide amelia 1 --decision"
    amelia(f"{answer} declined --decided 07/10/2025 --why 'It did not help'")
    before = record(amelia)
    refused = amelia(f"{answer} accepted --decided 08/10/2025", code=3)
    assert "answered already: declined on 7 October 2025" in refused.err
    assert record(amelia) == before
    # the same answer with more said keeps its day, and no other is made up
    done = amelia(f"{answer} declined --why 'It did not help him'")
    assert "no day was given" not in done.err
    (entry,) = specialists(amelia)
    assert entry["advice"][0]["decided"] == "2025-10-07"
    again = refused.err.rpartition("say why: ")[2].strip()
    amelia(again.replace("THE REASON", "Taken for another child's"))
    (entry,) = specialists(amelia)
    assert entry["advice"][0]["decision"] == "accepted"
