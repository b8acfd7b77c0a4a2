"""Verify: each kind of tampering is told, and nothing else."""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest

from sencli.errors import EnvironmentFault
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import UsageFault
from sencli.store.files.check_result import CheckResult
from sencli.store.records.draft import Draft
from sencli.store.records.draft import Message
from sencli.store.repository import cache_files
from sencli.store.repository.repository import Repository
from sencli.store.trust import signers
from sencli.store.verify.verify import fingerprint
from sencli.store.verify.verify import verify
from tests.store.conftest import OTHER
from tests.store.conftest import PUPIL
from tests.store.conftest import git
from tests.store.conftest import notes
from tests.store.test_sign import set_up_ssh
from tests.store.test_sign import ssh_key
from tests.systems import link


def breaches(repository: Repository, against: str = "") -> list[CheckResult]:
    return [c for c in verify(repository, against) if c.level == "breach"]


def of_kind(repository: Repository, kind: str) -> list[CheckResult]:
    return [check for check in verify(repository) if check.code == kind]


def rewrite(repository: Repository, old: bytes, new: bytes) -> str:
    """Make a commit object like HEAD with other bytes, and point the branch to it."""
    raw = subprocess.run(
        ["git", "cat-file", "commit", "HEAD"],
        cwd=repository.root,
        capture_output=True,
        check=True,
    ).stdout
    assert old in raw
    made = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin"],
        cwd=repository.root,
        input=raw.replace(old, new),
        capture_output=True,
        check=True,
    )
    name = made.stdout.decode().strip()
    git(repository.root, "update-ref", "refs/heads/main", name)
    return name


def test_an_honest_history_has_no_breach(repository: Repository) -> None:
    found = list(verify(repository))
    assert {check.level for check in found} <= {"ok", "note"}
    head = git(repository.root, "rev-parse", "HEAD").strip()
    assert found[-1].code == "head"
    assert fingerprint(head) in found[-1].message
    assert [len(group) for group in fingerprint(head).split()] == [4, 4, 4, 4]


def test_history_cut_at_the_end(repository: Repository) -> None:
    repository.change(notes("one"))
    assert breaches(repository) == []
    kept = fingerprint(git(repository.root, "rev-parse", "HEAD").strip())
    repository.change(notes("two"))
    told = [c for c in verify(repository, kept) if c.code == "history"]
    assert [check.level for check in told] == ["ok", "ok"]
    assert "1 change since" in told[1].message
    git(repository.root, "reset", "-q", "--hard", "HEAD~2")
    cut = breaches(repository)
    assert [check.code for check in cut] == ["history"]
    assert "cut or rewritten" in cut[0].message
    # a breach is not forgotten by looking twice
    assert breaches(repository)
    (repository.root / ".git/sencli/verified").unlink()
    assert breaches(repository) == []
    for typed in (kept, kept.upper(), kept.replace(" ", "-"), kept[:9]):
        assert "not part" in breaches(repository, typed)[0].message
    with pytest.raises(UsageFault):
        breaches(repository, "nonsense")


def test_unsigned_commit_after_signed_ones(
    repository: Repository, tmp_path: Path
) -> None:
    set_up_ssh(repository, ssh_key(tmp_path))
    repository.change(notes("one"))
    assert breaches(repository) == []
    git(repository.root, "commit", "-q", "--allow-empty", "--no-gpg-sign", "-m", "x")
    told = breaches(repository)
    assert [check.code for check in told] == ["signatures"]
    assert "not signed" in told[0].message


def test_bad_signature_of_an_altered_commit(
    repository: Repository, tmp_path: Path
) -> None:
    set_up_ssh(repository, ssh_key(tmp_path))
    repository.change(notes("one"))
    name = rewrite(repository, b"Record a concern", b"Record a confern")
    told = breaches(repository)
    assert told[0].commit == name
    assert "altered" in told[0].message


def test_signer_who_is_not_on_the_list(repository: Repository, tmp_path: Path) -> None:
    set_up_ssh(repository, ssh_key(tmp_path))
    repository.change(notes("one"))
    (tmp_path / "allowed").write_text("", "utf-8", newline="\n")
    (tmp_path / "away").mkdir()
    other = ssh_key(tmp_path / "away").with_suffix(".pub").read_text("utf-8")
    (tmp_path / "allowed").write_text(
        f"other@oak.example {other}", "utf-8", newline="\n"
    )
    assert "not on the list" in breaches(repository)[0].message
    (tmp_path / "allowed").unlink()
    warned = [c for c in verify(repository) if c.level == "warning"]
    assert "no list of signers" in warned[0].message


def test_key_outside_its_time(repository: Repository, tmp_path: Path) -> None:
    key = ssh_key(tmp_path)
    set_up_ssh(repository, key)
    repository.change(notes("one"))
    public = key.with_suffix(".pub").read_text("utf-8")
    (tmp_path / "allowed").write_text(
        f'senco@oak.example valid-before="20200101" {public}', "utf-8", newline="\n"
    )
    assert breaches(repository)[0].code == "signatures"


def test_the_list_of_signers_in_the_records(
    repository: Repository, tmp_path: Path
) -> None:
    key = ssh_key(tmp_path)
    email = signers.my_email(str(tmp_path))
    assert email == "senco@oak.example"
    settings, listed = signers.set_up(str(key), email)
    for name, value in settings:
        git(repository.root, "config", name, value)
    before = repository.root.parent / "elm"

    def act(draft: Draft) -> Message:
        draft.put_bytes(signers.LIST, listed)
        return Message("signer.add", "Add a signer")

    made = Repository.create(
        before,
        {"school.yaml": b"schema: 1\nname: Elm\n", signers.LIST: listed},
        Message("init", "Begin the records"),
        settings,
    )
    assert breaches(made) == []
    assert "senco@oak.example" in of_kind(made, "signatures")[0].message

    # somebody else puts themselves on the list
    (tmp_path / "away").mkdir()
    other = ssh_key(tmp_path / "away")
    _, theirs = signers.set_up(str(other), "other@oak.example")
    git(made.root, "config", "user.signingkey", str(other))

    def intrude(draft: Draft) -> Message:
        draft.put_bytes(signers.LIST, listed + theirs)
        return Message("signer.add", "Add a signer")

    made.change(intrude)
    told = breaches(made)
    assert len(told) == 1
    assert "was not on the list" in told[0].message
    assert repository.change(act).commit


def test_a_key_that_cannot_sign(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no public key"):
        signers.set_up(str(tmp_path / "none"), "senco@oak.example")
    (tmp_path / "odd.pub").write_text("nothing", "utf-8", newline="\n")
    with pytest.raises(InvalidValue, match="not an SSH"):
        signers.set_up(str(tmp_path / "odd"), "senco@oak.example")
    assert signers.default_key() == ""
    ssh = Path.home() / ".ssh"
    ssh.mkdir()
    (ssh / "id_ed25519.pub").write_text("x", "utf-8", newline="\n")
    assert signers.default_key() == str(ssh / "id_ed25519")


def test_a_commit_that_changes_what_it_does_not_name(repository: Repository) -> None:
    repository.change(notes("one", PUPIL, OTHER))
    assert breaches(repository) == []
    (repository.root / ".git/sencli/verified").unlink()
    rewrite(repository, b"Pupil: p3dfb\n", b"")
    told = breaches(repository)
    assert [check.code for check in told] == ["trailers"]
    assert "p3dfb" in told[0].message


def test_a_commit_by_hand_is_a_warning(repository: Repository) -> None:
    (repository.root / "letter.txt").write_text("x", "utf-8", newline="\n")
    git(repository.root, "add", "letter.txt")
    git(repository.root, "commit", "-qm", "by hand \x01" + "a" * 40)
    found = of_kind(repository, "trailers")
    assert [check.level for check in found] == ["warning", "ok", "ok"]


def test_a_link_in_the_history(repository: Repository) -> None:
    link(repository.root / "pupils/pzzzz.yaml", "/etc/passwd")
    git(repository.root, "add", "pupils/pzzzz.yaml")
    git(repository.root, "commit", "-qm", "by hand")
    assert "link" in breaches(repository)[0].message


def test_a_version_that_is_not_valid(repository: Repository) -> None:
    path = repository.root / PUPIL
    good = path.read_text("utf-8")
    path.write_text(good + "date_of_birth: '30/02/2025'\n", "utf-8", newline="\n")
    git(repository.root, "commit", "-qam", "by hand")
    told = breaches(repository)
    assert told[0].code == "schema"
    assert told[0].path == PUPIL
    path.write_text(good, "utf-8", newline="\n")
    git(repository.root, "commit", "-qam", "by hand")
    assert breaches(repository) == []
    assert of_kind(repository, "schema")[0].level == "warning"


def test_backdated_commit(
    repository: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2001-01-01T12:00:00Z")
    repository.change(notes("one"))
    told = breaches(repository)
    assert [check.code for check in told] == ["dates"]
    assert "2001-01-01" in told[0].message


def test_commit_from_the_future(repository: Repository) -> None:
    repository.change(notes("one"), int(time.time()) + 10 * 86400)
    (told,) = of_kind(repository, "dates")
    assert told.level == "warning"
    assert "in the future: the clock" in told.message
    assert breaches(repository) == []


def test_corrupt_object(repository: Repository) -> None:
    name = git(repository.root, "rev-parse", f"HEAD:{OTHER}").strip()
    path = repository.root / ".git/objects" / name[:2] / name[2:]
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:20])
    told = breaches(repository)
    assert told[0].code == "objects"
    assert name in " ".join(check.message for check in told)


def test_settings_that_hide_faults(repository: Repository) -> None:
    git(repository.root, "config", "fsck.missingEmail", "ignore")
    assert of_kind(repository, "settings")[0].level == "warning"


def test_replacements_are_told(repository: Repository) -> None:
    git(repository.root, "replace", "HEAD", "HEAD~1")
    assert "Replacements" in breaches(repository)[0].message
    git(repository.root, "pack-refs", "--all")
    assert not list((repository.root / ".git/refs/replace").glob("*"))
    assert "Replacements" in breaches(repository)[0].message


@pytest.mark.parametrize("name", ["alternates", "http-alternates"])
def test_borrowed_objects_are_told(
    repository: Repository, tmp_path: Path, name: str
) -> None:
    git(tmp_path, "init", "-q", "--bare", "other.git")
    path = repository.root / ".git/objects/info" / name
    path.write_text(f"{tmp_path}/other.git/objects\n", "utf-8", newline="\n")
    found = of_kind(repository, "history")
    assert any(
        check.level == "warning"
        and f"({path.relative_to(repository.root)})" in check.message
        for check in found
    )


def test_an_edited_table_of_the_history(repository: Repository) -> None:
    git(repository.root, "commit-graph", "write", "--reachable")
    assert breaches(repository) == []
    path = repository.root / ".git/objects/info/commit-graph"
    path.chmod(0o600)
    data = bytearray(path.read_bytes())
    data[-60] ^= 1
    path.write_bytes(bytes(data))
    assert "caches" in {check.code for check in breaches(repository)}


def test_an_edited_cache(repository: Repository) -> None:
    repository.change(notes("a worry"))
    cache_files.parsed(repository, "school.yaml")
    path = Path(cache_files.place(repository, "parsed-school"))
    rows = Path(cache_files.place(repository, "rows-due"))
    rows.write_text("{}", "utf-8", newline="\n")
    assert breaches(repository) == []
    assert not path.exists()
    assert not rows.exists()
    cache_files.parsed(repository, "school.yaml")
    text = path.read_text("utf-8")
    path.write_text(text.replace('"name": "Oak', '"name": "Elm'), "utf-8", newline="\n")
    assert cache_files.parsed(repository, "school.yaml")["name"] == "Elm Primary"
    (told,) = breaches(repository)
    assert told.code == "caches"
    assert cache_files.parsed(repository, "school.yaml")["name"] == "Oak Primary"
    assert breaches(repository) == []


def test_an_edited_memory_of_the_head(repository: Repository) -> None:
    repository.change(notes("one"))
    assert breaches(repository) == []
    path = repository.root / ".git/sencli/verified"
    good = path.read_text("utf-8")
    older = git(repository.root, "rev-parse", "HEAD~1").strip()
    for text in (older + good[40:], good[:41] + "2" + good[42:], "x", good[:50]):
        path.write_text(text, "utf-8", newline="\n")
        assert "was edited or damaged" in breaches(repository)[0].message
    # as an older version wrote it
    path.write_text(" ".join(good.split()[:2]) + "\n", "utf-8", newline="\n")
    assert breaches(repository) == []


def test_hand_edits_are_a_warning(repository: Repository) -> None:
    with (repository.root / PUPIL).open("a", encoding="utf-8", newline="\n") as file:
        file.write("known_as: Millie\n")
    assert of_kind(repository, "working")[0].level == "warning"


def test_against_a_remote(repository: Repository, tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare", "server")
    git(repository.root, "remote", "add", "origin", str(tmp_path / "server"))
    with pytest.raises(NotFound, match="no branch"):
        breaches(repository, "origin")
    git(repository.root, "push", "-q", "origin", "main")
    assert breaches(repository, "origin") == []
    git(repository.root, "reset", "-q", "--hard", "HEAD~1")
    (repository.root / ".git/sencli/verified").unlink()
    assert "origin" in breaches(repository, "origin")[0].message
    git(tmp_path, "clone", "-q", "server", "other")
    git(tmp_path / "other", "commit", "-q", "--allow-empty", "-m", "theirs")
    git(tmp_path / "other", "push", "-q")
    found = [c for c in verify(repository, "origin") if c.level == "warning"]
    assert "not here yet" in found[0].message


def test_a_remote_that_would_run_a_program(
    repository: Repository, tmp_path: Path
) -> None:
    marker = tmp_path / "ran"
    evil = tmp_path / "evil.sh"
    evil.write_text(f"#!/bin/sh\ntouch {marker}\n", "utf-8", newline="\n")
    evil.chmod(0o755)
    git(repository.root, "config", "remote.evil.url", f"ext::{evil}")
    git(repository.root, "config", "protocol.ext.allow", "always")
    with pytest.raises(EnvironmentFault, match="refused"):
        breaches(repository, "evil")
    git(tmp_path, "init", "-q", "--bare", "server")
    git(repository.root, "config", "remote.sly.url", str(tmp_path / "server"))
    git(repository.root, "config", "remote.sly.uploadpack", str(evil))
    with pytest.raises(NotFound, match="no branch"):
        breaches(repository, "sly")
    git(repository.root, "config", "remote.ssh.url", "ssh://oak.invalid/x")
    git(repository.root, "config", "core.sshCommand", str(evil))
    with pytest.raises(EnvironmentFault, match="cannot be reached"):
        breaches(repository, "ssh")
    assert not marker.exists()


def test_an_empty_history(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "elm")
    (tmp_path / "elm/school.yaml").write_text(
        "schema: 1\nname: Elm\n", "utf-8", newline="\n"
    )
    found = list(verify(Repository.find(str(tmp_path / "elm"))))
    assert "Nothing has been recorded" in found[-1].message
