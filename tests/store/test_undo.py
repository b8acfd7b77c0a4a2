"""Undo: by a new commit, past later work, refused where that was built upon it."""

from __future__ import annotations

import pytest

from sencli.errors import Conflict
from sencli.errors import NotFound
from sencli.store.git.log import commits
from sencli.store.records.draft import Draft
from sencli.store.records.draft import Message
from sencli.store.records.newer_schemas import path_of
from sencli.store.repository.repository import Repository
from sencli.store.undo.undo import apply
from sencli.store.undo.undo import plan
from tests.store.conftest import OTHER
from tests.store.conftest import PUPIL
from tests.store.conftest import assert_clean
from tests.store.conftest import concerns
from tests.store.conftest import git
from tests.store.conftest import notes


def test_undo_takes_the_last_action_back(repository: Repository) -> None:
    before = repository.pupil("p7k2q")
    done = repository.change(notes("one", PUPIL, OTHER))
    undo = plan(repository)
    assert undo.commit.name == done.commit
    assert undo.commit.subject == "Record a concern"
    assert [file.path for file in undo.files] == [OTHER, PUPIL]
    assert undo.files[1].new == before
    assert concerns(repository) == ["one"]
    written = apply(repository, undo)
    assert written.paths == (OTHER, PUPIL)
    assert repository.pupil("p7k2q") == before
    message = git(repository.root, "log", "-1", "--format=%B")
    assert message.startswith("Undo: Record a concern\n\nPupil: p3dfb\nPupil: p7k2q\n")
    assert f"Undoes: {done.commit}" in message
    assert_clean(repository.root)


def test_undo_again_goes_further_back(repository: Repository) -> None:
    repository.change(notes("one"))
    repository.change(notes("two"))
    apply(repository, plan(repository))
    apply(repository, plan(repository))
    assert concerns(repository) == []
    undo = plan(repository)
    assert undo.commit.action == "pupil.add"
    assert undo.files[0].gone


def test_undo_of_an_undo_by_name_brings_it_back(repository: Repository) -> None:
    repository.change(notes("one"))
    undone = apply(repository, plan(repository))
    apply(repository, plan(repository, undone.commit[:10]))
    assert concerns(repository) == ["one"]


def test_an_earlier_action_goes_and_later_ones_stay(repository: Repository) -> None:
    first = repository.change(notes("one"))

    def act(draft: Draft) -> Message:
        record = draft.read(PUPIL)
        record["known_as"] = "Millie"
        draft.put(PUPIL, record)
        return Message("pupil.set", "Set a field")

    repository.change(act)
    repository.change(notes("two"))
    apply(repository, plan(repository, first.commit))
    assert concerns(repository) == ["two"]
    assert repository.pupil("p7k2q")["known_as"] == "Millie"
    assert_clean(repository.root)


def test_undo_of_what_was_changed_since_is_refused(repository: Repository) -> None:
    first = repository.change(notes("one"))

    def act(draft: Draft) -> Message:
        record = draft.read(PUPIL)
        record["concerns"][0]["response"] = "Talked with her mother"
        draft.put(PUPIL, record)
        return Message("concern.set", "Answer a concern")

    repository.change(act)
    before = git(repository.root, "rev-parse", "HEAD")
    with pytest.raises(Conflict, match=r"concerns\[c0000\]") as caught:
        plan(repository, first.commit)
    assert "Answer a concern" in caught.value.hint
    assert "sen undo" in caught.value.hint
    assert git(repository.root, "rev-parse", "HEAD") == before


def test_undo_of_a_pupil_with_later_entries_is_refused(
    repository: Repository,
) -> None:
    added = git(repository.root, "rev-list", "--max-count=1", "HEAD", "--", PUPIL)
    repository.change(notes("one"))
    with pytest.raises(Conflict, match="whole record"):
        plan(repository, added.strip())


def test_undo_of_what_later_entries_point_to_is_refused(
    repository: Repository,
) -> None:
    def needs(draft: Draft) -> Message:
        record = draft.read(PUPIL)
        need = {"id": "d5hy", "type": "SLCN", "from": "2025-09-15"}
        record["needs"] = [need]
        draft.put(PUPIL, record)
        return Message("need.add", "Add a need")

    def outcome(draft: Draft) -> Message:
        record = draft.read(PUPIL)
        aim = {"id": "o8fd", "outcome": "Reads", "need": "d5hy"}
        record["cycles"] = [{"id": "y2qf", "plan": {"outcomes": [aim]}}]
        draft.put(PUPIL, record)
        return Message("outcome.add", "Add an outcome")

    first = repository.change(needs)
    repository.change(outcome)
    with pytest.raises(Conflict, match=r"point to it.*d5hy"):
        plan(repository, first.commit)


def test_undo_of_shared_things_looks_at_every_pupil(repository: Repository) -> None:
    def group(draft: Draft) -> Message:
        record = draft.read("groups.yaml")
        record["groups"] = [{"id": "q9ck", "name": "HFW 1"}]
        draft.put("groups.yaml", record)
        return Message("group.add", "Add a group")

    def use(draft: Draft) -> Message:
        record = draft.read(PUPIL)
        item = {"id": "i5tr", "provision": "precision-teaching", "group": "q9ck"}
        record["cycles"] = [{"id": "y2qf", "plan": {"interventions": [item]}}]
        draft.put(PUPIL, record)
        return Message("intervention.add", "Add an intervention")

    first = repository.change(group)
    repository.change(use)
    with pytest.raises(Conflict, match=r"p7k2q\.yaml.*q9ck"):
        plan(repository, first.commit)


def test_a_plan_that_is_out_of_date_is_refused(repository: Repository) -> None:
    repository.change(notes("one"))
    undo = plan(repository)
    repository.change(notes("two"))
    with pytest.raises(Conflict, match="changed meanwhile"):
        apply(repository, undo)


def test_undo_of_an_attachment(repository: Repository) -> None:
    def act(draft: Draft) -> Message:
        draft.put_bytes("documents/p7k2q/report.pdf", b"%PDF")
        return Message("document.add", "Add a document")

    repository.change(act)
    repository.change(notes("one"))
    chosen = git(repository.root, "rev-parse", "HEAD~1").strip()
    apply(repository, plan(repository, chosen))
    assert not (repository.root / "documents").exists()
    assert_clean(repository.root)


def test_what_cannot_be_undone(repository: Repository) -> None:
    root = git(repository.root, "rev-list", "--max-parents=0", "HEAD").strip()
    with pytest.raises(Conflict, match="beginning"):
        plan(repository, root)
    for odd in ("nothing", "--all", "HEAD~99", "0" * 40, "x\ny"):
        with pytest.raises(NotFound):
            plan(repository, odd)
    git(repository.root, "switch", "-q", "-c", "side", "HEAD~1")
    elsewhere = repository.change(notes("side")).commit
    git(repository.root, "switch", "-q", "main")
    with pytest.raises(NotFound, match="not part of"):
        plan(repository, elsewhere)


def test_nothing_left_to_undo(repository: Repository) -> None:
    apply(repository, plan(repository))
    apply(repository, plan(repository))
    with pytest.raises(Conflict, match="beginning"):
        plan(repository)


def test_the_schemas_that_a_newer_version_brought_are_passed_over(
    repository: Repository,
) -> None:
    """Nobody did that, and the next change would bring them again."""

    def act(draft: Draft) -> Message:
        draft.put_bytes(path_of("pupil"), b'{"properties": {}}\n')
        return Message("commit", "As an older version had them")

    repository.change(act)
    repository.change(notes("one"))
    actions = [commit.action for commit in commits(repository.git, "-2", "HEAD")]
    assert actions == ["concern.add", "schemas.update"]
    apply(repository, plan(repository))
    with pytest.raises(Conflict, match="As an older version had them"):
        plan(repository)
    assert concerns(repository) == []
