"""Change a copy of a record: overlay fields, replace a cycle."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.core.record import find
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import words
from sencli.core.text.placeholders import SEEN
from sencli.errors import InvalidValue
from sencli.errors import NotFound

# Lists of which an entry typed again amends the one that is there.
_KEYED = {
    "views": "of",
    "agreement": "who",
    "outcomes": "outcome",
    "interventions": "intervention",
}


def overlaid(old: Entry, new: Entry) -> Record:
    """``new`` over ``old``: what is named is replaced, all else stays.

    Entries of keyed lists (views by whose they are, results by their outcome) are laid
    one over the other; other lists are replaced whole.
    """
    made: Record = dict(old)
    for name, value in new.items():
        before = old.get(name)
        if isinstance(value, Mapping) and isinstance(before, Mapping):
            made[name] = overlaid(before, value)
        elif name in _KEYED and isinstance(value, list):
            made[name] = _list_laid(before or [], value, _KEYED[name])
        else:
            made[name] = value
    return made


def _list_laid(old: list[Any], new: list[Any], key: str) -> list[Any]:
    made = list(old)
    for entry in new:
        same = [place for place, e in enumerate(made) if e[key] == entry[key]]
        if same:
            made[same[-1]] = overlaid(made[same[-1]], entry)
        else:
            made.append(entry)
    return made


def put_cycle(record: Entry, cycle: Entry) -> Record:
    """The record with that version of the cycle; a new one comes last."""
    cycles = list(record.get("cycles", ()))
    places = [n for n, c in enumerate(cycles) if c["id"] == cycle["id"]]
    if places:
        cycles[places[0]] = dict(cycle)
    else:
        cycles.append(dict(cycle))
    return {**record, "cycles": cycles}


def put_item(entries: list[Any] | None, item: Entry) -> list[Any]:
    """The list with that version of the item, by id; a new one comes last."""
    made = list(entries or ())
    places = [n for n, e in enumerate(made) if e["id"] == item["id"]]
    if places:
        made[places[0]] = dict(item)
    else:
        made.append(dict(item))
    return made


def in_order(record: Entry) -> list[Record]:
    """The cycles, oldest first: the order that their numbers go by."""
    return sorted(record.get("cycles", ()), key=lookup.cycle_began)


def the_cycle(record: Entry, which: str | None = None, *, open_only: bool) -> Record:
    """The cycle meant: the one named, else the open one, else the newest.

    Args:
        record: the pupil's record.
        which: its season, number or id as typed, or None.
        open_only: without ``which`` only an open cycle will do.

    Raises:
        NotFound: there is none; says how to open one or name another.
        Ambiguous: several fit ``which``.
    """
    name = lookup.display_name(record)
    cycles = in_order(record)
    if not cycles:
        raise NotFound(
            f"{name} has no cycle yet.",
            f"Open one: sen cycle open {record['id']} --assessment {SEEN}",
        )
    if which:
        hint = (
            f"Give its number, as in --cycle 1. See them: sen cycle list {record['id']}"
        )
        # as the papers have it at their head: Autumn term 2026
        named = " ".join(w for w in which.split() if w.casefold() != "term")
        return dict(
            find.item(
                *(
                    named or which,
                    cycles,
                    lambda c: lookup.cycle_label(record, c),
                    "cycle",
                    hint,
                )
            )
        )
    if (found := lookup.open_cycle(record)) is not None:
        return found
    last = lookup.latest_cycle(record)
    if open_only or last is None:
        label = lookup.cycle_label(record, last or cycles[-1])
        raise NotFound(
            f"{name} has no open cycle; the last one, {label}, is closed.",
            f"Open the next: sen cycle open {record['id']} --carry NUMBERS\n"
            f'or name the closed one: --cycle "{label}"',
        )
    return last


def label_of(record: Entry, cycle: Entry) -> str:
    """``Autumn 2025 for Amelia Khan``."""
    return f"{lookup.cycle_label(record, cycle)} for {lookup.display_name(record)}"


def given(fields: Mapping[str, Any]) -> Record:
    """The fields that were named: those that are neither ``None`` nor empty."""
    return {key: value for key, value in fields.items() if value not in (None, "", [])}


def ended(entry: Entry, day: str, what: str) -> Record:
    """The entry of what has a span, as one that holds until the day.

    Raises:
        InvalidValue: it begins only after the day; ``what`` begins the sentence.
    """
    began = entry.get("from", "")
    if day < began:
        raise InvalidValue(
            f"{what} begins on {words(began)}, after {words(day)}.",
            "Give a later --date.",
        )
    return {**entry, "until": day}


def refuse_reversed(entry: Entry, mend: str, began: str = "from") -> None:
    """Refuse a span that ends before it begins.

    Args:
        entry: what has the span; without an end it holds still.
        mend: what to type instead.
        began: the field of its first day.

    Raises:
        InvalidValue: it would end first.
    """
    if "until" in entry and entry["until"] < entry.get(began, ""):
        raise InvalidValue(
            f"It would end on {words(entry['until'])}, before it began on "
            f"{words(entry[began])}.",
            mend,
        )


def refuse_unmoved(current: Entry, day: str | None, what: str) -> None:
    """Refuse a day alone, of what holds since another day and stays as it is.

    Raises:
        InvalidValue: nothing would change from the day on.
    """
    since = current.get("from", "")
    if day is None or day == since:
        return
    began = f"from {words(since)}" if since else "as far back as we know"
    raise InvalidValue(
        f"{what} holds {began} already, and nothing about it is said to change from "
        f"{words(day)}.",
        "Say what changes on that day, or leave --from out.",
    )


def refuse_later(
    entries: Iterable[Entry], same: Mapping[str, Any], day: str, what: str, see: str
) -> None:
    """Refuse a second entry of what is recorded from a later day on.

    Args:
        entries: those recorded.
        same: the fields that make an entry the same thing.
        day: from when the new one is to hold.
        what: the thing, in words.
        see: the command that lists them.
    """
    for entry in entries:
        if entry.get("from", "") > day and same.items() <= entry.items():
            raise InvalidValue(
                f"{what} is recorded already, from {words(entry['from'])}.",
                "It cannot stand there twice. If it began earlier, take that entry "
                f"out first; see: {see}",
            )


def placed(
    entries: Iterable[Entry], entry: Entry, keys: Sequence[str] = ("from",)
) -> list[Record]:
    """The entries with this one in its place by date.

    An entry of the same identity (equal ``keys``) is replaced where it stands.
    """
    listed = [dict(e) for e in entries]
    for place, old in enumerate(listed):
        if all(old.get(key) == entry.get(key) for key in keys):
            listed[place] = dict(entry)
            return listed
    # an entry without a date is as old as can be
    began = entry.get("from", "")
    later = (n for n, e in enumerate(listed) if e.get("from", "") > began)
    place = next(later, len(listed))
    return [*listed[:place], dict(entry), *listed[place:]]


def amended(
    entries: Iterable[Entry],
    current: Entry,
    fields: Mapping[str, Any],
    day: str,
    *,
    keys: Sequence[str] = ("from",),
    in_place: bool = False,
) -> list[Record]:
    """The entries with the fields changed from the day on.

    The entry in force is amended itself where it began on the day or where it was wrong
    from the start (``in_place``); else a new one begins that copies the rest of it.
    """
    if in_place or current.get("from") == day:
        return placed(entries, {**current, **fields}, keys)
    return placed(entries, {**current, **fields, "from": day}, keys)
