"""The provision map at a glance: by wave and area, with what came of it.

What a provision came to is how the reviews of twelve months (or of the period asked
for) rated it, for everybody who had it, whether or not they still do.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli import terms
from sencli.core.provision import provision_map
from sencli.core.provision.judgements import reviewed
from sencli.core.provision.map_filter import MapFilter
from sencli.core.provision.provision_map import NOT_GIVEN
from sencli.core.provision.provision_map import Row
from sencli.core.provision.school import School
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Entry
from sencli.core.text import dates
from sencli.core.text.folding import fold
from sencli.core.text.folding import sort_key
from sencli.value import Value

EVERY_AREA = "every area"
"""Where what is offered to all stands that the catalogue gives no area."""


class Rated(Value):
    """How reviews rated a provision: how often, and how often as expected or better."""

    rated: int = 0
    as_expected: int = 0


class Cell(Value):
    """One provision in one wave and area.

    Attributes:
        tier: the wave; area: the area of need.
        provision: key in the catalogue; name: what it is called there.
        rows: of the map; none of what all pupils are offered.
        rated: how the reviews rated the provision, in whatever area.
    """

    tier: str
    area: str
    provision: str
    name: str
    rows: tuple[Row, ...]
    rated: Rated


class Overview(Value):
    """The map at a glance.

    Attributes:
        since: first day of the reviews that are counted; until: the last.
        cells: by wave, area and name.
        ratings: the reviews' ratings by wave.
        weekly: whether hours are those of a week, as on a day, or all of a period.
    """

    since: str
    until: str
    cells: tuple[Cell, ...]
    ratings: Mapping[str, Rated]
    weekly: bool

    @property
    def tiers(self) -> tuple[str, ...]:
        """The waves: all four, and what has none where there is any."""
        here = {cell.tier for cell in self.cells}
        return (*terms.TIERS, *([NOT_GIVEN] if NOT_GIVEN in here else []))

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas: the four of the Code, and others where there are any."""
        here = {cell.area for cell in self.cells}
        four = [area for area in terms.AREAS if area != terms.UNCATEGORISED]
        more = (terms.UNCATEGORISED, NOT_GIVEN)
        return (
            *([EVERY_AREA] if EVERY_AREA in here else []),
            *four,
            *(area for area in more if area in here),
        )

    def rows(self, *, tier: str = "", area: str = "") -> list[Row]:
        """The map's rows of a wave, of an area, or all."""
        return [
            row
            for cell in self.cells
            for row in cell.rows
            if tier in {"", cell.tier} and area in {"", cell.area}
        ]


def overview(
    records: Iterable[Entry],
    rows: Sequence[Row],
    around: School,
    day: str,
    narrowed: MapFilter,
) -> Overview:
    """The map's rows by wave and area, with what is offered to all pupils."""
    since, until = narrowed.period or (
        dates.add_days(dates.add_months(day, -12), 1),
        day,
    )
    by_place, by_tier = _rated(records, around, day, (since, until), narrowed)
    places: dict[tuple[str, str, str], list[Row]] = {
        place: [] for place in _offered(around, day, narrowed)
    }
    for row in rows:
        area = provision_map.group_of(row, "area")
        tier = provision_map.group_of(row, "tier")
        places.setdefault((tier, area, row["provision"]), []).append(row)
    cells = [
        Cell(
            *place,
            str(around.provision(place[2])["name"]),
            tuple(here),
            by_place.get(place, Rated()),
        )
        for place, here in places.items()
    ]
    cells.sort(key=lambda cell: (_rank(cell), sort_key(cell.name)))
    return Overview(since, until, tuple(cells), by_tier, narrowed.period is None)


def _rank(cell: Cell) -> tuple[int, int]:
    tiers = (*terms.TIERS, NOT_GIVEN)
    areas = (EVERY_AREA, *terms.AREAS, NOT_GIVEN)
    return tiers.index(cell.tier), areas.index(cell.area)


def for_all(around: School, first: str, last: str) -> Iterator[Entry]:
    """The provisions that all pupils are offered at some time from first to last."""
    for entry in around.provisions.get("provisions", ()):
        there = entry.get("from", "") <= last and entry.get("retired", STILL) > first
        if there and entry.get("tier") == "universal":
            yield entry


def _offered(
    around: School, day: str, narrowed: MapFilter
) -> Iterator[tuple[str, str, str]]:
    """What the catalogue offers to all pupils then, in each of its areas."""
    first, last = narrowed.period or (day, day)
    if narrowed.tier not in {"", "universal"}:
        return
    named = terms.NEED_TYPES.get(narrowed.need.upper())
    wanted = fold(named[1] if named else narrowed.need)
    for entry in for_all(around, first, last):
        names = {fold(entry["key"]), fold(entry["name"])}
        if narrowed.provision and fold(narrowed.provision) not in names:
            continue
        for area in entry.get("areas") or [EVERY_AREA]:
            if area == EVERY_AREA or wanted in fold(area):
                yield "universal", area, entry["key"]


def _rated(
    records: Iterable[Entry],
    around: School,
    day: str,
    period: tuple[str, str],
    narrowed: MapFilter,
) -> tuple[dict[tuple[str, str, str], Rated], dict[str, Rated]]:
    """How reviews of the period rated what was given in it: by place, by wave."""
    places: dict[tuple[str, str, str], list[int]] = {}
    tiers: dict[str, list[int]] = {}
    for record in records:
        for support in provision_map.supports(record, around, day, period):
            item = support.intervention
            for result in reviewed(support, period, day).get("interventions", ()):
                if result["intervention"] != item["id"] or "impact" not in result:
                    continue
                row = provision_map.described(support, around, day, narrowed)
                if item.get("restricted") or not provision_map.wanted(row, narrowed):
                    continue
                impact = int(result["impact"])
                tier = provision_map.group_of(row, "tier")
                # what came of it in one area says nothing of another
                area = provision_map.group_of(row, "area")
                places.setdefault((tier, area, row["provision"]), []).append(impact)
                tiers.setdefault(tier, []).append(impact)
    return _counted(places), _counted(tiers)


def _counted(impacts: Mapping[Any, Sequence[int]]) -> dict[Any, Rated]:
    return {
        key: Rated(len(values), sum(value >= 0 for value in values))
        for key, values in impacts.items()
    }


def hours(rows: Iterable[Row], *, weekly: bool) -> tuple[float | None, float | None]:
    """The pupils' hours and the adults', in a week or over all; None where none."""
    keys = ("hours_a_week", "adult_hours_a_week") if weekly else _ALL_HOURS
    own, adults = ([row[key] for row in rows if row[key] is not None] for key in keys)
    return (
        round(sum(own), 2) if own else None,
        round(sum(adults), 2) if adults else None,
    )


_ALL_HOURS = ("hours", "adult_hours")


def summed(rows: Sequence[Row], *, weekly: bool) -> dict[str, Any]:
    """Pupils, rows, hours and pence of these rows, as json has them."""
    own, adults = hours(rows, weekly=weekly)
    made = provision_map.total(rows)
    return {
        "pupils": made["pupils"],
        "interventions": made["interventions"],
        "hours": own,
        "adult_hours": adults,
        "cost_pence": made["cost_pence"],
        "not_costed": made["not_costed"],
    }
