"""Two hundred parents' summaries, beside a browser and WeasyPrint.

Both are given the HTML that `sen` itself makes of the same summaries, so that all print
the same words, tables and charts.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from benchmarks import peers
from benchmarks.table import SEN
from benchmarks.table import TODAY
from benchmarks.table import Bench
from benchmarks.table import Other
from benchmarks.table import Row
from benchmarks.table import sen
from benchmarks.whole import Command
from benchmarks.writes import clear

KILOBYTES = 30
SIZES = (5, KILOBYTES)
CHROMIUM = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
    *("--no-first-run", "--disable-background-networking", "--disable-sync"),
    *("--disable-component-update", "--no-pdf-header-footer"),
)
OUTLINE = "--generate-pdf-document-outline"
# one process for all, a file each, accessible as ours
EACH = """
import pathlib, sys, weasyprint
pages = sorted(pathlib.Path(sys.argv[1]).glob("*.html"))
for page in pages[: int(sys.argv[3])]:
    weasyprint.HTML(page).write_pdf(
        f"{sys.argv[2]}/{page.stem}.pdf", pdf_variant="pdf/ua-1"
    )
"""


def _made(bench: Bench, kilobytes: int, *words: str) -> None:
    folder, ids = bench.school(bench.scale.papers, kilobytes)
    subprocess.run(
        [*SEN, "summary", *ids, *words],
        cwd=folder,
        env=os.environ | TODAY,
        check=True,
        capture_output=True,
    )


def summaries_in_one(bench: Bench) -> Iterator[Row]:
    """All in one PDF: the same content, and a plainer page without tags of ours."""
    chromium = bench.peers.get("chromium")
    if chromium is None:
        return
    for kilobytes in SIZES:
        yield from _in_one(bench, str(chromium), kilobytes)


def _in_one(bench: Bench, chromium: str, kilobytes: int) -> Iterator[Row]:
    folder, ids = bench.school(bench.scale.papers, kilobytes)
    out = bench.folder / "all.pdf"
    ours = sen(folder, "summary", *ids, "--output", str(out), "--force")
    page = bench.folder / "all.html"
    _made(bench, kilobytes, "--output", str(page), "--force")
    printed = bench.folder / "chromium.pdf"
    words = [chromium, *CHROMIUM, f"--user-data-dir={bench.folder / 'browser'}"]
    words += [f"--print-to-pdf={printed}"]
    plain = peers.pages(bench.folder, bench.scale.papers)
    others: dict[str, Other] = {
        "Chromium": (Command([*words, OUTLINE, page.as_uri()]), 0.4),
        "Chromium, a plainer page": (Command([*words, plain.as_uri()]), None),
    }
    what = f"{bench.scale.papers} summaries of {kilobytes} KB records, one PDF"
    yield from bench.compare(what, ours, others)


def summaries_as_files(bench: Bench) -> Iterator[Row]:
    """A PDF each; the peer makes some of them, and the rest is reckoned."""
    program = bench.peers.get("weasyprint")
    if program is None:
        return
    scale = bench.scale
    folder, ids = bench.school(scale.papers, KILOBYTES)
    out, pages, theirs = (bench.folder / n for n in ("files", "pages", "theirs"))
    for each in (pages, theirs):
        clear(each)
    _made(bench, KILOBYTES, "--each", "--format", "html", "--output", str(pages))
    ours = sen(folder, "summary", *ids, "--each", "--output", str(out))
    python = str(program.parent / "python")
    some = scale.peer_papers
    words = [python, "-c", EACH, str(pages), str(theirs), str(some)]
    what = f"{scale.papers} summaries, {scale.papers} files"
    name = f"WeasyPrint, {some} files"
    others: dict[str, Other] = {name: (Command(words), 0.15)}
    for made in bench.compare(what, replace(ours, before=_cleared(out)), others):
        yield replace(made, times=some / scale.papers)


def _cleared(folder: Path) -> peers.Before:
    return lambda _: clear(folder)


ROWS = (summaries_in_one, summaries_as_files)
