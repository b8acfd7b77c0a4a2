"""What is due, from the rows of the records, and the weeks to come."""

from __future__ import annotations

import json

from sencli.core.due.due import KINDS
from sencli.core.due.due import Due
from sencli.core.due.due import due
from sencli.core.due.facts import due_row
from sencli.core.due.forecast import fair_share
from sencli.core.due.forecast import forecast
from sencli.core.due.forecast import spread
from sencli.core.record.fingerprint import fingerprint
from sencli.rules import RULES
from sencli.rules.example import EXAMPLE_SCHOOL
from sencli.rules.example import example
from tests.cases import each_case

DAY = "2026-03-16"
ON_K = {"status": [{"from": "2025-09-15", "provision": "K"}]}
MET = {"id": "m4tk", "attended": ["parent"]}


def of(record, *, day=DAY, until="2026-04-13", school=EXAMPLE_SCHOOL, **more):
    row = json.loads(json.dumps(due_row(example(record))))
    return due([row], school, day, until, **more)


def kinds(record, **more):
    return {item.kind: item.due for item in of(record, **more)}


def test_a_review_is_due_on_its_date():
    record = {
        **ON_K,
        "placements": [{"year_group": "4", "class": "4B"}],
        "cycles": [
            {
                "id": "y2qf",
                "teacher": "KM",
                "plan": {"date": "2026-01-08", "review_by": "2026-03-27"},
            }
        ],
    }
    item = next(i for i in of(record) if i.kind == "review")
    assert (item.due, item.class_name, item.teacher) == ("2026-03-27", "4B", "KM")
    assert item.command.startswith("sen cycle review p7k2q")
    assert not item.overdue(DAY)
    assert item.overdue("2026-03-28")
    assert "review" not in kinds(record, until="2026-03-26")


def test_an_annual_review_hangs_on_the_plan_whatever_the_status():
    plan = {"id": "e3ph", "issued": "2025-03-20"}
    for status in (ON_K, {"status": []}, {"status": [{**ON_K["status"][0]}]}):
        assert kinds({**status, "ehc": {"plans": [plan]}})["annual_review"]
    ceased = {"plans": [{**plan, "ceased": "2026-01-30"}]}
    on_e = {"status": [{"from": "2025-03-20", "provision": "E"}]}
    assert "annual_review" not in kinds({**on_e, "ehc": ceased})


def test_nothing_is_stale_from_before_the_pupil_came():
    record = {"status": [{"from": "2024-09-10", "provision": "K"}]}
    assert "stale" in kinds(record)
    assert "stale" not in kinds({**record, "roll": [{"from": "2026-02-23"}]})
    item = next(
        i for i in of({**record, "roll": [{"from": "2025-09-02"}]}) if i.kind == "stale"
    )
    assert item.what == "Nothing recorded since 2 September 2025, the day of joining"


def test_the_first_cycle_is_due_from_the_start_of_support():
    later = [
        {"from": "2025-09-15", "provision": "K"},
        {"from": "2026-02-02", "provision": "K", "layer": "specialist"},
    ]
    assert kinds({"status": later})["cycle"] == "2025-09-15"


def test_a_cycle_without_a_plan_and_a_plan_without_a_date():
    assessed = {"cycles": [{"id": "y2qf", "assess": {"date": "2026-03-02"}}]}
    assert kinds(assessed)["plan"] == "2026-03-16"
    planned = {"cycles": [{"id": "y2qf", "plan": {"date": "2026-03-02"}}]}
    assert kinds(planned)["review"] == "2026-03-02"


def test_the_next_cycle_follows_the_review():
    assert kinds(ON_K)["cycle"] == "2025-09-15"
    ended = {"id": "y2qf", "review": {"date": "2026-03-10"}}
    assert kinds({**ON_K, "cycles": [ended]})["cycle"] == "2026-03-24"
    stopped = {"status": [*ON_K["status"], {"from": "2026-03-10", "provision": "N"}]}
    assert "cycle" not in kinds({**stopped, "cycles": [ended]})


@each_case(
    ("days", "due_by"),
    [
        ([], "2025-12-19"),
        (["2025-10-02"], "2026-03-27"),
        (["2025-10-02", "2026-02-02"], "2026-07-21"),
        (["2025-10-02", "2025-11-02", "2026-02-02"], None),
    ],
)
def test_meetings_are_due_term_by_term(days, due_by):
    record = {**ON_K, "meetings": [{**MET, "date": day} for day in days]}
    assert kinds(record, until="2026-08-31").get("meeting") == due_by


def test_a_review_that_a_parent_came_to_or_was_invited_to_is_a_meeting():
    review = {"id": "y2qf", "review": {"date": "2025-12-11", "attended": ["parent"]}}
    assert kinds({**ON_K, "cycles": [review]})["meeting"] == "2026-03-27"
    invited = {"date": "2025-12-11", "invited": ["parent"], "attended": ["KM"]}
    record = {**ON_K, "cycles": [{"id": "y2qf", "review": invited}]}
    assert kinds(record)["meeting"] == "2026-03-27"
    ehc = {
        "plans": [{"id": "e3ph", "issued": "2025-01-10"}],
        "reviews": [
            {
                "id": "q8wn",
                "date": "2025-12-11",
                "invited": [{"role": "parent", "date": "2025-11-20"}],
            }
        ],
    }
    status = [{"from": "2025-01-10", "provision": "E"}]
    assert kinds({"status": status, "ehc": ehc})["meeting"] == "2026-03-27"


def test_a_review_to_come_is_a_meeting_to_come():
    plan = {"date": "2026-01-08", "review_by": "2026-03-24"}
    record = {
        **ON_K,
        "meetings": [{**MET, "date": "2025-10-02"}],
        "cycles": [{"id": "y2qf", "plan": plan}],
    }
    assert "meeting" not in kinds(record)
    assert kinds(record, day="2026-03-25")["meeting"] == "2026-03-27"


def test_a_young_person_meets_for_themselves():
    meetings = [{"id": "m4tk", "date": "2025-10-02", "attended": ["pupil"]}]
    child = {**ON_K, "date_of_birth": "2015-03-01", "meetings": meetings}
    assert kinds(child)["meeting"] == "2025-12-19"
    young = {**child, "date_of_birth": "2009-03-01"}
    assert kinds(young)["meeting"] == "2026-03-27"


def test_nothing_recorded_for_six_weeks():
    quiet = {**ON_K, "meetings": [{**MET, "date": "2026-02-02"}]}
    assert kinds(quiet, day="2026-03-15").get("stale") is None
    assert kinds(quiet, day="2026-03-16")["stale"] == "2026-03-16"
    nobody = {"meetings": quiet["meetings"]}
    assert "stale" not in kinds(nobody)
    summer = {**ON_K, "meetings": [{**MET, "date": "2025-07-18"}]}
    assert "stale" not in kinds(summer, day="2025-09-12", until="2025-09-30")


def test_the_annual_review_and_its_papers():
    plan = {"id": "e3ph", "issued": "2025-04-10"}
    record = {
        "status": [{"from": "2025-04-10", "provision": "E"}],
        "ehc": {"plans": [plan]},
    }
    assert kinds(record)["annual_review"] == "2026-04-10"
    coming = {"id": "q8wn", "date": "2026-04-08"}
    planned = {**record, "ehc": {"plans": [plan], "reviews": [coming]}}
    found = {(i.kind, i.due) for i in of(planned)}
    assert ("annual_review", "2026-04-08") in found
    assert ("statutory", "2026-03-25") in found
    held = {"id": "q8wn", "date": "2026-03-09", "report_sent": "2026-03-12"}
    after = {**record, "ehc": {"plans": [plan], "reviews": [held]}}
    statutory = [i for i in of(after) if i.kind == "statutory"]
    assert [i.due for i in statutory] == ["2026-04-06"]
    assert "decision" in statutory[0].what


def test_the_move_to_the_next_phase():
    record = {
        "status": [{"from": "2025-04-10", "provision": "E"}],
        "placements": [{"from": "2025-09-01", "year_group": "6"}],
        "ehc": {"plans": [{"id": "e3ph", "issued": "2025-07-10"}]},
    }
    dates = {i.due for i in of(record, day="2025-11-10", until="2025-12-05")}
    assert "2025-12-01" in dates


def test_an_assessment_runs_on_whatever_the_status():
    request = {"id": "r7vb", "date": "2026-02-09"}
    found = of({"ehc": {"requests": [request]}})
    assert [(i.kind, i.due) for i in found] == [("statutory", "2026-03-23")]


def test_advice_referrals_promises_concerns_and_endings():
    record = {
        **ON_K,
        "concerns": [{"id": "n3xd", "date": "2026-03-03", "concern": "Sleeps badly"}],
        "specialists": [
            {
                "id": "s5qe",
                "service": "Educational psychologist",
                "referred": "2025-12-01",
                "chased": ["2026-02-09"],
            },
            {
                "id": "s6rf",
                "service": "Speech therapist",
                "advice": [
                    {"id": "v4hn", "date": "2026-02-20", "recommendation": "Signs"}
                ],
            },
        ],
        "meetings": [
            {
                **MET,
                "date": "2026-02-02",
                "actions": [
                    {"id": "x2de", "text": "Ask about glasses", "due": "2026-03-20"},
                    {
                        "id": "x3ef",
                        "text": "Ring",
                        "due": "2026-02-20",
                        "done": "2026-02-09",
                    },
                ],
            }
        ],
        "cycles": [
            {
                "id": "y2qf",
                "plan": {
                    "date": "2026-01-08",
                    "review_by": "2026-03-27",
                    "interventions": [
                        {
                            "id": "i5tr",
                            "provision": "precision-teaching",
                            "until": "2026-03-20",
                        }
                    ],
                },
            }
        ],
    }
    found = kinds(record)
    assert found["concern"] == "2026-03-17"
    assert found["specialist"] == "2026-03-23"
    assert found["advice"] == "2026-03-20"
    assert found["action"] == "2026-03-20"
    assert found["intervention"] == "2026-03-20"
    items = of(record, names={"precision-teaching": "Precision teaching"})
    ends = next(i for i in items if i.kind == "intervention")
    assert ends.what.startswith("Precision teaching ends")


def test_a_paper_printed_before_a_correction():
    record = example(ON_K)
    paper = {
        "id": "w3dc",
        "date": "2026-03-02",
        "document": "summary",
        "to": "Sana Khan",
        "content": fingerprint([record]).lower(),
    }
    assert "paper" not in kinds({**ON_K, "issued": [paper]})
    corrected = {
        **ON_K,
        "sex": "female",
        "issued": [paper],
        "corrections": [
            {"id": "z2ab", "date": "2026-03-05", "path": "sex", "reason": "Typed wrong"}
        ],
    }
    assert kinds(corrected)["paper"] == "2026-03-05"
    again = {**paper, "date": "2026-03-06"}
    assert "paper" not in kinds({**corrected, "issued": [paper, again]})


def test_a_leavers_record_is_sent_on():
    left = {**ON_K, "roll": [{"from": "2021-09-06", "until": "2026-03-06"}]}
    found = of(left)
    assert [i.kind for i in found] == ["transfer"]
    assert found[0].due == "2026-03-27"
    sent = {**left["roll"][0], "records_sent": "2026-03-09"}
    assert of({**left, "roll": [sent]}) == []
    assert of({"roll": left["roll"]}) == []


def test_most_urgent_first():
    found = of(ON_K, until="2026-08-31")
    assert [i.due for i in found] == sorted(i.due for i in found)
    assert all(i.kind in KINDS for i in found)


def test_a_class_teacher_answers_where_no_plan_names_one():
    staff = [
        {
            "initials": "KM",
            "name": "K. Morris",
            "roles": [{"role": "class teacher", "class": "4B"}],
        }
    ]
    record = {**ON_K, "placements": [{"year_group": "4", "class": "4B"}]}
    found = of(record, school={**EXAMPLE_SCHOOL, "staff": staff})
    assert {i.teacher for i in found} == {"KM"}


@each_case("rule", RULES, ids=lambda rule: rule.code)
def test_every_example_of_the_rules_can_be_read(rule):
    for item in of(rule.fails, until="2030-01-01"):
        assert item.command.startswith("sen ")


def reviews(*dates):
    return [
        Due(day, "review", "Review", "sen cycle review", f"p{n:04d}", "A", "4B", "KM")
        for n, day in enumerate(dates)
    ]


def test_the_forecast_counts_by_week_and_puts_the_overdue_first():
    weeks = forecast(
        reviews("2026-02-01", "2026-03-18", "2026-03-27", "2027-01-01"),
        EXAMPLE_SCHOOL,
        DAY,
        weeks=4,
    )
    assert [len(w.reviews) for w in weeks] == [2, 1, 0, 0]
    assert [w.school for w in weeks] == [True, True, False, False]


def test_a_full_week_is_spread_over_easier_ones():
    weeks = forecast(reviews(*["2026-03-18"] * 7), {}, DAY, weeks=6)
    assert fair_share(weeks) == 3
    moves = spread(weeks)
    assert len(moves) == 4
    assert {m.week for m in moves} == {"2026-03-23", "2026-03-30"}


def test_a_review_moves_to_the_weeks_before_its_own_first():
    weeks = forecast(reviews(*["2026-04-15"] * 5), {}, DAY, weeks=8)
    assert {m.week for m in spread(weeks)} == {"2026-04-06"}


def test_what_falls_in_the_holidays_moves_to_school_weeks():
    weeks = forecast(reviews("2026-04-01"), EXAMPLE_SCHOOL, DAY, weeks=6)
    assert [m.week for m in spread(weeks)] == ["2026-03-23"]
