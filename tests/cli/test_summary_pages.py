"""The demo's parents' summaries are each one page, in type that can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from sencli.cli.shell.run import run
from sencli.formats.typst.pdf import pages


def test_every_summary_of_the_demo_is_one_page(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = sorted(path.stem for path in (demo / "pupils").glob("*.yaml"))
    words = ["summary", *ids, "--each", "--format", "pdf"]
    run(["-C", str(demo), *words, "--output", str(tmp_path / "papers")])
    made = sorted((tmp_path / "papers").glob("*.pdf"))
    told = capsys.readouterr()
    assert re.search(rf"Written: {len(made)} files", told.out + told.err)
    assert len(made) > 25
    assert {path.name: pages(path.read_bytes()) for path in made} == {
        path.name: 1 for path in made
    }
