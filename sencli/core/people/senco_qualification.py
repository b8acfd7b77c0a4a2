"""How far a SENCO's qualification has come, and by when it is needed."""

from __future__ import annotations

from sencli.core.record.lookup import holds
from sencli.core.record.types import Entry
from sencli.core.text import dates

_THREE_YEARS = 3


def senco_since(person: Entry, day: str) -> str:
    """When somebody who is a SENCO on the day was appointed one; "" of anybody else."""
    roles = [r for r in person.get("roles", ()) if r["role"] == "SENCO"]
    if not any(holds(role, day) for role in roles):
        return ""
    first = min(str(role.get("from", "")) for role in roles)
    return str(person.get("senco", {}).get("appointed") or first)


def qualified_by(appointed: str) -> str:
    """The last day for the qualification of a SENCO appointed on that day."""
    year = int(appointed[:4]) + _THREE_YEARS
    return f"{year}-{appointed[5:].replace('02-29', '02-28')}"


def qualification_words(person: Entry) -> str:
    """How far a SENCO's qualification has come: ``NPQ begun 1 October 2024``."""
    known = person.get("senco", {})
    name = "NASENCO" if known.get("qualification") == "nasenco" else "NPQ"
    for field, said in (("awarded", "awarded"), ("started", "begun")):
        if field in known:
            return f"{name} {said} {dates.words(known[field])}"
    if "appointed" in known:
        return f"SENCO since {dates.words(known['appointed'])}"
    return ""
