"""One answer for many: a class or a group in place of the pupil, looked at before."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli.shell.options import stacked
from sencli.cli.shell.part_of import KINDS
from sencli.cli.shell.part_of import part_of
from sencli.core.text.plural import plural
from sencli.errors import UsageFault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sencli.cli.shell.app import App

OPTIONS = stacked(
    click.option(
        "--class", "class_", metavar="CLASS", expose_value=False, help="For a class."
    ),
    click.option(
        "--group", metavar="GROUP", expose_value=False, help="For a teaching group."
    ),
    click.option("--yes", is_flag=True, help="Do not ask, for a class or a group."),
)


class ForMany(click.Command):
    """A command whose PUPIL may be a whole class or group."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """``--class 4B`` stands in the place of the pupil: ``class=4B``."""
        return super().parse_args(ctx, _in_place(args))


def _in_place(args: list[str]) -> list[str]:
    for at, word in enumerate(args):
        for kind in KINDS:
            option = f"--{kind}"
            if word.startswith(f"{option}="):
                value = word.partition("=")[2]
                return [f"{kind}={value}", *args[:at], *args[at + 1 :]]
            if word == option and at + 1 < len(args):
                return [f"{kind}={args[at + 1]}", *args[:at], *args[at + 2 :]]
    return args


def preview(app: App, who: str, ids: Sequence[str], **typed: Any) -> None:
    """Say who gets the answer, and go on only when that is agreed.

    Args:
        app: the run.
        who: as typed: ``class=4B``.
        ids: of the pupils.
        typed: ``yes``, where nobody is to be asked.
    """
    from sencli.cli.shell.prompts import confirmed
    from sencli.store.repository.pupil_names import of_id

    kind, name = part_of(who)
    if not kind:
        if typed.get("yes"):
            raise UsageFault(
                "--yes answers for a class or a group, and none is named.",
                "Leave it out, or add --class CLASS",
            )
        return
    names = sorted(found.shown for one in ids if (found := of_id(app.repo, one)))
    app.tell(f"For {plural(len(ids), 'pupil')} ({kind} {name}): {', '.join(names)}.")
    confirmed("Record it for each of them?", yes=bool(typed.get("yes")))
