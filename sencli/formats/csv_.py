"""csv: tables only, with raw values under the records' field names."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import Any

from sencli.documents.view import Bar
from sencli.documents.view import Table
from sencli.errors import InvalidValue
from sencli.formats.flat import flat

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from sencli.documents.view import Block
    from sencli.documents.view import Column
    from sencli.documents.view import View
    from sencli.formats import RenderOptions

_FORMULA = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
_ALWAYS = frozenset("\t\r\n\0")
_BLANK = " \t\r\n\v\f\0\u00a0\u2003\u3000\u200b\u2060\ufeff"
_QUOTED = frozenset(',"\r\n')


def csv_safe(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula.

    A leading ``'`` is the mark; a text that has one of its own gets another, so that
    :func:`csv_restore` gives back exactly what went in.
    """
    seen = text.lstrip(_BLANK)
    blanks = text[: len(text) - len(seen)]
    if text[:1] == "'" or seen[:1] in _FORMULA or not _ALWAYS.isdisjoint(blanks):
        return f"'{text}"
    return text


def csv_restore(cell: str) -> str:
    """The text that :func:`csv_safe` made the cell from."""
    return cell.removeprefix("'")


def write(views: Sequence[View], _options: RenderOptions) -> bytes:
    """Every table of the views, an empty line between two."""
    tables = [table for view in views for table in tables_of(view.blocks)]
    if not tables:
        raise no_table("csv")
    text = "\n".join("".join(_lines(table)) for table in tables)
    return text.encode("utf-8", "replace")


def no_table(fmt: str) -> InvalidValue:
    """What is said of a document of which no such file can be made."""
    return InvalidValue(
        f"This document has no table, so there is nothing to write as {fmt}.",
        "Ask for another format: --format text, html, pdf or docx.",
    )


def tables_of(blocks: Iterable[Block]) -> Iterator[Table]:
    """The tables among the blocks, in order."""
    return (block for block in flat(blocks) if isinstance(block, Table))


def _lines(table: Table) -> Iterator[str]:
    yield _line(csv_safe(column.key) for column in table.columns)
    for row in table.rows:
        yield _line(
            _cell(value, column)
            for value, column in zip(row, table.columns, strict=True)
        )


def _line(cells: Iterable[str]) -> str:
    line = ",".join(
        '"' + text.replace('"', '""') + '"' if _QUOTED & set(text) else text
        for text in cells
    )
    # a lone empty cell is quoted: an empty line would be no row at all
    return f"{line}\n" if line else '""\n'


def _cell(value: Any, column: Column) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        if column.kind != "pence":
            return str(value)
        pence = round(value)
        sign = "-" if pence < 0 else ""
        return f"{sign}{abs(pence) // 100}.{abs(pence) % 100:02d}"
    return csv_safe(plain_text(value))


def plain_text(value: Any) -> str:
    """A value that is no number, as one text."""
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple):
        return "; ".join(plain_text(item) for item in value)
    if isinstance(value, Bar):
        counted = f"{value.good} of {value.of}" if value.of else ""
        return f"{value.text} {counted}".strip()
    return json.dumps(value, ensure_ascii=False, default=str)
