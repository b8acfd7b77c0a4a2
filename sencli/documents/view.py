"""The View: every document and list makes one, and every format renders it.

Values in tables are raw (int pence, ISO dates, numbers); each format writes them its
own way. A View holds no markup: all its text is data.
"""

from __future__ import annotations

from typing import Any
from typing import Literal

from sencli.value import Value
from sencli.value import field

ColumnKind = Literal[
    "text",
    "number",
    "pence",
    "date",
    "percent",
    "yes",
    "square",
    "note",
    "command",
    "page",
]


class Column(Value):
    """One column of a table.

    Attributes:
        key: the field's name in json and csv; equals the name in the YAML.
        title: what stands over the column for people.
        kind: how the raw value is written. ``pence`` is integer pence, ``date`` ISO
            text, ``percent`` a whole number of per cent, ``yes`` a boolean, ``square``
            a count in a square, darker the more of its row's squares it holds.
            ``page`` is the number of a paper in the file: on paper its pages there.
            ``note`` has no column where people read: it ends the cell before it, small.
            ``command`` is to be typed, and no line breaks it.
        width: its share of the page; 0 lets the format choose.
        hidden: in csv and json only.
        blank: stays for people though nothing is in it: it is to be written in by hand.
            Other columns without a value are left out of what people see.
    """

    key: str
    title: str
    kind: ColumnKind = "text"
    width: int = 0
    hidden: bool = False
    blank: bool = False


class Heading(Value):
    """A heading; level 1 is the document's own title, so blocks begin at 2."""

    text: str
    level: int = 2


class Text(Value):
    """A paragraph; lines are kept. ``lang`` marks another language (BCP 47).

    ``label`` stands before it in strong type, as "Help:".
    """

    text: str
    style: Literal["normal", "lead", "small", "note"] = "normal"
    lang: str = ""
    label: str = ""


class Bullets(Value):
    """A list of short texts; with ``first`` they are numbered from it."""

    items: tuple[str, ...]
    first: int = 0


class Fields(Value):
    """Name and value pairs; where there is paper, in so many columns ``across``."""

    rows: tuple[tuple[str, str], ...]
    across: int = 1


STEPS = 5
"""Of a small bar; of fewer than so many there is none."""


class Bar(Value):
    """A value of a table: a small bar of five steps behind a text.

    A value may also be a tuple of these, one under another. Of fewer than five there is
    no bar and no figure: one pupil would be a fifth of it.

    Attributes:
        text: what stands before the bar, or "".
        good: how many it counts.
        of: of how many.
    """

    text: str = ""
    good: int = 0
    of: int = 0

    @property
    def steps(self) -> int | None:
        """How many of the five steps are filled; None where there are too few."""
        if self.of < STEPS:
            return None
        return (2 * STEPS * self.good + self.of) // (2 * self.of)


class Group(Value):
    """Rows of a table under a heading row of their own: the row it begins with."""

    at: int
    heading: str


class Table(Value):
    """Rows of raw values under columns; the last ``totals`` rows are totals.

    A ``large`` one is to be read from afar, where there is paper; a ``dense`` one
    stands closer, to be looked up in. ``groups``, in the order of the rows, head those
    from theirs to the next; csv leaves them out.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]
    caption: str = ""
    totals: int = 0
    empty: str = ""
    large: bool = False
    groups: tuple[Group, ...] = ()
    dense: bool = False


class Series(Value):
    """One line or set of bars; ``None`` is "not measured" and leaves a gap."""

    name: str
    values: tuple[float | None, ...]


class Chart(Value):
    """A small chart that survives black-and-white printing.

    ``stack`` parts a bar for each label by the series, with the counts in the parts;
    ``spark`` is one small line without an axis, for its ends and its course; ``course``
    is a small one of values, to stand beside what it is about: its days run on to
    ``until``, and the target is a point at ``target_x`` too.
    ``x`` gives each label's place (days from the first, say) where spacing matters;
    ``target`` draws a dashed line; ``names`` maps values to words (ordinal scales).
    ``alt`` says in words all that the picture shows.
    """

    kind: Literal["line", "bar", "stack", "spark", "course"]
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    alt: str
    caption: str = ""
    x: tuple[float, ...] = ()
    target: float | None = None
    target_label: str = ""
    names: tuple[tuple[float, str], ...] = ()
    until: float | None = None
    until_label: str = ""
    target_x: float | None = None


class Quote(Value):
    """Somebody's words, and who said them when."""

    text: str
    by: str = ""
    lang: str = ""


class Sign(Value):
    """Room for signatures: a name or role, and a date, each.

    ``across`` is how many stand in a row (0: as the page is wide); ``notes`` say of
    each what is known already, as that they agreed.
    """

    who: tuple[str, ...]
    date_label: str = "Date"
    notes: tuple[str, ...] = ()
    across: int = 0


class Space(Value):
    """Room to write by hand: so many ruled lines under a label."""

    label: str
    lines: int = 3


class Cut(Value):
    """A line to cut along, and what is to be done with what is below it."""

    label: str


class Break(Value):
    """A new page, where there are pages; ``first``: only after the first of them.

    One ``if_over`` is made only where a View whose ``Sheet`` has sizes of type is more
    than a page in each: what follows it goes over whole.
    """

    first: bool = False
    if_over: bool = False


class Keep(Value):
    """Blocks kept together on one page, such as a heading and its table."""

    blocks: tuple[Block, ...]


class Box(Value):
    """A box with a title; ``strong`` is light on the school's colour.

    ``span`` is how many columns of its ``Boxes`` it takes.
    """

    title: str
    blocks: tuple[Block, ...]
    style: Literal["plain", "tint", "strong"] = "tint"
    span: int = 1


class Boxes(Value):
    """Boxes side by side, in rows of so many columns (0: all in one row).

    ``fill`` is the share of what is left of a sheet by which they are taller; it says
    nothing within other blocks. ``level`` is that of their titles.
    """

    boxes: tuple[Box, ...]
    columns: int = 0
    fill: int = 0
    level: int = 3


class Beside(Value):
    """Blocks, and others at their right, such as a small chart.

    ``wide`` is the share of the right ones in a hundred; ``marked`` draws a line of
    the school's colour where they begin.
    """

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    wide: int = 40
    marked: bool = False


Block = (
    Heading
    | Text
    | Bullets
    | Fields
    | Table
    | Chart
    | Quote
    | Sign
    | Space
    | Cut
    | Break
    | Keep
    | Boxes
    | Beside
)


class Letterhead(Value):
    """The school's letterhead: name, logo (PNG, JPEG or SVG bytes), colour."""

    name: str
    colour: str = "#1f4e79"
    logo: bytes = b""
    logo_format: Literal["", "png", "jpg", "svg"] = ""


class Sheet(Value):
    """The sheet that a View is printed on; on a screen it says nothing.

    Attributes:
        size: a ``card`` is a quarter of A4: four to a sheet, with lines to cut along.
        type: sizes of type in points, the largest first: the first with which all is
            on one sheet (or all before a ``Break``) is taken. None is the theme's own;
            0 is a shade below it, and then each is set until one is a single sheet.
        over: the size where not even the smallest is enough, and it goes on overleaf;
            0 is the smallest.
        tables: their letters too are of that size, though it is not above the usual.
        shared: neighbours that are shared too stand on the same sheet.
    """

    size: Literal["a3", "a4", "a5", "card"] = "a4"
    type: tuple[float, ...] = ()
    over: float = 0
    shared: bool = False
    tables: bool = False


ONE_PAGE = Sheet(type=(0, 9.4, 9))
"""One page of A4 in about the theme's type or a smaller one, else several in that."""


def grown(smallest: float, largest: float) -> tuple[float, ...]:
    """The sizes of type in between by half points, the largest first."""
    steps = round((largest - smallest) * 2)
    return tuple(largest - step / 2 for step in range(steps + 1))


class Picture(Value):
    """A photo or drawing beside the title, or a frame to put one in by hand.

    Attributes:
        label: what stands in the empty frame.
        alt: what the picture shows, in words.
        data: PNG or JPEG; none is the frame.
        kind: which of the two.
        width: in pixels, as the file has them.
        height: the same.
        turned: how a camera was held, 1 to 8, as EXIF says it.
    """

    label: str
    alt: str = ""
    data: bytes = b""
    kind: Literal["png", "jpeg"] = "png"
    width: int = 1
    height: int = 1
    turned: int = 1

    @property
    def shown(self) -> str:
        """What is to be seen, in words."""
        return (self.alt if self.data else "") or self.label


class Aside(Value):
    """Advice for whoever prints, not shown on the paper.

    Attributes:
        message: what there is to know.
        command: what to type about it, or "".
        grave: whether ``--strict`` refuses the paper for it.
    """

    message: str
    command: str = ""
    grave: bool = False


class View(Value):
    """A document or list, ready for any format.

    Attributes:
        title: level-1 heading, PDF title and bookmark.
        school: whose paper it is.
        day: ISO date that it speaks of.
        blocks: its body.
        subtitle: one line under the title.
        lang: language of the wording (BCP 47).
        footer: one line at the foot of every page; fingerprint and day are added.
        fingerprint: short fingerprint of the records' content it was made from, or "".
        pupils: ids of the pupils whose records it was made from.
        landscape: the page lies on its side.
        data: what ``--format json`` prints, or a function that makes it; ``None``
            prints the view itself.
        labels: words of the frame itself in ``lang``: page, of, printed, fingerprint,
            in_words, yes, no; and day, the day already written out.
        opening: what stands above the title, as an address and a date do in a letter.
        cover: it is the list in front of a batch, and no paper of its own.
        asides: what the one who prints is told, on standard error.
        sheet: what it is printed on.
        large: in large print, on as many pages as it takes.
        picture: stands beside the title and the first block, or None.
    """

    title: str
    school: Letterhead
    day: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    lang: str = "en-GB"
    footer: str = ""
    fingerprint: str = ""
    landscape: bool = False
    data: Any = None
    labels: dict[str, str] = field(default_factory=dict)
    opening: tuple[Text, ...] = ()
    pupils: tuple[str, ...] = ()
    asides: tuple[Aside, ...] = ()
    sheet: Sheet = Sheet()
    large: bool = False
    picture: Picture | None = None
    cover: bool = False
