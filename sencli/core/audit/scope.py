"""Which fields each action may change; ``sen verify`` checks commits against it.

An action is the ``Action`` trailer of a commit. Whatever it may not touch, somebody
else put there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from functools import cache
from typing import Any

from sencli.core.record.diff import Change

ANY = ("",)
"""The scope of an action that may change everything."""
INIT = "init"
"""It stands at the beginning alone."""
UNDO = "undo"
"""Its scope is that of the change that it takes back."""
_NOTED = "corrections"
_ACTIONS = "pupil:cycles[].plan.interventions[]"
_LEAVING = (
    *("pupil:roll[]", "pupil:placements[]", "pupil:status[]"),
    *("pupil:cycles[].closed", _ACTIONS),
)
_FIELDS = ("first_name", "last_name", "known_as", "date_of_birth", "sex", "upn")
_LISTS = (
    *("roll[]", "placements[]", "contacts[]", "flags[]", "status[]", "needs[]"),
    "attendance[]",
    *("ethnicity[]", "home_language[]"),
)
_PUBLISHED = ("+published", "+file:.sencli/schemas/")
_ABOUT = ("name", "urn", "authority", "authority_name", "establishment", "type", "ages")

# The schema, a colon and the path of a field, with all that is below; "file:" for what
# is no record, "pupil" alone for a whole new one. With a plus it may only be added to,
# but for a correction that is noted; with a minus only be taken away from.
SCOPES: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("access.add", "access.set", "access.extend", "access.decide"),
        ("pupil:access[]",),
    ),
    **dict.fromkeys(
        ("access.end", "access.sent"), ("pupil:access[]", "+pupil:issued[]")
    ),
    **dict.fromkeys(
        ("retention.hold", "retention.end", "retention.decide"),
        ("pupil:retention",),
    ),
    "action.done": ("pupil:meetings[].actions[]",),
    "adjustment.add": ("pupil:adjustments[]",),
    "adjustment.end": ("pupil:adjustments[]",),
    "adjustment.set": ("pupil:adjustments[]",),
    "alternative.add": ("pupil:alternative_provision[]",),
    "alternative.end": ("pupil:alternative_provision[]",),
    "alternative.set": ("pupil:alternative_provision[]",),
    "attendance.set": ("pupil:attendance[]",),
    "base.add": ("pupil:base_placements[]", "+pupil:flags[]"),
    "base.end": ("pupil:base_placements[]",),
    "base.set": ("pupil:base_placements[]", "+pupil:flags[]"),
    "attainment.add": ("pupil:attainment[]",),
    "attainment.set": ("pupil:attainment[]",),
    "commit": ANY,
    "concern.add": ("+pupil:concerns[]",),
    "concern.set": ("pupil:concerns[]",),
    "consideration.add": ("pupil:considerations[]",),
    "contact.add": ("pupil:contacts[]",),
    "contact.end": ("pupil:contacts[]",),
    "contact.set": ("pupil:contacts[]",),
    "cycle.close": ("pupil:cycles[].closed", _ACTIONS),
    "cycle.open": (
        "+pupil:cycles[]",
        "pupil:cycles[].plan",
        "-pupil:cycles[].do",
        "groups:groups[]",
    ),
    "cycle.plan": ("pupil:cycles[].plan", "+pupil:status[].told[]"),
    "moment.plan": ("pupil:cycles[]", "+pupil:status[].told[]", "groups:groups[]"),
    "moment.concern": (
        *("+pupil:concerns[]", "pupil:cycles[]", "pupil:status[]"),
        *("pupil:needs[]", "+pupil:meetings[]"),
    ),
    "moment.meet": ("pupil:meetings[]",),
    "moment.start": (
        *("school:staff[]", "school:rates[]", "school:terms[]"),
        *("school:number_on_roll[]", "provisions:provisions[]"),
    ),
    "moment.review": ("pupil:cycles[]", "pupil:status[]", "groups:groups[]"),
    "cycle.hear": ("pupil:cycles[].do.views",),
    "cycle.review": (
        "pupil:cycles[].closed",
        "pupil:cycles[].review",
        "-pupil:cycles[].do.views",
        "pupil:status[]",
    ),
    "cycle.set": ("pupil:cycles[]",),
    "departure.add": ("pupil:departures[]",),
    "departure.end": ("pupil:departures[]",),
    "document.add": ("+pupil:documents[]", "+file:documents/"),
    "dual.add": ("pupil:dual_registrations[]",),
    "dual.end": ("pupil:dual_registrations[]",),
    "dual.set": ("pupil:dual_registrations[]",),
    "ehc.advice": ("pupil:ehc",),
    "ehc.appeal": ("pupil:ehc",),
    "ehc.cease": ("pupil:ehc", "pupil:status[]"),
    "ehc.decision": ("pupil:ehc", "pupil:status[]"),
    "ehc.exception": ("pupil:ehc",),
    "ehc.issue": ("pupil:ehc", "pupil:status[]"),
    "ehc.join": ("pupil:ehc", "pupil:status[]"),
    "ehc.move": ("pupil:ehc",),
    "ehc.request": ("pupil:ehc",),
    "ehc.review": ("pupil:ehc",),
    "elsewhere.add": ("pupil:related_plans[]",),
    "elsewhere.end": ("pupil:related_plans[]",),
    "elsewhere.set": ("pupil:related_plans[]",),
    "erase": ("+file:.sencli/erasures/",),
    "ethnicity.set": ("pupil:ethnicity[]",),
    "exception.add": ("pupil:exceptions[]",),
    "exception.end": ("pupil:exceptions[]",),
    "export.transfer": ("pupil:roll[]", "+pupil:issued[]"),
    "flag.add": ("pupil:flags[]",),
    "flag.end": ("pupil:flags[]",),
    "funding.add": ("pupil:funding[]",),
    "funding.end": ("pupil:funding[]",),
    "group.add": ("groups:groups[]", _ACTIONS),
    "group.change": ("groups:groups[]",),
    "group.join": (_ACTIONS, "groups:groups[]"),
    "health.add": ("pupil:health[]",),
    "health.end": ("pupil:health[]",),
    "health.set": ("pupil:health[]",),
    "import": (
        "+pupil",
        *(f"pupil:{name}" for name in (*_FIELDS, "former_upn", "uln", *_LISTS)),
        "school:imports[]",
    ),
    "import.contacts": ("pupil:contacts[]", "school:imports[]"),
    "import.provisions": ("provisions:provisions[]", "school:imports[]"),
    "import.staff": ("school:staff[]", "school:imports[]"),
    "import.terms": ("school:terms[]", "school:imports[]"),
    "import.ctf": ("+pupil", *(f"pupil:{name}" for name in ("status[]", "needs[]"))),
    "import.transfer": (
        *("+pupil", "+pupil:", "+file:documents/"),
        *("+provisions:provisions[]", "+provisions:scales[]"),
    ),
    "information.add": ("pupil:information[]",),
    INIT: (
        *("+school", "+provisions", "+groups", "+file:.sencli/schemas/"),
        *("+file:.gitattributes", "+file:.gitignore", "+file:README.md"),
        "+file:.sencli/allowed_signers",
    ),
    "intervention.add": (_ACTIONS, "groups:groups[]"),
    "intervention.change": (
        _ACTIONS,
        "pupil:cycles[].do.changes[]",
        "groups:groups[]",
    ),
    "intervention.end": (_ACTIONS, "pupil:cycles[].do.changes[]"),
    "language.set": ("pupil:home_language[]",),
    "look.keep": ("file:templates/",),
    "look.remove": ("school:letterhead", "-file:templates/"),
    "look.set": ("school:letterhead", "file:templates/"),
    "look.words": ("+file:templates/wording/",),
    "meeting.add": ("pupil:meetings[]",),
    "meeting.set": ("pupil:meetings[]",),
    "move": (*("+pupil:", "-pupil:"), *("+file:documents/", "-file:documents/")),
    "national.remove": ("-school:national_figures[]",),
    "national.set": ("school:national_figures[]",),
    "need.add": ("pupil:needs[]",),
    "need.end": ("pupil:needs[]",),
    "need.set": ("pupil:needs[]",),
    "outcome.add": ("pupil:cycles[].plan.outcomes[]", "+provisions:scales[]"),
    "outcome.measure": ("pupil:cycles[].do.measurements[]", "+provisions:scales[]"),
    "outcome.set": ("pupil:cycles[].plan.outcomes[]", "+provisions:scales[]"),
    "paper.issue": (
        *("+pupil:issued[]", "+pupil:meetings[]", "+pupil:specialists[]"),
        *("+pupil:status[].told[]", "+pupil:ehc.reviews[]"),
        "+pupil:ehc.requests[].evidence_sent",
    ),
    "parttime.add": ("pupil:part_time_timetables[]",),
    "parttime.end": ("pupil:part_time_timetables[]",),
    "parttime.set": ("pupil:part_time_timetables[]",),
    "provision.add": ("provisions:provisions[]",),
    "provision.set": ("provisions:provisions[]",),
    "pupil.add": ("+pupil",),
    "pupil.baseline": ("pupil:roll[]",),
    "pupil.edit": ("pupil:",),
    "pupil.leave": _LEAVING,
    "pupil.return": ("pupil:roll[]", "pupil:placements[]"),
    "pupil.set": ("pupil:",),
    "rate.set": ("school:rates[]",),
    "remove": ("-pupil:", "-file:documents/"),
    "report.activity": ("published:activities[]", *_PUBLISHED),
    "report.add": ("pupil:reports[]",),
    "report.barrier": ("published:barriers[]", *_PUBLISHED),
    "report.publish": ("published:published[]", *_PUBLISHED),
    "report.remove": ("-published:barriers[]", "-published:activities[]"),
    "report.write": ("published:sections[]", *_PUBLISHED),
    "scale.add": ("provisions:scales[]",),
    "roll.remove": ("-school:number_on_roll[]",),
    "roll.set": ("school:number_on_roll[]",),
    "school.set": tuple(
        f"school:{name}"
        for name in (
            *_ABOUT,
            "letterhead",
            "sendiass",
            "sen_team",
            "local_offer",
            "settings",
        )
    ),
    "schemas.update": ("file:.sencli/schemas/",),
    "session.log": (
        "pupil:cycles[].do.sessions[]",
        "pupil:cycles[].do.tallies[]",
    ),
    "sheet.make": ("+pupil:issued[]",),
    "sheet.take": (
        *("pupil:cycles[].do", "pupil:cycles[].assess.views"),
        *("pupil:cycles[].plan.strategies[]", "+pupil:concerns[]"),
    ),
    "signer.add": ("file:.sencli/allowed_signers",),
    "signer.end": ("file:.sencli/allowed_signers",),
    "signing.on": ("file:.sencli/allowed_signers",),
    "specialist.advise": ("pupil:specialists[]",),
    "specialist.chase": ("pupil:specialists[]",),
    "specialist.consent": ("pupil:specialists[]",),
    "specialist.decide": ("pupil:specialists[]",),
    "specialist.discharge": ("pupil:specialists[]",),
    "specialist.refer": ("pupil:specialists[]",),
    "specialist.seen": ("pupil:specialists[]",),
    "specialist.share": ("pupil:specialists[]",),
    "staff.add": ("school:staff[]",),
    "staff.set": ("school:staff[]",),
    "status.end": ("pupil:status[]",),
    "status.set": ("pupil:status[]",),
    "suspension.add": ("pupil:suspensions[]",),
    "suspension.set": ("pupil:suspensions[]",),
    # a meeting of two computers is held to what both sides say
    "sync": (),
    "term.add": ("school:terms[]",),
    "transition.add": ("pupil:transitions[]",),
    "transition.set": ("pupil:transitions[]",),
    UNDO: (),
    "year.roll": _LEAVING,
}


def outside(action: str, schema: str, changes: Sequence[Change]) -> list[Change]:
    """The changes of one file that an action may not make.

    Args:
        action: one of `SCOPES`.
        schema: the file's, or ``file`` for what is no record.
        changes: the path within the record, or the file's own path; "" for a whole
            record that came or went.
    """
    changes = [part for change in changes for part in _opened(change)]
    noted = any(c.path.startswith(f"{_NOTED}[") and c.old is None for c in changes)
    return [
        change for change in changes if not _within(action, schema, change, noted=noted)
    ]


def related(change: Change, changed: Sequence[str]) -> bool:
    """Whether a change is of what is among the paths, or holds it or is in it."""
    return any(
        not path
        or not change.path
        or _below(change.path, path)
        or _below(path, change.path)
        for path in changed
    )


def _opened(change: Change) -> Iterator[Change]:
    """A change of fields that came or went together, field by field."""
    old, new = change.old, change.new
    fields = new if old is None else old
    if not change.path or change.path.endswith("]") or not isinstance(fields, dict):
        yield change
    elif (old is None) != (new is None):
        for name, value in fields.items():
            pair = (None, value) if old is None else (value, None)
            yield from _opened(Change(f"{change.path}.{name}", *pair))
    else:
        yield change


def _below(path: str, other: str) -> bool:
    return path == other or path.startswith((f"{other}.", f"{other}["))


def _within(action: str, schema: str, change: Change, *, noted: bool) -> bool:
    added = change.old is None
    if schema == "pupil" and change.path.startswith(f"{_NOTED}[") and added:
        return True
    place = f"{schema}:{change.path}"
    for sign, pattern in _patterns(action):
        if pattern.match(place) and (
            not sign
            or (sign == "+" and (added or (noted and change.new is not None)))
            or (sign == "-" and _less(change))
        ):
            return True
    return False


def _less(change: Change) -> bool:
    """Whether something was only taken away."""
    old, new = change.old, change.new
    if isinstance(old, list) and isinstance(new, list):
        return all(item in old for item in new)
    return new is None


@cache
def _patterns(action: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(_pattern(one) for one in SCOPES[action])


def _pattern(written: str) -> tuple[str, re.Pattern[str]]:
    sign = written[:1] if written[:1] in ("+", "-") else ""
    place = written.removeprefix(sign)
    items = re.escape("[]")
    # a list that came or went as a whole has no items in its path
    text = re.sub(rf"{re.escape(items)}\Z", r"(?:\\[.*\\])?", re.escape(place))
    text = text.replace(items, r"\[.*\]")
    if not place:
        end = ""
    elif place.endswith((":", "/")):
        end = "."  # never the whole record
    elif ":" not in place:
        end = r":\Z"
    else:
        end = r"(?:[.\[]|\Z)"
    return sign, re.compile(text + end, re.DOTALL)


def spoken(change: Change) -> str:
    """The place of a change, for a message; never its content."""
    return change.path or _record_words(change.old, change.new)


def _record_words(old: Any, new: Any) -> str:
    if old is None:
        return "a new record"
    return "a record taken out" if new is None else "the whole record"
