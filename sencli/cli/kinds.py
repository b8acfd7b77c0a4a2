"""Kinds of value that commands take beside dates and texts: a word of a list, money."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import click

from sencli import terms
from sencli.cli.options import WORDS
from sencli.core.choice import choose
from sencli.core.clean_text import clean_line
from sencli.core.placeholders import refuse
from sencli.core.sharing import CHOICES
from sencli.errors import InvalidValue
from sencli.safe import is_control

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

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """The code that is meant."""
        del param, ctx
        return choose(str(value), self.options, self.what, self.aliases)


class Line(click.ParamType[str]):
    """Text on one line, such as a name; ``-`` reads it from standard input."""

    name = "text"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """The text in composed form, blanks at its ends left out."""
        text = str(WORDS.convert(value, param, ctx))
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
        from sencli.core.money import pence

        return value if isinstance(value, int) else pence(str(value))


LINE = Line()
MONEY = Money()

CYCLE = click.option(
    "--cycle", "cycle", type=LINE, help='Another cycle: "Autumn 2025", or its number.'
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
