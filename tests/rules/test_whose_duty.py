"""Duties are judged by the day: parents while it was a child, then the young person."""

from __future__ import annotations

from typing import Any

from sencli.core.due.due import due
from sencli.core.due.facts import due_row
from sencli.core.people.young_person import family_met
from sencli.rules import Judge
from tests.cases import each_case

# of compulsory school age until 26 June 2026
PUPIL: dict[str, Any] = {
    "id": "p7k2q",
    "first_name": "Tara",
    "last_name": "Lowe",
    "date_of_birth": "2010-05-01",
    "roll": [{"from": "2022-09-06"}],
    "placements": [{"from": "2025-09-01", "year_group": "11"}],
    "status": [{"from": "2025-09-08", "provision": "K", "reason": "Yes"}],
    "contacts": [{"id": "c1aa", "name": "Sana Lowe", "relationship": "mother"}],
}
CHILD, YOUNG = "2026-05-20", "2026-07-10"


def messages(code: str, day: str, **parts: Any) -> list[str]:
    found = Judge({"name": "High Moor"}, day).findings({**PUPIL, **parts})
    return [finding.message for finding in found if finding.code == code]


def paper(to: str, day: str) -> dict[str, Any]:
    return {
        "id": "w3dc",
        "document": "summary",
        "content": "3f9a-2b7c",
        "date": day,
        "to": to,
    }


@each_case(
    ("code", "part"),
    [
        ("P01", lambda to, day: {"reports": [{"date": day, "to": [to]}]}),
        ("P09", lambda to, day: {"issued": [paper(to, day)]}),
        (
            "A10",
            lambda to, day: {
                "information": [{"date": day, "what": "sendiass", "to": to}]
            },
        ),
        (
            "A13",
            lambda to, day: {
                "status": [{**PUPIL["status"][0], "told": [{"who": to, "date": day}]}]
            },
        ),
    ],
)
def test_what_was_given_counts_by_whose_it_was_that_day(code: str, part: Any) -> None:
    judged = "2026-08-10"  # after the end of the school year
    assert messages(code, judged) != []
    assert messages(code, judged, **part("c1aa", CHILD)) == []
    assert messages(code, judged, **part("pupil", CHILD)) != []
    assert messages(code, judged, **part("pupil", YOUNG)) == []
    (said,) = messages(code, judged, **part("c1aa", YOUNG))
    assert "young person" in said


def test_a_parents_part_while_it_was_a_child_still_counts() -> None:
    views = [{"of": "c1aa", "text": "Slow"}, {"of": "pupil", "text": "Hard"}]
    assess = {"date": CHILD, "attainment": "Low", "views": views}
    cycle = {"id": "y2qf", "assess": assess}
    (said,) = messages("B03", YOUNG, cycles=[cycle])
    assert "views" not in said
    assess["views"] = views[:1]
    (said,) = messages("B03", YOUNG, cycles=[cycle])
    assert "the pupil's views" in said
    early = {"date": "2025-09-03", "attended": ["c1aa"], "id": "m1aa", "kind": "termly"}
    assert messages("A08", YOUNG, meetings=[early]) == []
    (said,) = messages("A08", YOUNG)
    assert "pupil and parents" in said


def test_meetings_are_with_whom_they_were_owed_to_on_the_day() -> None:
    days = ("2025-11-01", "2026-03-01", "2026-07-03")
    meetings = [
        {"id": f"m{n}aa", "date": day, "attended": ["c1aa"]}
        for n, day in enumerate(days)
    ]
    record = {**PUPIL, "meetings": meetings}
    assert family_met(record) == ["2025-11-01", "2026-03-01"]
    assert due_row(record)["met"] == ["2025-11-01", "2026-03-01"]
    meetings[2]["attended"] = ["pupil"]
    assert family_met(record) == list(days)
    report = {"date": CHILD, "to": ["pupil"]}
    assert due_row({**record, "reports": [report]})["reports"] == []


@each_case(("code", "source"), [("C06", "school"), ("B06", "health")])
def test_agreement_is_that_of_whoever_may_agree(code: str, source: str) -> None:
    def asked(by: str, day: str) -> list[str]:
        consent = {"given": True, "by": by, "date": day}
        entry = {"id": "s2aa", "service": "Educational psychologist", "source": source}
        return messages(
            code, YOUNG, specialists=[{**entry, "consent": consent, "referred": day}]
        )

    assert asked("c1aa", CHILD) == []
    assert asked("pupil", YOUNG) == []
    assert asked("pupil", CHILD) != []
    (said,) = asked("c1aa", YOUNG)
    assert "young person" in said


def test_what_is_to_be_typed_says_to_whom() -> None:
    found = Judge({"name": "High Moor"}, YOUNG).findings(PUPIL)
    mends = {f.code: (f.mend, f.together) for f in found}
    assert "sendiass --to pupil" in mends["A10"][0]
    assert "PUPILS sendiass --to pupil" in mends["A10"][1]
    found = Judge({"name": "High Moor"}, CHILD).findings(PUPIL)
    mends = {f.code: (f.mend, f.together) for f in found}
    assert "PUPILS sendiass --to parent" in mends["A10"][1]


def test_to_the_review_of_a_young_person_the_young_person_is_invited() -> None:
    roles = ("parent", "school", "authority", "health", "social_care")
    asked = [{"role": role, "date": "2026-06-01"} for role in roles]
    review = {"id": "q8wn", "date": YOUNG, "invited": asked}
    ehc = {"plans": [{"id": "e3ph", "issued": "2025-06-10"}], "reviews": [review]}
    (said,) = messages("D02", YOUNG, ehc=ehc)
    assert said.endswith("were not invited: young person.")
    asked[0]["role"] = "young_person"
    assert messages("D02", YOUNG, ehc=ehc) == []
    acts = [{**PUPIL["contacts"][0], "acts_for_pupil": True}]
    asked[0]["role"] = "parent"
    assert messages("D02", YOUNG, ehc=ehc, contacts=acts) == []


def test_what_is_due_says_to_whom() -> None:
    for day, to in ((CHILD, "parents WHO"), (YOUNG, "the young person pupil")):
        items = due([due_row(PUPIL)], {"name": "High Moor"}, day, "2026-07-31")
        (report,) = [item for item in items if item.kind == "report"]
        name, _, typed = to.rpartition(" ")
        assert report.what == f"Report to {name} for this school year"
        assert f"--to {typed} " in report.command
