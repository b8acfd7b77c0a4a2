"""Text is composed, and free of invisible letters, whichever way it comes in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Typed
from tests.editors import command

ODD, CLEAN = "Zoe\u0308 O\u200bNeill", "Zo\u00eb ONeill"
TEXT, COMPOSED = "Siobha\u0301n came", "Siobh\u00e1n came"


def record(oak: Typed, who: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(oak(f"pupil show {who} --format json").out)
    return found


def file_of(oak: Typed) -> Path:
    return next((oak.folder / "pupils").glob("*.yaml"))


def test_options_and_standard_input(oak: Typed) -> None:
    oak("pupil", "add", ODD)
    oak("concern", "add", "zoe", "--concern", "-", stdin=TEXT)
    text = file_of(oak).read_text("utf-8")
    assert "first_name: Zo\u00eb\n" in text
    assert "last_name: ONeill\n" in text
    assert COMPOSED in text


def test_a_field_that_is_set(oak: Typed) -> None:
    oak("pupil", "add", "Amelia Khan")
    oak("pupil", "set", "amelia", f"known_as={ODD}", f"profile.strengths={TEXT}")
    text = file_of(oak).read_text("utf-8")
    assert f"known_as: {CLEAN}\n" in text
    assert COMPOSED in text


def test_an_import(oak: Typed) -> None:
    oak("import", "--yes", "-", stdin=f"name,class\n{ODD},4B\n")
    assert "first_name: Zo\u00eb\nlast_name: ONeill\n" in file_of(oak).read_text(
        "utf-8"
    )


def test_a_hand_edit(oak: Typed) -> None:
    oak("pupil", "add", "Amelia Khan")
    path = file_of(oak)
    text = path.read_text("utf-8")
    path.write_text(text + f"known_as: {ODD}  # as she signs\n", "utf-8", newline="\n")
    oak("commit")
    assert f"known_as: {CLEAN}  # as she signs\n" in path.read_text("utf-8")
    assert "Nothing was edited" in oak("commit").out


def test_the_editor(
    oak: Typed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    oak("pupil", "add", "Amelia Khan")
    script = tmp_path / "editor.py"
    line = f"known_as: {ODD}"
    script.write_text(
        "import sys, pathlib\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "text = path.read_text('utf-8')\n"
        f"path.write_text(text + {line!r} + chr(10), 'utf-8')\n",
        "utf-8",
        newline="\n",
    )
    monkeypatch.setenv("VISUAL", command(script))
    oak("pupil", "edit", "amelia")
    assert f"known_as: {CLEAN}\n" in file_of(oak).read_text("utf-8")


def test_a_name_of_invisible_letters_alone_is_refused(oak: Typed) -> None:
    assert "invisible" in oak("pupil", "add", "\u200b\u2060", code=3).err
