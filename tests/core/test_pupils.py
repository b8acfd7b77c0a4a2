"""New pupils, single fields by name, leavers."""

from __future__ import annotations

import itertools

import pytest

from sencli.core.checks.future_events import left_open
from sencli.core.people.context import Context
from sencli.core.pupil import add
from sencli.core.pupil.documents import stored_name
from sencli.core.pupil.leave import leave
from sencli.core.pupil.set_fields import When
from sencli.core.pupil.set_fields import set_fields
from sencli.core.record.lookup import on_roll
from sencli.core.record.lookup import open_cycle
from sencli.core.record.lookup import placement_on
from sencli.core.text.dates import parse_date
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import UsageFault
from sencli.resources import load_schema
from tests.cases import each_case

TODAY = "2025-10-20"
NUMBERS = itertools.count(1)
AMELIA = {
    "schema": 1,
    "id": "p7k2q",
    "first_name": "Amelia",
    "last_name": "Khan",
    "placements": [{"year_group": "4", "class": "4B"}],
}


def context():
    return Context(TODAY, lambda kind: f"{kind[0]}{next(NUMBERS):03d}", {})


def put(record, *typed, since=None, correct=False):
    when = When(
        since or TODAY, since is not None, correct, lambda text: parse_date(text, TODAY)
    )
    return set_fields(record, typed, when, context(), load_schema("pupil"))


@each_case(
    ("name", "parts"),
    [
        ("Amelia Khan", ("Amelia", "Khan")),
        ("Maria del Carmen Ruiz", ("Maria", "del Carmen Ruiz")),
        ("  Nana   Ama ", ("Nana", "Ama")),
        ("李小龙", ("李小龙", "")),
    ],
)
def test_names(name, parts):
    assert add.split_name(name) == parts


def made(**fields):
    names = {"first_name": "Amelia", "last_name": "Khan"}
    return add.new_pupil("p7k2q", names, fields, TODAY, ["Ben Adeyemi"])


def test_the_first_placement_holds_as_far_back_as_we_know():
    act = made(year_group="4", **{"class": "4B"})
    assert act.record == AMELIA
    assert not act.warnings


def test_an_old_first_day_does_not_put_her_in_year_4_at_once():
    record = made(year_group="4", **{"from": "2021-09-06"}).record
    assert record["roll"] == [{"from": "2021-09-06"}]
    assert record["placements"] == [{"from": "2025-09-01", "year_group": "4"}]


@each_case(
    ("born", "year"),
    [
        ("2017-03-14", "4"),
        ("2017-08-31", "4"),
        ("2017-09-01", "3"),
        ("2020-12-01", "R"),
    ],
)
def test_year_group_by_age(born, year):
    assert add.year_group_by_age(born, TODAY) == year


def test_what_is_odd_in_a_new_pupil_is_told():
    assert "Year 4" in made(date_of_birth="2017-03-14", year_group="6").warnings[0]
    assert not made(date_of_birth="2017-03-14", year_group="5").warnings
    names = {"first_name": "Ben", "last_name": "Adeyemi"}
    act = add.new_pupil("p7k2q", names, {}, TODAY, ["ben adeyemi"])
    assert "another" in act.warnings[0]


@each_case(
    "fields",
    [
        {"date_of_birth": "2026-01-01"},
        {"date_of_birth": "2021-01-01", "from": "2020-09-01"},
    ],
)
def test_a_birth_that_cannot_be(fields):
    with pytest.raises(InvalidValue):
        made(**fields)


def test_a_class_changes_from_today_and_the_year_group_stays():
    record = put(AMELIA, "class=5A").record
    assert placement_on(record, "2025-10-19")["class"] == "4B"
    assert placement_on(record, TODAY) == {
        "from": TODAY,
        "year_group": "4",
        "class": "5A",
    }
    assert AMELIA["placements"] == [{"year_group": "4", "class": "4B"}]


def test_a_half_set_for_an_earlier_day_goes_on_into_its_copies():
    record = put(AMELIA, "class=5A").record
    record = put(record, "year_group=Year 5", since="2025-09-01").record
    assert placement_on(record, "2025-09-01")["class"] == "4B"
    assert placement_on(record, TODAY)["year_group"] == "5"


def test_a_placement_put_right_in_place():
    record = put(AMELIA, "class=4C", correct=True).record
    assert record["placements"] == [{"year_group": "4", "class": "4C"}]


def test_a_class_is_cleared():
    record = put(AMELIA, "class=").record
    assert "class" not in placement_on(record, TODAY)


def test_a_first_placement_by_set():
    bare = {k: v for k, v in AMELIA.items() if k != "placements"}
    assert put(bare, "class=4B").record["placements"] == [{"class": "4B"}]
    later = put(bare, "class=4B", since="2025-09-01").record
    assert later["placements"] == [{"from": "2025-09-01", "class": "4B"}]


def test_both_halves_in_one_command_are_one_placement():
    bare = {k: v for k, v in AMELIA.items() if k != "placements"}
    act = put(bare, "year_group=4", "class=4B")
    assert act.record["placements"] == [{"year_group": "4", "class": "4B"}]
    act = put(act.record, "year_group=5", "class=5A")
    assert act.record["placements"][1:] == [
        {"from": TODAY, "year_group": "5", "class": "5A"}
    ]
    assert "year group 4 -> 5, class 4B -> 5A from 20 October 2025" in act.said


def test_a_profile_of_a_new_day_copies_the_rest():
    record = put(AMELIA, "profile.strengths=Kind", since="2025-09-01").record
    record = put(record, "aspirations=Vet").record
    assert record["profiles"] == [
        {"date": "2025-09-01", "strengths": "Kind"},
        {"date": TODAY, "strengths": "Kind", "aspirations": "Vet"},
    ]
    same_day = put(record, "profile.strengths=Brave", "made_with=pupil,parent").record
    assert same_day["profiles"][1]["strengths"] == "Brave"
    assert same_day["profiles"][1]["made_with"] == ["pupil", "parent"]


def test_plain_fields_and_dates():
    act = put(AMELIA, "known_as=Millie", "dob=14/03/2017", "sex=girl")
    assert act.record["known_as"] == "Millie"
    assert act.record["date_of_birth"] == "2017-03-14"
    assert act.record["sex"] == "female"
    assert "14 March 2017" in act.said
    assert "known_as" not in put(act.record, "known_as=").record


def test_status_by_its_fields():
    record = put(AMELIA, "provision=SEN support", "layer=targeted").record
    assert record["status"] == [{"from": TODAY, "provision": "K", "layer": "targeted"}]
    record = put(record, "monitoring=no").record
    assert record["status"][0]["monitoring"] is False


def test_time_on_roll():
    record = put(AMELIA, "roll.from=06/09/2021", "roll.from_school=Acorns").record
    assert record["roll"] == [{"from": "2021-09-06", "from_school": "Acorns"}]


def test_any_field_by_its_path():
    cycle = {"id": "y2qf", "plan": {"review_by": "2025-12-12"}}
    record = {**AMELIA, "cycles": [cycle]}
    changed = put(record, "cycles[y2qf].plan.review_by=19/12/2025").record
    assert changed["cycles"][0]["plan"]["review_by"] == "2025-12-19"
    assert cycle["plan"]["review_by"] == "2025-12-12"
    with pytest.raises(NotFound):
        put(record, "cycles[zzzz].plan.review_by=19/12/2025")


@each_case(
    "typed",
    [
        "stautus=K",
        "class",
        "=x",
        "needs=x",
        "id=p0000",
        "cycles[",
        "first_name=",
        "a.b=c",
    ],
)
def test_fields_that_are_not_there(typed):
    with pytest.raises(UsageFault):
        put(AMELIA, typed)


@each_case(
    "typed",
    [
        "date_of_birth=30/02/2017",
        "date_of_birth=14/03/2031",
        "upn=Q999900024001",
        "year_group=17",
        "sex=x",
        "provision=Q",
        "monitoring=perhaps",
    ],
)
def test_values_that_cannot_be(typed):
    with pytest.raises(InvalidValue):
        put(AMELIA, typed)


def test_the_nearest_field_is_named():
    with pytest.raises(UsageFault) as caught:
        put(AMELIA, "date_of_brith=1")
    assert "date_of_birth" in caught.value.hint


CYCLE = {
    "id": "y2qf",
    "assess": {"date": "2025-09-15"},
    "plan": {
        "date": "2025-09-18",
        "interventions": [
            {"id": "i5tr", "provision": "x", "until": "2025-12-12"},
            {"id": "i5ts", "provision": "x", "until": "2025-10-01"},
        ],
    },
}


def test_a_leaver():
    act = leave({**AMELIA, "cycles": [CYCLE]}, TODAY, {"to_school": "Elm"}, TODAY)
    record = act.record
    assert record["roll"] == [{"until": TODAY, "to_school": "Elm"}]
    assert not on_roll(record, "2025-10-21")
    assert on_roll(record, TODAY)
    assert open_cycle(record) is None
    assert record["cycles"][0]["closed"] == {"date": TODAY, "reason": "left"}
    first, second = record["cycles"][0]["plan"]["interventions"]
    assert first["ended"]["date"] == TODAY
    assert "ended" not in second
    assert "1 intervention is ended" in act.said


def test_a_leaving_to_come_closes_nothing_before_its_day():
    record = {**AMELIA, "cycles": [CYCLE]}
    act = leave(record, "2025-12-19", {}, TODAY)
    assert act.record["roll"] == [{"until": "2025-12-19"}]
    assert act.record["cycles"] == [CYCLE]
    assert "closed" not in act.said
    assert not list(left_open(act.record, "2025-12-19"))
    (fault,) = left_open(act.record, "2025-12-20")
    assert fault.mend == f"sen pupil leave {AMELIA['id']} --date 2025-12-19"
    put_off = leave(act.record, "2026-01-09", {}, TODAY).record
    assert put_off["roll"] == [{"until": "2026-01-09"}]
    then = leave(act.record, "2025-12-19", {}, "2025-12-20").record
    assert open_cycle(then) is None


def test_who_has_left_cannot_leave_again():
    record = leave(AMELIA, "2025-07-22", {}, TODAY).record
    with pytest.raises(InvalidValue, match="22 July 2025"):
        leave(record, TODAY, {}, TODAY)
    again = leave(record, "2025-07-22", {"to_school": "Elm"}, TODAY).record
    assert again["roll"][0]["to_school"] == "Elm"


def test_nobody_leaves_before_coming():
    with pytest.raises(InvalidValue):
        leave({**AMELIA, "roll": [{"from": "2025-09-01"}]}, "2025-08-01", {}, TODAY)


@each_case(
    ("ending", "name"),
    [
        (".PDF", "fntk.pdf"),
        ("", "fntk"),
        (".x/../../y", "fntk"),
        (".amelia khan", "fntk"),
        (".docx", "fntk.docx"),
    ],
)
def test_a_stored_file_is_named_by_its_id(ending, name):
    assert stored_name("fntk", ending) == name
