"""Real repositories for the tests: a git identity, a fixed day, `sen` as typed."""

from __future__ import annotations

import io
import os
import shlex
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings

from tests import held

held.watch()

TODAY = "2025-10-20"

# The same cases every time: a verdict on the code hangs on no luck. To look further:
# pytest --hypothesis-profile=search
settings.register_profile("suite", derandomize=True)
settings.register_profile("search", derandomize=False, print_blob=True)
settings.load_profile("suite")


@pytest.hookimpl(optionalhook=True)  # the lab of Windows has no xdist
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """One more than processors: most tests wait for git and the disk."""
    del config
    return (os.cpu_count() or 1) + 1


@dataclass(frozen=True)
class Result:
    """What one command line came to."""

    code: int
    out: str
    err: str

    @property
    def both(self) -> str:
        return self.out + self.err


@pytest.fixture(autouse=True)
def _machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nobody's own git settings, a known identity, a known day."""
    home = tmp_path / "home"
    home.mkdir()
    for name in list(os.environ):
        if name.startswith(("GIT_", "SENCLI_")):
            monkeypatch.delenv(name)
    for name in ("HOME", "USERPROFILE"):  # Windows knows the second
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    (home / ".gitconfig").write_text(
        "[user]\n\tname = J. Patel\n\temail = senco@oak.example\n"
        "[init]\n\tdefaultBranch = main\n",
        "utf-8",
        newline="\n",
    )
    monkeypatch.setenv("SENCLI_TODAY", TODAY)
    monkeypatch.setenv("COLUMNS", "100")


@dataclass
class Typed:
    """Types command lines into one folder, in this process."""

    folder: Path

    def __call__(
        self, *args: str, stdin: str = "", today: str = "", code: int | None = 0
    ) -> Result:
        """Run ``sen`` with these words (one string is split as a shell does)."""
        from sencli.cli.shell.run import run

        words = shlex.split(args[0]) if len(args) == 1 else list(args)
        if words[:1] == ["sen"]:
            words = words[1:]
        out, err = _Stream(), _Stream()
        held.FOUND.clear()
        held.TYPING.append(True)
        before = (sys.stdout, sys.stderr, sys.stdin, Path.cwd())
        day = os.environ["SENCLI_TODAY"]
        try:
            sys.stdout, sys.stderr = out.text, err.text
            sys.stdin = io.TextIOWrapper(io.BytesIO(stdin.encode()), "utf-8")
            os.chdir(self.folder)
            os.environ["SENCLI_TODAY"] = today or day
            got = run(words)
        finally:
            held.TYPING.clear()
            sys.stdout, sys.stderr, sys.stdin = before[:3]
            os.chdir(before[3])
            os.environ["SENCLI_TODAY"] = day
        result = Result(got, out.value(), err.value())
        assert held.FOUND == [], words
        if code is not None:
            assert result.code == code, f"{words}: {result.code}\n{result.both}"
        return result

    def at(self, folder: Path) -> Typed:
        return Typed(folder)


class _Stream:
    def __init__(self) -> None:
        self.bytes = io.BytesIO()
        self.text = io.TextIOWrapper(self.bytes, "utf-8", write_through=True)

    def value(self) -> str:
        self.text.flush()
        return self.bytes.getvalue().decode(errors="backslashreplace")


@pytest.fixture
def sen(tmp_path: Path) -> Typed:
    """``sen`` typed in an empty folder."""
    folder = tmp_path / "work"
    folder.mkdir()
    return Typed(folder)


_KEPT: dict[object, Path] = {}
_ROOM = TemporaryDirectory(prefix="sencli-tests-")


def copy_of(key: object, home: Path, make: Callable[[Path], Path]) -> None:
    """Put a folder at ``home``, made in an empty folder for the first who asks.

    What takes ten commands to make takes no time to copy.
    """
    if key not in _KEPT:
        room = Path(_ROOM.name) / str(len(_KEPT))
        room.mkdir()
        _KEPT[key] = make(room)
    shutil.copytree(_KEPT[key], home, symlinks=True)


def _oak_in(folder: Path) -> Path:
    Typed(folder)("init", "oak", "--school", "Oak Primary", "--senco", "J. Patel")
    return folder / "oak"


@pytest.fixture
def oak(sen: Typed) -> Typed:
    """``sen`` typed in a fresh records repository of Oak Primary."""
    copy_of("oak", sen.folder / "oak", _oak_in)
    return sen.at(sen.folder / "oak")


def school_of(type_it: Callable[[Typed], None]) -> Callable[[Typed], Typed]:
    """A fixture: Oak Primary with what is typed into it, once for all tests."""

    def make(folder: Path) -> Path:
        oak = _oak_in(folder)
        type_it(Typed(oak))
        return oak

    @pytest.fixture(name=type_it.__name__)
    def typed(sen: Typed) -> Typed:
        copy_of(type_it, sen.folder / "oak", make)
        return sen.at(sen.folder / "oak")

    return typed


Sen = Callable[..., Result]
