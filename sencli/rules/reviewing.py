"""B16 to B20: the review and its consequences."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any

from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import joined
from sencli.core.text.dates import add_days
from sencli.core.text.dates import words
from sencli.core.text.placeholders import SAID
from sencli.core.text.placeholders import SEEN
from sencli.core.time.calendar import dose_on
from sencli.rules.case import Case
from sencli.rules.case import ItemAt
from sencli.rules.example import ON_SUPPORT
from sencli.rules.example import in_cycle
from sencli.rules.model import Gap
from sencli.rules.model import Rule

TELL_PARENTS_DAYS = 14

_UNRATED = {"no_longer_relevant", "not_measured"}

_PLAN: dict[str, Any] = {
    "date": "2025-09-18",
    "review_by": "2025-12-12",
    "outcomes": [{"id": "o8fd", "outcome": "Reads 60 common words on sight"}],
}
_REVIEW: dict[str, Any] = {
    "date": "2025-12-11",
    "attended": ["parent", "pupil", "KM", "JP"],
    "outcomes": [{"outcome": "o8fd", "result": "achieved", "value": 63}],
    "views": [
        {"of": "parent", "text": "She reads to her brother"},
        {"of": "pupil", "text": "I can read the menu"},
    ],
    "decisions": ["continue"],
}


def _reviewed(**changes: Any) -> dict[str, Any]:
    review = {k: v for k, v in {**_REVIEW, **changes}.items() if v is not None}
    return in_cycle(plan=_PLAN, review=review)


def last_review(case: Case) -> ItemAt | None:
    """The cycle that was reviewed last."""
    return case.reviewed[-1] if case.reviewed else None


def reviewed_option(case: Case, at: ItemAt) -> str:
    """The option that names a reviewed cycle to ``sen cycle review``."""
    return f' --cycle "{case.label(at)}"' if case.open else ""


def little_progress(cycle: Mapping[str, Any]) -> bool:
    """Whether most rated outcomes of a review were not achieved.

    Without rated outcomes: whether the support did less than was expected.
    """
    review = cycle.get("review", {})
    results = [o["result"] for o in review.get("outcomes", ())]
    rated = [result for result in results if result not in _UNRATED]
    if rated:
        return 2 * rated.count("not_achieved") > len(rated)
    impacts = [i["impact"] for i in review.get("interventions", ()) if "impact" in i]
    return bool(impacts) and sum(impacts) < 0


@Rule(
    code="B16",
    name="Reviewed on the agreed date",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.53",
    draft_section="Review",
    asks="Review how effective the support is, and its impact, on the agreed date.",
    why="A late review lets a child spend another term on what does not work.",
    meet="sen cycle review PUPIL --date DATE",
    fails=in_cycle(plan=_PLAN),
    passes=_reviewed(),
)
def b16(case: Case) -> Iterator[Gap]:
    """Found when the review is overdue; a note when it was held late."""
    grace = case.settings.review_tolerance_days
    if case.open is not None:
        due = case.open.item.get("plan", {}).get("review_by", "")
        if "" < due < case.ago(grace):
            yield Gap(
                case.open.to("plan", "review_by"),
                f"The review was due on {words(due)} and is not recorded.",
                f"sen cycle review {case.id} --date DATE --attended WHO",
            )
    at = last_review(case)
    if at is None or case.open is not None:
        return
    due, held = at.item.get("plan", {}).get("review_by", ""), at.item["review"]["date"]
    if due and held > add_days(due, grace):
        yield Gap(
            at.to("review", "date"),
            f"The review due on {words(due)} was held on {words(held)}.",
            f"sen cycle show {case.id}",
            "may",
        )


@Rule(
    code="B17",
    name="Impact, quality and everybody's views",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.54",
    draft_section="Review",
    asks="Evaluate the impact and the quality of the support, with the views of pupil "
    "and parents.",
    why="A review that rates nothing and asks nobody is a date in a diary.",
    meet="sen cycle review PUPIL --date DATE --outcome 1=RESULT "
    '--parent-view "WHAT WAS SAID"',
    fails=_reviewed(views=_REVIEW["views"][:1]),
    passes=_reviewed(),
)
def b17(case: Case) -> Iterator[Gap]:
    """Found when the last review leaves out an outcome, the quality or a view."""
    at = last_review(case)
    if at is None:
        return
    plan, review = at.item.get("plan", {}), at.item["review"]
    rated = {result["outcome"] for result in review.get("outcomes", ())}
    missing = []
    for number, outcome in enumerate(plan.get("outcomes", ()), 1):
        if outcome["id"] not in rated:
            missing.append((f"outcome {number}", f"--outcome {number}=RESULT"))
    judged = review.get("interventions", ())
    if plan.get("interventions"):
        if not any("impact" in entry for entry in judged):
            missing.append(("the impact of the support", "--intervention 1=IMPACT"))
        if not any(entry.get("quality") or entry.get("comment") for entry in judged):
            missing.append(("the quality of the support", f"--quality 1={SEEN}"))
    for whose, option in case.views_lacking(review.get("views", ()), review["date"]):
        missing.append((f"{whose} views", f"{option} {SAID}"))
    if missing:
        options = " ".join(option for _, option in missing)
        yield Gap(
            at.to("review"),
            f"The review of {words(review['date'])} does not give "
            f"{joined([said for said, _ in missing], 'or')}.",
            f"sen cycle review {case.id}{reviewed_option(case, at)} {options}",
        )


@Rule(
    code="B18",
    name="A decision that follows from the review",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.54",
    draft_section="Review",
    asks="Decide with parent and pupil on changes to support and outcomes, so that the "
    "review feeds the next assessment.",
    why="Doing the same again after it did not work twice is a decision too: say why.",
    meet="sen cycle review PUPIL --date DATE --decision DECISION",
    fails=_reviewed(decisions=None),
    passes=_reviewed(),
)
def b18(case: Case) -> Iterator[Gap]:
    """Found when nothing was decided, or only to continue after no progress twice."""
    at = last_review(case)
    if at is None:
        return
    review = at.item["review"]
    command = (
        f"sen cycle review {case.id}{reviewed_option(case, at)} --decision DECISION"
    )
    if not review.get("decisions"):
        yield Gap(
            at.to("review"),
            f"The review of {words(review['date'])} records no decision.",
            command,
        )
        return
    last_two = case.reviewed[-2:]
    if len(last_two) > 1 and all(
        little_progress(c.item) and c.item["review"].get("decisions") == ["continue"]
        for c in last_two
    ):
        yield Gap(
            at.to("review", "decisions"),
            "Two reviews in a row found little progress and decided to carry on "
            "unchanged.",
            command,
        )


@Rule(
    code="B19",
    name="Parents know what came of it",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.55",
    asks="Give parents clear information about the impact of the support.",
    why="They live with the result.",
    meet="sen cycle review PUPIL --date DATE --shared-with-parents DATE",
    fails=_reviewed(attended=["KM", "JP"]),
    passes=_reviewed(attended=["KM", "JP"], shared_with_parents="2025-12-15"),
)
def b19(case: Case) -> Iterator[Gap]:
    """Found when no parent came to the review and none was given its result."""
    at = last_review(case)
    if at is None or at.item["review"]["date"] > case.ago(TELL_PARENTS_DAYS):
        return
    review = at.item["review"]
    day, who = review["date"], case.family
    came = any(case.is_parent(one, day) for one in review.get("attended", ()))
    if not (came or case.given_to_parents(day)):
        yield Gap(
            at.to("review"),
            f"{who.subject} {who.were} not told what came of the review of "
            f"{words(day)}.",
            f"sen cycle review {case.id}{reviewed_option(case, at)} "
            "--shared-with-parents DATE",
        )


_NOT_ENOUGH: dict[str, Any] = {
    "id": "y2qf",
    "plan": {
        **_PLAN,
        "interventions": [
            {
                "id": "i5tr",
                "provision": "precision-teaching",
                "outcomes": ["o8fd"],
                "dose": [{"from": "2025-09-22", "minutes": 15}],
            }
        ],
    },
    "review": {
        **_REVIEW,
        "outcomes": [{"outcome": "o8fd", "result": "not_achieved"}],
        "interventions": [{"intervention": "i5tr", "impact": -2, "comment": "Little"}],
        "decisions": ["adapt"],
    },
}


def _next_cycle(minutes: int) -> dict[str, Any]:
    return {
        "id": "z3wd",
        "plan": {
            "date": "2026-01-08",
            "review_by": "2026-03-27",
            "outcomes": [
                {"id": "o9ge", "continues": "o8fd", "outcome": "Reads 60 common words"}
            ],
            "interventions": [
                {
                    "id": "i6us",
                    "continues": "i5tr",
                    "provision": "precision-teaching",
                    "outcomes": ["o9ge"],
                    "dose": [{"from": "2026-01-12", "minutes": minutes}],
                }
            ],
        },
    }


@Rule(
    code="B20",
    name="What does not work is changed",
    level="should",
    scope="register",
    cites="SEND Code of Practice 6.63",
    draft_section="Involving Specialists",
    asks="Adapt or replace support depending on how effective it has been.",
    why="The cycle is graduated only if each turn learns from the last.",
    meet="sen intervention set PUPIL ITEM --minutes MINUTES",
    fails={**ON_SUPPORT, "cycles": [_NOT_ENOUGH, _next_cycle(15)]},
    passes={**ON_SUPPORT, "cycles": [_NOT_ENOUGH, _next_cycle(30)]},
)
def b20(case: Case) -> Iterator[Gap]:
    """Found when support that did not work goes on for the same outcome, unchanged."""
    before, at = last_review(case), case.open
    if before is None or at is None:
        return
    plan = at.item.get("plan", {})
    came_from = {o["id"]: o.get("continues", o["id"]) for o in plan.get("outcomes", ())}
    for index, entry in enumerate(plan.get("interventions", ())):
        aims = {came_from.get(outcome, "") for outcome in entry.get("outcomes", ())}
        for old in before.item.get("plan", {}).get("interventions", ()):
            if (
                old["provision"] == entry["provision"]
                and (old["id"] == entry.get("continues") or aims & _aims(old))
                and _failed(before.item["review"], old)
                and _same_dose(old, entry)
            ):
                yield Gap(
                    at.to("plan", "interventions", index),
                    f"{case.name_of(entry['provision'])} did less than expected by "
                    f"{words(before.item['review']['date'])} and goes on unchanged.",
                    f"sen intervention set {case.id} {index + 1} --minutes MINUTES",
                )


def _aims(entry: Mapping[str, Any]) -> set[str]:
    return set(entry.get("outcomes", ()))


def _failed(review: Mapping[str, Any], entry: Mapping[str, Any]) -> bool:
    for judged in review.get("interventions", ()):
        if judged["intervention"] == entry["id"] and "impact" in judged:
            return int(judged["impact"]) < 0
    results = [
        result["result"]
        for result in review.get("outcomes", ())
        if result["outcome"] in _aims(entry) and result["result"] not in _UNRATED
    ]
    return bool(results) and set(results) == {"not_achieved"}


def _same_dose(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether the latest dose of both is the same in all that makes it up."""
    before, after = (dose_on(e.get("dose", ()), STILL) for e in (old, new))
    parts = ("minutes", "sessions_per_week", "group_size", "led_by", "role")
    return all(before.get(part) == after.get(part) for part in parts)
