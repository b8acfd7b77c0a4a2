"""Start-up, reads, writes and history, beside their peers and floors."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks import peers
from benchmarks.table import PASS
from benchmarks.table import SEN
from benchmarks.table import TODAY
from benchmarks.table import Bench
from benchmarks.table import Row
from benchmarks.table import sen
from benchmarks.whole import Command

SCHOOL, LARGE = 300, 2000
P = "p"

# ryaml alone on every record, in two processes: nothing can read them faster
FLOOR = """
import os, sys, ryaml
names = sorted(os.listdir("pupils"))
def load(part):
    for name in part:
        with open("pupils/" + name, "rb") as file:
            ryaml.loads(file.read().decode())
child = os.fork()
load(names[bool(child)::2])
if child: os.waitpid(child, 0)
"""

# what git itself needs to tell a file's story
GIT_HISTORY = (
    'git log --format=%H --raw --no-abbrev --no-renames -- "$1" '
    "| grep ^: | cut -d' ' -f4 | git cat-file --batch"
)


def version(bench: Bench) -> Iterator[Row]:
    """``sen --version``, answered before click is imported."""
    others = {P: (PASS, 1.5)}
    for peer in ("papis", "todoman", "task"):
        if program := bench.peers.get(peer):
            others[f"{peer} --version"] = (Command([str(program), "--version"]), 1.0)
    yield from bench.compare("sen --version", sen(None, "--version"), others)


def completion(bench: Bench) -> Iterator[Row]:
    """What the shell asks at every press of Tab."""
    folder, _ = bench.school(SCHOOL, 30)
    asked = {
        "_SEN_COMPLETE": "bash_complete",
        "COMP_WORDS": "sen cy",
        "COMP_CWORD": "1",
    }
    ours = Command(SEN, folder, TODAY | asked)
    yield from bench.compare("completion", ours, {P: (PASS, 5.0)})


def show(bench: Bench) -> Iterator[Row]:
    """One pupil of 30 KB."""
    folder, ids = bench.school(SCHOOL, 30)
    ours = sen(folder, "pupil", "show", ids[7])
    yield from bench.compare("show one pupil, 30 KB", ours, {P: (PASS, 5.0)})


def _measure(folder: Path, pupil_id: str) -> Command:
    """One write: a measurement, another value each time."""
    words = [*SEN, "outcome", "measure", pupil_id, "1"]
    return Command(words, folder, TODAY, vary=lambda n: [str(30 + n % 40)])


def _copy(bench: Bench, pupils: int, kilobytes: int, name: str) -> tuple[Path, str]:
    """A school of its own for writing, and a pupil in it."""
    source, ids = bench.school(pupils, kilobytes)
    folder = bench.folder / name
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder)
    return folder, ids[3]


def write(bench: Bench) -> Iterator[Row]:
    """Validate, commit, durable on disk; beside papis, which commits too."""
    folder, pupil = _copy(bench, SCHOOL, 30, "write-30")
    others = {P: (PASS, 10.0)}
    if program := bench.peers.get("papis"):
        home = bench.folder / "papis-write"
        shutil.rmtree(home, ignore_errors=True)
        environment = peers.papis_library(home, SCHOOL)
        words = [str(program), "add", "--git", "--batch", "--set", "title"]
        add = Command(words, home, environment, vary=lambda n: [f"New title {n}"])
        others["papis add --git"] = (add, 0.3)
    yield from bench.compare("one write, 30 KB", _measure(folder, pupil), others)


def write_by_size(bench: Bench) -> Iterator[Row]:
    """A record of 200 KB beside one of 5 KB."""
    small = _measure(*_copy(bench, 50, 5, "write-5"))
    large = _measure(*_copy(bench, 50, 200, "write-200"))
    yield from bench.compare("one write, 200 KB", large, {"5 KB": (small, 2.0)})


def write_by_school(bench: Bench) -> Iterator[Row]:
    """A write among 20,000 pupils beside one among 50."""
    few = _measure(*_copy(bench, 50, 5, "write-50"))
    many = _measure(*_copy(bench, 20_000, 5, "write-20000"))
    yield from bench.compare("one write, 20,000 pupils", many, {"50": (few, 1.2)})


def register(bench: Bench) -> Iterator[Row]:
    """The register of 2,000 pupils from the cache, and the due list."""
    folder, _ = bench.school(LARGE, 30)
    others = {P: (PASS, 6.0)}
    if program := bench.peers.get("papis"):
        home = bench.folder / "papis-list"
        if not home.exists():
            peers.papis_library(home, LARGE)
        environment = {
            "XDG_CONFIG_HOME": str(home / "home"),
            "XDG_CACHE_HOME": str(home / "cache"),
        }
        words = [str(program), "list", "--all", "Outcomes"]
        others["papis list"] = (Command(words, home, environment), 0.35)
    if program := bench.peers.get("todoman"):
        home = bench.folder / "todoman"
        config = home / "config.py"
        if not home.exists():
            home.mkdir(parents=True)
            peers.todo_lists(home, LARGE)
        listed = Command([str(program), "list"], home, {"TODOMAN_CONFIG": str(config)})
        others["todo list"] = (listed, 1.0)
    yield from bench.compare("register, 2,000, warm", sen(folder, "register"), others)
    due = sen(folder, "due")
    yield from bench.compare("due, 2,000, warm", due, {P: (PASS, 6.0)})


def _cold(folder: Path, *words: str, fine: tuple[int, ...] = (0,)) -> Command:
    def forget(_: int) -> None:
        for cache in (folder / ".git" / "sencli").glob("rows-*.json"):
            cache.unlink()

    return Command([*SEN, *words], folder, TODAY, before=forget, fine=fine)


def cold(bench: Bench) -> Iterator[Row]:
    """The same without the cache, and a check of every record."""
    folder, _ = bench.school(LARGE, 30)
    floor = Command([sys.executable, "-c", FLOOR], folder)
    name = "ryaml alone, two processes"
    yield from bench.compare(
        "register, 2,000, cold", _cold(folder, "register"), {name: (floor, 1.3)}
    )
    check = _cold(folder, "check", fine=(0, 1))
    yield from bench.compare("check, 2,000, cold", check, {name: (floor, 1.3)})


def check_by_peer(bench: Bench) -> Iterator[Row]:
    """``sen check`` beside check-jsonschema, on 50 and 300 records of 30 KB.

    The target is for 2,000, which the peer needs minutes for: the ratio falls with the
    number of records, as our start-up counts for less.
    """
    program = bench.peers.get("check-jsonschema")
    if program is None:
        return
    schema = peers.schema_without_annotations(bench.folder)
    for pupils in (50, SCHOOL):
        folder, _ = bench.school(pupils, 30)
        files = sorted(str(f) for f in (folder / "pupils").iterdir())
        words = [str(program), "--schemafile", str(schema), *files]
        peer = Command(words, folder, fine=(0, 1))
        ours = _cold(folder, "check", fine=(0, 1))
        others = {"check-jsonschema": (peer, 0.02)}
        yield from bench.compare(f"check, {pupils}", ours, others)


def history(bench: Bench) -> Iterator[Row]:
    """One pupil among many commits, beside git with changed-path filters.

    Also what was known on a day, and one pupil among few commits.
    """
    for commits in (1000, 20_000):
        folder, _ = bench.school(SCHOOL, 5, commits)
        graph = ["git", "-C", str(folder), "commit-graph", "write", "--reachable"]
        subprocess.run([*graph, "--changed-paths", "--no-progress"], check=True)
        touched = max((folder / "pupils").iterdir(), key=lambda f: f.stat().st_size)
        ours = sen(folder, "history", touched.stem, "--format", "json")
        words = ["sh", "-c", GIT_HISTORY, "sh", f"pupils/{touched.name}"]
        git = Command(words, folder)
        what = f"history of the pupil with most changes, {commits:,} commits"
        yield from bench.compare(what, ours, {"git log + cat-file": (git, 1.5)})
        known = sen(folder, "pupil", "show", touched.stem, "--known-at", "2024-01-10")
        what = f"show one pupil as known then, {commits:,} commits"
        yield from bench.compare(what, known, {P: (PASS, 10.0)})


def growth(bench: Bench) -> Iterator[Row]:
    """How the warm register grows with the school; 20,000 records are of 5 KB."""
    for pupils, kilobytes in ((50, 30), (SCHOOL, 30), (LARGE, 30), (20_000, 5)):
        folder, _ = bench.school(pupils, kilobytes)
        yield from bench.compare(
            f"register, {pupils} pupils, warm",
            sen(folder, "register"),
            {P: (PASS, 6.0)},
        )


ROWS = (
    version,
    completion,
    show,
    write,
    write_by_size,
    write_by_school,
    register,
    cold,
    check_by_peer,
    history,
    growth,
)
