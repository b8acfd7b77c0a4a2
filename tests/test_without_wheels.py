"""Without the compiled ryaml and Typst the program starts and works, only plainer."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sencli.formats.typst.compiler import NoTypstError
from tests.cli import lesson

BLOCKER = """
import sys


class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("ryaml", "typst", "lxml"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


sys.meta_path.insert(0, Blocked())
"""


def sen(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The program as typed, where neither can be imported."""
    return subprocess.run(
        [sys.executable, "-m", "sencli", *words],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )


LINES = (
    "due",
    "check",
    "verify",
    "pupil list",
    "pupil show amelia",
    "history amelia",
    "summary amelia",
    "pupil list --format csv",
    "concern add amelia --concern Tired",
    "register",
)


def test_the_program_works_without_them(tmp_path: Path) -> None:
    # few pupils: without the wheels each file takes long to read
    lesson.school(tmp_path, lesson.LINES + lesson.IN_TERM)
    (tmp_path / "sitecustomize.py").write_text(BLOCKER, "utf-8", newline="\n")
    for name in ("ryaml", "typst", "lxml"):
        missing = subprocess.run(
            [sys.executable, "-c", f"import {name}"],
            env=os.environ | {"PYTHONPATH": str(tmp_path)},
            capture_output=True,
            check=False,
        )
        assert missing.returncode
    for line in LINES:
        told = sen(tmp_path, "-C", "school", *line.split())
        fine = (0, 1) if line in ("check", "verify") else (0,)
        assert told.returncode in fine, (line, told.stderr)
        assert told.stdout
    _a_page_is_plain_and_a_pdf_says_what_to_install(tmp_path)
    _a_garbled_file_is_told(tmp_path)


def _a_page_is_plain_and_a_pdf_says_what_to_install(folder: Path) -> None:
    told = sen(folder, "-C", "school", "summary", "amelia", "--format", "html")
    assert told.returncode == 0, told.stderr
    assert told.stdout.startswith("<!DOCTYPE html>")
    assert '<html lang="en-GB">' in told.stdout
    assert "Amelia" in told.stdout
    assert "plain page" in told.stderr
    told = sen(folder, "-C", "school", "summary", "amelia", "--output", "amelia.pdf")
    assert told.returncode == 7
    assert f"{sys.executable} -m pip install typst" in told.stderr
    assert "--format html" in told.stderr
    assert not (folder / "amelia.pdf").exists()
    told = sen(folder, "-C", "school", "summary", "amelia", "--output", "amelia.docx")
    assert told.returncode == 7
    assert f"{sys.executable} -m pip install python-docx" in told.stderr


@pytest.mark.parametrize(
    ("mark", "python", "line"),
    [
        ("pipx_metadata.json", "/x/python", "pipx inject sencli typst"),
        ("uv-receipt.toml", "/x/python", "uv pip install --python /x/python typst"),
        (
            "uv-receipt.toml",
            "/x y/python",
            'uv pip install --python "/x y/python" typst',
        ),
        ("pyvenv.cfg", "/x/python", "/x/python -m pip install typst"),
    ],
)
def test_the_line_is_of_what_installed_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mark: str, python: str, line: str
) -> None:
    place = tmp_path / "sencli"
    place.mkdir()
    (place / mark).write_text("", "utf-8", newline="\n")
    monkeypatch.setattr(sys, "prefix", str(place))
    monkeypatch.setattr(sys, "executable", python)
    assert NoTypstError().hint.splitlines()[0].endswith(f": {line}")


def _a_garbled_file_is_told(folder: Path) -> None:
    record = next((folder / "school/pupils").iterdir())
    kept = record.read_bytes()
    record.write_bytes(kept + b"id: [\n")
    told = sen(folder, "-C", "school", "check")
    record.write_bytes(kept)
    assert told.returncode == 1
    assert f"{record.name}:" in told.stdout
    assert "Traceback" not in told.stderr
