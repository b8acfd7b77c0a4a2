"""What closes, ends, decides or records an event is never made up from nothing."""

from __future__ import annotations

import shlex
from pathlib import Path

import click
import pytest

from sencli.cli.shell.examples import EXAMPLES
from sencli.cli.shell.run import cli
from tests.cli import lesson
from tests.cli.lesson import commits
from tests.cli.lesson import record
from tests.cli.lesson import refused
from tests.conftest import Typed
from tests.terminal import SEN
from tests.terminal import at_terminal

MORE = (
    "contact add amelia 'Sana Khan' --relationship mother --parental-responsibility",
    "flag add amelia eal --from 01/09/2025",
    "funding add amelia --annual 4500 --from 01/09/2025",
    "plan-elsewhere add amelia pep",
    "adjustment add amelia 'Large print' --from 01/09/2025",
    "exception add amelia A10 --reason 'Agreed with parents' --date 01/10/2025",
    "specialist refer amelia EP --consent parent --date 01/10/2025",
    "meeting add amelia --date 02/10/2025 --action 'KM: ring the surgery'",
    "ehc request amelia --date 01/09/2025 --by parent",
    "ehc issue ben --date 01/09/2025 --outcome 'Asks for help'",
    "cycle open cara --date 15/09/2025",
    "specialist advise amelia EP --recommendation 'Read daily' --date 10/10/2025",
    "pupil add 'Dina Roe' --year-group 4 --from 01/09/2024",
    "pupil leave dina --date 01/10/2025",
    "health add amelia asthma --from 01/09/2025",
    "base add amelia support --from 01/09/2025",
    "departure add amelia 'Code 6.52' --because Tired --date 01/09/2025",
    "part-time add amelia --hours 15 --from 01/09/2025",
    "dual-registration add amelia 'Ash House' --here main --from 01/09/2025",
    "alternative-provision add amelia 'Elm Farm' --days 2 --from 01/09/2025",
)
# each such command with no day and no result; the day's option, and a day that can be
BARE = {
    "action done": "action done amelia 1",
    "adjustment end": "adjustment end amelia 1",
    "alternative-provision end": "alternative-provision end amelia 1",
    "base end": "base end amelia 1",
    "consider add": "consider add amelia disability",
    "contact end": "contact end amelia sana",
    "cycle close": "cycle close amelia",
    "cycle plan": "cycle plan cara",
    "cycle review": "cycle review amelia --attended parent",
    "departure end": "departure end amelia 1",
    "dual-registration end": "dual-registration end amelia 1",
    "ehc advice": "ehc advice amelia",
    "ehc appeal": "ehc appeal ben --against plan",
    "ehc cease": "ehc cease ben --reason 'Outcomes met'",
    "ehc join": "ehc join cara --issued 10/03/2025",
    "ehc move": "ehc move ben --to Eastshire",
    "ehc issue": "ehc issue amelia --outcome 'Asks for help'",
    "ehc request": "ehc request ben --by parent",
    "ehc review": "ehc review ben --attended parent",
    "exception end": "exception end amelia A10",
    "flag end": "flag end amelia eal",
    "funding end": "funding end amelia",
    "health end": "health end amelia 1",
    "information add": "information add amelia sendiass",
    "intervention end": "intervention end amelia 1 --reason 'It worked'",
    "meeting add": "meeting add amelia --attended parent",
    "meeting done": "meeting done amelia 1",
    "need end": "need end amelia SLCN",
    "part-time end": "part-time end amelia 1",
    "plan-elsewhere end": "plan-elsewhere end amelia pep",
    "pupil leave": "pupil leave amelia",
    "pupil return": "pupil return dina",
    "report add": "report add amelia --how letter",
    "session log": "session log 'HFW 1'",
    "specialist advise": "specialist advise amelia EP",
    "specialist chase": "specialist chase amelia EP",
    "specialist consent": "specialist consent amelia SALT",
    "specialist decide": "specialist decide amelia 1",
    "specialist discharge": "specialist discharge amelia EP",
    "specialist seen": "specialist seen amelia EP",
    "specialist share": "specialist share amelia EP --with parents",
    "status end": "status end amelia",
    "status set": "status set amelia N",
    "suspension add": "suspension add amelia",
    "transition add": "transition add amelia",
}


@pytest.fixture
def term(tmp_path: Path) -> Typed:
    return lesson.school(tmp_path, (*lesson.LINES, *lesson.IN_TERM, *MORE))


def guarded(group: click.Group, before: str = "") -> set[str]:
    """The commands that need a day or a result, by their words."""
    found: set[str] = set()
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            found |= guarded(command, f"{before}{name} ")
        elif command and any(p.name == "bare" for p in command.params):
            found.add(before + name)
    return found


def test_every_command_of_the_kind_is_tried_here() -> None:
    assert guarded(cli) == set(BARE)


@pytest.mark.parametrize("line", BARE.values(), ids=BARE)
def test_without_a_terminal_it_names_the_option_and_writes_nothing(
    term: Typed, line: str
) -> None:
    said = refused(term, *shlex.split(line), code=2)
    first, give, *_ = said.err.splitlines()
    option = first.split()[1]
    assert option.startswith("--")
    assert "is needed: the day on which" in first
    assert f"{option} DATE" in give
    typed = shlex.split(give.partition("Give it: ")[2])
    # as printed it is refused, for nobody has said when; with a day it works
    refused(term, *typed, code=3)
    day = {"DATE": "17/10/2025", "THE REASON": "Caught up"}
    day["WHAT WAS SAID"] = "Read daily"
    before = commits(term)
    term(*(day.get(word, word.partition("|")[0]) for word in typed))
    assert commits(term) == before + 1


@pytest.mark.parametrize("line", BARE.values(), ids=BARE)
def test_bare_is_said_and_not_meant_by_accident(term: Typed, line: str) -> None:
    before = commits(term)
    said = term(*shlex.split(line), "--bare", code=None)
    if line.startswith(
        ("status end", "cycle close", "specialist advise", "specialist decide")
    ):
        assert said.code == 2  # a reason, or what was said, is needed all the same
        return
    assert said.code == 0, said.err
    assert commits(term) == before + 1
    assert "no day was given: dated today, 20 October 2025" in said.err


@pytest.mark.parametrize(
    "line",
    [
        "cycle review amelia --outcome 1=achieved:63",
        "cycle close cara --reason superseded",
        "ehc decision amelia assess",
        "ehc exception amelia decision --reason 'School holidays'",
        "pupil leave amelia --to-school 'Elm Road'",
        "pupil return dina --class 4B",
        "specialist advise amelia EP --recommendation 'Write less'",
        "specialist decide amelia 1 --decision accepted",
        "specialist refer amelia SALT --reason 'Words'",
        "transition add amelia --to 'Elm Road'",
    ],
)
def test_a_result_without_its_day_says_that_it_is_dated_today(
    term: Typed, line: str
) -> None:
    assert "no day was given: dated today, 20 October 2025" in term(line).err


def test_at_a_terminal_a_result_is_asked_for_its_day(term: Typed) -> None:
    line = ["ehc", "decision", "amelia", "assess"]
    code, shown = at_terminal(term.folder, [*SEN, *line], ["10/10/2025\n"])
    assert code == 0, shown
    request = record(term, "amelia")["ehc"]["requests"][0]
    assert request["decision"] == {"date": "2025-10-10", "outcome": "assess"}


@pytest.mark.parametrize(
    "line",
    [
        "cycle review amelia --outcome 1=achieved:63",
        "cycle review amelia --decision continue",
        "ehc cease ben --then K",
        "ehc request amelia --evidence-sent 10/09/2025",
        "ehc issue ben --outcome 'Speaks up'",
        "ehc review ben --outcome 1=on_track",
        "pupil leave amelia --to-school 'Elm Road'",
        "meeting add amelia --agreed 'Paired reading'",
        "meeting add amelia --record-given today",
        "transition add amelia --to 'Elm Road'",
        "status set amelia N --reason 'Caught up'",
        "status set amelia E",
        "consider amelia disability --conclusion no",
        "session log 'HFW 1' --absent amelia",
        "adjustment end amelia 1 --worked 'Yes'",
        # what opens something stays as easy as it is
        "concern add amelia --concern 'Tired'",
        "cycle open cara --assessment 'Reads'",
        "status set cara K",
        "need add cara SLCN",
        "specialist refer amelia SALT",
    ],
)
def test_the_result_will_do_and_what_opens_is_easy(term: Typed, line: str) -> None:
    if line.startswith("cycle open"):
        term("cycle close cara --reason opened-in-error")
    assert term(line).code == 0


@pytest.mark.parametrize("name", BARE)
def test_the_example_in_the_help_gives_a_day_or_a_result(
    term: Typed, name: str
) -> None:
    said = term(*shlex.split(f"{name} {EXAMPLES[name]}"), code=None)
    assert "is needed: the day on which" not in said.err


def test_amending_needs_no_day(term: Typed) -> None:
    term("cycle review amelia --date 17/10/2025")
    term("cycle review amelia --next-steps 'Move on'")
    term("cycle plan ben")
    assert record(term, "amelia")["cycles"][0]["review"]["date"] == "2025-10-17"


def test_a_review_is_asked_for_at_a_terminal(term: Typed) -> None:
    answers = [
        "\n",  # a day is needed
        "soon\n",
        "17/10/2025\n",
        "parent\n",
        "brilliant\n",
        "achieved:63\n",
        "+1\n",
        "She reads to me\n",
        "\n",
        "continue\n",
        "\n",
    ]
    code, shown = at_terminal(term.folder, [*SEN, "cycle", "review", "amelia"], answers)
    assert code == 0, shown
    assert "A day is needed" in shown
    assert "Reads 60 common words on sight" in shown
    review = record(term, "amelia")["cycles"][0]["review"]
    assert review["date"] == "2025-10-17"
    assert review["outcomes"][0]["result"] == "achieved"
    assert review["outcomes"][0]["value"] == 63
    assert review["interventions"][0]["impact"] == 1
    assert review["decisions"] == ["continue"]
    assert [v["text"] for v in review["views"]] == ["She reads to me"]


def test_what_was_answered_is_not_lost_when_it_is_refused(term: Typed) -> None:
    answers = ["01/09/2025\n", *["\n"] * 20]
    code, shown = at_terminal(term.folder, [*SEN, "cycle", "review", "amelia"], answers)
    assert code == 3
    assert "sen cycle review amelia --date 01/09/2025" in " ".join(shown.split())


def test_ctrl_c_at_a_question_writes_nothing(term: Typed) -> None:
    before = commits(term)
    code, shown = at_terminal(term.folder, [*SEN, "pupil", "leave", "amelia"], ["\x03"])
    assert code == 130, shown
    assert commits(term) == before


# ---- a second plan beside one in force


def plans(sen: Typed) -> list[str]:
    return [p["issued"] for p in record(sen, "ben")["ehc"]["plans"]]


def test_a_second_plan_is_refused_with_the_ways_to_say_which(term: Typed) -> None:
    said = refused(term, "ehc issue ben --date 10/10/2025", code=2)
    ways = [line.partition(": sen ")[2] for line in said.err.splitlines()[1:]]
    assert len(ways) == 3
    for number, way in enumerate(ways):
        term(way)
        ehc = record(term, "ben")["ehc"]["plans"]
        in_force = [p for p in ehc if "ceased" not in p]
        assert len(in_force) == 1
        assert (
            in_force[0]["issued"] == ("2025-09-01", "2025-10-10", "2025-10-10")[number]
        )
        term("undo --yes")


def test_a_plan_dated_wrongly_is_dated_anew_with_its_status(term: Typed) -> None:
    term("ehc issue ben --date 10/03/2025 --redated")
    assert plans(term) == ["2025-03-10"]
    status = record(term, "ben")["status"]
    assert [(s["from"], s["provision"]) for s in status] == [("2025-03-10", "E")]
    refused(term, "ehc issue amelia --date 10/03/2025 --redated", code=2)


@pytest.mark.parametrize(
    ("answer", "issued"),
    [("amended", ["2025-09-01"]), ("wrong", ["2025-10-10"]), ("new", None)],
)
def test_a_second_plan_is_asked_about(
    term: Typed, answer: str, issued: list[str] | None
) -> None:
    code, shown = at_terminal(
        term.folder,
        [*SEN, *["ehc", "issue", "ben", "--date", "10/10/2025"]],
        [f"{answer}\n"],
    )
    assert code == 0, shown
    assert plans(term) == (issued or ["2025-09-01", "2025-10-10"])
