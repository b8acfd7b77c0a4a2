"""How a place in a record is shown: ``cycles[y2qf].plan.outcomes[o8fd].target``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli.core.diff import Schema
from sencli.core.diff import identity
from sencli.core.diff import label
from sencli.core.diff import resolve


def place_name(record: Any, path: tuple[str | int, ...], root: Schema) -> str:
    """The path of keys and indices, with items by what makes them themselves.

    An item without an identity is numbered from 1, as people count.
    """
    here, schema = record, root
    shown = ""
    for step in path:
        schema = resolve(schema, root)
        if isinstance(step, int):
            here = here[step] if isinstance(here, list) and step < len(here) else None
            keys = schema.get("x-key", ())
            named = label(identity(here, keys)) if isinstance(here, Mapping) else ""
            shown += f"[{named or f'#{step + 1}'}]"
            schema = schema.get("items", {})
        else:
            here = here.get(step) if isinstance(here, Mapping) else None
            shown += f".{step}" if shown else step
            schema = schema.get("properties", {}).get(step, {})
    return shown


def same_place(
    path: tuple[str | int, ...], part: Any, whole: Any, root: Schema
) -> tuple[str | int, ...]:
    """A path within a record of which some items were left out, in the whole record.

    What stands in ``part`` at the path is found in ``whole`` by what makes its items
    themselves; the path ends where nothing answers to it.
    """
    found: tuple[str | int, ...] = ()
    schema = root
    for step in path:
        schema = resolve(schema, root)
        if isinstance(step, str):
            if not isinstance(whole, Mapping) or step not in whole:
                break
            part, whole, at = part.get(step), whole[step], step
            schema = schema.get("properties", {}).get(step, {})
            found += (at,)
            continue
        if not isinstance(whole, list) or not isinstance(part, list):
            break
        wanted = identity(part[step], schema.get("x-key", ()))
        names = [identity(item, schema.get("x-key", ())) for item in whole]
        if wanted not in names:
            break
        part, whole = part[step], whole[names.index(wanted)]
        found += (names.index(wanted),)
        schema = schema.get("items", {})
    return found
