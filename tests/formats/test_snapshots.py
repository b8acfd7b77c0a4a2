"""The documents as text, kept beside the tests, so that a change is seen as a diff.

``SENCLI_WRITE_SNAPSHOTS=1 pytest tests/formats/test_snapshots.py`` writes them anew.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sencli.documents.view import View
from sencli.formats import FORMATS
from sencli.formats import render
from tests.formats.views import one_of_each
from tests.formats.views import provision_map
from tests.formats.views import summary

FOLDER = Path(__file__).parent / "snapshots"
WRITE = bool(os.environ.get("SENCLI_WRITE_SNAPSHOTS"))
VIEWS = {
    "summary": summary(),
    "map": provision_map(5),
    "each": one_of_each()[0],
}


@pytest.mark.parametrize("fmt", ["text", "md", "csv", "json", "html"])
@pytest.mark.parametrize(("name", "view"), VIEWS.items(), ids=VIEWS)
def test_a_document_is_as_it_was(name: str, view: View, fmt: str) -> None:
    made = render([view], fmt, wide=80)
    kept = FOLDER / f"{name}{FORMATS[fmt].suffix}"
    if fmt == "html":
        # the style sheet and the logo are not what this is about
        head, _, rest = made.partition(b"<style>")
        made = head + rest.partition(b"</style>")[2]
        made = made.replace(b"><", b">\n<") + b"\n"
    if WRITE:
        FOLDER.mkdir(exist_ok=True)
        kept.write_bytes(made)
    assert made.decode() == kept.read_text("utf-8")
