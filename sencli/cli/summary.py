"""``sen summary``: the page that parents keep."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sencli.cli.app import App
from sencli.cli.app import pass_app
from sencli.cli.options import clocks
from sencli.cli.options import output as output_options
from sencli.errors import UsageFault

if TYPE_CHECKING:
    from sencli.cli.app import Reading
    from sencli.core.lookup import Record

FORMATS = ("text", "html", "pdf", "md", "json")


@click.command()
@click.argument("pupils", nargs=-1, metavar="PUPIL...")
@click.option("--class", "class_", metavar="CLASS", help="All of one class.")
@click.option("--cycle", help="Of an earlier cycle, as 'Autumn 2025'.")
@click.option("--to", help="For this contact: what other contacts said stays out.")
@click.option("--lang", help="Language of the wording, as en or pl.")
@clocks
@output_options(*FORMATS)
@pass_app
def summary(
    app: App,
    /,
    *,
    pupils: tuple[str, ...],
    class_: str | None,
    cycle: str | None,
    to: str | None,
    lang: str | None,
    as_at: str | None,
    known_at: str | None,
    fmt: str | None,
    output: str | None,
    force: bool,
) -> None:
    """The parents' meeting summary.

    What we do, how it went, what was said and decided, what comes next. Several pupils
    come in one file, each on a page of their own.
    """
    from sencli.cli.paper import setting
    from sencli.cli.show import emit
    from sencli.documents.summary import Asked
    from sencli.documents.summary import build

    reading = app.read(known_at, as_at)
    records = chosen(reading, pupils, class_)
    if (cycle or to) and len(records) > 1:
        raise UsageFault("--cycle and --to go with one pupil.", "Name one pupil.")
    asked = Asked(
        cycle=cycle_id(records[0], cycle) if cycle else "",
        to=person(records[0], to, reading) if to else "",
    )
    views = build(records, setting(reading, lang or ""), asked)
    emit(app, views, fmt, output, force=force, default="text", choices=FORMATS)


def chosen(
    reading: Reading, pupils: tuple[str, ...], class_: str | None
) -> list[Record]:
    """The records of the pupils named, or of a class, each once.

    Raises:
        UsageFault: nobody is named, or the class has nobody on the register.
    """
    from sencli.core import lookup
    from sencli.core import register

    named = [reading.find(typed) for typed in pupils]
    if class_ is None:
        if not named:
            raise UsageFault("Whose?", "Name a pupil, or a class with --class.")
        return list({record["id"]: record for record in named}.values())
    records = {record["id"]: record for record in reading.pupils()}
    rows = register.rows(records.values(), reading.day, register.Chosen(class_=class_))
    if not rows and not named:
        known = {
            lookup.placement_on(record, reading.day).get("class", "")
            for record in records.values()
        }
        raise UsageFault(
            f"Nobody in class {class_} is on the register.",
            f"The classes are: {', '.join(sorted(known - {''})) or 'none yet'}.",
        )
    return list({record["id"]: record for record in named}.values()) + [
        records[row["id"]] for row in rows
    ]


def cycle_id(record: Record, typed: str) -> str:
    """The id of the cycle meant by its label, or by its id."""
    from sencli.core import find
    from sencli.core import lookup

    cycles = record.get("cycles", [])
    exact = [cycle for cycle in cycles if cycle["id"] == typed.strip().casefold()]
    found = exact or find.matches(
        typed, cycles, lambda cycle: lookup.cycle_label(record, cycle)
    )
    one = find.one(
        typed,
        found,
        what="cycle",
        show=lambda cycle: f"{cycle['id']}  {lookup.cycle_label(record, cycle)}",
        hint="See them: sen cycle list PUPIL",
        everything=cycles,
    )
    return str(one["id"])


def person(record: Record, typed: str, reading: Reading) -> str:
    """The contact meant."""
    from sencli.core import find

    return find.person(typed, record, reading.school)
