"""The merge driver that git calls for a record changed on two laptops.

Only a result that is whole and valid counts; anything else becomes an ordinary
conflict, with git's own marks in the file, and people decide.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from typing import Any

from sencli.errors import SencliError
from sencli.store.files import files
from sencli.store.records.records import schema_of

if TYPE_CHECKING:
    from sencli.store.git.process import Git

MERGED = 0
CONFLICT = 1
_HEADS = "GITHEAD_"


def drive(git: Git, base: str, ours: str, theirs: str, path: str) -> int:
    """Merge three files into `ours`; 0 when it is done, 1 for a conflict.

    Args:
        git: the repository.
        base: the file that both came from (git's %O); empty where there was none.
        ours: our file (%A), which takes the result.
        theirs: their file (%B).
        path: the record's own path (%P).
    """
    try:
        _follow(git)
        result = _merged(path, *(_bytes(name) for name in (base, ours, theirs)))
    except (SencliError, OSError, UnicodeDecodeError):
        result = None
    if result is None:
        names = ("-L", "this laptop", "-L", "before", "-L", "the other laptop")
        git.run("merge-file", "-q", *names, "--", ours, base, theirs)
        return CONFLICT
    scratch = f"{os.path.abspath(ours)}.sencli"
    files.replace(os.path.abspath(ours), result, scratch)
    files.sync_folder(os.path.dirname(os.path.abspath(ours)))
    return MERGED


def _follow(git: Git) -> None:
    """Take the schemas of both sides: one may have been written by a newer version.

    Git names what it merges in the environment; a name that leads nowhere says nothing.
    """
    from sencli import resources
    from sencli.store.git.process import Reader
    from sencli.store.records import newer_schemas
    from sencli.store.records.committed import CommittedRecords

    merged = [n.removeprefix(_HEADS) for n in os.environ if n.startswith(_HEADS)]
    reader = Reader(git)
    try:
        found = [reader.get(f"{name}^{{commit}}") for name in ("HEAD", *merged)]
        sides = [CommittedRecords(reader, one[0]) for one in found if one]
        resources.follow(newer_schemas.known_by(*sides))
    finally:
        reader.close()


def _bytes(name: str) -> bytes:
    return files.read(os.path.abspath(name), files.RECORD_LIMIT)


def _merged(path: str, base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    from sencli.core.record.merge import merge_from
    from sencli.resources import load_schema
    from sencli.store.records.draft import canonical
    from sencli.store.sync.merge import comments_of

    schema = load_schema(schema_of(path))
    before, here, there = (_record(data, path) for data in (base, ours, theirs))
    merged = merge_from((before,), here, there, schema)
    if merged.clashes or merged.record is None:
        return None
    text = canonical(path, merged.record, ours)
    # a comment that only they made would be lost: leave that to people
    kept = comments_of(ours) | comments_of(base)
    return text if comments_of(theirs) <= kept else None


def _record(data: bytes, path: str) -> dict[str, Any] | None:
    from sencli.store.text import load

    return load.load(data, path) if data else None
