"""``sen pupil``: who they are, and what holds for the whole record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import click

from sencli.cli.lazy import LazyVerbs


class _Pupil(LazyVerbs):
    verbs: ClassVar[Mapping[str, str]] = {
        "add": "pupil_add:add",
        "list": "pupil_list:list_",
        "show": "pupil_show:show",
        "set": "pupil_set:set_",
        "edit": "pupil_edit:edit",
        "leave": "pupil_leave:leave",
        "return": "pupil_return:return_",
        "baseline": "pupil_baseline:baseline",
    }


@click.group(cls=_Pupil)
def pupil() -> None:
    """Pupils: add, list, show, set, edit, leave, return."""
