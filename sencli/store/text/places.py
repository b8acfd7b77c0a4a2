"""The position of each field and item in a text, for file:line and comments.

Only for text with a fault or with comments of its own: composing with positions takes
a hundred times as long as reading.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode
from ruamel.yaml.nodes import ScalarNode
from ruamel.yaml.nodes import SequenceNode

from sencli.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ruamel.yaml.nodes import Node

    from sencli.core.record.walk import Path


class TextPlace(Value):
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


class UnplacedError(ValueError):
    """The text is one that this second reader refuses, though the first accepts it.

    Attributes:
        line: where it stopped, counted from 1.
        said: its own words.
    """

    def __init__(self, line: int, said: str) -> None:
        super().__init__(said)
        self.line = line
        self.said = said


# what a reader of YAML fails with, over text that its authors did not think of
_FAILS = (
    YAMLError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


def places(text: str) -> list[TextPlace]:
    """Every field and item of the text, in the order of the file.

    A field that stands twice comes twice.

    Raises:
        UnplacedError: this reader refuses the text.
    """
    try:
        root = YAML(typ="safe", pure=True).compose(text)
        return [] if root is None else list(_Walk(text).inside(root, ()))
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise UnplacedError(line, str(error)) from None
    except _FAILS as error:
        raise UnplacedError(1, str(error)) from None


class _Walk:
    """Goes through what was read of one text.

    Lines end at a line feed here, as in an editor and in every message; the reader
    counts some rarer characters too.
    """

    def __init__(self, text: str) -> None:
        self._ends = [at for at, sign in enumerate(text) if sign == "\n"]

    def inside(self, node: Node, path: Path) -> Iterator[TextPlace]:
        """The places within a node."""
        if isinstance(node, MappingNode):
            for key, value in node.value:
                here = (*path, str(key.value))
                spans = (*_span(key), *_span(value))
                yield TextPlace(here, *self._start(key), spans)
                yield from self.inside(value, here)
        elif isinstance(node, SequenceNode):
            for number, value in enumerate(node.value):
                here = (*path, number)
                yield TextPlace(here, *self._start(value), _span(value))
                yield from self.inside(value, here)

    def _start(self, node: Node) -> tuple[int, int]:
        index = node.start_mark.index
        line = bisect_left(self._ends, index)
        return line, index - (self._ends[line - 1] + 1 if line else 0)


def _span(node: Node) -> tuple[tuple[int, int], ...]:
    if not isinstance(node, ScalarNode):
        return ()
    return ((node.start_mark.index, node.end_mark.index),)
