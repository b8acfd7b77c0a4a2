"""Contradictions between changes made on two computers."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from sencli.core.record.types import Record
from sencli.errors import SencliError
from sencli.value import Value

if TYPE_CHECKING:
    from sencli.core.record.walk import Fault
    from sencli.store.records.records import Records
    from sencli.store.sync.merge import Trio

Said = tuple[str, str, str]


class Contradiction(Value):
    """One file in which two computers' changes do not go together.

    Attributes:
        path: the file.
        faults: what is wrong, each with what to type.
        before: the record as both had it; None where there was none.
        ours: the record here.
        theirs: the record there.
    """

    path: str
    faults: tuple[tuple[str, str], ...]
    before: Record | None
    ours: Record | None
    theirs: Record | None


def contradictions(
    trio: Trio, changes: dict[str, bytes | None]
) -> tuple[Contradiction, ...]:
    """The files with faults that neither side had by itself.

    Args:
        trio: the states.
        changes: what their meeting makes of ours.
    """
    from sencli.store.records.records import Remembering

    new = _faults(Remembering(trio.ours, changes), changes)
    if new:
        new -= _faults(trio.ours, changes) | _faults(trio.theirs, changes)
    found: dict[str, list[tuple[str, str]]] = {}
    for path, message, mend in sorted(new):
        found.setdefault(path, []).append((message, mend))
    before = trio.bases[0] if trio.bases else None
    return tuple(
        Contradiction(
            path,
            tuple(faults),
            *(_read(side, path) for side in (before, trio.ours, trio.theirs)),
        )
        for path, faults in found.items()
    )


def _faults(records: Records, changes: dict[str, bytes | None]) -> set[Said]:
    from sencli.core.checks.future_events import after_the_end
    from sencli.store.records.check import check_records
    from sencli.store.records.records import Remembering
    from sencli.store.records.records import pupil_of

    read = Remembering(records, {})
    found = {(p.file, p.message, p.mend) for p in check_records(read) if not p.note}
    for path in filter(pupil_of, changes):
        late: list[Fault] = []
        with suppress(SencliError):  # a fault of the file was found above
            late = list(after_the_end(read.read(path)))
        found |= {(path, fault.message, fault.mend) for fault in late}
    return found


def _read(records: Records | None, path: str) -> Record | None:
    try:
        return records.read(path) if records else None
    except SencliError:
        return None
