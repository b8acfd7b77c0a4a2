"""``sen pupil``: add, show, edit, list and end pupils' records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import click

from sencli.cli.shell.lazy import LazyVerbs


class _Pupil(LazyVerbs):
    verbs: ClassVar[Mapping[str, str]] = {
        "add": "pupil.add:add",
        "list": "pupil.list:list_",
        "show": "pupil.list:show",
        "set": "pupil.set:set_",
        "edit": "pupil.edit:edit",
        "leave": "pupil.leave:leave",
        "return": "pupil.return_:return_",
        "baseline": "pupil.baseline:baseline",
    }


@click.group(cls=_Pupil)
def pupil() -> None:
    """Pupils: add, list, show, set, edit, leave, return."""
