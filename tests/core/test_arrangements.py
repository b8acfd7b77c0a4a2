"""Attendance, suspensions and what is arranged for a pupil: figures, days, meetings."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from sencli.core.checks.integrity import integrity
from sencli.core.due.facts import due_row
from sencli.core.papers.redact import redact
from sencli.core.papers.redact import rules_of
from sencli.core.papers.redact import shared
from sencli.core.people.context import Context
from sencli.core.pupil import arrange_alternative
from sencli.core.pupil import arrange_base
from sencli.core.pupil import arrange_dual
from sencli.core.pupil import arrange_part_time
from sencli.core.pupil import dual_registration
from sencli.core.pupil import part_time
from sencli.core.pupil import suspend
from sencli.core.pupil.attendance import term_meant
from sencli.core.pupil.set_attendance import set_attendance
from sencli.core.record.act import Act
from sencli.core.record.as_at import as_at
from sencli.core.record.merge import merge
from sencli.core.text.amounts import DAYS
from sencli.core.text.amounts import PERCENT
from sencli.core.text.ids import Ids
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import UsageFault
from sencli.resources import folder
from sencli.resources import load_schema
from sencli.rules.example import EXAMPLE_SCHOOL
from sencli.store.text.schema import faults
from tests.cases import each_case

TODAY = "2026-03-16"
NEW_IDS = Ids(Random(7))
AMELIA: dict[str, Any] = {
    "schema": 1,
    "id": "p7k2q",
    "first_name": "Amelia",
    "last_name": "Khan",
    "contacts": [{"id": "c4wm", "name": "Sana Khan", "relationship": "mother"}],
}
RULES = json.loads((folder("templates") / "redaction.json").read_text("utf-8"))


def context(today: str = TODAY) -> Context:
    return Context(today, NEW_IDS, EXAMPLE_SCHOOL)


def valid(act: Act) -> dict[str, Any]:
    assert faults(act.record, "pupil") == []
    return act.record


def attended(record: dict[str, Any], today: str = TODAY, **typed: Any) -> Act:
    return set_attendance(record, typed, context(today))


# ---- numbers and terms, as typed


@each_case(
    ("typed", "meant"),
    [("91.3", 91.3), ("91%", 91), ("91.0 per cent", 91), (" 100 ", 100), ("0", 0)],
)
def test_a_per_cent_has_one_decimal_at_most(typed: str, meant: float) -> None:
    found = PERCENT.read(typed)
    assert found == meant
    assert isinstance(found, int) is (meant == int(meant))


@each_case("typed", ["91,3", "100.1", "-1", "91.35", "nan", "1e2", "", "half"])
def test_what_is_no_per_cent_is_refused(typed: str) -> None:
    with pytest.raises(InvalidValue, match="per cent"):
        PERCENT.read(typed)


def test_days_go_by_halves() -> None:
    assert DAYS.read("1.5 days") == 1.5
    for typed in ("1.3", "0", "45.5"):
        with pytest.raises(InvalidValue) as told:
            DAYS.read(typed)
        assert "in halves, such as 1.5," in told.value.hint


@each_case(
    ("typed", "year", "season", "name"),
    [
        ("autumn 2025", "2025-26", "autumn", "autumn term 2025"),
        ("Autumn term 2025", "2025-26", "autumn", "autumn term 2025"),
        ("spring 2026", "2025-26", "spring", "spring term 2026"),
        ("summer 2024/25", "2024-25", "summer", "summer term 2025"),
        ("2024-2025 spring", "2024-25", "spring", "spring term 2025"),
        ("spring", "2025-26", "spring", "spring term 2026"),
        ("summer", "2024-25", "summer", "summer term 2025"),
        ("aut", "2025-26", "autumn", "autumn term 2025"),
    ],
)
def test_a_term_as_people_write_it(
    typed: str, year: str, season: str, name: str
) -> None:
    term = term_meant(typed, TODAY, EXAMPLE_SCHOOL["terms"])
    assert (term.year, term.season, term.name) == (year, season, name)


@each_case(
    ("typed", "said"),
    [
        ("summer 2026", "has not begun: it begins on 13 April 2026"),
        ("wobble", "is not a term"),
        ("2025-26", "does not say which term"),
        ("autumn 2025-27", "is not an academic year"),
    ],
)
def test_no_such_term(typed: str, said: str) -> None:
    with pytest.raises(InvalidValue, match=said):
        term_meant(typed, TODAY, EXAMPLE_SCHOOL["terms"])


# ---- attendance


def test_a_term_typed_again_is_amended_and_past_ones_end_with_their_term() -> None:
    one = attended(AMELIA, percent=91.3)
    two = attended(one.record, percent=92, source="Register")
    three = attended(two.record, percent=88.5, term="autumn")
    autumn, spring = valid(three)["attendance"]
    assert spring == {
        "academic_year": "2025-26",
        "term": "spring",
        "percent": 92,
        "source": "Register",
        "date": TODAY,
    }
    assert (autumn["percent"], autumn["date"]) == (88.5, "2025-12-19")
    assert "as of 19 December 2025" in three.said
    # without the school's terms, and on a day between two of them
    bare = set_attendance(AMELIA, {"percent": 90}, Context("2026-04-07", Ids(Random())))
    assert bare.record["attendance"][0]["term"] == "spring"
    easter = attended(AMELIA, "2026-04-07", percent=90)
    assert easter.record["attendance"][0]["date"] == "2026-03-27"


def test_sessions_make_the_per_cent_and_must_fit_it() -> None:
    act = attended(AMELIA, sessions_possible=138, sessions_attended=126)
    assert valid(act)["attendance"][0]["percent"] == 91.3
    assert "91.3 per cent (126 of 138 sessions)" in act.said
    newer = attended(act.record, percent=90)
    assert newer.record["attendance"][0].keys().isdisjoint({"sessions_possible"})
    assert "126 of 138" in newer.warnings[0]
    for typed, said in (
        ({"sessions_possible": 10, "sessions_attended": 12}, "more than 10 possible"),
        ({"percent": 50, "sessions_possible": 10, "sessions_attended": 9}, "not 50"),
    ):
        with pytest.raises(InvalidValue, match=said):
            attended(AMELIA, **typed)
    with pytest.raises(UsageFault, match="per cent is needed"):
        attended(AMELIA, source="Register")
    with pytest.raises(InvalidValue, match="begins on 5 January 2026, after 1 Decem"):
        attended(AMELIA, percent=90, term="spring", date="2025-12-01")


def test_figures_written_by_hand_that_cannot_be_are_found() -> None:
    entry = {"academic_year": "2025-26", "term": "autumn", "percent": 91.3}
    entry |= {"date": "2025-12-19"}
    odd: list[dict[str, Any]] = [
        {"sessions_possible": 10, "sessions_attended": 12},
        {"sessions_possible": 10, "sessions_attended": 5},
        {"academic_year": "2025-99"},
    ]
    for more in odd:
        record = {**AMELIA, "attendance": [{**entry, **more}]}
        (fault,) = integrity(record, dict(EXAMPLE_SCHOOL), None, None)
        assert 'sen attendance set p7k2q --term "autumn 2025"' in fault.mend
    fine = {**AMELIA, "attendance": [entry]}
    assert integrity(fine, dict(EXAMPLE_SCHOOL), None, None) == []


# ---- suspensions


def test_suspensions_count_in_half_days() -> None:
    typed = {"date": "2026-03-02", "days": 1.5, "reason": "Hurt an adult"}
    act = suspend.add_suspension(AMELIA, typed, context())
    (one,) = valid(act)["suspensions"]
    assert (one["half_days"], one["reason"]) == (3, "Hurt an adult")
    assert "suspension from 2 March 2026, 1.5 days" in act.said
    again = suspend.set_suspension(act.record, "1", {"half_days": 2})
    assert "1 day." in again.said
    with pytest.raises(InvalidValue, match="has this already"):
        suspend.add_suspension(act.record, typed, context())
    with pytest.raises(UsageFault, match="say the same thing"):
        suspend.add_suspension(AMELIA, {"days": 1, "half_days": 2}, context())
    with pytest.raises(InvalidValue, match="no number of days"):
        suspend.set_suspension(act.record, "1", {"kind": "permanent"})


def test_more_than_the_law_allows_in_a_year_is_said() -> None:
    record: dict[str, Any] = AMELIA
    told = []
    for day, days, kind in (
        ("2025-06-02", 40, "suspension"),
        ("2025-11-03", 40, "suspension"),
        ("2025-11-10", 45, "internal"),
        ("2026-03-02", 6, None),
    ):
        typed = {"date": day, "days": days, "kind": kind}
        act = suspend.add_suspension(record, typed, context())
        record = valid(act)
        told.append(act.warnings)
    assert told == [
        *[()] * 3,
        ("suspensions of this year come to 46 days; 45 are lawful.",),
    ]


# ---- part-time timetables


def test_a_part_time_timetable_from_agreement_to_end() -> None:
    typed = {"from": "2026-03-02", "hours_a_week": 12.5, "reason": "Anxiety"}
    bare = arrange_part_time.add_part_time(AMELIA, typed, context())
    assert "12.5 hours a week, from 2 March 2026" in bare.said
    assert [note.partition(":")[0] for note in bare.warnings] == [
        "parents' agreement is not recorded",
        "no day for its review",
    ]
    agreed = arrange_part_time.set_part_time(
        bare.record, "1", {"consent": "sana", "review_by": "2026-03-13"}, context()
    )
    (entry,) = valid(agreed)["part_time_timetables"]
    assert entry["consent"] == {"given": True, "by": "c4wm", "date": "2026-03-02"}
    assert "Sana Khan agreed on 2 March 2026" in agreed.said
    assert part_time.next_review(entry) == "2026-03-13"
    seen = arrange_part_time.set_part_time(
        agreed.record, "part-time 1", {"reviewed": "2026-03-13"}, context()
    )
    (entry,) = valid(seen)["part_time_timetables"]
    assert part_time.next_review(entry) == "2026-04-10"
    ended = arrange_part_time.set_part_time(
        seen.record, "1", {"until": TODAY}, context()
    )
    (entry,) = valid(ended)["part_time_timetables"]
    assert part_time.part_time_on(ended.record, "2026-03-17") is None
    refused = arrange_part_time.set_part_time(
        ended.record, "1", {"no_consent": True, "consent": "parent"}, context()
    )
    assert any("did not agree" in note for note in refused.warnings)
    with pytest.raises(InvalidValue, match="reviewed on 1 January 2026, before"):
        arrange_part_time.set_part_time(
            ended.record, "1", {"reviewed": "2026-01-01"}, context()
        )


def test_a_young_person_agrees_to_a_timetable_of_their_own() -> None:
    sixth = {**AMELIA, "date_of_birth": "2008-10-01"}
    typed = {"from": "2026-03-02", "hours_a_week": 12.5}
    bare = arrange_part_time.add_part_time(sixth, typed, context())
    assert "the young person's agreement is not recorded" in bare.warnings[0]


@each_case(
    ("entry", "due"),
    [
        ({"from": "2026-03-02"}, "2026-03-30"),
        ({"from": "2026-03-02", "review_by": "2026-03-13"}, "2026-03-13"),
        ({"from": "2026-03-02", "until": "2026-03-20"}, ""),
        ({"from": "2026-03-02", "until": "2026-03-20", "review_by": "2026-03-13"}, 0),
    ],
)
def test_its_review_is_due_while_it_runs(entry: dict[str, Any], due: Any) -> None:
    record = {**AMELIA, "part_time_timetables": [{"id": "xk3b", **entry}]}
    items = [item for item in due_row(record)["items"] if item[1] == "timetable"]
    assert [item[0] for item in items] == ([due or "2026-03-13"] if due != "" else [])
    assert all(item[3].startswith("sen part-time set p7k2q xk3b") for item in items)


# ---- what runs from a day until a day

ADD: dict[str, Callable[[dict[str, Any], dict[str, Any]], Act]] = {
    "part_time_timetables": lambda record, typed: arrange_part_time.add_part_time(
        record, {"hours_a_week": 10, **typed}, context()
    ),
    "alternative_provision": lambda record, typed: arrange_alternative.add_alternative(
        record, "Elm Farm", typed, context()
    ),
    "dual_registrations": lambda record, typed: arrange_dual.add_dual(
        record, "Ash House", {"registration": "subsidiary", **typed}, context()
    ),
    "base_placements": lambda record, typed: arrange_base.add_base(
        record, "support", typed, context()
    ),
}


@each_case("name", ADD)
def test_it_ends_after_it_began_and_runs_once_at_a_time(name: str) -> None:
    add = ADD[name]
    first = add(AMELIA, {"from": "2026-01-12", "until": "2026-02-06"})
    second = add(first.record, {"from": "2026-02-09"})
    assert len(valid(second)[name]) == 2
    with pytest.raises(InvalidValue, match="has this already"):
        add(first.record, {"from": "2026-02-02"})
    with pytest.raises(InvalidValue, match="before it began"):
        add(AMELIA, {"from": "2026-02-02", "until": "2026-01-12"})


def test_two_providers_may_run_at_once_and_one_in_other_letters_may_not() -> None:
    add = arrange_alternative.add_alternative
    one = add(AMELIA, "Elm Farm", {"days_a_week": 2}, context())
    two = add(one.record, "Oak Boxing", {"hours_a_week": 3}, context())
    assert "Oak Boxing, 3 hours a week, from 16 March 2026" in two.said
    with pytest.raises(InvalidValue, match="has this already"):
        add(two.record, "elm  farm", {}, context())
    done = arrange_alternative.set_alternative(
        two.record, "elm", {"until": TODAY, "outcome": "Calmer in class"}
    )
    assert valid(done)["alternative_provision"][0]["outcome"] == "Calmer in class"


def test_enrolment_status_is_what_the_census_is_told() -> None:
    add = arrange_dual.add_dual
    assert dual_registration.enrolment_on(AMELIA, TODAY) == "C"
    typed = {"registration": "main", "urn": "999 001", "until": "2026-03-20"}
    act = add(AMELIA, "Ash House", typed, context())
    assert valid(act)["dual_registrations"][0]["urn"] == "999001"
    assert dual_registration.enrolment_on(act.record, TODAY) == "M"
    assert dual_registration.enrolment_on(act.record, "2026-03-21") == "C"
    laestab = {"registration": "subsidiary", "laestab": "999/4001"}
    other = add(AMELIA, "Ash House", laestab, context())
    assert valid(other)["dual_registrations"][0]["laestab"] == "9994001"
    assert dual_registration.enrolment_on(other.record, TODAY) == "S"
    for wrong in ({"urn": "12"}, {"urn": "012345"}, {"laestab": "99940"}):
        with pytest.raises(InvalidValue, match=r"is not a (URN|LAESTAB)"):
            add(AMELIA, "Ash House", {"registration": "main", **wrong}, context())


def test_a_base_stands_beside_the_code_that_the_census_keeps() -> None:
    plain = arrange_base.add_base(AMELIA, "support", {}, context())
    assert "flags" not in plain.record
    assert "--census sen_unit|resourced" in plain.warnings[0]
    typed = {"census": "resourced", "name": "The Nest"}
    told = arrange_base.add_base(AMELIA, "specialist", typed, context())
    assert valid(told)["flags"] == [{"flag": "resourced", "from": TODAY}]
    ended = arrange_base.end_base(told.record, "nest", TODAY)
    assert f"sen flag end p7k2q resourced --date {TODAY}" in ended.warnings[0]
    with pytest.raises(NotFound, match="no base placement recorded"):
        arrange_base.end_base(AMELIA, "1", TODAY)


# ---- over time, over two laptops, and for readers

WHOLE: dict[str, Any] = {
    **AMELIA,
    "attendance": [
        {
            "academic_year": "2025-26",
            "term": "autumn",
            "percent": 91.3,
            "date": "2025-12-19",
        }
    ],
    "suspensions": [
        {"id": "xs2a", "date": "2026-01-12", "half_days": 3, "reason": "Hurt an adult"}
    ],
    "part_time_timetables": [
        {
            "id": "xt2a",
            "from": "2026-01-19",
            "hours_a_week": 15,
            "reason": "Anxiety",
            "consent": {"given": True, "by": "c4wm", "date": "2026-01-16"},
            "reviewed": ["2026-02-06", "2026-03-06"],
        }
    ],
    "alternative_provision": [
        {"id": "xa2a", "provider": "Elm Farm", "from": "2026-02-02", "reason": "Calm"}
    ],
    "dual_registrations": [
        {
            "id": "xd2a",
            "school": "Ash House",
            "registration": "main",
            "from": "2026-02-09",
        }
    ],
    "base_placements": [{"id": "xb2a", "base": "support", "from": "2026-03-02"}],
}
LISTS = [name for name in WHOLE if name not in AMELIA]


def test_as_at_a_day_what_came_later_is_not_known() -> None:
    root = load_schema("pupil")
    assert faults(WHOLE, "pupil") == []
    then = as_at(WHOLE, "2026-02-06", root)
    assert [len(then[name]) for name in LISTS] == [1, 1, 1, 1, 0, 0]
    assert then["part_time_timetables"][0]["reviewed"] == ["2026-02-06"]
    assert not any(as_at(WHOLE, "2025-10-01", root)[name] for name in LISTS)


def test_two_laptops_keep_both_and_ask_of_one_term() -> None:
    root = load_schema("pupil")
    ours = attended(AMELIA, percent=91.3).record
    theirs = attended(AMELIA, percent=90).record
    met = merge(AMELIA, ours, theirs, root)
    assert met.clashes == ("attendance[2025-26 spring]",)
    assert len(met.record["attendance"]) == 1
    assert merge(AMELIA, ours, ours, root).clashes == ()
    fuller = attended(ours, source="Register").record
    assert merge(AMELIA, ours, fuller, root).record == fuller
    spring = attended(AMELIA, percent=80, term="autumn").record
    assert len(merge(AMELIA, ours, spring, root).record["attendance"]) == 2
    for name in LISTS[1:]:
        one = {**AMELIA, name: WHOLE[name]}
        two = {**AMELIA, name: [{**WHOLE[name][0], "id": "xz9z"}]}
        both = merge(AMELIA, one, two, root)
        assert both.clashes == ()
        assert len(both.record[name]) == 2
        # a record of before, that knows nothing of it, takes nothing away
        assert merge(AMELIA, one, {**AMELIA, "known_as": "Amy"}, root).record == {
            **one,
            "known_as": "Amy",
        }


@each_case(
    ("audience", "sharing", "gone"),
    [
        ("parent", "full", []),
        ("parent", "limited", LISTS),
        ("agency", "", []),
        ("new-school", "", []),
        ("inspector", "", ["suspensions.reason", "part_time_timetables.reason"]),
        (
            "governor",
            "",
            [
                *("suspensions.reason", "part_time_timetables.reason"),
                *("part_time_timetables.consent", "alternative_provision.provider"),
                *("alternative_provision.reason", "dual_registrations"),
                "base_placements",
            ],
        ),
    ],
)
def test_each_reader_gets_what_is_theirs(
    audience: str, sharing: str, gone: list[str]
) -> None:
    rules = rules_of(RULES, audience)
    if sharing:
        rules = shared(rules, RULES, sharing)
    seen = redact(WHOLE, rules, day=TODAY).record
    for name in LISTS:
        if name in gone:
            assert name not in seen
            continue
        fields = {f.partition(".")[2] for f in gone if f.startswith(f"{name}.")}
        assert seen[name][0].keys() == WHOLE[name][0].keys() - fields


def test_what_is_restricted_stays_off_every_paper() -> None:
    for name in LISTS[1:]:
        record = {**AMELIA, name: [{**WHOLE[name][0], "restricted": True}]}
        assert faults(record, "pupil") == []
        assert not redact(record).record[name]
