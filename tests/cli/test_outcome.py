"""Outcomes on all four kinds of scale."""

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
from tests.conftest import Typed


@pytest.fixture
def term(tmp_path: Path) -> Typed:
    return lesson.school(tmp_path, lesson.LINES + lesson.IN_TERM)


def outcomes(sen: Typed, who: str = "amelia") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = record(sen, who)["cycles"][-1]["plan"]["outcomes"]
    return found


def measured(sen: Typed, who: str = "amelia") -> list[dict[str, Any]]:
    do = record(sen, who)["cycles"][-1].get("do", {})
    found: list[dict[str, Any]] = do.get("measurements", [])
    return found


def test_baseline_is_dated_by_the_assessment_and_the_rest_by_the_plan(
    term: Typed,
) -> None:
    made = outcomes(term)[0]
    assert made["baseline"] == {"date": "2025-09-15", "value": 22}
    assert made["target"] == {"by": "2025-12-12", "value": 60}
    assert made["from"] == "2025-09-18"
    assert "scale" not in made
    assert "better" not in made


def test_words_in_a_row_make_a_scale_in_the_same_commit(term: Typed) -> None:
    before = commits(term)
    term(
        "outcome",
        "add",
        "amelia",
        "Asks for help",
        "--scale",
        "never, once a day, often",
        "--baseline",
        "never",
        "--target",
        "oft",
    )
    assert commits(term) == before + 1
    scale = read(term, "provisions.yaml")["scales"][-1]
    assert scale["kind"] == "ordinal"
    assert scale["values"] == ["never", "once a day", "often"]
    made = outcomes(term)[1]
    assert made["scale"] == scale["key"]
    assert made["target"]["value"] == "often"


def test_the_same_words_are_the_same_scale(term: Typed) -> None:
    before = len(read(term, "provisions.yaml")["scales"])
    term("outcome add amelia 'Spells' --scale 'Not yet, sometimes , ALWAYS'")
    assert len(read(term, "provisions.yaml")["scales"]) == before
    assert outcomes(term)[1]["scale"] == outcomes(term, "ben")[0]["scale"]


def test_ages_and_scores_are_known_by_their_look(term: Typed) -> None:
    term("outcome add amelia 'Reads at her age' --baseline 6:04 --target 7:00")
    term("outcome add amelia 'Spelling' --baseline '85 (78-92)' --target 95")
    age, score = outcomes(term)[1:]
    assert (age["scale"], age["baseline"]["value"]) == ("age", "6:04")
    assert score["scale"] == "score"
    assert score["baseline"]["value"] == 85
    assert score["baseline"]["interval"] == [78, 92]
    term("outcome measure amelia 2 '6 years 9 months'")
    term("outcome measure amelia 3 '88 (81-95)'")
    assert [m["value"] for m in measured(term)] == ["6:09", 88]
    assert measured(term)[1]["interval"] == [81, 95]


def test_a_score_typed_again_without_its_interval_loses_it(term: Typed) -> None:
    term("outcome add amelia 'Spelling' --scale score --baseline '85 (78-92)'")
    term("outcome measure amelia 2 '88 (81-95)'")
    term("outcome measure amelia 2 90")
    assert "interval" not in measured(term)[0]
    term("cycle review amelia --outcome '2=on track:90 (80-99)'")
    term("cycle review amelia --outcome '2=on track:91'")
    result = record(term, "amelia")["cycles"][0]["review"]["outcomes"][0]
    assert result["value"] == 91
    assert "interval" not in result


def test_the_same_day_again_amends(term: Typed) -> None:
    term("outcome measure amelia 1 37 --date 17/10/2025 --by KM")
    result = term("outcome measure amelia reads 38 --date 17/10/2025")
    assert "37 -> 38" in result.out
    (entry,) = measured(term)
    assert (entry["value"], entry["by"]) == (38, "KM")
    assert term("outcome measure amelia 1 38 --date 17/10/2025").out.startswith(
        "Nothing changed"
    )


def test_the_echo_says_how_far_it_has_come(term: Typed) -> None:
    result = term("outcome measure amelia 1 37 --date 17/10/2025")
    assert "17 October 2025: 37 words of 100 (target 60 words of 100)" in result.out
    assert "worse than the baseline" in term("outcome measure amelia 1 12").err


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("measure amelia 1 lots", 3, "not a number"),
        ("measure amelia 4 37", 4, "1. Reads 60 common words"),
        ("measure amelia writes 37", 4, "1. Reads 60 common words"),
        ("measure ben 1 37", 3, "not yet, sometimes, always"),
        ("measure amelia 1 37 --date 30/02/2025", 3, "no day 30"),
        ("measure amelia 1 37 --date 01/09/2025", 3, "which began on 15 September"),
        ("measure amelia 1 37 --by ZZ", 4, "sen staff add"),
        ("measure cara 1 37", 4, "sen cycle open"),
        ("add cara 'Reads'", 4, "sen cycle open"),
        ("add amelia X --baseline 5 --target ten", 3, "'ten' is not on a scale"),
        ("add amelia X --baseline 6:04 --target '85 (80-90)'", 3, "are not on a"),
        ("add amelia X --scale levels", 4, "No scale fits"),
        ("add amelia X --scale 'a, b, A'", 3, "each word once"),
        ("add amelia X --baseline 5 --by 01/09/2025", 3, "before the baseline"),
        ("add amelia X --need SEMH", 4, "1. SLCN"),
        ("add cara", 2, "TEXT is needed"),
        ("set amelia 1", 2, "Nothing to change"),
        ("set amelia 1 --scale 'bad, good'", 3, "does not fit the scale"),
        ("set amelia 3 --target 5", 4, "1. Reads 60"),
    ],
)
def test_refusals(term: Typed, words: str, code: int, said: str) -> None:
    result = refused(term, f"outcome {words}", code=code)
    assert said in result.err


def test_lower_is_better_where_the_target_lies_below(term: Typed) -> None:
    result = term("outcome add amelia 'Fewer calls out' --baseline 9 --target 2")
    assert "worse" not in result.err
    assert "worse" not in term("outcome measure amelia 2 5").err
    result = term("outcome add amelia 'Odd' --better higher --baseline 9 --target 2")
    assert "worse than the baseline" in result.err


def test_need_by_its_code(term: Typed) -> None:
    term("outcome add amelia 'Finds words' --need slcn")
    assert outcomes(term)[1]["need"] == record(term, "amelia")["needs"][0]["id"]


def test_set_amends_what_is_named(term: Typed) -> None:
    result = term("outcome set amelia 1 --target 70 --success-criteria 'two days'")
    made = outcomes(term)[0]
    assert made["target"] == {"by": "2025-12-12", "value": 70}
    assert made["success_criteria"] == "two days"
    assert "60 -> 70" in result.out
    term("outcome set amelia 1 --scale 'bad, good' --baseline bad --target good")
    assert outcomes(term)[0]["target"]["value"] == "good"


def test_list_numbers_and_latest(term: Typed) -> None:
    term("outcome measure amelia 1 37")
    listed = json.loads(term("outcome list amelia --format json").out)
    assert listed[0]["number"] == 1
    assert listed[0]["baseline"] == {"date": "2025-09-15", "value": 22}
    assert listed[0]["latest"] == "37"
    assert "22" in term("outcome list amelia --format csv").out
    assert term("outcome list cara --format json").out.strip() == "[]"
    assert "Autumn 2025" in term("outcome list amelia --all").out


def test_text_from_standard_input(term: Typed) -> None:
    term("outcome", "add", "amelia", "-", stdin="Tells a story\n")
    assert outcomes(term)[1]["outcome"] == "Tells a story"


def test_the_same_wording_again_amends(term: Typed) -> None:
    words = "outcome add amelia 'reads 60 common words on sight'"
    assert term(words).out.startswith("Nothing changed")
    result = term(f"{words} --target 65")
    assert "60 -> 65" in result.out
    assert len(outcomes(term)) == 1
