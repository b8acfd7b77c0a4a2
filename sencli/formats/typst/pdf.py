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


_TITLE = re.compile(rb"/Title<((?:[0-9A-F]{4})+)>")
_MAY_BREAK = b"200B"


def write(views: Sequence[View], options: RenderOptions) -> bytes:
    """One file, each view from its own page on."""
    return _TITLE.sub(_unbroken, finished(typeset(views, "pdf", options)))


def _unbroken(title: re.Match[bytes]) -> bytes:
    """A bookmark without the places where its heading may break, as long as before.

    With them, who looks for a name among the bookmarks finds nobody.
    """
    digits = (title[1][at : at + 4] for at in range(0, len(title[1]), 4))
    kept = b"".join(four for four in digits if four != _MAY_BREAK)
    return (b"/Title<%s>" % kept).ljust(len(title[0]))


def pages(pdf: bytes) -> int:
    """How many pages a file that we wrote has."""
    return len(re.findall(rb"/Type/Page\b", pdf))
