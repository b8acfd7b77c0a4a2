"""The options of ``sen print`` for documents about the whole school."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Mapping
from typing import TYPE_CHECKING
from typing import Any
from typing import TypeVar

import click

from sencli.cli.kinds import TIER
from sencli.cli.options import DAY
from sencli.core.provision_map import GROUPINGS
from sencli.errors import UsageFault

if TYPE_CHECKING:
    from sencli.cli.app import Reading
    from sencli.documents.registry import Document

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "by": ("--by", {"type": click.Choice(GROUPINGS), "help": "Group, as map does."}),
    "year_group": ("--year-group", {"metavar": "YEAR", "help": "Of one year group."}),
    "need": ("--need", {"help": "For a type of need, or an area of need."}),
    "tier": ("--tier", {"type": TIER, "help": "Of one layer of support."}),
    "provision": ("--provision", {"help": "Of one provision, by key or name."}),
    "staff": ("--staff", {"metavar": "INITIALS", "help": "Of one member of staff."}),
    "first": ("--from", {"type": DAY, "help": "From that day on."}),
    "last": ("--until", {"type": DAY, "help": "Up to that day."}),
    "year": ("--year", {"metavar": "2025-26", "help": "Of a school year."}),
    "to_date": ("--to-date", {"is_flag": True, "help": "Cost of what was delivered."}),
    "no_costs": ("--no-costs", {"is_flag": True, "help": "Leave money out."}),
}


def school_options(command: F) -> F:
    """The options of the documents about the whole school; each takes some of them."""
    for name, (option, details) in reversed(_OPTIONS.items()):
        command = click.option(option, name, **details)(command)
    return command


def chosen(
    name: str, made: Document, reading: Reading, given: Mapping[str, Any]
) -> dict[str, Any]:
    """What was chosen, for the document's own ``asked``: only options that it takes.

    ``period`` stands for the three options of time, ``provision`` is a key, ``pupils``
    are ids.

    Raises:
        UsageFault: an option that the document does not take.
    """
    from sencli.cli.map import period
    from sencli.cli.map import provision_key

    wanted = {key: value for key, value in given.items() if value}
    for key in wanted:
        if key not in made.options:
            _refuse(name, made, key)
    time = [wanted.pop(key, None) for key in ("first", "last", "year")]
    if any(time):
        wanted["period"] = period(reading.day, *time)
    if "provision" in wanted:
        offered = reading.provisions.get("provisions", [])
        wanted["provision"] = provision_key(wanted["provision"], offered)
    if "pupils" in wanted:
        find = reading.app.pupil_id
        wanted["pupils"] = tuple(find(one, reading.source) for one in wanted["pupils"])
    return wanted


def _refuse(name: str, made: Document, key: str) -> None:
    words = {"class_": "--class", "pupils": "the name of a pupil"}
    words |= {option: typed for option, (typed, _) in _OPTIONS.items()}
    takes = [words[one] for one in made.options]
    raise UsageFault(
        f"The document {name} does not take {words[key]}.",
        f"It takes: {', '.join(takes)}." if takes else "Leave it out.",
    )
