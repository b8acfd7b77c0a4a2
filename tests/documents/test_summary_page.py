"""The parents' summary as a page: one sheet, each aim once, the end whole."""

from __future__ import annotations

import copy
from typing import Any

from sencli.documents.parents import summary
from sencli.documents.view import View
from sencli.formats import render
from sencli.formats.flat import flat
from sencli.formats.typst.pdf import pages
from sencli.value import replace
from tests.documents.example import AMELIA
from tests.documents.example import setting
from tests.documents.test_summary import unreviewed
from tests.formats.pdf_text import page_texts

ORDINARY = (
    "She reads short books with a partner every morning and tells the adult what they "
    "were about. She is slower when the text is new, and then she asks for help."
)


def with_aims(count: int, text: str = "") -> dict[str, Any]:
    """Amelia with so many aims, each with support of its own and measured twice."""
    record = copy.deepcopy(unreviewed())
    cycle = record["cycles"][0]
    first = cycle["plan"]["outcomes"][0]
    item = cycle["plan"]["interventions"][0]
    cycle["plan"]["outcomes"] = [
        {**first, "id": f"o{n}aa", "outcome": f"Aim called {n}z", **criteria(text)}
        for n in range(1, count + 1)
    ]
    cycle["plan"]["interventions"] = [
        {**item, "id": f"i{n}aa", "outcomes": [f"o{n}aa"]} for n in range(1, count + 1)
    ]
    cycle["do"] = {
        "measurements": [
            {"id": f"m{n}aa", "date": "2025-10-17", "outcome": f"o{n}aa", "value": 37}
            for n in range(1, count + 1)
        ]
    }
    return record


def criteria(text: str) -> dict[str, str]:
    return {"success_criteria": text} if text else {}


def page(record: dict[str, Any], day: str = "2025-10-20") -> View:
    (view,) = summary.build([record], setting(day))
    return view


def told(record: dict[str, Any], day: str = "2025-10-20") -> str:
    return " ".join(render([page(record, day)], "text").decode().split())


def test_three_aims_with_ordinary_long_text_are_one_page() -> None:
    record = with_aims(3, ORDINARY)
    cycle = record["cycles"][0]
    cycle["plan"]["responsibilities"] = dict.fromkeys(
        ("school", "parent", "pupil"), ORDINARY
    )
    for view in cycle["assess"]["views"]:
        view["text"] = ORDINARY
    assert pages(render([page(record)], "pdf")) == 1


def test_from_the_fourth_aim_on_it_goes_over_whole() -> None:
    first, second = page_texts(render([page(with_aims(6, ORDINARY))], "pdf"))
    assert ["Aimcalled3z" in first, "Aimcalled4z" in first] == [True, False]
    for words in ("Aimcalled4z", "Aimcalled6z", "Whathappensnext", "Atschool", "SENCO"):
        assert words in second
        assert words not in first.replace("SENCO)", "")


def test_with_three_aims_all_of_what_happens_next_goes_over() -> None:
    record = with_aims(3, ORDINARY * 3)
    first, second = page_texts(render([page(record)], "pdf"))
    assert "Aimcalled3z" in first
    assert second.index("Whathappensnext") < second.index("Atschool")
    assert "Whathappensnext" not in first


def test_each_aim_is_named_once_with_its_help_in_every_format() -> None:
    view = page(with_aims(4))
    for fmt in ("text", "md", "html", "json"):
        made = render([view], fmt).decode()
        for number in range(1, 5):
            assert made.count(f"Aim called {number}z") == 1, fmt


def test_support_that_serves_two_aims_is_told_whole_once() -> None:
    record = with_aims(2)
    record["cycles"][0]["plan"]["interventions"] = [
        {
            **record["cycles"][0]["plan"]["interventions"][0],
            "outcomes": ["o1aa", "o2aa"],
        }
    ]
    said = told(record)
    assert said.count("Led by B. Ali") == 1
    assert "Help: Precision teaching (see above)." in said


def test_the_chart_runs_to_the_review_with_the_aim_as_a_point() -> None:
    chart = next(
        b for b in flat(page(with_aims(1)).blocks) if type(b).__name__ == "Chart"
    )
    assert (chart.until_label, chart.target, chart.target_x) == ("12 Dec", 60.0, 88.0)
    assert chart.alt == "Progress: 15 September 2025: 22; 17 October 2025: 37. Aim: 60."


def test_the_next_meeting_has_its_day_time_and_place() -> None:
    meeting = {"id": "t9zz", "date": "2025-12-11", "time": "3.30 pm", "place": "Room 4"}
    record = {**unreviewed(), "meetings": [meeting]}
    said = "We will meet on Thursday 11 December 2025, 3.30 pm, Room 4."
    assert f"When we meet next: {said}" in told(record)


def test_whom_to_ask_stands_with_the_school_s_telephone() -> None:
    own = {"letterhead": {"telephone": "01632 960000"}}
    (view,) = summary.build([unreviewed()], setting("2025-10-20", **own))
    said = render([view], "text").decode()
    who = "K. Morris (class teacher) or J. Patel (SENCO)"
    assert f"Questions? Ask {who}: 01632 960000." in said


def test_promises_stand_in_the_box_of_those_who_made_them() -> None:
    actions = [
        {"id": "x1", "text": "Ring the surgery", "by": "KM"},
        {"id": "x2", "text": "Bring the old glasses", "by": "c4wm"},
        {"id": "x3", "text": "Find my word cards", "by": "pupil"},
    ]
    meeting = {"id": "t9zz", "date": "2025-10-06", "attended": ["c4wm"]}
    record = {**unreviewed(), "meetings": [{**meeting, "actions": actions}]}
    said = told(record)
    school, home, child = (said.index(action["text"]) for action in actions)
    assert said.index("At school:") < school < said.index("At home:") < home < child


def after_review(day: str = "2026-01-05", **outcome: Any) -> str:
    """Told of a new plan whose one aim may carry on the first of those reviewed."""
    record = copy.deepcopy(AMELIA)
    aim = {"id": "o9zz", "outcome": "Reads 100 common words on sight", **outcome}
    plan = {"date": "2025-12-15", "review_by": "2026-03-20", "outcomes": [aim]}
    assess = {"date": "2025-12-12"}
    record["cycles"].append({"id": "y9zz", "assess": assess, "plan": plan})
    return told(record, day)


def test_after_a_review_the_new_plan_tells_of_that_review() -> None:
    said = after_review(continues=AMELIA["cycles"][0]["plan"]["outcomes"][0]["id"])
    assert "What came of our review on 11 December 2025" in said
    assert "Asks for help when stuck. Part of this has been achieved." in said
    assert "At our review on 11 December 2025: This has been achieved." in said
    assert "Reads 60 common words" not in said
    assert "What we decided: We will carry on with this support." in said
    assert "She reads to her brother" in said


def test_weeks_later_the_new_plan_stands_alone() -> None:
    said = after_review("2026-02-02")
    assert "What came of our review" not in said
    assert "She reads to her brother" not in said
    assert "Reads 100 common words on sight" in said


def test_scales_have_a_parent_s_words() -> None:
    record = with_aims(2)
    cycle = record["cycles"][0]
    test, watched = cycle["plan"]["outcomes"]
    test |= {"scale": "standard-score", "baseline": {"value": 82}}
    test.pop("measure", None)
    watched |= {"scale": "upsets", "baseline": {"value": 9}, "measure": "Upsets a week"}
    cycle["do"] = {}
    scales = (
        {"key": "standard-score", "name": "Standard score", "kind": "score"},
        {"key": "upsets", "name": "Upsets a week", "kind": "number"},
    )
    place = setting("2025-10-20")
    provisions = {**place.provisions, "scales": scales}
    (view,) = summary.build([record], replace(place, provisions=provisions))
    said = render([view], "text").decode()
    assert "At the start: test score 82." in said
    assert "At the start: 9 upsets a week." in said
