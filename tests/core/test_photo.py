"""A pupil's picture: only what it shows is printed, and only of whole files."""

from __future__ import annotations

import struct
import zlib

import pytest

from sencli.core.pupil.photo import LARGEST
from sencli.core.pupil.photo import photo
from sencli.errors import InvalidValue
from tests.cases import each_case
from tests.formats.views import png


def part(mark: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, mark, len(body) + 2) + body


def jpeg(*parts: bytes) -> bytes:
    frame = part(0xC0, struct.pack(">BHHB", 8, 30, 40, 1) + b"\1\x11\0")
    scan = part(0xDA, b"\1\1\0\0\x3f\0") + b"picture" + b"\xff\xd9"
    return b"\xff\xd8" + b"".join(parts) + frame + scan


def exif(order: str, turned: int) -> bytes:
    mark = b"II*\0" if order == "<" else b"MM\0*"
    entry = struct.pack(f"{order}HHIHH", 0x0112, 3, 1, turned, 0)
    head = struct.pack(f"{order}I", 8) + struct.pack(f"{order}H", 1)
    return part(0xE1, b"Exif\0\0" + mark + head + entry + b"51.5N 0.1W")


@each_case("order", ["<", ">"])
def test_where_a_photo_was_taken_is_left_out_and_how_it_was_held_kept(
    order: str,
) -> None:
    colours = part(0xE2, b"ICC_PROFILE\0")
    made = photo(jpeg(exif(order, 6), part(0xFE, b"Home"), colours))
    assert (made.kind, made.width, made.height, made.turned) == ("jpeg", 40, 30, 6)
    assert b"51.5N" not in made.data
    assert b"Home" not in made.data
    assert b"ICC_PROFILE" in made.data
    assert made.data.endswith(b"picture\xff\xd9")


def test_a_png_loses_its_texts() -> None:
    body = b"tEXtComment\0Home"
    said = struct.pack(">I", len(body) - 4) + body
    said += struct.pack(">I", zlib.crc32(body))
    whole = png()
    made = photo(whole[:-12] + said + whole[-12:])
    assert made.data == whole
    assert (made.kind, made.width, made.height) == ("png", 8, 8)


@each_case(
    "data",
    [
        b"",
        b"<svg/>",
        b"%PDF-1.7",
        b"GIF89a",
        png()[:-20],
        png().replace(b"IHDR", b"IHDX"),
        jpeg()[:-2],
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8\xff",
        b"\0" * (LARGEST + 1),
    ],
)
def test_what_is_no_whole_png_or_jpeg_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidValue):
        photo(data)
