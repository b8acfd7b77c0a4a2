"""Help: the moments, and the shell's Tab."""

from __future__ import annotations

from collections.abc import Iterator

import click
import pytest

from sencli.cli import COMMANDS
from sencli.cli.help.moments import MOMENTS
from sencli.cli.shell.examples import help_of
from sencli.cli.shell.run import cli
from sencli.cli.shell.values import shown_as
from sencli.cli.shell.values import words_for
from tests.conftest import Typed


def test_help_lists_the_moments_and_tells_one(sen: Typed) -> None:
    listed = sen("help").out
    assert all(name in listed for name in MOMENTS)
    assert "sen due" in sen("help", "monday").out
    assert "No command and no moment has 'bedtime'." in sen("help bedtime", code=4).err


def test_help_finds_commands_and_moments_by_a_word(sen: Typed) -> None:
    """In the name first, then in what they do, then in an option's help."""
    found = sen("help absent").out
    assert "Moments:\n  sen help week" in found
    assert "\nCommands:\n  sen session log" in found
    phone = sen("help telephone").out
    assert "sen contact add --telephone" in phone
    assert sen("help large print").out.count("--large") >= 2


def test_every_moment_names_commands_that_exist() -> None:
    for moment in MOMENTS.values():
        for line in moment.lines:
            words = line.split()
            assert words[0] == "sen"
            command = words[3] if words[1] == "--all-in" else words[1]
            assert command in COMMANDS, line


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_the_shells_own_script(sen: Typed, shell: str) -> None:
    assert "_SEN_COMPLETE" in sen("completion", shell).out
    assert "sen completion bash" in sen("completion").out


def _commands(group: click.Group, before: str) -> Iterator[tuple[str, click.Command]]:
    for name in group.list_commands(click.Context(group)):
        command = group.get_command(click.Context(group), name)
        assert command is not None
        yield f"{before} {name}", command
        if isinstance(command, click.Group):
            yield from _commands(command, f"{before} {name}")


def test_no_help_sends_one_to_itself() -> None:
    own = [
        line for line, made in _commands(cli, "sen") if f"{line} --help" in _help(made)
    ]
    assert own == []


def _help(command: click.Command) -> str:
    return f"{command.help} {command.epilog}"


def test_every_option_says_what_may_stand_there() -> None:
    """The closed lists their words, all else an example or where to look."""
    missing, unsaid = [], []
    for line, command in [("sen", cli), *_commands(cli, "sen")]:
        path = line[4:]
        ctx = click.Context(command, info_name=line)
        told = "".join(help_of(ctx).replace("-\n", "-").split())
        for param in command.params:
            place = f"{line} {param.opts[0]}"
            if isinstance(param, click.Option) and not param.help:
                missing.append(place)
            shown = shown_as(param)
            words = words_for(path, param)
            kind = param.type
            codes = getattr(kind, "options", None) or getattr(kind, "choices", ())
            within = all("".join(str(code).split()) in told for code in codes)
            if (shown and "".join(words.split()) not in told) or not within:
                unsaid.append(f"{place} {shown}")
            if shown and not words:
                missing.append(f"{place}: say in KINDS (cli/shell/values.py): {shown}")
    assert missing == []
    assert unsaid == []


def test_an_unknown_command_is_answered_with_the_nearest(sen: Typed) -> None:
    assert "Did you mean: sen register" in sen("registre", code=2).err
    assert "sen --help" in sen("xyzzy", code=2).err


def test_a_missing_option_names_itself(sen: Typed) -> None:
    assert "See: sen staff add --help" in sen("staff", "add", code=2).err
