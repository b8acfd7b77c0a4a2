"""Tab knows the records, in each shell, and is installed by one command."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from sencli.cli.help import completion
from sencli.cli.shell.complete import SHELLS
from sencli.cli.shell.run import cli
from sencli.store.files import programs
from tests.cli import lesson
from tests.cli.test_asking import programs as shell_with_sen
from tests.conftest import Typed
from tests.systems import posix
from tests.systems import tool


@pytest.fixture
def term(tmp_path: Path) -> Typed:
    return lesson.school(tmp_path, (*lesson.LINES, *lesson.IN_TERM))


def test_tab_offers_what_may_stand_there(
    term: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(term.folder)

    def tab(*words: str, typed: str = "") -> list[str]:
        shell = SHELLS["bash"](cli, {}, "sen", "_SEN_COMPLETE")
        return [item.value for item in shell.get_completions(list(words), typed)]

    assert tab("pupil", "show", typed="AM") == ["amelia-khan"]
    assert tab("outcome", "measure", "amelia-khan") == ["1"]
    assert tab("intervention", "add", "ben") == ["precision-teaching", "lego"]
    assert tab("session", "log", typed="hfw") == ["hfw-1"]
    assert tab("status", "set", "amelia") == ["N", "K", "E"]
    assert "pupil_premium" in tab("flag", "add", "amelia")
    assert tab("cycle", "open", "amelia", "--teacher", typed="k") == ["KM"]
    assert "A10" in tab("exception", "add", "amelia", typed="a")
    assert "parent" in tab("meeting", "add", "amelia", "--attended")
    assert tab("meeting", "add", "amelia", "--attended", typed="parent,te") == [
        "parent,teacher"
    ]
    assert tab("help", typed="plan") == ["planning"]
    assert tab("outcome", typed="me") == ["measure"]
    assert "set" in tab("group")
    assert "change" not in tab("group")
    assert tab("group", "set") == tab("group", "change") == ["hfw-1"]
    assert "--target" in tab("outcome", "add", "amelia", typed="--t")
    # what may be another word too is offered, and every vocabulary
    for line, known in (
        ("register --class", "4B 5A"),
        ("pupil add x --class", "4B 5A"),
        ("register --year-group", "R 1 4"),
        ("staff add X --role", "teacher TA SENCO"),
        ("meeting add amelia --date", "today friday"),
        ("due --kind", "annual-review meeting"),
        ("cycle review amelia --decision", "continue step-down"),
        ("session log hfw-1 --missed", "staff-absent trip"),
        ("specialist refer amelia", "EP SALT"),
        ("attainment add amelia", "reading-age phonics"),
        ("ethnicity set amelia", "WBRI APKN"),
        ("language set amelia", "Urdu BSL"),
        ("contact add amelia Sana --relationship", "mother father"),
        ("summary amelia --lang", "en pl"),
        ("register --count", "need class"),
        ("map --year", "2025-26 2024-25"),
        ("need add amelia SLCN --area", "cognition-and-learning"),
        ("check", "amelia-khan school.yaml"),
        ("history", "ben-adeyemi provisions"),
        ("rule", "A13 P01"),
        ("check --rule", "A13 P01"),
        ("look remove", "logo colour"),
        ("intervention add amelia lego --days", "mon fri"),
        ("what-if --without", "TA2 KM"),
        ("provision set", "precision-teaching lego"),
        ("national set", "ehc_plan"),
        ("register --format", "csv xlsx"),
    ):
        assert set(known.split()) <= set(tab(*line.split())), line
    shell = SHELLS["fish"](cli, {}, "sen", "_SEN_COMPLETE")
    for line, kind in (
        ("import", "file"),
        ("import ctf", "file"),
        ("document add amelia", "file"),
        ("look set --logo", "file"),
        ("restore x.bundle", "dir"),
        ("backup", "dir"),
        ("demo", "dir"),
        ("register --output", "file"),
    ):
        found = shell.get_completions(line.split(), "lo")
        assert [(item.value, item.type) for item in found] == [("lo", kind)], line
    # what was offered is understood
    for line in (
        "need add ben SLCN --area cognition-and-learning",
        "attainment add ben reading-age 6:04",
        "due --kind annual-review",
        "specialist refer ben EP --consent parent",
        "session log hfw-1 --date 22/09/2025 --missed staff-absent",
        "language set ben Urdu",
        "cycle review ben --date 17/10/2025 --decision step-down",
        "summary amelia --lang pl",
    ):
        assert term(line).code == 0
    assert "Amelia Khan" in term("pupil show amelia-khan").out
    assert "HFW 1" in term("group set hfw-1 --until 12/12/2025").out


def test_it_is_installed_once_and_put_right(
    term: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "my-home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    monkeypatch.delenv("ZDOTDIR", raising=False)
    profile = home / "Documents" / "profile.ps1"
    monkeypatch.setattr(programs, "powershell_profile", lambda: str(profile))
    (home / ".bashrc").write_text("alias ll='ls -l'", "utf-8", newline="\n")
    for shell in completion.WHERE:
        assert "Tab completes sen" in term("completion", shell, "--install").out
        assert "there already" in term("completion", shell, "--install").out
    bash = (home / ".bashrc").read_text("utf-8")
    assert bash.startswith("alias ll='ls -l'\n")
    # an older one is put right, and what stands around it stays
    older = bash.replace("COMP_WORDS", "OLD_WORDS") + "export EDITOR=nano\n"
    (home / ".bashrc").write_text(older, "utf-8", newline="\n")
    term("completion bash --install")
    assert (home / ".bashrc").read_text("utf-8") == bash + "export EDITOR=nano\n"
    assert (home / ".config/fish/completions/sen.fish").is_file()
    # a new Mac's zsh has not begun its completion when it reads this
    zsh = (home / ".zshrc").read_text("utf-8")
    assert zsh.index("autoload -Uz compinit") < zsh.index("compdef _sen_completion")
    assert "Register-ArgumentCompleter" in profile.read_text("utf-8")
    monkeypatch.setattr(completion.shells, "kind", lambda: "sh")
    monkeypatch.setenv("SHELL", "/bin/tcsh")
    fault = term("completion --install", code=2)
    assert "tcsh is not known here" in fault.err


@posix("bash starts no sen.exe by its short name")
def test_it_is_right_in_a_fresh_shell(term: Typed, tmp_path: Path) -> None:
    env = shell_with_sen(tmp_path) | {"HOME": str(tmp_path), "SHELL": "/bin/bash"}
    script = (
        "sen completion --install && source ~/.bashrc && "
        "COMP_WORDS=(sen pupil show am); COMP_CWORD=3; _sen_completion sen; "
        'printf "%s\\n" "${COMPREPLY[@]}"'
    )
    told = subprocess.run(
        [tool("bash"), "-c", script],
        cwd=term.folder,
        env=env,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert told.stdout.splitlines()[-1] == "amelia-khan"
