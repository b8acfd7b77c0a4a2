"""Laws of the verbs around the cycles: nothing is mutated, typed again is amended."""

from __future__ import annotations

import copy
import json
import random
from functools import cache

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.core.cycle import end_support
from sencli.core.people.context import Context
from sencli.core.pupil import baseline
from sencli.core.pupil import considered
from sencli.core.pupil import funding
from sencli.core.pupil import related_plans
from sencli.core.statutory import annual_review
from sencli.core.statutory import plan
from sencli.core.statutory import request as ehc_request
from sencli.core.statutory.deadlines import assessment_steps
from sencli.core.support import advice
from sencli.core.support import meetings
from sencli.core.support import reports_given
from sencli.core.support import specialists
from sencli.core.support import transitions
from sencli.core.text.dates import add_days
from sencli.core.text.ids import Ids
from sencli.errors import InvalidValue
from sencli.resources import schema_path
from tests.cases import each_case

TODAY = "2026-03-16"
SCHOOL = {
    "name": "Oak Primary",
    "authority_name": "Westmere",
    "staff": [{"initials": "KM", "name": "K. Morris", "roles": [{"role": "teacher"}]}],
}
AMELIA = {
    "schema": 1,
    "id": "p7k2q",
    "first_name": "Amelia",
    "contacts": [{"id": "c4wm", "name": "Sana Khan", "relationship": "mother"}],
    "status": [{"from": "2025-09-15", "provision": "K"}],
    "specialists": [
        {
            "id": "s5qe",
            "service": "Educational psychologist",
            "referred": "2025-10-01",
            "advice": [
                {"id": "a4hn", "date": "2025-11-20", "recommendation": "Read in pairs"}
            ],
        }
    ],
    "cycles": [
        {
            "id": "y2qf",
            "assess": {"date": "2025-09-15"},
            "plan": {
                "date": "2025-09-18",
                "outcomes": [{"id": "o8fd", "outcome": "Reads 60 words"}],
            },
        }
    ],
    "ehc": {
        "requests": [{"id": "r7vb", "date": "2025-06-10", "plan": "e3ph"}],
        "plans": [
            {
                "id": "e3ph",
                "issued": "2025-10-10",
                "outcomes": [{"id": "u5ra", "text": "Talks"}],
            }
        ],
    },
}

VERBS = {
    "meeting": lambda r, g: meetings.add_meeting(
        r,
        {
            "kind": "termly",
            "attended": ("mother", "KM"),
            "pupil_view": "I like PE",
            "action": ("KM: ring (by +1w)",),
            "school_does": "Reads",
        },
        g,
    ),
    "report": lambda r, g: reports_given.add_report(r, {"how": "letter"}, g),
    "information": lambda r, g: reports_given.add_information(r, "sendiass", {}, g),
    "consider": lambda r, g: considered.consider(
        r, "eal", {"conclusion": "no", "adjustment": ("Front row",)}, g
    ),
    "elsewhere": lambda r, g: related_plans.add_plan(r, "pep", {"informed": TODAY}, g),
    "transition": lambda r, g: transitions.add_transition(
        r, {"to": "Elm High", "agreed_with": ("parent",)}, g
    ),
    "funding": lambda r, _g: funding.add_funding(r, "top_up", 450000, TODAY, {}),
    "baseline": lambda r, g: baseline.set_baseline(r, "Counts", None, None, g.today),
    "refer": lambda r, g: specialists.refer(r, "SALT", {"consent": "parent"}, g),
    "agree": lambda r, g: specialists.agree(r, "EP", {"by": "mother"}, g),
    "seen": lambda r, g: specialists.seen(r, "EP", TODAY, g),
    "chase": lambda r, _g: specialists.chase(r, "EP", TODAY),
    "share": lambda r, g: specialists.share(r, "EP", ("parents,KM",), TODAY, g),
    "advise": lambda r, g: advice.advise(
        r,
        "EP",
        {"recommendation": ("Overlays",), "decision": "accepted", "outcome": ("1",)},
        g,
    ),
    "decide": lambda r, g: advice.decide(
        r, "1", {"decision": "declined", "why": "No"}, g
    ),
    "request": lambda r, g: ehc_request.request(
        r, {"by": "parent", "date": "2026-02-02"}, g
    ),
    "decision": lambda r, g: ehc_request.decide(r, "assess", {}, g),
    "exception": lambda r, g: ehc_request.except_step(r, "plan", {"reason": "x"}, g),
    "issue": lambda r, g: plan.issue(
        r, {"outcome": ("Plays",), "provision": ("Therapy",), "serves": ("1=1,2",)}, g
    ),
    "review": lambda r, g: annual_review.review(
        r,
        {
            "date": "2026-05-20",
            "invited": ("all",),
            "outcome": ("1=on_track",),
            "target": ("1=Asks (by +6w)",),
            "advice_requested": ("health",),
        },
        g,
    ),
}


def context(record):
    return Context(TODAY, Ids(random.SystemRandom(), record), SCHOOL)


@cache
def schema():
    text = schema_path("pupil").read_text(encoding="utf-8")
    return jsonschema_rs.validator_for(json.loads(text), validate_formats=True)


@each_case("name", VERBS)
def test_a_verb_mutates_nothing_and_makes_a_record(name):
    before = copy.deepcopy(AMELIA)
    act = VERBS[name](AMELIA, context(AMELIA))
    assert before == AMELIA
    assert act.record != AMELIA
    assert [error.message for error in schema().iter_errors(act.record)] == []
    assert act.said.strip()


@each_case("name", VERBS)
def test_typed_again_a_verb_changes_nothing(name):
    once = VERBS[name](AMELIA, context(AMELIA)).record
    kept = copy.deepcopy(once)
    assert VERBS[name](once, context(once)).record == kept
    assert once == kept


DAYS = st.integers(0, 400).map(lambda n: add_days("2025-01-01", n))


@given(received=DAYS, after=st.integers(-30, 200))
@settings(deadline=None, max_examples=60)
def test_a_decision_is_never_before_its_request(received, after):
    record = {"schema": 1, "id": "p7k2q", "first_name": "Amelia"}
    here = context(record)
    asked = ehc_request.request(record, {"date": received}, here).record
    told = add_days(received, after)
    try:
        made = ehc_request.decide(asked, "assess", {"date": told, "request": "1"}, here)
    except ehc_request.InvalidValue:
        assert after < 0
        return
    assert after >= 0
    (request,) = made.record["ehc"]["requests"]
    first = assessment_steps(request)[0]
    assert (first.due, first.done) == (add_days(received, 42), told)


@given(texts=st.lists(st.sampled_from("abcde"), max_size=8))
@settings(deadline=None, max_examples=60)
def test_a_section_holds_each_text_once_in_the_order_typed(texts):
    record = {"schema": 1, "id": "p7k2q", "first_name": "Amelia"}
    for text in texts:
        typed = {"outcome": (text,)}
        record = plan.issue(record, typed, context(record)).record
    listed = record.get("ehc", {}).get("plans", [{}])[0].get("outcomes", [])
    assert [item["text"] for item in listed] == list(dict.fromkeys(texts))
    assert len({item["id"] for item in listed}) == len(listed)


def test_support_beside_a_plan_in_force_is_not_the_schools_to_end():
    with pytest.raises(InvalidValue, match="the authority ceases it"):
        end_support.review_and_end(AMELIA, {"date": "2026-03-10"}, context(AMELIA))


def test_support_that_ends_by_a_review_is_one_act():
    before = {**AMELIA, "ehc": {}}
    act = end_support.review_and_end(
        before, {"date": "2026-03-10", "attended": ("mother",)}, context(before)
    )
    last = act.record["status"][-1]
    assert (last["from"], last["provision"]) == ("2026-03-10", "N")
    assert last["told"][0]["who"] == "c4wm"
    assert act.record["cycles"][0]["closed"]["reason"] == "reviewed"
    again = end_support.review_and_end(
        act.record, {"date": "2026-03-10"}, context(act.record)
    )
    assert again.record["status"] == act.record["status"]
