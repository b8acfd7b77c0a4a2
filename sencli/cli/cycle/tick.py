"""``sen tick``: a group's week, names by days, logged in one change."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli import WORDS as WORDS_TYPED
from sencli.cli.cycle.session_days import each_of
from sencli.cli.cycle.session_log import Log
from sencli.cli.shell import prompts
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import BARE
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import Manner
from sencli.cli.shell.writing import given_options
from sencli.cli.shell.writing import save
from sencli.core.cycle.group_week import days_of
from sencli.core.cycle.group_week import week_of_group
from sencli.core.cycle.groups import find_group
from sencli.core.record import find
from sencli.core.record.act import Act
from sencli.core.text import dates
from sencli.core.text.dates import words
from sencli.core.time.calendar import DAYS
from sencli.errors import InvalidValue
from sencli.errors import SencliError
from sencli.errors import UsageFault
from sencli.store.repository.pupil_names import names_in
from sencli.value import Value

if TYPE_CHECKING:
    from sencli.core.record.types import Record
    from sencli.store.records.draft import Draft


_NAMES = {
    *DAYS,
    *("monday", "tuesday", "wednesday", "thursday", "friday"),
    *("tues", "weds", "thur", "thurs"),
}
"""Words for a school day."""


class Day(Value):
    """A day on which the group met.

    Attributes:
        date: ISO date.
        absent: names or ids, as typed.
        reason: why, or "".
        bare: whether it was typed without its year.
    """

    date: str
    absent: tuple[str, ...] = ()
    reason: str = ""
    bare: bool = False


@click.command()
@click.argument("which", metavar="GROUP")
@click.option("--week", type=PAST, help="Of which week, by any day in it.")
@click.option(
    "--days",
    type=LINE,
    help="Days it was given: mon,wed,fri of the week, or 21/9,23/9.",
)
@click.option(
    "--absent",
    type=LINE,
    multiple=True,
    metavar="PUPIL=DAY",
    help="Who was absent, and on which of the days; of all without =DAY (repeatable).",
)
@click.option("--reason", type=WORDS, help="Why somebody was absent.")
@click.option("--minutes", type=click.IntRange(1, 600), help="If not the usual.")
@click.option("--by", type=LINE, help="Who gave it: initials.")
@writing
@pass_app
def tick(
    app: App,
    /,
    which: str,
    week: str | None,
    days: str | None,
    absent: tuple[str, ...],
    reason: str | None,
    fmt: str,
    **typed: Any,
) -> None:
    """Tick off a group's week: names by days.

    At a terminal it shows the week and asks for the days and who was away. All of it is
    one change, and a day that is entered already is not entered twice.
    """
    group = find_group(which, app.repo.groups())
    week = week or app.today
    if days:
        found = _typed_days(app, week, days, absent, reason or "")
    elif prompts.can_ask() and not absent:
        found = _days_typed_in(app, group, week)
    else:
        raise UsageFault(
            "Which days was it given?",
            "Give them: " + prompts.command_line("--days", "DAYS"),
        )
    options = given_options(typed)

    save(app, each_of([_log(app, group, day, options, fmt) for day in found]), fmt)


def _log(
    app: App, group: Record, day: Day, options: dict[str, Any], fmt: str
) -> Callable[[Draft], Act]:
    """The work of a day: one session of the group."""
    typed = {**options, "date": day.date, "absent": day.absent}
    if day.reason:
        typed["reason"] = day.reason

    def work(draft: Draft) -> Act:
        # the day's own year, where it was typed without: that of the support
        click.get_current_context().meta[BARE] = {"date"} if day.bare else set()
        return Log(app, group["id"], typed, Manner(fmt))(draft)

    return work


def _words_of_days(text: str) -> list[str]:
    """What stands between commas; weekdays may stand between blanks."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    words_ = text.replace(",", " ").split()
    return words_ if all(map(_weekday, words_)) else parts


def _weekday(word: str) -> str:
    """``mon`` for mon, Mon or Monday; "" for what is no school day's name."""
    plain = word.strip().casefold()
    return plain[:3] if plain[:3] in DAYS and plain in _NAMES else ""


def _day(app: App, week: str, text: str) -> Day:
    """A day as typed: a weekday is that of the week."""
    if name := _weekday(text):
        found = Day(days_of(week)[DAYS.index(name)])
    else:
        found = Day(app.date(text, "past"), bare=dates.without_year(text))
    if found.date > app.today:
        raise InvalidValue(
            f"{words(found.date)} has not come yet: no session has been held on it.",
            "For another week, name a day in it: --week DATE",
        )
    return found


def _days(app: App, week: str, text: str) -> list[Day]:
    found = {
        day.date: day for day in (_day(app, week, one) for one in _words_of_days(text))
    }
    if not found:
        raise UsageFault("No day was named.", "Give days: mon,wed,fri or 21/9,23/9.")
    return [found[date] for date in sorted(found)]


def _typed_days(
    app: App, week: str, text: str, absent: Sequence[str], reason: str
) -> list[Day]:
    """The days that were typed, each with who was absent on it."""
    days = {day.date: day for day in _days(app, week, text)}
    away: dict[str, list[str]] = {date: [] for date in days}
    for name, on in _absences(absent):
        given = [_day(app, week, one).date for one in on] or list(days)
        for date in given:
            if date not in away:
                raise InvalidValue(
                    f"{name} is said to be absent on {words(date)}, which is none of "
                    "the days.",
                    f"The days are: {', '.join(map(words, days))}.",
                )
            away[date].append(name)
    nobody = not any(away.values())
    return [
        Day(
            date,
            tuple(away[date]),
            # without anybody it is refused, as it is for one session
            reason if away[date] or nobody else "",
            day.bare,
        )
        for date, day in days.items()
    ]


def _absences(absent: Sequence[str]) -> list[tuple[str, list[str]]]:
    """``amelia=21/9,23/9`` and ``ben``: names with their days; none means all."""
    found: list[tuple[str, list[str]]] = []
    for text in absent:
        for part in filter(None, (one.strip() for one in text.split(","))):
            name, mark, day = part.partition("=")
            further = part[0].isdigit() or _weekday(part)
            if not mark and further and found and found[-1][1]:
                found[-1][1].append(part)
            else:
                found.append((name.strip(), [day.strip()] if mark else []))
    return found


def _days_typed_in(app: App, group: Record, week: str) -> list[Day]:
    """The week shown, and the days and absences asked for, a line each."""
    from sencli.cli.shell.asking import Stopped
    from sencli.cli.shell.output import emit
    from sencli.documents.lists.group_tables import week_table

    terms = app.school.get("terms", ())
    members = week_of_group(app.read().pupils(), group["id"], week, terms)
    table = week_table(group["name"], members, week, app.school)
    emit(app, [table], "table", by_screens=False)  # the question stands under it
    if not members:
        raise InvalidValue(
            f"Nobody has {group['name']} in the week of {words(days_of(week)[0])}.",
            "For another week, name a day in it: --week DATE",
        )
    due = {day for one in members for day in one.due if day <= app.today}
    likely = ",".join(DAYS[days_of(week).index(day)] for day in sorted(due))
    found: list[Day] = []
    try:
        days = _again(
            "Days it was given (mon,wed,fri)", likely, lambda t: _days(app, week, t)
        )
        names = [names_in(m.record["id"], m.record) for m in members]
        # what is answered stays, if it is stopped at a later one
        found.extend(_of_day(day, names) for day in days)
        prompts.go_on("Save this?")
    except (click.Abort, KeyboardInterrupt):
        if not found:
            raise
        raise Stopped(_typed_again(found)) from None
    return found


def _of_day(day: Day, names: Sequence[find.PupilName]) -> Day:
    """The day with who was away, by name or number, and why."""

    def one(text: str) -> str:
        if text.isdecimal() and 1 <= int(text) <= len(names):
            return str(names[int(text) - 1].id)
        return str(find.pupil(text, names).id)

    away = _again(
        f"{words(day.date)}: who was away? (names or numbers; Enter: nobody)",
        "",
        lambda text: tuple(
            one(part.strip()) for part in text.split(",") if part.strip()
        ),
    )
    why = prompts.line("Why? (Enter: not said)") if away else ""
    return Day(day.date, away, why, day.bare)


def _again(question: str, likely: str, read: Any) -> Any:
    """What is made of an answer; asks again while nothing can be made of it."""
    while True:
        try:
            return read(prompts.line(question, likely))
        except SencliError as fault:
            prompts.say_fault(fault)


def _typed_again(days: Sequence[Day]) -> list[str]:
    """The answers so far as words of the command."""
    more = ["--days", ",".join(day.date for day in days)]
    for day in days:
        for one in day.absent:
            more += ["--absent", f"{one}={day.date}"]
    reasons = {day.reason for day in days if day.reason}
    if len(reasons) == 1:
        more += ["--reason", reasons.pop()]
    return [*click.get_current_context().meta[WORDS_TYPED], *more]
