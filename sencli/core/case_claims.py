"""What happened to a pupil, in order: each claim with its date and its place."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from typing import Any
from typing import NamedTuple

from sencli import terms
from sencli.core import cost
from sencli.core.around import School
from sencli.core.dates import short as brief
from sencli.core.who import all_of
from sencli.core.who import who

Entry = Mapping[str, Any]

_LONGEST = 190


class Claim(NamedTuple):
    """One thing that happened: ISO date, in words, and its path in the record."""

    date: str
    what: str
    path: str


def claims(record: Entry, around: School, day: str) -> list[Claim]:
    """Everything that had happened by the day, oldest first."""
    found = [
        *_concerns(record, around),
        *_status(record),
        *_cycles(record, around),
        *_specialists(record),
        *_meetings(record, around),
        *_ehc(record),
        *_moves(record),
    ]
    return sorted(
        (claim for claim in found if claim.date and claim.date <= day),
        key=lambda claim: claim.date,
    )


def short(text: str) -> str:
    """Text on one line, cut after a word where it is long."""
    flat = " ".join(text.split())
    if len(flat) <= _LONGEST:
        return flat
    return flat[:_LONGEST].rpartition(" ")[0] + " ..."


def _concerns(record: Entry, around: School) -> Iterator[Claim]:
    for entry in record.get("concerns", ()):
        by = entry.get("raised_by", "")
        of = f" by {who(by, record, around.school)}" if by else ""
        words = short(entry.get("concern", ""))
        what = f"Concern raised{of}{f': {words}' if words else ''}"
        yield Claim(entry["date"], what, f"concerns[{entry['id']}]")


def _status(record: Entry) -> Iterator[Claim]:
    for entry in record.get("status", ()):
        path = f"status[{entry['from']}]"
        said = f"{terms.PROVISION[entry['provision']]} ({entry['provision']})"
        layer = entry.get("layer", "").replace("_", " ")
        more = f", {layer}" if layer else ""
        why = f": {short(entry['reason'])}" if "reason" in entry else ""
        yield Claim(entry["from"], f"Status: {said}{more}{why}", path)
        days: dict[str, str] = {}
        for told in entry.get("told", ()):
            at = f"{path}.told[{told['who']} {told['date']}]"
            days.setdefault(told["date"], at)
        for day, at in list(days.items())[:1]:
            yield Claim(day, "Parents told of it", at)


def _cycles(record: Entry, around: School) -> Iterator[Claim]:
    for cycle in record.get("cycles", ()):
        if cycle.get("closed", {}).get("reason") == "opened_in_error":
            continue
        path = f"cycles[{cycle['id']}]"
        if assess := cycle.get("assess"):
            text = short(assess.get("teacher_assessment", ""))
            what = f"Assessed{f': {text}' if text else ''}"
            yield Claim(assess["date"], what, f"{path}.assess")
        plan = cycle.get("plan", {})
        if day := plan.get("date"):
            yield Claim(day, _planned(cycle, record, around), f"{path}.plan")
        if review := cycle.get("review"):
            yield Claim(review["date"], _reviewed(cycle), f"{path}.review")
        elif closed := cycle.get("closed"):
            reason = str(closed["reason"]).replace("_", " ")
            yield Claim(closed["date"], f"Cycle closed: {reason}", f"{path}.closed")


def _planned(cycle: Entry, record: Entry, around: School) -> str:
    """How many outcomes, what support from when, who agreed."""
    plan = cycle["plan"]
    count = len(plan.get("outcomes", ()))
    said = f"Plan made: {count} outcome{'' if count == 1 else 's'}"
    supports = []
    for item in plan.get("interventions", ()):
        provision = around.provision(item["provision"])
        first, _ = cost.span(cycle, item, provision.get("usual", {}))
        since = f" from {brief(first)}" if first else ""
        supports.append(f"{provision['name']}{since}")
    if supports:
        said += f"; {short(', '.join(dict.fromkeys(supports)))}"
    agreed = [a["who"] for a in plan.get("agreement", ()) if a["answer"] == "agreed"]
    if agreed:
        said += f"; agreed by {all_of(agreed, record, around.school)}"
    return said


def _reviewed(cycle: Entry) -> str:
    review = cycle["review"]
    wording = {o["id"]: o["outcome"] for o in cycle.get("plan", {}).get("outcomes", ())}
    results = [
        f"{short(wording[r['outcome']]).rstrip('.')}: {terms.RESULTS[r['result']]}"
        for r in review.get("outcomes", ())
        if r["outcome"] in wording
    ]
    said = "Reviewed" + (f". {'; '.join(results)}" if results else "")
    decisions = [terms.DECISIONS[code] for code in review.get("decisions", ())]
    if decisions:
        said += f". Decided to {', '.join(decisions)}"
    return said


def _specialists(record: Entry) -> Iterator[Claim]:
    for entry in record.get("specialists", ()):
        path, service = f"specialists[{entry['id']}]", entry["service"]
        consent = entry.get("consent", {})
        agreed = "parents agreed" if consent.get("given") else "parents did not agree"
        on = consent.get("date", "")
        for asked in sorted({told["date"] for told in entry.get("asked", ())}):
            yield Claim(asked, f"{service}: parents asked to agree", f"{path}.asked")
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
            text = short(advice["recommendation"])
            yield Claim(advice["date"], f"{service} advised: {text}", at)


def _meetings(record: Entry, around: School) -> Iterator[Claim]:
    for entry in record.get("meetings", ()):
        kind = str(entry.get("kind", "")).replace("_", " ")
        came = all_of(entry.get("attended", ()), record, around.school)
        what = f"Meeting{f' ({kind})' if kind and kind != 'other' else ''}"
        what += f" with {came}" if came else ""
        yield Claim(entry["date"], what, f"meetings[{entry['id']}]")


def _ehc(record: Entry) -> Iterator[Claim]:
    ehc = record.get("ehc", {})
    for entry in ehc.get("requests", ()):
        path = f"ehc.requests[{entry['id']}]"
        yield Claim(entry["date"], "EHC needs assessment asked for", path)
        if decision := entry.get("decision"):
            said = f"Authority's answer: {str(decision['outcome']).replace('_', ' ')}"
            yield Claim(decision["date"], said, f"{path}.decision")
    for entry in ehc.get("plans", ()):
        path = f"ehc.plans[{entry['id']}]"
        yield Claim(entry["issued"], "EHC plan issued", path)
        if day := entry.get("ceased"):
            yield Claim(day, "EHC plan ceased", f"{path}.ceased")
    for entry in ehc.get("reviews", ()):
        kind = str(entry.get("kind", "annual")).replace("_", " ")
        path = f"ehc.reviews[{entry['id']}]"
        yield Claim(entry["date"], f"EHC plan reviewed ({kind})", path)


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
