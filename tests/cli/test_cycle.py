"""Opening, planning, reviewing and showing cycles."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sencli.core.provision.school import School
from sencli.documents.pupil.cycle import cycle_view
from sencli.formats import cells
from sencli.formats.csv_ import tables_of
from sencli.formats.typst.fit import ems
from sencli.formats.typst.fit import like
from sencli.formats.typst.fit import widths_of
from tests.cli import lesson
from tests.cli.lesson import commits
from tests.cli.lesson import record
from tests.cli.lesson import refused
from tests.conftest import TODAY
from tests.conftest import Typed


@pytest.fixture
def sen(tmp_path: Path) -> Typed:
    return lesson.school(tmp_path, lesson.LINES)


@pytest.fixture
def term(tmp_path: Path) -> Typed:
    return lesson.school(tmp_path, lesson.LINES + lesson.IN_TERM)


def cycle(sen: Typed, who: str = "amelia") -> dict[str, Any]:
    found: dict[str, Any] = record(sen, who)["cycles"][-1]
    return found


def test_opens_with_what_was_assessed(term: Typed) -> None:
    found = cycle(term)
    assert found["teacher"] == "KM"
    assert found["assess"]["by"] == ["KM"]
    assert found["assess"]["teacher_assessment"] == "Reads 22"
    assert [(v["of"], v["text"]) for v in found["assess"]["views"]] == [
        ("parent", "Worried about reading"),
        ("pupil", "I like stories"),
    ]


def test_a_name_is_enough_to_open(sen: Typed) -> None:
    result = sen("cycle open cara")
    assert "Autumn 2025 for Cara Doyle" in result.out
    assert cycle(sen, "cara")["assess"] == {"date": "2025-10-20"}


def test_one_commit_that_names_nobody(sen: Typed) -> None:
    import subprocess

    before = commits(sen)
    sen("cycle open cara --teacher KM --parent-view 'Cara cries at night'")
    assert commits(sen) == before + 1
    args = ["git", "-C", str(sen.folder), "log", "-1", "--format=%B"]
    message = subprocess.run(
        args, check=True, capture_output=True, text=True, encoding="utf-8"
    ).stdout
    assert "Action: cycle.open" in message
    assert "Cara" not in message
    assert "cries" not in message


def test_a_second_open_cycle_is_refused(term: Typed) -> None:
    result = refused(term, "cycle open amelia", code=3)
    assert "open cycle already: Autumn 2025" in result.err
    assert "sen cycle review" in result.err
    assert "sen cycle close" in result.err


def test_json_gives_ids_and_commit(sen: Typed) -> None:
    made = json.loads(sen("cycle open cara --format json").out)
    assert made["ids"]["cycle"] == cycle(sen, "cara")["id"]
    assert len(made["commit"]) == 40


def test_unknown_teacher(sen: Typed) -> None:
    result = refused(sen, "cycle open cara --teacher ZZ", code=4)
    assert "sen staff add" in result.err


def test_views_of_anybody(sen: Typed) -> None:
    sen("cycle", "open", "cara", "--view", "KM: Tries hard", "--how", "talk")
    view = cycle(sen, "cara")["assess"]["views"][0]
    assert (view["of"], view["text"], view["how"]) == ("KM", "Tries hard", "talk")
    refused(sen, "cycle", "set", "cara", "--view", "Tries hard", code=3)


def test_parent_is_the_one_contact_recorded(sen: Typed) -> None:
    sen("contact add cara 'Nora Doyle' --relationship mother")
    contact = record(sen, "cara")["contacts"][0]["id"]
    sen("cycle open cara --parent-view 'She tries'")
    assert cycle(sen, "cara")["assess"]["views"][0]["of"] == contact


def test_set_amends_only_what_is_named(term: Typed) -> None:
    result = term("cycle set amelia --attainment 'Below her age' --pupil-view 'I tell'")
    found = cycle(term)["assess"]
    assert found["attainment"] == "Below her age"
    assert found["teacher_assessment"] == "Reads 22"
    assert [v["text"] for v in found["views"]] == ["Worried about reading", "I tell"]
    assert "'I like stories' -> 'I tell" in result.out
    refused(term, "cycle set amelia", code=2)
    refused(term, "cycle set amelia --date 01/10/2025", code=3)


def test_a_correction_is_noted(term: Typed) -> None:
    refused(term, "cycle set amelia --date 14/09/2025 --correct", code=2)
    term("cycle set amelia --date 14/09/2025 --correct --reason 'wrong day'")
    noted = record(term, "amelia")["corrections"]
    assert [c["reason"] for c in noted] == ["wrong day"]
    assert noted[0]["path"].endswith("assess.date")


def test_plan_writes_agreement_and_tells_parents(term: Typed) -> None:
    term("cycle plan amelia --parents-notified 18/09/2025 --disagreed KM")
    found = record(term, "amelia")
    plan = found["cycles"][0]["plan"]
    assert {a["who"]: a["answer"] for a in plan["agreement"]} == {
        "parent": "agreed",
        "pupil": "agreed",
        "KM": "disagreed",
    }
    assert found["status"][0]["told"] == [{"who": "parent", "date": "2025-09-18"}]
    assert "told" not in plan


def test_parents_told_without_a_status_stands_with_the_plan(sen: Typed) -> None:
    sen("cycle open ben --date 15/09/2025")
    sen("cycle plan ben --date 18/09/2025 --parents-notified 17/09/2025")
    found = record(sen, "ben")
    assert found["cycles"][0]["plan"]["told"] == [
        {"who": "parent", "date": "2025-09-17"}
    ]
    sen("cycle plan ben --parents-notified 16/09/2025")
    assert [t["date"] for t in cycle(sen, "ben")["plan"]["told"]] == ["2025-09-16"]


def test_plan_again_adds_strategies_and_keeps_the_rest(term: Typed) -> None:
    term("cycle plan amelia --strategy 'Word mat' --strategy 'visual timetable'")
    plan = cycle(term)["plan"]
    assert [s["text"] for s in plan["strategies"]] == ["Visual timetable", "Word mat"]
    assert plan["review_by"] == "2025-12-12"
    assert plan["date"] == "2025-09-18"
    result = term("cycle plan amelia --review-by 19/12/2025")
    assert "12 December 2025 -> 19 December 2025" in result.out


@pytest.mark.parametrize(
    "words",
    [
        "--date 18/09/2025 --review-by 01/09/2025",
        "--date 01/09/2025",
        "--review-by 30/02/2026",
        "--agreed-with pupil --disagreed pupil",
    ],
)
def test_plan_refuses_what_cannot_be(term: Typed, words: str) -> None:
    refused(term, f"cycle plan amelia {words}", code=3)


def test_plan_without_an_open_cycle(sen: Typed) -> None:
    result = refused(sen, "cycle plan cara", code=4)
    assert "sen cycle open" in result.err


def test_review_closes_in_the_same_commit(term: Typed) -> None:
    before = commits(term)
    result = term(
        "cycle review amelia --date 11/12/2025 --attended parent,pupil,KM "
        "--outcome 1=achieved:63 --evidence '1=Read to the class' "
        "--intervention 1=+1 --comment '1=Went well' --parent-view 'She reads' "
        "--decision continue --decision step-down --next-steps 'Phrases' "
        "--next-review 20/03/2026",
        today="2025-12-11",
    )
    assert commits(term) == before + 1
    found = cycle(term)
    assert found["closed"] == {"date": "2025-12-11", "reason": "reviewed"}
    review = found["review"]
    outcome = found["plan"]["outcomes"][0]["id"]
    assert review["outcomes"] == [
        {
            "outcome": outcome,
            "result": "achieved",
            "value": 63,
            "evidence": "Read to the class",
        }
    ]
    assert review["interventions"][0]["impact"] == 1
    assert review["decisions"] == ["continue", "step_down"]
    assert review["attended"] == ["parent", "pupil", "KM"]
    assert "Reads 60 common words on sight: achieved (63)" in result.out


def test_review_without_a_plan_warns_and_is_allowed(sen: Typed) -> None:
    sen("cycle open cara --date 15/09/2025")
    result = sen("cycle review cara --date 16/10/2025")
    assert "without a plan" in result.err
    assert cycle(sen, "cara")["closed"]["reason"] == "reviewed"


def test_an_outcome_that_is_not_there(term: Typed) -> None:
    result = refused(term, "cycle review amelia --outcome 4=achieved", code=4)
    assert "1. Reads 60 common words on sight" in result.err


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("--outcome 1=brilliant", 3),
        ("--outcome achieved", 3),
        ("--outcome 1=achieved:lots", 3),
        ("--intervention 1=+3", 3),
        ("--intervention 2=+1", 4),
        ("--decision shrug", 3),
        ("--date 01/09/2025", 3),
        ("--date 16/09/2025", 3),
        ("--date 11/12/2025 --next-review 01/12/2025", 3),
        ("--date 11/12/2025 --attended nobody", 4),
        ("--date 11/12/2025 --evidence '1=He said so'", 3),
    ],
)
def test_review_refuses_what_cannot_be(term: Typed, words: str, code: int) -> None:
    refused(term, f"cycle review amelia {words}", code=code)
    assert "review" not in cycle(term)


@pytest.mark.parametrize("word", ["partly-achieved", "partly_achieved", "Partly met"])
def test_results_in_any_spelling(term: Typed, word: str) -> None:
    term("cycle", "review", "amelia", "--outcome", f"1={word}:40")
    assert cycle(term)["review"]["outcomes"][0]["result"] == "partly_achieved"


def test_unrated_outcomes_are_a_warning(term: Typed) -> None:
    result = term("cycle review amelia --date 17/10/2025")
    assert "No result yet for outcome 1" in result.err


def test_a_result_that_the_value_does_not_bear_out(term: Typed) -> None:
    result = term("cycle review amelia --outcome 1=achieved:40")
    assert "short of the target" in result.err


def test_a_second_review_amends(term: Typed) -> None:
    term("cycle review amelia --date 17/10/2025 --outcome 1=achieved:37")
    result = term("cycle review amelia --outcome 1=achieved:63")
    assert "37 -> 63" in result.out
    review = cycle(term)["review"]
    assert review["date"] == "2025-10-17"
    assert review["outcomes"][0]["value"] == 63


def test_end_of_support_names_the_next_command(term: Typed) -> None:
    result = term("cycle review amelia --decision end-support --outcome 1=achieved")
    assert "sen status end" in result.err


def test_close_without_review(term: Typed) -> None:
    refused(term, "cycle close amelia --reason tired", code=3)
    refused(term, "cycle close amelia --reason left --date 01/09/2025", code=3)
    term("cycle close amelia --reason opened-in-error --note 'Wrong child'")
    assert cycle(term)["closed"]["reason"] == "opened_in_error"
    refused(term, "cycle close amelia --reason left", code=4)
    refused(term, "cycle review amelia", code=3)


def test_show_has_the_four_parts_and_the_numbers(term: Typed) -> None:
    shown = term("cycle show amelia").out
    for heading in ("Assess (15 September 2025)", "Plan (18 ", "Do", "Review"):
        assert heading in shown
    assert "K. Morris" in shown
    assert "Reads 60 common words on sight" in shown
    assert "Worried about reading" in shown


def test_show_by_season_as_json(term: Typed) -> None:
    shown = json.loads(
        term(
            "cycle", "show", "amelia", "--cycle", "autumn 2025", "--format", "json"
        ).out
    )
    assert shown["id"] == cycle(term)["id"]
    assert shown["derived"]["stage"] == "do"
    assert shown["derived"]["number"] == 1
    refused(term, "cycle show amelia --cycle 'Spring 1999'", code=4)
    refused(term, "cycle show cara", code=4)


def test_show_as_at_an_earlier_day(term: Typed) -> None:
    shown = term("cycle show amelia --as-at 16/09/2025").out
    assert "Not planned yet" in shown


def test_list_counts_results(term: Typed) -> None:
    term("cycle review amelia --date 17/10/2025 --outcome 1=exceeded:80")
    listed = json.loads(term("cycle list amelia --format json").out)
    assert listed[0]["label"] == "Autumn 2025"
    assert listed[0]["results"] == "1 exceeded"
    assert term("cycle list cara --format json").out.strip() == "[]"


def test_on_paper_no_word_of_the_interventions_is_broken(term: Typed) -> None:
    pupil = lesson.read(term, f"pupils/{record(term, 'amelia')['id']}.yaml")
    names = ("school", "provisions", "groups")
    school = School(*(lesson.read(term, f"{name}.yaml") for name in names), TODAY)
    view = cycle_view(pupil, school, None, TODAY)
    (table,) = (t for t in tables_of(view.blocks) if t.columns[1].title == "Provision")
    made = cells.of_table(table, view.labels)
    columns = zip(made.titles, *made.rows, strict=True)
    for column, wide in zip(columns, widths_of(view)[like(table)], strict=True):
        for word in " ".join(column).split():
            assert ems(word) <= wide, word
