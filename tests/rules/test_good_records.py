"""A record kept well gives no finding at all: the rules do not contradict each other.

Each duty taken out of it is missed by its own rule.
"""

from __future__ import annotations

import copy

from sencli.rules import findings
from sencli.rules import whole_school
from sencli.rules.example import EXAMPLE_DAY
from sencli.rules.example import EXAMPLE_PROVISIONS
from sencli.rules.example import EXAMPLE_SCHOOL
from sencli.rules.example import example
from tests.cases import each_case

MOTHER = {
    "id": "c4wm",
    "name": "Sana Khan",
    "relationship": "mother",
    "parental_responsibility": True,
    "sharing": "full",
}
SCHOOL = {
    **EXAMPLE_SCHOOL,
    "staff": [
        *EXAMPLE_SCHOOL["staff"][:2],
        {
            **EXAMPLE_SCHOOL["staff"][2],
            "training": [{"what": "Precision teaching", "date": "2024-09-02"}],
        },
    ],
}
VIEWS = [
    {
        "of": "c4wm",
        "date": "2026-01-08",
        "how": "talk",
        "text": "Worried about reading",
    },
    {"of": "pupil", "date": "2026-01-08", "how": "drawing", "text": "I like stories"},
]
DOES = {"school": "Teaches words", "parent": "Reads at bedtime", "pupil": "Chooses"}


def outcome(outcome_id, **more):
    return {
        "id": outcome_id,
        "outcome": "Reads 60 common words on sight",
        "need": "d5hy",
        "measure": "words of 100",
        "baseline": {"date": "2025-09-15", "value": 22},
        "target": {"by": "2026-03-27", "value": 60},
        **more,
    }


def taught(entry_id, outcome_id, begins, ends, minutes):
    return {
        "id": entry_id,
        "provision": "precision-teaching",
        "outcomes": [outcome_id],
        "from": begins,
        "until": ends,
        "class_link": "The same words in guided reading",
        "dose": [
            {
                "from": begins,
                "minutes": minutes,
                "sessions_per_week": 3,
                "group_size": 4,
                "led_by": ["TA2"],
            }
        ],
    }


def cycle(cycle_id, day, review_by, parts, agreed_on):
    return {
        "id": cycle_id,
        "teacher": "KM",
        "assess": {
            "date": day,
            "by": ["KM", "JP"],
            "teacher_assessment": "Reads 22 of 100 common words",
            "attainment": "Below the expected standard",
            "compared_with_peers": "Class median 70 words",
            "views": VIEWS,
        },
        "plan": {
            "date": agreed_on,
            "review_by": review_by,
            "agreement": [
                {"who": who, "answer": "agreed", "date": agreed_on}
                for who in ("c4wm", "pupil", "KM", "JP")
            ],
            "shared_with_staff": agreed_on,
            "shared_with_parents": agreed_on,
            "strategies": [{"id": f"{cycle_id[:2]}rn", "text": "Visual timetable"}],
            "responsibilities": DOES,
            **parts,
        },
    }


def on_support():
    first = cycle(
        "y2qf",
        "2025-09-15",
        "2025-12-12",
        {
            "outcomes": [outcome("o8fd")],
            "interventions": [taught("i5tr", "o8fd", "2025-09-29", "2025-12-12", 20)],
        },
        "2025-09-18",
    )
    first["review"] = {
        "date": "2025-12-11",
        "led_by": "KM",
        "attended": ["c4wm", "pupil", "KM", "JP"],
        "outcomes": [{"outcome": "o8fd", "result": "partly_achieved", "value": 41}],
        "interventions": [
            {"intervention": "i5tr", "impact": 0, "quality": "As planned"}
        ],
        "views": VIEWS,
        "decisions": ["increase"],
        "shared_with_parents": "2025-12-15",
        "shared_with_staff": "2025-12-15",
    }
    first["closed"] = {"date": "2025-12-11", "reason": "reviewed"}
    second = cycle(
        "z3wd",
        "2026-01-08",
        "2026-03-27",
        {
            "outcomes": [outcome("o9ge", continues="o8fd")],
            "interventions": [
                {
                    **taught("i6us", "o9ge", "2026-01-19", "2026-03-27", 30),
                    "continues": "i5tr",
                }
            ],
        },
        "2026-01-12",
    )
    second["do"] = {"sessions": [{"date": "2026-03-11", "intervention": "i6us"}]}
    return example(
        {
            "roll": [
                {
                    "from": "2021-09-06",
                    "from_school": "Little Acorns",
                    "baseline": {"date": "2021-09-20", "summary": "Counts to 5"},
                }
            ],
            "date_of_birth": "2017-03-14",
            "placements": [{"from": "2025-09-01", "year_group": "4", "class": "4B"}],
            "contacts": [MOTHER],
            "status": [
                {
                    "from": "2025-09-15",
                    "provision": "K",
                    "reason": "Decided after the summer concern",
                    "told": [{"who": "c4wm", "date": "2025-09-18", "how": "meeting"}],
                }
            ],
            "needs": [
                {
                    "id": "d5hy",
                    "type": "SLCN",
                    "rank": 1,
                    "description": "Word finding is slow",
                }
            ],
            "concerns": [
                {
                    "id": "n3xd",
                    "date": "2025-06-20",
                    "raised_by": "c4wm",
                    "concern": "She cannot tell me about her day",
                    "school_view": "Seen in class too",
                    "response": "Word mats and pre-teaching from June",
                }
            ],
            "considerations": [
                {
                    "id": "c2nd",
                    "date": "2025-09-15",
                    "about": "disability",
                    "conclusion": "no",
                }
            ],
            "information": [{"date": "2025-09-18", "what": "sendiass", "to": "c4wm"}],
            "profiles": [{"date": "2025-09-18", "aspirations": "To be a vet"}],
            "meetings": [
                {
                    "id": "m4tk",
                    "date": "2025-09-10",
                    "kind": "early_discussion",
                    "led_by": "KM",
                    "attended": ["c4wm", "pupil", "KM"],
                    "strengths": "Kind",
                    "difficulties": "Finding words",
                    "parent_concerns": "Reading at home",
                    "outcomes_sought": "Reads for pleasure",
                    "next_steps": "Assess",
                    "record_given": "2025-09-12",
                }
            ],
            "cycles": [first, second],
        }
    )


def with_plan():
    record = on_support()
    record["status"] = [
        {"from": "2024-06-10", "provision": "E", "reason": "Plan issued"}
    ]
    record["ehc"] = {
        "plans": [
            {
                "id": "e3ph",
                "issued": "2024-06-10",
                "shared_with_staff": "2024-06-12",
                "outcomes": [{"id": "u5ra", "text": "A conversation of five turns"}],
                "provision": [{"id": "f9tb", "text": "Precision teaching"}],
            }
        ],
        "reviews": [
            {
                "id": "q8wn",
                "date": "2025-06-02",
                "invited": [
                    {"role": role, "date": "2025-05-12"}
                    for role in (
                        "parent",
                        "school",
                        "authority",
                        "health",
                        "social_care",
                    )
                ],
                "circulated": "2025-05-16",
                "attended": ["c4wm", "pupil", "JP"],
                "outcomes": [{"outcome": "u5ra", "result": "on_track"}],
                "interim_targets": [{"id": "j4fm", "text": "Three turns"}],
                "views": VIEWS,
                "recommendation": "keep",
                "report_sent": "2025-06-12",
                "decision": {"date": "2025-06-27", "outcome": "keep"},
            }
        ],
    }
    record["reports"] = [{"date": "2025-07-11", "to": ["c4wm"]}]
    record["considerations"] += [
        {"id": "c3ne", "date": "2024-01-15", "about": "high_quality_teaching"}
    ]
    interventions = record["cycles"][1]["plan"]["interventions"]
    interventions[0]["section_f"] = "f9tb"
    return record


def found(record):
    asked = {"provisions": EXAMPLE_PROVISIONS}
    return [
        *findings(record, SCHOOL, EXAMPLE_DAY, **asked),
        *whole_school([record], SCHOOL, EXAMPLE_DAY, **asked),
    ]


@each_case("make", [on_support, with_plan])
def test_a_record_kept_well_has_no_findings(make):
    assert [(f.code, f.message) for f in found(make())] == []


TAKEN_OUT = {
    "A02": ("considerations",),
    "A03": ("concerns", 0, "response"),
    "A10": ("information",),
    "A12": ("status", 0, "reason"),
    "A13": ("status", 0, "told"),
    "A15": ("needs", 0, "description"),
    "B03": ("cycles", 1, "assess", "compared_with_peers"),
    "B04": ("concerns", 0, "school_view"),
    "B07": ("cycles", 1, "plan", "agreement"),
    "B08": ("cycles", 1, "plan", "outcomes", 0, "target"),
    "B09": ("cycles", 1, "plan", "review_by"),
    "B10": ("cycles", 1, "plan", "shared_with_staff"),
    "B11": ("cycles", 1, "plan", "interventions", 0, "outcomes"),
    "B15": ("cycles", 1, "teacher"),
    "B17": ("cycles", 0, "review", "views"),
    "B18": ("cycles", 0, "review", "decisions"),
    "K4": ("needs", 0, "rank"),
    "K7": ("needs",),
    "P02": ("cycles", 0, "review", "attended"),
    "P03": ("cycles", 1, "plan", "responsibilities", "parent"),
    "P07": ("cycles", 1, "do"),
    "P10": ("cycles", 1, "plan", "strategies"),
}


@each_case("code", TAKEN_OUT)
def test_what_is_taken_out_is_missed(code):
    record = copy.deepcopy(on_support())
    *way, last = TAKEN_OUT[code]
    here = record
    for step in way:
        here = here[step]
    del here[last]
    if code == "P02":
        record["meetings"][0]["date"] = "2025-08-20"
    assert code in {f.code for f in found(record)}
