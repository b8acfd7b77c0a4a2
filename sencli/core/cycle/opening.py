"""Opening a cycle, and carrying outcomes and interventions over into it."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.core.cycle import carried_strategies
from sencli.core.cycle.dose import cut
from sencli.core.cycle.progress import result_of
from sencli.core.cycle.progress import series
from sencli.core.people.context import Context
from sencli.core.people.context import future_note
from sencli.core.people.context import people
from sencli.core.people.context import staff
from sencli.core.people.context import views
from sencli.core.record import find
from sencli.core.record import lookup
from sencli.core.record.act import Act
from sencli.core.record.edit import label_of
from sencli.core.record.edit import overlaid
from sencli.core.record.edit import put_cycle
from sencli.core.record.edit import the_cycle
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import add_days
from sencli.core.text.dates import words
from sencli.core.text.folding import fold
from sencli.core.text.placeholders import CLOSE_CHOICE
from sencli.core.text.placeholders import SEEN
from sencli.core.time.calendar import dose_on
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import UsageFault
from sencli.value import Value

_MET = {"achieved", "exceeded", "no_longer_relevant"}
_OUTCOME = (
    *("outcome", "need", "success_criteria", "measure", "scale", "better"),
    *("pfa", "ehc_outcome", "restricted"),
)
_INTERVENTION = (
    *("provision", "tier", "group", "section_f", "until", "funding_source"),
    *("expected_impact", "class_link", "restricted"),
)
_DOSE = (
    *("minutes", "sessions_per_week", "group_size", "led_by", "role", "days", "time"),
)


class Carried(Value):
    """The record and the new cycle once something is carried, and what to say."""

    record: Record
    cycle: Record
    said: tuple[str, ...]
    warnings: tuple[str, ...]


def carried(record: Record, cycle: Record, which: str, context: Context) -> Carried:
    """Continue outcomes of the last cycle, what still runs for them, and strategies.

    Args:
        record: the record, without the new cycle.
        cycle: the new cycle, with its assessment.
        which: numbers or wordings of outcomes and numbers of strategies (``s1``),
            parted by commas; or ``all`` for the unmet outcomes and what is still done
            in class.
        context: where ids and scales come from.

    Raises:
        NotFound: there is no earlier cycle, or no such outcome in it.
    """
    last = lookup.latest_cycle(record)
    if last is None:
        raise NotFound(
            "There is no earlier cycle to carry on from.", "Leave --carry out."
        )
    day = cycle["assess"]["date"]
    kept = carried_strategies.to_continue(last, which, day)
    chosen = _to_continue(last, carried_strategies.others(which))
    renamed: dict[str, str] = {}
    outcomes = []
    for outcome in chosen:
        renamed[outcome["id"]] = context.new_id("outcome")
        outcomes.append(_outcome(record, last, outcome, renamed, day, context))
    serving, ended = _serving(last, renamed, day)
    running = [i for i in serving if i.get("until", STILL) >= day]
    for item in serving:
        renamed[item["id"]] = context.new_id("intervention")
    plan: Record = {"outcomes": outcomes} if outcomes else {}
    if serving:
        plan["interventions"] = [_intervention(i, renamed, day) for i in serving]
    old, later = _parted(last, running, renamed, day)
    if kept:
        plan["strategies"] = carried_strategies.continued(kept, day, context)
        old = carried_strategies.ended(old, kept, day)
    new_cycle = {**cycle, "plan": plan, **({"do": later} if later else {})}
    if not plan:
        new_cycle.pop("plan")
    told, notes = _words(str(record["id"]), outcomes, serving, ended)
    told += carried_strategies.continued_words(kept)
    notes += _open_ended(serving, running)
    if kept and not carried_strategies.others(which):
        notes = ()  # nobody asked for outcomes
    return Carried(put_cycle(record, old), new_cycle, told, notes)


def _words(
    pupil: str, outcomes: list[Record], serving: list[Record], ended: list[Record]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Confirmation of what is carried over, and notes on what is not."""
    told = []
    if outcomes:
        told.append(f"Carried on: {_listed(o['outcome'] for o in outcomes)}.")
    if serving:
        listed = _listed(i["provision"] for i in serving)
        told.append(f"Going on for it: {listed}.")
    notes = [
        f"{item['provision']} ended on {words(str(item['until']))} and is not carried "
        f"on; to go on with it: sen intervention add {pupil} {item['provision']}"
        for item in ended
    ]
    if not outcomes:
        notes.append("No outcome of the last cycle is unmet: nothing was carried on.")
    return tuple(told), tuple(notes)


def _open_ended(serving: list[Record], running: list[Record]) -> tuple[str, ...]:
    """A note on items planned to end with the last cycle but carried over."""
    return tuple(
        f"{item['provision']} was planned until {words(str(item['until']))} and goes "
        "on; give it an end with: sen intervention set PUPIL ITEM --end DATE"
        for item in serving
        if item not in running
    )


def _listed(names: Any) -> str:
    return lookup.joined([str(name) for name in names])


def _to_continue(last: Record, which: str) -> list[Record]:
    outcomes = last.get("plan", {}).get("outcomes", [])
    if not which:
        return []
    if fold(which) == "all":
        return [
            o for o in outcomes if result_of(last, o["id"]).get("result") not in _MET
        ]
    found = [
        dict(find.item(part, outcomes, lambda o: str(o["outcome"]), "outcome"))
        for part in which.split(",")
        if part.strip()
    ]
    return list({o["id"]: o for o in found}.values())


def _outcome(
    record: Record,
    last: Record,
    outcome: Record,
    renamed: dict[str, str],
    day: str,
    context: Context,
) -> Record:
    made = {name: outcome[name] for name in _OUTCOME if name in outcome}
    made.update(id=renamed[outcome["id"]], continues=outcome["id"])
    made["from"] = day
    points = [p for p in series(record, outcome, context.scales) if p.date <= day]
    if points:
        point = points[-1]
        made["baseline"] = {"value": point.value}
        if point.date:
            made["baseline"]["date"] = point.date
        if point.interval:
            made["baseline"]["interval"] = list(point.interval)
    target = outcome.get("target", {})
    met = result_of(last, outcome["id"]).get("result") in _MET
    if "value" in target and not met:
        made["target"] = {k: v for k, v in target.items() if k != "by"}
    return made


def _serving(
    last: Record, renamed: dict[str, str], day: str
) -> tuple[list[Record], list[Record]]:
    """The interventions that serve those outcomes: those that go on, and the ended.

    What was planned to the end of the cycle goes on with its outcome, unless it was
    ended or the review decided to replace it.
    """
    running, ended = [], []
    review = last.get("review", {})
    due = last.get("plan", {}).get("review_by", STILL)
    over = min(review.get("date", STILL), due)
    replaced = "replace" in review.get("decisions", ())
    for item in last.get("plan", {}).get("interventions", ()):
        if not any(o in renamed for o in item.get("outcomes", ())):
            continue
        until = item.get("until", STILL)
        if until < day and ("ended" in item or until < over or replaced):
            ended.append(item)
        elif item.get("from", "") < day:
            running.append(item)
    return running, ended


def _intervention(item: Record, renamed: dict[str, str], day: str) -> Record:
    made = {name: item[name] for name in _INTERVENTION if name in item}
    made.update(id=renamed[item["id"]], continues=item["id"])
    if made.get("until", STILL) < day:
        del made["until"]  # it ran to the end of that cycle, and goes on
    made["from"] = day
    made["outcomes"] = [renamed[o] for o in item["outcomes"] if o in renamed]
    if item.get("within") in renamed:
        made["within"] = renamed[item["within"]]
    doses: Sequence[Entry] = item.get("dose", ())
    if doses:
        current = dose_on(doses, day)
        made["dose"] = [{"from": day, **{k: current[k] for k in _DOSE if k in current}}]
        made["dose"] += [d for d in doses if d["from"] > day]
    return made


def _parted(
    last: Record, serving: list[Record], renamed: dict[str, str], day: str
) -> tuple[Record, Record]:
    """The old cycle ended where the new one takes over, and what came after that.

    What runs on stops in the old cycle the day before, so that nothing is counted
    twice; entries dated later go with it into the new cycle.
    """
    plan = dict(last.get("plan", {}))
    moving = {item["id"] for item in serving}
    if moving:
        plan["interventions"] = [
            cut({**i, "until": add_days(day, -1)}) if i["id"] in moving else i
            for i in plan["interventions"]
        ]
    kept: Record = {}
    later: Record = {}
    for name, entries in last.get("do", {}).items():
        ref = "outcome" if name == "measurements" else "intervention"
        when = "week" if name == "tallies" else "date"
        goes = [e for e in entries if e.get(ref) in renamed and e[when] >= day]
        if name == "changes":
            goes = []
        kept[name] = [e for e in entries if e not in goes]
        if goes:
            later[name] = [{**e, ref: renamed[e[ref]]} for e in goes]
    old = {**last, "plan": plan}
    old.pop("do", None)
    if kept := {name: entries for name, entries in kept.items() if entries}:
        old["do"] = kept
    if not plan and "plan" not in last:
        old.pop("plan")
    return old, later


Typed = Mapping[str, Any]

_LATER = (("plan", "plan"), ("review", "review"), ("closed", "close"))

_TEXTS = {
    "assessment": "teacher_assessment",
    "attainment": "attainment",
    "compared_with_peers": "compared_with_peers",
    "specialist_advice": "specialist_advice",
}


def open_cycle(record: Record, typed: Typed, context: Context) -> Act:
    """Open a cycle with what was assessed; ``carry`` continues what was unmet.

    Raises:
        InvalidValue: there is an open cycle already.
    """
    _refuse_second(record)
    day = typed.get("date") or context.today
    cycle: Record = {"id": context.new_id("cycle")}
    cycle["assess"] = {"date": day, **_assessed(record, typed, context, day)}
    if teacher := typed.get("teacher"):
        cycle["teacher"] = staff(teacher, context.school)
        cycle["assess"].setdefault("by", [cycle["teacher"]])
    new = record
    told: tuple[str, ...] = ()
    notes: tuple[str, ...] = (*future_note(day, context), *_order_notes(record, day))
    if which := typed.get("carry"):
        moved = carried(record, cycle, which, context)
        new, cycle, told = moved.record, moved.cycle, moved.said
        notes += moved.warnings
    new = put_cycle(new, cycle)
    said = f"Opened {label_of(new, cycle)}, assessed on {words(day)}."
    ids = {"cycle": cycle["id"], **_created_ids(cycle)}
    return Act(new, " ".join((said, *told)), ids, notes, (("Cycle", str(cycle["id"])),))


def set_assessment(record: Record, typed: Typed, context: Context) -> Act:
    """Amend what is named of a cycle's assessment, and no more.

    Raises:
        UsageFault: nothing is named.
        InvalidValue: the assessment would come after the plan or the review.
    """
    cycle = the_cycle(record, typed.get("cycle"), open_only=True)
    old = cycle.get("assess", {})
    day = typed.get("date") or old.get("date") or context.today
    fragment = _assessed(record, typed, context, day)
    made = dict(cycle)
    if teacher := typed.get("teacher"):
        made["teacher"] = staff(teacher, context.school)
    if not fragment and not teacher and "date" not in typed:
        raise UsageFault(
            "Nothing to change was given.",
            "Name what to change: --assessment, --attainment, --parent-view, --date",
        )
    made["assess"] = overlaid({**old, "date": day}, fragment)
    for part, name in _LATER:
        later = cycle.get(part, {}).get("date", STILL)
        if day > later:
            raise InvalidValue(
                f"The assessment of {words(day)} would come after the {name} of "
                f"{words(later)}.",
            )
    new = put_cycle(record, made)
    said = f"Amended the assessment of {label_of(new, made)}."
    ids = {"cycle": cycle["id"]}
    return Act(new, said, ids, (), (("Cycle", str(cycle["id"])),))


def _assessed(record: Record, typed: Typed, context: Context, day: str) -> Record:
    found: Record = {
        name: typed[option] for option, name in _TEXTS.items() if typed.get(option)
    }
    if by := typed.get("by"):
        found["by"] = people(by, record, context, day)
    if said := views(typed, record, context, day):
        found["views"] = said
    return found


def _refuse_second(record: Record) -> None:
    found = lookup.open_cycle(record)
    if found is None:
        return
    who = record["id"]
    plan = found.get("plan", {}).get("review_by")
    due = f", review due {words(plan)}" if plan else ""
    raise InvalidValue(
        f"{lookup.display_name(record)} has an open cycle already: "
        f"{lookup.cycle_label(record, found)}{due}.",
        f"Review it: sen cycle review {who} --date DATE\n"
        f"or close it unreviewed: sen cycle close {who} --reason {CLOSE_CHOICE}\n"
        f"or amend its assessment: sen cycle set {who} --assessment {SEEN}",
    )


def _order_notes(record: Record, day: str) -> tuple[str, ...]:
    notes = []
    last = lookup.latest_cycle(record) or {}
    ended = str((last.get("review") or last.get("closed") or {}).get("date", ""))
    if day < ended:
        notes.append(
            f"{words(day)} is before the end of {lookup.cycle_label(record, last)} "
            f"({words(ended)})."
        )
    if (left := lookup.left_on(record)) and left < day:
        notes.append(f"{lookup.display_name(record)} left the school on {words(left)}.")
    return tuple(notes)


def _created_ids(cycle: Record) -> dict[str, Any]:
    plan = cycle.get("plan", {})
    names = {"outcomes": "outcomes", "interventions": "interventions"}
    return {
        key: [item["id"] for item in plan[part]]
        for part, key in names.items()
        if plan.get(part)
    }
