"""What a measurement is: ours, against what, the ratio, what it should be."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import schools
from benchmarks.peers import Peers
from benchmarks.whole import Command
from benchmarks.whole import FailedError
from benchmarks.whole import Figures
from benchmarks.whole import alternate
from benchmarks.whole import ratio

PASS = Command([sys.executable, "-c", "pass"])
# as installed: `python -m` would add runpy to every start
SEN = [str(Path(sys.executable).with_name("sen"))]
TODAY = {"SENCLI_TODAY": "2026-11-22"}


@dataclass(frozen=True)
class Row:
    """One line of the table: ours, against what, the ratio, what it should be."""

    work: str
    ours: Figures
    against: str
    other: Figures
    target: float
    times: float = 1.0

    @property
    def ratio(self) -> float:
        """Ours as a multiple of the other, median of pairs."""
        return ratio(self.ours, self.other) * self.times

    def line(self) -> str:
        """As a line of a Markdown table."""
        verdict = "met" if self.ratio <= self.target else "**missed**"
        return (
            f"| {self.work} | {self.ours.median * 1000:.0f} ms | {self.against} "
            f"{self.other.median * 1000:.0f} ms | {self.ratio:.2f} | {self.target:g} "
            f"| {verdict} | {self.ours.peak_kb // 1024} MB |"
        )


class Bench:
    """Schools, peers and how many runs."""

    def __init__(self, folder: Path, runs: int) -> None:
        self.folder = folder
        self.runs = runs
        self.peers = Peers(folder / "peers", self.say)
        self._schools: dict[schools.Size, tuple[Path, list[str]]] = {}

    def say(self, text: str) -> None:
        """A word on the way."""
        print(text, file=sys.stderr, flush=True)

    def school(
        self, pupils: int, kilobytes: int, commits: int = 0, supported: float = 1.0
    ) -> tuple[Path, list[str]]:
        """A school of that kind, made when it is first asked for."""
        size = schools.Size(pupils, kilobytes, commits, supported)
        if size not in self._schools:
            folder = self.folder / f"school-{size.name}"
            if not folder.exists():
                self.say(f"making {pupils} pupils of {kilobytes} KB, {commits} commits")
                schools.make(folder, size)
            ids = sorted(f.stem for f in (folder / "pupils").iterdir())
            self._schools[size] = (folder, ids)
        return self._schools[size]

    def compare(
        self, work: str, ours: Command, others: dict[str, tuple[Command, float]]
    ) -> Iterator[Row]:
        """Ours beside others, all in turn; one row for each of the others."""
        commands = {"ours": ours} | {name: c for name, (c, _) in others.items()}
        try:
            taken = alternate(commands, self.runs)
        except FailedError as fault:
            self.say(f"{work}: could not be measured: {fault}")
            return
        for name, (_, target) in others.items():
            yield Row(work, taken["ours"], name, taken[name], target)


def sen(folder: Path | None, *words: str, fine: tuple[int, ...] = (0,)) -> Command:
    """One of our commands in a school."""
    return Command([*SEN, *words], folder, TODAY, fine=fine)
