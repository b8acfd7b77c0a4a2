"""Hazards 25 to 34: signatures, history cut or rewritten, damage."""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path

import pytest

from tests.conftest import Typed
from tests.hazards.world import files
from tests.hazards.world import git
from tests.hazards.world import head
from tests.hazards.world import program
from tests.hazards.world import record
from tests.hazards.world import unchanged
from tests.hazards.world import whole
from tests.hazards.world import works
from tests.systems import tool

WRITE = ("pupil", "set", "amelia", "class=5A")


def new_key(secret: str = "", name: str = "id_ed25519") -> Path:
    """An SSH key in the home folder."""
    folder = Path(os.environ["HOME"], ".ssh")
    folder.mkdir(exist_ok=True)
    words = [
        tool("ssh-keygen"),
        "-q",
        "-t",
        "ed25519",
        "-N",
        secret,
        "-f",
        folder / name,
    ]
    subprocess.run(words, check=True)
    return folder / name


@pytest.fixture
def signed(amelia: Typed) -> Typed:
    """Records in which every change is signed from now on."""
    new_key()
    amelia("init", "--sign")
    return amelia


def breach(sen: Typed, says: str, *words: str) -> None:
    """`sen verify` finds it and names it."""
    told = sen("verify", *words, code=8).out
    assert any(says in line for line in told.splitlines() if "breach" in line), told


def checks(sen: Typed, code: int) -> list[dict[str, str]]:
    """What `sen verify` found."""
    found: list[dict[str, str]] = json.loads(
        sen("verify", "--format", "json", code=code).out
    )
    return found


def test_25_signing_key_missing(signed: Typed) -> None:
    key = Path(os.environ["HOME"], ".ssh/id_ed25519")
    key.rename(key.with_name("away"))
    unchanged(signed, *WRITE, code=8, says="Nothing was saved")
    key.with_name("away").rename(key)
    works(signed)
    assert git(signed.folder, "log", "-1", "--format=%G?") == "G"


def test_25_init_with_a_key_that_fails_leaves_nothing(sen: Typed) -> None:
    words = ("init", "oak", "--school", "Oak", "--senco", "J. Patel", "--sign")
    assert "ssh-keygen" in sen(*words, code=4).err
    key = new_key()
    key.write_text("no key", "utf-8", newline="\n")
    sen(*words, code=8)
    assert list(sen.folder.iterdir()) == []
    key.unlink()
    key.with_suffix(".pub").unlink()
    new_key()
    assert "signed" in sen(*words).out
    oak = sen.at(sen.folder / "oak")
    assert "Good signatures: 1" in oak("verify").out
    whole(oak)


def test_25_signing_begins_in_records_that_are_there(signed: Typed) -> None:
    told = signed("verify").out
    assert "Good signatures: 1" in told
    assert "before the list of signers" in told
    before = head(signed)
    signed("init", "--sign")
    assert head(signed) == before


def test_26_key_with_a_passphrase_and_no_terminal(
    signed: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = new_key("secret", "locked")
    git(signed.folder, "config", "user.signingkey", str(key))
    before = head(signed), files(signed.folder)
    start = time.monotonic()
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    done = program(signed.folder, *WRITE, env={"SSH_ASKPASS": "/bin/false"})
    assert done.code == 8
    assert time.monotonic() - start < 10
    assert (head(signed), files(signed.folder)) == before


def test_27_unsigned_commit(signed: Typed) -> None:
    git(signed.folder, "commit", "-q", "--allow-empty", "--no-gpg-sign", "-m", "x")
    breach(signed, head(signed)[:8])


def test_28_altered_commit(signed: Typed) -> None:
    amelia_line = git(signed.folder, "cat-file", "commit", "HEAD")
    altered = amelia_line.replace("from now on", "now and then")
    done = subprocess.run(
        ["git", "hash-object", "-t", "commit", "-w", "--stdin"],
        cwd=signed.folder,
        input=f"{altered}\n".encode(),
        capture_output=True,
        check=True,
    )
    git(signed.folder, "update-ref", "HEAD", done.stdout.decode().strip())
    breach(signed, "altered")


def test_29_signer_not_on_the_list(signed: Typed) -> None:
    other = new_key(name="other")
    git(signed.folder, "config", "user.signingkey", str(other))
    signed(*WRITE)
    breach(signed, "not on the list")


def test_30_backdated_commit(amelia: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("GIT_COMMITTER_DATE", "2001-01-01T00:00:00Z")
        patch.setenv("GIT_AUTHOR_DATE", "2001-01-01T00:00:00Z")
        amelia(*WRITE)
    found = [one for one in checks(amelia, 0) if one["level"] != "ok"]
    told = next(one for one in found if one["kind"] == "dates")
    assert told["level"] == "warning"
    assert told["commit"] == head(amelia)
    assert "is dated 2001-01-01, before the change that it follows" in told["message"]
    assert "clock" in told["message"]


def test_30_a_date_that_no_clock_gave(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("GIT_COMMITTER_DATE", "2001-01-01T00:00:00Z")
        amelia(*WRITE)
    told = [one for one in checks(amelia, 8) if one["level"] == "breach"]
    assert [one["kind"] for one in told] == ["dates"]
    assert "it was dated back, since it was written on" in told[0]["message"]


@pytest.mark.parametrize("moment", ["2001-01-01T00:00:00Z", "4000000000 +0000"])
def test_30_a_wrong_clock_does_not_end_the_memory(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    with monkeypatch.context() as patch:
        for role in ("COMMITTER", "AUTHOR"):
            patch.setenv(f"GIT_{role}_DATE", moment)
        amelia(*WRITE)
    amelia("verify")
    amelia("flag", "add", "amelia", "eal")
    amelia("verify")
    kept = (amelia.folder / ".git/sencli/verified").read_text("utf-8")
    assert kept.startswith(head(amelia))
    git(amelia.folder, "reset", "-q", "--hard", "HEAD~1")
    breach(amelia, "cut or rewritten")


def test_30_a_wrong_clock_is_said_before_a_change_is_saved(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "clock" not in amelia(*WRITE).err
    with monkeypatch.context() as patch:
        for role in ("COMMITTER", "AUTHOR"):
            patch.setenv(f"GIT_{role}_DATE", "2001-01-01T00:00:00Z")
        for words in (("flag", "add", "amelia", "eal"), ("undo", "--yes")):
            said = amelia(*words).err
            assert "clock says 1 January 2001" in " ".join(said.split())
        for role in ("COMMITTER", "AUTHOR"):
            patch.setenv(f"GIT_{role}_DATE", "4000000000 +0000")
        assert "clock" not in amelia("flag", "add", "amelia", "young_carer").err
    # the newest change is now still to come
    said = amelia("pupil", "set", "amelia", "class=6A").err
    assert "is dated" in said
    assert "2096" in said
    assert "clock" not in amelia("pupil", "set", "amelia", "class=6B").err


def test_30_sync_says_that_a_clock_is_wrong(
    laptops: tuple[Typed, Typed], monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = laptops
    for moment, word in (
        ("2001-01-01T00:00:00Z", "before the change that it follows"),
        ("4000000000 +0000", "this computer's clock says"),
    ):
        with monkeypatch.context() as patch:
            for role in ("COMMITTER", "AUTHOR"):
                patch.setenv(f"GIT_{role}_DATE", moment)
            there("pupil", "set", "amelia", f"class={moment[0]}A")
        there("sync")
        said = here("sync").err
        assert "A change from origin is dated" in said
        assert word in said


@pytest.mark.parametrize(
    ("seconds", "level"), [(-3600, "warning"), (-200_000, "warning"), (0, "ok")]
)
def test_30_a_clock_that_went_back(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch, seconds: int, level: str
) -> None:
    then = int(git(amelia.folder, "log", "-1", "--format=%ct")) + seconds
    with monkeypatch.context() as patch:
        for role in ("COMMITTER", "AUTHOR"):
            patch.setenv(f"GIT_{role}_DATE", f"{then} +0000")
        amelia(*WRITE)
    found = [one for one in checks(amelia, 0) if one["kind"] == "dates"]
    assert [one["level"] for one in found][:1] == [level]


def test_30_a_date_of_writing_that_is_another(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("GIT_AUTHOR_DATE", "2001-01-01T00:00:00Z")
        amelia(*WRITE)
    told = [one["message"] for one in checks(amelia, 0) if one["kind"] == "dates"]
    assert "was written on 2001-01-01" in told[0]


def test_31_history_cut(amelia: Typed) -> None:
    amelia(*WRITE)
    paper = amelia("verify").out.splitlines()[-1].rsplit(": ", 1)[1].strip(". ")
    git(amelia.folder, "reset", "-q", "--hard", "HEAD~2")
    breach(amelia, "cut or rewritten")
    (amelia.folder / ".git/sencli/verified").unlink()
    breach(amelia, "not part of this history", "--against", paper)


def test_32_remote_rewritten(laptops: tuple[Typed, Typed]) -> None:
    here, there = laptops
    here("flag", "add", "amelia", "eal")
    here("sync")
    there("sync")
    git(there.folder, "reset", "-q", "--hard", "HEAD~1")
    git(there.folder, "commit", "-q", "--allow-empty", "-m", "other")
    bare = here.folder.parent / "meeting.git"
    git(bare, "config", "receive.denyNonFastForwards", "false")
    git(there.folder, "push", "-qf", "origin", "main")
    here("flag", "add", "amelia", "young_carer")
    pushed = git(bare, "rev-parse", "main")
    unchanged(here, "sync", code=8, says="rewritten")
    assert git(bare, "rev-parse", "main") == pushed
    # git's own fetch, which follows a rewritten remote, does not make it right
    git(here.folder, "fetch", "-q", "origin")
    unchanged(here, "sync", code=8, says="rewritten")
    git(bare, "update-ref", "-d", "refs/heads/main")
    unchanged(here, "sync", code=8, says="rewritten")
    works(here)


def test_33_corrupt_object(amelia: Typed) -> None:
    name = git(amelia.folder, "rev-parse", f"HEAD:pupils/{record(amelia).name}")
    path = amelia.folder / ".git/objects" / name[:2] / name[2:]
    path.chmod(0o600)
    good = path.read_bytes()
    path.write_bytes(good[: len(good) // 2])
    breach(amelia, name[:10])
    told = unchanged(amelia, *WRITE, code=8)
    assert "clone" in told.err
    path.write_bytes(good)
    works(amelia)


@pytest.mark.parametrize("damage", [b"", b"DIRC rubbish", None])
def test_34_index_lost_or_damaged(amelia: Typed, damage: bytes | None) -> None:
    index = amelia.folder / ".git/index"
    if damage is None:
        index.unlink()
    else:
        index.write_bytes(damage)
    assert "Khan" in amelia("pupil", "show", "amelia").out
    amelia(*WRITE)
    works(amelia)
