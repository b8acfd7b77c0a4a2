"""Many schools read together, beside one school at a time, and on one core.

``python -m benchmarks.many --schools 50 --pupils 2000`` makes one school and copies it
by hard links, so that fifty take the room of one. Each list is read once without
caches, and then with them.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.table import Bench
from benchmarks.table import Scale
from benchmarks.table import sen
from benchmarks.whole import Command
from benchmarks.whole import peak
from benchmarks.whole import timed
from sencli.core.reports.all_schools import CAN

REGISTERED = 0.18
ONE_CORE = """
import os, sys
os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
os.execv(sys.argv[1], sys.argv[1:])
"""


def copies(school: Path, folder: Path, number: int) -> None:
    """The school so many times; the records' files are the same on the disk."""
    for at in range(number):
        place = folder / f"school-{at:02}"
        shutil.copytree(school / ".git", place / ".git")
        shutil.rmtree(place / ".git" / "sencli", ignore_errors=True)
        shutil.copytree(school / "pupils", place / "pupils", copy_function=os.link)
        for file in school.glob("*.yaml"):
            text = file.read_text("utf-8")
            name = f"Bench School {at:02}"
            (place / file.name).write_text(text.replace("Bench School", name), "utf-8")
        shutil.copytree(school / ".sencli", place / ".sencli")


def forget(folder: Path) -> None:
    """Take every cache away."""
    for kept in folder.glob("*/.git/sencli/*.json"):
        kept.unlink()


def on_one_core(command: Command) -> Command:
    """The same, on one processor."""
    words = [sys.executable, "-SIc", ONE_CORE, *command.words]
    return Command(words, command.folder, command.extra, fine=command.fine)


def rows(folder: Path, one: Path, number: int, lists: Sequence[str]) -> list[str]:
    """A line of the table for each list."""
    made = []
    for line in lists:
        words = line.split()
        many = sen(None, "--all-in", str(folder), *words, fine=(0, 1))
        alone = sen(one, *words, "--format", "csv", fine=(0, 1))
        forget(folder)
        cold = timed(many, 0)
        warm = min(timed(many, n) for n in range(2))
        single = min(timed(alone, n) for n in range(2))
        slow = timed(on_one_core(many), 0)
        memory = [f"{peak(command, 0) // 1024} MB" for command in (many, alone)]
        ratios = [f"{warm / (number * single):.2f}", f"{slow / warm:.2f}"]
        told = [line, f"{cold:.1f} s", f"{warm:.2f} s", *ratios, *memory]
        made.append(f"| {' | '.join(told)} |")
    return made


def main() -> None:
    """Make the schools, measure, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schools", type=int, default=50)
    parser.add_argument("--pupils", type=int, default=2000)
    parser.add_argument("--kilobytes", type=int, default=30)
    parser.add_argument("--lists", nargs="+", choices=CAN, default=CAN)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(Path(scratch), Scale())
        one, _ = bench.school(asked.pupils, asked.kilobytes, supported=REGISTERED)
        folder = Path(scratch, "many")
        copies(one, folder, asked.schools)
        head = ("list", "cold", "warm", "of one by one", "one core", "peak", "of one")
        print(f"{asked.schools} schools of {asked.pupils} pupils")
        print(f"| {' | '.join(head)} |\n|{'---|' * len(head)}")
        print("\n".join(rows(folder, one, asked.schools, asked.lists)))


if __name__ == "__main__":
    main()
