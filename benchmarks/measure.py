"""Every row of the speed table beside its peer, in alternation, in one run.

``python -m benchmarks.measure`` prints medians, ratios and peak memory;
``--page docs/figures.md`` writes them as a page. ``p`` is ``python -c pass``.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from pathlib import Path

from benchmarks import papers
from benchmarks import records
from benchmarks.table import Bench

TABLE = {work.__name__: work for work in (*records.ROWS, *papers.ROWS)}


def main() -> None:
    """Measure what is asked for, and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="*", metavar="ROW", help=", ".join(TABLE))
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--folder", type=Path, help="keep the schools and peers here")
    parser.add_argument("--page", type=Path, help="write the table to this file too")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(asked.folder or Path(scratch), asked.runs)
        lines = [
            _where(asked.runs),
            "",
            "| work | ours | against | ratio | target | | peak |",
            "|---|---|---|---|---|---|---|",
        ]
        for name in asked.only or TABLE:
            for made in TABLE[name](bench):
                lines.append(made.line())
                bench.say(lines[-1])
    text = "\n".join(lines) + "\n"
    print(text)
    if asked.page:
        asked.page.write_text(text)


def _where(runs: int) -> str:
    return (
        f"Measured on {platform.machine()}, {os.cpu_count()} cores, Python "
        f"{platform.python_version()}, {runs} runs of whole processes in turn, medians."
    )


if __name__ == "__main__":
    main()
