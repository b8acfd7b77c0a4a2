"""Where in a text each field and item stands: for file:line, and to carry comments.

Only for text with a fault or with comments of its own: composing with positions takes
a hundred times as long as reading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.nodes import SequenceNode

from sencli.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ruamel.yaml.nodes import Node

    from sencli.core.fault import Path


class Place(Value):
    """A field or an item of a list; lines and columns count from 0.

    Args:
        path: the way to it, like ``("cycles", 0, "plan", "date")``.
        line: the line on which its key (or, in a list, its value) begins.
        column: the column there.
        spans: from where to where in the text its key and its scalar value stand.
    """

    path: Path
    line: int
    column: int
    spans: tuple[tuple[int, int], ...]


def places(text: str) -> Iterator[Place]:
    """Every field and item of the text, in the order of the file.

    The text must be one that the parser reads; a field that stands twice comes twice.
    """
    root = YAML(typ="safe", pure=True).compose(text)
    if root is not None:
        yield from _inside(root, ())


def _inside(node: Node, path: Path) -> Iterator[Place]:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            here = (*path, str(key.value))
            yield Place(here, *_start(key), (*_span(key), *_span(value)))
            yield from _inside(value, here)
    elif isinstance(node, SequenceNode):
        for number, value in enumerate(node.value):
            here = (*path, number)
            yield Place(here, *_start(value), _span(value))
            yield from _inside(value, here)


def _start(node: Node) -> tuple[int, int]:
    return node.start_mark.line, node.start_mark.column


def _span(node: Node) -> tuple[tuple[int, int], ...]:
    if not isinstance(node, ScalarNode):
        return ()
    return ((node.start_mark.index, node.end_mark.index),)
