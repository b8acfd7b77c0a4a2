"""A small school and its pupils, as plain records."""

from __future__ import annotations

import json
from typing import Any

from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.wording import Wording
from sencli.resources import folder

SCHOOL: dict[str, Any] = {
    "schema": 1,
    "name": "Oak Primary",
    "staff": [
        {"initials": "KM", "name": "K. Morris", "roles": [{"role": "teacher"}]},
        {"initials": "TA2", "name": "B. Ali", "roles": [{"role": "TA"}]},
        {"initials": "JP", "name": "J. Patel", "roles": [{"role": "SENCO"}]},
    ],
    "rates": [{"role": "TA", "pence_per_hour": 1650}],
    "sendiass": {"name": "Oakshire SENDIASS", "telephone": "01632 960001"},
}
PROVISIONS: dict[str, Any] = {
    "schema": 1,
    "provisions": [
        {
            "key": "precision-teaching",
            "name": "Precision teaching",
            "share": "class",
            "tier": "targeted",
            "areas": ["cognition and learning"],
            "description": "Short daily practice of a few words",
            "usual": {
                "minutes": 30,
                "sessions_per_week": 3,
                "group_size": 4,
                "role": "TA",
            },
        },
        {
            "key": "time-to-talk",
            "name": "Time to Talk",
            "tier": "targeted",
            "usual": {"minutes": 20, "sessions_per_week": 2, "role": "ELSA"},
        },
    ],
    "scales": [
        {
            "key": "prompts",
            "kind": "ordinal",
            "values": ["not yet", "needs a prompt", "independent"],
        },
        {"key": "reading-age", "kind": "age", "name": "reading age"},
    ],
}
GROUPS: dict[str, Any] = {
    "schema": 1,
    "groups": [{"id": "q9ck", "name": "HFW 1", "provision": "precision-teaching"}],
}

AMELIA: dict[str, Any] = {
    "schema": 1,
    "id": "p7k2q",
    "first_name": "Amelia",
    "last_name": "Khan",
    "known_as": "Millie",
    "date_of_birth": "2017-03-14",
    "sex": "female",
    "upn": "P999900024001",
    "placements": [{"from": "2025-09-01", "year_group": "4", "class": "4B"}],
    "contacts": [
        {"id": "c4wm", "name": "Sana Khan", "relationship": "Mother"},
        {"id": "c5xn", "name": "Omar Khan", "relationship": "father"},
    ],
    "flags": [{"flag": "pupil_premium", "from": "2021-09-06"}],
    "status": [{"from": "2025-09-15", "provision": "K", "layer": "targeted"}],
    "needs": [
        {"id": "d5hy", "type": "SLCN", "rank": 1, "from": "2025-09-15"},
        {"id": "d6hz", "type": "SPLD", "rank": 2, "from": "2025-09-15"},
    ],
    "profiles": [
        {"date": "2025-09-18", "strengths": "Kind, funny and good at drawing."}
    ],
    "cycles": [
        {
            "id": "y2qf",
            "teacher": "KM",
            "assess": {
                "date": "2025-09-15",
                "teacher_assessment": "Reads 22 of 100 common words.",
                "views": [
                    {
                        "of": "c4wm",
                        "date": "2025-09-12",
                        "how": "telephone",
                        "text": "Worried about reading",
                    },
                    {"of": "pupil", "text": "I like stories, not spelling"},
                ],
            },
            "plan": {
                "date": "2025-09-18",
                "review_by": "2025-12-12",
                "agreement": [
                    {"who": "c4wm", "answer": "agreed", "date": "2025-09-18"},
                    {"who": "pupil", "answer": "agreed", "date": "2025-09-18"},
                    {"who": "c5xn", "answer": "not_reached"},
                ],
                "strategies": [
                    {"id": "g7rn", "text": "Visual timetable", "share": "class"}
                ],
                "home_support": "Five minutes with the word cards each evening",
                "responsibilities": {"school": "A folder of words", "pupil": "Try"},
                "outcomes": [
                    {
                        "id": "o8fd",
                        "outcome": "Reads 60 common words on sight",
                        "need": "d6hz",
                        "measure": "words of 100",
                        "success_criteria": "60 of 100 on two days running",
                        "baseline": {"value": 22},
                        "target": {"by": "2025-12-12", "value": 60},
                    },
                    {
                        "id": "o9fe",
                        "outcome": "Asks for help when stuck",
                        "scale": "prompts",
                        "baseline": {"value": "not yet"},
                        "target": {"by": "2025-12-12", "value": "independent"},
                    },
                ],
                "interventions": [
                    {
                        "id": "i5tr",
                        "provision": "precision-teaching",
                        "outcomes": ["o8fd"],
                        "group": "q9ck",
                        "from": "2025-09-22",
                        "until": "2025-12-12",
                        "dose": [{"from": "2025-09-22", "led_by": ["TA2"]}],
                    }
                ],
            },
            "do": {
                "sessions": [
                    {"date": "2025-09-22", "intervention": "i5tr", "by": "TA2"},
                    {
                        "date": "2025-09-24",
                        "intervention": "i5tr",
                        "missed": "pupil_absent",
                    },
                ],
                "measurements": [
                    {"id": "m1aa", "date": "2025-10-17", "outcome": "o8fd", "value": 37}
                ],
            },
            "review": {
                "date": "2025-12-11",
                "attended": ["c4wm", "pupil", "KM", "JP"],
                "outcomes": [
                    {
                        "outcome": "o8fd",
                        "result": "achieved",
                        "value": 63,
                        "evidence": "Read to the class on 8 December.",
                    },
                    {
                        "outcome": "o9fe",
                        "result": "partly_achieved",
                        "value": "needs a prompt",
                    },
                ],
                "interventions": [{"intervention": "i5tr", "impact": 1}],
                "views": [
                    {"of": "c4wm", "text": "She reads to her brother"},
                    {"of": "c5xn", "text": "He is proud of her"},
                    {"of": "pupil", "text": "I can read the menu"},
                ],
                "decisions": ["continue"],
                "next_steps": "Move on to phrases.",
                "next_review": "2026-03-20",
            },
            "closed": {"date": "2025-12-11", "reason": "reviewed"},
        }
    ],
}
BEN: dict[str, Any] = {
    "schema": 1,
    "id": "pb3nd",
    "first_name": "Ben",
    "last_name": "Adeyemi",
    "placements": [{"year_group": "4", "class": "4B"}],
}
CHLOE: dict[str, Any] = {
    "schema": 1,
    "id": "pc9ry",
    "first_name": "Chloé",
    "last_name": "O'Neill",
    "sex": "female",
    "placements": [{"year_group": "R", "class": "RW"}],
    "status": [{"from": "2025-01-10", "provision": "E"}],
    "needs": [{"id": "d2aa", "type": "ASD", "rank": 1}],
    "flags": [{"flag": "looked_after", "from": "2025-01-01"}],
    "cycles": [
        {
            "id": "y3aa",
            "assess": {"date": "2025-09-10", "teacher_assessment": "Needs quiet."},
            "plan": {
                "date": "2025-09-12",
                "review_by": "2025-12-05",
                "outcomes": [{"id": "o1aa", "outcome": "Joins in at story time"}],
                "interventions": [
                    {
                        "id": "i1aa",
                        "provision": "time-to-talk",
                        "tier": "specialist",
                        "from": "2025-09-15",
                        "until": "2025-12-05",
                    }
                ],
            },
        }
    ],
}


def words(lang: str = "en") -> Wording:
    path = folder("templates") / "wording" / f"{lang}.json"
    return Wording(json.loads(path.read_text("utf-8")))


def setting(day: str = "2025-12-15", **school: Any) -> PaperContext:
    return PaperContext({**SCHOOL, **school}, PROVISIONS, GROUPS, day, words=words())
