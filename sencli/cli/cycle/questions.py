"""What plans, meetings and reviews ask at a terminal."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from typing import TYPE_CHECKING
from typing import Any

from sencli.cli.shell.event import Question
from sencli.core.pupil.plan_in_force import plan_in_force

if TYPE_CHECKING:
    from sencli.cli.shell.app import App
    from sencli.core.record.types import Record

_RESULTS = "achieved, partly achieved, not achieved"
_PARENT_VIEW = Question("parent_view", "What parents said")
_VIEWS = (
    _PARENT_VIEW,
    Question("pupil_view", "What the pupil said"),
)
MEETING = (
    Question("attended", "Who came (parent,teacher,senco)"),
    _PARENT_VIEW,
    Question("agreed", "What was agreed"),
    Question("action", "A promise (KM: ring the surgery (by Friday))"),
)


PLANNED = (
    *("review_by", "parents_notified", "agreed_with", "partly", "disagreed"),
    *("not_reached", "strategy", "shared_with_staff", "shared_with_parents"),
    *("home_support", "school_does", "parent_does", "pupil_does"),
)
PLAN = (
    Question("review_by", "When it will be reviewed"),
    Question("agreed_with", "Who agreed (parent,pupil,teacher)"),
)


def planned(app: App, record: Record, typed: dict[str, Any]) -> bool:
    """Whether the cycle meant has a plan already, which is then amended."""
    del app
    from sencli.core.record.edit import the_cycle

    meant = the_cycle(record, typed.get("cycle"), open_only=False)
    return "date" in meant.get("plan", {})


def reviewed(app: App, record: Record, typed: dict[str, Any]) -> bool:
    """Whether the cycle meant was reviewed or closed: the review then is no new one."""
    del app
    from sencli.core.record.edit import the_cycle

    cycle = the_cycle(record, typed.get("cycle"), open_only=False)
    return "review" in cycle or "closed" in cycle


def known_people(app: App, record: Record) -> Callable[[str], object]:
    """Refuses whom neither the record nor the school knows."""
    from sencli.cli.shell.writing import context_of
    from sencli.core.people.context import people

    context = context_of(app, record)
    return lambda typed: people([typed], record, context, app.today)


def of_cycle(app: App, record: Record, typed: dict[str, Any]) -> Iterator[Question]:
    """Who came, each outcome and intervention, views, the decision, what is next."""
    from sencli.core.cycle.dose import provision_name
    from sencli.core.cycle.review import checked_impact
    from sencli.core.cycle.review import checked_result
    from sencli.core.record.edit import the_cycle

    provisions = app.repo.provisions().get("provisions", ())
    plan = the_cycle(record, typed.get("cycle"), open_only=False).get("plan", {})
    who = "Who came (parent,pupil,teacher,senco)"
    yield Question("attended", who, check=known_people(app, record))
    for number, item in enumerate(plan.get("outcomes", ()), 1):
        text = f"{number}. {item['outcome']}: {_RESULTS} (as achieved:63)"
        yield Question("outcome", text, f"{number}=", checked_result)
    for number, item in enumerate(plan.get("interventions", ()), 1):
        name = provision_name(item["provision"], provisions)
        text = f"{name}: impact from -2 to +2, 0 as expected"
        yield Question("intervention", text, f"{number}=", checked_impact)
    yield from _VIEWS
    yield Question("decision", "What was decided (continue, adapt, step-down ...)")
    yield Question("next_steps", "What happens next")


def annual_review_amends(app: App, record: Record, typed: dict[str, Any]) -> bool:
    """Whether an annual review is meant that the record has."""
    from sencli.cli.shell.writing import context_of
    from sencli.cli.shell.writing import given_options
    from sencli.core.statutory.annual_review import amended_review

    return bool(amended_review(record, given_options(typed), context_of(app, record)))


def of_plan(app: App, record: Record, typed: dict[str, Any]) -> Iterator[Question]:
    """Ask who is invited to a future review, or the result of one held."""
    from sencli.core.cycle.review import checked_result

    if typed["date"] > app.today:
        yield Question("invited", "Who is invited (all, or parent,school,health)")
        return
    plan = plan_in_force(record, typed["date"]) or {}
    yield Question("attended", "Who came (parent,pupil,teacher,senco)")
    for number, item in enumerate(plan.get("outcomes", ()), 1):
        text = f"{number}. {item['text']}: {_RESULTS}"
        yield Question("outcome", text, f"{number}=", checked_result)
    yield from _VIEWS
    yield Question("recommendation", "What was recommended (keep, amend, cease)")
