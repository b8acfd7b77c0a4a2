"""Duties in the Code that no pupil's record can show, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class NotShown(NamedTuple):
    """A row that is not a rule here.

    Attributes:
        name: what it asks, in a few words.
        cites: where it comes from.
        reason: why a record cannot show it, and what does instead.
    """

    name: str
    cites: str
    reason: str


NOT_SHOWN: Mapping[str, NotShown] = {
    "K3": NotShown(
        "No rank without a type",
        "school census rule 2130",
        "The schema refuses a need that has no type, before any rule is asked.",
    ),
    "K9": NotShown(
        "Code S is dead",
        "school census rule 2115",
        "The schema knows N, K and E only; S cannot be written down.",
    ),
    "P12": NotShown(
        "The SENCO keeps the records up to date",
        "SEND Code of Practice 6.90 (paragraph to be confirmed)",
        "It describes the SENCO's role. Whether a record is up to date is P07.",
    ),
    "P15": NotShown(
        "Data on needs available to the authority",
        "SEND Code of Practice 6.83 (paragraph to be confirmed)",
        "The census is a return of the whole school, made in another system. Each "
        "record's part in it is K1 to K15.",
    ),
}
