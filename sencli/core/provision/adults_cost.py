"""The cost of adults' time, compared with the sum of pupils' shares."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from sencli.core.provision.cost import rounded

Row = Mapping[str, Any]


def adults_pence(rows: Iterable[Row]) -> int:
    """The cost of adults' time and resources for these rows of the map.

    An adult who teaches a group costs the same whoever of it is shown: each week (or
    each day delivered) of a group counts once, undivided. Where no group is named
    nobody can tell who shares the adult, so that the pupil's share stands.
    """
    total = Fraction(0)
    once: dict[tuple[str, str], Fraction] = {}
    for row in rows:
        if row["cost_pence"] is None:
            continue
        if not row["group"]:
            total += row["cost_pence"]
            continue
        total += row["other_cost_pence"]
        for day, pence in row["adults"]:
            key = (row["group"], day)
            once[key] = max(once.get(key, Fraction(0)), pence)
    return rounded(total + sum(once.values(), Fraction(0)))
