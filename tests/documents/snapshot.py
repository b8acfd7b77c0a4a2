"""Documents as text, held against files: what changes is seen in review.

``SENCLI_SNAPSHOTS=write pytest tests/documents`` writes them anew.
"""

from __future__ import annotations

import os
from pathlib import Path

from sencli.documents.view import View
from sencli.formats import render

WRITE = os.environ.get("SENCLI_SNAPSHOTS") == "write"
FOLDER = Path(__file__).parent / "snapshots"


def check(name: str, *views: View, fmt: str = "text") -> str:
    """The views in a format, when they are as the snapshot has them."""
    text = render(views, fmt).decode()
    path = FOLDER / name
    if WRITE:
        FOLDER.mkdir(exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    assert text == path.read_text("utf-8")
    return text
