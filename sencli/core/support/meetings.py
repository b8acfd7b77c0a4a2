"""Meetings with parents: who came, what was said, agreed actions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli import terms
from sencli.core.people.context import Context
from sencli.core.people.context import future_note
from sencli.core.people.context import people
from sencli.core.people.context import person
from sencli.core.people.context import views
from sencli.core.record import find
from sencli.core.record.act import Act
from sencli.core.record.edit import overlaid
from sencli.core.record.edit import put_item
from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import actions_of
from sencli.core.record.lookup import full_name
from sencli.core.record.lookup import joined
from sencli.core.record.lookup import meetings_of
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.record.wording import who_is
from sencli.core.text.dates import parse_date
from sencli.core.text.dates import words
from sencli.errors import Ambiguous
from sencli.errors import InvalidValue
from sencli.errors import NotFound

Typed = Mapping[str, Any]

KINDS = terms.MEETINGS
TOLD = ("strengths", "difficulties", "parent_concerns", "outcomes_sought")
_AGREED = ("aspirations", "agreed", "next_steps")
_AFTER = ("record_given", "shared_with_staff")
_PLAIN = (
    *("time", "place", *TOLD, *_AGREED, *_AFTER),
    *("interpreter", "source", "restricted"),
)
_BY = r"(?i:\(by ([^()]+)\)\s*$)"


def meeting_label(meeting: Entry) -> str:
    """A meeting by its day and kind."""
    kind = KINDS.get(meeting.get("kind", ""), "meeting")
    return f"{words(meeting['date'])}, {kind}"


def add_meeting(record: Record, typed: Typed, context: Context) -> Act:
    """The record with a meeting, or with the one of that day amended.

    What only follows a meeting (the record given, staff told) goes to the last one held
    where no day is named.

    Args:
        record: the pupil's.
        typed: fields of the meeting; ``attended`` and ``invited`` as typed, ``action``
            as "KM: ring the surgery (by Friday)", ``again`` for a second of the day.
        context: day, ids, school.

    Raises:
        Ambiguous: several meetings fit.
        InvalidValue: the record was given before the meeting; a promise that cannot be.
    """
    old = amended_meeting(record, typed, context)
    day = str(typed.get("date") or old.get("date") or context.today)
    return _written(record, old, {**typed, "date": day}, context)


def set_meeting(record: Record, which: str, typed: Typed, context: Context) -> Act:
    """The record with what is named of one meeting changed."""
    found = meetings_of(record)
    if not found:
        raise NotFound(
            f"{full_name(record)} has no meeting recorded.",
            f"Record one: sen meeting add {record['id']} --date DATE --attended WHO",
        )
    return _written(
        record, find.item(which, found, meeting_label, "meeting"), typed, context
    )


def amended_meeting(record: Entry, typed: Typed, context: Context) -> Entry:
    """The meeting that is amended; an empty one where it is new."""
    kind = typed.get("kind")
    fits = [m for m in meetings_of(record) if kind in {None, m.get("kind", kind)}]
    if typed.get("again"):
        found = []
    elif "date" in typed:
        found = [m for m in fits if m["date"] == typed["date"]]
    elif typed.keys() <= {*_AFTER, "kind"} and typed.keys() & {*_AFTER}:
        found = [m for m in fits if m["date"] <= context.today][-1:]
    else:
        found = [m for m in fits if m["date"] == context.today]
    if len(found) > 1:
        shown = "".join(f"\n  {m['id']}  {meeting_label(m)}" for m in found)
        raise Ambiguous(
            f"There are {len(found)} meetings on {words(found[0]['date'])}:{shown}",
            f"Name one: sen meeting set {record['id']} {found[0]['id']}",
        )
    return found[0] if found else {}


def _written(record: Record, old: Entry, typed: Typed, context: Context) -> Act:
    day = str(typed.get("date") or old["date"])
    fragment = _fragment(record, typed, context, day)
    meeting = overlaid(old, {"date": day, **fragment})
    meeting = {"id": old.get("id") or context.new_id("meeting"), **meeting}
    if promised := typed.get("action", ()):
        before = list(old.get("actions", ()))
        meeting["actions"] = _promised(before, promised, record, context, day)
    _check(meeting)
    verb = "Changed" if old else "Recorded"
    said = f"{verb} for {full_name(record)}: {meeting_label(meeting)}."
    if came := [who_is(w, record) for w in meeting.get("attended", ())]:
        said += f" Who came: {joined(came)}."
    for action in meeting.get("actions", ())[len(old.get("actions", ())) :]:
        said += f" Promised: {action_words(action, record)}."
    notes = () if old else future_note(day, context)
    if not typed.keys() & {*_AFTER}:
        notes = (*notes, *_notes(meeting, context))
    if not old and day in _reviews(record):
        notes = (*notes, "the review of that day counts as a meeting by itself.")
    return Act(
        {**record, "meetings": put_item(record.get("meetings"), meeting)},
        said,
        {"meeting": meeting["id"]},
        notes,
    )


def _fragment(record: Entry, typed: Typed, context: Context, day: str) -> Record:
    found: Record = {n: typed[n] for n in _PLAIN if typed.get(n) is not None}
    if kind := typed.get("kind"):
        found["kind"] = kind
    if led_by := typed.get("led_by"):
        found["led_by"] = person(led_by, record, context, day)
    for name in ("invited", "attended"):
        if typed.get(name):
            found[name] = people(typed[name], record, context, day)
    if said := views(typed, record, context, day):
        found["views"] = said
    who_does = {
        who: typed[f"{who}_does"]
        for who in ("school", "parent", "pupil")
        if typed.get(f"{who}_does")
    }
    if who_does:
        found["responsibilities"] = who_does
    return found


def _promised(
    before: list[Any], typed: Sequence[str], record: Entry, context: Context, day: str
) -> list[Any]:
    """The promises with those that were typed; the same again is not entered twice."""
    made = list(before)
    for text in typed:
        action = _action(text, record, context, day)
        if not any(_same(action, other) for other in made):
            made.append({"id": context.new_id("action"), **action})
    return made


def _same(action: Entry, other: Entry) -> bool:
    return all(action.get(key) == other.get(key) for key in ("text", "by", "due"))


def split_by(typed: str, day: str, context: Context) -> tuple[str, str]:
    """``ring the surgery (by Friday)`` as its text and the ISO date, or "".

    Friday is the one after ``day``, on which it was said.
    """
    text = typed.strip()
    if by := re.search(_BY, text):
        terms = context.school.get("terms", ())
        due = parse_date(by[1].strip(), day, terms, "future")
        return text[: by.start()].strip(), due
    return text, ""


def _action(typed: str, record: Entry, context: Context, day: str) -> Record:
    text, due = split_by(typed, day, context)
    action: Record = {"due": due} if due else {}
    who, colon, rest = text.partition(":")
    if colon and rest.strip():
        action = {"by": person(who, record, context, day), **action}
        text = rest.strip()
    if not text:
        raise InvalidValue(
            f"{typed!r} does not say what was promised.",
            'Write who, a colon, what: --action "WHO: WHAT IS PLANNED"',
        )
    if action.get("due", day) < day:
        raise InvalidValue(
            f"{text!r} was to be done by {words(action['due'])}, before the meeting of "
            f"{words(day)}.",
            "Give a later day: (by DATE)",
        )
    return {"text": text, **action}


def _check(meeting: Entry) -> None:
    for name, said in (
        ("record_given", "Parents were given the record"),
        ("shared_with_staff", "Staff were told"),
    ):
        if meeting.get(name, STILL) < meeting["date"]:
            raise InvalidValue(
                f"{said} on {words(meeting[name])}, before the meeting of "
                f"{words(meeting['date'])}.",
                f"Give the right day: --{name.replace('_', '-')} DATE",
            )


def _reviews(record: Entry) -> list[str]:
    """The days of reviews and annual reviews."""
    held = [c["review"] for c in record.get("cycles", ()) if "review" in c]
    held += record.get("ehc", {}).get("reviews", ())
    return [str(review["date"]) for review in held]


def _notes(meeting: Entry, context: Context) -> tuple[str, ...]:
    """What an early discussion should cover (Code 6.39) but does not yet."""
    if meeting.get("kind") != "early_discussion" or meeting["date"] > context.today:
        return ()
    missing = [
        name.replace("_", " ")
        for name in (*TOLD, "next_steps")
        if not meeting.get(name)
    ]
    if not missing:
        return ()
    return (f"the discussion does not say yet: {joined(missing)}.",)


# ---- promises


def action_words(action: Entry, record: Entry) -> str:
    """A promise in words: who, what, by when."""
    who = f"{who_is(action['by'], record)}: " if "by" in action else ""
    due = f" (by {words(action['due'])})" if "due" in action else ""
    done = f", done on {words(action['done'])}" if "done" in action else ""
    return f"{who}{action['text']}{due}{done}"


def finish_action(record: Record, which: str, day: str) -> Act:
    """The record with a promise kept on the day.

    Raises:
        NotFound: no such promise.
        InvalidValue: it would be kept before it was made.
    """
    found = actions_of(record)
    if not found:
        raise NotFound(
            f"Nothing was promised in any meeting about {full_name(record)}.",
            f"Record a promise: sen meeting add {record['id']} "
            '--action "WHO: WHAT IS PLANNED"',
        )
    known = [action for _, action in found]
    action = find.item(which, known, lambda a: action_words(a, record), "action")
    meeting = next(m for m, a in found if a["id"] == action["id"])
    if day < meeting["date"]:
        raise InvalidValue(
            f"{words(day)} is before the meeting of {words(meeting['date'])}.",
            "Give the day on which it was done: --date",
        )
    done = {**action, "done": day}
    changed = {**meeting, "actions": put_item(meeting["actions"], done)}
    return Act(
        {**record, "meetings": put_item(record["meetings"], changed)},
        f"For {full_name(record)}: {action_words(done, record)}.",
        {"action": action["id"], "meeting": meeting["id"]},
    )
