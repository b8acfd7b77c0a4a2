"""What is longer than the screen goes through a pager, and colour has a meaning."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from sencli.cli.shell import pager
from sencli.store.files import programs
from tests.terminal import SEN
from tests.terminal import at_terminal

LESS = "/bin/less -FRXK -PsSpace goes on, q leaves, / looks for a word"


@pytest.fixture(autouse=True)
def found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer with less, more and most."""
    known = {"less", "more", "most"}
    monkeypatch.setattr(
        programs,
        "find_program",
        lambda name, **_: f"/bin/{name}" * (name in known),
    )


@pytest.mark.parametrize(
    ("set_to", "windows", "expected"),
    [
        ({}, False, LESS),
        ({"PAGER": "most -s"}, False, "/bin/most -s"),
        ({"PAGER": "less"}, True, "/bin/less -R"),
        ({"PAGER": "most", "SEN_PAGER": "more"}, False, "/bin/more"),
        ({"PAGER": "gone"}, False, ""),
        ({"SEN_PAGER": "less -S"}, False, "/bin/less -S -R"),
        ({"PAGER": "./less"}, True, ""),
        ({"PAGER": "most", "SEN_PAGER": ""}, False, ""),
        ({"PAGER": "cat"}, False, ""),
        ({"TERM": "dumb"}, False, ""),
        ({"PAGER": ""}, False, ""),
        ({}, True, LESS),
    ],
)
def test_which_pager(set_to: dict[str, str], expected: str, *, windows: bool) -> None:
    assert " ".join(pager.pager_command(set_to, windows=windows)) == expected


@pytest.mark.parametrize(
    ("set_to", "windows", "expected"),
    [
        ({"TERM": "xterm"}, False, True),
        ({"TERM": "xterm", "NO_COLOR": ""}, False, True),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False, False),
        ({"TERM": "dumb"}, False, False),
        ({}, False, False),
        ({}, True, False),
        ({"WT_SESSION": "1"}, True, True),
    ],
)
def test_when_there_is_colour(
    set_to: dict[str, str], *, windows: bool, expected: bool
) -> None:
    assert pager.may_colour(set_to, windows=windows) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This week\n---------", "\x1b[1mThis week\x1b[0m\n---------"),
        ("Overdue\n-------", "\x1b[1;31mOverdue\x1b[0m\n-------"),
        ("Due   Late\n----  ----", "\x1b[1mDue   Late\x1b[0m\n----  ----"),
        ("13/03/2026  Yes   Dylan", "13/03/2026  \x1b[31mYes\x1b[0m   Dylan"),
        ("must      A13   Poppy", "\x1b[31mmust\x1b[0m      A13   Poppy"),
        ("ok       git", "\x1b[32mok\x1b[0m       git"),
        ("  sen due --all", "\x1b[2m  sen due --all\x1b[0m"),
        ("He must sit in front, and is done.", "He must sit in front, and is done."),
    ],
)
def test_colour_by_what_a_line_is(text: str, expected: str) -> None:
    assert pager.coloured(text) == expected


def test_rows_are_those_of_the_screen() -> None:
    assert pager.rows("a\n\n" + "b" * 81 + "\n" + "字" * 40 + "\n", 80) == 5


def test_at_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list is turned like pages: where somebody looks, and where the pager can."""
    monkeypatch.undo()
    monkeypatch.delenv("LINES", raising=False)  # a worker of xdist has it
    # it is left after a line, so that the rest is written to nobody
    first_line = f"'{sys.executable}' -c 'print(\"first:\", input())'"
    broken = f"'{sys.executable}' -c 'raise SystemExit(3)'"
    sized = {**os.environ, "LINES": "24", "COLUMNS": "80"}

    def shown(words: list[str], pager: str, screen: dict[str, str] = sized) -> str:
        set_to = {**screen, "SEN_PAGER": pager}
        code, text = at_terminal(tmp_path, [*SEN, *words], environment=set_to)
        assert code == 0
        return text

    assert shown(["--help"], first_line) == (
        "first: Usage: sen [OPTIONS] [COMMAND] [ARGS]...\r\n"
    )
    whole = shown(["--help"], "cat")
    assert "Safety and audit" in whole
    for words, by, screen in (
        (["--no-pager", "--help"], first_line, sized),
        (["--help"], broken, sized),
        (["--help"], "not-there", sized),
        (["--help"], first_line, {**sized, "LINES": "500"}),
        # nobody looks at a terminal that has no size, and a page would wait for ever
        (["--help"], first_line, dict(os.environ)),
    ):
        assert shown(words, by, screen) == whole


def test_windows_has_the_less_of_git(monkeypatch: pytest.MonkeyPatch) -> None:
    def find(name: str, *, git: str = "") -> str:
        return "git.exe" if name == "git" else f"{git}/{name}" * bool(git)

    monkeypatch.setattr(programs, "find_program", find)
    assert pager.pager_command({}, windows=True)[0] == "git.exe/less"
