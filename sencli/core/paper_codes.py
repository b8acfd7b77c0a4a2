"""Which records a check code on paper belongs to: of one pupil, or of several."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.core import lookup
from sencli.core.diff import Change
from sencli.core.fingerprint import combined
from sencli.core.fingerprint import digest
from sencli.value import Value
from sencli.value import field

Entry = Mapping[str, Any]


class Match(Value):
    """What a check code was found to be.

    Attributes:
        current: whether the records still say what the paper says.
        pupils: ids of the pupils that it is made from.
        what: of whom, in words without a name: ``p7k2q``, ``class 4B``.
        issued: entries of ``issued`` with this code, each with its pupil's id.
        changes: by pupil's id, what has changed since.
        commit: the commit whose records it was made from, "" where it is current.
        date: the ISO date of that commit.
    """

    current: bool
    pupils: tuple[str, ...] = ()
    what: str = ""
    issued: tuple[tuple[str, Entry], ...] = ()
    changes: Mapping[str, Sequence[Change]] = field(default_factory=dict)
    commit: str = ""
    date: str = ""


def issued(records: Sequence[Entry], code: str) -> tuple[tuple[str, Entry], ...]:
    """Every entry of a paper with that code, with the pupil's id."""
    return tuple(
        (str(record["id"]), entry)
        for record in records
        for entry in record.get("issued", ())
        if str(entry["content"]).upper() == code
    )


def current(records: Sequence[Entry], code: str, day: str) -> tuple[str, list[Entry]]:
    """Of whom the code is as the records stand; ("", []) where of nobody.

    Looked at are each pupil alone, and the groups that papers are printed of.
    """
    known = {str(record["id"]): digest(record) for record in records}
    for record in records:
        if combined([known[str(record["id"])]]) == code:
            return str(record["id"]), [record]
    for name, group in _groups(records, day):
        if combined(known[str(record["id"])] for record in group) == code:
            return name, group
    return "", []


def _groups(records: Sequence[Entry], day: str) -> Iterator[tuple[str, list[Entry]]]:
    here = [record for record in records if lookup.on_roll(record, day)]
    listed = [r for r in here if lookup.status_on(r, day)["provision"] != "N"]
    yield "all pupils", list(records)
    yield "all pupils on roll", here
    yield "the register", listed
    for code, word in (("K", "SEN support"), ("E", "EHC plans")):
        some = [r for r in here if lookup.status_on(r, day)["provision"] == code]
        yield f"pupils with {word}", some
    for key, word in (("class", "class"), ("year_group", "year")):
        names = {str(lookup.placement_on(r, day).get(key, "")) for r in here} - {""}
        for name in sorted(names):
            for some in (here, listed):
                of = [r for r in some if lookup.placement_on(r, day).get(key) == name]
                yield f"{word} {name}", of
