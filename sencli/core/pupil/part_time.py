"""Part-time timetables: hours, why, the parents' agreement, the review, the end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli.core.people.consent import consent_of
from sencli.core.people.context import Context
from sencli.core.pupil.arrangements import Kind
from sencli.core.pupil.arrangements import added
from sencli.core.pupil.arrangements import changed
from sencli.core.pupil.arrangements import entry_of
from sencli.core.pupil.arrangements import in_order
from sencli.core.pupil.arrangements import number_words
from sencli.core.pupil.arrangements import running
from sencli.core.pupil.arrangements import span_words
from sencli.core.record.act import Act
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.record.wording import who_is
from sencli.core.text.dates import add_days
from sencli.core.text.dates import words

REVIEW_DAYS = 28
_FIELDS = ("from", "until", "hours_a_week", "reason", "review_by", "restricted")


def hours_words(entry: Entry) -> str:
    """``15 hours a week``; "" where they are not recorded."""
    if "hours_a_week" not in entry:
        return ""
    return f"{number_words(entry['hours_a_week'], 'hour')} a week"


def part_time_label(entry: Entry) -> str:
    """``part-time timetable, 15 hours a week, from 3 November 2025, review by ...``."""
    hours = f" {hours_words(entry)}," if hours_words(entry) else ""
    review = (
        f", review by {words(entry['review_by'])}"
        if "review_by" in entry and "until" not in entry
        else ""
    )
    return f"part-time timetable,{hours} {span_words(entry)}{review}"


KIND = Kind(
    *("part_time_timetables", "part-time timetable", part_time_label, "part-time"),
    *("--hours NUMBER --review-by DATE", "--hours NUMBER"),
)


def timetables_in_order(record: Entry) -> list[Record]:
    """The part-time timetables, oldest first."""
    return in_order(record, KIND)


def part_time_on(record: Entry, day: str) -> Record | None:
    """The part-time timetable in force on the day, or ``None``."""
    found = running(record, KIND, day)
    return found[-1] if found else None


def next_review(entry: Entry) -> str:
    """The day by which it is to be looked at again; four weeks where none is agreed."""
    agreed = str(entry.get("review_by", ""))
    last = max(entry.get("reviewed", ()), default="")
    if agreed > last:
        return agreed
    return add_days(last or str(entry["from"]), REVIEW_DAYS)


def consent_words(entry: Entry, record: Entry) -> str:
    """``Sana Khan agreed on 3 November 2025``; "" where nothing is recorded."""
    consent = entry.get("consent")
    if consent is None:
        return ""
    by = who_is(consent["by"], record) if "by" in consent else "parents"
    when = f" on {words(consent['date'])}" if "date" in consent else ""
    return f"{by} {'agreed' if consent['given'] else 'did not agree'}{when}"


def add_part_time(record: Record, typed: Mapping[str, Any], context: Context) -> Act:
    """The record with a part-time timetable more.

    Args:
        record: the pupil's.
        typed: ``from``, ``until``, ``hours_a_week``, ``reason``, ``review_by``,
            ``consent``, ``consent_date``, ``no_consent``, ``restricted``.
        context: day, ids, school.
    """
    entry = {"from": context.today, **_read(typed)}
    day = min(str(entry["from"]), context.today)
    if consent := consent_of(record, typed, day, context):
        entry["consent"] = consent
    return _with_notes(added(record, KIND, entry, context), record, entry)


def set_part_time(
    record: Record, which: str, typed: Mapping[str, Any], context: Context
) -> Act:
    """The record with what is named of one changed; ``reviewed`` adds a day."""
    old = entry_of(record, KIND, which)
    named = _read(typed)
    day = min(str(named.get("from", old["from"])), context.today)
    if consent := consent_of(record, typed, day, context):
        named["consent"] = {**old.get("consent", {}), **consent}
    if typed.get("reviewed"):
        named["reviewed"] = sorted({*old.get("reviewed", ()), typed["reviewed"]})
    return _with_notes(changed(record, KIND, which, named), record, {**old, **named})


def _read(typed: Mapping[str, Any]) -> Record:
    return {n: typed[n] for n in _FIELDS if typed.get(n) is not None}


def _with_notes(act: Act, record: Entry, entry: Entry) -> Act:
    """The change, with who agreed, and what is missing."""
    notes = list(act.warnings)
    pupil, which = record["id"], next(iter(act.ids.values()))
    command = f"sen part-time set {pupil} {which}"
    if entry.get("consent") is None:
        notes.append(
            "parents' agreement is not recorded: "
            f"{command} --consent WHO --consent-date DATE"
        )
    elif not entry["consent"]["given"]:
        notes.append("parents did not agree: without them it should not go on.")
    if "review_by" not in entry and entry.get("until", STILL) == STILL:
        notes.append(f"no day for its review: {command} --review-by DATE")
    agreed = consent_words(entry, record) if "consent" in entry else ""
    said = f"{act.said[:-1]}; {agreed}." if agreed else act.said
    return Act(act.record, said, act.ids, tuple(notes))
