"""Git's settings and index are written so that a crash leaves nobody blocked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sencli.errors import Busy
from sencli.store.files import files
from sencli.store.git import git_lock
from sencli.store.git import index_state
from sencli.store.git import settings
from sencli.store.repository.repository import Repository
from tests.cli.test_init import git


def value(repository: Repository, key: str) -> str | None:
    return settings.listing(repository.git).get(key)


def test_settings_are_written_together(repository: Repository) -> None:
    pairs = [("gpg.format", "ssh"), ("user.signingkey", 'a "key" # here')]
    settings.write(repository.git, pairs)
    assert value(repository, "gpg.format") == "ssh"
    assert value(repository, "user.signingkey") == 'a "key" # here'
    settings.write(repository.git, [("gpg.format", None), ("user.signingkey", None)])
    assert not value(repository, "gpg.format")
    left = {path.name for path in (repository.root / ".git").rglob("*lock")}
    assert left <= {"lock"}


@pytest.mark.parametrize("broken", ["write_all", "move"])
def test_a_failure_leaves_the_settings_as_they_were(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    before = (repository.root / ".git/config").read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files, broken, fail)
    with pytest.raises(OSError, match="No space"):
        settings.write(repository.git, [("gpg.format", "ssh"), ("commit.gpgsign", "1")])
    assert (repository.root / ".git/config").read_bytes() == before
    assert not (repository.root / ".git/config.lock").exists()


@pytest.mark.parametrize("name", ["index", "config"])
def test_a_lock_of_a_killed_writer_is_cleared(
    repository: Repository, name: str
) -> None:
    """The process was killed with the lock held: no `release` ran (hazard 7)."""
    lock = git_lock.OwnLock(str(repository.root), name)
    os.close(lock._fd)
    path = repository.root / ".git" / f"{name}.lock"
    assert path.exists()
    settings.write(repository.git, [("gpg.format", "ssh")])
    git_lock.drop_own_locks(str(repository.root))
    assert not path.exists()
    git(repository.root, "config", "--local", "user.name", "J. Patel")


def begun(folder: Path, note: str, lock: bytes, seconds: float) -> Path:
    """A lock on a disk without second names, made so long after the note of it."""
    path, beside = folder / "index.lock", folder / "sencli/ilock-begun"
    path.write_bytes(lock)
    beside.write_text(note, "utf-8", newline="\n")
    made = path.stat().st_mtime - 5
    os.utime(path, (made, made))
    os.utime(beside, (made - seconds, made - seconds))
    return path


@pytest.mark.parametrize("lock", [b"", b"sen", b"sencli\n"])
def test_a_lock_that_was_killed_before_its_mark_is_cleared(
    repository: Repository, lock: bytes
) -> None:
    folder = repository.root / ".git"
    path = begun(folder, "77 1790000000\n", lock, 0.1)
    git_lock.drop_own_locks(str(repository.root))
    assert not path.exists()
    assert not (folder / "sencli/ilock-begun").exists()


@pytest.mark.parametrize(
    ("note", "lock", "seconds"),
    [
        ("77 1790000000\n", b"DIRC", 0.1),  # it is filled: another program's
        ("77 1790000000\n", b"", -1),  # it was there before the note
        ("77 1790000000\n", b"", 600),  # made much later
        ("77 179", b"", 0.1),  # killed in the note: ours was never made
    ],
)
def test_a_note_does_not_make_the_lock_of_another_ours(
    repository: Repository, note: str, lock: bytes, seconds: float
) -> None:
    path = begun(repository.root / ".git", note, lock, seconds)
    git_lock.drop_own_locks(str(repository.root))
    assert path.read_bytes() == lock
    path.unlink()


def test_no_note_stays_where_another_holds_the_lock(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "second_name", lambda *_: False)
    path = repository.root / ".git/index.lock"
    path.write_bytes(b"")
    with pytest.raises(Busy):
        git_lock.OwnLock(str(repository.root), "index")
    assert not list((repository.root / ".git/sencli").glob("ilock*"))
    path.unlink()


def test_the_lock_of_another_program_stays(repository: Repository) -> None:
    path = repository.root / ".git/config.lock"
    path.write_text("", "utf-8", newline="\n")
    with pytest.raises(Busy, match=r"config\.lock"):
        settings.write(repository.git, [("gpg.format", "ssh")])
    assert path.exists()
    path.unlink()


def test_git_killed_in_a_copy_blocks_nobody(repository: Repository) -> None:
    """`init --sign`, killed while git wrote to the copy of the settings (trust, 12)."""
    for name in ("tmp-config", "tmp-config.lock", "tmp-index", "tmp-index.lock"):
        left = repository.root / ".git/sencli" / name
        left.write_text("", "utf-8", newline="\n")
    settings.write(repository.git, [("gpg.format", "ssh")])
    head = repository.git.ask("rev-parse", "HEAD").decode().strip()
    index_state.renew(repository.git, head)
    assert not list((repository.root / ".git/sencli").glob("tmp-*"))


def test_settings_of_others_and_their_comments_stay(repository: Repository) -> None:
    config = repository.root / ".git/config"
    with config.open("a", encoding="utf-8", newline="\n") as file:
        file.write('# ours\n[remote "stick"]\n\turl = /media/stick\n')
    settings.write(repository.git, [("gpg.format", "ssh")])
    text = Path(config).read_text("utf-8")
    assert "# ours" in text
    assert value(repository, "remote.stick.url") == "/media/stick"
