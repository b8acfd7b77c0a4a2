"""Related plans kept elsewhere: a PEP, a healthcare plan."""

from __future__ import annotations

from sencli import terms
from sencli.core.people.context import Context
from sencli.core.record import find
from sencli.core.record.act import Act
from sencli.core.record.edit import put_item
from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import full_name
from sencli.core.record.lookup import holds
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import words
from sencli.errors import InvalidValue
from sencli.errors import NotFound

KINDS = terms.PLANS_ELSEWHERE
KIND_WORDS = {"ihp": "healthcare_plan", "medical": "healthcare_plan"}
_FIELDS = ("reference", "from", "until", "review_by", "informed")


def plan_label(plan: Entry) -> str:
    """A plan by its kind and reference."""
    kept = f" ({plan['reference']})" if "reference" in plan else ""
    return f"{KINDS[plan['kind']]}{kept}"


def add_plan(record: Record, kind: str, typed: Entry, context: Context) -> Act:
    """The record with a plan kept elsewhere; one of that kind in force is amended.

    Args:
        record: the pupil's.
        kind: one of ``KINDS``.
        typed: ``reference``, ``from``, ``until``, ``review_by``, ``informed``.
        context: day and ids.
    """
    now = [
        plan
        for plan in record.get("related_plans", ())
        if plan["kind"] == kind and holds(plan, context.today)
    ]
    other = kind == "other" and typed.get("reference")
    same = [p for p in now if not other or p.get("reference") == typed["reference"]]
    old = same[-1] if same else {"id": context.new_id("related_plan"), "kind": kind}
    return _written(record, old, typed, new=not same)


def set_plan(record: Record, which: str, typed: Entry) -> Act:
    """The record with what is named of such a plan changed; ``until`` ends it."""
    listed = record.get("related_plans", ())
    if not listed:
        raise NotFound(
            f"{full_name(record)} has no plan kept elsewhere.",
            f"Name one: sen plan-elsewhere add {record['id']} KIND",
        )
    return _written(
        record, find.item(which, listed, plan_label, "plan"), typed, new=False
    )


def _written(record: Record, old: Entry, typed: Entry, *, new: bool) -> Act:
    plan = {**old, **{n: typed[n] for n in _FIELDS if typed.get(n)}}
    for name in ("until", "review_by"):
        if plan.get(name, STILL) < plan.get("from", ""):
            raise InvalidValue(
                f"{name.replace('_', ' ').capitalize()} {words(plan[name])} comes "
                f"before it began, {words(plan['from'])}.",
                "Give the right days.",
            )
    kind = "designated teacher" if plan["kind"] == "pep" else "those who hold it"
    told = f"; {kind} told on {words(plan['informed'])}" if "informed" in typed else ""
    review = f"; review by {words(plan['review_by'])}" if "review_by" in typed else ""
    verb = "Noted" if new else "Changed"
    return Act(
        {**record, "related_plans": put_item(record.get("related_plans"), plan)},
        f"{verb} for {full_name(record)}: {plan_label(plan)}{told}{review}.",
        {"related_plan": plan["id"]},
    )
