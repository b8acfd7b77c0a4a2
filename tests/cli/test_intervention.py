"""Interventions: doses, groups, changes and ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli import lesson
from tests.cli.lesson import commits
from tests.cli.lesson import read
from tests.cli.lesson import record
from tests.cli.lesson import refused
from tests.cli.lesson import sound
from tests.conftest import Typed


@pytest.fixture
def term(tmp_path: Path) -> Typed:
    return lesson.school(tmp_path, lesson.LINES + lesson.IN_TERM)


def items(sen: Typed, who: str = "amelia") -> list[dict[str, Any]]:
    cycle = record(sen, who)["cycles"][-1]
    found: list[dict[str, Any]] = cycle["plan"]["interventions"]
    return found


def test_the_usual_dose_is_written_down(term: Typed) -> None:
    made = items(term)[0]
    assert made["dose"] == [
        {
            "from": "2025-09-22",
            "minutes": 30,
            "sessions_per_week": 3,
            "group_size": 4,
            "led_by": ["TA2"],
        }
    ]
    assert made["tier"] == "targeted"
    term("provision set precision-teaching --minutes 10")
    assert items(term)[0]["dose"][0]["minutes"] == 30


def test_the_role_stands_where_nobody_is_named(term: Typed) -> None:
    assert items(term, "ben")[0]["dose"][0]["role"] == "TA"


def test_a_new_group_is_made_in_the_same_commit_and_used_again(term: Typed) -> None:
    assert len(read(term, "groups.yaml")["groups"]) == 1
    before = commits(term)
    result = term("intervention add amelia lego --group 'Lego 1' --start 29/09/2025")
    assert commits(term) == before + 1
    group = read(term, "groups.yaml")["groups"][1]
    assert group["name"] == "Lego 1"
    assert group["provision"] == "lego"
    assert items(term)[1]["group"] == group["id"]
    assert "Lego therapy, in Lego 1" in result.out
    term("intervention add ben lego --group 'lego  1' --start 22/09/2025")
    groups = read(term, "groups.yaml")["groups"]
    assert len(groups) == 2
    assert groups[1]["from"] == "2025-09-22"


def test_a_group_of_another_provision_is_refused(term: Typed) -> None:
    result = refused(term, "intervention add amelia lego --group 'HFW 1'", code=3)
    assert "not for lego" in result.err


def test_a_near_name_is_a_new_group_and_said(term: Typed) -> None:
    result = term("intervention add amelia prec --group HFW")
    assert "There is also HFW 1" in result.err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("add amelia nothing", 4, "sen provision add"),
        ("add amelia lego --start 22/09/2025 --end 21/09/2025", 3, "before the start"),
        ("add amelia lego --outcome 5", 4, "1. Reads 60"),
        ("add amelia lego --led-by ZZ", 4, "sen staff add"),
        ("add amelia lego --days mon,wed --sessions-per-week 3", 3, "do not fit"),
        ("add amelia lego --days someday", 3, "school week"),
        ("add amelia lego --time 25:00", 3, "09:30"),
        ("add amelia lego --sessions-per-week 0", 3, "sessions a week"),
        ("add amelia lego --minutes 0", 2, "--minutes"),
        ("add amelia lego --section-f 1", 4, "section F"),
        ("add amelia lego --within 7", 4, "1. Precision teaching"),
        ("add cara lego", 4, "sen cycle open"),
        ("change amelia 1", 2, "Nothing to change"),
        ("change amelia 7 --minutes 20", 4, "1. Precision teaching"),
        ("change amelia 1 --minutes 20 --from 01/02/2026", 3, "lies outside"),
        ("change amelia 1 --end 01/09/2025", 3, "before the start"),
        ("end amelia 1 --date 01/09/2025", 3, "sen remove"),
        ("end amelia 1 --date 13/12/2025", 3, "--end"),
    ],
)
def test_refusals(term: Typed, words: str, code: int, said: str) -> None:
    result = refused(term, f"intervention {words}", code=code)
    assert said in result.err


def test_everything_that_can_be_said(term: Typed) -> None:
    term(
        "intervention add amelia lego --outcome 1 --led-by TA2,KM --minutes 40 "
        "--days wed,mon --time 9:30 --group-size 3 --tier specialist --within 1 "
        "--expected-impact 'Takes turns' --other-cost 12.50 --funding-source top-up "
        "--class-link 'Turn cards' --start 29/09/2025 --end 12/12/2025"
    )
    made = items(term)[1]
    assert made["dose"][0]["days"] == ["mon", "wed"]
    assert made["dose"][0]["sessions_per_week"] == 2
    assert made["dose"][0]["time"] == "09:30"
    assert made["dose"][0]["led_by"] == ["TA2", "KM"]
    assert made["other_cost_pence"] == 1250
    assert made["within"] == items(term)[0]["id"]
    assert sound(term, "amelia")


def test_weeks_in_place_of_an_end(term: Typed) -> None:
    term("intervention add amelia lego --start 22/09/2025 --weeks 6")
    assert items(term)[1]["until"] == "2025-10-31"


def test_a_change_is_a_new_dose_from_a_day(term: Typed) -> None:
    result = term(
        "intervention set amelia 1 --from 03/11/2025 --minutes 20 "
        "--reason 'tired after lunch'"
    )
    made = items(term)[0]
    assert made["dose"][1] == {"from": "2025-11-03", "minutes": 20}
    change = record(term, "amelia")["cycles"][0]["do"]["changes"][0]
    assert change["item"] == made["id"]
    assert change["reason"] == "tired after lunch"
    assert "from 3 November 2025: 20 minutes, 3 times a week" in result.out
    # the older word is taken, and shown nowhere
    term("intervention change amelia 1 --from 03/11/2025 --minutes 15")
    assert len(items(term)[0]["dose"]) == 2
    for older in ("intervention change", "change intervention"):
        assert "intervention set [OPTIONS]" in term(f"{older} --help").out
    for noun in ("intervention", "group"):
        listed = term(f"{noun} --help").out.split("Commands:")[1].split("\n")
        verbs = [line.split()[0] for line in listed if line[:3].strip()]
        assert "set" in verbs
        assert "change" not in verbs
    assert "sen group change" not in term("group change x --bare", code=2).err


def test_moving_the_start_moves_the_first_dose(term: Typed) -> None:
    term("intervention set amelia 1 --start 29/09/2025")
    made = items(term)[0]
    assert made["from"] == made["dose"][0]["from"] == "2025-09-29"


def test_end_says_why_and_when(term: Typed) -> None:
    term("session log amelia --date 13/11/2025", today="2025-11-13")
    result = term("intervention end amelia 1 --date 10/11/2025 --reason 'TA left'")
    made = items(term)[0]
    assert made["until"] == "2025-11-10"
    assert made["ended"] == {"date": "2025-11-10", "reason": "TA left"}
    assert "1 of its sessions" in result.err
    term("intervention end amelia 1 --date 14/11/2025 --correct --reason 'typo'")
    assert items(term)[0]["ended"] == {"date": "2025-11-14", "reason": "TA left"}


def test_list_tells_dose_and_sessions(term: Typed) -> None:
    term("session log amelia --date 22/09/2025")
    (row,) = json.loads(term("intervention list amelia --format json").out)
    assert row["number"] == 1
    assert row["name"] == "Precision teaching"
    assert row["delivered"] == 1
    assert row["dose"][0]["minutes"] == 30
    assert "HFW 1" in term("intervention list amelia").out


def test_the_same_again_amends(term: Typed) -> None:
    words = "intervention add amelia precision-teaching --start 22/09/2025"
    assert term(f"{words} --group 'HFW 1'").out.startswith("Nothing changed")
    result = term(f"{words} --minutes 20 --end 05/12/2025")
    assert "30 -> 20" in result.out
    (made,) = items(term)
    assert made["dose"][0]["minutes"] == 20
    assert made["dose"][0]["led_by"] == ["TA2"]
    term(f"{words} --group 'HFW 2'")
    assert len(items(term)) == 2


def test_a_correction_puts_the_dose_right_in_place(term: Typed) -> None:
    term("intervention set amelia 1 --minutes 20 --correct --reason 'typo'")
    (dose,) = items(term)[0]["dose"]
    assert dose["minutes"] == 20
    assert record(term, "amelia")["corrections"][0]["reason"] == "typo"


def test_a_group_is_not_called_after_a_pupil(term: Typed) -> None:
    words = ("intervention", "add", "amelia", "lego", "--group", "Ben Adeyemi 1:1")
    result = refused(term, *words, code=3)
    assert "must not be a pupil's" in result.err


@pytest.mark.parametrize("name", ["amelia khan", "Khan's Ame\u0301lia", "Millie Khan"])
def test_no_group_is_named_after_a_pupil(oak: Typed, name: str) -> None:
    oak("pupil add 'Amelia Khan' --known-as Millie")
    assert "must not be a pupil's" in oak("group", "add", name, code=3).err
    oak("group", "add", "HFW 1")
    refused = oak("group", "set", "HFW 1", "--name", name, code=3)
    assert "must not be a pupil's" in refused.err
