"""Pupils from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_init import git
from tests.conftest import Typed
from tests.conftest import head_of
from tests.conftest import school_of

AMELIA = (
    'pupil add "Amelia Khan" --date-of-birth 14/03/2017 --year-group 4 --class 4B '
    "--upn P999900024001"
)


@school_of
def amelia(oak: Typed) -> None:
    oak(AMELIA)


def record(typed: Typed, who: str = "amelia") -> dict[str, object]:
    found: dict[str, object] = json.loads(typed(f"pupil show {who} --format json").out)
    return found


def head(folder: Path) -> str:
    return head_of(folder)


def test_add(amelia: Typed) -> None:
    shown = record(amelia)
    assert shown["first_name"] == "Amelia"
    assert shown["last_name"] == "Khan"
    assert shown["placements"] == [{"year_group": "4", "class": "4B"}]
    assert shown["derived"]["age"] == 8
    assert shown["derived"]["year_group"] == "4"
    assert shown["derived"]["provision"] == "N"
    assert shown["derived"]["overdue"] is False
    message = git(amelia.folder, "log", "-1", "--format=%B")
    for secret in ("Amelia", "Khan", "P999900024001", "2017"):
        assert secret not in message
    assert f"Pupil: {shown['id']}" in message


def test_just_a_name_is_enough(oak: Typed) -> None:
    told = json.loads(oak("pupil", "add", "Zoë", "--format", "json").out)
    path = oak.folder / "pupils" / f"{told['ids']['pupil']}.yaml"
    assert "first_name: Zoë" in path.read_text("utf-8")
    assert "NAME" in oak("pupil add", code=2).err
    oak("pupil", "add", "a\nb", code=3)


def test_names_may_be_said_apart(oak: Typed) -> None:
    oak('pupil add "Maria del Carmen Ruiz" --last-name Ruiz --first-name "Maria del C"')
    oak('pupil add --first-name Ben --last-name "Adeyemi Jones"')
    names = [p["name"] for p in json.loads(oak("pupil list --format json").out)]
    assert names == ["Ben Adeyemi Jones", "Maria del C Ruiz"]


def test_a_upn_is_checked_and_nobody_else_s(amelia: Typed) -> None:
    before = head(amelia.folder)
    wrong = amelia('pupil add "Ben Adeyemi" --upn Q999900024001', code=3).err
    assert "P999900024001" in wrong
    amelia('pupil add "Ben Adeyemi" --upn P999900024001', code=3)
    amelia('pupil add "Ben Adeyemi" --upn 123', code=3)
    assert head(amelia.folder) == before
    amelia('pupil add "Ben Adeyemi" --upn d999900024002')
    amelia("pupil set ben upn=P999900024001", code=3)


def test_a_second_of_the_same_name_is_told(amelia: Typed) -> None:
    # a child who looks like another is told of before anything is written
    told = amelia('pupil add "amelia khan"', code=2).err
    assert "There is Amelia Khan already: sen pupil show" in told
    assert "sen pupil add 'amelia khan' --yes" in told
    assert "another amelia khan" in amelia('pupil add "amelia khan" --yes').err
    told = amelia("pupil show amelia", code=4).err
    assert told.count("Khan") + told.count("khan") == 2


def test_list(amelia: Typed) -> None:
    amelia('pupil add "Ben Adeyemi" --year-group 5 --class 5A')
    amelia("status set ben K --since 15/09/2025")
    amelia("pupil leave amelia --date 19/10/2025")

    def ids(words: str) -> list[str]:
        found = json.loads(amelia(f"pupil list {words} --format json").out)
        return [p["name"].split()[0] for p in found]

    assert ids("") == ["Ben"]
    assert ids("--all") == ["Amelia", "Ben"]
    assert ids("--left") == ["Amelia"]
    assert ids("--all --class 4b") == ["Amelia"]
    assert ids("--year-group 'Year 5'") == ["Ben"]
    assert ids("--provision 'SEN support'") == ["Ben"]
    assert ids("--as-at 01/10/2025") == ["Amelia", "Ben"]
    csv = amelia("pupil list --format csv").out.splitlines()
    assert csv[0].lstrip("\ufeff") == "id,name,class,year_group,provision,stage"


def test_set_shows_old_and_new(amelia: Typed) -> None:
    told = amelia("pupil", "set", "amelia", "class=5A", "profile.strengths=Kind, funny")
    assert "4B -> 5A from 20 October 2025" in told.out
    shown = record(amelia)
    assert shown["profiles"] == [{"date": "2025-10-20", "strengths": "Kind, funny"}]
    again = amelia("pupil set amelia class=5A")
    assert "Nothing changed" in again.out
    assert "known as Millie -> Mia" in (
        amelia("pupil set amelia known_as=Millie").out
        + amelia("pupil set amelia known_as=Mia").out
    )


def test_set_refuses_and_changes_nothing(amelia: Typed) -> None:
    before = head(amelia.folder)
    amelia("pupil set amelia class=5A stautus=K", code=2)
    amelia("pupil set amelia class=5A dob=30/02/2017", code=3)
    amelia("pupil set nobody class=5A", code=4)
    amelia("pupil set amelia", code=2)
    amelia("pupil set amelia class=5A --correct", code=2)
    assert head(amelia.folder) == before


def test_a_correction_is_noted(amelia: Typed) -> None:
    amelia("pupil set amelia class=4C --correct --reason 'typed wrong'")
    shown = record(amelia)
    assert shown["placements"] == [{"year_group": "4", "class": "4C"}]
    assert shown["corrections"][0]["path"].startswith("placements[")
    assert shown["corrections"][0]["reason"] == "typed wrong"


def test_leave_is_one_commit(amelia: Typed) -> None:
    amelia("cycle open amelia --date 15/09/2025 --assessment x")
    before = git(amelia.folder, "rev-list", "--count", "HEAD")
    told = amelia("pupil leave amelia --date 17/10/2025 --to-school Elm")
    assert "The open cycle is closed" in told.out
    assert int(git(amelia.folder, "rev-list", "--count", "HEAD")) == int(before) + 1
    shown = record(amelia)
    assert shown["cycles"][0]["closed"] == {"date": "2025-10-17", "reason": "left"}
    assert shown["derived"]["on_roll"] is False


def test_show(amelia: Typed) -> None:
    amelia("status set amelia K --since 15/09/2025 --layer targeted")
    amelia("need add amelia SLCN --description 'Word finding is slow'")
    amelia('contact add amelia "Sana Khan" --relationship mother --sharing full')
    amelia("concern add amelia --date 20/06/2025 --raised-by parent --concern Worried")
    amelia("concern add amelia --concern Secret --restricted")
    amelia("cycle open amelia --date 15/09/2025 --assessment 'Reads 22 words'")
    amelia("cycle plan amelia --date 18/09/2025 --review-by 17/10/2025")
    amelia('outcome add amelia "Reads 60 words" --baseline 22 --target 60')
    text = amelia("pupil show amelia").out
    for words in (
        "SEN support (K) since 15 September 2025, targeted",
        "(overdue)",
        "Word finding is slow",
        "Sana Khan",
        "Worried",
        "Reads 60 words",
        "1 item is restricted",
    ):
        assert words in text
    assert "Secret" not in text
    assert "Secret" in amelia("pupil show amelia --restricted").out
    early = amelia("pupil show amelia --as-at 01/07/2025").out
    assert "Reads 60 words" not in early
    assert "no special educational need" in early
    derived = record(amelia)["derived"]
    assert derived["stage"] == "review"
    assert derived["cycle"] == "Autumn 2025"
    assert derived["review_by"] == "2025-10-17"
    assert derived["overdue"] is True


def test_a_broken_record_is_told_and_the_others_are_shown(amelia: Typed) -> None:
    amelia('pupil add "Ben Adeyemi"')
    broken = record(amelia)["id"]
    path = amelia.folder / "pupils" / f"{broken}.yaml"
    path.write_text("first_name: [Adeyemi\n", "utf-8", newline="\n")
    for words in ("pupil list", "find adeyemi"):
        told = amelia(words, code=3)
        assert "Ben" in told.out
        assert f"pupils/{broken}.yaml:" in told.err
    assert "sen check" in amelia("pupil list", code=3).err


@pytest.mark.parametrize(
    "name",
    ["Lukas Nowak", "Nowak, Lukasz", "\u0141uk\u00e1sz Novak", "Lukasz Adam Nowak"],
)
def test_a_child_who_looks_like_another_is_told_of(oak: Typed, name: str) -> None:
    oak("pupil", "add", "\u0141ukasz Nowak", "--dob", "14/03/2017")
    assert "There is \u0141ukasz Nowak already" in oak("pupil", "add", name, code=2).err
    assert len(list((oak.folder / "pupils").glob("*.yaml"))) == 1
    # of another name, or born on another day
    oak("pupil", "add", "Lucy Nowak")
    if "," not in name and "z N" not in name:
        oak("pupil", "add", name, "--dob", "15/03/2016")


def test_a_comma_means_that_the_surname_comes_first(oak: Typed) -> None:
    assert "Added Amelia Rose Khan" in oak("pupil", "add", "Khan, Amelia Rose").out
    assert "last_name: Khan" in next((oak.folder / "pupils").iterdir()).read_text(
        "utf-8"
    )


@pytest.mark.parametrize("name", ["Siobh\u00c3\u00a1n Lee", "Siobh?n Lee", "Zo\ufffd"])
def test_a_garbled_name_is_refused(oak: Typed, name: str) -> None:
    assert "garbled" in oak("pupil", "add", name, code=3).err


def test_a_garbled_name_is_refused_wherever_it_is_a_persons(oak: Typed) -> None:
    name = "Siobh\u00c3\u00a1n O\u2019Neill"
    oak("pupil add 'Ada Stone' --year-group 4")
    for line in (
        ("contact", "add", "ada", name, "--relationship", "mother"),
        ("staff", "add", "SO", "--name", name),
        ("pupil", "set", "ada", f"known_as={name}"),
        ("provision", "add", "lunch-club", "--name", name),
    ):
        said = oak(*line, code=3).err
        assert "It was meant to be 'Siobh\u00e1n O\u2019Neill'" in said
    oak("contact", "add", "ada", "Siobh\u00e1n O\u2019Neill", "--relationship", "aunt")


def test_a_child_who_comes_back(amelia: Typed) -> None:
    amelia("pupil leave amelia --date 17/10/2025 --to-school Elm")
    assert "Amelia" not in amelia("pupil list").out
    told = amelia("pupil return amelia --date 17/10/2025", code=3).err
    assert "is 17 October 2025" in told
    done = json.loads(
        amelia("pupil return amelia --date 20/10/2025 --class 4C --format json").out
    )
    assert done["commit"]
    amelia("undo --yes")
    assert "(nothing)" not in amelia("pupil return amelia --class 4C").out
    assert "Amelia" in amelia("pupil list").out
    shown = json.loads(amelia("pupil show amelia --format json").out)
    assert [stay.get("from") for stay in shown["roll"]][-1] == "2025-10-20"
    assert shown["placements"][-1]["class"] == "4C"
    assert "20 October 2025" in amelia("history amelia").out
    assert "has not left" in amelia("pupil return amelia --date today", code=3).err
