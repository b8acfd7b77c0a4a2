"""Files as the office's systems write them; all people are invented."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from sencli.core.handover.import_values import needs_of
from tests.cases import each_case
from tests.cli.test_init import git
from tests.conftest import Typed

SIMS = (
    ("Legal Surname", "Legal Forename", "Preferred Forename", "UPN", "DOB", "Gender",
     "Year Group", "Reg Group", "SEN Status", "SEN Status Start Date", "SEN Need Type",
     "SEN Need Rank", "SEN Need Start Date", "SEN Notes", "Pupil Premium", "Adm No"),
    ("Khan", "Amelia", "Mia", "P999900024001", date(2017, 3, 14), "F", "Year 4", "4B",
     "K - SEN Support", date(2024, 9, 10), "Speech, Language and Communication Needs",
     1, date(2024, 9, 10), "shy", "T", 1001),
    (None,) * 10 + ("SEMH", 2, "06/01/2025"),
    ("O'Neill", "Zoë", "Zoë", "D999900024002", "02/07/2016", "Female", "Y5", "5A",
     "Education, Health and Care Plan", "12/01/2023", "Autism Spectrum Disorder", "1",
     None, None, "✓", 1002),
    ("Adeyemi", "Ben", None, "T999900024003", 42808, "Male", "R", "RA",
     "No Special Educational Need", None, None, None, None, None, "F", 1003),
    ("Nowak", "Łukasz", None, "K999900025117", date(2018, 1, 5), "M", 3, "3C",
     "Monitoring", None, None, None, None, None, "0", 1004),
    ("Total: 4",),
)  # fmt: skip
ARBOR = (
    "Student,Unique Pupil Number,Registration Form,Year Group,SEN Status,Need 1,"
    "Need 2\n"
    '"Khan, Amelia",P999900024001,4B,Year 4,SEN Support,'
    '"Speech, Language & Communication Needs",SEMH - Social Emotional & Mental Health\n'
    'Zoë O\'Neill,D999900024002,5A,Year 5,"Education, Health and Care Plan",ASD,\n'
)
BROMCOM = (
    "Student Name;UPN;Year;Tutor Group;SEN Provision;SEN Need;Rank;Start Date;"
    "End Date\n"
    "Khan, Amelia;P999900024001;Y4;4B;K;SEMH;2;01/02/2025;\n"
    "Khan, Amelia;P999900024001;Y4;4B;K;SLCN;1;10/09/2024;\n"
    "Khan, Amelia;P999900024001;Y4;4B;K;MLD;3;10/09/2022;01/09/2024\n"
    "O'Neill, Zoë;D999900024002;Y5;5A;E;ASD;1;12/01/2023;\n"
)
SCHOLARPACK = (
    "Forename\tSurname\tUPN\tReg\tSEN Provision\tPrimary Need\tSecondary Need\n"
    "Amelia\tKhan\tP999900024001\t4B\tSEN support\tSLCN (1)\tSEMH\n"
    "Zoë\tO'Neill\tD999900024002\t5A\tEHCP\tAutism\t\n"
)
DFE = (
    "PupilMatchingRef,UPN,FormerUPN,Surname,Forename,MiddleNames,Sex,DOB,FSMeligible,"
    "NCyearActual,SENProvision,PrimarySENeedsType,SecondarySENType\n"
    "X1,P999900024001,,Khan,Amelia,Rose,F,2017-03-14,1,4,K,SLCN,SEMH\n"
    "X2,D999900024002,,O'Neill,Zoë,,F,2016-07-02 00:00:00,0,5,E,ASD,\n"
)


def workbook(
    oak: Typed, rows: Any, *, name: str = "pupils.xlsx", old: bool = False
) -> str:
    book = Workbook()
    if old:
        book.epoch = CALENDAR_MAC_1904
    page = book.active
    assert page is not None
    page.title = "SEN register"
    page.append(["Oak Primary: SEN register"])
    page.append([])
    for row in rows:
        page.append(row)
    book.create_sheet("About")["A1"] = "made by nobody"
    path = oak.folder.parent / name
    book.save(path)
    return str(path)


def written(oak: Typed, text: str, encoding: str = "utf-8") -> str:
    path = oak.folder.parent / "office.csv"
    path.write_bytes(text.encode(encoding))
    return str(path)


def record(oak: Typed, who: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(oak(f"pupil show {who} --format json").out)
    return found


def kinds(oak: Typed, who: str) -> list[tuple[str, int]]:
    return [(need["type"], need["rank"]) for need in record(oak, who).get("needs", ())]


def test_a_workbook_is_shown_asked_about_and_comes_again_unchanged(oak: Typed) -> None:
    file = workbook(oak, SIMS)
    shown = oak("import", file, code=2)
    assert "New: 4" in shown.out
    assert "born 14 March 2017, year 4, class 4B, SEN support, SLCN, SEMH" in shown.out
    assert "left aside, since nothing here needs them: SEN Notes, Adm No" in shown.err
    assert "line 9 is under the list" in shown.err
    assert "--yes" in shown.err
    assert "4 added" in oak("import", file, "--yes").out
    amelia, zoe, ben = (record(oak, who) for who in ("amelia", "zoe", "ben"))
    assert (amelia["known_as"], "known_as" in zoe) == ("Mia", False)
    assert [need["from"] for need in amelia["needs"]] == ["2024-09-10", "2025-01-06"]
    assert amelia["status"][0]["from"] == "2024-09-10"
    assert zoe["status"][0]["provision"] == "E"
    assert [flag["flag"] for flag in zoe["flags"]] == ["pupil_premium"]
    assert ben["date_of_birth"] == "2017-03-14"
    assert ben["placements"] == [{"year_group": "R", "class": "RA"}]
    assert record(oak, "lukasz")["status"][0]["monitoring"] is True
    head = git(oak.folder, "rev-parse", "HEAD")
    assert "Nothing to change." in oak("import", file).out
    assert git(oak.folder, "rev-parse", "HEAD") == head


@each_case(
    ("text", "encoding"),
    [
        (ARBOR, "utf-8-sig"),
        (BROMCOM, "cp1252"),
        (SCHOLARPACK, "utf-16"),
        (DFE, "utf-8"),
        ("sep=;\r\n" + BROMCOM, "utf-8"),
        ("Report of 1 December, made by nobody\n\n" + ARBOR, "utf-8"),
    ],
)
def test_each_systems_file_says_the_same(text: str, encoding: str) -> None:
    from sencli.core.handover.import_columns import columns
    from sencli.core.handover.import_headings import PUPILS
    from sencli.core.handover.import_rows import gathered
    from sencli.core.handover.import_values import status_code
    from sencli.exchange import spreadsheet

    sheet = spreadsheet.read(text.encode(encoding), PUPILS.knows)
    made = columns(sheet.headings, PUPILS, {})
    rows = [
        (
            row.line,
            {f: t for f, t in zip(made.fields, row.cells, strict=True) if f and t},
        )
        for row in sheet.rows
    ]
    found, faults, _ = gathered(rows, "2025-10-20")
    assert not faults
    assert [cells["upn"] for _, cells in found] == ["P999900024001", "D999900024002"]
    assert [cells["needs"] for _, cells in found] == ["SLCN; SEMH", "ASD"]
    assert [status_code(cells["provision"]) for _, cells in found] == ["K", "E"]


def test_what_somebody_wrote_stands_and_is_told(oak: Typed) -> None:
    oak("import", "--yes", written(oak, DFE))
    oak("pupil set amelia known_as=Amy class=4C")
    oak("need set amelia SEMH --rank 1")
    oak("need set amelia SLCN --rank 2")
    oak("status set zoe K --since today")
    ours = record(oak, "amelia"), record(oak, "zoe")
    text = ARBOR.replace("5A,Year 5", "5B,Year 5")
    done = oak("import", "--yes", written(oak, text))
    told = done.out
    assert "--overwrite class" in done.err
    assert "class stays 4C; the file has 4B" in told
    assert "needs stay SEMH, SLCN; the file has SLCN; SEMH" in told
    assert "SEN status stays SEN support; the file has Education, Health" in told
    assert (record(oak, "amelia"), record(oak, "zoe")["status"]) == (
        ours[0], ours[1]["status"]
    )  # fmt: skip
    # what no person wrote is the file's
    assert record(oak, "zoe")["placements"][-1]["class"] == "5B"
    moved = oak("import", "--yes", written(oak, text.replace("5B", "5C"))).out
    assert "class 5B -> 5C" in moved
    oak("import", "--yes", written(oak, text), "--overwrite", "class")
    assert record(oak, "amelia")["placements"][-1]["class"] == "4B"
    # a list that only says that there is SEN changes no plan into support
    oak("status set zoe E --since today")
    again = oak("import", "--yes", written(oak, "name,sen\nZoë O'Neill,yes\n")).out
    assert "Nothing to change" in again


def test_a_report_of_the_names_of_every_day_alone(oak: Typed) -> None:
    head = "UPN,Preferred Surname,Preferred Forename,DOB,Year Group,SEN Need,Rank\n"
    row = "P999900024001,Khan,Mia,14/03/2017,Year 4,SLCN,1\n"
    told = oak("import", written(oak, head + row), "--yes").out
    assert "Mia Khan  born 14 March 2017" in told
    oak("pupil", "set", "mia", "first_name=Amelia", "known_as=Mia")
    twins = (
        head
        + row.replace("Khan", "Kaan")
        + row.replace("Khan", "Kaan")
        .replace("P999900024001", "")
        .replace("Mia", "Noor")
    ).replace(",Rank", "")
    told = oak("import", written(oak, twins.replace(",1\n", "\n")), "--dry-run").out
    assert "first name" not in told
    assert "Noor Kaan  born 14 March 2017" in told
    nameless = written(oak, "Preferred Forename,Preferred Surname\nMia,Khan\n")
    assert "Nothing to change." in oak("import", nameless).out


def test_ranks_within_a_cell() -> None:
    for cell in (
        "Speech, Language and Communication Needs (Primary), MLD (Secondary)",
        "MLD (Secondary need); SLCN (Primary need)",
        "MLD (2) / SLCN (1)",
    ):
        assert needs_of(cell) == ["SLCN", "MLD"], cell


def test_faults_stand_in_the_order_of_the_file(oak: Typed) -> None:
    rows = "Name,DOB,SEN Need\nAl Poe,31/02/2017,MLD\nBo Poe,,ADHD\nCy Poe,,ADHD\n"
    told = oak("import", written(oak, rows), "--yes", code=3).err
    places = [told.index(f"line {number}, ") for number in (2, 3, 4)]
    assert places == sorted(places)
    assert told.count("'ADHD' is not a kind of need.") == told.count("SEMH (") + 1


def test_leavers_and_returners_are_told_and_not_guessed(oak: Typed) -> None:
    oak("import", "--yes", workbook(oak, SIMS))
    oak("pupil leave ben --date 17/10/2025")
    rows = [row for row in SIMS if row[1:2] != ("Amelia",) and row[0] is not None]
    told = oak("import", "--yes", workbook(oak, rows))
    amelia = record(oak, "amelia")["id"]
    assert f"sen pupil leave {amelia} --date DAY" in told.out
    assert "Left, it seems: 1" in told.out
    assert "Amelia" in oak("pupil list").out
    assert "left 17 October 2025, on the roll from today" in told.out
    text = "Name,UPN,Leaving Date\nZoë O'Neill,D999900024002,10/10/2025\n"
    told = oak("import", "--dry-run", written(oak, text))
    assert f"sen pupil leave {record(oak, 'zoe')['id']} --date 2025-10-10" in told.out


def test_a_column_that_was_explained_is_known_next_time(oak: Typed) -> None:
    text = "Who,Group code,SEN diagnosis\nAmelia Khan,4B,yes\n"
    told = oak("import", "--yes", written(oak, text), code=3).err
    assert "No column says who the pupil is" in told
    oak("import", "--yes", written(oak, text), "--map", "Who=name")
    assert git(oak.folder, "show", "--name-only", "--format=").count(".yaml") == 2
    more = text.replace("SEN diagnosis", "SEN diagnosis,Colour").replace("yes", "yes,x")
    again = oak("import", "--yes", written(oak, more.replace("4B", "4C")))
    assert "read as they were before" in again.err
    assert "--map 'Group code=FIELD'" in again.err
    assert "Nothing to change." in again.out
    oak("import", "--yes", written(oak, more), "--ask-again", code=3)
    oak("import", "--yes", written(oak, more), "--map", "Group code=class")
    assert record(oak, "amelia")["placements"] == [{"class": "4B"}]
    assert "ok" in oak("verify").out


ODD = [
        ([("name", "class"), ("Ada Cobb", "=1+1")], "a formula whose value was not"),
        ([("name", "class"), ("Ada Cobb", "#N/A")], "Excel's #N/A"),
        ([("name", "class"), ("Ada Cobb", date(2025, 4, 3))], "is a day"),
        ([("name", "dob"), ("Ada Cobb", "14/3")], "with its year"),
        ([("name", "dob"), ("Ada Cobb", "12/31/2016")], "no month 31"),
        ([("name", "dob"), ("Ada Cobb", "today")], "with its year"),
        ([("name", "attendance"), ("Ada Cobb", 0.953)], "a part of 1"),
        ([("name", "fsm"), ("Ada Cobb", "perhaps")], "neither yes nor no"),
        ([("name", "need", "rank"), ("Ada Cobb", "SLCN", "high")], "not a rank"),
        ([("name", "sen", "sen status"), ("Ada Cobb", "K", "E")], "they differ"),
        ([("name", "class", "need"), ("Ada Cobb", "4B", "SLCN"),
          ("Ada Cobb", "4B", "tired")], "'tired' is not a kind of need"),
    ]  # fmt: skip


def test_what_can_mean_two_things_is_refused(oak: Typed) -> None:
    @each_case(("rows", "why"), ODD)
    def refused(rows: Any, why: str) -> None:
        done = oak("import", "--yes", workbook(oak, rows), code=3)
        assert why in done.err, done.err

    refused()


def test_days_since_1904_and_sheets(oak: Typed) -> None:
    rows = [("name", "dob"), ("Ada Cobb", date(2017, 3, 14)), ("Bo Dunn", 41346)]
    file = workbook(oak, rows, old=True)
    oak("import", "--yes", file)
    assert record(oak, "ada")["date_of_birth"] == "2017-03-14"
    assert record(oak, "bo")["date_of_birth"] == "2017-03-14"
    assert "has no sheet 'Other'" in oak("import", file, "--sheet", "Other", code=2).err
    book = Workbook()
    for title in ("4B", "4C"):
        page = book.create_sheet(title)
        page.append(("Forename", "Surname"))
        page.append(("Cal", title))
    path = Path(oak.folder.parent / "two.xlsx")
    book.save(path)
    several = oak("import", str(path), code=2)
    assert "several sheets: 4B, 4C" in several.err
    assert "--sheet 4B" in several.err
    assert "1 added" in oak("import", "--yes", str(path), "--sheet", "4C").out


def test_contacts_staff_terms_and_provisions(oak: Typed) -> None:
    oak("import", "--yes", written(oak, DFE))
    people = (
        "Student,UPN,Contact Name,Relationship,Parental Responsibility,Priority,"
        "Mobile Phone,Email,Address Line 1,Town,Postcode,Court Order\n"
        '"Khan, Amelia",P999900024001,Mr Tariq Khan,Father,Yes,2,07700 900002,,'
        "1 High Street,Leeds,LS1 1AA,N\n"
        '"Khan, Amelia",P999900024001,Mrs Sana Khan,Mother,Y,1,07700 900001,'
        "sana@example.org,1 High Street,Leeds,LS1 1AA,\n"
        '"Khan, Amelia",P999900024001,Mr X Khan,Uncle,N,3,,,,,,Y\n'
        '"Doe, Sam",,Mo Doe,Mother,Y,1,,,,,,\n'
    )
    wrong = oak("import", written(oak, people), code=2).err
    assert "sen import contacts" in wrong
    first = oak("import", "contacts", "--yes", written(oak, people))
    assert "2 added" in first.out
    assert "not in these records: 1" in first.err
    assert "a court order about X Khan" in first.err
    sana, tariq = record(oak, "amelia")["contacts"]
    assert (sana["name"], sana["title"], sana["relationship"]) == (
        "Sana Khan", "Mrs", "mother"
    )  # fmt: skip
    assert tariq["address"] == "1 High Street, Leeds, LS1 1AA"
    oak("contact set amelia sana --phone '07700 900009'")
    moved = people.replace("07700 900001", "07700 900003").replace("1 High", "2 High")
    told = oak("import", "contacts", "--yes", written(oak, moved)).out
    assert "telephone stays 07700 900009; the file has 07700 900003 (mobile)" in told
    assert "address 1 High Street, Leeds, LS1 1AA -> 2 High Street" in told

    staff = (
        "Surname,Forename,Title,Staff Code,Post,Registration Group\n"
        "Malik,Kiran,Mrs,KM,Teacher,4B\nOwen,Tom,Mr,,Teaching Assistant,\n"
    )
    terms = (
        "Term;Start Date;End Date;Half term from;Half term to\n"
        "Autumn 2025;02/09/2025;19/12/2025;27/10/2025;31/10/2025\n"
    )
    offered = (
        "Intervention,Wave,Area of need,Minutes,Times a week,Weeks,Group size,Led by\n"
        "Talk group,Wave 2,Communication and interaction,30 mins,2,10 weeks,4,TA\n"
    )
    for word, text in (("staff", staff), ("terms", terms), ("provisions", offered)):
        assert f"import {word}" in oak("import", written(oak, text), code=2).err
        oak("import", word, "--yes", written(oak, text))
        assert "Nothing to change." in oak("import", word, written(oak, text)).out
    assert "Mrs Kiran Malik  teacher  4B" in oak("staff list").out
    oak("provision set talk-group --minutes 20")
    longer = offered.replace("30 mins", "25").replace("10 weeks", "12")
    told = oak("import", "provisions", "--yes", written(oak, longer)).out
    assert "minutes stays 20; the file has 25" in told
    assert "weeks 10 -> 12" in told
    bad = terms.replace("19/12/2025", "19/08/2025")
    assert "line 2" in oak("import", "terms", "--yes", written(oak, bad), code=3).err
    assert "ok" in oak("verify").out


def test_a_history_that_begins_later_lets_everything_stand() -> None:
    from sencli.core.handover.import_owner import by_hand
    from sencli.store.history.versions import Version

    def version(action: str, old: Any, new: Any) -> Version:
        return Version("c", "2025-10-20", "A", action, "", "pupils/p.yaml", old, new)

    def upn(past: Any) -> Any:
        return past.get("upn")

    filed = version("import", {"sex": "female"}, {"sex": "female", "upn": "X"})
    typed = version("pupil.set", {"upn": "X"}, {"upn": "Y"})
    rolled = version("year.roll", {"upn": "Y"}, {"upn": "Z"})
    assert not by_hand([filed], upn)
    assert by_hand([typed, filed], upn)
    assert not by_hand([rolled, typed, filed], upn)
    assert by_hand([], upn)
    assert by_hand([version("pupil.set", {"upn": "X"}, {"upn": "X", "a": 1})], upn)
    assert not by_hand([version("pupil.add", None, {"first_name": "A"})], upn)
