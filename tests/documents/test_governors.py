"""What the governing body reads: every total of the school, and nothing of a child."""

from __future__ import annotations

import copy
import json
from io import BytesIO

import pikepdf
import pytest

from sencli.core.cycle.scales import Scale
from sencli.core.reports.median_change import change_words
from sencli.core.reports.median_change import median_change
from sencli.core.reports.school_totals import Doubts
from sencli.core.reports.school_totals import questions
from sencli.documents.made_in.paper_request import SchoolRequest
from sencli.documents.school import governors
from sencli.documents.school import governors_public
from sencli.documents.school import impact
from sencli.formats import render
from sencli.formats.csv_ import tables_of
from sencli.value import replace
from tests.conftest import Typed
from tests.documents.example import AMELIA
from tests.documents.example import BEN
from tests.documents.example import CHLOE
from tests.documents.example import setting

DAY = "2025-12-15"


def pupil(number, sex="female", need="SLCN", flag="", *, cycles=True):
    """A pupil as Amelia, of that sex and need."""
    record = copy.deepcopy(AMELIA)
    record |= {"id": f"p{number:04d}", "first_name": f"Zara{number}", "sex": sex}
    record |= {"last_name": f"Surname{number}"}
    record["needs"] = [{"id": "d5hy", "type": need, "rank": 1, "from": "2025-09-15"}]
    record["flags"] = [{"flag": flag, "from": "2025-09-01"}] if flag else []
    if not cycles:
        record["cycles"] = []
    return record


def shown(records, fmt="text", texts=None, **school):
    made = replace(
        setting(DAY, **school),
        published={"governors": {"sections": texts or []}},
    )
    return render(governors.build(records, made), fmt).decode()


def data(records, **school):
    return json.loads(shown(records, "json", **school))


def test_a_school_of_two_learns_every_total():
    made = data([pupil(1), pupil(2, "male")])
    assert (made["pupils"], made["support"], made["plan"]) == (2, 2, 0)
    assert made["outcomes"]["achieved"] == 2
    assert made["areas"]["communication and interaction"] == 2
    assert (made["due"], made["on_time"], made["meetings"]) == (2, 2, 2)
    (row,) = made["provisions"]
    assert (row["pupils"], row["cost_pence"]) == (2, 2 * 7425)
    assert row["impact"] == "too few to judge"
    assert "as_expected" not in row
    text = shown([pupil(1), pupil(2, "male")])
    assert "2 pupils are on the SEN register" in text
    assert "withheld" not in text
    assert text.count("Confidential to the governing body") == 2


def test_of_five_judged_it_says_what_came_of_it():
    (row,) = data([pupil(n) for n in range(5)])["provisions"]
    assert (row["impact"], row["rated"], row["as_expected"]) == ("5 of 5", 5, 5)
    assert (row["judged"], row["achieved"]) == (5, 5)
    few = [pupil(n) for n in range(4)] + [pupil(5, cycles=False)]
    (row,) = data(few)["provisions"]
    assert row["impact"] == "too few to judge"


def test_single_cells_of_crossed_groups_alone_are_hidden():
    records = [pupil(n) for n in range(6)]
    records += [pupil(n, "male") for n in range(6, 12)]
    records += [pupil(n, "male", "SEMH", "looked_after") for n in range(12, 15)]
    made = data(records)
    crossed = {
        (r["value"], r["area"]): r["pupils"]
        for r in made["patterns"]
        if r["by"] == "sex and area"
    }
    area = "social, emotional and mental health"
    assert crossed["male", area] == "<5"
    # nothing more is hidden so that it could not be worked out
    assert crossed["male", "communication and interaction"] == 6
    assert made["areas"][area] == 3
    (looked_after,) = (r for r in made["patterns"] if r["by"] == "looked_after")
    assert looked_after["pupils"] == "<5"
    assert looked_after["outcomes"] == "too few to judge"
    table = shown(records).partition("By sex and area")[2]
    assert "<5" in next(line for line in table.splitlines() if line.startswith("Male"))
    assert "By sex and area" not in shown(records[:3])
    assert "<" not in shown(records, settings={"small_number": 0})


@pytest.mark.parametrize("way", ["request", "setting"])
def test_the_strict_edition_is_what_it_was(way):
    records = [pupil(n) for n in range(3)]
    chosen = {"settings": {"governors": "public"}} if way == "setting" else {}
    request = SchoolRequest(public=way == "request")
    made = governors.build(records, setting(DAY, **chosen), request)
    strict = governors_public.build(records, setting(DAY))
    assert render(made, "text") == render(strict, "text")
    assert render(made, "json") == render(strict, "json")
    assert b"withheld" in render(made, "text")


def test_no_name_slips_in_by_what_people_wrote():
    texts = [
        {"section": "comment", "text": "Zara3 did well; so did Zara4 Surname4."},
        {"section": "questions", "text": "- Why is Zara5 away?\n- What next?"},
        {"section": "duties", "text": "Zara1's mother is asked."},
    ]
    records = [pupil(n) for n in range(7)]
    for fmt in ("text", "html", "json", "csv", "md"):
        made = shown(records, fmt, texts)
        assert "Zara" not in made
        assert "Surname" not in made
    assert "A pupil did well; so did a pupil." in shown(records, texts=texts)
    assert "- What next?" in shown(records, texts=texts)
    published = {"governors": {"sections": texts}}
    (view,) = governors.build(records, replace(setting(DAY), published=published))
    assert any(aside.grave for aside in view.asides)


def test_one_page_then_the_annex_and_what_is_long_goes_over_whole():
    long = ("Reading is better than it was, and spelling is not yet. " * 8).strip()
    lines = "\n".join(["How do we know that it is worth it?"] * 5)
    texts = [
        {"section": "comment", "text": long[:399]},
        {"section": "duties", "text": long[:399]},
        {"section": "questions", "text": lines},
    ]
    made = replace(setting(DAY), published={"governors": {"sections": texts}})
    records = [pupil(n) for n in range(6)] + [pupil(7, flag="eal", cycles=False)]
    (view,) = governors.build(records, made)
    assert long[:399] in render([view], "text").decode()
    with pikepdf.open(BytesIO(render([view], "pdf"))) as pdf:
        # the first title in the outline is "At a glance", the next begins a page
        second = pdf.Root["/Outlines"]["/First"]["/First"]["/Next"]
        assert str(second["/Title"]) == "Annex"
        assert second["/Dest"][0] == pdf.pages[1].obj
    texts = [{"section": "comment", "text": long}]
    told = " ".join(shown([pupil(1)], texts=texts).split())
    assert "It stands in full at the end of the annex." in told
    assert told.index("Annex") < told.index(long)


def test_a_family_name_alone_names_a_child_to_a_governor():
    records = [pupil(1) | {"last_name": "Field-Nowak"}, pupil(2)]
    mother = {"id": "c1abc", "name": "A. Brandt", "relationship": "mother"}
    records[1] |= {"last_name": "Morris", "contacts": [mother]}
    said = (
        "The Nowaks came. Field reads on the field; MORRIS too. K. Morris met Brandt."
    )
    texts = [{"section": "comment", "text": said}]
    staff = [{"initials": "KM", "name": "K. Morris", "role": "teacher"}]
    told = shown(records, texts=texts, staff=staff)
    assert "A pupil came. A pupil reads on a pupil; a pupil too." in told
    assert "K. Morris met a pupil." in told
    published = {"governors": {"sections": texts}}
    made = replace(setting(DAY, staff=staff), published=published)
    (view,) = governors.build(records, made)
    assert any("names a child (Nowaks)" in str(aside) for aside in view.asides)


def test_a_page_of_nobody_speaks_plainly():
    told = shown([])
    assert "Nobody is on the SEN register." in told
    assert "began for no pupils and ended for none; no pupils came to have" in told
    assert "The records show no support planned in this time" in told
    assert "began for 2 pupils" in shown([pupil(1), pupil(2)])


def test_a_provision_named_after_a_child_is_told_without_the_name():
    catalogue = copy.deepcopy(setting(DAY).provisions)
    for entry in catalogue["provisions"]:
        entry["name"] = f"Surname2's and Zara1's {entry['name']}"
    made = replace(setting(DAY), provisions=catalogue)
    for fmt in ("text", "json"):
        told = render(governors.build([pupil(1), pupil(2)], made), fmt).decode()
        assert "A pupil's and a pupil's " in told
        assert "Zara1" not in told
        assert "Surname2" not in told


def test_without_rates_no_cost_is_told_as_nothing():
    told = shown([pupil(1), pupil(2)], rates=[])
    assert "No cost is known yet" in told
    assert "\u00a30.00 planned" not in told
    assert "No pupil has support planned that costs" not in told
    made = impact.build([pupil(1), BEN], setting(DAY, rates=[]))
    text = render(made, "text").decode()
    assert text.count("no hourly rate for TA") == 1
    # it has room on one line, so that a year of a school stays on its page
    assert "delivery not costed" not in text


def test_support_of_few_that_nobody_judged_is_told_to_be_so():
    unjudged = pupil(1)
    for cycle in unjudged["cycles"]:
        cycle.pop("review", None)
    (row,) = data([unjudged])["provisions"]
    assert row["impact"] == "not judged yet"


def test_questions_come_of_the_figures():
    none = ["What do pupils and their parents say of the support?"]
    assert questions(Doubts()) == none
    asked = questions(Doubts(late=2, due=3))
    assert asked[0].startswith("2 of 3 reviews were late or not held")
    assert questions(Doubts(late=1, due=3))[0].startswith("1 of 3 reviews was late")


def test_values_on_other_measures_are_never_put_together():
    words = Scale(measure="words of 100")
    ages = Scale("age", measure="reading age", key="reading-age")
    steps = Scale("ordinal", ("not yet", "with help", "alone"), key="help")
    assert median_change([(words, None, 3), (words, 3, None)]) is None
    made = median_change([(words, 20, 30), (words, 30, 36), (ages, "6:04", "6:10")])
    assert change_words(made) == "words of 100: 25 \u2192 33, +8 (2 of 3)"
    made = median_change([(ages, "6:04", "7:01")])
    assert change_words(made) == "reading age: 6:04 \u2192 7:01, +9 months"
    made = median_change([(steps, "not yet", "with help"), (steps, "alone", "alone")])
    assert change_words(made) == "not yet \u2192 with help, +0.5 steps (2)"


def test_impact_has_a_row_for_what_was_judged_and_a_line_for_the_rest():
    records = [pupil(1), BEN, CHLOE]
    (view,) = impact.build(records, setting(DAY))
    table, *_ = tables_of(view.blocks)
    assert [row[0] for row in table.rows] == ["Precision teaching"]
    text = render([view], "text").decode()
    (line,) = (part for part in text.splitlines() if part.startswith("Not judged yet"))
    assert "Time to Talk 1 pupil" in line
    keys = [
        row["provision"] for row in json.loads(render([view], "json"))["provisions"]
    ]
    assert sorted(keys) == ["precision-teaching", "time-to-talk"]


def test_a_year_of_the_demo_is_one_page_of_impact(demo, tmp_path, monkeypatch):
    monkeypatch.setenv("SENCLI_TODAY", "2026-11-22")
    there = tmp_path / "impact.pdf"
    Typed(demo)(f"print impact --year 2025-26 --output {there}")
    with pikepdf.open(there) as pdf:
        assert len(pdf.pages) == 1
