"""Give a pupil a place in a base, with what the census is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli.core.people.context import Context
from sencli.core.pupil.arrange import added
from sencli.core.pupil.arrange import changed
from sencli.core.pupil.arrange import entry_of
from sencli.core.pupil.arrange import typed_of
from sencli.core.pupil.base_placement import CENSUS
from sencli.core.pupil.base_placement import KIND
from sencli.core.pupil.flags import add_flag
from sencli.core.record.act import Act
from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import flags_on
from sencli.core.record.types import Entry
from sencli.core.record.types import Record

_FIELDS = ("from", "until", "base", "name", "restricted")


def add_base(
    record: Record, base: str, typed: Mapping[str, Any], context: Context
) -> Act:
    """The record with a place in a base; ``census`` adds its indicator as a flag."""
    entry = {"base": base, "from": context.today, **typed_of(typed, _FIELDS)}
    act = added(record, KIND, entry, context)
    return _indicated(act, str(typed.get("census") or ""), entry)


def set_base(record: Record, which: str, typed: Mapping[str, Any]) -> Act:
    """The record with what is named of one place changed."""
    named = typed_of(typed, _FIELDS)
    entry = {**entry_of(record, KIND, which), **named}
    act = changed(record, KIND, which, named)
    return _indicated(act, str(typed.get("census") or ""), entry)


def end_base(record: Record, which: str, day: str) -> Act:
    """The record with a place that holds until the day."""
    act = changed(record, KIND, which, {"until": day})
    held = [f for f in flags_on(record, STILL) if f in CENSUS]
    notes = [
        f"the census is still told of {CENSUS[flag]}; to end that too: "
        f"sen flag end {record['id']} {flag} --date {day}"
        for flag in held
    ]
    return Act(act.record, act.said, act.ids, (*act.warnings, *notes))


def _indicated(act: Act, indicator: str, entry: Entry) -> Act:
    """The change with the census indicator, or a word on how it is given."""
    began = str(entry["from"])
    held = [f for f in flags_on(act.record, began) if f in CENSUS]
    if indicator and indicator not in held:
        flagged = add_flag(act.record, indicator, began, {})
        said = f"{act.said} For the census: {CENSUS[indicator]}."
        return Act(flagged.record, said, act.ids, act.warnings)
    if held or indicator or "until" in entry:
        return act
    note = (
        "the census is not told of it; where it counts as a place in a unit or as "
        f"resourced provision: sen base set {act.record['id']} {act.ids[KIND.key]} "
        "--census sen_unit|resourced"
    )
    return Act(act.record, act.said, act.ids, (*act.warnings, note))
