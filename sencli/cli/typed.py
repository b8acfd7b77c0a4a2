"""From the options of a command to what a verb of the core wants."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli.options import BARE
from sencli.cli.school_file import PROVISIONS
from sencli.core.ground import Ground

if TYPE_CHECKING:
    from sencli.cli.app import App
    from sencli.cli.save import Work
    from sencli.core.types import Record


def named(options: dict[str, Any]) -> dict[str, Any]:
    """The options that were typed: no ``None``, no empty repetition."""
    return {k: v for k, v in options.items() if v is not None and v != ()}


def ground(app: App, record: Record, work: Work) -> Ground:
    """What verbs stand on, from the draft that the commit will be made of."""
    scales = work.read(PROVISIONS).get("scales", ())
    return Ground(app.today, app.new_ids(record), app.school, scales, bare_days())


def bare_days() -> frozenset[str]:
    """The options of this run whose day was typed without a year."""
    context = click.get_current_context(silent=True)
    return frozenset(context.meta.get(BARE, ())) if context is not None else frozenset()


def bare_ground(app: App, record: Record) -> Ground:
    """What verbs stand on that measure nothing: the day, ids and the school."""
    return Ground(app.today, app.new_ids(record), app.school)
