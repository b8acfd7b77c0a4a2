"""The files of a whole repository: each problem with file and line."""

from __future__ import annotations

import pytest

from sencli.store.records import check
from sencli.store.text import dump
from tests.systems import link
from tests.systems import posix

SCHOOL = {
    "schema": 1,
    "name": "Oak Primary",
    "staff": [{"initials": "KM", "name": "K. Morris"}],
}


def pupil(pupil_id, **fields):
    return {"schema": 1, "id": pupil_id, "first_name": "Amelia"} | fields


@pytest.fixture
def root(tmp_path):
    files = {
        "school.yaml": dump.dumps(SCHOOL, "school"),
        "provisions.yaml": dump.dumps({"schema": 1}, "provisions"),
        "groups.yaml": dump.dumps({"schema": 1, "groups": []}, "groups"),
        "pupils/p7k2q.yaml": dump.dumps(pupil("p7k2q"), "pupil"),
        "pupils/pabcd.yaml": dump.dumps(pupil("pabcd", last_name="B"), "pupil"),
    }
    (tmp_path / "pupils").mkdir()
    for path, text in files.items():
        (tmp_path / path).write_text(text, "utf-8", newline="\n")
    return tmp_path


def told(root, only=()):
    return [
        (problem.file, problem.line, problem.code)
        for problem in check.check_files(root, only)
    ]


def test_right_records_have_no_problems(root):
    assert told(root) == []


def test_each_problem_has_its_file_and_line(root):
    (root / "school.yaml").write_text(
        "schema: 1\nname: Oak\nstaff: 12\n", "utf-8", newline="\n"
    )
    (root / "groups.yaml").write_text(
        "schema: 1\ngroups:\n- id: q9ck\n  name: HFW\n  provision: lego\n",
        "utf-8",
        newline="\n",
    )
    (root / "pupils/p7k2q.yaml").write_text(
        "schema: 1\nid: p7k2q\nfirst_name: Amelia\nupn: Q999900024001\n"
        "cycles:\n- id: y2qf\n  assess: {date: 2025-09-15, by: [XX]}\n",
        "utf-8",
        newline="\n",
    )
    (root / "pupils/pabcd.yaml").write_text(
        "schema: 1\nid: pabcd\nfirst_name: 12e3\n", "utf-8", newline="\n"
    )
    (root / "pupils/pempt.yaml").write_text("", "utf-8", newline="\n")
    (root / "pupils/pdupl.yaml").write_text(
        "schema: 1\nid: pdupl\nid: pdupl\n", "utf-8", newline="\n"
    )
    (root / "pupils/psche.yaml").write_text(
        'schema: 1\nid: psche\nfirst_name: "A\\x1b"\nstauts: []\n',
        "utf-8",
        newline="\n",
    )
    (root / "pupils/pname.yaml").write_text(
        "schema: 1\nid: pothe\nfirst_name: A\n", "utf-8", newline="\n"
    )
    (root / "pupils/notes.txt").write_text("not a record", "utf-8", newline="\n")
    (root / "pupils/Amelia Khan.yaml").write_text("schema: 1\n", "utf-8", newline="\n")
    assert told(root) == [
        ("groups.yaml", 5, "reference"),
        ("pupils/Amelia Khan.yaml", 0, "id"),
        ("pupils/p7k2q.yaml", 4, "upn"),
        ("pupils/pabcd.yaml", 3, "text"),
        ("pupils/pdupl.yaml", 3, "text"),
        ("pupils/pempt.yaml", 1, "text"),
        ("pupils/pname.yaml", 2, "id"),
        ("pupils/psche.yaml", 3, "text"),
        ("pupils/psche.yaml", 4, "schema"),
        ("school.yaml", 3, "schema"),
    ]
    assert all(problem.mend for problem in check.check_files(root))
    ids = {problem.pupil_id for problem in check.check_files(root)}
    assert ids == {"", "p7k2q", "pabcd", "pempt", "pdupl", "psche", "pname"}


def test_the_rest_of_a_record_with_a_fault_is_judged_too(root):
    (root / "pupils/p7k2q.yaml").write_text(
        "schema: 1\nid: p7k2q\nfirst_name: Amelia\nsex: femal\nupn: Q999900024001\n"
        "cycles:\n- id: y2qf\n  teacher: XX\n  assess: {date: 2025-02-30}\n"
        "stauts: []\n",
        "utf-8",
        newline="\n",
    )
    (root / "pupils/pabcd.yaml").write_text(
        "schema: 1\nid: pabcd\nupn: Q1\n", "utf-8", newline="\n"
    )
    assert told(root) == [
        ("pupils/p7k2q.yaml", 4, "schema"),
        ("pupils/p7k2q.yaml", 9, "schema"),
        ("pupils/p7k2q.yaml", 10, "schema"),
        ("pupils/pabcd.yaml", 1, "schema"),
        ("pupils/pabcd.yaml", 3, "schema"),
    ]
    text = (root / "pupils/p7k2q.yaml").read_text("utf-8")
    (root / "pupils/p7k2q.yaml").write_text(
        text.replace("2025-02-30", "2025-02-03"), "utf-8", newline="\n"
    )
    assert told(root, ["pupils/p7k2q.yaml"]) == [
        ("pupils/p7k2q.yaml", 4, "schema"),
        ("pupils/p7k2q.yaml", 5, "upn"),
        ("pupils/p7k2q.yaml", 8, "person"),
        ("pupils/p7k2q.yaml", 10, "schema"),
    ]


def test_people_are_judged_where_the_school_can_be_read(root):
    record = pupil("p7k2q", cycles=[{"id": "y2qf", "teacher": "XX"}])
    (root / "pupils/p7k2q.yaml").write_text(
        dump.dumps(record, "pupil"), "utf-8", newline="\n"
    )
    assert told(root) == [("pupils/p7k2q.yaml", 7, "person")]
    (root / "school.yaml").write_text("name: [\n", "utf-8", newline="\n")
    assert [code for _, _, code in told(root)] == ["text"]


def test_doubles_across_pupils_are_told_once(root):
    for pupil_id in ("p7k2q", "pabcd"):
        record = pupil(pupil_id, date_of_birth="2017-03-14", upn="P999900024001")
        (root / f"pupils/{pupil_id}.yaml").write_text(
            dump.dumps(record, "pupil"), "utf-8", newline="\n"
        )
    found = check.check_files(root)
    assert [(p.pupil_id, p.code, p.note) for p in found] == [
        ("pabcd", "pupil", True),
        ("pabcd", "upn", False),
    ]


def test_only_named_files_are_told_but_all_are_compared(root):
    (root / "pupils/p7k2q.yaml").write_text("schema: 1\n", "utf-8", newline="\n")
    (root / "school.yaml").write_text("schema: 1\n", "utf-8", newline="\n")
    assert told(root, ["school.yaml"]) == [("school.yaml", 1, "schema")]


def test_missing_files_and_links_are_problems(root):
    (root / "groups.yaml").unlink()
    (root / "pupils/p7k2q.yaml").unlink()
    link(root / "pupils/p7k2q.yaml", root / "school.yaml")
    found = told(root)
    assert ("groups.yaml", 0, "text") in found
    assert [file for file, _, _ in found] == ["groups.yaml", "pupils/p7k2q.yaml"]


@posix("processes that go on from where their parent is")
def test_two_processes_find_what_one_finds(root):
    letters = "abcdefghij"
    for number in range(210):
        pupil_id = f"p{letters[number // 100]}{letters[number // 10 % 10]}"
        pupil_id += f"{letters[number % 10]}z"
        record = pupil(pupil_id, last_name=f"B{number}")
        if not number % 50:
            record["upn"] = "Q999900024001"
        (root / f"pupils/{pupil_id}.yaml").write_text(
            dump.dumps(record, "pupil"), "utf-8", newline="\n"
        )
    records = check.WorkingRecords(str(root))
    one = check.check_records(records)
    assert len([problem for problem in one if problem.code == "upn"]) > 5
    assert check.check_records(records, processes=2) == one
