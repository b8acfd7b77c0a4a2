"""``--format``: one vocabulary for every command that prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from sencli import terms
from sencli.errors import UsageFault

_PRINTED = {"text": "table", "table": "text"}
"""Two words for what is printed in letters alone: each stands for the other."""


class FormatName(click.Choice[str]):
    """The name of a format; one that the command does not make is refused in words.

    Args:
        made: the formats that the command makes.
    """

    def __init__(self, made: Sequence[str]) -> None:
        super().__init__(made, case_sensitive=False)
        self._made = tuple(made)

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> str:
        """The name as it is written.

        Raises:
            UsageFault: it is a format, and not one of this command's.
        """
        name = str(value).casefold()
        if name in self._made or name not in terms.FORMATS:
            return super().convert(value, param, ctx)
        if (other := _PRINTED.get(name)) in self._made:
            return str(other)
        what = "This" if ctx is None else ctx.command_path
        raise UsageFault(
            f"{what} does not come as {name}.",
            f"Choose one of: {', '.join(self._made)}.",
        )
