"""Letters: a day and a time that can be, and no reasons that nobody meant to give."""

from __future__ import annotations

import pytest

from tests.conftest import Typed
from tests.conftest import school_of

TODAY = "2026-01-15"
REVIEW = "print letter-review-invitation amelia"
ANNUAL = "print letter-annual-review-invitation amelia"
INTERNAL = "The family cannot cope"


@school_of
def school(oak: Typed) -> None:
    """A pupil with an open cycle and an EHC plan, and a school with terms."""
    oak('sen staff add SC --name "S. Cole" --role SENCO')
    holiday = "--half-term 16/02/2026 20/02/2026 --closed 02/02/2026"
    oak(f"sen term add 'Spring 2026' 05/01/2026 27/03/2026 {holiday}")
    oak("sen pupil add 'Amelia Khan' --year-group 4 --class 4B")
    oak("sen contact add amelia 'Sana Khan' --relationship mother")
    oak("sen status set amelia K --since 2025-09-15")
    oak('sen cycle open amelia --date 2025-09-15 --assessment "Words are hard."')
    oak("sen cycle plan amelia --date 2025-09-18 --review-by 2026-03-12")
    oak("sen ehc issue amelia --date 2025-03-10")


def sen(school: Typed, line: str, **more: int) -> str:
    done = school(f"sen {line}", today=TODAY, **more)
    return done.out if not more else done.err


@pytest.mark.parametrize("letter", [REVIEW, ANNUAL])
def test_an_invitation_needs_a_day_and_a_time(school: Typed, letter: str) -> None:
    refused = sen(school, letter, code=3)
    assert "On what day is the meeting about Amelia Khan?" in refused
    refused = sen(school, f"{letter} --on 12/03/2026", code=3)
    assert "At what time is the meeting about Amelia Khan?" in refused
    told = sen(school, f"{letter} --on 12/03/2026 --time '3.30 pm' --place 'Room 4'")
    assert "Day:    Thursday 12 March 2026" in told
    assert "Time:   3.30 pm" in told
    assert "Room 4" in told


@pytest.mark.parametrize("letter", [REVIEW, ANNUAL])
@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("14/01/2026", "14 January 2026 is past."),
        ("07/03/2026", "7 March 2026 is a Saturday."),
        ("02/02/2026", "The school is closed on 2 February 2026."),
        ("17/02/2026", "The school is closed on 17 February 2026."),
        ("03/04/2026", "3 April 2026 is a bank holiday."),
        ("07/04/2026", "The school is closed on 7 April 2026."),
    ],
)
def test_no_invitation_to_a_day_that_cannot_be(
    school: Typed, letter: str, day: str, why: str
) -> None:
    line = f"{letter} --on {day} --time 15.30"
    refused = sen(school, line, code=3)
    assert why in refused
    assert "--any-day" in refused
    assert "We would like to" in sen(school, f"{line} --any-day")


def test_two_weeks_are_promised_only_where_there_are_two(school: Typed) -> None:
    notice = "You will receive the reports at least two weeks before the meeting."
    assert notice in sen(school, f"{ANNUAL} --on 29/01/2026 --time 15.30")
    done = school(f"sen {ANNUAL} --on 28/01/2026 --time 15.30", today=TODAY)
    assert "two weeks" not in done.out
    assert "the meeting is less than two weeks away" in done.err


def test_a_meeting_that_is_recorded_needs_no_day(school: Typed) -> None:
    sen(school, "meeting add amelia --date 10/03/2026 --kind review")
    sen(school, "ehc review amelia --date 04/03/2026 --invited all")
    told = sen(school, f"{REVIEW} --time 15.30")
    assert "Tuesday 10 March 2026" in told
    told = sen(school, f"{ANNUAL} --time 15.30")
    assert "Wednesday 4 March 2026" in told
    assert "Also invited:  the school, the council, the health service" in told


def test_reasons_of_the_record_stay_in_it_unless_they_are_asked_for(
    school: Typed,
) -> None:
    sen(school, f'specialist refer amelia EP --reason "{INTERNAL}"')
    sen(school, f'status set amelia N --since 12/01/2026 --reason "{INTERNAL}"')
    letters = ("print letter-support-ends", "print letter-specialist-consent")
    for letter, more in zip(letters, ("", "--service EP"), strict=True):
        done = school(f"sen {letter} amelia {more}", today=TODAY)
        assert INTERNAL not in done.out
        assert "the reason in the record is not on the letter" in done.err
        assert f"The reason: {INTERNAL}" in sen(
            school, f"{letter} amelia {more} --with-reasons"
        )
        typed = f'sen {letter} amelia {more} --reason "THE REASON"'
        assert "stands for" in school(typed, today=TODAY, code=3).err
        own = sen(school, f"{letter} amelia {more} --reason 'He has caught up'")
        assert "The reason: He has caught up" in own
        assert INTERNAL not in own


def test_no_paper_of_the_family_holds_a_reason_of_the_record(school: Typed) -> None:
    sen(school, 'provision add talk --name "Talking group" --tier targeted')
    sen(school, "intervention add amelia talk --start 22/09/2025 --end 12/12/2025")
    sen(school, f'intervention end amelia 1 --date 01/12/2025 --reason "{INTERNAL}"')
    sen(school, f'status set amelia K --since 12/01/2026 --reason "{INTERNAL}"')
    sen(school, f'exception add amelia C01 --reason "{INTERNAL}"')
    sen(
        school,
        f"cycle review amelia --date 14/01/2026 --decision continue "
        f'--decision-reason "{INTERNAL}"',
    )
    papers = ("summary", "print support-plan", "print profile", "print case")
    for paper in papers:
        reader = "--for parent" if paper == "print case" else ""
        for fmt in ("text", "json", "html", "md"):
            shown = sen(school, f"{paper} amelia {reader} --format {fmt}")
            assert INTERNAL not in shown, (paper, fmt)
    assert INTERNAL in sen(school, "summary amelia --with-reasons")
    assert INTERNAL in sen(school, "print case amelia --for parent --with-reasons")


def test_of_several_those_whom_the_paper_does_not_fit_are_named(school: Typed) -> None:
    sen(school, "pupil add 'Ben Ash' --year-group 4 --class 4B")
    done = school("sen summary amelia ben", today=TODAY)
    assert "Support for Amelia Khan" in done.out
    assert "Ben" not in done.out
    assert "Left out: Ben Ash has no SEN support, and no cycle is open" in done.err
    refused = school("sen summary ben", today=TODAY, code=3)
    assert "sen cycle open" in refused.err


def test_a_leaver_has_a_page_of_the_last_day(school: Typed) -> None:
    sen(school, "pupil leave amelia --date 14/01/2026")
    refused = school("sen summary amelia", today="2026-01-20", code=3).err
    assert "Amelia Khan left the school on 14 January 2026" in refused
    command = refused.partition("on the last day: ")[2].splitlines()[0]
    assert "Support for Amelia Khan" in school(command, today="2026-01-20").out


def test_no_parent_gets_a_paper_of_a_day_to_come(school: Typed) -> None:
    refused = sen(school, "summary amelia --as-at 01/03/2026", code=2)
    assert "1 March 2026 has not come yet" in refused


@pytest.mark.parametrize(
    "line",
    ["register", "map", "print case amelia", "print class-map", "print timetable"],
)
def test_a_paper_of_a_day_to_come_says_that_it_looks_ahead(
    school: Typed, line: str
) -> None:
    note = "Looking ahead to 1 March 2026: what is recorded by 15 January 2026."
    assert note in sen(school, f"{line} --as-at 01/03/2026")
    assert "Looking ahead" not in sen(school, line)
