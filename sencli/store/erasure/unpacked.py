"""What stands packed in a file: archives, PDFs, mails, and copies of git's own objects.

A bundle or a copied `.git` in the folder is a backup that somebody made: it holds each
record that there ever was, and no letter of it can be read as it lies there.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress

_LIMIT = 50_000_000
# an archive within an archive within an archive
_DEEPEST = 3
# damaged, encrypted, or packed in a way that is not known
_UNREADABLE = (zipfile.BadZipFile, RuntimeError, OSError, zlib.error)
_STREAM = re.compile(rb"stream\r?\n")
_MAIL = (b"mime-version:", b"content-transfer-encoding:")
_MAIL_HEAD = 20_000
_BUNDLE = (b"# v2 git bundle\n", b"# v3 git bundle\n")
_PACK = b"PACK"
_PACK_HEAD = 12
_OFS_DELTA, _REF_DELTA = 6, 7
_NAME_SIZE = 20
_SLICE = 65_536
_ZLIB_FIRST, _ZLIB_CHECK = 0x78, 31


def unpacked(data: bytes, deep: int = 0) -> Iterator[bytes]:
    """Each content that stands packed in these bytes, however deep.

    Of git's objects that are kept as a difference, only what the difference adds.
    """
    if deep == _DEEPEST:
        return
    for part in _packed_in(data):
        yield part
        yield from unpacked(part, deep + 1)


def _packed_in(data: bytes) -> Iterator[bytes]:
    if data.startswith(b"PK\3\4"):
        yield from _zipped(data)
    elif data.startswith(b"%PDF"):
        for at in _STREAM.finditer(data):
            yield from _inflated(data[at.end() :])
    elif data.startswith((_PACK, *_BUNDLE)):
        yield from _objects(data)
    elif data.startswith((b"\x1f\x8b", b"BZh", b"\xfd7zXZ\0")):
        yield from _stream(data)
    elif data[:1] == b"x" and int.from_bytes(data[:2]) % _ZLIB_CHECK == 0:
        yield from _inflated(data)
    elif any(head in data[:_MAIL_HEAD].lower() for head in _MAIL):
        yield from _mail(data)


def _inflated(data: bytes) -> Iterator[bytes]:
    with suppress(zlib.error):
        yield zlib.decompressobj().decompress(data, _LIMIT)


def _stream(data: bytes) -> Iterator[bytes]:
    """A file that was packed by itself, such as a tape archive."""
    with suppress(EOFError, lzma.LZMAError, *_UNREADABLE):
        if data.startswith(b"B"):
            yield bz2.BZ2Decompressor().decompress(data, _LIMIT)
        elif data.startswith(b"\xfd"):
            yield lzma.LZMADecompressor().decompress(data, _LIMIT)
        else:
            with gzip.open(io.BytesIO(data)) as file:
                yield file.read(_LIMIT)


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


def _mail(data: bytes) -> Iterator[bytes]:
    """Heads and parts of a saved mail, whose lines are coded for the road."""
    import email  # a tenth of a second, for few
    from email import policy

    message = email.message_from_bytes(data, policy=policy.default)
    for part in message.walk():
        with suppress(LookupError, ValueError):
            yield "\n".join(f"{k}: {v}" for k, v in part.items()).encode()
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content not in data:
            yield content


def _objects(data: bytes) -> Iterator[bytes]:
    """The objects of a pack of git, or of a bundle around one."""
    at = data.find(b"\n\n" + _PACK) + 2 if data.startswith(_BUNDLE) else 0
    at += _PACK_HEAD
    with suppress(IndexError, zlib.error):
        while at < len(data) - _NAME_SIZE:
            kind = data[at] >> 4 & 7
            at = _after(data, at)
            if kind == _OFS_DELTA:
                at = _after(data, at)
            elif kind == _REF_DELTA:
                at += _NAME_SIZE
            work = zlib.decompressobj()
            parts = []
            while not work.eof and at < len(data):
                parts.append(work.decompress(data[at : at + _SLICE]))
                at += min(_SLICE, len(data) - at) - len(work.unused_data)
            yield b"".join(parts)


def _after(data: bytes, at: int) -> int:
    """Where a number ends that goes on as long as the highest bit is set."""
    while data[at] & 0x80:
        at += 1
    return at + 1
