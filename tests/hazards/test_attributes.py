"""Filters and encodings that attributes ask for: records never go past them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Typed
from tests.hazards.world import git
from tests.hazards.world import head
from tests.hazards.world import unchanged
from tests.hazards.world import works

ASKING = (
    "pupils/** filter=git-crypt diff=git-crypt",
    "*.yaml filter=lfs -text",
    "* filter=x",
    "*.yaml working-tree-encoding=UTF-16",
    "[attr]secret filter=git-crypt\npupils/*.yaml secret",
)


def ask(sen: Typed, line: str, folder: str = "") -> None:
    """A line in `.gitattributes`, committed as people do."""
    path = sen.folder / folder / ".gitattributes"
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(f"{line}\n")
    git(sen.folder, "add", str(path))
    git(sen.folder, "commit", "-qm", "attributes")


@pytest.mark.parametrize("line", ASKING)
def test_nothing_is_written_past_a_filter(amelia: Typed, line: str) -> None:
    ask(amelia, line)
    for words in (
        ("pupil", "set", "amelia", "class=5A"),
        ("pupil", "add", "Ben Cole", "--class", "4B"),
        ("concern", "add", "amelia", "--concern", "Worried"),
    ):
        told = unchanged(amelia, *words, code=7).err
        assert ".gitattributes asks for" in told
    assert "saves nothing past it" in amelia("doctor", code=1).out
    ask(amelia, "* -filter -ident -working-tree-encoding")
    works(amelia)


def test_a_filter_for_one_folder(amelia: Typed) -> None:
    ask(amelia, "* filter=git-crypt", "pupils")
    unchanged(amelia, "pupil", "set", "amelia", "class=5A", code=7)
    amelia("group", "add", "Readers")


@pytest.mark.parametrize(
    "line", ["*.png filter=lfs", "*.yaml -filter", "*.yaml !filter"]
)
def test_a_filter_for_other_files_is_in_nobodys_way(amelia: Typed, line: str) -> None:
    ask(amelia, line)
    works(amelia)


def test_what_comes_from_the_other_computer_stops_too(
    laptops: tuple[Typed, Typed],
) -> None:
    one, two = laptops
    one("pupil", "set", "amelia", "class=5A")
    one("sync")
    ask(two, "* filter=git-crypt")
    unchanged(two, "sync", code=7)


@pytest.mark.parametrize(
    "line", ["* filter=x", "*.yaml ident", "* working-tree-encoding=UTF-16"]
)
def test_the_attributes_of_the_user_are_not_for_the_records(
    amelia: Typed, tmp_path: Path, line: str
) -> None:
    (tmp_path / "attributes").write_text(f"{line}\n", "utf-8", newline="\n")
    git(tmp_path, "config", "--global", "core.attributesFile", f"{tmp_path}/attributes")
    git(tmp_path, "config", "--global", "filter.x.clean", "tr a-z A-Z")
    works(amelia)
    found = git(amelia.folder, "check-attr", "-a", "pupils/p.yaml")
    for name in ("filter", "ident", "working-tree-encoding"):
        assert f"{name}: unset" in found
    # what git itself adds there is stored as it is
    (amelia.folder / "documents").mkdir(exist_ok=True)
    (amelia.folder / "documents/note.txt").write_text("abc", "utf-8", newline="\n")
    git(amelia.folder, "add", "documents/note.txt")
    assert git(amelia.folder, "show", ":documents/note.txt") == "abc"


def test_records_from_before_are_told_of_the_users_attributes(
    amelia: Typed, tmp_path: Path
) -> None:
    (amelia.folder / ".gitattributes").write_text("* -text\n", "utf-8", newline="\n")
    git(amelia.folder, "commit", "-qam", "as before")
    (tmp_path / "attributes").write_text("* filter=x\n", "utf-8", newline="\n")
    git(tmp_path, "config", "--global", "core.attributesFile", f"{tmp_path}/attributes")
    told = amelia("doctor", code=None).out
    assert "filter=x" in told
    assert "* -filter -ident -working-tree-encoding" in told
    before = head(amelia)
    amelia("pupil", "set", "amelia", "class=5A")
    assert head(amelia) != before
