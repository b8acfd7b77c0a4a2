"""Warn of a mistake in the school's files without stopping a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sencli.cli.shell.app import App

_SHOWN = 5


def school_file_warning(app: App) -> tuple[str, str] | None:
    """The warning and the command; None if all files read are valid."""
    from sencli.store.records.records import READ
    from sencli.store.records.records import TOP
    from sencli.store.records.school_file_check import faults

    found = faults(app.repo, READ.intersection(TOP))
    if not found:
        return None
    listed = "".join(f"\n  {fault}" for fault in found[:_SHOWN])
    hint = (
        "Mend the lines in an editor (see all: sen check), or bring back the version "
        f"saved last: git checkout -- {found[0].partition(':')[0]}"
    )
    return f"Something here may be missing, for a file has a slip:{listed}", hint
