"""Two hundred parents' summaries, beside a browser and WeasyPrint."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks import peers
from benchmarks.table import Bench
from benchmarks.table import Row
from benchmarks.table import sen
from benchmarks.whole import Command

PAGES = 200
CHROMIUM = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
    *("--no-first-run", "--disable-background-networking", "--disable-sync"),
    *("--disable-component-update", "--no-pdf-header-footer"),
)

# as a school would: one file each, from its own page of HTML
EACH = """
import sys, weasyprint
for n in range(int(sys.argv[2])):
    weasyprint.HTML(sys.argv[1]).write_pdf(f"{sys.argv[3]}/{n}.pdf")
"""


def _fresh(path: Path) -> Path:
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
    return path


def summaries_in_one(bench: Bench) -> Iterator[Row]:
    """All in one PDF."""
    chromium = bench.peers.get("chromium")
    if chromium is None:
        return
    folder, ids = bench.school(PAGES, 5)
    out = bench.folder / "all.pdf"
    ours = sen(folder, "summary", *ids, "--output", str(out), "--force")
    page = peers.pages(bench.folder, PAGES)
    printed = bench.folder / "chromium.pdf"
    words = [str(chromium), *CHROMIUM, f"--user-data-dir={bench.folder / 'browser'}"]
    browser = Command([*words, f"--print-to-pdf={printed}", page.as_uri()])
    yield from bench.compare(
        "200 summaries, one PDF", ours, {"Chromium": (browser, 0.4)}
    )


def summaries_as_files(bench: Bench) -> Iterator[Row]:
    """A PDF each; the peer makes twenty, counted ten times."""
    program = bench.peers.get("weasyprint")
    if program is None:
        return
    folder, ids = bench.school(PAGES, 5)
    out = bench.folder / "files"

    def clear(_: int) -> None:
        _fresh(out)
        out.mkdir()

    command = sen(folder, "summary", *ids, "--each", "--output", str(out))
    ours = Command(command.words, folder, command.extra, before=clear)
    page = peers.pages(bench.folder, 1)
    python = program.parent / "python"
    some = PAGES // 10
    words = [str(python), "-c", EACH, str(page), str(some), str(bench.folder)]
    for made in bench.compare(
        "200 summaries, 200 files",
        ours,
        {"WeasyPrint, 20 files": (Command(words), 1.5)},
    ):
        yield Row(made.work, made.ours, made.against, made.other, 0.15, 0.1)


ROWS = (
    summaries_in_one,
    summaries_as_files,
)
