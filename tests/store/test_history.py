"""History of a file, oddities in it included."""

from __future__ import annotations

import pytest

from sencli.errors import NotFound
from sencli.store.repo import Repository
from tests.store.conftest import OTHER
from tests.store.conftest import PUPIL
from tests.store.conftest import git
from tests.store.conftest import notes


def test_history_is_newest_first_with_both_sides(repository: Repository) -> None:
    repository.change(notes("one", PUPIL, OTHER))
    repository.change(notes("two"), 1_700_000_000)
    versions = repository.history(PUPIL)
    assert [v.action for v in versions] == ["concern.add", "concern.add", "pupil.add"]
    first, second, third = versions
    assert first.author == "J. Patel"
    assert first.date.startswith("2023-11-14T")
    assert first.subject == "Record a concern"
    assert first.old == second.new
    assert first.new is not None
    assert [item["concern"] for item in first.new["concerns"]] == ["one", "two"]
    assert third.old is None
    assert len(repository.history(OTHER)) == 2


def test_history_of_a_file_that_never_was(repository: Repository) -> None:
    with pytest.raises(NotFound):
        repository.history("pupils/pzzzz.yaml")


def test_history_tells_versions_that_cannot_be_read(repository: Repository) -> None:
    (repository.root / PUPIL).write_text("- not\n- a record\n")
    git(repository.root, "commit", "-qam", "by hand")
    (repository.root / PUPIL).unlink()
    git(repository.root, "commit", "-qam", "by hand again")
    gone, broken, made = repository.history(PUPIL)
    assert gone.new is None
    assert broken.new is None
    assert "pupils/p7k2q.yaml:1" in broken.fault
    assert broken.action == ""
    assert made.fault == ""


def test_history_is_not_misled_by_pathspec_magic(repository: Repository) -> None:
    with pytest.raises(NotFound):
        repository.history("pupils/*.yaml".replace("*", "[a-z]"))
