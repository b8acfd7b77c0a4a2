"""A TA's week: sessions of a group, of a pupil, over a period, by the week."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli import lesson
from tests.cli.lesson import commits
from tests.cli.lesson import record
from tests.cli.lesson import refused
from tests.conftest import Typed


@pytest.fixture
def term(tmp_path: Path) -> Typed:
    return lesson.school(tmp_path, lesson.LINES + lesson.IN_TERM)


def log(sen: Typed, who: str = "amelia", kind: str = "sessions") -> list[Any]:
    entries = record(sen, who)["cycles"][-1].get("do", {}).get(kind, [])
    return [{k: v for k, v in e.items() if k != "intervention"} for e in entries]


def test_a_group_in_one_commit(term: Typed) -> None:
    before = commits(term)
    result = term("session", "log", "HFW 1", "--date", "22/09/2025")
    assert commits(term) == before + 1
    assert log(term) == log(term, "ben") == [{"date": "2025-09-22"}]
    assert "HFW 1 on 22 September 2025: Amelia Khan and Ben Adeyemi" in result.out


def test_who_was_absent(term: Typed) -> None:
    result = term(
        "session", "log", "hfw 1", "--date", "24/09", "--absent", "amelia",
        "--reason", "ill",
    )  # fmt: skip
    assert log(term) == [
        {"date": "2025-09-24", "missed": "pupil_absent", "note": "ill"}
    ]
    assert log(term, "ben") == [{"date": "2025-09-24"}]
    assert "absent: Amelia Khan" in result.out


def test_somebody_who_is_not_in_the_group(term: Typed) -> None:
    result = refused(
        term, "session", "log", "HFW 1", "--date", "24/09", "--absent", "cara", code=4
    )
    assert "Ben Adeyemi" in result.err


def test_again_the_same_day_amends_unless_it_is_another(term: Typed) -> None:
    term("session log amelia --date 22/09/2025")
    assert term("session log amelia --date 22/09/2025").out.startswith("Nothing")
    result = term("session log amelia --date 22/09/2025 --minutes 20")
    assert "amended" in result.out
    assert log(term) == [{"date": "2025-09-22", "minutes": 20}]
    term("session log amelia --date 22/09/2025 --again --by TA2")
    assert log(term)[1] == {"date": "2025-09-22", "ordinal": 2, "by": "TA2"}
    term("session log amelia --date 22/09/2025 --ordinal 2 --minutes 5")
    assert log(term)[1]["minutes"] == 5


def test_an_absence_stands_until_the_pupil_is_named(term: Typed) -> None:
    term("session", "log", "HFW 1", "--date", "24/09", "--absent", "amelia")
    result = term("session", "log", "HFW 1", "--date", "24/09")
    assert "stays as entered before" in result.err
    result = term("session log amelia --date 24/09")
    assert log(term) == [{"date": "2025-09-24"}]
    assert "pupil absent -> (nothing)" in result.out


def test_a_fortnight_that_was_missed(term: Typed) -> None:
    """No days are named, so none is made up: each week is counted."""
    said = term("session log amelia --from 03/11 --to 14/11 --missed staff-absent",
         today="2025-11-17")  # fmt: skip
    assert log(term) == []
    assert log(term, kind="tallies") == [
        {"week": week, "delivered": 0, "missed": {"staff_absent": 3}}
        for week in ("2025-11-03", "2025-11-10")
    ]
    assert "6 sessions counted by the week" in said.out
    assert "no days are named, so each week is counted" in said.err


def test_a_period_fills_only_the_gaps(term: Typed) -> None:
    term("session log amelia --date 06/10/2025 --missed trip")
    term("session log amelia --date 09/10/2025")
    result = term("session", "log", "HFW 1", "--from", "06/10", "--to", "10/10")
    assert "2 of the days had an entry" in result.err
    assert [e["date"][-2:] for e in log(term)] == ["06", "09"]
    assert log(term, kind="tallies") == [
        {"week": "2025-10-06", "delivered": 2, "missed": {"trip": 1}}
    ]
    # once counted, a week is left as it is, and a day beside it changes no count
    again = term("session", "log", "HFW 1", "--from", "06/10", "--to", "10/10")
    assert "1 week had a count, left as it was" in again.err
    beside = term("session log amelia --date 10/10/2025")
    assert "has a count (2 given)" in beside.err
    assert "--week 2025-10-06" in beside.err


def test_a_period_with_named_days_is_entered_by_its_days(term: Typed) -> None:
    term("intervention set amelia 1 --from 22/09/2025 --days mon,wed,fri")
    said = term("session log amelia --from 06/10/2025 --to 10/10/2025")
    assert [e["date"][-2:] for e in log(term)] == ["06", "08", "10"]
    assert log(term, kind="tallies") == []
    assert "3 sessions" in said.out


def test_minutes_are_not_dropped_by_a_count(term: Typed) -> None:
    said = refused(
        term, "session log amelia --from 06/10 --to 10/10 --minutes 20", code=2
    )
    assert "a count has no minutes" in said.err


def test_more_than_the_dose_in_a_week_is_remarked_on(term: Typed) -> None:
    for day in ("06", "07", "08"):
        quiet = term(f"session log 'HFW 1' --date {day}/10/2025")
        assert "the plan is for" not in quiet.err
    said = term("session log 'HFW 1' --date 10/10/2025")
    assert (
        "Amelia Khan and Ben Adeyemi: 4 sessions recorded in the week of "
        "6 October 2025; the plan is for 3 a week."
    ) in said.err
    said = term("session log amelia --week 29/09/2025 --delivered 5")
    assert "5 sessions recorded in the week of 29 September 2025" in said.err


def test_days_of_the_dose_and_holidays(term: Typed) -> None:
    half = "--half-term 27/10/2025 31/10/2025"
    term(f"term add 'Autumn 2025' 02/09/2025 19/12/2025 {half}")
    term("intervention set amelia 1 --from 22/09/2025 --days tue,thu")
    term("session log amelia --from 20/10/2025 --to 07/11/2025", today="2025-11-10")
    days = [e["date"][5:] for e in log(term)]
    assert days[:2] == ["10-21", "10-23"]
    assert days[-2:] == ["11-04", "11-06"]


def test_a_week_by_count(term: Typed) -> None:
    words = "session log amelia --week 05/11 --delivered 2 --missed staff-absent=1"
    term(words, today="2025-11-10")
    assert log(term, kind="tallies") == [
        {"week": "2025-11-03", "delivered": 2, "missed": {"staff_absent": 1}}
    ]
    result = term(
        "session log amelia --week 03/11/2025 --delivered 3", today="2025-11-10"
    )
    assert "2 -> 3" in result.out
    assert len(log(term, kind="tallies")) == 1


def test_a_week_of_a_group(term: Typed) -> None:
    term(
        "session", "log", "HFW 1", "--week", "03/11", "--delivered", "3",
        "--absent", "ben=1", today="2025-11-10",
    )  # fmt: skip
    assert log(term, kind="tallies") == [{"week": "2025-11-03", "delivered": 3}]
    assert log(term, "ben", "tallies") == [
        {"week": "2025-11-03", "delivered": 2, "missed": {"pupil_absent": 1}}
    ]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("amelia --date 01/09/2025", 3, "22 September 2025 to 12 December 2025"),
        ("amelia --date 30/02/2025", 3, "no day 30"),
        ("amelia --missed bored", 3, "staff_absent"),
        ("amelia --absent amelia", 2, "--missed pupil-absent"),
        ("amelia --to 03/10/2025", 2, "--from"),
        ("amelia --from 03/10/2025 --to 01/10/2025", 3, "before it begins"),
        ("amelia --from 03/10/2025 --date 03/10/2025", 2, "one of the two"),
        ("amelia --week 22/09/2025", 2, "--delivered"),
        ("amelia --week 22/09/2025 --delivered 2 --missed trip", 3, "how many"),
        ("amelia --intervention 4 --date today", 4, "1. Precision teaching"),
        ("amelia --intervention lego --date today", 4, "No intervention fits"),
        ("'HFW 1' --date 01/09/2025", 3, "Nobody has HFW 1"),
        ("'HFW 1' --intervention 1 --date today", 2, "Leave it out"),
        ("cara --date today", 3, "sen intervention add"),
        ("zoe --date today", 4, "HFW 1"),
        ("amelia --by ZZ --date today", 4, "sen staff add"),
    ],
)
def test_refusals(term: Typed, words: str, code: int, said: str) -> None:
    result = refused(term, f"session log {words}", code=code)
    assert said in result.err


def test_several_interventions_have_to_be_told_apart(term: Typed) -> None:
    term("intervention add amelia lego --start 22/09/2025")
    result = refused(term, "session log amelia --date 23/09/2025", code=4)
    assert "2. Lego therapy" in result.err
    term("session log amelia --date 23/09/2025 --intervention 2")
    term("session log amelia --date 24/09/2025 --intervention 'precision teaching'")
    assert len(log(term)) == 2


def test_a_reviewed_cycle_still_takes_its_sessions(term: Typed) -> None:
    term("cycle review amelia --date 10/10/2025")
    term("session log amelia --date 09/10/2025")
    assert log(term) == [{"date": "2025-10-09"}]


def test_json_names_group_and_pupils(term: Typed) -> None:
    made = json.loads(
        term("session", "log", "HFW 1", "--date", "22/09", "--format", "json").out
    )
    assert len(made["ids"]["pupils"]) == 2
    assert made["action"] == "session.log"


def test_a_correction_over_a_period_writes_over(term: Typed) -> None:
    term("session log amelia --date 06/10/2025 --missed trip")
    term(
        "session log amelia --from 06/10/2025 --to 07/10/2025 --missed exam "
        "--correct --reason 'not a trip'"
    )
    assert {e["missed"] for e in log(term)} == {"exam"}
    assert record(term, "amelia")["corrections"][0]["reason"] == "not a trip"


def test_a_day_that_is_odd_is_said(term: Typed) -> None:
    assert "not a school day" in term("session log amelia --date 18/10/2025").err


@pytest.mark.parametrize("today", ["2025-11-26", "2025-12-01", "2027-03-01"])
def test_days_without_a_year_are_those_of_the_support(term: Typed, today: str) -> None:
    term("session log 'HFW 1' --date 22/09", today=today)
    term(
        "session log 'HFW 1' --from 03/11 --to 14/11 --missed staff_absent", today=today
    )
    assert [e["date"] for e in log(term, "ben")] == ["2025-09-22"]
    weeks = [t["week"] for t in log(term, "ben", "tallies")]
    assert weeks == ["2025-11-03", "2025-11-10"]
    term("session log amelia --week 26/11 --delivered 2", today=today)
    assert log(term, kind="tallies")[-1]["week"] == "2025-11-24"


def test_a_period_the_wrong_way_round_is_refused(term: Typed) -> None:
    for typed in ("--from 01/11 --to 01/10", "--from 10/10 --to 01/10"):
        result = refused(term, f"session log 'HFW 1' {typed}", code=3)
        assert "before it begins" in result.err


@pytest.mark.parametrize(
    "typed",
    [
        "--date 01/12/2025",
        "--date 01/12/2025 --missed trip",
        "--from 13/10/2025 --to 24/10/2025",
        "--week 27/10/2025 --delivered 2",
    ],
)
def test_a_session_of_a_day_to_come_is_refused(term: Typed, typed: str) -> None:
    result = refused(term, f"session log amelia {typed}", code=3)
    assert "has not come yet" in result.err


def test_a_session_written_by_hand_counts_from_its_day(term: Typed) -> None:
    """Nobody can have given it; the record may still say so."""
    term("session log amelia --date 06/10/2025")
    (path,) = (term.folder / "pupils").glob(f"{record(term, 'amelia')['id']}.yaml")
    old = path.read_text("utf-8")
    new = old.replace("2025-10-06", "2025-12-01")
    path.write_text(new, "utf-8", newline="\n")
    refused(term, "commit", code=3)
    for line in (
        "cycle show amelia",
        "map --format json",
        "print impact --format json",
    ):
        said = term(line).out
        assert '"delivered": 1' not in said
        assert "given 1" not in said
    assert "given 1" in term("cycle show amelia", today="2025-12-01").out
