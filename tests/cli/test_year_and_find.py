"""The year roll and the search from the command line."""

from __future__ import annotations

import json

from tests.cli.test_init import git
from tests.conftest import Typed
from tests.conftest import head_of
from tests.conftest import school_of


@school_of
def school(oak: Typed) -> None:
    oak('pupil add "Amelia Khan" --year-group 4 --class 4B')
    oak('pupil add "Ben Adeyemi" --year-group R --class Robins')
    oak('pupil add "Cara Lee" --year-group 6 --class 6A')
    oak("status set cara K --since 15/09/2025")
    oak("cycle open cara --date 15/09/2025 --assessment 'Reads slowly'")


def placed(typed: Typed, when: str) -> dict[str, tuple[str, str]]:
    listed = json.loads(typed(f"pupil list --as-at {when} --format json").out)
    return {p["name"]: (p["year_group"], p["class"]) for p in listed}


def test_a_rehearsal_changes_nothing(school: Typed) -> None:
    before = head_of(school.folder)
    told = school("year roll --dry-run", today="2026-09-02")
    assert "Nothing was changed" in told.err
    assert "leaves" in told.out
    rows = json.loads(
        school("year roll --dry-run --format json", today="2026-09-02").out
    )
    assert rows[1]["new_class"] == "5B"
    assert head_of(school.folder) == before


def test_september(school: Typed) -> None:
    count = int(git(school.folder, "rev-list", "--count", "HEAD"))
    told = school("year roll --yes --map 'Robins=1 Wrens'", today="2026-09-02").out
    assert "2026-27: 2 moved up from 1 September 2026, 1 left." in told
    assert int(git(school.folder, "rev-list", "--count", "HEAD")) == count + 1
    assert placed(school, "31/08/2026") == {
        "Amelia Khan": ("4", "4B"),
        "Ben Adeyemi": ("R", "Robins"),
        "Cara Lee": ("6", "6A"),
    }
    assert placed(school, "01/09/2026") == {
        "Amelia Khan": ("5", "5B"),
        "Ben Adeyemi": ("1", "1 Wrens"),
    }
    shown = json.loads(school("pupil show cara --format json").out)
    assert shown["roll"] == [{"until": "2026-08-31"}]
    assert shown["cycles"][0]["closed"]["reason"] == "left"
    message = git(school.folder, "log", "-1", "--format=%B")
    assert message.startswith("Begin the school year 2026-27\n")
    assert "Year: 2026-27" in message


def test_not_twice(school: Typed) -> None:
    school("year roll --yes", today="2026-09-02")
    before = head_of(school.folder)
    assert "already" in school("year roll --yes", today="2026-09-03", code=6).err
    school("year roll --dry-run", today="2026-09-03", code=6)
    assert head_of(school.folder) == before
    school("year roll --yes", today="2027-09-01")
    assert placed(school, "01/09/2027")["Amelia Khan"] == ("6", "6B")


def test_nobody_to_move(oak: Typed) -> None:
    oak("year roll --yes", code=3)
    oak('pupil add "Amelia Khan" --year-group 4 --class 4B')
    assert "4B" in oak("year roll --yes --map 9Z=1", code=3).err


def test_find(school: Typed) -> None:
    found = json.loads(school("find reads slowly --format json").out)
    assert [f["path"].partition(".")[2] for f in found] == ["assess.teacher_assessment"]
    assert found[0]["name"] == "Cara Lee"
    assert found[0]["date"] == "2025-09-15"
    assert json.loads(school("find nothing-like-it --format json").out) == []
    assert "Cara Lee" in school("find SLOWLY").out
    assert json.loads(school("find slowly --pupil amelia --format json").out) == []
    school("find", "", code=2)
    school("find", code=2)


def test_what_is_restricted_is_not_quoted(school: Typed) -> None:
    school("concern add amelia --concern 'Private matter' --restricted")
    assert "Private matter" not in school("find private").out.replace("Found", "")
    assert "Private matter" in school("find private --restricted").out
