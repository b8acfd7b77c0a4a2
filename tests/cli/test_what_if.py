"""``sen what-if``: other staffing beside today's map, and nothing changed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli import lesson
from tests.cli.lesson import refused
from tests.conftest import Typed
from tests.conftest import head_of
from tests.terminal import SEN
from tests.terminal import at_terminal


@pytest.fixture
def term(tmp_path: Path) -> Typed:
    return lesson.school(tmp_path, lesson.LINES + lesson.IN_TERM)


def worked_out(term: Typed, *words: str) -> dict[str, Any]:
    before = head_of(term.folder)
    made: dict[str, Any] = json.loads(term("what-if", *words, "--format", "json").out)
    assert head_of(term.folder) == before
    assert "Reads 60" in term("outcome list amelia").out
    return made


def test_whoever_is_not_there_leads_nothing(term: Typed) -> None:
    term("ehc issue amelia --date 10/03/2025 --provision 'Reading each day'")
    term("intervention set amelia 1 --section-f 1")
    made = worked_out(term, "--without", "B. Ali")
    assert [row["name"] for row in made["nobody_leads"]] == ["Amelia Khan"]
    assert (made["now"]["hours_a_week"], made["then"]["hours_a_week"]) == (3, 1.5)
    assert made["now"]["interventions"] - made["then"]["interventions"] == 1
    [b_ali] = made["staff"]
    assert (b_ali["now"], b_ali["then"], b_ali["change"]) == (0.75, 0, -0.75)
    shown = term("what-if --without TA2").out
    assert "In section F of an EHC plan: 1 of these." in shown
    assert "Nothing was changed." in shown
    # somebody else in that place: everything goes on, at another rate
    term("rate set teacher 33")
    made = worked_out(term, "--without", "TA2", "--cover", "KM")
    assert made["nobody_leads"] == []
    assert made["then"]["cost_pence"] > made["now"]["cost_pence"]


def test_a_rate_and_a_group(term: Typed) -> None:
    made = worked_out(term, "--rate", "ta=33.00")
    now, then = made["now"]["cost_pence"], made["then"]["cost_pence"]
    assert then == 2 * now
    term("intervention add ben lego --led-by TA2 --start 22/09/2025")
    made = worked_out(term, "--group", "lego=ben,cara", "--led-by", "KM")
    assert made["then"]["pupils"] == made["now"]["pupils"] + 1
    assert made["then"]["hours_a_week"] - made["now"]["hours_a_week"] == 1.5
    assert (
        "One more group of Lego therapy (Ben, Cara)"
        in term("what-if --group 'lego therapy=ben,cara'").out
    )


def test_somebody_would_be_in_two_places(term: Typed) -> None:
    at = "--days mon --time 09:15"
    term(f"intervention set amelia 1 {at}")
    term(f"intervention add ben lego --led-by KM --start 22/09/2025 {at}")
    assert worked_out(term, "--without", "TA2")["clashes"] == 0
    shown = term("what-if --without TA2 --cover KM").out
    assert "Monday: Lego therapy at 09:15 (KM) and HFW 1 at 09:15 (KM)." in shown
    # a teacher's hour has no rate here
    assert "1 now, 2 then, so it cannot be compared" in " ".join(shown.split())


def test_what_cannot_be_is_refused(term: Typed) -> None:
    for words, code, says in (
        ((), 2, "--without INITIALS"),
        (("--without", "ZZ"), 4, "No member of staff"),
        (("--cover", "KM"), 2, "Name that person with --without"),
        (("--without", "KM", "--cover", "KM"), 3, "would not be there"),
        (("--rate", "TA"), 2, "--rate TA=17.20"),
        (("--rate", "cook=12"), 3, "sen rate list"),
        (("--rate", "TA=much"), 3, "much"),
        (("--group", "lego"), 2, "precision-teaching=amelia,ben"),
        (("--group", "lego=nobody"), 4, "nobody"),
        (("--without", "TA2", "--to", "01/01/2020"), 2, "before it begins"),
    ):
        assert says in refused(term, "what-if", *words, code=code).both, words


def test_at_a_terminal_it_asks(term: Typed) -> None:
    lines = ["TA2\n", "\n", "\n", "\n"]
    code, shown = at_terminal(term.folder, [*SEN, "what-if"], lines)
    assert code == 0, shown
    assert "Without B. Ali" in shown
