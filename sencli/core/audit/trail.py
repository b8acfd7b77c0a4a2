"""When each part of a record was entered, and in which commit."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from typing import Any
from typing import NamedTuple

from sencli.core.record.diff import Schema
from sencli.core.record.diff import diff
from sencli.value import Value
from sencli.value import field

SHORT = 8


class TrailStep(NamedTuple):
    """One committed version: the commit, the ISO moment, the record before and then."""

    commit: str
    moment: str
    before: Mapping[str, Any] | None
    record: Mapping[str, Any] | None


class Source(NamedTuple):
    """Where a claim comes from: the commit (short) and the ISO date it was recorded."""

    commit: str
    date: str


class Trail(Value):
    """For each place of a record, the commit that last changed it.

    Attributes:
        sources: by path, as ``sen history`` shows it; a thing entered whole has one
            path, its own.
    """

    sources: Mapping[str, Source] = field(default_factory=dict)

    def of(self, path: str) -> Source | None:
        """The commit of that place; else of the nearest thing that holds it.

        Where only its parts have one, the first of them counts.
        """
        here = path
        while here:
            if here in self.sources:
                return self.sources[here]
            here = here[: max(here.rfind("."), here.rfind("["), 0)]
        inner = [s for p, s in self.sources.items() if p.startswith(path)]
        return min(inner, key=lambda source: source.date) if inner else None


def trail(steps: Iterable[TrailStep], schema: Schema) -> Trail:
    """The trail of a record from its versions.

    Args:
        steps: oldest first.
        schema: the pupil's.
    """
    sources: dict[str, Source] = {}
    for step in steps:
        source = Source(step.commit[:SHORT], step.moment[:10])
        # two computers' versions do not follow each other: each is told against its own
        for change in diff(step.before or {}, step.record or {}, schema):
            sources[change.path] = source
    return Trail(sources)
