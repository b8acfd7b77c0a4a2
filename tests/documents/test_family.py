"""No paper for one parent has the other's words, nor tells that there are any."""

from __future__ import annotations

import copy
import json
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli import terms
from sencli.core.papers import redact
from sencli.core.people import parent_privacy
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.parents import letters
from sencli.documents.parents import profile
from sencli.documents.parents import summary
from sencli.documents.parents import support_plan
from sencli.documents.pupil import case
from sencli.formats import render
from sencli.resources import folder
from tests.documents.example import GROUPS
from tests.documents.example import PROVISIONS
from tests.documents.example import SCHOOL
from tests.documents.example import words
from tests.documents.family import DAD
from tests.documents.family import HERS
from tests.documents.family import HIS
from tests.documents.family import MUM
from tests.documents.family import base
from tests.documents.family import families
from tests.documents.family import said

DATA = json.loads((folder("templates") / "redaction.json").read_text("utf-8"))
PAPERS: dict[str, Any] = {
    "summary": summary.build,
    "profile": profile.build,
    "support-plan": support_plan.build,
    "case": case.build,
    "letter": letters.support_begins,
    "consent": partial(letters.build, "specialist-consent"),
}
TRACES = (
    "left out",
    "withheld",
    "restricted",
    "pominięto",
    "not shown",
    "other parent",
)


def rules(record, to, *, audience="parent"):
    sharing = next(
        c.get("sharing", "full") for c in record["contacts"] if c["id"] == to
    )
    return redact.shared(redact.rules_of(DATA, audience), DATA, sharing)


def paper(name, record, to, fmt="text", lang="en"):
    place = PaperContext(
        SCHOOL, PROVISIONS, GROUPS, "2025-12-15", words=words(lang), fingerprints=False
    )
    asked = PaperRequest(
        to=to, rules=rules(record, to), since="2025-09-01", meeting={"service": "EP"}
    )
    return render(PAPERS[name]([record], place, asked), fmt).decode()


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    families(),
    st.sampled_from(list(PAPERS)),
    st.sampled_from(["text", "md", "json", "html"]),
    st.sampled_from(["en", "pl"]),
)
def test_a_parents_paper_is_as_if_the_other_had_said_nothing(both, name, fmt, lang):
    whole, alone = both
    made = paper(name, whole, MUM, fmt, lang)
    assert HIS not in made
    assert not any(trace in made.casefold() for trace in TRACES)
    assert made == paper(name, alone, MUM, fmt, lang)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(families(), st.sampled_from(list(PAPERS)), st.sampled_from(["text", "json"]))
def test_the_estranged_parents_paper_has_not_the_others_words(both, name, fmt):
    whole, _ = both
    if whole["contacts"][1].get("sharing") == "none":
        return
    made = paper(name, whole, DAD, fmt)
    assert HERS not in made
    assert not any(trace in made.casefold() for trace in TRACES)


@pytest.mark.parametrize("kind", ["concern", "view", "meeting", "agreement", "told"])
@pytest.mark.parametrize("who", [MUM, "Sana Khan"])
def test_what_a_reader_said_is_their_own_to_read(kind, who):
    record = base({"sharing": "full"}, {"sharing": "limited"})
    said(who, HERS, 3, kind, record)
    seen = redact.redact(record, rules(record, MUM), to=MUM, day="2025-12-15")
    assert HERS in json.dumps(seen.record)
    his = redact.redact(record, rules(record, DAD), to=DAD, day="2025-12-15")
    assert HERS not in json.dumps(his.record)
    assert his.left_out


@pytest.mark.parametrize("who", ["parent", "parents"])
def test_where_they_live_apart_nobody_knows_which_parent_it_was(who):
    for apart in ({}, {"lives_with": False}, {"sharing": "limited"}):
        record = base({}, apart)
        for kind in ("concern", "view", "meeting"):
            said(who, HERS, 3, kind, record)
        seen = redact.redact(record, rules(record, MUM), to=MUM, day="2025-12-15")
        assert (HERS in json.dumps(seen.record)) is not bool(apart)


def test_a_meeting_of_both_is_for_both_but_for_what_one_of_them_adds():
    record = base({}, {"lives_with": False})
    said(DAD, HIS, 2, "meeting", record)
    record["meetings"][0]["attended"].append(MUM)
    seen = redact.redact(record, rules(record, MUM), to=MUM, day="2025-12-15").record
    assert seen["meetings"][0]["attended"] == [DAD, "KM", MUM]
    assert seen["meetings"][0]["views"] == []


def test_a_contact_of_yesterday_is_still_hidden_and_an_erased_one_too():
    for change in ({"until": "2025-01-01"}, None):
        record = base({"lives_with": True}, {"lives_with": False})
        said(DAD, HIS, 2, "concern", record)
        said(DAD, HIS, 2, "view", record)
        if change:
            record["contacts"][1] |= change
        else:
            del record["contacts"][1]
            record["contacts"][0]["sharing"] = "limited"
        seen = redact.redact(record, rules(record, MUM), to=MUM, day="2025-12-15")
        assert HIS not in json.dumps(seen.record)


def test_it_counts_what_is_shared_on_the_day():
    record = base({}, {})
    later = {**record["contacts"][1], "from": "2025-12-01", "sharing": "none"}
    record["contacts"].append(later)
    assert not parent_privacy.separate(record, "2025-11-30")
    assert parent_privacy.separate(record, "2025-12-01")


def test_limited_is_what_is_agreed_and_nothing_about_it():
    record = base({}, {"sharing": "limited"})
    record["cycles"][0]["assess"]["teacher_assessment"] = f"{HERS} assessment"
    record["needs"][0]["description"] = f"{HERS} need"
    record["status"][0]["reason"] = f"{HERS} reason"
    record["specialists"][0]["reason"] = f"{HERS} reason"
    record["flags"][0]["note"] = HERS
    for name in PAPERS:
        made = paper(name, record, DAD)
        assert HERS not in made
        assert "I like stories" not in made
    plan = paper("support-plan", record, DAD)
    assert "Reads 60 common words on sight" in plan
    assert "Precision teaching" in plan


def test_the_ways_of_sharing_are_those_of_the_file():
    shared = {key: way["title"] for key, way in DATA["sharing"].items()}
    assert shared == terms.SHARING


def test_counts_are_of_the_whole_record_or_there_are_none():
    """Three readers of one case do not read three numbers."""
    record = base({}, {})
    for number, who in enumerate((MUM, DAD, MUM), 2):
        said(who, HERS, number, "meeting", record)
    record["meetings"][1]["restricted"] = True
    record["cycles"][0]["plan"]["outcomes"][0]["restricted"] = True
    place = PaperContext(
        SCHOOL, PROVISIONS, GROUPS, "2025-12-15", words=words(), fingerprints=False
    )

    def made(audience, to=""):
        found = redact.rules_of(DATA, audience) if audience else redact.NO_RULES
        asked = PaperRequest(to=to, rules=found)
        return render(case.build([record], place, asked), "text").decode()

    for audience in ("", "inspector", "agency", "new-school"):
        assert "3 with parents in the last year" in made(audience)
        assert "1 of 2" in made(audience)
    for to in ("", MUM, DAD):
        told = made("parent", to)
        assert "in the last year" not in told
        assert "1 of 1" not in told
        assert "1 of 2" not in told


def test_the_date_of_what_is_restricted_is_withheld():
    record = base({}, {})
    said(MUM, HERS, 3, "concern", record)
    record["concerns"][0]["restricted"] = True
    place = PaperContext(
        SCHOOL, PROVISIONS, GROUPS, "2025-12-15", words=words(), fingerprints=False
    )
    asked = PaperRequest(rules=redact.rules_of(DATA, "inspector"))
    told = render(case.build([record], place, asked), "text").decode()
    assert "withheld" in told
    assert "days later" not in told
    assert "3 June 2025" not in told


def test_the_record_is_never_touched():
    record = base({}, {"lives_with": False})
    said(DAD, HIS, 2, "meeting", record)
    before = copy.deepcopy(record)
    redact.redact(record, rules(record, MUM), to=MUM)
    assert record == before
