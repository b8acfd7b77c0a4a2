"""Results in reviews for an intervention and its outcomes."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from fractions import Fraction

from sencli.core.provision.cost import rounded
from sencli.core.provision.provision_map import Support
from sencli.core.record.types import Entry
from sencli.value import Value

MET = frozenset({"exceeded", "achieved"})
UNJUDGED = frozenset({"not_measured", "no_longer_relevant"})
FEW = 3
"""Under so many judged nothing is divided: one child would be the whole figure."""


class OutcomeCost(Value):
    """Sessions and cost for outcomes that have been rated.

    An intervention counts where at least one of its outcomes was judged and the cost of
    what was delivered is known; the others are left out on both sides.

    Attributes:
        interventions: how many count.
        judged: the outcomes judged of these; achieved: those achieved or exceeded.
        pence: what was delivered of these interventions.
        left_out: interventions judged of which the cost delivered is not known.
    """

    interventions: int = 0
    judged: int = 0
    achieved: int = 0
    pence: int = 0
    left_out: int = 0

    @property
    def each(self) -> int | None:
        """Pence for each outcome achieved; None where ``why_not`` has the reason."""
        if self.why_not:
            return None
        return rounded(Fraction(self.pence, self.achieved))

    @property
    def why_not(self) -> str:
        """Why there is no figure, in words; "" where there is one."""
        if not self.interventions:
            return "not costed" if self.left_out else "not judged yet"
        if min(self.interventions, self.judged) < FEW:
            return "too few to say"
        return "" if self.achieved else "none achieved"


def reviewed(support: Support, period: tuple[str, str], day: str) -> Entry:
    """The review of the intervention's cycle, where it was held in the period."""
    review: Entry = support.cycle.get("review", {})
    held = period[0] <= review.get("date", "") <= min(period[1], day)
    return review if held else {}


def aims(support: Support) -> Iterator[Entry]:
    """The outcomes that the intervention is for, without what is restricted."""
    wanted = support.intervention.get("outcomes", ())
    for outcome in support.cycle.get("plan", {}).get("outcomes", ()):
        if outcome["id"] in wanted and not outcome.get("restricted"):
            yield outcome


def results(
    given: Iterable[Support], day: str, period: tuple[str, str]
) -> dict[tuple[str, str], str]:
    """Results by pupil and outcome, each outcome once."""
    found: dict[tuple[str, str], str] = {}
    for support in given:
        review = reviewed(support, period, day)
        said = {r["outcome"]: r["result"] for r in review.get("outcomes", ())}
        for outcome in aims(support):
            if outcome["id"] in said:
                found[support.record["id"], outcome["id"]] = said[outcome["id"]]
    return found


def outcome_cost(
    given: Iterable[tuple[Support, int | None]], day: str, period: tuple[str, str]
) -> OutcomeCost:
    """The outcomes judged, and what the interventions that served them cost.

    Args:
        given: the interventions, each with the pence delivered in the period.
        day: ISO date by which all is told.
        period: first and last day.
    """
    pence = interventions = left_out = 0
    found: dict[tuple[str, str], str] = {}
    for support, spent in given:
        said = {
            whose: result
            for whose, result in results([support], day, period).items()
            if result not in UNJUDGED
        }
        if said and spent:
            found |= said
            pence += spent
            interventions += 1
        elif said:
            left_out += 1
    achieved = sum(result in MET for result in found.values())
    return OutcomeCost(interventions, len(found), achieved, pence, left_out)
