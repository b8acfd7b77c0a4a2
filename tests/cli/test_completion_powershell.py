"""PowerShell finishes commands as the other shells do."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.conftest import Typed


def test_the_script_registers_the_program(oak: Typed) -> None:
    told = oak("completion", "powershell")
    assert "Register-ArgumentCompleter -Native -CommandName sen" in told.out
    assert '$env:_SEN_COMPLETE = "powershell_complete"' in told.out
    assert "%(" not in told.out
    assert "$PROFILE" in oak("completion").out


@pytest.mark.parametrize(
    ("line", "word", "expected"),
    [
        ("sen pup", "pup", "pupil"),
        ("sen pupil ", "", "add"),
        ("sen pupil sh", "sh", "show"),
        ("sen concern add 'Jo Ann' --conc", "--conc", "--concern"),
        ("sen.exe du", "du", "due"),
        # no line at all: PowerShell then finishes the name of a file by itself
        ("sen import pu", "pu", None),
    ],
)
def test_a_tab_gives_what_can_follow(
    oak: Typed,
    monkeypatch: pytest.MonkeyPatch,
    line: str,
    word: str,
    expected: str | None,
) -> None:
    monkeypatch.setenv("_SEN_COMPLETE", "powershell_complete")
    monkeypatch.setenv("COMP_WORDS", line)
    monkeypatch.setenv("COMP_CWORD", word)
    words = [sys.executable, "-m", "sencli"]
    told = subprocess.run(
        words,
        cwd=oak.folder,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    values = [row.partition("\t")[0] for row in told.stdout.splitlines() if row]
    assert expected in values if expected else not values
    assert all(value.startswith(word) for value in values)
