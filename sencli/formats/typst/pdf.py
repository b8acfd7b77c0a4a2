"""pdf: tagged and accessible (PDF/UA-1), the same bytes from the same View."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sencli.formats.typst.table_tags import finished
from sencli.formats.typst.typeset import typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sencli.documents.view import View
    from sencli.formats import RenderOptions


def write(views: Sequence[View], options: RenderOptions) -> bytes:
    """One file, each view from its own page on."""
    return finished(typeset(views, "pdf", options))


def pages(pdf: bytes) -> int:
    """How many pages a file that we wrote has."""
    return len(re.findall(rb"/Type/Page\b", pdf))
