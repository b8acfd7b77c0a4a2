"""``sen sheet``: a sheet that a teacher or TA fills in without the program."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli.shell import prompts
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import writing
from sencli.cli.shell.output import check_file
from sencli.cli.shell.output import put
from sencli.cli.shell.output import rendered
from sencli.cli.shell.writing import context_of
from sencli.cli.shell.writing import save
from sencli.core.cycle.groups import find_group
from sencli.core.handover.sheet import KINDS
from sencli.core.handover.sheet import MOST_DAYS
from sencli.core.handover.sheet import Audience
from sencli.core.handover.sheet import House
from sencli.core.handover.sheet import Order
from sencli.core.handover.sheet import items_asked
from sencli.core.handover.sheet import sheet_of
from sencli.core.papers.class_map import classes
from sencli.core.papers.class_map import named_class
from sencli.core.papers.issue import issue
from sencli.core.people.staff import find_staff
from sencli.core.record import lookup
from sencli.core.record.act import Act
from sencli.core.record.fingerprint import fingerprint
from sencli.core.text.dates import add_days
from sencli.core.text.dates import monday
from sencli.core.text.dates import words
from sencli.core.text.folding import fold
from sencli.core.text.plural import plural
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import UsageFault
from sencli.store.records.records import pupil_path

if TYPE_CHECKING:
    from sencli.cli.shell.app import Reading
    from sencli.core.record.types import Record
    from sencli.store.records.draft import Draft

_BACK = 14
"""So many days after its last day, or the day it is made, a sheet expires."""
_FRIDAY = 4
_ENDINGS = {
    ".pdf": "paper",
    ".docx": "paper",
    ".txt": "paper",
    ".md": "paper",
    ".xlsx": "xlsx",
    ".html": "html",
}
_OWN = {"paper": ".pdf", "xlsx": ".xlsx", "html": ".html"}


@click.command()
@click.argument("whom", metavar="[CLASS|GROUP|INITIALS]", required=False)
@click.option("--class", "class_", type=LINE, metavar="CLASS", help="For a class.")
@click.option("--group", type=LINE, help="For a group.")
@click.option(
    "--for", "who", type=LINE, metavar="INITIALS", help="For a member of staff."
)
@click.option("--from", "first", type=DAY, help="First day (default this Monday).")
@click.option("--to", "last", type=DAY, help="Last day (default the Friday after it).")
@click.option(
    "--as", "kind", type=click.Choice(("paper", "xlsx", "html")), help="What it is."
)
@click.option(
    "--ask",
    type=click.Choice(KINDS),
    multiple=True,
    help="Only these questions (repeatable).",
)
@click.option("--expires", type=DAY, help="Last day on which it is taken back.")
@click.option("--output", metavar="FILE", help="Write to this file.")
@click.option("--force", is_flag=True, help="Write over an existing file.")
@writing
@pass_app
def sheet(
    app: App,
    /,
    whom: str | None,
    kind: str | None,
    output: str | None,
    fmt: str,
    *,
    force: bool,
    **typed: Any,
) -> None:
    """Make a sheet for a teacher or TA to fill in.

    It asks for sessions, measures, what helped, views and concerns, and only of the
    pupils of that class or group, or whom that person supports. What is written on
    paper is typed in with sen tick, sen scores, sen views and sen concern; the other
    kinds are taken back with sen take. What is on it is noted with each pupil.
    """
    reading = app.read()
    named = {"whom": whom, **{name: typed[name] for name in ("class_", "group", "who")}}
    audience = _audience(reading, {k: v for k, v in named.items() if v is not None})
    order = _order(app, audience, typed)
    kind = _kind(kind, output)
    records = {str(r["id"]): r for r in reading.pupils()}
    made = sheet_of(
        order,
        records.values(),
        House(reading.school, reading.provisions, reading.groups),
        app.new_ids(*records.values())("sheet"),
    )
    if not made["pupils"]:
        raise NotFound(
            f"There is nothing to ask of {audience.name} {_span(order)}.",
            "For other days: --from DATE --to DATE. See who leads what: sen map",
        )
    place = output or f"sheet-{_plain(audience.name)}-{made['sheet']}{_OWN[kind]}"
    check_file(Path(place), force=force)
    data = _file(app, made, kind, place)

    def work(draft: Draft) -> Act:
        back = "sen take FILE"
        if kind == "paper":
            back = (
                "what is written on it is typed: sen tick GROUP, sen scores GROUP, "
                "sen views GROUP"
            )
        return _noted(app, draft, made, (place, back))

    put(app, data, place, force=force, noted=lambda: save(app, work, fmt))


def _audience(reading: Reading, named: dict[str, str]) -> Audience:
    """Whose sheet it is.

    Raises:
        UsageFault: nobody is named, or more than one.
        NotFound: no such class, group or person.
    """
    if not named and prompts.can_ask():
        return prompts.ask_for(
            lambda typed: _guessed(reading, typed),
            "--for",
            "For whom? (a class, a group, or initials)",
        )
    if len(named) != 1:
        raise UsageFault(
            "A sheet is for one class, one group or one person.",
            "Name it: --class CLASS, --group GROUP or --for INITIALS",
        )
    ((how, typed),) = named.items()
    return _AUDIENCES[how](reading, typed)


def _guessed(reading: Reading, typed: str) -> Audience:
    """A class, initials or a group, by one word."""
    with suppress(NotFound):
        return _class(reading, typed)
    staff = reading.school.get("staff", ())
    if fold(typed) in {fold(one["initials"]) for one in staff}:
        return _person(reading, typed)
    try:
        return _group(reading, typed)
    except NotFound:
        raise NotFound(
            f"No class, member of staff or group is called {typed!r}.",
            "See them: sen staff list, sen group list",
        ) from None


def _group(reading: Reading, typed: str) -> Audience:
    found = find_group(typed, reading.groups)
    return Audience("group", str(found["id"]), str(found["name"]))


def _person(reading: Reading, typed: str) -> Audience:
    person = find_staff(typed, reading.school)
    if lookup.staff_left(person, reading.day):
        raise InvalidValue(
            f"{person['name']} has left the school.",
            "Name who gives it now: --for INITIALS",
        )
    return Audience("person", str(person["initials"]), str(person["name"]))


def _class(reading: Reading, typed: str) -> Audience:
    name = named_class(typed, classes(reading.pupils(), reading.day))[0]
    return Audience("class", name, f"Class {name}")


_AUDIENCES: dict[str, Callable[[Reading, str], Audience]] = {
    "whom": _guessed,
    "class_": _class,
    "group": _group,
    "who": _person,
}


def _order(app: App, audience: Audience, typed: dict[str, Any]) -> Order:
    """The days of the sheet, and until when it is taken back."""
    first = typed["first"] or monday(typed["last"] or app.today)
    last = typed["last"] or max(first, add_days(monday(first), _FRIDAY))
    if last < first:
        raise InvalidValue(
            f"The sheet would end on {words(last)}, before it begins on "
            f"{words(first)}.",
            "Give a later --to, or an earlier --from.",
        )
    if lookup.days_between(first, last) >= MOST_DAYS:
        raise InvalidValue(
            f"A sheet is for {MOST_DAYS} days at most.", "Make several: --from, --to"
        )
    expires = typed["expires"] or add_days(max(last, app.today), _BACK)
    if expires < app.today:
        raise InvalidValue(
            f"The sheet would have expired on {words(expires)} already.",
            "Give a later day: --expires DATE",
        )
    return Order(audience, first, last, app.today, expires, tuple(typed["ask"]))


def _kind(kind: str | None, output: str | None) -> str:
    """What is made: as said, else by the file's ending, else paper.

    Raises:
        UsageFault: the ending is of another kind, or of none.
    """
    if output is not None and output.strip() in {"", "-"}:
        raise UsageFault("A sheet is a file.", "Name it: --output FILE")
    ending = Path(output).suffix.casefold() if output else ""
    by_ending = _ENDINGS.get(ending)
    if ending and (by_ending is None or kind not in {None, by_ending}):
        wanted = [e for e, k in _ENDINGS.items() if kind in {None, k}]
        raise UsageFault(
            f"{Path(str(output)).name} is no name for that.",
            f"Give it one of these endings: {', '.join(wanted)}",
        )
    return kind or by_ending or "paper"


def _file(app: App, made: Record, kind: str, place: str) -> bytes:
    if kind == "xlsx":
        from sencli.exchange.sheet_to_fill import write

        return write(made)
    if kind == "html":
        from sencli.formats.sheet_page import page

        return page(made)
    from sencli.documents.school.tick_sheet import build
    from sencli.documents.view import Letterhead

    view = build(made, Letterhead(str(made["school"])))
    formats = {".docx": "docx", ".txt": "text", ".md": "md"}
    fmt = formats.get(Path(place).suffix.casefold(), "pdf")
    return rendered(app, [view], fmt, place)


def _noted(app: App, draft: Draft, made: Record, told: tuple[str, str]) -> Act:
    """The sheet noted with each pupil whose name is on it."""
    place, back = told
    kept = {
        "id": made["sheet"],
        "seal": made["seal"],
        "from": made["from"],
        "until": made["to"],
        "due": made["expires"],
    }
    records = {}
    for one in made["pupils"]:
        path = pupil_path(one["id"])
        record = draft.read(path)
        asks = items_asked(made, one["id"])
        paper = {
            "document": "sheet",
            "to": made["for"],
            "content": fingerprint([record]),
            "sheet": {**kept, **({"covers": asks} if asks else {})},
        }
        records[path] = issue(record, paper, context_of(app, record))
    names = [one["name"] for one in made["pupils"]]
    return Act(
        {},
        f"Made a sheet for {made['for']}: {place}\n"
        f"  It holds {plural(len(names), 'name')} ({lookup.joined(names)}) and "
        f"{plural(len(made['questions']), 'question')}, for {words(made['from'])} to "
        f"{words(made['to'])}.\n"
        f"  It is taken back until {words(made['expires'])}: {back}",
        {
            "sheet": made["sheet"],
            "pupils": [one["id"] for one in made["pupils"]],
            "expires": made["expires"],
            "file": place,
        },
        trailers=(("Sheet", made["sheet"]),),
        records=records,
        action="sheet.make",
        subject=f"Make the sheet {made['sheet']} for {plural(len(names), 'pupil')}",
    )


def _span(order: Order) -> str:
    return f"from {words(order.first)} to {words(order.last)}"


def _plain(name: str) -> str:
    """The name as part of a file's name."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-")[:40] or "school"
