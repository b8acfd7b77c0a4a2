"""Every document in every state of a pupil: what is not true on its day is not said."""

from __future__ import annotations

import copy
import json
import re
from typing import Any

import pytest

from sencli.core.text.dates import MONTHS
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.made_in.wording import Wording
from sencli.documents.registry import DOCUMENTS
from sencli.errors import InvalidValue
from sencli.formats import render
from sencli.resources import folder
from sencli.value import replace
from tests.documents.example import AMELIA
from tests.documents.example import BEN
from tests.documents.example import GROUPS
from tests.documents.example import PROVISIONS
from tests.documents.example import SCHOOL
from tests.documents.example import words

MEETING = {"date": "2027-02-09", "time": "3.30 pm", "service": "Sight team"}
PLAN = {"id": "e3ph", "issued": "2024-11-01"}


def amelia(*, reviewed: bool = True, **more: Any) -> dict[str, Any]:
    record = copy.deepcopy(AMELIA)
    if not reviewed:
        del record["cycles"][0]["review"], record["cycles"][0]["closed"]
    return {**record, **more}


def status(*codes: str) -> list[dict[str, str]]:
    days = ("2025-09-15", "2025-12-12")
    return [{"from": day, "provision": c} for day, c in zip(days, codes, strict=False)]


DUE = {
    "meetings": [
        {
            "id": "t2",
            "date": "2025-10-06",
            "actions": [{"id": "x1", "text": "Ring the surgery", "due": "2025-10-20"}],
        }
    ],
    "ehc": {"requests": [{"id": "r7vb", "date": "2025-10-03"}]},
}
STATES: dict[str, tuple[dict[str, Any], str]] = {
    "in a cycle": (amelia(reviewed=False), "2025-10-20"),
    "left": (
        amelia(roll=[{"from": "2021-09-06", "until": "2025-12-12"}]),
        "2026-01-20",
    ),
    "left in a cycle": (
        amelia(reviewed=False, roll=[{"from": "2021-09-06", "until": "2025-10-12"}]),
        "2026-01-20",
    ),
    "not yet joined": (amelia(roll=[{"from": "2026-04-13"}]), "2026-01-20"),
    "no support": (BEN, "2026-01-20"),
    "support ended": (amelia(status=status("K", "N")), "2026-01-20"),
    "no cycle": ({**amelia(), "cycles": []}, "2026-01-20"),
    "a review overdue": (amelia(reviewed=False), "2026-01-20"),
    "the next meeting past": (amelia(), "2026-05-20"),
    "the plan ceased": (
        amelia(status=status("E"), ehc={"plans": [{**PLAN, "ceased": "2025-12-01"}]}),
        "2026-01-20",
    ),
    "E and no plan recorded": (amelia(status=status("E")), "2026-01-20"),
    "the annual review overdue": (
        amelia(status=status("E"), ehc={"plans": [PLAN]}),
        "2026-01-20",
    ),
    "a plan and a status of K": (
        amelia(ehc={"plans": [{**PLAN, "issued": "2025-10-01"}]}),
        "2026-01-20",
    ),
    "the council late": (amelia(**DUE), "2026-02-20"),
    "support that has not begun": (amelia(reviewed=False), "2025-09-19"),
}
PARENTS = ("summary", "profile", "support-plan", "isp")
REVIEWS = ("letter-annual-review-invitation", "annual-review")
LETTERS = tuple(name for name in DOCUMENTS if name.startswith("letter-"))
PACKS = tuple(name for name, made in DOCUMENTS.items() if made.parts)
AFTER = {
    *("letter-missed-meeting", "letter-after-meeting", "letter-specialist-referral"),
    *("letter-health", "letter-social-worker"),
}
"""Of these nothing is recorded in any of the states: no meeting, consent or person."""
REFUSED = {
    "left": {*PARENTS, *LETTERS, *PACKS},
    "left in a cycle": {*PARENTS, *LETTERS, *PACKS},
    "not yet joined": {"summary", "support-plan", "isp", *LETTERS, *PACKS},
    "no support": {
        *("summary", "support-plan", "letter-support-begins", "letter-support-ends"),
        "isp",
        *("letter-review-invitation", *REVIEWS),
        *AFTER,
    },
    "support ended": {
        *AFTER,
        *("support-plan", "letter-support-begins", "letter-review-invitation"),
        "isp",
        *REVIEWS,
    },
    "the plan ceased": {
        *AFTER,
        *("letter-support-begins", "letter-support-ends"),
        *REVIEWS,
    },
    "E and no plan recorded": {
        *AFTER,
        *("letter-support-begins", "letter-support-ends"),
        *REVIEWS,
    },
    "the annual review overdue": {
        *("letter-support-begins", "letter-support-ends", "ehc-evidence"),
        *AFTER,
    },
    "a plan and a status of K": {"letter-support-ends", "ehc-evidence", *AFTER},
}
USUAL = {"letter-support-ends", *REVIEWS, *AFTER}
TO_AUTHORITY = "letter-authority-late"
OWED = {"the council late"}
"""The states in which an authority owes something, so that it can be asked for it."""


def refused(state: str) -> set[str]:
    """The documents that would not be true in the state."""
    found = {*REFUSED.get(state, USUAL)} - {TO_AUTHORITY}
    return found if state in OWED else {*found, TO_AUTHORITY}


DATE = re.compile(rf"(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})")
PROMISE = re.compile(r"\b(?:will|must|shall|is to)\b|[Rr]eview(?:ed)? by\b|We meet")


def setting_on(day: str, wording: Wording | None = None) -> PaperContext:
    return PaperContext(SCHOOL, PROVISIONS, GROUPS, day, words=wording or words())


def told(document: str, state: str, lang: str = "en") -> str:
    """The paper as text with what the one who prints is told; or why there is none."""
    record, day = STATES[state]
    path = folder("templates") / "wording" / f"{lang}.json"
    wording = words() if lang == "en" else Wording(json.loads(path.read_text("utf-8")))
    place = setting_on(day, wording)
    made = DOCUMENTS[document]
    asked = PaperRequest(meeting=MEETING) if made.each else None
    return render(made.build([record], place, asked), "text").decode()


def past(sentence: str, day: str) -> bool:
    """Whether a sentence names a day before the one it is said on."""
    found = (
        f"{year}-{MONTHS.index(month) + 1:02d}-{int(number):02d}"
        for number, month, year in DATE.findall(sentence)
    )
    return any(named < day for named in found)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_paper_is_true_on_its_day_or_refused(document: str, state: str) -> None:
    _, day = STATES[state]
    if document in refused(state):
        with pytest.raises(InvalidValue) as raised:
            told(document, state)
        assert raised.value.hint
        return
    shown = told(document, state)
    if document not in {*PARENTS, *LETTERS}:
        return
    for sentence in re.split(r"(?<=[.!?])\s|\n", shown):
        assert not (PROMISE.search(sentence) and past(sentence, day)), sentence


@pytest.mark.parametrize("state", ["left", "left in a cycle", "not yet joined"])
@pytest.mark.parametrize("document", ["register", "class-map", "timetable", "census"])
def test_who_is_not_on_roll_is_on_no_list_of_today(document: str, state: str) -> None:
    shown = told(document, state)
    assert "Millie" not in shown
    assert "Amelia" not in shown


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("document", [*PARENTS, *LETTERS])
def test_the_other_language_refuses_the_same(document: str, state: str) -> None:
    if document in refused(state):
        with pytest.raises(InvalidValue):
            told(document, state, "pl")
    else:
        assert told(document, state, "pl")


def test_a_review_that_is_late_is_said_to_be_late() -> None:
    late = (
        "This review was due on 12 December 2025 and has not taken place yet. We will "
        "contact you to arrange it."
    )
    for document in ("summary", "support-plan"):
        assert late in told(document, "a review overdue")
        again = told(document, "the next meeting past")
        assert "Our next meeting was planned for 20 March 2026." in again


def test_a_meeting_that_is_planned_is_told_with_its_weekday() -> None:
    record, day = STATES["a review overdue"]
    record = {**record, "meetings": [{"id": "t9", "date": "2026-02-06"}]}
    place = PaperContext(SCHOOL, PROVISIONS, GROUPS, day, words=words())
    for document in ("summary", "support-plan"):
        views = DOCUMENTS[document].build([record], place)
        shown = render(views, "text").decode()
        assert "We will meet on Friday 6 February 2026." in shown
        assert "has not taken place yet" not in shown


def test_support_that_ended_is_told_as_past() -> None:
    shown = told("summary", "support ended")
    assert "SEN support for Millie ended on 12 December 2025." in shown
    assert "This page is about the extra help Millie had." in shown
    assert "When we meet next" not in shown
    assert "gets" not in shown


def test_a_plan_that_ceased_is_not_in_force() -> None:
    shown = told("summary", "the plan ceased")
    assert "has an education, health and care plan" not in shown
    assert "(EHC plan) ended on 1 December 2025." in shown
    assert "EHC plan since" not in told("support-plan", "the plan ceased")


LAST = {"from": "2021-09-06", "until": "2026-02-06"}


@pytest.mark.parametrize(
    ("kind", "more", "why"),
    [
        ("review", {"roll": [LAST]}, "leaves the school on 6 February 2026"),
        ("annual-review", {"roll": [LAST]}, "leaves the school on 6 February 2026"),
        (
            "annual-review",
            {"ehc": {"plans": [{**PLAN, "ceased": "2026-02-06"}]}},
            "EHC plan of Millie Khan ends on 6 February 2026",
        ),
    ],
)
def test_nobody_is_invited_to_what_will_have_ended_by_then(kind, more, why) -> None:
    record = amelia(reviewed=False, **{"ehc": {"plans": [PLAN]}, **more})
    place = PaperContext(SCHOOL, PROVISIONS, GROUPS, "2026-01-20", words=words())
    made = DOCUMENTS[f"letter-{kind}-invitation"]
    for day, fits in (("2026-02-05", True), ("2026-02-09", False)):
        asked = PaperRequest(meeting={**MEETING, "date": day})
        if fits:
            assert made.build([record], place, asked)
            continue
        with pytest.raises(InvalidValue, match=why):
            made.build([record], place, asked)
        assert made.build([record], place, replace(asked, any_day=True))


@pytest.mark.parametrize("document", ["summary", "support-plan", "case"])
def test_a_plan_that_nobody_recorded_is_not_told_of(document) -> None:
    shown = told(document, "E and no plan recorded")
    assert "Millie" in shown or "Amelia" in shown
    assert "EHC plan" not in shown.replace("no EHC plan is recorded", "")
    assert "health and care plan" not in shown


def test_the_one_who_prints_is_told_of_the_plan_that_is_not_recorded() -> None:
    record, day = STATES["E and no plan recorded"]
    place = PaperContext(SCHOOL, PROVISIONS, GROUPS, day, words=words())
    for document in ("summary", "support-plan"):
        (view,) = DOCUMENTS[document].build([record], place)
        assert [aside.command for aside in view.asides] == [
            f"sen ehc issue {record['id']} --date DATE"
        ]


def test_an_annual_review_that_is_late_is_said_to_be_late() -> None:
    shown = told("summary", "the annual review overdue")
    assert "was due by 1 November 2025 and has not taken place yet" in shown


def test_what_is_promised_for_a_day_gone_by_was_due() -> None:
    shown = told("summary", "the council late")
    assert "Ring the surgery (was due on 20 October 2025)" in shown
    assert "The council should have told you by" in shown


def test_support_to_come_has_not_begun() -> None:
    record = amelia(reviewed=False)
    item = record["cycles"][0]["plan"]["interventions"][0]
    del item["until"]
    record["cycles"][0]["plan"].pop("review_by")
    place = PaperContext(SCHOOL, PROVISIONS, GROUPS, "2025-09-19", words=words())
    shown = render(DOCUMENTS["summary"].build([record], place), "text").decode()
    assert "Starts on 22 September 2025." in shown


GONE = {
    **SCHOOL,
    "staff": [
        {
            **person,
            "roles": [{**role, "until": "2025-07-31"} for role in person["roles"]],
        }
        for person in SCHOOL["staff"]
    ],
}


@pytest.mark.parametrize("document", [*PARENTS, *LETTERS])
def test_who_had_left_before_the_plan_was_made_is_not_on_it(document: str) -> None:
    record = amelia(reviewed=False)
    plan = record["cycles"][0]["plan"]
    plan["agreement"] = [{"who": who, "answer": "agreed"} for who in ("c4wm", "KM")]
    record["profiles"][0]["made_with"] = ["pupil", "TA2"]
    record["meetings"] = [
        {
            "id": "t2",
            "date": "2025-10-06",
            "actions": [{"id": "x1", "text": "Ring the surgery", "by": "JP"}],
        }
    ]
    place = PaperContext(GONE, PROVISIONS, GROUPS, "2025-10-20", words=words())
    if document in {*USUAL, TO_AUTHORITY}:
        return
    views = DOCUMENTS[document].build([record], place, PaperRequest(meeting=MEETING))
    shown = render(views, "text").decode()
    for name in ("K. Morris", "B. Ali", "J. Patel"):
        assert name not in shown


def test_a_case_says_who_has_left_and_who_is_still_to_come() -> None:
    assert "left on 12 December 2025" in told("case", "left")
    assert "joins on 13 April 2026" in told("case", "not yet joined")
    assert "left on" not in told("case", "in a cycle")


def test_needs_that_nobody_knows_yet_are_said_so_and_are_no_area() -> None:
    needs = [{"id": "d1", "type": "NSA", "from": "2025-09-15"}]
    place = PaperContext(SCHOOL, PROVISIONS, GROUPS, "2025-10-20", words=words())
    record = amelia(reviewed=False, needs=needs)
    for document in ("summary", "letter-support-begins"):
        shown = render(DOCUMENTS[document].build([record], place), "text").decode()
        assert "ain area" not in shown
    shown = render(DOCUMENTS["summary"].build([record], place), "text").decode()
    assert "We are still finding out what Millie finds hard and why." in shown
