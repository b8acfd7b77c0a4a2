"""The annual review pack: each part in its reader's words, and only their part."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from sencli.core.papers.redact import Rules
from sencli.core.papers.review_pack import PackReader
from sencli.core.papers.review_pack import parts_of
from sencli.core.papers.review_pack import readers_of
from sencli.core.papers.review_pack import review_of
from sencli.core.people.young_person import is_young_person
from sencli.core.reports import review_gaps
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.packs import annual_review
from sencli.errors import InvalidValue
from sencli.formats import render
from tests.documents import snapshot
from tests.documents.example import AMELIA
from tests.documents.example import SCHOOL
from tests.documents.example import setting

PLAN = {
    "id": "e3ph",
    "issued": "2025-03-03",
    "authority": "Westmere",
    "outcomes": [
        {"id": "u5ra", "text": "Reads to find things out"},
        {"id": "u6sb", "text": "Asks for help in words"},
    ],
    "provision": [
        {
            "id": "f9tb",
            "text": "Precision teaching every week",
            "minutes_per_week": 90,
            "outcomes": ["u5ra"],
        },
        {"id": "f8sa", "text": "Speech therapy each term"},
    ],
}
COMING = {"id": "q8wn", "date": "2026-01-20", "time": "2 pm", "place": "Room 4"}
HELD = {
    **COMING,
    "kind": "annual",
    "invited": [
        {"role": "parent", "date": "2025-12-16"},
        {"role": "health", "who": "Dr Lee", "date": "2025-12-16"},
        {"role": "other", "who": "Ms Roe", "date": "2025-12-16"},
    ],
    "advice": [{"of": "health", "requested": "2025-12-16", "received": "2026-01-05"}],
    "attended": ["c4wm", "pupil", "JP"],
    "outcomes": [{"outcome": "u5ra", "result": "achieved", "evidence": "Reads menus"}],
    "views": [
        {"of": "c4wm", "date": "2026-01-20", "text": "More reading, please"},
        {"of": "c5xn", "date": "2026-01-20", "text": "Less homework, please"},
    ],
    "interim_targets": [{"id": "g1aa", "text": "Reads a chapter a week"}],
    "recommendation": "amend",
    "amendments": "Outcome 1 replaced",
    "differences": "Her father would keep outcome 1",
}


def amelia(review: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    record = copy.deepcopy(AMELIA)
    record["status"] = [{"from": "2025-03-03", "provision": "E"}]
    record["cycles"][0]["plan"]["interventions"][0]["section_f"] = "f9tb"
    record["cycles"][0]["plan"]["outcomes"][1]["ehc_outcome"] = "u6sb"
    reviews = [] if review is None else [copy.deepcopy(review)]
    return {**record, "ehc": {"plans": [PLAN], "reviews": reviews}, **more}


def page(
    record: dict[str, Any],
    part: str,
    reader: PackReader | None = None,
    day: str = "2025-12-15",
    **more: Any,
) -> str:
    asked = PaperRequest(part=part, reader=reader or PackReader(), **more)
    views = annual_review.build([record], setting(day), asked)
    return render(views, "text").decode()


def test_each_of_the_five_is_asked_in_their_own_words() -> None:
    record = amelia(COMING)
    said = {
        role: page(record, "invitation", PackReader(role))
        for role in ("pupil", "school", "authority", "health", "social_care")
    }
    said["parent"] = page(
        record, "invitation", PackReader("parent", "c4wm", "Sana Khan"), to="c4wm"
    )
    assert len({*said.values()}) == 6
    for role, words in (
        ("parent", "Dear Sana Khan,"),
        ("pupil", "It is your meeting."),
        ("school", "You are invited as head of the school"),
        ("authority", "as the officer of the authority that maintains the plan"),
        ("health", "If nobody in health works with Millie"),
        ("social_care", "If Millie is not known to social care"),
    ):
        assert words in said[role]
        assert "Tuesday 20 January 2026" in said[role]
        assert "2 pm" in said[role]
        assert "Room 4" in said[role]
    assert "due by 17 February 2026" in said["authority"]
    assert "an amended plan by 14 April 2026" in said["authority"]
    # a week before the papers go round, two weeks before the meeting
    assert "Please send it to us by 30 December 2025." in said["health"]


def test_the_pack_is_of_the_meeting_to_come_or_of_the_last() -> None:
    record = amelia(COMING)
    assert parts_of(review_of(record, "2026-01-20"), "2026-01-20")[1] == "invitation"
    assert parts_of(review_of(record, "2026-01-21"), "2026-01-21")[-1] == "cover"
    done = amelia({**HELD, "report_sent": "2026-01-30"})
    assert review_of(done, "2026-03-17")
    assert not review_of(done, "2026-03-18")
    assert review_of(done, "2026-03-18", "2026-01-20")["recommendation"] == "amend"
    assert review_of(amelia(HELD), "2026-12-01")["id"] == "q8wn"


def test_who_lives_apart_has_their_own_and_a_social_worker_is_a_professional() -> None:
    contacts = [
        {"id": "c1aa", "name": "Gill Poole", "relationship": "foster carer"},
        {
            "id": "c2aa",
            "name": "Marian Cole",
            "relationship": "social worker",
            "parental_responsibility": True,
        },
        {
            "id": "c3aa",
            "name": "Ola Khan",
            "relationship": "mother",
            "parental_responsibility": True,
            "lives_with": False,
        },
    ]
    record = amelia(COMING, contacts=contacts)
    found = readers_of("invitation", record, COMING, SCHOOL, "2025-12-15")
    roles = [(reader.role, reader.name) for reader in found]
    assert roles[:3] == [
        ("parent", "Gill Poole"),
        ("parent", "Ola Khan"),
        ("pupil", "Millie Khan"),
    ]
    assert ("social_care", "Marian Cole") in roles
    assert len(found) == 7


@pytest.mark.parametrize(
    ("born", "day", "grown"),
    [
        ("2009-09-01", "2026-06-26", False),
        ("2009-09-01", "2026-06-27", True),
        ("2010-08-31", "2026-06-27", True),
        ("2010-09-01", "2026-09-02", False),
        ("2010-09-01", "2027-06-26", True),
    ],
)
def test_a_young_person_is_over_compulsory_school_age(born, day, grown) -> None:
    assert is_young_person({"date_of_birth": born}, day) is grown
    assert not is_young_person({}, day)


def test_a_young_person_is_asked_in_the_parents_place() -> None:
    record = amelia(COMING, date_of_birth="2008-01-10")
    found = readers_of("invitation", record, COMING, SCHOOL, "2025-12-15")
    assert [r.role for r in found][:2] == ["young_person", "school"]
    said = page(record, "invitation", found[0])
    assert "the rights in this review are your own" in said
    record["contacts"][0]["involved"] = True
    found = readers_of("invitation", record, COMING, SCHOOL, "2025-12-15")
    assert [r.role for r in found][:2] == ["young_person", "parent"]
    assert found[1].contact == "c4wm"


def test_the_report_is_made_from_the_record() -> None:
    said = page(amelia(HELD), "report", PackReader("authority"), "2026-01-22")
    assert "1. Reads to find things out" in said
    assert "Reads menus" in said
    # through the support that carries out the line of section F
    assert "Measured: Reads 60 common words on sight" in said
    assert "22 words of 100" in said
    assert "63 words of 100" in said
    assert "60 words of 100, by 12 December 2025" in said
    # named by the school's outcome itself
    assert said.index("2. Asks for help") < said.index("Measured: Asks for help when")
    # 12 weeks of 3 at 16.50 x 30/60 / 4 = 2.0625: 74.25; one session given: 2.06
    assert "30 minutes, 3 times a week, group of 4, TA; 12 weeks" in said
    assert "£74.25" in said
    assert "£2.06" in said
    assert "to amend the plan" in said
    assert "Her father would keep outcome 1" in said
    assert "Reads a chapter a week" in said
    assert "Dr Lee" in said
    assert "Health: received 5 January 2026" in said


def test_the_officer_of_the_authority_is_written_to_by_name() -> None:
    record = amelia(COMING)
    record["ehc"]["plans"] = [{**PLAN, "officer": "Ms Hall"}]
    found = readers_of("invitation", record, COMING, SCHOOL, "2025-12-15")
    (officer,) = (reader for reader in found if reader.role == "authority")
    assert officer.noted == "Ms Hall (local authority)"
    assert "Dear Ms Hall," in page(record, "invitation", officer)
    (cover,) = readers_of("cover", amelia(HELD), HELD, SCHOOL, "2026-01-22")
    assert cover == PackReader("authority")


def test_a_parents_report_has_no_costs_and_not_the_other_parents_words() -> None:
    rules = Rules(audience="parent", family=True, parts=frozenset({"costs"}))
    contacts = [
        {**c, "parental_responsibility": True, "lives_with": c["id"] == "c4wm"}
        for c in AMELIA["contacts"]
    ]
    record = amelia(HELD, contacts=contacts)
    reader = PackReader("parent", "c4wm", "Sana Khan")
    said = page(record, "report", reader, "2026-01-22", rules=rules, to="c4wm")
    assert "More reading, please" in said
    assert "Less homework" not in said
    assert "£" not in said
    assert "For Sana Khan" in said


def test_before_the_meeting_the_report_says_nothing_of_what_came_of_it() -> None:
    said = page(amelia(COMING), "report", day="2025-12-15")
    assert "For the annual review: Amelia Khan" in said
    assert "recommend" not in said
    assert "differently" not in said


def test_what_is_restricted_is_in_no_part() -> None:
    record = amelia(HELD)
    secret = {"restricted": True, "text": "", "outcome": "Tells nobody of the refuge"}
    outcome = {"id": "o7zz", "ehc_outcome": "u5ra", **secret}
    del outcome["text"]
    record["cycles"][0]["plan"]["outcomes"].append(outcome)
    for part in ("report", "views", "attendance", "cover"):
        reader = PackReader("authority")
        assert "refuge" not in page(record, part, reader, "2026-01-22"), part


def test_what_is_missing_is_for_the_senco_and_in_no_other_part() -> None:
    review = {**COMING, "invited": [{"role": "parent", "date": "2025-12-14"}]}
    record = amelia(review)
    said = page(record, "missing")
    assert "this page goes to nobody" in said
    assert "do not send" in said
    assert "Not invited yet: school, local authority, health and social care." in said
    assert "Two weeks' notice is due by 6 January 2026" in said
    assert "No support is recorded under line 2 of section F" in said
    assert "sen ehc review p7k2q --date 2026-01-20 --invited" in said
    for part in ("invitation", "views", "report", "attendance"):
        other = page(record, part, PackReader("health"))
        assert "sen " not in other
        assert "Not invited" not in other
        assert "not recorded" not in other.casefold()


def test_after_the_meeting_what_is_missing_is_what_came_of_it() -> None:
    bare = {k: HELD[k] for k in ("id", "date", "invited")}
    place = setting("2026-02-04")
    found = review_gaps.lacks(amelia(bare), PLAN, bare, place, "2026-02-04")
    text = "\n".join(f"{lack.message} {lack.command}" for lack in found)
    for words in (
        "Who came is not recorded.",
        "Outcome 2 is not rated: Asks for help in words.",
        "recommends nothing yet",
        "Whether anybody saw it differently is not recorded",
        "was due by 3 February 2026 and is not shown as sent",
    ):
        assert words in text
    assert not review_gaps.dates(amelia(), {}, SCHOOL, "2026-02-04")


def test_sent_received_and_due_dates_stand_together() -> None:
    rows = review_gaps.dates(amelia(HELD), HELD, SCHOOL, "2026-01-22")
    named = {(row.what, row.who): row for row in rows}
    lee = named["Views and advice", "health: Dr Lee"]
    assert (lee.due, lee.sent, lee.came) == ("2026-01-06", "2025-12-16", "2026-01-05")
    assert named["Invitation", "other: Ms Roe"].sent == "2025-12-16"
    assert named["Invitation", "local authority"].sent == ""
    assert [row.due for row in rows[-3:]] == ["2026-01-06", "2026-02-03", "2026-02-17"]


def test_the_sheet_has_room_to_sign_and_then_who_came() -> None:
    before = page(amelia(COMING), "attendance")
    assert "Signature" in before
    assert "Sana Khan" in before
    after = page(amelia(HELD), "attendance", day="2026-01-22")
    assert "Who came" in after
    assert "Signature" not in after


def test_the_cover_goes_with_a_report_and_not_before() -> None:
    said = page(amelia(HELD), "cover", PackReader("authority"), "2026-01-22")
    assert "due by 17 February 2026, within four weeks" in said
    assert "the amended plan is due by 14 April 2026" in said
    with pytest.raises(InvalidValue, match="goes with the report"):
        page(amelia(COMING), "cover", PackReader("authority"))


def test_no_meeting_no_time_and_no_plan_are_refused_with_what_to_type() -> None:
    with pytest.raises(InvalidValue, match="On what day") as raised:
        page(amelia(), "attendance")
    assert "--on DATE --time TIME" in raised.value.hint
    with pytest.raises(InvalidValue, match="At what time"):
        page(
            amelia({"id": "q8wn", "date": "2026-01-20"}),
            "invitation",
            PackReader("health"),
        )
    with pytest.raises(InvalidValue, match="is a Sunday"):
        page(
            amelia({**COMING, "date": "2026-01-18"}), "invitation", PackReader("health")
        )
    with pytest.raises(InvalidValue, match="is not recorded"):
        page(copy.deepcopy(AMELIA), "missing")


@pytest.mark.parametrize("part", ["missing", "views", "report", "attendance", "cover"])
def test_snapshots(part: str) -> None:
    role = {"views": "health", "report": "authority", "cover": "authority"}
    reader = PackReader(role.get(part, ""))
    asked = PaperRequest(part=part, reader=reader)
    views = annual_review.build([amelia(HELD)], setting("2026-01-22"), asked)
    snapshot.check(f"annual-review-{part}.txt", *views)


@pytest.mark.parametrize("role", ["pupil", "young_person", "authority", "health"])
def test_snapshots_of_invitations(role: str) -> None:
    asked = PaperRequest(part="invitation", reader=PackReader(role))
    born = "2008-01-10" if role == "young_person" else "2017-03-14"
    record = amelia(COMING, date_of_birth=born)
    views = annual_review.build([record], setting("2025-12-15"), asked)
    snapshot.check(f"annual-review-invitation-{role}.txt", *views)


@pytest.mark.parametrize("role", ["pupil", "young_person", "parent"])
def test_the_family_forms(role: str) -> None:
    record = amelia(COMING)
    said = page(record, "views", PackReader(role))
    assert "Reads to find things out" in said
    assert "by 30 December 2025" in said
    late = page(record, "views", PackReader(role), "2026-01-10")
    assert "as soon as you can" in late


def test_a_review_before_a_move_says_so_to_each_with_the_earlier_day() -> None:
    year_6 = {"placements": [{"from": "2025-09-01", "year_group": "6"}]}
    moving = amelia(
        {**COMING, "date": "2025-12-20", "kind": "phase_transfer"}, **year_6
    )
    parent = PackReader("parent", "c4wm", "Sana Khan")
    on = "15 February 2026"
    free = {"day": "2025-11-15", "any_day": True}
    assert on in page(moving, "invitation", parent, to="c4wm", **free)
    assert "where you go next" in page(
        moving, "invitation", PackReader("pupil"), **free
    )
    asked = page(moving, "invitation", PackReader("authority"), **free)
    held = {**HELD, **moving["ehc"]["reviews"][0], "recommendation": "amend"}
    cover = page(
        amelia(held, **year_6),
        "cover",
        PackReader("authority"),
        day="2026-01-05",
    )
    for text in (asked, cover):
        assert f"plan by {on} (regulation 18" in text or f"due by {on}" in text
        assert "14 March 2026" not in text
    yearly = page(amelia(COMING), "invitation", parent, to="c4wm")
    assert "next stage" not in yearly


def test_a_column_of_the_report_that_nothing_fills_is_left_out() -> None:
    record = amelia({**COMING, "outcomes": [{"outcome": "u5ra", "evidence": "Menus"}]})
    record["cycles"] = []
    text = page(record, "report")
    assert "Reads to find things out" in text
    assert "Menus" in text
    assert "Baseline" not in text
    assert "Aim" not in text


def test_who_is_kept_back_is_named_nowhere_and_is_no_member_of_staff() -> None:
    record = amelia({**HELD, "attended": ["c4wm", "JP"]})
    for contact in record["contacts"]:
        contact["restricted"] = True
    for part, reader in (("attendance", None), ("cover", PackReader("authority"))):
        text = page(record, part, reader, day="2026-01-25")
        assert "Parent or carer" in text
        assert "member of staff" not in text
        assert "Sana" not in text


def test_where_nothing_is_shared_with_a_parent_there_is_no_copy_for_parents() -> None:
    record = amelia(HELD)
    parts = ("invitation", "views", "report")

    def roles() -> set[str]:
        day = "2026-01-25"
        found = (readers_of(part, record, HELD, SCHOOL, day) for part in parts)
        return {reader.role for listed in found for reader in listed}

    for contact in record["contacts"]:
        contact["sharing"] = "none"
    assert "parent" not in roles()
    record["contacts"] = []
    assert "parent" in roles()


def test_parents_asked_by_name_have_been_asked() -> None:
    record = amelia({**COMING, "advice": [{"of": "c4wm", "requested": "2025-12-10"}]})
    unasked = next(
        line
        for line in page(record, "missing").splitlines()
        if "Advice has not been asked for" in line
    )
    assert "parent" not in unasked
    assert "health" in unasked


def test_what_nobody_counted_is_not_told_as_not_given() -> None:
    record = amelia(HELD)
    asked = {"part": "report", "reader": PackReader("authority"), "day": "2026-01-25"}
    done = record["cycles"][0]["do"]
    assert "given £" in page(record, **asked)
    record["cycles"][0]["do"] = {
        key: value for key, value in done.items() if key not in {"sessions", "tallies"}
    }
    text = page(record, **asked)
    assert "In this period: planned £" in text
    assert "given £" not in text
