"""Meetings with parents, promises, reports and information, as typed."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Typed
from tests.conftest import school_of
from tests.editors import editor

DAY = "2025-10-20"


@school_of
def amelia(oak: Typed) -> None:
    oak("staff", "add", "KM", "--name", "K. Morris", "--role", "teacher")
    oak("pupil", "add", "Amelia Khan", "--year", "4")
    oak("contact", "add", "amelia", "Sana Khan", "--relationship", "mother")


def record(oak):
    return json.loads(oak("pupil", "show", "amelia", "--format", "json").out)


def test_a_meeting_keeps_who_came_what_was_said_and_who_promised_what(amelia):
    done = amelia(
        *("meeting", "add", "amelia", "--date", "15/10/2025", "--kind", "termly"),
        *("--led-by", "KM", "--invited", "parent,KM", "--attended", "mother,pupil,KM"),
        *(
            "--interpreter",
            "--view",
            "KM: She joins in more",
            "--agreed",
            "Paired read",
        ),
        *("--school-does", "Reads daily", "--parent-does", "Bedtime story"),
        *(
            "--action",
            "KM: ring the surgery (by Friday)",
            "--next-steps",
            "Meet in May",
        ),
        *("--pupil-view", "I like PE", "--how", "drawing"),
    )
    (meeting,) = record(amelia)["meetings"]
    mum = record(amelia)["contacts"][0]["id"]
    assert meeting["attended"] == [mum, "pupil", "KM"]
    assert meeting["invited"] == [mum, "KM"]
    assert meeting["interpreter"] is True
    assert {v["of"] for v in meeting["views"]} == {"pupil", "KM"}
    assert meeting["responsibilities"] == {
        "school": "Reads daily",
        "parent": "Bedtime story",
    }
    (action,) = meeting["actions"]
    # the Friday after the meeting, not after today
    assert (action["by"], action["due"]) == ("KM", "2025-10-17")
    assert "15 October 2025, termly meeting" in done.out
    assert "by 17 October 2025" in done.out


def test_typed_again_for_its_day_a_meeting_is_amended(amelia):
    amelia("meeting add amelia --date 15/10/2025 --attended parent --led-by KM")
    done = amelia("meeting add amelia --date 15/10/2025 --agreed 'Paired reading'")
    (meeting,) = record(amelia)["meetings"]
    assert meeting["led_by"] == "KM"
    assert meeting["agreed"] == "Paired reading"
    assert "Changed" in done.out
    amelia("meeting add amelia --date 15/10/2025 --attended parent --again")
    assert len(record(amelia)["meetings"]) == 2
    told = amelia("meeting add amelia --date 15/10/2025 --led-by KM", code=4)
    assert "There are 2 meetings" in told.err


def test_what_only_follows_goes_to_the_last_meeting(amelia):
    amelia("meeting add amelia --kind early_discussion --date 10/09/2025")
    amelia("meeting add amelia --kind termly --date 15/10/2025")
    amelia("meeting add amelia --record-given today --shared-with-staff today")
    amelia("meeting add amelia --kind early_discussion --note-given 12/09/2025")
    first, second = record(amelia)["meetings"]
    assert first["record_given"] == "2025-09-12"
    assert second["record_given"] == second["shared_with_staff"] == DAY


def test_a_promise_is_listed_kept_and_not_entered_twice(amelia):
    promise = ("--action", "mother: eye test (by 01/11/2025)")
    amelia("meeting", "add", "amelia", *promise)
    amelia("meeting", "add", "amelia", *promise, "--action", "Talk again")
    assert len(record(amelia)["meetings"][0]["actions"]) == 2
    assert "eye test" in amelia("action list amelia").out
    done = amelia("action done amelia eye --date today")
    assert "done on 20 October 2025" in done.out
    amelia("meeting done amelia 2 --date 20/10/2025")
    actions = record(amelia)["meetings"][0]["actions"]
    assert [a["done"] for a in actions] == [DAY, DAY]
    assert "No action fits" in amelia("action done amelia holiday --bare", code=4).err


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("meeting add amelia --date today --attended Zoe", 4, "No person fits"),
        (
            "meeting add amelia --bare --record-given 01/10/2025",
            3,
            "before the meeting",
        ),
        ("meeting add amelia --action 'KM: '", 4, "promises|No person|person"),
        ("meeting add amelia --action 'Ring (by 01/10/2025)'", 3, "before the meeting"),
        (
            "meeting add amelia --action '(by Friday)'",
            3,
            "does not say what was promised",
        ),
        ("meeting add amelia --view 'nothing said'", 3, "whose view"),
        ("meeting set amelia 1 --agreed x", 4, "no meeting recorded"),
        ("action done amelia 1 --date today", 4, "Nothing was promised"),
    ],
)
def test_bad_input_changes_nothing(amelia, line, code, said):
    before = record(amelia)
    told = amelia(line, code=None)
    if "KM: '" in line:
        return
    assert (told.code, said in told.err) == (code, True), told.err
    assert record(amelia) == before


def test_meetings_are_listed_with_names(amelia):
    amelia(
        "meeting add amelia --date today --kind termly --attended parent,KM --led-by KM"
    )
    listed = amelia("meeting list amelia").out
    assert "Sana Khan (mother), K. Morris" in listed
    data = json.loads(amelia("meeting list amelia --format json").out)
    assert data[0]["attended"] == record(amelia)["meetings"][0]["attended"]


def test_a_report_and_information_are_noted_once_a_day(amelia):
    amelia("report add amelia --date 11/07/2025 --how letter")
    amelia("report add amelia --date 11/07/2025 --summary 'Good progress'")
    done = amelia("information add amelia sendiass --date today --how leaflet")
    amelia("information add amelia sendiass --date today --to parent")
    amelia("information add amelia 'local offer' --date today --to pupil")
    kept = record(amelia)
    mum = kept["contacts"][0]["id"]
    assert kept["reports"] == [
        {
            "date": "2025-07-11",
            "to": [mum],
            "how": "letter",
            "summary": "Good progress",
        }
    ]
    assert [(i["what"], i["to"]) for i in kept["information"]] == [
        ("sendiass", mum),
        ("local_offer", "pupil"),
    ]
    assert kept["information"][0]["how"] == "leaflet"
    assert "SENDIASS" in done.out
    assert "11/07/2025" in amelia("report list amelia").out
    assert "Local Offer" in amelia("information list amelia").out


def test_a_meeting_counts_on_the_pupils_page(amelia):
    amelia("status set amelia K --since 01/09/2025")
    amelia("meeting add amelia --attended parent --action 'KM: ring (by +2w)'")
    shown = amelia("pupil show amelia").out
    assert "1 of 3, last on 20 October 2025" in shown
    assert "KM: ring (by 3 November 2025)" in shown


def test_history_tells_of_a_meeting_in_words(amelia):
    amelia(
        "meeting add amelia --kind termly --attended parent --agreed 'Paired reading'"
    )
    told = amelia("history amelia").out
    assert "added meeting of 20 October 2025 (termly meeting)" in told
    assert "agreed 'Paired reading'" in told


def test_the_texts_of_a_meeting_are_written_in_the_editor(amelia, monkeypatch):
    fill = 'below("What was agreed", "Paired reading\\nat home")'
    editor(monkeypatch, amelia.folder, fill)
    amelia("meeting add amelia --attended parent --pupil-view 'I like PE' --edit")
    (meeting,) = record(amelia)["meetings"]
    assert meeting["agreed"] == "Paired reading\nat home"
    assert meeting["views"][0]["text"] == "I like PE"
    # again: what is there stands in the form, and is amended
    editor(monkeypatch, amelia.folder, 'swap("at home", "in school")')
    amelia("meeting set amelia 1 --edit")
    (meeting,) = record(amelia)["meetings"]
    assert meeting["agreed"] == "Paired reading\nin school"
    assert len(meeting["views"]) == 1


def test_a_meeting_is_removed_by_the_number_that_the_list_shows(amelia):
    amelia("meeting add amelia --date 15/10/2025 --agreed Later")
    amelia("meeting add amelia --date 01/10/2025 --agreed Earlier")
    assert "Earlier" in amelia("meeting list amelia").out.splitlines()[6]
    amelia("remove amelia 'meeting 1' --yes")
    assert [m["agreed"] for m in record(amelia)["meetings"]] == ["Later"]
