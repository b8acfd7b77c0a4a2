"""Turn a View into data for the Typst templates."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING
from typing import Any

from sencli.core.text.lines import has_ties
from sencli.documents.made_in.language_marks import unmarked
from sencli.documents.made_in.language_marks import without_marks
from sencli.documents.view import Beside
from sencli.documents.view import Boxes
from sencli.documents.view import Break
from sencli.documents.view import Bullets
from sencli.documents.view import Chart
from sencli.documents.view import Cut
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Picture
from sencli.documents.view import Quote
from sencli.documents.view import Sign
from sencli.documents.view import Space
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.formats import cells as grid
from sencli.formats import cells as written
from sencli.formats import charts
from sencli.formats.bidi import language_is_leftward
from sencli.formats.charts import canvas
from sencli.formats.typst import colours
from sencli.formats.typst import fit
from sencli.formats.typst.fit import ems
from sencli.formats.typst.text_runs import clean
from sencli.formats.typst.text_runs import lang_of
from sencli.formats.typst.text_runs import page_in
from sencli.formats.typst.text_runs import run
from sencli.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from sencli.documents.view import Bar
    from sencli.documents.view import Block
    from sencli.documents.view import View
    from sencli.formats.typst.fit import Widths


class Levels:
    """The level that each heading really takes; the title above is level 1.

    Attributes:
        heading: the last heading, by which a table without a caption goes.
    """

    def __init__(self) -> None:
        self._last = 1
        self.heading: Any = ""

    def next(self, wanted: int) -> int:
        """At least 2, at most one deeper than the heading before, at most 6."""
        self._last = max(2, min(wanted, self._last + 1, 6))
        return self._last


Laid = dict[str, Any]

_TALL_ROW = 20
_TALL_HEAD = 8
_LONG_WORD = 28.0
_NAME = 12.0
_BESIDE = 8.0
"""Ems of a title that there are beside a picture, however small the sheet."""
_BOLD = 1.08
_LARGE = 1.5


def view_data(view: View, logo: int | None, picture: Laid | None = None) -> Laid:
    """The view for the templates.

    Args:
        view: what to print.
        logo: which of the logos that go with it is the school's, or None.
        picture: the file of the picture beside its title, or None.
    """
    with page_in(view.lang):
        return _view_data(view, logo, picture)


def _view_data(view: View, logo: int | None, picture: Laid | None) -> Laid:
    title = _one_line(view.title) or _one_line(view.school.name) or "Untitled"
    levels = Levels()
    levels.heading = run(title, narrow=_LONG_WORD)
    first, after = fit.sides_of_break(view)
    first = fit.held(first)
    return {
        "title": unmarked(title),
        "heading": run(title, narrow=_BESIDE if view.picture else _LONG_WORD),
        "subtitle": run(
            view.subtitle, narrow=2 * _BESIDE if view.picture else _LONG_WORD
        ),
        "school": run(view.school.name, narrow=_LONG_WORD),
        "logo": logo,
        "accent": colours.readable(view.school.colour),
        "tint": colours.tint(view.school.colour),
        "landscape": view.landscape,
        "large": view.large,
        "size": view.sheet.size,
        "sizes": list(first.sheet.type),
        "by_size": _by_size(first),
        # from the theme's own type on, size by size, until it is one page
        "step": 0 if first.sheet.type[:1] == (0,) else None,
        "grows": fit.grows(view),
        "over": view.sheet.over or min(first.sheet.type, default=0),
        "tall": not fit.fits_on_page(Keep(view.blocks), view),
        "picture": _picture(view.picture, picture),
        "fills": sum(b.fill for b in view.blocks if isinstance(b, Boxes)),
        "rtl": language_is_leftward(view.lang),
        "foot": run(written.foot(view), narrow=_LONG_WORD),
        "page": clean(written.frame_word(view, "page")),
        "of": clean(written.frame_word(view, "of")),
        "in_words": clean(written.frame_word(view, "in_words")),
        "opening": [_text(block) for block in view.opening],
        "blocks": [
            _block(block, part, widths, levels)
            for part in (first, after)
            for widths in [fit.widths_of(part)]
            for block in part.blocks
        ],
    } | (lang_of(view.lang) or lang_of("en-GB"))


def _picture(picture: Picture | None, file: Laid | None) -> Laid | None:
    if picture is None:
        return None
    label = run(picture.label, narrow=_NAME)
    alt = _one_line(picture.shown) or "Picture"
    return {"label": label, "alt": alt} | (file or {"file": None, "url": None})


def _one_line(text: str) -> str:
    return " ".join(clean(text).split())


def _block(block: Block, view: View, every: Widths, levels: Levels) -> Laid:
    if isinstance(block, Keep):
        inner = [_block(part, view, every, levels) for part in block.blocks]
        tall = not fit.fits_on_page(block, view)
        return {"is": "keep", "blocks": inner, "tall": tall}
    if isinstance(block, Boxes | Beside):
        return _side_by_side(block, view, every, levels)
    if isinstance(block, Heading):
        words = _one_line(block.text)
        level = levels.next(block.level) if words else 0
        text = run(words, narrow=_LONG_WORD)
        levels.heading = text or levels.heading
        return {"is": "heading", "level": level, "text": text}
    if isinstance(block, Table):
        laid = _table(block, view, every[fit.like(block)])
        kind = [*every].index(fit.like(block))
        return laid | {"goes_by": laid["caption"] or levels.heading, "kind": kind}
    if isinstance(block, Chart):
        return _chart(block, view)
    return _SIMPLE[type(block)](block)


def _side_by_side(
    block: Boxes | Beside, view: View, every: Widths, levels: Levels
) -> Laid:
    def laid(blocks: Sequence[Block]) -> list[Laid]:
        return [_block(part, view, every, levels) for part in blocks]

    tall = not fit.fits_on_page(block, view)
    if isinstance(block, Beside):
        return {
            "is": "beside",
            "left": laid(block.left),
            "right": laid(block.right),
            "wide": max(1, min(block.wide, 99)),
            "marked": block.marked,
            "tall": tall,
        }
    columns = block.columns or sum(max(1, box.span) for box in block.boxes)
    columns = max(1, columns)
    boxes: list[Laid] = []
    taken = 0
    for box in block.boxes:
        span = max(1, min(box.span, columns))
        # what does not fit beside the others begins a row
        left = -taken % columns
        taken += span + (left if span > left > 0 else 0)
        boxes.append(
            {
                "head": laid((Heading(box.title, block.level),)),
                "blocks": laid(box.blocks),
                "style": box.style,
                "span": span,
                "gap": left if span > left > 0 else 0,
            }
        )
    laid_out = {"boxes": boxes, "columns": columns, "tall": tall}
    return {"is": "boxes", "fill": block.fill} | laid_out


def _text(block: Text) -> Laid:
    text = run(block.text, block.lang, _LONG_WORD)
    label = run(block.label, narrow=_LONG_WORD)
    return {"is": "text", "style": block.style, "text": text, "label": label}


def _quote(block: Quote) -> Laid:
    text = run(block.text, block.lang, _LONG_WORD)
    return {"is": "quote", "text": text, "by": run(block.by, narrow=_LONG_WORD)}


def _bullets(block: Bullets) -> Laid:
    return {
        "is": "bullets",
        "items": [run(item, "", _LONG_WORD) for item in block.items],
        "first": block.first,
    }


def _fields(block: Fields) -> Laid:
    rows = [
        [run(name, narrow=_NAME), run(value, narrow=_LONG_WORD)]
        for name, value in block.rows
    ]
    return {"is": "fields", "rows": rows, "across": block.across}


def _sign(block: Sign) -> Laid:
    noted = zip_longest(block.who, block.notes[: len(block.who)], fillvalue="")
    who = [[run(name, narrow=_NAME), run(note, narrow=_NAME)] for name, note in noted]
    date = run(block.date_label, narrow=_NAME)
    return {"is": "sign", "who": who, "date": date, "across": max(0, block.across)}


def _space(block: Space) -> Laid:
    label = run(block.label, narrow=_LONG_WORD)
    return {"is": "space", "label": label, "lines": max(0, block.lines)}


def _cut(block: Cut) -> Laid:
    return {"is": "cut", "label": run(block.label, narrow=_LONG_WORD)}


_SIMPLE: dict[type, Callable[[Any], Laid]] = {
    Text: _text,
    Quote: _quote,
    Bullets: _bullets,
    Fields: _fields,
    Sign: _sign,
    Space: _space,
    Cut: _cut,
    Break: lambda block: {
        "is": "break",
        "first": block.first,
        "if_over": block.if_over,
    },
}


def _table(block: Table, view: View, widths: list[float]) -> Laid:
    made = grid.of_table(block, view.labels, notes=False)
    caption = run(block.caption, narrow=_LONG_WORD)
    if not made.rows or not made.titles:
        return {"is": "empty", "caption": caption, "text": run(block.empty)}

    scale = _LARGE if block.large else 1.0
    if fit.grows(view):
        # a word must fit its column also where type is at its largest
        scale = max(view.sheet.type) / min(view.sheet.type)

    def cells(row: list[str], bold: float = 1.0, at: int = -1) -> list[Any]:
        narrow = [wide / bold / scale for wide in widths]
        return [
            _bars(bars, wide)
            if (bars := made.bars.get((at, place), ()))
            else run(text, "", wide)
            for place, (text, wide) in enumerate(zip(row, narrow, strict=True))
        ]

    rows = [cells(row, at=at) for at, row in enumerate(made.rows)]
    for at, place in enumerate(grid.shown_places(block)):
        if block.columns[place].kind == "page":
            for row, raw in zip(rows, block.rows, strict=True):
                row[at] = {"lines": [str(raw[place])], "page": raw[place]}
    for at, notes in grid.notes_of(block):
        for row, note in zip(rows, notes, strict=True):
            row[at] = _noted(row[at], note)
    return {
        "is": "table",
        "caption": caption,
        "titles": cells(made.titles, _BOLD),
        "widths": _with_air(fit.like(block), widths),
        "right": made.right,
        "whole": made.stiff,
        "commands": made.commands,
        "names": grid.row_names(block),
        # looking for them in every cell would cost a quarter of a long table's time
        "figures": has_ties(text for row in made.rows for text in row),
        "rows": rows,
        "groups": [
            {"at": at, "text": run(heading, narrow=_LONG_WORD)}
            for at, heading in made.groups.items()
        ],
        "totals": made.totals,
        "shades": _shades(block),
        "square": [
            block.columns[at].kind == "square" for at in grid.shown_places(block)
        ],
        "large": block.large,
        "dense": block.dense,
        # where somebody writes there is room for a hand
        "by_hand": any(column.blank for column in block.columns),
        # a head of half a page would leave no room for what it heads
        "repeat": _deep(made.titles, widths) <= _TALL_HEAD,
        # a row taller than a page must be let break, or its end would be lost
        "tall": max(_deep(row, widths) for row in made.rows) > _TALL_ROW,
    }


def _with_air(columns: fit.Like, widths: list[float]) -> list[float]:
    every, places = columns
    return [
        round(width + fit.gutter(every[place]), 2)
        for place, width in zip(places, widths, strict=True)
    ]


def _by_size(view: View) -> list[list[list[float]]]:
    """For each size of type that is tried, the widths of each kind of table."""
    if not fit.grows(view):
        return []
    sized = (
        replace(view, sheet=replace(view.sheet, type=(size,)))
        for size in view.sheet.type
    )
    return [
        [_with_air(like, widths) for like, widths in fit.widths_of(one).items()]
        for one in sized
    ]


_SHADES = (0.0, 0.34, 0.67)


def _shades(block: Table) -> list[list[int]]:
    """For each cell how dark its square is, 0 to 3; -1 where there is none."""
    columns = [(at, block.columns[at].kind) for at in grid.shown_places(block)]
    if all(kind != "square" for _, kind in columns):
        return []
    return [_shaded(row, columns) for row in block.rows]


def _shaded(row: tuple[Any, ...], columns: Sequence[tuple[int, str]]) -> list[int]:
    counts = {
        at: row[at] for at, kind in columns if kind == "square" and type(row[at]) is int
    }
    whole = sum(counts.values()) or 1
    return [
        sum(counts[at] / whole > step for step in _SHADES) if at in counts else -1
        for at, _ in columns
    ]


def _bars(bars: tuple[Bar, ...], wide: float) -> Laid:
    """A cell of bars: the steps are a picture, and what they say is text beside it."""
    return {
        "bars": [
            {
                "text": run(bar.text, narrow=wide),
                "steps": bar.steps,
                "said": grid.counted(bar),
            }
            for bar in bars
        ]
    }


def _noted(text: Any, note: str) -> Any:
    """A text with a small note at its end."""
    if not note:
        return text
    whole = {"lines": [text]} if isinstance(text, str) else text
    return whole | {"note": clean(note)}


def _deep(row: list[str], widths: list[float]) -> float:
    """About how many lines a row takes in columns of these widths."""
    return max(
        ems(text) / wide + text.count("\n")
        for text, wide in zip(row, widths, strict=True)
    )


def _chart(block: Chart, view: View) -> Laid:
    # a picture without words for it would be refused
    words = block.alt.strip() or block.caption.strip() or block.kind
    return {
        "is": "chart",
        "caption": run(block.caption, narrow=_LONG_WORD),
        "small": block.kind == "course",
        "alt": clean(unmarked(words)).replace("\n", " ") or block.kind,
        "drawing": charts.draw(
            without_marks(block),
            colours.readable(view.school.colour),
            canvas.NARROW if view.large else canvas.WIDTH,
        ),
    }
