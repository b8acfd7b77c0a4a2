"""Lists for one pupil: cycles, outcomes and interventions, with numbers to type."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from typing import Any

from sencli import terms
from sencli.core.cycle.delivery import delivery
from sencli.core.cycle.dose import list_said
from sencli.core.cycle.dose import provision_name
from sencli.core.cycle.progress import bare
from sencli.core.cycle.progress import result_of
from sencli.core.cycle.progress import series
from sencli.core.cycle.scales import scale_of
from sencli.core.provision.school import School
from sencli.core.record import lookup
from sencli.core.record.edit import in_order
from sencli.core.record.edit import the_cycle
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import short
from sencli.core.text.placeholders import SEEN
from sencli.core.time.calendar import dose_on
from sencli.documents.lists.listing import absent
from sencli.documents.lists.listing import listing
from sencli.documents.view import Column
from sencli.documents.view import View


def cycles_view(record: Entry, school: Entry, day: str) -> View:
    """Every cycle, oldest first."""
    objects = []
    for number, cycle in enumerate(in_order(record), 1):
        plan, review = cycle.get("plan", {}), cycle.get("review", {})
        closed = cycle.get("closed", {})
        objects.append(
            {
                "number": number,
                "id": cycle["id"],
                "label": lookup.cycle_label(record, cycle),
                "from": lookup.cycle_began(cycle),
                "stage": lookup.stage(cycle, day),
                "review_by": plan.get("review_by", ""),
                "reviewed": review.get("date", ""),
                "closed": closed.get("date", ""),
                "reason": closed.get("reason", ""),
                "outcomes": len(plan.get("outcomes", ())),
                "results": _results(cycle),
            }
        )
    columns = (
        Column("number", "No.", "number"),
        Column("label", "Cycle"),
        Column("from", "Began", "date"),
        Column("stage", "Stage"),
        Column("review_by", "Review by", "date"),
        Column("reviewed", "Reviewed", "date"),
        Column("outcomes", "Outcomes", "number"),
        Column("results", "Results"),
        Column("id", "Id", hidden=True),
    )
    name = lookup.display_name(record)
    empty = f"No cycle yet: sen cycle open {record['id']} --assessment {SEEN}"
    return listing(f"Cycles of {name}", school, day, columns, objects, empty)


def _results(cycle: Entry) -> str:
    counts: dict[str, int] = {}
    for entry in cycle.get("review", {}).get("outcomes", ()):
        counts[entry["result"]] = counts.get(entry["result"], 0) + 1
    return ", ".join(f"{n} {terms.RESULTS[word]}" for word, n in counts.items())


def outcomes_view(
    record: Entry, school: School, which: str | None, *, every: bool
) -> View:
    """The outcomes of one cycle, or of all, with progress."""
    found = list(_numbered(record, "outcomes", which, every=every))
    objects = [_outcome(record, c, n, item, school) for c, n, item in found]
    kept = ("cycle", "number", "latest", "measured")
    data = [
        {
            **absent("OutcomeResult"),
            **result_of(c, item["id"]),
            **absent("Outcome"),
            **item,
            **_derived(o, kept),
        }
        for (c, _, item), o in zip(found, objects, strict=True)
    ]
    columns = (
        *((Column("cycle", "Cycle"),) if every else ()),
        Column("number", "No.", "number"),
        Column("outcome", "Outcome", width=3),
        Column("measure", "Measured in"),
        Column("baseline", "Baseline"),
        Column("latest", "Latest"),
        Column("target", "Target"),
        Column("by", "By", "date"),
        Column("result", "Result"),
        Column("id", "Id", hidden=True),
    )
    title = _title("Outcomes", record, which, every=every)
    empty = f"No outcome yet: sen outcome add {record['id']} OUTCOME"
    return listing(title, school.school, school.day, columns, objects, empty, data)


def _derived(row: Entry, names: Sequence[str]) -> Record:
    """What a row works out, for json: null where its cell is empty."""
    return {name: row[name] if row[name] != "" else None for name in names}


def _outcome(
    record: Entry, cycle: Entry, number: int, item: Entry, school: School
) -> Record:
    scales = school.scales
    scale = scale_of(item, scales)
    points = series(record, item, scales)
    target = item.get("target", {})
    result = result_of(cycle, item["id"]).get("result", "")
    start = item.get("baseline", {})
    return {
        "cycle": lookup.cycle_label(record, cycle),
        "number": number,
        "id": item["id"],
        "outcome": item["outcome"],
        "measure": scale.measure,
        "baseline": _value_words(start, scale),
        "latest": bare(points[-1].value, scale, points[-1].interval) if points else "",
        "measured": points[-1].date if points else "",
        "target": _value_words(target, scale),
        "by": target.get("by", ""),
        "result": terms.RESULTS.get(result, ""),
    }


def _value_words(entry: Entry, scale: Any) -> str:
    if "value" not in entry:
        return ""
    return bare(entry["value"], scale, entry.get("interval"))


_DAYS = (Column("from", "From", "date"), Column("until", "Until", "date"))


def interventions_view(
    record: Entry,
    school: School,
    which: str | None,
    *,
    every: bool,
    upright: bool = False,
) -> View:
    """The interventions of one cycle, or of all, with what was delivered.

    On an upright page the days share a column, so that no word is broken.
    """
    found = list(_numbered(record, "interventions", which, every=every))
    objects = [_intervention(record, c, n, item, school) for c, n, item in found]
    kept = ("cycle", "number", "name", "delivered", "missed", "impact")
    data = [
        {
            **absent("Intervention"),
            **item,
            **_derived(o, kept),
        }
        for (_, _, item), o in zip(found, objects, strict=True)
    ]
    columns = (
        *((Column("cycle", "Cycle"),) if every else ()),
        Column("number", "No.", "number"),
        Column("name", "Provision"),
        Column("group", "Group"),
        Column("outcomes", "For outcome"),
        Column("dose", "How much"),
        *((Column("dates", "From, until"),) if upright else _DAYS),
        Column("delivered", "Given", "number"),
        Column("missed", "Missed", "number"),
        Column("impact", "Impact"),
        Column("provision", "Key", hidden=True),
        Column("id", "Id", hidden=True),
    )
    title = _title("Interventions", record, which, every=every)
    empty = f"No intervention yet: sen intervention add {record['id']} PROVISION"
    return listing(title, school.school, school.day, columns, objects, empty, data)


def _intervention(
    record: Entry, cycle: Entry, number: int, item: Entry, school: School
) -> Record:
    groups = {g["id"]: g["name"] for g in school.groups.get("groups", ())}
    ids = [o["id"] for o in cycle.get("plan", {}).get("outcomes", ())]
    given = delivery(cycle, item["id"])
    judged = cycle.get("review", {}).get("interventions", ())
    impact = next(
        (j.get("impact") for j in judged if j["intervention"] == item["id"]), None
    )
    return {
        "cycle": lookup.cycle_label(record, cycle),
        "number": number,
        "id": item["id"],
        "provision": item["provision"],
        "name": provision_name(
            item["provision"], school.provisions.get("provisions", ())
        ),
        "group": groups.get(item.get("group", ""), ""),
        "outcomes": [ids.index(o) + 1 for o in item.get("outcomes", ()) if o in ids],
        "dose": list_said(item, dose_on(item.get("dose", ()), school.day)),
        "from": item.get("from", ""),
        "until": item.get("until", ""),
        "dates": "\n".join(
            short(item[day]) for day in ("from", "until") if day in item
        ),
        "delivered": given.delivered,
        "missed": given.not_delivered,
        "impact": "" if impact is None else f"{impact:+d}",
    }


def sessions_view(
    record: Entry, school: School, which: str | None, *, every: bool
) -> View:
    """The sessions and counted weeks of one cycle, or of all, the oldest first."""
    found = [
        (cycle, entry)
        for cycle in _cycles(record, which, every=every)
        for entry in _logged(cycle)
    ]
    objects = [_session(cycle, entry, school) for cycle, entry in found]
    data = [
        {**absent("Session"), **entry, "name": told["name"], "said": told["said"]}
        for (_, entry), told in zip(found, objects, strict=True)
    ]
    columns = (
        Column("date", "Date", "date"),
        Column("name", "Provision"),
        Column("said", "Given"),
        Column("minutes", "Minutes", "number"),
        Column("by", "By"),
        Column("note", "Note"),
    )
    title = _title("Sessions", record, which, every=every)
    empty = f"None logged yet: sen session log {record['id']} --date DATE"
    return listing(title, school.school, school.day, columns, objects, empty, data)


def _logged(cycle: Entry) -> list[Entry]:
    """Sessions and counted weeks, by day."""
    do = cycle.get("do", {})
    weeks = [{**week, "date": week["week"]} for week in do.get("tallies", ())]
    return sorted([*do.get("sessions", ()), *weeks], key=lambda e: str(e["date"]))


def _session(cycle: Entry, entry: Entry, school: School) -> Record:
    items = cycle.get("plan", {}).get("interventions", ())
    keys = {item["id"]: item["provision"] for item in items}
    key = str(keys.get(entry["intervention"], entry["intervention"]))
    return {
        **entry,
        "name": provision_name(key, school.provisions.get("provisions", ())),
        "said": _given(entry),
    }


def _given(entry: Entry) -> str:
    """``yes``, or why not; of a counted week how many were, and why others were not."""
    missed = entry.get("missed")
    if "week" not in entry:
        return terms.MISSED.get(missed, str(missed)) if missed else "yes"
    why = [f"{terms.MISSED.get(w, w)} {n}" for w, n in (missed or {}).items()]
    return "; ".join([f"{entry.get('delivered', 0)} in the week", *why])


def _numbered(
    record: Entry, kind: str, which: str | None, *, every: bool
) -> Iterator[tuple[Record, int, Record]]:
    """Each item with its cycle and its number in it."""
    for cycle in _cycles(record, which, every=every):
        for number, item in enumerate(cycle.get("plan", {}).get(kind, ()), 1):
            yield cycle, number, item


def _cycles(record: Entry, which: str | None, *, every: bool) -> list[Record]:
    if every:
        return in_order(record)
    if not record.get("cycles"):
        return []
    return [the_cycle(record, which, open_only=False)]


def _title(what: str, record: Entry, which: str | None, *, every: bool) -> str:
    name = lookup.display_name(record)
    if every or not record.get("cycles"):
        return f"{what} of {name}"
    cycle = the_cycle(record, which, open_only=False)
    return f"{what} of {name}, {lookup.cycle_label(record, cycle)}"
