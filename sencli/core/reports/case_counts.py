"""Figures of a case for a reader: from the whole record, or none.

A figure of what is left after the cut would be untrue. So it is that of the whole; or,
where it would tell the family of what is another's, it is not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence

from sencli.core.papers.redact import Redacted
from sencli.core.reports.case import Facts
from sencli.core.reports.case_progress import Cycle
from sencli.core.reports.case_progress import Help
from sencli.value import replace

WITHHELD = "withheld"

_FROM = {
    "concern": ("concerns",),
    "support": ("status", "cycles"),
    "since": ("status",),
    "reviewed": ("cycles",),
    "open": ("cycles",),
    "achieved": ("cycles",),
    "met": ("meetings", "cycles", "ehc"),
    "planned": ("cycles",),
    "spent": ("cycles",),
    "uncosted": ("cycles",),
    "advice": ("specialists",),
    "review_by": ("cycles",),
}
_DATED = frozenset({"concern", "support"})
_OTHERS = ("concern", "met")
_COUNTED = ("cost", "uncosted")


def settled(
    whole: Facts, seen: Facts, cut: Redacted, *, alone: bool = False
) -> tuple[Facts, dict[str, str]]:
    """The facts, and replacements for fields that must not be shown.

    Args:
        whole: of the whole record.
        seen: of what is left for the reader.
        cut: what is left.
        alone: whether it is for one of the family: when others spoke with the school is
            not on it, whether they did or not.
    """
    made = replace(whole, needs=seen.needs)
    instead = dict.fromkeys(_OTHERS, "") if alone and cut.rules.family else {}
    for field, places in _FROM.items():
        if field in instead or getattr(whole, field) == getattr(seen, field):
            continue
        if cut.rules.family:
            instead[field] = ""
        elif field in _DATED or _ruled(cut, places):
            instead[field] = WITHHELD
    return made, instead


def rows(whole: Sequence[Cycle], seen: Sequence[Cycle], cut: Redacted) -> list[Cycle]:
    """The cycles that the reader sees, with the figures of the whole of each."""
    if len(whole) != len(seen) or _ruled(cut, ("cycles",)):
        true = {one.id: one for cycle in whole for one in cycle.helps}
        instead = "" if cut.rules.family else WITHHELD
        return [replace(c, helps=_helps(true, c, instead)) for c in seen]
    return [_row(*pair, cut) for pair in zip(whole, seen, strict=True)]


def _helps(true: Mapping[str, Help], seen: Cycle, instead: str) -> tuple[Help, ...]:
    """The help as it is seen; a figure that is not that of the whole is replaced."""
    return tuple(
        one if one.given == true[one.id].given else replace(one, given=instead)
        for one in seen.helps
    )


def _row(whole: Cycle, seen: Cycle, cut: Redacted) -> Cycle:
    named = {
        field: getattr(whole, field)
        for field in _COUNTED
        if getattr(whole, field) != getattr(seen, field)
    }
    if cut.rules.family and named:
        named = {"cost": None, "uncosted": 0}
    return replace(seen, **named)


def _ruled(cut: Redacted, places: tuple[str, ...]) -> bool:
    """Whether a rule takes from these parts of the record, not a mark on an item."""
    return any(
        out.why == "rule" and out.path.startswith(places) for out in cut.left_out
    )
