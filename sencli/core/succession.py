"""A dated entry that follows another: what it says that the one before did not."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.core.diff import Change
from sencli.core.diff import Schema
from sencli.core.diff import identity
from sencli.core.diff import label
from sencli.core.diff import resolve
from sencli.core.parts import steps
from sencli.core.types import Entry

# Each entry's own: its bounds, why it was decided and who was told.
_OWN = ("from", "until", "reason", "decided_by", "told")
# The verb's own sentence gives old and new; and each stay on the roll stands alone.
_SAID = ("placements", "roll")


def renewed(changes: Sequence[Change], old: Entry, root: Schema) -> Iterator[Change]:
    """Field by field what each new dated entry changes of the one before it.

    Args:
        changes: what a command changed.
        old: the record before.
        root: its schema.
    """
    for change in changes:
        if change.old is not None or not isinstance(change.new, Mapping):
            continue
        if change.path.startswith(_SAID):
            continue
        before = _before(change, old, root)
        if before is None:
            continue
        gone = () if _kept(change) else (n for n in before if n not in change.new)
        for name in [*change.new, *gone]:
            was, now = before.get(name), change.new.get(name)
            if was != now and name not in _OWN:
                yield Change(f"{change.path}.{name}", was, now)


def _before(change: Change, old: Entry, root: Schema) -> Entry | None:
    """The newest older entry of what the new one is about."""
    value: Any = old
    schema = root
    way = list(steps(change.path))
    for place, (name, item) in enumerate(way):
        schema = resolve(schema.get("properties", {}).get(name, {}), root)
        value = value.get(name) if isinstance(value, Mapping) else None
        if item is None:
            continue
        keys = schema.get("x-key", ())
        listed = [e for e in value or () if isinstance(e, Mapping)]
        if place == len(way) - 1:
            return _newest(listed, change, keys)
        value = next((e for e in listed if label(identity(e, keys)) == item), None)
        schema = resolve(schema.get("items", {}), root)
    return None


def _kept(change: Change) -> bool:
    """Whether what the new entry does not name stays as it was: an amount's does."""
    return ".dose[" in change.path


def _newest(
    listed: Sequence[Entry], change: Change, keys: Sequence[str]
) -> Entry | None:
    if "from" not in keys:
        return None
    # who holds which role is one thing, though the role is part of its name
    rest = [k for k in keys if k != "from" and ".roles[" not in change.path]
    began = change.new.get("from", "")
    same = sorted(
        (
            e
            for e in listed
            if identity(e, rest) == identity(change.new, rest)
            and e.get("from", "") < began
        ),
        key=lambda e: str(e.get("from", "")),
    )
    if not same:
        return None
    if not _kept(change):
        return same[-1]
    return {name: value for entry in same for name, value in entry.items()}
