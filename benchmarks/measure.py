"""Every row of the speed table beside its peer, in alternation, in one run.

``python -m benchmarks.measure`` prints medians of paired ratios and peak memory;
``--write-docs`` puts them into ``docs/speed.md``. ``p`` is ``python -c pass``.
"""

from __future__ import annotations

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

from benchmarks import histories
from benchmarks import page
from benchmarks import papers
from benchmarks import reads
from benchmarks import startup
from benchmarks import writes
from benchmarks.table import QUICK
from benchmarks.table import Bench
from benchmarks.table import Scale

RESULTS = (
    *(*startup.ROWS, *writes.ROWS, *reads.ROWS),
    *(*papers.ROWS, *histories.ROWS),
)
GROWTH = (*reads.GROWTH, *histories.GROWTH)
TABLE = {work.__name__: work for work in (*RESULTS, *GROWTH)}


def main() -> None:
    """Measure what is asked for, and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("only", nargs="*", metavar="ROW", help=", ".join(TABLE))
    parser.add_argument("--runs", type=int, help="rounds at most (15; quick: 3)")
    parser.add_argument("--seconds", type=float, help="for one comparison (90)")
    parser.add_argument("--quick", action="store_true", help="small schools, few runs")
    parser.add_argument("--long", action="store_true", help="also what takes minutes")
    parser.add_argument("--folder", type=Path, help="keep the schools and peers here")
    parser.add_argument(
        "--write-docs", action="store_true", help="put the tables into docs/speed.md"
    )
    asked = parser.parse_args()
    if unknown := [name for name in asked.only if name not in TABLE]:
        parser.error(
            f"no such row: {', '.join(unknown)}. There are: {', '.join(TABLE)}"
        )
    if asked.write_docs and asked.only:
        parser.error("--write-docs takes all rows")
    with tempfile.TemporaryDirectory() as scratch:
        bench = Bench(asked.folder or Path(scratch), _scale(asked))
        made = page.Page(bench, TABLE, [work.__name__ for work in GROWTH])
        made.measure(asked.only or [*TABLE])
    print(made.text())
    if asked.write_docs:
        made.write()


def _scale(asked: argparse.Namespace) -> Scale:
    scale = QUICK if asked.quick else Scale()
    scale = replace(
        scale,
        runs=asked.runs or scale.runs,
        seconds=asked.seconds or scale.seconds,
    )
    if asked.long:
        scale = replace(scale, peer_checks=(*scale.peer_checks, scale.large))
    return scale


if __name__ == "__main__":
    main()
