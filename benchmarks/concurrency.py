"""Many writers and readers at once: every write is there, or was clearly refused.

    python -m benchmarks.concurrency [--writers 20] [--writes 25]

First all write to one record, then each to its own, then to all in turn. Readers at the
same time must see whole records that only ever grow.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks import acts
from sencli.errors import Busy
from sencli.store.repository.repository import Repository

HERE = Path(__file__).resolve().parent
KINDS = ("one", "own", "all")


@dataclass(frozen=True)
class Result:
    """What a run came to: how many writes said "saved", were there, said "busy"."""

    saved: int
    found: int
    busy: int
    commits: int
    torn: int
    seconds: float

    @property
    def right(self) -> bool:
        """Whether nothing was lost, doubled or half seen."""
        return self.saved == self.found == self.commits and not self.torn


def targets(kind: str, number: int, turn: int) -> tuple[str, ...]:
    """Whose records a writer changes at one turn."""
    if kind == "one":
        return acts.IDS[:1]
    if kind == "own":
        return (acts.IDS[number % len(acts.IDS)],)
    return (acts.IDS[(number + turn) % len(acts.IDS)],)


def write(folder: str, kind: str, number: int, writes: int) -> int:
    """One writer; prints a line for each write: saved or busy."""
    repository = Repository(Path(folder))
    for turn in range(writes):
        text = f"writer {number} turn {turn}"
        try:
            repository.change(acts.notes(text, *targets(kind, number, turn)))
        except Busy:
            print(f"busy {text}", flush=True)
        else:
            print(f"saved {text}", flush=True)
    return 0


def read(folder: str, stop: str) -> int:
    """One reader; prints a line for each thing that cannot be."""
    seen = dict.fromkeys(acts.IDS, 0)
    while not Path(stop).exists():
        repository = Repository.find(folder)
        for pupil_id in acts.IDS:
            count = len(repository.pupil(pupil_id).get("concerns", []))
            if count < seen[pupil_id]:
                print(f"torn {pupil_id}: {seen[pupil_id]} then {count}", flush=True)
            seen[pupil_id] = count
        time.sleep(0.01)
    return 0


def _start(*words: object) -> subprocess.Popen[str]:
    env = dict(os.environ) | {"PYTHONPATH": str(HERE.parent)}
    return subprocess.Popen(
        [sys.executable, "-m", "benchmarks.concurrency", *map(str, words)],
        stdout=subprocess.PIPE,
        text=True,
        env=env,
    )


def run(folder: Path, kind: str, writers: int, writes: int, readers: int = 2) -> Result:
    """Let them all loose on a new repository in `folder`."""
    root = folder / kind
    made = Repository.create(root, acts.starting_files(), acts.INIT)
    with made.batch() as batch:
        for pupil_id in acts.IDS:
            batch.change(acts.adds(pupil_id))
    begun = 1 + len(acts.IDS)
    stop = folder / f"{kind}.stop"
    start = time.monotonic()
    reading = [_start("read", root, stop) for _ in range(readers)]
    writing = [_start("write", root, kind, n, writes) for n in range(writers)]
    said = [line for w in writing for line in w.communicate()[0].splitlines()]
    seconds = time.monotonic() - start
    stop.touch()
    torn = [line for r in reading for line in r.communicate()[0].splitlines()]
    broken = [p.returncode for p in (*writing, *reading) if p.returncode]
    saved = sorted(s.removeprefix("saved ") for s in said if s.startswith("saved "))
    found = sorted(
        concern["concern"]
        for pupil_id in acts.IDS
        for concern in made.pupil(pupil_id).get("concerns", [])
    )
    count = made.git.ask("rev-list", "--count", "HEAD")
    return Result(
        saved=len(saved),
        found=len(found) if found == saved else -len(found),
        busy=sum(line.startswith("busy ") for line in said),
        commits=int(count) - begun,
        torn=len(torn) + len(broken),
        seconds=seconds,
    )


def main() -> int:
    """Run all kinds and print a table; 1 if anything was lost."""
    if sys.argv[1:2] == ["write"]:
        folder, kind, number, writes = sys.argv[2:6]
        return write(folder, kind, int(number), int(writes))
    if sys.argv[1:2] == ["read"]:
        return read(*sys.argv[2:4])
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writers", type=int, default=20)
    parser.add_argument("--writes", type=int, default=25)
    asked = parser.parse_args()
    right = True
    print("| records | writers x writes | saved | found | commits | busy | torn | s |")
    print("|---|---|---:|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory(prefix="many-") as folder:
        for kind in KINDS:
            got = run(Path(folder), kind, asked.writers, asked.writes)
            right = right and got.right
            print(
                f"| {kind} | {asked.writers} x {asked.writes} | {got.saved} | "
                f"{got.found} | {got.commits} | {got.busy} | {got.torn} | "
                f"{got.seconds:.1f} |",
                flush=True,
            )
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
