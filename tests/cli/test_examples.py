"""Every command shows an example under its help, and the example is understood."""

from __future__ import annotations

import importlib
import shlex
from collections.abc import Iterator

import click
import pytest

from sencli.cli import COMMANDS
from sencli.cli.shell.app import App
from sencli.cli.shell.examples import EXAMPLES
from tests.cases import each_case
from tests.conftest import Typed


def leaves(path: str, command: click.Command) -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield path, command
        return
    context = click.Context(command)
    for name in command.list_commands(context):
        child = command.get_command(context, name)
        assert child is not None
        yield from leaves(f"{path} {name}", child)


def everything() -> dict[str, click.Command]:
    found: dict[str, click.Command] = {}
    for name, entry in COMMANDS.items():
        module, _, attribute = entry.target.partition(":")
        command = getattr(importlib.import_module(f"sencli.cli.{module}"), attribute)
        found.update(leaves(name, command))
    return found


ALL = everything()


def test_each_command_has_one() -> None:
    assert set(EXAMPLES) == set(ALL)


def test_it_is_understood(oak: Typed) -> None:
    @each_case("path", sorted(ALL))
    def understood(path: str) -> None:
        root = click.Context(click.Group("sen"), obj=App(str(oak.folder)))
        ALL[path].make_context(path, shlex.split(EXAMPLES[path]), parent=root)

    understood()


@pytest.mark.parametrize("path", ["cycle plan", "map", "staff list"])
def test_help_ends_with_it(sen: Typed, path: str) -> None:
    told = sen(f"{path} --help").out.rstrip().splitlines()
    assert told[-2:] == ["  Example:", f"  sen {path} {EXAMPLES[path]}".rstrip()]
