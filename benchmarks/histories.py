"""Long histories: one pupil's story, what was known then, and a check of them all."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from benchmarks.table import PASS
from benchmarks.table import Bench
from benchmarks.table import Other
from benchmarks.table import P
from benchmarks.table import Row
from benchmarks.table import sen
from benchmarks.whole import Command

# what git itself needs to tell a file's story
GIT_HISTORY = (
    'git log --format=%H --raw --no-abbrev --no-renames -- "$1" '
    "| grep ^: | cut -d' ' -f4 | git cat-file --batch"
)
KNOWN = "2024-01-10"


def _old(bench: Bench, commits: int) -> tuple[Path, Path]:
    """A repository of so many commits, and the record with the most changes."""
    folder, _ = bench.school(bench.scale.usual, 5, commits)
    graph = ["git", "-C", str(folder), "commit-graph", "write", "--reachable"]
    subprocess.run([*graph, "--changed-paths", "--no-progress"], check=True)
    return folder, max(
        (folder / "pupils").iterdir(), key=lambda file: file.stat().st_size
    )


def history(bench: Bench) -> Iterator[Row]:
    """One pupil among many commits, beside git with changed-path filters."""
    for commits in bench.scale.commits:
        folder, touched = _old(bench, commits)
        ours = sen(folder, "history", touched.stem, "--format", "json")
        words = ["sh", "-c", GIT_HISTORY, "sh", f"pupils/{touched.name}"]
        others: dict[str, Other] = {"git log + cat-file": (Command(words, folder), 1.5)}
        what = f"history of the pupil with most changes, {commits:,} commits"
        yield from bench.compare(what, ours, others)


def known(bench: Bench) -> Iterator[Row]:
    """What a record said on a day long ago."""
    for commits in bench.scale.commits:
        folder, touched = _old(bench, commits)
        ours = sen(folder, "pupil", "show", touched.stem, "--known-at", KNOWN)
        what = f"show one pupil as known then, {commits:,} commits"
        yield from bench.compare(what, ours, {P: (PASS, 10.0)})


def verify(bench: Bench) -> Iterator[Row]:
    """Every commit and every version looked at, beside git's own check of objects."""
    for commits in bench.scale.commits:
        folder, _ = _old(bench, commits)
        git = Command(["git", "fsck", "--full", "--strict", "--no-progress"], folder)
        ours = sen(folder, "verify", fine=(0, 1))
        others: dict[str, Other] = {"git fsck --strict": (git, None)}
        yield from bench.compare(f"verify, {commits:,} commits", ours, others)


ROWS = (history, known)
GROWTH = (verify,)
