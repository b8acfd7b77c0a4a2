"""Pupils' names, read quickly from the head of each record."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from sencli.core.record.find import PupilName
from sencli.errors import NotFound
from sencli.errors import SencliError
from sencli.store.records.records import Records
from sencli.store.records.records import WorkingRecords
from sencli.store.records.records import pupil_of
from sencli.store.records.records import pupil_path

# Canonical records begin with the names; 600 bytes hold them in any script.
_HEAD_BYTES = 600
_KEYS = re.compile(rb"^([a-z_]+):[ \n]*(.*)$", re.MULTILINE)
_PLAIN = re.compile(r"[^\W\d_][\w' .-]*\Z")
_NAMES = ("first_name", "last_name", "known_as")


def pupil_names(source: Records) -> list[PupilName]:
    """The names of all pupils; a record that cannot be read is passed over here."""
    from sencli.store.repository.repository import Repository

    # exactly so: while a story is told its records are not on the disk yet
    if type(source) is Repository:
        from sencli.store.repository.rows import by_id

        found = by_id(source, "who", lambda i: _name_parts(source, i)).rows
        return [PupilName(i, *told) for i, told in found.items() if told]
    names = []
    for pupil_id in source.pupil_ids():
        with suppress(SencliError):
            names.append(_name(source, pupil_id))
    return names


def unreadable(source: Records) -> list[SencliError]:
    """Why records cannot be read, of those that cannot."""
    found = []
    for pupil_id in source.pupil_ids():
        try:
            _name(source, pupil_id)
        except SencliError as fault:
            found.append(fault)
    return found


def of_id(source: Records, typed: str) -> PupilName | None:
    """The pupil whose id was typed, without a look at any other record."""
    pupil_id = typed.strip().casefold()
    if not pupil_of(f"pupils/{pupil_id}.yaml"):
        return None
    try:
        return _name(source, pupil_id)
    except NotFound:
        return None  # it may be a name all the same


def _name_parts(source: Records, pupil_id: str) -> list[str]:
    name = _name(source, pupil_id)
    return [name.first_name, name.last_name, name.known_as]


def names_in(pupil_id: str, record: dict[str, Any]) -> PupilName:
    """The names in a record."""
    return PupilName(pupil_id, *(str(record.get(key, "")) for key in _NAMES))


def _name(source: Records, pupil_id: str) -> PupilName:
    if isinstance(source, WorkingRecords) and (quick := _quick(source, pupil_id)):
        return quick
    return names_in(pupil_id, source.pupil(pupil_id))


def _quick(source: WorkingRecords, pupil_id: str) -> PupilName | None:
    """The names from the first lines, where they stand plainly; else ``None``."""
    try:
        head = source.head(pupil_path(pupil_id), _HEAD_BYTES)
    except OSError:
        return None
    keys = [(m[1].decode(), m[2]) for m in _KEYS.finditer(head)]
    # the names are whole only when something after them, or the end, was seen
    if len(head) == _HEAD_BYTES and (not keys or keys[-1][0] in _NAMES):
        return None
    found = dict(keys)
    try:
        values = [found.get(key, b"").decode() for key in _NAMES]
    except UnicodeDecodeError:
        return None
    if not values[0] or not all(_PLAIN.match(value) for value in values if value):
        return None
    return PupilName(pupil_id, *values)
