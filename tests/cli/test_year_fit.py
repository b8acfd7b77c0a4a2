"""Days typed without a year, for a cycle that lies in the past and for one of today."""

from __future__ import annotations

from typing import Any

from tests.cli.lesson import record
from tests.conftest import Typed
from tests.conftest import school_of


@school_of
def past(oak: Typed) -> None:
    oak("provision add phonics --minutes 20 --sessions-per-week 3")
    oak("pupil add 'Amelia Khan' --year-group 4")
    oak("cycle open amelia --date 16/09/2024 --assessment 'Reads 22'")
    oak("cycle plan amelia --date 18/09/2024 --review-by 12/12")
    oak("outcome add amelia 'Reads 60' --baseline 22 --target 60 --by '12 December'")
    oak("intervention add amelia phonics --outcome 1 --start 16/9 --end 5/2")


def newest(sen: Typed) -> dict[str, Any]:
    found: dict[str, Any] = record(sen, "amelia")["cycles"][-1]
    return found


def test_a_cycle_typed_up_later_keeps_its_own_year(past: Typed) -> None:
    plan = newest(past)["plan"]
    assert plan["review_by"] == "2024-12-12"
    assert plan["outcomes"][0]["target"]["by"] == "2024-12-12"
    support = plan["interventions"][0]
    assert (support["from"], support["until"]) == ("2024-09-16", "2025-02-05")
    past("intervention set amelia 1 --end 12/12")
    past("outcome set amelia 1 --by 1/3")
    past("cycle review amelia --date 11/12/2024 --outcome 1=achieved --next-review 1/4")
    cycle = newest(past)
    assert cycle["plan"]["interventions"][0]["until"] == "2024-12-12"
    assert cycle["plan"]["outcomes"][0]["target"]["by"] == "2025-03-01"
    assert cycle["review"]["next_review"] == "2025-04-01"


def test_a_cycle_of_today_looks_ahead(oak: Typed) -> None:
    oak("provision add phonics --minutes 20 --sessions-per-week 3")
    oak("pupil add 'Amelia Khan' --year-group 4")
    oak("cycle open amelia --date 15/09 --assessment 'Reads 22'")
    oak("cycle plan amelia --date 18/09 --review-by 12/12")
    oak("intervention add amelia phonics --start 22/09 --end 10/10")
    plan = newest(oak)["plan"]
    assert (plan["date"], plan["review_by"]) == ("2025-09-18", "2025-12-12")
    assert plan["interventions"][0]["until"] == "2025-10-10"


def test_an_old_cycle_that_still_runs_gets_days_to_come(oak: Typed) -> None:
    oak("pupil add 'Amelia Khan' --year-group 4")
    oak("cycle open amelia --date 16/09/2024 --assessment 'Reads 22'")
    oak("cycle plan amelia --review-by 12/12")
    assert newest(oak)["plan"]["review_by"] == "2025-12-12"
    oak("cycle plan amelia --date 18/09/2024 --review-by 12/12/2025")
    oak("outcome add amelia 'Reads 60' --baseline 22 --target 60 --by 1/12")
    assert newest(oak)["plan"]["outcomes"][0]["target"]["by"] == "2025-12-01"


def test_a_review_without_a_year_comes_after_its_plan(oak: Typed) -> None:
    oak("pupil add 'Amelia Khan' --year-group 4")
    oak("cycle open amelia --date 15/09 --assessment 'Reads 22'")
    oak("cycle plan amelia --date 18/09 --review-by 12/12")
    oak("cycle review amelia --date 11/12", today="2025-12-12")
    assert newest(oak)["review"]["date"] == "2025-12-11"
