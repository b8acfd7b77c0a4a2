"""Read YAML without ryaml: the same values, only slower.

The text is composed by ruamel.yaml; what a plain word means, and the words of a fault,
are ryaml's, so that everything above is told the same.
"""

from __future__ import annotations

import re
from math import isinf
from typing import TYPE_CHECKING
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode
from ruamel.yaml.nodes import ScalarNode

if TYPE_CHECKING:
    from ruamel.yaml.error import StringMark
    from ruamel.yaml.nodes import Node

_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_OTHER_BASE = re.compile(r"([-+]?)0(x[0-9a-fA-F]+|o[0-7]+|b[01]+)")
_BASES = {"x": 16, "o": 8, "b": 2}
_BROKEN = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_ODD = re.compile(r"([-+]?)\.(?:(inf|Inf|INF)|nan|NaN|NAN)")
_SMALLEST, _LARGEST = -(1 << 63), (1 << 64) - 1
_DEEPEST = 128


def loads(text: str) -> Any:
    """The value that ryaml would read.

    Raises:
        ValueError: the text is not YAML, in ryaml's words as far as they count.
    """
    try:
        root = YAML(typ="safe", pure=True).compose(text)
        return None if root is None else _value(root, 0)
    except MarkedYAMLError as error:
        raise ValueError(_parser_message(error)) from None
    except RecursionError:
        raise ValueError("recursion limit exceeded") from None
    except (YAMLError, AttributeError, LookupError, AssertionError) as error:
        raise ValueError(str(error)) from None


def _parser_message(error: MarkedYAMLError) -> str:
    if "single document" in (error.context or ""):
        return "deserializing from YAML containing more than one document"
    parts = [(error.problem, error.problem_mark), (error.context, error.context_mark)]
    said = ", ".join(f"{words}{_mark_words(mark)}" for words, mark in parts if words)
    return said.replace("expected <", "did not find expected <")


def _mark_words(mark: StringMark | None) -> str:
    return f" at line {mark.line + 1} column {mark.column + 1}" if mark else ""


def _value(node: Node, depth: int) -> Any:
    if depth > _DEEPEST:
        raise _unreadable("recursion limit exceeded", node)
    if isinstance(node, ScalarNode):
        # `style` is the quote that it was written with
        return node.value if node.style else _plain(node)
    if not isinstance(node, MappingNode):
        return [_value(one, depth + 1) for one in node.value]
    found: dict[Any, Any] = {}
    names = set()
    for key, value in node.value:
        name = _value(key, depth + 1)
        if not isinstance(key, ScalarNode):
            raise _unreadable("unhashable type", key)
        if (type(name), name) in names:
            raise ValueError(f'duplicate entry with key "{name}"')
        names.add((type(name), name))
        found[name] = _value(value, depth + 1)
    return found


def _unreadable(words: str, node: Node) -> ValueError:
    return ValueError(f"{words}{_mark_words(node.start_mark)}")


def _plain(node: ScalarNode) -> Any:
    word: str = node.value
    if word in _WORDS:
        return _WORDS[word]
    if _WHOLE.fullmatch(word):
        return _held(int(word), node)
    if found := _OTHER_BASE.fullmatch(word):
        return _held(int(found[1] + found[2][1:], _BASES[found[2][0]]), node)
    # with a nought before other digits it is text, such as a telephone number
    if _BROKEN.fullmatch(word) and not word.lstrip("+-").isdigit():
        number = float(word)
        return word if isinf(number) else number
    if odd := _ODD.fullmatch(word):
        return float(odd[1] + ("inf" if odd[2] else "nan"))
    return word


def _held(number: int, node: ScalarNode) -> int:
    if _SMALLEST <= number <= _LARGEST:
        return number
    raise _unreadable(f"invalid type: integer `{number}`", node)
