"""Record mediation or an appeal against a decision of the authority."""

from __future__ import annotations

from sencli.core.people.context import Context
from sencli.core.record.act import Act
from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import full_name
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.statutory.appeals import RESULTS
from sencli.core.statutory.appeals import appeal_label
from sencli.core.statutory.appeals import appeal_steps
from sencli.core.statutory.appeals import rights
from sencli.core.statutory.appeals import running
from sencli.core.statutory.deadlines import due_words
from sencli.core.statutory.request import put_ehc
from sencli.core.text.dates import words
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import UsageFault

AGAINST_WORDS = {
    "refuse": "not_assess",
    "refuse_plan": "not_issue",
    "no plan": "not_issue",
    "content": "plan",
    "keep": "not_amend",
}
_EVENTS = ("certificate", "mediation", "appealed", "ended")
_SAID = {
    "certificate": "the mediation certificate came",
    "mediation": "mediation was held",
    "appealed": "the appeal was made",
    "ended": "it ended",
}


def record_appeal(record: Record, typed: Entry, context: Context) -> Act:
    """The record with mediation or an appeal; the one of that decision is amended.

    Args:
        record: the pupil's.
        typed: ``against`` (one of ``AGAINST``), ``told`` (the day of the decision),
            ``certificate``, ``mediation``, ``appealed``, ``ended``, ``result``,
            ``note``.
        context: day, ids.

    Raises:
        NotFound: no such decision is recorded.
        UsageFault: a result without the day on which it ended.
        InvalidValue: days out of order.
    """
    right = _decision_meant(record, typed, context.today)
    old = "id" in right
    made: Record = {"id": right.get("id") or context.new_id("appeal"), **right}
    given = {n: typed[n] for n in (*_EVENTS, "result", "note") if typed.get(n)}
    made |= given or {"appealed": context.today}
    if "result" in made and "ended" not in made:
        raise UsageFault(
            "--result says how it ended, and no day is given for that.",
            "Add the day: --ended DATE",
        )
    _in_order(made)
    verb = "Changed" if old else "Recorded"
    said = f"{verb} for {full_name(record)}: appeal against the {appeal_label(made)}."
    if told := due_words(appeal_steps(made)):
        said += f" {told}."
    if "result" in made:
        said += f" It ended on {words(made['ended'])}: {RESULTS[made['result']]}."
    return Act(put_ehc(record, "appeals", made), said, {"appeal": made["id"]})


def _decision_meant(record: Record, typed: Entry, day: str) -> Record:
    """The decision meant: by kind and day, else the newest of which time still runs."""
    found = [
        right
        for right in rights(record, day)
        if typed.get("against") in {None, right["against"]}
        and typed.get("told") in {None, right["date"]}
    ]
    if not found:
        raise NotFound(
            f"No such decision of the authority is recorded for {full_name(record)}.",
            f"See what is recorded: sen ehc show {record['id']}\n"
            f"Record the decision: sen ehc decision {record['id']} refuse --date DATE",
        )
    live = [right for right in found if running(right, day) and "ended" not in right]
    return (live or found)[-1]


def _in_order(made: Entry) -> None:
    last, what = made["date"], "the authority decided"
    for name in _EVENTS:
        day = made.get(name, STILL)
        if day < made["date"] or (name == "ended" and day < last):
            before = made["date"] if day < made["date"] else last
            said = "the authority decided" if before == made["date"] else what
            raise InvalidValue(
                f"On {words(day)} {_SAID[name]}, before {said} on {words(before)}.",
                "Give the right day.",
            )
        if day != STILL and day >= last:
            last, what = day, _SAID[name]
