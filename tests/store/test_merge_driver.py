"""Two laptops, real git, our merge driver called through a one-line program."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from sencli.store.records.draft import Draft
from sencli.store.records.draft import Message
from sencli.store.repository.repository import Repository
from tests.store.conftest import PUPIL
from tests.store.conftest import assert_clean
from tests.store.conftest import concerns
from tests.store.conftest import git
from tests.store.conftest import notes

PROGRAM = """\
import sys
from sencli.store.git.process import Git
from sencli.store.sync.merge_driver import drive
sys.exit(drive(Git({root!r}), *sys.argv[1:5]))
"""


@pytest.fixture
def laptops(repository: Repository, tmp_path: Path) -> tuple[Repository, Repository]:
    attributes = repository.root / ".gitattributes"
    attributes.write_text(
        "* -text\npupils/*.yaml text eol=lf merge=sencli\n", "utf-8", newline="\n"
    )
    git(repository.root, "commit", "-qam", "attributes")
    git(tmp_path, "clone", "-q", "oak", "other")
    made = []
    for root in (repository.root, tmp_path / "other"):
        program = tmp_path / f"{root.name}.py"
        program.write_text(PROGRAM.format(root=str(root)), "utf-8", newline="\n")
        driver = f"{sys.executable} {program} %O %A %B %P"
        git(root, "config", "merge.sencli.driver", driver)
        made.append(Repository(root))
    return made[0], made[1]


def merge(here: Repository, there: Repository, *, clean: bool = True) -> None:
    git(here.root, "fetch", "-q", str(there.root), "main")
    git(here.root, "merge", "-q", "--no-edit", "FETCH_HEAD", check=clean)


def named(repository: Repository, name: str) -> None:
    def act(draft: Draft) -> Message:
        record = draft.read(PUPIL)
        record["known_as"] = name
        draft.put(PUPIL, record)
        return Message("pupil.set", "Set a field")

    repository.change(act)


def test_both_append(laptops: tuple[Repository, Repository]) -> None:
    here, there = laptops
    named(here, "Millie")
    there.change(notes("there"))
    merge(here, there)
    actions = sorted(version.action for version in here.history(PUPIL))
    assert actions == ["concern.add", "pupil.add", "pupil.set"]
    assert concerns(here) == ["there"]
    assert here.pupil("p7k2q")["known_as"] == "Millie"
    assert_clean(here.root)


def test_one_field_changed_in_two_ways_is_a_conflict_with_marks(
    laptops: tuple[Repository, Repository],
) -> None:
    here, there = laptops
    named(here, "Millie")
    named(there, "Amy")
    merge(here, there, clean=False)
    text = (here.root / PUPIL).read_text("utf-8")
    assert "<<<<<<< this laptop" in text
    assert ">>>>>>> the other laptop" in text
    assert "Millie" in text
    assert "Amy" in text
    good = git(here.root, "show", f"HEAD:{PUPIL}").replace("Millie", "Amelie")
    (here.root / PUPIL).write_text(good, "utf-8", newline="\n")
    git(here.root, "commit", "-qam", "decided")
    decided = here.history(PUPIL)[0]
    assert decided.subject == "decided"
    assert decided.new is not None
    assert decided.new["known_as"] == "Amelie"


def test_a_broken_side_is_a_conflict_and_nothing_is_lost(
    laptops: tuple[Repository, Repository],
) -> None:
    here, there = laptops
    named(here, "Millie")
    (there.root / PUPIL).write_text("- broken\n", "utf-8", newline="\n")
    git(there.root, "commit", "-qam", "by hand")
    merge(here, there, clean=False)
    assert "Millie" in (here.root / PUPIL).read_text("utf-8")
    assert "UU" in git(here.root, "status", "--porcelain")


def test_a_comment_of_the_other_laptop_is_not_lost(
    laptops: tuple[Repository, Repository],
) -> None:
    here, there = laptops
    named(here, "Millie")
    with (there.root / PUPIL).open("a", encoding="utf-8", newline="\n") as file:
        file.write("# ask her mother\n")
    git(there.root, "commit", "-qam", "by hand")
    merge(here, there, clean=False)
    assert "# ask her mother" in (here.root / PUPIL).read_text("utf-8")
