"""``sen views`` and ``sen reviews``: a group or a class, name by name, one change."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from sencli.cli.cycle.scores import rows_of
from sencli.cli.shell import prompts
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.asking import optional
from sencli.cli.shell.bad_value import as_fault
from sencli.cli.shell.led import ENTER
from sencli.cli.shell.led import Gathering
from sencli.cli.shell.led import Led
from sencli.cli.shell.led import options
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.run import again
from sencli.core.record import find
from sencli.core.record import lookup
from sencli.core.text.plural import plural
from sencli.errors import InvalidValue
from sencli.errors import SencliError
from sencli.errors import UsageFault

if TYPE_CHECKING:
    from sencli.core.cycle.group_week import Measured
    from sencli.core.record.types import Record

_RESULTS = "achieved, partly achieved, not achieved (as achieved:63)"
_WHICH = click.argument("which", metavar="GROUP", required=False)
_CLASS = click.option(
    "--class", "class_", metavar="CLASS", help="A class instead of a group."
)
_DATE = click.option("--date", type=PAST, help="When (default today).")


@click.command()
@_WHICH
@click.argument("words", metavar="[PUPIL=WORDS]...", nargs=-1)
@_CLASS
@click.option(
    "--of",
    type=click.Choice(("pupil", "parent")),
    default="pupil",
    help="Whose views they are.",
)
@_DATE
@click.option("--how", type=LINE, help="How they were gathered: talk, drawing.")
@pass_app
def views(
    app: App,
    /,
    *,
    which: str | None,
    words: tuple[str, ...],
    class_: str | None,
    of: str,
    date: str | None,
    how: str | None,
) -> None:
    """Gather views for the reviews to come, of a group or a class.

    At a terminal each pupil is asked about in turn, and Enter leaves one out. All of it
    is one change.
    """
    if class_ and which:
        words = (which, *words)
    title, rows = rows_of(app, None if class_ else which, class_, app.today)
    pupils = _pupils(rows)
    more = [("--date", date or app.today), ("--how", how or "")]

    def command(pupil: Record, text: str) -> list[str]:
        said = [(f"--{of}-view", text), *more]
        return ["cycle", "hear", str(pupil["id"]), *options(said)]

    if words:
        given = _by_name(pupils, words, title)
        _save(app, [command(pupil, text) for pupil, text in given], "cycle.hear")
        return
    led = Led(app, "views", str(class_ or which), *_again(class_, which))
    led.tell(f"{title}: what each {of} says. {ENTER}")
    for number, pupil in enumerate(pupils):
        ask = optional(lookup.display_name(pupil))
        while text := led.ask(f"view{number}", ask):
            if led.run(f"view{number}", command(pupil, text)):
                break
    _finish(led, "cycle.hear", f"Keep views for the reviews of {title}")


@click.command()
@_WHICH
@click.argument("words", metavar="[PUPIL/N=RESULT]...", nargs=-1)
@_CLASS
@click.option(
    "--impact",
    type=LINE,
    multiple=True,
    metavar="PUPIL=IMPACT",
    help="What the support did, -2 to +2 (repeatable).",
)
@click.option("--decision", type=LINE, help="What was decided, the same for all.")
@click.option("--attended", type=LINE, help="Who came: parent,KM.")
@_DATE
@pass_app
def reviews(
    app: App,
    /,
    *,
    which: str | None,
    words: tuple[str, ...],
    class_: str | None,
    impact: tuple[str, ...],
    decision: str | None,
    attended: str | None,
    date: str | None,
) -> None:
    """Review the cycles of a group or a class.

    Without results the outcomes are listed, and at a terminal each pupil is asked about
    in turn: what each outcome came to, what the support did, what was decided. Who is
    left out stays open; all others are one change.
    """
    if class_ and which:
        words = (which, *words)
    day = date or app.today
    title, rows = rows_of(app, None if class_ else which, class_, day)
    more = [("--date", day), ("--attended", attended or "")]
    if words:
        lines = _typed(rows, words, impact, title)
        decided = options([*more, ("--decision", decision or "")])
        _save(app, [[*line, *decided] for line in lines], "cycle.review")
        return
    if impact:
        raise UsageFault(
            "--impact says what the support did, and no outcome is judged.",
            "Give the results too: PUPIL/1=achieved:63",
        )
    _table(app, title, rows, day)
    if not rows or not prompts.can_ask():
        return
    led = Led(app, "reviews", str(class_ or which), *_again(class_, which))
    led.tell(f"{ENTER} Nothing said of any outcome leaves the pupil out.")
    for number, pupil in enumerate(_pupils(rows)):
        own = [row for row in rows if row.record["id"] == pupil["id"]]
        while said := list(_asked_of(led, f"pupil{number}", own, decision)):
            line = ["cycle", "review", str(pupil["id"]), *options([*said, *more])]
            if led.run(f"pupil{number}", line):
                break
    _finish(led, "cycle.review", f"Review the cycles of {title}")


def _again(class_: str | None, which: str | None) -> list[str]:
    """The group or the class as it is typed again."""
    return ["--class", class_] if class_ else [str(which)]


def _table(app: App, title: str, rows: Sequence[Measured], day: str) -> None:
    from sencli.cli.shell.output import emit
    from sencli.documents.lists.group_tables import score_table

    emit(app, [score_table(title, rows, day, app.school)], "table", by_screens=False)


def _pupils(rows: Sequence[Measured]) -> list[Record]:
    """The pupils of the rows, each once."""
    return list({row.record["id"]: row.record for row in rows}.values())


def _asked_of(
    led: Led, key: str, own: Sequence[Measured], decision: str | None
) -> Iterator[tuple[str, str]]:
    """What one pupil's outcomes came to, and what was decided; nothing if left out."""
    name = lookup.display_name(own[0].record)
    said = []
    for row in own:
        last = f" (last {row.last})" if row.last else ""
        text = f"{name}, {row.number}. {row.outcome['outcome']}{last}: {_RESULTS}"
        if result := led.ask(f"{key}.o{row.number}", optional(text)):
            said.append(("--outcome", f"{row.number}={result}"))
    if not said:
        return
    yield from said
    for number, support in _supports(own):
        impact = led.ask(f"{key}.i{number}", optional(f"  {support}: -2 to +2"))
        if impact:
            yield "--intervention", f"{number}={impact}"
    if view := led.ask(f"{key}.v", optional("  What the pupil said")):
        yield "--pupil-view", view
    ask = optional("  What was decided (continue, adapt, step-down)", decision or "")
    if decided := led.ask(f"{key}.d", ask):
        yield "--decision", decided


def _supports(own: Sequence[Measured]) -> Iterator[tuple[int, str]]:
    """The interventions that serve these outcomes, by number, with their keys."""
    cycle = lookup.open_cycle(own[0].record) or {}
    wanted = {row.outcome["id"] for row in own}
    for number, item in enumerate(cycle.get("plan", {}).get("interventions", ()), 1):
        if wanted & set(item.get("outcomes", ())) or not item.get("outcomes"):
            yield number, str(item["provision"]).replace("-", " ")


def _typed(
    rows: Sequence[Measured], words: Sequence[str], impact: Sequence[str], title: str
) -> list[list[str]]:
    """A review for each pupil that was named, with results and impact."""
    pupils = _pupils(rows)
    found: dict[str, list[tuple[str, str]]] = {}
    for word in words:
        who, _, result = word.partition("=")
        name, _, number = who.partition("/")
        pupil = _pupil_in(pupils, name, title, word if result else "")
        own = [row for row in rows if row.record["id"] == pupil["id"]]
        number = number or (str(own[0].number) if len(own) == 1 else "")
        if not number:
            raise UsageFault(
                f"Which outcome of {lookup.display_name(pupil)}?",
                f"Write its number: {name}/{own[0].number}={result}",
            )
        said = found.setdefault(str(pupil["id"]), [])
        said.append(("--outcome", f"{number}={result}"))
    for pupil, value in _by_name(pupils, impact, title):
        said = found.get(str(pupil["id"]), [])
        if not said:
            raise UsageFault(
                f"--impact names {lookup.display_name(pupil)}, for whom no result "
                "is given.",
                "Give the result too: PUPIL/1=achieved:63",
            )
        own = [row for row in rows if row.record["id"] == pupil["id"]]
        said += [("--intervention", f"{n}={value}") for n, _ in _supports(own)]
    return [["cycle", "review", who, *options(said)] for who, said in found.items()]


def _by_name(
    pupils: Sequence[Record], words: Sequence[str], title: str
) -> list[tuple[Record, str]]:
    """Each pupil that was named, with what stands after the sign."""
    pairs = [word.partition("=") for word in words]
    return [
        (_pupil_in(pupils, name, title, text and name), text.strip())
        for name, _, text in pairs
    ]


def _pupil_in(pupils: Sequence[Record], name: str, title: str, whole: str) -> Record:
    """The pupil of the list.

    Raises:
        UsageFault: nothing stands after the sign.
        NotFound, Ambiguous: none fits, or several do.
    """
    from sencli.store.repository.pupil_names import names_in

    if not whole:
        raise UsageFault(f"{name!r} has nothing after it.", "Write PUPIL=WORDS.")
    names = [names_in(record["id"], record) for record in pupils]
    try:
        found = find.pupil(name.strip(), names)
    except SencliError as fault:
        there = ", ".join(one.shown for one in names) or "nobody"
        hint = f"In {title}: {there}."
        raise type(fault)(fault.message, hint) from None
    return next(record for record in pupils if record["id"] == found.id)


def _save(app: App, lines: Sequence[Sequence[str]], action: str) -> None:
    """Do all of these commands as one change, or none.

    Raises:
        InvalidValue: some are at fault; says each.
    """
    gathering, faults = Gathering(app), []
    app.gathering = gathering
    try:
        for line in lines:
            try:
                again(app, list(line))
            except SencliError as fault:
                found = fault
            except click.UsageError as fault:
                found = as_fault(fault)
            else:
                continue
            faults.append(f"{line[2]}: {found.message} {found.hint}".strip())
    finally:
        app.gathering = None
    if faults:
        listed = "".join(f"\n  {one}" for one in faults)
        raise InvalidValue(
            f"Nothing was saved:{listed}",
            f"Put it right and type it again: {prompts.command_line()}",
        )
    what = "Review" if action == "cycle.review" else "Keep views of"
    gathering.save(action, f"{what} {plural(len(lines), 'pupil')}")


def _finish(led: Led, action: str, subject: str) -> None:
    if led.gathering.acts:
        led.save(action, subject)
        return
    led.tell("No answers, so nothing is saved.")
    led.drop()
