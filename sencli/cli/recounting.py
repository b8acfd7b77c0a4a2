"""A change that is not committed yet, told as the history would tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sencli.cli.app import App
    from sencli.core.types import Record


def recounted(app: App, path: str, old: Record | None, new: Record | None) -> list[str]:
    """What becomes of one file, a sentence for each change."""
    from sencli.cli.history import events_of
    from sencli.store.history import Version
    from sencli.store.records import schema_of

    if old is None and new is None:
        return [f"{path} changes"]
    if not schema_of(path):
        return [f"{path} is {'taken away' if new is None else 'put back'}"]
    version = Version("", "", "", "", "", path, old, new, "")
    return [
        line
        for event in events_of(app, [version])
        for change in event.changes
        for line in change.lines
    ]


def name_of(path: str, *records: Record | None) -> str:
    """Whose record a file is, or the file."""
    from sencli.core.lookup import display_name

    for record in records:
        if record is not None and "first_name" in record:
            return display_name(record)
    return path
