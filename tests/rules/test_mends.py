"""Every command that a rule names is one that the command line has, as it is typed."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

import click

from sencli.cli.pupil.consider import Questions
from sencli.cli.shell.run import cli
from sencli.core.due.due import due
from sencli.core.due.facts import due_row
from sencli.rules import RULES
from sencli.rules.example import EXAMPLE_DAY
from sencli.rules.example import EXAMPLE_SCHOOL
from sencli.rules.example import example
from tests.cases import each_case
from tests.rules.test_fragments import judge


def commands() -> Iterator[str]:
    for rule in RULES:
        yield rule.meet
        for finding in judge(rule, rule.fails):
            yield finding.mend
        row = due_row(example(rule.fails))
        for item in due([row], EXAMPLE_SCHOOL, EXAMPLE_DAY, "2027-12-31"):
            yield item.command


def options(command: click.Command) -> dict[str, click.Option]:
    return {
        name: param
        for param in command.params
        if isinstance(param, click.Option)
        for name in (*param.opts, *param.secondary_opts)
    }


def fault(line: str) -> str:
    """What is wrong with a command line, or ""."""
    words = shlex.split(line)[1:]
    command: click.Command = cli
    context = click.Context(cli)
    while isinstance(command, click.Group):
        if isinstance(command, Questions) and words[0] not in command.commands:
            words.insert(0, "add")
        name = words.pop(0)
        found = command.get_command(context, name)
        if found is None:
            return f"no command {name!r}"
        command = found
    known, given = options(command), 0
    while words:
        word = words.pop(0)
        if not word.startswith("--"):
            given += 1
            continue
        if word not in known:
            return f"no option {word}"
        if not known[word].is_flag:
            words.pop(0)
    arguments = [p for p in command.params if isinstance(p, click.Argument)]
    least = sum(p.required for p in arguments)
    most = 99 if any(p.nargs < 0 for p in arguments) else len(arguments)
    return "" if least <= given <= most else f"{given} arguments"


@each_case("line", sorted(set(commands())))
def test_the_command_is_there(line):
    assert fault(line) == ""
