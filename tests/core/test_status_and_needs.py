"""Status and needs over time."""

from __future__ import annotations

import itertools

import pytest

from sencli.core.pupil.needs import add_need
from sencli.core.pupil.needs import end_need
from sencli.core.pupil.needs import set_need
from sencli.core.pupil.needs import since_support
from sencli.core.pupil.status import set_status
from sencli.core.record.lookup import needs_on
from sencli.core.record.lookup import status_on
from sencli.errors import InvalidValue
from sencli.errors import NotFound

TODAY = "2025-10-20"
AMELIA = {"schema": 1, "id": "p7k2q", "first_name": "Amelia", "last_name": "Khan"}


NUMBERS = itertools.count(1)


def new_id(kind: str) -> str:
    return f"{kind[0]}{next(NUMBERS):03d}"


def supported(since: str = "2025-09-15"):
    return set_status(AMELIA, "K", {}, TODAY, since).record


def test_a_status_holds_from_its_day():
    record = supported()
    assert status_on(record, "2025-09-14")["provision"] == "N"
    assert status_on(record, "2025-09-15")["provision"] == "K"
    assert "status" not in AMELIA


def test_the_same_status_again_amends_what_is_named():
    told = {"who": "parent", "date": "2025-09-18"}
    act = set_status(supported(), "K", {"reason": "Agreed"}, TODAY, told=told)
    assert act.record["status"] == [
        {"from": "2025-09-15", "provision": "K", "reason": "Agreed", "told": [told]}
    ]
    again = set_status(act.record, "K", {}, TODAY, told={**told, "how": "letter"})
    assert again.record["status"][0]["told"] == [{**told, "how": "letter"}]


def test_the_same_status_of_a_later_day_changes_nothing():
    record = set_status(supported(), "K", {"reason": "Agreed"}, TODAY).record
    assert set_status(record, "K", {}, TODAY, "2025-10-01").record == record
    assert set_status(record, "K", {}, TODAY).record == record


def test_another_layer_begins_a_new_entry_and_the_layer_stays_with_the_code():
    record = set_status(supported(), "K", {"layer": "targeted"}, TODAY).record
    assert [s["from"] for s in record["status"]] == ["2025-09-15", TODAY]
    later = set_status(record, "E", {}, "2026-01-10").record
    assert "layer" not in later["status"][-1]


def test_an_earlier_status_says_what_still_holds_later():
    act = set_status(supported(), "N", {}, TODAY, "2025-06-01")
    assert "15 September 2025" in act.warnings[0]
    assert status_on(act.record, TODAY)["provision"] == "K"


def test_a_status_before_birth_is_refused():
    with pytest.raises(InvalidValue):
        set_status(
            {**AMELIA, "date_of_birth": "2017-03-14"}, "K", {}, TODAY, "2016-01-01"
        )


def test_the_first_need_holds_from_the_day_support_began():
    record = supported("2024-09-01")
    record = set_status(record, "E", {}, TODAY, "2025-05-01").record
    assert since_support(record, TODAY) == "2024-09-01"
    first = add_need(record, "SLCN", {"description": "Slow"}, TODAY, new_id).record
    assert first["needs"][0]["from"] == "2024-09-01"
    assert first["needs"][0]["rank"] == 1
    second = add_need(first, "SEMH", {}, TODAY, new_id).record
    assert second["needs"][1]["from"] == TODAY
    assert second["needs"][1]["rank"] == 2


def test_support_that_ended_does_not_count():
    record = set_status(supported("2023-09-01"), "N", {}, TODAY, "2024-01-01").record
    record = set_status(record, "K", {}, TODAY, "2025-09-01").record
    assert since_support(record, TODAY) == "2025-09-01"


def test_a_need_keeps_its_id_when_its_rank_changes():
    record = add_need(supported(), "SLCN", {}, TODAY, new_id).record
    changed = set_need(record, "slcn", {"rank": 2}, TODAY).record
    assert len({n["id"] for n in changed["needs"]}) == 1
    assert needs_on(changed, "2025-10-01")[0]["rank"] == 1
    assert needs_on(changed, TODAY)[0]["rank"] == 2


def test_a_need_is_put_right_in_place():
    record = add_need(supported(), "SLCN", {}, TODAY, new_id).record
    changed = set_need(record, "1", {"description": "x"}, TODAY, in_place=True).record
    assert len(changed["needs"]) == 1


def test_two_needs_of_one_rank_are_told():
    record = add_need(supported(), "SLCN", {}, TODAY, new_id).record
    act = add_need(record, "SEMH", {"rank": 1}, TODAY, new_id)
    assert "sen need set p7k2q SLCN --rank NUMBER" in act.warnings[0]


def test_a_need_ends_and_is_not_there_the_day_after():
    record = add_need(supported(), "SLCN", {}, TODAY, new_id).record
    ended = end_need(record, "SLCN", TODAY).record
    assert needs_on(ended, TODAY)
    assert not needs_on(ended, "2025-10-21")
    with pytest.raises(InvalidValue):
        end_need(record, record["needs"][0]["id"], "2025-01-01")


def test_a_need_that_is_not_there():
    with pytest.raises(NotFound):
        set_need(supported(), "SEMH", {"rank": 1}, TODAY)
