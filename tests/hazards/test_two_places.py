"""Laptops that meet in two places lose nothing; what was known on a day stays known."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.meetings import rounds
from tests.conftest import Typed
from tests.hazards.test_two_laptops import code_of
from tests.hazards.world import git
from tests.hazards.world import head
from tests.hazards.world import record
from tests.hazards.world import unchanged
from tests.hazards.world import whole

Two = tuple[Typed, Typed]


@pytest.mark.parametrize(
    ("kind", "seed"),
    [((2, 1, True), 0), ((2, 2, False), 1), ((3, 2, False), 2), ((3, 2, True), 3)],
)
def test_random_rounds_lose_nothing_and_all_agree(
    tmp_path: Path, kind: tuple[int, int, bool], seed: int
) -> None:
    figures = rounds(tmp_path, kind, seed, 48)
    assert figures.confirmed > 20
    assert figures.right, figures


@pytest.fixture
def places(laptops: Two, tmp_path: Path) -> Two:
    """Two laptops that can meet in ``origin`` and in ``south``."""
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "south.git")
    for sen in laptops:
        git(sen.folder, "remote", "add", "south", str(tmp_path / "south.git"))
    laptops[0]("sync", "south")
    return laptops


def test_a_criss_cross_goes_item_by_item(places: Two) -> None:
    here, there = places
    here("concern", "add", "amelia", "--concern", "Tired")
    there("concern", "add", "amelia", "--concern", "Hungry")
    here("pupil", "set", "amelia", "known_as=Millie")
    there("pupil", "set", "amelia", "known_as=Amy")
    here("sync", "origin")
    there("sync", "south")
    # each takes in what the other has left in the place that it did not see
    here("sync", "south", "--take", "all=mine")
    there("sync", "origin", "--take", "all=mine")
    here("concern", "add", "amelia", "--concern", "Late")
    there("concern", "add", "amelia", "--concern", "Early")
    there("remove", "amelia", "Hungry", "--yes")
    told = unchanged(here, "sync", "origin", code=6).err
    (code,) = code_of(told)  # the name alone, that was decided in two ways
    assert "Millie" in told
    assert "Late" not in told
    here("sync", "origin", "--take", f"{code}=theirs")
    here("sync", "south")
    there("sync", "origin")
    there("sync", "south")
    here("sync", "origin")
    here("sync", "south")
    assert head(here) == head(there)
    for sen in places:
        text = record(sen).read_text("utf-8")
        assert all(word in text for word in ("Tired", "Late", "Early", "known_as: Amy"))
        assert "Hungry" not in text
        whole(sen)
    # the history tells of each meeting what was decided, and nothing else
    events = json.loads(here("history", "amelia", "--format", "json").out)
    met = [e for e in events if e["action"] == "sync"]
    assert met
    assert {c["path"] for e in met for c in e["changes"]} == {"known_as"}


def test_undo_takes_back_what_was_done_on_this_laptop(laptops: Two) -> None:
    here, there = laptops
    there("undo", "--yes", code=4)  # a clone has done nothing yet
    there("concern", "add", "amelia", "--concern", "Hungry")
    here("concern", "add", "amelia", "--concern", "Tired")
    here("sync")
    there("sync")
    here("sync")  # what there made of both is the newest here, too
    here("undo", "--yes")
    text = record(here).read_text("utf-8")
    assert "Hungry" in text
    assert "Tired" not in text
    here("sync")
    there("sync")
    there("undo", "--yes")
    assert "Hungry" not in record(there).read_text("utf-8")
    there("undo", "--yes", code=4)


def test_an_erasure_leaves_what_was_done_here(laptops: Two) -> None:
    here, there = laptops
    there("pupil", "add", "Zed Zulu")
    here("concern", "add", "amelia", "--concern", "Tired")
    here("sync")
    there("concern", "add", "amelia", "--concern", "Hungry")
    there("sync")
    here("sync")
    git(here.folder, "remote", "remove", "origin")
    who = record(here, "Zed").stem
    here("erase", who, "--ground", "the parents asked for it", "--yes")
    here("undo", "--yes")
    text = record(here).read_text("utf-8")
    assert "Hungry" in text
    assert "Tired" not in text


def test_what_was_known_here_on_a_day_stays_known(
    laptops: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, there = laptops

    def on(day: str, sen: Typed, *words: str) -> None:
        for role in ("AUTHOR", "COMMITTER"):
            monkeypatch.setenv(f"GIT_{role}_DATE", f"{day}T12:00:00Z")
        sen(*words)

    def known(sen: Typed, day: str) -> tuple[bool, bool]:
        told = sen("pupil", "show", "amelia", "--known-at", day, "--whole", code=None)
        if told.code:
            told = sen("pupil", "show", "amelia", "--known-at", day)
        return "Tired" in told.out, "Hungry" in told.out

    on("2027-01-11", here, "pupil", "set", "amelia", "known_as=Tired")
    on("2027-01-12", there, "pupil", "set", "amelia", "class=Hungry")
    days = ("11/01/2027", "12/01/2027", "13/01/2027", "14/01/2027")
    assert known(here, days[1]) == (True, False)
    assert known(there, days[1]) == (False, True)
    on("2027-01-13", here, "sync")
    on("2027-01-13", there, "sync")  # both are known there from now on
    on("2027-01-14", here, "sync")
    words = iter(("One", "Two", "Three", "Four", "Five", "Six"))
    for _ in range(2):
        assert [known(here, day) for day in days] == [
            (True, False),
            (True, False),
            (True, False),
            (True, True),
        ]
        assert [known(there, day) for day in days] == [
            (False, False),
            (False, True),
            (True, True),
            (True, True),
        ]
        for sen in (here, there, here):
            more = next(words)
            on("2027-01-15", sen, "concern", "add", "amelia", "--concern", more)
            on("2027-01-15", sen, "sync")
