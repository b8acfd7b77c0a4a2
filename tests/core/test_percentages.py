"""What percentages are of: the number on roll, and figures for England."""

from __future__ import annotations

from sencli.core.school.percentages import national_figure
from sencli.core.school.percentages import part_on
from sencli.core.school.percentages import roll_on

SCHOOL = {
    "number_on_roll": [
        {"date": "2025-01-16", "pupils": 400},
        {"date": "2025-10-02", "year_group": "3", "pupils": 60},
        {"date": "2025-10-02", "year_group": "4", "pupils": 62},
        {"date": "2025-10-02", "year_group": "4", "class": "4B", "pupils": 31},
    ],
    "national_figures": [
        {"figure": "ehc_plan", "year": "2024/25", "per_cent": 5.3},
        {"figure": "ehc_plan", "year": "2025/26", "per_cent": 5.6},
        {"figure": "ehc_plan", "schools": "primary", "year": "2024/25", "per_cent": 3},
    ],
}


def test_the_whole_counts_else_the_years_are_added_up():
    assert roll_on(SCHOOL, "2025-09-01") == (400, "2025-01-16")
    assert roll_on(SCHOOL, "2025-12-01") == (122, "2025-10-02")
    assert roll_on(SCHOOL, "2024-12-01") is None
    assert roll_on({}, "2025-12-01") is None


def test_a_year_and_a_class():
    assert part_on(SCHOOL, "2025-12-01", year_group="4") == 62
    assert part_on(SCHOOL, "2025-12-01", class_="4B") == 31
    assert part_on(SCHOOL, "2025-09-01", year_group="4") is None


def test_the_newest_figure_by_the_day():
    assert national_figure(SCHOOL, "ehc_plan", "2025-08-01")["per_cent"] == 5.3
    assert national_figure(SCHOOL, "ehc_plan", "2025-10-01")["per_cent"] == 5.6
    own = national_figure(SCHOOL, "ehc_plan", "2025-10-01", "primary")
    assert own["year"] == "2024/25"
    assert national_figure(SCHOOL, "sen_support", "2025-10-01") is None
