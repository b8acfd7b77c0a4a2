"""The doctor: each thing that can be wrong is told, with what to type; and mended."""

from __future__ import annotations

import os
import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from sencli.store.files import files
from sencli.store.files import folder_location
from sencli.store.files.check_result import CheckResult
from sencli.store.repository.repository import Repository
from sencli.store.verify.doctor import examine
from sencli.store.verify.fix import mend
from tests.store.conftest import PUPIL
from tests.store.conftest import git
from tests.store.test_sign import set_up_ssh
from tests.store.test_sign import ssh_key
from tests.systems import link
from tests.systems import posix


def look(repository: Repository, code: str) -> list[CheckResult]:
    return [finding for finding in examine(repository) if finding.code == code]


def level(repository: Repository, code: str) -> str:
    return look(repository, code)[0].level


def test_a_fresh_repository_is_healthy(repository: Repository) -> None:
    found = examine(repository)
    assert {f.code for f in found if f.level in ("fault", "warning")} <= {"remote"}
    assert all(f.mend for f in found if f.level in ("fault", "warning"))


def test_identity(repository: Repository) -> None:
    Path(os.environ["HOME"], ".gitconfig").write_text("", "utf-8", newline="\n")
    finding = look(repository, "identity")[0]
    assert finding.level == "fault"
    assert "user.name" in finding.mend


def test_signing(repository: Repository, tmp_path: Path) -> None:
    assert level(repository, "signing") == "note"
    key = ssh_key(tmp_path)
    set_up_ssh(repository, key)
    assert level(repository, "signing") == "ok"
    key.unlink()
    assert level(repository, "signing") == "fault"


def test_remote(repository: Repository, tmp_path: Path) -> None:
    assert level(repository, "remote") == "warning"
    git(tmp_path, "init", "-q", "--bare", "server")
    git(repository.root, "remote", "add", "origin", str(tmp_path / "server"))
    assert "3 changes" in look(repository, "remote")[0].message
    git(repository.root, "push", "-q", "origin", "main")
    assert level(repository, "remote") == "ok"
    git(repository.root, "remote", "set-url", "origin", "ext::touch /tmp/x")
    assert level(repository, "remote") == "fault"


@posix("rights of its kind that a program can give and take")
def test_permissions_are_mended(repository: Repository) -> None:
    (repository.root / PUPIL).chmod(0o644)
    (repository.root / "pupils").chmod(0o755)
    link(repository.root / "link", "/etc/passwd")
    found = look(repository, "permissions")
    assert found[0].level == "fault"
    assert PUPIL in found[0].message
    assert "2 files" in mend(repository, found)[0]
    assert level(repository, "permissions") == "ok"
    assert (repository.root / PUPIL).stat().st_mode & 0o777 == 0o600


def test_hooks_and_settings_that_run_programs(repository: Repository) -> None:
    hook = repository.root / ".git/hooks/post-commit"
    hook.parent.mkdir()
    hook.write_text("#!/bin/sh\n", "utf-8", newline="\n")
    hook.chmod(0o700)
    git(repository.root, "config", "filter.x.clean", "cat")
    git(repository.root, "config", "diff.x.textconv", "cat")
    found = examine(repository)
    assert "post-commit" in next(f for f in found if f.code == "hooks").message
    told = next(f for f in found if f.code == "settings").message
    assert "filter.x.clean" in told
    assert "diff.x.textconv" in told


def test_merge_driver_is_set_again(repository: Repository) -> None:
    git(repository.root, "config", "--remove-section", "merge.sencli")
    found = look(repository, "merge driver")
    assert found[0].level == "fault"
    mend(repository, found)
    assert level(repository, "merge driver") == "ok"


def test_merge_in_progress(repository: Repository) -> None:
    (repository.root / ".git/MERGE_HEAD").write_text("0" * 40, "utf-8", newline="\n")
    assert "merge" in look(repository, "merge")[0].message


def test_rights_that_were_not_looked_at_are_not_called_well(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "WINDOWS", True)
    (finding,) = look(repository, "permissions")
    assert finding.level == "note"
    assert "not looked at" in finding.message


def test_on_a_mac_the_lists_beside_the_rights_are_not_vouched_for(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sencli.store.verify import doctor

    monkeypatch.setattr(doctor, "sys", SimpleNamespace(platform="darwin"))
    (finding,) = look(repository, "permissions")
    assert "not looked at" in finding.message


def test_a_disk_that_was_not_looked_at_is_not_called_well(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    unseen = folder_location.Location(unseen="whether the disk is a share")
    monkeypatch.setattr(folder_location, "location", lambda _root: unseen)
    (finding, *_) = look(repository, "place")
    assert finding.level == "note"
    assert "Not looked at" in finding.message


def test_leftovers_are_removed_and_foreign_locks_are_not(
    repository: Repository,
) -> None:
    scrap = repository.root / ".git/objects/ab/tmp_obj_x1"
    scrap.parent.mkdir(exist_ok=True)
    scrap.write_text("half", "utf-8", newline="\n")
    young = repository.root / ".git/objects/ab/tmp_obj_y2"
    young.write_text("half", "utf-8", newline="\n")
    old = time.time() - 2 * 86400
    os.utime(scrap, (old, old))
    (repository.root / ".sencli-new/x").mkdir(parents=True)
    lock = repository.root / ".git/refs/heads/main.lock"
    lock.write_text("", "utf-8", newline="\n")
    found = examine(repository)
    told = next(f for f in found if f.code == "locks")
    assert "main.lock" in told.message
    assert not told.fixable
    done = mend(repository, found)
    assert "2 leftovers" in " ".join(done)
    assert not scrap.exists()
    assert young.exists()
    assert lock.exists()
    assert not (repository.root / ".sencli-new").exists()


def test_a_history_of_many_files_is_packed(repository: Repository) -> None:
    folder = repository.root / ".git/objects/17"
    folder.mkdir(exist_ok=True)
    made = [folder / f"{number:038}" for number in range(30)]
    for path in made:
        path.write_text("", "utf-8", newline="\n")
    assert look(repository, "tidiness")[0].fixable
    for path in made:  # and no object of the history that lies there
        path.unlink()
    mend(repository, [CheckResult("tidiness", "note", "", "", fixable=True)])
    assert list((repository.root / ".git/objects/pack").glob("*.pack"))
    assert (repository.root / ".git/objects/info/commit-graph").exists()
    assert git(repository.root, "fsck", "--strict") == ""
    assert len(repository.history(PUPIL)) == 1


def test_edits_and_strays(repository: Repository) -> None:
    with (repository.root / PUPIL).open("a", encoding="utf-8", newline="\n") as file:
        file.write("known_as: Millie\n")
    (repository.root / "pupils/Odd.yaml").write_text("x", "utf-8", newline="\n")
    assert PUPIL in look(repository, "edits")[0].message
    assert "Odd.yaml" in look(repository, "strays")[0].message
