"""What a pack lacks, with what to type: for the SENCO alone."""

from __future__ import annotations

from collections.abc import Sequence

from sencli.core.reports.review_gaps import Lack
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Heading
from sencli.documents.view import Text


def gap_list(found: Sequence[Lack]) -> list[Block]:
    """The heading and each gap with its command."""
    lines = tuple(
        f"{lack.message}\n{lack.command}" if lack.command else lack.message
        for lack in found
    )
    none = Text("Nothing that this program can see.")
    return [Heading("What is missing"), Bullets(lines) if lines else none]
