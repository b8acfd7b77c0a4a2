"""By when an answer is asked for: on a day of school, and before the meeting."""

from __future__ import annotations

from sencli.core.papers.return_day import return_day

TERMS = [{"name": "Autumn", "start": "2026-09-02", "end": "2026-12-18"}]


def test_it_is_in_a_week_on_a_day_of_school() -> None:
    assert return_day("2026-11-30", "", TERMS) == "2026-12-07"
    assert return_day("2026-11-28", "", TERMS) == "2026-12-04"  # a Saturday


def test_it_is_before_the_meeting_and_never_past() -> None:
    assert return_day("2026-11-30", "2026-12-04", TERMS) == "2026-12-03"
    assert return_day("2026-11-30", "2026-12-01", TERMS) == ""
