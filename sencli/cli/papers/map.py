"""``sen map``: the provision map."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import Any
from typing import Literal

import click

from sencli import terms
from sencli.cli.papers.register import PAPER
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import NEED_OR_AREA
from sencli.cli.shell.options import TIER
from sencli.cli.shell.options import clocks
from sencli.cli.shell.options import output as output_options
from sencli.core.provision.provision_map import GROUPINGS
from sencli.errors import NotFound
from sencli.errors import UsageFault

if TYPE_CHECKING:
    from sencli.cli.shell.app import Reading


@click.command("map")
@click.option("--by", type=click.Choice(GROUPINGS), help="Group, with subtotals.")
@click.option("--class", "class_", metavar="CLASS", help="Of one class.")
@click.option("--year-group", metavar="YEAR", help="Of one year group: 4, R.")
@click.option("--need", type=NEED_OR_AREA, help="For a type of need, or an area.")
@click.option("--tier", type=TIER, help="Of one layer of support.")
@click.option("--provision", help="Of one provision, by key or name.")
@click.option("--pupil", "pupils", multiple=True, help="Of this pupil; may repeat.")
@click.option("--from", "since", type=DAY, help="All support from that day on.")
@click.option("--to", "until", type=DAY, help="All support up to that day.")
@click.option("--year", metavar="2025-26", help="All support of a school year.")
@click.option("--to-date", is_flag=True, help="Cost of what was delivered.")
@click.option("--adults", is_flag=True, help="Also what the adults cost in all.")
@click.option("--no-costs", is_flag=True, help="Leave money out.")
@click.option(
    "--size",
    type=click.Choice(("a4", "a3")),
    default="a4",
    help="Of the sheet: a wall of a school of many takes a3.",
)
@clocks
@output_options(*terms.FORMATS, default="table")
@pass_app
def provision_map(
    app: App,
    /,
    *,
    by: str | None,
    adults: bool,
    no_costs: bool,
    size: Literal["a4", "a3"],
    as_at: str | None,
    known_at: str | None,
    fmt: str | None,
    output: str | None,
    force: bool,
    **chosen: Any,
) -> None:
    """The provision map, costed.

    Who gets what support on the day, from whom, and what it costs for the pupil. With
    --from, --to or --year: all support of that time, and its part of the cost.
    """
    from sencli.cli.papers.setting import BRITISH
    from sencli.cli.papers.setting import setting
    from sencli.cli.shell.output import emit
    from sencli.cli.shell.output import format_of
    from sencli.cli.shell.output import one_table
    from sencli.core.papers.class_map import classes
    from sencli.core.papers.class_map import named_class
    from sencli.core.record.packed import Packed
    from sencli.documents.made_in.paper_request import SchoolRequest
    from sencli.documents.school.provision_map import build

    if adults and no_costs:
        raise UsageFault(
            "--adults shows money, and --no-costs leaves it out.",
            "Give one of the two.",
        )
    reading = app.read(known_at, as_at)
    place = setting(reading, BRITISH)
    wanted = format_of(fmt, output)
    shape = "flat" if one_table(wanted) else "wide" if wanted in PAPER else "narrow"
    request = SchoolRequest(
        **_rows(reading, place.provisions, chosen),
        by=by or "",
        costs=not no_costs,
        shape=shape,
        adults=adults,
        size=size,
    )
    named = [reading.pupil(pupil_id) for pupil_id in request.pupils]
    records = named or Packed(reading.pupils())
    if request.class_ and not named:
        named_class(request.class_, classes(records, reading.day))
    if wanted in PAPER:
        from sencli.cli.papers.own_templates import tell_logo_missing

        tell_logo_missing(app)
    views = build(records, place, request)
    emit(app, views, fmt, output, force=force, by_screens=False)


def _rows(
    reading: Reading, catalogue: Mapping[str, Any], chosen: Mapping[str, Any]
) -> dict[str, Any]:
    """The rows that the options ask for."""
    typed = reading.app.pupil_id
    return {
        **{key: chosen[key] or "" for key in ("class_", "year_group", "need", "tier")},
        "provision": provision_key(
            chosen["provision"], catalogue.get("provisions", [])
        ),
        "pupils": tuple(typed(one, reading.source) for one in chosen["pupils"]),
        "period": period(reading.day, chosen["since"], chosen["until"], chosen["year"]),
        "to_date": chosen["to_date"],
    }


def period(
    day: str, since: str | None, until: str | None, year: str | None
) -> tuple[str, str] | None:
    """First and last day of the time asked for, or ``None``.

    Raises:
        UsageFault: both a year and days, no such year, or an end before the start.
    """
    from sencli.core.time.calendar import year_of
    from sencli.core.time.calendar import year_span

    if year is not None:
        found = year_span(year)
        if found is None or since is not None or until is not None:
            raise UsageFault(
                f"{year!r} is not a school year by itself.",
                "Write --year 2025-26 alone, without days.",
            )
        return found
    if since is None and until is None:
        return None
    first = since or year_of(until or day)[0]
    last = until or year_of(first)[1]
    if last < first:
        raise UsageFault("The period ends before it begins.", "Swap --from and --to.")
    return first, last


def provision_key(typed: str | None, offered: Sequence[Mapping[str, Any]]) -> str:
    """The key of the provision meant by key or by part of its name; "" for none.

    Raises:
        NotFound: there is no such provision.
        Ambiguous: several fit.
    """
    from sencli.core.record import find

    if typed is None:
        return ""
    for entry in offered:
        if entry["key"] == typed.strip().casefold():
            return str(entry["key"])
    if not offered:
        raise NotFound(
            "The catalogue is empty.",
            "Add a provision: sen provision add PROVISION --name NAME",
        )
    found = find.one(
        typed,
        find.matches(typed, offered, lambda entry: str(entry["name"])),
        what="provision",
        show=lambda entry: f"{entry['key']}  {entry['name']}",
        hint="See them: sen provision list",
        everything=offered,
    )
    return str(found["key"])
