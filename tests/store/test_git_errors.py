"""What git complained of: only from the lines in which it complains."""

from __future__ import annotations

from pathlib import Path

import pytest

from sencli.errors import EnvironmentFault
from sencli.errors import IntegrityFault
from sencli.store.files import files
from sencli.store.git.git_errors import git_words
from sencli.store.git.git_errors import of_forgery
from sencli.store.git.process import fault
from sencli.store.remote.connection import moved
from sencli.store.repository.repository import Repository
from tests.cases import each_case
from tests.store.conftest import git

OID = "4023a6ef4effb04bc977671ad63dc4d5030de510"


@each_case(
    "err",
    [
        "fatal: could not open '/home/garbage/corrupt bad object' for reading",
        "hint: inflate: this would help\nfatal: unable to write new index file",
        "warning: garbage at end of loose object\nfatal: unable to create file x",
        "error: could not lock config file .git/config: File exists\nhint: corrupt",
        "fatal: cannot lock ref 'refs/heads/bad object': Unable to create",
        "garbage",
        "",
    ],
)
def test_a_word_elsewhere_is_no_damage(err: str) -> None:
    assert isinstance(fault("git", 128, err), EnvironmentFault)


@each_case(
    "err",
    [
        f"error: inflate: data stream error\nfatal: loose object {OID} (stored in x)",
        f"error: garbage at end of loose object '{OID}'",
        f"fatal: bad object {OID}",
        "fatal: bad object HEAD",
        f"error: object file .git/objects/40/23 is empty\nfatal: x {OID}",
        f"error: Could not read {OID}\nfatal: Failed to traverse parents of {OID}",
        f"fatal: unable to read tree {OID}",
        f"fatal: header for {OID} too long, exceeds 32 bytes",
        "fatal: unexpected line in .git/packed-refs: x\nhint: see git help",
    ],
)
def test_damage_is_damage(err: str) -> None:
    assert isinstance(fault("git", 128, err), IntegrityFault)


def test_the_sentence_is_the_complaint_not_the_last_line() -> None:
    err = "error: unable to write file x: No space left on device\nfatal: died\nhint: y"
    assert git_words(err) == "unable to write file x: No space left on device"
    assert git_words("fatal: died\nhint: try again\nwarning: so it is") == "died"
    assert git_words("hint: try again") == ""
    assert "signal 9" in fault("git", -9, "").message


def test_a_name_is_no_forgery() -> None:
    assert not of_forgery("fatal: '/stick/fsck error/in fsck' does not appear to be x")
    assert of_forgery(
        f"error: object {OID}: missingEmail: x\nfatal: fsck error in packed"
    )


def test_a_remote_says_that_it_moved() -> None:
    assert moved("warning: redirecting to https://x.example/y/") == (
        "https://x.example/y/"
    )
    told = (
        "remote: This repository moved. Please use the new location:        \n"
        "remote:   https://x.example/new.git        \n"
    )
    assert moved(told) == "https://x.example/new.git"
    assert moved("remote: Counting objects") == ""


def test_a_branch_that_leads_to_nothing_is_damage(repository: Repository) -> None:
    name = git(repository.root, "rev-parse", "HEAD").strip()
    files.delete(str(Path(repository.root, ".git/objects", name[:2], name[2:])))
    with pytest.raises(IntegrityFault, match="what refs/heads/main leads to"):
        repository.differing()
