"""A sheet to fill in as one web page: works off line, asks nothing of the network.

The page is made of ``templates/sheet``; its own script and style are the only ones that
it may run, by their digests. What it holds of the pupils is the sheet, as data.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Mapping
from typing import Any

from sencli import resources

_SCRIPTS = ("digest.js", "questions.js", "keeping.js", "page.js")
_ESCAPED = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}
"""What could end the data or be read as HTML; JSON reads it as itself."""


def page(sheet: Mapping[str, Any]) -> bytes:
    """The page of a sheet (`sencli.core.handover.sheet`), in UTF-8."""
    script = "".join(map(_template, _SCRIPTS))
    style = _template("page.css")
    parts = {
        "title": html.escape(f"Sheet for {sheet['for']}, {sheet['school']}"),
        "school": html.escape(str(sheet["school"])),
        "for": html.escape(str(sheet["for"])),
        "sheet": json.dumps(sheet, ensure_ascii=False).translate(_ESCAPED),
        "script": script,
        "style": style,
        "script-digest": _digest(script),
        "style-digest": _digest(style),
    }
    made = re.sub(
        r"\{\{([a-z-]+)\}\}", lambda found: parts[found[1]], _template("page.html")
    )
    return made.encode("utf-8")


def _template(name: str) -> str:
    return (resources.folder("templates") / "sheet" / name).read_text("utf-8")


def _digest(text: str) -> str:
    """As a content security policy names what may run."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"
