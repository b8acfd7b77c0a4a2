"""Views for the tests: each block once, a parents' summary, a long provision map."""

from __future__ import annotations

import struct
import zlib
from itertools import count
from typing import Any

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
from sencli.value import replace

LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">'
    b'<circle cx="32" cy="32" r="30" fill="#1f6f54"/></svg>'
)
OAK = Letterhead("Oak Primary School", "#1f6f54", LOGO, "svg")
DAY = "2025-12-11"


def png(side: int = 8) -> bytes:
    """A picture, small unless it is asked for large."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x20\x60\xa0" * side) * side)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(kind, body)
        for kind, body in ((b"IHDR", head), (b"IDAT", rows), (b"IEND", b""))
    )


def one_of_each() -> tuple[View, set[str]]:
    """A View with every block, and the words that every format must show."""
    words: set[str] = set()
    numbers = count(100)

    def word(stem: str) -> str:
        # letters only, so that no format has a reason to write it differently
        made = stem + "".join(chr(97 + int(digit)) for digit in str(next(numbers)))
        words.add(made)
        return made

    table = Table(
        (
            Column("first", word("Coltitle")),
            Column("second", word("Coltitle"), "pence"),
            Column("third", "Hidden title", hidden=True),
            Column("fourth", word("Coltitle"), "square"),
        ),
        ((word("cell"), 7425, "not shown", 3), (word("cell"), 100, "not shown", 0)),
        word("caption"),
        1,
    )
    lines = Chart(
        "line",
        (word("label"), word("label")),
        (Series(word("series"), (1.0, 3.0)), Series(word("series"), (None, 2.0))),
        word("alt"),
        word("caption"),
        (0.0, 10.0),
        4.0,
        word("target"),
    )
    scale = Chart(
        "line",
        (word("label"), word("label")),
        (Series(word("series"), (0, 1)),),
        word("alt"),
        names=((0, word("scale")), (1, word("scale")), (2, word("scale"))),
    )
    bars = Chart(
        "bar",
        (word("label"), word("label")),
        (Series(word("series"), (-2.0, 2.0)),),
        word("alt"),
    )
    parts = Chart(
        "stack",
        (word("label"),),
        (Series(word("series"), (3.0,)), Series(word("series"), (1.0,))),
        word("alt"),
    )
    course = Chart("spark", ("", ""), (Series("", (1.0, 3.0)),), word("alt"))
    small = Chart(
        "course",
        ("first", "second"),
        (Series("series", (1.0, 2.0)),),
        word("alt"),
        word("caption"),
        (0.0, 10.0),
        3.0,
        "aim",
        until=20.0,
        until_label="until",
        target_x=15.0,
    )
    blocks = (
        Heading(word("heading")),
        Heading(word("deeper"), 5),
        Text(f"{word('text')} and\n{word('secondline')}"),
        *(Text(word(style), style) for style in ("lead", "small", "note")),
        Text(word("cymraeg"), lang="cy"),
        Bullets((word("bullet"), word("bullet"))),
        Fields(((word("name"), word("value")), (word("name"), word("value")))),
        table,
        Table(table.columns, (), word("emptycaption"), empty=word("empty")),
        lines,
        scale,
        bars,
        parts,
        course,
        Quote(word("quote"), word("by")),
        Sign((word("signer"), word("signer")), word("datelabel")),
        Space(word("space")),
        Cut(word("cut")),
        Text(word("labelled"), label=word("textlabel")),
        Sign((word("rowed"), word("rowed")), word("datelabel"), (word("note"),), 4),
        Boxes(
            (
                Box(word("box"), (Text(word("boxed")),)),
                Box(word("box"), (Bullets((word("boxed"),)),), "strong"),
            )
        ),
        Boxes(
            (
                Box(word("box"), (Text(word("boxed")), Space("", 1)), "plain", 2),
                Box(word("box"), (Fields(((word("name"), word("value")),)),)),
            ),
            2,
        ),
        Beside((Text(word("left")),), (Text(word("right")), small), marked=True),
        Break(),
        Keep((Heading(word("kept")), Keep((Text(word("keptinside")),)))),
    )
    view = View(
        word("title"),
        replace(OAK, name=word("school")),
        DAY,
        blocks,
        word("subtitle"),
        footer=word("footer"),
        fingerprint=word("fingerprint"),
        labels={"page": word("page"), "printed": word("printed")},
    )
    return view, words - {view.labels["page"]}


def summary(name: str = "Amelia Khan", **changes: Any) -> View:
    """A parents' summary of one pupil."""
    support = Table(
        (
            Column("provision", "Support"),
            Column("by", "Who"),
            Column("dose", "How often"),
            Column("from", "Since", "date"),
            Column("sessions", "Sessions so far", "number"),
        ),
        (
            (
                "Precision teaching (reading words quickly, a little every day)",
                "Mrs Ali, teaching assistant",
                "3 times a week, 30 minutes, in a group of 4",
                "2025-09-22",
                29,
            ),
            (
                "Visual timetable",
                "Mr Morris, class teacher",
                "every day in class",
                "2025-09-18",
                None,
            ),
        ),
    )
    progress = Chart(
        "line",
        ("15 September", "17 October", "14 November", "11 December"),
        (Series("Words read on sight", (22, 37, 48, 63)),),
        "Words read on sight: 22 on 15 September, 37 on 17 October, 48 on 14 November "
        "and 63 on 11 December. The target of 60 was reached.",
        "Words read on sight, of 100",
        (0, 32, 60, 87),
        60,
        "Target",
    )
    made = View(
        f"How {name} is getting on",
        OAK,
        DAY,
        (
            Text("This page says what we did and how it went.", "lead"),
            Heading("What we are working on"),
            Bullets(("Reads 60 common words on sight, on two days running.",)),
            Heading("What we are doing, and who does it"),
            support,
            Heading("How it went"),
            progress,
            Heading("What you and Amelia told us"),
            Quote("She reads to her brother now.", "Sana Khan, mother"),
            Heading("What happens next"),
            Text("We move on to short phrases and meet again on 27 March 2026."),
            Keep((Heading("Your notes"), Space("Anything you want to tell us"))),
            Keep((Heading("Signatures"), Sign(("Parent or carer", "SENCO")))),
        ),
        "Autumn term 2025, class 4B",
        footer="Oak Primary School: confidential",
        fingerprint="7f3a-91c2-b04e",
    )
    return replace(made, **changes)


NAMES = (
    "Amelia Khan",
    "Ben Adeyemi",
    "Zażółć Gęślą-Jaźńkiewicz",
    "Wolfeschlegelsteinhausenbergerdorffson Featherstonehaugh",
    "Siân Llŷr ap Gwynfryn",
)


def provision_map(rows: int = 40) -> View:
    """A costed map of the whole school, with a row of totals."""
    columns = (
        Column("name", "Pupil"),
        Column("class", "Class"),
        Column("needs", "Needs"),
        Column("provision", "Provision"),
        Column("tier", "Tier"),
        Column("minutes", "Minutes", "number"),
        Column("from", "From", "date"),
        Column("until", "Until", "date"),
        Column("cost_pence", "Cost", "pence"),
    )
    made: list[tuple[Any, ...]] = [
        (
            NAMES[at % len(NAMES)],
            "4B",
            ["SLCN", "SEMH"] if at % 2 else ["SpLD"],
            "Precision teaching",
            "targeted",
            30,
            "2025-09-22",
            "2025-12-12",
            7425 + at,
        )
        for at in range(rows)
    ]
    total = sum(row[-1] for row in made)
    made.append(("Total", "", None, "", "", None, None, None, total))
    caption = "All provision on 20 October 2025"
    return View(
        "Provision map",
        OAK,
        "2025-10-20",
        (Table(columns, tuple(made), caption, 1),),
        "Whole school",
        footer="Oak Primary School: confidential",
        fingerprint="7f3a-91c2-b04e",
        landscape=True,
    )
