"""Plans that come and move, appeals, exceptions, and what authorities owe, as typed."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.conftest import Typed
from tests.conftest import school_of

DAY = {"today": "2026-03-20"}


@school_of
def ben(oak: Typed) -> None:
    """Ben of Year 6, whose plan moved to Westmere, and a review before his move."""
    oak("school set authority_name=Westmere")
    oak("staff", "add", "JP", "--name", "J. Patel", "--role", "SENCO", code=None)
    oak("pupil", "add", "Ben Ash", "--year", "6", "--date-of-birth", "14/03/2015")
    oak("status set ben K --since 03/09/2024")
    oak(
        "ehc join ben --date 02/09/2025 --issued 10/03/2024 --authority Eastshire "
        "--from-school 'Elm Infants' --reviewed 01/03/2025 --officer 'R. Lane'"
    )
    oak("ehc move ben --to Westmere --date 01/10/2025")
    oak(
        "ehc review ben --date 14/10/2025 --kind phase_transfer --invited all "
        "--invited-on 20/09/2025 --decision amend --decided 20/11/2025 "
        "--report-sent 20/10/2025",
        today="2025-11-20",
    )


def plan(typed: Typed) -> dict:
    kept = json.loads(typed("pupil", "show", "ben", "--format", "json").out)
    return kept["ehc"]["plans"][0]


def test_a_pupil_comes_with_a_plan_that_then_moves(ben: Typed) -> None:
    kept = plan(ben)
    assert kept["joined"] == "2025-09-02"
    assert kept["joined_from"] == "Elm Infants"
    (moved,) = kept["transfers"]
    assert (moved["from_authority"], moved["to_authority"]) == ("Eastshire", "Westmere")
    assert "officer" not in kept  # R. Lane is of the other authority
    shown = ben("ehc show ben", **DAY).out
    assert "2 September 2025 from Elm Infants" in shown
    assert "Held elsewhere: Elm Infants" in shown
    late = "due on 12 November 2025, 128 days late"
    assert f"reviews (six weeks): {late}" in " ".join(shown.split())
    assert "20 November 2025, late by 9 days (due on 11 November 2025)" in shown
    said = "--told 20/11/2025 --no-reassess --review-by 01/03/2026"
    assert "late by 8 days" in ben(f"ehc move ben {said}", **DAY).out
    shown = ben("ehc show ben", **DAY).out
    assert "does not assess anew; reviews by 1 March 2026" in shown
    history = ben("history ben").out
    assert "added move of the plan to 'Westmere' on 1 October 2025" in history
    assert "will assess anew no" in history
    before = ben("ehc show ben --as-at 20/09/2025").out
    assert "Eastshire" in before
    assert "Westmere" not in before


def test_what_an_authority_owes_is_listed_and_asked_for(ben: Typed) -> None:
    shown = ben("ehc late", **DAY).out
    assert "Westmere" in shown
    assert "4 steps late on 20 March 2026, for 1 pupil." in shown
    told = json.loads(ben("ehc late --format json", **DAY).out)
    assert {t["step"]: t["days_late"] for t in told} == {
        "told": 128,
        "notice": 129,
        "amended": 73,
        "phase": 33,
    }
    assert [t["days_late"] for t in told] == sorted(
        (t["days_late"] for t in told), reverse=True
    )
    rows = list(csv.DictReader(io.StringIO(ben("ehc late --format csv", **DAY).out)))
    assert len(rows) == 4
    assert (
        "No authority called 'north'"
        in ben("ehc late --authority north", code=4, **DAY).err
    )
    letter = ben("print letter-authority-late ben", **DAY).out
    flat = " ".join(letter.split())
    for words in (
        "Dear SEN team,",
        "I write about Ben Ash, born 14 March 2015, a pupil at our school with an EHC",
        "20 November 2025: you decided to amend the plan.",
        "The amended final plan, within twelve weeks of the meeting",
        "SEND Regulations 2014 reg 18(1)",
        "Yours sincerely, J. Patel (SENCO)",
    ):
        assert words in flat, words
    assert ben("print letter-authority-late", **DAY).out == letter
    ben("print letter-authority-late ben --record", **DAY)
    kept = json.loads(ben("pupil", "show", "ben", "--format", "json").out)
    given = kept["issued"][-1]
    assert (given["document"], given["to"]) == ("letter-authority-late", "Westmere")
    told = json.loads(ben("ehc late --format json", **DAY).out)
    assert {item["asked"] for item in told} == {"2026-03-20"}
    ben("school set sen_team.name='Ms Dean' sen_team.address='1 High Street, Westmere'")
    addressed = " ".join(ben("print letter-authority-late ben", **DAY).out.split())
    assert "Ms Dean Westmere 1 High Street, Westmere 20 March 2026" in addressed
    assert "Dear Ms Dean," in addressed
    again = " ".join(
        ben("print letter-authority-late ben", today="2026-04-20").out.split()
    )
    assert "20 March 2026: we asked you for what was late by then." in again
    for line, said in (
        ("--for parent", "for the local authority, and for nobody else"),
        ("--lang pl", "written in English"),
    ):
        refused = ben(f"print letter-authority-late ben {line}", code=2, **DAY)
        assert said in refused.err


def test_every_clock_is_in_due_check_and_the_calendar(ben: Typed) -> None:
    due = json.loads(ben("due --within 52w --format json", **DAY).out)
    said = " ".join(item["what"] for item in due if item["kind"] == "statutory")
    for step in ("amended plan", "notice of amendments", "next phase", "six weeks"):
        assert step in said, step
    found = json.loads(ben("check ben --format json", code=1, **DAY).out)
    text = json.dumps(found)
    assert "73 days late (SEND Regulations 2014 reg 22(3)" in text
    assert "33 days late" in text
    calendar = ben("due --format ics --names", **DAY).out.replace("\r\n ", "")
    assert "The amended plan\\, within" in calendar or "amended plan" in calendar
    ben("ehc issue ben --amended 18/03/2026", **DAY)
    assert "No authority owes" not in ben("ehc late", **DAY).out
    left = json.loads(ben("ehc late --format json", **DAY).out)
    assert [item["step"] for item in left] == ["told"]
    late = "18 March 2026, late by 71 days (due on 6 January 2026)"
    assert late in ben("ehc show ben", **DAY).out


def test_an_exception_stops_what_is_late(ben: Typed) -> None:
    done = ben(
        "ehc exception ben amended --reason 'Roof fell in' --ground school_closed "
        "--from 01/12/2025 --until 10/01/2026 --date 12/01/2026",
        **DAY,
    )
    assert "excepted (the school was closed for four weeks or more" in done.out
    steps = [t["step"] for t in json.loads(ben("ehc late --format json", **DAY).out)]
    assert "amended" not in steps
    assert (
        "from 1 December 2025 until 10 January 2026" in ben("ehc show ben", **DAY).out
    )
    refused = ben(
        "ehc exception ben amended --reason x1 --from 02/02/2026 --until 01/02/2026",
        code=3,
        **DAY,
    )
    assert "comes before" in refused.err


def test_a_refusal_has_two_clocks(oak: Typed) -> None:
    oak("pupil add 'Cara Lo' --year 3")
    oak("ehc request cara --date 01/09/2025 --by parent --officer 'S. Dean'")
    told = oak("ehc decision cara refuse --date 13/10/2025 --reason 'Needs are met'")
    assert "the time ends on 13 December 2025" in told.err
    shown = oak("ehc show cara").out
    assert "Family's mediation certificate" in shown
    assert "until 13 December 2025" in shown
    assert "D17" in oak("check cara --level all", code=None).out
    done = oak("ehc appeal cara --certificate 01/12/2025", today="2025-12-02")
    assert "by 1 January 2026" in done.out
    oak("ehc appeal cara --appealed 05/01/2026 --note 'By post'", today="2026-01-06")
    late = "5 January 2026, late by 4 days (due on 1 January 2026)"
    assert late in oak("ehc show cara", today="2026-01-07").out
    done = oak(
        "ehc appeal cara --ended 01/02/2026 --result allowed", today="2026-02-02"
    )
    assert "allowed by the Tribunal" in done.out
    kept = json.loads(oak("pupil", "show", "cara", "--format", "json").out)
    (appeal,) = kept["ehc"]["appeals"]
    assert appeal["against"] == "not_assess"
    assert appeal["about"] == kept["ehc"]["requests"][0]["id"]
    assert "appeal against the decision not to assess" in oak("history cara").out


def test_the_letter_tells_each_authority_of_its_own(oak: Typed) -> None:
    oak("school set authority_name=Westmere")
    oak("pupil add 'Cara Lo' --year 3")
    oak("ehc issue cara --date 01/03/2023 --authority Westmere")
    said = "--decision amend --decided"
    oak(f"ehc review cara --date 01/02/2024 {said} 20/02/2024 --notice 20/02/2024")
    oak("ehc review cara --date 01/02/2025")
    letter = oak("print letter-authority-late cara", today="2025-03-15").out
    assert "1 February 2024: the annual review was held." in letter
    assert "of 1 February 2024" in " ".join(letter.split())
    assert "of 1 February 2025" in " ".join(letter.split())
    oak("ehc move cara --to Northby --date 20/03/2025 --told 20/03/2025")
    oak("ehc request cara --date 01/01/2025 --by parent", today="2025-03-21")
    letter = oak("print letter-authority-late cara", today="2025-03-21").out
    assert "Westmere" in letter
    assert "transferred to you" not in letter


def test_a_request_recorded_after_its_plan_is_answered_by_it(oak: Typed) -> None:
    oak("pupil add 'Cara Lo' --year 3")
    oak("ehc issue cara --date 01/05/2025")
    oak("ehc request cara --date 01/03/2024 --by parent")
    done = oak("ehc decision cara refuse --date 10/04/2024")
    assert "Final plan" not in done.out
    done = oak("ehc request cara --date 01/12/2024 --by parent")
    assert "Final plan issued (week 20): 1 May 2025, late by 11 days" in done.out
    assert "No authority owes" in oak("ehc late").out
    kept = json.loads(oak("pupil", "show", "cara", "--format", "json").out)
    first, second = kept["ehc"]["requests"]
    assert "plan" not in first
    assert second["plan"] == kept["ehc"]["plans"][0]["id"]


def test_a_review_held_elsewhere_is_late_in_no_format(ben: Typed) -> None:
    shown = json.loads(ben("ehc show ben --format json", **DAY).out)
    of = next(r["id"] for r in shown["reviews"] if r["date"] == "2025-03-01")
    assert not [step for step in shown["steps"] if step["of"] == of]


def test_a_draft_gives_fifteen_days(oak: Typed) -> None:
    oak("pupil add 'Cara Lo' --year 3")
    oak("ehc request cara --date 01/06/2025 --by parent --draft 14/10/2025")
    shown = oak("ehc show cara").out
    assert "Family's answer to the draft plan (15 days at least): until 29 October" in (
        " ".join(shown.split())
    )
    oak("ehc request cara --draft-answered 18/10/2025")
    assert "18 October 2025, in time" in oak("ehc show cara").out
    refused = oak("ehc request cara --draft-answered 01/10/2025", code=3)
    assert "after its answer" in refused.err


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("ehc join ben --date today --issued 11/03/2024", 2, "EHC plan of 10 March"),
        ("ehc join ben --date 01/02/2024 --issued 10/03/2024", 3, "before the plan"),
        ("ehc move ben --to westmere --date 05/10/2025 --told 01/10/2025", 3, "before"),
        ("ehc move ben --to Westmere --date today", 3, "maintains the plan already"),
        ("ehc move ben --to North --date 01/01/2024", 4, "no EHC plan in force"),
        ("ehc appeal ben --against not_assess --appealed today", 4, "No such decision"),
        ("ehc appeal ben --against plan --result allowed --note x1", 2, "--ended DATE"),
        ("ehc appeal ben --against plan --appealed 01/01/2024", 3, "before the auth"),
        (
            "ehc review ben --date 14/10/2025 --notice 01/10/2025",
            3,
            "before the review",
        ),
        ("ehc exception ben amended --reason Away --ground moon", 3, "moon"),
        ("print letter-authority-late ben --as-at 20/09/2025", 3, "owes anything"),
    ],
)
def test_what_cannot_be_is_refused(ben: Typed, line: str, code: int, said: str) -> None:
    result = ben(line, code=code, today="2025-12-01")
    assert said in " ".join(result.err.split())
    assert "Traceback" not in result.both


def test_a_plan_to_cease_stands_while_the_family_may_appeal(ben: Typed) -> None:
    ben(
        "ehc review ben --date 10/03/2026 --decision cease --decided 16/03/2026",
        **DAY,
    )
    done = ben("ehc cease ben --date 20/03/2026 --then K --reason Met", **DAY)
    assert "may appeal against the end of the plan until 16 May 2026" in done.err
    assert "Plan of 10 March 2024, ceased" in ben("ehc show ben", **DAY).out


def test_an_appeal_is_not_for_a_parent_with_limited_sharing(ben: Typed) -> None:
    said = "--parental-responsibility --sharing"
    ben(f"contact add ben 'Lou Ash' --relationship father {said} limited")
    ben(f"contact add ben 'Mo Ash' --relationship mother {said} full")
    ben("ehc appeal ben --against plan --appealed 01/05/2024")
    print_case = "print case ben --for parent --to"
    assert "Family's appeal against the plan" in ben(f"{print_case} mo").out
    assert "appeal" not in ben(f"{print_case} lou").out.casefold()
    moved = ben("print case ben --for agency").out
    assert "EHC plan moved to Westmere" in moved
    assert "Came to the school with the EHC plan" in moved


def test_what_is_a_young_persons_is_told_to_them(oak: Typed) -> None:
    oak("school set authority_name=Westmere")
    oak("pupil add 'Dina Fox' --year 12 --date-of-birth 01/02/2008")
    oak("ehc request dina --date 01/10/2025 --by pupil", today="2025-12-01")
    letter = oak("print letter-authority-late dina", today="2025-12-01").out
    assert "tell us and the young person in writing" in " ".join(letter.split())
    done = oak("ehc decision dina refuse --date 28/11/2025", today="2025-12-01")
    assert "the young person may appeal" in done.err
    assert "parents may appeal" not in done.err


def test_moves_are_in_order_however_they_are_recorded(oak: Typed) -> None:
    oak("pupil add 'Hal Ives' --year 4")
    oak("ehc join hal --date 02/09/2024 --issued 01/03/2023 --authority Eastshire")
    oak("ehc move hal --to Northby --date 01/06/2025")
    oak("ehc move hal --to Westmere --date 01/02/2025")
    kept = json.loads(oak("pupil", "show", "hal", "--format", "json").out)
    moves = kept["ehc"]["plans"][0]["transfers"]
    assert [(t["from_authority"], t["to_authority"]) for t in moves] == [
        ("Eastshire", "Westmere"),
        ("Westmere", "Northby"),
    ]
    oak("ehc cease hal --date 01/10/2025 --reason Abroad --then N")
    shown = oak("ehc show hal").out
    assert "Authority:  Northby" in shown
    assert "Eastshire" not in shown
