"""Others who help, on the parents' page: in plain words, and no longer than needed."""

from __future__ import annotations

import pytest

from sencli.documents.parents import summary
from sencli.formats import render
from tests.documents.example import AMELIA
from tests.documents.example import setting

DAY = "2025-11-24"
EP = {
    "id": "s5qe",
    "service": "Educational psychologist",
    "name": "Dr Lee",
    "referred": "2025-10-01",
}


def text(day=DAY, **more):
    views = summary.build([{**AMELIA, **more}], setting(day))
    return " ".join(render(views, "text").decode().split())


def advised(**answer):
    advice = {"id": "a4hn", "date": "2025-11-20", "recommendation": "Read in pairs."}
    return {"specialists": [{**EP, "advice": [{**advice, **answer}]}]}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({}, "They advised: Read in pairs. We will talk with you about it."),
        ({"decision": "accepted"}, "Read in pairs. We are doing this."),
        (
            {"decision": "adapted", "why": "Only at home"},
            "Read in pairs. We are doing part of this.",
        ),
        (
            {"decision": "declined", "why": "It did not help before"},
            "We are not doing this.",
        ),
    ],
)
def test_advice_is_told_with_its_answer(answer, said):
    page = text(**advised(**answer))
    assert said in page
    assert "Why:" not in page
    assert answer.get("why", "Why") not in page
    assert "Educational psychologist (Dr Lee)" in page


def test_before_advice_it_tells_how_far_it_is():
    assert "We asked them for help on 1 October 2025." in text(specialists=[EP])
    seen = {**EP, "first_seen": "2025-11-05"}
    assert "Millie first met them on 5 November 2025." in text(specialists=[seen])


def test_what_is_long_over_or_refused_is_left_out():
    refused = {k: v for k, v in EP.items() if k != "referred"}
    old = {**EP, "referred": "2022-10-01", "discharged": "2023-01-10"}
    page = text(specialists=[old, {**refused, "consent": {"given": False}}])
    assert "Others who help" not in page


def test_a_request_says_by_when_the_council_answers():
    request = {"id": "r7vb", "date": "2025-11-03"}
    page = text(ehc={"requests": [request]})
    assert "An EHC needs assessment was requested on 3 November 2025." in page
    wanted = "whether it will carry out the assessment."
    assert f"The council must tell you by 15 December 2025 {wanted}" in page
    late = text("2025-12-16", ehc={"requests": [request]})
    wanted = wanted.replace("will", "would")
    assert f"The council should have told you by 15 December 2025 {wanted}" in late


def test_a_plan_says_when_it_is_looked_at_again():
    plan = {"id": "e3ph", "issued": "2025-03-10"}
    page = text(ehc={"plans": [plan]})
    assert "The plan was issued on 10 March 2025." in page
    assert "The annual review must be held by 10 March 2026." in page
    coming = {"plans": [plan], "reviews": [{"id": "r1", "date": "2026-02-24"}]}
    assert (
        "The annual review meeting is on Tuesday 24 February 2026 (it must be held by "
        "10 March 2026)."
    ) in text(ehc=coming)
    assert "was due by 10 March 2026 and has not taken place yet" in text(
        "2026-04-20", ehc={"plans": [plan]}
    )


def test_meetings_of_this_year_and_open_promises():
    actions = [
        {"id": "x1", "text": "Ring the surgery", "by": "KM", "due": "2025-12-05"},
        {"id": "x2", "text": "Buy a lamp", "done": "2025-10-10"},
    ]
    meetings = [
        {"id": "t1", "date": "2025-05-12"},
        {
            "id": "t2",
            "date": "2025-10-06",
            "agreed": "Paired reading",
            "actions": actions,
        },
    ]
    page = text(meetings=meetings)
    assert "This school year we met on 6 October 2025." in page
    assert "At the last one we agreed: Paired reading" in page
    assert "K. Morris" in page
    assert "Ring the surgery (by 5 December 2025)" in page
    assert "Buy a lamp" not in page
    assert "KM" not in page


def test_no_codes_stand_on_the_page():
    page = text(**advised(decision="accepted", items=["o8fd"]))
    assert "accepted" not in page
    assert "o8fd" not in page


def test_nothing_to_tell_is_no_section():
    assert "Others who help" not in text()
