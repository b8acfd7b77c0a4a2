"""A stranger follows CONTRIBUTING.md to the letter, in a copy, and it works.

Each step that changes a file says where in one of a few forms; its block is put there.
Then the lines of the step "Look at it" are typed.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
NEEDED = (
    *("sencli", "schemas", "templates", "tests"),
    "pyproject.toml",
)


def walk(name: str) -> str:
    """The section of that name, without the indentation of its steps."""
    _, _, rest = PAGE.partition(f"<!-- walk: {name} -->")
    section = re.split(r"^## ", rest, maxsplit=1, flags=re.MULTILINE)[0]
    return re.sub(r"^    ", "", section, flags=re.MULTILINE)


def follow(text: str, copy: Path) -> list[str]:
    """Do each step that changes a file; what was done."""
    block = r"\n\n```python\n(.*?)^```$"
    forms = {
        "end": r"At the end of `([^`]+)`:" + block,
        "new": r"A new file, `([^`]+)`:" + block,
        "below": r"In `([^`]+)`, below the line\s+`([^`]+)`:" + block,
        "above": r"In `([^`]+)`, above the line\s+`([^`]+)`:" + block,
        "in place": r"In\s+`([^`]+)`, write `([^`]+)` in place of\s+`([^`]+)`",
    }
    done = []
    for form, pattern in forms.items():
        for found in re.finditer(pattern, text, re.DOTALL | re.MULTILINE):
            path, *more = found.groups()
            file = copy / path
            old = file.read_text("utf-8") if file.exists() else ""
            file.write_text(changed(form, old, more), "utf-8", newline="\n")
            done.append(path)
    return done


def changed(form: str, old: str, more: list[str]) -> str:
    if form == "new":
        assert old == ""
        return more[0]
    if form == "end":
        return old + more[0]
    if form == "in place":
        new, before = more
        assert old.count(before) == 1, before
        return old.replace(before, new)
    line, block = more
    assert old.count(f"{line}\n") == 1, line
    both = f"{line}\n{block}" if form == "below" else f"{block}{line}\n"
    return old.replace(f"{line}\n", both)


def typed(text: str, copy: Path) -> list[tuple[str, str]]:
    """Type the lines of the walk's one block for the shell; each with what it said."""
    (block,) = re.findall(r"^```sh\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
    names = {"python": [sys.executable], "sen": [sys.executable, "-m", "sencli"]}
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONUTF8": "1"}
    said = []
    for line in block.splitlines():
        first, *words = shlex.split(line)
        done = subprocess.run(
            [*names[first], *words],
            cwd=copy,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, line + done.stdout + done.stderr
        said.append((line, done.stdout))
    return said


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clone")
    out = shutil.ignore_patterns("__pycache__", ".*", "images")
    for name in NEEDED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=out)
        else:
            shutil.copy(source, folder / name)
    return folder


def test_a_rule_is_added_by_these_words(copy: Path) -> None:
    text = walk("rule")
    assert len(follow(text, copy)) == 3
    tests, rule = typed(text, copy)
    assert "[100%]" in tests[1]
    assert "P18: A profile of this year" in rule[1]


def test_a_document_is_added_by_these_words(copy: Path) -> None:
    text = walk("document")
    assert len(follow(text, copy)) == 3
    tests, listed = typed(text, copy)
    assert "[100%]" in tests[1]
    assert "contact-sheet" in listed[1]
