"""Places in an inclusion base, beside the census codes of unit and resourced places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli import terms
from sencli.core.people.context import Context
from sencli.core.pupil.arrangements import Kind
from sencli.core.pupil.arrangements import added
from sencli.core.pupil.arrangements import changed
from sencli.core.pupil.arrangements import entry_of
from sencli.core.pupil.arrangements import in_order
from sencli.core.pupil.arrangements import span_words
from sencli.core.pupil.flags import add_flag
from sencli.core.record.act import Act
from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import flags_on
from sencli.core.record.types import Entry
from sencli.core.record.types import Record

_FIELDS = ("from", "until", "base", "name", "restricted")
CENSUS = {name: terms.FLAGS[name] for name in ("sen_unit", "resourced")}
"""The indicators that the census keeps, as flags of the record."""


def base_words(entry: Entry) -> str:
    """``support base (The Nest)``."""
    name = f" ({entry['name']})" if "name" in entry else ""
    return f"{terms.BASES[entry['base']]}{name}"


def base_label(entry: Entry) -> str:
    """``support base (The Nest), from 3 November 2025``."""
    return f"{base_words(entry)}, {span_words(entry)}"


KIND = Kind(
    *("base_placements", "base placement", base_label, "base"),
    *("support", "--name NAME"),
)


def bases_in_order(record: Entry) -> list[Record]:
    """The places in bases, oldest first."""
    return in_order(record, KIND)


def add_base(
    record: Record, base: str, typed: Mapping[str, Any], context: Context
) -> Act:
    """The record with a place in a base; ``census`` adds its indicator as a flag."""
    entry = {"base": base, "from": context.today, **_read(typed)}
    act = added(record, KIND, entry, context)
    return _indicated(act, str(typed.get("census") or ""), entry)


def set_base(record: Record, which: str, typed: Mapping[str, Any]) -> Act:
    """The record with what is named of one place changed."""
    named = _read(typed)
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


def _read(typed: Mapping[str, Any]) -> Record:
    return {n: typed[n] for n in _FIELDS if typed.get(n) is not None}
