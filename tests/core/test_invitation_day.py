"""The next meeting that a paper may promise."""

from __future__ import annotations

from sencli.core.papers.invitation_day import coming

DAY = "2025-12-12"


def test_a_meeting_that_has_been_is_not_promised() -> None:
    meeting = {"date": DAY, "time": "15:30"}
    reviewed = [{"review": {"date": DAY}}]
    for record, promised in (
        ({"meetings": [meeting]}, meeting),
        ({"meetings": [{**meeting, "attended": ["parent"]}]}, {}),
        ({"meetings": [meeting], "cycles": reviewed}, {}),
        (
            {"meetings": [{"date": "2026-01-09"}], "cycles": reviewed},
            {"date": "2026-01-09"},
        ),
    ):
        assert coming("review-invitation", record, DAY) == promised
