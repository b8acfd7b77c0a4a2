"""Finding, making and reading a repository."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from sencli.errors import Conflict
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.store.records.draft import Draft
from sencli.store.records.draft import Message
from sencli.store.repository.repository import Repository
from sencli.store.trust.history_on_day import known_at
from tests.store.conftest import INIT
from tests.store.conftest import OTHER
from tests.store.conftest import PUPIL
from tests.store.conftest import adds
from tests.store.conftest import assert_clean
from tests.store.conftest import git
from tests.store.conftest import notes
from tests.store.conftest import pupil
from tests.store.conftest import starting_files
from tests.systems import is_private
from tests.systems import link
from tests.systems import posix


def test_create_makes_a_clean_private_repository(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        made = Repository.create(tmp_path / "oak", starting_files(), INIT)
        made.change(adds(PUPIL, pupil("p7k2q")))
    finally:
        os.umask(before)
    assert_clean(made.root)
    assert git(made.root, "log", "--format=%s%n%b").startswith("Add a pupil\nPupil: p7")
    assert not (made.root / ".sencli-new").exists()
    for path in made.root.rglob("*"):
        assert is_private(path), path
    assert is_private(tmp_path / "oak")


def test_create_in_an_empty_folder_keeps_the_folder(tmp_path: Path) -> None:
    inode = tmp_path.joinpath("oak")
    inode.mkdir()
    number = inode.stat().st_ino
    Repository.create(inode, starting_files(), INIT)
    assert inode.stat().st_ino == number


def test_create_refuses_a_folder_with_something_in_it(tmp_path: Path) -> None:
    (tmp_path / "oak").mkdir()
    (tmp_path / "oak/letter.txt").write_text("mine", "utf-8", newline="\n")
    with pytest.raises(Conflict, match="not empty"):
        Repository.create(tmp_path / "oak", starting_files(), INIT)
    left = [path.name for path in (tmp_path / "oak").iterdir()]
    assert left == ["letter.txt"]


def test_create_refuses_a_place_inside_other_records(repository: Repository) -> None:
    with pytest.raises(Conflict, match="already holds"):
        Repository.create(repository.root / "pupils/elm", starting_files(), INIT)
    with pytest.raises(Conflict, match="already holds"):
        Repository.create(repository.root, starting_files(), INIT)
    assert_clean(repository.root)


def test_create_takes_over_what_a_killed_init_left(tmp_path: Path) -> None:
    (tmp_path / "oak/.sencli-new/.git").mkdir(parents=True)
    (tmp_path / "oak/.sencli-new/.git/HEAD").write_text(
        "ref: ref", "utf-8", newline="\n"
    )
    made = Repository.create(tmp_path / "oak", starting_files(), INIT)
    assert_clean(made.root)


def test_create_with_an_invalid_record_leaves_nothing(tmp_path: Path) -> None:
    broken = starting_files() | {"school.yaml": b"- 1\n"}
    with pytest.raises(InvalidValue, match=r"school\.yaml"):
        Repository.create(tmp_path / "oak", broken, INIT)
    assert not (tmp_path / "oak").exists()


def test_find_goes_upwards_and_by_name(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(repository.root / "pupils")
    assert Repository.find(None).root == repository.root
    monkeypatch.chdir(tmp_path)
    assert Repository.find("oak").root == repository.root
    monkeypatch.setenv("SENCLI_DIR", str(repository.root))
    assert Repository.find(None).root == repository.root
    monkeypatch.delenv("SENCLI_DIR")
    with pytest.raises(NotFound) as caught:
        Repository.find(None)
    assert "sen init" in caught.value.hint
    with pytest.raises(NotFound, match="home is not"):
        Repository.find("home")
    with pytest.raises(NotFound, match="no folder elm"):
        Repository.find("elm")
    assert Repository.find("oak/pupils").root == repository.root
    (repository.root / "school.yaml").unlink()
    with pytest.raises(NotFound, match=r"no school\.yaml"):
        Repository.find("oak").school()


@posix("a folder that goes while somebody is in it")
def test_find_in_a_folder_that_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(NotFound, match="gone"):
        Repository.find(None)


def test_reads_records_and_lists_pupils(repository: Repository) -> None:
    (repository.root / "pupils/notes.txt").write_text("x", "utf-8", newline="\n")
    (repository.root / "pupils/Odd.yaml").write_text("x", "utf-8", newline="\n")
    assert repository.pupil_ids() == ["p3dfb", "p7k2q"]
    assert repository.pupil("p7k2q")["first_name"] == "Amelia"
    assert repository.school()["name"] == "Oak Primary"
    assert repository.groups() == {"schema": 1}
    assert repository.provisions() == {"schema": 1}


@pytest.mark.parametrize("odd", ["../x", "p7k2q\n", "P7K2Q", "con", "p٧k2q", ""])
def test_path_traversal_and_odd_ids_are_refused(
    repository: Repository, odd: str
) -> None:
    with pytest.raises(InvalidValue):
        repository.pupil(odd)


@pytest.mark.parametrize("odd", ["/etc/passwd", "a//b", "a/./b", ".git/config", "a:b"])
def test_odd_paths_are_refused(repository: Repository, odd: str) -> None:
    with pytest.raises(InvalidValue):
        repository.read_bytes(odd)


def test_symlinked_record_is_refused(repository: Repository, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("schema: 1\n", "utf-8", newline="\n")
    (repository.root / PUPIL).unlink()
    link(repository.root / PUPIL, secret)
    with pytest.raises(InvalidValue, match="link"):
        repository.pupil("p7k2q")
    with pytest.raises(InvalidValue, match="link"):
        repository.change(notes("x"))
    assert secret.read_text("utf-8") == "schema: 1\n"


def test_symlinked_folder_is_refused(repository: Repository, tmp_path: Path) -> None:
    (repository.root / "pupils").rename(tmp_path / "elsewhere")
    link(repository.root / "pupils", tmp_path / "elsewhere")
    with pytest.raises(InvalidValue, match="link"):
        repository.pupil("p7k2q")
    with pytest.raises(InvalidValue, match="link"):
        repository.pupil_ids()


def test_known_at_reads_what_was_known_that_day(repository: Repository) -> None:
    days = {"first": 1_735_732_800, "second": 1_740_000_000}  # 1 Jan, 19 Feb 2025
    made = Repository.create(repository.root.parent / "elm", starting_files(), INIT)
    git(made.root, "commit", "--amend", "-q", "--no-edit", "--date=2024-09-01T09:00Z")
    with made.batch() as batch:
        batch.change(adds(OTHER, pupil("p3dfb")), days["first"])
        batch.change(adds(PUPIL, pupil("p7k2q")), days["second"])
    try:
        assert known_at(made, date(2025, 2, 19)).pupil_ids() == ["p3dfb", "p7k2q"]
        with pytest.raises(NotFound, match="no records from"):
            known_at(made, date(2023, 1, 1))
    finally:
        made.close()


def test_batch_is_many_commits_that_appear_together(repository: Repository) -> None:
    before = git(repository.root, "rev-list", "--count", "HEAD").strip()
    with repository.batch() as batch:
        for number in range(120):
            batch.change(notes(f"note {number}"), 1_700_000_000 + 60 * number)
        assert len(batch.records.read(PUPIL)["concerns"]) == 120
        assert git(repository.root, "rev-list", "--count", "HEAD").strip() == before
    assert batch.warning == ""
    assert_clean(repository.root)
    after = git(repository.root, "rev-list", "--count", "HEAD").strip()
    assert int(after) == int(before) + 120
    assert len(repository.pupil("p7k2q")["concerns"]) == 120


def test_a_failing_batch_saves_nothing(repository: Repository) -> None:
    before = git(repository.root, "rev-parse", "HEAD")

    def act(draft: Draft) -> Message:
        notes("two")(draft)
        raise ZeroDivisionError

    def both() -> None:
        with repository.batch() as batch:
            batch.change(notes("one"))
            batch.change(act)

    with pytest.raises(ZeroDivisionError):
        both()
    assert git(repository.root, "rev-parse", "HEAD") == before
    assert_clean(repository.root)
