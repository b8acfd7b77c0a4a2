"""A school's colour, made dark enough to be read on white."""

from __future__ import annotations

import re

DEFAULT = "#1f4e79"
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_CONTRAST = 5.0
"""More than the 4.5 that WCAG asks of text, so that the tint behind it does no harm."""

_DARKER = 0.9
_LINEAR = 0.03928


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return red, green, blue


def _hex(parts: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _full_hex(colour: str) -> str:
    if re.fullmatch(r"#[0-9a-fA-F]{3}", colour):
        return "#" + "".join(digit * 2 for digit in colour[1:])
    return colour if _HEX.fullmatch(colour) else DEFAULT


def contrast_on_white(colour: str) -> float:
    """The contrast of a colour with white, from 1 to 21, as WCAG counts it."""
    linear = [
        part / 12.92 if part <= _LINEAR else ((part + 0.055) / 1.055) ** 2.4
        for part in _rgb(_full_hex(colour))
    ]
    light = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 1.05 / (light + 0.05)


def readable(colour: str) -> str:
    """The colour, darkened until text in it can be read on white.

    What is no colour (``#rgb`` or ``#rrggbb``) becomes the programme's own.
    """
    made = _full_hex(colour)
    while contrast_on_white(made) < _CONTRAST:
        red, green, blue = _rgb(made)
        made = _hex((red * _DARKER, green * _DARKER, blue * _DARKER))
    return made.lower()


def tint(colour: str) -> str:
    """A very pale form of the colour, for backgrounds."""
    red, green, blue = _rgb(readable(colour))
    return _hex((1 - (1 - red) * 0.07, 1 - (1 - green) * 0.07, 1 - (1 - blue) * 0.07))
