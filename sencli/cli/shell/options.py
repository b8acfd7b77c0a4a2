"""Options that many commands share: dates, texts, clocks, formats, corrections."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping
from contextlib import suppress
from functools import wraps
from types import MappingProxyType
from typing import Any
from typing import TypeVar
from typing import cast

import click

from sencli import terms
from sencli.cli.shell.format_name import FormatName
from sencli.core.record.class_sharing import CHOICES
from sencli.core.record.clean_text import clean_line
from sencli.core.record.find import choose
from sencli.core.text import dates
from sencli.core.text.folding import composed
from sencli.core.text.placeholders import refuse
from sencli.errors import InvalidValue
from sencli.errors import UsageFault
from sencli.safe import is_control

F = TypeVar("F", bound=Callable[..., Any])

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


class Days(Day):
    """A date, or several between commas (21/9,23/9), which are given on as a tuple."""

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:
        """One date by itself, even with a comma in it; else each of them, in order."""
        parts = [part for part in str(value).split(",") if part.strip()]
        day = super().convert
        if len(parts) > 1:
            with suppress(InvalidValue):
                return day(value, param, ctx)
            return tuple(sorted({day(part, param, ctx) for part in parts}))
        return day(value, param, ctx)


class Words(click.ParamType[str]):
    """Free text; ``-`` reads it from standard input.

    Args:
        evidence: whether it is somebody's words, and no name or code.
    """

    name = "text"

    def __init__(self, *, evidence: bool = True) -> None:
        self.evidence = evidence

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """The text without blanks at its ends."""
        text = str(value)
        if text == "-":
            from sencli.cli.shell.standard_input import read_text

            text = read_text()
            if ctx is not None:
                ctx.find_root().obj.heard = text
        text = composed(text.replace("\r\n", "\n")).strip()
        if not text:
            name = param.opts[0] if param is not None and param.opts else "The text"
            raise UsageFault(
                f"{name} is empty.", "Leave the option out, or give words."
            )
        where = param.opts[0] if param is not None and param.opts else ""
        return refuse(text, where, evidence=self.evidence)


DAY = Day()
PAST = Day("past")
PAST_DAYS = Days("past")
FUTURE = Day("future")
WORDS = Words()
_NAME = Words(evidence=False)


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


class _Place(click.Path):
    """A file to write; ``-`` is standard output, as it is elsewhere."""

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:
        """The file as typed, or None for standard output."""
        if not str(value).strip():
            raise UsageFault("--output is empty.", "Name a file: --output FILE")
        return None if value == "-" else super().convert(value, param, ctx)


def output(*formats: str, default: str = "") -> Callable[[F], F]:
    """``--format``, ``--output`` and ``--force`` for what is printed.

    What can be a page gets ``--open`` too.
    """

    def add(command: F) -> F:
        made = _with_a_file(command)
        if "html" in formats:
            from sencli.cli.shell.open_page import opening

            made = opening(made, formats)
        command = click.option(
            "--force", is_flag=True, help="Write over an existing file."
        )(made)
        command = click.option(
            "--output",
            type=_Place(),
            help="Write to this file.",
        )(command)
        return click.option(
            "--format",
            "fmt",
            type=FormatName(formats),
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
    return output(*terms.FORMATS, default="table")(command)


def writing(command: F) -> F:
    """``--format json`` for a command that writes."""
    return click.option(
        "--format",
        "fmt",
        type=FormatName(("text", "json")),
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


_NONE: Mapping[str, str] = MappingProxyType({})
_LONGEST = 400


class Pick(click.ParamType[str]):
    """One word of a closed list, typed as its code, its words or a part of them."""

    def __init__(
        self,
        options: Mapping[str, str],
        what: str,
        aliases: Mapping[str, str] = _NONE,
        name: str = "",
    ) -> None:
        self.options = options
        self.what = what
        self.aliases = aliases
        self.name = name or "|".join(options)

    def get_metavar(
        self, param: click.Parameter, ctx: click.Context | None
    ) -> str | None:
        """The values themselves, where they are few; as other closed lists."""
        del param, ctx
        return f"[{self.name}]" if "|" in self.name else None

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """The code that is meant."""
        del param, ctx
        return choose(str(value), self.options, self.what, self.aliases)


class NeedOrArea(click.ParamType[str]):
    """A type of need by its code, or part of the name of an area of need."""

    name = "need|area"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """The text, which means something."""
        del param, ctx
        from sencli import terms
        from sencli.core.text.folding import fold

        typed = str(value).strip()
        codes, areas = terms.NEED_TYPES, terms.AREAS
        if typed.upper() in codes or any(fold(typed) in fold(area) for area in areas):
            return typed
        raise InvalidValue(
            f"{typed!r} is neither a type of need nor an area of need.",
            f"Types: {', '.join(codes)}. Areas: {', '.join(areas)}.",
        )


class OneLine(click.ParamType[str]):
    """Text on one line, such as a name; ``-`` reads it from standard input."""

    name = "text"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """The text in composed form, blanks at its ends left out."""
        text = str(_NAME.convert(value, param, ctx))
        if any(is_control(char) for char in text):
            raise InvalidValue(
                f"{text!a} holds a line break or a control character.",
                "Type it on one line.",
            )
        text = clean_line(text).strip()
        if not text:
            raise InvalidValue("Only invisible letters were typed.", "Type words.")
        if len(text) > _LONGEST:
            raise InvalidValue(
                f"{text[:40]!r}... has {len(text)} characters: {_LONGEST} at most."
            )
        return text


class Money(click.ParamType[int]):
    """Pounds and pence as typed, given on as whole pence."""

    name = "pounds"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> int:
        """Whole pence."""
        del param, ctx
        from sencli.core.text.money import pence

        return value if isinstance(value, int) else pence(str(value))


LINE = OneLine()
MONEY = Money()
NEED_OR_AREA = NeedOrArea()

CYCLE = click.option(
    "--cycle", "cycle", type=LINE, help='Another cycle: "Autumn 2025", or its number.'
)
SINCE = click.option(
    "--from", "--since", "since", type=DAY, help="From when (default today)."
)
UNTIL = click.option(
    "--date", "--until", "day", type=DAY, help="Last day (default today)."
)

TIER = Pick(
    terms.TIERS,
    "layer of support",
    {"wave 1": "universal", "wave 2": "targeted", "wave 3": "specialist"},
    name="tier",
)
AREA = Pick(
    {area: area for area in terms.AREAS},
    "broad area of need",
    {"semh": terms.SEMH, "sensory": terms.SENSORY, "physical": terms.SENSORY},
    name="area",
)
SHARE = click.option(
    "--share",
    type=Pick(CHOICES, "reader", name="class|nobody"),
    help="class: it may stand on the class's page. By default it may not.",
)
"""Whether what is named goes on the class's page."""
RESTRICTED = click.option(
    "--restricted/--not-restricted", default=None, help="Keep it off every paper."
)


_HOURS = r"(?:[01]?[0-9]|2[0-3])"
_TIME = re.compile(
    rf"(?:{_HOURS}[:.][0-5][0-9](?: ?[ap]\.?m\.?)?|(?:0?[1-9]|1[0-2]) ?[ap]\.?m\.?|"
    r"noon|midday|12 noon)",
    re.IGNORECASE,
)


class TimeOfDay(click.ParamType[str]):
    """A time as it is printed for families: 15:30, 3.30 pm, 3pm or noon."""

    name = "time"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """The time as it was typed; what no clock shows is refused."""
        del param, ctx
        text = refuse(" ".join(str(value).split()), "--time")
        if not _TIME.fullmatch(text):
            raise InvalidValue(
                f"{text!r} is not a time of day.", "Write 15:30, 3.30 pm or noon."
            )
        return text


Decorator = Callable[[Any], Any]


def stacked(*decorators: Decorator) -> Decorator:
    """Several options as one, in the order in which the help lists them."""

    def add(command: F) -> F:
        for decorate in reversed(decorators):
            command = decorate(command)
        return command

    return add
