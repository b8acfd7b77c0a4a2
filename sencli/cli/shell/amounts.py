"""Options that are numbers within bounds."""

from __future__ import annotations

from typing import Any

import click

from sencli.core.text import amounts
from sencli.core.text.placeholders import refuse


class Number(click.ParamType[float]):
    """A number as typed, given on as whole where it is whole."""

    name = "number"

    def __init__(self, amount: amounts.Amount) -> None:
        self.amount = amount

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The number."""
        del ctx
        where = param.opts[0] if param is not None and param.opts else ""
        return self.amount.read(refuse(str(value), where))


PERCENT = Number(amounts.PERCENT)
POSSIBLE = Number(amounts.POSSIBLE)
ATTENDED = Number(amounts.ATTENDED)
DAYS = Number(amounts.DAYS)
HALF_DAYS = Number(amounts.HALF_DAYS)
HOURS_A_WEEK = Number(amounts.HOURS_A_WEEK)
DAYS_A_WEEK = Number(amounts.DAYS_A_WEEK)
