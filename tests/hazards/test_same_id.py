"""Two laptops that gave two things one id: both stay, each with what is its own."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
import yaml

from sencli.store.records.drafts import Drafts
from tests.cli.lesson import IN_TERM
from tests.cli.lesson import LINES as SCHOOL
from tests.cli.lesson import school
from tests.conftest import Typed
from tests.hazards.test_two_laptops import code_of
from tests.hazards.world import git
from tests.hazards.world import head
from tests.hazards.world import record
from tests.hazards.world import whole

Two = tuple[Typed, Typed]


class Chance:
    """By chance the next command on each laptop gives the same ids."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch

    def same(self, seed: int) -> None:
        self._patch.setattr(random, "SystemRandom", lambda: random.Random(seed))


@pytest.fixture
def chance(monkeypatch: pytest.MonkeyPatch) -> Chance:
    return Chance(monkeypatch)


@pytest.fixture
def lesson(tmp_path: Path) -> Two:
    """Two laptops with a plan, an outcome and an intervention for Amelia."""
    here = school(tmp_path, SCHOOL + IN_TERM)
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "meeting.git")
    git(here.folder, "remote", "add", "origin", "../meeting.git")
    here("sync")
    git(tmp_path, "clone", "-q", "meeting.git", "other")
    return here, here.at(tmp_path / "other")


def said(sen: Typed, first: str = "Amelia") -> dict[str, Any]:
    """A pupil's record as it stands."""
    found: dict[str, Any] = yaml.safe_load(record(sen, first).read_text("utf-8"))
    return found


def meet(here: Typed, there: Typed) -> str:
    """Both meet and hold the same; what the second was told."""
    here("sync")
    told = there("sync").err
    here("sync")
    assert head(here) == head(there)
    for sen in (here, there):
        assert "is used for two things" not in sen("check", code=None).both
        assert "breach" not in sen("verify", code=None).out
        whole(sen)
    return told


def test_two_concerns_and_what_was_answered_to_each(
    laptops: Two, chance: Chance
) -> None:
    here, there = laptops
    for sen, text, reply in (
        (here, "Tired", "Rang home"),
        (there, "Hungry", "Breakfast club"),
    ):
        chance.same(1)
        sen("concern", "add", "amelia", "--concern", text)
        sen("concern", "set", "amelia", "1", "--response", reply)
    told = meet(here, there)
    found = {c["concern"]: c for c in said(here)["concerns"]}
    assert found["Tired"]["response"] == "Rang home"
    assert found["Hungry"]["response"] == "Breakfast club"
    names = sorted(c["id"] for c in found.values())
    assert len(set(names)) == 2
    assert all(name in told for name in names)
    # and what is typed afterwards still meets item by item
    there("concern", "set", "amelia", names[0], "--response", "Spoke to both")
    here("concern", "set", "amelia", names[1], "--response", "Settled")
    meet(here, there)
    assert {c["response"] for c in said(there)["concerns"]} == {
        "Spoke to both",
        "Settled",
    }


def test_what_refers_to_an_item_follows_it(lesson: Two, chance: Chance) -> None:
    here, there = lesson
    for sen, aim, provision, minutes in (
        (here, "Reads 40 words", "paired-reading", "20"),
        (there, "Writes a line", "handwriting", "30"),
    ):
        chance.same(2)
        sen("outcome", "add", "amelia", aim)
        sen("provision", "add", provision, "--name", aim)
        chance.same(3)
        sen("intervention", "add", "amelia", provision, "--outcome", aim)
        words = ("--intervention", provision, "--minutes", minutes)
        sen("session", "log", "amelia", *words, "--date", "17/10/2025")
    meet(here, there)
    (cycle,) = (c for c in said(here)["cycles"] if "closed" not in c)
    outcomes = {o["id"]: o["outcome"] for o in cycle["plan"]["outcomes"]}
    running = {i["id"]: i for i in cycle["plan"]["interventions"]}
    minutes = {
        running[s["intervention"]]["provision"]: s["minutes"]
        for s in cycle["do"]["sessions"]
        if running[s["intervention"]]["provision"] in ("paired-reading", "handwriting")
    }
    assert minutes == {"paired-reading": 20, "handwriting": 30}
    aims = {
        i["provision"]: [outcomes[o] for o in i.get("outcomes", ())]
        for i in running.values()
    }
    assert aims["paired-reading"] == ["Reads 40 words"]
    assert aims["handwriting"] == ["Writes a line"]


def test_two_new_pupils_with_one_id(
    laptops: Two, chance: Chance, tmp_path: Path
) -> None:
    here, there = laptops
    for sen, name, number in (
        (here, "Ben Adeyemi", "0207 946 0001"),
        (there, "Cara Novak", "0207 946 0002"),
    ):
        chance.same(4)
        sen("pupil", "add", name)
        sen("contact", "add", name, f"Parent of {name}", "--telephone", number)
        letter = tmp_path / "letter.pdf"
        letter.write_bytes(f"%PDF-1.4 of {name}".encode())
        chance.same(5)
        sen("document", "add", name, str(letter), "--title", f"Report of {name}")
    told = meet(here, there)
    assert "Two new pupils had the id" in told
    for sen in (here, there):
        for first, last, end in (("Ben", "Adeyemi", "1"), ("Cara", "Novak", "2")):
            found = said(sen, first)
            (contact,) = found["contacts"]
            assert contact["name"] == f"Parent of {first} {last}"
            assert contact["telephone"].endswith(end)
            (entry,) = found["documents"]
            stored = sen.folder / "documents" / found["id"] / entry["file"]
            assert stored.read_bytes().endswith(f"of {first} {last}".encode())
            assert record(sen, first).stem == found["id"]
    here("undo", "--yes", code=None)
    whole(here)


@pytest.mark.parametrize("who_meets", [(1, 2), (2, 1)])
def test_a_third_laptop_that_knew_one_of_two_pupils(
    laptops: Two, chance: Chance, tmp_path: Path, who_meets: tuple[int, int]
) -> None:
    """What it wrote of the one never comes to stand in the record of the other."""
    here, there = laptops
    git(tmp_path, "clone", "-q", "meeting.git", "third")
    third = here.at(tmp_path / "third")
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "second.git")
    for sen in (there, third):
        git(sen.folder, "remote", "add", "second", str(tmp_path / "second.git"))
    for sen, name in ((here, "Ben Adeyemi"), (there, "Cara Novak")):
        chance.same(7)
        sen("pupil", "add", name)
        letter = tmp_path / "letter.pdf"
        letter.write_bytes(f"%PDF-1.4 of {name}".encode())
    there("sync", "second")
    third("sync", "second")
    chance.same(8)
    third("concern", "add", "cara", "--concern", "Of Cara")
    third("document", "add", "cara", str(letter), "--title", "Report")
    chance.same(8)
    here("concern", "add", "ben", "--concern", "Of Ben")
    here("sync")
    all_of_them = (here, there, third)
    for number in (*who_meets, 0, 1, 2, 0):
        all_of_them[number]("sync", "origin")
    for sen in all_of_them:
        assert head(sen) == head(here)
        whole(sen)
        assert "breach" not in sen("verify", code=None).out
        for first, last in (("Ben", "Adeyemi"), ("Cara", "Novak")):
            found = said(sen, first)
            assert found["last_name"] == last
            assert [c["concern"] for c in found["concerns"]] == [f"Of {first}"]
            files = [e["file"] for e in found.get("documents", ())]
            assert len(files) == (first == "Cara")
            for file in files:
                assert (sen.folder / "documents" / found["id"] / file).is_file()


def test_a_draft_goes_with_its_pupil(laptops: Two, chance: Chance) -> None:
    here, there = laptops
    for sen, name in ((here, "Ben Adeyemi"), (there, "Cara Novak")):
        chance.same(7)
        sen("pupil", "add", name)
    pupil = said(there, "Cara")["id"]
    assert pupil == said(here, "Ben")["id"]
    for sen, who in ((here, "Ben"), (there, "Cara")):
        known = said(sen, who)
        about = {
            "pupil": pupil,
            "form": "The whole record",
            "command": ["pupil", "edit", pupil],
            "since": "2025-10-20 10:00",
            "base": known,
        }
        text = record(sen, who).read_text("utf-8")
        Drafts(str(sen.folder / ".git")).begin("ab3d", ".yaml", about, text)
    here("sync")
    told = there("sync").err + here("sync").err
    for sen in laptops:
        (draft,) = Drafts(str(sen.folder / ".git")).all()
        known = said(sen, str(draft.base["first_name"]))
        assert draft.pupil == draft.base["id"] == known["id"]
        assert f"\nid: {known['id']}\n" in draft.text()
        assert draft.command[-1] == known["id"]
        assert f"first_name: {known['first_name']}" in draft.text()
    # one of the two has another id, on whichever laptop it was typed
    assert told.count("not saved yet is kept for") == 1


def test_two_attachments_with_one_id(
    laptops: Two, chance: Chance, tmp_path: Path
) -> None:
    here, there = laptops
    for sen, title, ending in ((here, "Letter", "pdf"), (there, "Report", "docx")):
        file = tmp_path / f"a.{ending}"
        file.write_bytes(f"%PDF-1.4 {title}".encode())
        chance.same(6)
        sen("document", "add", "amelia", str(file), "--title", title)
    meet(here, there)
    for sen in (here, there):
        found = said(sen)
        assert len(found["documents"]) == 2
        for entry in found["documents"]:
            stored = sen.folder / "documents" / found["id"] / entry["file"]
            assert stored.read_bytes().endswith(entry["title"].encode())
            assert stored.stem == entry["id"]


def test_two_groups_with_one_id_keep_their_pupils(lesson: Two, chance: Chance) -> None:
    here, there = lesson
    for sen, name, pupil in ((here, "Owls", "amelia"), (there, "Larks", "jonas")):
        if pupil == "jonas":
            sen("pupil", "add", "Jonas Field", "--class", "4B")
            sen("cycle", "open", "jonas", "--assessment", "Reads")
            sen("outcome", "add", "jonas", "Reads")
        chance.same(7)
        sen("group", "add", name)
        chance.same(8)
        sen("provision", "add", "choir", "--name", "Choir")
        sen("intervention", "add", pupil, "choir", "--group", name)
    meet(here, there)
    groups = yaml.safe_load((here.folder / "groups.yaml").read_text("utf-8"))["groups"]
    named = {g["id"]: g["name"] for g in groups}
    assert sorted(named.values())[-2:] == ["Larks", "Owls"]
    for first, name in (("Amelia", "Owls"), ("Jonas", "Larks")):
        (used,) = (
            i["group"]
            for c in said(there, first)["cycles"]
            for i in c.get("plan", {}).get("interventions", ())
            if i["provision"] == "choir"
        )
        assert named[used] == name


@pytest.mark.parametrize("answer", ["mine", "theirs", "both"])
def test_two_sessions_of_one_day(lesson: Two, answer: str) -> None:
    here, there = lesson
    here("session", "log", "amelia", "--date", "17/10/2025", "--minutes", "20")
    here("sync")
    there("session", "log", "amelia", "--date", "17/10/2025", "--minutes", "35")
    told = there("sync", code=6).err
    (code,) = code_of(told)
    assert f"--take {code}=both" in told
    there("sync", "--take", f"{code}={answer}")
    here("sync")
    logged = [s for c in said(here)["cycles"] for s in c["do"]["sessions"]]
    minutes = sorted(s["minutes"] for s in logged if str(s["date"]) == "2025-10-17")
    assert minutes == {"mine": [35], "theirs": [20], "both": [20, 35]}[answer]
    assert "two entries" not in here("check", code=None).both
    assert "breach" not in here("verify", code=None).out


def test_one_thing_of_one_day_is_never_a_mixture(laptops: Two) -> None:
    here, there = laptops
    here("pupil", "set", "amelia", "class=5A", "year_group=5")
    here("flag", "add", "amelia", "eal", "--note", "Polish")
    there("pupil", "set", "amelia", "class=4C")
    there("flag", "add", "amelia", "eal")
    here("sync")
    codes = code_of(there("sync", code=6).err)
    assert len(codes) == 1  # the flag with a note says all that the other does
    there("sync", "--take", f"{codes[0]}=mine")
    placed = said(there)["placements"][-1]
    assert placed["class"] == "4C"
    assert placed.get("year_group") != "5"
    (flag,) = said(there)["flags"]
    assert flag["note"] == "Polish"
    there("sync", "--take", "all=both")
    meet(here, there)


def test_what_one_took_away_stays_where_the_other_refers_to_it(lesson: Two) -> None:
    here, there = lesson
    here("remove", "amelia", "intervention 1", "--with-references", "--yes", code=None)
    here("outcome", "add", "amelia", "Counts to 100")
    meet(here, there)
    here("remove", "amelia", "Counts to 100", "--yes")
    there("outcome", "measure", "amelia", "Counts to 100", "20")
    told = meet(here, there)
    assert "was taken away on one computer" in told
    assert "nowhere" not in here("check", code=None).both
    assert "Counts to 100" in record(here).read_text("utf-8")
