"""``--format``: one vocabulary for every command that prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from sencli import terms
from sencli.errors import UsageFault

_PRINTED = {"text": "table", "table": "text"}
"""Two words for what is printed in letters alone: each stands for the other."""

_MEANT = {
    "doc": "docx",
    "word": "docx",
    "xls": "xlsx",
    "excel": "xlsx",
    "db": "sqlite",
    "sqlite3": "sqlite",
    "sql": "sqlite",
    "txt": "text",
    "markdown": "md",
    "htm": "html",
}
"""Names that people give to formats elsewhere, and ours."""


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
            UsageFault: it is no format, or not one of this command's.
        """
        name = str(value).casefold()
        if name in self._made:
            return super().convert(value, param, ctx)
        if name not in terms.FORMATS:
            meant = _MEANT.get(name)
            raise UsageFault(
                f"There is no format {value!s}." if name else "--format is empty.",
                f"Did you mean: --format {meant}"
                if meant in self._made
                else f"Choose one of: {', '.join(self._made)}.",
            )
        if (other := _PRINTED.get(name)) in self._made:
            return str(other)
        what = "This" if ctx is None else ctx.command_path
        raise UsageFault(
            f"{what} does not come as {name}.",
            f"Choose one of: {', '.join(self._made)}.",
        )
