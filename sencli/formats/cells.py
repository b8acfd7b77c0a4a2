"""Write raw values for people: pounds, British dates, yes and no."""

from __future__ import annotations

from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

from sencli.core.text import dates
from sencli.core.text.money import pounds
from sencli.documents.view import STEPS
from sencli.documents.view import Bar

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Mapping
    from collections.abc import Sequence

    from sencli.documents.view import Bullets
    from sencli.documents.view import Chart
    from sencli.documents.view import Column
    from sencli.documents.view import ColumnKind
    from sencli.documents.view import Sign
    from sencli.documents.view import Table
    from sencli.documents.view import View


FRAME_WORDS = {
    "page": "Page",
    "of": "of",
    "printed": "",
    "fingerprint": "Fingerprint",
    "as_made": "as made",
    "papers": "{number} papers",
    "in_words": "This chart in words",
    "yes": "Yes",
    "no": "No",
}
"""Words of the frame in English; ``View.labels`` may give others.

``day`` in ``View.labels`` is the View's day already written in its language.
"""

MEASURED = frozenset(
    {
        "aim",
        "baseline",
        "entry",
        "exit",
        "latest",
        "new_year_group",
        "now",
        "target",
        "value",
        "year_group",
    }
)
"""Columns of words and numbers: values on any scale, and years (R, 1, 10)."""


def frame_word(view: View, key: str) -> str:
    """A word of the frame in the View's own language, or else in English."""
    return view.labels.get(key, FRAME_WORDS.get(key, ""))


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


_EMPTY: tuple[Any, ...] = (None, "", (), [])


def long_date(text: str) -> str:
    """An ISO date as 12 March 2026; what is no date stays as it is."""
    return dates.words(text) if _is_date(text) else text


def short_date(text: str) -> str:
    """An ISO date as 12/03/2026, for tables; what is no date stays as it is."""
    return dates.short(text) if _is_date(text) else text


def number(value: float) -> str:
    """A number with two decimals at most and none that say nothing."""
    if isinstance(value, int):
        return str(value)
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return value
    if bars := bars_of(value):
        return "\n".join(map(bar_words, bars))
    if isinstance(value, list | tuple):
        return ", ".join([_plain(item) for item in value])
    if isinstance(value, dict):
        import json

        return json.dumps(value, ensure_ascii=False)
    return number(value) if isinstance(value, int | float) else str(value)


def bars_of(value: Any) -> tuple[Bar, ...]:
    """The bars that a value of a table is made of; none of most."""
    if isinstance(value, Bar):
        return (value,)
    if isinstance(value, tuple) and value and isinstance(value[0], Bar):
        return value
    return ()


def bar_words(bar: Bar) -> str:
    """``Reading group ■■■■□ 8 of 9``: a bar where there is no picture."""
    if bar.steps is None:
        return bar.text
    drawn = "■" * bar.steps + "□" * (STEPS - bar.steps)
    return f"{bar.text} {drawn} {counted(bar)}".strip()


def counted(bar: Bar) -> str:
    """What a bar says in figures: ``8 of 9``; "" where there are too few."""
    return "" if bar.steps is None else f"{bar.good} of {bar.of}"


_OF_NUMBERS: dict[str, Callable[[Any], str]] = {
    "pence": lambda value: pounds(round(value)),
    "percent": lambda value: f"{number(value)}%",
    "number": number,
    "square": number,
}


def cell(value: Any, kind: ColumnKind, words: Mapping[str, str] = FRAME_WORDS) -> str:
    """A raw value of a table as people read it; None is empty.

    A value that does not fit its kind ("not costed" among pence) is written as it is.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        key = "yes" if value else "no"
        return words.get(key, FRAME_WORDS[key])
    if kind in _OF_NUMBERS and isinstance(value, int | float):
        return _OF_NUMBERS[kind](value)
    if kind == "date":
        return short_date(str(value))
    return _plain(value)


def to_the_right(column: Column) -> bool:
    """Whether the column is aligned right, as sums are."""
    return column.kind in _OF_NUMBERS


def file_title(views: Sequence[View]) -> str:
    """``Oakfield Primary School: 12 papers``: of several it names none of the children.

    One paper's is its own.
    """
    first = views[0]
    if len(views) == 1:
        return first.title or first.school.name
    papers = sum(not view.cover for view in views)
    count = frame_word(first, "papers").replace("{number}", str(papers))
    return ": ".join(part for part in (first.school.name, count) if part)


def foot(view: View, *, changeable: bool = False) -> str:
    """The line at the foot: the footer, the day and the fingerprint.

    Args:
        view: what it stands under.
        changeable: whether the file is one to write in, which no code can vouch for.
    """
    # without its own words another language gets figures and no English months
    plain = long_date if view.lang.lower().startswith("en") else short_date
    day = view.labels.get("day") or plain(view.day)
    made = f" ({frame_word(view, 'as_made')})" if changeable else ""
    parts = [
        view.footer,
        f"{frame_word(view, 'printed')} {day}".strip(),
        f"{frame_word(view, 'fingerprint')} {view.fingerprint}{made}".strip()
        if view.fingerprint
        else "",
    ]
    return " · ".join(part for part in parts if part.strip())


SAID = frozenset({"spark", "course"})
"""Charts that are said in their own words, without a table of each of their points."""


def chart_notes(chart: Chart) -> list[str]:
    """A chart's texts: the target, the scale, and the description in words.

    Of a small one the description, which says all, stands for the whole.
    """
    if chart.kind in SAID:
        return [chart.alt] if chart.alt else []
    notes = []
    if chart.target is not None:
        aim = dict(chart.names).get(chart.target, number(chart.target))
        notes.append(f"{chart.target_label} ({aim})".strip())
    steps = [value for value, _ in chart.names]
    if steps and steps == [steps[0] + at for at in range(len(steps))]:
        # the words of a scale in their order; of ages each stands with its value
        notes.append(", ".join(word for _, word in chart.names))
    if chart.alt:
        notes.append(chart.alt)
    return notes


def signers(sign: Sign) -> list[str]:
    """Those who sign, each with what is known of them already."""
    noted = zip_longest(sign.who, sign.notes[: len(sign.who)], fillvalue="")
    return [f"{who} ({note})" if note else who for who, note in noted]


class Grid(NamedTuple):
    """Written cells under titles.

    Attributes:
        titles: over each column.
        rows: the cells, row by row.
        right: for each column, whether it stands at its right edge.
        stiff: for each column, whether its words (sums, dates) must not be broken.
        totals: how many of the last rows are totals.
        groups: the row that each group begins with, and its heading.
        bars: the bars by the place of their cell, row and column.
        commands: for each column, whether it holds what is to be typed.
    """

    titles: list[str]
    rows: list[list[str]]
    right: list[bool]
    stiff: list[bool]
    totals: int = 0
    groups: Mapping[int, str] = {}
    bars: Mapping[tuple[int, int], tuple[Bar, ...]] = {}
    commands: Sequence[bool] = ()


def notes_of(table: Table) -> list[tuple[int, list[str]]]:
    """The notes of a table: the column of the grid that each ends, and one a row."""
    places = shown_places(table)
    return [
        (
            sum(place < at for place in places) - 1,
            [str(r[at] or "") for r in table.rows],
        )
        for at, column in enumerate(table.columns)
        if column.kind == "note"
    ]


def of_table(table: Table, words: Mapping[str, str], *, notes: bool = True) -> Grid:
    """The table's columns that people see; ``words`` are the View's labels.

    A note ends its cell in brackets, but where ``notes_of`` is asked for them.
    """
    places = shown_places(table)
    columns = [table.columns[at] for at in places]
    right = [to_the_right(column) for column in columns]
    # column by column: a school's whole register has tens of thousands of cells
    cells = [
        _column([row[at] for row in table.rows], column, words)
        for at, column in zip(places, columns, strict=True)
    ]
    for at, texts in notes_of(table) if notes else ():
        pairs = zip(cells[at], texts, strict=True)
        cells[at] = [f"{text} [{note}]" if note else text for text, note in pairs]
    return Grid(
        titles=[column.title for column in columns],
        rows=[*map(list, zip(*cells, strict=True))] if cells else [],
        right=right,
        stiff=[
            at_right or column.kind in {"date", "yes"}
            for at_right, column in zip(right, columns, strict=True)
        ],
        totals=table.totals,
        groups={group.at: group.heading for group in table.groups},
        bars={
            (at, place): bars
            for place, column in enumerate(places)
            for at, row in enumerate(table.rows)
            if type(row[column]) is not str and (bars := bars_of(row[column]))
        },
        commands=[column.kind == "command" for column in columns],
    )


def shown_places(table: Table) -> list[int]:
    """The places of the columns that people see; one without a value is left out."""
    open_ = [
        at
        for at, column in enumerate(table.columns)
        if not column.hidden and column.kind != "note"
    ]
    filled = [
        at
        for at in open_
        if table.columns[at].blank or any(_shows(row[at]) for row in table.rows)
    ]
    return filled or open_


_NUMBERS_OF = frozenset({"id", "upn"})


def row_names(table: Table) -> int:
    """Which of the columns that people see names the rows; -1 where none does.

    It is the first, or the first after an id, where it has a text or a day for each row
    and not the same one for most of them.
    """
    for place, at in enumerate(shown_places(table)):
        column = table.columns[at]
        if column.key in _NUMBERS_OF:
            continue
        texts = [row[at] for row in table.rows]
        named = column.kind in {"text", "date"} and all(
            isinstance(text, str) and text.strip() for text in texts
        )
        return place if named and 2 * len({*texts}) >= len(texts) else -1
    return -1


def _shows(value: object) -> bool:
    """Whether people see anything of a value; of a bar of too few they do not."""
    if value in _EMPTY:
        return False
    bars = () if type(value) is str else bars_of(value)
    return not bars or any(map(bar_words, bars))


def _column(
    values: Sequence[object], column: Column, words: Mapping[str, str]
) -> list[str]:
    kind = column.kind
    if kind in {"text", "command"}:
        return [v if type(v) is str else cell(v, kind, words) for v in values]
    if kind == "date":
        known = {day: cell(day, kind, words) for day in set(values)}
        return [known[day] for day in values]
    return [cell(value, kind, words) for value in values]


def of_chart(chart: Chart) -> Grid:
    """A chart as a small table: a row for each label, a column for each series."""
    words = dict(chart.names)
    rows = []
    for place, label in enumerate(chart.labels):
        values = [series.values[place : place + 1] for series in chart.series]
        shown = [
            "" if not at or at[0] is None else words.get(at[0], number(at[0]))
            for at in values
        ]
        rows.append([label, *shown])
    numbers = not chart.names
    return Grid(
        titles=["", *(series.name for series in chart.series)],
        rows=rows,
        right=[False, *[numbers] * len(chart.series)],
        stiff=[False, *[numbers] * len(chart.series)],
    )


def leads(block: Bullets) -> list[str]:
    """What stands before each item of a list: a dash, or its number right-aligned."""
    if not block.first:
        return ["- "] * len(block.items)
    last = block.first + len(block.items) - 1
    wide = len(str(last))
    return [f"{number:>{wide}}. " for number in range(block.first, last + 1)]
