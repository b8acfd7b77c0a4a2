"""Choose the YAML reader: ryaml, else the slower one.

ryaml is compiled, and not for every system and Python.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from typing import Any

if TYPE_CHECKING:
    from collections.abc import Callable


def loads(text: str) -> Any:
    """The value of the text; raises ValueError if it cannot be read."""
    return _reader()(text)


@cache
def _reader() -> Callable[[str], Any]:
    try:
        from ryaml import loads as fast
    except ImportError:
        from sencli.store.text.slow_yaml import loads as slow

        return slow
    read: Callable[[str], Any] = fast
    return read
