"""The first page of the provision map: by wave and area, with what came of it."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import Any

from sencli import terms
from sencli.core.provision.map_overview import EVERY_AREA
from sencli.core.provision.map_overview import Cell
from sencli.core.provision.map_overview import Overview
from sencli.core.provision.map_overview import Rated
from sencli.core.provision.map_overview import summed
from sencli.core.provision.provision_map import NOT_GIVEN
from sencli.core.provision.provision_map import Row
from sencli.core.text import dates
from sencli.core.text.money import pounds
from sencli.core.text.plural import plural
from sencli.documents.made_in.paper_request import SchoolRequest
from sencli.documents.view import STEPS
from sencli.documents.view import Bar
from sencli.documents.view import Block
from sencli.documents.view import Break
from sencli.documents.view import Column
from sencli.documents.view import Group
from sencli.documents.view import Table
from sencli.documents.view import Text

_ALL = "all"
"""Who gets what is universal."""


def blocks(seen: Overview, request: SchoolRequest) -> list[Block]:
    """The first page: a grid where there is paper, else a list."""
    if not seen.cells:
        return _notes(seen, request)
    if request.shape == "wide":
        made: list[Block] = [_grid(seen, request), *_notes(seen, request)]
        return [*made, Break()] if seen.rows() else made
    return [_list(seen, request), *_notes(seen, request)]


def _has_bars(seen: Overview, request: SchoolRequest) -> bool:
    """Whether a bar is drawn: of a provision; in the grid of a wave; of all."""
    grid = request.shape == "wide" and bool(seen.cells)
    drawn = [cell.rated for cell in seen.cells]
    drawn += [seen.ratings.get(tier, Rated()) for tier in seen.tiers if grid]
    drawn += [_every(seen)] if grid or seen.rows() else []
    return any(rated.rated >= STEPS for rated in drawn)


def _notes(seen: Overview, request: SchoolRequest) -> list[Block]:
    when = f"{dates.words(seen.since)} to {dates.words(seen.until)}"
    key = ["Numbers are pupils, hours are planned."] if seen.rows() else []
    if _has_bars(seen, request):
        key.append(
            "Bars: how often reviews rated it as expected or better, "
            f"{when}, from five ratings on."
        )
    told = [" ".join(key)]
    if not any(cell.tier == "universal" for cell in seen.cells):
        command = "sen provision add PROVISION --name NAME --tier universal --area AREA"
        gap = "What all pupils are offered is not in the catalogue"
        # a page that is handed over tells nobody what to type
        told.append(f"{gap}." if request.shape == "wide" else f"{gap}: {command}")
    return [Text(line, "small") for line in told if line]


def _grid(seen: Overview, request: SchoolRequest) -> Table:
    """A row for each wave, a column for each area."""
    columns = [Column("tier", "Wave", width=7)]
    columns += [Column(area, _area(area), width=18) for area in seen.areas]
    columns += _sums(seen, request)
    rows = []
    for tier in seen.tiers:
        cells = [
            tuple(
                Bar(_with_count(cell), cell.rated.as_expected, cell.rated.rated)
                for cell in seen.cells
                if (cell.tier, cell.area) == (tier, area)
            )
            for area in seen.areas
        ]
        here = seen.rows(tier=tier)
        offered = tier == "universal" and not here and any(cells)
        who = _ALL if offered else None
        rows.append((_tier(tier), *cells, *_summed(seen, here, request, tier, who)))
    rows.append(
        (
            "Together",
            *(_in_area(seen, area, request) for area in seen.areas),
            *_summed(seen, seen.rows(), request, "", None),
        )
    )
    return Table(tuple(columns), tuple(rows), totals=1)


def _list(seen: Overview, request: SchoolRequest) -> Table:
    """A row for each provision, under its wave and area, where a grid has no room."""
    columns = (Column("name", "Provision"), *_sums(seen, request))
    rows: list[tuple[Any, ...]] = []
    groups = []
    for (tier, area), here in groupby(seen.cells, attrgetter("tier", "area")):
        groups.append(Group(len(rows), f"{_tier(tier)} · {_area(area)}"))
        for cell in here:
            sums = _sums_of(list(cell.rows), seen, request)
            who = _ALL if tier == "universal" and not cell.rows else sums[0]
            came = Bar("", cell.rated.as_expected, cell.rated.rated)
            rows.append((cell.name, who, *sums[1:], came))
    totals = 1 if seen.rows() else 0
    if totals:
        rows.append(("Together", *_summed(seen, seen.rows(), request, "", None)))
    return Table(columns, tuple(rows), totals=totals, groups=tuple(groups))


def _sums(seen: Overview, request: SchoolRequest) -> list[Column]:
    often = " a week" if seen.weekly else ""
    columns = [
        Column("pupils", "Pupils", "number", width=5),
        Column("hours", f"Hours{often}", "number", width=5),
        Column("adult_hours", f"Adults' hours{often}", "number", width=5),
    ]
    came = "As expected or better"
    if request.shape != "wide":
        del columns[-1]
        came = "What came of it"
    if request.costs:
        columns.append(Column("cost", "Cost", "pence", width=8))
    return [*columns, Column("came", came, width=10)]


def _summed(
    seen: Overview,
    rows: list[Row],
    request: SchoolRequest,
    tier: str,
    who: str | None,
) -> tuple[Any, ...]:
    """The sums of a wave, or of all, and what came of it."""
    sums = _sums_of(rows, seen, request)
    rated = seen.ratings.get(tier, Rated()) if tier else _every(seen)
    return (who or sums[0], *sums[1:], Bar("", rated.as_expected, rated.rated))


def _every(seen: Overview) -> Rated:
    every = seen.ratings.values()
    return Rated(sum(r.rated for r in every), sum(r.as_expected for r in every))


def _sums_of(
    rows: list[Row], seen: Overview, request: SchoolRequest
) -> tuple[Any, ...]:
    if not rows:
        return (None,) * (len(_sums(seen, request)) - 1)
    made = summed(rows, weekly=seen.weekly)
    keys = [column.key for column in _sums(seen, request)[:-1]]
    return tuple(_cost(made) if key == "cost" else made[key] for key in keys)


def _cost(made: dict[str, Any]) -> int | str:
    # a sum of nothing that could be costed would be read as free
    if made["not_costed"] == made["interventions"]:
        return "not costed"
    return int(made["cost_pence"])


def _in_area(seen: Overview, area: str, request: SchoolRequest) -> str | None:
    """An area's pupils, hours and cost."""
    rows = seen.rows(area=area)
    if not rows:
        return None
    made = summed(rows, weekly=seen.weekly)
    parts = [plural(made["pupils"], "pupil")]
    if made["hours"] is not None:
        parts.append(f"{made['hours']:g} hours")
    if request.costs:
        cost = _cost(made)
        parts.append(cost if isinstance(cost, str) else pounds(cost))
    return "\n".join(parts)


def _with_count(cell: Cell) -> str:
    """A provision with its pupils, on one line; what all get has no number."""
    count = len({row["pupil"] for row in cell.rows})
    return f"{cell.name}\u00a0{count}" if count else cell.name


def _tier(tier: str) -> str:
    return "Wave not recorded" if tier == NOT_GIVEN else terms.TIERS[tier].capitalize()


def _area(area: str) -> str:
    if area == NOT_GIVEN:
        return "Area not recorded"
    return area[:1].upper() + area[1:]


def data(seen: Overview, *, costs: bool) -> dict[str, Any]:
    """The overview for json: waves and areas with their sums, and each cell."""

    def sums(rows: list[Row]) -> dict[str, Any]:
        made = summed(rows, weekly=seen.weekly)
        return {k: v for k, v in made.items() if costs or k not in _MONEY}

    return {
        "judged_from": seen.since,
        "judged_until": seen.until,
        "hours": "a week" if seen.weekly else "of the period",
        "waves": [
            {
                "tier": tier,
                **sums(seen.rows(tier=tier)),
                **_rated(seen.ratings.get(tier)),
            }
            for tier in seen.tiers
        ],
        "areas": [{"area": area, **sums(seen.rows(area=area))} for area in seen.areas],
        "cells": [
            {
                "tier": cell.tier,
                "area": None if cell.area == EVERY_AREA else cell.area,
                "provision": cell.provision,
                "name": cell.name,
                **sums(list(cell.rows)),
                **_rated(cell.rated),
            }
            for cell in seen.cells
        ],
    }


_MONEY = frozenset({"cost_pence", "not_costed"})


def _rated(rated: Rated | None) -> dict[str, int]:
    found = rated or Rated()
    return {"rated": found.rated, "as_expected": found.as_expected}
