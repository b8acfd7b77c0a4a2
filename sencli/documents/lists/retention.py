"""Lists of how long records are kept, and of who asked for what is held."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.core.handover.access_clock import ANSWERS
from sencli.core.handover.access_clock import KINDS
from sencli.core.handover.retention_clock import policy_words
from sencli.core.school.settings import Settings
from sencli.core.text.dates import words
from sencli.core.text.folding import sort_key
from sencli.core.text.plural import plural
from sencli.documents.lists.listing import listing
from sencli.documents.view import Column
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.value import replace

_ORDER = ("review", "erase", "unknown", "held", "kept", "on roll")
_STATES = {
    "review": "review now",
    "erase": "to be erased",
    "unknown": "no date of birth",
}
_RETENTION = (
    Column("name", "Name"),
    Column("left", "Left", "date"),
    Column("said", "State"),
    Column("due", "Review by", "date"),
    Column("why", "Why", width=4),
    Column("pupil", "Pupil", hidden=True),
)
_ACCESS = (
    Column("number", "No.", "number"),
    Column("name", "Pupil"),
    Column("asker", "Who asks"),
    Column("what", "For"),
    Column("date", "Came", "date"),
    Column("due", "Answer by", "date"),
    Column("said", "State"),
)


def retention_list(
    rows: Sequence[Mapping[str, Any]],
    policy: Settings,
    school: Mapping[str, Any],
    day: str,
    erased: int,
) -> View:
    """Leavers' records: what is to be looked at first, then by its day.

    Args:
        rows: as `retention.listed` makes them.
        policy: the school's settings.
        school: ``school.yaml``.
        day: today.
        erased: how many certificates of erasures there are.
    """
    order = {state: place for place, state in enumerate(_ORDER)}
    rows = sorted(
        rows, key=lambda r: (order[r["state"]], r["due"] or "", sort_key(r["name"]))
    )
    objects = [
        {
            **row,
            "said": _STATES.get(row["state"], row["state"]),
            "why": "; ".join([*map(_hold, row["holds"]), row["why"]]),
        }
        for row in rows
    ]
    view = listing(
        "Retention", school, day, _RETENTION, objects, "No record of a leaver.", rows
    )
    notes = [f"Kept: {policy_words(policy)} (sen retention policy)."]
    if erased:
        notes.append(
            f"{plural(erased, 'certificate')} of what was erased, which name nobody: "
            ".sencli/erasures"
        )
    return replace(view, blocks=(*view.blocks, *(Text(n, "small") for n in notes)))


def _hold(hold: Mapping[str, Any]) -> str:
    until = f" until {words(hold['until'])}" if "until" in hold else ""
    return f"held since {words(hold['from'])}{until}: {hold['reason']}"


def access_list(
    rows: Sequence[Mapping[str, Any]], school: Mapping[str, Any], day: str
) -> View:
    """The requests, by the day to answer by.

    Args:
        rows: as `access.listed` makes them.
        school: ``school.yaml``.
        day: today.
    """
    rows = sorted(rows, key=lambda r: (r.get("answer", ""), r["due"], r["number"]))
    objects = [
        {**row, "what": KINDS[row["kind"]], "said": _state_words(row, day)}
        for row in rows
    ]
    empty = "No requests for what is held."
    return listing(
        "Requests for what is held", school, day, _ACCESS, objects, empty, rows
    )


def _state_words(row: Mapping[str, Any], day: str) -> str:
    if "answer" in row:
        return f"{ANSWERS[row['answer']]}, {words(row['answered'])}"
    late = "late" if row["due"] < day else "open"
    return f"{late}, two months more" if "extended" in row else late
