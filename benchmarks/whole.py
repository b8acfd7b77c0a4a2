"""Whole processes, timed in alternation: seconds of wall time and peak memory."""

from __future__ import annotations

import os
import statistics
import subprocess
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
    """A command line, where it runs, and what to do before each run."""

    words: Sequence[str]
    folder: Path | None = None
    extra: Mapping[str, str] = field(default_factory=dict)
    before: Callable[[int], None] | None = None
    vary: Callable[[int], Sequence[str]] | None = None
    fine: Sequence[int] = (0,)


@dataclass(frozen=True)
class Figures:
    """What several runs of one command came to."""

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


class FailedError(Exception):
    """A command to be measured did not do its work."""


def run(command: Command, number: int) -> tuple[float, int]:
    """Run once; wall seconds and the peak memory of the largest process, in KB."""
    if command.before is not None:
        command.before(number)
    words = list(command.words)
    if command.vary is not None:
        words += command.vary(number)
    environment = {**os.environ, **COMPILED, **command.extra}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    # an installed program has its bytecode: never count compilation
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    begun = time.perf_counter()
    with subprocess.Popen(
        words,
        cwd=command.folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        said = process.stderr.read() if process.stderr else b""
        _, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in command.fine:
        raise FailedError(f"{words}: {process.returncode}\n{said.decode()[-800:]}")
    return seconds, used.ru_maxrss


def alternate(commands: Mapping[str, Command], runs: int) -> dict[str, Figures]:
    """Each command once to warm up, then ``runs`` rounds of all of them in turn."""
    taken: dict[str, list[tuple[float, int]]] = {name: [] for name in commands}
    for number in range(runs + 1):
        for name, command in commands.items():
            one = run(command, number)
            if number:
                taken[name].append(one)
    return {
        name: Figures(tuple(s for s, _ in found), max(kb for _, kb in found))
        for name, found in taken.items()
    }


def ratio(one: Figures, other: Figures) -> float:
    """The median of the ratios of the paired runs."""
    pairs = zip(one.seconds, other.seconds, strict=True)
    return statistics.median(a / b for a, b in pairs)
