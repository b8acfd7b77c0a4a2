"""Papers about many pupils, for one reader: cut, refused, recorded."""

from __future__ import annotations

import json
import re
from zipfile import ZipFile

import pytest

from sencli.documents.registry import DOCUMENTS
from sencli.store.repository.repository import Repository
from tests.cli.test_hand_out import CODE
from tests.cli.test_hand_out import school

__all__ = ["school"]

PAPERS = (
    *("register", "map", "delivery", "impact", "timetable", "class-map", "census"),
    *("governors", "information-report"),
)
IN_NUMBERS = ("governors", "information-report")
NAMES = ("Amelia", "Millie", "Khan", "Chlo", "P999900024001")


@pytest.fixture(autouse=True)
def autumn(school, monkeypatch):
    """A day on which support is given."""
    del school
    monkeypatch.setenv("SENCLI_TODAY", "2025-11-10")


def issued(school) -> dict[str, list[dict[str, str]]]:
    repo = Repository.find(str(school.folder))
    return {i: repo.pupil(i).get("issued", []) for i in repo.pupil_ids()}


def stand_in(school, **kept_back) -> None:
    """The school's own rules for an agency, which keep this back and no more."""
    own = school.folder / "templates"
    own.mkdir()
    rules = {"title": "a visitor", "views": "none", "anonymous": False}
    rules |= {"leave_out": [], "parts": [], **kept_back}
    text = json.dumps({"audiences": {"agency": rules}})
    (own / "redaction.json").write_text(text, "utf-8", newline="\n")


@pytest.mark.parametrize("paper", [p for p in PAPERS if p != "class-map"])
def test_it_is_noted_of_everybody_on_it_who_was_given_the_paper(school, paper):
    got = school(f"print {paper} --for inspector --record")
    codes = set(CODE.findall(got.out))
    given = {pupil: papers for pupil, papers in issued(school).items() if papers}
    assert given
    for (entry,) in given.values():
        assert entry["document"].split()[0] == paper
        assert entry["to"] == "an inspector"
        assert entry["audience"] == "inspector"
        assert entry["content"] in codes
    # the paper's code is of the whole records, so that it can be looked up
    code = next(iter(given.values()))[0]["content"]
    found = json.loads(school("verify", code, "--format", "json").out)
    assert found["current"]
    assert {one["pupil"] for one in found["issued"]} <= set(given)


@pytest.mark.parametrize("paper", IN_NUMBERS)
@pytest.mark.parametrize("fmt", ["text", "json"])
def test_a_governor_reads_no_name(school, paper, fmt):
    got = school(f"print {paper} --for governor --format {fmt}").out
    for name in NAMES:
        assert name not in got
    if fmt == "text":
        assert "for a governor" in got


@pytest.mark.parametrize("paper", [p for p in PAPERS if p not in IN_NUMBERS])
@pytest.mark.parametrize("more", ["", " amelia", " --class 4B", " --format csv"])
def test_there_is_no_list_of_children_without_names(school, paper, more):
    """A row for one child tells who it is; governors get the school in numbers."""
    needed = {" amelia": "pupils", " --class 4B": "class_"}.get(more, "")
    if needed and needed not in DOCUMENTS[paper].options:
        more = " --record"
    got = school(f"print {paper}{more} --for governor", code=2)
    assert "tells who it is, also without the name" in got.err
    assert got.out == ""
    assert school(got.err.rpartition("sen ")[2].strip()).out
    assert not any(issued(school).values())


@pytest.mark.parametrize("paper", PAPERS[:7])
def test_no_family_gets_a_paper_about_other_children(school, paper):
    got = school(f"print {paper} --for parent --record", code=2)
    assert "no family may have it" in got.err
    got = school("print", paper, "--to", "Sana Khan", "--record", code=2)
    assert "no family may have it" in got.err
    assert not any(issued(school).values())


@pytest.mark.parametrize("reader", ["agency", "inspector", "new-school"])
def test_a_class_page_is_for_staff_alone(school, reader):
    got = school(f"print class-map --for {reader} --record", code=2)
    assert "for the school's own staff" in got.err
    assert not got.out
    typed = got.err.rpartition("sen ")[2].strip().replace("PUPIL", "amelia")
    assert school(typed).out
    assert not any(issued(school).values())


@pytest.mark.parametrize("paper", PAPERS)
def test_sharing_none_gets_no_paper_about_many(school, paper):
    got = school("print", paper, "--to", "Omar Khan", "--record", code=3)
    assert "Nothing may be shared with Omar Khan" in got.err
    assert not any(issued(school).values())


def test_what_was_left_out_is_marked_and_money_goes_by_the_rules(school):
    got = school("print census --for inspector").out
    assert "Left out for an inspector" in got
    assert "unique pupil numbers" in got
    assert "P999900024001" not in got
    whole = school("print map --format json").out
    assert "cost_pence" in whole
    stand_in(school, parts=["costs"])
    assert "cost_pence" not in school("print map --format json --for agency").out
    assert "costs" in school("print map --for agency").out


def test_the_paper_is_named_by_what_it_was_narrowed_to(school):
    school("print map --class 4B --to Ofsted --record")
    entries = [entry for papers in issued(school).values() for entry in papers]
    assert {entry["document"] for entry in entries} == {"map (class 4B)"}
    assert {entry["to"] for entry in entries} == {"Ofsted"}


def test_what_cannot_be_recorded_is_refused(school, tmp_path):
    assert "To whom" in school("print register --record", code=2).err
    line = "print register --for agency --record --as-at 01/12/2025"
    assert "paper of today" in school(line, code=2).err
    there = tmp_path / "there.txt"
    there.write_text("mine", "utf-8", newline="\n")
    for line in ("print register --for agency", "print case amelia --for agency"):
        got = school(*line.split(), "--record", "--output", str(there), code=2)
        assert "there already" in got.err
    assert not any(issued(school).values())
    assert there.read_text("utf-8") == "mine"


def test_faults_of_the_census_are_not_for_everybody(school):
    assert "Faults" in school("print census --for agency").out
    got = school("print census --for new-school").out
    assert "fault" not in got.casefold()
    assert "what the rules find missing" in got


def test_what_a_reader_may_not_know_is_not_told_as_a_no(school):
    for flag in ("looked_after", "sen_unit"):
        school(f"flag add amelia {flag} --since 01/09/2025")
    assert "By looked after" in school("print register --for inspector").out
    rows = json.loads(school("print census --for inspector --format json").out)
    assert {row["sen_unit"] for row in rows["pupils"]} == {True, False}
    stand_in(school, leave_out=["flags", "sex"])
    got = school("print register --for agency").out
    assert "By looked after" not in got
    assert "By sex" not in got
    assert "circumstances (flags)" in got
    assert "By type of need" in got
    rows = json.loads(school("print census --for agency --format json").out)
    assert {row["sen_unit"] for row in rows["pupils"]} == {None}


def test_what_is_restricted_is_not_told_as_a_no(school):
    school("flag add amelia sen_unit --since 01/09/2025 --restricted")
    rows = json.loads(school("print census --for inspector --format json").out)
    told = {row["id"]: row["sen_unit"] for row in rows["pupils"]}
    assert told["p7k2q"] is None
    assert set(told.values()) == {None, False}
    for paper in ("register", "census"):
        got = school(f"print {paper} --for inspector").out
        assert "Some needs or circumstances are withheld." in got


@pytest.mark.parametrize("reader", ["inspector", "agency", "new-school"])
@pytest.mark.parametrize("paper", ["register", "map", "delivery", "timetable"])
def test_a_readers_figures_are_those_of_the_whole_or_say_what_is_withheld(
    school, paper, reader
):
    """Counts made after the cut would say that there is less than there is."""
    school("need set amelia SLCN --restricted")
    school("flag add amelia looked_after --since 01/09/2025 --restricted")
    path = "cycles[y2qf].plan.interventions[i5tr].restricted=true"
    school("pupil", "set", "amelia", path)
    own = school(f"print {paper}").out.splitlines()
    read = school(f"print {paper} --for {reader}").out
    figures = [line for line in own if re.search(r"\d", line) and "Check" not in line]
    for line in figures[1:]:
        assert line in read
    if paper == "register":
        assert re.search(r"withheld +1\b", read)
    elif paper != "timetable":
        assert "neither shown nor counted here" in read


def printed(school, line, fmt):
    """All that a file says, whatever its parts."""
    if fmt not in {"docx", "xlsx"}:
        return school(f"{line} --format {fmt}").out
    school(f"{line} --force --output paper.{fmt}")
    with ZipFile(school.folder / f"paper.{fmt}") as parts:
        said = [name for name in parts.namelist() if "theme" not in name]
        return "".join(parts.read(name).decode("latin-1") for name in said)


@pytest.mark.parametrize("fmt", ["text", "json", "html", "csv", "md", "docx", "xlsx"])
def test_a_paper_without_names_has_no_other_childs_name_either(school, fmt):
    path = "cycles[y2qf].plan.outcomes[o8fd].outcome"
    school("pupil", "set", "amelia", f"{path}=Reads with Chloe and with Ben Adeyemi")
    school("group", "set", "q9ck", "--name", "Chloe\u2019s group")
    school("provision", "set", "precision-teaching", "--name", "Drill: Ben  Adeyemi")
    got = printed(school, "print governors --for governor", fmt)
    for name in ("Chlo", "Ben", "Adeyemi"):
        assert name not in got
    assert "Drill" in printed(school, "print impact --for inspector", fmt)
