from __future__ import annotations

import copy
import json

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.core.papers import anonymise
from sencli.core.papers import redact
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.parents import profile
from sencli.documents.parents import summary
from sencli.documents.parents import support_plan
from sencli.documents.pupil import case
from sencli.errors import InvalidValue
from sencli.errors import UsageFault
from sencli.formats import render
from sencli.resources import folder
from sencli.value import replace
from tests.cases import each_case
from tests.documents.example import AMELIA
from tests.documents.example import setting

DATA = json.loads((folder("templates") / "redaction.json").read_text("utf-8"))
HIDDEN = "Zyxwvu secret"


def rules(audience):
    return redact.rules_of(DATA, audience)


def restrictable(value, at=()):
    """The places of a record that may carry ``restricted``."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from restrictable(inner, (*at, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            if isinstance(inner, dict) and "id" in inner and at[-1] != "cycles":
                yield (*at, place)
            if isinstance(inner, dict) and "of" in inner:
                yield (*at, place)
            yield from restrictable(inner, (*at, place))


PLACES = list(restrictable(AMELIA))


def at(record, path):
    for key in path:
        record = record[key]
    return record


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from(PLACES),
    st.sampled_from(["", *DATA["audiences"]]),
    st.sampled_from([summary, profile, support_plan, case]),
    st.sampled_from(["text", "md", "json", "html"]),
)
def test_nothing_restricted_leaks_in_any_format(path, audience, document, fmt):
    record = copy.deepcopy(AMELIA)
    item = at(record, path)
    item["restricted"] = True
    for key, value in item.items():
        if isinstance(value, str) and key in {"text", "outcome", "description", "name"}:
            item[key] = HIDDEN
    asked = PaperRequest(rules=rules(audience)) if audience else PaperRequest()
    made = render(document.build([record], setting(), asked), fmt).decode()
    assert "Zyxwvu" not in made


def test_what_is_restricted_is_shown_when_it_is_named():
    record = copy.deepcopy(AMELIA)
    record["cycles"][0]["plan"]["outcomes"][0]["restricted"] = True
    hidden = redact.redact(record)
    assert hidden.out_of("cycles[y2qf].plan.outcomes")
    assert hidden.record["cycles"][0]["review"]["outcomes"] == [
        record["cycles"][0]["review"]["outcomes"][1]
    ]
    shown = redact.redact(record, include={"o8fd"})
    assert shown.left_out == ()
    assert shown.record == record


def test_the_record_itself_is_never_touched():
    before = copy.deepcopy(AMELIA)
    for audience in DATA["audiences"]:
        redact.redact(AMELIA, rules(audience))
    assert before == AMELIA


def test_another_parents_views_stay_out_unless_named():
    views = redact.redact(AMELIA, to="c4wm").record["cycles"][0]["review"]["views"]
    assert [view["of"] for view in views] == ["c4wm", "pupil"]
    both = redact.redact(AMELIA, to="c4wm", include={"c5xn"})
    assert both.left_out == ()


def test_where_parents_live_apart_words_of_either_are_nobodys_to_read():
    record = copy.deepcopy(AMELIA)
    record["cycles"][0]["review"]["views"] = [{"of": "parent", "text": "He drinks"}]
    assert redact.redact(record, to="c4wm").left_out == ()
    record["contacts"][1]["lives_with"] = False
    assert redact.redact(record, to="c4wm").out_of("cycles[y2qf].review.views")
    assert redact.redact(record, to="c4wm", include={"parent"}).left_out == ()
    assert redact.redact(record).left_out == ()


def test_a_reader_whose_entry_is_restricted_has_a_name_on_their_own_paper():
    record = copy.deepcopy(AMELIA)
    first = record["contacts"][0]
    first["restricted"] = True
    view = {"of": first["id"], "text": "Not for paper", "restricted": True}
    record["cycles"][0]["assess"]["views"].append(view)
    own = redact.redact(record, to=first["id"]).record
    assert first["name"] in json.dumps(own)
    assert "Not for paper" not in json.dumps(own)
    assert first["name"] not in json.dumps(redact.redact(record).record["contacts"])


def test_a_governor_reads_no_name_wherever_it_stands():
    record = copy.deepcopy(AMELIA)
    plan = record["cycles"][0]["plan"]
    plan["outcomes"][0]["outcome"] = "AMELIA and Millie's mother Sana read; Khan too"
    record["cycles"][0]["review"]["next_steps"] = "Omar Khan helps Amelia"
    told = json.dumps(redact.redact(record, rules("governor")).record)
    for name in ("amelia", "millie", "khan", "sana", "omar", "P9999", "2017-03"):
        assert name not in told.casefold()


def test_unknown_readers_and_faulty_rules_are_named():
    with pytest.raises(UsageFault, match="milkman"):
        redact.rules_of(DATA, "milkman")
    with pytest.raises(InvalidValue, match="parent"):
        redact.rules_of({"audiences": {"parent": {"views": "some"}}}, "parent")


def test_what_a_schools_own_rules_leave_unsaid_is_kept_back():
    made = redact.rules_of({"audiences": {"friend": {}}}, "friend")
    assert made.anonymous
    assert made.views == "own"


@each_case(
    "text",
    [
        "Siobhan ... O\u2019Neill",
        "SIOBHAN ONEILL",
        "siobha\u0301n's o neill",
        "Siob\u200bhán O`Neill",
        "oneill-brown",
        "Neil met Siobhan\u2019s aunt Zoe Lukasiewicz",
        "Shiv",
    ],
)
def test_no_spelling_of_a_name_stays_on_a_paper_without_names(text):
    record = {
        "id": "p7k2q",
        "first_name": "Siobhán",
        "last_name": "O'Neill-Brown",
        "known_as": "Shiv",
        "contacts": [
            {"id": "c4wm", "name": "Mrs Zoë Łukasiewicz", "relationship": "aunt"}
        ],
    }
    said = anonymise.nameless({"comment": text}, record)["comment"].casefold()
    for name in ("siob", "o neill", "oneill", "o\u2019neill", "brown", "shiv", "zoe"):
        assert name not in said
    assert "the pupil" in said
    assert "lukasiewicz" not in said


@each_case("how", ["rule", "restricted"])
def test_who_was_taken_out_is_no_bare_id(how):
    record = copy.deepcopy(AMELIA)
    record["concerns"] = [
        {"id": "n3aa", "date": "2025-06-20", "raised_by": "c5xn", "concern": "Reading"}
    ]
    own = rules("inspector")
    if how == "rule":
        own = replace(own, leave_out=("contacts",))
    for contact in record["contacts"]:
        contact["restricted"] = how == "restricted"
    place = replace(setting(), fingerprints=False)
    for document in (summary, support_plan, case):
        made = render(document.build([record], place, PaperRequest(rules=own)), "text")
        assert b"c5xn" not in made
        assert b"c4wm" not in made
    assert b"Concern raised by parent/carer" in made


def test_a_restricted_contact_is_quoted_on_no_familys_paper():
    record = copy.deepcopy(AMELIA)
    record["contacts"][1]["restricted"] = True
    family = redact.redact(record, rules("parent"))
    assert "He is proud of her" not in json.dumps(family.record)
    shown = redact.redact(record, rules("parent"), include={"c5xn"})
    assert "He is proud of her" in json.dumps(shown.record)


def test_what_a_restricted_thing_was_before_goes_with_it():
    before = {"id": "d28t", "from": "2024-09-16", "type": "SEMH"}
    since = {**before, "from": "2025-11-03", "restricted": True}
    later = {**before, "from": "2026-01-05"}
    record = {"id": "p7k2q", "first_name": "Amelia", "needs": [before, since]}
    seen = redact.redact(record)
    assert seen.record["needs"] == []
    assert [out.why for out in seen.left_out] == ["restricted", "restricted"]
    again = redact.redact({**record, "needs": [before, since, later]})
    assert again.record["needs"] == [later]
    named = redact.redact(record, include={"d28t"})
    assert named.record["needs"] == [before, since]
