"""Finding an id, a name or a number again in any bytes, in whatever form they lie."""

from __future__ import annotations

import gzip
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Collection
from collections.abc import Iterator
from contextlib import suppress

from sencli.core import erasing
from sencli.errors import UsageFault
from sencli.value import Value

_LIMIT = 50_000_000
_SHORTEST = 3
# damaged, encrypted, or packed in a way that is not known
_UNREADABLE = (zipfile.BadZipFile, RuntimeError, OSError, zlib.error)
_STREAM = re.compile(rb"stream\r?\n")
# between a first and a last name, in prose, in a table and in a record
_BETWEEN = rb"[^a-zA-Z0-9]{1,5}(?:(?:first|last)_name: ['\"]?)?"


class Needle(Value):
    """One thing to look for.

    Attributes:
        shown: what it is called to people.
        anchors: lower-case bytes of which at least one stands in every place; quick to
            look for.
        pattern: what it looks like.
    """

    shown: str
    anchors: tuple[bytes, ...]
    pattern: re.Pattern[bytes]

    def found(self, data: bytes, low: bytes) -> bool:
        """Whether it stands in these bytes.

        Args:
            data: the bytes.
            low: the same in lower case.
        """
        if self.anchors and not any(anchor in low for anchor in self.anchors):
            return False
        return self.pattern.search(data) is not None


def needles(ids: Collection[str], words: Collection[str]) -> list[Needle]:
    """What to look for: ids where they stand by themselves, words in either order.

    Raises:
        UsageFault: a word is so short that it is found everywhere.
    """
    found = [Needle(i, (i.lower().encode(),), erasing.word([i])) for i in sorted(ids)]
    for typed in words:
        parts = unicodedata.normalize("NFC", typed).split()
        if len("".join(parts)) < _SHORTEST:
            raise UsageFault(
                f"{typed!a} is too short to look for: it would be found everywhere.",
                'Give a whole name: --words "First Last"',
            )
        found.append(_of_words(typed, parts))
    return found


def _of_words(typed: str, parts: list[str]) -> Needle:
    orders = [parts] if len(parts) == 1 else [parts, parts[::-1]]
    either = []
    for form in ("NFC", "NFD"):
        for order in orders:
            spelt = [re.escape(unicodedata.normalize(form, p).encode()) for p in order]
            either.append(_BETWEEN.join(spelt))
    either += [re.escape(typed.encode(code)) for code in ("utf-16-be", "utf-16-le")]
    plain = [p for p in parts if p.isascii()]
    longest = max(plain, key=len, default="").lower()
    anchors = tuple(longest.encode(code) for code in ("ascii", "utf-16-be"))
    pattern = rb"(?i)(?<![a-zA-Z0-9])(?:" + b"|".join(either) + rb")(?![a-zA-Z0-9])"
    return Needle(typed, anchors if longest else (), re.compile(pattern))


def seen(data: bytes, wanted: Collection[Needle]) -> list[str]:
    """What of it stands in these bytes, also within what is packed in them."""
    found: dict[str, None] = {}
    for part in (data, *_unpacked(data)):
        low = part.lower()
        found |= {one.shown: None for one in wanted if one.found(part, low)}
    return list(found)


def _unpacked(data: bytes) -> Iterator[bytes]:
    """What is packed in a document: a spreadsheet, a letter, a PDF, an archive."""
    if data.startswith(b"PK\3\4"):
        yield from _zipped(data)
    elif data.startswith(b"\x1f\x8b"):
        try:
            with gzip.open(io.BytesIO(data)) as file:
                yield file.read(_LIMIT)
        except (OSError, EOFError, zlib.error):
            return
    elif data.startswith(b"%PDF"):
        for at in _STREAM.finditer(data):
            try:
                yield zlib.decompressobj().decompress(data[at.end() :], _LIMIT)
            except zlib.error:
                continue


def _zipped(data: bytes) -> Iterator[bytes]:
    """Names and contents of an archive; one that cannot be read hides no other."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.infolist():
                yield entry.filename.encode()
                with suppress(*_UNREADABLE), archive.open(entry) as file:
                    yield file.read(_LIMIT)
    except _UNREADABLE:
        return
