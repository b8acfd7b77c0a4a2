"""What is said of an intervention that was added."""

from __future__ import annotations

from sencli.core.dates import words
from sencli.core.dosing import Offer
from sencli.core.dosing import dose_said
from sencli.core.dosing import provision_name
from sencli.core.types import Entry
from sencli.core.types import Record


def added_said(item: Entry, dose: Entry, offer: Offer) -> str:
    """What was added, how much of it, from when to when."""
    parts = [provision_name(item["provision"], offer.provisions)]
    if offer.group_name:
        parts.append(f"in {offer.group_name}")
    if how := dose_said(dose):
        parts.append(how)
    parts.append(f"from {words(item['from'])}")
    if "until" in item:
        parts[-1] += f" to {words(item['until'])}"
    return ", ".join(parts) + "."


def added_notes(
    record: Record, cycle: Record, item: Entry, dose: Entry, offer: Offer
) -> tuple[str, ...]:
    """What is worth a look in an intervention that was added."""
    notes = []
    retired = offer.provision.get("retired", "9999")
    if retired <= item["from"]:
        notes.append(f"The catalogue retired this provision on {words(retired)}.")
    if not item.get("outcomes") and cycle.get("plan", {}).get("outcomes"):
        notes.append(
            "It serves no outcome yet: sen intervention change "
            f"{record['id']} {item['id']} --outcome NUMBER"
        )
    if "until" not in item:
        notes.append("No end date was given: it runs until it is ended.")
    if "minutes" not in dose or "sessions_per_week" not in dose:
        notes.append(
            "How long and how often is not known, so it cannot be costed: "
            "--minutes, --sessions-per-week"
        )
    return tuple(notes)
