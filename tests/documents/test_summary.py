from __future__ import annotations

import copy
import json
import re

import pytest

from sencli import terms
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.made_in.wording import Wording
from sencli.documents.made_in.wording import over
from sencli.documents.parents import summary
from sencli.documents.view import Chart
from sencli.errors import InvalidValue
from sencli.formats import render
from sencli.formats.flat import flat
from tests.documents import snapshot
from tests.documents.example import AMELIA
from tests.documents.example import BEN
from tests.documents.example import CHLOE
from tests.documents.example import GROUPS
from tests.documents.example import PROVISIONS
from tests.documents.example import SCHOOL
from tests.documents.example import setting
from tests.documents.example import words

BEGUN = {**BEN, "status": [{"from": "2025-11-03", "provision": "K"}]}
"""Ben, who has support and no plan yet."""


def page(record, day="2025-12-15", asked=None, **school):
    (view,) = summary.build([record], setting(day, **school), asked)
    return view


def text(record, *more, **school):
    return render([page(record, *more, **school)], "text").decode()


def charts(view):
    return [block for block in flat(view.blocks) if isinstance(block, Chart)]


def changed(**parts):
    """Amelia's record with parts of her cycle changed; ``None`` takes one out."""
    record = copy.deepcopy(AMELIA)
    cycle = record["cycles"][0]
    for name, value in parts.items():
        if value is None:
            del cycle[name]
        else:
            cycle[name] = {**cycle[name], **value}
    return record


def unreviewed():
    return changed(review=None, closed=None)


def test_the_page_as_text():
    snapshot.check("summary.txt", page(AMELIA))
    snapshot.check("summary-open.txt", page(unreviewed(), "2025-10-20"))


def test_no_codes_costs_other_child_or_upn():
    for record in (AMELIA, unreviewed(), CHLOE, BEGUN):
        told = text(record)
        assert not re.search(rf"\b({'|'.join(terms.NEED_TYPES)}|TA2?|KM|JP)\b", told)
        assert "£" not in told
        assert "16.50" not in told
        assert "HFW" not in told
        assert "P999900024001" not in told
        assert not re.search(r"\b(c4wm|o8fd|i5tr|q9ck|g7rn|precision-teaching)\b", told)


def test_people_have_names_and_parts():
    told = text(AMELIA)
    assert "Sana Khan (mother)" in told
    assert "K. Morris (class teacher)" in told
    assert "J. Patel (SENCO)" in told
    assert "Led by B. Ali (teaching assistant)." in told


def test_the_everyday_name_is_used():
    told = text(AMELIA)
    assert "Support for Millie Khan" in told
    assert "Amelia" not in told


def test_a_chart_for_each_measured_outcome():
    drawn = charts(page(AMELIA))
    assert [chart.kind for chart in drawn] == ["course", "course"]
    assert drawn[0].series[0].values == (22.0, 37.0, 63.0)
    assert drawn[0].target == 60.0
    assert drawn[0].x == (0.0, 32.0, 87.0)
    assert "17 October 2025: 37" in drawn[0].alt
    assert drawn[1].names[1] == (2.0, "needs a prompt")


def test_ages_are_drawn_with_years_and_months():
    outcome = {
        "id": "o1aa",
        "outcome": "Reads stories alone",
        "scale": "reading-age",
        "baseline": {"value": "6:04"},
        "target": {"value": "7:00"},
    }
    record = changed(
        plan={"outcomes": [outcome]},
        do={
            "measurements": [
                {"id": "m1", "date": "2025-11-01", "outcome": "o1aa", "value": "6:09"}
            ]
        },
        review={"outcomes": []},
    )
    (chart,) = charts(page(record))
    assert chart.names == (
        (76.0, "6 years 4 months"),
        (81.0, "6 years 9 months"),
        (84.0, "7 years"),
    )
    told = text(record)
    assert "On 15 September 2025: reading age 6 years 4 months." in told
    assert "On 1 November 2025: reading age 6 years 9 months." in told
    assert "The aim was reading age 7 years." in told


def test_one_measurement_is_said_and_not_drawn():
    record = unreviewed()
    record["cycles"][0]["do"]["measurements"] = []
    view = page(record, "2025-10-20")
    assert charts(view) == []
    assert "At the start: 22 words of 100." in text(record, "2025-10-20")


def test_before_the_review_it_speaks_of_now():
    told = text(unreviewed(), "2025-10-20")
    assert "What we are working on, and how it is going" in told
    assert "We will review this with you by 12 December 2025." in told
    assert "Sana Khan (mother) (agreed on 18 September 2025):" in told
    assert "Millie (agreed on 18 September 2025):" in told


def test_a_pupil_with_nothing_recorded():
    told = text(BEGUN)
    assert "We have not written a plan for Ben yet." in told
    assert "We will agree a date with you." in told


def test_a_pupil_who_is_only_assessed():
    record = changed(plan=None, do=None, review=None, closed=None)
    told = text(record)
    assert "We are finding out what would help Millie." in told
    assert "Worried about reading" in told
    assert "Help:" not in told


def test_a_plan_without_outcomes_or_support():
    bare = {"outcomes": [], "interventions": [], "strategies": [], "home_support": ""}
    told = text(changed(plan=bare, review=None, closed=None))
    assert "No aims have been agreed yet." in told
    assert "No extra support has been recorded yet." in told


def test_long_texts_in_several_lines_are_kept():
    long = "\n\n".join(["A long word about the plan. " * 30] * 4)
    view = page(changed(review={"next_steps": long}))
    assert b"%PDF" in render([view], "pdf")[:8]
    assert render([view], "text").decode().count("A long word") == 120


def test_a_class_of_pages_in_one_file():
    views = summary.build([AMELIA, BEGUN, CHLOE], setting())
    assert [view.title for view in views] == [
        "Support for Millie Khan",
        "Support for Ben Adeyemi",
        "Support for Chloé O'Neill",
    ]
    assert b"%PDF" in render(views, "pdf")[:8]


def test_a_cycle_can_be_asked_for_and_mistakes_are_passed_over():
    record = copy.deepcopy(AMELIA)
    wrong = {
        "id": "y9zz",
        "assess": {"date": "2026-01-10"},
        "closed": {"date": "2026-01-10", "reason": "opened_in_error"},
    }
    record["cycles"].append(wrong)
    assert summary.cycle_shown(record)["id"] == "y2qf"
    record["cycles"].append({"id": "y4bb", "assess": {"date": "2026-01-12"}})
    assert summary.cycle_shown(record)["id"] == "y4bb"
    assert summary.cycle_shown(record, "y2qf")["id"] == "y2qf"


def test_for_one_parent_the_other_parents_words_stay_out_and_are_marked():
    told = text(AMELIA, "2025-12-15", PaperRequest(to="c4wm"))
    assert "She reads to her brother" in told
    assert "He is proud of her" not in told
    assert "I can read the menu" in told
    assert "Some details are not included in this copy." in told


def test_nothing_for_whom_nothing_may_be_shared_with():
    record = copy.deepcopy(AMELIA)
    record["contacts"][1]["sharing"] = "none"
    with pytest.raises(InvalidValue, match="Omar Khan"):
        text(record, "2025-12-15", PaperRequest(to="c5xn"))


def test_what_is_restricted_is_left_out_and_marked():
    record = copy.deepcopy(AMELIA)
    cycle = record["cycles"][0]
    cycle["plan"]["outcomes"][0]["restricted"] = True
    cycle["plan"]["interventions"][0]["restricted"] = True
    cycle["review"]["views"][0]["restricted"] = True
    record["needs"][0]["restricted"] = True
    told = text(record)
    for hidden in ("Reads 60", "Precision", "brother", "speech, language", "helped"):
        assert hidden not in told
    assert told.count("Some details are not included in this copy.") == 3


def test_who_is_no_longer_known_is_a_member_of_staff():
    record = changed(review={"attended": ["XY", "Dr Shah, paediatrician"]})
    told = (
        "Also there on 11 December 2025: a member of staff and Dr Shah, paediatrician."
    )
    assert told in text(record)


def test_the_words_can_be_a_schools_own():
    own = {"summary": {"heard": "Your voice"}, "roles": {"ta": "support worker"}}
    wording = Wording(over(json.loads(json.dumps(words()._data)), own))
    place = PaperContext(SCHOOL, PROVISIONS, GROUPS, "2025-12-15", words=wording)
    told = render(summary.build([AMELIA], place), "text").decode()
    assert "Your voice" in told
    assert "B. Ali (support worker)" in told


def test_short_sentences():
    """The frame's own sentences stay short: a reader of twelve is not held up."""
    for key, sentence in words().section("summary").items():
        for part in re.split(r"[.!?]\s", sentence):
            assert len(part.split()) <= 22, key
