"""The pages in docs say what the program does, and lead to one another."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from sencli.documents.registry import DOCUMENTS

ROOT = Path(__file__).resolve().parent.parent
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]


def test_generated_pages_are_current() -> None:
    command = [sys.executable, str(ROOT / "docs" / "build.py"), "--check"]
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    links = re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", text)
    missing = [link for link in links if not (page.parent / link).exists()]
    assert missing == []


def test_each_paper_has_its_picture_and_none_is_large() -> None:
    page = (ROOT / "docs" / "papers.md").read_text("utf-8")
    shown = set(re.findall(r"!\[[^]]+\]\(images/([\w-]+)\.png\)", page))
    assert set(DOCUMENTS) <= shown
    for picture in (ROOT / "docs" / "images").iterdir():
        assert picture.stat().st_size < 60_000, picture.name


def test_the_glossary_is_in_order_and_true_of_the_code() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    for section in text.split("\n## ")[1:]:
        words = re.findall(r"^\*\*(.+?)\*\*", section, re.MULTILINE)
        assert words == sorted(words, key=str.casefold)
    for name, path in re.findall(r"`(\w+)`\s+in\s+`([\w/.]+)`", text):
        code = (ROOT / "sencli" / path).read_text("utf-8")
        assert re.search(rf"^(class |def )?{name}\b", code, re.MULTILINE), name
