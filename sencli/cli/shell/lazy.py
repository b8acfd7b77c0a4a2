"""Commands that are imported when they are called, and found as people type them."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import Any
from typing import ClassVar

import click

from sencli.cli import COMMAND
from sencli.cli import COMMANDS
from sencli.cli import UNLISTED
from sencli.cli import WORDS
from sencli.core.text.placeholders import in_word
from sencli.core.text.placeholders import refusal
from sencli.errors import UsageFault

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

ANY_WORDS = {"find"}  # a person may look for what was left unsaid


def command_at(target: str) -> click.Command:
    """The command at ``module:attribute`` under ``sencli.cli``."""
    module, _, attribute = target.partition(":")
    found = getattr(importlib.import_module(f"sencli.cli.{module}"), attribute)
    if not isinstance(found, click.Command):
        raise TypeError(target)
    return found


class Verbs(click.Group):
    """A noun whose verbs have a second word, which is taken and nowhere shown.

    One verb for one thing: scripts that were written with the other word go on.

    Args:
        words: as for any group, and so on.
        aliases: the second word to the verb.
    """

    def __init__(
        self, *words: Any, aliases: Mapping[str, str], **settings: Any
    ) -> None:
        super().__init__(*words, **settings)
        self.aliases = aliases

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb, by either word."""
        return super().get_command(ctx, self.aliases.get(cmd_name, cmd_name))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The verb by its own word, so that messages and usage show that alone."""
        word = self.aliases.get(args[0], args[0])
        typed = ctx.meta.get(WORDS, ())
        if typed[-len(args) :] == tuple(args):
            ctx.meta[WORDS] = (*typed[: -len(args)], word, *args[1:])
        return super().resolve_command(ctx, [word, *args[1:]])


class LazyVerbs(click.Group):
    """A noun with its verbs.

    Attributes:
        verbs: name to where it is (``module:attribute`` under ``sencli.cli``), in the
            order in which the help lists them, after those that are here already.
    """

    verbs: ClassVar[Mapping[str, str]] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in their own order, after those that are loaded."""
        return [*super().list_commands(ctx), *self.verbs]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module that holds the verb."""
        target = self.verbs.get(cmd_name)
        if target is None:
            return super().get_command(ctx, cmd_name)
        return command_at(target)


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names in the table's own order."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module that holds the command."""
        del ctx
        entry = COMMANDS.get(cmd_name)
        target = entry.target if entry else UNLISTED.get(cmd_name)
        return None if target is None else command_at(target)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The help by screens."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.callback = _show_help
        return option

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep the words as typed, for examples in messages; "sen" twice is a slip."""
        args = args[1:] if args[:1] == ["sen"] else args
        ctx.meta[WORDS] = tuple(args)
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take words in another order, and refuse an unknown command."""
        args = self._in_order(ctx, args)
        name = args[0]
        known = name in COMMANDS or name in UNLISTED
        if not known and not name.startswith("-"):
            raise _no_command(self, ctx, [name])
        found, command, rest = super().resolve_command(ctx, args)
        if _lacks(command, ctx, rest):
            raise _no_command(self, ctx, [name, rest[0]])
        if command is not None and not {"-h", "--help"}.isdisjoint(rest):
            from sencli.cli.shell.pager import help_by_screens

            help_by_screens(command)
        elif name not in ANY_WORDS:
            _refuse_placeholders(rest)
        ctx.meta[COMMAND] = (name, *rest)
        return found, command, rest

    def _in_order(self, ctx: click.Context, args: list[str]) -> list[str]:
        name, *rest = args
        if name in UNLISTED or name.startswith("-"):
            return args
        entry = COMMANDS.get(name)
        noun_first = name == "remove" and rest and rest[0] in COMMANDS
        if entry and not noun_first and not _lacks(command_at(entry.target), ctx, rest):
            return args
        from sencli.cli.shell.app import App
        from sencli.cli.shell.as_typed import in_order
        from sencli.cli.shell.suggest import all_commands

        app = ctx.obj = ctx.obj or App(ctx.params.get("directory"))
        if rest and (entry := COMMANDS.get(rest[0])):
            noun = command_at(entry.target)
            if isinstance(noun, Verbs) and name in noun.aliases:
                args = [noun.aliases[name], *rest]  # "change group", verb first
        from sencli.cli.shell.prompts import can_ask

        known = all_commands(self, ctx)
        found = in_order(args, known, app.is_pupil, can_ask=can_ask())
        if found != args:
            typed = ctx.meta[WORDS]
            ctx.meta[WORDS] = (*typed[: len(typed) - len(args)], *found)
        return found

    def shell_complete(
        self, ctx: click.Context, incomplete: str
    ) -> list[CompletionItem]:
        """Names from the table: a Tab imports no command."""
        from click.shell_completion import CompletionItem

        if incomplete.startswith("-"):
            return click.Command.shell_complete(self, ctx, incomplete)
        return [
            CompletionItem(name, help=entry.help)
            for name, entry in COMMANDS.items()
            if name.startswith(incomplete)
        ]

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """The table by sections, without importing any command."""
        del ctx
        sections: dict[str, list[tuple[str, str]]] = {}
        for name, entry in COMMANDS.items():
            sections.setdefault(entry.section, []).append((name, entry.help))
        for title, rows in sections.items():
            with formatter.section(title):
                formatter.write_dl(rows)


def _show_help(ctx: click.Context, param: click.Parameter, value: object) -> None:
    if value:
        from sencli.cli.shell.pager import show_help

        show_help(ctx, param, value)


def _lacks(
    command: click.Command | None, ctx: click.Context, rest: Sequence[str]
) -> bool:
    """Whether a noun does not have the verb that follows it."""
    return (
        isinstance(command, click.Group)
        and type(command).parse_args is click.Group.parse_args
        and bool(rest)
        and not rest[0].startswith("-")
        and command.get_command(ctx, rest[0]) is None
    )


def _no_command(
    top: click.Group, ctx: click.Context, words: Sequence[str]
) -> UsageFault:
    """That there is no such command, and which may have been meant."""
    from sencli.cli.shell.suggest import all_commands
    from sencli.cli.shell.suggest import likely_commands

    found = [f"sen {line}" for line in likely_commands(words, all_commands(top, ctx))]
    noun = f"{words[0]} " if len(words) > 1 else ""
    hint = f"See them all: sen {noun}--help"
    if found:
        *most, last = found
        hint = f"Did you mean: {', '.join(most)} or {last}" if most else ""
        hint = hint or f"Did you mean: {last}"
    return UsageFault(f"There is no command {' '.join(words)!r}.", hint)


def _refuse_placeholders(words: Sequence[str]) -> None:
    """Refuse a pasted command that still has placeholders."""
    option = ""
    for word in words:
        if found := in_word(word):
            name = word.partition("=")[0] if word.startswith("--") else option
            raise refusal(found, name)
        option = word if word.startswith("--") else ""


_OPEN = "\u201c\u2018\u201e\u00ab"
_CLOSE = "\u201d\u2019\u201c\u00bb"


def unquoted(args: Sequence[str]) -> list[str]:
    """The words, with what stands between Word's curly quotes as one.

    A shell does not know these quotes, and parts the text between them.
    """
    found: list[str] = []
    place = 0
    while place < len(args):
        before, _, text = args[place].rpartition("=")
        lead = f"{before}=" if before else ""
        if not text or text[0] not in _OPEN:
            found.append(args[place])
            place += 1
            continue
        ends = [n for n in range(place, len(args)) if args[n][-1:] in _CLOSE]
        last = ends[0] if ends else place
        if ends:
            whole = " ".join([text, *args[place + 1 : last + 1]])
            found.append(lead + whole[1:-1])
        else:
            found.append(args[place])
        place = last + 1
    return found
