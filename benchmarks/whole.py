"""Whole processes, timed in alternation: seconds of wall time and peak memory."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path


@dataclass(frozen=True)
class Command:
    """A command line, where it runs, and what to do before each run.

    Attributes:
        words: the command line.
        folder: where it runs.
        extra: environment variables.
        before: done before each run, with the run's number, and not counted.
        vary: more words, by the run's number.
        fine: exit codes that mean that the work was done.
        writes: the disk is given time to settle before each run.
    """

    words: Sequence[str]
    folder: Path | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[int], None] | None = None
    vary: Callable[[int], Sequence[str]] | None = None
    fine: Sequence[int] = (0,)
    writes: bool = False

    def line(self, number: int) -> list[str]:
        """The words of one run."""
        more = self.vary(number) if self.vary is not None else ()
        return [*self.words, *more]


@dataclass(frozen=True)
class Figures:
    """What several runs of one command came to.

    Attributes:
        seconds: wall time of each run, in the order of the runs.
        peak_kb: peak memory of its largest process.
    """

    seconds: tuple[float, ...]
    peak_kb: int

    @property
    def median(self) -> float:
        """The median wall time in seconds."""
        return statistics.median(self.seconds)


# An installed program has its modules compiled, and so has what is measured here, also
# in a checkout; both sides of a ratio alike.
COMPILED = {
    "PYTHONPYCACHEPREFIX": str(Path(tempfile.gettempdir()) / "sencli-bench-compiled")
}

# A process begins with the memory of the one that starts it, so that one is small.
PEAK = """
import os, sys
child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, used = os.wait4(child, 0)
with open(sys.argv[1], "w") as file:
    file.write(str(used.ru_maxrss))
sys.exit(os.waitstatus_to_exitcode(status))
"""


class FailedError(Exception):
    """A command to be measured did not do its work."""


def _prepare(command: Command, number: int) -> None:
    if command.before is not None:
        command.before(number)
    if command.writes:
        os.sync()


def _run(command: Command, words: list[str]) -> float:
    """Wall seconds of one run of these words as the command runs."""
    environment = {**os.environ, **COMPILED, **command.extra}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.perf_counter()
    done = subprocess.run(
        words,
        cwd=command.folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
    )
    seconds = time.perf_counter() - begun
    if done.returncode not in command.fine:
        said = done.stderr.decode("utf-8", "replace")[-800:]
        raise FailedError(f"{words[:6]}: {done.returncode}\n{said}")
    return seconds


def timed(command: Command, number: int) -> float:
    """Wall seconds of one run."""
    _prepare(command, number)
    return _run(command, command.line(number))


def peak(command: Command, number: int) -> int:
    """The peak memory of the largest of its processes in one run, in KB."""
    _prepare(command, number)
    with tempfile.NamedTemporaryFile("r") as told:
        small = [sys.executable, "-SIc", PEAK, told.name]
        _run(command, [*small, *command.line(number)])
        return int(told.read())


def alternate(
    commands: Mapping[str, Command], runs: int, seconds: float
) -> dict[str, Figures]:
    """Each command once to warm up, then rounds of all of them in turn.

    The first of a round is another each time, so that none is always the one that
    follows the same neighbour.

    Args:
        commands: by name.
        runs: how many rounds at most.
        seconds: about how long all rounds may take; one is made in any case.
    """
    begun = time.perf_counter()
    peaks = {name: peak(command, 0) for name, command in commands.items()}
    one_round = time.perf_counter() - begun
    taken: dict[str, list[float]] = {name: [] for name in commands}
    names = [*commands]
    for number in range(1, 1 + max(1, min(runs, int(seconds / one_round)))):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            taken[name].append(timed(commands[name], number))
    return {name: Figures(tuple(taken[name]), peaks[name]) for name in names}


def ratios(one: Figures, other: Figures) -> list[float]:
    """The ratios of the paired runs, smallest first."""
    pairs = zip(one.seconds, other.seconds, strict=True)
    return sorted(a / b for a, b in pairs)
