"""Finding an id, a name or a number again in any bytes, in whatever form they lie."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Collection
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property

from sencli.core import erasing
from sencli.core.folding import fold
from sencli.core.folding import key
from sencli.core.names_in_text import text_words
from sencli.errors import UsageFault
from sencli.value import Value

_LIMIT = 50_000_000
_SHORTEST = 3
# damaged, encrypted, or packed in a way that is not known
_UNREADABLE = (zipfile.BadZipFile, RuntimeError, OSError, zlib.error)
_STREAM = re.compile(rb"stream\r?\n")
# between a first and a last name, in prose, in a table and in a record
_BETWEEN = r"[\W_]{0,5}(?:(?:first|last)_name: ['\"]?)?"
_WIDE = re.compile(rb"(?:\0[\x20-\x7e]){3}|(?:[\x20-\x7e]\0){3}")
# within a double-barrelled name, or one with an apostrophe
_WITHIN = r"[\W_]{0,2}"


class Page:
    """Some bytes, as text in each way in which they may be one.

    Args:
        data: the bytes.
    """

    def __init__(self, data: bytes) -> None:
        self.data = data

    @cached_property
    def low(self) -> bytes:
        """The bytes in lower case."""
        return self.data.lower()

    @cached_property
    def plain(self) -> bool:
        """Whether folding changes no more than the case: nearly all there is."""
        return self.data.isascii() and b"\0" not in self.data

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The texts, folded as names are."""
        wide = self._wide()
        try:
            return (fold(self.data.decode()), *map(fold, wide))
        except UnicodeDecodeError:
            narrow = self.data.decode("cp1252", "ignore")
            loose = self.data.decode("utf-8", "ignore")
            return tuple(map(fold, (loose, narrow, *wide)))

    def _wide(self) -> Iterator[str]:
        """The texts with two bytes a letter, wherever they begin."""
        if _WIDE.search(self.data):
            for data in (self.data, self.data[1:]):
                yield data.decode("utf-16-le", "ignore")
                yield data.decode("utf-16-be", "ignore")


class Needle(Value):
    """One thing to look for.

    Attributes:
        shown: what it is called to people.
        anchor: what stands in every place, folded; quick to look for.
        pattern: what it looks like: of bytes, or of folded text.
    """

    shown: str
    anchor: str
    pattern: re.Pattern[bytes] | re.Pattern[str]

    def found(self, page: Page) -> bool:
        """Whether it stands there."""
        if isinstance(self.pattern.pattern, bytes):
            near = self.anchor.encode() in page.low
            return near and self.pattern.search(page.data) is not None
        if page.plain and self.anchor.encode() not in page.low:
            return False
        return any(
            self.anchor in text and self.pattern.search(text) for text in page.texts
        )


def needles(ids: Collection[str], words: Collection[str]) -> list[Needle]:
    """What to look for: ids where they stand by themselves, words in either order.

    Words are found however they are spelt, by the folding of names.

    Raises:
        UsageFault: a word is so short that it is found everywhere.
    """
    found = [Needle(i, i.lower(), erasing.word([i])) for i in sorted(ids)]
    for typed in words:
        parts = typed.split()
        if len(key("".join(parts))) < _SHORTEST:
            raise UsageFault(
                f"{typed!a} is too short to look for: it would be found everywhere.",
                "Give a whole name: --words WORDS",
            )
        found.append(_of_words(typed, parts))
    return found


def _of_words(typed: str, parts: list[str]) -> Needle:
    split = [[word.key for word in text_words(part)] for part in parts]
    spelt = [_WITHIN.join(map(re.escape, words)) for words in split if words]
    orders = [spelt] if len(spelt) == 1 else [spelt, spelt[::-1]]
    either = "|".join(_BETWEEN.join(order) for order in orders)
    longest = max((word for words in split for word in words), key=len, default="")
    return Needle(typed, longest, re.compile(rf"(?<![^\W_])(?:{either})(?![^\W_])"))


def seen(data: bytes, wanted: Collection[Needle]) -> list[str]:
    """What of it stands in these bytes, also within what is packed in them."""
    found: dict[str, None] = {}
    for part in (data, *_unpacked(data)):
        page = Page(part)
        found |= {one.shown: None for one in wanted if one.found(page)}
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
