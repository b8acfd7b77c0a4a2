"""A sheet to fill in as an Excel workbook: lists to choose from, the rest locked.

What is not to be filled in is text in locked cells, and ``Check`` is the digest of all
of it with the seal: a workbook whose locked cells were changed is known when it comes
back. Nothing in it is a formula, hidden or locked with a password.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name

from sencli.core.handover.sealed import digest_of
from sencli.core.record.types import Entry
from sencli.core.text.dates import MONTHS
from sencli.core.text.dates import words
from sencli.core.time.calendar import DAYS
from sencli.value import Value

START, LISTS, CONCERNS = "Start here", "Lists", "Concerns"
CHECK, SIGNED = "Check", "Signed off"
LABELS = {
    "school": "School",
    "for": "For",
    "days": "Days",
    "expires": "Give it back by",
    "sheet": "Sheet",
    "seal": "Seal",
    "given_by": "Given by",
    "given_on": "Given on",
    "signed_off": SIGNED,
}
"""What stands on the first sheet, by the names of the answers."""
FILLED = ("given_by", "given_on", "signed_off")
CONCERN_ROWS = 20
NOT_ASKED = "-"
HEAD = 2
_A4 = 9
_LIST_MOST = 250
_WIDE = 60
_LINE, _LETTERS, _CODE = 16, 38, 20
"""Height of a line, letters that go into one, and from how many a word is a code."""

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_PROTECTION = {
    "select_locked_cells": True,
    "format_columns": True,
    "format_rows": True,
    "sort": True,
}


class FillTable(Value):
    """One of the tables to fill in.

    Attributes:
        kind: of the questions.
        title: of the sheet.
        locked: headings of the columns that say what is asked.
        open: headings of those that are filled in, by the fields of an answer; that of
            the sessions has a column a day in their place.
        hint: what stands under the headings.
    """

    kind: str
    title: str
    locked: tuple[str, ...]
    open: Mapping[str, str]
    hint: str


TABLES = (
    FillTable(
        "sessions",
        "Sessions",
        ("Ref", "Name", "Support"),
        {},
        "For each day: given, or why not. Leave empty what you cannot say.",
    ),
    FillTable(
        "measure",
        "Measures",
        ("Ref", "Name", "Outcome", "Measured in"),
        {"day": "On (day)", "value": "Value", "note": "Note"},
        "Where the pupil is now. No day: the day on which you give the sheet.",
    ),
    FillTable(
        "helped",
        "What helped",
        ("Ref", "Name", "Support or strategy"),
        {"answer": "Did it help?", "text": "What did you see?"},
        "What you saw, for the next review. The family may read it.",
    ),
    FillTable(
        "views",
        "Views",
        ("Ref", "Name", "Question"),
        {"text": "Words"},
        "In your words, and in the pupil's.",
    ),
)


def check_of(seal: str, sheets: Mapping[str, Iterable[Sequence[str]]]) -> str:
    """The digest of the locked cells: rows may have been sorted, and nothing else."""
    kept = {title: sorted(map(_stripped, rows)) for title, rows in sheets.items()}
    return digest_of({"seal": seal, "sheets": kept}, "check")


def _stripped(texts: Sequence[str]) -> list[str]:
    """The texts without the empty ones at the end."""
    kept = list(texts)
    while kept and not kept[-1]:
        kept.pop()
    return kept


def write(sheet: Entry) -> bytes:
    """The workbook of a sheet."""
    return _Book(sheet).bytes()


class _Book:
    """The workbook in the making; the rows of locked cells are kept for the check."""

    def __init__(self, sheet: Entry) -> None:
        self._held = BytesIO()
        self._book: Any = Workbook(self._held, _OPTIONS)
        made = date.fromisoformat(sheet["made"])
        self._book.set_properties(
            {"title": f"Sheet for {sheet['for']}", "created": made}
        )
        self._sheet = sheet
        self._rows: dict[str, list[list[str]]] = {}
        self._names = {one["id"]: one["name"] for one in sheet["pupils"]}
        self._forms = {
            "locked": self._form(bg_color="#eeeeee"),
            "ref": self._form(bg_color="#eeeeee", font_size=7, text_wrap=False),
            "head": self._form(bold=True, bg_color="#dddddd"),
            "open": self._form(locked=False, num_format="@"),
            "day": self._form(locked=False, num_format="dd/mm/yyyy"),
            "said": self._book.add_format({"text_wrap": True, "valign": "top"}),
            "title": self._book.add_format({"bold": True, "font_size": 14}),
        }
        # in the order of the tabs
        start = self._tab(START)
        tables = [(table, self._asked(table)) for table in TABLES]
        tabs = [(t, asked, self._tab(t.title)) for t, asked in tables if asked]
        concerns = any(q["kind"] == "concern" for q in sheet["questions"])
        concern = self._tab(CONCERNS) if concerns else None
        self._lists = self._tab(LISTS)
        self._column = 0
        self._staff = [f"{one['initials']} {one['name']}" for one in sheet["staff"]]
        self._people = self._list("Staff", self._staff)
        self._pupils = self._list("Pupils", list(self._names.values()))
        self._list("Their ids", list(self._names))
        for table, asked, tab in tabs:
            self._fill(table, asked, tab)
        if concern is not None:
            self._concerns(concern)
        self._start(start)

    def bytes(self) -> bytes:
        """The file."""
        self._book.close()
        return self._held.getvalue()

    def _form(self, **more: Any) -> Any:
        usual = {"border": 1, "text_wrap": True, "valign": "top", "locked": True}
        return self._book.add_format({**usual, **more})

    def _asked(self, table: FillTable) -> list[Entry]:
        return [q for q in self._sheet["questions"] if q["kind"] == table.kind]

    def _tab(self, title: str) -> Any:
        tab = self._book.add_worksheet(title)
        tab.set_paper(_A4)
        tab.set_landscape()
        tab.fit_to_pages(1, 0)
        tab.repeat_rows(0, HEAD - 1)
        tab.protect("", _PROTECTION)
        self._rows[title] = []
        return tab

    def _row(self, tab: Any, row: int, texts: Sequence[str], form: str) -> None:
        """Locked cells, kept for the check."""
        self._rows[tab.name].append([text.strip() for text in texts])
        for column, text in enumerate(texts):
            small = len(text) >= _CODE and " " not in text
            tab.write_string(row, column, text, self._forms["ref" if small else form])
        longest = max((len(text) for text in texts if " " in text), default=0)
        tab.set_row(row, _LINE * (1 + longest // _LETTERS))

    def _list(self, heading: str, values: Sequence[str]) -> str:
        """The range of a column of texts to choose from."""
        letter = xl_col_to_name(self._column)
        for row, text in enumerate((heading, *values)):
            self._lists.write_string(row, self._column, text, self._forms["locked"])
        # by columns here: the check takes them as rows
        self._rows[LISTS].append([heading, *(text.strip() for text in values)])
        self._lists.set_column(self._column, self._column, 30)
        self._column += 1
        return f"={LISTS}!${letter}$2:${letter}${max(2, len(values) + 1)}"

    def _choose(self, tab: Any, place: tuple[int, int], words_: Sequence[str]) -> None:
        """A list to choose from; a long one stands on the sheet of lists."""
        if not words_:
            return
        long = len(",".join(words_)) > _LIST_MOST or any("," in w for w in words_)
        source = self._list("Choices", words_) if long else list(words_)
        self._validate(tab, place, source)

    def _validate(self, tab: Any, place: tuple[int, int], source: Any) -> None:
        rule = {
            "validate": "list",
            "source": source,
            "error_title": "Not on the list",
            "error_message": "Choose from the list, or leave the cell empty.",
        }
        tab.data_validation(*place, *place, rule)

    def _fill(self, table: FillTable, asked: Sequence[Entry], tab: Any) -> None:
        days = sorted({day for one in asked for day in one["days"]})
        by_day = days if table.kind == "sessions" else []
        heads = list(table.open.values()) or [_short(day) for day in by_day]
        self._row(tab, 0, [*table.locked, *heads], "head")
        rest = [""] * (len(table.locked) - HEAD - 1)
        self._row(tab, 1, ["", "", table.hint, *rest, *by_day], "locked")
        tab.freeze_panes(HEAD, 2)
        tab.set_column(0, 0, 7)
        tab.set_column(1, 1, 24)
        tab.set_column(2, 2, 40)
        tab.set_column(HEAD + 1, HEAD + 1, 20)
        for at, field in enumerate(by_day or table.open, len(table.locked)):
            tab.set_column(at, at, _WIDE if field == "text" else 18)
        for row, one in enumerate(asked, HEAD):
            said = [one["id"], self._names[one["pupil"]], one["about"]]
            if table.kind == "measure":
                said.append(one["unit"] or one["scale"])
            self._row(tab, row, said, "locked")
            for at, field in enumerate(by_day or table.open, len(said)):
                self._open(tab, (row, at), field, one)

    def _open(self, tab: Any, place: tuple[int, int], field: str, one: Entry) -> None:
        """A cell to fill in, with what may stand in it."""
        if one["kind"] == "sessions" and field not in one["days"]:
            tab.write_string(*place, NOT_ASKED, self._forms["locked"])
            return
        tab.write_blank(*place, None, self._forms["day" if field == "day" else "open"])
        if field == "day" and one["days"]:
            first, last = (date.fromisoformat(one["days"][n]) for n in (0, -1))
            tab.data_validation(
                *(*place, *place),
                {
                    "validate": "date",
                    "criteria": "between",
                    "minimum": first,
                    "maximum": last,
                    "error_message": "A day of the sheet, such as "
                    f"{last.strftime('%d/%m/%Y')}.",
                },
            )
        elif field in {"answer", "value"} or one["kind"] == "sessions":
            self._choose(tab, place, [c["words"] for c in one["choices"]])

    def _concerns(self, tab: Any) -> None:
        about = next(
            q["about"] for q in self._sheet["questions"] if q["kind"] == "concern"
        )
        self._row(tab, 0, ["Pupil", "What worries you"], "head")
        self._row(tab, 1, ["Choose from the list, or type the name", about], "locked")
        tab.freeze_panes(HEAD, 1)
        tab.set_column(0, 0, 30)
        tab.set_column(1, 1, 100)
        for row in range(HEAD, HEAD + CONCERN_ROWS):
            for column in (0, 1):
                tab.write_blank(row, column, None, self._forms["open"])
        if self._names:
            tab.data_validation(
                *(HEAD, 0, HEAD + CONCERN_ROWS - 1, 0),
                {
                    "validate": "list",
                    "source": self._pupils,
                    "error_type": "information",
                    "error_message": "This name is not on the sheet.",
                },
            )

    def _start(self, tab: Any) -> None:
        sheet = self._sheet
        said = {
            **{name: str(sheet.get(name, "")) for name in LABELS},
            "days": f"{words(sheet['from'])} to {words(sheet['to'])}",
            "expires": words(sheet["expires"]),
        }
        tab.set_column(0, 0, 20)
        tab.set_column(1, 1, _WIDE)
        tab.write_string(0, 0, f"Sheet for {sheet['for']}", self._forms["title"])
        how = (
            "Fill in the white cells of the other sheets, say here who you are, sign "
            "it off, save it and give it back. It holds pupils' names: keep it safe."
        )
        tab.merge_range(1, 0, 1, 1, how, self._forms["said"])
        tab.set_row(1, 48)
        self._rows[START] = []
        row = HEAD
        for name, label in LABELS.items():
            if name in FILLED:
                tab.write_string(row, 0, label, self._forms["head"])
                form = "day" if name == "given_on" else "open"
                tab.write_blank(row, 1, None, self._forms[form])
                if name == "given_by" and len(sheet["staff"]) == 1:
                    tab.write_string(row, 1, self._staff[0], self._forms[form])
            else:
                self._row(tab, row, [label, said[name]], "locked")
            if name == "given_by":
                self._validate(tab, (row, 1), self._people)
            if name == "signed_off":
                self._choose(tab, (row, 1), ["yes", "no"])
            row += 1
        check = check_of(str(sheet["seal"]), self._rows)
        tab.write_string(row, 0, CHECK, self._forms["head"])
        tab.write_string(row, 1, check, self._forms["ref"])


def _short(day: str) -> str:
    """``Mon 30 Nov``."""
    found = date.fromisoformat(day)
    weekday, month = DAYS[found.weekday()].capitalize(), MONTHS[found.month - 1][:3]
    return f"{weekday} {found.day} {month}"
