"""A school's logo: whether a picture is fit to stand on every paper.

A drawing (SVG) can hold programs and fetch files: one that does is refused, whatever
would run it.
"""

from __future__ import annotations

import re
from typing import Literal

from sencli.core.pupil.photo import photo
from sencli.errors import InvalidValue
from sencli.value import Value

FOLDER = "templates"
LARGEST = 1_000_000
"""Bytes: it is in each file that is made of every paper."""

_SMALLEST = 60
_LARGEST = 4000
_SHAPE = 8
_SVG = re.compile(r"<svg[\s>]")
_BEFORE = 4000
_UNSAFE = (
    ("<!doctype", "a document type"),
    ("<!entity", "an entity"),
    ("<?xml-stylesheet", "a style sheet from elsewhere"),
    ("<script", "a script"),
    ("<foreignobject", "a page within it"),
    ("<animate", "an animation"),
    ("<set", "an animation"),
    ("@import", "a style sheet from elsewhere"),
    ("javascript:", "a script"),
)
_EVENT = re.compile(r"[\s\"'/]on[a-z]+\s*=", re.IGNORECASE)
_LINK = re.compile(r"\b(?:href|src)\s*=\s*[\"']?\s*([^\"'\s>]*)", re.IGNORECASE)
_FETCHED = re.compile(r"url\(\s*[\"']?\s*([^\"')\s]*)", re.IGNORECASE)
_INSIDE = ("#", "data:image/png", "data:image/jpeg")


class Logo(Value):
    """A logo that can be printed.

    Attributes:
        data: the file; of a photo nothing but the picture.
        kind: the ending of its name.
        size: in pixels, as ``640 x 200``; "" for a drawing.
    """

    data: bytes
    kind: Literal["png", "jpg", "svg"]
    size: str = ""

    @property
    def path(self) -> str:
        """Where it lies in the records."""
        return f"{FOLDER}/{self.name}"

    @property
    def name(self) -> str:
        """The name in the folder of templates."""
        return f"logo.{self.kind}"


def logo(data: bytes) -> Logo:
    """The logo in a file.

    Raises:
        InvalidValue: it is no picture that can be printed, too large or too small, or a
            drawing that does more than draw.
    """
    if len(data) > LARGEST:
        raise InvalidValue(
            f"The picture has {len(data) / 1e6:.1f} MB: a logo has at most 1 MB, "
            "because it is in every file that is printed.",
            "Save it smaller (1,000 pixels across are enough), or as SVG.",
        )
    start = data[:_BEFORE].decode("utf-8", "replace")
    if _SVG.search(start):
        return _drawing(data)
    try:
        made = photo(data)
    except InvalidValue as fault:
        raise InvalidValue(
            "This is no PNG, JPEG or SVG that can be read whole.",
            "Save the logo as PNG (best with a clear background), JPEG or SVG.",
        ) from fault
    size = f"{made.width} x {made.height}"
    if min(made.width, made.height) < _SMALLEST:
        raise InvalidValue(
            f"The picture has {size} pixels: printed 1.5 cm high it would be blurred.",
            f"Take one with at least {_SMALLEST} pixels each way; 200 high is good.",
        )
    if max(made.width, made.height) > _LARGEST:
        # few bytes can be a picture that takes the memory of a small laptop
        raise InvalidValue(
            f"The picture has {size} pixels: a logo has at most {_LARGEST:,} each way.",
            "Save it smaller: 1,000 pixels across are enough.",
        )
    if max(made.width, made.height) > _SHAPE * min(made.width, made.height):
        raise InvalidValue(
            f"The picture has {size} pixels: it is a strip, and no logo.",
            f"Cut it to at most {_SHAPE} times as long as it is high.",
        )
    return Logo(made.data, "png" if made.kind == "png" else "jpg", size)


def _drawing(data: bytes) -> Logo:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise InvalidValue(
            "The drawing is not written in UTF-8.", "Save it as a plain SVG."
        ) from fault
    if odd := unsafe_in(text):
        raise InvalidValue(
            f"The drawing holds {odd}: a logo only draws.",
            "Save it as a plain SVG (in Inkscape: Plain SVG), or as PNG.",
        )
    return Logo(data, "svg")


def unsafe_in(text: str) -> str:
    """What a drawing does beside drawing, or ""."""
    low = text.casefold()
    for mark, what in _UNSAFE:
        if mark in low:
            return what
    if _EVENT.search(text):
        return "a script"
    reached = [*_LINK.findall(text), *_FETCHED.findall(text)]
    if any(not place.casefold().startswith(_INSIDE) for place in reached if place):
        return "a link to another file"
    return ""
