"""Agreement as it is typed: who gave or refused it, and when."""

from __future__ import annotations

from sencli.core.people.context import Context
from sencli.core.people.context import person
from sencli.core.people.context import whom_told
from sencli.core.record.types import Entry
from sencli.core.record.types import Record


def consent_of(record: Entry, typed: Entry, day: str, context: Context) -> Record:
    """The agreement that was typed; empty where none was.

    Args:
        record: the pupil's.
        typed: ``consent`` (who, as typed), ``consent_date``, ``no_consent``.
        day: on which it was there, where its own day is not typed; a refusal is of
            today.
        context: day and school.
    """
    given = not typed.get("no_consent")
    if given and not (typed.get("consent") or typed.get("consent_date")):
        return {}
    when = str(typed.get("consent_date") or (day if given else context.today))
    asked = str(typed.get("consent") or whom_told(record, when))
    who = person(asked, record, context, when)
    return {"given": given, "by": who, "date": when}


def same_again(before: Entry, made: Record, *, dated: bool) -> Record:
    """An answer as amended: typed again without a day, it keeps the day it has.

    Args:
        before: the answer in the record; empty where there is none.
        made: the answer as typed.
        dated: whether a day was typed.
    """
    same = all(before.get(name) == made[name] for name in ("given", "by"))
    if dated or not same or "date" not in before:
        return made
    return {**made, "date": before["date"]}
