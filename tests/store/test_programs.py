"""Every program is found by one function, and never in the records' folder."""

from __future__ import annotations

import ast
import os
import re
from pathlib import Path

import pytest

from sencli.errors import IntegrityFault
from sencli.store.files import programs
from sencli.store.git.process import environment
from sencli.store.git.process import executable
from sencli.store.repository.repository import Repository
from tests.store.conftest import git
from tests.store.conftest import notes
from tests.store.test_sign import set_up_ssh
from tests.store.test_sign import ssh_key
from tests.systems import posix

PACKAGE = Path(__file__).resolve().parent.parent.parent / "sencli"
OTHER_WAYS = re.compile(
    r"which\(|os\.system|click\.(?:edit|launch)|webbrowser|shell=True"
)
NAMES = ("ssh-keygen", "gpg", "gpgsm", "git", "ssh", "nano", "xdg-open", "open", "vi")


def plant(folder: Path, marker: Path, names: tuple[str, ...] = NAMES) -> None:
    """Programs that leave a mark when they are run."""
    for name in names:
        for ending in ("", ".exe", ".cmd"):
            path = folder / (name + ending)
            path.write_text(
                f"#!/bin/sh\necho {name} >> '{marker}'\nexit 0\n", "utf-8", newline="\n"
            )
            path.chmod(0o755)


@pytest.mark.parametrize("first", ["", ".", "./", "pupils/..", "::."])
def test_no_program_in_the_records_is_run(
    repository: Repository,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    first: str,
) -> None:
    set_up_ssh(repository, ssh_key(tmp_path))
    marker = tmp_path / "ran"
    plant(Path(repository.root), marker)
    monkeypatch.chdir(repository.root)
    monkeypatch.setenv("PATH", first + os.pathsep + os.environ["PATH"])
    repository.change(notes("one"))
    assert not marker.exists()
    monkeypatch.undo()
    assert git(repository.root, "log", "-1", "--format=%G?").strip() == "G"


def test_signatures_are_read_by_no_program_in_the_records(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sencli.store.git import settings
    from sencli.store.trust import signers

    set_up_ssh(repository, ssh_key(tmp_path))
    repository.change(notes("one"))
    marker = tmp_path / "ran"
    plant(Path(repository.root), marker)
    monkeypatch.chdir(repository.root)
    monkeypatch.setenv("PATH", "." + os.pathsep + os.environ["PATH"])
    known = settings.listing(repository.git)
    listed = signers.own_list(str(repository.root), known)
    found = signers.signatures(repository.git, known, listed, "-1", "HEAD")
    assert [one.state for one in found.values()] == ["G"]
    assert not marker.exists()


@posix("a git that is found without the folder of its libraries")
@pytest.mark.parametrize("name", ["sub/ssh-keygen", "./ssh-keygen", "ssh-keygen"])
def test_a_program_that_is_only_in_the_records_is_missing(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    set_up_ssh(repository, ssh_key(tmp_path))
    marker = tmp_path / "ran"
    (Path(repository.root) / "sub").mkdir()
    plant(Path(repository.root), marker)
    plant(Path(repository.root) / "sub", marker)
    bin_ = tmp_path / "bin"
    bin_.mkdir()
    (bin_ / "git").symlink_to(executable())
    git(tmp_path, "config", "--global", "gpg.ssh.program", name)
    monkeypatch.chdir(repository.root)
    monkeypatch.setenv("PATH", f".{os.pathsep}{bin_}{os.pathsep}")
    with pytest.raises(IntegrityFault, match="ssh-keygen is not on this computer"):
        repository.change(notes("one"))
    assert not marker.exists()


def test_a_program_is_looked_for_beside_git(tmp_path: Path) -> None:
    inside = tmp_path / "usr" / "bin"
    inside.mkdir(parents=True)
    plant(inside, tmp_path / "ran", ("sen-odd",))
    ending = ".exe" if os.name == "nt" else ""
    for place in ("cmd/git.exe", "mingw64/bin/git.exe"):
        beside = programs.find_program("sen-odd", git=str(tmp_path / place))
        assert beside == str(inside / f"sen-odd{ending}")
    assert programs.find_program("sen-odd") == ""


def test_on_windows_the_endings_of_programs_are_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(programs, "WINDOWS", True)
    monkeypatch.setenv("PATH", f'."{os.pathsep}"{tmp_path}"')
    monkeypatch.setenv("PATHEXT", os.pathsep.join((".COM", ".EXE", ".CMD", ".JS")))
    for name in ("code.cmd", "code", "gpg.exe", "bad.js"):
        (tmp_path / name).write_text("", "utf-8", newline="\n")
        (tmp_path / name).chmod(0o755)
    assert programs.find_program("code") == str(tmp_path / "code.cmd")
    assert programs.find_program("gpg") == str(tmp_path / "gpg.exe")
    assert programs.find_program("gpg.exe") == str(tmp_path / "gpg.exe")
    assert programs.find_program("bad") == ""


@pytest.mark.parametrize("windows", [True, False])
def test_a_command_is_split_as_its_system_writes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, windows: bool
) -> None:
    monkeypatch.setattr(programs, "WINDOWS", windows)
    monkeypatch.setenv("PATHEXT", ".EXE")
    spaced = tmp_path / "Program Files" / "note+.exe"
    spaced.parent.mkdir()
    spaced.write_text("", "utf-8", newline="\n")
    spaced.chmod(0o755)
    want = [str(spaced), "-multiInst", "-n 1"]
    assert programs.split(f'"{spaced}" -multiInst "-n 1"') == want
    assert programs.split(f'{spaced} -multiInst "-n 1"') == want
    assert programs.split(str(spaced)) == [str(spaced)]
    assert programs.split(f'"{spaced}') == []
    assert programs.split("no-such-editor --wait") == []
    assert programs.split("") == []


def test_backslashes_stay_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "WINDOWS", True)
    monkeypatch.setattr(programs, "find_program", lambda name, **_: name)
    typed = r"C:\Tools\npp.exe -openFoldersAsWorkspace D:\x"
    assert programs.split(typed) == typed.split(" ")
    quoted = r'"C:\Program Files\n.exe" --wait'
    assert programs.split(quoted) == [r"C:\Program Files\n.exe", "--wait"]


def test_no_program_is_started_by_a_bare_name() -> None:
    """What is started is an absolute path; and nothing starts programs for us."""
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text("utf-8")
        assert not OTHER_WAYS.search(text), path
        for call in ast.walk(ast.parse(text)):
            if isinstance(call, ast.Call) and call.args:
                head = getattr(call.args[0], "elts", [None])[:1]
                name = getattr(call.func, "attr", "")
                if head and name in ("Popen", "run", "check_output", "call"):
                    word = getattr(head[0], "value", "/")
                    assert not isinstance(word, str) or word.startswith("/"), path


def test_no_window_of_a_password_keeper_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing asks, on the line or in a window; whoever set otherwise is not heard."""
    for name in ("GIT_TERMINAL_PROMPT", "GCM_INTERACTIVE"):
        monkeypatch.setenv(name, "1")
    for network in (True, False):
        env = environment(str(Path.cwd()), network=network)
        assert env["GIT_TERMINAL_PROMPT"] == "0"
        assert env["GCM_INTERACTIVE"] == "never"
