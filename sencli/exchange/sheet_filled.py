"""The answers in a workbook that was filled in, as a stranger's data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping

from sencli import terms
from sencli.core.handover.answers import AGAIN
from sencli.core.handover.sheet import ANSWERS
from sencli.core.handover.sheet import GIVEN
from sencli.core.handover.sheet import VERSION
from sencli.core.record.types import Record
from sencli.core.text.folding import fold
from sencli.errors import InvalidValue
from sencli.exchange.sheet_to_fill import CHECK
from sencli.exchange.sheet_to_fill import CONCERNS
from sencli.exchange.sheet_to_fill import FILLED
from sencli.exchange.sheet_to_fill import HEAD
from sencli.exchange.sheet_to_fill import LABELS
from sencli.exchange.sheet_to_fill import LISTS
from sencli.exchange.sheet_to_fill import NOT_ASKED
from sencli.exchange.sheet_to_fill import START
from sencli.exchange.sheet_to_fill import TABLES
from sencli.exchange.sheet_to_fill import FillTable
from sencli.exchange.sheet_to_fill import check_of
from sencli.exchange.workbook import Worksheet
from sencli.exchange.workbook import letters
from sencli.exchange.workbook import read

_BRITISH = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_YES = {"yes", "y", "true", "x", "✓"}
_TICKS = {**dict.fromkeys(("yes", "y", "/", "✓", "✔"), GIVEN), "a": "pupil_absent"}
_CODES = {
    "sessions": {
        fold(text): code for code, text in {GIVEN: GIVEN, **terms.MISSED}.items()
    }
    | _TICKS,
    "helped": {fold(text): code for code, text in terms.HELPED.items()},
}


def answers_in(data: bytes) -> Record:
    """The answers, each with the cell that it stands in, without a digest.

    Raises:
        InvalidValue: no such workbook, or its locked cells were changed; a formula.
    """
    sheets = {one.name: one for one in read(data)}
    start = sheets.get(START)
    if start is None:
        raise InvalidValue("The workbook is no sheet of sencli's.", AGAIN)
    _refuse_formulas(sheets)
    said = _start(start)
    if said.get(CHECK) != check_of(said.get(LABELS["seal"], ""), _locked(sheets)):
        raise InvalidValue(
            "The workbook was changed where it is not to be filled in.", AGAIN
        )
    found: Record = {
        name: said.get(LABELS[name], "") for name in ("school", "sheet", "seal")
    }
    signed = fold(said.get(LABELS["signed_off"], ""))
    if signed not in _YES:
        raise InvalidValue(
            f'The sheet is not signed off: {START}, "{LABELS["signed_off"]}" is not '
            "yes.",
            "Ask who filled it in to sign it off and save it again.",
        )
    day = iso(said.get(LABELS["given_on"], ""))
    return {
        "form": ANSWERS,
        "version": VERSION,
        **found,
        "given_by": said.get(LABELS["given_by"], ""),
        "given_on": day,
        "answers": list(_answers(sheets, day)),
    }


def iso(text: str) -> str:
    """A day as it was typed, 4/12/2026 too, as ISO text; else as it is."""
    if m := _BRITISH.fullmatch(text.strip()):
        return f"{m[3]}-{int(m[2]):02d}-{int(m[1]):02d}"
    return text.strip()


def _refuse_formulas(sheets: Mapping[str, Worksheet]) -> None:
    for name, sheet in sheets.items():
        for cell in sheet.cells.values():
            if cell.formula:
                raise InvalidValue(
                    f"{name}!{cell.place} holds a formula, and formulas are not taken.",
                    "Type what it is to say in its place, and save the sheet again.",
                )


def _start(sheet: Worksheet) -> dict[str, str]:
    rows = range(HEAD + 1, sheet.last_row + 1)
    return {sheet.text(row, 1): sheet.text(row, 2) for row in rows}


def _locked(sheets: Mapping[str, Worksheet]) -> dict[str, list[list[str]]]:
    """The texts of the locked cells, as they were kept for the check."""
    start = sheets[START]
    filled = {*(LABELS[name] for name in FILLED), CHECK}
    found = {
        START: [
            [start.text(row, 1), start.text(row, 2)]
            for row in range(HEAD + 1, start.last_row + 1)
            if start.text(row, 1) not in filled
        ]
    }
    if lists := sheets.get(LISTS):
        found[LISTS] = [
            [lists.text(row, column) for row in range(1, lists.last_row + 1)]
            for column in range(1, lists.last_column + 1)
        ]
    if concerns := sheets.get(CONCERNS):
        found[CONCERNS] = [_line(concerns, row, 2) for row in range(1, HEAD + 1)]
    for table in TABLES:
        if sheet := sheets.get(table.title):
            found[table.title] = list(_table_rows(sheet, table))
    return found


def _table_rows(sheet: Worksheet, table: FillTable) -> Iterator[list[str]]:
    """Headings in full, and of each row what is asked."""
    for row in range(1, sheet.last_row + 1):
        wide = sheet.last_column if row <= HEAD else len(table.locked)
        line = _line(sheet, row, wide)
        if row <= HEAD or any(line):
            yield line


def _line(sheet: Worksheet, row: int, wide: int) -> list[str]:
    return [sheet.text(row, column) for column in range(1, wide + 1)]


def _answers(sheets: Mapping[str, Worksheet], given_on: str) -> Iterator[Record]:
    for table in TABLES:
        if sheet := sheets.get(table.title):
            for row in range(HEAD + 1, sheet.last_row + 1):
                yield from _of_row(sheet, row, table, given_on)
    if concerns := sheets.get(CONCERNS):
        yield from _concerns(concerns, sheets.get(LISTS))


def _of_row(
    sheet: Worksheet, row: int, table: FillTable, given_on: str
) -> Iterator[Record]:
    first = len(table.locked) + 1
    filled = {
        column: text
        for column in range(first, sheet.last_column + 1)
        if (text := sheet.text(row, column)) not in {"", NOT_ASKED}
    }
    if not filled:
        return
    ref = sheet.text(row, 1)
    if not ref:
        raise InvalidValue(
            f"{sheet.name}!{letters(min(filled))}{row} stands beside no question.",
            "Write it in the row that it belongs to.",
        )
    if table.kind == "sessions":
        for column, text in filled.items():
            yield {
                "question": ref,
                "day": sheet.text(HEAD, column),
                "answer": _code("sessions", text),
                "at": f"{sheet.name}!{letters(column)}{row}",
            }
        return
    fields = dict(zip(range(first, first + len(table.open)), table.open, strict=True))
    said = {fields[column]: text for column, text in filled.items() if column in fields}
    if table.kind == "measure":
        said["day"] = iso(said.get("day", given_on))
    if "answer" in said:
        said["answer"] = _code("helped", said["answer"])
    yield {"question": ref, **said, "at": f"{sheet.name}!{letters(min(filled))}{row}"}


def _code(kind: str, text: str) -> str:
    """The code of a choice; what is none is left for the check of the answers."""
    return _CODES[kind].get(fold(text), text)


def _concerns(sheet: Worksheet, lists: Worksheet | None) -> Iterator[Record]:
    known: dict[str, list[str]] = {}
    for row in range(2, (lists.last_row if lists else 0) + 1):
        if lists and (name := lists.text(row, 2)):
            known.setdefault(fold(name), []).append(lists.text(row, 3))
    for row in range(HEAD + 1, sheet.last_row + 1):
        name, text = sheet.text(row, 1), sheet.text(row, 2)
        if not name and not text:
            continue
        ids = known.get(fold(name), [])
        who = {"pupil": ids[0]} if len(ids) == 1 else {"name": name}
        yield {"question": "concern", **who, "text": text, "at": f"{sheet.name}!A{row}"}
