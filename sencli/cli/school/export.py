"""``sen export``: what goes to the next school, the family and other programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import click

from sencli.cli.shell.lazy import LazyVerbs


class _Exports(LazyVerbs):
    verbs: ClassVar[Mapping[str, str]] = {
        "subject-access": "safety.subject_access:subject_access",
        "tables": "safety.export_tables:tables",
        "transfer": "safety.export_transfer:transfer",
    }


@click.group("export", cls=_Exports)
def export() -> None:
    """Give out what is held, as files that only you can read."""
