"""Signed commits: by the user's own git settings, or not at all."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path

import pytest

from sencli.errors import IntegrityFault
from sencli.store.repository.repository import Repository
from tests.store.conftest import PUPIL
from tests.store.conftest import assert_clean
from tests.store.conftest import concerns
from tests.store.conftest import git
from tests.store.conftest import notes
from tests.systems import tool


def ssh_key(folder: Path, passphrase: str = "") -> Path:
    key = folder / "key"
    args = [tool("ssh-keygen"), "-q", "-t", "ed25519", "-N", passphrase, "-f", str(key)]
    subprocess.run(args, check=True)
    return key


def set_up_ssh(repository: Repository, key: Path) -> None:
    public = key.with_suffix(".pub").read_text("utf-8")
    allowed = key.parent / "allowed"
    allowed.write_text(f"senco@oak.example {public}", "utf-8", newline="\n")
    for name, value in (
        ("gpg.format", "ssh"),
        ("user.signingkey", str(key)),
        ("commit.gpgsign", "true"),
        ("gpg.ssh.allowedSignersFile", str(allowed)),
    ):
        git(repository.root, "config", name, value)


def test_ssh_signature_verifies(repository: Repository, tmp_path: Path) -> None:
    set_up_ssh(repository, ssh_key(tmp_path))
    repository.change(notes("one"))
    assert git(repository.root, "log", "-1", "--format=%G?").strip() == "G"
    with repository.batch() as batch:
        batch.change(notes("two"))
        batch.change(notes("three"))
    states = git(repository.root, "log", "-3", "--format=%G?").split()
    assert states == ["G", "G", "G"]
    assert_clean(repository.root)


def test_a_public_key_in_the_settings_is_signed_by_the_agent(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = ssh_key(tmp_path)
    started = subprocess.run(
        ["ssh-agent", "-s"],
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    values = dict(
        line.split(";")[0].split("=") for line in started.stdout.splitlines()[:2]
    )
    try:
        for name, value in values.items():
            monkeypatch.setenv(name, value)
        subprocess.run(["ssh-add", "-q", str(key)], check=True, capture_output=True)
        set_up_ssh(repository, key)
        public = key.with_suffix(".pub").read_text("utf-8").strip()
        key.unlink()
        git(repository.root, "config", "user.signingkey", f"key::{public}")
        repository.change(notes("one"))
        assert git(repository.root, "log", "-1", "--format=%G?").strip() == "G"
    finally:
        os.kill(int(values["SSH_AGENT_PID"]), 15)


def test_openpgp_signature_verifies(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "g"
    home.mkdir(mode=0o700)
    monkeypatch.setenv("GNUPGHOME", str(home))
    gpg = tool("gpg")
    made = [gpg, "--batch", "--passphrase", "", "--quick-gen-key"]
    done = subprocess.run(
        [*made, "J. Patel <senco@oak.example>", "ed25519", "sign"],
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    try:
        git(repository.root, "config", "commit.gpgsign", "true")
        repository.change(notes("one"))
        assert git(repository.root, "log", "-1", "--format=%G?").strip() == "G"
    finally:
        kill = ["gpgconf", "--kill", "gpg-agent"]
        subprocess.run(kill, check=False, capture_output=True)


@pytest.mark.parametrize("wrong", ["missing", "passphrase", "format", "no key"])
def test_a_failing_key_fails_the_write_before_anything_changes(
    repository: Repository,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    wrong: str,
) -> None:
    key = ssh_key(tmp_path, "secret" if wrong == "passphrase" else "")
    set_up_ssh(repository, key)
    if wrong == "missing":
        key.unlink()
    if wrong == "format":
        git(repository.root, "config", "gpg.format", "rot13")
    if wrong == "no key":
        git(repository.root, "config", "--unset", "user.signingkey")
    monkeypatch.setenv("SSH_ASKPASS", "/bin/false")
    monkeypatch.setenv("SSH_ASKPASS_REQUIRE", "force")
    before = git(repository.root, "rev-parse", "HEAD")
    start = time.monotonic()
    with pytest.raises(IntegrityFault, match="could not be signed"):
        repository.change(notes("one"))
    assert time.monotonic() - start < 10
    assert git(repository.root, "rev-parse", "HEAD") == before
    assert concerns(repository, PUPIL) == []
    assert_clean(repository.root)
