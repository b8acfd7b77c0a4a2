"""Decode text from other programs: UTF-8, UTF-16 or Windows ANSI.

Notepad and Excel save in several encodings and PowerShell pipes in others; a name must
not come out as ``ZoÃ«``.
"""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

WINDOWS = "cp1252"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What are accented letters on an old Mac are signs on Windows, which stand in no name.
_MAC = re.compile(
    rb"[A-Za-z][\x80-\x84\x86-\x89\x8b\x8d\x8f\x90\x98\x99\x9b\x9d]"
    rb"|[a-z][\x8a\x8c\x8e\x9f]|[a-z]\x91(?![A-Za-z])"
    rb"|[\x80-\x84\x86-\x89\x8b\x8d\x8f\x90\x98\x99\x9b\x9d][a-z]"
)
_WINDOWS = re.compile(rb"[A-Za-z][\xc0-\xff]|[\xc0-\xff][a-z]")
_NAMES = {
    "mac-roman": "Mac OS Roman",
    "utf-16": "UTF-16",
    "cp1252": "Windows-1252",
    "latin-1": "Latin-1",
}


class Decoded(NamedTuple):
    """A text and how it was read.

    Attributes:
        text: the text, without a mark at its beginning.
        encoding: the encoding in words, or "" where it was UTF-8.
    """

    text: str
    encoding: str = ""


def decoded(data: bytes, page: str = "") -> Decoded:
    """The text of these bytes.

    Args:
        data: what a program wrote.
        page: the code page to read by where they are neither UTF-8 nor UTF-16; where
            none is known, Windows' own, or an old Mac's by the looks of the letters.

    Raises:
        UnicodeDecodeError: no encoding fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(data.decode(encoding), _NAMES.get(encoding, ""))
    if wide := _wide(data):
        return Decoded(data.decode(wide), "UTF-16")
    try:
        return Decoded(data.decode())
    except UnicodeDecodeError:
        encoding = codecs.lookup(page or "utf-8").name
        if encoding == "utf-8":
            encoding = WINDOWS
            if _MAC.search(data):
                if _WINDOWS.search(data):
                    raise  # letters of both: some would be garbled
                encoding = "mac-roman"
        text = data.decode(encoding)
        return Decoded(text, _NAMES.get(encoding, encoding.upper()))


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every other byte of plain words is nought."""
    if len(data) % 2 or not data:
        return ""
    half = len(data) // 4
    if data[1::2].count(0) > half:
        return "utf-16-le"
    return "utf-16-be" if data[0::2].count(0) > half else ""
