"""Dated entries: laid in order, amended from a day or in place, never changed."""

from __future__ import annotations

import copy
from datetime import date

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.core.record.edit import amended
from sencli.core.record.edit import placed as laid
from sencli.core.record.lookup import newest

DAYS = st.dates(date(2020, 1, 1), date(2028, 12, 28)).map(lambda d: d.isoformat())
ENTRIES = st.lists(
    st.fixed_dictionaries({"from": DAYS, "value": st.integers(0, 9)}),
    unique_by=lambda e: e["from"],
    max_size=6,
).map(lambda listed: sorted(listed, key=lambda e: e["from"]))


@given(ENTRIES, DAYS, st.integers(0, 9))
@settings(max_examples=60, deadline=None)
def test_laying_keeps_order_and_says_what_it_was_told(entries, day, value):
    before = copy.deepcopy(entries)
    made = laid(entries, {"from": day, "value": value})
    assert entries == before
    assert [e["from"] for e in made] == sorted(e["from"] for e in made)
    assert newest(made, day)["value"] == value
    assert [e for e in made if e["from"] != day] == [
        e for e in entries if e["from"] != day
    ]


@given(ENTRIES.filter(bool), DAYS, st.integers(10, 19))
@settings(max_examples=60, deadline=None)
def test_an_amendment_holds_from_its_day_and_not_before(entries, day, value):
    current = newest(entries, day)
    if current is None:
        return
    made = amended(entries, current, {"value": value}, day)
    assert newest(made, day)["value"] == value
    for entry in entries:
        if entry["from"] < day:
            assert newest(made, entry["from"]) == newest(entries, entry["from"])


def test_what_was_wrong_from_the_start_is_amended_in_place():
    made = amended(
        [{"value": 1}], {"value": 1}, {"value": 2}, "2025-09-01", in_place=True
    )
    assert made == [{"value": 2}]


def test_an_entry_without_a_date_is_the_oldest():
    assert laid([{"from": "2025-09-01", "a": 1}], {"a": 0})[0] == {"a": 0}
