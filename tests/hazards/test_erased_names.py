"""Hazard 80: the names of an erased pupil, wherever they were typed by hand."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from sencli.core.audit.erased_names import ErasedNames
from sencli.core.audit.erasure import only_taken_out
from sencli.store.erasure import mentions
from tests.conftest import Typed
from tests.hazards.test_erasure import GROUND
from tests.hazards.test_erasure import Two
from tests.hazards.test_erasure import signed
from tests.hazards.world import git
from tests.hazards.world import head
from tests.hazards.world import record
from tests.hazards.world import unchanged
from tests.hazards.world import whole

__all__ = ["signed"]

BEN = {"first_name": "Benjamin", "last_name": "O\u2019Neill-Ward", "known_as": "Ben"}
UPN = "P999900024001"


def zoltan(sen: Typed) -> str:
    """A pupil with a name that is nowhere else; the id."""
    sen("pupil", "add", "Zoltan Vexworth", "--class", "4B", "--known-as", "Zolly")
    return record(sen, "Zoltan").stem


def everything(sen: Typed) -> bytes:
    """Every object's content, and every file of git's own folder beside them."""
    args = ["git", "cat-file", "--batch-all-objects", "--batch"]
    done = subprocess.run(args, cwd=sen.folder, capture_output=True, check=True)
    files = [
        str(path).encode() + path.read_bytes()
        for path in (sen.folder / ".git").rglob("*")
        if path.is_file() and path.suffix not in (".pack", ".idx", ".rev")
    ]
    return b"\n".join([done.stdout, *files]).lower()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("first_name: Ben\nlast_name: O'Neill\nupn: P1\n", ("Ben", "O'Neill")),
        ('first_name: "Ben"\nlast_name: Ward\n', ("Ben", "Ward")),
        ("first_name: Ben\n  Tobias\nlast_name: Ward\n", ("Ben Tobias", "Ward")),
        ("first_name: Ben # so\r\nlast_name: Ward\r\n", ("Ben", "Ward")),
        ("{first_name: Ben, last_name: Ward}\n", ("Ben", "Ward")),
        ("first_name: Ben\nlast_name: Ward\nbroken: [\n", ("Ben", "Ward")),
    ],
)
def test_the_names_of_a_version_however_it_is_written(
    text: str, said: tuple[str, str]
) -> None:
    found = mentions.names_in_version(text.encode(), "pupils/pabcd.yaml")
    assert (found["first_name"], found["last_name"]) == said


def by_hand(sen: Typed, message: str) -> None:
    git(sen.folder, "commit", "-q", "--allow-empty", "-m", message)


@pytest.mark.parametrize(
    "text",
    [
        "Benjamin O'Neill-Ward",
        "BENJAMIN ONEILL WARD",
        "O\u2019Neill-Ward, Ben",
        "ben_oneill-ward",
        "Ben\n  O'Neill Ward",
        "oneillwardben",
    ],
)
def test_the_full_name_in_any_spelling_and_order(text: str) -> None:
    names = ErasedNames([BEN])
    assert names.without(f"of {text}'s plan") == "of an erased pupil's plan"
    assert not names.may_be(f"of {text}'s plan")


@pytest.mark.parametrize("text", ["Ben", "Ward was ill", "Bennet O'Neill", "ben oneil"])
def test_a_part_of_the_name_stays(text: str) -> None:
    assert ErasedNames([BEN]).without(text) == text


def test_names_alone_may_be_anybodys() -> None:
    names = ErasedNames([{**BEN, "upn": UPN}])
    assert names.may_be("Rang Ben's mother, Mrs O'Neill-Ward") == ["ben", "oneillward"]
    assert names.without(f"UPN {UPN.lower()}.") == "UPN an erased pupil."
    assert ErasedNames([BEN], ["Ben"]).without("Ben came") == "an erased pupil came"
    other = ErasedNames([BEN], (), ["Ben O'Neill Ward"])
    assert other.without("Ben O'Neill-Ward") == "Ben O'Neill-Ward"
    assert other.may_be("Ben O'Neill-Ward") == ["benoneillward"]
    assert not ErasedNames(())
    assert ErasedNames(()).without("Ben") == "Ben"


@pytest.mark.parametrize(
    ("before", "after", "fits"),
    [
        ("Rang Ben today", "Rang an erased pupil today", True),
        ("Ben", "an erased pupil", True),
        ("Ben and Ben", "an erased pupil and an erased pupil", True),
        ("same", "same", True),
        ("Rang Ben today", "Rang an erased pupil and more today", False),
        ("Rang Ben today", "Rang Ben", False),
        ("today", "an erased pupil today", False),
        ("aba", "aban erased pupilba", False),
    ],
)
def test_what_was_only_taken_out(before: str, after: str, fits: object) -> None:
    assert only_taken_out(before, after) is fits


def test_names_in_messages_tags_notes_and_groups_go(amelia: Typed) -> None:
    root = amelia.folder
    pupil = zoltan(amelia)
    amelia("group", "add", "Reading 1", "--note", "Vexworth, Zoltan: on Mondays")
    by_hand(amelia, "Rang the Vexworths\n\nZOLTAN VEXWORTH's mother was out")
    by_hand(amelia, "Zolly was ill")
    git(root, "tag", "-a", "-m", "As Zolt\u00e1n Vexworth had it", "autumn")
    git(root, "notes", "add", "-m", "ask zoltan_vexworth", "HEAD")
    git(root, "notes", "add", "-m", "kept", "HEAD~1")
    git(root, "update-ref", "refs/remotes/origin/zoltan-vexworth", "HEAD~1")
    told = amelia("erase", "zoltan", "--dry-run", "--format", "json").out
    plan: dict[str, Any] = json.loads(told)
    assert any("Rang the Vexworths" in place for place in plan["taken_out"])
    assert any("note on" in place for place in plan["taken_out"])
    assert any("As Zolt" in place for place in plan["taken_out"])
    assert [names for place, names in plan["may_be"].items() if "ill" in place] == [
        ["zolly"]
    ]
    done = amelia("erase", "zoltan", *GROUND, "--yes")
    assert "Zolly was ill (zolly)" in done.err
    assert "sen erase --words NAME" in done.out
    assert b"zoltan" not in everything(amelia)
    assert pupil.encode() not in everything(amelia)
    assert "an erased pupil's mother" in git(root, "log", "--all", "--format=%B")
    assert "an erased pupil had it" in git(root, "tag", "-n9")
    notes = git(root, "log", "--all", "--format=%N")
    assert "ask an erased pupil" in notes
    assert "kept" in notes
    assert git(root, "for-each-ref", "refs/remotes") == ""
    assert "breach" not in amelia("verify").out
    whole(amelia)
    # the name alone, which only the user can tell apart
    assert b"zolly" in everything(amelia)
    amelia("erase", "--words", "Zolly", "--words", "Vexworths", *GROUND, "--yes")
    assert b"zolly" not in everything(amelia)
    assert b"vexworth" not in everything(amelia)

    assert "breach" not in amelia("verify").out
    whole(amelia)


def test_a_name_that_was_found_later_goes_by_the_same_command(amelia: Typed) -> None:
    pupil = zoltan(amelia)
    erase_of(amelia)
    by_hand(amelia, "Zoltan Vexworth came back for his book")
    amelia("erase", pupil, *GROUND, "--yes", code=4)
    amelia("erase", pupil, "--words", "Zoltan Vexworth", *GROUND, "--yes")
    assert b"zoltan" not in everything(amelia)
    assert "breach" not in amelia("verify").out
    whole(amelia)


def erase_of(sen: Typed) -> None:
    sen("erase", "zoltan", *GROUND, "--yes")


@pytest.mark.parametrize(
    ("words", "cure"),
    [
        (("branch", "for/Zoltan-Vexworth"), "git branch -m for/Zoltan-Vexworth NEW"),
        (("tag", "vexworth_zoltan"), "git tag -d vexworth_zoltan"),
    ],
)
def test_a_branch_or_tag_that_is_named_so_is_refused(
    amelia: Typed, words: tuple[str, ...], cure: str
) -> None:
    zoltan(amelia)
    git(amelia.folder, *words)
    told = unchanged(amelia, "erase", "zoltan", *GROUND, "--yes", code=6).err
    assert cure in told


def test_other_pupils_records_are_the_users_to_decide(amelia: Typed) -> None:
    zoltan(amelia)
    amelia("concern", "add", "amelia", "--concern", "Sits by Zoltan Vexworth")
    mine = record(amelia)
    words = ("erase", "zoltan", *GROUND, "--yes")
    told = unchanged(amelia, *words, code=6).err
    assert f"pupils/{mine.name}" in told
    assert "--in-others clear" in told
    plan = json.loads(
        amelia(
            "erase", "zoltan", "--in-others", "keep", "--dry-run", "--format", "json"
        ).out
    )
    assert plan["kept"] == [f"pupils/{mine.name}"]
    amelia(*words, "--in-others", "clear")
    assert "Sits by an erased pupil" in mine.read_text("utf-8")
    assert b"zoltan" not in everything(amelia)
    assert "breach" not in amelia("verify").out
    whole(amelia)


def test_kept_in_other_records_is_said_to_be_there(amelia: Typed) -> None:
    zoltan(amelia)
    amelia("concern", "add", "amelia", "--concern", "Sits by Zoltan Vexworth")
    told = amelia("erase", "zoltan", *GROUND, "--yes", "--in-others", "keep").out
    assert "still mentions the pupil" in told
    assert "Sits by Zoltan" in record(amelia).read_text("utf-8")
    whole(amelia)


def test_the_other_computer_follows_with_the_names(signed: Two) -> None:
    """Nobody sends it the names: theirs must be its own with parts taken out."""
    here, there = signed
    zoltan(here)
    here("concern", "add", "amelia", "--concern", "Sits by Zoltan Vexworth")
    by_hand(here, "Rang Zolly")
    here("sync")
    there("sync")
    there("flag", "add", "amelia", "young_carer")
    by_hand(there, "Zoltan Vexworth again")
    words = ("--words", "Zolly", "--in-others", "clear")
    here("erase", "zoltan", *GROUND, "--yes", *words)
    here("sync", "--after-erasure", "--yes")
    there("sync", "--accept-erasure", "--yes")
    assert b"zoltan" not in everything(there)
    assert b"zolly" not in everything(there)
    assert "an erased pupil again" in git(there.folder, "log", "--format=%s")
    here("sync")
    assert head(here) == head(there)
    for sen in signed:
        assert "breach" not in sen("verify").out
        whole(sen)


def test_more_than_names_taken_out_of_a_message_is_refused(signed: Two) -> None:
    here, there = signed
    zoltan(here)
    by_hand(here, "Rang Zoltan Vexworth")
    here("sync")
    there("sync")
    real = mentions.Mentions.message

    def forged(self: mentions.Mentions, name: str, body: bytes) -> bytes:
        return real(self, name, body).replace(b"Rang", b"Never rang")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(mentions.Mentions, "message", forged)
        here("erase", "zoltan", *GROUND, "--yes")
    here("sync", "--after-erasure", "--yes")
    told = unchanged(there, "sync", "--accept-erasure", "--yes", code=8)
    assert "something else was changed too" in told.err


def test_a_certificate_says_nothing_of_the_id_to_a_guess(amelia: Typed) -> None:
    """Nothing in it is worked out from the id: all its hashes are of whole records."""
    import hashlib

    pupil = zoltan(amelia)
    name = git(amelia.folder, "hash-object", str(record(amelia, "Zoltan")))
    erase_of(amelia)
    path = next((amelia.folder / ".sencli/erasures").iterdir())
    text = Path(path).read_text("utf-8")
    salt = bytes.fromhex(text.partition("pbkdf2-sha256 10000 ")[2][:32])

    def hashed(what: str) -> str:
        return hashlib.pbkdf2_hmac("sha256", what.encode(), salt, 10_000).hex()

    assert hashed(pupil) not in text
    assert f"content {hashed(name)}\n" in text
