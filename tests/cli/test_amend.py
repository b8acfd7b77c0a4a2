"""Removing and moving what landed in the wrong place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli import lesson
from tests.cli.lesson import commits
from tests.cli.lesson import record
from tests.cli.lesson import refused
from tests.cli.lesson import sound
from tests.conftest import Typed


@pytest.fixture
def term(tmp_path: Path) -> Typed:
    return lesson.school(tmp_path, lesson.LINES + lesson.IN_TERM)


def test_remove_needs_a_word(term: Typed) -> None:
    term("concern add amelia --concern 'Tired' --date 01/10/2025")
    result = refused(term, "remove amelia concern 1", code=2)
    assert "concern 'Tired'" in result.err
    assert "--yes" in result.err
    result = term("remove amelia concern 1 --yes")
    assert "concerns" not in record(term, "amelia")
    assert "Removed from the record of Amelia Khan" in result.out


@pytest.mark.parametrize("way", ["id", "path", "wording", "number"])
def test_an_item_by_any_of_its_names(term: Typed, way: str) -> None:
    cycle = record(term, "amelia")["cycles"][0]
    strategy = cycle["plan"]["strategies"][0]["id"]
    names = {
        "id": strategy,
        "path": f"cycles[{cycle['id']}].plan.strategies[{strategy}]",
        "wording": "visual timetable",
        "number": "strategy 1",
    }
    term("remove", "amelia", names[way], "--yes")
    assert "strategies" not in record(term, "amelia")["cycles"][0]["plan"]


KINDS = (
    "outcome intervention strategy cycle meeting concern action need specialist",
    "contact document transition adjustment request review plan report",
)
NUMBERED = (
    "meeting add amelia --date 02/10/2025 --attended parent --agreed 'In 2026'",
    "meeting set amelia 1 --action 'KM: ring 2 surgeries'",
    "concern add amelia --concern 'Tired 2 days in 5' --date 02/10/2025",
    "specialist refer amelia EP --consent parent --date 02/10/2025",
)


@pytest.mark.parametrize(
    "kind",
    " ".join(KINDS).split(),
)
@pytest.mark.parametrize("number", ["2", "no. 2", "5", "20", "2025", "0"])
def test_a_number_that_is_not_there_is_never_read_as_words(
    term: Typed, kind: str, number: str
) -> None:
    for line in NUMBERED:
        term(line)
    for typed in (f"{kind} {number}", f"{kind}s {number}", f"{number} {kind}"):
        said = refused(term, "remove", "amelia", typed, "--yes", code=4)
        assert f"no {kind}" in said.err or "Nothing" in said.err
    for typed in ("outcome measure amelia {} 5", "intervention end amelia {} --bare"):
        refused(term, typed.format(f"'{kind} {number}'"), code=4)


@pytest.mark.parametrize(
    ("typed", "gone"),
    [("cycle 1", "y"), ("action 1", "surgeries"), ("promise 1", "surgeries")],
)
def test_cycles_and_promises_have_numbers_too(
    term: Typed, typed: str, gone: str
) -> None:
    for line in NUMBERED:
        term(line)
    said = term("remove", "amelia", typed, "--yes").out
    assert "Removed" in said
    assert gone in said


@pytest.mark.parametrize("day", ["2025-09-22", "22/09/2025"])
def test_a_session_by_its_natural_key(term: Typed, day: str) -> None:
    term("session log amelia --date 22/09/2025")
    cycle = record(term, "amelia")["cycles"][0]
    item = cycle["plan"]["interventions"][0]["id"]
    term("remove", "amelia", item, day, "--yes")
    assert "do" not in record(term, "amelia")["cycles"][0]


def test_what_refers_to_it_is_named_first(term: Typed) -> None:
    term("outcome measure amelia 1 37")
    result = refused(term, "remove amelia outcome 1 --yes", code=3)
    assert "intervention 'Precision teaching'" in result.err
    assert "--with-references" in result.err
    before = commits(term)
    term("remove amelia outcome 1 --yes --with-references --reason 'not hers'")
    assert commits(term) == before + 1
    found = record(term, "amelia")
    cycle = found["cycles"][0]
    assert "outcomes" not in cycle["plan"]
    assert "outcomes" not in cycle["plan"]["interventions"][0]
    assert "do" not in cycle
    assert {c["reason"] for c in found["corrections"]} == {"not hers"}
    assert sound(term, "amelia")


def test_a_single_field(term: Typed) -> None:
    cycle = record(term, "amelia")["cycles"][0]["id"]
    term("remove", "amelia", f"cycles[{cycle}].plan.review_by", "--yes")
    assert "review_by" not in record(term, "amelia")["cycles"][0]["plan"]
    refused(term, "remove", "amelia", "first_name", "--yes", code=3)
    outcome = record(term, "amelia")["cycles"][0]["plan"]["outcomes"][0]["id"]
    path = f"cycles[{cycle}].plan.outcomes[{outcome}].outcome"
    refused(term, "remove", "amelia", path, "--yes", code=3)


def test_nothing_and_too_much(term: Typed) -> None:
    refused(term, "remove amelia zebra --yes", code=4)
    term("concern add amelia --concern 'Reads slowly' --date 01/10/2025")
    result = refused(term, "remove amelia reads --yes", code=4)
    assert "concerns[" in result.err
    assert ".plan.outcomes[" in result.err


def test_a_concern_moves_to_the_right_child(term: Typed) -> None:
    term("concern add amelia --concern 'Tired' --date 01/10/2025 --raised-by KM")
    before = commits(term)
    result = term("move amelia concern 1 --to ben --reason 'wrong child'")
    assert commits(term) == before + 1
    assert "concerns" not in record(term, "amelia")
    moved = record(term, "ben")["concerns"][0]
    assert (moved["concern"], moved["raised_by"]) == ("Tired", "KM")
    assert "from Amelia Khan to Ben Adeyemi" in result.out
    assert record(term, "amelia")["corrections"][0]["reason"] == "wrong child"


def test_an_outcome_takes_its_measurements_along(term: Typed) -> None:
    term("outcome add amelia 'Asks for help' --need slcn")
    term("outcome measure amelia 2 3 --date 17/10/2025")
    result = term("move amelia outcome 2 --to ben")
    here, there = record(term, "amelia"), record(term, "ben")
    assert len(here["cycles"][0]["plan"]["outcomes"]) == 1
    moved = there["cycles"][0]["plan"]["outcomes"][1]
    assert moved["outcome"] == "Asks for help"
    assert "need" not in moved
    assert there["cycles"][0]["do"]["measurements"][0]["outcome"] == moved["id"]
    assert "1 entries went with it" in result.err
    assert sound(term, "amelia")
    assert sound(term, "ben")


def test_an_intervention_with_its_sessions(term: Typed) -> None:
    term("session log amelia --date 22/09/2025")
    term("move amelia intervention 1 --to ben")
    there = record(term, "ben")["cycles"][0]
    moved = there["plan"]["interventions"][1]
    assert "outcomes" not in moved
    assert there["do"]["sessions"] == [
        {"date": "2025-09-22", "intervention": moved["id"]}
    ]
    assert "interventions" not in record(term, "amelia")["cycles"][0]["plan"]
    assert sound(term, "amelia")
    assert sound(term, "ben")


def test_a_session_goes_to_the_like_intervention(term: Typed) -> None:
    term("session log amelia --date 22/09/2025")
    item = record(term, "amelia")["cycles"][0]["plan"]["interventions"][0]["id"]
    term("move", "amelia", item, "2025-09-22", "--to", "ben")
    there = record(term, "ben")["cycles"][0]
    own = there["plan"]["interventions"][0]["id"]
    assert there["do"]["sessions"] == [{"date": "2025-09-22", "intervention": own}]


def test_a_measurement_without_a_like_outcome_stays(term: Typed) -> None:
    term("outcome measure amelia 1 37")
    entry = record(term, "amelia")["cycles"][0]["do"]["measurements"][0]["id"]
    result = refused(term, "move", "amelia", entry, "--to", "ben", code=3)
    assert "no outcome like" in result.err


def test_a_whole_cycle_moves(term: Typed) -> None:
    cycle = record(term, "amelia")["cycles"][0]["id"]
    refused(term, "move", "amelia", cycle, "--to", "ben", code=3)
    term("move", "amelia", cycle, "--to", "cara")
    assert "cycles" not in record(term, "amelia")
    assert record(term, "cara")["cycles"][0]["teacher"] == "KM"
    assert sound(term, "cara")


def test_a_move_that_cannot_be(term: Typed) -> None:
    refused(term, "move amelia outcome 1 --to amelia", code=3)
    refused(term, "move amelia outcome 1 --to cara", code=4)
    refused(term, "move amelia outcome 1 --to zoe", code=4)
    term("cycle review amelia --outcome 1=achieved:63")
    refused(term, "move amelia outcome 1 --to ben", code=3)


def test_an_attachment_goes_with_its_entry(term: Typed, tmp_path: Path) -> None:
    paper = tmp_path / "report.pdf"
    paper.write_bytes(b"%PDF-1.7 report")
    term("document", "add", "amelia", str(paper), "--title", "EP report")
    (entry,) = record(term, "amelia")["documents"]
    here = term.folder / "documents" / record(term, "amelia")["id"] / entry["file"]
    there = term.folder / "documents" / record(term, "ben")["id"] / entry["file"]
    assert here.is_file()
    term("move", "amelia", entry["id"], "--to", "ben")
    assert not here.exists()
    assert there.read_bytes() == b"%PDF-1.7 report"
    term("remove", "ben", "EP report", "--yes")
    assert not there.exists()
