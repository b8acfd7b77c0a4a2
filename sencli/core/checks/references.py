"""References must exist: outcomes, provisions, groups, scales."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Sequence

from sencli import terms
from sencli.core.cycle import scales
from sencli.core.cycle.attainment import is_measure
from sencli.core.cycle.attainment import scale_named
from sencli.core.record.walk import Entry
from sencli.core.record.walk import Fault
from sencli.core.record.walk import Path
from sencli.value import Value
from sencli.value import field

Known = dict[str, str]
"""Id to wording."""

# These need no entry in provisions.yaml.
_PLAIN_SCALES = frozenset(("number", "age", "score"))
_SHOWN = 5
_NOWHERE = "is nowhere in this record"
_EARLIER = "is not in an earlier cycle"
_CATALOGUE = "is not in provisions.yaml"


class _Targets(Value):
    """Ids that may be referred to from a cycle: its own and those before it."""

    pupil: str
    provisions: Known | None
    groups: Known | None
    scales: Sequence[Entry] | None
    needs: Known
    ehc_outcomes: Known
    ehc_provision: Known
    outcomes: Known = field(default_factory=dict)
    interventions: Known = field(default_factory=dict)


def reference_faults(
    record: Entry, provisions: Entry | None, groups: Entry | None
) -> list[Fault]:
    """Everything in a pupil's record that refers to what is not there.

    Args:
        record: a pupil's.
        provisions: the catalogue; None where it cannot be read and is not judged.
        groups: the teaching groups; None in the same way.
    """
    plans = record.get("ehc", {}).get("plans", ())
    targets = _Targets(
        str(record.get("id", "PUPIL")),
        None
        if provisions is None
        else _texts_by_key(provisions, "provisions", "key", "name"),
        None if groups is None else _texts_by_key(groups, "groups", "id", "name"),
        None if provisions is None else provisions.get("scales", []),
        _texts_by_key(record, "needs", "id", "type"),
        {
            key: text
            for plan in plans
            for key, text in _texts_by_key(plan, "outcomes").items()
        },
        {
            key: text
            for plan in plans
            for key, text in _texts_by_key(plan, "provision").items()
        },
    )
    found: list[Fault] = []
    for number, cycle in enumerate(record.get("cycles", ())):
        found += _cycle(cycle, ("cycles", number), targets)
    found += _attainment(record, targets.scales)
    found += _pictures(record)
    return found + list(_support(record, targets)) + list(_ehc(record))


def _texts_by_key(
    holder: Entry, entries: str, key: str = "id", wording: str = "text"
) -> Known:
    return {
        str(entry[key]): str(entry.get(wording, ""))
        for entry in holder.get(entries, ())
    }


def _cycle(cycle: Entry, at: Path, targets: _Targets) -> Iterator[Fault]:
    """A cycle may refer to itself and to those before it."""
    plan = cycle.get("plan", {})
    before = dict(targets.outcomes), dict(targets.interventions)
    own = _texts_by_key(plan, "outcomes", "id", "outcome")
    running = _texts_by_key(plan, "interventions", "id", "provision")
    targets.outcomes.update(own)
    targets.interventions.update(running)
    for number, outcome in enumerate(plan.get("outcomes", ())):
        path = (*at, "plan", "outcomes", number)
        yield from _outcome(outcome, path, targets, before[0])
    for number, intervention in enumerate(plan.get("interventions", ())):
        path = (*at, "plan", "interventions", number)
        yield from _intervention(intervention, path, targets, before[1])
    yield from _done(cycle, at, own, running)
    yield from _values(cycle, at, targets.scales)


def _outcome(
    outcome: Entry, at: Path, targets: _Targets, before: Known
) -> Iterator[Fault]:
    new = f"sen need add {targets.pupil} TYPE"
    yield from _one(outcome, at, "need", targets.needs, new)
    yield from _one(outcome, at, "continues", before, "", _EARLIER)
    yield from _one(outcome, at, "ehc_outcome", targets.ehc_outcomes, "")
    if targets.scales is not None:
        known = {str(scale["key"]): "" for scale in targets.scales}
        known |= dict.fromkeys(_PLAIN_SCALES, "")
        new = f"sen scale add {outcome.get('scale')} --kind ordinal --values WORDS"
        yield from _one(outcome, at, "scale", known, new, _CATALOGUE)


def _intervention(
    intervention: Entry, at: Path, targets: _Targets, before: Known
) -> Iterator[Fault]:
    if targets.provisions is not None:
        new = f"sen provision add {intervention['provision']} --name NAME"
        yield from _one(
            intervention, at, "provision", targets.provisions, new, _CATALOGUE
        )
    if targets.groups is not None:
        new = "sen group add GROUP"
        yield from _one(
            intervention, at, "group", targets.groups, new, "is not in groups.yaml"
        )
    new = f"sen outcome add {targets.pupil} OUTCOME"
    yield from _all(intervention, at, "outcomes", targets.outcomes, new)
    yield from _one(intervention, at, "within", targets.interventions, "")
    yield from _one(intervention, at, "continues", before, "", _EARLIER)
    yield from _one(intervention, at, "section_f", targets.ehc_provision, "")


def _done(cycle: Entry, at: Path, outcomes: Known, running: Known) -> Iterator[Fault]:
    """Faults where sessions or reviews name something this cycle does not plan."""
    lists: tuple[tuple[str, str, str, Known], ...] = (
        ("do", "sessions", "intervention", running),
        ("do", "tallies", "intervention", running),
        ("do", "measurements", "outcome", outcomes),
        ("review", "outcomes", "outcome", outcomes),
        ("review", "interventions", "intervention", running),
    )
    for part, name, key, known in lists:
        listed = cycle.get(part, {}).get(name, ())
        if known.keys() >= {entry[key] for entry in listed}:
            continue
        for number, entry in enumerate(listed):
            path = (*at, part, name, number)
            yield from _one(entry, path, key, known, "", "is not planned in this cycle")


def _values(cycle: Entry, at: Path, known: Sequence[Entry] | None) -> Iterator[Fault]:
    """Each value is one of its outcome's scale."""
    if known is None:
        return
    outcomes = cycle.get("plan", {}).get("outcomes", ())
    by_id = {outcome["id"]: outcome for outcome in outcomes}
    valued = [
        ((*at, "plan", "outcomes", number, part), outcome, outcome[part])
        for number, outcome in enumerate(outcomes)
        for part in ("baseline", "target")
        if part in outcome
    ]
    valued += [
        ((*at, part, name, number), by_id[entry["outcome"]], entry)
        for part, name in (("do", "measurements"), ("review", "outcomes"))
        for number, entry in enumerate(cycle.get(part, {}).get(name, ()))
        if entry["outcome"] in by_id
    ]
    for path, outcome, entry in valued:
        value = entry.get("value")
        if isinstance(value, str) or "scale" in outcome:
            yield from _value(value, (*path, "value"), scales.scale_of(outcome, known))


def _value(value: object, path: Path, scale: scales.Scale) -> Iterator[Fault]:
    if value is None or scales.place(value, scale) is not None:
        return
    looks = {
        "ordinal": f"one of {', '.join(scale.values)}",
        "age": "an age in years and months, like '6:04'",
    }.get(scale.kind, "a number")
    whose = "its" if "attainment" in path else "the outcome's"
    message = f"value {str(value)!r:.62} is not on {whose} scale"
    yield Fault(path, message, f"Write {looks}.", "reference")


def _attainment(record: Entry, known: Sequence[Entry] | None) -> Iterator[Fault]:
    """Each result is on a scale that there is, and its value on that scale."""
    if known is None:
        return
    for number, entry in enumerate(record.get("attainment", ())):
        at: Path = ("attainment", number)
        if not is_measure(entry["scale"], known):
            own = {str(scale["key"]): "" for scale in known}
            listed = {**dict.fromkeys(terms.MEASURES, ""), **own}
            new = f"sen scale add {entry['scale']} --kind number"
            yield from _one(entry, at, "scale", listed, new, _CATALOGUE)
        else:
            scale = scale_named(entry["scale"], known)
            yield from _value(entry["value"], (*at, "value"), scale)


def _support(record: Entry, targets: _Targets) -> Iterator[Fault]:
    """Advice of specialists, and changes, name any item of the record."""
    items = set(targets.outcomes) | set(targets.interventions)
    for cycle in record.get("cycles", ()):
        plan = cycle.get("plan", {})
        items |= {str(one["id"]) for one in plan.get("strategies", ())}
    items |= {str(one["id"]) for one in record.get("adjustments", ())}
    known = dict.fromkeys(items, "")
    for number, cycle in enumerate(record.get("cycles", ())):
        for row, change in enumerate(cycle.get("do", {}).get("changes", ())):
            path = ("cycles", number, "do", "changes", row)
            yield from _one(change, path, "item", known, "")
    for number, one in enumerate(record.get("specialists", ())):
        for row, advice in enumerate(one.get("advice", ())):
            at = ("specialists", number, "advice", row)
            yield from _all(advice, at, "items", known, "")


def _pictures(record: Entry) -> Iterator[Fault]:
    """The picture of a profile is among the documents."""
    documents = _texts_by_key(record, "documents", "id", "title")
    new = f"sen document add {record.get('id', 'PUPIL')} FILE"
    for number, page in enumerate(record.get("profiles", ())):
        yield from _one(page, ("profiles", number), "picture", documents, new)


def _ehc(record: Entry) -> Iterator[Fault]:
    ehc = record.get("ehc", {})
    plans = _texts_by_key(ehc, "plans", "id", "issued")
    documents = _texts_by_key(record, "documents", "id", "title")
    outcomes: Known = {}
    for number, plan in enumerate(ehc.get("plans", ())):
        path: Path = ("ehc", "plans", number)
        own = _texts_by_key(plan, "outcomes")
        outcomes |= own
        new = f"sen document add {record.get('id', 'PUPIL')} FILE"
        yield from _one(plan, path, "document", documents, new)
        for row, item in enumerate(plan.get("provision", ())):
            yield from _all(item, (*path, "provision", row), "outcomes", own, "")
    for number, request in enumerate(ehc.get("requests", ())):
        yield from _one(request, ("ehc", "requests", number), "plan", plans, "")
    for number, review in enumerate(ehc.get("reviews", ())):
        path = ("ehc", "reviews", number)
        yield from _one(review, path, "plan", plans, "")
        for name in ("outcomes", "interim_targets"):
            for row, entry in enumerate(review.get(name, ())):
                yield from _one(entry, (*path, name, row), "outcome", outcomes, "")
    decided = plans | _texts_by_key(ehc, "requests", "id", "date")
    decided |= _texts_by_key(ehc, "reviews", "id", "date")
    for number, appeal in enumerate(ehc.get("appeals", ())):
        yield from _one(appeal, ("ehc", "appeals", number), "about", decided, "")


def _one(
    entry: Entry, at: Path, name: str, known: Known, new: str, said: str = _NOWHERE
) -> Iterator[Fault]:
    """The fault of a field that names what is not there."""
    if name in entry and entry[name] not in known:
        item = f"{name} {entry[name]}"
        yield _missing((*at, name), f"{item} {said}", str(entry[name]), known, new)


def _all(
    entry: Entry, at: Path, name: str, known: Collection[str], new: str
) -> Iterator[Fault]:
    for number, item in enumerate(entry.get(name, ())):
        if item not in known:
            message = f"{name.removesuffix('s')} {item} {_NOWHERE}"
            yield _missing((*at, name, number), message, str(item), known, new)


def _missing(
    path: Path, message: str, item: str, known: Collection[str], new: str
) -> Fault:
    """The fault, with what is nearest, what there is, or how to enter it."""
    from difflib import get_close_matches

    listed = known if isinstance(known, dict) else dict.fromkeys(known, "")
    some = [f"{key} ({text:.30})" if text else key for key, text in listed.items()]
    near = get_close_matches(item, listed, 1)
    ways = [f"write {near[0]}"] if near else []
    if new:
        ways.append(f"enter it: {new}")
    elif len(listed) > len(near):
        ways.append(f"write one of: {', '.join(some[:_SHOWN])}")
    elif not near:
        ways.append("delete it: there is none to refer to.")
    mend = ", or ".join(ways)
    return Fault(path, message, mend[:1].upper() + mend[1:], "reference")
