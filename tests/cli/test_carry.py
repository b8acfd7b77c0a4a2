"""Carrying unmet outcomes and running interventions into the next cycle."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli import lesson
from tests.cli.lesson import record
from tests.cli.lesson import refused
from tests.cli.lesson import sound
from tests.conftest import Typed


@pytest.fixture
def term(tmp_path: Path) -> Typed:
    return lesson.school(tmp_path, lesson.LINES + lesson.IN_TERM)


def reviewed(term: Typed, result: str = "partly-achieved:48") -> None:
    term(f"cycle review amelia --date 11/12/2025 --outcome 1={result}")


def test_an_outcome_goes_on_from_its_last_value(term: Typed) -> None:
    reviewed(term)
    term("cycle open amelia --date 05/01/2026 --carry 1", today="2026-01-05")
    first, second = record(term, "amelia")["cycles"]
    old, new = first["plan"]["outcomes"][0], second["plan"]["outcomes"][0]
    assert new["continues"] == old["id"]
    assert new["id"] != old["id"]
    assert new["outcome"] == old["outcome"]
    assert new["measure"] == "words of 100"
    assert new["baseline"] == {"date": "2025-12-11", "value": 48}
    assert new["target"] == {"value": 60}


def test_all_is_what_was_unmet(term: Typed) -> None:
    term("outcome add amelia 'Asks for help'")
    term(
        "cycle review amelia --date 11/12/2025 --outcome 1=achieved:63 "
        "--outcome 2=not-achieved"
    )
    term("cycle open amelia --date 05/01/2026 --carry all", today="2026-01-05")
    plan = record(term, "amelia")["cycles"][1]["plan"]
    assert [o["outcome"] for o in plan["outcomes"]] == ["Asks for help"]


def test_what_still_runs_goes_on_and_is_not_counted_twice(term: Typed) -> None:
    term("intervention change amelia 1 --end 13/02/2026")
    term("intervention change amelia 1 --from 10/11/2025 --minutes 20")
    term("session log amelia --date 06/01/2026", today="2026-01-08")
    reviewed(term)
    term("cycle open amelia --date 05/01/2026 --carry 1", today="2026-01-08")
    first, second = record(term, "amelia")["cycles"]
    old, new = first["plan"]["interventions"][0], second["plan"]["interventions"][0]
    assert old["until"] == "2026-01-04"
    assert new["continues"] == old["id"]
    assert (new["from"], new["until"]) == ("2026-01-05", "2026-02-13")
    assert new["outcomes"] == [second["plan"]["outcomes"][0]["id"]]
    assert new["group"] == old["group"]
    assert new["dose"] == [
        {
            "from": "2026-01-05",
            "minutes": 20,
            "sessions_per_week": 3,
            "group_size": 4,
            "led_by": ["TA2"],
        }
    ]
    # the session of January went with it
    assert second["do"]["sessions"] == [
        {"date": "2026-01-06", "intervention": new["id"]}
    ]
    assert "sessions" not in first.get("do", {})
    assert sound(term, "amelia")


def test_what_has_ended_is_named(term: Typed) -> None:
    reviewed(term)
    result = term("cycle open amelia --date 05/01/2026 --carry 1", today="2026-01-05")
    assert "ended on 12 December 2025" in result.err
    assert "interventions" not in record(term, "amelia")["cycles"][1]["plan"]


def test_nothing_to_carry(term: Typed) -> None:
    refused(term, "cycle open cara --carry 1", code=4)
    reviewed(term, "achieved:63")
    refused(term, "cycle open amelia --carry 7", code=4)
    result = term("cycle open amelia --date 05/01/2026 --carry all")
    assert "nothing was carried on" in result.err


def test_an_entry_goes_to_the_cycle_current_on_its_day(term: Typed) -> None:
    reviewed(term)
    term("cycle open amelia --date 05/01/2026 --carry 1", today="2026-01-05")
    term("outcome measure amelia 1 45 --date 05/12/2025", today="2026-01-08")
    term("outcome measure amelia 1 52 --date 08/01/2026", today="2026-01-08")
    first, second = record(term, "amelia")["cycles"]
    assert first["do"]["measurements"][0]["value"] == 45
    old = first["plan"]["outcomes"][0]["id"]
    assert first["do"]["measurements"][0]["outcome"] == old
    assert second["do"]["measurements"][0]["value"] == 52
