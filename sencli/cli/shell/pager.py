"""Show on a terminal what is longer than its screen, and put colour in at the last."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from itertools import chain
from shutil import get_terminal_size

import click

from sencli.cli.shell.lines import write_out
from sencli.cli.shell.prompts import can_ask
from sencli.core.text.lines import measure
from sencli.store.files import programs

NO_PAGER = "no_pager"
"""The option of `sen` itself."""

# F: not for one screen; R: colours; X: the text stays; K: Ctrl-C ends it as the rest;
# Ps: what stands on its last row
_LESS = ("-FRXK", "-PsSpace goes on, q leaves, / looks for a word")
_OFF = ("", "cat")
_RULE = re.compile(r"=+|-+(?: +-+)*")
_COMMAND = re.compile(r" *(?:sen [a-z].*|To [a-z]+ one, type its number: .*)")
_LATE = re.compile(r"(?<=^[0-9]{2}/[0-9]{2}/[0-9]{4}  )Yes(?=  )")
_CELL = re.compile(r"(?:^|(?<=  ))(overdue|must|done|ok)(?=  |$)", re.IGNORECASE)
_ALARMS = ("Overdue", "Duties not met")
_BOLD, _DIM, _RED, _GREEN = "1", "2", "31", "32"
_WORDS = {"overdue": _RED, "must": _RED, "done": _GREEN, "ok": _GREEN}


def pager_command(environ: Mapping[str, str], *, windows: bool) -> list[str]:
    """The command of the pager, its program found; [] where there shall be none.

    ``more`` of Windows breaks UTF-8: there it is the ``less`` that git brings.
    """
    set_to = environ.get("SEN_PAGER", environ.get("PAGER"))
    if environ.get("TERM") == "dumb" or (set_to is not None and set_to.strip() in _OFF):
        return []
    if set_to is not None:
        found = programs.split(set_to)
        return [*found, "-R"] if _is_less(found) else found
    git = programs.find_program("git") if windows else ""
    if less := programs.find_program("less", git=git):
        return [less, *_LESS]
    more = "" if windows else programs.find_program("more")
    return [more] if more else []


def _is_less(command: list[str]) -> bool:
    """Whether it shows colours as colours, as the usual one does."""
    name = command[0].casefold() if command else ""
    return name.removesuffix(".exe").endswith(("/less", "\\less"))


def may_colour(environ: Mapping[str, str], *, windows: bool) -> bool:
    """Whether the terminal shows colour, and the user has not refused it."""
    if environ.get("NO_COLOR"):
        return False
    if windows:  # the older window there shows the codes themselves
        return "WT_SESSION" in environ
    return environ.get("TERM", "dumb") != "dumb"


def coloured(text: str) -> str:
    """The text with its headings, alarms, good news and hints in colour.

    Whatever has a colour says the same in words. The lines are broken already.
    """
    lines = text.split("\n")
    under = [*lines[1:], ""]
    return "\n".join(map(_line, lines, under))


def _line(line: str, under: str) -> str:
    if not line:
        return line
    if _RULE.fullmatch(under):
        return _in(f"{_BOLD};{_RED}" if line in _ALARMS else _BOLD, line)
    if _COMMAND.fullmatch(line):
        return _in(_DIM, line)
    line = _LATE.sub(lambda found: _in(_RED, found[0]), line)
    return _CELL.sub(lambda found: _in(_WORDS[found[0].casefold()], found[0]), line)


def _in(code: str, text: str) -> str:
    return f"\033[{code}m{text}\033[0m"


def rows(text: str, wide: int) -> int:
    """The rows of the screen that a text takes."""
    return sum(max(1, -(-measure(line) // wide)) for line in text.splitlines())


def show(pieces: Iterable[str], *, by_screens: bool) -> None:
    """Show safe text at the terminal.

    A pager that cannot show it has shown nothing: then it is shown plainly.

    Args:
        pieces: the text as it is made.
        by_screens: it is a list, to be turned like pages where it is longer than the
            screen; a paper is shown whole.
    """
    windows = programs.WINDOWS
    size = get_terminal_size((80, 0))
    pages = by_screens and _may_turn(size.lines)
    command = pager_command(os.environ, windows=windows) if pages else []
    if command:
        pieces, longer = _looked_at(pieces, size)
        command = command if longer else []
    if may_colour(os.environ, windows=windows) and (not command or _is_less(command)):
        pieces = map(coloured, pieces)
    made: Iterator[bytes] = (
        piece.encode("utf-8", "backslashreplace") for piece in pieces
    )
    if command:
        held: list[bytes] = []
        sys.stdout.flush()
        if programs.page(command, _held(made, held)):
            return
        made = chain(held, made)
    for piece in made:
        write_out(piece)


def _held(pieces: Iterable[bytes], held: list[bytes]) -> Iterator[bytes]:
    for piece in pieces:
        held.append(piece)
        yield piece


def _may_turn(lines: int) -> bool:
    """Whether somebody is there to turn a page, and has not typed that none shall be.

    A terminal without a size is that of a program which nobody looks at.
    """
    context = click.get_current_context(silent=True)
    refused = context is not None and context.find_root().params.get(NO_PAGER)
    return not refused and lines > 0 and can_ask()


def _looked_at(
    pieces: Iterable[str], size: os.terminal_size
) -> tuple[Iterable[str], bool]:
    """The same pieces, and whether they take more than the screen has."""
    rest = iter(pieces)
    held = []
    taken = 0
    for piece in rest:
        held.append(piece)
        taken += rows(piece, max(1, size.columns))
        if taken >= size.lines:
            return chain(held, rest), True
    return held, False


def help_by_screens(command: click.Command) -> None:
    """Let a command, and those within it, show their help so."""
    context = click.Context(command, help_option_names=["-h", "--help"])
    if (option := command.get_help_option(context)) is not None:
        option.callback = show_help
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            if (child := command.get_command(context, name)) is not None:
                help_by_screens(child)


def show_help(ctx: click.Context, _param: click.Parameter, value: object) -> None:
    """The help of a command, by screens at a terminal."""
    if not value or ctx.resilient_parsing:
        return
    from sencli.cli.shell.examples import help_of

    text = help_of(ctx)
    if sys.stdout.isatty():
        show([f"{text}\n"], by_screens=True)
    else:
        click.echo(text)
    ctx.exit()
