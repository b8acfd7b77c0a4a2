"""A meeting from question to question: one commit at the end, and nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli import lesson
from tests.conftest import Typed
from tests.systems import is_private
from tests.terminal import SEN
from tests.terminal import at_terminal

ASKED = r"(?::|\]:|\)) $|: $"


@pytest.fixture
def term(tmp_path: Path) -> Typed:
    return lesson.school(
        tmp_path, (*lesson.LINES, "cycle open amelia --assessment 'Reads 22'")
    )


def answered(term: Typed, *words: str, answers: tuple[str, ...]) -> tuple[int, str]:
    lines = [text if text == "\x03" else f"{text}\n" for text in answers]
    return at_terminal(term.folder, [*SEN, *words], lines)


def commits(term: Typed) -> int:
    return len(term("history --all --format json").out.split('"commit"')) - 1


def test_a_planning_meeting_is_led_left_gone_on_with_and_saved_once(
    term: Typed,
) -> None:
    begin = ("12/12/2025", "Reads 60 words", "words of 100", "22", "nonsense")
    code, shown = answered(term, "plan", "amelia", answers=(*begin, "\x03"))
    assert code == 130
    # a fault is told where it is typed, and asked for again
    assert "nonsense" in shown
    assert "Reads 60 words" not in term("outcome list amelia").out
    rest = (
        *("y", "", "", "", "60", ""),  # only the slip is typed anew
        *("precision", "1", "TA2", "", "", "HFW 1", ""),
        *("Visual timetable", "", "Ten minutes a night", "", "parent,pupil"),
        *("y", "n"),
    )
    code, shown = answered(term, "plan", "amelia", answers=rest)
    assert code == 0, shown
    assert "You began this and stopped after 1 answer." in shown.replace("\r\n", " ")
    assert "This will be saved:" in shown
    plan = term("cycle show amelia").out
    assert "Reads 60 words" in plan
    assert "Ten minutes a night" in plan
    assert "HFW 1" in term("group list").out
    assert term("undo --yes").out.count("Plan the support of Amelia Khan") == 1
    assert "Reads 60 words" not in term("cycle show amelia").out
    assert "ok" in term("verify").out


def test_a_review_and_a_meeting_are_led(term: Typed) -> None:
    term("cycle plan amelia --date today --review-by 12/12/2025")
    term("outcome add amelia 'Reads 60 words' --baseline 22 --target 60")
    answers = ("", "parent,KM", "splendid", "achieved:63", "Happier", "", "continue")
    more = ("", "n", "y", "n")
    code, shown = answered(term, "review", "amelia", answers=(*answers, *more))
    assert code == 0, shown
    assert "Reviewed and closed" in shown
    # where the pupil stands is said before the first question
    assert "1. Reads 60 words: 22; aim 60" in shown
    assert "more found: sen check amelia" in shown
    answers = (
        "nan",  # no day, and then nobody that is known: each is told at once
        "",
        "nan",
        "parent,KM",
        "Sleeps better",
        "",
        "Early nights",
        "KM: ring home",
        "",
    )
    later = ("12/12/2025", "3.30 pm", "Room 4", "parent", "y", "n")
    code, shown = answered(term, "meet", "amelia", answers=(*answers, *later))
    assert code == 0, shown
    assert shown.index("'nan' is not a date") < shown.index("Who came")
    assert shown.index("No person fits 'nan'") < shown.index("What parents said")
    listed = term("meeting list amelia").out
    assert "12/12/2025" in listed
    assert "ring home" in term("action list amelia").out
    assert "ok" in term("verify").out


def test_enter_answers_for_nobody(term: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan that is there keeps its day and gets no agreement from Enter alone."""
    term("cycle plan amelia --date 20/10/2025 --review-by 12/12/2025")
    term("outcome add amelia 'Reads 60 words' --baseline 22 --target 60")
    monkeypatch.setenv("SENCLI_TODAY", "2025-10-27")
    # a refused answer is offered again; - leaves it out, as ? says
    more = (
        *("Spells 20 words", "?", "", "", "", ""),
        *("precision", "9", "TA2", "many", "", "Owls"),
        *("", "1", "", "?", "-", "", "-", ""),
        *("", "", "", "", "", "y", "n"),
    )
    code, shown = answered(term, "plan", "amelia", answers=more)
    assert code == 0, shown
    assert "Aim 2" in shown
    told = " ".join(shown.split())
    assert "words of 100, or a scale" in told
    assert "Enter leaves it out. To stop: Ctrl-C" in told
    assert "'many' is not a number from 1" in told
    assert "- leaves it out. To stop: Ctrl-C" in told
    assert "An answer is needed" not in told
    assert "Owls" not in term("group list").out
    plan = lesson.record(term, "amelia")["cycles"][-1]["plan"]
    assert plan["date"] == "2025-10-20"
    assert "agreed_with" not in plan
    term("meeting add amelia --agreed 'More talk' --action 'KM: ring home'")
    code, shown = answered(term, "meet", "amelia", answers=("", "\x03"))
    assert "Promised and open: K. Morris: ring home" in shown
    assert code == 130
    assert "To go on: sen meet amelia" in " ".join(shown.split())
    [kept] = (term.folder / ".git" / "sencli").glob("led-meet-*")
    assert is_private(kept)


def test_a_concern_is_led_up_to_sen_support(term: Typed) -> None:
    """From the worry to the letter, of a child with nothing recorded yet."""
    worry = ("cara", "Cannot sit still", "parent", "", "Leaves her seat", "")
    code, shown = answered(term, "concern", answers=(*worry, "\x03"))
    assert code == 130
    assert "go to the DSL at once" in shown
    assert "To go on: sen concern" in " ".join(shown.split())
    rest = ("cara", "y", "cycle", "y", "KM", "Five minutes at a task", "", "", "")
    decided = ("y", "", "Decided with parents", "", "language")
    later = ("12/12/2025", "", "", "parent", "y", "n")
    code, shown = answered(term, "concern", answers=(*rest, *decided, *later))
    assert code == 0, shown
    assert "Cannot sit still" in term("concern list cara").out
    assert "Five minutes at a task" in term("cycle show cara").out
    status = term("status list cara").out
    assert "Decided with parents" in status
    assert "SLCN" in term("need list cara").out
    assert "12/12/2025" in term("meeting list cara").out
    assert "parent" not in status.partition("Decided with parents")[2]
    assert term("undo --yes").out.count("Record a concern about Cara") == 1
    assert "None recorded" in term("concern list cara").out
    # without a terminal it is a noun as any other
    assert "add" in term("concern").out


def test_the_first_hour_is_led(sen: Typed) -> None:
    """From an empty folder to a school with staff, rates, terms and provisions."""
    answers = (
        *("oak", "Oak Primary", "J. Patel", "KM", "teacher", "K. Morris", "4B"),
        *("TA2", "", "B. Ali", "", "", "", "16.50"),
        *("02/09/2025", "19/12/2025", "", "", "", "212", "", "y", ""),
    )
    code, shown = answered(sen, "start", answers=answers)
    assert code == 0, shown
    oak = sen.at(sen.folder / "oak")
    assert "Precision teaching" in oak("provision list").out
    assert "K. Morris" in oak("staff list").out
    assert "16.50" in oak("rate list").out
    assert "Autumn 2025" in oak("term list").out
    assert "ok" in oak("verify").out
    # what is there is gone on with
    code, shown = answered(oak, "start", answers=("", "", "", "", "", "n", ""))
    assert code == 0, shown
    assert "The records of Oak Primary are here" in shown


def test_a_paper_asks_whose_it_is(term: Typed) -> None:
    code, shown = answered(term, "summary", answers=("amelia",))
    assert code == 0, shown
    assert "Pupils, with commas between them" in shown
    assert "Amelia Khan" in shown
    assert "No pupil was named" in lesson.refused(term, "summary", code=2).err


def test_without_a_terminal_it_says_what_to_type(term: Typed) -> None:
    for moment in ("plan", "review", "meet"):
        assert f"sen help {moment}" in term(moment, "amelia", code=2).err
        assert "sen " in term("help", moment).out
