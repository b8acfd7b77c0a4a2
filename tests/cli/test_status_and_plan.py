"""The status beside the plan, and since when there is support, as typed."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Typed
from tests.conftest import school_of


@school_of
def layers(oak: Typed) -> None:
    oak("staff", "add", "JP", "--name", "J. Patel", "--role", "SENCO", code=None)
    oak("pupil", "add", "Ben Ash", "--year", "4")
    oak("contact", "add", "ben", "Lou Ash", "--relationship", "father")
    oak("status set ben K --since 03/09/2024 --layer targeted --reason Agreed")
    oak("status set ben K --since 05/05/2025 --layer specialist")


def test_support_began_when_it_began_and_not_when_its_layer_changed(layers):
    for line in ("summary ben", "print support-plan ben", "print case ben"):
        assert "3 September 2024" in layers(line).out
    assert "since 3 September 2024" in layers("pupil show ben").out
    letter = layers("print letter-support-begins ben").out
    assert "3 September 2024" in letter
    assert "5 May 2025" not in letter


def test_support_ended_when_it_ended_and_not_when_watching_did(layers):
    layers("status set ben N --since 01/09/2025 --reason Caught-up --monitoring")
    layers("status set ben N --since 06/10/2025 --no-monitoring")
    letter = layers("print letter-support-ends ben").out
    assert "1 September 2025" in letter
    assert "6 October 2025" not in letter


@pytest.fixture
def beside(layers):
    layers("ehc issue ben --date 10/11/2024 --authority Westmere --outcome Talks")
    return layers


def found(typed, *codes):
    done = typed("check ben --format json", code=None)
    listed = json.loads(done.out)
    listed = listed if isinstance(listed, list) else listed["findings"]
    return {f["code"] for f in listed} & set(codes)


def test_a_plan_in_force_and_a_status_of_k(beside):
    beside("status set ben K --since 01/09/2025")
    assert found(beside, "D14", "D01") == {"D14", "D01"}
    assert "Annual review" in beside("due --within 8w").out
    assert "EHC plan since" in beside("print support-plan ben").out
    assert "education, health and care plan" in beside("summary ben").out
    refused = beside("status end ben --date 20/10/2025 --reason Done", code=3)
    assert "the authority ceases it" in refused.err
    beside("status set ben E --since 01/09/2025")
    assert found(beside, "D14") == set()


def test_a_plan_that_ceased_and_a_status_of_e(beside):
    beside("status set ben E --since 10/11/2024")
    beside("status set ben E --since 05/05/2025")
    beside("ehc cease ben --date 13/10/2025 --reason Moved-on")
    assert found(beside, "D14", "D01") == {"D14"}
    assert "Annual review" not in beside("due --within 8w").out
    beside("status end ben --date 13/10/2025 --reason Moved-on --told parent")
    assert found(beside, "D14") == set()
