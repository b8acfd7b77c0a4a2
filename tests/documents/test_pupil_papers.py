from __future__ import annotations

import copy
import json
import re

import pytest

from sencli.core.audit.trail import TrailStep
from sencli.core.audit.trail import trail
from sencli.core.papers.redact import rules_of
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import CaseGap
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.made_in.wording import Wording
from sencli.documents.parents import letters
from sencli.documents.parents import profile
from sencli.documents.parents import summary
from sencli.documents.parents import support_plan
from sencli.documents.pupil import case
from sencli.documents.registry import DOCUMENTS
from sencli.errors import InvalidValue
from sencli.formats import render
from sencli.formats.typst.pdf import pages
from sencli.resources import folder
from tests.documents import snapshot
from tests.documents.example import AMELIA
from tests.documents.example import BEN
from tests.documents.example import CHLOE
from tests.documents.example import GROUPS
from tests.documents.example import PROVISIONS
from tests.documents.example import SCHOOL
from tests.documents.example import setting

SCHEMA = json.loads((folder("schemas") / "pupil.schema.json").read_text("utf-8"))
REDACTION = json.loads((folder("templates") / "redaction.json").read_text("utf-8"))
LETTERS = {
    "support-begins": letters.support_begins,
    "support-ends": letters.support_ends,
    "review-invitation": letters.review_invitation,
    "annual-review-invitation": letters.annual_review_invitation,
    "specialist-consent": letters.specialist_consent,
}
MEETING = {"date": "2026-01-20", "time": "3.30 pm", "service": "Sight team"}


def said(build, record, asked=None, day="2025-12-15", **school):
    return render(build([record], setting(day, **school), asked), "text").decode()


def record_for(kind):
    record = copy.deepcopy(AMELIA)
    if kind == "support-ends":
        ended = {"from": "2025-12-12", "provision": "N", "reason": "She has caught up"}
        record["status"].append(ended)
    if kind == "annual-review-invitation":
        record["ehc"] = {"plans": [{"id": "e3ph", "issued": "2025-03-10"}]}
    return record


def test_a_plan_of_many_words_has_two_sides():
    record = copy.deepcopy(AMELIA)
    words = "What matters to her every day, in lessons, at play and at home. " * 13
    keys = ("strengths", "important_to_me", "aspirations", "how_to_support_me")
    record["profiles"][-1] |= dict.fromkeys(keys, words)
    assert pages(render(support_plan.build([record], setting()), "pdf")) == 2


def test_papers_as_text():
    snapshot.check("profile.txt", *profile.build([AMELIA], setting()))
    snapshot.check("support-plan.txt", *support_plan.build([AMELIA], setting()))
    gaps = {"p7k2q": [CaseGap("A13", "must", "Parents were not told.")]}
    steps = [
        TrailStep("1111111122", "2025-09-19T08:00:00+01:00", None, {}),
        TrailStep("aaaaaaaabb", "2025-12-12T16:00:00+00:00", {}, AMELIA),
    ]
    asked = PaperRequest(gaps=gaps, trails={"p7k2q": trail(steps, SCHEMA)})
    snapshot.check("case.txt", *case.build([AMELIA], setting(), asked))


@pytest.mark.parametrize("kind", LETTERS)
def test_letters_as_text(kind):
    asked = PaperRequest(to="c4wm", meeting=MEETING)
    (view,) = LETTERS[kind]([record_for(kind)], setting(), asked)
    told = snapshot.check(f"letter-{kind}.txt", view)
    assert "Dear Sana Khan," in told
    assert "Omar" not in told
    assert b"%PDF" in render([view], "pdf")[:8]


@pytest.mark.parametrize("kind", LETTERS)
def test_a_letter_says_what_a_good_head_would(kind):
    record = record_for(kind)
    record["contacts"][0] |= {"title": "Mrs", "language": "Urdu", "interpreter": True}
    asked = PaperRequest(to="c4wm", meeting=MEETING)
    (view,) = LETTERS[kind]([record], setting(), asked)
    told = render([view], "text").decode()
    end = told[told.index("Oakshire SENDIASS") :]
    assert "please contact me, or speak to K. Morris (class teacher)." in end
    assert "Yours sincerely,\n\nJ. Patel (SENCO): ____" in end
    assert "you do not agree" in told or "You may say no" in told
    assert "Dear Mrs Khan," in told
    invited = kind.endswith("invitation")
    assert ("An interpreter will be at the meeting (Urdu)." in told) == invited
    assert ("explain this letter to you in Urdu" in told) != invited
    said = [aside.message for aside in view.asides]
    assert ("Sana Khan needs an interpreter (Urdu)." in said) == invited


def test_a_slip_is_cut_off_and_comes_back_by_a_day():
    for asked, said in (
        ({}, "by Monday 22 December 2025."),
        ({"return_by": "2025-12-19"}, "by Friday 19 December 2025."),
    ):
        told = said_of(letters.specialist_consent, {**MEETING, **asked})
        slip = told[told.index("8< - - - Please cut here") :]
        assert f"Please return this slip to Oak Primary {said}" in slip
        assert "Date: ____" in slip


def said_of(build, meeting):
    return said(build, AMELIA, PaperRequest(to="c4wm", meeting=meeting))


def test_a_letter_without_a_name_under_it_is_said():
    bare = setting(staff=[], sendiass={})
    asked = PaperRequest(to="c4wm", meeting=MEETING)
    (view,) = letters.specialist_consent([AMELIA], bare, asked)
    commands = [aside.command for aside in view.asides]
    assert "sen staff add INITIALS --name NAME --role SENCO" in commands
    assert "sen school set sendiass.name=NAME" in commands


@pytest.mark.parametrize("kind", LETTERS)
def test_no_letter_where_nothing_may_be_shared(kind):
    record = record_for(kind)
    record["contacts"][0]["sharing"] = "none"
    with pytest.raises(InvalidValue, match=r"Sana Khan.*sharing: none"):
        said(LETTERS[kind], record, PaperRequest(to="c4wm", meeting=MEETING))


@pytest.mark.parametrize("build", [case.build, profile.build, support_plan.build])
def test_no_paper_where_nothing_may_be_shared(build):
    record = copy.deepcopy(AMELIA)
    record["contacts"][1]["sharing"] = "none"
    with pytest.raises(InvalidValue, match="Omar Khan"):
        said(build, record, PaperRequest(to="c5xn"))


def test_a_letter_that_would_not_be_true_is_refused():
    with pytest.raises(InvalidValue, match="still has support"):
        said(letters.support_ends, AMELIA)
    with pytest.raises(InvalidValue, match="does not have SEN support"):
        said(letters.support_begins, BEN)
    with pytest.raises(InvalidValue, match="On what day is the meeting"):
        said(letters.review_invitation, AMELIA)
    with pytest.raises(InvalidValue, match=r"The EHC plan .* is not recorded"):
        said(letters.annual_review_invitation, AMELIA, PaperRequest(meeting=MEETING))
    with pytest.raises(InvalidValue, match="specialist"):
        said(letters.specialist_consent, AMELIA)


@pytest.mark.parametrize("record", [AMELIA, BEN, CHLOE])
@pytest.mark.parametrize("build", [case.build, profile.build, support_plan.build])
def test_papers_of_full_and_empty_records(record, build):
    if record is BEN:
        record = {**BEN, "status": [{"from": "2025-11-03", "provision": "K"}]}
    views = build([record], setting())
    for fmt in ("text", "md", "json", "html"):
        assert render(views, fmt)
    assert render(views, "pdf").startswith(b"%PDF")


def test_parents_papers_hold_no_codes_and_no_costs():
    for build in (profile.build, support_plan.build):
        told = said(build, AMELIA)
        assert not re.search(r"\b(SLCN|SPLD|TA2|KM|JP|o8fd|i5tr|q9ck|HFW)\b", told)
        assert "£" not in told
        assert "P999900024001" not in told


def test_support_stands_by_layer():
    record = copy.deepcopy(AMELIA)
    record["cycles"][0]["plan"]["interventions"].append(
        {"id": "i6aa", "provision": "time-to-talk", "tier": "targeted_plus"}
    )
    told = said(support_plan.build, record)
    assert told.index("Targeted support\n") < told.index("with expert help")


def test_a_case_has_its_gaps_first_and_says_so_where_there_is_none():
    assert "find no gap" in said(case.build, AMELIA)
    gaps = {
        "p7k2q": [CaseGap("B01", "should", "Later."), CaseGap("A13", "must", "First.")]
    }
    told = said(case.build, AMELIA, PaperRequest(gaps=gaps))
    assert told.index("First. (A13, must)") < told.index("Later. (B01, should)")
    assert told.index("Later.") < told.index("At a glance")


def test_each_claim_of_a_case_has_its_commit():
    later = copy.deepcopy(AMELIA)
    del later["cycles"][0]["review"]
    steps = [
        TrailStep("a" * 40, "2025-09-19T08:00:00+01:00", None, later),
        TrailStep("b" * 40, "2025-12-12T16:00:00+00:00", later, AMELIA),
    ]
    told = said(
        case.build, AMELIA, PaperRequest(trails={"p7k2q": trail(steps, SCHEMA)})
    )
    review = next(line for line in told.splitlines() if "Reviewed." in line)
    plan = next(line for line in told.splitlines() if "Plan made" in line)
    assert review.endswith("[source bbbbbbbb]")
    assert plan.endswith("[source aaaaaaaa]")


def test_several_cases_in_one_file_begin_on_their_own_pages():
    views = case.build([AMELIA, CHLOE], setting())
    assert [view.title for view in views] == [
        "Case: Amelia Khan",
        "Case: Chloé O'Neill",
    ]


@pytest.mark.parametrize("audience", REDACTION["audiences"])
def test_every_reader_sees_what_was_left_out(audience):
    asked = PaperRequest(rules=rules_of(REDACTION, audience))
    told = said(case.build, AMELIA, asked)
    title = REDACTION["audiences"][audience]["title"]
    assert f"for {title}" in told
    if audience == "governor":
        assert "Left out for a governor" in told
        assert "Amelia" not in told
    if audience in {"parent", "new-school"}:
        assert "What is missing" not in told
    assert ("£" in told) == (audience != "parent")


def test_since_the_last_meeting():
    record = copy.deepcopy(AMELIA)
    record["meetings"] = [{"id": "t2aa", "date": "2025-10-01", "attended": ["c4wm"]}]
    cycle = record["cycles"][0]
    del cycle["review"], cycle["closed"]
    told = said(
        summary.build, record, PaperRequest(since="last-meeting"), day="2025-10-20"
    )
    assert "What has happened since 1 October 2025" in told
    assert "Aim 1: 37 words of 100 on 17 October 2025." in told
    assert "Worried about reading" not in told
    nothing = said(
        summary.build, record, PaperRequest(since="2025-10-18"), day="2025-10-20"
    )
    assert "Nothing new has been recorded since then." in nothing


def keys(data, at=""):
    for key, value in data.items():
        if isinstance(value, dict):
            yield from keys(value, f"{at}{key}.")
        else:
            yield f"{at}{key}", value


@pytest.mark.parametrize("lang", ["pl"])
def test_another_language_is_whole_and_asks_for_no_other_values(lang):
    place = folder("templates") / "wording"
    ours = dict(keys(json.loads((place / "en.json").read_text("utf-8"))))
    theirs = dict(keys(json.loads((place / f"{lang}.json").read_text("utf-8"))))
    assert theirs["needs_check"]
    missing = {key for key in ours if not key.startswith("jargon.")} - set(theirs)
    assert missing == set()
    for key, text in theirs.items():
        usual = key.split(".", 2)[-1]  # what a kind of reader is told instead
        said = ours.get(key) or ours.get(usual, "")
        wanted = set(re.findall(r"\{(\w+)\}", said))
        assert set(re.findall(r"\{(\w+)\}", text)) <= wanted, key


@pytest.mark.parametrize("name", [n for n in DOCUMENTS if not n.startswith("letter")])
def test_papers_in_polish(name):
    path = folder("templates") / "wording" / "pl.json"
    polish = Wording(json.loads(path.read_text("utf-8")), "pl")
    place = PaperContext(SCHOOL, PROVISIONS, GROUPS, "2025-12-15", words=polish)
    if DOCUMENTS[name].each:
        plan = {"ehc": {"plans": [{"id": "e3ph", "issued": "2025-03-03"}]}}
        planned = name == "annual-review"
        views = DOCUMENTS[name].build([AMELIA | plan if planned else AMELIA], place)
        assert views[0].lang == "pl"
        assert render(views, "pdf").startswith(b"%PDF")
