"""Places in a record by name, and the same place in a record of which items went."""

from __future__ import annotations

import json

from sencli.core.record.as_at import as_at
from sencli.core.record.items import place_name
from sencli.core.record.items import same_place
from sencli.resources import schema_path
from tests.cases import each_case

ROOT = json.loads(schema_path("pupil").read_text(encoding="utf-8"))
RECORD = {
    "schema": 1,
    "id": "p7k2q",
    "first_name": "Amelia",
    "roll": [{"until": "2020-07-20"}],
    "concerns": [
        {"id": "n3xd", "date": "2026-02-01", "concern": "Late"},
        {"id": "n4xe", "date": "2025-02-01", "concern": "Early"},
    ],
    "cycles": [
        {
            "id": "y2qf",
            "plan": {
                "date": "2025-09-18",
                "outcomes": [
                    {"id": "o8fd", "outcome": "Reads", "target": {"value": 6}}
                ],
            },
            "do": {"sessions": [{"intervention": "i5tr", "date": "2025-09-22"}]},
        }
    ],
}


@each_case(
    ("path", "name"),
    [
        ((), ""),
        (("first_name",), "first_name"),
        (("cycles", 0, "plan"), "cycles[y2qf].plan"),
        (
            ("cycles", 0, "plan", "outcomes", 0, "target", "value"),
            "cycles[y2qf].plan.outcomes[o8fd].target.value",
        ),
        (
            ("cycles", 0, "do", "sessions", 0),
            "cycles[y2qf].do.sessions[i5tr 2025-09-22]",
        ),
        (("roll", 0), "roll[#1]"),
        (("needs", 4), "needs[#5]"),
    ],
)
def test_the_name_of_a_place(path, name):
    assert place_name(RECORD, path, ROOT) == name


def test_the_same_place_where_earlier_items_are_back():
    seen = as_at(RECORD, "2025-12-01", ROOT)
    assert [c["id"] for c in seen["concerns"]] == ["n4xe"]
    assert same_place(("concerns", 0, "date"), seen, RECORD, ROOT) == (
        "concerns",
        1,
        "date",
    )
    assert same_place(("cycles", 0, "plan"), seen, RECORD, ROOT) == (
        "cycles",
        0,
        "plan",
    )
    assert same_place(("needs",), seen, RECORD, ROOT) == ()
