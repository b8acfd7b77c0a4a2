"""The meeting that a letter afterwards is about: held, or missed by a contact."""

from __future__ import annotations

from sencli.core.people.parent_privacy import PUPIL
from sencli.core.people.parents import SHORTCUTS
from sencli.core.people.parents import occasions
from sencli.core.record.lookup import display_name
from sencli.core.record.types import Entry
from sencli.core.text.dates import words
from sencli.errors import InvalidValue


def names_of(who: str) -> frozenset[str]:
    """How a record names a reader; a parent may stand there as ``parent``."""
    return frozenset({who}) if who == PUPIL else SHORTCUTS | {who}


def meeting_held(record: Entry, day: str, on: str = "") -> Entry | None:
    """The newest meeting by the day that somebody came to; on one day where it is said.

    Two entries of one day are of one meeting: what was agreed stands in both.
    """
    held = [
        one
        for one in occasions(record)
        if one["date"] <= day
        and one.get("attended")
        and one["date"] == (on or one["date"])
    ]
    if not held:
        return None
    last = max(str(one["date"]) for one in held)
    made: dict[str, object] = {}
    for one in held:
        if one["date"] == last:
            made = {**one, **made}
    return made


def meeting_missed(record: Entry, who: str, day: str, on: str = "") -> str:
    """The day of the newest meeting that a contact was asked to and did not come to.

    Args:
        record: the pupil's, whole.
        who: the contact's id; "" is the parents together.
        day: ISO date; a meeting after it is still to come.
        on: the day of the meeting where it is said.
    """
    names = names_of(who)
    days = [
        str(one["date"])
        for one in occasions(record)
        if one["date"] <= day
        and one["date"] == (on or one["date"])
        and names & {*map(str, one.get("invited", ()))}
    ]
    came = {
        str(one["date"])
        for one in occasions(record)
        if names & {*map(str, one.get("attended", ()))}
    }
    return max((date for date in days if date not in came), default="")


AFTER = frozenset({"letter-missed-meeting", "letter-after-meeting"})
"""The letters about a meeting that is over."""


def concerns(
    document: str, whole: Entry, seen: Entry, who: str, day: str, on: str
) -> bool:
    """Whether such a letter has anything to tell a contact.

    Args:
        document: of ``AFTER``.
        whole: the pupil's record.
        seen: as the contact may see it.
        who: the contact's id.
        day: ISO date.
        on: the day of the meeting where it is said.
    """
    if document == "letter-missed-meeting":
        return bool(meeting_missed(whole, who, day, on))
    return meeting_held(seen, day, on) is not None


def no_meeting(kind: str, record: Entry, day: str, on: str) -> InvalidValue:
    """Why there is no letter of that kind: nothing of it is recorded."""
    name = display_name(record)
    when = f" on {words(on)}" if on else f" by {words(day)}"
    pupil = record["id"]
    if kind == "missed-meeting":
        return InvalidValue(
            f"No meeting about {name}{when} is recorded to which this reader was asked "
            "and did not come.",
            f"Record it first: sen meeting add {pupil} --date DATE --invited WHO",
        )
    return InvalidValue(
        f"No meeting about {name}{when} is recorded that anybody came to.",
        f"Record it first: sen meeting add {pupil} --date DATE --attended WHO",
    )
