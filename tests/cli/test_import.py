"""Pupils from a spreadsheet, as typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.core.import_columns import columns
from sencli.core.importing import Way
from sencli.core.importing import imported
from sencli.core.lookup import full_name
from sencli.documents.pupil_list import pupil_list
from sencli.errors import InvalidValue
from sencli.errors import UsageFault
from sencli.exchange.spreadsheet import read
from sencli.formats import Asked
from sencli.formats.sheet import csv_restore
from sencli.formats.sheet import write
from sencli.safe import is_control
from sencli.store.schema import document
from tests.cli.test_init import git
from tests.conftest import Typed

SHEET = (
    "Forename;Surname;DOB;UPN;Gender;Reg Group;Year;SEN Status;SEN Need Type;PP\n"
    'Amelia;Khan;14/03/2017;P999900024001;F;4B;Year 4;SEN Support;"SLCN; SEMH";yes\n'
    "Ben;Adeyemi;;;M;4B;4;N;;no\n"
)


def sheet(oak: Typed, text: str, name: str = "pupils.csv") -> str:
    path = oak.folder.parent / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def head(folder: Path) -> str:
    return git(folder, "rev-parse", "HEAD")


def test_a_file_is_one_commit_and_comes_again_unchanged(oak: Typed) -> None:
    file, before = sheet(oak, SHEET), head(oak.folder)
    shown = oak("import", file, "--dry-run").out
    assert "Add: Amelia Khan" in shown
    assert head(oak.folder) == before
    assert "2 added" in oak("import", file).out
    assert git(oak.folder, "rev-parse", "HEAD~1") == before
    message = git(oak.folder, "log", "-1", "--format=%B")
    assert "Action: import" in message
    assert message.count("Pupil:") == 2
    assert "Khan" not in message
    amelia = json.loads(oak("pupil show amelia --format json").out)
    assert amelia["sex"] == "female"
    assert amelia["date_of_birth"] == "2017-03-14"
    assert [n["type"] for n in amelia["needs"]] == ["SLCN", "SEMH"]
    assert [n["rank"] for n in amelia["needs"]] == [1, 2]
    assert amelia["flags"][0]["flag"] == "pupil_premium"
    assert "Nothing to change." in oak("import", file).out


def test_lists_come_back_unchanged(oak: Typed) -> None:
    oak("import", sheet(oak, SHEET))
    before = head(oak.folder)
    for words in (("pupil", "list"), ("register",)):
        told = oak(*words, "--format", "csv").out
        done = oak("import", sheet(oak, told))
        assert "Nothing to change." in done.out
        assert "stage" in done.both
    assert head(oak.folder) == before


def test_what_differs_is_amended(oak: Typed) -> None:
    oak("import", sheet(oak, SHEET))
    text = "name,class,sen\namelia KHAN,5B,E\n"
    assert "0 added, 1 changed" in oak("import", sheet(oak, text)).out
    amelia = json.loads(oak("pupil show amelia --format json").out)
    assert amelia["last_name"] == "Khan"
    placed = amelia["placements"]
    assert [p["class"] for p in placed] == ["4B", "5B"]
    assert placed[-1]["year_group"] == "4"
    assert amelia["status"][-1]["provision"] == "E"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,dob\nAda Cobb,31/02/2017\n", "line 2, date of birth"),
        ("name,upn\nAda Cobb,X1\n", "line 2, upn"),
        ("name,need\nAda Cobb,SLCN; tired\n", "line 2, needs"),
        ("name,sen\nAda Cobb,Q\n", "line 2, provision"),
        ("name\nAda Cobb\nada cobb\n", "line 3: the same pupil as in line 2"),
        ("name,class\nAda Cobb,4B\n,4C\n", "line 3, name"),
        ('name\n"Ada\x1b[2J"\n', "line 2, name"),
        (f"name\n{'a' * 500}\n", "longer than 400"),
        ("name,notes\nAda Cobb,shy\n", "notes"),
        ("name,class\nAda Cobb,4B,extra\n", "more cells"),
        ("class\n4B\n", "who the pupil is"),
    ],
)
def test_faults_change_nothing(oak: Typed, text: str, said: str) -> None:
    before = head(oak.folder)
    done = oak("import", sheet(oak, text), code=3)
    assert said in done.err
    assert head(oak.folder) == before


def test_every_fault_is_listed(oak: Typed) -> None:
    text = "name,dob,upn\nAda Cobb,31/02/2017,X1\nBo Dunn,99,\n"
    told = oak("import", sheet(oak, text), code=3).err
    assert told.count("line ") == 3


def test_no_such_file(oak: Typed) -> None:
    oak("import", "nowhere.csv", code=4)


def test_a_column_is_mapped_or_skipped(oak: Typed) -> None:
    file = sheet(oak, "Who,Notes\nAda Cobb,shy\n")
    oak("import", file, "--map", "Who=name", "--skip", "Notes")
    assert "Ada Cobb" in oak("pupil list").out
    with pytest.raises(UsageFault):
        columns(["name"], {"Who": "name"}, ())
    with pytest.raises(UsageFault):
        columns(["name"], {"name": "colour"}, ())
    with pytest.raises(InvalidValue):
        columns(["name", "pupil"], {}, ())


LETTERS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Zl", "Zp"))
ODD = st.sampled_from(
    ("=1+1", "'", "''", "@SUM(A1)", "-2", '"', ",", ";", "\uff1d", " ")
)
LINES = st.lists(ODD | st.text(LETTERS, max_size=4), min_size=1, max_size=4).map(
    "".join
)


@settings(max_examples=60, deadline=None)
@given(LINES.filter(str.strip))
def test_any_name_survives_in_a_second_school(name: str) -> None:

    first = {"schema": 1, "id": "p2345", "first_name": name, "last_name": "=Z"}
    view = pupil_list([first], {"name": "Oak"}, "2025-11-03")
    row = read(write([view], Asked())).rows[0]
    cells = {"id": row.cells[0], "name": csv_restore(row.cells[1])}
    way = Way("2025-11-03", str, lambda _kind: "p3456", document("pupil"), is_control)
    made, faults = imported([(row.line, cells)], [], way)
    assert not faults
    assert full_name(made[0].record) == full_name(first)
    again, faults = imported([(row.line, cells)], [first], way)
    assert not faults
    assert again[0].record == first


NAMES = ("=1+1 Cobb", "'Tis Dunn", "''quoted", "@SUM(A1) Ek", '-2 "Fox", G')


def test_odd_names_go_to_a_second_school(oak: Typed, sen: Typed) -> None:
    for name in NAMES:
        oak("pupil", "add", "--first-name", name, "--last-name", "'=Last")
    told = oak("pupil list --format csv").out
    sen("init", "elm", "--school", "Elm Primary", "--senco", "J. Patel")
    elm = sen.at(sen.folder / "elm")
    elm("import", "-", stdin=told)
    assert names(elm) == names(oak) == {f"{name} '=Last" for name in NAMES}
    again = elm("pupil list --format csv").out
    assert "Nothing to change." in elm("import", "-", stdin=again).out


def names(typed: Typed) -> set[str]:
    return {p["name"] for p in json.loads(typed("pupil list --format json").out)}
