"""What taking in a file would do, in words: the preview that somebody says yes to."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

from sencli.core.handover.import_cells import ORDER
from sencli.core.handover.import_owner import value_of
from sencli.core.handover.import_pupils import Imported
from sencli.core.handover.import_pupils import Stay
from sencli.core.record import lookup
from sencli.core.record.lookup import full_name
from sencli.core.record.types import Record
from sencli.core.text.dates import words
from sencli.core.text.folding import sort_key
from sencli.terms import FLAGS
from sencli.terms import PROVISION
from sencli.value import Value

_HALF = 2


class Preview(Value):
    """What would be done, a name and a sentence each.

    Attributes:
        new: who or what is new.
        changed: old -> new.
        stays: as somebody wrote it, and the file's other value.
        back: who left, and is in the file again.
        gone: who is in the records and no longer in the file, with what to type.
    """

    new: tuple[tuple[str, str], ...] = ()
    changed: tuple[tuple[str, str], ...] = ()
    stays: tuple[tuple[str, str], ...] = ()
    back: tuple[tuple[str, str], ...] = ()
    gone: tuple[tuple[str, str], ...] = ()


def preview(
    made: Sequence[Imported], gone: Iterable[tuple[str, str]], today: str
) -> Preview:
    """The pupils of a file in words.

    Args:
        made: what each row makes.
        gone: who is no longer in the file, from ``missing``.
        today: ISO date.
    """
    named = [(full_name(one.record), one) for one in made if one.record]
    named.sort(key=lambda pair: sort_key(pair[0]))
    changed = [(name, text) for name, one in named for text in _changes(one)]
    return Preview(
        tuple((name, _new_words(one.record, today))
              for name, one in named if not one.before),
        tuple(changed),
        tuple(
            (name, _stay_words(one.before, stay))
            for name, one in named for stay in one.stays
        ),
        tuple((name, f"left {words(one.left_before)}, on the roll from today")
              for name, one in named if one.left_before),
        tuple(gone),
    )  # fmt: skip


def _changes(one: Imported) -> Iterator[str]:
    """What each column changes, old -> new."""
    if not one.before:
        return
    for field in ORDER:
        if field == "flags":
            continue  # each is told by itself
        if value_of(one.before, field) != value_of(one.record, field):
            old, new = value_words(one.before, field), value_words(one.record, field)
            yield f"{_label(field)} {old} -> {new}"


def _stay_words(record: Record, stay: Stay) -> str:
    ours = value_words(record, stay.field)
    stays = "stay" if stay.field == "needs" else "stays"
    text = f"{_label(stay.field)} {stays} {ours}; the file has {stay.theirs}"
    return f"{text}. To end one: {stay.end}" if stay.end else text


def _label(field: str) -> str:
    return FLAGS.get(field, {"provision": "SEN status", "needs": "needs"}.get(
        field, field.replace("_", " ")))  # fmt: skip


def value_words(record: Record, field: str) -> str:
    """What a record says under a column, in words."""
    value = value_of(record, field)
    if field == "provision":
        code, watched = value
        text = PROVISION.get(code, "without one")
        return f"{text}, monitored" if watched else text
    if field == "needs":
        here = lookup.needs_on(record, lookup.STILL)
        open_ones = [need["type"] for need in here if not need.get("restricted")]
        return ", ".join(open_ones) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field.startswith("date") and value:
        return words(value)
    listed = list(value.values()) if isinstance(value, dict) else value
    if isinstance(listed, list):
        value = ", ".join(map(str, listed))
    return str(value or "empty")


def _new_words(record: Record, today: str) -> str:
    placed = lookup.placement_on(record, today)
    status = lookup.newest(record.get("status", ()), lookup.STILL) or {}
    year = placed.get("year_group", "")
    parts = [
        f"born {words(record['date_of_birth'])}" if "date_of_birth" in record else "",
        f"year {year}" if year else "",
        f"class {placed['class']}" if "class" in placed else "",
        value_words(record, "provision") if status else "",
        value_words(record, "needs") if record.get("needs") else "",
        *(FLAGS[flag] for flag in lookup.flags_on(record, lookup.STILL)),
    ]
    return ", ".join(filter(None, parts)) or "name only"


def missing(
    records: Iterable[Record], made: Sequence[Imported], today: str, *, whole: bool
) -> tuple[list[tuple[str, str]], str]:
    """Who has SEN here and is not in the file, and a word where that is not listed.

    A file of a class, or of the register alone, says nothing about the others: it is
    taken for the whole school's where it has most of those who are on roll here. Nobody
    is taken off the roll by it.

    Args:
        records: all pupils.
        made: what each row makes.
        today: ISO date.
        whole: whether somebody said that the file is of the whole school.
    """
    found = [
        (full_name(one.record), _leave(one.record, one.left))
        for one in made
        if one.left and one.record
    ]
    here = {one.record["id"] for one in made if one.record}
    years = {lookup.placement_on(one.record, today).get("year_group") for one in made}
    on_roll = [r for r in records if lookup.on_roll(r, today)]
    absent = [r for r in on_roll if r["id"] not in here]
    if not whole and len(absent) * _HALF > len(on_roll):  # of some year groups, then?
        on_roll = [
            record
            for record in on_roll
            if lookup.placement_on(record, today).get("year_group") in years
        ]
        absent = [r for r in on_roll if r["id"] not in here]
    sen = [r for r in absent if _has_sen(r, today)]
    if not sen:
        return found, ""
    if not whole and len(absent) * _HALF > len(on_roll):
        return found, (
            f"{len(sen)} with SEN on our roll are not in this file, which does not "
            "look like the whole school's. If it is: add --whole-school"
        )
    return [*found, *((full_name(r), _leave(r, "")) for r in sen)], ""


def _has_sen(record: Record, today: str) -> bool:
    status = lookup.status_on(record, today)
    return status["provision"] != "N" or bool(status.get("monitoring"))


def _leave(record: Record, day: str) -> str:
    return f"sen pupil leave {record['id']} --date {day or 'DAY'}"
