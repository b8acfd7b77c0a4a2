"""A photo or drawing of a pupil: a PNG or JPEG, without what a camera adds to it.

A telephone writes into a photo where and when it was taken: a paper that leaves the
school must not carry the address of a child's home.
"""

from __future__ import annotations

import struct
import zlib
from typing import Literal

from sencli.errors import InvalidValue
from sencli.value import Value

LARGEST = 15_000_000
_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8"
_SHOWN = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"sRGB", b"gAMA", b"iCCP")
_COLOURS = (0xE0, 0xE2, 0xEE)
"""The parts of a JPEG that say how its colours are meant."""
_EXIF = 0xE1
_SCAN = 0xDA
_NO_FRAME = (0xC4, 0xC8, 0xCC)
_TURNED = 0x0112
_MOST_PIXELS = 100_000_000


class Photo(Value):
    """A picture that can be printed.

    Attributes:
        data: the file, with nothing in it but the picture.
        kind: ``png`` or ``jpeg``.
        width: in pixels, as the file has them.
        height: the same.
        turned: how a camera was held, 1 to 8, as EXIF says it.
    """

    data: bytes
    kind: Literal["png", "jpeg"]
    width: int
    height: int
    turned: int = 1


def photo(data: bytes) -> Photo:
    """The picture in a file.

    Raises:
        InvalidValue: it is no PNG or JPEG, is not whole, or is far too large.
    """
    if len(data) > LARGEST:
        raise InvalidValue(
            f"The picture has {len(data) / 1e6:.0f} MB: at most "
            f"{LARGEST // 1_000_000} are printed.",
            "Make it smaller and attach that: sen document add PUPIL FILE",
        )
    try:
        made = _png(data) if data.startswith(_PNG) else _jpeg(data)
    except (struct.error, IndexError, ValueError):
        made = None
    if made is None or not 0 < made.width * made.height <= _MOST_PIXELS:
        raise InvalidValue(
            "The file is no PNG or JPEG that can be read whole.",
            "Save the picture as PNG or JPEG, and attach that: "
            "sen document add PUPIL FILE",
        )
    return made


def _png(data: bytes) -> Photo | None:
    kept, at, name = [_PNG], len(_PNG), b""
    while name != b"IEND":
        (length,) = struct.unpack_from(">I", data, at)
        chunk = data[at : at + length + 12]
        name = chunk[4:8]
        (check,) = struct.unpack(">I", chunk[-4:])
        if len(chunk) != length + 12 or zlib.crc32(chunk[4:-4]) != check:
            return None
        if name in _SHOWN:
            kept.append(chunk)
        at += len(chunk)
    width, height = struct.unpack_from(">II", data, len(_PNG) + 8)
    return Photo(b"".join(kept), "png", width, height)


def _jpeg(data: bytes) -> Photo | None:
    if not data.startswith(_JPEG) or b"\xff\xd9" not in data[-_LAST:]:
        return None
    kept, at, turned, size = [_JPEG], len(_JPEG), 1, (0, 0)
    while True:
        if data[at] != _MARK:
            return None
        name = data[at + 1]
        (length,) = struct.unpack_from(">H", data, at + 2)
        part = data[at : at + length + 2]
        if name == _EXIF and part[4:10] == b"Exif\0\0":
            turned = _turned(part[10:]) or turned
        if _FRAME <= name < _FRAME + 16 and name not in _NO_FRAME:
            size = struct.unpack_from(">HH", part, 5)
        if (not _APP <= name < _APP + 16 and name != _COMMENT) or name in _COLOURS:
            kept.append(part)
        at += len(part)
        if name == _SCAN:
            kept.append(data[at:])
            return Photo(b"".join(kept), "jpeg", size[1], size[0], turned)


_LAST = 4096
_MARK, _FRAME, _APP, _COMMENT = 0xFF, 0xC0, 0xE0, 0xFE


def _turned(exif: bytes) -> int:
    """How the camera was held, or 0 where it does not say."""
    order = "<" if exif.startswith(b"II") else ">"
    (first,) = struct.unpack_from(f"{order}I", exif, 4)
    (count,) = struct.unpack_from(f"{order}H", exif, first)
    for place in range(count):
        tag, _, _, value = struct.unpack_from(
            f"{order}HHIH", exif, first + 2 + 12 * place
        )
        if tag == _TURNED:
            return int(value) if value in range(1, 9) else 0
    return 0
