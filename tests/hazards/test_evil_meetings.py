"""A meeting of two computers that holds what neither of them said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import Typed
from tests.hazards.test_two_laptops import code_of
from tests.hazards.world import git
from tests.hazards.world import head
from tests.hazards.world import record

Two = tuple[Typed, Typed]


def met(laptops: Two) -> Typed:
    """The second laptop, which has brought both together."""
    here, there = laptops
    here("concern", "add", "amelia", "--concern", "Tired")
    here("sync")
    there("flag", "add", "amelia", "young_carer")
    there("pupil", "add", "Ben Adeyemi")
    there("sync")
    assert " " in git(there.folder, "log", "-1", "--format=%P")
    return there


def again(sen: Typed, change: Callable[[Typed], None], *, says: str = "sync") -> str:
    """The newest meeting made anew with something else in it, its message as before."""
    change(sen)
    git(sen.folder, "add", "-A")
    tree = git(sen.folder, "write-tree")
    parents = git(sen.folder, "log", "-1", "--format=%P").split()
    message = git(sen.folder, "log", "-1", "--format=%B")
    if says != "sync":
        message = says
    words = [word for parent in parents for word in ("-p", parent)]
    made = git(sen.folder, "commit-tree", tree, *words, "-m", message)
    git(sen.folder, "reset", "-q", "--hard", made)
    return made


def _rewrites(sen: Typed) -> None:
    path = record(sen)
    path.write_text(
        path.read_text("utf-8").replace("Tired", "Wide awake"), "utf-8", newline="\n"
    )


def _renames(sen: Typed) -> None:
    path = record(sen, "Ben")
    path.write_text(
        path.read_text("utf-8").replace("Adeyemi", "Adams"), "utf-8", newline="\n"
    )


def _drops(sen: Typed) -> None:
    git(sen.folder, "checkout", "-q", "HEAD^1", "--", ".")


def _takes_out(sen: Typed) -> None:
    record(sen, "Ben").unlink()


def _puts(sen: Typed) -> None:
    (sen.folder / "letter.txt").write_text("x", "utf-8", newline="\n")


@pytest.mark.parametrize("says", ["sync", "by hand"])
@pytest.mark.parametrize("change", [_rewrites, _renames, _drops, _takes_out, _puts])
def test_more_than_both_say(
    laptops: Two, change: Callable[[Typed], None], says: str
) -> None:
    there = met(laptops)
    assert "brought together, as both say" in there("verify").out
    (there.folder / ".git/sencli/verified").unlink()
    made = again(there, change, says=says)
    told = there("verify", code=8).out
    assert f"breach   merges      {made[:8]}" in told
    assert "is not what the two say" in told
    assert "as both say" not in told


@pytest.mark.parametrize("answer", ["mine", "theirs"])
def test_what_people_decided_is_no_breach(laptops: Two, answer: str) -> None:
    here, there = laptops
    here("pupil", "set", "amelia", "known_as=Millie")
    here("flag", "add", "amelia", "eal")
    here("sync")
    there("pupil", "set", "amelia", "known_as=Amy")
    (code,) = code_of(there("sync", code=6).err)
    there("sync", "--take", f"{code}={answer}")
    assert "brought together, as both say" in there("verify").out
    (there.folder / ".git/sencli/verified").unlink()
    path = record(there)
    chosen = "Millie" if answer == "theirs" else "Amy"

    def third(sen: Typed) -> None:
        del sen
        path.write_text(
            path.read_text("utf-8").replace(chosen, "Mia"), "utf-8", newline="\n"
        )

    before = head(there)
    again(there, third)
    assert "known_as" in there("verify", code=8).out
    # who brings two together with git itself may write a third thing
    git(there.folder, "reset", "-q", "--hard", before)
    again(there, third, says="by hand")
    there("verify")
