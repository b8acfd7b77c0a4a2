"""Staff, rates, the catalogue, groups and terms."""

from __future__ import annotations

import pytest

from sencli.core.cycle import groups
from sencli.core.people import staff
from sencli.core.provision import catalogue
from sencli.core.school import first_files
from sencli.core.school.set_fields import ages
from sencli.core.school.set_fields import set_school
from sencli.core.school.terms import add_term
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import UsageFault
from sencli.resources import load_schema
from tests.cases import each_case

TODAY = "2025-10-20"
SCHOOL = first_files.school("Oak Primary", "J. Patel", {})
CATALOGUE = first_files.catalogue()


def with_staff(initials="KM", name="K. Morris", role="teacher", **more):
    return staff.add_staff(SCHOOL, initials, name, {"role": role, **more}, TODAY).record


def test_the_first_role_holds_as_far_back_as_we_know():
    assert with_staff()["staff"][1]["roles"] == [{"role": "teacher"}]


def test_a_new_role_begins_and_the_old_one_stays():
    record = staff.set_staff(with_staff(), "km", None, {"role": "hlta"}, TODAY).record
    person = record["staff"][1]
    assert staff.role_on(person, "2025-10-19")["role"] == "teacher"
    assert staff.role_on(person, TODAY) == {"role": "HLTA", "from": TODAY}


def test_initials_are_never_used_for_somebody_else():
    with pytest.raises(InvalidValue, match=r"K\. Morris"):
        staff.add_staff(with_staff(), "km", "Kay Moss", {}, TODAY)
    same = staff.add_staff(with_staff(), "KM", "K. Morris", {"role": "teacher"}, TODAY)
    assert same.record == with_staff()


@each_case("initials", ["", "1A", "K M", "ABCDEFGHI", "É"])
def test_what_cannot_be_initials(initials):
    with pytest.raises(InvalidValue):
        staff.add_staff(SCHOOL, initials, "K. Morris", {}, TODAY)


def test_a_leaver_of_the_staff_has_no_role_after():
    record = staff.set_staff(with_staff(), "KM", None, {}, TODAY, TODAY).record
    assert staff.role_on(record["staff"][1], "2025-10-21") == {}
    with pytest.raises(NotFound):
        staff.find_staff("Zed", record)


def test_a_rate_holds_until_the_next():
    first = staff.set_rate(SCHOOL, "ta", 1650, TODAY).record
    assert first["rates"] == [{"role": "TA", "pence_per_hour": 1650}]
    second = staff.set_rate(first, "TA", 1725, TODAY, "2026-04-01").record
    assert second["rates"][1] == {
        "role": "TA",
        "from": "2026-04-01",
        "pence_per_hour": 1725,
    }
    assert staff.set_rate(first, "TA", 1650, TODAY).record == first


@each_case("amount", [0, 1_000_001])
def test_a_rate_that_cannot_be(amount):
    with pytest.raises(InvalidValue):
        staff.set_rate(SCHOOL, "TA", amount, TODAY)


def test_a_provision_with_its_usual_dose():
    fields = {"minutes": 30, "sessions_per_week": 3.0, "tier": "targeted", "name": None}
    made = catalogue.add_provision(CATALOGUE, "precision-teaching", fields).record
    assert made["provisions"] == [
        {
            "key": "precision-teaching",
            "name": "Precision teaching",
            "tier": "targeted",
            "usual": {"minutes": 30, "sessions_per_week": 3},
        }
    ]
    changed = catalogue.set_provision(made, "precision", {"weeks": 12}).record
    assert changed["provisions"][0]["usual"]["minutes"] == 30
    again = catalogue.add_provision(changed, "precision-teaching", {"weeks": 10}).record
    assert again["provisions"][0]["usual"]["weeks"] == 10


@each_case("key", ["Précision Teaching", "a--b", "", "x" * 61, "-a"])
def test_a_key_is_plain(key):
    with pytest.raises(InvalidValue):
        catalogue.key_of(key, "provision")


def test_a_better_key_is_proposed():
    with pytest.raises(InvalidValue) as caught:
        catalogue.key_of("Précision Teaching!", "provision")
    assert caught.value.hint == "Type precision-teaching"


def test_scales():
    made = catalogue.add_scale(CATALOGUE, "smile", None, ["sad", "ok"], {}).record
    assert made["scales"][-1] == {
        "key": "smile",
        "kind": "ordinal",
        "values": ["sad", "ok"],
    }
    again = catalogue.add_scale(made, "smile", None, [], {"better": "lower"}).record
    assert again["scales"][-1]["values"] == ["sad", "ok"]


@each_case(
    ("kind", "words"),
    [("ordinal", ["one"]), ("age", ["a", "b"]), ("ordinal", ["A", "a"])],
)
def test_scales_that_cannot_be(kind, words):
    with pytest.raises(InvalidValue):
        catalogue.add_scale(CATALOGUE, "x", kind, words, {})


def test_members_of_a_group_come_from_the_records():
    made = groups.add_group(
        first_files.groups(),
        "HFW 1",
        {"provision": "precision-teaching"},
        lambda _: "q9ck",
    ).record
    item = {
        "id": "i5tr",
        "group": "q9ck",
        "from": "2025-09-22",
        "until": "2025-12-12",
    }
    record = {
        "id": "p7k2q",
        "first_name": "Amelia",
        "cycles": [{"id": "y2qf", "plan": {"interventions": [item]}}],
    }
    assert groups.members([record], "2025-10-01") == {"q9ck": ["Amelia"]}
    assert groups.members([record], "2025-12-13") == {}
    assert groups.members([record], "2025-09-21") == {}
    changed = groups.change_group(made, "hfw", {"name": "HFW 2"}).record
    assert changed["groups"][0]["name"] == "HFW 2"
    two = groups.add_group(changed, "HFW 1", {}, lambda _: "q9cm").record
    with pytest.raises(InvalidValue):
        groups.change_group(two, "HFW 1", {"name": "hfw 2"})
    with pytest.raises(InvalidValue):
        groups.change_group(two, "HFW 1", {"from": "2026-01-02", "until": "2026-01-01"})


AUTUMN = ("Autumn 2025", "2025-09-02", "2025-12-19", ("2025-10-27", "2025-10-31"))


def test_terms_stand_in_order_and_are_amended_by_name():
    spring = add_term(SCHOOL, "Spring 2026", "2026-01-05", "2026-03-27").record
    both = add_term(spring, *AUTUMN, closed=["2025-11-03"]).record
    assert [t["name"] for t in both["terms"]] == ["Autumn 2025", "Spring 2026"]
    moved = add_term(both, "autumn 2025", "2025-09-03", "2025-12-19").record
    assert moved["terms"][0]["half_term"]["start"] == "2025-10-27"


@each_case(
    ("start", "end", "half", "closed"),
    [
        ("2025-12-19", "2025-09-02", None, ()),
        ("2025-09-02", "2026-07-20", None, ()),
        ("2025-09-02", "2025-12-19", ("2025-10-31", "2025-10-27"), ()),
        ("2025-09-02", "2025-12-19", ("2026-02-16", "2026-02-20"), ()),
        ("2025-09-02", "2025-12-19", None, ("2025-08-31",)),
    ],
)
def test_terms_that_cannot_be(start, end, half, closed):
    with pytest.raises(InvalidValue):
        add_term(SCHOOL, "Autumn", start, end, half, closed)


def test_terms_do_not_overlap():
    with pytest.raises(InvalidValue, match="Autumn 2025"):
        add_term(add_term(SCHOOL, *AUTUMN).record, "X", "2025-12-01", "2026-02-01")


def test_fields_of_the_school():
    typed = ["urn=123456", "letterhead.colour=#1f4e79", "ages=4-11", "type=acad"]
    made = set_school(SCHOOL, typed, lambda day: day, load_schema("school")).record
    assert made["letterhead"] == {"colour": "#1f4e79"}
    assert made["type"] == "academy"
    assert made["ages"] == {"from": 4, "to": 11}
    cleared = set_school(
        made, ["letterhead.colour="], lambda day: day, load_schema("school")
    ).record
    assert "letterhead" not in cleared
    for wrong in ("staff=x", "name=", "urnn=1", "settings=1"):
        with pytest.raises(UsageFault):
            set_school(SCHOOL, [wrong], lambda day: day, load_schema("school"))


@each_case("typed", ["11-4", "x", "4", "-"])
def test_ages_that_cannot_be(typed):
    with pytest.raises(InvalidValue):
        ages(typed)
