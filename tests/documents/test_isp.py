"""The individual support plan: by layer, with adjustments and reasons apart."""

from __future__ import annotations

import copy

from sencli.core.papers.redact import Rules
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.parents import isp
from sencli.formats import render
from tests.documents import snapshot
from tests.documents.example import AMELIA
from tests.documents.example import setting
from tests.formats.pdf_text import page_texts

FAMILY = Rules(audience="parent", family=True)


def plan(record, day="2025-12-01", **asked):
    (view,) = isp.build([record], setting(day), PaperRequest(**asked))
    return view, render([view], "text").decode()


def amelia(*, reviewed=False):
    record = copy.deepcopy(AMELIA)
    if not reviewed:
        record["cycles"][0].pop("review")
        record["cycles"][0].pop("closed")
    return record


FULL = {
    "adjustments": [
        {"id": "x2bb", "text": "Sits by the door", "worked": "Yes"},
        {"id": "x3bb", "text": "Old one", "until": "2025-09-01"},
    ],
    "departures": [
        {
            "id": "w2bb",
            "date": "2025-10-01",
            "guidance": "SEND Code of Practice 6.52",
            "explanation": "She tires after ten minutes.",
            "instead": "Two short sessions",
            "by": "JP",
        },
        {
            "id": "w3bb",
            "date": "2025-09-01",
            "until": "2025-10-01",
            "guidance": "Another",
            "explanation": "Over",
        },
    ],
    "specialists": [
        {
            "id": "s2bb",
            "service": "Sight team",
            "advice": [
                {
                    "id": "a2bb",
                    "date": "2025-11-01",
                    "recommendation": "Larger print.",
                    "decision": "declined",
                    "why": "She reads it well",
                }
            ],
        }
    ],
    "related_plans": [
        {"kind": "healthcare_plan", "review_by": "2026-03-01"},
    ],
    "exceptions": [
        {"rule": "P09", "reason": "Seen every week", "date": "2025-10-01"},
    ],
}


def test_support_stands_by_layer():
    view, text = plan({**amelia(), **FULL})
    snapshot.check("isp.txt", view)
    order = [
        *("Help every day, in every lesson", "Visual timetable"),
        *("Support, and who gives it", "Targeted support", "Precision teaching"),
        "Targeted support with expert help: none in this plan.",
        "Specialist support: none in this plan.",
        *("What specialists tell us", "None in this plan."),
        *("Reasonable adjustments", "Sits by the door (does it help: Yes)"),
        *("Other plans", "Healthcare plan (to be reviewed by 1 March 2026)"),
        *("Getting ready for what is next", "None in this plan."),
    ]
    at = 0
    for words in order:
        at = text.lower().index(words.lower(), at)
    assert len(page_texts(render([view], "pdf"))) == 2
    assert "Old one" not in text
    assert "at least once a year: for the first time by 18 September 2026" in text


def test_each_reason_stands_where_guidance_is_not_followed():
    view, text = plan({**amelia(), **FULL})
    assert "Add --with-reasons" in [aside.command for aside in view.asides]
    assert "SEND Code of Practice 6.52 (since 1 October 2025)" in text
    assert "She tires after ten minutes." in text
    assert "What we do instead: Two short sessions" in text
    assert "Decided by J. Patel (SENCO)." in text
    assert "Another" not in text
    assert "Larger print. We are not doing this." in text
    assert "She reads it well" not in text
    assert "Seen every week" not in text
    _, text = plan({**amelia(), **FULL}, reasons=True)
    assert "Why: She reads it well" in text
    assert "Seen every week" in text
    _, text = plan(amelia())
    assert "We follow all the advice and guidance" in text


def test_the_review_is_once_a_year():
    _, text = plan(amelia(reviewed=True), "2025-12-15")
    assert "last reviewed on 11 December 2025" in text
    assert "by 11 December 2026 at the latest" in text
    _, text = plan(amelia(), "2026-10-01")
    assert "should have been reviewed by 18 September 2026" in text


def test_what_is_kept_from_a_parent_is_neither_told_nor_denied():
    hidden = {"specialists": [{**FULL["specialists"][0], "restricted": True}]}
    told = [plan({**amelia(), **more}, rules=FAMILY)[1] for more in ({}, hidden)]
    assert told[0].rpartition(" · ")[0] == told[1].rpartition(" · ")[0]
    assert "None in this plan." in told[0]


def test_each_signs_beside_what_they_answered():
    _, text = plan(amelia())
    lines = text[text.index("Agreed?") :].splitlines()
    assert [line.split("  ")[0] for line in lines[2:7]] == [
        *("Sana Khan (mother)", "Millie", "Omar Khan (father)"),
        *("Class teacher", "SENCO"),
    ]
    assert "Could not be reached" in lines[4]
