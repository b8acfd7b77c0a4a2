"""Record and amend the results of tests, outside the outcomes of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from types import MappingProxyType
from typing import Any

from sencli import terms
from sencli.core.cycle.attainment import in_order
from sencli.core.cycle.attainment import measure_of
from sencli.core.cycle.attainment import result_label
from sencli.core.cycle.attainment import scale_named
from sencli.core.cycle.scales import Scale
from sencli.core.cycle.scales import kept_note
from sencli.core.cycle.scales import parse
from sencli.core.cycle.scales import place
from sencli.core.people.context import Context
from sencli.core.people.context import future_note
from sencli.core.people.context import person
from sencli.core.record import find
from sencli.core.record.act import Act
from sencli.core.record.edit import put_item
from sencli.core.record.lookup import full_name
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.folding import fold
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import UsageFault

Typed = Mapping[str, Any]

_PLAIN = ("test", "subject", "note", "restricted")
# Lowest and highest value, and whether it is whole: a slip of a digit is refused.
_BOUNDS: Mapping[str, tuple[int, int, bool]] = MappingProxyType(
    {
        "phonics": (0, 40, True),
        "scaled_score": (80, 120, True),
        "standardised_score": (30, 170, False),
    }
)
# Letters that schools return, by the words of the scale.
_LETTERS = (
    ("key_stage", {"blw": 0, "pks": 0, "wts": 1, "exs": 2, "gds": 3}),
    ("teacher_assessment", {"wb": 0, "blw": 1, "wts": 1, "exs": 2, "gds": 3}),
)


def add_result(
    record: Record, measure: str, value: str, typed: Typed, context: Context
) -> Act:
    """The record with a result; the same test of the same day again is amended.

    Args:
        record: the pupil's.
        measure: as typed: reading age, phonics, or a scale of the school's own.
        value: as typed.
        typed: ``date``, ``test``, ``subject``, ``by``, ``note``, ``restricted``.
        context: day, people and scales.
    """
    key = measure_of(measure, context.scales)
    named = _as_recorded({**typed, "value": value}, key, record, context)
    named.setdefault("date", context.today)
    same = [e for e in record.get("attainment", ()) if _again(e, named)]
    if same:
        return _written(record, {**same[-1], **named}, value, context, "Amended")
    entry = {"id": context.new_id("attainment"), **named}
    return _written(record, entry, value, context, "Recorded")


def set_result(record: Record, which: str, typed: Typed, context: Context) -> Act:
    """The record with what is named of a result changed.

    Raises:
        UsageFault: nothing is named.
        NotFound: there is no result.
    """
    if not typed:
        raise UsageFault(
            "Nothing to change was given.", "Name what to change: --value, --date ..."
        )
    old = the_result(record, which, context.scales)
    key = old["scale"]
    if "measure" in typed:
        key = measure_of(typed["measure"], context.scales)
    value = str(typed.get("value") or old["value"])
    named = _as_recorded(typed, key, record, context)
    kept = {k: v for k, v in old.items() if k != "interval" or "value" not in typed}
    entry = {**kept, **named}
    if place(entry["value"], scale_named(key, context.scales)) is None:
        raise InvalidValue(
            f"{entry['value']!r} is no {terms.MEASURES.get(key, key)}.",
            "Give the value again with the measure: --value",
        )
    return _written(record, entry, value, context, "Amended")


def the_result(record: Entry, which: str, scales: Sequence[Entry]) -> Record:
    """A result by its number by date, its id or part of its wording."""
    listed = in_order(record)
    if not listed:
        raise NotFound(
            f"{full_name(record)} has no result recorded.",
            f"Enter one: sen attainment add {record['id']} MEASURE VALUE",
        )
    found = find.item(which, listed, lambda e: result_label(e, scales), "result")
    return dict(found)


def _as_recorded(typed: Typed, key: str, record: Record, context: Context) -> Record:
    """What was typed as the record has it."""
    named: Record = {"scale": key}
    named |= {n: typed[n] for n in (*_PLAIN, "date") if n in typed}
    if "test" in named:
        # one test is one line of the chart, however it is spelt this time
        own = [e["test"] for e in record.get("attainment", ()) if "test" in e]
        alike = (one for one in own if fold(one) == fold(named["test"]))
        named["test"] = next(alike, named["test"])
    if "value" in typed:
        scale = scale_named(key, context.scales)
        named["value"], interval = _parsed(key, typed["value"], scale)
        if interval is not None:
            named["interval"] = list(interval)
    if "by" in typed:
        named["by"] = person(
            typed["by"], record, context, typed.get("date") or context.today
        )
    return named


def _parsed(key: str, typed: str, scale: Scale) -> tuple[Any, Any]:
    """The value on its scale, with the interval of a score."""
    try:
        value, interval = parse(_letters(key, typed, scale), scale)
    except InvalidValue as fault:
        if scale.kind != "number":
            raise
        raise InvalidValue(
            f"{typed!r} is not a number, and this is measured in numbers: "
            f"{terms.MEASURES.get(key, key)}.",
            "Type a number (37), or another measure: sen attainment add --help",
        ) from fault
    _check(key, value)
    return value, interval


def _letters(key: str, typed: str, scale: Scale) -> str:
    """The words for the letters that schools return, such as EXS."""
    number = dict(_LETTERS).get(key, {}).get(fold(typed))
    return typed if number is None else scale.values[number]


def _check(key: str, value: Any) -> None:
    if key not in _BOUNDS:
        return
    low, high, whole = _BOUNDS[key]
    if not low <= value <= high or (whole and value != int(value)):
        name = terms.MEASURES[key].partition(",")[0]
        kind = "a whole number" if whole else "a number"
        raise InvalidValue(
            f"{value} cannot be a result of this: {name}.",
            f"It is {kind} from {low} to {high}.",
        )


def _again(entry: Entry, named: Entry) -> bool:
    return all(
        fold(str(entry.get(n, ""))) == fold(str(named.get(n, "")))
        for n in ("scale", "date", "test", "subject")
    )


def _written(
    record: Record, entry: Record, value: str, context: Context, verb: str
) -> Act:
    scale = scale_named(entry["scale"], context.scales)
    return Act(
        {**record, "attainment": put_item(record.get("attainment"), entry)},
        f"{verb} for {full_name(record)}: {result_label(entry, context.scales)}.",
        {"attainment": entry["id"]},
        (*future_note(entry["date"], context), *kept_note(value, scale)),
        (("Item", entry["id"]),),
    )
