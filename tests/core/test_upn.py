"""The check letter of the unique pupil number."""

from __future__ import annotations

import pytest

from sencli.core.text import upn
from sencli.errors import InvalidValue
from tests.cases import each_case


@each_case(
    "number",
    [
        "V938400124017", "B801200005001", "P207000016049", "Z93840012403K",
        "P999900024001", "D999900024002", "T999900024003", "K999900025117",
        "N99990002401A",
    ],
)  # fmt: skip
def test_right_numbers_have_no_fault(number):
    assert upn.check_letter(number) == number[0]
    assert upn.fault(number) == ""
    assert upn.checked(f" {number.lower()} ") == number


def test_a_wrong_letter_is_told_with_the_right_one():
    assert upn.fault("Q207000016049") == (
        "with these digits the check letter is P, not Q"
    )
    with pytest.raises(InvalidValue) as caught:
        upn.checked("Q207000016049")
    assert "P207000016049" in caught.value.hint


@each_case(
    "number",
    [
        "",
        "P99990002400",
        "P9999000240011",
        "I999900024001",
        "P99990002400I",
        "P99990002400\u0661",
    ],
)
def test_other_shapes_are_no_numbers(number):
    assert "13 characters" in upn.fault(number)


def test_a_change_of_one_figure_changes_the_letter():
    number = "P999900024001"
    for place in range(1, 13):
        figure = str((int(number[place]) + 1) % 10)
        changed = number[:place] + figure + number[place + 1 :]
        assert upn.fault(changed)
