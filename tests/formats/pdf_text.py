"""The words on each page of a PDF, read with pikepdf alone."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pikepdf

_HEX = rb"<([0-9A-Fa-f]+)>\s*"
_PAIR = re.compile(_HEX + _HEX)
_RANGE = re.compile(_HEX + _HEX + rb"(\[.*?\]|<[0-9A-Fa-f]+>)", re.DOTALL)
_BLOCK = re.compile(rb"begin(bfchar|bfrange)(.*?)endbf(?:char|range)", re.DOTALL)


def page_texts(data: bytes) -> list[str]:
    """The words of each page, without blanks: a page that is empty is ""."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return [_text(page) for page in pdf.pages]


def _text(page: Any) -> str:
    fonts = dict(page.get("/Resources", {}).get("/Font", {}))
    maps = {name: _map(font) for name, font in fonts.items()}
    said, now = [], {}
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) == "Tf":
            now = maps[str(operands[0])]
        elif str(operator) in {"Tj", "TJ"}:
            listed = operands[0] if str(operator) == "TJ" else [operands[0]]
            strings = (part for part in listed if isinstance(part, pikepdf.String))
            said += [_decoded(bytes(part), now) for part in strings]
    return re.sub("[\\s\u00ad\u200b\u00a0]", "", "".join(said))


def _decoded(raw: bytes, known: dict[int, str]) -> str:
    codes = [int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2)]
    return "".join(known.get(code, "") for code in codes)


def _map(font: Any) -> dict[int, str]:
    """What each glyph of a font stands for."""
    if "/ToUnicode" not in font:
        return {}
    found: dict[int, str] = {}
    for kind, block in _BLOCK.findall(bytes(font["/ToUnicode"].read_bytes())):
        if kind == b"bfchar":
            found |= {int(code, 16): _words(to) for code, to in _PAIR.findall(block)}
            continue
        for first, last, to in _RANGE.findall(block):
            start = int(first, 16)
            if to.startswith(b"["):
                for number, one in enumerate(re.findall(rb"<([0-9A-Fa-f]+)>", to)):
                    found[start + number] = _words(one)
            else:
                base = int(to.strip(b"<>"), 16)
                for code in range(start, int(last, 16) + 1):
                    found[code] = chr(base + code - start)
    return found


def _words(hexed: bytes) -> str:
    return bytes.fromhex(hexed.decode()).decode("utf-16-be")
