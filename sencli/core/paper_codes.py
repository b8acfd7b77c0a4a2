"""Which records a check code on paper belongs to: of one pupil, or of several."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping
from collections.abc import Sequence

from sencli.core.around import School
from sencli.core.diff import Change
from sencli.core.fingerprint import combined
from sencli.core.fingerprint import digest
from sencli.core.paper_scopes import groups
from sencli.core.types import Entry
from sencli.value import Value
from sencli.value import field


class Match(Value):
    """What a check code was found to be.

    Attributes:
        current: whether the records still say what the paper says.
        pupils: ids of the pupils that it is made from.
        what: of whom, in words without a name: ``p7k2q``, ``the map: class 4B``.
        issued: entries of ``issued`` with this code, each with its pupil's id.
        changes: by pupil's id, what has changed since.
        commit: the commit whose records it was made from, "" where it is current.
        date: the ISO date of that commit.
        as_at: the ISO date up to which the paper tells, or "" where it tells all.
    """

    current: bool
    pupils: tuple[str, ...] = ()
    what: str = ""
    issued: tuple[tuple[str, Entry], ...] = ()
    changes: Mapping[str, Sequence[Change]] = field(default_factory=dict)
    commit: str = ""
    date: str = ""
    as_at: str = ""


def issued(records: Sequence[Entry], code: str) -> tuple[tuple[str, Entry], ...]:
    """Every entry of a paper with that code, with the pupil's id."""
    return tuple(
        (str(record["id"]), entry)
        for record in records
        for entry in record.get("issued", ())
        if str(entry["content"]).upper() == code
    )


def whose(
    records: Mapping[str, Entry],
    code: str,
    around: School,
    day: str,
    some: Collection[str] = (),
) -> tuple[str, tuple[str, ...]]:
    """Of whom the code is, as these records stand; ("", ()) where of nobody.

    Looked at are each pupil alone, the pupils named, and the papers about many.

    Args:
        records: every record by id.
        code: as it was printed.
        around: the school.
        day: for who was in which class, and had what support.
        some: ids of pupils who may stand on the paper together.
    """
    known = {pupil: digest(record) for pupil, record in records.items()}
    there = bool(some) and set(some) <= set(known)
    if there and combined(known[pupil] for pupil in some) == code:
        return said(some), tuple(sorted(some))
    for pupil, made in known.items():
        if combined([made]) == code:
            return pupil, (pupil,)
    tried: set[frozenset[str]] = set()
    for name, ids in groups(records.values(), around, day).items():
        if ids not in tried and combined(known[i] for i in ids) == code:
            return name, tuple(sorted(ids))
        tried.add(ids)
    return "", ()


def said(pupils: Collection[str]) -> str:
    """One pupil's id, or how many pupils they are."""
    return next(iter(pupils)) if len(pupils) == 1 else f"{len(pupils)} pupils"
