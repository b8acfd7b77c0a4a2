"""The school's settings, with their defaults."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli.value import Value
from sencli.value import names


class Settings(Value):
    """``settings`` of ``school.yaml``, with the only copy of each default.

    Attributes:
        weeks_between_reviews: longest time from a plan to its review, in weeks; three
            reviews a year are 17 weeks apart, holidays included.
        review_tolerance_days: days a review may be late before it counts as late.
        meetings_a_year: meetings with parents in a school year (Code 6.65).
        stale_weeks: weeks with nothing recorded before ``sen due`` says so.
        cycles_without_progress: reviewed cycles of little progress in a row before a
            specialist is considered; one more, and one is always involved.
        element_2_pence: what a school meets itself for one pupil in a year, in pence.
        small_number: numbers below this are withheld in whole-school reports.
        governors: whom figures for governors are for: ``closed``, the governing body
            alone, which sees every total; ``public``, with small numbers withheld.
        reading_age: reading age for parents' papers, in years.
        phase_transfer_by: month and day by which the review before a move between
            phases is held.
        language: language of papers (BCP 47).
        retention_ehc_years: years from the date of birth for which a record is kept
            where an EHC plan stood (IRMS toolkit, as others quote it [fairly]).
        retention_years: the same of any other record.
        retention_passed_on_years: years from leaving for which a record is kept that
            went on to the next school; None keeps it as the last school does.
    """

    weeks_between_reviews: int = 17
    review_tolerance_days: int = 7
    meetings_a_year: int = 3
    stale_weeks: int = 6
    cycles_without_progress: int = 2
    element_2_pence: int = 600_000
    small_number: int = 5
    governors: str = "closed"
    reading_age: int = 12
    phase_transfer_by: str = "12-01"
    language: str = "en-GB"
    retention_ehc_years: int = 31
    retention_years: int = 25
    retention_passed_on_years: int | None = None


NAMES = names(Settings)


def settings(school: Mapping[str, Any]) -> Settings:
    """The school's settings, completed with defaults."""
    chosen = school.get("settings", {})
    return Settings(**{name: chosen[name] for name in NAMES if name in chosen})
