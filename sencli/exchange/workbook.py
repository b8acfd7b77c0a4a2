"""Read an Excel workbook (.xlsx): the texts of its cells, as a stranger's data.

Nothing in it is run or followed: a formula is known as one, with the value that was
saved beside it; a workbook with macros or links to others is refused, and so is one
that unpacks to too much, or whose XML declares anything.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from datetime import date
from datetime import timedelta
from io import BytesIO
from posixpath import normpath
from typing import Any
from xml.parsers import expat
from zipfile import BadZipFile
from zipfile import ZipFile

from sencli.errors import InvalidValue
from sencli.value import Value

LARGEST = 5_000_000
_MOST_PART = 20_000_000
_MOST_TOTAL = 60_000_000
_MOST_PARTS = 500
_MOST_CELLS = 400_000
_MOST_COLUMNS = 1_000
_MOST_SHEETS = 60
_DEEPEST = 60
_ZIP = b"PK"
_OLE = b"\xd0\xcf\x11\xe0"
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_DAY_FORMATS = {*range(14, 18), 22, *range(27, 37), *range(50, 59)}
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_LETTERS = 26
_LAST_DAY = 2_957_000
"""About the year 9995: no day is later, whatever the workbook counts from."""
_UNREADABLE = (
    *(BadZipFile, zlib.error, expat.ExpatError, EOFError, LookupError, ValueError),
    *(OverflowError, RuntimeError, OSError),
)
"""What zipfile and expat raise of a damaged file; RuntimeError is zipfile's for a
password, or a way to pack that it does not know."""
_SAVE = "Open it in Excel and save it again as an Excel workbook (.xlsx)."


class Cell(Value):
    """One cell that holds something.

    Attributes:
        place: as Excel names it: ``B7``.
        text: what it says; a whole number without a point, a day as ISO text.
        formula: whether it is worked out; the text is what was saved of it.
        day: whether it is a day.
    """

    place: str
    text: str
    formula: bool = False
    day: bool = False


class Worksheet(Value):
    """One sheet: its name, and its cells by row and column, both from 1.

    Attributes:
        name: of the sheet.
        cells: those that hold something.
        since_1904: whether its days are counted from 1904.
    """

    name: str
    cells: Mapping[tuple[int, int], Cell]
    since_1904: bool = False

    def text(self, row: int, column: int) -> str:
        """What a cell says, "" for an empty one."""
        found = self.cells.get((row, column))
        return found.text.strip() if found else ""

    @property
    def last_row(self) -> int:
        """The last row that holds something."""
        return max((row for row, _ in self.cells), default=0)

    @property
    def last_column(self) -> int:
        """The last column that holds something."""
        return max((column for _, column in self.cells), default=0)


def is_workbook(data: bytes) -> bool:
    """Whether the bytes look like one, or like an older or locked one."""
    return data[:2] == _ZIP or data[:4] == _OLE


def read(data: bytes) -> list[Worksheet]:
    """The sheets in their order; hidden ones are read as well.

    Raises:
        InvalidValue: too large, none, locked with a password, or not to be trusted.
    """
    if len(data) > LARGEST:
        raise InvalidValue(
            f"The workbook is larger than {LARGEST // 1_000_000} MB.",
            "Copy the one sheet that is needed into a new workbook.",
        )
    if data[:4] == _OLE:
        raise InvalidValue(
            "The workbook is locked with a password, or of before 2007 (.xls).",
            "Save it without a password as an Excel workbook (.xlsx).",
        )
    try:
        with ZipFile(BytesIO(data)) as zipped:
            return list(_sheets(_Unpacker(zipped)))
    except _UNREADABLE:
        raise InvalidValue(
            "The file cannot be read as an Excel workbook.", _SAVE
        ) from None


class _Unpacker:
    """The parts of the file, none of them larger than may be."""

    def __init__(self, zipped: ZipFile) -> None:
        infos = zipped.infolist()
        names = [info.filename for info in infos]
        if len(infos) > _MOST_PARTS or len(set(names)) != len(names):
            raise InvalidValue("The workbook has too many parts.", _SAVE)
        if sum(info.file_size for info in infos) > _MOST_TOTAL:
            raise _too_much()
        for name in names:
            plain = name.casefold()
            if "externallink" in plain:
                raise InvalidValue(
                    "The workbook has links to other workbooks.",
                    "Take them out (Data, Edit Links, Break Link) and save it again.",
                )
            if "vbaproject" in plain:
                raise InvalidValue(
                    "The workbook holds a program (macros).",
                    "Save it as an Excel workbook without macros (.xlsx).",
                )
        self._zipped = zipped
        self._names = set(names)
        self._left = _MOST_TOTAL

    def has(self, name: str) -> bool:
        return name in self._names

    def read(self, name: str) -> bytes:
        """A part, unpacked as far as it may be: what its head says may be a lie."""
        with self._zipped.open(name) as part:
            data = part.read(_MOST_PART + 1)
        self._left -= len(data)
        if len(data) > _MOST_PART or self._left < 0:
            raise _too_much()
        return data


def _too_much() -> InvalidValue:
    return InvalidValue(
        "The workbook unpacks to more than it can need, so it was not read.", _SAVE
    )


Tag = Callable[[str, dict[str, str]], None]


def _parse(data: bytes, start: Tag, end: Callable[[str, str], None]) -> None:
    """Read XML without declarations: names without their prefix, and their text."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    texts: list[list[str]] = []

    def refuse(*_: Any) -> None:
        raise InvalidValue(
            "The workbook declares something, so it was not read.", _SAVE
        )

    def opened(name: str, attributes: dict[str, str]) -> None:
        if len(texts) > _DEEPEST:
            raise InvalidValue("The workbook is nested too deep.", _SAVE)
        texts.append([])
        start(name.rpartition(" ")[2], attributes)

    def shut(name: str) -> None:
        end(name.rpartition(" ")[2], "".join(texts.pop()))

    def said(text: str) -> None:
        if texts:
            texts[-1].append(text)

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = opened
    parser.EndElementHandler = shut
    parser.CharacterDataHandler = said
    parser.Parse(data, True)


def _nothing(_name: str, _attributes: dict[str, str]) -> None:
    """A tag that opens says nothing here."""


def _sheets(parts: _Unpacker) -> Iterator[Worksheet]:
    listed: list[tuple[str, str]] = []
    targets: dict[str, str] = {}
    since_1904: list[bool] = []

    def sheet(name: str, found: dict[str, str]) -> None:
        if name == "sheet":
            key = next((v for k, v in found.items() if k.endswith(" id")), "")
            listed.append((found.get("name", ""), key))
        if name == "workbookPr" and found.get("date1904") in {"1", "true"}:
            since_1904.append(True)

    def relation(name: str, found: dict[str, str]) -> None:
        if name == "Relationship" and found.get("TargetMode") != "External":
            target = found.get("Target", "")
            base = "" if target.startswith("/") else "xl/"
            targets[found.get("Id", "")] = normpath(base + target.lstrip("/"))

    _parse(parts.read("xl/workbook.xml"), sheet, lambda _n, _t: None)
    _parse(parts.read("xl/_rels/workbook.xml.rels"), relation, lambda _n, _t: None)
    if len(listed) > _MOST_SHEETS:
        raise InvalidValue("The workbook has too many sheets.", _SAVE)
    shared = _shared(parts)
    forms = _day_forms(parts)
    left = _MOST_CELLS
    for name, key in listed:
        if not parts.has(targets.get(key, "")):
            continue
        reader = _CellReader(shared, forms, left, since_1904=bool(since_1904))
        _parse(parts.read(targets[key]), reader.start, reader.end)
        left -= len(reader.cells)
        yield Worksheet(name, reader.cells, bool(since_1904))


def _shared(parts: _Unpacker) -> list[str]:
    """The texts that the cells share; how they sound in Japanese is left out."""
    found: list[str] = []
    runs: list[str] = []
    aside: list[str] = []

    def start(name: str, _attributes: dict[str, str]) -> None:
        if name == "rPh":
            aside.append(name)

    def end(name: str, text: str) -> None:
        if name == "t" and not aside:
            runs.append(text)
        elif name == "rPh":
            aside.pop()
        elif name == "si":
            found.append("".join(runs))
            runs.clear()

    if parts.has("xl/sharedStrings.xml"):
        _parse(parts.read("xl/sharedStrings.xml"), start, end)
    return found


def _day_forms(parts: _Unpacker) -> set[int]:
    """The styles of cells that show a number as a day."""
    named: set[int] = set()
    found: set[int] = set()
    inside: list[str] = []
    count = [0]

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            form = _QUOTED.sub("", attributes.get("formatCode", "")).casefold()
            if {"d", "y"} & set(form) and "general" not in form:
                named.add(int(attributes.get("numFmtId", "0")))
        elif name == "cellXfs":
            inside.append(name)
        elif name == "xf" and inside:
            form_id = int(attributes.get("numFmtId", "0"))
            if form_id in _DAY_FORMATS or form_id in named:
                found.add(count[0])
            count[0] += 1

    def end(name: str, _text: str) -> None:
        if name == "cellXfs":
            inside.clear()

    if parts.has("xl/styles.xml"):
        _parse(parts.read("xl/styles.xml"), start, end)
    return found


class _CellReader:
    """Gathers the cells of one sheet."""

    def __init__(
        self, shared: list[str], forms: set[int], left: int, *, since_1904: bool
    ) -> None:
        self.cells: dict[tuple[int, int], Cell] = {}
        self._shared = shared
        self._forms = forms
        self._left = left
        self._first = date(1904, 1, 1) if since_1904 else date(1899, 12, 30)
        self._cell: dict[str, str] = {}
        self._formula = False
        self._value = ""
        self._inline: list[str] = []
        self._row = self._column = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
        elif name == "c":
            self._cell, self._formula = attributes, False
            self._value = ""
            self._inline.clear()
        elif name == "f":
            self._formula = True

    def end(self, name: str, text: str) -> None:
        if name == "v":
            self._value = text
        elif name == "t":
            self._inline.append(text)
        elif name == "c":
            self._keep()

    def _keep(self) -> None:
        column = self._column + 1
        if m := _PLACE.fullmatch(self._cell.get("r", "")):
            column, self._row = _number(m[1]), int(m[2])
        self._column = column
        text, is_day = self._text()
        if not text and not self._formula:
            return
        if len(self.cells) >= self._left or column > _MOST_COLUMNS:
            raise InvalidValue("The workbook has too many cells.", _SAVE)
        place = f"{letters(column)}{self._row}"
        self.cells[self._row, column] = Cell(place, text, self._formula, is_day)

    def _text(self) -> tuple[str, bool]:
        kind = self._cell.get("t", "n")
        if kind == "s":
            return self._shared[int(self._value)] if self._value else "", False
        if kind == "inlineStr":
            return "".join(self._inline), False
        if kind == "b":
            return ("TRUE" if self._value == "1" else "FALSE"), False
        if kind == "d":
            return self._value[:10], True
        if kind == "n" and self._value:
            is_day = int(self._cell.get("s", "0")) in self._forms
            return self._number_text(is_day=is_day)
        return self._value, False

    def _number_text(self, *, is_day: bool) -> tuple[str, bool]:
        """A number as people write it: 37 and not 37.0; a day in full."""
        number = float(self._value)
        if is_day and 0 < number < _LAST_DAY:
            return (self._first + timedelta(days=int(number))).isoformat(), True
        if number.is_integer() and abs(number) < 10**15:
            return str(int(number)), False
        return f"{number:.15g}", False


def _number(name: str) -> int:
    """The number of a column from its letters: 27 of AA."""
    found = 0
    for char in name:
        found = found * _LETTERS + ord(char) - ord("A") + 1
    return found


def letters(column: int) -> str:
    """The letters of a column: AA of 27."""
    found = ""
    while column:
        column, rest = divmod(column - 1, _LETTERS)
        found = chr(ord("A") + rest) + found
    return found
