"""``sen register``: who is on the SEN register."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import click

from sencli import terms
from sencli.cli.shell.app import App
from sencli.cli.shell.app import leave_out
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import TIER
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import clocks
from sencli.cli.shell.options import output as output_options
from sencli.core.provision.register import COUNTS
from sencli.core.provision.register import RegisterFilter
from sencli.errors import UsageFault

if TYPE_CHECKING:
    from sencli.cli.shell.app import Reading
    from sencli.core.provision.register import Row
    from sencli.core.record.types import Record
    from sencli.documents.made_in.paper_context import PaperContext
    from sencli.documents.school.register import RegisterRequest
    from sencli.documents.view import View
    from sencli.store.repository.repository import Repository
    from sencli.store.repository.rows import Rows

PAPER = frozenset({"md", "html", "pdf", "xlsx", "docx"})

NEED = Pick(
    {code: name for code, (name, _) in terms.NEED_TYPES.items()},
    "type of need",
    name="need",
)
FLAG = Pick(terms.FLAGS, "circumstance", name="flag")
PROVISION = Pick(terms.PROVISION, "SEN provision", name="K|E|N")
STAGES = ("assess", "plan", "do", "review", "closed")


@click.command()
@click.option("--class", "class_", metavar="CLASS", help="Of one class.")
@click.option("--year-group", metavar="YEAR", help="Of one year group: 4, R.")
@click.option("--provision", type=PROVISION, help="SEN provision: K, E or N.")
@click.option("--need", type=NEED, help="With this type of need.")
@click.option("--flag", type=FLAG, help="With this circumstance, as looked_after.")
@click.option("--stage", type=click.Choice(STAGES), help="At this stage of the cycle.")
@click.option("--tier", type=TIER, help="With this layer of support.")
@click.option("--monitoring", is_flag=True, help="Those on the watch list too.")
@click.option("--all", "everyone", is_flag=True, help="Everybody on roll.")
@click.option(
    "--count",
    "counts",
    multiple=True,
    metavar="BY",
    help=f"Count in place of listing, by {', '.join(COUNTS)}.",
)
@clocks
@output_options(*terms.FORMATS, default="table")
@pass_app
def register(
    app: App,
    /,
    *,
    counts: tuple[str, ...],
    as_at: str | None,
    known_at: str | None,
    fmt: str | None,
    output: str | None,
    force: bool,
    **chosen: Any,
) -> None:
    """The SEN register.

    Pupils on roll on the day with SEN support or an EHC plan, by class and name.
    """
    from sencli.cli.shell.output import emit
    from sencli.cli.shell.output import format_of
    from sencli.documents.school.register import RegisterRequest

    wanted = RegisterFilter(**{name: value for name, value in chosen.items() if value})
    form = format_of(fmt, output)
    request = RegisterRequest(
        wanted, tuple(_counts(counts)), whole=form in terms.TABLE_FORMATS
    )
    reading = app.read(known_at, as_at, listing=True)
    on_paper = form in PAPER
    make = _full_register if on_paper or wanted.tier else _quick
    views = make(reading, request, fingerprints=on_paper)
    if on_paper:
        from sencli.cli.papers.own_templates import tell_logo_missing

        tell_logo_missing(app)
    emit(app, views, fmt, output, force=force)


def _full_register(
    reading: Reading, request: RegisterRequest, *, fingerprints: bool
) -> tuple[View, ...]:
    """The register from the whole records."""
    from sencli.cli.papers.setting import BRITISH
    from sencli.cli.papers.setting import setting
    from sencli.core.papers.class_map import classes
    from sencli.core.papers.class_map import named_class
    from sencli.documents.school.register import listed

    records = read_all(reading, whole=True)
    if class_ := request.narrowed.class_:
        named_class(class_, classes(records, reading.day))
    place = setting(reading, BRITISH, fingerprints=fingerprints)
    return listed(records, place, request)


def _quick(
    reading: Reading, request: RegisterRequest, *, fingerprints: bool
) -> tuple[View, ...]:
    """The register from the rows of the day, which are kept ready."""
    from sencli.core.provision.register import picked
    from sencli.documents.school.register import of_rows

    rows = picked(_rows(reading), request.narrowed)
    if not rows:
        reading.check_class(request.narrowed.class_)
    setting = _setting(reading, fingerprints=fingerprints)
    return of_rows(rows, setting, request)


def _rows(reading: Reading) -> list[Row]:
    from sencli.core.provision.register import packed
    from sencli.core.provision.register import row
    from sencli.core.provision.register import unpacked
    from sencli.core.record.lookup import on_roll

    day, source = reading.day, reading.app.repo
    if reading.filtered or not reading.keeps:
        records = read_all(reading, whole=False)
        return [row(record, day) for record in records if on_roll(record, day)]
    from sencli.store.repository.rows import derived

    found = derived(
        source,
        "register",
        lambda: _kept(source),
        lambda record: packed(row(record, day)) if on_roll(record, day) else None,
        day,
    )
    leave_out(reading.app, found.faults())
    return unpacked(filter(None, found.rows.values()))


def _kept(source: Repository) -> Rows:
    """The part of every record that lists ask for."""
    from sencli.core.provision.register import digest
    from sencli.store.repository.rows import rows

    return rows(source, "lists", digest)


def _setting(reading: Reading, *, fingerprints: bool) -> PaperContext:
    """What lists on a screen are made in: their words are English, in no wording."""
    from sencli.documents.made_in.paper_context import PaperContext

    return PaperContext(reading.school, day=reading.day, fingerprints=fingerprints)


def _counts(typed: tuple[str, ...]) -> list[str]:
    """The fields to count by, also separated by commas."""
    names = [name.strip() for words in typed for name in words.split(",")]
    short = {"year": "year_group", "needs": "need", "status": "provision"}
    found = [short.get(name, name) for name in names if name]
    for name in found:
        if name not in COUNTS:
            raise UsageFault(
                f"Pupils are not counted by {name!r}.",
                f"Count by one of: {', '.join(COUNTS)}.",
            )
    return found


def read_all(reading: Reading, *, whole: bool) -> list[Record]:
    """Every record that can be read.

    Args:
        reading: the records by the two clocks.
        whole: the whole records; else the part that lists ask for, which is kept ready.
    """
    if whole or not reading.keeps:
        return list(reading.pupils())
    found = _kept(reading.app.repo)
    leave_out(reading.app, found.faults())
    return [reading.on_the_day(record) for record in found.rows.values()]
