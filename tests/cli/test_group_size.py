"""The number in a group counts where a group is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sencli.core.provision.adults_cost import adults_pence
from sencli.core.provision.group_members import Members
from tests.cli import lesson
from tests.conftest import Typed

NAMES = ("Ada", "Bea", "Cid", "Dot", "Eli", "Fay")


def lines(count: int) -> tuple[str, ...]:
    """So many pupils in one group, whose dose is for four."""
    made = []
    for name in NAMES[:count]:
        made += [
            f"pupil add '{name} Stone' --year-group 4 --class 4B",
            f"status set {name} K --since 15/09/2025",
            f"cycle open {name} --date 15/09/2025",
            f"cycle plan {name} --date 18/09/2025 --review-by 12/12/2025",
            (
                f"intervention add {name} precision-teaching --led-by TA2 "
                "--group 'HFW 1' --start 22/09/2025 --end 12/12/2025"
            ),
        ]
    return (*lesson.LINES, *made)


def rows(sen: Typed, *more: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(sen("map", *more, "--format", "json").out)
    return found


@pytest.mark.parametrize("count", [2, 4, 6])
def test_each_is_charged_by_those_in_the_group(tmp_path: Path, count: int) -> None:
    sen = lesson.school(tmp_path, lines(count))
    found = rows(sen)
    adults = 12 * 3 * 825  # weeks, sessions, half an hour of a TA
    assert [row["group_size"] for row in found["rows"]] == [count] * count
    assert {row["planned_group_size"] for row in found["rows"]} == {4}
    assert {row["cost_pence"] for row in found["rows"]} == {adults // count}
    assert found["total_pence"] == found["adults_pence"] == adults
    one = rows(sen, "--pupil", "ada")
    assert one["rows"][0]["group_size"] == count
    assert (one["total_pence"], one["adults_pence"]) == (adults // count, adults)


def test_six_with_a_dose_for_four_are_a_finding_and_parents_read_six(
    tmp_path: Path,
) -> None:
    sen = lesson.school(tmp_path, lines(6))
    told = "HFW 1 was planned for 4 pupils, and 6 are in it"
    assert told in sen("map").out
    assert "small group of 6" in " ".join(sen("summary", "ada").out.split())
    assert "group of 4" not in sen("print", "support-plan", "ada").out
    found = json.loads(sen("check", "--format", "json", code=None).out)
    mine = [f for f in found if f["code"] == "group"]
    assert len(mine) == 6
    assert {f["level"] for f in mine} == {"should"}
    assert told in mine[0]["message"]
    assert all(f["line"] for f in mine)
    for finding in mine:
        assert sen(finding["mend"], code=3).err
        sen(finding["mend"].replace("NUMBER", "6"))
    found = json.loads(sen("check", "--format", "json", code=None).out)
    assert not [f for f in found if f["code"] == "group"]
    assert told not in sen("map").out


def test_of_one_alone_the_plan_holds_and_no_number_is_told(tmp_path: Path) -> None:
    sen = lesson.school(tmp_path, lines(1))
    (row,) = rows(sen)["rows"]
    assert (row["group_size"], row["cost_pence"]) == (4, 7425)
    told = " ".join(sen("summary", "ada").out.split())
    assert "in a small group." in told or "in a small group " in told
    assert "small group of" not in told
    found = sen("check --level all", code=None).out
    assert "HFW 1 was planned for 4 pupils, and 1 is in it" in found
    assert "HFW 1 was planned" not in sen("check", code=None).out


def test_totals_say_which_they_are(tmp_path: Path) -> None:
    sen = lesson.school(tmp_path, lines(4))
    plain = sen("map", "--pupil", "ada").out
    assert "what the adults cost" not in plain
    both = sen("map", "--pupil", "ada", "--adults").out
    assert "Total: pupils' shares" in both
    assert "£74.25" in both
    assert "Total: what the adults cost" in both
    assert "£297.00" in both
    for line in ("map --adults --by class", "print map --adults --format csv"):
        assert "what the adults cost" in sen(line).out
    assert "--no-costs" in sen("map --adults --no-costs", code=2).err
    assert "--no-costs" in sen("print map --adults --no-costs", code=2).err


def test_who_leaves_the_group_is_counted_until_then(tmp_path: Path) -> None:
    sen = lesson.school(tmp_path, lines(4))
    sen("intervention end dot 1 --date 17/10/2025")
    row = next(r for r in rows(sen, "--to", "12/12/2025")["rows"] if "Ada" in r["name"])
    # four weeks of four, eight of three
    assert row["cost_pence"] == 4 * 3 * 825 // 4 + 8 * 3 * 825 // 3


def test_delivered_shares_leave_the_absent_out_and_the_adult_costs_the_same(
    tmp_path: Path,
) -> None:
    sen = lesson.school(tmp_path, lines(4))
    sen("session log 'HFW 1' --date 13/10/2025 --absent dot")
    found = rows(sen, "--to-date")
    assert found["total_pence"] == 3 * 206
    assert found["adults_pence"] == 825


def test_without_a_group_the_dose_has_the_number() -> None:
    record = {
        "id": "p1",
        "cycles": [
            {
                "id": "y1",
                "plan": {
                    "review_by": "2025-12-12",
                    "interventions": [
                        {"id": "i1", "provision": "x", "from": "2025-09-22"},
                        {
                            "id": "i2",
                            "provision": "x",
                            "group": "g1",
                            "from": "2025-09-22",
                        },
                    ],
                },
            }
        ],
    }
    members = Members.of([record, {**record, "id": "p2"}])
    assert members.on("g1", "2025-10-01", (), lambda _: {}) == 2
    assert members.on("g1", "2025-12-13", (), lambda _: {}) == 0
    assert members.on("g2", "2025-10-01", (), lambda _: {}) == 0
    assert adults_pence([]) == 0
