"""Outcomes: add, change, measure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli.core.cycle.progress import value_words as value_said
from sencli.core.cycle.scales import Scale
from sencli.core.cycle.scales import compare
from sencli.core.cycle.scales import guessed
from sencli.core.cycle.scales import kept_note
from sencli.core.cycle.scales import parse
from sencli.core.cycle.scales import pick
from sencli.core.cycle.scales import place
from sencli.core.cycle.scales import scale_of
from sencli.core.cycle.scales import scaled
from sencli.core.cycle.year_of_date import anchor_of
from sencli.core.cycle.year_of_date import fitted
from sencli.core.people.context import PROVISIONS
from sencli.core.people.context import Context
from sencli.core.people.context import future_note
from sencli.core.people.context import staff
from sencli.core.record import find
from sencli.core.record import lookup
from sencli.core.record.act import Act
from sencli.core.record.edit import label_of
from sencli.core.record.edit import put_cycle
from sencli.core.record.edit import put_item
from sencli.core.record.edit import the_cycle
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Record
from sencli.core.text.dates import words
from sencli.core.text.folding import fold
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import UsageFault
from sencli.value import replace

Typed = Mapping[str, Any]

_PLAIN = ("measure", "success_criteria", "better", "pfa", "scale", "restricted")


def add_outcome(record: Record, wording: str, typed: Typed, context: Context) -> Act:
    """Add an outcome to the open cycle; the same wording again amends that one.

    Raises:
        NotFound: no open cycle, or no such need.
        InvalidValue: a value that does not fit the scale, dates out of order.
    """
    typed, there = _with_scale(typed, context)
    return _beside(_add(record, wording, typed, there), context, there)


def set_outcome(record: Record, which: str, typed: Typed, context: Context) -> Act:
    """Amend what is named of an outcome.

    Raises:
        UsageFault: nothing is named.
        InvalidValue: values that do not fit the scale, dates out of order.
    """
    typed, there = _with_scale(typed, context)
    return _beside(_set(record, which, typed, there), context, there)


def _with_scale(typed: Typed, context: Context) -> tuple[Typed, Context]:
    """The key of the scale that was typed; one typed in words joins the catalogue."""
    if not {"scale", "measure"} & {*typed}:
        return typed, context
    scales = context.scales
    if "scale" in typed:
        key, made = pick(typed["scale"], scales)
        typed = {**typed, "scale": key}
        if made is not None:
            scales = [*scales, made]
            catalogue = {**context.catalogue, "scales": scales}
            context = replace(context, catalogue=catalogue)
    return scaled(typed, scales), context


def _beside(act: Act, before: Context, after: Context) -> Act:
    """The change, with the catalogue where it has a new scale."""
    if after is before:
        return act
    return replace(act, records={PROVISIONS: after.catalogue})


def _add(record: Record, wording: str, typed: Typed, context: Context) -> Act:
    cycle = the_cycle(record, typed.get("cycle"), open_only=True)
    typed = fitted(typed, anchor_of(cycle, context), context)
    plan = cycle.get("plan", {})
    outcomes = plan.get("outcomes", [])
    if same := [o for o in outcomes if fold(o["outcome"]) == fold(wording)]:
        return _again(record, same[0], typed, context)
    made: Record = {"id": context.new_id("outcome"), "outcome": wording}
    made["from"] = typed.get("from") or _set_on(cycle, typed, context)
    made.update({name: typed[name] for name in _PLAIN if name in typed})
    if "scale" not in made:
        values = [str(typed[n]) for n in ("baseline", "target") if n in typed]
        if kind := guessed(values):
            made["scale"] = kind
    if which := typed.get("continues"):
        made["continues"] = _earlier(record, cycle, which)
    notes = _measures(record, cycle, made, typed, context)
    plan = {**plan, "outcomes": put_item(outcomes, made)}
    changed = {**cycle, "plan": plan}
    new = put_cycle(record, changed)
    number = len(plan["outcomes"])
    said = f"Added outcome {number} to {label_of(new, changed)}: {wording}"
    return Act(
        new,
        said + _aim_said(made, context),
        {"outcome": made["id"], "cycle": cycle["id"]},
        notes,
        (("Cycle", cycle["id"]), ("Item", made["id"])),
    )


def _set(record: Record, which: str, typed: Typed, context: Context) -> Act:
    cycle, outcome = the_outcome(record, which, typed.get("cycle"))
    if not {*typed} - {"cycle"}:
        raise UsageFault(
            "Nothing to change was given.",
            "Name what to change: --outcome, --target, --by, --baseline, --scale ...",
        )
    typed = fitted(typed, anchor_of(cycle, context), context)
    made = dict(outcome)
    made.update({name: typed[name] for name in _PLAIN if name in typed})
    if "outcome" in typed:
        made["outcome"] = typed["outcome"]
    if "from" in typed:
        made["from"] = typed["from"]
    if which_one := typed.get("continues"):
        made["continues"] = _earlier(record, cycle, which_one)
    notes = _measures(record, cycle, made, typed, context)
    _check_values(cycle, made, context)
    changed = with_outcome(cycle, made)
    new = put_cycle(record, changed)
    said = f"Amended outcome {number_of(changed, made)} of {label_of(new, changed)}: "
    return Act(
        new,
        said + made["outcome"] + _aim_said(made, context),
        {"outcome": made["id"], "cycle": cycle["id"]},
        notes,
        (("Cycle", cycle["id"]), ("Item", made["id"])),
    )


def measure_outcome(
    record: Record, which: str, value: str, typed: Typed, context: Context
) -> Act:
    """Enter where the pupil is now; the same day again amends that entry.

    It goes to the cycle that was current on the day: an outcome that carries on an
    earlier one is measured there when the day lies before its own cycle.

    Raises:
        InvalidValue: the value does not fit the scale, or the day comes too early.
    """
    day = typed.get("date") or context.today
    cycle, outcome = the_outcome(record, which, typed.get("cycle"))
    cycle, outcome = _on_the_day(record, cycle, outcome, day)
    scale = scale_of(outcome, context.scales)
    entry: Record = {"date": day, "outcome": outcome["id"]}
    entry["value"], interval = parse(value, scale)
    if interval is not None:
        entry["interval"] = list(interval)
    entry.update({"note": typed["note"]} if "note" in typed else {})
    if by := typed.get("by"):
        entry["by"] = staff(by, context.school)
    part = dict(cycle.get("do", {}))
    there = [m for m in part.get("measurements", ()) if _same(m, entry)]
    if there:
        kept = {k: v for k, v in there[-1].items() if k != "interval"}
        entry = {**kept, **entry}
    else:
        entry["id"] = context.new_id("measurement")
    part["measurements"] = put_item(part.get("measurements"), entry)
    changed = {**cycle, "do": part}
    new = put_cycle(record, changed)
    said = _measured_said(record, outcome, entry, scale)
    return Act(
        new,
        f"{'Amended' if there else 'Measured'} {said}",
        {"measurement": entry["id"], "outcome": outcome["id"], "cycle": cycle["id"]},
        (
            *future_note(day, context),
            *kept_note(value, scale),
            *_worse_note(outcome, entry, scale),
        ),
        (("Cycle", cycle["id"]), ("Item", outcome["id"])),
    )


def the_outcome(
    record: Record, which: str, cycle: str | None = None
) -> tuple[Record, Record]:
    """The outcome meant and its cycle: an id anywhere, else within one cycle."""
    if cycle is None and (found := lookup.holder(record, "outcomes", which.strip())):
        return found
    holder = the_cycle(record, cycle, open_only=False)
    listed = holder.get("plan", {}).get("outcomes", [])
    item = find.item(which, listed, lambda o: str(o["outcome"]), "outcome")
    return holder, dict(item)


def number_of(cycle: Mapping[str, Any], outcome: Mapping[str, Any]) -> int:
    """The outcome's number in its cycle, from 1."""
    ids = [o["id"] for o in cycle["plan"]["outcomes"]]
    return ids.index(outcome["id"]) + 1


def with_outcome(cycle: Record, outcome: Record) -> Record:
    """The cycle with that version of the outcome."""
    plan = cycle["plan"]
    return {
        **cycle,
        "plan": {**plan, "outcomes": put_item(plan["outcomes"], outcome)},
    }


def _set_on(cycle: Record, typed: Typed, context: Context) -> str:
    """The plan's day, else today; one that is due before that began with the cycle."""
    day = str(cycle.get("plan", {}).get("date") or context.today)
    began = lookup.cycle_began(cycle)
    return min(day, began) if began and typed.get("by", day) < day else day


def _again(record: Record, outcome: Record, typed: Typed, context: Context) -> Act:
    """The same verb again amends only what is named."""
    if not {*typed} - {"cycle"}:
        ids = {"outcome": outcome["id"]}
        return Act(record, f"It says so already: {outcome['outcome']}.", ids)
    named = {k: v for k, v in typed.items() if k != "cycle"}
    return _set(record, outcome["id"], named, context)


def _measures(
    record: Record, cycle: Record, made: Record, typed: Typed, context: Context
) -> tuple[str, ...]:
    """Lay the need, baseline and target that were typed into ``made``, checked."""
    if need := typed.get("need"):
        made["need"] = _need(record, need, context)
    if aim := typed.get("ehc_outcome"):
        made["ehc_outcome"] = _ehc_outcome(record, aim)
    scale = scale_of(made, context.scales)
    assessed = cycle.get("assess", {}).get("date") or context.today
    if "baseline" in typed:
        start = _valued(str(typed["baseline"]), scale)
        start["date"] = typed.get("baseline_date") or made.get("baseline", {}).get(
            "date", assessed
        )
        made["baseline"] = start
    elif "baseline_date" in typed:
        if "baseline" not in made:
            raise UsageFault("--baseline-date needs --baseline.")
        made["baseline"] = {**made["baseline"], "date": typed["baseline_date"]}
    target = dict(made.get("target", {}))
    if "target" in typed:
        target.pop("interval", None)
        target.update(_valued(str(typed["target"]), scale))
    if "by" in typed:
        target["by"] = typed["by"]
    if target:
        made["target"] = target
    _check_dates(made)
    entered = [str(typed[n]) for n in ("baseline", "target") if n in typed]
    kept = [note for text in entered for note in kept_note(text, scale)]
    return (*kept, *_aim_notes(made, context))


def _valued(typed: str, scale: Scale) -> Record:
    value, interval = parse(typed, scale)
    found: Record = {"value": value}
    if interval is not None:
        found["interval"] = list(interval)
    return found


def _check_dates(outcome: Record) -> None:
    start = outcome.get("baseline", {}).get("date", "")
    since = outcome.get("from", "")
    by = outcome.get("target", {}).get("by", STILL)
    if by < start:
        raise InvalidValue(
            f"The target date, {words(by)}, comes before the baseline of "
            f"{words(start)}.",
            "Give a later day: --by, or the day of the baseline: --baseline-date",
        )
    if by < since:
        raise InvalidValue(
            f"The target date, {words(by)}, comes before the outcome was set on "
            f"{words(since)}.",
            "Give a later day: --by, or the day on which it was set: --from",
        )


def _aim_notes(outcome: Record, context: Context) -> tuple[str, ...]:
    scale = scale_of(outcome, context.scales)
    start = outcome.get("baseline", {}).get("value")
    aim = outcome.get("target", {}).get("value")
    verdict = compare(start, aim, scale)
    if verdict == 0:
        return (f"The target is where the pupil is already: {aim}.",)
    if verdict == -1:
        way = f"{scale.better} is better here"
        return (f"The target ({aim}) is worse than the baseline ({start}): {way}.",)
    return ()


def _check_values(cycle: Record, outcome: Record, context: Context) -> None:
    """Every value already entered must fit the outcome's scale."""
    scale = scale_of(outcome, context.scales)
    entered = [outcome.get("baseline", {}), outcome.get("target", {})]
    measured = cycle.get("do", {}).get("measurements", ())
    results = cycle.get("review", {}).get("outcomes", ())
    entered += [e for e in (*measured, *results) if e["outcome"] == outcome["id"]]
    for entry in entered:
        if "value" in entry and place(entry["value"], scale) is None:
            fits = ", ".join(scale.values) if scale.values else scale.kind
            raise InvalidValue(
                f"{entry['value']!r}, entered before, does not fit the scale ({fits}).",
                "Give the values again with the scale: --baseline, --target",
            )


def _need(record: Record, typed: str, context: Context) -> str:
    needs = lookup.needs_on(record, context.today) or list(
        {n["id"]: n for n in record.get("needs", ())}.values()
    )
    if not needs:
        raise NotFound(
            f"{lookup.display_name(record)} has no need recorded.",
            f"Enter it: sen need add {record['id']} TYPE --rank NUMBER",
        )
    exact = [n for n in needs if n["type"].casefold() == typed.strip().casefold()]
    if len(exact) == 1:
        return str(exact[0]["id"])
    found = find.item(
        typed, needs, lambda n: f"{n['type']} {n.get('description', '')}", "need"
    )
    return str(found["id"])


def _ehc_outcome(record: Record, typed: str) -> str:
    plans = record.get("ehc", {}).get("plans", ())
    listed = [o for plan in plans for o in plan.get("outcomes", ())]
    found = find.item(typed, listed, lambda o: str(o["text"]), "EHC plan outcome")
    return str(found["id"])


def _earlier(record: Record, cycle: Record, typed: str) -> str:
    """The outcome of an earlier cycle, newest cycle first."""
    listed = [
        o
        for other in sorted(
            record.get("cycles", ()), key=lookup.cycle_began, reverse=True
        )
        if other["id"] != cycle["id"]
        for o in other.get("plan", {}).get("outcomes", ())
    ]
    found = find.item(typed, listed, lambda o: str(o["outcome"]), "outcome")
    return str(found["id"])


def _on_the_day(
    record: Record, cycle: Record, outcome: Record, day: str
) -> tuple[Record, Record]:
    first = cycle, outcome
    while day < lookup.cycle_began(cycle):
        earlier = outcome.get("continues", "")
        found = lookup.holder(record, "outcomes", earlier) if earlier else None
        if found is None:
            began = lookup.cycle_began(first[0])
            raise InvalidValue(
                f"{first[1]['outcome']!r} belongs to {label_of(record, first[0])}, "
                f"which began on {words(began)}, after {words(day)}.",
                "For an outcome of an earlier cycle name it: --cycle",
            )
        cycle, outcome = found
    return cycle, outcome


def _same(measurement: Record, entry: Record) -> bool:
    return bool(
        measurement["outcome"] == entry["outcome"]
        and measurement["date"] == entry["date"]
    )


def _aim_said(outcome: Record, context: Context) -> str:
    scale = scale_of(outcome, context.scales)
    start, target = outcome.get("baseline", {}), outcome.get("target", {})
    parts = []
    if "value" in start:
        parts.append(f"from {value_said(start['value'], scale)}")
    if "value" in target:
        parts.append(f"to {value_said(target['value'], scale)}")
    if "by" in target:
        parts.append(f"by {words(target['by'])}")
    return f" ({' '.join(parts)})." if parts else "."


def _measured_said(record: Record, outcome: Record, entry: Record, scale: Scale) -> str:
    value = value_said(entry["value"], scale, entry.get("interval"))
    target = outcome.get("target", {}).get("value")
    aim = "" if target is None else f" (target {value_said(target, scale)})"
    return (
        f"{outcome['outcome']} for {lookup.display_name(record)} on "
        f"{words(entry['date'])}: {value}{aim}."
    )


def _worse_note(outcome: Record, entry: Record, scale: Scale) -> tuple[str, ...]:
    start = outcome.get("baseline", {}).get("value")
    if compare(start, entry["value"], scale) != -1:
        return ()
    return (f"That is worse than the baseline of {value_said(start, scale)}.",)
