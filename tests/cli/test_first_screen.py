"""The first screen: what is most urgent by number, and ``sen do`` with a number."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from sencli.cli.shell import by_name
from sencli.cli.shell.app import App
from sencli.cli.shell.last_list import Task
from sencli.cli.shell.last_list import keep
from sencli.core.due.due import Due
from sencli.documents.lists import due_screen
from sencli.documents.lists import findings_screen
from sencli.formats import render
from sencli.store.repository.repository import Repository
from tests.cases import each_case
from tests.cli import lesson
from tests.conftest import Typed
from tests.terminal import SEN
from tests.terminal import at_terminal

ASKED = r"(?:\)|\]|: |:): ?$|: $"


@pytest.fixture
def term(tmp_path: Path) -> Typed:
    return lesson.school(tmp_path, (*lesson.LINES, *lesson.IN_TERM))


def _items(late: int, soon: int, later: int) -> list[Due]:
    days = ["2025-10-01"] * late + ["2025-10-20"] * soon + ["2025-11-10"] * later
    return [
        Due(
            day, "review", "Review the plan", "sen cycle review p", "p", f"N{n}", "", ""
        )
        for n, day in enumerate(days)
    ]


@each_case("room", [1, 9, 50])
@each_case(
    "counts", [(0, 0, 0), (1, 0, 3), (0, 9, 0), (40, 0, 1), (30, 30, 30), (2, 40, 0)]
)
def test_it_shows_as_much_as_there_is_room_for(
    room: int, counts: tuple[int, int, int]
) -> None:
    """And counts the rest: nothing is left unsaid."""
    items = _items(*counts)
    shown = due_screen.screen(items, "2025-10-20", "2025-11-17", room)
    assert len(shown.listed) + sum(n for n, _ in shown.more) == len(items)
    assert [*shown.late, *shown.soon] == shown.listed
    view = due_screen.build(shown, {"name": "Oak"}, "2025-10-20")
    text = render([view], "text", wide=80).decode()
    assert len(shown.listed) == min(room, counts[0] + counts[1])
    assert ("sen due --all" in text) == bool(shown.more)
    numbers = re.findall(r"(?m)^ *(\d+)\. ", text)
    assert numbers == [str(n) for n in range(1, len(shown.listed) + 1)]
    assert (counts[0] > 0) == ("Overdue" in text)


def test_findings_come_by_rule_with_their_number_of_pupils() -> None:
    def finding(code: str, level: str, name: str) -> dict[str, object]:
        return {
            "code": code, "level": level, "pupil": name, "name": name, "path": "",
            "file": "pupils/x.yaml", "line": 1, "message": f"{code} of {name}.",
            "mend": f"sen pupil show {name}", "answer": "", "together": "", "new": "",
        }  # fmt: skip

    found = [finding("P01", "must", f"M{n}") for n in range(2)]
    found += [finding("A03", "should", f"S{n}") for n in range(30)]
    rows = findings_screen.listed(found)
    assert [row["level"] for row in rows] == ["must", "must", "should"]
    told = (32, found, {}, "2025-10-20", "32 records")
    view = findings_screen.build(rows, 2, *told)
    less = render([view], "text", wide=80).decode()
    assert "And 1 more line:" in less
    assert "pupils: " not in less
    view = findings_screen.build(rows, 3, *told)
    text = render([view], "text", wide=80).decode()
    assert "1. P01 M0: P01 of M0." in text
    assert "3. A03 30 pupils: " in text
    assert "S17" not in text


def test_the_first_screens_fill_the_terminal_and_no_more(demo: Path) -> None:
    """Nothing scrolls away: the prompt stands on the last row at most."""
    for words, lines in ((["due"], 24), (["due"], 30), (["check"], 24), ([], 24)):
        sized = {"SENCLI_TODAY": "", "LINES": str(lines), "COLUMNS": "80"}
        screen = {**os.environ, **sized}
        line = [*SEN, "-C", str(demo), *words]
        _, shown = at_terminal(demo.parent, line, environment=screen)
        rows = shown.splitlines()
        assert len(rows) < lines, shown
        assert len(rows) >= lines - 5 or " more " not in shown, shown
        assert max(map(len, rows)) <= 80
    # what is to be typed has names, each of which is that of one pupil alone
    for words in (["due", "--all"], ["check", "--format", "table"]):
        line = [*SEN, "--no-pager", "-C", str(demo), *words]
        _, shown = at_terminal(demo.parent, line, environment=screen)
        assert not re.findall(r"\bsen [a-z].*\bp[b-df-hj-np-tv-z2-9]{7}\b", shown)
    app = App(str(demo))
    named = by_name._names(app.repo)
    assert len(named) > 25
    for pupil, name in named.items():
        assert app.pupil_id(name) == pupil


def test_a_line_is_done_and_what_it_needs_is_asked(term: Typed) -> None:
    code, shown = at_terminal(term.folder, [*SEN, "check"], environment=None)
    assert code in {0, 1}
    assert "To mend one, type its number: sen do 1" in shown
    repo = Repository.find(str(term.folder))
    keep(
        repo,
        [
            Task("A value", "sen outcome measure amelia 1 VALUE"),
            Task("A review", "sen cycle review amelia --date DATE --attended WHO"),
            Task("A field", "sen pupil set amelia known_as=NAME"),
        ],
    )
    code, shown = at_terminal(term.folder, [*SEN, "do", "1"], ("26\n",))
    assert code == 0, shown
    assert "What was measured, such as 22: 26" in shown
    code, shown = at_terminal(
        term.folder, [*SEN, "do", "2"], ("\x03",), prompt=r"yesterday\): $"
    )
    assert code == 130
    assert "Day on which the review was held" in shown  # by its own questions
    code, shown = at_terminal(term.folder, [*SEN, "do", "3"], ("Amy\n",))
    assert code == 0, shown
    assert "Known as: the name: Amy" in shown
    code, shown = at_terminal(term.folder, [*SEN, "do", "1"], ("nothing like it\n",))
    assert code == 3
    assert (
        "To type it yourself: sen outcome measure amelia 1 'nothing like it'" in shown
    )


def test_without_a_terminal_it_says_what_to_type(term: Typed) -> None:
    assert "No numbered list" in term("do 1", code=4).err
    repo = Repository.find(str(term.folder))
    keep(repo, [Task("A value", "sen outcome measure amelia 1 VALUE")])
    assert "Type it: sen outcome measure amelia 1 VALUE" in term("do 1", code=2).err
    assert "has no line 7: it has 1" in term("do 7", code=4).err
    keep(repo, [Task("Look", "sen pupil show amelia")])
    assert "Amelia Khan" in term("do 1").out


def test_sen_alone_shows_what_is_due_and_four_things_to_try(
    term: Typed, sen: Typed
) -> None:
    said = term.at(term.folder)("-C", ".").out
    assert "What is due" in said
    assert said.count("\n  sen ") >= 4
    assert "sen demo demo" in sen("-C", ".").out
