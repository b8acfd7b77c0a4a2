"""A case that fails among many is named; the others are tried all the same."""

from __future__ import annotations

import pytest

from tests.cases import each_case


def test_every_case_that_fails_is_named() -> None:
    tried = []

    @each_case("side", "ab")
    @each_case(("number", "limit"), [(1, 2), (4, 3), (9, 3)])
    def small(side: str, number: int, limit: int) -> None:
        tried.append((side, number))
        assert number < limit, f"{number} is too much"

    with pytest.raises(AssertionError) as raised:
        small()
    assert len(tried) == 6
    told = str(raised.value)
    assert all(f"({n}, 3): {n} is too much" in told for n in (4, 9))
    assert all(f"('{side}',): 2 of 3" in told for side in "ab")


def test_a_case_that_breaks_off_is_named() -> None:
    @each_case("number", [2, 0])
    def divides(number: int) -> None:
        assert 2 / number

    with pytest.raises(ZeroDivisionError) as raised:
        divides()
    assert raised.value.__notes__ == ["The case: (0,)"]
