"""``.git/sencli`` in odd shapes, and what a killed print leaves."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sencli.store.change import journal
from sencli.store.files import files
from tests.conftest import Typed
from tests.systems import link
from tests.systems import named_pipe

WRITE = ("pupil", "set", "amelia", "class=5A")
NAMES = (
    *("lock", "journal", "index", "ilock", "clock", "listed", "verified", "drafts"),
    "drafts/x.txt",
)
SHAPES = ("pipe", "link", "folder", "file")


def _put(path: Path, shape: str, outside: Path) -> bool:
    """Put this shape in the place; False where it is what belongs there."""
    if shape == "file" and path.name != "drafts":
        return False
    if shape == "folder" and path.name in ("drafts", "sencli"):
        return False
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if path.is_dir():
        files.delete_tree(str(path))
    path.unlink(missing_ok=True)
    if shape == "pipe":
        named_pipe(path)
    elif shape == "link":
        link(path, outside)
    elif shape == "folder":
        (path / "below").mkdir(parents=True)
    else:
        path.write_text("whatever", "utf-8", newline="\n")
    return True


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", ["", *NAMES])
def test_an_odd_shape(amelia: Typed, tmp_path: Path, name: str, shape: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    held = outside / "ilock"
    held.touch()
    os.link(held, amelia.folder / ".git" / "other.lock")
    own = amelia.folder / ".git" / "sencli"
    if not _put(own / name if name else own, shape, outside):
        return
    before = sorted(p.name for p in outside.iterdir())
    amelia("pupil", "list")
    if name == "listed" and shape != "folder":  # a cache, which is put anew
        amelia(*WRITE)
        assert sorted(p.name for p in outside.iterdir()) == before
        return
    told = amelia(*WRITE, code=None)
    assert told.code not in (0, 70)
    assert "which sencli did not make" in told.err
    assert "sen doctor --fix" in told.err
    assert f"sencli/{name}".rstrip("/") in amelia("doctor", code=None).both
    assert sorted(p.name for p in outside.iterdir()) == before
    amelia("doctor", "--fix", code=None)
    assert sorted(p.name for p in outside.iterdir()) == before
    amelia(*WRITE)
    assert not journal.waiting(str(amelia.folder))


def test_what_a_killed_print_left(amelia: Typed, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    old = papers / ".sencli-abcd1234"
    old.mkdir(parents=True)
    (old / "summary-p2222.pdf").write_bytes(b"%PDF")
    (old / ".lock").touch()
    mine = papers / ".sencli-mine"  # somebody else's name is left alone
    mine.mkdir()
    note = amelia.folder / ".git" / "sencli" / "printing-99999"
    note.write_text(str(papers), "utf-8", newline="\n")
    assert str(old) in amelia("doctor", code=None).both
    words = ("print", "summary", "amelia", "--each", "--output", str(papers))
    amelia(*words)
    assert not old.exists()
    assert mine.exists()
    assert not note.exists()
    note.write_text(str(papers), "utf-8", newline="\n")
    old.mkdir()
    (old / ".lock").touch()
    amelia("doctor", "--fix", code=None)
    assert not old.exists()
    assert not note.exists()
    assert "stopped print" not in amelia("doctor", code=None).both


KILLED = """
import os, sys
from sencli.cli.shell.run import run
from sencli.store.files import files
from tests.systems import link
move = files.move


def killed(made, path):
    if "/.sencli-" in made:  # the paper is made, and not yet in its place
        os._exit(9)
    move(made, path)


files.move = killed
run(sys.argv[1:])
"""


def killed(amelia: Typed, *words: str) -> None:
    """A command that is killed just before its paper is put in place."""
    line = [sys.executable, "-c", KILLED, "-C", str(amelia.folder), *words]
    assert subprocess.run(line, check=False, capture_output=True).returncode == 9


@pytest.mark.parametrize("words", ["print summary amelia", "due --format ics"])
def test_a_killed_print_of_one_paper(amelia: Typed, tmp_path: Path, words: str) -> None:
    """Named by the doctor, and cleared by the next print there (issue of trust, 14)."""
    paper = tmp_path / ("paper.ics" if "ics" in words else "paper.html")
    killed(amelia, *words.split(), "--output", str(paper))
    hidden = [p for p in tmp_path.iterdir() if p.name.startswith(".sencli-")]
    assert len(hidden) == 1
    assert str(hidden[0]) in amelia("doctor", code=None).both
    amelia(*words.split(), "--output", str(paper))
    assert paper.exists()
    assert not hidden[0].exists()
    amelia(*words.split(), "--force", "--output", str(paper))
    assert not list((amelia.folder / ".git/sencli").glob("printing-*"))
    assert "stopped print" not in amelia("doctor", code=None).both


def test_half_written_caches_of_killed_commands_go(amelia: Typed) -> None:
    folder = amelia.folder / ".git/sencli"
    for name in ("listed.4711", "clean.4711", "listed.4712"):
        (folder / name).write_text("Amelia", "utf-8", newline="\n")
    for name in ("listed.4711", "clean.4711"):
        os.utime(folder / name, (1, 1))
    amelia(*WRITE)
    assert [p.name for p in folder.glob("*.47*")] == ["listed.4712"]


def test_what_a_killed_doctor_was_putting_in_place(amelia: Typed) -> None:
    scrap = amelia.folder / ".git/refs/.sencli-abcd1234"
    scrap.write_bytes(b"x")
    os.utime(scrap, (1, 1))
    assert ".sencli-abcd1234" in amelia("doctor", code=None).both
    amelia("doctor", "--fix", code=None)
    assert not scrap.exists()
