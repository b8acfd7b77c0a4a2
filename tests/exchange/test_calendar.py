"""The calendar that a phone takes in."""

from __future__ import annotations

import icalendar

from sencli.core.due.due import Due
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
