"""Whose papers: the pupils named, a class, or all who have a review this week."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from typing import Any

from sencli.errors import InvalidValue
from sencli.errors import UsageFault

if TYPE_CHECKING:
    from sencli.cli.app import Reading
    from sencli.core.types import Record


def chosen(
    reading: Reading,
    pupils: tuple[str, ...],
    class_: str | None,
    *,
    this_week: bool = False,
) -> list[Record]:
    """The records of the pupils named, of a class, or due this week, each once.

    Raises:
        UsageFault: nobody is named, or there is nobody of that kind.
    """
    source = reading.source
    named = reading.several([reading.app.pupil_id(typed, source) for typed in pupils])
    if class_ is None and not this_week:
        if not named:
            raise UsageFault(
                "No pupil was named.",
                "Name a pupil, or a class with --class, or --due-this-week.",
            )
        return list({record["id"]: record for record in named}.values())
    found = {record["id"]: record for record in reading.pupils()}
    if class_ is not None:
        found = _of_class(reading, found, class_)
    if this_week:
        found = {i: r for i, r in found.items() if due_this_week(r, reading.day)}
        if not found:
            raise UsageFault(
                "Nobody has a review this week.",
                "See what is to come: sen due --within 4w",
            )
    return list(({record["id"]: record for record in named} | found).values())


def _of_class(
    reading: Reading, records: dict[str, Record], class_: str
) -> dict[str, Record]:
    from sencli.core import lookup
    from sencli.core import register

    rows = register.rows(records.values(), reading.day, register.Chosen(class_=class_))
    if not rows:
        known = {
            lookup.placement_on(record, reading.day).get("class", "")
            for record in records.values()
        }
        raise UsageFault(
            f"Nobody in class {class_} is on the register.",
            f"The classes are: {', '.join(sorted(known - {''})) or 'none yet'}.",
        )
    return {str(row["id"]): records[row["id"]] for row in rows}


def due_this_week(record: Mapping[str, Any], day: str) -> bool:
    """Whether a review is due, or a review meeting is held, from Monday to Sunday."""
    from sencli.core import dates
    from sencli.core import lookup

    if not lookup.on_roll(record, day):
        return False
    monday = dates.monday(day)
    sunday = dates.add_days(monday, 6)
    days = [lookup.review_by(record)]
    days += [review["date"] for review in record.get("ehc", {}).get("reviews", ())]
    days += [
        meeting["date"]
        for meeting in record.get("meetings", ())
        if meeting.get("kind") in {"review", "annual_review"}
    ]
    return any(monday <= date <= sunday for date in days)


def cycle_id(record: Record, typed: str) -> str:
    """The id of the cycle that a paper is to tell of, named as every command takes it.

    Raises:
        NotFound: there is no such cycle.
        InvalidValue: it was opened in error.
    """
    from sencli.core import lookup
    from sencli.core.edit import the_cycle

    one = the_cycle(record, typed, open_only=False)
    if one.get("closed", {}).get("reason") == "opened_in_error":
        label = lookup.cycle_label(record, one)
        raise InvalidValue(
            f"The cycle {label} was opened in error, so it appears on no paper.",
            f"See the others: sen cycle list {record['id']}",
        )
    return str(one["id"])
