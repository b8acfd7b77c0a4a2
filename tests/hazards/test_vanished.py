"""A record that vanished is missed, by every list, and brought back by one command."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.lesson import IN_TERM
from tests.cli.lesson import LINES as SCHOOL
from tests.cli.lesson import school
from tests.conftest import Typed
from tests.hazards.test_left_out import LISTS
from tests.hazards.world import files
from tests.hazards.world import git
from tests.hazards.world import head
from tests.hazards.world import record
from tests.hazards.world import unchanged
from tests.terminal import SEN
from tests.terminal import at_terminal

GONE = "gone from the folder"
BACK = "sen doctor --fix"


@pytest.fixture
def both(tmp_path: Path) -> Typed:
    """Amelia and Ben, both on the register and in one class."""
    return school(tmp_path, SCHOOL + IN_TERM)


@pytest.fixture
def met(both: Typed, tmp_path: Path) -> tuple[Typed, Typed]:
    """Two computers that have met."""
    git(tmp_path, "init", "-q", "--bare", "-b", "main", "meeting.git")
    git(both.folder, "remote", "add", "origin", f"{tmp_path}/meeting.git")
    both("sync")
    git(tmp_path, "clone", "-q", f"{tmp_path}/meeting.git", "other")
    return both, both.at(tmp_path / "other")


@pytest.mark.parametrize("line", [*LISTS, "check", "find Ben", "print census"])
def test_every_list_and_paper_misses_a_record(both: Typed, line: str) -> None:
    whole = both(line, code=None)
    ben = record(both, "Ben")
    data = ben.read_bytes()
    ben.unlink()
    told = both(line, code=None)
    assert told.code == (1 if line == "check" else 3), told.both
    assert f"pupils/{ben.name}" in told.both
    assert GONE in " ".join(told.both.split())
    assert BACK in " ".join(told.both.split())
    again = both(line, code=None)  # what is kept ready misses it too
    assert (again.code, again.both) == (told.code, told.both)
    ben.write_bytes(data)
    assert both(line, code=None).both == whole.both


def test_all_records_gone(both: Typed) -> None:
    before = files(both.folder)
    shutil.rmtree(both.folder / "pupils")
    for line in ("register", "due", "map", "pupil list", "print governors"):
        told = both(line, code=3)
        assert f"3 records of the history are {GONE}" in told.err, line
    page = both.folder.parent / "map.html"
    both("map", "--format", "html", "--output", str(page), code=3)
    assert f"Not complete: 3 records are {GONE}" in page.read_text("utf-8")
    told = both("check", code=1).out
    assert told.count("pupils/") >= 3
    told = both("doctor", code=1).out
    assert GONE in told
    assert "The files are as the history has them" not in told
    assert "Edited by hand" not in told
    told = both("doctor", "--fix", code=None)
    assert "Brought back" in told.err
    assert files(both.folder) == before
    assert git(both.folder, "status", "--porcelain") == ""
    both("register")


def test_a_record_deleted_by_git_too_is_brought_back(both: Typed) -> None:
    ben = record(both, "Ben")
    before = files(both.folder)
    git(both.folder, "rm", "-q", f"pupils/{ben.name}")
    both("register", code=3)
    both("doctor", "--fix", code=None)
    assert files(both.folder) == before
    assert git(both.folder, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    "path",
    [
        "school.yaml",
        "provisions.yaml",
        "groups.yaml",
        ".sencli/schemas/pupil.schema.json",
        ".gitattributes",
    ],
)
def test_any_file_of_the_records_is_missed(both: Typed, path: str) -> None:
    before = files(both.folder)
    (both.folder / path).unlink()
    told = both("doctor", code=1).out
    assert path in told
    assert GONE in told
    assert path in both("check", code=1).out.replace("\n", "")
    if "/" not in path and path.endswith("yaml"):
        unchanged(both, "commit", code=3, says=BACK)
        assert BACK in both("summary", "amelia", code=None).err or path[0] in "pg"
    both("doctor", "--fix", code=None)
    assert files(both.folder) == before


def test_a_document_is_missed(both: Typed, tmp_path: Path) -> None:
    paper = tmp_path / "letter.pdf"
    paper.write_bytes(b"%PDF-1.4 x")
    both("document", "add", "amelia", str(paper), "--title", "Letter")
    (kept,) = (both.folder / "documents").rglob("*.pdf")
    kept.unlink()
    assert "documents/" in both("doctor", code=1).out
    both("doctor", "--fix", code=None)
    assert kept.read_bytes() == paper.read_bytes()


def test_nothing_goes_without_a_word(both: Typed) -> None:
    ben = record(both, "Ben")
    ben.unlink()
    told = unchanged(both, "commit", code=2, says=GONE)
    assert BACK in told.err
    assert "sen commit --take-out" in told.err
    unchanged(both, "commit", f"pupils/{ben.name}", code=2, says=GONE)
    told = both("commit", "--take-out")
    assert f"Taken out: pupils/{ben.name}" in told.out
    assert "Ben" not in both("register").out
    assert "ok" in both("doctor", code=None).out
    assert ben.name not in both("check", code=None).both


def test_the_terminal_asks_before_a_record_goes(both: Typed) -> None:
    ben = record(both, "Ben")
    before = head(both)
    ben.unlink()
    code, shown = at_terminal(
        both.folder, (*SEN, "commit"), ["n\r"], prompt=r"\[y/N\]: $"
    )
    assert "Take it out of the records" in shown
    assert BACK in shown
    assert code != 0
    assert head(both) == before
    code, _ = at_terminal(both.folder, (*SEN, "commit"), ["y\r"], prompt=r"\[y/N\]: $")
    assert code == 0
    assert head(both) != before


def test_a_name_is_not_taken_for_the_only_one(both: Typed) -> None:
    both("pupil", "add", "Amelia Brown", "--class", "4B")
    (brown,) = (
        path
        for path in (both.folder / "pupils").iterdir()
        if "last_name: Brown" in path.read_text("utf-8")
    )
    brown.unlink()
    assert GONE in both("pupil", "show", "amelia").err
    told = both("pupil", "show", "brown", code=3)
    assert GONE in told.err
    assert BACK in told.err
    assert GONE in both("pupil", "show", brown.stem, code=3).err


def test_a_meeting_says_what_comes_and_goes(met: tuple[Typed, Typed]) -> None:
    here, there = met
    here("pupil", "add", "Dan Ellis", "--class", "4B")
    assert "1 new record" in here("sync").out
    assert "1 new record" in there("sync").out
    for first in ("Ben", "Cara"):
        record(here, first).unlink()
    here("commit", "--take-out")
    told = here("sync", code=6)
    assert "2 records would go from origin" in told.err
    assert "Nothing was sent" in told.err
    told = here("sync", "--take-out", "--format", "json")
    assert len(json.loads(told.out)["sent_out"]) == 2
    before = head(there)
    told = there("sync", code=6)
    assert head(there) == before
    assert "2 records of yours would go" in told.err
    assert "Ben" in told.err
    assert "sen sync --take-out" in told.err
    assert "2 records taken out" in there("sync", "--take-out").out
    assert "Ben" not in there("register").out
    there("doctor", code=None)
    assert "Nothing new" in there("sync").out


def test_records_taken_out_with_git_alone_are_asked_about(
    met: tuple[Typed, Typed],
) -> None:
    here, there = met
    git(here.folder, "rm", "-q", "-r", "pupils")
    git(here.folder, "commit", "-q", "-m", "Tidy up")
    assert "3 records would go from origin" in here("sync", code=6).err
    git(here.folder, "push", "-q", "origin", "main")
    there("concern", "add", "amelia", "--concern", "Reading")
    before = head(there)
    told = there("sync", code=6).err
    assert "Amelia" in told
    assert head(there) == before


def test_lists_stay_quick(both: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the newest commit holds is asked of git once, and then kept."""
    both("register")

    def started(*_: object, **__: object) -> None:
        raise AssertionError("git was started")

    monkeypatch.setattr("sencli.store.git.process.Git.start", started)
    both("register")
    both("pupil", "list")
    both("due")
    record(both, "Ben").unlink()
    both("register", code=3)


def test_nothing_is_written_past_a_record_that_is_gone(both: Typed) -> None:
    ben = record(both, "Ben")
    ben.unlink()
    told = unchanged(
        both, "session", "log", "HFW 1", "--date", "17/10/2025", code=3, says=GONE
    )
    assert BACK in told.err
    both("doctor", "--fix", code=None)
    both("session", "log", "HFW 1", "--date", "17/10/2025")


def test_a_file_that_a_change_needs_is_gone(both: Typed) -> None:
    (both.folder / "groups.yaml").unlink()
    told = unchanged(both, "group", "add", "X", code=6, says=GONE)
    assert BACK in told.err
