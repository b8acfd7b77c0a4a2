"""``sen import ctf``: the SEN history of pupils from a Common Transfer File."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.app import refuse
from sencli.cli.shell.options import writing
from sencli.cli.shell.prompts import confirmed
from sencli.cli.shell.writing import save
from sencli.core.handover.ctf import HistoryTaken
from sencli.core.handover.ctf import cells_of
from sencli.core.handover.ctf import has_history
from sencli.core.handover.ctf import with_history
from sencli.core.record.act import Act
from sencli.core.record.lookup import full_name
from sencli.core.text.dates import words
from sencli.core.text.plural import plural
from sencli.core.text.upn import fault
from sencli.errors import Conflict
from sencli.errors import InvalidValue
from sencli.store.records.records import pupil_path
from sencli.value import Value

if TYPE_CHECKING:
    from sencli.core.handover.import_pupils import Imported
    from sencli.core.record.types import Record
    from sencli.exchange.ctf import CtfFile
    from sencli.exchange.ctf import CtfPupil
    from sencli.store.records.draft import Draft


class _Pupil(Value):
    """A pupil of the file: whether new here, whom that may be, what is taken."""

    new: bool
    like: Sequence[Record]
    history: HistoryTaken


@click.command()
@click.argument("file", metavar="FILE.xml")
@click.option("--dry-run", is_flag=True, help="Show what would change; write nothing.")
@click.option("--yes", is_flag=True, help="Take it in without asking.")
@writing
@pass_app
def ctf(app: App, *, file: str, dry_run: bool, yes: bool, fmt: str) -> None:
    """Take in the SEN history from another school's CTF.

    FILE.xml is a Common Transfer File of any version. Of each pupil with SEN it takes
    the status history and the needs, with ranks and days, each with the school it is
    from. Who is known by UPN, or by name and date of birth, keeps all that the record
    says already; others are added. It is shown first; all of it is one change.
    """
    from sencli.exchange.ctf import read

    found = read(_bytes(file))
    with_sen = [one for one in found.pupils if has_history(one)]
    others = len(found.pupils) - len(with_sen)
    app.tell(_head(found, len(with_sen), others))
    records = list(app.read().pupils())
    refuse(app)
    made = _histories(app, found, with_sen, records)
    _show(app, made)
    changed = [one for one in made if one.history.taken]
    if not changed and fmt == "text":
        app.say("Nothing to change.")
        return
    if dry_run:
        app.tell("Nothing was changed.")
        return
    if changed:
        confirmed(f"Take this in for {plural(len(changed), 'pupil')}?", yes=yes)
    told = [(one.new, one.history.taken) for one in changed]

    def work(draft: Draft) -> Act:
        now = [draft.read(pupil_path(pupil)) for pupil in draft.pupil_ids()]
        again = [
            one for one in _histories(app, found, with_sen, now) if one.history.taken
        ]
        if [(one.new, one.history.taken) for one in again] != told:
            raise Conflict(
                "A record changed meanwhile; nothing was taken.",
                "Type the command again.",
            )
        return _act(again)

    save(app, work, fmt)


def _bytes(file: str) -> bytes:
    from sencli.cli.shell.given_file import stranger
    from sencli.exchange.ctf import LARGEST

    return stranger(file, LARGEST + 1)


def _head(found: CtfFile, with_sen: int, others: int) -> str:
    """What the file is."""
    whose = found.school or "a school that it does not name"
    day = f", made on {words(_day_made(found))}" if _day_made(found) else ""
    aside = f"; {plural(others, 'pupil')} without SEN left aside" if others else ""
    version = f"CTF {found.version}" if found.version else "CTF"
    return f"{version} of {whose}{day}: {plural(with_sen, 'pupil')} with SEN{aside}."


def _day_made(found: CtfFile) -> str:
    from datetime import date

    try:
        return date.fromisoformat(found.made).isoformat()
    except ValueError:
        return ""


def _source(found: CtfFile) -> str:
    """Where the history is from, for the record."""
    number = f"{found.lea}{found.estab}"
    school = found.school or (f"school {number}" if number else "another school")
    day = f", {words(_day_made(found))}" if _day_made(found) else ""
    return f"{school} (CTF{day})"


def _histories(
    app: App, found: CtfFile, pupils: Sequence[CtfPupil], records: Sequence[Record]
) -> list[_Pupil]:
    """What becomes of each pupil; all faults of the file at once.

    Raises:
        InvalidValue: who a pupil is cannot be told.
    """
    cells = {one.number: _cells(app, one) for one in pupils}
    matched = _matched(app, cells, records)
    source = _source(found)
    made = []
    for given in pupils:
        one = matched[given.number]
        record = dict(one.before or one.record)
        if not one.before and found.school:
            record["roll"] = [{"from_school": found.school}]
        history = with_history(
            record, given, source, app.today, app.new_ids(record, *records)
        )
        like = one.like if not one.before else ()
        made.append(_Pupil(not one.before, like, history))
    return made


def _cells(app: App, given: CtfPupil) -> Mapping[str, str]:
    """Who the pupil is; a UPN that is none is told and left out."""
    cells = cells_of(given)
    if "upn" in cells and (wrong := fault(cells["upn"])):
        app.tell(
            f"Note: pupil {given.number} in the file: the UPN is left out: {wrong}."
        )
        del cells["upn"]
    return cells


def _matched(
    app: App, cells: Mapping[int, Mapping[str, str]], records: Sequence[Record]
) -> dict[int, Imported]:
    """Who each pupil is here, by the number in the file."""
    from sencli.core.handover.import_cells import Way
    from sencli.core.handover.import_pupils import imported
    from sencli.resources import load_schema
    from sencli.safe import is_control

    way = Way(
        *(app.today, lambda typed: app.date(typed, "past"), app.new_ids(*records)),
        *(load_schema("pupil"), is_control),
    )
    made, faults = imported([*cells.items()], records, way)
    if faults:
        listed = "".join(f"\n  {one.replace('line', 'pupil', 1)}" for one in faults)
        raise InvalidValue(
            f"The file was not imported; nothing was changed.{listed}",
            "Ask the other school for the CTF again.",
        )
    return {one.line: one for one in made}


def _show(app: App, made: Sequence[_Pupil]) -> None:
    """What would be taken, in words."""
    for one in made:
        record, history = one.history.record, one.history
        known = "new here" if one.new else f"known here as {record['id']}"
        app.tell(f"{full_name(record)} ({known})")
        for line in history.taken:
            app.tell(f"  {line}")
        for note in history.notes:
            app.tell(f"  Note: {note}")
        if not history.taken:
            app.tell("  Nothing new.")
        for other in one.like:
            app.tell(
                f"  Note: looks like {full_name(other)} ({other['id']}). If it is the "
                f"same child, stop here, and type the UPN or the date of birth first: "
                f"sen pupil set {other['id']} upn=UPN"
            )


def _act(made: Sequence[_Pupil]) -> Act:
    """The whole file as one change."""
    new = [str(one.history.record["id"]) for one in made if one.new]
    known = [str(one.history.record["id"]) for one in made if not one.new]
    return Act(
        {},
        f"SEN history taken in: {len(new)} added, {len(known)} changed.",
        {"added": new, "changed": known},
        records={pupil_path(o.history.record["id"]): o.history.record for o in made},
        action="import.ctf",
        subject="Take in SEN history from a CTF",
    )
