"""Immutable values: a frozen dataclass without its start-up cost.

``dataclasses`` writes and compiles source text for each class, half a millisecond at
every start; an ordinary command has thirty such classes on its way (docs/speed.md).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from typing import ClassVar
from typing import NoReturn
from typing import TypeVar
from typing import dataclass_transform


class _NewDefault:
    """A default that is made anew for each value."""

    __slots__ = ("make",)

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make


def field(*, default_factory: Callable[[], Any]) -> Any:
    """A field whose default is made anew for each value, such as a ``dict``."""
    return _NewDefault(default_factory)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
class Value:
    """The base of a value: its annotated names are its fields, in that order.

    Two values are equal when they are of one class and all their fields are equal.
    """

    __fields__: ClassVar[tuple[str, ...]] = ()
    _defaults: ClassVar[dict[str, Any]] = {}

    def __init_subclass__(cls) -> None:
        kinds = cls.__annotations__
        own = tuple(n for n, kind in kinds.items() if not kind.startswith("ClassVar"))
        defaults = {name: vars(cls)[name] for name in own if name in vars(cls)}
        for name in defaults:
            delattr(cls, name)
        cls.__fields__ = cls.__fields__ + own
        cls._defaults = cls._defaults | defaults
        type.__setattr__(cls, "__match_args__", cls.__fields__)

    def __init__(self, *given: Any, **named: Any) -> None:
        names = self.__fields__
        state = self.__dict__
        state.update(zip(names, given, strict=False))
        if not named and len(given) == len(names):
            return
        if len(given) > len(names) or not state.keys().isdisjoint(named):
            raise TypeError(f"{type(self).__name__} was given a field twice.")
        state.update(named)
        if len(state) < len(names):
            for name, default in self._defaults.items():
                if name not in state:
                    made = type(default) is _NewDefault
                    state[name] = default.make() if made else default
        if len(state) != len(names) or not named.keys() <= set(names):
            odd = sorted(state.keys() ^ set(names))
            raise TypeError(f"{type(self).__name__}: not its fields: {odd}")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return contents(self) == contents(other)

    def __hash__(self) -> int:
        return hash(contents(self))

    def __repr__(self) -> str:
        pairs = zip(self.__fields__, contents(self), strict=True)
        shown = (f"{name}={held!r}" for name, held in pairs)
        return f"{type(self).__qualname__}({', '.join(shown)})"

    def __setattr__(self, name: str, to: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__}.{name} does not change.")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"{type(self).__name__}.{name} does not change.")


def contents(value: Value) -> tuple[Any, ...]:
    """The values of its fields, in order."""
    return tuple([vars(value)[name] for name in names(value)])


V = TypeVar("V", bound=Value)


def replace(value: V, **changes: Any) -> V:
    """The same value with other contents in some of its fields."""
    held = zip(names(value), contents(value), strict=True)
    return type(value)(**{**dict(held), **changes})


def names(kind: Value | type[Value]) -> tuple[str, ...]:
    """The names of the fields of a value, in their order."""
    return kind.__fields__
