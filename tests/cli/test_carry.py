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
    term(
        f"cycle review amelia --date 11/12/2025 --outcome 1={result}",
        today="2025-12-11",
    )


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
        "--outcome 2=not-achieved",
        today="2025-12-11",
    )
    term("cycle open amelia --date 05/01/2026 --carry all", today="2026-01-05")
    plan = record(term, "amelia")["cycles"][1]["plan"]
    assert [o["outcome"] for o in plan["outcomes"]] == ["Asks for help"]


def test_what_still_runs_goes_on_and_is_not_counted_twice(term: Typed) -> None:
    term("intervention set amelia 1 --end 13/02/2026")
    term("intervention set amelia 1 --from 10/11/2025 --minutes 20")
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


def test_what_was_planned_to_the_end_of_the_cycle_goes_on(term: Typed) -> None:
    reviewed(term)
    result = term("cycle open amelia --date 05/01/2026 --carry 1", today="2026-01-05")
    assert "planned until 12 December 2025 and goes on" in result.err
    first, second = record(term, "amelia")["cycles"]
    old, new = first["plan"]["interventions"][0], second["plan"]["interventions"][0]
    assert old["until"] == "2025-12-12"
    assert (new["continues"], new["from"]) == (old["id"], "2026-01-05")
    assert "until" not in new
    assert new["dose"][0]["from"] == "2026-01-05"
    assert sound(term, "amelia")


@pytest.mark.parametrize("how", ["early", "ended", "replaced"])
def test_what_has_ended_is_named(term: Typed, how: str) -> None:
    if how == "early":
        term("intervention set amelia 1 --end 01/12/2025")
    if how == "ended":
        term("intervention end amelia 1 --date 12/12/2025", today="2025-12-15")
    reviewed(term)
    if how == "replaced":
        term("cycle review amelia --decision replace", today="2025-12-11")
    result = term("cycle open amelia --date 05/01/2026 --carry 1", today="2026-01-05")
    assert "2025 and is not carried on" in result.err
    assert "interventions" not in record(term, "amelia")["cycles"][1]["plan"]


def test_nothing_to_carry(term: Typed) -> None:
    refused(term, "cycle open cara --carry 1", code=4)
    reviewed(term, "achieved:63")
    refused(term, "cycle open amelia --carry 7", code=4)
    result = term("cycle open amelia --date 05/01/2026 --carry all", today="2026-01-05")
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


def test_adding_the_same_again_settles_what_was_carried(term: Typed) -> None:
    reviewed(term)
    term("cycle open amelia --date 05/01/2026 --carry 1", today="2026-01-08")
    term("cycle plan amelia --date 08/01/2026 --review-by 27/03", today="2026-01-08")
    term(
        "intervention add amelia precision-teaching --outcome 1 --minutes 20 "
        "--start 12/01/2026 --end 27/03/2026",
        today="2026-01-08",
    )
    first, second = record(term, "amelia")["cycles"]
    (support,) = second["plan"]["interventions"]
    assert support["continues"] == first["plan"]["interventions"][0]["id"]
    assert (support["from"], support["until"]) == ("2026-01-12", "2026-03-27")
    assert support["outcomes"] == [second["plan"]["outcomes"][0]["id"]]
    (dose,) = support["dose"]
    assert (dose["from"], dose["minutes"], dose["group_size"]) == ("2026-01-12", 20, 4)
    term("intervention add amelia precision-teaching --start 13/04/2026 --group New")
    assert len(record(term, "amelia")["cycles"][1]["plan"]["interventions"]) == 1 + 1


def test_strategies_go_on_with_all_and_keep_their_mark(term: Typed) -> None:
    term("cycle plan amelia --strategy 'Sits at the front' --share class")
    term("cycle plan amelia --strategy 'A word list on her table'")
    reviewed(term)
    term("cycle open amelia --date 05/01/2026 --carry all", today="2026-01-05")
    first, second = record(term, "amelia")["cycles"]
    told = [(s["text"], s.get("share", "")) for s in second["plan"]["strategies"]]
    assert ("Sits at the front", "class") in told
    assert ("A word list on her table", "") in told
    old = first["plan"]["strategies"]
    assert all(s["until"] == "2026-01-04" for s in old)
    assert not {s["id"] for s in old} & {s["id"] for s in second["plan"]["strategies"]}


def test_one_strategy_goes_on_by_its_number_and_no_outcome_with_it(term: Typed) -> None:
    term("cycle plan amelia --strategy 'Sits at the front' --share class")
    reviewed(term)
    number = len(record(term, "amelia")["cycles"][0]["plan"]["strategies"])
    done = term(
        f"cycle open amelia --date 05/01/2026 --carry s{number}", today="2026-01-05"
    )
    assert "Going on in class: Sits at the front." in done.err + done.out
    assert "unmet" not in done.err
    plan = record(term, "amelia")["cycles"][1]["plan"]
    assert list(plan) == ["strategies"]
    assert plan["strategies"][0]["share"] == "class"


def test_a_strategy_is_marked_later_and_the_mark_taken_off(term: Typed) -> None:
    def marks() -> list[str | None]:
        listed = record(term, "amelia")["cycles"][0]["plan"]["strategies"]
        return [s.get("share") for s in listed if s["text"] == "Sits at the front"]

    term("cycle plan amelia --strategy 'Sits at the front'")
    assert marks() == [None]
    term("cycle plan amelia --strategy 'sits at the front' --share class")
    assert marks() == ["class"]
    term("cycle plan amelia --strategy 'Sits at the front' --share nobody")
    assert marks() == [None]
    cycle = record(term, "amelia")["cycles"][0]
    item = cycle["plan"]["strategies"][-1]["id"]
    place = f"cycles[{cycle['id']}].plan.strategies[{item}].share=class"
    term(f"pupil set amelia '{place}'")
    assert marks() == ["class"]
    assert "may be shown to" in term("history amelia").out
    said = refused(term, "cycle plan amelia --share class", code=2).err
    assert "--share marks a strategy, and none is named." in said


def test_an_adjustment_is_marked_when_it_is_entered_or_later(term: Typed) -> None:
    term("adjustment add amelia 'Large print' --share class")
    term("adjustment add amelia 'Ear defenders'")
    term("adjustment set amelia 'ear' --share class")
    term("adjustment set amelia 'large' --share nobody")
    listed = record(term, "amelia")["adjustments"]
    assert [a.get("share") for a in listed] == [None, "class"]
