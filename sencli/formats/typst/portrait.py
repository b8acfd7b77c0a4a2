"""A pupil's picture as a file of text, which is all that the compiler takes."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sencli.documents.view import Picture

_MATRIX = {
    2: "-1 0 0 1 {w} 0",
    3: "-1 0 0 -1 {w} {h}",
    4: "1 0 0 -1 0 {h}",
    5: "0 1 1 0 0 0",
    6: "0 1 -1 0 {h} 0",
    7: "0 -1 -1 0 {h} {w}",
    8: "0 -1 1 0 0 {w}",
}
"""How a photo is set upright, by how the camera was held."""
_LYING = 5


def drawn(picture: Picture | None) -> bytes:
    """The picture as SVG; nothing where there is none."""
    if picture is None or not picture.data:
        return b""
    w, h = picture.width, picture.height
    box = (h, w) if picture.turned >= _LYING else (w, h)
    turn = _MATRIX.get(picture.turned, "1 0 0 1 0 0").format(w=w, h=h)
    data = b64encode(picture.data).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {box[0]} {box[1]}" '
        f'width="{box[0]}" height="{box[1]}"><image width="{w}" height="{h}" '
        f'transform="matrix({turn})" href="data:image/{picture.kind};base64,{data}"/>'
        "</svg>"
    ).encode()
