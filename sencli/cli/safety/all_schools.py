"""``sen --all-in DIR``: one list of the records of many schools, only read."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import click

from sencli import terms
from sencli.cli import COMMANDS
from sencli.cli.shell.app import App
from sencli.cli.shell.app import ended
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.lazy import command_at
from sencli.cli.shell.progress import progress
from sencli.core.reports.all_schools import CAN
from sencli.core.reports.all_schools import COUNTED
from sencli.core.reports.all_schools import FIGURES
from sencli.core.reports.all_schools import GOVERNORS
from sencli.core.reports.all_schools import SchoolPart
from sencli.core.text.plural import plural
from sencli.errors import EnvironmentFault
from sencli.errors import IntegrityFault
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import SencliError
from sencli.errors import UsageFault
from sencli.store.files import shell
from sencli.store.records.missing_files import Vanished

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from sencli.documents.view import Table
    from sencli.documents.view import View

_FIRST = {line.split()[0] for line in CAN}
_OF_ONE = frozenset({"counts", "targets", "pupils", "opened", "everything", "by"})
_KINDS = (UsageFault, InvalidValue, NotFound, EnvironmentFault, IntegrityFault)
_TYPED = ("fmt", "output", "force", "as_at", "known_at")
_PRINTS = frozenset({*_TYPED, "document", "year"})
"""What ``print governors`` takes here."""


class _OneOfMany(App):
    """A run on the records of one of the schools."""

    def __init__(self, directory: str) -> None:
        super().__init__(directory)
        self.collected: list[View] = []
        self.said: list[str] = []

    def tell(self, text: str) -> None:
        """Keep a message, which is told with the school's name."""
        self.said.append(text)


@click.command(hidden=True)
@click.argument("folder")
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
@click.option("--names", is_flag=True)
@pass_app
def all_schools(app: App, folder: str, words: Sequence[str], *, names: bool) -> int:
    """Read the records of every school in a folder, as one list."""
    from sencli.store.files.parallel import cores
    from sencli.store.files.parallel import spread
    from sencli.store.repository.clones import clones

    app.reads_many = True
    names = names or "--names" in words[1:]
    if not words:
        raise UsageFault("--all-in needs a list.", f"One of these: {', '.join(CAN)}")
    name, *rest = [word for word in words if word != "--names"]
    command = command_at(COMMANDS[name].target) if name in _FIRST else None
    if command is None or (name == "print" and not rest):
        raise _refused(name)
    typed = command.make_context(
        name, list(rest), parent=click.get_current_context().find_root()
    )
    listed = _name_of(name, typed)
    found = clones(folder)
    if typed.params["output"]:
        _check_output(Path(typed.params["output"]), folder, force=typed.params["force"])
    work = partial(
        _read, str(Path(folder).resolve()), command, name, tuple(rest), names
    )
    with progress("Reading schools", len(found)) as tick:
        told = spread(work, found, tick, min(cores(), len(found)))
    parts = [SchoolPart(**json.loads(text)) for text in told]
    if any(part.school for part in parts):
        with typed:
            _show(app, listed, parts, typed.params, names=names)
    return _end(app, parts, folder)


def _check_output(output: Path, folder: str, *, force: bool) -> None:
    """Refuse a file in a school's folder, or one that is there, before all is read."""
    from sencli.cli.shell.output import check_file

    top, place = Path(folder).resolve(), output.resolve()
    if place.is_relative_to(top) and place.parent != top:
        raise UsageFault(
            f"{output} is in a school's folder, where nothing is written.",
            "Name a file elsewhere.",
        )
    check_file(output, force=force)


def _refused(name: str) -> UsageFault:
    return UsageFault(
        f"--all-in only reads lists, and sen {name} is not one of them.",
        f"One of these: {', '.join(CAN)}",
    )


def _name_of(name: str, typed: click.Context) -> str:
    """The list that is meant: ``register``, ``print governors``.

    Raises:
        UsageFault: it is another paper, or an option is of one school alone.
    """
    given = {
        key
        for key, value in typed.params.items()
        if value not in (None, (), False, "")
        and typed.get_parameter_source(key) is click.core.ParameterSource.COMMANDLINE
    }
    if name == "print":
        document = typed.params["document"]
        if f"print {document}" != GOVERNORS:
            raise _refused(f"print {document}")
        odd = given - _PRINTS
    else:
        odd = given & _OF_ONE
    if odd:
        raise UsageFault(
            f"--all-in does not take {', '.join(_as_typed(typed, odd))}.",
            f"Leave it out, or name the school: sen -C DIR {name}",
        )
    if (fmt := typed.params["fmt"]) not in {None, *terms.FORMATS}:
        raise UsageFault(
            f"Lists of many schools do not come as {fmt}.",
            f"Choose one of: {', '.join(terms.FORMATS)}.",
        )
    return GOVERNORS if name == "print" else name


def _as_typed(typed: click.Context, odd: Iterable[str]) -> list[str]:
    """The options as they are typed, or what an argument is called."""
    made = {param.name: param for param in typed.command.params}
    return sorted(_word(made[key]) for key in odd)


def _word(param: click.Parameter) -> str:
    long = [word for word in param.opts if word.startswith("--")]
    return long[0] if long else param.human_readable_name


def _read(
    folder: str,
    command: click.Command,
    name: str,
    rest: Sequence[str],
    names: bool,
    school: str,
) -> str:
    """What one school gives, as JSON: whatever is wrong with it, the others go on."""
    from sencli.store.repository.clones import refuse_unsafe
    from sencli.value import contents
    from sencli.value import names as fields

    path = str(Path(folder, school))
    part = SchoolPart(school)
    try:
        refuse_unsafe(path)
        part = _tried(path, school, command, name, rest, names=names)
    except SencliError as fault:
        part = SchoolPart(school, fault=fault.message, code=fault.exit_code)
    except (OSError, RecursionError) as fault:
        what = f"The computer reported an error: {type(fault).__name__}."
        part = SchoolPart(school, fault=what, code=EnvironmentFault.exit_code)
    return json.dumps(dict(zip(fields(part), contents(part), strict=True)))


# what work on records that do not fit their schema fails with
_ODD = (KeyError, TypeError, ValueError, AttributeError, IndexError)


def _tried(
    path: str,
    school: str,
    command: click.Command,
    name: str,
    rest: Sequence[str],
    *,
    names: bool,
) -> SchoolPart:
    """The school's part; once more without invalid records where one breaks it."""
    for strict in (False, True):
        app = _OneOfMany(path)
        app.strict = strict
        top = click.Context(click.Group("sen"), info_name="sen", obj=app)
        with suppress(*(() if strict else _ODD)), top:
            typed = command.make_context(name, list(rest), parent=top)
            with typed:
                make = _figures if name == "print" else _list
                part = make(app, school, typed, names=names)
            return _with_left_out(app, part)
    raise InvalidValue("Its records hold what this command cannot work with.")


def _list(
    app: _OneOfMany, school: str, typed: click.Context, *, names: bool
) -> SchoolPart:
    """The rows of the school's list and their counts."""
    from sencli.documents.lists.all_schools import rows_of

    usual = {"fmt": "csv", "output": None, "force": False}
    usual |= {"no_forecast": True, "names": False}
    typed.params |= {key: usual[key] for key in usual.keys() & typed.params.keys()}
    code = typed.command.invoke(typed)
    command = str(typed.info_name)
    rows = rows_of(command, _first_table(app.collected), names=names)
    return SchoolPart(
        school,
        str(app.school.get("name", "")) or school,
        json.dumps(rows, default=str),
        COUNTED[command](rows),
        code=code if isinstance(code, int) else 0,
    )


def _first_table(views: Sequence[View]) -> Table:
    """The list itself; none where there was nothing to list."""
    from sencli.documents.view import Table
    from sencli.formats.csv_ import tables_of

    found = (table for view in views for table in tables_of(view.blocks))
    return next(found, Table((), ()))


def _figures(
    app: _OneOfMany, school: str, typed: click.Context, *, names: bool
) -> SchoolPart:
    """The governors' figures of the school, small ones withheld."""
    from sencli.cli.papers.map import period
    from sencli.core.record.packed import Packed
    from sencli.core.reports.all_schools import SMALL
    from sencli.core.reports.governors import figures
    from sencli.core.school.settings import settings
    from sencli.core.time.calendar import year_of

    del names  # none is on the paper
    given = typed.params
    reading = app.read(given["known_at"], given["as_at"])
    day = reading.day
    span = period(day, None, None, given["year"]) or year_of(day)
    records = Packed(reading.pupils())
    small = max(SMALL, settings(reading.school).small_number)
    shown, whole = (
        figures(records, reading.school, day, span, least) for least in (small, 0)
    )
    counts = {key: getattr(shown, key) for key in FIGURES}
    exact = {key: getattr(whole, key) for key in FIGURES if counts[key] is None}
    called = str(reading.school.get("name", "")) or school
    return SchoolPart(school, called, counts=counts, exact=exact)


def _with_left_out(app: _OneOfMany, part: SchoolPart) -> SchoolPart:
    """The part, which says how much of the school could not be read.

    Not what of a record: the message may hold a pupil's name.
    """
    from sencli.cli.shell.school_file_warnings import school_file_warning
    from sencli.value import replace

    part = replace(part, said=tuple(app.said))
    if (fault := ended(app)) is None:
        slip = school_file_warning(app)
        # of many findings of a check it is one
        if slip is None or part.code:
            return part
        return replace(part, fault=slip[0], code=InvalidValue.exit_code)
    found = app.left_out.values()
    count = sum(len(f.paths) if isinstance(f, Vanished) else 1 for f in found)
    are = "is" if count == 1 else "are"
    what = f"{plural(count, 'record')} could not be read and {are} left out."
    return replace(part, fault=what, code=fault.exit_code)


def _show(
    app: App,
    listed: str,
    parts: Sequence[SchoolPart],
    typed: dict[str, Any],
    *,
    names: bool,
) -> None:
    """Print the list: in text and json school by school, else as one table."""
    from sencli.cli.shell.output import emit
    from sencli.cli.shell.output import format_of
    from sencli.cli.shell.output import pour
    from sencli.documents.lists import all_schools as made
    from sencli.value import replace

    fmt, output = typed["fmt"], typed["output"]
    day = typed.get("as_at") or typed.get("known_at") or app.today
    wanted = format_of(fmt, output)
    data = made.data_of(listed, parts)
    if output is None and wanted in {"text", "table", "json"}:
        head = made.view(listed, parts, day, names=names, data=None)
        pour(app, head, made.tables(listed, parts, names=names), data, wanted)
        return
    view = made.view(listed, parts, day, names=names, data=lambda: list(data))
    if listed != GOVERNORS:
        rows = made.one_table(listed, parts, names=names)
        # a csv is one table
        before = () if wanted == "csv" else view.blocks
        view = replace(view, blocks=(*before, rows))
    emit(app, [view], fmt, output, force=typed["force"])


def _end(app: App, parts: Sequence[SchoolPart], folder: str) -> int:
    """Tell what was said of each school; the exit code.

    Raises:
        SencliError: a school could not be read, or not all of it.
    """
    for part in parts:
        for text in part.said:
            app.tell(f"{part.folder}: {text}")
    wrong = [part for part in parts if part.fault]
    if not wrong:
        return max((part.code for part in parts), default=0)
    kind = next(
        (kind for kind in _KINDS if kind.exit_code == wrong[0].code), InvalidValue
    )
    listed = "".join(f"\n  {part.folder}: {part.fault}" for part in wrong)
    if len(parts) > 1 and len({(part.fault, part.school) for part in parts}) == 1:
        raise kind(wrong[0].fault, f"It is the same in all {len(parts)} schools.")
    number = plural(len(wrong), "school")
    first = str(Path(folder, wrong[0].folder))
    look = shell.joined("sen", "-C", first, "check")
    raise kind(
        f"{number} of {len(parts)} could not be read, or not all of it:{listed}",
        f"Look at each by itself: {look}",
    )
