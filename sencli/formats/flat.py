"""Blocks that stand side by side, one under another where a format has one column."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import get_args

from sencli.documents.view import Beside
from sencli.documents.view import Block
from sencli.documents.view import Box
from sencli.documents.view import Boxes
from sencli.documents.view import Bullets
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Text
from sencli.formats.plainer import plainer

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator


_PLAIN = {*get_args(Block)} - {Keep, Beside, Boxes}


def flat(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks in the order in which they are read, none within another."""
    for block in blocks:
        if isinstance(block, Keep):
            yield from flat(block.blocks)
        elif isinstance(block, Beside):
            yield from flat((*block.left, *block.right))
        elif isinstance(block, Boxes):
            yield from _boxes(block)
        elif type(block) in _PLAIN:
            yield block
        else:
            yield from flat(plainer(block))


def _boxes(block: Boxes) -> Iterator[Block]:
    said = [_words(box) for box in block.boxes]
    if block.boxes and all(said):
        yield Fields(tuple(zip((box.title for box in block.boxes), said, strict=True)))
        return
    for box in block.boxes:
        yield Heading(box.title, block.level)
        yield from flat(box.blocks)


def _words(box: Box) -> str:
    """What stands in a box with one text or list and a title; "" for any other."""
    if len(box.blocks) != 1 or not box.title:
        return ""
    (block,) = box.blocks
    if isinstance(block, Text) and not block.lang:
        return " ".join(part for part in (block.label, block.text) if part)
    return "\n".join(block.items) if isinstance(block, Bullets) else ""
