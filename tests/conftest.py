"""Real repositories for the tests: a git identity, a fixed day, `sen` as typed."""

from __future__ import annotations

import gc
import hashlib
import io
import os
import shlex
import stat
import subprocess
import sys
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from tempfile import mkdtemp
from typing import TYPE_CHECKING
from typing import Any

import pytest
from hypothesis import settings

from tests import held
from tests.systems import LIKE_WINDOWS

if TYPE_CHECKING:
    from benchmarks.faults import Bench

held.watch()

TODAY = "2025-10-20"
Entry = tuple[str, os.stat_result]

# The same cases every time: a verdict on the code hangs on no luck. To look further:
# pytest --hypothesis-profile=search
settings.register_profile("suite", derandomize=True)
settings.register_profile("search", derandomize=False, print_blob=True)
settings.load_profile("suite")


MEMORY = Path("/dev") / "shm"
ROOM = 2 << 30


def memory_disk() -> Path | None:
    """A disk in memory, where nothing waits to be settled, if programs may run there.

    What must have reached a disk by when is seen in the calls themselves
    (``benchmarks/powercut.py``), not by pulling plugs.
    """
    if not (hasattr(os, "statvfs") and os.access(MEMORY, os.W_OK)):
        return None
    found = os.statvfs(MEMORY)
    free = found.f_bavail * found.f_frsize
    return MEMORY if free >= ROOM and not found.f_flag & os.ST_NOEXEC else None


class Rooms:
    """Where the tests of one session work: their folders, and what is made for all."""

    def __init__(self, shared: str = "") -> None:
        self._own: TemporaryDirectory[str] | None = None
        if not shared:
            where = memory_disk()
            self._own = TemporaryDirectory(
                prefix="sencli-tests-", dir=where, ignore_cleanup_errors=True
            )
            shared = self._own.name
        self.shared = Path(shared)

    def close(self) -> None:
        if self._own is not None:
            self._own.cleanup()


_ROOMS: list[Rooms] = []


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Choose the disk; the folders of failed tests stay with ``--basetemp FOLDER``."""
    given: dict[str, Any] = getattr(config, "workerinput", {})
    _ROOMS.append(Rooms(given.get("shared", "")))
    if not given and not config.option.basetemp:
        config.option.basetemp = str(_ROOMS[0].shared / "tests")
    # a program that must be read anew each time takes twice as long to begin
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        sys.pycache_prefix = str(config.rootpath / ".pytest_cache/compiled")
        sys.dont_write_bytecode = False
        os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Every worker shares what is made for all."""
    node.workerinput["shared"] = str(_ROOMS[0].shared)


def pytest_unconfigure() -> None:
    """Leave nothing behind."""
    while _ROOMS:
        _ROOMS.pop().close()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """First what shares a thing that is long in the making: one worker gets it all."""
    items.sort(key=lambda item: not _shares(item))


def pytest_collection_finish() -> None:
    """What was loaded stays: it need not be gone through for what can be let go."""
    gc.freeze()


def _shares(item: pytest.Item) -> bool:
    info = getattr(item, "_fixtureinfo", None)
    found = info.name2fixturedefs.values() if info else ()
    return any(
        fixture.scope != "function" and fixture.func.__module__.startswith("tests.")
        for fixtures in found
        for fixture in fixtures
    )


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


def _home(folder: Path) -> Path:
    home = folder / "home"
    home.mkdir()
    (home / ".gitconfig").write_text(
        "[user]\n\tname = J. Patel\n\temail = senco@oak.example\n"
        "[init]\n\tdefaultBranch = main\n",
        "utf-8",
        newline="\n",
    )
    return home


@cache
def _home_of_all() -> Path:
    return _home(Path(mkdtemp(dir=_ROOMS[0].shared)))


@pytest.fixture(autouse=True)
def _machine(request: pytest.FixtureRequest) -> Iterator[None]:
    """Nobody's own git settings, a known identity, a known day.

    A test without a folder of its own has no home of its own, and leaves none changed.
    """
    own = "tmp_path" in request.fixturenames
    home = _home(request.getfixturevalue("tmp_path")) if own else _home_of_all()
    # asked for last, so undone first: what it changed takes no folder away
    monkeypatch: pytest.MonkeyPatch = request.getfixturevalue("monkeypatch")
    for name in list(os.environ):
        if name.startswith(("GIT_", "SENCLI_")):
            monkeypatch.delenv(name)
    for name in ("HOME", "USERPROFILE"):  # Windows knows the second
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("SENCLI_TODAY", TODAY)
    monkeypatch.setenv("COLUMNS", "100")
    yield
    assert own or [path.name for path in home.iterdir()] == [".gitconfig"]


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


def head_of(folder: Path) -> str:
    """The newest commit; where git's own files name it, no process is begun for it."""
    inside = folder / ".git"
    head = inside / "HEAD"
    said = head.read_text("utf-8").strip() if head.is_file() else ""
    branch = inside / said.removeprefix("ref: ")
    if said.startswith("ref: ") and branch.is_file():
        return branch.read_text("utf-8").strip()
    words = ["git", "rev-parse", "HEAD"]
    done = subprocess.run(words, cwd=folder, check=True, capture_output=True)
    return done.stdout.decode().strip()


@pytest.fixture
def sen(tmp_path: Path) -> Typed:
    """``sen`` typed in an empty folder."""
    folder = tmp_path / "work"
    folder.mkdir()
    return Typed(folder)


@lru_cache(64)
def _all_of(folder: Path) -> tuple[list[Entry], list[tuple[Entry, bytes]]]:
    """The folders and files under a folder, each with what is known of it."""
    folders, files = [], []
    for path in (folder, *sorted(folder.rglob("*"))):
        entry = path.relative_to(folder).as_posix(), path.lstat()
        if stat.S_ISDIR(entry[1].st_mode):
            folders.append(entry)
        else:
            assert stat.S_ISREG(entry[1].st_mode), path
            files.append((entry, path.read_bytes()))
    return folders, files


def put(kept: Path, home: Path) -> None:
    """Copy a folder that never changes: read once, it is copied four times as fast."""
    folders, files = _all_of(kept)
    for under, _ in folders:
        Path(f"{home}/{under}").mkdir()
    how = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    for (under, known), data in files:
        path = f"{home}/{under}"
        with os.fdopen(os.open(path, how, known.st_mode & 0o777), "wb") as file:
            file.write(data)
        Path(path).chmod(stat.S_IMODE(known.st_mode))
        os.utime(path, ns=(known.st_atime_ns, known.st_mtime_ns))
    for under, known in reversed(folders):
        Path(f"{home}/{under}").chmod(stat.S_IMODE(known.st_mode))
        os.utime(f"{home}/{under}", ns=(known.st_atime_ns, known.st_mtime_ns))


def copy_of(key: object, home: Path, make: Callable[[Path], Path]) -> None:
    """Put a folder at ``home``, made in an empty folder for the first who asks.

    What takes ten commands to make takes no time to copy. Two workers who ask at once
    both make it, and one of the two is kept.
    """
    name = hashlib.sha256(repr(key).encode()).hexdigest()[:20]
    kept = _ROOMS[0].shared / f"made-{name}"
    if not kept.exists():
        room = Path(mkdtemp(dir=_ROOMS[0].shared))
        made = make(room)
        with suppress(OSError):  # the other was there first
            made.rename(kept)
    put(kept, home)


def _oak_in(folder: Path) -> Path:
    Typed(folder)("init", "oak", "--school", "Oak Primary", "--senco", "J. Patel")
    return folder / "oak"


@pytest.fixture
def oak(sen: Typed) -> Typed:
    """``sen`` typed in a fresh records repository of Oak Primary."""
    copy_of("oak", sen.folder / "oak", _oak_in)
    return sen.at(sen.folder / "oak")


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench | None:
    """What fails the calls of a process tree; None without a C compiler."""
    from benchmarks import faults

    if LIKE_WINDOWS or not faults.compiler():
        return None
    with pytest.MonkeyPatch.context() as patch:
        for role in ("AUTHOR", "COMMITTER"):
            patch.setenv(f"GIT_{role}_NAME", "J. Patel")
            patch.setenv(f"GIT_{role}_EMAIL", "senco@oak.example")
        return faults.Bench(tmp_path_factory.mktemp("faults"))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo school, made once in a place where git knows nobody: copy it to write.

    Its folder stands alone in another.
    """
    from sencli.cli.shell.run import run

    def make(room: Path) -> Path:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("HOME", str(room))
            patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
            patch.delenv("SENCLI_TODAY", raising=False)
            assert run(["demo", str(room / "oakfield")]) == 0
        return room / "oakfield"

    folder = tmp_path_factory.mktemp("demo") / "oakfield"
    copy_of("demo", folder, make)
    return folder


def school_of(type_it: Callable[[Typed], None]) -> Callable[[Typed], Typed]:
    """A fixture: Oak Primary with what is typed into it, once for all tests."""

    def make(folder: Path) -> Path:
        oak = _oak_in(folder)
        type_it(Typed(oak))
        return oak

    @pytest.fixture(name=type_it.__name__)
    def typed(sen: Typed) -> Typed:
        key = type_it.__module__, type_it.__qualname__
        copy_of(key, sen.folder / "oak", make)
        return sen.at(sen.folder / "oak")

    return typed


Sen = Callable[..., Result]
