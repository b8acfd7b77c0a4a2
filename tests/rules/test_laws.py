"""Laws that hold for any record: judged without a stumble, always the same way."""

from __future__ import annotations

import copy
import json
from functools import cache
from typing import Any

import jsonschema_rs
from hypothesis import assume
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.core.due.due import due
from sencli.core.due.facts import due_row
from sencli.core.text.dates import add_days
from sencli.resources import schema_path
from sencli.rules import RULES
from sencli.rules import findings
from sencli.rules import whole_school
from sencli.rules.example import EXAMPLE_PROVISIONS
from sencli.rules.example import EXAMPLE_SCHOOL
from sencli.rules.example import example
from tests.rules.test_good_records import on_support
from tests.rules.test_good_records import with_plan

WHOLE = [
    on_support(),
    with_plan(),
    *(example(getattr(rule, side)) for rule in RULES for side in ("fails", "passes")),
]
NEEDED = {"schema", "id", "first_name"}
DAYS = st.integers(-900, 900).map(lambda n: add_days("2026-03-16", n))


@cache
def fits():
    schema = json.loads(schema_path("pupil").read_text(encoding="utf-8"))
    return jsonschema_rs.validator_for(schema, validate_formats=True).is_valid


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every (holder, key) in a record."""
    pairs = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    found = []
    for key, child in pairs:
        found.append((value, key))
        found += places(child)
    return found


@st.composite
def records(draw):
    """A whole record of which some parts were taken out, or a date moved."""
    record = copy.deepcopy(draw(st.sampled_from(WHOLE)))
    for _ in range(draw(st.integers(0, 8))):
        there = [at for at in places(record) if at[1] not in NEEDED]
        if not there:
            break
        holder, key = draw(st.sampled_from(there))
        if isinstance(holder[key], str) and holder[key][:2] == "20":
            holder[key] = draw(DAYS)
        else:
            del holder[key]
    assume(fits()(record))
    return record


@given(records(), DAYS)
@settings(max_examples=150, deadline=None)
def test_any_record_is_judged_on_any_day(record, day):
    before = copy.deepcopy(record)
    asked = {"provisions": EXAMPLE_PROVISIONS}
    found = findings(record, EXAMPLE_SCHOOL, day, **asked)
    assert found == findings(record, EXAMPLE_SCHOOL, day, **asked)
    whole_school([record], EXAMPLE_SCHOOL, day, **asked)
    assert record == before
    for finding in found:
        here = record
        for step in finding.path:
            if not isinstance(here, dict | list) or (
                isinstance(here, dict) and step not in here
            ):
                break
            here = here[step]


@given(records(), DAYS)
@settings(max_examples=150, deadline=None)
def test_what_is_due_of_any_record(record, day):
    row = json.loads(json.dumps(due_row(record)))
    until = add_days(day, 60)
    found = due([row], EXAMPLE_SCHOOL, day, until)
    assert all(item.due <= until for item in found)
    soon = due([row], EXAMPLE_SCHOOL, day, day)
    assert [item for item in found if item.due <= day] == soon


@given(records(), DAYS)
@settings(max_examples=60, deadline=None)
def test_a_school_without_anything_entered(record, day):
    bare = {"schema": 1, "name": "Oak Primary"}
    findings(record, bare, day)
    due([due_row(record)], bare, day, add_days(day, 60))
