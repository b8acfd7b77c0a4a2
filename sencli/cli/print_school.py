"""The options of ``sen print`` for documents about the whole school."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any
from typing import TypeVar

import click

from sencli.cli.kinds import TIER
from sencli.cli.options import DAY
from sencli.core.provision_map import GROUPINGS
from sencli.documents.registry import DOCUMENTS
from sencli.errors import UsageFault
from sencli.value import replace

if TYPE_CHECKING:
    from sencli.cli.app import App
    from sencli.cli.app import Reading
    from sencli.core.redact import LeftOut
    from sencli.core.types import Record
    from sencli.documents.registry import Document
    from sencli.documents.setting import Setting
    from sencli.documents.view import View

BOTH = ("--adults shows money, and --no-costs leaves it out.", "Give one of the two.")

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
    "adults": ("--adults", {"is_flag": True, "help": "Also what the adults cost."}),
    "no_costs": ("--no-costs", {"is_flag": True, "help": "Leave money out."}),
}


def school_options(command: F) -> F:
    """The options of the documents about the whole school; each takes some of them."""
    for name, (option, details) in reversed(list(_OPTIONS.items())):
        command = click.option(option, name, **details)(command)
    return command


def whole(app: App, document: str, typed: Mapping[str, Any]) -> None:
    """Print one paper about the whole school, or about the pupils named.

    Raises:
        UsageFault: a format or an option that the document does not take.
    """
    from sencli.cli import whole_reader
    from sencli.cli.asides import tell
    from sencli.cli.left_out import marked as told
    from sencli.cli.paper import setting
    from sencli.cli.show import check_file
    from sencli.cli.show import format_of
    from sencli.cli.show import put
    from sencli.cli.show import rendered
    from sencli.core.packed import Packed

    made = DOCUMENTS[document]
    wanted = format_of(typed["fmt"], typed["output"], made.formats[0], made.formats)
    if wanted not in made.formats:
        raise UsageFault(
            f"The document {document} does not come as {wanted}.",
            f"Choose one of: {', '.join(made.formats)}.",
        )
    reading = app.read(typed["known_at"], typed["as_at"])
    whole_reader.check(reading, document, typed)
    if typed["to"] and not typed["record"]:
        _guarded(reading, document, made, typed)
    rules = whole_reader.rules_for(reading, document, made, typed["audience"] or "")
    taken = _taken(document, made, reading, typed)
    records = Packed(reading.pupils())
    whole_reader.allow(records, reading.day, document, made, typed)
    if "costs" in rules.parts and "no_costs" in made.options:
        taken["no_costs"] = True
    asked = made.chosen({**taken, "format": wanted})
    place = setting(reading, typed["lang"])
    if rules.anonymous or made.nameless:
        from sencli.documents.for_reader import unnamed

        place = unnamed(place, records)
    if typed["to"] or rules.audience:
        # somebody else's copy: what is restricted stays out of it
        place = replace(place, rules=rules)
    views = _made(made, records, place, asked, wanted)
    tell(app, views, strict=typed["strict"])
    # what cannot be made, or not be written, must not be recorded
    output, force = typed["output"], typed["force"]
    sides = typed["single_sided"]
    marked = told(app, views, wanted)
    data = rendered(app, marked, wanted, output, single_sided=sides)
    if output is not None:
        check_file(Path(output), force=force)
    if typed["record"]:
        whole_reader.save(reading, document, views, records, typed, rules)
    put(app, data, output, force=force)


def _guarded(
    reading: Reading, document: str, made: Document, typed: Mapping[str, Any]
) -> None:
    """Refuse a reader's name that nothing is done with.

    Raises:
        UsageFault: the paper is not to be noted as given.
    """
    from sencli.cli import whole_reader

    records = list(reading.pupils())
    whole_reader.allow(records, reading.day, document, made, typed)
    raise UsageFault(
        "--to says in the records to whom a paper about many was given.",
        "Add --record, or leave --to out.",
    )


def _made(
    made: Document,
    records: Iterable[Record],
    place: Setting,
    asked: Any,
    wanted: str,
) -> tuple[View, ...]:
    """The paper without what is not for its reader; counts name nobody as they are."""
    from sencli.documents.for_reader import cut
    from sencli.documents.for_reader import marked

    rules = place.rules
    if rules is None or not rules.audience:
        return made.build(records, place, asked)
    gone: dict[str, tuple[LeftOut, ...]] = {}
    if made.shows:
        originals = {str(record["id"]): record for record in records}
        place = replace(place, originals=originals)
        records, gone = cut(records, rules, made.shows)
    else:
        place = replace(place, rules=None)
        rules = replace(rules, anonymous=False, parts=frozenset())
    parts = {"costs"} if "no_costs" in made.options else set()
    parts |= {"gaps"} if made.module == "school.census" else set()
    rules = replace(rules, parts=rules.parts & parts)
    views = made.build(records, place, asked)
    return tuple(marked(v, rules, gone, table=wanted == "csv") for v in views)


def _taken(
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

    mine = (*_OPTIONS, *(("class_", "pupils") if made.options else ()))
    wanted = {key: given[key] for key in mine if given[key]}
    if {"adults", "no_costs"} <= {*wanted}:
        raise UsageFault(*BOTH)
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
