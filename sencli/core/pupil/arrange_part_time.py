"""Arrange a part-time timetable, change it, review it, end it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli.core.people.consent import consent_of
from sencli.core.people.consent import same_again
from sencli.core.people.context import Context
from sencli.core.people.young_person import family_on
from sencli.core.pupil.arrange import added
from sencli.core.pupil.arrange import changed
from sencli.core.pupil.arrange import entry_of
from sencli.core.pupil.arrange import typed_of
from sencli.core.pupil.part_time import KIND
from sencli.core.pupil.part_time import consent_words
from sencli.core.record.act import Act
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Entry
from sencli.core.record.types import Record

_FIELDS = ("from", "until", "hours_a_week", "reason", "review_by", "restricted")


def add_part_time(record: Record, typed: Mapping[str, Any], context: Context) -> Act:
    """The record with a part-time timetable more.

    Args:
        record: the pupil's.
        typed: ``from``, ``until``, ``hours_a_week``, ``reason``, ``review_by``,
            ``consent``, ``consent_date``, ``no_consent``, ``restricted``.
        context: day, ids, school.
    """
    entry = {"from": context.today, **typed_of(typed, _FIELDS)}
    day = min(str(entry["from"]), context.today)
    if consent := consent_of(record, typed, day, context):
        entry["consent"] = consent
    return _with_notes(added(record, KIND, entry, context), record, entry)


def set_part_time(
    record: Record, which: str, typed: Mapping[str, Any], context: Context
) -> Act:
    """The record with what is named of one changed; ``reviewed`` adds a day."""
    old = entry_of(record, KIND, which)
    named = typed_of(typed, _FIELDS)
    day = min(str(named.get("from", old["from"])), context.today)
    if consent := consent_of(record, typed, day, context):
        before = old.get("consent", {})
        consent = same_again(before, consent, dated=bool(typed.get("consent_date")))
        named["consent"] = {**before, **consent}
    if typed.get("reviewed"):
        named["reviewed"] = sorted({*old.get("reviewed", ()), typed["reviewed"]})
    return _with_notes(changed(record, KIND, which, named), record, {**old, **named})


def _with_notes(act: Act, record: Entry, entry: Entry) -> Act:
    """The change, with who agreed, and what is missing."""
    notes = list(act.warnings)
    pupil, which = record["id"], next(iter(act.ids.values()))
    command = f"sen part-time set {pupil} {which}"
    family = family_on(record, str(entry["from"]))
    if entry.get("consent") is None:
        notes.append(
            f"{family.possessive} agreement is not recorded: "
            f"{command} --consent WHO --consent-date DATE"
        )
    elif not entry["consent"]["given"]:
        notes.append(f"{family.name} did not agree: without that it should not go on.")
    if "review_by" not in entry and entry.get("until", STILL) == STILL:
        notes.append(f"no day for its review: {command} --review-by DATE")
    agreed = consent_words(entry, record) if "consent" in entry else ""
    said = f"{act.said[:-1]}; {agreed}." if agreed else act.said
    return Act(act.record, said, act.ids, tuple(notes))
