"""The schemas that the records themselves hold, where these are newer than ours.

A field that they know was written by a newer version: it is kept, and our commands
leave it alone. A field that no schema knows is a slip of the hand, and is refused. What
counts is what the history has: a schema edited in the folder makes no slip right.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from typing import Any

from sencli import resources
from sencli.errors import SencliError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sencli.store.records.records import Records

FOLDER = ".sencli/schemas"
ACTION = "schemas.update"


def path_of(name: str) -> str:
    """Where the records keep the schema of that name."""
    return f"{FOLDER}/{name}.schema.json"


def differing(records: Records) -> list[str]:
    """The names of the schemas that the records have otherwise than we do."""
    return [name for name in resources.SCHEMAS if _bytes(records, name) != ours(name)]


def ours(name: str) -> bytes:
    """The schema of that name as this version has it."""
    return resources.schema_bytes(name)


def known_by(*sources: Records) -> dict[str, dict[str, Any]]:
    """The schemas of which these records know more than we: ours and what they add."""
    from sencli.core.record import newer

    found = {}
    for name in resources.SCHEMAS:
        own = resources.shipped_schema(name)
        made = own
        for source in sources:
            theirs = _schema(_bytes(source, name))
            if newer.adds(made, theirs):
                made = newer.joined(made, theirs)
        if made is not own:
            found[name] = made
    return found


def late(records: Records) -> Iterator[tuple[str, bytes]]:
    """The records' schemas that lack what ours have: path, and what they become."""
    from sencli.core.record import newer

    if not records.names(FOLDER):
        return  # whoever keeps records without schemas is not given any
    for name in differing(records):
        data, own = _bytes(records, name), resources.shipped_schema(name)
        theirs = _schema(data)
        if not data or (theirs and newer.adds(theirs, own)):
            yield path_of(name), _joined(own, theirs, ours(name))


def together(mine: bytes, theirs: bytes) -> bytes | None:
    """Two computers' schemas as one that knows what both know; None if none can be."""
    first, second = _schema(mine), _schema(theirs)
    if not (first and second):
        return None
    from sencli.core.record import newer

    if not newer.adds(first, second):
        return mine
    return _joined(second, first, theirs)


def _joined(schema: dict[str, Any], other: dict[str, Any], text: bytes) -> bytes:
    """The text of a schema with what another has besides; its own where nothing is."""
    from sencli.core.record import newer

    if not newer.adds(schema, other):
        return text
    made = newer.joined(schema, other)
    return (json.dumps(made, indent=2, ensure_ascii=False) + "\n").encode()


def _bytes(records: Records, name: str) -> bytes:
    try:
        return records.read_bytes(path_of(name))
    except SencliError:
        return b""


def _schema(data: bytes) -> dict[str, Any]:
    """A schema from its text; {} where it is none."""
    try:
        found = json.loads(data)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
