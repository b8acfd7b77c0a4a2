"""The calendar that a phone takes in."""

from __future__ import annotations

from datetime import UTC

import icalendar

from sencli.core.due.appointments import Appointment
from sencli.core.due.appointments import on_the_clock
from sencli.core.due.due import Due
from sencli.exchange.calendar import DONE
from sencli.exchange.calendar import ics

DAY = "2026-03-16"


def thing(what="Review the plan of 8 January 2026", due="2026-03-27", kind="review"):
    return Due(
        due, kind, what, "sen cycle review p7k2q", "p7k2q", "Amelia Khan", "4B", "KM"
    )


def events(data):
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def test_an_event_of_one_whole_day():
    event = events(ics([thing()], DAY))[0]
    assert str(event["DTSTART"].to_ical(), "ascii") == "20260327"
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert str(event["DTEND"].to_ical(), "ascii") == "20260328"


def test_nobody_is_named_unless_asked_for():
    plain = ics([thing()], DAY)
    assert b"Amelia" not in plain
    assert b"Khan" not in plain
    assert b"p7k2q" in plain
    assert "Amelia Khan" in str(events(ics([thing()], DAY, names=True))[0]["SUMMARY"])


def test_the_same_thing_keeps_its_uid_and_two_things_differ():
    first = events(ics([thing()], DAY))[0]["UID"]
    later = events(ics([thing(due="2026-04-02")], "2026-03-20"))[0]["UID"]
    assert first == later
    uids = [e["UID"] for e in events(ics([thing(), thing(), thing("Other")], DAY))]
    assert len(set(uids)) == 3


def test_lines_end_in_crlf_are_folded_and_say_what_was_put_in():
    long = thing(what="Ungew\u00f6hnlich " * 20 + "a, b; c\\d")
    data = ics([long], DAY, names=True)
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert max(map(len, data.split(b"\r\n"))) <= 75
    assert str(events(data)[0]["SUMMARY"]) == f"Amelia Khan: {long.what}"


def test_the_same_day_gives_the_same_bytes():
    assert ics([thing()], DAY) == ics([thing()], DAY)


def test_what_is_overdue_stands_on_today():
    event = events(ics([thing(due="2026-02-01")], DAY))[0]
    assert str(event["DTSTART"].to_ical(), "ascii") == "20260316"
    assert str(event["SUMMARY"]).endswith("(overdue)")


def test_nothing_due_is_an_empty_calendar():
    assert events(ics([], DAY)) == []


def arranged(time="3.30 pm", day="2026-03-27", kind="meeting"):
    due = thing("Meeting that is arranged", day, kind)
    return Appointment(due, on_the_clock(time), f"p7k2q {kind} m3ab")


def test_a_meeting_has_its_hour_in_london_before_and_after_the_clocks_change():
    said = ("09:00", "9.05", "12 noon", "noon", "12.30 am", "3pm", "15:30", "25:00", "")
    times = ["09:00", "09:05", "12:00", "12:00", "00:30", "15:00", "15:30", "", ""]
    assert [on_the_clock(text) for text in said] == times
    for day, zulu in (("2026-03-27", "15:30"), ("2026-03-30", "14:30")):
        data = ics([], DAY, arranged=[arranged(day=day)])
        event = events(data)[0]
        assert event["DTSTART"].params["TZID"] == "Europe/London"
        begins, ends = (event[key].dt for key in ("DTSTART", "DTEND"))
        assert f"{begins.astimezone(UTC):%Y-%m-%d %H:%M}" == f"{day} {zulu}"
        assert (ends - begins).total_seconds() == 3600
        assert data.count(b"BEGIN:VTIMEZONE") == 1
    whole = ics([], DAY, arranged=[arranged(time="after school")])
    assert b"VTIMEZONE" not in whole
    review = arranged(kind="annual_review")
    assert len(events(ics([review.due], DAY, arranged=[review]))) == 1


def test_made_again_it_counts_changes_and_cancels_what_is_done():
    other = thing("Other")
    first = ics([thing(), other], DAY, names=True)
    moved = [thing(due="2026-04-02")]
    second = ics(moved, "2026-03-17", before=first)
    by_uid = {str(event["UID"]): event for event in events(second)}
    assert [str(e["UID"]) for e in events(first)] == [*by_uid]
    kept, gone = by_uid.values()
    assert (kept["SEQUENCE"], gone["SEQUENCE"]) == (1, 1)
    assert (str(gone["STATUS"]), str(gone["SUMMARY"])) == ("CANCELLED", DONE)
    assert b"Khan" not in second
    third = ics(moved, "2026-03-18", before=second)
    assert [event["SEQUENCE"] for event in events(third)] == [1, 1]
    assert len(events(ics(moved, "2026-07-01", before=third))) == 1
    again = ics([*moved, other], "2026-03-19", before=third)
    assert [event["SEQUENCE"] for event in events(again)] == [1, 2]
    foreign = first.replace(b"sencli", b"other1")
    for odd in (
        foreign,
        first[:300],
        b"",
        b"\xff\0",
        first.replace(b"DTSTAMP:", b"X:"),
    ):
        assert len(events(ics(moved, DAY, before=odd))) == 1
