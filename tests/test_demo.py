"""The fictional school: made by the real commands, whole, and a pleasure to read."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from sencli.cli.school import demo as command
from sencli.cli.school.demo import tell
from sencli.core.record import lookup
from sencli.core.school.story import StoryStep
from sencli.core.text import upn
from sencli.core.text.placeholders import in_word
from sencli.store.repository.repository import Repository
from sencli.store.text import schema
from tests.cli.test_init import git
from tests.conftest import Typed
from tests.systems import is_private

TODAY = "2026-11-22"
DAY = "2026-11-30"
SENCO, DEPUTY = "J. Patel", "R. Osei"


@dataclass(frozen=True)
class School:
    """The demo, read once."""

    folder: Path
    records: dict[str, dict[str, Any]]

    def git(self, *args: str) -> str:
        return subprocess.run(
            ["git", "-C", self.folder, *args],
            check=True,
            capture_output=True,
            text=True,
            encoding="utf-8",
        ).stdout

    def named(self, first: str) -> dict[str, Any]:
        return next(r for r in self.records.values() if r["first_name"] == first)


@pytest.fixture(scope="module")
def school(demo: Path) -> School:
    repo = Repository(demo)
    return School(demo, {i: repo.pupil(i) for i in repo.pupil_ids()})


def test_the_history_is_sound(school: School) -> None:
    school.git("fsck", "--strict", "--full")
    assert school.git("status", "--porcelain") == ""
    assert [p.name for p in school.folder.parent.iterdir()] == ["oakfield"]


def test_every_step_is_one_commit_of_its_day_and_author(school: School) -> None:
    lines = school.git("log", "--reverse", "--format=%ad %an", "--date=format:%F")
    made = [tuple(line.split(" ", 1)) for line in lines.splitlines()]
    told = [(step.day, step.author) for step in command.story()]
    assert made == told
    assert told == sorted(told, key=lambda pair: pair[0])
    assert {author for _, author in made} == {SENCO, DEPUTY}
    assert told[0][0] < "2024-09-10"
    assert told[-1][0] > "2026-11-10"


def test_every_record_is_valid(school: School) -> None:
    repo = Repository(school.folder)
    for record in school.records.values():
        assert schema.faults(record, "pupil") == []
    assert schema.faults(repo.school(), "school") == []
    assert schema.faults(repo.provisions(), "provisions") == []
    assert schema.faults(repo.groups(), "groups") == []


def test_no_message_tells_who_a_pupil_is(school: School) -> None:
    messages = school.git("log", "--format=%B").casefold()
    words = set(messages.replace("'", " ").split())
    files = school.git("log", "--format=", "--name-only").casefold()
    for record in school.records.values():
        for key in ("upn", "date_of_birth"):
            assert record[key].casefold() not in messages
            assert record[key].casefold() not in files
        for key in ("first_name", "last_name"):
            name = record[key].casefold()
            assert name not in words
            assert name not in files


def test_the_school_has_what_a_newcomer_wants_to_see(school: School) -> None:
    here = [r for r in school.records.values() if lookup.on_roll(r, TODAY)]
    codes = [lookup.status_on(r, TODAY)["provision"] for r in here]
    assert len(school.records) >= 30
    assert sum(code in "KE" for code in codes) >= 24
    assert codes.count("E") >= 2
    assert "N" in codes
    assert sum(not lookup.on_roll(r, TODAY) for r in school.records.values()) >= 3
    types = {n["type"] for r in here for n in lookup.needs_on(r, TODAY)}
    assert types >= {
        "SLCN",
        "ASD",
        "SPLD",
        "MLD",
        "SEMH",
        "HI",
        "VI",
        "PD",
        "DS",
        "NSA",
    }
    stages = {lookup.stage(lookup.latest_cycle(r), TODAY) for r in here}
    assert stages >= {"plan", "do", "review", "closed"}
    assert any(lookup.overdue(r, TODAY) for r in here)
    flags = {f["flag"] for r in here for f in r.get("flags", ())}
    assert flags >= {"looked_after", "eal", "medical_plan", "pupil_premium"}
    rolls = school.git("log", "--format=%H", "--grep=Action: year.roll").split()
    assert len(rolls) == 2


def test_results_are_good_and_bad(school: School) -> None:
    reviews = [
        c["review"]
        for r in school.records.values()
        for c in r.get("cycles", ())
        if "review" in c
    ]
    results = {o["result"] for v in reviews for o in v.get("outcomes", ())}
    assert results >= {"exceeded", "achieved", "partly_achieved", "not_achieved"}
    impacts = {i["impact"] for v in reviews for i in v.get("interventions", ())}
    assert impacts == {-2, -1, 0, 1, 2}
    decisions = {d for v in reviews for d in v.get("decisions", ())}
    assert decisions >= {"continue", "replace", "step_down", "end_support"}


def test_nothing_was_recorded_before_it_happened(school: School) -> None:
    """Sessions, measurements and reviews are entered on their day or later."""
    last = max(
        entry["date"]
        for record in school.records.values()
        for cycle in record.get("cycles", ())
        for part in ("sessions", "measurements")
        for entry in cycle.get("do", {}).get(part, ())
    )
    assert last <= "2026-11-20"


def test_upns_are_of_no_real_authority(school: School) -> None:
    for record in school.records.values():
        assert upn.fault(record["upn"]) == ""
        assert record["upn"][1:4] == "999"


def test_check_finds_gaps_and_no_faults(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is left to do is the Code's, never a broken record; most is done."""
    monkeypatch.setenv("SENCLI_TODAY", TODAY)
    found = json.loads(Typed(school.folder)("check", "--format", "json", code=1).out)
    odd = [f for f in found if not re.fullmatch(r"[A-Z]\d+", f["code"])]
    assert odd == []
    musts = [f for f in found if f["level"] == "must"]
    assert 1 <= len(musts) <= 5
    assert len(found) < 4 * len(school.records)


def test_a_pupil_reads_well(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENCLI_TODAY", TODAY)
    sen = Typed(school.folder)
    history = sen("history", "noah").out
    assert SENCO in history
    assert DEPUTY in history
    assert "foxes" in history
    summary = sen("summary", "noah").out
    assert "84 words" in summary
    rows = json.loads(sen("register", "--format", "json").out)
    assert len(rows) >= 24
    assert "Noah" in sen("map", "--class", "4B").out


def test_the_newcomer_may_go_on_writing(school: School) -> None:
    """The demo has an identity of its own; nothing of the user's git is needed."""
    assert school.git("config", "--local", "user.name").strip() == SENCO
    assert school.git("config", "--local", "commit.gpgSign").strip() == "false"


BEGINNING = command.story()[:60]


def short() -> list[StoryStep]:
    """The beginning of the story."""
    return BEGINNING


def test_a_story_told_twice_is_the_same(tmp_path: Path) -> None:
    heads = []
    for name in ("one", "two"):
        tell(tmp_path / name, short(), command.MAIL)
        heads.append((tmp_path / name / ".git/refs/heads/main").read_text("utf-8"))
    assert heads[0] == heads[1]


def test_it_takes_an_empty_folder(sen: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "story", short)
    (sen.folder / "there").mkdir()
    said = json.loads(sen("demo", "there", "--format", "json").out)
    assert said["commits"] == 60
    assert (sen.folder / "there/.git").is_dir()
    assert is_private(sen.folder / "there")
    assert sorted(p.name for p in sen.folder.iterdir()) == ["there"]
    assert sen("-C", "there", "pupil", "list").code == 0


def test_it_refuses_a_folder_with_something_in_it(sen: Typed) -> None:
    (sen.folder / "mine").mkdir()
    (sen.folder / "mine/letter.txt").write_text("x", "utf-8", newline="\n")
    said = sen("demo", "mine", code=6)
    assert "not an empty folder" in said.err
    assert [p.name for p in (sen.folder / "mine").iterdir()] == ["letter.txt"]


def test_it_refuses_a_place_inside_other_records(oak: Typed) -> None:
    oak("demo", "pupils/demo", code=6)
    assert list((oak.folder / "pupils").glob(".*")) == []


def test_half_a_demo_leaves_nothing(
    sen: Typed, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = StoryStep(
        "x.sen:9", "2026-11-21T09:00", SENCO, ("need", "add", "nobody", "SLCN")
    )
    monkeypatch.setattr(command, "story", lambda: [*short(), odd])
    said = sen("demo", "new", code=4)
    assert "x.sen:9" in said.err
    assert list(sen.folder.iterdir()) == []


def test_whatever_it_proposes_can_be_pasted(school: School, sen: Typed) -> None:
    """As it is printed a command changes nothing: what a person says is missing."""
    shutil.copytree(school.folder, sen.folder / "oakfield", symlinks=True)
    demo = sen.at(sen.folder / "oakfield")
    proposed: set[str] = set()
    for line in ("check --level all", "due --within 52w", "doctor", "rule"):
        told = demo(*line.split(), "--format", "json", code=None, today=DAY).out
        proposed.update(_commands(json.loads(told)))
    assert len(proposed) > 100
    for line in sorted(proposed):
        words = shlex.split(line)[1:]
        result = demo(*words, code=None, today=DAY)
        if any(map(in_word, words)):
            assert (result.code, result.out) == (3, ""), line
    assert git(demo.folder, "rev-parse", "HEAD") == school.git("rev-parse", "HEAD")
    assert git(demo.folder, "diff", "HEAD", "--stat") == ""


def _commands(told: object) -> Iterator[str]:
    """Each command of ours in what was told as JSON."""
    if isinstance(told, str):
        if told.startswith("sen "):
            yield told
    elif isinstance(told, dict | list):
        for part in told.values() if isinstance(told, dict) else told:
            yield from _commands(part)
