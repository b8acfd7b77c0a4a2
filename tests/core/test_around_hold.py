"""Whatever is typed around the cycles, in whatever order, the record stays whole.

Each verb refuses with a sentence and changes nothing, or leaves a record that fits its
schema, whose references and people hold, and whose every change can be told in words.
"""

from __future__ import annotations

import copy
from dataclasses import dataclass
from random import SystemRandom
from typing import Any

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.core.audit.events import event
from sencli.core.checks.integrity import integrity
from sencli.core.cycle import end_support
from sencli.core.people.context import Context
from sencli.core.pupil import considered
from sencli.core.statutory import annual_review
from sencli.core.statutory import plan
from sencli.core.statutory import request
from sencli.core.support import advice
from sencli.core.support import meetings
from sencli.core.support import specialists
from sencli.core.support import transitions
from sencli.core.text.ids import Ids
from sencli.errors import SencliError
from sencli.resources import load_schema
from sencli.store.text.schema import faults

TODAY = "2026-03-16"
SCHOOL: dict[str, Any] = {
    "schema": 1,
    "name": "Oak",
    "staff": [{"initials": "KM", "name": "K. Morris"}],
}
BOOKS: dict[str, Any] = {"schema": 1}
ROOT = load_schema("pupil")
START: dict[str, Any] = {
    "schema": 1,
    "id": "p7k2q",
    "first_name": "Amelia",
    "contacts": [{"id": "c4wm", "name": "Sana Khan", "relationship": "mother"}],
    "status": [{"from": "2025-09-15", "provision": "K"}],
    "cycles": [
        {
            "id": "y2qf",
            "assess": {"date": "2025-09-15"},
            "plan": {
                "date": "2025-09-18",
                "outcomes": [{"id": "o8fd", "outcome": "Reads 60 words"}],
            },
        }
    ],
}

DAY = st.sampled_from(["2025-09-10", "2025-10-06", "2025-12-12", TODAY, "2026-05-20"])
MAYBE = st.none() | DAY
PEOPLE = st.sampled_from([("parent",), ("mother,KM",), ("pupil",), ("Zoe",)])
SERVICE = st.sampled_from(["EP", "SALT", "1", "2", "Physiotherapy"])
WHICH = st.sampled_from(["1", "2", "reads"])


@dataclass(frozen=True)
class Told:
    """A version as the store gives it."""

    old: dict[str, Any] | None
    new: dict[str, Any] | None
    commit: str = "c"
    date: str = "2026-03-16T12:00:00+00:00"
    author: str = "J. Patel"
    action: str = "x"
    subject: str = "Do it for p7k2q"
    fault: str = ""


def named(**options):
    return {k: v for k, v in options.items() if v is not None}


def met(record, context, draw):
    typed = named(
        date=draw(MAYBE),
        attended=draw(PEOPLE),
        record_given=draw(MAYBE),
        action=draw(st.sampled_from([None, ("KM: ring (by +2w)",), ("Zoe: come",)])),
        pupil_view=draw(st.sampled_from([None, "I like PE"])),
        again=draw(st.sampled_from([None, None, True])),
    )
    return meetings.add_meeting(record, typed, context)


def kept(record, _context, draw):
    return meetings.finish_action(record, draw(WHICH), draw(DAY))


def asked(record, context, draw):
    typed = named(
        date=draw(MAYBE),
        consent=draw(st.sampled_from([None, "parent", "mother"])),
        no_consent=draw(st.sampled_from([None, None, True])),
    )
    return specialists.refer(record, draw(SERVICE), typed, context)


def agreed(record, context, draw):
    typed = named(by="mother", date=draw(MAYBE))
    return specialists.agree(record, draw(SERVICE), typed, context)


def advised(record, context, draw):
    typed = named(
        date=draw(MAYBE),
        recommendation=draw(st.sampled_from([None, ("Read",), ("Read", "Sing")])),
        decision=draw(st.sampled_from([None, "accepted", "declined"])),
        outcome=draw(st.sampled_from([None, ("1",), ("2",)])),
        shared_with=draw(st.sampled_from([None, ("parents,staff",), ("KM",)])),
        decided=draw(MAYBE),
    )
    return advice.advise(record, draw(SERVICE), typed, context)


def decided(record, context, draw):
    return advice.decide(record, draw(WHICH), {"decision": "adapted"}, context)


def seen(record, context, draw):
    verb = draw(st.sampled_from(["seen", "chase", "discharge", "share"]))
    which, day = draw(SERVICE), draw(DAY)
    if verb == "seen":
        return specialists.seen(record, which, day, context)
    if verb == "share":
        return specialists.share(record, which, draw(PEOPLE), day, context)
    return getattr(specialists, verb)(record, which, day)


def requested(record, context, draw):
    typed = named(date=draw(MAYBE), by="parent", withdrawn=draw(MAYBE))
    return request.request(record, typed, context)


def answered(record, context, draw):
    outcome = draw(st.sampled_from(list(request.DECISIONS)))
    return request.decide(record, outcome, named(date=draw(MAYBE)), context)


def issued(record, context, draw):
    typed = named(
        date=draw(MAYBE),
        outcome=draw(st.sampled_from([None, ("Talks",), ("1=Speaks",)])),
        provision=draw(st.sampled_from([None, ("Therapy",)])),
        serves=draw(st.sampled_from([None, None, ("1=1",)])),
        amended=draw(MAYBE),
    )
    return plan.issue(record, typed, context)


def ceased(record, context, draw):
    typed = named(date=draw(MAYBE), then=draw(st.sampled_from([None, "K", "N"])))
    return plan.cease(record, typed, context)


def looked_at(record, context, draw):
    typed = named(
        date=draw(MAYBE),
        invited=draw(st.sampled_from([None, ("all",), ("health",)])),
        invite=draw(st.sampled_from([None, ("health=Dr Lee:01/10/2025",)])),
        attended=draw(PEOPLE),
        outcome=draw(st.sampled_from([None, ("1=on_track",), ("2=achieved",)])),
        target=draw(st.sampled_from([None, ("Asks (by +6w)",)])),
        report_sent=draw(MAYBE),
        decision=draw(st.sampled_from([None, "keep", "cease"])),
    )
    return annual_review.review(record, typed, context)


def weighed(record, context, draw):
    about = draw(st.sampled_from(list(considered.QUESTIONS)))
    typed = named(date=draw(MAYBE), conclusion="yes", by=draw(PEOPLE))
    return considered.consider(record, about, typed, context)


def moved(record, context, draw):
    typed = named(
        to=draw(st.sampled_from([None, "Elm High"])),
        sent=draw(MAYBE),
        agreed_with=draw(PEOPLE),
    )
    return transitions.add_transition(record, typed, context)


def stopped(record, context, draw):
    typed = named(date=draw(MAYBE), reason="Met", told="parent")
    return end_support.end_support(record, typed, context)


STEPS = (
    *(met, kept, asked, agreed, advised, decided, seen, requested, answered),
    *(issued, ceased, looked_at, weighed, moved, stopped),
)


def whole(before, act):
    """The record fits its schema, refers to what is there, and is told in words."""
    assert faults(act.record, "pupil") == []
    assert [f.message for f in integrity(act.record, SCHOOL, BOOKS, BOOKS)] == []
    told = event(Told(before, act.record), ROOT, {}, valid=True)
    assert all(line for change in told.changes for line in change.lines)
    assert bool(told.changes) == (before != act.record)
    assert act.said


@given(data=st.data())
@settings(deadline=None, max_examples=120)
def test_the_record_stays_whole(data):
    record = copy.deepcopy(START)
    for _ in range(data.draw(st.integers(1, 9))):
        step = data.draw(st.sampled_from(STEPS))
        context = Context(TODAY, Ids(SystemRandom(), record), SCHOOL)
        before = copy.deepcopy(record)
        try:
            act = step(record, context, data.draw)
        except SencliError as fault:
            act, refused = None, fault.message
        else:
            refused = "-"
            whole(before, act)
        assert refused
        assert record == before
        record = act.record if act else record
