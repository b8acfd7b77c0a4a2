"""Move an item to another pupil's record, when entered for the wrong child."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Collection
from collections.abc import Mapping
from typing import Any

from sencli.core.record import lookup
from sencli.core.record.diff import Schema
from sencli.core.record.edit import put_cycle
from sencli.core.record.edit import the_cycle
from sencli.core.record.items import Place
from sencli.core.record.items import the_item
from sencli.core.record.remove import pointers
from sencli.core.record.remove import without
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.record.wording import worded
from sencli.core.text.folding import fold
from sencli.core.text.ids import ids_in
from sencli.core.text.placeholders import CLOSE_CHOICE
from sencli.errors import InvalidValue
from sencli.value import Value

# What belongs to an outcome or an intervention and goes with it.
_OWN = {
    "outcomes": (("measurements", "outcome"),),
    "interventions": (("sessions", "intervention"), ("tallies", "intervention")),
}
# An entry that hangs on an item of its own cycle.
_HANGS = {
    "measurements": ("outcome", "outcomes"),
    "sessions": ("intervention", "interventions"),
    "tallies": ("intervention", "interventions"),
}
_WHO = ("of", "who", "raised_by", "by", "led_by")


class Moved(Value):
    """Both records once an item has changed hands, and what to say."""

    source: Record
    target: Record
    said: str
    ids: Mapping[str, Any]
    warnings: tuple[str, ...]


def move(
    source: Record,
    typed: str,
    target: Record,
    root: Schema,
    new_id: Callable[[str], str],
) -> Moved:
    """Take an item out of one record and put it into the other.

    Ids are kept where the other record does not have them. What the item refers to and
    the other pupil does not have (a need, an earlier outcome) is left out.

    Raises:
        NotFound: no such item, or the other pupil has no open cycle for it.
        InvalidValue: something that stays behind refers to it; or it cannot be moved.
    """
    if source["id"] == target["id"]:
        raise InvalidValue("It is in that record already.", "Name another: --to NAME")
    place = the_item(source, typed, root)
    if not place.label:
        raise InvalidValue(
            f"{place.path} is a field, not an item.",
            "Move the item that it belongs to.",
        )
    if place.steps[0] == "cycles" and len(place.steps) > len(("cycles", 0)):
        return _within_cycle(source, place, target, root, new_id)
    _refuse_pointed(source, place, [], root)
    item = _cleaned(place.value, source, place.value, target, new_id)
    if place.steps[0] == "cycles":
        _refuse_open(item, target)
    name = str(place.steps[0])
    if len(place.steps) != len((name, 0)):
        raise InvalidValue(
            f"{worded(place.value, source, place.title)} belongs to the item it is "
            "in, and moves with it.",
            f"Enter it for {lookup.display_name(target)}, and remove it here.",
        )
    made = {**target, name: [*target.get(name, ()), item]}
    return _moved(source, place, [], made, item)


def _within_cycle(
    source: Record,
    place: Place,
    target: Record,
    root: Schema,
    new_id: Callable[[str], str],
) -> Moved:
    """Move an item of a cycle into the same part of the other pupil's open cycle."""
    _, number, part, name, *deeper = place.steps
    if deeper != [place.steps[-1]] or part not in {"plan", "do"}:
        raise InvalidValue(
            f"{worded(place.value, source, place.title)} cannot be moved by itself.",
            "Enter it for the other pupil, and remove it here: sen remove PUPIL ITEM",
        )
    cycle = source["cycles"][number]
    into = the_cycle(target, None, open_only=True)
    goes = _belongings(cycle, place, number)
    _refuse_pointed(source, place, [way for way, _ in goes], root)
    carried = {"item": place.value, "own": [value for _, value in goes]}
    clean = _cleaned(carried, source, carried, target, new_id)
    item = clean["item"]
    if (hangs := _HANGS.get(str(name))) is not None:
        item = _hung(item, cycle, into, hangs)
    made = {**into}
    made[part] = {**into.get(part, {})}
    made[part][name] = [*made[part].get(name, ()), item]
    for (way, _), entry in zip(goes, clean["own"], strict=True):
        do = {**made.get("do", {})}
        do[way[3]] = [*do.get(way[3], ()), entry]
        made["do"] = do
    new = put_cycle(target, made)
    return _moved(source, place, [way for way, _ in goes], new, item)


def _belongings(
    cycle: Entry, place: Place, number: Any
) -> list[tuple[tuple[Any, ...], Entry]]:
    """The entries of ``do`` that hang on an outcome or intervention."""
    found = []
    for name, ref in _OWN.get(str(place.steps[3]), ()):
        for at, entry in enumerate(cycle.get("do", {}).get(name, ())):
            if entry[ref] == place.value["id"]:
                found.append((("cycles", number, "do", name, at), entry))
    return found


def _hung(item: Record, cycle: Entry, into: Entry, hangs: tuple[str, str]) -> Record:
    """An entry hung on the other pupil's outcome or intervention that is alike."""
    ref, kind = hangs
    own = next(i for i in cycle["plan"][kind] if i["id"] == item[ref])
    alike = [i for i in into.get("plan", {}).get(kind, ()) if _alike(own, i)]
    if len(alike) != 1:
        what = own.get("outcome") or own.get("provision")
        raise InvalidValue(
            f"The other pupil's open cycle has no {ref} like {what!r} to put it to.",
            f"Enter it there under the right {ref}, and remove it here: "
            "sen remove PUPIL ITEM",
        )
    return {**item, ref: alike[0]["id"]}


def _alike(one: Entry, other: Entry) -> bool:
    if "outcome" in one:
        return fold(one["outcome"]) == fold(other["outcome"])
    if "group" in one and one["group"] == other.get("group"):
        return True
    return bool(one["provision"] == other["provision"])


def _refuse_pointed(
    source: Record, place: Place, goes: list[tuple[Any, ...]], root: Schema
) -> None:
    """Refuse where something that stays behind cannot be without the item."""
    held = [
        p
        for p in pointers(source, place, root)
        if p.needed
        and p.inside is not None
        and not any(p.steps[: len(way)] == way for way in goes)
    ]
    if held:
        said = "".join(
            f"\n  {worded(p.inside.value, source, p.inside.title)}"
            for p in held
            if p.inside is not None
        )
        raise InvalidValue(
            f"{worded(place.value, source, place.title)} is referred to by:{said}",
            "Take those out first: sen remove PUPIL ITEM",
        )


def _refuse_open(cycle: Entry, target: Entry) -> None:
    if "review" in cycle or "closed" in cycle:
        return
    if (there := lookup.open_cycle(target)) is not None:
        raise InvalidValue(
            f"{lookup.display_name(target)} has an open cycle already: "
            f"{lookup.cycle_label(target, there)}.",
            f"Review or close it first: sen cycle close {target['id']} "
            f"--reason {CLOSE_CHOICE}",
        )


def _moved(
    source: Record,
    place: Place,
    goes: list[tuple[Any, ...]],
    target: Record,
    item: Record,
) -> Moved:
    ways = [place.steps, *goes]
    loose = [p.steps for p in _loose(source, place)]
    said = (
        f"Moved {worded(place.value, source, place.title)} from "
        f"{lookup.display_name(source)} to {lookup.display_name(target)}."
    )
    ids = {"from": source["id"], "to": target["id"]}
    if "id" in item:
        ids["item"] = item["id"]
    notes = (f"{len(goes)} entries went with it.",) if goes else ()
    return Moved(without(source, [*ways, *loose]), target, said, ids, notes)


def _loose(source: Record, place: Place) -> list[Any]:
    """References that can be left out where the item was."""
    own = place.value.get("id") if isinstance(place.value, Mapping) else None
    return [] if own is None else list(_naming(source, (), own, place.steps))


class _Spot(Value):
    steps: tuple[Any, ...]


def _naming(value: Any, steps: tuple[Any, ...], own: str, beside: Any) -> Any:
    if steps == beside:
        return
    if isinstance(value, Mapping):
        for name, child in value.items():
            way = (*steps, name)
            if child == own and name != "id":
                yield _Spot(way)
            else:
                yield from _naming(child, way, own, beside)
    elif isinstance(value, list):
        for number, child in enumerate(value):
            way = (*steps, number)
            if child == own:
                yield _Spot(way)
            else:
                yield from _naming(child, way, own, beside)


def _cleaned(
    value: Any,
    source: Entry,
    moving: Any,
    target: Entry,
    new_id: Callable[[str], str],
) -> Any:
    """The moved item, with ids free in the target and without what stays behind."""
    own = set(ids_in(moving))
    left = set(ids_in(source)) - own
    contacts = {c["id"] for c in source.get("contacts", ())} - own
    taken = set(ids_in(target))
    renamed = {name: new_id(_kind(name)) for name in sorted(own & taken)}
    return _clean(value, left, contacts, renamed)


def _kind(name: str) -> str:
    kinds = {"o": "outcome", "i": "intervention", "y": "cycle", "n": "concern"}
    return kinds.get(name[0], "item")


def _clean(
    value: Any, left: Collection[str], contacts: Collection[str], renamed: Any
) -> Any:
    if isinstance(value, Mapping):
        made = {}
        for name, child in value.items():
            if isinstance(child, str) and child in contacts:
                made[name] = "parent"
            elif isinstance(child, str) and child in left and name in _HANGING:
                made[name] = child
            elif not (isinstance(child, str) and child in left):
                made[name] = _clean(child, left, contacts, renamed)
        # a list that lost all it held goes; one that was empty stays
        lost = {
            k for k, v in made.items() if isinstance(v, list) and not v and value[k]
        }
        return {k: v for k, v in made.items() if k not in lost}
    if isinstance(value, list):
        return [
            "parent"
            if isinstance(v, str) and v in contacts
            else _clean(v, left, contacts, renamed)
            for v in value
            if not (isinstance(v, str) and v in left and v not in contacts)
        ]
    return renamed.get(value, value) if isinstance(value, str) else value


_HANGING = ("outcome", "intervention")
