"""What a slip by hand writes into a file of the school, and no command would."""

from __future__ import annotations

from typing import Any

from sencli.core.checks.school_faults import LIKELY
from sencli.core.checks.school_faults import school_faults
from tests.cases import each_case

DAY = "2026-09-01"
BEFORE = "2026-01-01"


def _term(name: str, start: str, end: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "start": start, "end": end, **more}


CASES: dict[str, tuple[dict[str, Any], str, str]] = {
    "ages": (
        {"ages": {"from": 11, "to": 4}},
        "the ages go from 11 to 4",
        "sen school set ages=4-11",
    ),
    "role": (
        {"staff": [{"roles": [{"role": "TA", "from": DAY, "until": BEFORE}]}]},
        "the end, 1 January 2026, comes before the start, 1 September 2026",
        "Put the one",
    ),
    "group": (
        {"groups": [{"id": "q1", "name": "HFW", "from": DAY, "until": BEFORE}]},
        "the end, 1 January 2026, comes before the start, 1 September 2026",
        "Put the one",
    ),
    "term": (
        {"terms": [_term("A", DAY, BEFORE)]},
        "the end, 1 January 2026, comes before the start, 1 September 2026",
        "Put the one",
    ),
    "half-term": (
        {"terms": [_term("A", DAY, "2026-12-18", half_term=_term("", DAY, BEFORE))]},
        "the end, 1 January 2026, comes before the start, 1 September 2026",
        "Put the one",
    ),
    "closed": (
        {"terms": [_term("A", DAY, "2026-12-18", closed=[BEFORE])]},
        "1 January 2026 is not within the term",
        "sen term list",
    ),
    "terms": (
        {"terms": [_term("A", DAY, "2026-12-18"), _term("B", DAY, "2026-12-01")]},
        "it would overlap A",
        "sen term list",
    ),
    "names": (
        {"groups": [{"id": "q1", "name": "HFW"}, {"id": "q2", "name": "hfw "}]},
        "two groups are named hfw",
        "sen group set q2 --name NAME",
    ),
}


@each_case("name", CASES)
def test_it_is_said_once_with_the_cure(name: str) -> None:
    record, said, cure = CASES[name]
    (fault,) = school_faults(record)
    assert fault.message.startswith(said)
    assert cure in fault.mend
    # what two laptops come to together stops no meeting
    assert (fault.code == LIKELY) == (name in {"closed", "terms", "names"})


def test_a_sound_school_has_none() -> None:
    terms = [_term("A", DAY, "2026-12-18"), _term("B", "2027-01-04", "2027-03-26")]
    assert school_faults({"ages": {"from": 4, "to": 11}, "terms": terms}) == []
    assert school_faults({"ages": {"from": 4, "to": 4}, "groups": []}) == []
