"""Hazards 60 to 64: somebody else's folder, remotes and settings run nothing."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from sencli.cli import COMMANDS
from sencli.store.git.dangerous_settings import RUN_PROGRAMS
from tests.cli.lesson import IN_TERM
from tests.cli.lesson import LINES as SCHOOL
from tests.cli.lesson import school
from tests.conftest import Typed
from tests.hazards.world import git
from tests.hazards.world import head
from tests.hazards.world import unchanged
from tests.hazards.world import works
from tests.systems import is_root

# every setting of our list, with a name in place of each star
PROGRAMS = (
    *(key.replace("*", "x") for key in RUN_PROGRAMS),
    *("diff.sencli.command", "diff.sencli.textconv", "merge.sencli.driver"),
    *("remote.origin.uploadpack", "remote.origin.receivepack", "remote.origin.vcs"),
    *("credential.http://127.0.0.1.helper", "gpg.ssh.program", "gpg.x509.program"),
    "pager.log",
)
HOOKS = (
    *("applypatch-msg", "pre-commit", "prepare-commit-msg", "commit-msg"),
    *("post-commit", "pre-rebase", "post-checkout", "post-merge", "pre-push"),
    *("pre-receive", "update", "post-receive", "post-update", "push-to-checkout"),
    *("reference-transaction", "post-index-change", "pre-auto-gc", "post-rewrite"),
    *("fsmonitor-watchman", "pre-merge-commit", "proc-receive"),
)
# what a SENCO types, at least once for each command; they build on one another
TYPED = (
    "due",
    "do 1",
    "plan amelia",
    "review amelia",
    "meet amelia",
    "start",
    "cycle show amelia",
    "cycle list amelia",
    "outcome measure amelia 1 30",
    "outcome list amelia",
    "intervention list amelia",
    "session list amelia",
    "status list amelia",
    "session log 'HFW 1' --date 22/09/2025",
    "tick 'HFW 1' --days 24/09/2025",
    "scores 'HFW 1' amelia=31",
    "views 'HFW 1' 'amelia=I like it'",
    "reviews 'HFW 1'",
    "sheet --group 'HFW 1' --from 22/09/2025 --output ../sheet.xlsx",
    "take ../sheet.xlsx",
    "concern add amelia --concern Tired",
    "concern lead amelia --form",
    "meeting list amelia",
    "action list amelia",
    "pupil show amelia",
    "pupil list",
    "pupil set amelia known_as=Millie",
    "status set ben K --since 15/09/2025",
    "need add ben SPLD --rank 1",
    "contact add amelia 'Nadia Khan' --relationship mother",
    "flag add amelia eal",
    "language set amelia Urdu",
    "ethnicity set amelia APKN",
    "health add amelia Asthma",
    "attainment list amelia",
    "base list amelia",
    "dual-registration list amelia",
    "alternative-provision list amelia",
    "departure list amelia",
    "access list amelia",
    "retention list amelia",
    "specialist list amelia",
    "ehc list amelia",
    "consider amelia disability --conclusion no",
    "adjustment list amelia",
    "plan-elsewhere list amelia",
    "attendance list amelia",
    "suspension list amelia",
    "part-time list amelia",
    "transition list amelia",
    "funding list amelia",
    "report list amelia",
    "information list amelia",
    "document add amelia README.md --title Letter",
    "remove amelia 'concern 1' --yes",
    "find Khan",
    "register",
    "register --format csv",
    "map",
    "what-if --rate TA=17.20",
    "summary amelia",
    "summary amelia --format html",
    "print support-plan amelia",
    "school show",
    "staff list",
    "roll set 210",
    "national list",
    "rate list",
    "provision list",
    "scale list",
    "group list",
    "term list",
    "year roll --dry-run",
    "undo --yes",
    "signer list",
    "commit",
    "sync",
    "sync",
    "verify",
    "verify --against origin",
    "backup ../stick",
    "restore ../stick ../restored",
    "backup ../meeting.git",
    "join ../meeting.git ../joined",
    "draft list",
    "doctor",
    "look",
    "doctor --fix",
    "check",
    "rule A01",
    "exception list amelia",
    "history amelia",
    "history",
    "completion bash",
    "help monday",
    "pupil list --known-at today",
    "import --yes -",
    "export transfer amelia --to Elm",
    "export tables --output ../tables.sqlite --force",
    "init ../another --school Elm --senco 'A. Bee'",
    "move amelia 'concern 1' --to ben",
    "demo ../demo",
    "erase amelia --dry-run",
    "erase --check ben",
    "erase ben --ground 'End of retention' --yes",
    "sync --after-erasure --yes",
    "sync",
)


def hostile(folder: Path, marker: Path) -> None:
    """Settings, hooks and attributes that all run one program, which leaves a mark."""
    evil = folder.parent / "evil.sh"
    evil.write_text(f"#!/bin/sh\necho $0 $@ >> {marker}\ncat\n", "utf-8", newline="\n")
    evil.chmod(0o755)
    hooks = folder / ".git/hooks"
    hooks.mkdir(exist_ok=True)
    for name in HOOKS:
        shutil.copy(evil, hooks / name)
    for key in PROGRAMS:
        git(folder, "config", key, str(evil))
    git(folder, "config", "core.hooksPath", str(hooks))
    for key in ("log.showSignature", "fetch.recurseSubmodules", "push.gpgSign"):
        git(folder, "config", key, "true")
    (folder / ".git/info").mkdir(exist_ok=True)
    attributes = "* filter=x diff=x merge=x\n"
    (folder / ".git/info/attributes").write_text(attributes, "utf-8", newline="\n")
    marker.unlink(missing_ok=True)


@pytest.fixture
def strange(tmp_path: Path) -> Typed:
    """A school in mid-term in a hostile folder, with a hostile remote folder."""
    sen = school(tmp_path, SCHOOL + IN_TERM)
    sen("concern", "add", "amelia", "--concern", "Worried")
    bare = tmp_path / "meeting.git"
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "meeting.git")
    git(sen.folder, "remote", "add", "origin", str(bare))
    (bare / "hooks").mkdir(exist_ok=True)
    for name in HOOKS:
        (bare / "hooks" / name).write_text(
            f"#!/bin/sh\necho {name} >> {tmp_path}/ran\n", "utf-8", newline="\n"
        )
        (bare / "hooks" / name).chmod(0o755)
    hostile(sen.folder, tmp_path / "ran")
    return sen


def test_62_hostile_settings_hooks_and_attributes(strange: Typed) -> None:
    marker = strange.folder.parent / "ran"
    for line in TYPED:
        done = strange(line, code=None)
        assert done.code in (0, 1, 2, 3, 4), f"{line}: {done.both}"
        assert "went wrong inside" not in done.both, line
        assert not marker.exists(), f"{line}: {marker.read_text('utf-8')}"
    # and the two programs do run when git itself is asked
    git(strange.folder, "status", check=False)
    assert marker.exists()


def test_62_every_command_is_typed_there() -> None:
    assert {line.split()[0] for line in TYPED} == set(COMMANDS)


def test_62_reads_with_a_hostile_environment(
    strange: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    evil = str(strange.folder.parent / "evil.sh")
    for name in ("GIT_EXTERNAL_DIFF", "GIT_PAGER", "GIT_EDITOR", "GIT_PROXY_COMMAND"):
        monkeypatch.setenv(name, evil)
    monkeypatch.setenv("GIT_DIR", "/nowhere")
    monkeypatch.setenv("GIT_INDEX_FILE", "/nowhere/index")
    monkeypatch.setenv("GIT_WORK_TREE", "/nowhere")
    for line in ("history amelia", "pupil set amelia class=5A", "verify", "doctor"):
        strange(line, code=None)
    assert not (strange.folder.parent / "ran").exists()
    assert "5A" in strange("pupil show amelia").out


@pytest.mark.parametrize(
    "name", ["--upload-pack=touch ran", "-x", "a b", "../x", "a/b", ""]
)
def test_60_names_of_remotes_that_are_options(amelia: Typed, name: str) -> None:
    git(amelia.folder, "config", f"remote.{name}.url", "/nowhere")
    for words in (("sync",), ("sync", "--", name)):
        if name or len(words) == 1:
            told = amelia(*words, code=None)
            assert told.code in (2, 4, 7)
    assert not (amelia.folder / "ran").exists()


def test_60_branch_that_is_an_option(amelia: Typed) -> None:
    before = head(amelia)
    git(amelia.folder, "update-ref", "refs/heads/--upload-pack=x", before)
    (amelia.folder / ".git/HEAD").write_text(
        "ref: refs/heads/--upload-pack=x\n", "utf-8", newline="\n"
    )
    amelia("pupil", "set", "amelia", "class=5A", code=7)
    amelia("sync", code=None)
    assert git(amelia.folder, "rev-parse", "main") == before


@pytest.mark.parametrize(
    "url",
    [
        "ext::sh -c 'touch ran'",
        "fd::17",
        "--upload-pack=touch ran",
        "ssh://-oProxyCommand=touch ran/x",
        "-oProxyCommand=touch:x",
        "git://127.0.0.1/x",
        "x\ny",
    ],
)
def test_61_odd_addresses(amelia: Typed, url: str) -> None:
    git(amelia.folder, "config", "remote.origin.url", url)
    unchanged(amelia, "sync", code=7)
    amelia("verify", "--against", "origin", code=7)
    assert not (amelia.folder / "ran").exists()
    assert not (amelia.folder.parent / "ran").exists()


def test_61_an_address_that_is_rewritten_to_a_program(amelia: Typed) -> None:
    git(amelia.folder, "config", "remote.origin.url", "https://x.example/y")
    key = "url.ext::sh -c 'touch ran' .insteadOf"
    git(amelia.folder, "config", key, "https://x.example/")
    unchanged(amelia, "sync", code=7)
    assert not (amelia.folder / "ran").exists()


def test_63_folder_of_another_user(amelia: Typed) -> None:
    if is_root():
        for path in (amelia.folder, *amelia.folder.rglob("*")):
            os.chown(path, 12345, 12345, follow_symlinks=False)
        for words in (("history", "amelia"), ("pupil", "set", "amelia", "class=5A")):
            assert "another user" in amelia(*words, code=7).err
        for path in (amelia.folder, *amelia.folder.rglob("*")):
            os.chown(path, 0, 0, follow_symlinks=False)
    works(amelia)


def test_64_bare_repository_inside_the_records(amelia: Typed) -> None:
    inside = amelia.folder / "documents/x"
    inside.mkdir(parents=True)
    git(inside, "init", "-q", "--bare", ".")
    marker = amelia.folder.parent / "ran"
    git(inside, "config", "core.fsmonitor", f"touch {marker}")
    there = amelia.at(inside)
    assert "Khan" in there("pupil", "show", "amelia").out
    there("pupil", "set", "amelia", "class=5A")
    assert not marker.exists()
    assert "5A" in amelia("pupil", "show", "amelia").out
