"""The evidence for an EHC request: what forms ask for, in the school's own order."""

from __future__ import annotations

import copy
import json
from fractions import Fraction
from typing import Any

import pytest

from sencli.core.papers import evidence_pack
from sencli.core.papers.redact import Rules
from sencli.core.papers.review_pack import PackReader
from sencli.core.reports import ehc_evidence as facts
from sencli.core.reports import evidence_gaps
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.packs import ehc_evidence
from sencli.errors import InvalidValue
from sencli.formats import render
from sencli.resources import folder
from tests.documents import snapshot
from tests.documents.example import AMELIA
from tests.documents.example import BEN
from tests.documents.example import setting

DAY = "2025-12-15"
FULL: dict[str, Any] = {
    "ethnicity": [{"from": "2021-09-06", "code": "APKN"}],
    "home_language": [{"from": "2021-09-06", "language": "Urdu", "code": "URD"}],
    "roll": [{"from": "2021-09-06", "from_school": "Little Acorns Nursery"}],
    "contacts": [
        {
            "id": "c4wm",
            "name": "Sana Khan",
            "relationship": "mother",
            "parental_responsibility": True,
            "lives_with": True,
            "address": "1 Elm Row\nWestmere",
            "language": "Urdu",
            "interpreter": True,
        },
        {
            "id": "c5xn",
            "name": "Omar Khan",
            "relationship": "father",
            "parental_responsibility": True,
            "lives_with": False,
            "address": "9 Oak Way",
        },
        {"id": "c6yo", "name": "Asma Ali", "relationship": "aunt"},
    ],
    "attendance": [
        {"academic_year": "2025-26", "term": "autumn", "percent": 91.3},
        {"academic_year": "2024-25", "term": "summer", "percent": 88},
    ],
    "suspensions": [{"id": "z1aa", "date": "2025-11-12", "half_days": 3}],
    "part_time_timetables": [
        {
            "id": "z2aa",
            "from": "2025-11-17",
            "hours_a_week": 15,
            "reason": "Exhausted by noon",
            "consent": {"given": True, "by": "c4wm", "date": "2025-11-14"},
            "review_by": "2025-12-12",
        }
    ],
    "alternative_provision": [
        {"id": "z3aa", "provider": "Hill Farm", "from": "2025-10-06", "days_a_week": 1}
    ],
    "attainment": [
        {"id": "a1aa", "date": "2024-09-10", "scale": "reading_age", "value": "5:06"},
        {"id": "a2aa", "date": "2025-09-10", "scale": "reading_age", "value": "6:01"},
    ],
    "health": [{"id": "h1aa", "from": "2024-01-08", "condition": "Asthma"}],
    "adjustments": [{"id": "j1aa", "text": "Larger print", "worked": "Helps"}],
    "specialists": [
        {
            "id": "s1aa",
            "service": "Educational psychologist",
            "name": "Dr Lee",
            "advice": [
                {
                    "id": "v1aa",
                    "date": "2025-09-16",
                    "recommendation": "Ten words a day",
                    "decision": "accepted",
                    "items": ["o8fd"],
                },
                {
                    "id": "v2aa",
                    "date": "2025-09-16",
                    "recommendation": "A quiet desk",
                    "decision": "declined",
                    "why": "She asked to stay with her friends",
                },
            ],
        }
    ],
    "documents": [
        {"id": "d1aa", "date": "2025-09-16", "title": "EP report", "from": "Dr Lee"}
    ],
}


def amelia(**more: Any) -> dict[str, Any]:
    return {**copy.deepcopy(AMELIA), **copy.deepcopy(FULL), **more}


def page(record: dict[str, Any], part: str = "evidence", **more: Any) -> str:
    asked = PaperRequest(part=part, reader=PackReader("authority"), **more)
    (view,) = ehc_evidence.build([record], setting(DAY), asked)
    return render([view], "text").decode()


def test_it_holds_what_authorities_ask_for() -> None:
    said = page(amelia())
    for words in (
        "6 September 2021",
        "Little Acorns Nursery",
        "Urdu",
        "1 Elm Row Westmere",
        "9 Oak Way",
        "88",
        "91.3",
        "Suspension from 12 November 2025, 1.5 days",
        "15 hours a week; Exhausted by noon; agreed by Sana Khan (mother) on 14",
        "Alternative provision at Hill Farm from 6 October 2025; 1 day a week",
        "Asthma",
        "Larger print (Helps)",
        "Dr Lee",
        "By: Reads 60 common words on sight (achieved)",
        "Not done: She asked to stay with her friends",
        "EP report, Dr Lee, 16 September 2025",
    ):
        assert words in said, words
    assert "Asma Ali" not in said
    assert said.index("Summer 2024-25") < said.index("Autumn 2025-26")
    assert "22 words of 100" in said
    assert "63 words of 100" in said
    assert "5 years 6 months" in said
    assert "6 years 1 month" in said


def test_what_is_not_recorded_leaves_no_trace_on_what_goes_out() -> None:
    said = page(copy.deepcopy(BEN))
    for words in ("Health", "Attendance", "Views", "not recorded", "None", "missing"):
        assert words not in said
    assert "sen " not in said
    gaps = page(copy.deepcopy(BEN), "missing")
    for words in (
        "this page goes to nobody",
        "No cycle has been reviewed; authorities look for two or more.",
        "No attendance of 2025-26 is recorded.",
        "The ethnicity is not recorded.",
        "Who holds parental responsibility is not recorded.",
        "No view of the pupil is recorded in the last year.",
        "below the £6,000.00 of element 2",
    ):
        assert words in gaps


def test_the_map_is_costed_and_adds_up() -> None:
    rows = facts.costs(amelia(), setting(DAY), facts.year_to(DAY))
    (row,) = rows
    # 12 weeks of 90 minutes at 16.50 an hour, shared by 4
    assert (row.minutes, row.weeks, row.pupils, row.rate) == (90, 12, 4, 1650)
    assert row.pence == row.running == round(90 / 60 * 1650 * 12 / 4)
    said = page(amelia())
    assert "£74.25" in said
    assert "Element 3" not in said
    dear = amelia()
    item = dear["cycles"][0]["plan"]["interventions"][0]
    item |= {
        "other_cost_pence": 700_000,
        "dose": [{"from": "2025-09-22", "minutes": 0}],
    }
    item["dose"] = [{"from": "2025-09-22", "group_size": 1}]
    rows = facts.costs(dear, setting(DAY), facts.year_to(DAY))
    assert [r.pence for r in rows] == [29700, 700_000]
    assert rows[-1].running == 729_700
    said = page(dear)
    assert "£6,000.00, met by the school" in said
    assert "£1,297.00, above £6,000.00" in said


def test_a_change_of_dose_is_a_row_and_what_is_for_all_is_none() -> None:
    record = amelia()
    item = record["cycles"][0]["plan"]["interventions"][0]
    item["dose"] = [
        {"from": "2025-09-22", "group_size": 1},
        {"from": "2025-11-10", "sessions_per_week": 5},
    ]
    rows = facts.costs(record, setting(DAY), facts.year_to(DAY))
    assert [(r.minutes, r.weeks) for r in rows] == [(90, 7), (150, 5)]
    for r in rows:
        assert r.minutes is not None
        assert r.rate is not None
        assert r.pence == round(Fraction(r.minutes, 60) * r.rate * r.weeks / r.pupils)
    assert rows[-1].running == sum(r.pence or 0 for r in rows)
    item["tier"] = "universal"
    assert facts.costs(record, setting(DAY), facts.year_to(DAY)) == []


def test_a_school_puts_the_sections_in_its_authoritys_order() -> None:
    known = tuple(ehc_evidence.HEADINGS)
    ours = json.loads((folder("templates") / evidence_pack.NAME).read_text("utf-8"))
    assert tuple(ours["sections"]) == known
    own = {"sections": ["provision", "cycles"], "headings": {"cycles": "Part 3"}}
    sections, headings = evidence_pack.order_of(own, known)
    said = page(amelia(), sections=sections, headings=headings)
    assert said.index("Provision and what it costs") < said.index("Part 3")
    assert "Little Acorns" not in said
    for odd, words in (
        ({"sections": ["pupils"]}, "'pupils', which is no section"),
        ({"sections": ["pupil", "pupil"]}, "names a section twice"),
        ({"headings": {"sen": "x"}}, "'sen', which is no section"),
        ({"headings": {"pupil": " "}}, "a heading without words"),
        ({"sections": []}, "not as it should be"),
        ({"sections": "pupil"}, "not as it should be"),
        ({"sections": [["pupil"]]}, "which is no section"),
    ):
        with pytest.raises(InvalidValue, match=words):
            evidence_pack.order_of(odd, known)


def test_nothing_restricted_and_no_cost_for_who_gets_none() -> None:
    record = amelia()
    record["suspensions"][0] |= {"restricted": True, "reason": "A refuge"}
    record["specialists"][0]["restricted"] = True
    said = page(record)
    assert "Suspension" not in said
    assert "Ten words a day" not in said
    assert "Some details" in said
    rules = Rules(audience="parent", family=True, parts=frozenset({"costs"}))
    mine = page(record, rules=rules, to="c4wm")
    assert "£" not in mine
    assert "Some details" not in mine


def test_what_the_record_holds_is_no_gap() -> None:
    record = amelia()
    found = [lack.message for lack in evidence_gaps.lacks(record, setting(DAY), DAY)]
    assert not any("ethnicity" in text or "address" in text for text in found)
    assert "Only one cycle has been reviewed" in found[0]
    del record["contacts"][0]["address"]
    del record["cycles"][0]["plan"]["outcomes"][0]["baseline"]
    del record["specialists"][0]["advice"][0]["decision"]
    found = [lack.message for lack in evidence_gaps.lacks(record, setting(DAY), DAY)]
    assert "The address of Sana Khan is not recorded." in found
    assert "Autumn 2025: no baseline: Reads 60 common words on sight." in found
    assert any("What the school did about the advice" in text for text in found)


def test_who_has_a_plan_needs_no_evidence() -> None:
    plan = {"plans": [{"id": "e3ph", "issued": "2025-03-03"}]}
    with pytest.raises(InvalidValue, match="has an EHC plan") as raised:
        page(amelia(ehc=plan))
    assert "sen print annual-review p7k2q" in raised.value.hint


@pytest.mark.parametrize("part", ["evidence", "missing"])
def test_snapshots(part: str) -> None:
    asked = PaperRequest(part=part, reader=PackReader("authority"))
    views = ehc_evidence.build([amelia()], setting(DAY), asked)
    snapshot.check(f"ehc-evidence-{part}.txt", *views)


@pytest.mark.parametrize(
    ("half_days", "said"), [(1, "half a day"), (2, "1 day"), (3, "1.5 days")]
)
def test_days_of_a_suspension_are_counted_in_words(half_days: int, said: str) -> None:
    suspended = [{"id": "z1aa", "date": "2025-11-12", "half_days": half_days}]
    text = page(amelia(suspensions=suspended))
    assert f"Suspension from 12 November 2025, {said}\n" in text
