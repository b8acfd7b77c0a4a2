"""Whatever verbs are typed in whatever order, the record stays whole.

Each verb either refuses with a sentence and changes nothing, or leaves a record that
fits its schema, whose references hold, and whose every change can be told in words.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from sencli.core.audit.events import event
from sencli.core.checks.integrity import integrity
from sencli.core.cycle import interventions
from sencli.core.cycle import opening
from sencli.core.cycle import outcomes
from sencli.core.cycle import plan
from sencli.core.cycle import review
from sencli.core.cycle import sessions
from sencli.core.cycle.dose import Offer
from sencli.core.people.context import Context
from sencli.core.record.move import move
from sencli.core.record.remove import remove
from sencli.core.record.types import Record
from sencli.core.text.ids import Ids
from sencli.errors import SencliError
from sencli.resources import load_schema
from sencli.store.text.schema import faults

SCHOOL: dict[str, Any] = {
    "schema": 1,
    "name": "Oak",
    "staff": [{"initials": "KM", "name": "K. Morris"}],
}
PROVISIONS: dict[str, Any] = {
    "schema": 1,
    "provisions": [
        {"key": "lego", "name": "Lego", "usual": {"minutes": 30, "weeks": 6}},
        {"key": "phonics", "name": "Phonics", "tier": "targeted"},
    ],
    "scales": [{"key": "steps", "kind": "ordinal", "values": ["low", "mid", "high"]}],
}
GROUPS: dict[str, Any] = {
    "schema": 1,
    "groups": [{"id": "q9ck", "name": "G1", "provision": "lego"}],
}
ROOT = load_schema("pupil")
SOME_DAY = st.sampled_from(
    ["2025-09-15", "2025-10-06", "2025-11-03", "2025-12-01", "2025-12-12", "2026-01-05"]
)
DAY = st.none() | SOME_DAY
ELSE = st.none() | st.just("1")
NEED = st.none() | st.just("SLCN")
WHICH = st.sampled_from(["1", "1", "1", "2", "2", "reads", "lego"])
VALUE = st.sampled_from(["1", "22", "22", "60", "60", "6:04", "mid", "85 (80-90)"])
WHO = st.sampled_from(["parent", "pupil,KM", "senco"])
ITEM = st.sampled_from(
    ["outcome 1", "outcome 2", "intervention 1", "strategy 1", "reads", "lego"]
)


@dataclass(frozen=True)
class Told:
    """A version as the store gives it."""

    old: Record | None
    new: Record | None
    commit: str = "c"
    date: str = "2025-12-01T12:00:00+00:00"
    author: str = "J. Patel"
    action: str = "x"
    subject: str = "Do it for p7k2q"
    fault: str = ""


def named(**options: Any) -> dict[str, Any]:
    return {k: v for k, v in options.items() if v is not None}


START: Record = {
    "schema": 1,
    "id": "p7k2q",
    "first_name": "Amelia",
    "needs": [{"id": "d5hy", "type": "SLCN", "rank": 1}],
    "status": [{"from": "2025-09-15", "provision": "K"}],
    "cycles": [
        {
            "id": "y2qf",
            "assess": {"date": "2025-09-15"},
            "plan": {
                "date": "2025-09-15",
                "strategies": [{"id": "g7rn", "text": "Mat", "from": "2025-09-15"}],
                "outcomes": [
                    {
                        "id": "o8fd",
                        "outcome": "Reads well",
                        "from": "2025-09-15",
                        "need": "d5hy",
                        "baseline": {"date": "2025-09-15", "value": 22},
                        "target": {"value": 60},
                    },
                    {"id": "o9gh", "outcome": "Sits", "from": "2025-09-15"},
                ],
                "interventions": [
                    {
                        "id": "i5tr",
                        "provision": "lego",
                        "outcomes": ["o8fd"],
                        "group": "q9ck",
                        "from": "2025-09-15",
                        "dose": [{"from": "2025-09-15", "sessions_per_week": 3}],
                    }
                ],
            },
            "do": {
                "sessions": [{"date": "2025-10-06", "intervention": "i5tr"}],
                "measurements": [
                    {"id": "m6pz", "date": "2025-10-06", "outcome": "o8fd", "value": 30}
                ],
            },
        }
    ],
}

Draw = Callable[[Any], Any]


def opened(record: Record, context: Context, draw: Draw) -> Record:
    carry = draw(st.none() | st.sampled_from(["1", "1,2", "all"]))
    day = draw(DAY)
    typed = named(date=day, carry=carry, assessment="Seen", parent_view="Well")
    return opening.open_cycle(record, typed, context).record


def amended(record: Record, context: Context, draw: Draw) -> Record:
    typed = named(date=draw(DAY), attainment="Below", teacher="KM", cycle="1")
    return opening.set_assessment(record, typed, context).record


def planned(record: Record, context: Context, draw: Draw) -> Record:
    typed = named(
        date=draw(DAY),
        review_by=draw(DAY),
        agreed_with=(draw(WHO),),
        strategy=(draw(st.sampled_from(["Mat", "Timer"])),),
        parents_notified=draw(DAY),
    )
    return plan.plan_cycle(record, typed, context).record


def aimed(record: Record, context: Context, draw: Draw) -> Record:
    wording = draw(st.sampled_from(["Reads well", "Writes", "Sits"]))
    scale = draw(st.sampled_from([None, None, None, "steps", "age", "score"]))
    typed = named(baseline=draw(VALUE), target=draw(VALUE), by=draw(DAY), scale=scale)
    return outcomes.add_outcome(record, wording, typed, context).record


def reset(record: Record, context: Context, draw: Draw) -> Record:
    typed = named(target=draw(VALUE), by=draw(DAY), cycle=draw(ELSE), need=draw(NEED))
    return outcomes.set_outcome(record, draw(WHICH), typed, context).record


def measured(record: Record, context: Context, draw: Draw) -> Record:
    typed = named(date=draw(DAY), cycle=draw(ELSE))
    which, value = draw(WHICH), draw(VALUE)
    return outcomes.measure_outcome(record, which, value, typed, context).record


def supported(record: Record, context: Context, draw: Draw) -> Record:
    offer = Offer(draw(st.sampled_from(PROVISIONS["provisions"])))
    if draw(st.booleans()):
        offer = Offer(PROVISIONS["provisions"][0], (), "q9ck", "G1")
    typed = named(start=draw(DAY), end=draw(DAY), outcome=(draw(WHICH),), minutes=20)
    return interventions.add_intervention(record, offer, typed, context).record


def changed(record: Record, context: Context, draw: Draw) -> Record:
    typed: dict[str, Any] = {"sessions_per_week": 2, "reason": "tired"}
    typed |= named(**{"from": draw(DAY), "end": draw(DAY), "start": draw(DAY)})
    offer = Offer({}, PROVISIONS["provisions"])
    which = draw(WHICH)
    return interventions.change_intervention(
        record, which, offer, typed, context
    ).record


def ended(record: Record, context: Context, draw: Draw) -> Record:
    typed = named(date=draw(DAY), reason="moved")
    return interventions.end_intervention(
        record, draw(WHICH), (), typed, context
    ).record


def logged(record: Record, context: Context, draw: Draw) -> Record:
    del context
    first, last = sorted((draw(SOME_DAY), draw(SOME_DAY)))
    span = sessions.Span(first, last, each=draw(st.booleans()))
    target = sessions.find_intervention(record, draw(st.none() | WHICH), span, ())
    if draw(st.booleans()):
        counted = {"delivered": 2, "missed": {"trip": 1}}
        week = sessions.week_span(first).first
        return sessions.tally(record, target, week, counted).record
    fields = draw(st.sampled_from([{}, {"missed": "trip"}, {"minutes": 5}]))
    mark = sessions.Mark(fields, given=True, again=draw(st.booleans()))
    return sessions.log(record, target, span, mark, ()).record


def reviewed(record: Record, context: Context, draw: Draw) -> Record:
    result = f"{draw(WHICH)}=achieved:{draw(VALUE)}"
    typed = named(
        date=draw(DAY),
        outcome=(result,) if draw(st.booleans()) else None,
        intervention=("1=+1",) if draw(st.booleans()) else None,
        attended=(draw(WHO),),
        pupil_view="Good",
    )
    return review.review_cycle(record, typed, context).record


def closed(record: Record, context: Context, draw: Draw) -> Record:
    typed = named(date=draw(DAY), reason="superseded")
    return review.close_cycle(record, typed, context).record


def taken(record: Record, context: Context, draw: Draw) -> Record:
    del context
    both = draw(st.booleans())
    return remove(record, draw(ITEM), ROOT, with_references=both).record


VERBS = (
    *(opened, opened, amended, planned, aimed, aimed, reset, measured, supported),
    *(supported, changed, ended, logged, logged, reviewed, closed, taken),
)


def check(before: Record, after: Record) -> None:
    assert faults(after, "pupil") == []
    wrong = integrity(after, SCHOOL, PROVISIONS, GROUPS)
    assert wrong == []
    books = {"lego": "Lego", "phonics": "Phonics"}
    told = event(Told(before, after), ROOT, books, valid=True)
    assert all(line for c in told.changes for line in c.lines)
    assert bool(told.changes) == (before != after)


def done(
    record: Record, context: Context, draw: Draw, verb: Callable[..., Record]
) -> Record:
    """The record after a verb, or as it was where the verb refuses."""
    before = copy.deepcopy(record)
    try:
        after = verb(record, context, draw)
    except SencliError as error:
        after = record
        refused = error.message
    else:
        refused = "-"
        check(before, after)
    assert refused
    assert record == before
    return after


@settings(max_examples=150, deadline=None)
@given(st.data(), st.randoms(use_true_random=False))
def test_verbs_in_any_order(data: st.DataObject, rng: Random) -> None:
    record = copy.deepcopy(START)
    for verb in data.draw(st.lists(st.sampled_from(VERBS), min_size=2, max_size=14)):
        context = Context("2025-12-15", Ids(rng, record), SCHOOL, PROVISIONS)
        record = done(record, context, data.draw, verb)
    other: Record = {"schema": 1, "id": "p8abc", "first_name": "Ben"}
    other["cycles"] = [{"id": "y2zz", "assess": {"date": "2025-09-15"}}]

    def moved(_: Record, __: Context, draw: Draw) -> Record:
        new_id = Ids(rng, record, other)
        both = move(record, draw(ITEM), other, ROOT, new_id)
        check(record, both.source)
        return both.target

    done(other, Context("2025-12-15", Ids(rng, other)), data.draw, moved)
