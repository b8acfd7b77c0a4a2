"""``sen register``, ``map``, ``summary`` and ``print`` over real repositories."""

from __future__ import annotations

import csv
import io
import json

import pytest

from sencli.store.repository.repository import Message
from sencli.store.repository.repository import Repository
from tests.conftest import Typed
from tests.documents.example import AMELIA
from tests.documents.example import BEN
from tests.documents.example import CHLOE
from tests.documents.example import GROUPS
from tests.documents.example import PROVISIONS
from tests.documents.example import SCHOOL

DAY = "2025-12-15"


@pytest.fixture
def school(oak: Typed, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Oak Primary with three pupils, on 15 December 2025."""
    monkeypatch.setenv("SENCLI_TODAY", DAY)
    repo = Repository.find(str(oak.folder))

    def act(draft):
        draft.put("school.yaml", {**draft.read("school.yaml"), **SCHOOL})
        draft.put("provisions.yaml", PROVISIONS)
        draft.put("groups.yaml", GROUPS)
        for record in (AMELIA, BEN, CHLOE):
            draft.put(f"pupils/{record['id']}.yaml", record)
        return Message("test.fill", "Fill the school")

    repo.change(act)
    return oak


def test_register(school):
    listed = json.loads(school("register --format json").out)
    assert [entry["name"] for entry in listed] == ["Chloé O'Neill", "Amelia Khan"]
    assert listed[1]["needs"] == ["SLCN", "SPLD"]
    assert "Amelia Khan" in school("register").out


def test_the_register_is_the_same_from_the_cache_and_from_the_files(school):
    first = school("register --all --format csv").out
    assert school("register --all --format csv").out == first
    rows = school.folder / ".git" / "sencli" / "rows-lists.json"
    assert rows.exists()
    rows.write_text("{", "utf-8", newline="\n")
    assert school("register --all --format csv").out == first
    whole = school("register --all --tier targeted --format json").out
    assert [entry["id"] for entry in json.loads(whole)] == ["p7k2q"]


def test_register_as_at_an_earlier_day(school):
    assert json.loads(school("register --as-at 01/09/2025 --format json").out) == [
        {
            "id": "pc9ry",
            "name": "Chloé O'Neill",
            "class": "RW",
            "year_group": "R",
            "provision": "E",
            "needs": ["ASD"],
            "stage": None,
            "review_by": None,
        }
    ]
    (amelia,) = json.loads(
        school("register --class 4B --as-at 20/10/2025 --format json").out
    )
    assert (amelia["stage"], amelia["review_by"]) == ("do", "2025-12-12")


def test_register_counts(school):
    out = school("register --count year,need --format json").out
    assert {"by": "year_group", "value": "4", "pupils": 1} in json.loads(out)
    assert "Count by one of" in school("register --count hats", code=2).err


def test_a_filter_that_is_no_word_of_the_list_names_the_words(school):
    assert "looked_after" in school("register --flag hat", code=3).err
    assert "They are" in school("register --year-group 99", code=2).err


def test_a_record_that_cannot_be_read_is_named_and_the_rest_is_shown(school):
    path = school.folder / "pupils" / "pb3nd.yaml"
    path.write_text("schema: 1\nid: [\n", "utf-8", newline="\n")
    done = school("register", code=3)
    assert "Amelia Khan" in done.out
    assert "pupils/pb3nd.yaml:" in done.err


def test_map(school):
    made = json.loads(school("map --as-at 20/10/2025 --format json").out)
    assert made["total_pence"] == 7425
    assert "£74.25" in school("map --as-at 20/10/2025").out


def test_map_grouped_as_csv(school):
    out = school("map --by class --as-at 20/10/2025 --format csv").out
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {row["name"]: row["cost"] for row in rows if row["kind"] != "row"} == {
        "Class 4B": "74.25",
        "Class RW": "",
        "Total": "74.25",
    }


def test_map_filters_and_periods(school):
    out = school("map --year 2025-26 --pupil millie --provision precision", code=0)
    assert "School year 2025-26" in out.out
    assert "Time to Talk" not in out.out
    out = school("map --from 03/11/2025 --to 31/12/2025 --to-date --format json").out
    assert json.loads(out)["total_pence"] == 0
    assert "2025-26" in school("map --year nonsense", code=2).err
    assert (
        "ends before"
        in school("map", "--from", "31/12/2025", "--to", "01/12/2025", code=2).err
    )
    assert "provision list" in school("map", "--provision", "juggling", code=4).err


def test_map_without_costs(school):
    out = school("map --no-costs --as-at 20/10/2025").out
    assert "Precision teaching" in out
    assert "£" not in out


def test_map_as_paper(school):
    school("map", "--by", "pupil", "--output", "map.pdf")
    assert (school.folder / "map.pdf").read_bytes()[:5] == b"%PDF-"


def test_summary(school):
    school("summary millie --format pdf --output amelia.pdf")
    assert (school.folder / "amelia.pdf").read_bytes()[:5] == b"%PDF-"
    school("summary", "millie", "--output", "amelia.html")
    page = (school.folder / "amelia.html").read_text("utf-8")
    assert "Sana Khan (mother)" in page
    assert "SLCN" not in page
    told = school("summary millie").out
    assert "On 11 December 2025: 63 words of 100." in told


def test_summary_as_at_an_earlier_day(school):
    told = school("summary millie --as-at 20/10/2025").out
    assert "What we are working on" in told
    assert "menu" not in told


def test_summary_of_a_class_of_a_cycle_and_for_one_parent(school):
    told = school("summary --class 4B").out
    assert "Support for Millie Khan" in told
    assert "Ben" not in told
    assert "menu" in school("summary", "millie", "--cycle", "autumn 2025").out
    assert "proud" not in school("summary", "millie", "--to", "sana").out
    assert "cycle list" in school("summary millie --cycle 2019", code=4).err
    # a class that nobody is in is a slip, in whatever is narrowed to it
    papers = ("summary", "map", "register", "due", "pupil list", "print census")
    for paper in (*papers, "register --format html", "print delivery", "print map"):
        assert "4B" in school(f"{paper} --class 9Z", code=4).err, paper
    assert "Areas: communication" in school("map --need ZZZ", code=3).err
    assert "SLCN" in school("print delivery --need zzz", code=3).err
    assert school("map --need cognition").out
    assert "Name a pupil" in school("summary", code=2).err
    assert "one pupil" in school("summary millie ben --to sana", code=2).err


@pytest.mark.parametrize("typed", ["xx", "pl_PL", "../pl", "pl-!!", "Klingon"])
def test_a_language_without_wording_is_refused(school, typed):
    for line in ("summary amelia", "print register"):
        got = school(f"{line} --lang {typed}", code=2)
        assert typed in got.err
        assert "English (en), Polish (pl)" in got.err
        assert "To add one" in got.err
    english = school("print register --lang pl --format html")
    assert "register are in English alone" in english.err
    assert 'lang="pl"' not in english.out
    assert school("summary amelia --lang Polish").out == (
        school("summary amelia --lang pl").out
    )


def test_the_schools_own_wording(school):
    folder = school.folder / "templates" / "wording"
    folder.mkdir(parents=True)
    (folder / "en.json").write_text(
        '{"summary": {"heard": "Your voice"}}', "utf-8", newline="\n"
    )
    assert "Your voice" in school("summary millie").out
    (folder / "en.json").write_text(
        '{"summary": {"heard": "Your {hat}"}}', "utf-8", newline="\n"
    )
    assert "{hat}" in school("summary millie", code=3).err
    (folder / "en.json").write_text("{", "utf-8", newline="\n")
    assert "not JSON" in school("summary millie", code=3).err


def test_the_schools_own_logo(school):
    dot = (
        b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>"
        b"<rect width='9' height='9'/></svg>"
    )
    folder = school.folder / "templates"
    folder.mkdir()
    (folder / "logo.svg").write_bytes(dot)
    school("pupil list", code=None)
    repo = Repository.find(str(school.folder))

    def act(draft):
        paper = {"logo": "logo.svg", "colour": "#204060"}
        draft.put("school.yaml", {**draft.read("school.yaml"), "letterhead": paper})
        return Message("test.logo", "Set the logo")

    repo.change(act)
    school("summary millie --output logo.html")
    assert "svg" in (school.folder / "logo.html").read_text("utf-8")


def test_print_reaches_every_document(school):
    assert "SEN register" in school("print register").out
    assert "By type of need" in school("print register").out
    assert "Provision map" in school("print map").out
    assert "Support for Millie" in school("print summary millie").out
    assert (
        "does not come as csv"
        in school("print summary millie --format csv", code=2).err
    )
    assert "summary" in school("print --help").out
