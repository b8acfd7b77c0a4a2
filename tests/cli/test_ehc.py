"""EHC requests, plans and annual reviews, as typed."""

from __future__ import annotations

import json

import pytest

from tests.conftest import Typed
from tests.conftest import school_of
from tests.editors import editor


@school_of
def ben(oak: Typed) -> None:
    oak("staff", "add", "JP", "--name", "J. Patel", "--role", "SENCO", code=None)
    oak("pupil", "add", "Ben Ash", "--year", "6")
    oak("contact", "add", "ben", "Lou Ash", "--relationship", "father")
    oak("status set ben K --since 03/09/2024")


@pytest.fixture
def with_plan(ben):
    ben(
        *("ehc", "issue", "ben", "--date", "10/03/2025", "--authority", "Westmere"),
        *("--outcome", "Takes part in a conversation", "--outcome", "Plays"),
        *("--provision", "Speech therapy, an hour a week", "--need", "Words"),
    )
    return ben


def ehc(oak):
    return json.loads(oak("pupil", "show", "ben", "--format", "json").out)["ehc"]


def status(oak):
    shown = json.loads(oak("pupil", "show", "ben", "--format", "json").out)
    return [(s["from"], s["provision"]) for s in shown["status"]]


def test_a_request_tells_what_is_due_when(ben):
    done = ben("ehc request ben --date 01/09/2025 --by parent --reason Stuck")
    assert "(week 6): by 13 October 2025" in done.out
    assert "(week 16): by 22 December 2025" in done.out
    assert "(week 20): by 19 January 2026" in done.out
    done = ben("ehc decision ben assess --date 10/10/2025")
    assert "The authority decided to assess (10 October 2025)" in done.out
    done = ben("ehc advice ben --requested 10/10/2025")
    assert "The school's advice (six weeks): by 21 November 2025" in done.out
    done = ben("ehc exception ben 'week 20' --reason 'Family away for five weeks'")
    assert "excepted (Family away for five weeks)" in done.out
    (request,) = ehc(ben)["requests"]
    assert request["decision"] == {"date": "2025-10-10", "outcome": "assess"}
    assert request["advice_requested"] == "2025-10-10"
    assert request["exceptions"][0]["step"] == "plan"


def test_a_refusal_is_first_of_the_assessment_then_of_the_plan(ben):
    ben("ehc request ben --date 01/09/2025 --by school")
    ben("ehc decision ben assess --date 10/10/2025")
    told = ben("ehc decision ben refuse --date 20/10/2025 --reason 'Needs are met'")
    assert "parents may appeal" in told.err
    (request,) = ehc(ben)["requests"]
    assert request["decision"]["outcome"] == "assess"
    assert request["plan_decision"]["outcome"] == "refuse"
    assert request["plan_decision"]["reason"] == "Needs are met"


def test_a_request_is_amended_withdrawn_and_another_begun(ben):
    ben("ehc request ben --date 01/09/2025 --by parent")
    ben("ehc request ben --authority Westmere --evidence-sent 10/09/2025")
    assert len(ehc(ben)["requests"]) == 1
    done = ben("ehc request ben --withdrawn 20/09/2025")
    assert "Withdrawn on 20 September 2025" in done.out
    ben("ehc request ben --date today --by 'young person'")
    assert [r["by"] for r in ehc(ben)["requests"]][1] == "pupil"


def test_a_plan_sets_the_status_and_answers_the_request(ben):
    ben("ehc request ben --date 01/09/2024 --by parent")
    done = ben(
        *("ehc", "issue", "ben", "--date", "10/03/2025", "--outcome", "Talks"),
        *("--provision", "Therapy", "--minutes", "1=60", "--serves", "1=1"),
        *("--pfa", "1=participation", "--placement", "Oak Primary"),
    )
    assert "SEN status: education, health and care plan (E)" in done.out
    assert "It answers the request of 1 September 2024" in done.out
    assert "it was due by 19 January 2025" in done.err
    assert "Annual review due by 10 March 2026" in done.out
    assert status(ben)[-1] == ("2025-03-10", "E")
    kept = ehc(ben)
    (plan,) = kept["plans"]
    assert kept["requests"][0]["plan"] == plan["id"]
    (item,) = plan["provision"]
    assert item["minutes_per_week"] == 60
    assert item["outcomes"] == [plan["outcomes"][0]["id"]]
    assert plan["outcomes"][0]["pfa"] == "participation"


def test_typed_again_a_plan_is_amended(with_plan):
    done = with_plan(
        *("ehc", "issue", "ben", "--shared-with-staff", "12/03/2025"),
        *("--amended", "01/09/2025", "--outcome", "2=Plays with two friends"),
        *("--outcome", "Takes part in a conversation"),
    )
    (plan,) = ehc(with_plan)["plans"]
    assert [o["text"] for o in plan["outcomes"]] == [
        "Takes part in a conversation",
        "Plays with two friends",
    ]
    assert plan["amended"] == ["2025-09-01"]
    assert "Plays -> 'Plays with two friends'" in done.out
    assert len(status(with_plan)) == 2


def test_a_plan_ends_and_the_status_with_it(with_plan):
    told = with_plan("ehc cease ben --date 01/10/2025 --reason 'Outcomes met'")
    assert "still E" in told.err
    told = with_plan("ehc cease ben --date 02/10/2025", code=4)
    assert "no EHC plan in force" in told.err


def test_a_plan_ceases_to_sen_support(with_plan):
    with_plan("ehc cease ben --date 01/10/2025 --reason 'Outcomes met' --then K")
    assert status(with_plan)[-1] == ("2025-10-01", "K")
    assert ehc(with_plan)["plans"][0]["ceased_reason"] == "Outcomes met"


def test_an_annual_review_from_invitation_to_decision(with_plan):
    done = with_plan(
        *("ehc", "review", "ben", "--date", "12/11/2025", "--invited", "all"),
        *("--advice-requested", "health,social care", "--kind", "annual"),
    )
    assert "Papers round, two weeks before: by 29 October 2025" in done.out
    with_plan("ehc", "review", "ben", "--invite", "health=Dr Lee:18/10/2025")
    with_plan("ehc review ben --circulated 20/10/2025 --advice-received health")
    later = {"today": "2025-11-13"}
    with_plan(
        *("ehc", "review", "ben", "--attended", "parent,pupil,JP"),
        *("--outcome", "1=on_track", "--outcome", "plays=achieved"),
        *("--evidence", "1=Asks in lessons", "--recommendation", "amend"),
        *("--parent-view", "Happier", "--pupil-view", "I like it", "--how", "talk"),
        *("--target", "1=Asks for help (by 31/07/2026)", "--differences", "None"),
        *("--employment", "A visit in May", "--pfa", "health=Own doctor"),
        **later,
    )
    done = with_plan(
        "ehc review ben --report-sent 20/11/2025 --decision amend --decided 01/12/2025",
        today="2025-12-01",
    )
    assert "sen ehc issue" in done.err
    kept = ehc(with_plan)
    (review,) = kept["reviews"]
    first, second = (o["id"] for o in kept["plans"][0]["outcomes"])
    assert review["plan"] == kept["plans"][0]["id"]
    roles = {i["role"]: (i["date"], i.get("who")) for i in review["invited"]}
    assert roles["health"] == ("2025-10-18", "Dr Lee")
    assert roles["parent"] == ("2025-10-20", None)
    assert len(roles) == 5
    assert review["advice"][0]["received"] == "2025-10-20"
    assert [(o["outcome"], o["result"]) for o in review["outcomes"]] == [
        (first, "on_track"),
        (second, "achieved"),
    ]
    assert review["interim_targets"][0]["by"] == "2026-07-31"
    assert review["interim_targets"][0]["outcome"] == first
    assert review["pfa"] == {"employment": "A visit in May", "health": "Own doctor"}
    assert review["decision"] == {"date": "2025-12-01", "outcome": "amend"}


def test_a_review_long_past_is_not_amended_by_accident(with_plan):
    with_plan("ehc review ben --date 12/05/2025 --attended parent")
    told = with_plan("ehc review ben --report-sent today", code=2)
    assert "Which review? The last one was on 12 May 2025" in told.err
    with_plan("ehc review ben --date today --attended parent,pupil")
    assert [r["date"] for r in ehc(with_plan)["reviews"]] == [
        "2025-05-12",
        "2025-10-20",
    ]


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("ehc decision ben assess", 4, "No request"),
        ("ehc cease ben --date today", 4, "no EHC plan in force"),
        ("ehc review ben --outcome 1=achieved", 4, "No outcomes of an EHC plan"),
        ("ehc issue ben --date today --outcome '3=x'", 4, "no outcome 3"),
        ("ehc issue ben --date today --outcome a --minutes 1=5", 4, "No provision"),
        ("ehc issue ben --date today --provision a --minutes 1=x", 3, "not a number"),
        ("ehc issue ben --date today --document plan", 4, "no document attached"),
        ("ehc issue ben --date 01/10/2025 --amended 01/09/2025", 3, "before the plan"),
        ("ehc review ben --date 01/10/2025 --invited all", 2, "when were they invited"),
        (
            "ehc review ben --date 01/10/2025 --invited all --invited-on 02/10/2025",
            3,
            "cannot be invited",
        ),
        ("ehc review ben --date 01/10/2025 --report-sent 30/09/2025", 3, "before"),
        ("ehc review ben --invited pope", 3, "not a role"),
        ("ehc request ben --date 01/10/2025 --withdrawn 01/09/2025", 3, "withdrawn"),
    ],
)
def test_bad_input_changes_nothing(ben, line, code, said):
    before = ben("pupil show ben --format json").out
    assert said in ben(line, code=code).err
    assert ben("pupil show ben --format json").out == before


def test_show_tells_it_all_and_json_the_days(with_plan):
    with_plan("ehc request ben --date 01/09/2024 --by parent")
    with_plan("ehc review ben --date 12/11/2025 --invited all")
    shown = with_plan("ehc show ben").out
    assert "The next annual review is due by 10 March 2026." in shown
    assert "1. Takes part in a conversation" in shown
    assert "Request of 1 September 2024" in shown
    data = json.loads(with_plan("ehc show ben --format json").out)
    steps = {s["step"]: s["due"] for s in data["steps"]}
    assert data["review_due"] == "2026-03-10"
    assert steps["invited"] == "2025-10-29"
    assert steps["plan"] == "2025-01-19"
    assert "Nothing is recorded" in with_plan("ehc show ben --as-at 01/01/2020").out


def test_the_pages_tell_of_plan_and_review(with_plan):
    with_plan("ehc review ben --date 12/11/2025 --invited all")
    shown = with_plan("pupil show ben").out
    assert "Plan issued:         10 March 2025" in shown
    assert "12 November 2025" in shown
    page = " ".join(with_plan("summary ben").out.split())
    assert "The plan was issued on 10 March 2025." in page
    when = "on Wednesday 12 November 2025 (it must be held by 10 March 2026)"
    assert f"The annual review meeting is {when}." in page


def test_the_texts_of_a_review_are_written_in_the_editor(with_plan, monkeypatch):
    script = 'below("Amendments", "More speech")'
    editor(monkeypatch, with_plan.folder, script)
    with_plan("ehc review ben --date today --attended parent --employment 'A visit'")
    with_plan("ehc review ben --edit")
    (review,) = ehc(with_plan)["reviews"]
    assert review["amendments"] == "More speech"
    assert review["pfa"] == {"employment": "A visit"}


def test_short_notice_and_the_move_are_told(with_plan):
    told = with_plan(
        "ehc review ben --date 27/10/2025 --kind transfer --invited parent,health"
    )
    assert "less than two weeks' notice for: parent and health" in told.err
    assert "The plan must be amended by 15 February 2026." in told.out


def test_a_meeting_on_the_day_of_a_review_is_said_to_count_already(with_plan):
    with_plan("ehc review ben --date 15/10/2025 --attended parent")
    told = with_plan("meeting add ben --date 15/10/2025 --attended parent")
    assert "counts as a meeting by itself" in told.err


def test_the_meeting_and_the_days_of_the_advice_are_kept(with_plan):
    with_plan(
        *("ehc", "review", "ben", "--date", "12/11/2025", "--time", "2 pm"),
        *("--place", "Room 4", "--advice-requested", "health,authority"),
        *("--advice-due", "27/10/2025"),
    )
    with_plan("ehc review ben --advice-received health --advice-due 28/10/2025")
    with_plan("ehc review ben --advice-due 24/10/2025")
    (review,) = ehc(with_plan)["reviews"]
    assert (review["time"], review["place"]) == ("2 pm", "Room 4")
    assert {a["of"]: a["due"] for a in review["advice"]} == {
        "health": "2025-10-28",
        "authority": "2025-10-24",
    }
    shown = with_plan("ehc show ben").out
    assert "2 pm in Room 4" in shown
    assert "24/10/2025" in shown
    due = with_plan("due --within 4w").out
    assert "1 piece of advice asked for" in due
    late = with_plan("ehc review ben --advice-due 13/11/2025", code=3)
    assert "cannot be due on 13 November 2025" in late.err


def test_advice_that_nobody_was_asked_for_is_not_due(with_plan):
    with_plan("ehc review ben --date 12/11/2025 --time noon")
    refused = with_plan("ehc review ben --advice-due 28/10/2025", code=2)
    assert "none is awaited" in refused.err
    odd = with_plan("ehc review ben --time soon", code=3)
    assert "is not a time of day" in odd.err
