"""What a command lacks: asked for at a terminal, and named where there is none."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from sencli.cli.shell.run import cli
from tests.cli import lesson
from tests.conftest import Typed
from tests.terminal import SEN
from tests.terminal import at_terminal


@pytest.fixture
def term(tmp_path: Path) -> Typed:
    return lesson.school(tmp_path, (*lesson.LINES, *lesson.IN_TERM))


def _commands(
    command: click.Command, ctx: click.Context, words: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    if isinstance(command, click.Group):
        for name in command.list_commands(ctx):
            found = command.get_command(ctx, name)
            assert found is not None
            inner = click.Context(found, parent=ctx, info_name=name)
            yield from _commands(found, inner, (*words, name))
    else:
        yield words, command


def test_every_command_names_what_it_lacks(term: Typed) -> None:
    """One by one, with a command that goes on from what was typed."""
    tried = 0
    for words, command in _commands(cli, click.Context(cli)):
        lacks = [p for p in command.params if p.required]
        if not lacks:
            continue
        tried += 1
        said = term(*words, code=2)
        first = lacks[0]
        option = isinstance(first, click.Option)
        name = first.opts[0] if option else first.human_readable_name
        assert f"{name} is needed." in said.err, words
        if words == ("find",):  # one may look for what was left unsaid
            continue
        line = said.err.partition("Give it: sen ")[2].splitlines()[0]
        assert shlex.split(line)[: len(words)] == list(words)
        # pasted as it is, it is refused
        refused = term(*shlex.split(line), code=3).err
        assert "stands for something" in refused or "leaves the choice" in refused
    assert tried > 100


def test_the_values_are_named(term: Typed) -> None:
    kinds = term("status", "set", "amelia", code=2).err
    assert "N|K|E is one of:" in kinds
    assert "K  SEN support" in kinds
    flags = term("flag", "add", "amelia", code=2).err
    assert "FLAG is one of: pupil_premium, " in flags
    outcomes = term("outcome", "measure", "amelia", code=2).err
    assert "OUTCOME is one of:\n       1  " in outcomes


def test_at_a_terminal_it_is_asked_for(term: Typed) -> None:
    """By part of a name, by number, and again where an answer does not fit."""
    folder = term.folder
    answers = ("zzz\n", "?\n", "amel\n", "9\n", "1\n", "24\n")
    code, shown = at_terminal(
        folder, [*SEN, "outcome", "measure"], answers, prompt=r"(?:\)|\]|Value): $"
    )
    assert code == 0, shown
    assert "No pupil fits 'zzz'." in shown
    assert "1  Amelia Khan" in shown
    assert "There is no outcome 9" in shown or "No outcome fits '9'." in shown
    listed = term("outcome", "list", "amelia").out
    assert "24" in listed


def test_a_stop_at_a_question_loses_nothing(term: Typed) -> None:
    """The answers so far stand in a command that goes on from there."""
    code, shown = at_terminal(
        term.folder,
        [*SEN, "outcome", "measure"],
        ("amelia\n", "1\n", "\x03"),
        prompt=r"(?:\)|\]|Value): $",
    )
    assert code == 130
    line = shown.partition("To go on: sen ")[2].splitlines()[0]
    assert shlex.split(line) == ["outcome", "measure", "Amelia Khan", "1"]
    assert term(*shlex.split(line), "24").code == 0
