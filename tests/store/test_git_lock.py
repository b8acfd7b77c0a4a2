"""Git's settings and index are written so that a crash leaves nobody blocked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sencli.errors import Busy
from sencli.store import files
from sencli.store import git_lock
from sencli.store import settings
from sencli.store.repo import Repository
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


def test_the_lock_of_another_program_stays(repository: Repository) -> None:
    path = repository.root / ".git/config.lock"
    path.write_text("", "utf-8", newline="\n")
    with pytest.raises(Busy, match=r"config\.lock"):
        settings.write(repository.git, [("gpg.format", "ssh")])
    assert path.exists()
    path.unlink()


def test_settings_of_others_and_their_comments_stay(repository: Repository) -> None:
    config = repository.root / ".git/config"
    with config.open("a", encoding="utf-8", newline="\n") as file:
        file.write('# ours\n[remote "stick"]\n\turl = /media/stick\n')
    settings.write(repository.git, [("gpg.format", "ssh")])
    text = Path(config).read_text("utf-8")
    assert "# ours" in text
    assert value(repository, "remote.stick.url") == "/media/stick"
