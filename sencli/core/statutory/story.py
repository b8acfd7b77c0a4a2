"""What happened to an EHC request, plan and review, each with its day and place."""

from __future__ import annotations

from collections.abc import Iterator

from sencli.core.record.types import Entry
from sencli.core.statutory.appeals import RESULTS
from sencli.core.statutory.appeals import appeal_label

Told = tuple[str, str, str]


def ehc_story(record: Entry) -> Iterator[Told]:
    """ISO date, words and place in the record of each thing that happened."""
    ehc = record.get("ehc", {})
    for entry in ehc.get("requests", ()):
        path = f"ehc.requests[{entry['id']}]"
        yield entry["date"], "EHC needs assessment asked for", path
        for part in ("decision", "plan_decision"):
            if decision := entry.get(part):
                said = str(decision["outcome"]).replace("_", " ")
                said += " a plan" if part == "plan_decision" else ""
                yield decision["date"], f"Authority's answer: {said}", f"{path}.{part}"
    for entry in ehc.get("plans", ()):
        yield from _plan(entry)
    for entry in ehc.get("reviews", ()):
        kind = str(entry.get("kind", "annual")).replace("_", " ")
        path = f"ehc.reviews[{entry['id']}]"
        yield entry["date"], f"EHC plan reviewed ({kind})", path
    for entry in ehc.get("appeals", ()):
        label, path = appeal_label(entry), f"ehc.appeals[{entry['id']}]"
        if day := entry.get("appealed"):
            yield day, f"Family's appeal against the {label}", f"{path}.appealed"
        if day := entry.get("ended"):
            how = RESULTS.get(entry.get("result", ""), "")
            said = f"Appeal against the {label} ended{f': {how}' if how else ''}"
            yield day, said, f"{path}.ended"


def _plan(plan: Entry) -> Iterator[Told]:
    path = f"ehc.plans[{plan['id']}]"
    yield plan["issued"], "EHC plan issued", path
    if day := plan.get("joined"):
        yield day, "Came to the school with the EHC plan", f"{path}.joined"
    for moved in plan.get("transfers", ()):
        said = f"EHC plan moved to {moved['to_authority']}"
        yield moved["date"], said, f"{path}.transfers[{moved['date']}]"
    if day := plan.get("ceased"):
        yield day, "EHC plan ceased", f"{path}.ceased"
