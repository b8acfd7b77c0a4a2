"""What several schools' lists say together: counts of each, and of all."""

from __future__ import annotations

import json
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence

from sencli.core.record.types import Entry
from sencli.core.school.settings import Settings
from sencli.value import Value
from sencli.value import field

Counts = dict[str, int | None]

GOVERNORS = "print governors"
FIGURES = (
    *("support", "plan", "pupils", "started", "ended", "to_plan"),
    *("due", "on_time", "late", "missing", "annual"),
)
"""Of the governors' paper, those that add up over schools."""


class SchoolPart(Value):
    """What one school's records gave.

    Attributes:
        folder: the name of its folder.
        school: its name, or "" where it could not be read.
        listed: the rows of its list as JSON, which takes a fraction of their room.
        counts: of them; ``None`` is withheld.
        exact: how much that is which is withheld; never shown by itself.
        fault: what could not be read, or "".
        code: the exit code that it asks for.
        said: what was told of it beside.
    """

    folder: str
    school: str = ""
    listed: str = "[]"
    counts: Counts = field(default_factory=dict)
    exact: Mapping[str, int] = field(default_factory=dict)
    fault: str = ""
    code: int = 0
    said: Sequence[str] = ()

    @property
    def rows(self) -> list[Entry]:
        """The rows, by the keys of their columns."""
        found: list[Entry] = json.loads(self.listed)
        return found


def _register(rows: Sequence[Entry]) -> Counts:
    return {
        "pupils": len(rows),
        "support": sum(row["provision"] == "K" for row in rows),
        "plan": sum(row["provision"] == "E" for row in rows),
    }


def _map(rows: Sequence[Entry]) -> Counts:
    return {
        "supports": len(rows),
        "pupils": len({row["pupil"] for row in rows}),
        "cost": sum(row["cost"] or 0 for row in rows),
    }


def _due(rows: Sequence[Entry]) -> Counts:
    return {
        "due": len(rows),
        "overdue": sum(bool(row["overdue"]) for row in rows),
        "by_law": sum(row["kind"] == "statutory" for row in rows),
    }


def _check(rows: Sequence[Entry]) -> Counts:
    must = sum(row["level"] == "must" for row in rows)
    pupils = {row["pupil"] for row in rows if row["pupil"]}
    return {"must": must, "other": len(rows) - must, "pupils": len(pupils)}


COUNTED: Mapping[str, Callable[[Sequence[Entry]], Counts]] = {
    "register": _register,
    "map": _map,
    "due": _due,
    "check": _check,
}
"""The lists that many schools can give together, with what is counted of each."""

CAN = (*COUNTED, GOVERNORS)
SMALL = Settings().small_number


def totals(parts: Iterable[SchoolPart]) -> Counts:
    """The counts of all schools.

    What one school alone withholds would be known from the total, and a small sum from
    few schools: then that is withheld too.
    """
    read = [part for part in parts if part.counts]
    found: Counts = {}
    for key in dict.fromkeys(key for part in read for key in part.counts):
        hidden = [p.exact.get(key, 0) for p in read if p.counts.get(key) is None]
        known = sum(part.counts.get(key) or 0 for part in read)
        told = not hidden or (len(hidden) > 1 and sum(hidden) >= SMALL)
        found[key] = known + sum(hidden) if told else None
    return found


def labels(parts: Sequence[SchoolPart]) -> list[str]:
    """What each school is called: two of one name by their folders too."""
    names = [part.school or part.folder for part in parts]
    return [
        name if names.count(name) == 1 else f"{name} ({part.folder})"
        for name, part in zip(names, parts, strict=True)
    ]
