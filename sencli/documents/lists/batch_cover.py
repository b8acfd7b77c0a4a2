"""The list in front of a batch of papers: for whoever prints them, and nobody else.

Whose which paper is, on which pages of the file, and what was left out and why.
"""

from __future__ import annotations

from collections.abc import Sequence

from sencli.core.text.plural import plural
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Column
from sencli.documents.view import Heading
from sencli.documents.view import Letterhead
from sencli.documents.view import Table
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.value import Value

STAFF_ONLY = (
    "For the SENCO: not for families. This sheet names every child of the batch, so "
    "take it off before anything goes out."
)


class Listed(Value):
    """A paper of a batch: whose it is, of which class, what it is, and for whom."""

    who: str
    class_: str
    paper: str
    reader: str


def batch_cover(
    papers: Sequence[Listed], left_out: Sequence[str], school: Letterhead, day: str
) -> View:
    """The list of a batch, in the order of the file.

    Args:
        papers: the papers that follow.
        left_out: what is not in the batch or not on a paper, in sentences.
        school: whose they are.
        day: ISO date that they speak of.
    """
    columns = (
        Column("who", "Who", width=5),
        Column("class", "Class", width=2),
        Column("paper", "Paper", width=8),
        Column("reader", "For", width=4),
        Column("pages", "Pages", "page", width=2),
    )
    rows = tuple(
        (one.who, one.class_, one.paper, one.reader, place)
        for place, one in enumerate(papers, 1)
    )
    body: list[Block] = [Text(STAFF_ONLY, "note"), Table(columns, rows, dense=True)]
    body.append(Heading("Left out, and why"))
    body.append(Bullets(tuple(left_out)) if left_out else Text("Nothing."))
    return View(
        f"Cover list: {plural(len(papers), 'paper')}",
        school,
        day,
        tuple(body),
        footer="Staff only: take this sheet off",
        cover=True,
    )
