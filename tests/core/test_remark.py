"""What is remarked on when a change is saved, and events before their time."""

from __future__ import annotations

from sencli.core.checks.future_events import ahead
from sencli.core.checks.remarks import mixed
from sencli.core.checks.remarks import remarks
from sencli.core.record.diff import Change
from tests.cases import each_case


@each_case(
    ("name", "odd"),
    [
        ("Amelia", False),
        ("\u0420aul", True),
        ("J\u03bfe Bloggs", True),
        ("\u041e\u043b\u044c\u0433\u0430 Petrova", False),
        ("Zo\u00eb O\u2019Neill-\u0141uk\u00e1sz", False),
        ("", False),
    ],
)
def test_letters_of_two_alphabets(name: str, odd: object) -> None:
    assert mixed(name) is odd
    for change in (
        Change("known_as", None, name),
        Change("contacts[c4wm]", None, {"id": "c4wm", "name": name}),
    ):
        assert bool(list(remarks({}, {}, [change]))) is odd
    assert not list(remarks({}, {}, [Change("needs[d5hy].description", None, name)]))


def test_dates_that_changed_places_are_told_once() -> None:
    record = {"status": [{"from": "2025-09-15", "provision": "K"}]}
    later = {**record, "date_of_birth": "2025-10-01"}
    change = [Change("date_of_birth", None, "2025-10-01")]
    (told,) = remarks(record, later, change)
    assert "before the birth" in told
    again = {**later, "date_of_birth": "2025-10-01"}
    assert not list(remarks(later, again, change))


def test_events_before_their_time() -> None:
    record = {
        "concerns": [{"date": "2025-09-01"}, {"date": "2025-11-01"}],
        "meetings": [{"date": "2025-12-01"}],
        "cycles": [
            {
                "assess": {"date": "2025-09-02"},
                "plan": {"date": "2025-09-03", "review_by": "2025-12-12"},
                "do": {"sessions": [{"date": "2025-11-02", "missed": "closed"}]},
            }
        ],
    }
    assert ahead(record, "2025-10-20") == [
        ("a concern", "2025-11-01"),
        ("a session", "2025-11-02"),
    ]
    assert ahead(record, "2025-12-31") == []
