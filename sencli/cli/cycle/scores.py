"""``sen scores``: the outcomes of a group or a class, measured in one change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from sencli.cli import WORDS as WORDS_TYPED
from sencli.cli.shell import prompts
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import context_of
from sencli.cli.shell.writing import of_pupil
from sencli.cli.shell.writing import save
from sencli.core.cycle import group_week
from sencli.core.cycle.groups import find_group
from sencli.core.cycle.outcomes import measure_outcome
from sencli.core.cycle.scales import parse
from sencli.core.people.context import PROVISIONS
from sencli.core.people.context import staff
from sencli.core.record import find
from sencli.core.record import lookup
from sencli.core.record.act import Act
from sencli.core.record.acts_together import together
from sencli.core.text.lines import shortened
from sencli.core.text.placeholders import refuse
from sencli.core.text.plural import plural
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import SencliError
from sencli.errors import UsageFault
from sencli.safe import safe_text
from sencli.store.records.records import pupil_path
from sencli.store.repository.pupil_names import names_in
from sencli.value import Value

if TYPE_CHECKING:
    from sencli.core.cycle.group_week import Measured
    from sencli.store.records.draft import Draft

_SHORT = 34


class Score(Value):
    """A value for an outcome, as it was typed.

    Attributes:
        row: the pupil's outcome.
        value: as typed.
        typed: the whole word, for messages.
    """

    row: Measured
    value: str
    typed: str


@click.command()
@click.argument("which", metavar="GROUP", required=False)
@click.argument("words", metavar="[PUPIL=VALUE]...", nargs=-1)
@click.option("--class", "class_", metavar="CLASS", help="A class, not a group.")
@click.option(
    "--value",
    "values",
    multiple=True,
    metavar="PUPIL=VALUE",
    help="A value; PUPIL/2=VALUE is for the second outcome (repeatable).",
)
@click.option("--outcome", type=LINE, help="Only those of that number or wording.")
@click.option("--date", "date", type=PAST, help="When (default today).")
@click.option("--by", type=LINE, help="Who measured: initials.")
@click.option("--note", type=WORDS, help="A note, the same for all.")
@writing
@pass_app
def scores(
    app: App,
    /,
    which: str | None,
    words: tuple[str, ...],
    class_: str | None,
    values: tuple[str, ...],
    outcome: str | None,
    fmt: str,
    **typed: str | None,
) -> None:
    """Measure the outcomes of a group or a class.

    Without values it lists them; at a terminal it asks for one after another, and
    Enter leaves one out. All are one change: if one is at fault nothing is saved.
    """
    from sencli.cli.shell.output import emit
    from sencli.documents.lists.group_tables import score_table

    if class_ and which:
        words = (which, *words)
    day = typed["date"] or app.today
    title, rows = rows_of(app, None if class_ else which, class_, day)
    if outcome and not (rows := group_week.about(rows, outcome)):
        raise NotFound(
            f"No outcome in {title} fits {outcome!r}.",
            "Leave --outcome out to see them all.",
        )
    if typed["by"]:
        staff(typed["by"], app.school)  # refused once, not for each value
    typed_values = (*words, *values)
    if typed_values:
        found = _read(rows, typed_values, title)
    else:
        emit(
            app,
            [score_table(title, rows, day, app.school)],
            fmt if fmt != "text" else "table",
            by_screens=False,  # the question stands under it
        )
        if not rows or not prompts.can_ask():
            return
        found = _scores_typed_in(rows)
        if not found:
            app.say("No value was typed: nothing is saved.")
            return
    fields = {name: value for name, value in typed.items() if value is not None}

    def work(draft: Draft) -> Act:
        return _measured(app, draft, found, fields)

    save(app, work, fmt)


def rows_of(
    app: App, which: str | None, class_: str | None, day: str
) -> tuple[str, list[Measured]]:
    """What it is of, and its outcomes."""
    reading = app.read()
    scales = reading.provisions.get("scales", ())
    if class_:
        rows = group_week.of_class(reading.pupils(), class_, day, scales)
        if not rows:
            raise NotFound(
                f"No pupil of class {class_} has an outcome in an open cycle.",
                "See the classes: sen pupil list",
            )
        return f"Class {class_}", rows
    if which is None:
        if not prompts.can_ask():
            verb = click.get_current_context().info_name
            raise UsageFault(
                "Which group or class?",
                f"Name it: sen {verb} GROUP, or: sen {verb} --class CLASS",
            )
        ctx = click.get_current_context()
        param = next(one for one in ctx.command.params if one.name == "which")
        raise click.MissingParameter(ctx=ctx, param=param)
    group = find_group(which, reading.groups)
    rows = group_week.of_group(reading.pupils(), group["id"], day, scales)
    return str(group["name"]), rows


def _read(rows: Sequence[Measured], typed: Sequence[str], title: str) -> list[Score]:
    """The values that were typed, each with its outcome.

    Raises:
        InvalidValue: some are at fault; says each, with the line to type again.
    """
    found: list[Score] = []
    faults = []
    for word in typed:
        try:
            one = _one(rows, word, title)
            if any(other.row is one.row for other in found):
                raise UsageFault("There are two values for the same outcome.")
            found.append(one)
        except SencliError as fault:
            faults.append(f"{word}: {fault.message} {fault.hint}".strip())
    if faults:
        raise _refused(faults)
    return found


def _refused(faults: Sequence[str]) -> InvalidValue:
    listed = "".join(f"\n  {one}" for one in faults)
    return InvalidValue(
        f"Nothing was saved:{listed}",
        f"Put it right and type it again: {prompts.command_line()}",
    )


def _one(rows: Sequence[Measured], word: str, title: str) -> Score:
    who, mark, value = word.partition("=")
    name, _, number = who.partition("/")
    if not mark or not value.strip():
        raise UsageFault("That is no pupil with a value.", "Write PUPIL=VALUE.")
    names = {row.record["id"]: names_in(row.record["id"], row.record) for row in rows}
    try:
        pupil = find.pupil(name.strip(), list(names.values()))
    except NotFound:
        there = ", ".join(one.shown for one in names.values()) or "nobody"
        raise NotFound(
            f"Nobody with an outcome in {title} fits {name!r}.", f"In it: {there}."
        ) from None
    own = [row for row in rows if row.record["id"] == pupil.id]
    if number:
        own = group_week.about(own, number)
    if len(own) != 1:
        every = [row for row in rows if row.record["id"] == pupil.id]
        listed = "; ".join(f"{r.number} {r.outcome['outcome']}" for r in every)
        raise UsageFault(
            f"Which outcome of {lookup.display_name(every[0].record)}: {listed}?",
            f"Write its number: {name}/{every[0].number}={value}",
        )
    return Score(own[0], _value(own[0], value), word)


def _value(row: Measured, typed: str) -> str:
    """The value, where it fits the outcome's scale."""
    text = refuse(typed.strip(), evidence=False)
    try:
        parse(text, row.scale)
    except SencliError as fault:
        name = lookup.display_name(row.record)
        mine = f"{row.record['id']} {row.number}"
        hint = fault.hint.replace("PUPIL OUTCOME", mine)
        raise type(fault)(f"{name}: {fault.message}", hint) from None
    return text


def _scores_typed_in(rows: Sequence[Measured]) -> list[Score]:
    """A value a row; Enter leaves it out, and what does not fit is asked again."""
    from sencli.cli.shell.asking import Stopped

    found: list[Score] = []
    try:
        for row in rows:
            if (value := _answer(row)) is not None:
                typed = f"{row.record['id']}/{row.number}={value}"
                found.append(Score(row, value, typed))
        if found:
            for one in found:
                name = lookup.display_name(one.row.record)
                text = f"  {name}: {one.row.last or 'nothing'} -> {one.value}"
                click.echo(safe_text(text), err=True)
            prompts.go_on(f"Save {plural(len(found), 'value')}?")
    except (click.Abort, KeyboardInterrupt):
        if not found:
            raise
        more = [word for one in found for word in ("--value", one.typed)]
        raise Stopped([*click.get_current_context().meta[WORDS_TYPED], *more]) from None
    return found


def _answer(row: Measured) -> str | None:
    name = lookup.display_name(row.record)
    aim = shortened(row.outcome["outcome"], _SHORT, "…")
    last = f" (last {row.last})" if row.last else ""
    while True:
        typed = prompts.line(f"{name}, {aim}{last}")
        if not typed:
            return None
        try:
            return _value(row, typed)
        except SencliError as fault:
            prompts.say_fault(fault)


def _measured(
    app: App, draft: Draft, found: Sequence[Score], fields: dict[str, str]
) -> Act:
    """Every value entered, or none: each fault is said with its pupil."""
    acts, faults = [], []
    files = {PROVISIONS: draft.read(PROVISIONS)}
    for one in found:
        pupil = one.row.record["id"]
        path = pupil_path(pupil)
        record = draft.read(path)  # with what was entered just before
        context = context_of(app, record, files)
        try:
            act = measure_outcome(
                record, one.row.outcome["id"], one.value, fields, context
            )
        except SencliError as fault:
            faults.append(f"{one.typed}: {fault.message} {fault.hint}".strip())
            continue
        draft.put(path, act.record)
        acts.append(of_pupil(act, pupil, "outcome.measure", ""))
    if faults:
        raise _refused(faults)
    return together(acts, f"Measure {plural(len(acts), 'outcome')}")
