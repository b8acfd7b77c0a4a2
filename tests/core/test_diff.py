"""Change by change: items go by what they are, not by where they stand."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.core.record.as_at import as_at
from sencli.core.record.diff import diff
from sencli.resources import schema_path

ROOT: dict[str, Any] = json.loads(schema_path("pupil").read_text("utf-8"))


def record() -> dict[str, Any]:
    return {
        "schema": 1,
        "id": "p7k2q",
        "first_name": "Amelia",
        "status": [{"from": "2025-09-15", "provision": "K"}],
        "cycles": [
            {
                "id": "y2qf",
                "assess": {"date": "2025-09-15"},
                "plan": {
                    "date": "2025-09-18",
                    "outcomes": [
                        {"id": "o8fd", "outcome": "Reads", "target": {"value": 60}},
                        {"id": "o9gh", "outcome": "Asks"},
                    ],
                },
                "do": {
                    "sessions": [
                        {"date": "2025-09-22", "intervention": "i5tr"},
                        {
                            "date": "2025-09-24",
                            "intervention": "i5tr",
                            "missed": "pupil_absent",
                        },
                    ]
                },
                "review": {"date": "2025-12-11"},
                "closed": {"date": "2025-12-11", "reason": "reviewed"},
            }
        ],
    }


def changes(old: Any, new: Any) -> list[tuple[str, Any, Any]]:
    return [(c.path, c.old, c.new) for c in diff(old, new, ROOT)]


def test_one_field_is_one_change() -> None:
    new = record()
    new["cycles"][0]["plan"]["outcomes"][0]["target"]["value"] = 70
    assert changes(record(), new) == [
        ("cycles[y2qf].plan.outcomes[o8fd].target.value", 60, 70)
    ]


def test_a_new_order_is_no_change_and_a_first_item_moves_nothing() -> None:
    new = record()
    new["cycles"][0]["plan"]["outcomes"].reverse()
    assert changes(record(), new) == []
    added = {"id": "o1aa", "outcome": "Writes"}
    new["cycles"][0]["plan"]["outcomes"].insert(0, added)
    assert changes(record(), new) == [("cycles[y2qf].plan.outcomes[o1aa]", None, added)]


def test_a_session_is_its_intervention_and_date() -> None:
    new = record()
    gone = new["cycles"][0]["do"]["sessions"].pop(0)
    assert changes(record(), new) == [
        ("cycles[y2qf].do.sessions[i5tr 2025-09-22]", gone, None)
    ]


def test_as_at_drops_what_came_after() -> None:
    then = as_at(record(), "2025-10-20", ROOT)
    cycle = then["cycles"][0]
    assert "review" not in cycle
    assert "closed" not in cycle
    assert len(cycle["do"]["sessions"]) == 2
    assert as_at(record(), "2025-09-23", ROOT)["cycles"][0]["do"]["sessions"] == [
        {"date": "2025-09-22", "intervention": "i5tr"}
    ]
    assert "plan" not in as_at(record(), "2025-09-16", ROOT)["cycles"][0]
    early = as_at(record(), "2025-09-01", ROOT)
    assert early["cycles"] == []
    assert early["status"] == []


def test_as_at_never_touches_the_record() -> None:
    before = record()
    as_at(before, "2025-09-01", ROOT)
    assert before == record()


DAYS = st.dates().map(lambda d: f"2025-{d.month:02d}-{min(d.day, 28):02d}")


@settings(deadline=None, max_examples=60)
@given(DAYS, DAYS)
def test_as_at_an_earlier_day_of_a_later_day_is_the_earlier_day(
    one: str, two: str
) -> None:
    first, second = sorted((one, two))
    later = as_at(record(), second, ROOT)
    assert as_at(later, first, ROOT) == as_at(record(), first, ROOT)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(["o8fd", "o9gh", "o1aa"]), unique=True), st.integers())
def test_no_change_is_no_change_and_a_change_is_seen(
    kept: list[str], value: int
) -> None:
    old, new = record(), copy.deepcopy(record())
    new["cycles"][0]["plan"]["outcomes"] = [
        {"id": name, "outcome": "Reads", "target": {"value": value}} for name in kept
    ]
    assert (changes(old, new) == []) == (old == new)
    assert changes(new, copy.deepcopy(new)) == []
