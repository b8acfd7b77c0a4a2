"""The bank holidays that are written out are those of the library."""

from __future__ import annotations

from holidays import country_holidays

from sencli.core.time.bank_holidays import bank_holidays
from tests.cases import each_case


@each_case("year", [*range(2012, 2030)])
def test_the_same_as_in_the_library(year: int):
    found = country_holidays("GB", subdiv="ENG", years=year)
    assert bank_holidays(year) == {day.isoformat() for day in found}


def test_a_day_that_was_given_once():
    assert "2022-09-19" in bank_holidays(2022)  # the funeral of Elizabeth II
