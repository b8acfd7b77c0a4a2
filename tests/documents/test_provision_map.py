from __future__ import annotations

import copy
import csv
import io
import json

import pytest

from sencli import terms
from sencli.core.provision import provision_map as core
from sencli.documents.made_in.paper_request import SchoolRequest
from sencli.documents.school import provision_map
from sencli.formats import render
from sencli.value import replace
from tests.documents import snapshot
from tests.documents.example import AMELIA
from tests.documents.example import BEN
from tests.documents.example import CHLOE
from tests.documents.example import PROVISIONS
from tests.documents.example import SCHOOL
from tests.documents.example import setting
from tests.formats.pdf_text import page_texts

EVERYBODY = [AMELIA, BEN, CHLOE]
DAY = "2025-10-20"


def data(day=DAY, records=EVERYBODY, school=None, **asked):
    place = setting(day, **(school or {}))
    (view,) = provision_map.build(records, place, SchoolRequest(**asked))
    return json.loads(render([view], "json"))


def table(day=DAY, **asked):
    (view,) = provision_map.build(
        EVERYBODY, setting(day), SchoolRequest(shape="flat", **asked)
    )
    return list(csv.DictReader(io.StringIO(render([view], "csv").decode())))


def test_the_map_as_text():
    snapshot.check(
        "map.txt", *provision_map.build(EVERYBODY, setting(DAY), SchoolRequest())
    )
    asked = SchoolRequest(by="pupil", shape="wide")
    snapshot.check("map-wide.txt", *provision_map.build(EVERYBODY, setting(DAY), asked))


def test_a_row_says_who_what_why_and_how_much():
    row = next(r for r in data()["rows"] if r["name"] == "Amelia Khan")
    expected = {
        "area": "cognition and learning",
        "need": "SPLD",
        "outcome": "Reads 60 common words on sight",
        "provision_name": "Precision teaching",
        "tier": "targeted",
        "role": "TA",
        "group": "HFW 1",
        "group_size": 4,
        "minutes": 30,
        "sessions_per_week": 3,
        "weeks": 12,
        "from": "2025-09-22",
        "until": "2025-12-12",
        "pence_per_hour": 1650,
        "cost_pence": 7425,
        "entry": "22",
        "exit": "63",
        "impact": 1,
        "sessions_due": 12.6,
        "delivered": 1,
        "missed": {"pupil_absent": 1},
    }
    assert {key: row[key] for key in expected} == expected


def test_what_is_not_in_force_on_the_day_is_not_shown():
    assert data("2025-09-16")["interventions"] == 1
    assert data("2025-12-13")["interventions"] == 0
    assert data("2025-12-13")["total_pence"] == 0


def test_a_period_shows_all_that_overlapped_it_and_its_part_of_the_cost():
    whole = data("2026-01-10", period=("2025-09-01", "2026-08-31"))
    assert whole["total_pence"] == 7425
    half = data("2026-01-10", period=("2025-11-03", "2025-12-31"))
    assert half["total_pence"] == 3713
    assert half["rows"][1]["weeks"] == 6


def test_delivered_cost():
    made = data(to_date=True)
    assert made["rows"][1]["cost_pence"] == 206
    assert made["rows"][1]["planned_pence"] == 7425


def test_what_has_no_rate_is_missing_and_says_why():
    made = data()
    assert made["not_costed"] == 1
    assert made["rows"][0]["cost_pence"] is None
    assert "no hourly rate for ELSA" in made["rows"][0]["cost_missing"][0]
    (view,) = provision_map.build(EVERYBODY, setting(DAY), SchoolRequest())
    text = render([view], "text").decode()
    assert "not costed" in text
    assert "sen rate set ELSA POUNDS" in text


@pytest.mark.parametrize("by", core.GROUPINGS)
def test_subtotals_come_to_the_total(by):
    made = data(by=by)
    assert sum(total["cost_pence"] for total in made["totals"]) == 7425
    assert sum(total["interventions"] for total in made["totals"]) == 2
    rows = table(by=by)
    groups = 1 if by == "funding" else 2  # no source is recorded of either
    assert len(made["totals"]) == groups
    kinds = ["row"] * 2 + ["subtotal"] * groups + ["total"]
    assert [row["kind"] for row in rows] == kinds
    assert rows[-1]["cost"] == "74.25"
    (view,) = provision_map.build(
        EVERYBODY, setting(DAY), SchoolRequest(by=by, shape="wide")
    )
    assert "All together" in render([view], "text").decode()


def test_groups_have_names_that_people_know():
    assert [row["name"] for row in table(by="need") if row["kind"] == "subtotal"] == [
        "ASD Autistic spectrum disorder",
        "SPLD Specific learning difficulty",
    ]
    names = [row["name"] for row in table(by="staff") if row["kind"] == "subtotal"]
    assert names == ["B. Ali", "Staff not recorded"]


@pytest.mark.parametrize(
    "chosen",
    [
        {"class_": "4b"},
        {"year_group": "4"},
        {"need": "spld"},
        {"need": "cognition"},
        {"tier": "targeted"},
        {"provision": "precision-teaching"},
        {"pupils": ("p7k2q",)},
    ],
)
def test_filters(chosen):
    made = data(**chosen)
    assert [row["name"] for row in made["rows"]] == ["Amelia Khan"]


def test_without_costs_there_is_no_money_anywhere():
    for fmt in ("json", "text", "csv", "md"):
        asked = SchoolRequest(
            by="class", costs=False, shape="flat" if fmt == "csv" else "wide"
        )
        (view,) = provision_map.build(EVERYBODY, setting(DAY), asked)
        text = render([view], fmt).decode()
        assert "74.25" not in text
        assert "7425" not in text
        assert "pence" not in text
        assert "£" not in text
        assert "Precision teaching" in text


def test_restricted_support_is_neither_shown_nor_counted_but_marked():
    cycle = AMELIA["cycles"][0]
    hidden = {**cycle["plan"]["interventions"][0], "restricted": True}
    plan = {**cycle["plan"], "interventions": [hidden]}
    record = {**AMELIA, "cycles": [{**cycle, "plan": plan}]}
    made = data(records=[record])
    assert (made["rows"], made["total_pence"], made["withheld"]) == ([], 0, 1)
    (view,) = provision_map.build([record], setting(DAY), SchoolRequest())
    assert "1 intervention is restricted" in render([view], "text").decode()


def test_a_cycle_opened_in_error_gives_nobody_anything():
    cycle = {**AMELIA["cycles"][0]}
    cycle["closed"] = {"date": "2025-12-11", "reason": "opened_in_error"}
    assert data(records=[{**AMELIA, "cycles": [cycle]}])["rows"] == []


def test_the_running_total_leaves_out_what_is_for_all():
    cycle = AMELIA["cycles"][0]
    one = cycle["plan"]["interventions"][0]
    three = [
        one,
        {**one, "id": "i6aa", "tier": "universal", "from": "2025-09-23"},
        {**one, "id": "i7aa", "from": "2025-09-24"},
    ]
    plan = {**cycle["plan"], "interventions": three}
    record = {**AMELIA, "cycles": [{**cycle, "plan": plan}]}
    rows = data(records=[record])["rows"]
    assert [row["running_total_pence"] for row in rows] == [7425, 7425, 14850]


def test_a_share_of_the_schools_own_threshold():
    rows = table()
    assert rows[1]["of_threshold"] == "1"
    place = setting(DAY, settings={"element_2_pence": 14850})
    (view,) = provision_map.build(EVERYBODY, place, SchoolRequest(shape="flat"))
    text = render([view], "csv").decode()
    assert ",74.25,74.25,50," in text


def test_a_new_rate_in_mid_term_changes_the_cost():
    new = {"role": "TA", "from": "2025-11-03", "pence_per_hour": 3300}
    rates = [*SCHOOL["rates"], new]
    made = data(school={"rates": rates})
    assert made["total_pence"] == 3713 + 7425


def test_nothing_in_force_says_so():
    (view,) = provision_map.build([], setting(DAY), SchoolRequest(by="class"))
    assert "Nobody has an intervention" in render([view], "text").decode()
    (view,) = provision_map.build([], setting(DAY), SchoolRequest(class_="4B"))
    assert "Nobody of those asked for" in render([view], "text").decode()


def with_catalogue(*more):
    return {"provisions": [*PROVISIONS["provisions"], *more]}


def offer(key, **more):
    name = key.replace("-", " ").capitalize()
    return {"key": key, "name": name, "tier": "universal", **more}


def view_of(provisions, day=DAY, **asked):
    place = replace(setting(day), provisions={**PROVISIONS, **provisions})
    (view,) = provision_map.build(EVERYBODY, place, SchoolRequest(**asked))
    return view


def test_what_all_pupils_are_offered_stands_first_by_area():
    sensory = "sensory and/or physical needs"
    offered = with_catalogue(
        offer("calm-corner", areas=[terms.SEMH, sensory]),
        offer("word-banks", areas=[terms.COGNITION]),
        offer("clear-voice"),
        offer("still-to-come", areas=[terms.COGNITION], **{"from": "2025-10-21"}),
        offer("given-up", areas=[terms.COGNITION], retired=DAY),
    )
    grid = view_of(offered, shape="wide").blocks[0]
    assert [column.title for column in grid.columns[:4]] == [
        "Wave",
        "Every area",
        "Communication and interaction",
        "Cognition and learning",
    ]
    waves = [row[0] for row in grid.rows]
    tiers = ["Universal", "Targeted", "Targeted plus", "Specialist"]
    assert waves == [*tiers, "Together"]
    everybody, *_ = grid.rows
    assert [[bar.text for bar in cell] for cell in everybody[1:6]] == [
        ["Clear voice"],
        [],
        ["Word banks"],
        ["Calm corner"],
        ["Calm corner"],
    ]
    assert everybody[6] == "all"
    text = render([view_of(offered)], "text").decode()
    assert "Still to come" not in text
    assert "Given up" not in text
    assert "not in the catalogue" not in text
    year = ("2025-09-01", "2026-08-31")
    whole = render([view_of(offered, period=year)], "text").decode()
    assert "Still to come" in whole
    assert "Given up" in whole
    targeted = render([view_of(offered, tier="targeted")], "text").decode()
    assert "Word banks" not in targeted


def test_a_bar_from_five_ratings_on():
    def many(count):
        cycle = CHLOE["cycles"][0]
        item = cycle["plan"]["interventions"][0]
        judged = [{"intervention": item["id"], "impact": at - 1} for at in range(3)]
        review = {"date": "2025-10-18", "interventions": judged[1:2]}
        poor = {**review, "interventions": judged[:1]}
        return [
            {
                **CHLOE,
                "id": f"p{at}xyz",
                "cycles": [{**cycle, "review": review if at else poor}],
            }
            for at in range(count)
        ]

    assert "4 of 5" not in render(maps(many(4)), "text").decode()
    text = render(maps(many(5)), "text").decode()
    assert "■■■■□ 4 of 5" in text
    # what came of it in one area is not told of another
    other = many(5)
    for record in other[3:]:
        (need, *_) = record["needs"]
        record["needs"] = [{**need, "type": "SEMH"}]
        record["cycles"] = copy.deepcopy(record["cycles"])
        for outcome in record["cycles"][0]["plan"]["outcomes"]:
            outcome.pop("need", None)
    text = render(maps(other), "text").decode()
    assert text.count("4 of 5") == 1
    assert "Bars:" in text
    assert "Bars:" not in render(maps(many(4)), "text").decode()


def maps(records, **asked):
    return provision_map.build(records, setting(DAY), SchoolRequest(**asked))


def test_who_leads_is_named():
    (row,) = (r for r in data()["rows"] if r["name"] == "Amelia Khan")
    assert (row["led_by"], row["leaders"]) == (["TA2"], ["B. Ali"])
    text = render(maps(EVERYBODY), "text").decode()
    assert "B. Ali" in text
    assert "ELSA, not named" in text


def test_from_where_to_where_for_each_aim():
    (row,) = (r for r in data()["rows"] if r["name"] == "Amelia Khan")
    (aim,) = row["aims"]
    assert (aim["entry"], aim["now"], aim["target"]) == ("22", "37", "60")
    assert "22 → 37 → 60" in render(maps(EVERYBODY, shape="wide"), "md").decode()


@pytest.mark.parametrize("size", ["a4", "a3"])
def test_the_first_page_is_one_page_however_many_provisions(size):
    areas = [area for area in terms.AREAS if area != terms.UNCATEGORISED]
    offers = [offer(f"offer-{at}", areas=[areas[at % 4]]) for at in range(90)]
    view = view_of(with_catalogue(*offers), shape="wide", size=size)
    first, second, *_ = page_texts(render([view], "pdf"))
    assert first.count("Offer") == 90
    assert "Together" in first
    assert "Communicationandinteraction" in second


def test_another_order_or_named_pupils_are_asked_for_without_the_first_page():
    for asked in ({"by": "class"}, {"pupils": ("p7k2q",)}):
        assert "Together" not in render(maps(EVERYBODY, **asked), "text").decode()
