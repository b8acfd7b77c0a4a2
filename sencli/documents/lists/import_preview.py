"""What taking in a file would do, as a table to say yes to."""

from __future__ import annotations

from sencli.core.handover.import_words import Preview
from sencli.core.record.types import Entry
from sencli.documents.view import Block
from sencli.documents.view import Column
from sencli.documents.view import Heading
from sencli.documents.view import Letterhead
from sencli.documents.view import Table
from sencli.documents.view import View

_PARTS = (
    ("new", "New", "What the file says"),
    ("changed", "Changes", "Old -> new"),
    ("stays", "Stays as it was written here", "Kept, and what the file has"),
    ("back", "Back on the roll", "Why"),
    ("gone", "Left, it seems", "If so, type"),
)


def import_preview(told: Preview, what: str, school: Entry, day: str) -> View:
    """The preview of a file.

    Args:
        told: what would be done.
        what: what the rows are: ``Pupil``.
        school: ``school.yaml``.
        day: ISO date.
    """
    blocks: list[Block] = []
    for name, title, second in _PARTS:
        rows = getattr(told, name)
        if rows:
            # what is new has one row each; of a pupil's contacts there may be several
            number = len(rows if name == "new" else {who for who, _ in rows})
            blocks += [
                Heading(f"{title}: {number}"),
                Table((Column("who", what), Column("what", second)), tuple(rows)),
            ]
    return View(
        "What the file would change",
        Letterhead(school.get("name", "")),
        day,
        tuple(blocks),
        data={name: [list(row) for row in getattr(told, name)] for name, *_ in _PARTS},
    )
