"""Who parents are, when they were met, and what a school year asks for."""

from __future__ import annotations

from sencli.core.due.facts import last_event
from sencli.core.people.parents import meetings_expected
from sencli.core.people.parents import met_or_asked
from sencli.core.people.parents import parents_of
from sencli.core.people.parents import term_ends
from sencli.core.record import find
from tests.cases import each_case

CONTACTS = [
    {"id": "c1aa", "name": "Sana", "relationship": "Mother"},
    {"id": "c2bb", "name": "Ali", "relationship": "step-father"},
    {"id": "c3cc", "name": "Dr Lee", "relationship": "paediatrician"},
    {"id": "c4dd", "name": "J. Hope", "relationship": "social worker"},
    {
        "id": "c5ee",
        "name": "K. Hope",
        "relationship": "social worker",
        "parental_responsibility": True,
    },
    {"id": "c6ff", "name": "Unsaid"},
]


def test_who_is_a_parent():
    found = parents_of({"contacts": CONTACTS})
    # a social worker is written to as a professional, whatever responsibility is held
    assert found == {"parent", "parents", "c1aa", "c2bb", "c6ff"}


def test_days_on_which_parents_were_met_or_asked():
    record = {
        "meetings": [
            {"id": "m1aa", "date": "2025-10-01"},
            {"id": "m2bb", "date": "2025-11-01", "attended": ["KM"]},
            {"id": "m3cc", "date": "2025-12-01", "invited": ["parent"]},
        ],
        "cycles": [{"id": "y2qf", "review": {"date": "2025-12-01"}}],
        "ehc": {
            "reviews": [
                {
                    "id": "q8wn",
                    "date": "2026-02-01",
                    "invited": [{"role": "young_person", "date": "2026-01-10"}],
                }
            ]
        },
    }
    assert met_or_asked(record, lambda _: {"parent"}) == ["2025-10-01", "2025-12-01"]
    assert met_or_asked(record, lambda _: {"pupil"}) == ["2026-02-01"]


def test_terms_count_from_when_support_began():
    assert [end for end, _ in term_ends({}, "", "2026-03-16")] == [
        "2025-12-31",
        "2026-04-15",
        "2026-07-31",
    ]
    assert len(term_ends({}, "2025-09-25", "2026-03-16")) == 3
    assert len(term_ends({}, "2025-11-01", "2026-03-16")) == 2
    assert meetings_expected({}, 3, "", "2026-01-10") == 1
    assert meetings_expected({}, 3, "2025-11-01", "2026-04-20") == 1
    assert meetings_expected({}, 6, "", "2026-01-10") == 2
    assert meetings_expected({}, 3, "2026-06-01", "2026-08-15") == 0


def test_the_last_thing_that_happened():
    record = {
        "status": [{"from": "2025-09-15", "provision": "K"}],
        "cycles": [
            {
                "id": "y2qf",
                "plan": {"date": "2025-09-18", "review_by": "2026-03-27"},
                "do": {
                    "sessions": [{"date": "2025-10-01", "intervention": "i5tr"}],
                    "tallies": [{"week": "2025-10-06", "intervention": "i5tr"}],
                },
            }
        ],
    }
    assert last_event(record, "2026-04-01") == "2025-10-06"
    assert last_event(record, "2025-10-02") == "2025-10-01"
    assert last_event({}, "2025-10-02") == ""


@each_case(
    ("typed", "relationship", "found"),
    [
        ("mum", "mother", "c1"),
        ("Dad", "father", "c1"),
        ("nan", "grandmother", "c1"),
        ("mum", "mum", "c1"),
    ],
)
def test_a_parent_is_found_as_the_family_calls_them(
    typed: str, relationship: str, found: str
) -> None:
    record = {
        "id": "p",
        "first_name": "Amelia",
        "contacts": [{"id": "c1", "name": "Sana Khan", "relationship": relationship}],
    }
    assert find.person(typed, record, {}) == found
