"""The tables of one run, and where they stand in ``docs/speed.md``."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import UTC
from datetime import datetime
from pathlib import Path

from benchmarks.table import HEAD
from benchmarks.table import Bench
from benchmarks.table import Row

PATH = Path(__file__).parent.parent / "docs" / "speed.md"

Work = Callable[[Bench], Iterator[Row]]


class Page:
    """What was measured, in two tables: the targets, and how cost grows.

    Args:
        bench: what measures.
        table: every row, by name.
        growth: the names of those that show how cost grows.
    """

    def __init__(
        self, bench: Bench, table: Mapping[str, Work], growth: Sequence[str]
    ) -> None:
        self._bench = bench
        self._table = table
        self._growth = growth
        self._lines: dict[str, list[str]] = {}
        self._load = [_load()]
        self._where = ""

    def measure(self, names: Sequence[str]) -> None:
        """Measure the rows of these names."""
        for name in names:
            for made in self._table[name](self._bench):
                self._lines.setdefault(name, []).append(made.line())
                self._bench.say(made.line())
        self._load.append(_load())
        self._where = self._conditions()

    def text(self) -> str:
        """Both tables with what they were measured on."""
        return f"{self.results()}\n{self.growing()}"

    def results(self) -> str:
        """The rows that have a target, and where they were measured."""
        lines = self._rows(name for name in self._table if name not in self._growth)
        return f"{self._where}\n\n{lines}" if lines else ""

    def growing(self) -> str:
        """The rows that show how cost grows."""
        return self._rows(self._growth)

    def _rows(self, names: Iterator[str] | Sequence[str]) -> str:
        lines = [line for name in names for line in self._lines.get(name, ())]
        return "\n".join([*HEAD, *lines]) + "\n" if lines else ""

    def write(self) -> None:
        """Put the tables between their marks in the page on speed."""
        text = PATH.read_text("utf-8")
        for mark, table in (("results", self.results()), ("growth", self.growing())):
            text = between(text, mark, table)
        PATH.write_text(text, "utf-8")

    def _conditions(self) -> str:
        today = datetime.now(UTC).date()
        git = subprocess.run(["git", "--version"], capture_output=True, check=True)
        version = git.stdout.decode().split()[2]
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**30
        command = " ".join(["python -m benchmarks.measure", *_options()])
        return (
            f"`{command}`, {today.day} {today:%B %Y}, Python "
            f"{platform.python_version()}, git {version}, {platform.system()} "
            f"{platform.release().split('-')[0]}, {os.cpu_count()} cores "
            f"({_processor()}), {memory} GiB; load {self._load[0]} before and "
            f"{self._load[1]} after."
        )


def between(text: str, mark: str, table: str) -> str:
    """The text with this table between the two comments of that name."""
    begin, end = f"<!-- {mark} -->", f"<!-- end of {mark} -->"
    pattern = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if not pattern.search(text):
        raise ValueError(f"The page has no place for {mark}.")
    return pattern.sub(lambda _: f"{begin}\n{table.rstrip()}\n{end}", text, count=1)


def _options() -> list[str]:
    """The options of this run, without the folder, which is this machine's own."""
    words = sys.argv[1:]
    if "--folder" in words:
        at = words.index("--folder")
        del words[at : at + 2]
    return [word for word in words if word != "--write-docs"]


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


def _processor() -> str:
    try:
        found = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        return platform.machine()
    for line in found.splitlines():
        if line.startswith("model name"):
            return " ".join(line.partition(":")[2].split())
    return platform.machine()
