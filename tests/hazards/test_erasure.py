"""Hazards 79 to 81: a record is erased, and stays so."""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from typing import Any

import pytest

from benchmarks import faults
from tests.conftest import Typed
from tests.hazards.test_trust import breach
from tests.hazards.test_trust import new_key
from tests.hazards.world import git
from tests.hazards.world import head
from tests.hazards.world import record
from tests.hazards.world import unchanged
from tests.hazards.world import whole
from tests.systems import posix

Two = tuple[Typed, Typed]
GROUND = ("--ground", "End of retention")


def ben_in(sen: Typed) -> str:
    """A second pupil, with a word that is nowhere else; his id."""
    sen("pupil", "add", "Ben Adeyemi", "--class", "4B")
    sen("concern", "add", "ben", "--concern", "Quokka at home")
    return record(sen, "Ben").stem


def erase(sen: Typed, *words: str) -> dict[str, Any]:
    told = sen("erase", "ben", *GROUND, "--yes", "--format", "json", *words).out
    found: dict[str, Any] = json.loads(told)
    return found


def left(sen: Typed, pupil: str) -> list[str]:
    """Where anything tells of the pupil still."""
    words = ("--words", "Quokka", "--words", "Ben Adeyemi")
    told = sen("erase", "--check", pupil, *words, "--format", "json", code=None)
    found = json.loads(told.out)
    assert told.code == int(bool(found))
    return [one["place"] for one in found]


@pytest.fixture
def signed(laptops: Two) -> Two:
    """The same with a key on each that both know."""
    here, there = laptops
    new_key()
    here("init", "--sign")
    here("sync")
    there("sync")
    there("init", "--sign")
    return laptops


def test_79_old_clone_pushes_the_record_again(laptops: Two) -> None:
    here, there = laptops
    pupil = ben_in(here)
    here("sync")
    there("sync")
    erase(here)
    assert "--after-erasure" in unchanged(here, "sync", code=6).err
    assert left(here, pupil) == []
    here("sync", "--after-erasure", code=2)  # nobody to ask
    here("sync", "--after-erasure", "--yes")
    here("sync")
    # the old clone goes on with git alone, and sends all of it again
    git(there.folder, "commit", "-q", "--allow-empty", "-m", "by hand")
    git(there.folder, "pull", "-q", "--no-rebase", "--no-edit", "origin", "main")
    git(there.folder, "push", "-q", "origin", "main")
    told = unchanged(here, "sync", code=8, says="erased on 20 October 2025")
    assert "--accept-erasure" in told.err
    assert left(here, pupil) == []
    # made right there, and sent from there in the place of the old one
    there("sync", "--accept-erasure", "--yes", code=8)
    assert left(there, pupil) == []
    assert "by hand" in git(there.folder, "log", "--format=%s")
    there("sync", "--after-erasure", "--yes")
    here("sync")
    assert "by hand" in git(here.folder, "log", "--format=%s")
    assert head(here) == head(there)
    assert left(here, pupil) == []
    for sen in laptops:
        assert "breach" not in sen("verify").out
        whole(sen)


def test_79_the_record_put_back_by_other_commits(laptops: Two) -> None:
    here, _ = laptops
    pupil = ben_in(here)
    text = record(here, "Ben").read_text("utf-8")
    here("sync")
    erase(here)
    here("sync", "--after-erasure", "--yes")
    clone = here.folder.parent / "third"
    git(
        here.folder.parent,
        "clone",
        "-q",
        str(here.folder.parent / "meeting.git"),
        "third",
    )
    (clone / "pupils" / f"{pupil}.yaml").write_text(text, "utf-8", newline="\n")
    git(clone, "add", "pupils")
    git(clone, "commit", "-q", "-m", "by hand")
    git(clone, "push", "-q", "origin", "main")
    unchanged(here, "sync", code=8, says="brings a record back")
    assert left(here, pupil) == []


def test_79_old_clone_follows(signed: Two) -> None:
    here, there = signed
    pupil = ben_in(here)
    here("sync")
    there("sync")
    old = head(there)
    there("flag", "add", "amelia", "young_carer")
    there("concern", "set", "ben", "1", "--response", "Rang")
    erase(here)
    here("flag", "add", "amelia", "eal")
    here("sync", "--after-erasure", "--yes")
    told = unchanged(there, "sync", code=6, says="erased on another computer")
    assert "2 changes of yours" in told.err
    refused = unchanged(there, "sync", "--accept-erasure", code=2)
    assert "1 change of yours about the pupil go" in refused.err
    there("sync", "--accept-erasure", "--yes")
    assert left(there, pupil) == []
    here("sync")
    for sen in signed:
        text = record(sen).read_text("utf-8")
        assert "young_carer" in text
        assert "eal" in text
        told = sen("verify")
        assert "breach" not in told.out
        assert "vouched for by" in told.out
        assert (
            "rewritten by the erasure of 20 October 2025"
            in sen("verify", "--against", old[:16]).out
        )
        whole(sen)
    assert head(here) == head(there)
    assert "Nothing new" in there("sync").out
    assert "no erasure" in there("sync", "--accept-erasure", code=4).err
    assert "nothing to replace" in there("sync", "--after-erasure", code=4).err


def forged(here: Typed) -> None:
    """A rewritten remote whose certificate a stranger signed."""
    other = new_key(name="other")
    git(here.folder, "config", "user.signingkey", str(other))
    git(here.folder, "commit", "-q", "--amend", "--no-edit", "-S")


def more_than_said(here: Typed) -> None:
    """A rewritten remote in which more was changed than the certificate says."""
    path = next((here.folder / ".sencli/erasures").iterdir())
    text = path.read_text("utf-8")
    parent = git(here.folder, "rev-parse", "HEAD~1")
    tree = git(here.folder, "rev-parse", "HEAD~2^{tree}")
    before = git(here.folder, "rev-parse", "HEAD~2")
    made = git(here.folder, "commit-tree", "-p", before, "-m", "other", tree)
    path.write_text(text.replace(parent, made), "utf-8", newline="\n")
    git(here.folder, "reset", "-q", "--soft", made)
    git(here.folder, "read-tree", made)
    git(here.folder, "add", ".sencli")
    mark = hashlib.sha256(path.read_bytes()).hexdigest()
    message = f"Erase\n\nAction: erase\nCertificate: {mark}\n"
    git(here.folder, "commit", "-q", "-S", "-m", message)


@pytest.mark.parametrize("change", [forged, more_than_said])
def test_79_a_rewritten_remote_without_a_true_certificate(
    signed: Two, change: Callable[[Typed], None]
) -> None:
    here, there = signed
    ben_in(here)
    here("flag", "add", "amelia", "eal")
    here("sync")
    there("sync")
    erase(here)
    change(here)
    git(here.folder, "push", "-qf", "origin", "main")
    words = () if change is forged else ("--accept-erasure", "--yes")
    unchanged(there, "sync", *words, code=8)
    assert "Quokka" in record(there, "Ben").read_text("utf-8")


def test_79_refused_while_the_remote_is_ahead(laptops: Two) -> None:
    here, there = laptops
    ben_in(here)
    here("sync")
    there("sync")
    there("flag", "add", "amelia", "eal")
    there("sync")
    told = unchanged(
        here, "erase", "ben", *GROUND, "--yes", code=6, says="not here yet"
    )
    assert "sen sync" in told.err


def test_79_a_remote_that_does_not_answer_is_named(amelia: Typed) -> None:
    git(amelia.folder, "remote", "add", "usb", str(amelia.folder / "taken away"))
    told = amelia("erase", "amelia", "--dry-run").err
    assert "usb could not be asked whether it has changes that are not here" in told


def test_80_nothing_is_left_anywhere(amelia: Typed) -> None:
    root = amelia.folder
    pupil = ben_in(amelia)
    path = record(amelia, "Ben")
    (root / "letter.txt").write_text(
        "Quokka report on Ben Adeyemi", "utf-8", newline="\n"
    )
    amelia("document", "add", "ben", "letter.txt", "--title", "EP report")
    # what an ordinary year leaves behind
    git(root, "stash", "list")
    git(root, "branch", "older")
    git(root, "tag", "-a", "-m", f"Before {pupil}", "mark")
    loose = subprocess.run(
        ["git", "hash-object", "-w", "--stdin"],
        cwd=root,
        input=b"Quokka that nothing leads to",
        capture_output=True,
        check=True,
    )
    assert loose.stdout
    (root / ".git/FETCH_HEAD").write_text("Quokka", "utf-8", newline="\n")
    amelia("due", code=None)  # caches
    amelia("pupil", "list")
    text = path.read_text("utf-8")
    amelia(
        "print", "profile", "ben", "--format", "pdf", "--output", "ben.pdf", code=None
    )
    with zipfile.ZipFile(root / "export.csv", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("pupils.csv", "Adeyemi,Ben\r\n")
    assert ".git/FETCH_HEAD" in left(amelia, pupil)
    told = erase(amelia)
    assert {one["place"] for one in told["left"]} >= {"letter.txt", "export.csv"}
    found = left(amelia, pupil)
    assert set(found) <= {"letter.txt", "export.csv", "ben.pdf"}
    for place in found:
        (root / place).unlink()
    assert left(amelia, pupil) == []
    for file in root.rglob("*"):
        if file.is_file() and file.name != "ben.pdf":
            assert b"Quokka" not in file.read_bytes()
            assert pupil.encode() not in file.read_bytes()
    args = ["git", "cat-file", "--batch-all-objects", "--batch"]
    everything = subprocess.run(args, cwd=root, capture_output=True, check=True).stdout
    assert b"Quokka" not in everything
    assert pupil.encode() not in everything
    assert text.encode() not in everything
    assert git(root, "reflog", "--all") == ""
    assert pupil not in amelia("history", "amelia").out
    amelia("pupil", "show", "ben", code=4)
    whole(amelia)


def test_80_what_is_found_is_named_with_its_cure(amelia: Typed) -> None:
    pupil = ben_in(amelia)
    told = amelia("erase", "--check", pupil, "--words", "Quokka", code=1).out
    assert f"pupils/{pupil}.yaml" in told
    assert "sen erase" in told
    git(amelia.folder, "branch", f"for-{pupil}")
    assert f"refs/heads/for-{pupil}" in amelia("erase", "--check", pupil, code=1).out
    assert "too short" in amelia("erase", "--check", "--words", "Al", code=2).err
    assert "Say what to look for" in amelia("erase", "--check", code=2).err
    amelia("erase", "--check", "pzzzz")


def test_80_other_pupils_papers_and_earlier_heads_hold(signed: Two) -> None:
    sen = signed[0]
    ben_in(sen)
    sen("pupil", "set", "amelia", "class=5A")
    paper = sen("print", "profile", "amelia", "--format", "text").out
    code = paper.rsplit("Check code ", 1)[1].split()[0]
    sen("flag", "add", "amelia", "eal")
    later = sen("print", "profile", "amelia", "--format", "text").out
    now = later.rsplit("Check code ", 1)[1].split()[0]
    kept = sen("verify").out.splitlines()[-1].rsplit(": ", 1)[1].strip()
    erase(sen)
    assert "still says" in sen("verify", now).out
    assert "Changed since" in sen("verify", code, code=1).out
    told = sen("verify", "--against", kept).out
    assert "was rewritten by the erasure" in told
    assert "breach" not in told
    breach(sen, "not part of this history", "--against", "0123456789abcdef")


def test_80_forged_certificates_show(signed: Two) -> None:
    sen = signed[0]
    ben_in(sen)
    sen("flag", "add", "amelia", "eal")
    erase(sen)
    good = head(sen)
    assert "breach" not in sen("verify").out
    # unsigned after it
    git(sen.folder, "commit", "-q", "--allow-empty", "--no-gpg-sign", "-m", "x")
    breach(sen, head(sen)[:8])
    git(sen.folder, "reset", "-q", "--hard", good)
    # the map altered later, even with a good signature
    path = next((sen.folder / ".sencli/erasures").iterdir())
    path.write_text(
        path.read_text("utf-8").replace("End of", "Other"), "utf-8", newline="\n"
    )
    git(sen.folder, "commit", "-qam", "x", "-S")
    breach(sen, "changes a certificate")
    git(sen.folder, "reset", "-q", "--hard", good)
    # made by somebody who may not
    git(sen.folder, "config", "user.signingkey", str(new_key(name="other")))
    git(sen.folder, "commit", "-q", "--amend", "--no-edit", "-S")
    breach(sen, "not signed by anybody who may")


def test_80_a_signer_who_was_let_in_later(signed: Two) -> None:
    """The certificate stands for the change that let its signer sign: it is said."""
    sen = signed[0]
    ben_in(sen)
    other = new_key(name="other")
    key = other.with_suffix(".pub").read_text("utf-8").strip()
    sen("signer", "add", key, "--name", "deputy@oak.example")
    git(sen.folder, "config", "user.signingkey", str(other))
    sen("flag", "add", "amelia", "eal")
    erase(sen)
    told = sen("verify").out
    assert "breach" not in told
    assert "also stands for the change that let its signer sign" in told


def test_80_one_erasure_after_the_other(signed: Two) -> None:
    sen = signed[0]
    sen("pupil", "add", "Cara Doyle", "--class", "4B")
    early = head(sen)
    pupil = ben_in(sen)
    sen("flag", "add", "amelia", "eal")
    erase(sen)
    sen("flag", "add", "amelia", "young_carer")
    sen("erase", "cara", *GROUND, "--yes")
    assert left(sen, pupil) == []
    told = sen("verify", "--against", early[:16]).out
    assert "breach" not in told
    assert "vouched for by a later erasure" in told
    assert told.count("was rewritten by the erasure") >= 1
    whole(sen)


def test_80_undo_of_what_was_before(amelia: Typed) -> None:
    ben_in(amelia)
    amelia("flag", "add", "amelia", "eal")
    other = head(amelia)
    amelia("flag", "add", "ben", "eal")
    gone = head(amelia)
    erase(amelia)
    assert (
        "nothing left of it" in unchanged(amelia, "undo", gone[:8], "--yes", code=6).err
    )
    assert "cannot be undone" in unchanged(amelia, "undo", "HEAD", "--yes", code=6).err
    amelia("undo", other[:8], "--yes")
    assert "eal" not in record(amelia).read_text("utf-8")
    amelia("undo", "--yes")  # the action before both: the certificate is passed over
    whole(amelia)
    assert "breach" not in amelia("verify").out


def test_80_a_broken_record_can_be_erased_by_its_id(amelia: Typed) -> None:
    pupil = ben_in(amelia)
    path = record(amelia, "Ben")
    path.write_text("{broken", "utf-8", newline="\n")
    git(amelia.folder, "commit", "-qam", "by hand")
    amelia("erase", pupil, *GROUND, "--yes")
    assert left(amelia, pupil) == []


def test_80_a_record_taken_away_before_is_still_in_the_history(amelia: Typed) -> None:
    pupil = ben_in(amelia)
    record(amelia, "Ben").unlink()
    amelia("commit", "--take-out")
    assert left(amelia, pupil) != []
    amelia("erase", "ben", *GROUND, "--yes", code=4)
    amelia("erase", pupil, *GROUND, "--yes")
    assert left(amelia, pupil) == []
    amelia("erase", pupil, *GROUND, "--yes", code=4)


def test_80_asked_first_and_said_in_words(amelia: Typed) -> None:
    pupil = ben_in(amelia)
    told = unchanged(amelia, "erase", "ben", *GROUND, code=2).err
    assert "Ben Adeyemi" in told
    assert "cannot be undone" in told
    assert "backups" in told
    unchanged(amelia, "erase", "ben", "--yes", code=2, says="--ground")
    unchanged(
        amelia, "erase", "ben", "--ground", "Ben left", code=3, says="name the pupil"
    )
    unchanged(amelia, "erase", code=2)
    unchanged(amelia, "erase", "nobody", *GROUND, code=4)
    unchanged(amelia, "erase", "ben", *GROUND, "--words", "x", code=2)
    unchanged(amelia, "erase", "ben", *GROUND, "--check", code=2)
    plan = json.loads(
        unchanged(amelia, "erase", "ben", "--dry-run", "--format", "json", code=0).out
    )
    assert plan["pupil"] == pupil
    assert plan["left_out"] == 2
    assert f"pupils/{pupil}.yaml" in plan["files"]


def test_81_killed_in_the_middle(bench: faults.Bench | None) -> None:
    if bench is None:
        return
    for fault in ("group", "enospc"):
        tally, wrong = faults.campaign(bench, "erase", fault, 10)
        assert wrong == []
        assert tally["old"]
        assert tally["new"]


def test_81_the_next_command_finishes(amelia: Typed) -> None:
    """Another program holds the index: the branch has moved, the rest follows later."""
    pupil = ben_in(amelia)
    lock = amelia.folder / ".git/index.lock"
    lock.write_bytes(b"")
    told = amelia("erase", "ben", *GROUND, "--yes", code=7)
    assert "sees to it" in told.err
    assert "do not stand in it" not in told.out
    assert lock.exists()
    assert left(amelia, pupil) != []
    lock.unlink()
    amelia("pupil", "list")
    assert left(amelia, pupil) == []
    whole(amelia)


@pytest.mark.parametrize("held", [".pack", "HEAD", "noted"])
def test_81_what_cannot_be_deleted_is_never_called_done(
    amelia: Typed, monkeypatch: pytest.MonkeyPatch, held: str
) -> None:
    """A file that another program has open, as on Windows: told until it is gone."""
    pupil = ben_in(amelia)
    git(amelia.folder, "gc", "-q")
    noted = amelia.folder / ".git/sencli/noted"
    noted.write_text(pupil, "utf-8", newline="\n")
    noted.chmod(0o600)
    real = os.unlink

    def unlink(path: str, **named: Any) -> None:
        if str(path).endswith(held):
            raise PermissionError(13, "Access is denied", path)
        real(path, **named)

    monkeypatch.setattr(os, "unlink", unlink)
    told = amelia("erase", "ben", *GROUND, "--yes", "--format", "json", code=7)
    assert "Access is denied" in json.loads(told.out)["warning"]
    told = amelia("doctor", "--format", "json", code=1)
    rows = json.loads(told.out)
    faults = [row["message"] for row in rows if row["level"] == "fault"]
    assert len(faults) == 1
    assert "not everything could be cleared" in faults[0]
    assert held in faults[0]
    assert "sen doctor" in amelia("concern add amelia --concern x", code=5).err
    monkeypatch.setattr(os, "unlink", real)
    told = amelia("doctor", "--format", "json")
    assert not [row for row in json.loads(told.out) if row["code"] == "erasure"]
    assert left(amelia, pupil) == []
    whole(amelia)


@posix("an interruption that one process sends to others")
def test_81_interrupted(amelia: Typed) -> None:
    """Ctrl-C at any moment: all of the record or nothing, after the next command."""
    for number in range(6):
        pupil = ben_in(amelia)
        words = [sys.executable, "-m", "sencli", "erase", pupil, *GROUND, "--yes"]
        with subprocess.Popen(
            words,
            cwd=amelia.folder,
            start_new_session=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as process:
            time.sleep(0.15 + 0.06 * number)
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGINT)
            _, err = process.communicate(timeout=30)
        assert process.returncode in (0, 130, 1, -signal.SIGINT), err
        assert b"Traceback" not in err or b"sencli" not in err
        there = pupil in amelia("pupil", "list").out
        assert (left(amelia, pupil) != []) is there
        whole(amelia)
        if there:
            amelia("erase", pupil, *GROUND, "--yes")
            assert left(amelia, pupil) == []


def test_81_the_other_computers_copy_is_finished_too(laptops: Two) -> None:
    here, there = laptops
    pupil = ben_in(here)
    here("sync")
    there("sync")
    erase(here)
    here("sync", "--after-erasure", "--yes")
    lock = there.folder / ".git/index.lock"
    lock.write_bytes(b"")
    told = there("sync", "--accept-erasure", "--yes", code=7)
    assert "index.lock" in told.err
    there("flag", "add", "amelia", "eal", code=5)
    lock.unlink()
    there("sync")
    assert left(there, pupil) == []
    assert head(here) == head(there)
    whole(there)


def test_81_refused_for_good_reasons_and_nothing_changes(laptops: Two) -> None:
    here, there = laptops
    pupil = ben_in(here)
    here("sync")
    there("sync")
    both = ("--accept-erasure", "--after-erasure")
    unchanged(here, "sync", *both, code=2)
    unchanged(here, "sync", "--accept-erasure", "--yes", code=4)
    unchanged(here, "sync", "--after-erasure", "--yes", code=4)
    erase(here)
    here("sync", "--after-erasure", "--yes")
    with record(there, "Ben").open("a", encoding="utf-8", newline="\n") as file:
        file.write("# mine\n")
    told = unchanged(there, "sync", "--accept-erasure", "--yes", code=6)
    assert "sen commit" in told.err
    assert pupil in there("pupil", "list").out
    git(there.folder, "checkout", "-q", "--", ".")
    there("sync", "--accept-erasure", "--yes")
    assert left(there, pupil) == []
    whole(there)


def test_79_a_remote_that_forbids_it_and_other_branches_there(laptops: Two) -> None:
    here, _ = laptops
    ben_in(here)
    here("sync")
    bare = here.folder.parent / "meeting.git"
    git(bare, "branch", "older", "main")
    git(bare, "config", "receive.denyNonFastForwards", "true")
    erase(here)
    told = unchanged(here, "sync", "--after-erasure", "--yes", code=7)
    assert "receive.denyNonFastForwards" in told.err
    git(bare, "config", "receive.denyNonFastForwards", "false")
    assert "refs/heads/older" in here("sync", "--after-erasure", "--yes").out
    whole(here)


@pytest.mark.parametrize("order", [("ben", "cara"), ("cara", "ben")])
def test_79_two_erasures_are_followed_at_once(
    signed: Two, order: tuple[str, str]
) -> None:
    here, there = signed
    here("pupil", "add", "Cara Doyle", "--class", "4B")
    pupils = [record(here, "Cara").stem, ben_in(here)]
    here("flag", "add", "amelia", "eal")
    here("flag", "add", "cara", "eal")
    here("sync")
    there("sync")
    there("flag", "add", "amelia", "young_carer")
    old = head(there)
    for name in order:
        here("erase", name, *GROUND, "--yes")
    here("sync", "--after-erasure", "--yes")
    told = unchanged(there, "sync", "--accept-erasure", code=2).err
    assert told.count("End of retention") == 2
    there("sync", "--accept-erasure", "--yes")
    for pupil in pupils:
        assert left(there, pupil) == []
    here("sync")
    assert head(here) == head(there)
    for sen in signed:
        assert "breach" not in sen("verify").out
        whole(sen)
    # what was only there never stood in a certificate: its old name is unknown
    breach(there, "not part of this history", "--against", old[:16])
