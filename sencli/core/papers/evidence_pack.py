"""The evidence for an EHC request: whose its parts are, and the school's own order."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping
from typing import Any

from sencli.core.papers.review_pack import OURSELVES
from sencli.core.papers.review_pack import PackReader
from sencli.core.papers.review_pack import parents
from sencli.core.people.young_person import is_young_person
from sencli.core.record.lookup import display_name
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.statutory.deadlines import open_request
from sencli.errors import InvalidValue

NAME = "ehc-evidence.json"
"""The file in a school's own templates that orders the sections."""


def readers_of(part: str, record: Entry, day: str, *, family: bool) -> list[PackReader]:
    """Whose a part is: the authority's; where it is asked for, the family's too."""
    if part == "missing":
        return [OURSELVES]
    asked = [PackReader("authority")]
    if not family:
        return asked
    if is_young_person(record, day):
        asked.append(PackReader("young_person", name=display_name(record)))
    return [
        *asked,
        *(
            PackReader("parent", str(c["id"]), str(c["name"]))
            for c in parents(record, day)
        ),
    ]


def order_of(
    data: Mapping[str, Any], known: Collection[str]
) -> tuple[tuple[str, ...], dict[str, str]]:
    """The sections in the file's order, and its own headings.

    Raises:
        InvalidValue: a section that there is not, one twice, or none at all.
    """
    sections, headings = data.get("sections", list(known)), data.get("headings", {})
    kinds = (sections, list), (headings, dict)
    if not all(isinstance(value, kind) for value, kind in kinds) or not sections:
        raise InvalidValue(
            f"templates/{NAME} is not as it should be.",
            "sections is a list of names, headings a text for each name.",
        )
    texts = all(isinstance(text, str) and text.strip() for text in headings.values())
    odd = [name for name in (*sections, *headings) if name not in known]
    twice = len({str(name) for name in sections}) < len(sections)
    fault = "has a heading without words" if not texts else ""
    fault = "names a section twice" if twice else fault
    if fault := f"has {odd[0]!r}, which is no section" if odd else fault:
        raise InvalidValue(
            f"templates/{NAME} {fault}.", f"The sections are: {', '.join(known)}."
        )
    return tuple(str(name) for name in sections), {**headings}


def with_evidence(record: Record, day: str) -> Record:
    """The record with the day on which the evidence went, where a request is open."""
    request = open_request(record, day)
    if request is None or "evidence_sent" in request:
        return record
    requests = [
        {**r, "evidence_sent": day} if r["id"] == request["id"] else r
        for r in record["ehc"]["requests"]
    ]
    return {**record, "ehc": {**record["ehc"], "requests": requests}}
