"""A pupil's history in order: each event with its date and place in the record."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from typing import NamedTuple

from sencli import terms
from sencli.core.people.names import all_of
from sencli.core.people.names import who
from sencli.core.people.young_person import family_met
from sencli.core.people.young_person import family_on
from sencli.core.provision import cost
from sencli.core.provision.school import School
from sencli.core.pupil import support_since
from sencli.core.record import lookup
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Entry
from sencli.core.reports.arranged import arranged
from sencli.core.reports.arranged import one_line
from sencli.core.reports.arranged import short
from sencli.core.statutory.story import ehc_story
from sencli.core.text.dates import add_days
from sencli.core.text.dates import short as brief_date
from sencli.core.time.calendar import year_of
from sencli.value import Value


class Claim(NamedTuple):
    """One thing that happened.

    Attributes:
        date: ISO date.
        what: in words.
        path: its place in the record.
    """

    date: str
    what: str
    path: str


def claims(record: Entry, around: School, day: str) -> list[Claim]:
    """Everything that had happened by the day, oldest first.

    Args:
        record: the pupil's.
        around: the school.
        day: ISO date.
    """
    found = [
        *_concerns(record, around),
        *_status(record),
        *_cycles(record, around),
        *_specialists(record, around),
        *_meetings(record, around),
        *_ehc(record),
        *_moves(record),
        *(Claim(*event) for event in arranged(record)),
    ]
    return sorted(
        (claim for claim in found if claim.date and claim.date <= day),
        key=lambda claim: claim.date,
    )


def _concerns(record: Entry, around: School) -> Iterator[Claim]:
    for entry in record.get("concerns", ()):
        by = entry.get("raised_by", "")
        of = f" by {who(by, record, around.school)}" if by else ""
        words = one_line(entry.get("concern", ""))
        what = f"Concern raised{of}{f': {words}' if words else ''}"
        yield Claim(entry["date"], what, f"concerns[{entry['id']}]")


def _status(record: Entry) -> Iterator[Claim]:
    plans = record.get("ehc", {}).get("plans", ())
    for entry in record.get("status", ()):
        path = f"status[{entry['from']}]"
        said = f"{terms.PROVISION[entry['provision']]} ({entry['provision']})"
        if entry["provision"] == "E" and not plans:
            said = "E"  # a code, of which no plan is on record
        layer = entry.get("layer", "").replace("_", " ")
        more = f", {layer}" if layer else ""
        why = f": {one_line(entry['reason'])}" if "reason" in entry else ""
        yield Claim(entry["from"], f"Status: {said}{more}{why}", path)
        days: dict[str, str] = {}
        for told in entry.get("told", ()):
            at = f"{path}.told[{told['who']} {told['date']}]"
            days.setdefault(told["date"], at)
        for day, at in days.items():
            yield Claim(day, f"{family_on(record, day).subject} told of it", at)


def _cycles(record: Entry, around: School) -> Iterator[Claim]:
    for cycle in record.get("cycles", ()):
        if cycle.get("closed", {}).get("reason") == "opened_in_error":
            continue
        path = f"cycles[{cycle['id']}]"
        if assess := cycle.get("assess"):
            text = one_line(assess.get("teacher_assessment", ""))
            what = f"Assessed{f': {text}' if text else ''}"
            yield Claim(assess["date"], what, f"{path}.assess")
        plan = cycle.get("plan", {})
        if day := plan.get("date"):
            yield Claim(day, _plan_claim(cycle, record, around), f"{path}.plan")
        if review := cycle.get("review"):
            what = _reviewed(cycle, record, around)
            yield Claim(review["date"], what, f"{path}.review")
        elif closed := cycle.get("closed"):
            reason = str(closed["reason"]).replace("_", " ")
            yield Claim(closed["date"], f"Cycle closed: {reason}", f"{path}.closed")


def _plan_claim(cycle: Entry, record: Entry, around: School) -> str:
    """How many outcomes, what support from when, who agreed."""
    plan = cycle["plan"]
    count = len(plan.get("outcomes", ()))
    said = f"Plan made: {count} outcome{'' if count == 1 else 's'}"
    supports = []
    for item in plan.get("interventions", ()):
        provision = around.provision(item["provision"])
        first, _ = cost.span(cycle, item, provision.get("usual", {}))
        since = f" from {brief_date(first)}" if first else ""
        supports.append(f"{provision['name']}{since}")
    if supports:
        said += f"; {one_line(', '.join(dict.fromkeys(supports)))}"
    agreed = [a["who"] for a in plan.get("agreement", ()) if a["answer"] == "agreed"]
    if agreed:
        said += f"; agreed by {all_of(agreed, record, around.school)}"
    return said


def _reviewed(cycle: Entry, record: Entry, around: School) -> str:
    review = cycle["review"]
    wording = {o["id"]: o["outcome"] for o in cycle.get("plan", {}).get("outcomes", ())}
    results = [
        f"{one_line(wording[r['outcome']]).rstrip('.')}: {terms.RESULTS[r['result']]}"
        for r in review.get("outcomes", ())
        if r["outcome"] in wording
    ]
    said = "Reviewed" + (f". {'; '.join(results)}" if results else "")
    decisions = [terms.DECISIONS[code] for code in review.get("decisions", ())]
    if decisions:
        said += f". Decided to {', '.join(decisions)}"
    # what the first page has to cut short stands whole here
    for view in review.get("views", ()):
        if short(view["text"]) != one_line(view["text"]):
            by = who(view["of"], record, around.school)
            said += (
                f". {by[:1].upper()}{by[1:]} said: {one_line(view['text']).rstrip('.')}"
            )
    return said


def _consented(consent: Entry, record: Entry, around: School) -> str:
    """Who agreed to a specialist, or did not; one parent's word is not both's."""
    given = consent.get("given")
    if by := consent.get("by"):
        return f"{who(by, record, around.school)} {'agreed' if given else 'refused'}"
    return "consent given" if given else "no consent"


def _specialists(record: Entry, around: School) -> Iterator[Claim]:
    for entry in record.get("specialists", ()):
        path, service = f"specialists[{entry['id']}]", entry["service"]
        consent = entry.get("consent", {})
        agreed = _consented(consent, record, around)
        on = consent.get("date", "")
        for asked in sorted({told["date"] for told in entry.get("asked", ())}):
            said = f"{service}: {family_on(record, asked).name} asked to agree"
            yield Claim(asked, said, f"{path}.asked")
        if on and on != entry.get("referred"):
            yield Claim(on, f"{service}: {agreed}", f"{path}.consent")
        advised = {advice["date"] for advice in entry.get("advice", ())}
        for key, word in (
            ("referred", f"referred, {agreed}" if on else "referred"),
            ("first_seen", "first seen"),
            ("discharged", "involvement ended"),
        ):
            day = entry.get(key, "")
            # seen and advised on one day is one row
            if day and not (key == "first_seen" and day in advised):
                yield Claim(day, f"{service}: {word}", f"{path}.{key}")
        for advice in entry.get("advice", ()):
            at = f"{path}.advice[{advice['id']}]"
            text = one_line(advice["recommendation"])
            yield Claim(advice["date"], f"{service} advised: {text}", at)


def _meetings(record: Entry, around: School) -> Iterator[Claim]:
    for entry in record.get("meetings", ()):
        kind = str(entry.get("kind", "")).replace("_", " ")
        came = all_of(entry.get("attended", ()), record, around.school)
        what = f"Meeting{f' ({kind})' if kind and kind != 'other' else ''}"
        what += f" with {came}" if came else ""
        yield Claim(entry["date"], what, f"meetings[{entry['id']}]")


def _ehc(record: Entry) -> Iterator[Claim]:
    for date, said, path in ehc_story(record):
        yield Claim(date, said, path)


def _moves(record: Entry) -> Iterator[Claim]:
    for entry in record.get("profiles", ()):
        yield Claim(
            entry["date"], "One-page profile written", f"profiles[{entry['date']}]"
        )
    for entry in record.get("transitions", ()):
        to = f" to {entry['to']}" if "to" in entry else ""
        path = f"transitions[{entry['id']}]"
        yield Claim(entry["date"], f"Move{to} prepared", path)
    for stay in record.get("roll", ()):
        if day := stay.get("until"):
            to = f" for {stay['to_school']}" if "to_school" in stay else ""
            yield Claim(day, f"Left the school{to}", "roll")


_YEAR = -365
_ACHIEVED = ("achieved", "exceeded")
_ACTED = ("accepted", "adapted")


class Facts(Value):
    """A case at a glance; missing dates are "".

    Attributes:
        concern: the first concern.
        support: the first support.
        since: since when there is SEN support or a plan without a break.
        needs: the needs in words, primary first.
        reviewed: how many cycles were reviewed.
        open: how many are open.
        achieved: how many outcomes were achieved of those reviewed, in words.
        met: how often parents were met in the last year.
        planned: planned cost of the school year, in pence.
        spent: cost of what was given in it so far, in pence.
        uncosted: how many supports of the year have no cost.
        advice: what came of specialists' advice, in words.
        review_by: the next review.
    """

    concern: str
    support: str
    since: str
    needs: tuple[str, ...]
    reviewed: int
    open: int
    achieved: str
    met: int
    planned: int
    spent: int
    uncosted: int
    advice: str
    review_by: str


def facts(record: Entry, around: School, day: str) -> Facts:
    """The facts of a case on the day."""
    cycles = list(real_cycles(record))
    planned, spent, uncosted = _money(cycles, around, day)
    concerns = [str(entry["date"]) for entry in record.get("concerns", ())]
    year = add_days(day, _YEAR)
    met = [d for d in family_met(record) if year < d <= day]
    return Facts(
        concern=min(concerns, default=""),
        support=_first_support(record, cycles, around),
        since=support_since.known_since(record, day),
        needs=tuple(
            f"{terms.NEED_TYPES[need['type']][0]} ({need['type']})"
            for need in lookup.needs_on(record, day)
        ),
        reviewed=sum("review" in cycle for cycle in cycles),
        open=sum("review" not in c and "closed" not in c for c in cycles),
        achieved=_achieved(cycles),
        met=len(met),
        planned=planned,
        spent=spent,
        uncosted=uncosted,
        advice=_acted(record),
        review_by=lookup.review_by(record),
    )


def real_cycles(record: Entry) -> Iterator[Entry]:
    """The cycles that were no mistake."""
    for cycle in record.get("cycles", ()):
        if cycle.get("closed", {}).get("reason") != "opened_in_error":
            yield cycle


def _first_support(record: Entry, made: list[Entry], around: School) -> str:
    days = [
        str(entry["from"])
        for entry in record.get("status", ())
        if entry["provision"] != "N" and entry.get("taken_over", "") != entry["from"]
    ]
    for cycle in made:
        for item in cycle.get("plan", {}).get("interventions", ()):
            usual = around.provision(item["provision"]).get("usual", {})
            first, _ = cost.span(cycle, item, usual)
            days += [first] if first else []
    return min(days, default="")


def _money(made: list[Entry], around: School, day: str) -> tuple[int, int, int]:
    """Planned and spent in the school year, in pence; how many are not costed."""
    period = year_of(day)
    so_far = (period[0], day)
    planned = spent = uncosted = 0
    for cycle in made:
        for item in cycle.get("plan", {}).get("interventions", ()):
            entry = around.provision(item["provision"])
            first, last = cost.span(cycle, item, entry.get("usual", {}))
            if (first or STILL) > period[1] or (last or STILL) < period[0]:
                continue
            told = cost.planned(
                cycle, item, around.school, entry, period, around.in_group(item)
            )
            done = cost.to_date(
                cycle, item, around.school, entry, so_far, around.in_group(item)
            )
            uncosted += told.pence is None
            planned += told.pence or 0
            spent += done.pence or 0
    return planned, spent, uncosted


def _achieved(cycles: Iterable[Entry]) -> str:
    judged = [
        result["result"] in _ACHIEVED
        for cycle in cycles
        for result in cycle.get("review", {}).get("outcomes", ())
    ]
    return f"{sum(judged)} of {len(judged)} achieved" if judged else ""


def _acted(record: Entry) -> str:
    given = [a for s in record.get("specialists", ()) for a in s.get("advice", ())]
    if not given:
        return ""
    done = sum(entry.get("decision") in _ACTED for entry in given)
    return f"{done} of {len(given)} recommendations acted on"
