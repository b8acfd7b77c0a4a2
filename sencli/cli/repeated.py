"""Options that stand together on several commands."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from typing import TypeVar

F = TypeVar("F", bound=Callable[..., Any])
Decorator = Callable[[Any], Any]


def stacked(*decorators: Decorator) -> Decorator:
    """Several options as one, in the order in which the help lists them."""

    def add(command: F) -> F:
        for decorate in reversed(decorators):
            command = decorate(command)
        return command

    return add
