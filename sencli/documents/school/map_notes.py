"""Notes below the provision map: missing costs, groups, how costs are counted."""

from __future__ import annotations

from collections.abc import Sequence

from sencli.core.provision.group_members import differing_said
from sencli.core.provision.provision_map import Row
from sencli.core.text import dates
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Keep
from sencli.documents.view import Text


def differing(rows: Sequence[Row]) -> list[Block]:
    """The groups that have another number in them than was planned."""
    lines = dict.fromkeys(
        differing_said(row["group"], row["planned_group_size"], row["group_size"])
        for row in rows
        if row["group"] and row["planned_group_size"] not in {None, row["group_size"]}
    )
    if not lines:
        return []
    told = Text("Each pupil's share goes by the number in the group:")
    return [Keep((told, Bullets(tuple(f"{line}." for line in lines))))]


def uncosted(rows: Sequence[Row]) -> list[Block]:
    """Why some rows have no cost, each reason once, with the command that mends it."""
    reasons: dict[str, list[str]] = {}
    for row in rows:
        for reason in row["cost_missing"]:
            reasons.setdefault(reason, []).append(row["provision_name"])
    if not reasons:
        return []
    count = sum(row["cost_pence"] is None for row in rows)
    word = "row has" if count == 1 else "rows have"
    lines = (
        f"{', '.join(dict.fromkeys(names))}: {reason}"
        for reason, names in reasons.items()
    )
    told = Text(f"{count} {word} no cost, and no total counts what is missing:")
    return [Keep((told, Bullets(tuple(lines))))]


def withheld(count: int) -> str:
    """How many interventions are restricted."""
    if count == 1:
        return "1 intervention is restricted: it is neither shown nor counted here."
    return f"{count} interventions are restricted: not shown and not counted here."


def how(setting: PaperContext) -> list[Block]:
    """How the cost is counted, and with which rates."""
    rates = [
        f"{rate['role']} £{rate['pence_per_hour'] / 100:.2f} an hour"
        + (f" from {dates.words(rate['from'])}" if "from" in rate else "")
        + (f" ({rate['source']})" if "source" in rate else "")
        for rate in setting.school.get("rates", ())
    ]
    entered = bool(setting.school.get("terms"))
    weeks = "the term dates" if entered else "calendar weeks, no term being entered"
    text = (
        "Cost for one pupil = hourly rate x minutes / 60 x sessions a week x school "
        f"weeks / pupils in the group, with resources on top. Weeks go by {weeks}."
    )
    blocks: list[Block] = [Text(text, "small")]
    limit = setting.threshold / 100
    told = (
        f"£{limit:,.0f} a year is what element 2 covers for a pupil: the total so far, "
        "down the page, leaves out what is for all pupils."
    )
    blocks.append(Text(told, "small"))
    if rates:
        blocks.append(Text(f"Rates: {'; '.join(rates)}.", "small"))
    return blocks
