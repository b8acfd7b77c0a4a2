"""Pupils from a spreadsheet, as typed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.core.handover.import_cells import Way
from sencli.core.handover.import_columns import columns
from sencli.core.handover.import_headings import PUPILS
from sencli.core.handover.import_pupils import imported
from sencli.core.record.lookup import full_name
from sencli.documents.lists.pupil import pupil_list
from sencli.errors import InvalidValue
from sencli.errors import UsageFault
from sencli.exchange.spreadsheet import read
from sencli.formats import RenderOptions
from sencli.formats.csv_ import csv_restore
from sencli.formats.csv_ import write
from sencli.resources import load_schema
from sencli.safe import is_control
from tests.cli.test_init import git
from tests.conftest import Typed

SHEET = (
    "Forename;Surname;DOB;UPN;Gender;Reg Group;Year;SEN Status;SEN Need Type;PP\n"
    'Amelia;Khan;14/03/2017;P999900024001;F;4B;Year 4;SEN Support;"SLCN; SEMH";yes\n'
    "Ben;Adeyemi;;;M;4B;4;N;;no\n"
)


def sheet(oak: Typed, text: str, name: str = "pupils.csv") -> str:
    path = oak.folder.parent / name
    path.write_text(text, encoding="utf-8", newline="\n")
    return str(path)


def head(folder: Path) -> str:
    return git(folder, "rev-parse", "HEAD")


def test_a_file_is_one_commit_and_comes_again_unchanged(oak: Typed) -> None:
    file, before = sheet(oak, SHEET), head(oak.folder)
    shown = oak("import", file, "--dry-run").out
    assert "Amelia Khan  born 14 March 2017, year 4, class 4B, SEN support" in shown
    assert "--yes" in oak("import", file, code=2).err
    assert head(oak.folder) == before
    assert "2 added" in oak("import", "--yes", file).out
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
    assert "Nothing to change." in oak("import", "--yes", file).out


def test_lists_come_back_unchanged(oak: Typed) -> None:
    oak("import", "--yes", sheet(oak, SHEET))
    before = head(oak.folder)
    for words in (("pupil", "list"), ("register",)):
        told = oak(*words, "--format", "csv").out
        done = oak("import", "--yes", sheet(oak, told))
        assert "Nothing to change." in done.out
        assert "stage" in done.both
    assert head(oak.folder) == before


def test_what_differs_is_amended(oak: Typed) -> None:
    oak("import", "--yes", sheet(oak, SHEET))
    text = "name,class,sen\namelia KHAN,5B,E\n"
    assert "0 added, 1 changed" in oak("import", "--yes", sheet(oak, text)).out
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
        ("name,class\nAda Cobb,4B,extra\n", "more cells"),
        ("class\n4B\n", "who the pupil is"),
    ],
)
def test_faults_change_nothing(oak: Typed, text: str, said: str) -> None:
    before = head(oak.folder)
    done = oak("import", "--yes", sheet(oak, text), code=3)
    assert said in done.err
    assert head(oak.folder) == before


def test_every_fault_is_listed(oak: Typed) -> None:
    text = "name,dob,upn\nAda Cobb,31/02/2017,X1\nBo Dunn,99,\n"
    told = oak("import", "--yes", sheet(oak, text), code=3).err
    assert told.count("line ") == 3


def test_no_such_file(oak: Typed) -> None:
    oak("import", "--yes", "nowhere.csv", code=4)


def test_a_column_is_mapped_or_skipped(oak: Typed) -> None:
    file = sheet(oak, "Who,Notes\nAda Cobb,shy\n")
    oak("import", "--yes", file, "--map", "Who=name", "--skip", "Notes")
    assert "Ada Cobb" in oak("pupil list").out
    with pytest.raises(UsageFault):
        columns(["name"], PUPILS, {"Who": "name"})
    with pytest.raises(UsageFault):
        columns(["name"], PUPILS, {"name": "colour"})
    with pytest.raises(InvalidValue):
        columns(["class"], PUPILS, {})


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
    row = read(write([view], RenderOptions())).rows[0]
    cells = {"id": row.cells[0], "name": csv_restore(row.cells[1])}
    way = Way(
        "2025-11-03", str, lambda _kind: "p3456", load_schema("pupil"), is_control
    )
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
    elm("import", "--yes", "-", stdin=told)
    assert names(elm) == names(oak) == {f"{name} '=Last" for name in NAMES}
    again = elm("pupil list --format csv").out
    assert "Nothing to change." in elm("import", "--yes", "-", stdin=again).out


def names(typed: Typed) -> set[str]:
    return {p["name"] for p in json.loads(typed("pupil list --format json").out)}


def last_names(oak: Typed) -> list[tuple[str, str]]:
    found = []
    for one in json.loads(oak("pupil list --all --format json").out):
        record = json.loads(oak(f"pupil show {one['id']} --format json").out)
        found.append((record["first_name"], record.get("last_name", "")))
    return sorted(found)


def test_a_comma_means_that_the_surname_comes_first(oak: Typed) -> None:
    oak("pupil add 'Amelia Khan'")
    text = 'pupil,class\n"Khan, Amelia",4B\n"O\'Neill-Brown, Zoë Ann",4C\n'
    assert "1 added, 1 changed" in oak("import", "--yes", sheet(oak, text)).out
    assert last_names(oak) == [("Amelia", "Khan"), ("Zoë Ann", "O'Neill-Brown")]
    text = 'name\n"Khan, Amelia, Rose"\n'
    assert "line 2, name" in oak("import", "--yes", sheet(oak, text), code=3).err


@pytest.mark.parametrize("name", ["Lukasz Nowak", "ŁUKASZ NOWAK", "Nowak, Lukasz"])
def test_a_list_without_accents_is_of_the_same_pupils(oak: Typed, name: str) -> None:
    oak("pupil", "add", "Łukasz Nowak")
    done = oak("import", "--yes", sheet(oak, f'name,class\n"{name}",4B\n'))
    assert "0 added, 1 changed" in done.out
    assert last_names(oak) == [("Łukasz", "Nowak")]


def test_our_spelling_is_never_overwritten(oak: Typed) -> None:
    oak("pupil", "add", "Łukasz O'Neill-Brown", "--upn", "P999900024001")
    text = "forename,surname,upn,class\nLukasz,ONeill Brown,P999900024001,4B\n"
    done = oak("import", "--yes", sheet(oak, text))
    assert last_names(oak) == [("Łukasz", "O'Neill-Brown")]
    assert "line 2: the spelling of these records is kept, Łukasz" in done.err


def test_new_pupils_who_look_like_known_ones_are_told_of(oak: Typed) -> None:
    oak("pupil", "add", "Siobhán Neill", "--dob", "14/03/2017")
    before = head(oak.folder)
    text = "name,dob\nSiobhan Neil,\nAmelia Khan,\nAmela Khan,\nZed Abbott,\n"
    done = oak("import", sheet(oak, text), code=2)
    assert "line 2: Siobhan Neil would be new, and looks like Siobhán Neill" in done.err
    assert "line 4: Amela Khan would be new, and looks like Amelia Khan" in done.err
    assert "Zed" not in done.err
    assert "--yes" in done.err
    assert head(oak.folder) == before
    assert "looks like" in oak("import", sheet(oak, text), "--dry-run").err
    assert "4 added" in oak("import", sheet(oak, text), "--yes").out


@pytest.mark.parametrize(
    ("garbled", "meant"),
    [
        ("Siobh\u00c3\u00a1n", "Siobhán"),
        ("\u0139\u0081ukasz", "Łukasz"),
        ("Ren\u00c3\u00a9e", "Renée"),
        ("Ren\u221a\u00a9e", "Renée"),
        ("Zo\u251c\u00bd", "Zo"),
        ("O\u00e2\u20ac\u2122Neill", "O\u2019Neill"),
        ("Siobh\u00c3\u0192\u00c2\u00a1n", "Siobhán"),
        ("Siobh\ufffdn", ""),
        ("Zo?", ""),
    ],
)
def test_a_garbled_name_is_refused(oak: Typed, garbled: str, meant: str) -> None:
    done = oak("import", "--yes", sheet(oak, f"name\n{garbled} Lee\n"), code=3)
    assert "line 2, name" in done.err
    assert "garbled" in done.err
    assert meant in done.err


@pytest.mark.parametrize(
    "name",
    ["Siobhán", "Łukasz", "O\u2019Neill", "Ó\u2019Brien", "São", "Çağla", "Анна"],
)
def test_a_right_name_is_not_garbled(oak: Typed, name: str) -> None:
    assert "1 added" in oak("import", "--yes", sheet(oak, f"name\n{name} Lee\n")).out


def test_monitoring_is_not_dropped(oak: Typed) -> None:
    oak("import", "--yes", sheet(oak, "name,sen\nAmelia Khan,Monitoring\n"))
    shown = json.loads(oak("pupil show amelia --format json").out)
    assert shown["status"][-1]["provision"] == "N"
    assert shown["status"][-1]["monitoring"] is True
    oak("import", "--yes", sheet(oak, "name,sen\nAmelia Khan,Monitoring\n"))
    told = oak(
        "import", "--yes", sheet(oak, "name,sen\nAmelia Khan,Watching\n"), code=3
    ).err
    assert "line 2, provision: 'Watching'" in told


def test_a_day_that_begins_nothing_is_told(oak: Typed) -> None:
    told = oak(
        "import", "--yes", sheet(oak, "name,since\nAmelia Khan,01/09/2025\n")
    ).err
    assert "line 2, since" in told


def test_a_child_who_comes_back_is_on_roll_again(oak: Typed) -> None:
    oak("pupil add 'Amelia Khan'")
    oak("pupil leave amelia --date 17/10/2025")
    done = oak("import", "--yes", "-", stdin="name,class\nAmelia Khan,5A\n")
    assert "left 17 October 2025, on the roll from today" in done.out
    assert "Amelia" in oak("pupil list").out
    # but our own list, which has those who left, too, brings nobody back
    oak("pupil leave amelia --date today", today="2025-11-10")
    told = oak("pupil list --all --format csv", today="2025-11-12").out
    again = oak("import", "--yes", "-", stdin=told, today="2025-11-12")
    assert "Nothing to change." in again.out


def test_a_csv_for_a_spreadsheet_begins_with_a_mark(oak: Typed) -> None:
    oak("pupil", "add", "Zoë Łuk", "--class", "4B")
    file = oak.folder.parent / "list.csv"
    for words in ("pupil list", "register --all", "map", "due", "history zoe"):
        oak(f"{words} --format csv --force --output {file}")
        assert file.read_bytes().startswith(b"\xef\xbb\xbf"), words
        assert not oak(f"{words} --format csv").out.startswith("\ufeff")
    oak(f"pupil list --output {file} --force")
    assert file.read_bytes().startswith(b"\xef\xbb\xbfid,name")
    assert "Nothing to change." in oak("import", "--yes", str(file)).out


def test_standard_output_that_goes_to_a_file_has_the_mark(oak: Typed) -> None:
    oak("pupil", "add", "Zoë Łuk", "--class", "4B")
    words = [sys.executable, "-m", "sencli", "pupil", "list", "--format", "csv"]
    piped = subprocess.run(words, cwd=oak.folder, check=True, capture_output=True)
    assert piped.stdout.startswith(b"id,name")
    file = oak.folder.parent / "list.csv"
    with file.open("wb") as stream:
        subprocess.run(words, cwd=oak.folder, check=True, stdout=stream)
    assert file.read_bytes() == b"\xef\xbb\xbf" + piped.stdout


def test_support_begun_before_these_records_is_said_once(oak: Typed) -> None:
    (oak.folder / "old.csv").write_text(
        "Forename,Surname,SEN status,since\n"
        "Amelia,Khan,K,2024-09-10\nCal,Dee,K,\nEli,Fox,N,\n",
        "utf-8",
        newline="\n",
    )
    first = oak("import", "--yes", "old.csv")
    assert "the SEN support of 2 pupils began before these records" in first.err
    assert "began before" not in oak("import", "--yes", "old.csv").err
    assert "since before 20 October 2025" in oak("pupil show cal").out
    assert "since 10 September 2024" in oak("pupil show amelia").out
    assert "Cal has SEN support." in oak("summary cal").out
    refused = oak("print letter-support-begins cal", code=3)
    assert "--since DATE" in refused.err
    oak("status set cal K --since 15/09/2023")
    assert "15 September 2023" in oak("print letter-support-begins cal").out
    assert "must" not in oak("check cal", code=None).out


def test_the_first_cycle_after_an_import_is_due_when_it_is_judged(oak: Typed) -> None:
    oak("import", "--yes", "-", stdin="name,sen,need\nAmelia Khan,K,SLCN\n")
    assert "Open the first cycle" not in oak("due").out
    assert "overdue" not in oak("due", today="2025-11-30").out.replace("none over", "")
    assert "B01" not in oak("check", today="2025-11-30").out
    assert "Open the first cycle" in oak("due", today="2025-12-02").out
    assert "B01" in oak("check", today="2025-12-02", code=None).out


def test_governors_count_no_beginning_by_an_import(oak: Typed) -> None:
    # figures that differ are no slip: nobody is asked about these
    rows = "".join(f"Child{n} Lee,K\n" for n in range(9))
    oak("import", "--yes", "-", stdin=f"name,sen\n{rows}")
    assert _number(oak("print governors").out, "whose SEN support began") == "0"


def _number(text: str, what: str) -> str:
    (line,) = (line for line in text.splitlines() if what in line)
    return line.split()[-1]


def test_a_status_that_changes_by_a_list_is_our_decision(oak: Typed) -> None:
    oak("pupil add 'Amelia Khan'")
    oak("status set amelia N --since 01/09/2025")
    words = ("import", "--yes", "-")
    kept = oak(*words, stdin="name,sen\nAmelia Khan,K\n").out
    assert "SEN status stays no special educational need; the file has K" in kept
    words = (*words, "--overwrite", "provision")
    told = oak(*words, stdin="name,sen\nAmelia Khan,K\n").err
    assert "before these records" not in told
    assert "A13" in oak("check amelia", code=1).out


def test_a_dry_run_refuses_what_the_import_refuses(oak: Typed) -> None:
    file = sheet(oak, "name,year\nWHO Khan,3\nAmy Low,3\nBob NAME,4\n")
    for how in (("--dry-run",), ()):
        said = oak("import", "--yes", file, *how, code=3)
        assert "line 2: first_name: WHO stands for something" in said.err
        assert "line 4: last_name: NAME stands for something" in said.err
        assert "Add: Amy" not in said.out
