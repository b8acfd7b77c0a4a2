"""Papers about a young person: theirs first, a parent's as they agree."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Typed
from tests.conftest import school_of


@school_of
def sixth_former(oak: Typed) -> None:
    oak("pupil", "add", "Noah Whittaker", "--year", "12", "--dob", "03/02/2009")
    oak("contact", "add", "noah", "Sana Whittaker", "--relationship", "mother")
    oak("contact", "add", "noah", "Col Whittaker", "--relationship", "father")
    oak("status", "set", "noah", "K", "--since", "01/09/2025")
    views = ("--parent-view", "mother: He worries", "--pupil-view", "I like music")
    oak("cycle", "open", "noah", "--date", "08/09/2025", "--assessment", "Slow", *views)


def test_the_page_is_the_young_persons(sixth_former: Typed) -> None:
    page = sixth_former("summary noah --as-at 15/10/2025").out
    assert "This page is about the extra help you get." in page
    assert "I like music" in page
    assert "He worries" not in page
    assert "Parent or carer" not in page
    before = sixth_former("summary noah --as-at 10/09/2025 --format md").out
    assert "about the extra help you get" in before


def test_a_parent_has_a_page_if_the_young_person_agrees(sixth_former: Typed) -> None:
    refused = sixth_former("summary noah --to sana", code=3)
    assert "papers go to Noah Whittaker" in refused.err
    told = [line for line in refused.err.splitlines() if "--involved" in line]
    sixth_former(told[0].partition("sen ")[2])
    page = sixth_former("summary noah --to sana").out
    assert "Noah has agreed that we keep you informed." in page
    assert "the extra help Noah gets" in page
    sixth_former("summary noah --to col", code=3)
    both = sixth_former("summary noah").out
    assert "extra help you get" in both
    assert "extra help Noah gets" in both


def test_whoever_acts_has_it_in_the_young_persons_place(sixth_former: Typed) -> None:
    sixth_former("contact set noah col --acts-for-pupil")
    page = sixth_former("summary noah").out
    assert "because you act for Noah" in page
    assert "the extra help you get" not in page
    listed = sixth_former("pupil show noah").out
    assert "acts for the pupil" in listed


def test_duties_are_said_to_be_the_young_persons(sixth_former: Typed) -> None:
    found = json.loads(sixth_former("check noah --format json", code=None).out)
    said = {p["code"]: p["message"] for p in found}
    assert said["A13"].startswith("The young person has not been told")
    sixth_former("cycle plan noah --parents-notified 09/09/2025 --date 09/09/2025")
    record = json.loads(sixth_former("pupil show noah --format json").out)
    assert record["status"][0]["told"] == [{"who": "pupil", "date": "2025-09-09"}]
    found = json.loads(sixth_former("check noah --format json", code=None).out)
    assert "A13" not in {p["code"] for p in found}


@pytest.mark.parametrize(
    ("year", "said"),
    [("N1", "Key person"), ("4", "Class teacher"), ("8", "Form tutor")],
)
def test_people_are_called_as_the_setting_calls_them(
    oak: Typed, year: str, said: str
) -> None:
    oak("pupil", "add", "Mia Reed", "--year", year)
    oak("status", "set", "mia", "K", "--since", "01/09/2025")
    assert said in oak("summary mia").out
