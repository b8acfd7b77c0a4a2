"""Find schemas/, templates/ and examples/, in a wheel or a checkout."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING
from typing import Any
from typing import TypeVar

from sencli.errors import EnvironmentFault

if TYPE_CHECKING:
    from pathlib import Path

_PACKAGE = os.path.dirname(os.path.realpath(__file__))
_Made = TypeVar("_Made")
_NEWER: dict[str, dict[str, Any]] = {}
_FORGET: list[Callable[[], None]] = []
SCHEMAS = ("pupil", "school", "provisions", "groups", "published")
"""The schemas that there are."""


def place(name: str) -> str:
    """Where the folder of that name is, as text."""
    for base in (_PACKAGE, os.path.dirname(_PACKAGE)):
        if os.path.isdir(found := os.path.join(base, name)):
            return found
    raise EnvironmentFault(
        f"The folder {name} of sencli is missing: the installation is damaged.",
        "Install sencli again: pipx reinstall sencli",
    )


def folder(name: str) -> Path:
    """The folder of that name: beside the modules (wheel) or at the top (checkout)."""
    from pathlib import Path

    return Path(place(name))


def schema_bytes(name: str) -> bytes:
    """The text of a schema as this version has it.

    Read as Python reads its modules: pathlib would cost every start, and only
    ``store.files`` opens files.
    """
    reader: Any = __spec__.loader if __spec__ is not None else None
    path = os.path.join(place("schemas"), f"{name}.schema.json")
    data: bytes = reader.get_data(path)
    return data


def schema_path(name: str) -> Path:
    """The schema file of that name (pupil, school, provisions, groups, published)."""
    return folder("schemas") / f"{name}.schema.json"


@lru_cache(maxsize=8)
def shipped_schema(schema: str) -> dict[str, Any]:
    """The schema of that name, as this version of the program has it."""
    found: dict[str, Any] = json.loads(schema_bytes(schema))
    return found


def load_schema(schema: str) -> dict[str, Any]:
    """The schema of that name (pupil, school, provisions, groups).

    As it is shipped; where the records were written by a newer version, with the fields
    and values that their own schema has besides.
    """
    return _NEWER.get(schema) or shipped_schema(schema)


def is_newer(schema: str) -> bool:
    """Whether the records have fields or values that this version does not know."""
    return schema in _NEWER


def newer() -> tuple[str, ...]:
    """The schemas of which the records know more than this version."""
    return tuple(_NEWER)


def follow(schemas: Mapping[str, dict[str, Any]]) -> None:
    """Take these schemas for the records that are read from now on; {} is our own."""
    if schemas != _NEWER:
        _NEWER.clear()
        _NEWER.update(schemas)
        for forget in _FORGET:
            forget()


def by_schema(made: Callable[[str], _Made]) -> Callable[[str], _Made]:
    """Keep what is made of a schema, for as long as that schema is the one in force."""
    kept = lru_cache(maxsize=8)(made)
    _FORGET.append(kept.cache_clear)
    return kept
