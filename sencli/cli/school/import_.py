"""``sen import``: what comes from the office's system, and from other schools."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import click

from sencli.cli.shell.lazy import LazyVerbs


class _Imports(LazyVerbs):
    verbs: ClassVar[Mapping[str, str]] = {
        "pupils": "school.import_pupils:pupils",
        "contacts": "school.import_others:contacts",
        "staff": "school.import_others:staff",
        "terms": "school.import_others:terms",
        "provisions": "school.import_others:provisions",
        "ctf": "school.import_ctf:ctf",
        "transfer": "safety.import_transfer:transfer",
    }

    endings: ClassVar[Mapping[str, str]] = {".xml": "ctf", ".zip": "transfer"}

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """``import FILE`` is what its ending says, else ``import pupils FILE``."""
        own = {*self.verbs, *ctx.help_option_names}
        if not args or args[0] not in own:
            ending = args[0][-4:].casefold() if args else ""
            args = [self.endings.get(ending, "pupils"), *args]
        return super().parse_args(ctx, args)


@click.group("import", cls=_Imports)
def import_() -> None:
    """Take in pupils, contacts, staff, terms and provisions from files."""
