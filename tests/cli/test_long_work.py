"""Long work on a terminal: how far it has come, and how it ends when it is stopped."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks import schools
from sencli.core.people.young_person import is_young_person
from sencli.store.text import load
from tests.systems import terminal

PUPILS = 100
COMMITS = 300
STOPPED = 130
TODAY = "2026-11-22"
SHOWN = re.compile(r"\rSetting papers: [0-9]+ of 100")
PATIENCE = 30  # with what has nothing left to do but end


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    folder = tmp_path_factory.mktemp("long") / "school"
    schools.make(folder, schools.Size(PUPILS, 5, COMMITS))
    return folder


class Run:
    """A command whose standard error is a terminal, in a process group of its own."""

    def __init__(self, folder: Path, *words: str) -> None:
        self.ours, theirs = terminal()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "sencli", "-C", str(folder), *words],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=theirs,
            env=os.environ | {"SENCLI_TODAY": TODAY},
            start_new_session=True,
        )
        os.close(theirs)
        self.said = ""

    def until(self, pattern: re.Pattern[str]) -> None:
        """Wait until the terminal shows that, for as long as the command runs.

        How soon a hundred papers are begun hangs on what else the machine has to do.
        """
        while not pattern.search(self.said):
            if not self._more():
                raise AssertionError(self.said)

    def _more(self) -> bool:
        ready, _, _ = select.select([self.ours], [], [], 0.1)
        if not ready:
            return self.process.poll() is None
        try:
            data = os.read(self.ours, 4096)
        except OSError:
            return False
        self.said += data.decode()
        return bool(data)

    def stop(self, *, group: bool) -> None:
        """As Ctrl-C does, or as another program that knows this process alone."""
        if group:
            os.killpg(self.process.pid, signal.SIGINT)
        else:
            self.process.send_signal(signal.SIGINT)

    def end(self) -> int:
        """The exit code; nothing of it may run on."""
        out = self.process.stdout
        assert out is not None
        with out:
            out.read()
        code = self.process.wait(PATIENCE)
        while self._more():
            pass
        os.close(self.ours)
        ends = time.monotonic() + PATIENCE
        while self._running():
            assert time.monotonic() < ends, "a process outlives the command"
            time.sleep(0.02)
        return code

    def _running(self) -> bool:
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return False
        return True


def everything(folder):
    """Every file and folder but the caches, of which no half may be left."""
    caches = folder / ".git" / "sencli"
    if caches.exists():
        halves = [p.name for p in caches.iterdir() if re.search(r"\.[0-9]+$", p.name)]
        assert not halves
    return {path for path in folder.rglob("*") if caches not in (path, path.parent)}


def ids(school):
    return sorted(path.stem for path in (school / "pupils").iterdir())


def forget(school):
    for cache in (school / ".git" / "sencli").glob("rows-*"):
        cache.unlink()


@pytest.mark.parametrize("group", [True, False], ids=["Ctrl-C", "signal"])
def test_stopped_papers_leave_nothing(school, tmp_path, group):
    folder = tmp_path / "papers"
    run = Run(school, "summary", *ids(school), "--each", "--output", str(folder))
    run.until(SHOWN)
    run.stop(group=group)
    assert run.end() == STOPPED
    assert not folder.exists()
    assert run.said.endswith("sen: Stopped. Nothing was left half done.\r\n")
    assert "Traceback" not in run.said


def test_the_line_is_gone_when_the_work_is_done(school, tmp_path):
    folder = tmp_path / "papers"
    names = ids(school)
    run = Run(school, "summary", *names, "--each", "--output", str(folder))
    assert run.end() == 0
    assert SHOWN.search(run.said)
    shown = seen(run.said)
    # a folder's name that is wider than the terminal has a line of its own
    assert " ".join(shown[-2:]).endswith(f"Written: {PUPILS} files in {folder}")
    assert not any("papers:" in line for line in shown)
    assert sorted(p.name for p in folder.iterdir()) == [
        f"summary-{i}{own_copy(school, i)}.pdf" for i in names
    ]


def own_copy(school, pupil):
    """What the name of a young person's paper ends in: it goes to the pupil."""
    record = load.load((school / "pupils" / f"{pupil}.yaml").read_bytes(), pupil)
    return "-pupil" if is_young_person(record, TODAY) else ""


def seen(said):
    """The lines that stand on the terminal in the end."""
    lines = []
    for line in said.replace("\r\n", "\n").split("\n"):
        cells = []
        for part in line.split("\r"):
            cells[: len(part)] = part
        lines.append("".join(cells).rstrip())
    return [line for line in lines if line]


def test_nothing_is_shown_where_there_is_no_terminal(school, tmp_path):
    words = ["summary", *ids(school), "--each", "--output", str(tmp_path / "papers")]
    done = subprocess.run(
        [sys.executable, "-m", "sencli", "-C", str(school), *words],
        env=os.environ | {"SENCLI_TODAY": TODAY},
        capture_output=True,
        check=True,
    )
    assert b"\r" not in done.stderr
    assert b"papers:" not in done.stderr + done.stdout


@pytest.mark.parametrize("after", [0.1, 0.3, 0.7])
@pytest.mark.parametrize(
    "words", [("check",), ("register",), ("due",), ("verify",), ("find", "reads")]
)
def test_reading_can_be_stopped_at_any_time(school, words, after):
    forget(school)
    before = everything(school)
    run = Run(school, *words)
    time.sleep(after)
    run.stop(group=after > 0.2)
    # Python itself, before it has come to us, ends by the signal
    assert run.end() in {0, 1, STOPPED, -signal.SIGINT}
    assert "sencli/cli" not in run.said
    assert everything(school) == before


def git(folder, *words):
    done = subprocess.run(
        ["git", "-C", str(folder), *words], capture_output=True, check=True
    )
    return done.stdout.decode()


@pytest.mark.parametrize("group", [True, False], ids=["Ctrl-C", "signal"])
def test_a_write_can_be_stopped_at_any_time(tmp_path, group):
    folder = tmp_path / "school"
    (pupil,) = schools.make(folder, schools.Size(1, 5))
    commits = 1
    for after in range(6, 20, 2):
        value = str(20 + after)
        run = Run(folder, "outcome", "measure", pupil, "1", value)
        time.sleep(after / 100)
        run.stop(group=group)
        code = run.end()
        assert code in {0, STOPPED, -signal.SIGINT}
        assert "sencli/cli" not in run.said
        # what was begun is finished, or was never begun
        look = Run(folder, "pupil", "show", pupil)
        assert look.end() == 0
        now = int(git(folder, "rev-list", "--count", "HEAD"))
        assert now - commits in ({1} if code == 0 else {0, 1})
        commits = now
        git(folder, "fsck", "--strict")
        assert not git(folder, "status", "--short")


SWALLOWED = """
import sys, time
import sencli.cli.shell.run
from sencli.__main__ import main

class Odd:
    def __del__(self):
        raise KeyboardInterrupt

def run(args):
    Odd()
    time.sleep(600)
    return 0

sencli.cli.shell.run.run = run
main()
"""


def test_an_interruption_is_not_lost_where_python_cannot_raise_it():
    done = subprocess.run(
        [sys.executable, "-c", SWALLOWED],
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )
    assert (done.returncode, done.stderr) == (STOPPED, b"")
