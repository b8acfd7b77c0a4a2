"""``sen print`` of the documents about the whole school, over a real repository."""

from __future__ import annotations

import csv
import io
import json

import pytest

from tests.conftest import Typed
from tests.conftest import school_of


@school_of
def school(oak: Typed) -> None:
    """Two pupils in one class, one of them with a cycle."""
    oak("sen rate set TA 16.50")
    oak('sen staff add TA2 --name "B. Ali" --role TA')
    oak('sen provision add talk --name "Talking group" --tier targeted')
    for first in ("Amelia", "Ben"):
        oak(f"sen pupil add '{first} Khan' --year-group 4 --class 4B")
        oak(f"sen status set {first} K --since 2025-09-15")
    oak("sen need add amelia SLCN --rank 1")
    oak('sen cycle open amelia --date 2025-09-15 --assessment "Words are hard."')
    oak("sen cycle plan amelia --date 2025-09-18 --review-by 2025-12-12")
    oak(
        "sen intervention add amelia talk --start 2025-09-22 --end 2025-12-12 "
        "--minutes 30 --days mon,wed --time 09:30 --led-by TA2 --group-size 2"
    )


DOCUMENTS = ("register", "map", "delivery", "impact", "timetable", "class-map")


@pytest.mark.parametrize("name", [*DOCUMENTS, "census", "governors"])
@pytest.mark.parametrize("fmt", ["text", "html", "csv", "json"])
def test_each_comes_in_each_format(school: Typed, name: str, fmt: str) -> None:
    assert school(f"sen print {name} --format {fmt}").out


def test_the_report_is_a_draft_and_no_table(school: Typed) -> None:
    assert "[The governing body writes:" in school("sen print information-report").out
    refused = school("sen print information-report --format csv", code=2)
    assert "does not come as csv" in refused.err


def test_a_copy_for_somebody_else_is_not_for_staff_alone(school: Typed) -> None:
    for name in ("map", "impact"):
        made = school(f"sen print {name} --for inspector").out
        assert "Confidential: for an inspector" in made
        assert "for staff" not in made
    # what nobody judged has no squares to be explained
    assert "-2 to +2" not in school("sen print impact").out


def test_a_map_is_printed_on_the_sheet_asked_for(school: Typed) -> None:
    assert "a3" in school("sen print map --size a3 --format html").out.casefold()
    refused = school("sen print map --size card", code=2)
    assert "The document map is not printed on card." in refused.err
    assert "It takes: --size a4, --size a3." in refused.err
    refused = school("sen print profile amelia --size a3", code=2)
    assert "It takes: --size a4, --size a5, --size card." in refused.err


def test_options_go_to_the_documents_that_take_them(school: Typed) -> None:
    assert "School year 2025-26" in school("sen print governors --year 2025-26").out
    assert "Khan" not in school("sen print governors --year 2025-26").out
    refused = school("sen print census --year 2025-26", code=2)
    assert "The document census does not take --year." in refused.err
    assert "--class" in refused.err
    assert "£" not in school("sen print map --no-costs --by class").out
    assert "Talking group" in school("sen print impact --provision talk").out
    assert "B. Ali" in school("sen print timetable --staff ta2").out
    assert "B. Ali" in school("sen print timetable --staff 'b. ali'").out
    for typed, told in (("--staff ZZ", "initials ZZ"), ("--class 9Z", "in class 9Z")):
        refused = school(f"sen print timetable {typed}", code=4)
        assert told in refused.err
        assert not refused.out
    assert "Amelia K." in school("sen print class-map --class 4b").out
    assert (
        "The classes are: 4B." in school("sen print class-map --class 9Z", code=4).err
    )


def test_staff_who_left_are_not_told_of_as_here(school: Typed) -> None:
    assert "B. Ali" in school("sen print class-map").out
    school("sen staff set TA2 --left 03/10/2025")
    assert "B. Ali" not in school("sen print class-map").out
    for fmt in ("text", "html"):
        assert "B. Ali (has left)" in school(f"sen print timetable --format {fmt}").out
    before = school("sen print timetable --as-at 02/10/2025").out
    assert "B. Ali" in before
    assert "has left" not in before


def test_the_census_finds_a_pupil_without_a_need(school: Typed) -> None:
    made = csv.DictReader(io.StringIO(school("sen print census --format csv").out))
    faults = {row["name"]: row["faults"] for row in made}
    assert faults["Amelia Khan"] == ""
    assert faults["Ben Khan"].startswith("K7")
    assert [bool(told) for told in faults.values()] == sorted(
        (bool(told) for told in faults.values()), reverse=True
    )


def test_delivery_of_one_pupil(school: Typed) -> None:
    made = json.loads(school("sen print delivery amelia --format json").out)
    assert [group["name"] for group in made["groups"]] == ["Talking group", "All"]
    assert made["groups"][0]["sessions_due"] == 9


def test_a_class_page_says_on_standard_error_what_it_leaves_off(school: Typed) -> None:
    school("sen adjustment add amelia 'Mother in prison'")
    school("sen adjustment add ben 'Sits away from Amelia' --share class")
    made = school("sen print class-map --class 4b")
    assert "prison" not in made.out
    assert "away from" not in made.out
    assert "“Mother in prison” is not marked for the page." in made.err
    assert "names another child (Amelia" in made.err
    line = next(n for n in made.err.splitlines() if ".text=" in n)
    assert "WORDS stands for" in school(line.strip(), code=3).err
    refused = school("sen print class-map --class 4b --strict", code=3)
    assert not refused.out
    assert "nothing was printed" in refused.err


def test_the_commands_that_a_class_page_gives_put_it_right(school: Typed) -> None:
    school("sen adjustment add amelia 'Large print'")
    assert "Extra support: " in school("sen print class-map").out
    said = school("sen print class-map").err
    for line in said.splitlines():
        if line.strip().startswith("sen "):
            school(line.strip())
    made = school("sen print class-map")
    assert "Large print" in made.out
    assert "Talking group: " in made.out
    assert not made.err


def test_each_class_has_a_sheet_or_a_file_of_its_own(school: Typed) -> None:
    school("sen pupil set ben class=4/B")
    school("sen pupil set amelia class=4-B")
    school("sen adjustment add ben 'Sits at the front' --share class")
    one = school("sen print class-map --each --output all.html")
    assert "Written: all.html" in one.err
    many = school("sen print class-map --each --output sheets")
    assert "files in sheets" in many.err
    names = sorted(path.name for path in (school.folder / "sheets").iterdir())
    assert all(name.startswith("class-map-4") for name in names)
    assert len(names) == 2
    again = school("sen print class-map --each --output sheets", code=2)
    assert "there already" in again.err
    assert "does not take --each" not in school("sen print class-map --each").err
    assert "not with register" in school("sen print register --each", code=2).err
