"""Papers for parents who live apart, as the program prints them."""

from __future__ import annotations

import copy
import json
import re

import pytest

from sencli.store.repository.repository import Message
from sencli.store.repository.repository import Repository
from tests.conftest import Typed
from tests.documents.example import BEN
from tests.documents.example import GROUPS
from tests.documents.example import PROVISIONS
from tests.documents.example import SCHOOL
from tests.documents.family import DAD
from tests.documents.family import HERS
from tests.documents.family import HIS
from tests.documents.family import KINDS
from tests.documents.family import MUM
from tests.documents.family import base
from tests.documents.family import said

DAY = "2025-12-15"
TRACES = re.compile(
    "left out|withheld|restricted|pominięto|not shown|nothing goes", re.IGNORECASE
)
PAPERS = (
    "summary amelia",
    "print profile amelia",
    "print support-plan amelia",
    "print case amelia --for parent",
    "print letter-support-begins amelia",
    "print letter-specialist-consent amelia --service EP",
    "print letter-review-invitation amelia --on 20/01/2026 --time 15:30",
)


def filled(oak: Typed, *records: dict) -> Typed:
    repo = Repository.find(str(oak.folder))

    def act(draft):
        draft.put("school.yaml", {**draft.read("school.yaml"), **SCHOOL})
        draft.put("provisions.yaml", PROVISIONS)
        draft.put("groups.yaml", GROUPS)
        for record in records:
            draft.put(f"pupils/{record['id']}.yaml", record)
        return Message("test.fill", "Fill the school")

    repo.change(act)
    return oak


def of_both(father):
    record = base({"sharing": "full"}, father)
    for kind in KINDS:
        said(MUM, HERS, 3, kind, record)
        said(DAD, HIS, 2, kind, record)
    for meeting in record["meetings"]:
        meeting["id"] += "v" if meeting["attended"] else "w"
    del record["cycles"][0]["do"]["changes"][1:]
    record["reports"][1]["date"] = "2025-07-03"
    record["ehc"]["requests"][1]["id"] = "e3bb"
    actions = (m["actions"] for m in record["meetings"])
    for number, listed in enumerate(actions):
        listed[0]["id"] = f"x2c{number + 2}"
    return record


@pytest.fixture
def apart(oak: Typed, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Amelia, whose father lives elsewhere, and Ben; on 15 December 2025."""
    monkeypatch.setenv("SENCLI_TODAY", DAY)
    ben = {**BEN, "status": [{"from": "2025-09-15", "provision": "K"}]}
    return filled(oak, of_both({"lives_with": False}), ben)


def pages(printed: str) -> list[str]:
    return re.split(r"\n={60,}\n", printed)


@pytest.mark.parametrize("line", PAPERS)
@pytest.mark.parametrize("fmt", ["text", "md", "html", "json"])
@pytest.mark.parametrize("lang", ["en", "pl"])
def test_each_parents_paper_has_nothing_of_the_other(apart, line, fmt, lang):
    for who, other in (("sana", HIS), ("omar", HERS)):
        got = apart(f"{line} --to {who} --format {fmt} --lang {lang}")
        assert other not in got.out
        assert not TRACES.search(got.out)
        if "invitation" not in line and "profile" not in line and "letter" not in line:
            assert "left out, and not said on the paper" in got.err


@pytest.mark.parametrize("line", PAPERS)
@pytest.mark.parametrize("more", ["", " --to parent"])
def test_without_a_reader_there_is_a_page_for_each(apart, line, more):
    mother, father = pages(apart(f"{line}{more} --lang en").out)
    assert "Sana Khan" in mother
    assert "Omar Khan" in father
    assert HIS not in mother
    assert HERS not in father
    assert not TRACES.search(mother + father)


def test_what_one_parent_agreed_to_is_not_said_of_both(apart):
    record = of_both({"lives_with": False})
    consent = {"given": True, "by": MUM, "date": "2025-10-01"}
    record["specialists"][0]["consent"] = consent
    school = filled(apart, record)
    got = school("print case amelia --for parent --to omar").out
    assert "agreed" not in got.partition("Speech therapist")[2].splitlines()[0]
    assert "Speech therapist: consent given" in got
    assert "Sana Khan (mother) agreed" in school("print case amelia").out


def test_a_class_and_a_week_take_the_same_care(apart):
    for line in ("summary --class 4B", "print case --class 4B --for parent"):
        ben, mother, father = pages(apart(f"{line} --lang en").out)
        assert HIS not in mother
        assert HERS not in father
        assert "Ben" in ben
    got = apart("summary --class 4B --each --format json --output out")
    assert "left out" in got.err
    named = {
        path.name: path.read_text("utf-8") for path in (apart.folder / "out").iterdir()
    }
    assert set(named) == {
        f"summary-p7k2q-{MUM}.json",
        f"summary-p7k2q-{DAD}.json",
        "summary-pb3nd.json",
    }
    assert HIS not in named[f"summary-p7k2q-{MUM}.json"]
    assert HERS not in named[f"summary-p7k2q-{DAD}.json"]
    assert not TRACES.search("".join(named.values()))


def test_the_paper_that_a_parent_is_given_is_a_parents_paper(apart):
    """Also where nobody said that it is for a parent: costs and gaps are not on it."""
    got = apart("print case amelia --to sana").out
    assert HIS not in got
    assert "What is missing" not in got
    assert "£" not in got
    assert not TRACES.search(got)
    whole = apart("print case amelia").out
    assert HIS in whole
    assert HERS in whole


def test_what_each_was_given_is_recorded_of_each(apart):
    apart("print case amelia --for parent --record")
    issued = Repository.find(str(apart.folder)).pupil("p7k2q")["issued"]
    assert {paper["to"] for paper in issued if paper["document"] == "case"} == {
        MUM,
        DAD,
    }


def test_together_and_all_shared_there_is_one_page(oak, monkeypatch):
    monkeypatch.setenv("SENCLI_TODAY", DAY)
    school = filled(oak, of_both({"sharing": "full", "lives_with": True}))
    got = school("summary amelia --lang en")
    (page,) = pages(got.out)
    assert HIS in page
    assert HERS in page


@pytest.fixture
def together(oak: Typed, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Amelia, who lives with both; each has a concern and meetings of their own."""
    monkeypatch.setenv("SENCLI_TODAY", DAY)
    record = base({"sharing": "full"}, {"sharing": "full", "lives_with": True})
    for kind in ("concern", "meeting", "meeting without them"):
        said(MUM, HERS, 3, kind, record)
        said(DAD, HIS, 2, kind, record)
    for meeting in record["meetings"]:
        meeting["id"] += "v" if meeting["attended"] else "w"
        meeting["actions"][0]["id"] += "v" if meeting["attended"] else "w"
    both = {"id": "t2bb", "date": "2025-10-09", "attended": [MUM, DAD]}
    record["meetings"].append({**both, "agreed": "Both agreed this"})
    return filled(oak, record)


@pytest.mark.parametrize(
    "line", ["summary", "print support-plan", "print case --for parent"]
)
@pytest.mark.parametrize("fmt", ["text", "json", "md", "html"])
def test_what_is_of_one_parent_alone_does_not_stand_on_the_page_for_both(
    together, line, fmt
):
    joint = together(f"{line} amelia --format {fmt} --lang en")
    assert HERS not in joint.out
    assert HIS not in joint.out
    assert not TRACES.search(joint.out)
    if line == "summary":
        assert "9 October 2025" in joint.out or "2025-10-09" in joint.out
    offered = re.findall("has it: sen (.*)", joint.err)
    assert len(offered) == 2
    for command, own, other in zip(offered, (HERS, HIS), (HIS, HERS), strict=True):
        page = together(f"{command} --lang en").out
        assert other not in page
        if line != "print support-plan":
            assert own in page


def test_a_class_and_a_cycle_leave_it_off_too(together):
    assert HIS not in together("summary --class 4B").out
    got = together("summary amelia --cycle 1")
    assert HIS not in got.out
    assert "--cycle y2qf --to c5xn" in got.err
    assert HIS not in together("summary amelia --to pupil").out
    # the school's own paper has all of it
    whole = together("print case amelia").out
    assert HIS in whole
    assert HERS in whole


def test_a_contact_with_whom_nothing_is_shared_is_quoted_on_no_familys_paper(
    oak, monkeypatch
):
    monkeypatch.setenv("SENCLI_TODAY", DAY)
    school = filled(oak, of_both({"sharing": "none", "lives_with": True}))
    for line in PAPERS:
        got = school(f"{line} --lang en")
        (page,) = pages(got.out)
        assert HIS not in page
        assert "Nothing goes to Omar Khan" in got.err
    assert HIS not in school("summary amelia --to pupil --lang en").out
    got = school(f"summary amelia --include {DAD}", code=3)
    assert "Omar Khan said goes on no paper for the family" in got.err
    assert got.out == ""
    # the mend, as it is printed, gives him what is agreed and no more
    refused = school("summary amelia --to omar", code=3).err
    school(refused.rpartition("sen ")[2].strip())
    got = school("summary amelia --to omar --lang en")
    assert HERS not in got.out
    assert "Reads 60 common words on sight" in got.out
    assert "by sharing: limited" in got.err


def test_a_limited_readers_profile_is_not_an_empty_one(oak, monkeypatch):
    monkeypatch.setenv("SENCLI_TODAY", DAY)
    school = filled(oak, of_both({"sharing": "limited"}))
    got = school("print profile amelia --lang en")
    (page,) = pages(got.out)
    assert "For Sana Khan" in page
    assert "No profile goes to Omar Khan (sharing: limited)." in got.err


@pytest.mark.parametrize("reader", ["inspector", "agency", "new-school"])
def test_others_are_told_that_something_is_left_out(apart, reader):
    record = copy.deepcopy(of_both({"lives_with": False}))
    record["cycles"][0]["plan"]["outcomes"][0]["restricted"] = True
    school = filled(apart, record)
    assert "1 marked restricted" in school(f"print case amelia --for {reader}").out
    assert (
        "Some details are not included in this copy."
        in school(f"print summary amelia --for {reader} --lang en").out
    )
    got = school("summary amelia --to sana --lang en")
    assert "Some details are not included in this copy." not in got.out
    assert "a restricted item" in got.err


def test_a_finding_tells_nothing_that_its_reader_is_not_to_know(apart):
    record = of_both({"lives_with": False})
    record["flags"] = [{"flag": "looked_after", "from": "2025-01-01"}]
    school = filled(apart, record)
    assert "looked after" in school("print case amelia --for inspector").out
    own = school.folder / "templates"
    own.mkdir()
    rules = {"title": "an inspector", "views": "all", "anonymous": False}
    rules |= {"leave_out": ["flags"]}
    text = json.dumps({"audiences": {"inspector": rules}})
    (own / "redaction.json").write_text(text, "utf-8", newline="\n")
    assert "looked after" not in school("print case amelia --for inspector").out
    # of sharing the school's own file says nothing: it is as ours has it
    school(f"contact set amelia {DAD} --sharing limited")
    assert "I like stories" not in school("summary amelia --to omar --lang en").out


def test_who_may_see_what_is_as_it_is_today_on_a_paper_of_the_past_too(apart):
    """An order of the court counts from its day, and not from the paper's."""
    apart(f"contact set amelia {DAD} --sharing none")
    then = "--as-at 12/12/2025"
    got = apart(f"summary amelia {then} --lang en")
    (page,) = pages(got.out)
    assert HIS not in page
    assert "Nothing goes to Omar Khan" in got.err
    assert apart(f"summary amelia {then} --to omar", code=3).out == ""
    # and the code of the paper is still that of the record of the day
    code = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", page)[0]
    assert "as at 12 December 2025" in apart(f"verify {code} {then}").out


def test_a_schools_own_reader_of_whom_names_are_not_said_gets_no_case(apart):
    own = apart.folder / "templates"
    own.mkdir()
    text = json.dumps({"audiences": {"inspector": {"title": "a visitor"}}})
    (own / "redaction.json").write_text(text, "utf-8", newline="\n")
    got = apart("print case amelia --for inspector", code=2)
    assert "There is no case for a visitor" in got.err
    assert "templates/redaction.json" in got.err
    assert got.out == ""
