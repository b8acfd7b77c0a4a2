"""What stands in one record, listed: needs, contacts, flags, documents, questions."""

from __future__ import annotations

import json

import pytest

from tests.cli.test_hand_out import school
from tests.editors import editor

__all__ = ["school"]


def listed(school, noun):
    return json.loads(school(f"{noun} list amelia --format json").out)


def test_each_list_shows_what_was_entered(school, tmp_path):
    paper = tmp_path / "ep.pdf"
    paper.write_bytes(b"%PDF-1.4 report")
    school("need add amelia SEMH --rank 3 --description Shy")
    school("flag", "add", "amelia", "pupil premium", "--note", "FSM6")
    school("document", "add", "amelia", str(paper), "--title", "EP report")
    school("consider amelia eal --conclusion no --reason Fluent --by JP")
    for noun, text in (
        ("need", "Shy"),
        ("contact", "Sana Khan"),
        ("flag", "FSM6"),
        ("document", "EP report"),
        ("consider", "Fluent"),
        ("status", "SEN support"),
    ):
        assert text in school(f"{noun} list amelia").out
        assert text in school(f"{noun} list amelia --format csv").out
        said = "K" if noun == "status" else text  # json has the code alone
        (entry,) = [e for e in listed(school, noun) if said in map(str, e.values())]
        assert {"until", "date", "from"} & set(entry)


def test_what_ended_is_still_listed(school):
    school("contact end amelia omar --date 01/12/2025")
    entries = {entry["name"]: entry["until"] for entry in listed(school, "contact")}
    assert entries == {"Sana Khan": None, "Omar Khan": "2025-12-01"}


@pytest.mark.parametrize("noun", ["need", "contact", "flag", "document", "consider"])
def test_a_list_of_nothing_says_so_and_nobody_is_refused(school, noun):
    school("pupil add Nobody")
    assert "None recorded." in school(f"{noun} list Nobody").out
    assert json.loads(school(f"{noun} list Nobody --format json").out) == []
    assert "No pupil fits" in school(f"{noun} list xyzzy", code=4).err


def test_what_is_restricted_is_not_listed_and_its_presence_is_told(school):
    school("flag", "add", "amelia", "social_care", "--restricted")
    got = school("flag list amelia").out
    assert "social" not in got
    assert "1 restricted entry is not shown" in got
    assert listed(school, "flag") == [
        entry for entry in listed(school, "flag") if not entry["restricted"]
    ]


def test_a_question_is_added_with_its_verb_or_without(school):
    school("consider add amelia disability --conclusion yes")
    school("consider --conclusion no amelia eal")
    about = {entry["about"] for entry in listed(school, "consider")}
    assert about >= {"disability", "eal"}
    assert "list" in school("consider --help").out


def test_a_review_says_who_does_what_next(school):
    school(
        "cycle",
        "review",
        "amelia",
        "--cycle",
        "Autumn 2025",
        "--school-does",
        "Read daily",
        "--pupil-does",
        "Try a hard word",
    )
    got = school("summary amelia --lang en").out
    assert "Read daily" in got
    assert "Try a hard word" in got
    school("cycle review amelia --cycle y2qf --school-does Again")
    shown = school('cycle show amelia --cycle "Autumn 2025"').out
    assert "Again" in shown
    assert "Try a hard word" in shown


def test_reasons_are_written_in_the_editor(school, monkeypatch):
    script = 'if shows("## Why"): below("Why", "Written in the editor")'
    editor(monkeypatch, school.folder, script)
    school("consider amelia eal --conclusion no --edit")
    school("specialist refer amelia OT --consent sana --edit")
    got = school("consider list amelia").out + school("specialist list amelia").out
    assert "Written in the editor" in school("consider list amelia").out
    assert "Occupational therapist" in got
    assert "Written in the editor" in school("find written editor").out
