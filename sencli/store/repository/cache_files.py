"""Cache files under ``.git/sencli/``.

All of it can be deleted at any time. It is written whole or not at all, and what cannot
be written is worked out again.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING
from typing import Any

from sencli import __version__
from sencli.store.files import files
from sencli.store.records.records import READ
from sencli.store.records.records import WorkingRecords

if TYPE_CHECKING:
    from collections.abc import Iterable


def place(records: WorkingRecords, name: str) -> str:
    """The path of the cache file of this name."""
    return os.path.join(records.folder, ".git", "sencli", f"{name}.json")


def write(where: str, text: str | Iterable[str]) -> None:
    """Put the file there, readable by its owner alone: a full disk is no error."""
    with suppress(OSError):
        files.write_cache(where, text)


def parsed(records: WorkingRecords, path: str) -> dict[str, Any]:
    """Read a record, cached by the file's whole text, so no change is missed.

    For lists, which read no other record: the parser alone takes longer to load than
    they take to draw.
    """
    text = records.read_bytes(path).decode("utf-8", "surrogateescape")
    where = place(records, f"parsed-{path.removesuffix('.yaml')}")
    with suppress(OSError, ValueError, TypeError):
        version, before, known = json.loads(files.read(where))
        if (version, before) == (__version__, text) and isinstance(known, dict):
            READ.add(path)
            return known
    record = records.read(path)
    told = json.dumps((__version__, text, record))
    if json.loads(told)[2] == record:
        write(where, told)
    return record
