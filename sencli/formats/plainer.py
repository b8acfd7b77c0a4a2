"""A block as plainer blocks that say the same, where a format has no writer for it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any
from typing import get_args

from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Heading
from sencli.documents.view import Text
from sencli.value import Value
from sencli.value import names

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLOCKS = get_args(Block)
_UNSAID = frozenset({"style", "kind", "lang", "key", "colour", "id", "align"})
"""Fields that say how a block looks and are no words of it."""

_UNDER = 3


def plainer(block: Any) -> tuple[Block, ...]:
    """The blocks within a block, and its own words in their order as texts and lists.

    No word of a block is lost for want of a writer: a format is never behind the View.
    """
    return tuple(_words_of(block))


def _words_of(whole: Any) -> Iterator[Block]:
    for name in names(whole):
        if name not in _UNSAID:
            yield from _blocks_of(name, getattr(whole, name))


def _blocks_of(name: str, value: Any) -> Iterator[Block]:
    if isinstance(value, str):
        if value.strip():
            yield Heading(value, _UNDER) if name == "title" else Text(value)
    elif isinstance(value, _BLOCKS):
        yield value
    elif isinstance(value, Value):
        yield from _words_of(value)
    elif isinstance(value, tuple):
        words = [part for part in value if isinstance(part, str) and part.strip()]
        if words:
            yield Bullets(tuple(words))
        for part in value:
            if not isinstance(part, str):
                yield from _blocks_of(name, part)
