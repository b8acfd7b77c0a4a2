"""Writes: validated, committed, durable on disk; beside peers that commit too."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks import peers
from benchmarks.table import PASS
from benchmarks.table import SEN
from benchmarks.table import TODAY
from benchmarks.table import Bench
from benchmarks.table import Other
from benchmarks.table import P
from benchmarks.table import Row
from benchmarks.whole import Command

FEW = 50


def _measure(bench: Bench, pupils: int, kilobytes: int, name: str) -> Command:
    """One write in a school of its own: a measurement, another value each time."""
    source, ids = bench.school(pupils, kilobytes)
    folder = bench.folder / name
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source, folder)
    words = [*SEN, "outcome", "measure", ids[3], "1"]
    return Command(words, folder, TODAY, vary=lambda n: [str(30 + n % 40)], writes=True)


def _papis(bench: Bench, documents: int) -> dict[str, Other]:
    """One more document in a library of so many, committed too; its target."""
    program = bench.peers.get("papis")
    if program is None:
        return {}
    home = bench.folder / "papis-write"
    shutil.rmtree(home, ignore_errors=True)
    environment = peers.papis_library(home, documents)
    words = [str(program), "add", "--git", "--batch", "--set", "title"]
    add = Command(
        words, home, environment, vary=lambda n: [f"New title {n}"], writes=True
    )
    return {"papis add --git": (add, 0.3)}


def write(bench: Bench) -> Iterator[Row]:
    """One write, beside papis, which commits too, and taskwarrior, which does not."""
    usual = bench.scale.usual
    others: dict[str, Other] = {P: (replace(PASS, writes=True), 10.0)}
    others |= _papis(bench, usual)
    if program := bench.peers.get("task"):
        home = bench.folder / "task-write"
        shutil.rmtree(home, ignore_errors=True)
        environment = peers.task_list(program, home, usual)
        words = [str(program), "add"]
        add = Command(
            words, home, environment, vary=lambda n: [f"New task {n}"], writes=True
        )
        others["task add"] = (add, 2.0)
    ours = _measure(bench, usual, 30, "write-30")
    yield from bench.compare("one write, 30 KB", ours, others)


def write_among_many(bench: Bench) -> Iterator[Row]:
    """The same in a large school, beside a library of as many documents."""
    large = bench.scale.large
    if others := _papis(bench, large):
        ours = _measure(bench, large, 30, "write-30")
        what = f"one write, 30 KB, {large:,} pupils"
        yield from bench.compare(what, ours, others)


def signed_write(bench: Bench) -> Iterator[Row]:
    """The same, signed with an SSH key."""
    if shutil.which("ssh-keygen") is None:
        bench.say("ssh-keygen is not on this machine: the signed write is left out.")
        return
    ours = _measure(bench, bench.scale.usual, 30, "write-signed")
    key = bench.folder / "write-signed" / ".git" / "bench-key"
    make = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "bench", "-f"]
    subprocess.run([*make, str(key)], check=True, stdin=subprocess.DEVNULL)
    settings = {
        "gpg.format": "ssh",
        "user.signingkey": str(key),
        "commit.gpgsign": "true",
    }
    for name, value in settings.items():
        git = ["git", "-C", str(bench.folder / "write-signed"), "config"]
        subprocess.run([*git, name, value], check=True)
    others: dict[str, Other] = {P: (replace(PASS, writes=True), 11.0)}
    yield from bench.compare("one write, 30 KB, signed", ours, others)


def write_by_size(bench: Bench) -> Iterator[Row]:
    """A record of 200 KB beside one of 5 KB."""
    small = _measure(bench, FEW, 5, "write-5")
    large = _measure(bench, FEW, 200, "write-200")
    yield from bench.compare("one write, 200 KB", large, {"5 KB": (small, 2.0)})


def write_by_school(bench: Bench) -> Iterator[Row]:
    """A write in a large school beside one in a small one."""
    for pupils in (bench.scale.large, bench.scale.largest):
        few = _measure(bench, FEW, 5, "write-few")
        many = _measure(bench, pupils, 5, "write-many")
        what = f"one write, {pupils:,} pupils"
        yield from bench.compare(what, many, {f"{FEW} pupils": (few, 1.2)})
    shutil.rmtree(bench.folder / "write-many")


ROWS = (write, write_among_many, signed_write, write_by_size, write_by_school)


def clear(folder: Path) -> None:
    """A folder that is there and empty."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
