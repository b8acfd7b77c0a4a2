"""``sen due``: what to do this week, most urgent first."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING
from typing import Any

import click

from sencli import terms
from sencli.cli.shell.app import App
from sencli.cli.shell.app import Reading
from sencli.cli.shell.app import leave_out
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import clocks
from sencli.cli.shell.options import output as output_options
from sencli.core.text import dates
from sencli.errors import UsageFault

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sencli.core.due.appointments import Appointment
    from sencli.core.due.due import Due
    from sencli.core.statutory.deadlines import SchoolDays
    from sencli.documents.view import View
    from sencli.store.repository.repository import Repository
    from sencli.store.repository.rows import Rows

USUAL = "4w"
BOOKS = ("school.yaml", "provisions.yaml")
CALENDAR = "ics"
_LARGEST = 20_000_000


@click.command()
@click.option(
    "--within",
    default=USUAL,
    metavar="TIME",
    help=f"How far ahead: 2w, 10d, 3m, or a date (default {USUAL}).",
)
@click.option("--class", "class_", metavar="CLASS", help="One class.")
@click.option("--mine", metavar="TEACHER", help="Whose pupils: initials or name.")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="This kind alone.")
@click.option("--names", is_flag=True, help="Pupils' names in the calendar (ics).")
@click.option("--all", "everything", is_flag=True, help="Every line, at a terminal.")
@click.option("--no-forecast", is_flag=True, help="Without the weeks to come.")
@clocks
@output_options(*terms.FORMATS, CALENDAR, default="table")
@pass_app
def due(
    app: App,
    *,
    within: str,
    class_: str | None,
    mine: str | None,
    kinds: tuple[str, ...],
    names: bool,
    everything: bool,
    no_forecast: bool,
    as_at: str | None,
    known_at: str | None,
    fmt: str | None,
    output: str | None,
    force: bool,
) -> None:
    """What is due or overdue, most urgent first.

    As a calendar (--format ics --output sen.ics) a phone or Outlook takes it in; it
    names no pupil unless --names is given.
    """
    from sencli.cli.shell.output import emit
    from sencli.cli.shell.output import on_screen
    from sencli.core.due.due import in_order
    from sencli.core.people.context import staff
    from sencli.core.text.folding import fold
    from sencli.documents.lists.due import build

    ending = (output or "").casefold().endswith(f".{CALENDAR}")
    as_calendar = fmt == CALENDAR or (fmt is None and ending)
    if names and not as_calendar:
        raise UsageFault(
            "--names puts names into a calendar.", "Add --format ics, or leave it out."
        )
    if no_forecast and as_calendar:
        raise UsageFault("A calendar has no forecast.", "Leave --no-forecast out.")
    reading = app.read(known_at, as_at, listing=True)
    until = shown_until = _until(within, reading)
    whose = staff(mine, reading.school) if mine else ""
    wanted_kinds = _kinds(kinds)
    ahead = max(until, dates.add_days(reading.day, 7 * 12))
    found = [*_due(reading, ahead), *_of_school(reading, until)]
    items = [
        item
        for item in found
        if (class_ is None or fold(item.class_name) == fold(class_))
        and (not whose or item.teacher == whose)
        and (not kinds or item.kind in wanted_kinds)
    ]
    if not items:
        reading.check_class(class_)
    soon = (item.due for item in items if not item.pupil)
    until = max(until, *soon, "")  # a report is shown from twelve weeks before
    wanted = in_order(
        item for item in items if item.due <= shown_until or not item.pupil
    )
    if as_calendar:
        arranged = [
            made
            for made in _arranged(reading, until)
            if (class_ is None or fold(made.due.class_name) == fold(class_))
            and (not whose or made.due.teacher == whose)
            and (not kinds or made.due.kind in wanted_kinds)
        ]
        _calendar(app, wanted, arranged, reading.day, output, names=names, force=force)
    elif fmt is None and output is None and not everything and on_screen():
        _screen(app, reading, wanted, until)
    else:
        weeks, moves = _weeks(reading, items, shown=not no_forecast)
        view = build(wanted, reading.school, reading.day, until, weeks, moves)
        emit(app, [view], fmt, output, force=force)


def first_screen(app: App, under: str) -> None:
    """What is overdue and due this week, as `sen due` has it at a terminal.

    Args:
        app: the command's.
        under: what stands below it.
    """
    from sencli.core.due.due import in_order

    reading = app.read(listing=True)
    until = _until(USUAL, reading)
    found = [*_due(reading, until), *_of_school(reading, until)]
    _screen(app, reading, list(in_order(found)), until, under)


def _screen(
    app: App, reading: Reading, items: list[Due], until: str, under: str = ""
) -> None:
    """The first screen, whose lines `sen do` can do."""
    from sencli.cli.shell import first_screen
    from sencli.cli.shell.last_list import Task
    from sencli.cli.shell.last_list import keep
    from sencli.documents.lists import due_screen

    day = reading.day
    hint = "" if under else due_screen.HINT

    def made(room: int) -> View:
        held = due_screen.screen(items, day, until, room)
        return due_screen.build(held, reading.school, day, hint)

    room = first_screen.show(app, made, len(items), under)
    listed = due_screen.screen(items, day, until, room).listed
    said = due_screen.sentence
    keep(app.repo, [Task(said(item, day), item.command) for item in listed])


def _of_school(reading: Reading, until: str) -> list[Due]:
    """The reports that the school publishes, as they stand in the records."""
    from sencli.core.due.of_school import school_due

    return school_due(reading.published, reading.school, reading.day, until)


def _until(typed: str, reading: Reading) -> str:
    text = typed.strip()
    within = f"+{text}" if text[:1].isdigit() and text[-1:].isalpha() else text
    terms = reading.school.get("terms", ())
    return dates.parse_date(within, reading.day, terms, prefer="future")


def _kinds(typed: tuple[str, ...]) -> set[str]:
    from sencli.core.due.due import KINDS

    found = {kind.strip().replace("-", "_") for t in typed for kind in t.split(",")}
    for kind in found - set(KINDS):
        raise UsageFault(
            f"Nothing is due of the kind {kind!r}.", f"Kinds: {', '.join(KINDS)}."
        )
    return found


def _due(reading: Reading, until: str) -> list[Due]:
    """The items due by the day."""
    work = _Work(reading, until)
    if reading.filtered or not reading.keeps:
        from sencli.core.due.facts import due_row

        return work.due(map(due_row, reading.pupils()))
    return work.kept(reading.app.repo)


class _Work:
    """Works out what is due by a day; what it needs for that is read when needed."""

    def __init__(self, reading: Reading, until: str) -> None:
        self.reading = reading
        self.until = until

    @cached_property
    def _days(self) -> SchoolDays:
        from sencli.core.statutory.deadlines import BankHolidays
        from sencli.core.statutory.deadlines import SchoolDays

        return SchoolDays(self.reading.school.get("terms", ()), BankHolidays())

    @cached_property
    def _names(self) -> dict[str, str]:
        offered = self.reading.provisions.get("provisions", ())
        return {p["key"]: p["name"] for p in offered}

    def due(self, rows: Iterable[dict[str, Any]]) -> list[Due]:
        """The items due, from cached rows."""
        from sencli.core.due.due import due as all_due

        school, day = self.reading.school, self.reading.day
        return all_due(rows, school, day, self.until, self._days, self._names)

    def kept(self, source: Repository) -> list[Due]:
        """The same for every pupil, kept while nothing changes that it depends on."""
        from sencli.core.due.due import Due
        from sencli.core.due.due import in_order
        from sencli.store.repository.rows import derived

        # the texts themselves stand for what they say: no change of theirs is missed
        books = [source.read_bytes(path).hex() for path in BOOKS]
        found = derived(
            source,
            "due-day",
            lambda: _rows(source),
            lambda row: self.due([row]),
            " ".join((self.reading.day, self.until, *books)),
        )
        items = [Due._make(told) for row in found.rows.values() for told in row]
        leave_out(self.reading.app, found.faults())
        return in_order(items)


def _rows(source: Repository) -> Rows:
    """What is asked of each record; most days and most changes leave it as it was."""
    from sencli.core.due.facts import due_row
    from sencli.store.repository.rows import rows

    return rows(source, "due", due_row)


def _arranged(reading: Reading, until: str) -> Iterable[Appointment]:
    """The meetings that are arranged, for a calendar."""
    from sencli.core.due.appointments import appointments
    from sencli.core.due.facts import due_row

    if reading.filtered or not reading.keeps:
        rows: Iterable[dict[str, Any]] = map(due_row, reading.pupils())
    else:
        rows = _rows(reading.app.repo).rows.values()
    return appointments(rows, reading.day, until)


def _weeks(reading: Reading, items: list[Due], *, shown: bool) -> tuple[Any, Any]:
    from sencli.core.due.forecast import forecast
    from sencli.core.due.forecast import spread

    if not shown:
        return (), ()
    weeks = forecast(items, reading.school, reading.day)
    return weeks, spread(weeks)


def _calendar(
    app: App,
    items: list[Due],
    arranged: list[Appointment],
    day: str,
    output: str | None,
    *,
    names: bool,
    force: bool,
) -> None:
    from pathlib import Path

    from sencli.cli.shell.lines import write_out
    from sencli.cli.shell.output import check_ending
    from sencli.cli.shell.output import write_file
    from sencli.exchange.calendar import ics

    if output is not None:
        check_ending(output, CALENDAR, {CALENDAR: f".{CALENDAR}"})
    before = _before(output) if force and output else b""
    data = ics(items, day, names=names, arranged=arranged, before=before)
    if output is None:
        write_out(data)
        return
    write_file(Path(output), data, str(app.repo.root), force=force)
    app.tell(f"Written: {output}")


def _before(output: str) -> bytes:
    """The calendar that is written over, whose events that are done are cancelled."""
    from sencli.store.files import files

    try:
        return files.read_any(output, _LARGEST)
    except OSError:
        return b""  # there is none yet, or write_file says what is wrong
