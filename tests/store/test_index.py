"""Folders and the index as bytes: taken apart, and written as git reads them."""

from __future__ import annotations

import hashlib
import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.store.git import objects
from sencli.store.git.index import Index
from tests.cases import each_case

NAMES = st.binary(min_size=1, max_size=12).filter(
    lambda name: b"\0" not in name and b"/" not in name
)
IDS = st.binary(min_size=20, max_size=20)
MODES = st.sampled_from([b"100644", b"100755", b"40000", b"120000", b"160000"])


def _id(text: str) -> str:
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


@settings(deadline=None, max_examples=100)
@given(st.dictionaries(NAMES, st.tuples(MODES, IDS), max_size=8))
def test_a_folder_is_taken_apart_as_it_was_put_together(
    held: dict[bytes, tuple[bytes, bytes]],
):
    entries = {n: (mode, i.hex()) for n, (mode, i) in held.items()}
    assert objects.parse_tree(objects.tree(entries)) == entries


@each_case("damage", [b"x", b"100644 a\0short", b"10 a\0" + bytes(20)])
def test_what_is_no_tree_is_not_taken_for_one(damage: bytes):
    with pytest.raises(ValueError, match="not a tree"):
        objects.parse_tree(damage)


def _git(folder: Path, *args: str) -> str:
    git = ("git", "-c", "user.name=T", "-c", "user.email=t@example.invalid")
    done = subprocess.run(
        [*git, *args],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return done.stdout


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A repository of git's own making, with seven files."""
    home = tmp_path / "records"
    (home / "pupils").mkdir(parents=True)
    _git(home, "init", "-q")
    for number in range(5):
        (home / "pupils" / f"p{number}aaa.yaml").write_text(
            f"id: {number}\n", "utf-8", newline="\n"
        )
    (home / "a").write_text("a\n", "utf-8", newline="\n")
    (home / "school.yaml").write_text("name: Oak\n", "utf-8", newline="\n")
    _git(home, "add", "-A")
    return home


def _staged(folder: Path, raw: bytes) -> str:
    path = folder / ".git" / "index"
    path.write_bytes(raw)
    return _git(folder, "ls-files", "--stage")


@pytest.mark.parametrize("committed", [False, True])
def test_a_changed_index_is_what_git_reads(folder: Path, *, committed: bool):
    if committed:  # git now keeps names of folders behind the entries
        _git(folder, "commit", "-qm", "all")
    place = folder / ".git" / "index"
    index = Index.parse(place.read_bytes())
    assert index is not None
    path = "pupils/p2aaa.yaml"
    was = _git(folder, "ls-files", "--stage", path).split()[1]
    assert index.find(path) == was
    assert index.fresh(path, os.lstat(folder / path))
    assert index.find("pupils/none.yaml") == index.find("aaa.yaml") == ""
    index.put(path, _id("new"), None)
    index.put("pupils/p9aaa.yaml", _id("more"), None)
    index.put("a", "", None)
    told = _staged(folder, index.dump())
    assert f"100644 {_id('new')} 0\t{path}\n" in told
    assert f"100644 {_id('more')} 0\tpupils/p9aaa.yaml\n" in told
    assert "\ta\n" not in told
    assert told.count("\n") == 7
    again = Index.parse(index.dump())
    assert again is not None
    assert again.find(path) == _id("new")


def test_one_replaced_entry_leaves_every_other_byte(folder: Path):
    before = (folder / ".git" / "index").read_bytes()
    index = Index.parse(before)
    assert index is not None
    index.put("pupils/p2aaa.yaml", _id("new"), None)
    after = index.dump()
    at = before.index(b"pupils/p2aaa.yaml") - 62
    assert before[:at] == after[:at]
    assert before[at + 60 : -20] == after[at + 60 : -20]
    assert hashlib.sha1(after[:-20], usedforsecurity=False).digest() == after[-20:]


def test_a_longer_path_that_ends_alike_is_another(folder: Path):
    (folder / "old" / "pupils").mkdir(parents=True)
    (folder / "old" / "pupils" / "p2aaa.yaml").write_text(
        "old\n", "utf-8", newline="\n"
    )
    _git(folder, "add", "-A")
    index = Index.parse((folder / ".git" / "index").read_bytes())
    assert index is not None
    for path in ("pupils/p2aaa.yaml", "old/pupils/p2aaa.yaml"):
        assert index.find(path) == _git(folder, "ls-files", "-s", path).split()[1]
    index.put("pupils/p2aaa.yaml", _id("new"), None)
    told = _staged(folder, index.dump())
    assert f"{_id('new')} 0\tpupils/p2aaa.yaml" in told
    assert _id("new") not in told.split("\told/")[0].splitlines()[-1]


def test_a_damaged_index_is_left_to_git(folder: Path):
    raw = bytearray((folder / ".git" / "index").read_bytes())
    raw[30] ^= 255
    index = Index.parse(bytes(raw))
    assert index is None or index.find("pupils/p2aaa.yaml")
    assert Index.parse(b"DIRC") is None
    assert Index.parse(b"") is None
