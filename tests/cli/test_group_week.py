"""A group's week ticked off, and its outcomes measured: each in one commit."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sencli.cli.shell import prompts
from tests.cli import lesson
from tests.cli.lesson import commits
from tests.cli.lesson import record
from tests.cli.lesson import refused
from tests.conftest import Typed


@pytest.fixture
def term(tmp_path: Path) -> Typed:
    return lesson.school(tmp_path, lesson.LINES + lesson.IN_TERM)


def log(sen: Typed, who: str, kind: str = "sessions") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (
        record(sen, who)["cycles"][-1].get("do", {}).get(kind, [])
    )
    return found


def test_a_week_in_one_commit_and_nothing_twice(term: Typed) -> None:
    before = commits(term)
    line = "tick hfw --days 22/9,24/9 --absent amelia=24/9 --reason ill"
    assert "24 September 2025: Ben Adeyemi; absent: Amelia Khan" in term(line).out
    assert term(line).out.startswith("Nothing changed")
    term("tick hfw --week 29/9 --days 'Mon Wed fri' --absent amelia=wed,fri,ben=1/10")
    assert commits(term) == before + 2
    assert [one["date"][5:] for one in log(term, "ben")] == [
        *("09-22", "09-24", "09-29", "10-01", "10-03")
    ]
    away = [one["date"][5:] for one in log(term, "amelia") if "missed" in one]
    assert away == ["09-24", "10-01", "10-03"]
    assert [one.get("note") for one in log(term, "amelia")][:3] == [None, "ill", None]


def test_a_week_with_a_fault_is_refused_whole(term: Typed) -> None:
    asked = refused(term, "tick", "HFW 1", code=2)
    assert "sen tick 'HFW 1' --days DAYS" in asked.err.replace('"', "'")
    for more, says in (
        (("--days", "22/9,24/9", "--absent", "amelia=23/9"), "none of the days"),
        (("--days", "22/9,24/9", "--absent", "cara=24/9"), "Ben Adeyemi"),
        (("--days", "22/9,24/10"), "has not come yet"),
        (("--days", "22/9", "--reason", "ill"), "nobody is named"),
    ):
        before = commits(term)
        result = term("tick", "hfw", *more, code=None)
        assert says in result.err
        assert commits(term) == before


def test_several_days_of_sessions_in_one_commit(term: Typed) -> None:
    before = commits(term)
    said = term("session log hfw --date 22/9,24/9 --absent amelia --reason ill").out
    assert "22 September 2025: Ben Adeyemi; absent: Amelia Khan" in said
    assert "24 September 2025: Ben Adeyemi" in said
    assert commits(term) == before + 1
    listed = term("session list amelia").out
    assert listed.count("pupil absent") == 2
    assert "Precision teaching" in listed
    assert term("session list ben --all").out.count("yes") == 2
    refused(term, "session", "log", "hfw", "--date", "22/9,99/9", code=3)
    refused(term, "session", "log", "hfw", "--date", "1/10,24/10", code=3)


def test_scores_in_one_commit_or_none(term: Typed) -> None:
    listed = term("scores hfw").out
    assert "words of 100" in listed
    assert "Spells his name" in listed
    before = commits(term)
    wrong = term("scores hfw amelia=abc ben=31 cara=3 ben=always", code=None).err
    for said in (
        "Amelia Khan: 'abc'",
        "Ben Adeyemi: '31'",
        "cara=3: Nobody",
        "sen scores hfw amelia=abc ben=31",
    ):
        assert said in wrong
    assert commits(term) == before
    by = term("scores hfw amelia=24 ben=always --by QQ", code=None).err
    assert by.count("No member of staff fits") == 1
    assert "fits 'zzz'" in term("scores hfw --outcome zzz", code=None).err
    term("scores hfw amelia=24 --value ben=sometimes")
    term("scores --class 4b amelia=26")
    assert commits(term) == before + 2
    assert [one["value"] for one in log(term, "amelia", "measurements")] == [26]
    assert [one["value"] for one in log(term, "ben", "measurements")] == ["sometimes"]
    term("outcome add amelia 'Asks for help' --baseline 1 --target 5")
    which = term("scores --class 4B amelia=3", code=None).err
    assert "amelia/1=3" in which
    term("scores --class 4B amelia/2=3 amelia/1=30")
    assert sorted(one["value"] for one in log(term, "amelia", "measurements")) == [
        3,
        30,
    ]


def test_at_a_terminal_each_is_asked(
    term: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prompts, "can_ask", lambda: True)
    before = commits(term)
    answers = "never\nmon,wed\n9\n\n1\nill\n\n"
    shown = term("tick hfw --week 29/9/2025 --by TA2", stdin=answers).both
    assert "Mon 29" in shown
    assert "29 September 2025: Amelia Khan and Ben" in shown
    assert log(term, "amelia")[-1]["note"] == "ill"
    shown = term("scores hfw", stdin="x\n24\n\n\n").both
    assert "22 -> 24" in shown
    assert commits(term) == before + 2
    # stopped at a later question: what was answered can be typed again
    left = term("scores hfw --by TA2", stdin="30\n", code=None).err
    assert "scores hfw --by TA2 --value" in left
    assert "/1=30" in left
    left = term("tick hfw --week 6/10/2025", stdin="mon,wed\n2\nill\n", code=None).err
    assert "--days 2025-10-06 --absent" in left
    assert commits(term) == before + 2


def test_views_and_reviews_of_a_group_are_one_commit_each(term: Typed) -> None:
    before = commits(term)
    said = term("views", "hfw", "amelia=I like my group", "ben=It is too long").out
    assert "what Amelia Khan said" in said
    assert commits(term) == before + 1
    views_ = record(term, "ben")["cycles"][-1]["do"]["views"]
    assert [(v["of"], v["text"]) for v in views_] == [("pupil", "It is too long")]
    refused(term, "views", "hfw", "cara=Fine", code=4)
    faults = refused(term, "reviews", "hfw", "amelia=splendid", "ben=achieved", code=3)
    assert "splendid" in faults.err
    line = ("reviews", "hfw", "amelia/1=achieved:63", "ben=partly achieved")
    more = ("--impact", "amelia=+1", "--decision", "continue", "--attended", "parent")
    told = term(*line, *more).out
    assert "Reviewed and closed" in told
    assert "removed views" not in told  # they stand in the review
    assert commits(term) == before + 2
    [amelia, ben] = [
        record(term, who)["cycles"][-1]["review"] for who in ("amelia", "ben")
    ]
    assert amelia["interventions"][0]["impact"] == 1
    assert amelia["outcomes"][0]["result"] == "achieved"
    assert ben["decisions"] == amelia["decisions"]
    assert "interventions" not in ben
    # what waited is in the review now
    assert ben["views"][0]["text"] == "It is too long"
    assert (
        "--impact" in refused(term, "reviews", "hfw", "--impact", "ben=1", code=2).err
    )
