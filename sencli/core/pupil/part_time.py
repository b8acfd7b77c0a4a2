"""Part-time timetables: hours, why, the parents' agreement, the review, the end."""

from __future__ import annotations

from sencli.core.pupil.arrangements import Kind
from sencli.core.pupil.arrangements import in_order
from sencli.core.pupil.arrangements import number_words
from sencli.core.pupil.arrangements import running
from sencli.core.pupil.arrangements import span_words
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.record.wording import who_is
from sencli.core.text.dates import add_days
from sencli.core.text.dates import words

REVIEW_DAYS = 28


def hours_words(entry: Entry) -> str:
    """``15 hours a week``; "" where they are not recorded."""
    if "hours_a_week" not in entry:
        return ""
    return f"{number_words(entry['hours_a_week'], 'hour')} a week"


def part_time_label(entry: Entry) -> str:
    """``part-time timetable, 15 hours a week, from 3 November 2025, review by ...``."""
    hours = f" {hours_words(entry)}," if hours_words(entry) else ""
    review = (
        f", review by {words(entry['review_by'])}"
        if "review_by" in entry and "until" not in entry
        else ""
    )
    return f"part-time timetable,{hours} {span_words(entry)}{review}"


KIND = Kind(
    *("part_time_timetables", "part-time timetable", part_time_label, "part-time"),
    *("--hours NUMBER --review-by DATE", "--hours NUMBER"),
)


def timetables_in_order(record: Entry) -> list[Record]:
    """The part-time timetables, oldest first."""
    return in_order(record, KIND)


def part_time_on(record: Entry, day: str) -> Record | None:
    """The part-time timetable in force on the day, or ``None``."""
    found = running(record, KIND, day)
    return found[-1] if found else None


def next_review(entry: Entry) -> str:
    """The day by which it is to be looked at again; four weeks where none is agreed."""
    agreed = str(entry.get("review_by", ""))
    last = max(entry.get("reviewed", ()), default="")
    if agreed > last:
        return agreed
    return add_days(last or str(entry["from"]), REVIEW_DAYS)


def consent_words(entry: Entry, record: Entry) -> str:
    """``Sana Khan agreed on 3 November 2025``; "" where nothing is recorded."""
    consent = entry.get("consent")
    if consent is None:
        return ""
    by = who_is(consent["by"], record) if "by" in consent else "parents"
    when = f" on {words(consent['date'])}" if "date" in consent else ""
    return f"{by} {'agreed' if consent['given'] else 'did not agree'}{when}"
