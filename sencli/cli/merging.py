"""``sen merge-driver``: what git calls to merge one record of two laptops."""

from __future__ import annotations

import os
from pathlib import Path

import click


@click.command("merge-driver", hidden=True)
@click.argument("base")
@click.argument("ours")
@click.argument("theirs")
@click.argument("marker", required=False)
@click.argument("path", required=False, default="")
def merge_driver(
    base: str, ours: str, theirs: str, marker: str | None, path: str
) -> int:
    """Merge a record item by item; git calls this, nobody types it."""
    del marker
    from sencli.store.git import Git
    from sencli.store.merge_driver import drive

    # git runs a driver in the top folder of the repository
    return drive(Git(os.fspath(Path.cwd())), base, ours, theirs, path or ours)
