"""Validate a large tree object instead of having git do it.

Git looks up every entry of a list that it stores, a third of a second for twenty
thousand. Here the list is compared with the one that git gave: all of it must be the
same, but for the entries that were changed, and those must be objects stored with it.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from sencli.errors import IntegrityFault
from sencli.store.git import objects

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

_KINDS = {objects.FILE: b"blob", objects.FOLDER: b"tree"}
_BAD = (b"", b".", b"..", b".git")


def check(
    old: bytes,
    new: bytes,
    changed: Iterable[bytes],
    box: Mapping[str, tuple[bytes, bytes]],
) -> None:
    """Refuse a list that is more than the old one with entries changed.

    Args:
        old: the folder's list as git gave it, its name checked.
        new: the list that is to be stored.
        changed: the names of entries that were set or taken away.
        box: what is stored with it, by object name: kind and content.

    Raises:
        IntegrityFault: it is; nothing is stored then.
    """
    names = list(changed)
    if _replaced(old, new, names, box):
        return
    before, after = objects.parse_tree(old), objects.parse_tree(new)
    for name in names:
        same = before.pop(name, None)
        entry = after.pop(name, None)
        if entry not in (None, same) and not _sound(name, entry, box):
            raise _refused(name)
    if before != after or not _in_order(new):
        raise _refused(b"")


def _replaced(
    old: bytes,
    new: bytes,
    names: Iterable[bytes],
    box: Mapping[str, tuple[bytes, bytes]],
) -> bool:
    """Whether only contents of entries are new: no other byte, so no other place.

    That is nearly every change; the lists are compared as bytes, and not taken apart.
    """
    undone = bytearray(new)
    for name in names:
        place = objects.place_in(new, name)
        if place is None or objects.place_in(old, name) != place:
            return False
        mode, at = place
        if not _sound(name, (mode, new[at : at + 20].hex()), box):
            return False
        undone[at : at + 20] = old[at : at + 20]
    return undone == old


def _sound(
    name: bytes, entry: tuple[bytes, str], box: Mapping[str, tuple[bytes, bytes]]
) -> bool:
    """Whether an entry is a plain file or folder that is stored with the list."""
    mode, name_of = entry
    kind, content = box.get(name_of, (b"", b""))
    return (
        name.lower() not in _BAD
        and b"/" not in name
        and kind == _KINDS.get(mode, b"?")
        and objects.oid(kind, content) == name_of
    )


def _in_order(raw: bytes) -> bool:
    """Whether a list is in git's order, each name once."""
    entries = objects.parse_tree(raw)
    places = [
        name + b"/" if mode == objects.FOLDER else name
        for name, (mode, _) in entries.items()
    ]
    size = sum(len(mode) + len(name) + 22 for name, (mode, _) in entries.items())
    return size == len(raw) and all(
        one < other for one, other in itertools.pairwise(places)
    )


def _refused(name: bytes) -> IntegrityFault:
    what = f" ({name.decode('utf-8', 'replace')})" if name else ""
    return IntegrityFault(
        f"The new list of files is not the old one with this change{what}. "
        "Nothing was saved.",
        "This is a fault of sencli or of the computer's memory: see sen verify",
    )
