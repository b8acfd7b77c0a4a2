"""An option that is given is done, or refused: it is never dropped."""

from __future__ import annotations

import ast
import inspect
import shlex
import textwrap
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import pytest

from sencli.cli import COMMANDS
from sencli.documents.registry import DOCUMENTS
from tests.cases import each_case
from tests.cli import lesson
from tests.cli.lesson import commits
from tests.conftest import Typed


def command_of(words: list[str]) -> tuple[click.Command, int]:
    """The command that the words name, and how many of them name it."""
    module, _, attribute = COMMANDS[words[0]].target.partition(":")
    found: click.Command = getattr(import_module(f"sencli.cli.{module}"), attribute)
    count = 1
    while isinstance(found, click.Group) and count < len(words):
        inner = found.get_command(click.Context(found), words[count])
        if inner is None:
            break
        found, count = inner, count + 1
    return found, count


def leaves(found: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    if isinstance(found, click.Group):
        for name in found.list_commands(click.Context(found)):
            inner = found.get_command(click.Context(found), name)
            assert inner is not None
            yield from leaves(inner, f"{path} {name}")
        return
    yield path, found


@cache
def every_command() -> dict[str, click.Command]:
    return dict(
        pair for name in COMMANDS for pair in leaves(command_of([name])[0], name)
    )


@each_case("path", every_command())
def test_every_option_is_used_by_its_command(path: str) -> None:
    command = every_command()[path]
    assert command.callback is not None
    plain = inspect.unwrap(command.callback)
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(plain))).body
    assert isinstance(tree, ast.FunctionDef)
    named = [a.arg for a in (*tree.args.args, *tree.args.kwonlyargs)]
    named += [a.arg for a in tree.args.posonlyargs]
    body = ast.Module(tree.body, [])
    used = {node.id for node in ast.walk(body) if isinstance(node, ast.Name)}
    rest = tree.args.kwarg
    assert rest is None or rest.arg in used
    for param in command.params:
        if param.name in ASSENT:
            continue
        assert param.name in used or (rest is not None and param.name not in named), (
            f"{path}: {param.name} is never looked at"
        )


BEFORE = (
    "contact add amelia 'Sana Khan' --relationship mother",
    "need add amelia SEMH --rank 2",
)
SAMPLES: dict[str, tuple[str, ...]] = {
    "led_by": ("KM",),
    "by": ("JP", "KM", "parent"),
    "outcome": ("1", "1=achieved", "Zork"),
    "days": ("mon,tue",),
    "time": ("09:31",),
    "group": ("Zork",),
    "within": ("1",),
    "need": ("SEMH",),
    "baseline": ("23",),
    "target": ("61",),
    "scale": ("score",),
    "role": ("teacher", "TA"),
    "sessions_per_week": ("2",),
    "missed": ("trip",),
    "to": ("parent",),
    "action": ("Zork",),
    "informed": ("13/10/2025",),
    "provision": ("lego",),
}
OUTSIDE = {"fmt", "output", "force", "as_at", "known_at", "edit", "draft", "correct"}
ASSENT = {"bare", "opened", "filled", "form"}
"""The decorator that adds the option looks at it: shell/event, opening, led_form."""

SELECT = {"cycle", "request"}
"""These choose what is meant; here they choose what is meant anyway."""

AGAIN = (
    "cycle plan amelia --date 18/09/2025",
    "outcome add amelia 'Hops'",
    "outcome measure amelia 1 30 --date 10/10/2025",
    "intervention add amelia precision-teaching --start 22/09/2025",
    "intervention add amelia lego --start 29/09/2025",
    "intervention end amelia 1 --date 10/10/2025",
    "session log amelia --intervention 1 --date 10/10/2025",
    "meeting add amelia --date 10/10/2025",
    "need add amelia SLCN",
    "need set amelia SLCN",
    "contact add amelia 'Sana Khan'",
    "contact set amelia Sana",
    "status set amelia K --since 15/09/2025",
    "pupil baseline amelia --summary Counts",
    "adjustment add amelia 'Seat near'",
    "plan-elsewhere add amelia pep",
    "ethnicity set amelia APKN",
    "language set amelia Urdu",
    "health add amelia Asthma",
    "health set amelia Asthma",
    "attainment add amelia 'reading age' 6:04 --date 10/10/2025",
    "attainment set amelia 1",
    "transition add amelia --to 'High School' --date 10/10/2025",
    "staff add XX --name 'Q. Person' --role TA",
    "staff set KM",
    "provision add lego --name 'Lego therapy'",
    "group add 'HFW 1'",
    "cycle review ben --date 15/10/2025",
    "ehc review amelia --date 15/10/2025",
)


def values(param: click.Option) -> tuple[str | None, ...]:
    if param.is_flag:
        return (None,)
    if param.name in SAMPLES:
        return SAMPLES[param.name]
    kind: Any = param.type
    name = type(kind).__name__
    if name == "Day":
        return "13/10/2025", "14/10/2025", "01/12/2025"
    if hasattr(kind, "options"):
        return tuple(kind.options)[::-1][:2]
    if hasattr(kind, "choices"):
        return tuple(kind.choices)[::-1][:2]
    return ("7",) if "Int" in name or name == "Money" else ("Zork",)


@pytest.mark.parametrize("line", AGAIN)
def test_typed_again_with_each_option_it_is_done_or_refused(
    tmp_path: Path, line: str
) -> None:
    sen = lesson.school(tmp_path, (*lesson.LINES, *lesson.IN_TERM, *BEFORE))
    words = shlex.split(line)
    command, _ = command_of(words)
    sen(*words, code=None)
    for param in command.params:
        given = not {*param.opts}.isdisjoint(words)
        if not isinstance(param, click.Option) or given:
            continue
        if param.name in OUTSIDE | SELECT | ASSENT:
            continue
        dropped = []
        for value in values(param):
            before = commits(sen)
            typed = [*words, param.opts[0], *([] if value is None else [value])]
            result = sen(*typed, code=None)
            assert result.code in {0, 2, 3, 4}, result.both
            if result.code or commits(sen) > before:
                dropped = []
                break
            dropped.append(shlex.join(typed))
        assert not dropped, f"{dropped}: nothing changed, and nothing was refused"


@pytest.fixture
def term(tmp_path: Path) -> Typed:
    lines = (*lesson.LINES, *lesson.IN_TERM, *BEFORE)
    return lesson.school(tmp_path, lines)


def test_weeks_move_the_end_of_what_is_there(term: Typed) -> None:
    line = "intervention add amelia precision-teaching --start 22/09/2025"
    term(f"{line} --weeks 5")
    made = lesson.record(term, "amelia")["cycles"][0]["plan"]["interventions"][0]
    assert made["until"] == "2025-10-24"
    assert "one of the two" in term(f"{line} --weeks 5 --end 12/12/2025", code=2).err


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("intervention set amelia 1 --from 06/10/2025 --end 05/12/2025", "--from"),
        ("session log amelia --date 10/10/2025 --missed trip --missed ill", "one"),
        (
            "session log amelia --week 10/10/2025 --delivered 2 --minutes 20",
            "--minutes",
        ),
        ("session log amelia --week 10/10/2025 --delivered 2 --reason ill", "--reason"),
        (
            "session log amelia --week 10/10/2025 --date 10/10/2025 --delivered 1",
            "week",
        ),
        ("outcome set amelia 1 --target 70 --reason Because", "--correct"),
        ("cycle review amelia --how telephone", "--how"),
        ("cycle review amelia --date 17/10/2025 --told parent", "--end-support"),
        ("status set amelia K --how letter", "--told"),
        ("need set amelia SLCN --from 13/10/2025", "holds from 15 September 2025"),
        ("staff add ZZ --name 'Z. Zed' --class 4B", "role"),
        ("due --names", "ics"),
        ("due --no-forecast --format ics", "forecast"),
        ("register --force", "--output"),
        ("summary amelia --include zzzz", "zzzz"),
        ("print case amelia --strict", "--for parent"),
        ("print case amelia --to Ofsted", "--record"),
        ("print map --to Ofsted", "--record"),
        ("print map --due-this-week", "--due-this-week"),
        ("print map --single-sided", "--single-sided"),
        ("print register --place Hall", "--place"),
        ("print summary amelia --no-costs", "--no-costs"),
        ("print profile amelia --since 01/10/2025", "--since"),
        ("print letter-support-begins amelia --on 14/11/2025", "--on"),
        ("summary amelia --class 9Z", "class 9Z"),
        ("verify --as-at 01/10/2025", "check code"),
        ("verify ABCD-EFGH-JKMN-PQRS --against origin", "--against"),
        ("sync --yes", "--yes"),
        ("sync --after-erasure --take all=mine", "--take"),
    ],
)
def test_what_would_be_dropped_is_refused(term: Typed, line: str, said: str) -> None:
    before = commits(term)
    result = term(line, code=None)
    assert result.code in {2, 3, 4}, result.both
    assert said in result.err
    assert commits(term) == before


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_paper_refuses_every_option_of_other_papers(
    term: Typed, document: str
) -> None:
    from sencli.cli.papers.takes import heeded_options

    made = DOCUMENTS[document]
    command, _ = command_of(["print"])
    who = ["amelia"] if made.each else []
    for param in command.params:
        if not isinstance(param, click.Option) or param.name in heeded_options(
            document
        ):
            continue
        (value, *_) = values(param)
        typed = [param.opts[0], *([] if value is None else [value])]
        result = term("print", document, *who, *typed, code=None)
        assert result.code in {2, 3}, (document, typed, result.both)
