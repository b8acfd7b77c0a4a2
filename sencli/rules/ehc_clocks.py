"""D15 to D17: the other clocks of the law, for requests, plans and appeals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sencli.core.statutory.appeals import appeal_by
from sencli.core.statutory.appeals import appeal_label
from sencli.core.statutory.appeals import rights
from sencli.core.statutory.clocks import Clock
from sencli.core.statutory.clocks import clocks
from sencli.core.statutory.owed import owed_clocks
from sencli.core.text.dates import words
from sencli.core.text.plural import plural
from sencli.rules.case import Case
from sencli.rules.example import ON_SUPPORT
from sencli.rules.example import WITH_PLAN
from sencli.rules.model import Gap
from sencli.rules.model import Rule

_LISTS = {"request": "requests", "review": "reviews", "plan": "plans"}
_ELSEWHERE = {("review", "decision"), ("plan", "phase"), ("plan", "moved_review")}
"""What D06, D08 and D01 tell of."""
_REFUSED = ("not_assess", "not_issue", "cease")
_REVIEW: dict[str, Any] = {
    "id": "q8wn",
    "date": "2025-11-03",
    "decision": {"date": "2025-11-28", "outcome": "amend"},
    "notice_sent": "2025-11-28",
}


def _plan(**more: Any) -> dict[str, Any]:
    plan = {"id": "e3ph", "issued": "2025-06-10", **more}
    return {**WITH_PLAN, "ehc": {"plans": [plan], "reviews": [_REVIEW]}}


def _request(**more: Any) -> dict[str, Any]:
    request = {"id": "r7vb", "date": "2026-01-12", "by": "school", **more}
    return {**ON_SUPPORT, "ehc": {"requests": [request]}}


@Rule(
    code="D15",
    name="What the authority owes comes in time",
    level="reminder",
    scope="roll",
    cites="SEND Regulations 2014 reg 5, 10, 13, 15, 20 and 22",
    confirmed=True,
    asks="The authority decides on a request in 6 weeks, tells in 16 that it will "
    "issue no plan and issues one in 20; it gives notice of amendments 4 weeks after a "
    "review, amends the plan within 12, and tells parents within 6 weeks of a move.",
    why="A letter that names the day and the regulation often brings what is owed.",
    meet="sen ehc issue PUPIL --amended DATE",
    fails=_plan(),
    passes=_plan(amended=["2026-01-20"]),
)
def d15(case: Case) -> Iterator[Gap]:
    """Found when a step of the authority's is late, and no exception is recorded."""
    for clock in owed_clocks(case.record, case.school, case.day):
        step = clock.step
        if (clock.part, step.key) in _ELSEWHERE:
            continue
        late = plural(step.days_late(case.day), "day")
        yield Gap(
            ("ehc", *_place(case, clock)),
            f"{clock.what}: due on {words(step.due)}, {late} late ({step.law}). "
            "Ask for it.",
            clock.command,
        )


def _place(case: Case, clock: Clock) -> tuple[str | int, ...]:
    """Where in the record the request, review or plan stands."""
    name = _LISTS[clock.part]
    ids = [item["id"] for item in case.record["ehc"][name]]
    return (name, ids.index(clock.about))


@Rule(
    code="D16",
    name="The school's advice within six weeks",
    level="must",
    scope="roll",
    cites="SEND Regulations 2014 reg 8; SEND Code of Practice 9.51",
    asks="Where the authority asks the school for advice for a needs assessment, give "
    "it within six weeks.",
    why="The twenty weeks run on while the authority waits for us.",
    meet="sen ehc advice PUPIL --sent DATE",
    fails=_request(advice_requested="2026-01-20"),
    passes=_request(advice_requested="2026-01-20", advice_sent="2026-02-20"),
)
def d16(case: Case) -> Iterator[Gap]:
    """Found when the advice is not shown as sent six weeks after it was asked for."""
    for clock in clocks(case.record, case.school, case.day):
        step = clock.step
        if step.key == "advice" and step.state(case.day) == "late":
            yield Gap(
                ("ehc", *_place(case, clock)),
                f"The school's advice to the needs assessment was due on "
                f"{words(step.due)}, and is not shown as sent.",
                clock.command,
            )


@Rule(
    code="D17",
    name="The family's time for an appeal",
    level="may",
    scope="roll",
    cites="Children and Families Act 2014 s.51 to s.55; SEND Regulations 2014 reg 33 "
    "and 39",
    asks="After a refusal, or where a plan is to end, tell the family by when they may "
    "go to mediation and to the Tribunal, and who helps them.",
    why="Two months are soon over, and what lapsed cannot be had back.",
    meet="sen ehc appeal PUPIL --certificate DATE",
    fails=_request(decision={"date": "2026-02-20", "outcome": "refuse"}),
    passes={
        **ON_SUPPORT,
        "ehc": {
            "requests": [
                {
                    "id": "r7vb",
                    "date": "2026-01-12",
                    "decision": {"date": "2026-02-20", "outcome": "refuse"},
                }
            ],
            "appeals": [
                {
                    "id": "x4tk",
                    "about": "r7vb",
                    "against": "not_assess",
                    "date": "2026-02-20",
                    "certificate": "2026-03-10",
                }
            ],
        },
    },
)
def d17(case: Case) -> Iterator[Gap]:
    """Found while the time for an appeal runs and nothing is recorded of it."""
    for right in rights(case.record, case.day):
        by = appeal_by(right["date"])
        if right["against"] in _REFUSED and "id" not in right and by >= case.day:
            yield Gap(
                ("ehc",),
                f"The {appeal_label(right)}: the family's time for a mediation "
                f"certificate and an appeal ends on {words(by)}.",
                f"sen ehc appeal {case.id} --against {right['against']} "
                "--certificate DATE",
            )
