"""Interventions: add, change, end and continue."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.core.cycle.dose import Offer
from sencli.core.cycle.dose import change_said
from sencli.core.cycle.dose import cut
from sencli.core.cycle.dose import dose_of
from sencli.core.cycle.dose import dose_said
from sencli.core.cycle.dose import moved_start
from sencli.core.cycle.dose import provision_name
from sencli.core.cycle.dose import redosed
from sencli.core.cycle.dose import usual_end
from sencli.core.cycle.groups import Picked
from sencli.core.cycle.groups import group_for
from sencli.core.cycle.year_of_date import anchor_of
from sencli.core.cycle.year_of_date import fitted
from sencli.core.people.context import GROUPS
from sencli.core.people.context import Context
from sencli.core.record import find
from sencli.core.record import lookup
from sencli.core.record.act import Act
from sencli.core.record.edit import label_of
from sencli.core.record.edit import put_cycle
from sencli.core.record.edit import put_item
from sencli.core.record.edit import the_cycle
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import words
from sencli.core.time.calendar import dose_on
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import UsageFault
from sencli.value import replace


def added_said(item: Entry, dose: Entry, offer: Offer) -> str:
    """An added intervention in words: what, how much, between which dates."""
    parts = [provision_name(item["provision"], offer.provisions)]
    if offer.group_name:
        parts.append(f"in {offer.group_name}")
    if how := dose_said(dose):
        parts.append(how)
    parts.append(f"from {words(item['from'])}")
    if "until" in item:
        parts[-1] += f" to {words(item['until'])}"
    return ", ".join(parts) + "."


def added_notes(
    record: Record, cycle: Record, item: Entry, dose: Entry, offer: Offer
) -> tuple[str, ...]:
    """Notes on an added intervention that deserve a look."""
    notes = []
    retired = offer.provision.get("retired", STILL)
    if retired <= item["from"]:
        notes.append(f"The catalogue retired this provision on {words(retired)}.")
    if not item.get("outcomes") and cycle.get("plan", {}).get("outcomes"):
        notes.append(
            "It serves no outcome yet: sen intervention set "
            f"{record['id']} {item['id']} --outcome NUMBER"
        )
    if "until" not in item:
        notes.append("No end date was given: it runs until it is ended.")
    if "minutes" not in dose or "sessions_per_week" not in dose:
        notes.append(
            "How long and how often is not known, so it cannot be costed: "
            "--minutes, --sessions-per-week"
        )
    return tuple(notes)


Typed = Mapping[str, Any]

_PLAIN = (
    *("tier", "expected_impact", "other_cost_pence", "funding_source"),
    *("class_link", "restricted"),
)


def give(record: Record, entry: Entry, typed: Typed, context: Context) -> Act:
    """Add an intervention of the catalogue; a group named for the first time is made.

    Raises:
        NotFound, InvalidValue: as ``add_intervention`` and ``group_for``.
    """
    cycle = the_cycle(record, typed.get("cycle"), open_only=True)
    offer, made = _offer(entry, typed, start_of(cycle, typed, context), context)
    return _in_group(add_intervention(record, offer, typed, context), made, context)


def alter(record: Record, which: str, typed: Typed, context: Context) -> Act:
    """Change an intervention; a group named for the first time is made.

    Raises:
        NotFound, InvalidValue: as ``change_intervention`` and ``group_for``.
    """
    _, item = the_intervention(record, which, typed.get("cycle"), context.provisions)
    day = typed.get("from") or context.today
    offer, made = _offer({"key": item["provision"]}, typed, day, context)
    act = change_intervention(record, which, offer, typed, context)
    return _in_group(act, made, context)


def _offer(
    entry: Entry, typed: Typed, day: str, context: Context
) -> tuple[Offer, Picked | None]:
    """The provision and the group that was typed, where one was."""
    provisions = context.provisions
    if "group" not in typed:
        return Offer(entry, provisions), None
    listed = context.groups.get("groups", ())
    found = group_for(typed["group"], listed, entry["key"], day, context.new_id)
    return Offer(entry, provisions, found.id, found.name), found


def _in_group(act: Act, group: Picked | None, context: Context) -> Act:
    """The change, with the groups where one was made or begins earlier."""
    if group is None or group.made is None:
        return act
    groups = put_item(context.groups.get("groups", []), group.made)
    return replace(
        act,
        warnings=(*group.warnings, *act.warnings),
        records={GROUPS: {**context.groups, "groups": groups}},
    )


def add_intervention(
    record: Record, offer: Offer, typed: Typed, context: Context
) -> Act:
    """Add an intervention to the open cycle; the same again amends what is named.

    Its dose is written down, from what was typed or else as the catalogue has it now:
    a later change of the catalogue does not rewrite what was given.

    Raises:
        NotFound: no open cycle; an outcome or adult that is not there.
        InvalidValue: an end before the start, a dose that contradicts itself.
    """
    cycle = the_cycle(record, typed.get("cycle"), open_only=True)
    if {"weeks", "end"} <= {*typed}:
        raise UsageFault(
            "--weeks and --end both say when it ends.", "Give one of the two."
        )
    typed = fitted(typed, anchor_of(cycle, context), context)
    plan = cycle.get("plan", {})
    start = start_of(cycle, typed, context)
    if same := _same(plan, offer, start):
        named = {k: v for k, v in typed.items() if k not in {"cycle", "weeks"}}
        named["from"] = start
        if "weeks" in typed:
            named["end"] = _end_of(start, offer, typed, context)
        return change_intervention(record, same["id"], offer, named, context)
    if going_on := _carried(cycle, offer):
        return _renewed(record, going_on, offer, {**typed, "start": start}, context)
    made = _new(record, cycle, offer, {**typed, "start": start}, context)
    plan = {**plan, "interventions": put_item(plan.get("interventions"), made)}
    changed = {**cycle, "plan": plan}
    new = put_cycle(record, changed)
    number = len(plan["interventions"])
    said = f"Added intervention {number} to {label_of(new, changed)}: "
    ids = {"intervention": made["id"], "cycle": cycle["id"]}
    return Act(
        new,
        said + added_said(made, made["dose"][0], offer),
        ids if not offer.group else {**ids, "group": offer.group},
        added_notes(record, cycle, made, made["dose"][0], offer),
        (("Cycle", cycle["id"]), ("Item", made["id"])),
    )


def _new(
    record: Record, cycle: Record, offer: Offer, typed: Typed, context: Context
) -> Record:
    """The intervention as it was typed, else as the catalogue has it."""
    made: Record = {"id": context.new_id("intervention")}
    made["provision"] = offer.provision["key"]
    made["from"] = typed["start"]
    made.update({name: typed[name] for name in _PLAIN if name in typed})
    if "tier" not in made and (tier := offer.provision.get("tier")):
        made["tier"] = tier
    until = typed.get("end") or _end_of(made["from"], offer, typed, context)
    if until:
        made["until"] = until
    if offer.group:
        made["group"] = offer.group
    made.update(_links(record, cycle, typed))
    usual = offer.provision.get("usual", {})
    made["dose"] = [{"from": made["from"], **dose_of(typed, usual, context)}]
    _check_span(made)
    return made


def change_intervention(
    record: Record, which: str, offer: Offer, typed: Typed, context: Context
) -> Act:
    """Change the dose from a day on, or amend what is named of an intervention.

    Raises:
        UsageFault: nothing is named.
        InvalidValue: a day outside the intervention, a contradicting dose.
    """
    cycle, item = the_intervention(record, which, typed.get("cycle"), offer.provisions)
    if not {*typed} - {"cycle", "from"}:
        raise UsageFault(
            "Nothing to change was given.",
            "Name what changes: --minutes, --sessions-per-week, --led-by, --end ...",
        )
    typed = fitted(typed, str(item.get("from", "")), context)
    day = _from_day(item, typed, context)
    dose = dose_of(typed, {}, context)
    if not dose and typed.get("from", item.get("from")) != item.get("from"):
        raise UsageFault(
            "--from says from when a dose holds, and none is given.",
            "Name what changes from then (--minutes, --led-by ...), or leave it out.",
        )
    made = _amended(item, _links(record, cycle, typed), typed, dose, offer, day)
    changed = _with(cycle, made)
    name = provision_name(made["provision"], offer.provisions)
    what = dose_said(dose_on(made.get("dose", ()), day))
    ids = {"intervention": made["id"], "cycle": cycle["id"]}
    if reason := typed.get("reason"):
        told = (change_said(name, dose), reason)
        changed, ids["change"] = _noted(changed, made, day, told, context)
    new = put_cycle(record, changed)
    when = f" from {words(day)}: {what}." if dose else "."
    said = f"Changed {name} of {label_of(new, changed)}{when}"
    trailers = (("Cycle", cycle["id"]), ("Item", made["id"]))
    return Act(new, said, ids, (), trailers)


def _amended(
    item: Entry, links: Entry, typed: Typed, dose: Entry, offer: Offer, day: str
) -> Record:
    """The intervention updated with typed values, and checked."""
    made = dict(item)
    made.update({name: typed[name] for name in _PLAIN if name in typed})
    if offer.group:
        made["group"] = offer.group
    made.update(links)
    made.update({n: typed[o] for o, n in _SPAN if o in typed})
    if "end" in typed and "ended" in made:
        made = _not_ended(made, typed["end"])
    if "start" in typed:
        made["dose"] = moved_start(made.get("dose", []), item, typed["start"])
    if dose:
        _check_within(made, day, offer)
        made["dose"] = redosed(made.get("dose", []), {"from": day, **dose})
    _check_span(made)
    return cut(made)


_SPAN = (("start", "from"), ("end", "until"))


def end_intervention(
    record: Record,
    which: str,
    provisions: Sequence[Entry],
    typed: Typed,
    context: Context,
) -> Act:
    """End an intervention on a day, and say why.

    Raises:
        InvalidValue: before it began, or after it ended anyway.
    """
    cycle, item = the_intervention(record, which, typed.get("cycle"), provisions)
    day = typed.get("date") or context.today
    name = provision_name(item["provision"], provisions)
    _check_end(str(record["id"]), item, name, day)
    ended = {**item.get("ended", {}), "date": day}
    if reason := typed.get("reason"):
        ended["reason"] = reason
    made = cut({**item, "until": day, "ended": ended})
    changed = _with(cycle, made)
    new = put_cycle(record, changed)
    said = f"Ended {name} of {label_of(new, changed)} on {words(day)}."
    later = [
        s
        for s in cycle.get("do", {}).get("sessions", ())
        if s["intervention"] == item["id"] and s["date"] > day
    ]
    notes = (
        (f"{len(later)} of its sessions are dated after that day.",) if later else ()
    )
    ids = {"intervention": item["id"], "cycle": cycle["id"]}
    return Act(new, said, ids, notes, (("Cycle", cycle["id"]), ("Item", item["id"])))


def _check_end(pupil: str, item: Entry, name: str, day: str) -> None:
    if day < item.get("from", ""):
        raise InvalidValue(
            f"{name} began on {words(item['from'])}, after {words(day)}.",
            f"If it never took place: sen remove {pupil} {item['id']}",
        )
    planned = item.get("ended", {}).get("date") and STILL
    planned = planned or item.get("until", STILL)
    if day > planned:
        raise InvalidValue(
            f"{name} ends on {words(planned)} already, before {words(day)}.",
            f"To let it run longer: sen intervention set {pupil} "
            f"{item['id']} --end {day}",
        )


def the_intervention(
    record: Record, which: str, cycle: str | None, provisions: Sequence[Entry]
) -> tuple[Record, Record]:
    """The intervention meant and its cycle: an id anywhere, else within one cycle."""
    if cycle is None and (
        found := lookup.holder(record, "interventions", which.strip())
    ):
        return found
    holder = the_cycle(record, cycle, open_only=False)
    listed = holder.get("plan", {}).get("interventions", [])

    def wording(item: Entry) -> str:
        key = item["provision"]
        return f"{provision_name(key, provisions)} ({key})"

    return holder, dict(find.item(which, listed, wording, "intervention"))


def _same(plan: Entry, offer: Offer, start: str) -> Record:
    """The intervention of that provision that begins on the day in the same group."""
    for item in plan.get("interventions", ()):
        alike = (
            item["provision"] == offer.provision["key"] and item.get("from") == start
        )
        if alike and offer.group in {"", item.get("group", "")}:
            return dict(item)
    return {}


def _end_of(start: str, offer: Offer, typed: Typed, context: Context) -> str:
    """The last day by the number of weeks; "" where none is known.

    Raises:
        InvalidValue: weeks were typed, and the terms have none from there on.
    """
    end = usual_end(start, offer, typed, context)
    if not end and "weeks" in typed:
        raise InvalidValue(
            f"No school week after {words(start)} is in the term dates entered.",
            "Give the last day: --end, or enter the term: sen term add NAME DATE DATE",
        )
    return end


def _carried(cycle: Entry, offer: Offer) -> Record:
    """The same provision carried from the last cycle and not yet settled, or {}."""
    log = cycle.get("do", {})
    logged = {
        e["intervention"] for name in ("sessions", "tallies") for e in log.get(name, ())
    }
    for item in cycle.get("plan", {}).get("interventions", ()):
        if "continues" not in item or "until" in item or item["id"] in logged:
            continue
        alike = item["provision"] == offer.provision["key"]
        if alike and offer.group in {"", item.get("group", offer.group)}:
            return dict(item)
    return {}


def _renewed(
    record: Record, item: Entry, offer: Offer, typed: Typed, context: Context
) -> Act:
    """A carried-over intervention, with dates and dose confirmed."""
    named = {k: v for k, v in typed.items() if k not in {"cycle", "weeks"}}
    named["from"] = typed["start"]
    if "end" not in named:
        end = _end_of(typed["start"], offer, typed, context)
        named |= {"end": end} if end else {}
    return change_intervention(record, item["id"], offer, named, context)


def _from_day(item: Entry, typed: Typed, context: Context) -> str:
    """From when a dose holds; one put right in place holds from when it did."""
    if "from" in typed:
        return str(typed["from"])
    doses = item.get("dose", ())
    if not context.correct or not doses:
        return context.today
    return str(dose_on(doses, context.today)["from"])


def start_of(cycle: Entry, typed: Typed, context: Context) -> str:
    """The first day: as typed, else the plan's day, else today."""
    typed = fitted(typed, anchor_of(cycle, context), context)
    planned = cycle.get("plan", {}).get("date")
    return str(typed.get("start") or planned or context.today)


def _with(cycle: Record, item: Record) -> Record:
    plan = cycle["plan"]
    items = put_item(plan["interventions"], item)
    return {**cycle, "plan": {**plan, "interventions": items}}


def _links(record: Record, cycle: Record, typed: Typed) -> Record:
    """Outcomes served, the intervention it is within, and the plan's section F."""
    found: Record = {}
    plan = cycle.get("plan", {})
    if which := typed.get("outcome"):
        names = [n.strip() for text in which for n in _numbers(text)]
        listed = plan.get("outcomes", [])
        chosen = [
            find.item(n, listed, lambda o: str(o["outcome"]), "outcome") for n in names
        ]
        found["outcomes"] = list(dict.fromkeys(str(o["id"]) for o in chosen))
    if inside := typed.get("within"):
        _, outer = the_intervention(record, inside, cycle["id"], ())
        found["within"] = outer["id"]
    if section := typed.get("section_f"):
        listed = [
            p
            for issued in record.get("ehc", {}).get("plans", ())
            for p in issued.get("provision", ())
        ]
        if not listed:
            raise NotFound(
                "No EHC plan with provision (section F) is recorded.",
                f"Enter the plan first: sen ehc issue {record['id']} --date DATE",
            )
        item = find.item(section, listed, lambda p: str(p["text"]), "section F item")
        found["section_f"] = item["id"]
    return found


def _numbers(text: str) -> list[str]:
    """``1,2`` is two numbers; a wording with a comma in it is one."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if all(p.isdigit() or len(p.split()) == 1 for p in parts):
        return parts
    return [text]


def _not_ended(item: Record, end: str) -> Record:
    """An end that is moved: one that runs on after all did not end early."""
    ended = item["ended"]
    if end <= ended["date"]:
        return {**item, "ended": {**ended, "date": end}}
    return {k: v for k, v in item.items() if k != "ended"}


def _check_within(item: Entry, day: str, offer: Offer) -> None:
    first, last = item.get("from", ""), item.get("until", STILL)
    if not first <= day <= last:
        name = provision_name(item["provision"], offer.provisions)
        ends = f" to {words(last)}" if last != STILL else ""
        raise InvalidValue(
            f"{name} runs from {words(first)}{ends}; {words(day)} lies outside.",
            "Say from which day the new dose holds: --from",
        )


def _check_span(item: Entry) -> None:
    if item.get("until", STILL) < item.get("from", ""):
        raise InvalidValue(
            f"The end, {words(item['until'])}, comes before the start, "
            f"{words(item['from'])}.",
            "Give a later day: --end, or an earlier one: --start",
        )


def _noted(
    cycle: Record, item: Entry, day: str, told: tuple[str, str], context: Context
) -> tuple[Record, str]:
    entry = {"id": context.new_id("change"), "date": day, "item": item["id"]}
    entry["change"], entry["reason"] = told
    part = dict(cycle.get("do", {}))
    part["changes"] = [*part.get("changes", ()), entry]
    return {**cycle, "do": part}, entry["id"]
