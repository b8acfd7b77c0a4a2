"""Values that do not change: what the rest of the code relies on."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from typing import Any
from typing import ClassVar

import pytest

from sencli.value import Value
from sencli.value import contents
from sencli.value import field
from sencli.value import names
from sencli.value import replace
from tests.cases import each_case

TAGS = ("a",)


class Point(Value):
    """A value for the tests."""

    SHOWN: ClassVar[int] = 3
    x: int
    y: int = 0
    tags: Sequence[str] = field(default_factory=list)


def test_fields_by_place_by_name_and_by_default() -> None:
    assert Point(1) == Point(x=1) == Point(1, 0, [])
    assert Point(1) != Point(2)
    assert Point(1).tags is not Point(1).tags
    assert names(Point) == ("x", "y", "tags")
    assert contents(Point(y=2, x=1)) == (1, 2, [])
    assert repr(Point(1)) == "Point(x=1, y=0, tags=[])"
    assert Point.SHOWN == 3


@each_case(
    ("given", "named"),
    [((), {}), ((1, 2, [], 4), {}), ((1,), {"x": 1}), ((1,), {"z": 1})],
)
def test_what_is_no_field_or_missing_is_refused(
    given: tuple[Any, ...], named: dict[str, Any]
) -> None:
    with pytest.raises(TypeError):
        Point(*given, **named)


def test_a_value_does_not_change() -> None:
    point = Point(1)
    for change in (
        lambda: setattr(point, "x", 2),
        lambda: setattr(point, "z", 2),
        lambda: delattr(point, "x"),
    ):
        with pytest.raises(AttributeError):
            change()
    assert replace(point, y=5) == Point(1, 5)
    assert point == Point(1)


def test_copies_and_keys() -> None:
    point = Point(1, 2, ["a"])
    assert deepcopy(point) == point
    assert len({Point(1, 2, TAGS), Point(1, 2, TAGS), Point(2, 2, TAGS)}) == 2
    match point:
        case Point(x, y):
            assert (x, y) == (1, 2)
