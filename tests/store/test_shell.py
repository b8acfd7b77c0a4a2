"""Hints are written for the shell that the user types in."""

from __future__ import annotations

import pytest

from sencli.store.files import shell


@pytest.fixture
def typed_in(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> str:
    name: str = request.param
    modules = {"cmd": "a;b", "powershell": "a;b;c"}
    monkeypatch.setattr(shell, "WINDOWS", name != "sh")
    monkeypatch.delenv("MSYSTEM", raising=False)
    monkeypatch.setenv("PSMODULEPATH", modules.get(name, ""))
    return name


in_each = pytest.mark.parametrize(
    "typed_in", ["sh", "cmd", "powershell"], indirect=True
)
FOLDER = "C:\\Users\\Jo O'Hara\\records"


@in_each
def test_a_path_is_quoted_for_its_shell(typed_in: str) -> None:
    assert shell.kind() == typed_in
    said = shell.quoted(FOLDER)
    assert (
        said
        == {
            "sh": "'C:\\Users\\Jo O'\"'\"'Hara\\records'",
            "cmd": '"C:\\Users\\Jo O\'Hara\\records"',
            "powershell": "'C:\\Users\\Jo O''Hara\\records'",
        }[typed_in]
    )
    assert shell.quoted("plain") == "plain"
    assert shell.quoted("") in ("''", '""')
    plain = "C:\\Users\\jo"
    assert (shell.quoted(plain) == plain) == (typed_in != "sh")


@in_each
def test_a_variable_is_set_as_the_shell_does(typed_in: str) -> None:
    assert (
        shell.variable("EDITOR", "code --wait")
        == {
            "sh": "export EDITOR='code --wait'",
            "cmd": 'set "EDITOR=code --wait"',
            "powershell": "$env:EDITOR = 'code --wait'",
        }[typed_in]
    )
    assert (
        shell.with_variable("EDITOR", "nano", "sen draft open d1")
        == {
            "sh": "EDITOR=nano sen draft open d1",
            "cmd": 'set "EDITOR=nano"\nsen draft open d1',
            "powershell": "$env:EDITOR = 'nano'\nsen draft open d1",
        }[typed_in]
    )


@in_each
def test_files_are_moved_and_deleted_as_the_shell_does(typed_in: str) -> None:
    cmd = typed_in == "cmd"
    assert shell.removal("a") == ("del a" if cmd else "rm a")
    assert shell.renaming("a", "b") == ("move a b" if cmd else "mv a b")
    assert shell.going("a") == ("cd /d a" if cmd else "cd a")
    line = shell.joined("sen", "concern", "add", "jo", "--concern", "two words")
    assert line.startswith("sen concern add jo --concern ")
    assert line[-11:] in ("'two words'", '"two words"')


def test_the_bash_of_git_for_windows_is_a_shell(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shell, "WINDOWS", True)
    monkeypatch.setenv("MSYSTEM", "MINGW64")
    assert shell.kind() == "sh"


@in_each
def test_what_goes_through_a_pipe_is_no_text(typed_in: str) -> None:
    line = shell.piped("git fast-export --all", "git -C NEW fast-import")
    plain = "git fast-export --all | git -C NEW fast-import"
    assert line == (f'cmd /c "{plain}"' if typed_in == "powershell" else plain)


@in_each
def test_rights_come_back_by_the_systems_own_command(typed_in: str) -> None:
    windows = typed_in != "sh"
    wanted = "icacls .git /reset /t" if windows else "chmod -R u+rwX .git"
    assert shell.own_again(".git") == wanted
