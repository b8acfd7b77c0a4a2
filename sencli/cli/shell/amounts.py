"""Numbers as they are typed: a per cent, days, hours a week."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import click

from sencli.core.text.placeholders import refuse
from sencli.errors import InvalidValue

_NUMBER = re.compile(r"\d{1,6}(?:\.\d{1,6})?")


class Amount(click.ParamType[float]):
    """A number within bounds, in whole steps; given on as whole where it is whole.

    Args:
        what: what it is of, for messages.
        low: the least.
        high: the most.
        step: what it is a multiple of, as text.
        unit: what may stand after it.
    """

    name = "number"

    def __init__(
        self, what: str, low: str, high: str, step: str = "1", unit: str = ""
    ) -> None:
        self.what = what
        self.low, self.high, self.step = Decimal(low), Decimal(high), Decimal(step)
        self.unit = unit

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The number."""
        del ctx
        where = param.opts[0] if param is not None and param.opts else ""
        text = refuse(str(value).strip(), where)
        bare = re.sub(rf"\s*{self.unit}$", "", text) if self.unit else text
        if not _NUMBER.fullmatch(bare):
            raise InvalidValue(f"{text!r} is not {self.what}.", self._rule())
        number = Decimal(bare)
        if not self.low <= number <= self.high or number % self.step:
            raise InvalidValue(f"{text} cannot be {self.what}.", self._rule())
        return int(number) if number == int(number) else float(number)

    def _rule(self) -> str:
        in_steps = {
            "1": "a whole number",
            "0.5": "a number in halves, such as 1.5,",
            "0.1": "a number with one decimal at most, such as 91.3,",
        }.get(str(self.step), "a number, such as 12.5,")
        return f"Write {in_steps} from {self.low} to {self.high}."


PERCENT = Amount("a per cent", "0", "100", "0.1", r"(?:%|per ?cent)")
SESSIONS = Amount("a number of sessions", "0", "400")
DAYS = Amount("a number of days", "0.5", "45", "0.5", "days?")
HALF_DAYS = Amount("a number of half days", "1", "90")
HOURS_A_WEEK = Amount("hours a week", "0.25", "40", "0.25", "h(?:ours?)?")
DAYS_A_WEEK = Amount("days a week", "0.5", "5", "0.5", "days?")
