"""A command pasted as it was printed is refused, by whatever way its words come."""

from __future__ import annotations

import json

import pytest

from tests.cli.test_init import git
from tests.conftest import Typed
from tests.conftest import head_of
from tests.conftest import school_of
from tests.editors import editor


@school_of
def amelia(oak: Typed) -> None:
    oak('pupil add "Amelia Khan" --class 4B')
    oak("staff add KM --name 'K. Morris' --role teacher")
    oak("concern add amelia --concern 'Finds reading hard' --date 01/09/2025")
    oak("cycle open amelia --assessment 'Reads 22 of 100' --date 15/09/2025")
    oak("outcome add amelia 'Reads 60 words' --baseline 22 --target 60")
    oak("status set amelia K --since 15/09/2025")


TYPED = [
    "concern set amelia 1 --response ...",
    "concern set amelia 1 --response …",
    "concern set amelia 1 --response '. . .'",
    "concern set amelia 1 --response=..",
    "concern set amelia 1 --response 'WHAT WAS DONE'",
    "concern add amelia --concern 'WHAT WAS SEEN'",
    "concern add amelia --concern Reading --date DATE",
    "concern add amelia --concern Reading --raised-by WHO",
    "consider amelia disability --conclusion 'yes|no'",
    "consider amelia eal --conclusion yes --reason 'THE REASON'",
    "meeting add amelia --date today --attended parent,WHO",
    "meeting add amelia --date today --view 'KM: ...'",
    "meeting add amelia --date today --action 'KM: WHAT IS PLANNED'",
    "cycle plan amelia --strategy . --date today",
    "cycle review amelia --outcome 1=RESULT",
    "outcome measure amelia 1 VALUE",
    "outcome add amelia OUTCOME",
    "need add amelia TYPE",
    "need add amelia SLCN --rank NUMBER",
    "pupil set amelia known_as=...",
    "pupil set amelia profile.strengths=…",
    "pupil set amelia roll.records_sent=DATE",
    "pupil add 'FIRST LAST'",
    "pupil add PUPIL",
    "status set amelia 'N|K|E'",
    "staff add WHO --name 'W. Owen'",
    "staff add WO --name NAME",
    "group add GROUP",
    "school set name=SCHOOL",
    "exception add amelia A13 --reason 'THE REASON'",
    "summary PUPIL",
    "summary amelia --format json --output FILE",
]


@pytest.mark.parametrize("line", TYPED)
def test_typed_it_is_refused_and_nothing_is_saved(amelia: Typed, line: str) -> None:
    head = head_of(amelia.folder)
    refused = amelia(line, code=3)
    assert "rite" in refused.err
    assert refused.out == ""
    assert head_of(amelia.folder) == head
    assert git(amelia.folder, "status", "--short") == ""


@pytest.mark.parametrize("text", ["...\n", "…", "WHAT WAS SAID", " . . . \n\n"])
def test_from_standard_input_too(amelia: Typed, text: str) -> None:
    head = head_of(amelia.folder)
    for option in ("--parent-view", "--pupil-view", "--assessment"):
        refused = amelia("cycle", "set", "amelia", option, "-", stdin=text, code=3)
        assert option in refused.err
    assert head_of(amelia.folder) == head


def test_from_a_spreadsheet_too(amelia: Typed) -> None:
    table = "First name,Last name,Class,Known as\nOla,Nowak,4B,...\n"
    (amelia.folder / "in.csv").write_text(table, encoding="utf-8", newline="\n")
    refused = amelia("import", "in.csv", code=3)
    assert "says nothing" in refused.err
    (amelia.folder / "in.csv").write_text(
        table.replace("...", "DATE"), "utf-8", newline="\n"
    )
    amelia("import", "in.csv", code=3)
    assert "Nowak" not in amelia("pupil list").out


@pytest.mark.parametrize("written", ["...", "WHAT WAS SEEN"])
def test_from_the_editor_too(amelia, monkeypatch, written) -> None:
    editor(monkeypatch, amelia.folder, f'swap("Reads 22 of 100", "{written}")')
    refused = amelia("pupil edit amelia", code=3)
    assert "teacher_assessment" in refused.err
    refused = amelia("cycle set amelia --edit", code=3)
    assert "kept" in refused.err


def test_written_by_hand_it_is_found_and_not_taken_in(amelia: Typed) -> None:
    (path,) = (amelia.folder / "pupils").iterdir()
    path.write_text(
        path.read_text("utf-8").replace("Reads 22 of 100", "..."), "utf-8", newline="\n"
    )
    found = json.loads(amelia("check amelia --format json", code=None).out)
    (unsaid,) = [f for f in found if f["code"] == "unsaid"]
    assert unsaid["level"] == "should"
    assert "teacher_assessment" in unsaid["path"]
    refused = amelia("commit", code=3)
    assert "teacher_assessment" in refused.err
    assert "..." in path.read_text("utf-8")


def test_what_was_saved_before_stays_valid(amelia: Typed) -> None:
    (path,) = (amelia.folder / "pupils").iterdir()
    path.write_text(
        path.read_text("utf-8").replace("Reads 22 of 100", "..."), "utf-8", newline="\n"
    )
    git(amelia.folder, "commit", "-qam", "as an older version wrote it")
    amelia("pupil set amelia class=5A")
    amelia("undo --yes")
    path.write_text(
        path.read_text("utf-8").replace("Reads 60 words", "Reads 70 words"),
        "utf-8",
        newline="\n",
    )
    amelia("commit")


def test_initials_given_before_can_still_be_named(amelia: Typed) -> None:
    school = amelia.folder / "school.yaml"
    school.write_text(
        school.read_text("utf-8").replace("initials: KM", "initials: WHO"),
        "utf-8",
        newline="\n",
    )
    git(amelia.folder, "commit", "-qam", "as an older version wrote it")
    amelia("cycle set amelia --by WHO", code=3)
    amelia("cycle", "set", "amelia", "--by", "K. Morris")
    assert "by: [WHO]" in next((amelia.folder / "pupils").iterdir()).read_text("utf-8")


def test_it_can_be_looked_for(amelia: Typed) -> None:
    amelia("find ...", code=None)
    assert amelia("find DATE", code=None).code != 3


@pytest.mark.parametrize(
    "line",
    [
        "specialist refer amelia SALT --consent parent",
        "concern add amelia --concern 'The WHO chart was used'",
        "concern add amelia --concern 'Reads ... slowly' --date today",
        "pupil set amelia profile.strengths='DATE palms and maps'",
        "group add NHS",
        "cycle set amelia --compared-with-peers 'sh|i|p is read'",
    ],
)
def test_a_schools_own_capitals_are_taken(amelia: Typed, line: str) -> None:
    amelia(line)
