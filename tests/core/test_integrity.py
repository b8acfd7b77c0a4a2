"""Whether a record hangs together: each fault with its place and its mend."""

from __future__ import annotations

import copy

from sencli.core.checks.duplicates import double_faults
from sencli.core.checks.duplicates import keys_of
from sencli.core.checks.integrity import across
from sencli.core.checks.integrity import catalogue_faults
from sencli.core.checks.integrity import integrity
from sencli.resources import load_schema
from sencli.store.text.schema import faults
from tests.cases import each_case

SCHOOL = {
    "schema": 1,
    "name": "Oak Primary",
    "staff": [{"initials": i, "name": "A. B"} for i in ("KM", "JP", "TA2")],
}
PROVISIONS = {
    "schema": 1,
    "provisions": [{"key": "precision-teaching", "name": "Precision teaching"}],
    "scales": [
        {
            "key": "steps",
            "kind": "ordinal",
            "values": ["not yet", "with prompt", "alone"],
        }
    ],
}
GROUPS = {
    "schema": 1,
    "groups": [{"id": "q9ck", "name": "HFW 1", "provision": "precision-teaching"}],
}
PUPIL = {
    "schema": 1,
    "id": "p7k2q",
    "first_name": "Amelia",
    "last_name": "Khan",
    "date_of_birth": "2017-03-14",
    "upn": "P999900024001",
    "contacts": [
        {"id": "c4wm", "name": "Sana Khan"},
        {"id": "c4wm", "from": "2025-10-01", "name": "Sana Khan"},
    ],
    "status": [{"from": "2025-09-15", "provision": "K", "decided_by": ["senco"]}],
    "needs": [{"id": "d5hy", "type": "SLCN"}],
    "cycles": [
        {
            "id": "y1qf",
            "teacher": "KM",
            "assess": {"date": "2025-04-15", "by": ["KM", "senco"]},
            "plan": {
                "date": "2025-04-18",
                "outcomes": [{"id": "o7fd", "outcome": "Listens"}],
                "interventions": [{"id": "i4tr", "provision": "precision-teaching"}],
            },
            "review": {"date": "2025-07-01"},
            "closed": {"date": "2025-07-01", "reason": "reviewed"},
        },
        {
            "id": "y2qf",
            "assess": {
                "date": "2025-09-15",
                "views": [
                    {"of": "c4wm", "text": "Worried"},
                    {"of": "pupil", "text": "I"},
                ],
            },
            "plan": {
                "date": "2025-09-18",
                "review_by": "2025-12-12",
                "agreement": [{"who": "parent", "answer": "agreed"}],
                "strategies": [{"id": "g7rn", "text": "Timetable"}],
                "outcomes": [
                    {
                        "id": "o8fd",
                        "continues": "o7fd",
                        "need": "d5hy",
                        "outcome": "Reads",
                        "baseline": {"date": "2025-09-15", "value": 22},
                        "target": {"by": "2025-12-12", "value": 60},
                    },
                    {
                        "id": "o9fd",
                        "outcome": "Dresses",
                        "scale": "steps",
                        "baseline": {"value": "not yet"},
                    },
                    {
                        "id": "o6fd",
                        "outcome": "Reading age",
                        "scale": "age",
                        "baseline": {"value": "6:04"},
                    },
                ],
                "interventions": [
                    {
                        "id": "i5tr",
                        "provision": "precision-teaching",
                        "outcomes": ["o8fd", "o7fd"],
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
                    {"date": "2025-09-22", "intervention": "i5tr", "ordinal": 2},
                ],
                "tallies": [
                    {"week": "2025-09-29", "intervention": "i5tr", "delivered": 2}
                ],
                "measurements": [
                    {"id": "m6pz", "date": "2025-10-17", "outcome": "o8fd", "value": 37}
                ],
                "changes": [
                    {"id": "h3vk", "date": "2025-10-20", "item": "g7rn", "change": "x"}
                ],
            },
        },
    ],
    "specialists": [
        {
            "id": "s2kd",
            "service": "EP",
            "name": "Dr Hale",
            "advice": [
                {
                    "id": "a8rt",
                    "date": "2025-10-01",
                    "recommendation": "More time",
                    "items": ["o8fd"],
                }
            ],
            "shared": [{"with": "parents", "date": "2025-10-02"}],
        }
    ],
    "meetings": [{"id": "t2kd", "date": "2025-10-05", "led_by": "Dr Hale"}],
    "documents": [
        {"id": "f2kd", "date": "2025-10-05", "title": "Plan", "file": "plan.pdf"}
    ],
    "ehc": {
        "plans": [
            {
                "id": "e2kd",
                "issued": "2025-10-05",
                "document": "f2kd",
                "outcomes": [{"id": "eo1a", "text": "Talks"}],
                "provision": [{"id": "ef1a", "text": "SALT", "outcomes": ["eo1a"]}],
            }
        ],
        "reviews": [
            {
                "id": "r2kd",
                "date": "2025-11-05",
                "plan": "e2kd",
                "outcomes": [{"outcome": "eo1a", "result": "on_track"}],
            }
        ],
        "requests": [{"id": "e3kd", "date": "2025-05-01", "plan": "e2kd"}],
    },
    "issued": [
        {
            "id": "x2kd",
            "date": "2025-10-05",
            "document": "summary",
            "content": "0123abcd",
            "by": "Q",
        }
    ],
}
NOW = ("cycles", 1)
OUTCOME = (*NOW, "plan", "outcomes", 0)
INTERVENTION = (*NOW, "plan", "interventions", 0)
GONE = object()


def changed(path, value):
    record = copy.deepcopy(PUPIL)
    inner = record
    for part in path[:-1]:
        inner = inner[part]
    if value is GONE:
        del inner[path[-1]]
    else:
        inner[path[-1]] = value
    return record


def judged(record):
    assert faults(record, "pupil") == []
    return integrity(record, SCHOOL, PROVISIONS, GROUPS)


def test_a_record_that_hangs_together_has_no_faults():
    assert judged(PUPIL) == []
    assert double_faults(PUPIL, keys_of(load_schema("pupil"))) == []


@each_case(
    ("path", "value", "message", "mend"),
    [
        (
            (*INTERVENTION, "provision"),
            "precison-teaching",
            "provision precison-teaching is not in provisions.yaml",
            "Write precision-teaching, or enter it: sen provision add precison-",
        ),
        (
            (*INTERVENTION, "provision"),
            "lego",
            "provision lego is not in provisions.yaml",
            "Enter it: sen provision add lego --name NAME",
        ),
        (
            (*INTERVENTION, "group"),
            "qqqq",
            "group qqqq is not in groups.yaml",
            "Enter it: sen group add GROUP",
        ),
        (
            (*INTERVENTION, "outcomes", 0),
            "zzzz",
            "outcome zzzz is nowhere in this record",
            "Enter it: sen outcome add p7k2q OUTCOME",
        ),
        (
            (*OUTCOME, "need"),
            "zzzz",
            "need zzzz is nowhere in this record",
            "Enter it: sen need add p7k2q TYPE",
        ),
        (
            (*OUTCOME, "continues"),
            "o9fd",
            "continues o9fd is not in an earlier cycle",
            "Write o7fd",
        ),
        (
            (*OUTCOME, "ehc_outcome"),
            "zzzz",
            "ehc_outcome zzzz is nowhere in this record",
            "Write one of: eo1a (Talks)",
        ),
        (
            (*OUTCOME, "scale"),
            "stepz",
            "scale stepz is not in provisions.yaml",
            "Write steps, or enter it: sen scale add stepz --kind ordinal",
        ),
        (
            (*NOW, "do", "sessions", 0, "intervention"),
            "i4tr",
            "intervention i4tr is not planned in this cycle",
            "Write i5tr",
        ),
        (
            (*NOW, "do", "measurements", 0, "outcome"),
            "zzzz",
            "outcome zzzz is not planned in this cycle",
            "Write one of: o8fd (Reads), o9fd (Dresses), o6fd (Reading age)",
        ),
        (
            (*NOW, "do", "measurements", 0, "value"),
            "quite well",
            "value 'quite well' is not on the outcome's scale",
            "Write a number.",
        ),
        (
            (*NOW, "plan", "outcomes", 1, "baseline", "value"),
            "sometimes",
            "value 'sometimes' is not on the outcome's scale",
            "Write one of not yet, with prompt, alone.",
        ),
        (
            (*NOW, "plan", "outcomes", 2, "baseline", "value"),
            6.4,
            "value '6.4' is not on the outcome's scale",
            "Write an age in years and months, like '6:04'.",
        ),
        (
            (*NOW, "do", "changes", 0, "item"),
            "zzzz",
            "item zzzz is nowhere in this record",
            None,
        ),
        (
            ("specialists", 0, "advice", 0, "items", 0),
            "zzzz",
            "item zzzz is nowhere in this record",
            None,
        ),
        (
            ("ehc", "plans", 0, "document"),
            "zzzz",
            "document zzzz is nowhere in this record",
            "Enter it: sen document add p7k2q FILE",
        ),
        (
            ("ehc", "plans", 0, "provision", 0, "outcomes", 0),
            "zzzz",
            "outcome zzzz is nowhere in this record",
            "Write one of: eo1a (Talks)",
        ),
        (
            ("ehc", "reviews", 0, "outcomes", 0, "outcome"),
            "zzzz",
            "outcome zzzz is nowhere in this record",
            "Write one of: eo1a (Talks)",
        ),
        (
            ("ehc", "requests", 0, "plan"),
            "zzzz",
            "plan zzzz is nowhere in this record",
            "Write one of: e2kd (2025-10-05)",
        ),
        (
            (*NOW, "do", "sessions", 0, "by"),
            "XY",
            "by names XY, who is not in the records",
            "Enter the person: sen staff add XY --name NAME --role ROLE",
        ),
        (
            (*NOW, "do", "sessions", 0, "by"),
            "ta2",
            "by names ta2, who is not in the records",
            "Write TA2.",
        ),
        (
            (*NOW, "plan", "agreement", 0, "who"),
            "mum",
            "who names mum, who is not in the records",
            "Write parent, pupil, teacher, senco, or enter the person: sen contact add",
        ),
        (
            ("status", 0, "decided_by", 0),
            "QQ",
            "decided_by names QQ, who is not in the records",
            "Enter the person: sen staff add QQ --name NAME --role ROLE",
        ),
        (
            (*NOW, "plan", "date"),
            "2025-09-14",
            ("the plan, 14 September 2025,"
            " comes before the assessment, 15 September 2025"),
            "Put the one of the two right that is wrong.",
        ),
        (
            (*NOW, "plan", "review_by"),
            "2025-09-01",
            ("the day of the review, 1 September 2025,"
            " comes before the plan, 18 September 2025"),
            "Put the one of the two right that is wrong.",
        ),
        (
            (*OUTCOME, "target", "by"),
            "2025-09-01",
            ("the day of the target, 1 September 2025,"
            " comes before the start, 15 September 2025"),
            None,
        ),
        (
            (*INTERVENTION, "until"),
            "2025-09-21",
            None,
            None,
        ),
        (
            (*INTERVENTION, "dose", 0, "from"),
            "2025-09-21",
            ("the change of its amount, 21 September 2025,"
            " comes before the start, 22 September 2025"),
            None,
        ),
        (
            (*INTERVENTION, "ended"),
            {"date": "2025-09-21"},
            None,
            None,
        ),
        (
            ("cycles", 0, "closed", "date"),
            "2025-04-17",
            "the close, 17 April 2025, comes before the review, 1 July 2025",
            None,
        ),
        (
            ("needs", 0, "from"),
            "2016-01-01",
            "the start, 1 January 2016, comes before the birth, 14 March 2017",
            None,
        ),
        (
            (*NOW, "do", "sessions", 0, "date"),
            "2015-09-22",
            "the date, 22 September 2015, comes before the birth, 14 March 2017",
            None,
        ),
        (
            ("upn",),
            "Q999900024001",
            None,
            "Compare it with the school's own register. If the figures are right: sen",
        ),
        (
            ("documents", 0, "id"),
            "o7fd",
            None,
            None,
        ),
    ],
)  # fmt: skip
def test_a_fault_has_its_place_and_its_mend(path, value, message, mend):
    found = judged(changed(path, value))
    assert found
    first = found[0]
    assert message in (None, first.message)
    assert first.mend.startswith(mend or "")
    assert first.mend
    assert first.path[: len(path) - 1] == path[:-1]
    assert not first.note


def test_a_birth_after_everything_is_one_fault():
    found = judged(changed(("date_of_birth",), "2027-03-14"))
    assert [fault.path for fault in found] == [("date_of_birth",)]
    assert "the first 15 April 2025" in found[0].message
    assert found[0].mend.startswith("Write the right one: sen pupil set p7k2q ")


def test_one_cycle_is_open_at_a_time():
    record = changed(("cycles", 0, "closed"), GONE)
    del record["cycles"][0]["review"]
    found = judged(record)
    assert [fault.path for fault in found] == [("cycles", 0)]
    assert "sen cycle close p7k2q --cycle y1qf" in found[0].mend


def test_what_cannot_be_read_is_not_judged():
    record = changed((*INTERVENTION, "provision"), "lego")
    record["cycles"][1]["do"]["sessions"][0]["by"] = "XY"
    assert integrity(record, None, None, None) == []


def test_an_empty_record_has_no_faults():
    assert judged({"schema": 1, "id": "p7k2q", "first_name": "Ben"}) == []


@each_case(
    ("path", "item", "message"),
    [
        (
            ("status",),
            {"from": "2025-09-15", "provision": "N"},
            "two entries of status have the same from (2025-09-15)",
        ),
        (
            (*NOW, "do", "sessions"),
            {"date": "2025-09-22", "intervention": "i5tr"},
            (
                "two entries of sessions have the same intervention, date "
                "(i5tr 2025-09-22)"
            ),
        ),
        (
            (*NOW, "plan", "outcomes"),
            {"id": "o8fd", "outcome": "x"},
            "two entries of outcomes have the same id (o8fd)",
        ),
        (
            ("contacts",),
            {"id": "c4wm", "name": "x"},
            "two entries of contacts have the same id (c4wm)",
        ),
    ],
)
def test_items_that_cannot_be_told_apart_are_faults(path, item, message):
    record = copy.deepcopy(PUPIL)
    entries = record
    for part in path:
        entries = entries[part]
    entries.append(item)
    found = double_faults(record, keys_of(load_schema("pupil")))
    assert [(fault.path, fault.message) for fault in found] == [
        ((*path, len(entries) - 1), message)
    ]
    assert found[0].mend


def test_two_entries_without_their_key_are_faults():
    record = PUPIL | {"placements": [{"class": "4B"}, {"class": "5B"}]}
    found = double_faults(record, keys_of(load_schema("pupil")))
    assert found[0].message == "two entries of placements have no from"


def test_a_number_or_a_child_entered_twice():
    other = {"first_name": "amelia", "last_name": "KHAN", "date_of_birth": "2017-03-14"}
    twin = {"first_name": "Sara", "date_of_birth": "2017-03-14", "upn": PUPIL["upn"]}
    found = across({"p7k2q": PUPIL, "pabcd": other, "pzzzz": twin})
    assert [(pupil, fault.code, fault.note) for pupil, fault in found] == [
        ("pzzzz", "upn", False),
        ("pabcd", "pupil", True),
    ]


def test_groups_are_of_provisions_that_there_are():
    assert catalogue_faults(GROUPS, PROVISIONS) == []
    assert catalogue_faults(GROUPS, None) == []
    found = catalogue_faults(GROUPS, {"schema": 1})
    assert found[0].path == ("groups", 0, "provision")
    assert "sen provision add precision-teaching" in found[0].mend
