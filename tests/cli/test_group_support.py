"""A group put together in one command, and those who join it later."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli import lesson
from tests.conftest import Typed
from tests.conftest import head_of


@pytest.fixture
def term(tmp_path: Path) -> Typed:
    lines = (*lesson.LINES, *lesson.IN_TERM)
    more = (
        "cycle open cara --date 15/09/2025",
        "cycle plan cara --date 18/09/2025 --bare",
    )
    return lesson.school(tmp_path, (*lines, *more))


def support(term: Typed, who: str) -> dict:
    listed = json.loads(term(f"intervention list {who} --format json").out)
    return listed[-1]


def test_all_get_the_same_in_one_commit(term: Typed) -> None:
    before = head_of(term.folder)
    said = term(
        'group add "Lego 1" lego amelia,ben cara --led-by TA2 --start 3/11/2025 '
        "--end 12/12/2025 --sessions-per-week 2"
    )
    assert said.out.count("Lego therapy, in Lego 1, 45 minutes, 2 times a week") == 3
    assert "group of 3" in said.out  # three share the adult
    assert "for Amelia Khan" in said.out
    assert term("history --format json").out.count('"action": "group.add"') >= 1
    november = term("group list --as-at 10/11/2025").out
    assert november.count("Amelia Khan, Ben Adeyemi, Cara Doyle") == 1
    assert "TA2" in json.dumps(support(term, "ben"))
    assert "ok" in term("verify").out
    undone = term("undo --yes")
    assert "Make a teaching group of 3 pupils" in undone.out
    assert head_of(term.folder) != before
    assert "Lego 1" not in term("group list").out


def test_who_joins_later_inherits(term: Typed) -> None:
    term(
        'group add "Lego 1" lego amelia ben --led-by TA2 --start 6/10/2025 '
        "--end 12/12/2025 --minutes 20 --sessions-per-week 2 --group-size 4"
    )
    said = term('group join "lego 1" cara').out
    assert "20 minutes, 2 times a week, group of 4, led by TA2" in said
    assert "from 20 October 2025 to 12 December 2025" in said
    # what is named is otherwise for this pupil alone
    term("undo --yes")
    said = term('group join "Lego 1" cara --minutes 10 --start 13/10/2025').out
    assert "10 minutes, 2 times a week" in said
    assert "from 13 October 2025" in said
    assert term("group list").out.count("Amelia Khan, Ben Adeyemi, Cara Doyle") == 1


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        ('group add "New 1" lego nobody', 4, "No pupil fits 'nobody'"),
        ('group add "New 1" zork amelia', 4, "No provision fits 'zork'"),
        ('group add "New 1" --led-by TA2', 2, "no pupil is named"),
        ('group add "HFW 1" lego amelia', 3, "is a group for precision-teaching"),
        ('group join "HFW 9" amelia', 4, "No group fits"),
        ('group join "HFW 1"', 2, "PUPIL is needed"),
    ],
)
def test_nothing_is_done_by_halves(
    term: Typed, typed: str, code: int, said: str
) -> None:
    before = head_of(term.folder)
    assert said in term(typed, code=code).err
    assert head_of(term.folder) == before


def test_one_answer_for_a_class_or_a_group(term: Typed) -> None:
    before = head_of(term.folder)
    asked = term("flag add --class 4b 'pupil premium'", code=2).err
    assert "For 2 pupils (class 4b): Amelia Khan, Ben Adeyemi." in asked
    assert "sen flag add --class 4b" in asked
    assert head_of(term.folder) == before
    term("flag add --class=4B 'pupil premium' --yes")
    assert "pupil premium" in term("flag list ben").out.casefold()
    assert "None recorded" in term("flag list cara").out
    assert "2 pupils" in term("undo --yes").out
    assert "None recorded" in term("flag list ben").out
    line = "information add sendiass --date today --to parent --yes --group 'HFW 1'"
    assert "For 2 pupils (group HFW 1)" in term(line).err
    before = head_of(term.folder)
    for typed, code, says in (
        ("meeting add --class 9Z --date today --agreed x --yes", 4, "4B"),
        ("adjustment add --group nope Quiet --yes", 4, "No group"),
        ("adjustment add amelia Quiet --yes", 2, "--class CLASS"),
    ):
        assert says in term(typed, code=code).err
    assert head_of(term.folder) == before
