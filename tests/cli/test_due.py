"""``sen due`` as typed."""

from __future__ import annotations

import json
import os

import icalendar

from tests.conftest import Typed
from tests.conftest import school_of


@school_of
def school(oak: Typed) -> None:
    oak("staff", "add", "KM", "--name", "K. Morris", "--role", "teacher")
    oak("pupil", "add", "Amelia Khan", "--year-group", "4", "--class", "4B")
    oak("pupil", "add", "Ben Adeyemi", "--year-group", "5", "--class", "5A")
    oak("status", "set", "amelia", "K", "--since", "15/09/2025", "--reason", "Agreed")
    oak(
        "cycle",
        "open",
        "amelia",
        "--date",
        "15/09/2025",
        "--teacher",
        "KM",
        "--assessment",
        "Reads 22 of 100 common words",
    )
    oak(
        "cycle",
        "plan",
        "amelia",
        "--date",
        "18/09/2025",
        "--review-by",
        "10/11/2025",
    )


def found(sen: Typed, *words: str, today: str = "") -> list[dict[str, object]]:
    return json.loads(sen("due", *words, "--format", "json", today=today).out)


def test_what_is_due_with_what_to_type(school):
    item = found(school)[0]
    assert (item["kind"], item["due"], item["overdue"]) == (
        "review",
        "2025-11-10",
        False,
    )
    assert item["name"] == "Amelia Khan"
    assert str(item["command"]).startswith(f"sen cycle review {item['pupil']}")
    assert found(school, today="2025-11-11")[0]["overdue"] is True


def test_an_interpreter_is_to_be_booked_for_a_review(school):
    assert "interpreter" not in str(found(school)[0]["what"])
    school("contact add amelia 'Sana Khan' --interpreter --language Urdu")
    assert str(found(school)[0]["what"]).endswith("(interpreter: Urdu)")
    school("contact end amelia sana --date today")
    assert "interpreter" not in str(found(school)[0]["what"])


def test_how_far_ahead(school):
    assert found(school, "--within", "2w") == []
    assert len(found(school, "--within", "21d")) == 1
    assert len(found(school, "--within", "10/11/2025")) == 1


def test_whose_and_which(school):
    assert found(school, "--class", "5a") == []
    assert len(found(school, "--class", "4b")) == 1
    assert len(found(school, "--mine", "km")) == 1
    assert len(found(school, "--mine", "morris")) == 1
    assert found(school, "--mine", "patel") == []
    assert "No member of staff" in school("due", "--mine", "XY", code=4).err
    assert found(school, "--kind", "advice") == []
    assert "Kinds:" in school("due", "--kind", "cake", code=2).err


def test_the_past_is_judged_on_its_day(school):
    assert found(school, "--as-at", "16/09/2025", "--within", "8w")[0]["kind"] != (
        "review"
    )
    late = found(school, "--as-at", "01/12/2025")
    assert {"review"} <= {item["kind"] for item in late if item["overdue"]}


def test_a_change_shows_at_once(school):
    school("due")
    school("cycle", "plan", "amelia", "--review-by", "07/11/2025")
    assert found(school)[0]["due"] == "2025-11-07"


def test_table_and_forecast(school):
    out = school("due").out
    assert "1 thing is due by 17 November 2025, none overdue." in out
    assert "Reviews in the weeks to come" in out
    assert "Reviews in" not in school("due", "--no-forecast").out
    assert "Nothing is due" in school("due", "--class", "5A").out


def test_the_calendar(school):
    file = school.folder.parent / "sen.ics"
    school("due", "--output", str(file))
    data = file.read_bytes()
    assert b"Amelia" not in data
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert len(events) == 1
    named = school("due", "--format", "ics", "--names").out
    assert "Amelia Khan" in named
    school("due", "--output", str(file), code=2)
    school("meeting add amelia --kind termly --date +9d --time '3.30 pm'")
    school("due", "--output", str(file), "--force")
    events = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert [f"{e['DTSTART'].dt:%H:%M}" for e in events] == ["00:00", "15:30"]
    school("due", "--within", "1w", "--output", str(file), "--force")
    events = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert str(events[-1]["STATUS"]) == "CANCELLED"
    assert os.name == "nt" or file.stat().st_mode & 0o777 == 0o600


def test_a_broken_record_does_not_hide_the_others(school):
    ben = next(
        p
        for p in (school.folder / "pupils").iterdir()
        if "Ben" in p.read_text(encoding="utf-8")
    )
    ben.write_text("first_name: [\n", encoding="utf-8", newline="\n")
    result = school("due", code=3)
    assert "Amelia Khan" in result.out
    assert "could not be read" in result.err


def test_a_leaving_to_come(school):
    """Support goes on until its day; nothing is promised or due for after it."""
    told = school("pupil leave amelia --date 24/10/2025").out
    assert "Until then nothing else changes" in told
    assert "leaves on 24 October 2025" in school("pupil show amelia").out
    assert "10 November 2025" not in school("summary amelia").out
    assert "10 November 2025" not in school("print support-plan amelia").out
    assert "Review the plan" not in school("due --within 20w").out
    school("session log amelia --date today", code=None)
    assert school("check amelia", code=None).out.count("is open, and") == 0
    # it may be put off, and taken back
    school("pupil leave amelia --date 31/10/2025")
    refused = school("pupil return amelia --date today", code=3).err
    late = school("due", today="2025-11-03").out
    assert "Close the cycle that is still open (left on 31 October 2025)" in late
    found = json.loads(
        school("check amelia --format json", today="2025-11-03", code=1).out
    )
    (mend,) = [f["mend"] for f in found if f["code"] == "cycle"]
    assert "cycle is closed" in school(mend, today="2025-11-03").out
    school("undo --yes")
    school(refused.rpartition("on that day: ")[2].strip())
    assert "10 November 2025" in school("summary amelia").out
