"""json: the data behind a View, or the View itself."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING
from typing import Any

from sencli.documents.view import Bar
from sencli.documents.view import Beside
from sencli.documents.view import Boxes
from sencli.documents.view import Keep
from sencli.documents.view import Table
from sencli.safe import is_control
from sencli.value import names

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Sequence

    from sencli.documents.view import Block
    from sencli.documents.view import Box
    from sencli.documents.view import View
    from sencli.formats import RenderOptions


_word = json.JSONEncoder(ensure_ascii=False, default=str).encode
_text = json.encoder.encode_basestring
_ON_PAPER = frozenset({"across", "first"})
"""How a block stands on a page, which is nothing that it says."""
_LAST_SHORT = 0xFFFF
"""Beyond it JSON writes a character as two."""


def write(views: Sequence[View], _options: RenderOptions) -> bytes:
    """One object, or a list of them when there is more than one view."""
    made = [plain(view) for view in views]
    return dumps(made[0] if len(made) == 1 else made)


def dumps(data: Any) -> bytes:
    """JSON that reads well, is UTF-8 whatever it holds, and is safe on a terminal."""
    text = _safe(_indented(data, "\n"))
    return f"{text}\n".encode()


def pieces(
    _view: View, _blocks: object, data: Iterable[Any], _options: RenderOptions
) -> Iterator[bytes]:
    """What ``dumps`` gives for a list of these, in pieces."""
    inner = "\n  "
    before = "["
    for item in data:
        yield f"{before}{inner}{_safe(_indented(item, inner))}".encode()
        before = ","
    yield b"[]\n" if before == "[" else b"\n]\n"


def _safe(text: str) -> str:
    if text.replace("\n", "").isprintable():
        return text
    return "".join(map(_escaped, text))


def plain(view: View) -> Any:
    """A View for json: its data, or else the View as an object."""
    if view.data is not None:
        return view.data() if callable(view.data) else view.data
    return {
        "title": view.title,
        "subtitle": view.subtitle,
        "school": view.school.name,
        "day": view.day,
        "lang": view.lang,
        "footer": view.footer,
        "fingerprint": view.fingerprint,
        **({"picture": view.picture.shown} if view.picture else {}),
        **({"opening": [_block(b) for b in view.opening]} if view.opening else {}),
        "blocks": [_block(block) for block in view.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    made: dict[str, Any] = {"type": type(block).__name__.lower()}
    if isinstance(block, Keep):
        return made | {"blocks": [_block(inner) for inner in block.blocks]}
    if isinstance(block, Table):
        return made | _table(block)
    if isinstance(block, Beside):
        sides = {"left": block.left, "right": block.right}
        return made | {side: [*map(_block, sides[side])] for side in sides}
    if isinstance(block, Boxes):
        return made | {"boxes": [_box(box) for box in block.boxes]}
    made |= {n: getattr(block, n) for n in names(block) if n not in _ON_PAPER}
    if "series" in made:
        said: dict[Any, str] = dict(made["names"])
        made["series"] = [
            {
                "name": series.name,
                "values": series.values,
                "words": [said.get(value) for value in series.values],
            }
            for series in made["series"]
        ]
    return made


def _box(box: Box) -> dict[str, Any]:
    inner = [_block(block) for block in box.blocks]
    return {"title": box.title, "style": box.style, "blocks": inner}


def _table(table: Table) -> dict[str, Any]:
    keys = [column.key for column in table.columns]
    rows = [dict(zip(keys, map(_raw, row), strict=True)) for row in table.rows]
    groups = [{"at": group.at, "heading": group.heading} for group in table.groups]
    split = len(rows) - table.totals
    return {
        "caption": table.caption,
        "columns": [
            {"key": column.key, "title": column.title, "kind": column.kind}
            for column in table.columns
        ],
        "rows": rows[:split],
        "totals": rows[split:],
        "empty": table.empty,
    } | ({"groups": groups} if groups else {})


def _raw(value: Any) -> Any:
    if isinstance(value, Bar):
        return {"text": value.text, "good": value.good, "of": value.of}
    return [*map(_raw, value)] if isinstance(value, tuple) else value


def _indented(data: Any, margin: str) -> str:
    """As ``json.dumps`` with an indent, which takes three times as long.

    JSON has no word for infinity and not-a-number: they are null.

    Args:
        data: what is written.
        margin: the end of the line before, and the blanks before its own end.
    """
    if isinstance(data, str):
        return _text(data)
    inner = f"{margin}  "
    if isinstance(data, dict) and data:
        fields = [f"{_name(name)}: {_indented(data[name], inner)}" for name in data]
        return f"{{{inner}{f',{inner}'.join(fields)}{margin}}}"
    if isinstance(data, list | tuple) and data:
        items = [_indented(item, inner) for item in data]
        return f"[{inner}{f',{inner}'.join(items)}{margin}]"
    if isinstance(data, float) and not math.isfinite(data):
        return "null"
    return _word(data)


def _name(name: Any) -> str:
    return _text(name) if isinstance(name, str) else f'"{_word(name)}"'


def _escaped(char: str) -> str:
    if char == "\n" or not is_control(char):
        return char
    code = ord(char)
    if code <= _LAST_SHORT:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
