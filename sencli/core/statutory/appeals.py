"""Mediation and appeals against a decision of the authority, and their two clocks."""

from __future__ import annotations

from collections.abc import Iterator

from sencli import terms
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.statutory.deadlines import APPEAL_MONTHS
from sencli.core.statutory.deadlines import StatutoryStep
from sencli.core.text.dates import add_months
from sencli.core.text.dates import words

CERTIFICATE_MONTHS = 1
LAW = "Children and Families Act 2014 s.51 to s.55; SEND Regulations 2014 reg 33 and 39"
AGAINST = terms.APPEALS
RESULTS = terms.APPEAL_RESULTS


def certificate_by(decision: str) -> str:
    """The last day for the mediation certificate: two months from the decision."""
    return add_months(decision, APPEAL_MONTHS)


def appeal_by(decision: str, certificate: str = "") -> str:
    """The last day for an appeal.

    Two months from the decision or one month from the certificate, the later.
    """
    by = add_months(decision, APPEAL_MONTHS)
    return max(by, add_months(certificate, CERTIFICATE_MONTHS)) if certificate else by


def appeal_label(right: Entry) -> str:
    """``decision not to assess of 12 March 2026``, or ``plan of 12 March 2026``."""
    against, on = right["against"], words(right["date"])
    return (
        f"plan of {on}" if against == "plan" else f"decision {AGAINST[against]} of {on}"
    )


def rights(record: Entry, day: str) -> list[Record]:
    """The decisions that the family may appeal against or did, oldest first.

    Refusals of a request, the plan as last issued or amended, and an annual review
    after which the plan is kept or ceased. Each with what is recorded of it.
    """
    ehc = record.get("ehc", {})
    known = {(a["about"], a["against"], a["date"]): a for a in ehc.get("appeals", ())}
    for about, against, date in _decisions(ehc):
        if date <= day:
            found = {"about": about, "against": against, "date": date}
            known.setdefault((about, against, date), found)
    return sorted((dict(one) for one in known.values()), key=lambda a: str(a["date"]))


def _decisions(ehc: Entry) -> Iterator[tuple[str, str, str]]:
    for request in ehc.get("requests", ()):
        for part, against in (
            ("decision", "not_assess"),
            ("plan_decision", "not_issue"),
        ):
            decision = request.get(part, {})
            if decision.get("outcome") == "refuse":
                yield request["id"], against, decision["date"]
    for plan in ehc.get("plans", ()):
        yield plan["id"], "plan", max([plan["issued"], *plan.get("amended", ())])
    after = {"keep": "not_amend", "cease": "cease"}
    for review in ehc.get("reviews", ()):
        decision = review.get("decision", {})
        if decision.get("outcome") in after:
            yield review["id"], after[decision["outcome"]], decision["date"]


def appeal_steps(right: Entry) -> tuple[StatutoryStep, ...]:
    """The two clocks of one decision; none once it is ended."""
    decision, certificate = right["date"], right.get("certificate", "")
    appealed = right.get("appealed", "")
    both = (
        StatutoryStep(
            "certificate",
            "Family's mediation certificate, within two months of the decision",
            certificate_by(decision),
            certificate,
            family=True,
            law=LAW,
            confirmed=False,
        ),
        StatutoryStep(
            "appealed",
            "Family's appeal, within two months of the decision or one month of the "
            "certificate",
            appeal_by(decision, certificate),
            appealed,
            family=True,
            law=LAW,
            confirmed=False,
        ),
    )
    over = "ended" in right or bool(appealed)
    return tuple(step for step in both if step.done or not over)


def running(right: Entry, day: str) -> bool:
    """Whether something is recorded of it, or the time for an appeal still runs."""
    return "id" in right or any(step.open_on(day) for step in appeal_steps(right))
