"""History of a file, oddities in it included."""

from __future__ import annotations

import pytest

from sencli.errors import NotFound
from sencli.store.history import search
from sencli.store.repository.repository import Repository
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
    (repository.root / PUPIL).write_text("- not\n- a record\n", "utf-8", newline="\n")
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


def test_history_by_what_the_commits_say_is_the_same(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.change(notes("one", PUPIL, OTHER))
    repository.change(notes("two"))
    (repository.root / PUPIL).write_text(
        (repository.root / PUPIL).read_text("utf-8").replace("Khan", "Khan-Ali"),
        "utf-8",
        newline="\n",
    )
    git(repository.root, "commit", "-qam", "by hand, and naming nobody")
    repository.change(notes("three", OTHER))
    repository.change(notes("four"))
    want = repository.history(PUPIL)
    assert len(want) == 5
    with monkeypatch.context() as patch:
        patch.setattr(search, "_PATIENCE", 0)
        asked: list[object] = []

        def unbroken(rows: list[search.Row], newest: str) -> bool:
            asked.append(original(rows, newest))
            return bool(asked[-1])

        original = search._unbroken
        patch.setattr(search, "_unbroken", unbroken)
        assert repository.history(PUPIL) == want
        assert len(repository.history(OTHER)) == 3
        # a commit that names another pupil than it changes: git looks into all
        lying = "Add a flag\n\nPupil: p3dfb\nAction: flag.add\n"
        (repository.root / PUPIL).write_text(
            (repository.root / PUPIL).read_text("utf-8").replace("Khan-Ali", "Khan"),
            "utf-8",
            newline="\n",
        )
        git(repository.root, "commit", "-qam", lying)
        assert len(repository.history(PUPIL)) == 6
    assert set(asked) <= {True, False}


def test_versions_with_a_gap_are_not_believed() -> None:
    def row(before: str, after: str) -> search.Row:
        return search.Row("c", ["p"], "", "", "", "", PUPIL, [before], after)

    zero = "0" * 40
    whole = [row("b", "c"), row("a", "b"), row(zero, "a")]
    assert search._unbroken(whole, "c")
    assert not search._unbroken(whole, "d")
    assert not search._unbroken(whole[:2], "c")
    assert not search._unbroken([whole[0], whole[2]], "c")
    assert not search._unbroken([], zero)
