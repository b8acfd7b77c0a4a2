"""``sen take``: the answers to sheets, looked over and taken into the records."""

from __future__ import annotations

import json
from collections.abc import Callable
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sencli.cli.shell import prompts
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.app import refuse
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import context_of
from sencli.cli.shell.writing import save
from sencli.core.handover.answered import LEFT
from sencli.core.handover.answered import NEW
from sencli.core.handover.answered import OTHER
from sencli.core.handover.answered import SAME
from sencli.core.handover.answered import Line
from sencli.core.handover.answered import Way
from sencli.core.handover.answered import with_answers
from sencli.core.handover.answers import Desk
from sencli.core.handover.answers import Given
from sencli.core.handover.answers import accepted
from sencli.core.handover.answers import checked
from sencli.core.handover.answers import one_of_each
from sencli.core.handover.answers import parsed
from sencli.core.people.context import PROVISIONS
from sencli.core.record import find
from sencli.core.record import lookup
from sencli.core.record.act import Act
from sencli.core.text.dates import words
from sencli.core.text.plural import plural
from sencli.errors import Conflict
from sencli.errors import EnvironmentFault
from sencli.errors import NotFound
from sencli.errors import SencliError
from sencli.errors import UsageFault
from sencli.safe import safe_text
from sencli.store.files import files
from sencli.store.records.records import pupil_path
from sencli.store.repository.pupil_names import names_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sencli.core.record.types import Record
    from sencli.store.records.draft import Draft

_MOST = 5_000_000
_ALL = "all"


@click.command("take")
@click.argument("sheets", metavar="FILE...", nargs=-1, required=True)
@click.option(
    "--use",
    multiple=True,
    metavar="N|all",
    help="Answers, by number, that take the place of what the record says.",
)
@click.option(
    "--keep",
    multiple=True,
    metavar="N|all",
    help="Answers that do not: the record stays as it is.",
)
@click.option("--late", is_flag=True, help="Take sheets that have expired since.")
@click.option("--dry-run", is_flag=True, help="Show what would be taken.")
@click.option("--yes", is_flag=True, help="Take them without asking.")
@writing
@pass_app
def take_answers(
    app: App,
    *,
    sheets: tuple[str, ...],
    use: tuple[str, ...],
    keep: tuple[str, ...],
    late: bool,
    dry_run: bool,
    yes: bool,
    fmt: str,
) -> None:
    """Take back sheets that a teacher or TA filled in.

    FILE is what the page saved (.json), or the workbook (.xlsx). Each answer is shown
    first, with who gave it. Nothing is taken twice; where the record says something
    else already, it is asked which holds. All files are one change.
    """
    reading = app.read()
    records = {str(record["id"]): record for record in reading.pupils()}
    refuse(app)
    found = one_of_each(_given(app, records, file, late=late) for file in sheets)
    _, lines = _held(app, records, reading.provisions, found, frozenset())
    if dry_run and fmt == "json":
        told = {"answers": list(map(_promised, lines))}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        _show(app.say if dry_run else app.tell, found, lines)
    chosen = _decided(lines, _numbers(lines, use), _numbers(lines, keep), dry=dry_run)
    _, lines = _held(app, records, reading.provisions, found, chosen)
    if dry_run:
        app.tell("Nothing was changed.")
        return
    if new := _taken_in(lines, chosen):
        prompts.confirmed(f"Take {plural(len(new), 'answer')} in?", yes=yes)

    def work(draft: Draft) -> Act:
        # under the lock only whom the answers are about
        about = {line.pupil for line in lines if line.pupil}
        now = {**records, **{one: draft.read(pupil_path(one)) for one in about}}
        after, again = _held(app, now, draft.read(PROVISIONS), found, chosen)
        seen, now_seen = ([(o.state, o.there) for o in part] for part in (lines, again))
        if now_seen != seen:
            raise Conflict(
                "A record changed meanwhile; nothing was taken.",
                "Type the command again.",
            )
        return _act(after, found, _taken_in(again, chosen))

    save(app, work, fmt)


def _taken_in(lines: Sequence[Line], chosen: frozenset[int]) -> list[Line]:
    """The answers that are entered."""
    return [one for one in lines if one.state == NEW or one.number in chosen]


def _given(app: App, records: Mapping[str, Record], file: str, *, late: bool) -> Given:
    """The answers in a file; what is wrong with it is said with its name."""
    name = Path(file).name
    desk = Desk(records, app.school, app.today, late)
    try:
        data = files.read_any(file, _MOST + 1)
    except FileNotFoundError:
        raise NotFound(
            f"There is no file {file}.", "Drag it into this window to get its name."
        ) from None
    except OSError as error:
        raise EnvironmentFault(f"{file} cannot be read: {error.strerror}.") from None
    try:
        if Path(file).suffix.casefold() != ".json":
            from sencli.exchange.workbook import is_workbook

            if is_workbook(data):
                from sencli.exchange.sheet_filled import answers_in

                return accepted(answers_in(data), desk, name)
        return checked(parsed(data), desk, name)
    except SencliError as fault:
        raise type(fault)(f"{name}: {fault.message}", fault.hint) from None


def _held(
    app: App,
    records: Mapping[str, Record],
    catalogue: Record,
    found: Sequence[Given],
    chosen: frozenset[int],
) -> tuple[dict[str, Record], list[Line]]:
    """The answers held against the records."""
    names = [names_in(pupil, record) for pupil, record in records.items()]
    way = Way(
        lambda record: context_of(app, record, {PROVISIONS: catalogue}),
        lambda typed: str(find.pupil(typed, names).id),
        chosen,
    )
    return with_answers(records, found, way)


_SHOWN = {
    NEW: "new",
    SAME: "there already",
    OTHER: "the record says something else",
    LEFT: "left out",
}


def _promised(line: Line) -> dict[str, object]:
    """An answer in json."""
    given = line.given
    return {
        "number": line.number,
        "file": given.file,
        "sheet": given.sheet,
        "given_by": given.by,
        "given_on": given.day,
        "pupil": line.pupil,
        "answer": line.said,
        "state": line.state,
        "there": line.there or None,
    }


def _show(
    tell: Callable[[str], None], found: Sequence[Given], lines: Sequence[Line]
) -> None:
    """What becomes of each answer, by file and pupil."""
    before: tuple[str, ...] = ()
    for line in lines:
        given = line.given
        file = (given.file, given.by, given.day)
        if file != before[:3]:
            tell(
                f"{given.file}: sheet {given.sheet}, given by {given.by} on "
                f"{words(given.day)}"
            )
        if (*file, line.pupil, line.name) != before:
            tell(f"  {line.name}")
        before = (*file, line.pupil, line.name)
        text = f"{line.said} [{_SHOWN[line.state]}]"
        if line.state in {OTHER, LEFT}:
            text += f"\n{line.there}"
        tell(safe_text(f"    {line.number}. " + text.replace("\n", "\n       ")))
    for one in found:
        if one.gone:
            tell(
                f"{one.file}: {plural(one.gone, 'answer')} about a pupil who is no "
                "longer in these records: left out."
            )
    counts = [
        f"{n} {_SHOWN[state]}"
        for state in _SHOWN
        if (n := sum(line.state == state for line in lines))
    ]
    tell(f"{plural(len(lines), 'answer')}: {', '.join(counts) or 'none'}.")


def _numbers(lines: Sequence[Line], typed: Sequence[str]) -> set[int]:
    """The answers that were named, where the record says something else.

    Raises:
        UsageFault: a number of none of them.
    """
    others = {line.number for line in lines if line.state == OTHER}
    found: set[int] = set()
    for word in (w.strip() for text in typed for w in text.split(",")):
        if word.casefold() == _ALL:
            found |= others
        elif word.isdecimal() and int(word) in others:
            found.add(int(word))
        else:
            listed = ", ".join(map(str, sorted(others))) or "none"
            raise UsageFault(
                f"{word!r} is no answer about which to choose. There are: {listed}.",
                "Name one by its number, or all.",
            )
    return found


def _decided(
    lines: Sequence[Line], use: set[int], keep: set[int], *, dry: bool
) -> frozenset[int]:
    """The numbers of those that take the place of what the record says.

    Raises:
        UsageFault: it was not said of each, and nobody can be asked.
    """
    if both := use & keep:
        raise UsageFault(
            f"{lookup.joined(sorted(map(str, both)))} is both used and kept.",
            "Name each with --use or with --keep.",
        )
    open_ = [
        line for line in lines if line.state == OTHER and line.number not in use | keep
    ]
    if open_ and not dry and not prompts.can_ask():
        numbers = ",".join(str(line.number) for line in open_)
        raise UsageFault(
            f"The records say something else than {plural(len(open_), 'answer')}: "
            f"{numbers}. Nothing was taken.",
            "To take the answers: "
            + prompts.command_line("--use", numbers)
            + "\nTo leave the records: "
            + prompts.command_line("--keep", numbers),
        )
    for line in [] if dry else open_:
        text = f"{line.number}. {line.name}: {line.said}\n   There: {line.there}"
        click.echo(safe_text(text), err=True)
        if prompts.agreed("Take the sheet's answer in its place?"):
            use = use | {line.number}
    return frozenset(use)


def _act(
    after: Mapping[str, Record], found: Sequence[Given], new: Sequence[Line]
) -> Act:
    """The answers as one change."""
    people = list(dict.fromkeys(one.by for one in found))
    ids = list(dict.fromkeys(one.sheet for one in found))
    said = (
        f"Took {plural(len(new), 'answer')} of {lookup.joined(people)} for "
        f"{plural(len(after), 'pupil')}."
    )
    return Act(
        {},
        said,
        {"sheets": ids, "pupils": list(after), "answers": len(new)},
        trailers=tuple(("Sheet", one) for one in ids),
        records={pupil_path(pupil): record for pupil, record in after.items()},
        action="sheet.take",
        subject=f"Take answers to {plural(len(ids), 'sheet')}",
    )
