"""A sample page with every kind of block, for testing a school's templates."""

from __future__ import annotations

from sencli.documents.view import ONE_PAGE
from sencli.documents.view import Beside
from sencli.documents.view import Box
from sencli.documents.view import Boxes
from sencli.documents.view import Break
from sencli.documents.view import Bullets
from sencli.documents.view import Chart
from sencli.documents.view import Column
from sencli.documents.view import Cut
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Letterhead
from sencli.documents.view import Quote
from sencli.documents.view import Series
from sencli.documents.view import Sign
from sencli.documents.view import Space
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View

_LINE = Series("words", (1.0, 3.0))

SPECIMEN = View(
    "Title",
    Letterhead("School"),
    "2026-01-01",
    (
        Text("Lead", "lead"),
        Heading("Heading"),
        Text("Text"),
        Text("Note", "note"),
        Text("Small", "small"),
        Bullets(("One", "Two")),
        Fields((("Name", "Value"),)),
        Table(
            (Column("name", "Name"), Column("number", "Number", "number")),
            (("One", 1), ("All", 1)),
            caption="Table",
            totals=1,
        ),
        Table((Column("name", "Name"),), (), empty="Nothing."),
        Keep((Heading("Chart", 3), Chart("line", ("a", "b"), (_LINE,), "Alt"))),
        Chart("bar", ("a", "b"), (_LINE,), "Alt", caption="Bars"),
        Quote("Words", "Somebody"),
        Sign(("Parent",)),
        Sign(("Parent", "Pupil"), notes=("agreed",), across=4),
        Boxes((Box("Box", (Text("Text", label="Label"),)), Box("", (), "strong"))),
        Beside((Text("Left"),), (Chart("course", ("a",), (_LINE,), "Alt"),)),
        Break(if_over=True),
        Space("Room", 2),
        Cut("Cut here"),
    ),
    subtitle="Subtitle",
    opening=(Text("Address"),),
    sheet=ONE_PAGE,
)
