"""What a measurement is: ours, against what, the ratio, what it should be."""

from __future__ import annotations

import shutil
import statistics
import sys
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks import schools
from benchmarks.peers import Peers
from benchmarks.whole import Command
from benchmarks.whole import FailedError
from benchmarks.whole import Figures
from benchmarks.whole import alternate
from benchmarks.whole import ratios

P = "p"
PASS = Command([sys.executable, "-c", "pass"])
# as installed: `python -m` would add runpy to every start
SEN = [str(Path(sys.executable).with_name("sen"))]
TODAY = {"SENCLI_TODAY": "2026-11-22"}

HEAD = (
    "| work | ours | against | ratio | middle half | target | | runs | peak memory |",
    "|---|---|---|---|---|---|---|---|---|",
)

Other = tuple[Command, float | None]


@dataclass(frozen=True)
class Row:
    """One line of the table: ours, against what, the ratio, what it should be.

    Attributes:
        work: what is done.
        ours: what it took us.
        against: what it is compared with.
        other: what it took the other.
        target: the largest ratio that is good enough; None where none was set.
        times: by how much the other's work is smaller than ours (0.1: a tenth).
    """

    work: str
    ours: Figures
    against: str
    other: Figures
    target: float | None
    times: float = 1.0

    @property
    def ratios(self) -> list[float]:
        """Ours as multiples of the other, pair by pair, smallest first."""
        return [self.times * one for one in ratios(self.ours, self.other)]

    @property
    def ratio(self) -> float:
        """The median of the pairs, and not a ratio of medians."""
        return statistics.median(self.ratios)

    def line(self) -> str:
        """As a line of a Markdown table."""
        every = self.ratios
        quarter = len(every) // 4
        target = verdict = "-"
        if self.target is not None:
            target = f"{self.target:g}"
            verdict = "met" if round(self.ratio, 2) <= self.target else "**missed**"
        cells = (
            self.work,
            f"{self.ours.median * 1000:,.0f} ms",
            f"{self.against} {self.other.median * 1000:,.0f} ms",
            f"{self.ratio:.2f}",
            f"{every[quarter]:.2f} to {every[-1 - quarter]:.2f}",
            target,
            verdict,
            str(len(every)),
            f"{self.ours.peak_kb // 1024} MB",
        )
        return f"| {' | '.join(cells)} |"


@dataclass(frozen=True)
class Scale:
    """How large the measured schools are.

    Attributes:
        runs: rounds of one comparison at most.
        seconds: about how long one comparison may take.
        usual: pupils of a usual school.
        large: pupils of a large one, of which the targets speak.
        largest: pupils of the largest.
        commits: of a young repository, and of an old one.
        papers: how many summaries are printed.
        peer_papers: how many of them the slow peer prints.
        peer_checks: how many records the slow peer checks.
    """

    runs: int = 15
    seconds: float = 90
    usual: int = 300
    large: int = 2000
    largest: int = 20_000
    commits: tuple[int, int] = (1000, 20_000)
    papers: int = 200
    peer_papers: int = 20
    peer_checks: tuple[int, ...] = (50, 300)


QUICK = Scale(3, 20, 50, 200, 1000, (200, 1000), 20, 4, (20,))


class Bench:
    """Schools, peers and how many runs."""

    def __init__(self, folder: Path, scale: Scale) -> None:
        self.folder = folder.resolve()
        self.scale = scale
        self.peers = Peers(self.folder / "peers", self.say)
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
                half = folder.with_name(f"half-{folder.name}")
                shutil.rmtree(half, ignore_errors=True)
                schools.make(half, size)
                half.rename(folder)
            ids = sorted(f.stem for f in (folder / "pupils").iterdir())
            self._schools[size] = (folder, ids)
        return self._schools[size]

    def compare(
        self, work: str, ours: Command, others: Mapping[str, Other]
    ) -> Iterator[Row]:
        """Ours beside others, all in turn; one row for each of the others."""
        commands = {"ours": ours} | {name: c for name, (c, _) in others.items()}
        try:
            taken = alternate(commands, self.scale.runs, self.scale.seconds)
        except FailedError as fault:
            self.say(f"{work}: could not be measured: {fault}")
            return
        for name, (_, target) in others.items():
            yield Row(work, taken["ours"], name, taken[name], target)


def sen(folder: Path | None, *words: str, fine: tuple[int, ...] = (0,)) -> Command:
    """One of our commands in a school."""
    return Command([*SEN, *words], folder, TODAY, fine=fine)
