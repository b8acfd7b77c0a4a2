"""A very large school: 10,000 pupils and 20,000 commits; each command has its limit.

``python -m benchmarks.large`` makes it, types each command twice, first with nothing
kept ready, and ends with 1 where one takes longer than its limit. ``--pupils`` and
``--commits`` make a smaller one, as the tests do.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.schools import Size
from benchmarks.schools import make

LIMIT = 2.0
# the first list after every record has changed reads them all
FIRST = 5.0
_LISTS = ("pupil list", "register", "due")
_KILOBYTES = 5


@dataclass(frozen=True)
class Timed:
    """One command: seconds when nothing was kept ready, and seconds the next time."""

    words: str
    cold: float
    warm: float

    @property
    def within(self) -> bool:
        """Whether it keeps to the limit, also the first time."""
        first = FIRST if self.words in _LISTS else LIMIT
        return self.cold < first and self.warm < LIMIT


def school(folder: Path, pupils: int, commits: int) -> str:
    """Make the school; gives the id of the pupil with most changes."""
    make(folder, Size(pupils, _KILOBYTES, commits))
    records = (folder / "pupils").iterdir()
    return max(records, key=lambda path: path.stat().st_size).stem


def commands(pupil: str) -> list[str]:
    """What is typed: lists of all, one record, histories."""
    return [
        "pupil list",
        "register",
        "due",
        f"pupil show {pupil}",
        f"history {pupil}",
        "history",
        f"pupil set {pupil} known_as=Millie",
    ]


def typed(folder: Path, words: str) -> float:
    """Seconds of one command as a process of its own; it must succeed."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "sencli", *words.split()],
        cwd=folder,
        env={**os.environ, "SENCLI_TODAY": "2026-01-12"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    seconds = time.perf_counter() - start
    if done.returncode:
        raise RuntimeError(done.stderr.decode("utf-8", "replace"))
    return seconds


def measured(folder: Path, pupil: str) -> list[Timed]:
    """Every command, cold and warm."""
    found = []
    for words in commands(pupil):
        for kept in (folder / ".git/sencli").glob("rows-*"):
            kept.unlink()
        found.append(Timed(words, typed(folder, words), typed(folder, words)))
    return found


def main() -> int:
    """Make, measure, print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pupils", type=int, default=10_000)
    parser.add_argument("--commits", type=int, default=20_000)
    asked = parser.parse_args()
    place = Path(tempfile.mkdtemp(prefix="sencli-large-"))
    try:
        folder = place / "school"
        pupil = school(folder, asked.pupils, asked.commits)
        found = measured(folder, pupil)
    finally:
        shutil.rmtree(place)
    print("| command | first time, s | then, s |\n|---|---:|---:|")
    for one in found:
        words = one.words.replace(pupil, "PUPIL")
        print(f"| `sen {words}` | {one.cold:.2f} | {one.warm:.2f} |")
    return int(not all(one.within for one in found))


if __name__ == "__main__":
    sys.exit(main())
