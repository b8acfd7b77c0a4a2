"""Hazards 70, 71 and 84: the questions of `sen sync`, asked at a real terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from sencli.cli.safety.sync import THEIRS
from sencli.cli.shell.app import App
from sencli.cli.shell.run import cli
from tests.conftest import Typed
from tests.hazards.world import git
from tests.hazards.world import head
from tests.hazards.world import record
from tests.hazards.world import whole
from tests.hazards.world import works
from tests.terminal import OWN
from tests.terminal import SEN
from tests.terminal import at_terminal

Two = tuple[Typed, Typed]
CTRL_C, CTRL_D = "\x03", "\x04"
PROMPT = "Which one is right"


def talk(folder: Path, words: list[str], answers: list[str]) -> tuple[int, str]:
    """Type a command at a terminal, and each answer when it asks; code, and screen."""
    return at_terminal(folder, [*SEN, *words], answers, prompt=PROMPT)


@pytest.fixture
def clash(laptops: Two) -> Two:
    """Both have changed two things of one pupil in two ways."""
    here, there = laptops
    here("pupil", "set", "amelia", "known_as=Millie", "class=5A")
    here("sync")
    there("pupil", "set", "amelia", "known_as=Amy", "class=5B")
    return laptops


@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        (["mine\n", "mine\n"], {"Amy", "5B"}),
        (["theirs\n", "THEIRS\n"], {"Millie", "5A"}),
        (["perhaps\n", "\n", "mine\n", "theirs\n"], None),
    ],
)
def test_70_answers_at_a_terminal(
    clash: Two, answers: list[str], kept: set[str] | None
) -> None:
    here, there = clash
    code, shown = talk(there.folder, ["sync"], answers)
    assert code == 0, shown
    text = record(there).read_text("utf-8")
    found = {word for word in ("Amy", "Millie", "5A", "5B") if word in text}
    assert found == kept if kept else len(found) == 2
    here("sync")
    assert record(here).read_text("utf-8") == text
    log = git(there.folder, "log", "-p", "--format=")
    assert all(f"known_as: {name}" in log for name in ("Amy", "Millie"))
    works(here)
    whole(there)


@pytest.mark.parametrize("end", [CTRL_C, CTRL_D, f"mine\n{CTRL_C}"])
def test_84_stopped_at_a_question(clash: Two, end: str) -> None:
    here, there = clash
    before = head(there), record(there).read_bytes(), head(here)
    bare = git(here.folder.parent / "meeting.git", "rev-parse", "main")
    code, shown = talk(there.folder, ["sync"], [end])
    assert code == 130, shown
    assert "Nothing was left half done" in shown
    assert (head(there), record(there).read_bytes(), head(here)) == before
    assert git(here.folder.parent / "meeting.git", "rev-parse", "main") == bare
    # nothing is in the way: the same question again, and any other command
    works(there)
    assert talk(there.folder, ["sync"], ["theirs\n", "mine\n"])[0] == 0
    assert "Worried about reading" in record(there).read_text("utf-8")


def test_84_the_terminal_goes_away(clash: Two) -> None:
    _, there = clash
    before = head(there)
    ours, theirs = os.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", OWN, *SEN, "sync"],
        cwd=there.folder,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        shown = b""
        while PROMPT.encode() not in shown:
            shown += os.read(ours, 4096)
        os.close(ours)
        process.wait(timeout=10)
    assert head(there) == before
    works(there)


def test_70_somebody_writes_while_the_question_stands(clash: Two) -> None:
    """Answers hold for what was asked; what came meanwhile is kept, or asked anew."""
    here, there = clash
    runner = CliRunner()

    def write(*_: object, **__: object) -> str:
        if not written:
            written.append(True)
            there("flag", "add", "amelia", "eal")
            here("concern", "add", "amelia", "--concern", "Tired")
            here("sync")
        return THEIRS

    written: list[bool] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True)
        patch.setattr("click.prompt", write)
        done = runner.invoke(cli, ["sync"], obj=App(str(there.folder)))
    assert done.exit_code == 0, done.output
    text = record(there).read_text("utf-8")
    assert all(word in text for word in ("Millie", "5A", "eal", "Tired"))
    works(there)


@pytest.mark.parametrize(
    ("feed", "code"), [("mine\nmine\n", 0), ("mine\n", 1), ("", 1), ("x\n" * 3, 1)]
)
def test_70_answers_by_the_runner(clash: Two, feed: str, code: int) -> None:
    _, there = clash
    before = head(there)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda _: True)
        done = CliRunner().invoke(cli, ["sync"], input=feed, obj=App(str(there.folder)))
    assert done.exit_code == code, done.output
    assert PROMPT in done.output
    assert (head(there) != before) is (code == 0)
    whole(there)
