"""Options that many commands share: dates, texts, clocks, formats, corrections."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from typing import TypeVar
from typing import cast

import click

from sencli.core import dates
from sencli.core.folding import composed
from sencli.core.placeholders import refuse
from sencli.errors import UsageFault

F = TypeVar("F", bound=Callable[..., Any])

LISTS = ("table", "csv", "json", "md")


BARE = "sencli.bare"
"""Where the run keeps the options whose day was typed without a year."""


class Day(click.ParamType[str]):
    """A date as typed (12/03/2026, last friday, +6w), given on as ISO text."""

    name = "date"

    def __init__(self, prefer: dates.Prefer = "near") -> None:
        self.prefer = prefer

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """Work it out against today and the school's terms."""
        if ctx is None:
            raise UsageFault("A date needs a command.")
        if param is not None and param.name and dates.without_year(str(value)):
            ctx.meta.setdefault(BARE, set()).add(param.name)
        found: str = ctx.find_root().obj.date(str(value), self.prefer)
        return found


class Words(click.ParamType[str]):
    """Free text; ``-`` reads it from standard input."""

    name = "text"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """The text without blanks at its ends."""
        text = str(value)
        if text == "-":
            from sencli.cli.standard_input import read_text

            text = read_text()
            if ctx is not None:
                ctx.find_root().obj.heard = text
        text = composed(text.replace("\r\n", "\n")).strip()
        if not text:
            name = param.opts[0] if param is not None and param.opts else "The text"
            raise UsageFault(
                f"{name} is empty.", "Leave the option out, or give words."
            )
        return refuse(text, param.opts[0] if param is not None and param.opts else "")


DAY = Day()
PAST = Day("past")
FUTURE = Day("future")
WORDS = Words()


def clocks(command: F) -> F:
    """``--as-at`` (what had happened by then) and ``--known-at`` (what was known)."""
    command = click.option(
        "--known-at",
        type=PAST,
        help="Read what the records said on that day.",
    )(command)
    return click.option(
        "--as-at",
        type=DAY,
        help="Drop what is dated after that day, and judge on it.",
    )(command)


def output(*formats: str, default: str = "") -> Callable[[F], F]:
    """``--format``, ``--output`` and ``--force`` for what is printed.

    What can be a page gets ``--open`` too.
    """

    def add(command: F) -> F:
        made = _with_a_file(command)
        if "html" in formats:
            from sencli.cli.opening import opening

            made = opening(made, formats)
        command = click.option(
            "--force", is_flag=True, help="Write over an existing file."
        )(made)
        command = click.option(
            "--output", type=click.Path(), help="Write to this file."
        )(command)
        return click.option(
            "--format",
            "fmt",
            type=click.Choice(formats),
            help=f"How to print it (default {default or formats[0]}).",
        )(command)

    return add


def _with_a_file(command: F) -> F:
    """The command, refusing ``--force`` where there is no file to write over."""

    @wraps(command)
    def checked(*args: Any, **given: Any) -> Any:
        if given.get("force") and given.get("output") is None:
            raise UsageFault(
                "--force writes over a file, and none is named.",
                "Add --output FILE, or leave --force out.",
            )
        return command(*args, **given)

    return cast("F", checked)


def listing(command: F) -> F:
    """The formats of a list."""
    return output(*LISTS)(command)


def writing(command: F) -> F:
    """``--format json`` for a command that writes."""
    return click.option(
        "--format",
        "fmt",
        type=click.Choice(["text", "json"]),
        default="text",
        help="json prints the ids and the commit.",
    )(command)


def correcting(command: F) -> F:
    """``--correct`` for a command that can amend; its reason goes to corrections."""
    return click.option(
        "--correct",
        is_flag=True,
        help="Note this as a correction; give --reason too.",
    )(command)
