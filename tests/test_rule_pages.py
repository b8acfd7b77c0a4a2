"""The pages of docs/rules say what the rules say."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
import yaml

from sencli.documents.lists.rules import outline
from sencli.rules import RULES

DOCS = Path(__file__).resolve().parent.parent / "docs"


def test_the_pages_are_current():
    made = runpy.run_path(str(DOCS / "make_rules.py"))["pages"]()
    paths = [DOCS / "rules.md", *(DOCS / "rules").iterdir()]
    there = {p.relative_to(DOCS).as_posix(): p.read_text("utf-8") for p in paths}
    assert there == made, "run: python docs/make_rules.py"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_printed_fragments_are_the_fragments(rule):
    for fragment in (rule.fails, rule.passes):
        reader = yaml.BaseLoader(outline(fragment))
        assert reader.get_single_data() == plain(fragment)


def plain(value):
    """Everything as text, as a reader without types has it."""
    if isinstance(value, dict):
        return {key: plain(child) for key, child in value.items()}
    if isinstance(value, list):
        return [plain(child) for child in value]
    return str(value).lower() if isinstance(value, bool) else str(value)
