"""What a busy school leaves out: one to four things, each told by a rule."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

Entry = dict[str, Any]


def leave_out(rng: random.Random, record: Entry) -> None:
    """Leave one to four things out of a record that was complete."""
    for lapse in rng.sample(_LAPSES, rng.choice((1, 1, 1, 2, 2, 3, 4))):
        lapse(record)


def _last(record: Entry, part: str) -> Entry:
    """That part of the newest cycle that has it; {} where none has."""
    for cycle in reversed(record["cycles"]):
        if part in cycle:
            found: Entry = cycle[part]
            return found
    return {}


def _without(part: str, field: str) -> Callable[[Entry], None]:
    def lapse(record: Entry) -> None:
        _last(record, part).pop(field, None)

    return lapse


def _no_views_of_pupil(record: Entry) -> None:
    part = _last(record, "assess")
    part["views"] = [view for view in part["views"] if view["of"] != "pupil"]


def _not_agreed_by_pupil(record: Entry) -> None:
    part = _last(record, "plan")
    part["agreement"] = [a for a in part["agreement"] if a["who"] != "pupil"]


def _quality_not_told(record: Entry) -> None:
    for entry in _last(record, "review").get("interventions", ()):
        entry.pop("quality", None)


def _no_baseline(record: Entry) -> None:
    del _last(record, "plan")["outcomes"][0]["baseline"]


def _nobody_leads(record: Entry) -> None:
    del _last(record, "plan")["interventions"][0]["dose"][0]["led_by"]


def _no_link_to_class(record: Entry) -> None:
    del _last(record, "plan")["interventions"][0]["class_link"]


def _no_advice_service(record: Entry) -> None:
    del record["information"]


def _no_aspirations(record: Entry) -> None:
    del record["profiles"][0]["aspirations"]


def _no_report(record: Entry) -> None:
    del record["reports"]


def _no_reason(record: Entry) -> None:
    del record["status"][0]["reason"]


def _need_without_words(record: Entry) -> None:
    del record["needs"][0]["description"]


def _need_without_rank(record: Entry) -> None:
    del record["needs"][0]["rank"]


_LAPSES = (
    _without("plan", "shared_with_staff"),
    _without("plan", "responsibilities"),
    _without("plan", "review_by"),
    _without("assess", "attainment"),
    _without("assess", "compared_with_peers"),
    _without("review", "decisions"),
    _not_agreed_by_pupil,
    _no_views_of_pupil,
    _quality_not_told,
    _no_baseline,
    _nobody_leads,
    _no_link_to_class,
    _no_advice_service,
    _no_aspirations,
    _no_report,
    _no_reason,
    _need_without_words,
    _need_without_rank,
)
