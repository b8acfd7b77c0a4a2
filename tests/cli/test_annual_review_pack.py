"""The annual review pack as it is typed: parts, readers, files, and what is kept."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Typed
from tests.conftest import school_of


@school_of
def ben(oak: Typed) -> None:
    oak("staff", "add", "JP", "--name", "J. Patel", "--role", "SENCO", code=None)
    oak("pupil", "add", "Ben Ash", "--year", "6")
    for name, kin in (("Lou Ash", "father"), ("Di Ash", "mother")):
        oak(
            *("contact", "add", "ben", name, "--relationship", kin),
            *("--parental-responsibility", "--not-lives-with"),
        )
    oak("contact", "add", "ben", "Ty Ash", "--relationship", "uncle")
    oak("status set ben K --since 03/09/2024")


@pytest.fixture
def planned(ben):
    ben(
        *("ehc", "issue", "ben", "--date", "10/03/2025", "--authority", "Westmere"),
        *("--outcome", "Takes part in a conversation", "--provision", "Therapy"),
    )
    return ben


def record(typed):
    return json.loads(typed("pupil", "show", "ben", "--format", "json").out)


def test_there_is_a_pack_where_there_is_a_plan_and_a_meeting(ben):
    refused = ben("print annual-review ben", code=3)
    assert "is not recorded, so there is no annual review" in refused.err
    ben("ehc issue ben --date 10/03/2025 --outcome Talks")
    done = ben("print annual-review ben")
    assert "the day of the meeting is not known" in done.err
    assert "No meeting is planned" in done.out
    assert "Dear" not in done.out
    refused = ben("print annual-review ben --part attendance", code=3)
    assert "On what day is the review" in refused.err
    refused = ben("print annual-review ben --part invitation --to health", code=3)
    assert "--on DATE --time TIME" in refused.err
    assert ben("print annual-review ben --part cover", code=3).err
    assert "--part" in ben("print summary ben --part report", code=2).err
    assert "'post'" in ben("print annual-review ben --part post", code=2).err


def test_each_part_is_for_its_readers(planned):
    planned("ehc review ben --date 12/11/2025 --time '2 pm' --place Hall")
    whole = planned("print annual-review ben").out
    for words in ("For the SENCO alone", "Dear Lou Ash,", "Dear Di Ash,", "Dear Ben,"):
        assert words in whole
    one = planned("print annual-review ben --to Lou").out
    assert "Di Ash" not in one
    assert "SENCO alone" not in one
    health = planned("print annual-review ben --part invitation --to health").out
    assert health.count("Dear ") == 1
    agency = planned("print annual-review ben --for agency").out
    assert "Dear Ben," not in agency
    assert "SENCO alone" not in agency
    assert "Dear Ben," in planned("print annual-review ben --for parent").out
    nobody = planned("print annual-review ben --to Zara", code=4)
    assert "Name one of: Lou Ash, Di Ash" in nobody.err
    assert (
        "No part of" in planned("print annual-review ben --for inspector", code=2).err
    )
    planned("print annual-review ben --for governor", code=2)
    planned("contact set ben Di --sharing none")
    kept = planned("print annual-review ben")
    assert "Nothing goes to Di Ash" in kept.err
    assert "Dear Di" not in kept.out


def test_files_are_one_for_each_reader_and_name_nobody(planned):
    planned(
        *("ehc", "review", "ben", "--date", "12/11/2025", "--time", "2 pm"),
        *("--invite", "health=Dr Lee:18/10/2025"),
        *("--invite", "health=Dr Roe:18/10/2025"),
    )
    done = planned(
        *("print", "annual-review", "ben", "--part", "invitation", "--each"),
        *("--format", "md", "--output", "out"),
    )
    assert "Written: 8 files in out" in done.err
    names = sorted(p.name for p in (planned.folder / "out").iterdir())
    pupil = record(planned)["id"]
    assert f"annual-review-{pupil}-invitation-health.md" in names
    assert f"annual-review-{pupil}-invitation-health-2.md" in names
    assert not any("Ben" in name or "lou" in name.casefold() for name in names)


def test_what_was_sent_asked_and_given_is_kept(planned):
    line = "print annual-review ben --on 12/11/2025 --time '2 pm'"
    refused = planned(f"{line} --part missing --record", code=2)
    assert "stay with the school" in refused.err
    assert "issued" not in record(planned)
    done = planned(f"{line} --record")
    assert "Recorded: 20 parts sent" in done.err
    kept = record(planned)
    (review,) = kept["ehc"]["reviews"]
    assert (review["date"], review["time"]) == ("2025-11-12", "2 pm")
    assert review["circulated"] == "2025-10-20"
    assert {i["role"]: i["date"] for i in review["invited"]} == dict.fromkeys(
        ("parent", "school", "authority", "health", "social_care"), "2025-10-20"
    )
    asked = {a["of"]: (a["requested"], a["due"]) for a in review["advice"]}
    assert asked["health"] == ("2025-10-20", "2025-10-22")
    assert len(asked) == 7
    assert {c["id"] for c in kept["contacts"][:2]} < {*asked}
    told = {(entry["document"], entry["to"]) for entry in kept["issued"]}
    assert ("annual-review (invitation)", "health") in told
    assert ("annual-review (views)", "pupil") in told
    assert not any("missing" in document for document, _ in told)
    # the code on the paper is that of the record with what sending it proves
    shown = planned("print annual-review ben --part report --to health").out
    assert kept["issued"][0]["content"] in shown
    # again: what was sent first keeps its day
    planned(f"{line} --part invitation --to health --record", today="2025-10-21")
    (review,) = record(planned)["ehc"]["reviews"]
    assert {i["date"] for i in review["invited"]} == {"2025-10-20"}


def test_after_the_meeting_the_report_goes_with_its_cover(planned):
    planned("ehc review ben --date 12/11/2025 --time noon")
    later = {"today": "2025-11-14"}
    draft = planned("print annual-review ben --part report --strict", code=3, **later)
    assert "The report recommends nothing yet" in draft.err
    planned(
        *("ehc", "review", "ben", "--attended", "Lou,pupil,JP", "--outcome"),
        *("1=on_track", "--recommendation", "keep", "--differences", "None"),
        **later,
    )
    done = planned("print annual-review ben --record", **later)
    assert "Dear SEN officer," in done.out
    assert "to keep the plan" in done.out or "keep" in done.out
    (review,) = record(planned)["ehc"]["reviews"]
    assert review["report_sent"] == "2025-11-14"
    assert "circulated" not in review


def test_another_childs_name_is_said(planned):
    planned("pupil add 'Zebedee Quill' --year 6")
    line = "print annual-review ben --part report"
    later = {"today": "2025-11-14"}
    planned(
        *("ehc", "review", "ben", "--date", "12/11/2025", "--recommendation", "keep"),
        *("--differences", "Zebedee Quill's mother disagreed", "--attended", "JP"),
        **later,
    )
    assert "Zebedee" in planned(line, **later).err
    assert planned(f"{line} --strict", code=3, **later).out == ""


FILLED = {
    "WHAT WAS SAID": "Nobody differed",
    "TIME": "noon",
    "PLACE": "Hall",
    "DATE": "today",
    "NUMBER": "1",
    "RESULT": "on_track",
    "VALUE": "1",
    "WHO": "Lou",
    "keep|amend|cease": "keep",
}


@pytest.mark.parametrize("today", ["2025-10-20", "2025-11-14"])
def test_what_is_missing_is_mended_by_what_is_to_be_typed(planned, today):
    planned("ehc review ben --date 12/11/2025 --advice-requested health")
    line = "print annual-review ben --part missing"
    page = planned(line, today=today).out
    lines = [text.strip() for text in page.splitlines() if text.strip()[:4] == "sen "]
    assert len(lines) >= 6
    for typed in lines:
        filled = typed.removeprefix("sen ")
        for word, value in FILLED.items():
            filled = filled.replace(word, value)
        done = planned(filled, code=None, today=today)
        assert done.code != 2, (filled, done.err)
        # there is nothing yet to measure, and nothing that carries out a line
        assert done.code == 0 or "outcome set" in typed or "intervention" in typed
    again = planned(line, today=today).out
    for words in (
        "The time of",
        "Not invited",
        "Who came",
        "is not rated",
        "nothing yet",
    ):
        assert words not in again


def test_the_family_is_written_to_in_its_language_and_nobody_else(planned):
    planned("ehc review ben --date 12/11/2025 --time noon")
    planned("contact set ben Lou --language Polish")
    said = planned("print annual-review ben --part views").out
    assert "Co Państwo myślą: Ben" in said
    assert "What you think: Ben's annual review" in said
    whole = planned("print annual-review ben --lang pl").out
    assert "Twoje spotkanie" in whole
    assert "You are invited as the officer of the authority" in whole
    assert "Zapraszamy" not in planned("print annual-review ben --to authority").out
