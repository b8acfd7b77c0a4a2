"""Who is asked, and when: at a terminal, by one module, and never by a script."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest

from sencli import cli
from sencli.cli.shell import prompts
from sencli.core.text.placeholders import is_placeholder
from sencli.errors import UsageFault
from tests.cli import lesson
from tests.conftest import Typed
from tests.systems import program
from tests.terminal import at_terminal
from tests.test_transcript import walkthrough

CLI = Path(cli.__file__).parent
README = CLI.parent.parent / "README.md"
ASKS = re.compile(
    r"click\.(?:confirm|prompt|pause|getchar)\(|\bprompt=|\binput\(|getpass|stdin\.isatty"
)


@pytest.fixture
def term(tmp_path: Path) -> Typed:
    return lesson.school(tmp_path, (*lesson.LINES, *lesson.IN_TERM))


def test_one_module_asks() -> None:
    asking = [
        path.name
        for path in sorted(CLI.rglob("*.py"))
        if ASKS.search(path.read_text("utf-8"))
    ]
    assert asking == ["prompts.py"]


# each command that can ask, without what it asks for; by the module that asks
SILENT = {
    "attendance": "attendance set amelia",
    "part_time": "part-time add amelia",
    "dual_registration": "dual-registration add amelia Ash",
    "remove_and_move": "remove amelia 'strategy 1'",
    "background": "ethnicity set amelia",
    "concern": "concern add amelia",
    "departure": "departure add amelia Code",
    "document": "document add amelia school.yaml",
    "erase": "erase amelia",
    "exception": "exception add amelia A10",
    "health": "health add amelia",
    "init": "init ../other",
    "outcome": "outcome add amelia",
    "published_report": "report write inclusion-strategy aims",
    "add": "pupil add",
    "staff": "staff add XY",
    "status": "status end amelia",
    "undo": "undo",
    "year": "year roll",
}
# asked of two computers (tests/hazards), in the editor, or of somebody who types; the
# demo only says that nobody is to be asked, the pager looks whether anybody is there
ELSEWHERE = {
    *("commit", "cycle", "demo", "draft", "editor", "ehc", "import_file", "sync"),
    *(
        "pager",
        "verbs",
        "import_pupils",
        "import_others",
        "import_ctf",
        "import_transfer",
        "export_transfer",
        "access",
        "retention",
        "for_many",
        "lazy",
        "order",
    ),
}

# the one asker itself, or what makes a verb ask for a word that it needs
LOOKS_FOR = r"sencli\.cli\.shell\.(prompts import|verbs import needed)"


def test_every_module_that_asks_is_tried_here() -> None:
    using = {
        path.stem
        for path in CLI.rglob("*.py")
        if re.search(LOOKS_FOR, path.read_text("utf-8"))
    }
    assert using == {*SILENT, *ELSEWHERE}


@pytest.mark.parametrize("line", SILENT.values())
def test_without_a_terminal_nobody_is_asked(term: Typed, line: str) -> None:
    """It says what to give, with a command that goes on from what was typed."""
    said = lesson.refused(term, *shlex.split(line), code=2)
    assert "?" not in said.err
    if line in {"erase amelia", "undo"}:
        return
    shown = said.err.splitlines()[-1].partition("sen ")[2]
    assert shlex.split(shown)[:2] == shlex.split(line)[:2]
    words = shlex.split(shown)
    if any(map(is_placeholder, words)):
        term(*words, code=3)
    mine = {"DATE": "today", "NUMBER": "15", "main|subsidiary": "main", "CODE": "WBRI"}
    term(*(mine.get(w, "J. Patel") if is_placeholder(w) else w for w in words))


def test_a_script_is_never_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    assert prompts.can_ask()
    with prompts.scripted():
        assert not prompts.can_ask()
        assert not prompts.agreed("End it?")
        with pytest.raises(UsageFault):
            prompts.confirmed("Sure?", yes=False)
        with pytest.raises(UsageFault):
            prompts.ask(None, "--name", "Name", "K. Morris")
    assert prompts.can_ask()


def programs(folder: Path) -> dict[str, str]:
    """The environment of a shell in which ``sen`` is this program."""
    (folder / "bin").mkdir()
    source = "import runpy\nrunpy.run_module('sencli', run_name='__main__')\n"
    wrapper = program(folder / "bin", "sen", source)
    ours = ("SENCLI_", "LINES")  # a worker of xdist has rows, and a list would wait
    found = {k: v for k, v in os.environ.items() if not k.startswith(ours)}
    found["PATH"] = f"{wrapper.parent}{os.pathsep}{found['PATH']}"
    return found | {"PYTHONPATH": str(README.parent)}


def test_the_demo_and_the_readmes_line_run_at_a_terminal(
    tmp_path: Path, demo: Path
) -> None:
    """The demo shows how far it is, asks nothing, and is the one made elsewhere."""
    line = next(x for x in README.read_text("utf-8").splitlines() if " demo demo " in x)
    typed = line.split(" && ", 2)[2].replace(".venv/bin/", "")
    assert typed.startswith("sen demo demo && sen -C demo map")
    env = programs(tmp_path) | {"LINES": "24"}  # nothing waits to be turned
    code, shown = at_terminal(
        tmp_path, ["/bin/sh", "-c", typed], seconds=120, environment=env
    )
    assert code == 0, shown
    assert re.search(r"Typing two years of records: [\d,]+ of [\d,]+", shown)
    assert "[y/N]" not in shown
    assert "Noah" in shown
    head = (tmp_path / "demo/.git/refs/heads/main").read_text("utf-8")
    assert (demo / ".git/refs/heads/main").read_text("utf-8") == head


def test_the_walkthrough_runs_at_a_terminal(tmp_path: Path) -> None:
    script = "set -e\n" + "\n".join(walkthrough())
    env = programs(tmp_path)
    code, shown = at_terminal(
        tmp_path, ["/bin/sh", "-c", script], seconds=120, environment=env
    )
    assert code == 0, shown
    assert "[y/N]" not in shown
