"""As at a day, what happened to an item later is not known of it yet."""

from __future__ import annotations

import json

from sencli.core.record.as_at import as_at
from sencli.resources import schema_path
from tests.cases import each_case

SCHEMA = json.loads(schema_path("pupil").read_text(encoding="utf-8"))
EP = {
    "id": "s5qe",
    "service": "Educational psychologist",
    "consent": {"given": True, "date": "2025-09-25"},
    "referred": "2025-10-01",
    "chased": ["2025-10-20", "2025-11-10"],
    "first_seen": "2025-11-12",
    "review_by": "2026-02-01",
    "advice": [
        {
            "id": "a4hn",
            "date": "2025-11-20",
            "recommendation": "Read in pairs",
            "decision": "accepted",
            "decided": "2025-12-01",
            "items": ["o8fd"],
        }
    ],
    "discharged": "2026-01-10",
}


def seen(day, **record):
    whole = {"schema": 1, "id": "p7k2q", "first_name": "Amelia", **record}
    return as_at(whole, day, SCHEMA)


def test_a_specialist_as_at_each_step():
    def entry(day):
        return seen(day, specialists=[EP])["specialists"]

    assert entry("2025-09-30") == []
    (asked,) = entry("2025-11-01")
    assert asked["chased"] == ["2025-10-20"]
    assert "first_seen" not in asked
    assert asked["review_by"] == "2026-02-01"
    (advised,) = entry("2025-11-25")
    assert advised["advice"][0].keys() == {"id", "date", "recommendation"}
    (answered,) = entry("2025-12-24")
    assert answered["advice"] == EP["advice"]
    assert "discharged" not in answered
    assert entry("2026-01-10") == [EP]


@each_case(
    ("record", "day", "left"),
    [
        (
            {
                "meetings": [
                    {"id": "t1", "date": "2025-10-01", "record_given": "2025-10-09"}
                ]
            },
            "2025-10-05",
            {"meetings": [{"id": "t1", "date": "2025-10-01"}]},
        ),
        (
            {
                "ehc": {
                    "plans": [
                        {
                            "id": "e3ph",
                            "issued": "2025-01-10",
                            "amended": ["2025-09-01", "2026-01-01"],
                            "ceased": "2026-02-01",
                            "ceased_reason": "Moved",
                        }
                    ]
                }
            },
            "2025-10-05",
            {
                "ehc": {
                    "plans": [
                        {
                            "id": "e3ph",
                            "issued": "2025-01-10",
                            "amended": ["2025-09-01"],
                        }
                    ]
                }
            },
        ),
        (
            {
                "concerns": [
                    {
                        "id": "n3xd",
                        "date": "2025-09-01",
                        "concern": "Reads little",
                        "response": "Talked",
                        "responded": "2025-11-01",
                    }
                ]
            },
            "2025-10-05",
            {
                "concerns": [
                    {"id": "n3xd", "date": "2025-09-01", "concern": "Reads little"}
                ]
            },
        ),
    ],
)
def test_what_came_later_goes_with_all_that_came_with_it(record, day, left):
    assert seen(day, **record) == seen(day, **left)
    assert seen("2027-01-01", **record) == seen("2027-01-01") | record
