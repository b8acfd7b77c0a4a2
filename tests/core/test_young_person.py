"""The young person: from which day the duties run to the pupil, and who acts."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from sencli.core.papers.readership import reader_kinds
from sencli.core.people.parent_privacy import separate
from sencli.core.people.parents import has_care
from sencli.core.people.parents import is_family
from sencli.core.people.parents import is_foster_carer
from sencli.core.people.parents import is_professional
from sencli.core.people.parents import professionals
from sencli.core.people.parents import readers
from sencli.core.people.young_person import compulsory_until
from sencli.core.people.young_person import duty_holders
from sencli.core.people.young_person import involved
from sencli.core.people.young_person import is_young_person
from tests.cases import each_case

MOTHER = {"id": "c1aa", "name": "Sana Khan", "relationship": "mother"}
FOSTER = {"id": "c2bb", "name": "Ann Wood", "relationship": "foster carer"}
WORKER = {
    "id": "c3cc",
    "name": "Jo Reed",
    "relationship": "social worker",
    "parental_responsibility": True,
}


@each_case(
    ("born", "last"),
    [
        ("2009-09-01", "2026-06-26"),  # the oldest of a school year
        ("2010-08-31", "2026-06-26"),  # and the youngest of it
        ("2010-09-01", "2027-06-25"),
        ("2008-02-29", "2024-06-28"),
        ("2007-12-31", "2024-06-28"),
    ],
)
def test_the_last_friday_in_june_of_the_year_of_the_sixteenth_birthday(born, last):
    assert compulsory_until(born) == last
    pupil = {"date_of_birth": born}
    assert not is_young_person(pupil, last)
    assert is_young_person(pupil, f"{last[:8]}{int(last[8:]) + 1:02}")


@given(st.dates(date(1950, 1, 1), date(2050, 12, 31)))
def test_it_is_always_a_friday_late_in_june_between_fifteen_and_seventeen(born):
    last = date.fromisoformat(compulsory_until(born.isoformat()))
    assert (last.weekday(), last.month) == (4, 6)
    assert last.day > 30 - 7
    assert 15 * 365 < (last - born).days < 17 * 366


def test_without_a_date_of_birth_the_sixth_form_says_it():
    def placed(year):
        return {"placements": [{"from": "2025-09-01", "year_group": year}]}

    assert is_young_person(placed("12"), "2026-01-01")
    assert not is_young_person(placed("11"), "2026-01-01")
    assert not is_young_person({}, "2026-01-01")


def test_duties_run_to_the_young_person_or_to_whoever_acts():
    record = {"date_of_birth": "2009-01-01", "contacts": [MOTHER]}
    assert "c1aa" in duty_holders(record, "2025-06-27")
    assert duty_holders(record, "2025-06-28") == {"pupil"}
    acting = {**record, "contacts": [{**MOTHER, "acts_for_pupil": True}]}
    assert duty_holders(acting, "2025-06-28") == {"c1aa", "parent", "parents"}
    assert "pupil" not in duty_holders(acting, "2025-06-28")
    assert involved(record, "2025-06-28") == []
    agreed = {**record, "contacts": [{**MOTHER, "involved": True}]}
    assert [c["id"] for c in involved(agreed, "2025-06-28")] == ["c1aa"]


def test_whoever_has_care_is_written_to_and_a_foster_carer_first():
    held = {**MOTHER, "parental_responsibility": True}
    record = {"contacts": [held, WORKER, FOSTER]}
    found, kept = readers(record, "2026-03-01")
    assert [c["id"] for c in found] == ["c2bb", "c1aa"]
    assert kept == []
    assert [c["id"] for c in professionals(record, "2026-03-01")] == ["c3cc"]
    assert separate(record, "2026-03-01")  # a foster carer and a mother are two homes
    stepfather = {"id": "c4dd", "name": "Al", "relationship": "stepfather"}
    home = {"contacts": [held, {**stepfather, "lives_with": True}]}
    assert [c["id"] for c in readers(home, "2026-03-01")[0]] == ["c1aa", "c4dd"]
    away = {"contacts": [held, {**stepfather, "lives_with": False}]}
    assert [c["id"] for c in readers(away, "2026-03-01")[0]] == ["c1aa"]
    brother = {"id": "c5ee", "name": "Cy", "relationship": "brother"}
    family = {"contacts": [held, {**brother, "lives_with": True}]}
    assert [c["id"] for c in readers(family, "2026-03-01")[0]] == ["c1aa"]


@each_case(
    ("relationship", "foster", "professional"),
    [
        ("foster carer", True, False),
        ("Foster mother", True, False),
        ("foster carer (local authority)", True, False),
        ("foster brother", False, False),
        ("foster sister", False, False),
        ("fostering social worker", False, True),
        ("foster carer's supervising social worker", False, True),
        ("foster care officer", False, True),
        ("social worker", False, True),
        ("father, army officer", False, False),
    ],
)
def test_who_fosters_and_who_works_for_an_authority(relationship, foster, professional):
    contact = {"id": "c9zz", "name": "Al", "relationship": relationship}
    assert is_foster_carer(contact) is foster
    assert is_professional(contact) is professional
    assert is_family(contact) is not professional
    if foster:
        assert has_care(contact)
    elif "brother" in relationship or "sister" in relationship:
        assert not has_care({**contact, "lives_with": True})


def test_how_a_reader_is_spoken_to():
    def kinds(to, year="12", contacts=(MOTHER,)):
        place = [{"from": "2020-09-01", "year_group": year}]
        return reader_kinds(
            {"placements": place, "contacts": list(contacts)}, "2026-01-01", to
        )

    assert kinds("pupil") == ("secondary", "young_person")
    assert kinds("c1aa") == ("secondary", "young_person_parent")
    assert kinds("c1aa", contacts=[{**MOTHER, "acts_for_pupil": True}]) == (
        "secondary",
        "acting",
    )
    assert kinds("", "N2") == ("early_years",)
    assert kinds("", "R") == ()
    assert kinds("c3cc", "4", [WORKER]) == ("professional",)
