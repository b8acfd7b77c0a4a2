"""Hazards 27 to 29 over two computers: who may sign, and what comes from elsewhere."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import time
from pathlib import Path

import pytest

from tests.conftest import Typed
from tests.hazards.test_trust import breach
from tests.hazards.test_trust import new_key
from tests.hazards.world import git
from tests.hazards.world import head
from tests.hazards.world import record
from tests.hazards.world import unchanged
from tests.hazards.world import whole
from tests.hazards.world import works

Two = tuple[Typed, Typed]
LIST = ".sencli/allowed_signers"


@pytest.fixture
def pair(laptops: Two) -> Two:
    """The SENCO's laptop, which signs, and a deputy's clone, which does not yet."""
    here, there = laptops
    new_key()
    here("init", "--sign")
    here("sync")
    there("sync")
    git(there.folder, "config", "user.name", "D. Putty")
    git(there.folder, "config", "user.email", "deputy@oak.example")
    return here, there


def line_of(there: Typed) -> str:
    """The line that the deputy sends to a signer."""
    key = Path(os.environ["HOME"], ".ssh/deputy")
    if not key.exists():
        new_key(name="deputy")
    told = there("init", "--sign", "--key", str(key)).out
    typed = next(text for text in told.splitlines() if "sen signer add" in text)
    return shlex.split(typed)[-1]


def admitted(pair: Two) -> Two:
    """Both sign, and both are on the list."""
    here, there = pair
    here("signer", "add", line_of(there))
    here("sync")
    there("sync")
    return pair


def later() -> None:
    """The next second: git's times are whole seconds."""
    time.sleep(1.01)


def test_27_an_unsigned_change_is_not_taken_in(pair: Two) -> None:
    here, there = pair
    told = there("flag", "add", "amelia", "eal").err
    assert "sen init --sign" in told
    # the deputy's computer does not send it, and says what to do
    refused = there("sync", code=8).err
    assert "Nothing was sent" in refused
    assert "it is not signed" in refused
    # sent with git itself, it is not taken in here
    git(there.folder, "push", "-q", "origin", "main")
    told = unchanged(here, "sync", code=8, says="Nothing was taken in").err
    assert head(there)[:10] in told
    assert "D. Putty" in told
    assert "sen signer add" in told
    works(here)
    assert "breach" not in here("verify").out


def test_27_what_the_deputy_signs_again_is_taken_in(pair: Two) -> None:
    here, there = pair
    there("flag", "add", "amelia", "eal")
    here("signer", "add", line_of(there))
    base = head(here)
    here("sync")
    hint = there("sync", code=8).err
    typed = next(text for text in hint.splitlines() if "git rebase" in text)
    words = shlex.split(typed.partition(": ")[2])
    later()
    git(there.folder, *words[1:])
    assert base[:10] in words
    there("sync")
    here("sync")
    assert "eal" in record(here).read_text("utf-8")
    for sen in pair:
        assert "breach" not in sen("verify").out
        whole(sen)


def test_29_a_second_signer_is_let_in_and_ends(pair: Two) -> None:
    here, there = admitted(pair)
    message = git(here.folder, "log", "-1", "--format=%B %G?", "--", LIST)
    assert "Action: signer.add" in message
    assert "Key: SHA256:" in message
    assert message.endswith("G")
    assert "deputy@" not in message
    later()
    assert there("flag", "add", "amelia", "eal").err == ""
    there("sync")
    here("sync")
    assert "1 by deputy@oak.example" in here("verify").out
    rows = json.loads(here("signer", "list", "--format", "json").out)
    assert [(row["name"], row["mine"]) for row in rows] == [
        ("senco@oak.example", True),
        ("deputy@oak.example", False),
    ]
    later()
    here("signer", "end", "deputy")
    here("sync")
    # what was signed before stays good; what comes after is not
    assert "1 by deputy@oak.example" in here("verify").out
    later()
    there("sync")
    assert "not on the list" in there("flag", "add", "amelia", "young_carer").err
    there("sync", code=8)
    breach(there, "did not count then")
    git(there.folder, "push", "-q", "origin", "main")
    unchanged(here, "sync", code=8, says="did not count then")
    assert "breach" not in here("verify").out
    works(here)


def test_29_an_ended_key_cannot_date_itself_back(
    pair: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = admitted(pair)
    admitted_at = int(git(here.folder, "log", "-1", "--format=%ct", "--", LIST))
    later()
    later()
    here("signer", "end", "deputy@oak.example")
    here("sync")
    there("sync")
    with monkeypatch.context() as patch:
        for role in ("COMMITTER", "AUTHOR"):
            patch.setenv(f"GIT_{role}_DATE", f"{admitted_at + 1} +0000")
        there("flag", "add", "amelia", "eal")
    git(there.folder, "push", "-q", "origin", "main")
    unchanged(here, "sync", code=8, says="did not count then")
    breach(there, "did not count then")


def test_29_nobody_lets_themselves_in(pair: Two) -> None:
    here, there = pair
    line = line_of(there)
    unchanged(there, "signer", "add", line, code=8, says="Only somebody on the list")
    unchanged(there, "signer", "end", "senco", code=8, says="Only somebody on the list")
    path = there.folder / LIST
    path.write_text(f"{path.read_text('utf-8')}{line}\n", "utf-8", newline="\n")
    git(there.folder, "commit", "-qam", "let me in")
    there("flag", "add", "amelia", "eal")
    git(there.folder, "push", "-q", "origin", "main")
    unchanged(here, "sync", code=8, says="not on the list")
    breach(there, "changes the list of signers")
    assert "deputy" not in (here.folder / LIST).read_text("utf-8")
    works(here)


def test_29_a_third_computer_follows_the_chain(pair: Two, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "meeting.git", "third")
    third = pair[0].at(tmp_path / "third")
    here, there = admitted(pair)
    later()
    there("flag", "add", "amelia", "eal")
    there("sync")
    # it learns in one go that the deputy was let in, and what he signed
    third("sync")
    assert "breach" not in third("verify").out
    assert "eal" in record(third).read_text("utf-8")
    here("sync")
    works(here)


def test_29_a_key_that_was_taken_off_by_hand(pair: Two) -> None:
    here, there = admitted(pair)
    later()
    there("flag", "add", "amelia", "eal")
    there("sync")
    here("sync")
    path = here.folder / LIST
    path.write_text(
        "".join(path.read_text("utf-8").splitlines(keepends=True)[:1]),
        "utf-8",
        newline="\n",
    )
    git(here.folder, "commit", "-qam", "off")
    assert "1 by deputy@oak.example" in here("verify").out
    there("flag", "add", "amelia", "young_carer")
    there("sync")
    unchanged(here, "sync", code=8, says="not on the list")


def test_29_lines_that_are_none(pair: Two) -> None:
    here, _ = pair
    for words in (("add", "nobody"), ("add", "a@b.example", "ssh-ed25519", "???")):
        unchanged(here, "signer", *words, code=3, says="sen init --sign")
    unchanged(here, "signer", "end", "nobody", code=4, says="senco@oak.example")
    unchanged(here, "signer", "end", "senco", code=2, says="lock yourself out")
    line = (here.folder / LIST).read_text("utf-8")
    assert "already" in here("signer", "add", "-", stdin=line).out


def test_29_signers_where_nothing_is_signed(amelia: Typed) -> None:
    unchanged(amelia, "signer", "list", code=4, says="sen init --sign")
    line = "a@b.example ssh-ed25519 AAAA"
    unchanged(amelia, "signer", "add", line, code=4, says="sen init --sign")


def forged(folder: Path, bare: Path) -> None:
    """A commit on the remote whose tree git's own check refuses."""

    def store(kind: str, data: bytes) -> str:
        words = ["git", "hash-object", "-t", kind, "-w", "--stdin", "--literally"]
        done = subprocess.run(
            words, cwd=bare, input=data, capture_output=True, check=True
        )
        return done.stdout.decode().strip()

    blob = store("blob", b"[core]\n\tpager = touch ran\n")
    inner = store("tree", b"100644 config\0" + bytes.fromhex(blob))
    tree = store("tree", b"40000 .git\0" + bytes.fromhex(inner))
    parent = git(folder, "rev-parse", "HEAD")
    who = "X <x@x.example> 1760000000 +0000"
    text = f"tree {tree}\nparent {parent}\nauthor {who}\ncommitter {who}\n\nx\n"
    git(bare, "update-ref", "refs/heads/main", store("commit", text.encode()))


@pytest.mark.parametrize("setting", ["", "fetch.fsckObjects", "transfer.fsckObjects"])
def test_33_forged_objects_are_not_taken_in(laptops: Two, setting: str) -> None:
    here, _ = laptops
    forged(here.folder, here.folder.parent / "meeting.git")
    if setting:
        git(here.folder, "config", setting, "false")
    told = unchanged(here, "sync", code=8, says="damaged or forged").err
    assert "hasDotgit" in told
    git(here.folder, "config", "fetch.fsck.hasDotgit", "ignore")
    unchanged(here, "sync", code=8, says="overlook")
    git(here.folder, "config", "--unset", "fetch.fsck.hasDotgit")
    works(here)
