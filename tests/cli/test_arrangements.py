"""Attendance, suspensions and what is arranged: typed, undone, taken out, printed."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.conftest import Typed
from tests.conftest import school_of

LINES = (
    "attendance set amelia 91.3 --source Register",
    "suspension add amelia --date 10/10/2025 --days 1.5 --reason 'Hurt an adult'",
    "part-time add amelia --hours 15 --from 22/09/2025 --reason Anxiety",
    "part-time set amelia 1 --consent sana --review-by 17/10/2025",
    "alternative-provision add amelia 'Elm Farm' --days 2 --commissioned-by la",
    "dual-registration add amelia 'Ash House' --here main --urn 999001",
    "base add amelia support --name 'The Nest' --census resourced",
)
LISTS = {
    "attendance": "91.3",
    "suspension": "Hurt an adult",
    "part-time": "Sana Khan agreed on 22 September 2025",
    "alternative-provision": "the local authority",
    "dual-registration": "Ash House",
    "base": "The Nest",
}


@school_of
def amelia(oak: Typed) -> None:
    oak("pupil", "add", "Amelia Khan", "--year", "4")
    oak("pupil", "add", "Ben Lee", "--year", "4")
    oak("contact", "add", "amelia", "Sana Khan", "--relationship", "mother")


@school_of
def arranged(oak: Typed) -> None:
    oak("pupil", "add", "Amelia Khan", "--year", "4")
    oak("pupil", "add", "Ben Lee", "--year", "4")
    oak("contact", "add", "amelia", "Sana Khan", "--relationship", "mother")
    for line in LINES:
        oak(line)


def record(sen: Typed) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(sen("pupil show amelia --format json").out)
    return found


def test_each_is_listed_shown_and_in_the_history(arranged: Typed) -> None:
    shown = arranged("pupil show amelia").out
    for command, words in LISTS.items():
        listed = arranged(f"{command} list amelia")
        assert words in " ".join(listed.out.split()), command
        (entry,) = json.loads(arranged(f"{command} list amelia --format json").out)
        assert entry.get("id", "x")[0] == "x"
        assert "None recorded" in arranged(f"{command} list ben").out
    for words in ("91.3 per cent", "1.5 days", "15 hours a week", "at Elm Farm"):
        assert words in shown
    assert "on the roll of Ash House" in shown
    told = arranged("history amelia").out
    assert "added suspension from 10 October 2025 (half days 3; reason" in told
    assert "added attendance of the autumn term 2025-26 (per cent 91.3" in told
    assert "commissioned by the local authority" in told
    assert "added place in a support base" in told
    verified = arranged("verify").out
    assert "each touches only what that may" in verified
    census = json.loads(arranged("print census --format json").out)
    codes = {p["name"]: (p["enrolment"], p["resourced"]) for p in census["pupils"]}
    assert codes == {"Amelia Khan": ("M", True), "Ben Lee": ("C", False)}


def test_changed_ended_undone_and_taken_out(arranged: Typed) -> None:
    told = arranged("suspension set amelia 1 --days 2 --correct --reason 'Counted'")
    assert "half days 3 -> 4" in told.out
    arranged("undo --yes")
    assert record(arranged)["suspensions"][0]["half_days"] == 3
    assert "Hurt an adult" in arranged("suspension set amelia zork", code=4).err
    assert (
        "2025-10-10,suspension,1.5"
        in arranged("suspension list amelia --format csv").out
    )
    arranged("suspension set amelia 'hurt an adult' --half-days 4")
    assert ",2,Hurt" in arranged("suspension list amelia --format csv").out
    arranged("part-time set amelia 1 --hours 20 --reviewed 17/10/2025")
    arranged("part-time end amelia 1 --date 24/10/2025")
    arranged("alternative-provision end amelia elm --date today --outcome Calmer")
    arranged("dual-registration end amelia 'ash house' --date today")
    note = arranged("base end amelia nest --date today").err
    command = note.partition("end that too: ")[2].strip()
    arranged(command)
    made = record(arranged)
    assert made["part_time_timetables"][0]["until"] == "2025-10-24"
    assert made["flags"][0]["until"] == "2025-10-20"
    for what in (
        *("suspension 1", "part-time timetable 1", "alternative provision 1"),
        *("dual registration 1", "base placement 1", "attendance autumn"),
    ):
        arranged("remove", "amelia", what, "--yes")
    left = record(arranged).keys()
    assert left.isdisjoint({"suspensions", "base_placements", "part_time_timetables"})


def test_what_is_restricted_is_marked_and_not_shown(arranged: Typed) -> None:
    arranged("suspension set amelia 1 --restricted")
    for line in ("suspension list amelia", "pupil show amelia"):
        told = arranged(line)
        assert "Hurt an adult" not in told.both
        assert "restricted" in told.both
    assert "1.5 days" in arranged("pupil show amelia --restricted").out
    assert "1.5 days" not in arranged("print case amelia").out
    # the census is told, but no reader of the page
    arranged("dual-registration set amelia 1 --restricted")
    own = arranged("print census --format json").out
    theirs = arranged("print census --for inspector --format json").out
    told = [json.loads(t)["pupils"][0]["enrolment"] for t in (own, theirs)]
    assert told == ["M", None]


def test_papers_say_why_to_those_alone_whom_it_concerns(arranged: Typed) -> None:
    own = arranged("print case amelia").out
    agency = arranged("print case amelia --for agency").out
    inspector = arranged("print case amelia --for inspector").out
    parent = arranged("print case amelia --for parent --with-reasons").out
    for words in ("Hurt an adult", "Anxiety"):
        assert words in own
        assert words in agency
        assert words in parent
        assert words not in inspector
    for text in (own, agency, inspector, parent):
        assert "91.3 per cent" in text
    assert "why the pupil was suspended" in inspector


def test_a_part_time_timetable_past_its_review_is_due_and_found(
    arranged: Typed,
) -> None:
    due = arranged("due").out
    assert "Part-time timetable from 22 September 2025: review" in due
    assert arranged("due --kind timetable --format json").out.count('"due"') == 1
    told = arranged("check amelia --level all").out
    assert "P16" in told
    assert "was to be reviewed by 17 October 2025" in " ".join(told.split())
    arranged("part-time set amelia 1 --reviewed today --review-by +4w")
    assert "P16" not in arranged("check amelia --level all").out


WRONG = {
    "attendance set amelia 91,3": (3, "such as 91.3"),
    "attendance set amelia 101": (3, "from 0 to 100"),
    "attendance set amelia 90 --term 'spring 2026'": (3, "has not begun"),
    "attendance set amelia 90 --date 01/12/2025": (3, "has not come yet"),
    "attendance set amelia": (2, "sen attendance set amelia 91.3"),
    "attendance set amelia --possible 0 --attended 0": (3, "from 1 to 400"),
    "suspension add amelia": (2, "--date is needed"),
    "suspension add amelia --date 12/12/2025 --days 1": (3, "has not come yet"),
    "suspension add amelia --date 10/10/2025 --days 1.3": (3, "in halves"),
    "suspension add amelia --date 10/10/2025 --kind long": (3, "lunchtime suspension"),
    "part-time add amelia": (2, "--hours NUMBER"),
    "part-time add amelia --hours 200": (3, "from 0.25 to 40"),
    "part-time add amelia --hours 9 --review-by 1/9/2025": (3, "before it began"),
    "part-time add amelia --hours 9 --consent Zork": (4, "No person fits"),
    "part-time set amelia 1 --hours 9": (4, "sen part-time add"),
    "part-time end amelia 1 --date today": (4, "no part-time timetable recorded"),
    "alternative-provision add amelia": (2, "PROVIDER"),
    "alternative-provision add amelia Elm --days 2.2": (3, "in halves"),
    "dual-registration add amelia Ash": (2, "main|subsidiary"),
    "dual-registration add amelia Ash --here main --urn 12": (3, "six digits"),
    "base add amelia nest": (3, "specialist base"),
    "base add amelia support --until 1/9/2025": (3, "before it began"),
    "exclusion add amelia": (2, "There is no command"),
    "suspention add amelia": (2, "Did you mean: sen suspension"),
    "attendance add amelia 90": (2, "sen attendance list or sen attendance set"),
}


def test_what_cannot_be_is_refused_and_changes_nothing(amelia: Typed) -> None:
    before = record(amelia)
    for line, (code, said) in WRONG.items():
        told = amelia(line, code=code)
        assert said in " ".join(told.err.split()), line
    assert record(amelia) == before


def test_a_column_of_attendance_is_taken_in(amelia: Typed) -> None:
    sheet = amelia.folder / "attendance.csv"
    head = "Name,% Attendance,Term\n"
    sheet.write_text(head + "Amelia Khan,94.5%,summer 2025\n", "utf-8", newline="\n")
    amelia("import --yes attendance.csv")
    (entry,) = record(amelia)["attendance"]
    assert (entry["percent"], entry["academic_year"]) == (94.5, "2024-25")
    assert "Nothing to change" in amelia("import attendance.csv").out
    sheet.write_text(head + "Amelia Khan,945,summer\n", "utf-8", newline="\n")
    assert "line 2, attendance" in amelia("import attendance.csv", code=3).err


@pytest.mark.parametrize("words", ["Hurt an adult", "Elm Farm", "Anxiety"])
def test_what_was_written_is_found_and_erased(arranged: Typed, words: str) -> None:
    assert words in arranged("find", words).out
    arranged("erase amelia --ground 'End of retention' --yes")
    assert "Nothing found" in arranged("find", words).out
