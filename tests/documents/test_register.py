from __future__ import annotations

import json

import pytest

from sencli.core.provision.register import RegisterFilter
from sencli.core.provision.register import counted
from sencli.core.provision.register import packed
from sencli.core.provision.register import rows
from sencli.core.provision.register import unpacked
from sencli.core.provision.register import year_code
from sencli.documents.school import register
from sencli.documents.school.register import RegisterRequest
from sencli.errors import UsageFault
from sencli.formats import render
from tests.documents import snapshot
from tests.documents.example import AMELIA
from tests.documents.example import BEN
from tests.documents.example import CHLOE
from tests.documents.example import PROVISIONS
from tests.documents.example import setting

EVERYBODY = [AMELIA, BEN, CHLOE]
DAY = "2025-10-20"


def found(**chosen):
    made = rows(EVERYBODY, DAY, RegisterFilter(**chosen), PROVISIONS)
    return [row["name"] for row in made]


def test_the_register_as_text():
    snapshot.check("register.txt", *register.build(EVERYBODY, setting(DAY)))


def test_json_is_a_list_with_every_key_each_time():
    (view,) = register.listed(
        EVERYBODY, setting(DAY), RegisterRequest(RegisterFilter(everyone=True))
    )
    listed = json.loads(render([view], "json"))
    keys = ["id", "name", "class", "year_group", "provision", "needs", "stage"]
    assert [list(entry) for entry in listed] == [[*keys, "review_by"]] * 3
    assert listed[1] == {
        "id": "pb3nd",
        "name": "Ben Adeyemi",
        "class": "4B",
        "year_group": "4",
        "provision": "N",
        "needs": [],
        "stage": None,
        "review_by": None,
    }
    assert listed[2]["needs"] == ["SLCN", "SPLD"]
    assert listed[0]["review_by"] == "2025-12-05"


def test_csv_has_the_hidden_columns_too():
    (view,) = register.listed(EVERYBODY, setting(DAY), RegisterRequest())
    head, first, *_ = render([view], "csv").decode().splitlines()
    assert head.endswith("review_by,layer,teacher,flags")
    assert first.startswith("pc9ry,Chloé O'Neill,RW,R,E,ASD,do,2025-12-05")


def test_sen_support_and_plans_alone_are_on_it():
    assert found() == ["Chloé O'Neill", "Amelia Khan"]
    assert found(everyone=True) == ["Chloé O'Neill", "Ben Adeyemi", "Amelia Khan"]


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        ({"class_": "4b"}, ["Amelia Khan"]),
        ({"year_group": "Reception"}, ["Chloé O'Neill"]),
        ({"provision": "k"}, ["Amelia Khan"]),
        ({"provision": "N"}, ["Ben Adeyemi"]),
        ({"need": "spld"}, ["Amelia Khan"]),
        ({"flag": "looked_after"}, ["Chloé O'Neill"]),
        ({"stage": "do"}, ["Chloé O'Neill"]),
        ({"tier": "targeted"}, ["Amelia Khan"]),
        ({"tier": "specialist"}, ["Chloé O'Neill"]),
        ({"class_": "6Z"}, []),
    ],
)
def test_filters(chosen, names):
    assert found(**chosen) == names


def test_the_watch_list_is_shown_when_asked_for():
    watched = {
        **BEN,
        "status": [{"from": "2025-01-01", "provision": "N", "monitoring": True}],
    }
    assert rows([watched], DAY) == []
    assert len(rows([watched], DAY, RegisterFilter(monitoring=True))) == 1


def test_who_has_left_is_not_on_it():
    left = {**AMELIA, "roll": [{"from": "2021-09-06", "until": "2025-10-01"}]}
    assert rows([left], DAY) == []
    assert len(rows([left], "2025-09-30")) == 1


def test_what_is_restricted_is_left_out_and_marked():
    needs = [*AMELIA["needs"][:1], {**AMELIA["needs"][1], "restricted": True}]
    (view,) = register.listed(
        [{**AMELIA, "needs": needs}], setting(DAY), RegisterRequest()
    )
    text = render([view], "text").decode()
    assert "SPLD" not in text
    assert "withheld" in text


def test_counts():
    made = rows(EVERYBODY, DAY, RegisterFilter(everyone=True))
    assert counted(made, "need") == [
        ("SLCN", 1),
        ("ASD", 1),
        ("SPLD", 1),
        ("not recorded", 1),
    ]
    assert counted(made, "year_group") == [("R", 1), ("4", 2)]
    assert counted(made, "provision") == [("E", 1), ("K", 1), ("N", 1)]
    assert counted(made, "pupil_premium") == [("yes", 1), ("no", 2)]
    with pytest.raises(UsageFault, match="shoe size"):
        counted(made, "shoe size")


def test_counts_alone_as_json():
    asked = RegisterRequest(counts=("class",))
    (view,) = register.listed(EVERYBODY, setting(DAY), asked)
    assert json.loads(render([view], "json")) == [
        {"by": "class", "value": "RW", "pupils": 1},
        {"by": "class", "value": "4B", "pupils": 1},
    ]


def test_an_empty_school_has_an_empty_register():
    (view,) = register.listed([], setting(DAY), RegisterRequest())
    assert json.loads(render([view], "json")) == []
    assert "Nobody on roll" in render([view], "text").decode()


def test_year_groups_as_people_type_them():
    assert year_code("Year 4") == year_code("y4") == year_code("4") == "4"
    assert year_code("reception") == year_code("r") == "R"
    with pytest.raises(UsageFault):
        year_code("Year 99")


def test_a_row_that_was_packed_is_the_same_row() -> None:
    made = rows(EVERYBODY, DAY, RegisterFilter(everyone=True))
    kept = json.loads(json.dumps([packed(row) for row in made]))
    assert unpacked(kept) == made
