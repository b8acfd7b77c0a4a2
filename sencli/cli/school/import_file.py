"""Read a file that ``sen import`` was given, and ask what its columns are."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli import WORDS
from sencli.cli.shell.app import App
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import stacked
from sencli.cli.shell.options import writing
from sencli.cli.shell.prompts import can_ask
from sencli.cli.shell.prompts import command_line
from sencli.core.handover.import_columns import ASIDE
from sencli.core.handover.import_columns import NAMELESS
from sencli.core.handover.import_columns import columns
from sencli.core.handover.import_columns import kept_with
from sencli.core.handover.import_columns import recognised
from sencli.core.record.fields import assignment
from sencli.core.text.lines import shortened
from sencli.errors import EnvironmentFault
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import UsageFault
from sencli.safe import safe_text
from sencli.store.files import files
from sencli.store.files import shell
from sencli.value import Value

if TYPE_CHECKING:
    from sencli.core.handover.import_columns import Columns
    from sencli.core.handover.import_columns import Kind
    from sencli.core.record.types import Record
    from sencli.exchange.spreadsheet import Grid
    from sencli.exchange.spreadsheet import Sheet

_SHOWN = 50
_EXAMPLES = 3
_WIDE = 30
_CLEAR = 2
_LISTED = 11
_USUAL = "pupils"
_CHOICES = " Type one of: "

FILE = stacked(
    click.argument("file", metavar="FILE"),
    click.option(
        "--dry-run", is_flag=True, help="Show what would change; write nothing."
    ),
    click.option("--sheet", type=LINE, help="Which sheet of a workbook."),
    click.option(
        "--map",
        "mapped",
        multiple=True,
        metavar="HEADING=FIELD",
        help="What a column means; repeat for more. Kept for next time.",
    ),
    click.option(
        "--skip", multiple=True, metavar="HEADING", help="Leave a column out."
    ),
    click.option(
        "--ask-again",
        is_flag=True,
        help="Forget what was said of the columns before.",
    ),
    click.option(
        "--overwrite",
        multiple=True,
        metavar="FIELD",
        help="Take the file's value also where somebody wrote another.",
    ),
    click.option("--yes", is_flag=True, help="Do not ask."),
    writing,
)
"""The argument and the options that every file has."""


class Wanted(Value):
    """How a file is to be read.

    Attributes:
        file: its name, or ``-``.
        sheet: which one of a workbook.
        answers: heading to field, or to ``aside``.
        ask_again: whether what was said before is forgotten.
        overwrite: fields in which the file counts against what somebody wrote.
        yes: whether nobody is to be asked.
    """

    file: str
    sheet: str | None
    answers: dict[str, str]
    ask_again: bool
    overwrite: frozenset[str]
    yes: bool

    @staticmethod
    def of(typed: dict[str, Any]) -> Wanted:
        """The options as they were typed, taken out of the others."""
        mapped, skipped = typed.pop("mapped"), typed.pop("skip")
        answers = dict(map(assignment, mapped)) | dict.fromkeys(skipped, ASIDE)
        return Wanted(
            typed.pop("file"),
            typed.pop("sheet"),
            answers,
            typed.pop("ask_again"),
            frozenset(name.replace(" ", "_") for name in typed.pop("overwrite")),
            typed.pop("yes"),
        )


class ReadFile(Value):
    """What was read of a file.

    Attributes:
        rows: the line, and the cells by field; empty cells are left out.
        headings: as they stand in the file.
        columns: what they are.
        kind: what the file is of.
        since_1904: whether its days are counted from 1904.
    """

    rows: tuple[tuple[int, dict[str, str]], ...]
    headings: tuple[str, ...]
    columns: Columns
    kind: Kind
    since_1904: bool = False

    def kept(self, school: Record) -> Record:
        """The school with what was said of the columns."""
        before = school.get("imports", [])
        kept = kept_with(before, self.headings, self.kind.name, self.columns.answers)
        return school if kept == before else {**school, "imports": kept}


def read_file(app: App, kind: Kind, wanted: Wanted) -> ReadFile:
    """Read the file, with a word on what was left aside.

    Raises:
        UsageFault: it has several sheets, or columns that were named are not there.
        InvalidValue: it cannot be read, or says not what its rows are about.
    """
    from sencli.exchange import spreadsheet
    from sencli.formats.csv_ import csv_restore

    for field in wanted.overwrite:
        if field not in kind.fields:
            raise UsageFault(
                f"There is no field {field!r} to overwrite.",
                f"There are: {', '.join(kind.fields)}",
            )
    data = _bytes(wanted.file, spreadsheet.LARGEST + 1)
    found = spreadsheet.grids(data, kind.knows)
    grid = _the_sheet(app, found, kind, wanted)
    sheet = spreadsheet.sheet_of(grid, kind.knows)
    if kind.name == _USUAL and not wanted.answers:
        _refuse_another(kind, sheet.headings)
    if sheet.note:
        app.tell(f"Note: {sheet.note}")
    restored = str if grid.name else csv_restore
    headings = _headings(sheet, csv=not grid.name)
    made = _columns(app, kind, wanted, headings, sheet)
    rows = []
    for row in sheet.rows:
        pairs = zip(made.fields, map(restored, row.cells), strict=False)
        cells: dict[str, str] = {}
        for field, text in pairs:
            if field and text.strip():
                _put(cells, field, text, row.line)
        if cells:
            rows.append((row.line, cells))
    if not rows:
        raise InvalidValue(
            "The file has headings and nothing under them.",
            "See whether the report was empty, and run it again.",
        )
    return ReadFile(tuple(rows), headings, made, kind, sheet.since_1904)


def _refuse_another(kind: Kind, headings: Sequence[str]) -> None:
    """Refuse a list of something else, where no word said that it is of pupils."""
    from sencli.core.handover.import_books import BOOKS
    from sencli.core.handover.import_contacts import CONTACTS

    typed = click.get_current_context().find_root().meta.get(WORDS, ())
    if kind.name in typed:
        return
    others = [CONTACTS, *(book.kind for book in BOOKS.values())]
    fitting = {one.name: sum(map(bool, map(one.field_of, headings))) for one in others}
    likely = max(fitting, key=lambda name: fitting[name])
    if fitting[likely] >= sum(map(bool, map(kind.field_of, headings))) + _CLEAR:
        line = list(typed)
        place = line.index("import") + 1
        own = [shell.joined("sen", *line[:place], word, *line[place:])
               for word in (likely, kind.name)]  # fmt: skip
        raise UsageFault(
            f"This looks like a list of {likely}, not of pupils.",
            f"Type: {own[0]}\nIf it is of pupils all the same: {own[1]}",
        )


def _put(cells: dict[str, str], field: str, text: str, line: int) -> None:
    """Put a cell to its field; two columns of one field must say the same."""
    from sencli.core.handover.import_values import status_code
    from sencli.core.handover.import_values import the_same

    before = cells.get(field)
    if before is None or the_same(field, before, text):
        cells.setdefault(field, text)
        return
    if field == "provision":  # one column says that there is SEN, another which
        codes = {one: status_code(one) for one in (before, text)}
        clear = [one for one, code in codes.items() if code != "yes"]
        if len({codes[one] for one in clear}) == 1:
            cells[field] = clear[0]
            return
    name = field.replace("_", " ")
    raise InvalidValue(
        f"Line {line}: more than one column is {name}, and they differ: {before!r} and "
        f"{text!r}. Nothing was changed.",
        "Leave one out: --skip COLUMN",
    )


def _headings(sheet: Sheet, *, csv: bool) -> tuple[str, ...]:
    """The headings, a blank one for each column of a workbook that has none."""
    wide = len(sheet.headings)
    if csv:
        for row in sheet.rows:
            if any(cell.strip() for cell in row.cells[wide:]):
                raise InvalidValue(
                    f"Line {row.line} has more cells than the first row has headings.",
                    "Save the sheet as csv again.",
                )
    from sencli.formats.csv_ import csv_restore

    more = max((len(row.cells) for row in sheet.rows), default=0) - wide
    blank = ("",) * (0 if csv else more)
    return (*(csv_restore(head) for head in sheet.headings), *blank)


def _the_sheet(app: App, found: Sequence[Grid], kind: Kind, wanted: Wanted) -> Grid:
    """The sheet that was named, or the one that has the headings."""
    from sencli.exchange.spreadsheet import known_in

    names = ", ".join(grid.name for grid in found)
    if wanted.sheet is not None:
        named = [g for g in found if g.name.casefold() == wanted.sheet.casefold()]
        if not named:
            raise UsageFault(
                f"The file has no sheet {wanted.sheet!r}.",
                f"It has: {names}" if names else "A csv file has one: leave --sheet.",
            )
        return named[0]
    fitting = [grid for grid in found if known_in(grid, kind.knows) >= _CLEAR] or found
    if len(fitting) == 1:
        if len(found) > 1:
            app.tell(f"Note: the sheet {fitting[0].name} was read, of {names}.")
        return fitting[0]
    if not can_ask() or wanted.yes:
        raise UsageFault(
            f"The file has several sheets: {names}.",
            f"Name one: {command_line('--sheet', fitting[0].name)}",
        )
    from sencli.cli.shell.asking import Question
    from sencli.cli.shell.asking import answer
    from sencli.cli.shell.choices import Choice

    known = [Choice(grid.name) for grid in fitting]
    picked = answer(Question("Which sheet", known, "The sheets of the workbook."))
    return next(grid for grid in fitting if grid.name == picked)


def _columns(
    app: App, kind: Kind, wanted: Wanted, headings: tuple[str, ...], sheet: Sheet
) -> Columns:
    """What the columns are: known, said before, said now, or asked."""
    kept = [] if wanted.ask_again else app.school.get("imports", [])
    before = recognised(kept, headings, kind.name)
    if before:
        app.tell(
            "Note: the columns are read as they were before. To be asked again: "
            "--ask-again"
        )
    made = columns(headings, kind, wanted.answers, before)
    used = {n for row in sheet.rows for n, cell in enumerate(row.cells) if cell.strip()}
    filled = {head for n, head in enumerate(headings) if n in used}
    doubtful = [head for head in made.doubtful if head in filled]
    if doubtful and can_ask() and not wanted.yes:
        asked = {head: _answer_for(kind, head, headings, sheet) for head in doubtful}
        made = columns(headings, kind, {**wanted.answers, **asked}, before)
        doubtful = []
    if named := [h for h in made.unknown if h != NAMELESS or "" in filled]:
        listed = ", ".join(named[:_SHOWN])
        app.tell(f"Note: left aside, since nothing here needs them: {listed}.")
    if doubtful:
        app.tell(
            f"Note: if one of them matters ({', '.join(doubtful)}), say what it is: "
            f"{command_line('--map', f'{doubtful[0]}=FIELD')}"
        )
    return made


def _answer_for(
    kind: Kind, heading: str, headings: tuple[str, ...], sheet: Sheet
) -> str:
    """What a column is, as somebody says."""
    from sencli.cli.shell.asking import Question
    from sencli.cli.shell.asking import answer
    from sencli.cli.shell.choices import Choice

    place = headings.index(heading)
    texts = dict.fromkeys(
        row.cells[place].strip() for row in sheet.rows if len(row.cells) > place
    )
    some = [shortened(text, _WIDE, "…") for text in texts if text][:_EXAMPLES]
    known = [Choice(ASIDE, "leave it aside")]
    names = kind.asked or list(kind.fields)[:_LISTED]
    known += [Choice(name, kind.fields[name]) for name in names]
    question = f"Column {heading!r} ({', '.join(some)})"
    told = "What the column holds; aside where it is not needed."
    return answer(Question(safe_text(question), known, told, likely=ASIDE))


def _bytes(file: str, most: int) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read(most)
    try:
        return files.read_any(file, most)
    except FileNotFoundError:
        raise NotFound(f"There is no file {file!r}.") from None
    except OSError as error:
        raise EnvironmentFault(f"{file!r} cannot be read: {error.strerror}.") from None


def refuse_faults(faults: Sequence[str]) -> None:
    """Refuse the whole file where a cell of it cannot be taken.

    Raises:
        InvalidValue: names every such cell.
    """
    if not faults:
        return
    more = len(faults) - _SHOWN
    listed = [*_in_order(faults)[:_SHOWN], *([f"and {more} more"] if more > 0 else [])]
    lines = "".join(f"\n  {fault}" for fault in listed)
    raise InvalidValue(
        f"The file was not imported; nothing was changed.{lines}",
        "Mend these cells and import the file again.",
    )


def _in_order(faults: Sequence[str]) -> list[str]:
    """The faults by their line; what may be typed instead is listed once."""
    listed: set[str] = set()
    found = []
    for fault in sorted(faults, key=_line):
        told, _, choices = fault.partition(_CHOICES)
        found.append(told if choices in listed else fault)
        listed |= {choices} - {""}
    return found


def _line(fault: str) -> int:
    number = re.match(r"line (\d+)", fault)
    return int(number[1]) if number else 0


def tell_notes(app: App, notes: Sequence[str]) -> None:
    """Say what is worth a look."""
    for note in notes[:_SHOWN]:
        app.tell(f"Note: {note}")
    if len(notes) > _SHOWN:
        app.tell(f"Note: and {len(notes) - _SHOWN} more lines like these.")
