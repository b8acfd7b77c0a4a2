"""``sen --all-in DIR``: many schools read together, and never written to."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sencli.core.reports.all_schools import SchoolPart
from sencli.core.reports.all_schools import totals
from tests.conftest import Typed
from tests.conftest import school_of

OK = ("register", "map", "due", "check", "print governors")


@school_of
def school(oak: Typed) -> None:
    oak("provision add phonics --name Phonics --tier targeted --minutes 20")
    for name in ("Amelia Khan", "Ben Adeyemi"):
        oak("pupil", "add", name, "--class", "4B", "--year-group", "4")
        oak("status", "set", name, "K", "--since", "15/09/2025")
    oak("cycle open amelia --assessment 'Amelia reads 22' --date 15/09/2025")
    oak("outcome add amelia 'Amelia reads 60' --baseline 22 --target 60 --by +4w")
    oak("intervention add amelia phonics --outcome 1 --start 16/09/2025")


def put_together(school: Typed) -> Typed:
    """Two schools that can be read in a folder, and others that cannot."""
    many = school.folder.parent / "many"
    many.mkdir()
    for name in ("elm", "oak", "broken", "halfway", "newer", "torn"):
        shutil.copytree(school.folder, many / name)
    book = many / "elm" / "school.yaml"
    book.write_text(
        book.read_text("utf-8").replace("Oak ", "Elm "), "utf-8", newline="\n"
    )
    book = many / "newer" / "school.yaml"
    book.write_text(
        book.read_text("utf-8").replace("schema: 1", "schema: 9"), "utf-8", newline="\n"
    )
    (many / "broken" / "school.yaml").write_bytes(b"name: [\n")
    (many / "halfway" / ".git" / "sencli").mkdir(exist_ok=True)
    (many / "halfway" / ".git" / "sencli" / "journal").write_bytes(b"a change\n")
    record = next((many / "torn" / "pupils").iterdir())
    record.write_bytes(b"first_name: [Amelia\n")
    (many / "empty").mkdir()
    (many / ".hidden").mkdir()
    (many / "notes.txt").write_bytes(b"no folder")
    if os.name != "nt":
        (many / "link").symlink_to(school.folder)
    return school.at(many.parent)


def held(folder: Path) -> dict[str, bytes]:
    """Every file but what can be deleted at any time."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and (path.parent.name != "sencli" or path.name == "journal")
    }


def test_every_list_of_many_schools_tells_the_school_and_names_nobody(
    school: Typed,
) -> None:
    sen = put_together(school)
    before = held(sen.folder / "many")
    for line in OK:
        done = sen(f"--all-in many {line}", code=3)
        told = done.out + done.err
        assert "Elm Primary" in done.out, line
        assert "Oak Primary (oak)" in done.out, line
        assert "Amelia" not in told, line
        assert "Khan" not in told, line
        assert "All schools" in done.out, line
        for name in ("broken", "empty", "halfway"):
            assert f"\n  {name}: " in done.err, line
        if line == "check":
            assert done.out.count("The file itself") == 2
        else:
            assert "\n  torn: 1 record could not be read" in done.err
            assert "written by a newer sencli" in done.err
        assert ".hidden" not in told
        assert "notes.txt" not in told
        assert os.name == "nt" or "link: It is a link" in done.err
    named = sen("--all-in many --names register", code=3).out
    assert "Amelia Khan" in named
    assert named == sen("--all-in many register --names", code=3).out
    assert "Amelia reads 60" in sen("--all-in many map --names", code=3).out
    data = json.loads(sen("--all-in many register --format json", code=3).out)
    by_name = {one["folder"]: one for one in data}
    assert by_name["elm"]["counts"] == {"pupils": 2, "support": 2, "plan": 0}
    assert by_name[None]["counts"]["pupils"] == 7
    assert "fault" in by_name["halfway"]
    assert "rows" not in by_name["halfway"]
    lines = sen("--all-in many register --format csv --class 4B", code=3).out
    assert lines.splitlines()[0].startswith("school,pupil,class,")
    assert len(lines.splitlines()) == 8
    sen("--all-in many due --output due.sqlite", code=3)
    with closing(sqlite3.connect(sen.folder / "due.sqlite")) as base:
        kinds = {row[0] for row in base.execute("SELECT kind FROM what_is_due")}
        assert kinds == {"next cycle", "plan"}
    sen("--all-in many map --output map.xlsx", code=3)
    assert held(sen.folder / "many") == before


def test_exit_codes_where_all_can_be_read_and_what_is_refused(school: Typed) -> None:
    many = school.folder.parent / "many"
    many.mkdir()
    for name in ("elm", "oak"):
        shutil.copytree(school.folder, many / name)
    sen = school.at(many.parent)
    assert "Not complete" not in sen("--all-in many register").out
    sen("--all-in many check", code=1)
    sen("--all-in many check --rule K1 --level must")
    unknown = sen("--all-in many check --rule X99", code=4)
    assert unknown.out == ""
    assert unknown.err.startswith("sen: There is no rule 'X99'.")
    refused = {
        "--all-in many summary amelia": "One of these: register, map, due, check",
        "--all-in many print summary amelia": "sen print summary is not one of them",
        "--all-in many pupil list": "sen pupil is not one of them",
        "--all-in many register --count need": "does not take --count.",
        "--all-in many map --pupil amelia": "does not take --pupil.",
        "--all-in many check amelia": "does not take [PUPIL|FILE]",
        "--all-in many print governors --to X": "does not take --to.",
        "--all-in many due --format ics": "do not come as ics",
        "--all-in many due --output x.ics": "A .ics file cannot be written here",
        "--all-in many": "--all-in needs a list",
        "--all-in many register amelia": "Got unexpected extra argument",
        "--all-in many print": "sen print is not one of them",
        "--names register": "Add --all-in DIR",
        "-C oak --all-in many register": "Give one of the two",
        "--all-in many register --output many/oak/x.csv": "in a school's folder",
    }
    for line, words in refused.items():
        assert words in sen(line, code=2).err, line
    for line in ("--all-in oak register", "--all-in none register"):
        sen(line, code=4)
    (sen.folder / "bare").mkdir()
    assert "Clone each school's" in sen("--all-in bare register", code=4).err


def test_a_total_gives_away_no_number_that_one_school_withholds() -> None:
    def part(count: int | None, exact: int = 0) -> SchoolPart:
        return SchoolPart("f", "s", counts={"plan": count}, exact={"plan": exact})

    assert totals([part(7), part(0)]) == {"plan": 7}
    assert totals([part(7), part(None, 3)]) == {"plan": None}
    assert totals([part(7), part(None, 1), part(None, 1)]) == {"plan": None}
    assert totals([part(7), part(None, 3), part(None, 4)]) == {"plan": 14}
    assert totals([SchoolPart("f", fault="gone")]) == {}
