"""``sen plan``, ``review`` and ``meet``: a meeting from question to question."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sencli.cli.cycle import questions
from sencli.cli.cycle.standing import standing
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.asking import PEOPLE
from sencli.cli.shell.asking import YES_OR_NO
from sencli.cli.shell.asking import Question
from sencli.cli.shell.asking import optional
from sencli.cli.shell.choices import provisions
from sencli.cli.shell.choices import staff
from sencli.cli.shell.led import ENTER
from sencli.cli.shell.led import Led
from sencli.cli.shell.led import begun
from sencli.cli.shell.led import free_file
from sencli.cli.shell.led import options
from sencli.cli.shell.led import paper_wanted
from sencli.cli.shell.led import until_taken
from sencli.cli.shell.led_form import formed
from sencli.cli.shell.run import again
from sencli.core.record import lookup
from sencli.store.files import shell

if TYPE_CHECKING:
    from sencli.core.record.types import Record

_MEASURE = "What is counted, as words of 100, or a scale of the school: sen scale list"
_VALUE = "A number, or a word of the scale."
_AIMS = "Their numbers as they stand above, with commas between them."
_GROUP = "Its name, if it is taught in one; a new name makes a new group."


@click.command()
@click.argument("who", metavar="PUPIL")
@formed("A planning meeting")
@pass_app
def plan(app: App, /, who: str) -> None:
    """Lead through a planning meeting: aims, support, who does what.

    It goes on from the record, can be left and gone on with, shows what it will save,
    and makes one commit and the page for the parents.
    """
    led, record = _begun(app, "plan", who)
    pupil = str(record["id"])
    cycle = lookup.open_cycle(record)
    if cycle is None:
        _open(led, record)
    planned = (cycle or {}).get("plan", {})
    if "date" not in planned:
        until_taken(led, "begin", lambda: _begin(led, pupil))
    before = len(planned.get("outcomes", ()))
    aims = before
    for each in led.each():
        if not _outcome(led, pupil, each, before + each):
            break
        aims = before + each
    for each in led.each():
        if not _support(led, app, pupil, each, aims):
            break
    day = "" if "date" in planned else "today"  # a plan that is there keeps its own
    until_taken(led, "who", lambda: _who(led, app, record, day))
    if led.save("moment.plan", f"Plan the support of {pupil}"):
        _page(app, pupil)


@click.command()
@click.argument("who", metavar="PUPIL")
@formed("A review")
@pass_app
def review(app: App, /, who: str) -> None:
    """Lead through a review: each aim, each support, what was said and decided.

    It goes on from the record, can be left and gone on with, shows what it will save,
    and makes one commit and the page for the parents.
    """
    led, record = _begun(app, "review", who)
    pupil = str(record["id"])
    asked = list(questions.of_cycle(app, record, {}))
    decided = ""

    def words() -> list[str]:
        nonlocal decided
        day = led.day("review.date", "Day of the review", "today")
        pairs = [("--date", day)]
        for number, one in enumerate(asked):
            option = f"--{one.name.replace('_', '-')}"
            text = led.ask(f"review.{number}", optional(one.text), one.check)
            pairs.append((option, f"{one.before}{text}" if text else ""))
            decided = text if one.name == "decision" else decided
        return ["cycle", "review", pupil, *options(pairs)]

    until_taken(led, "review", words)
    if "end" not in decided.casefold() and _carried_on(led):
        led.run("next", ["cycle", "open", pupil, "--carry", "all"])
    if led.save("moment.review", f"Review the support of {pupil}"):
        _page(app, pupil)


def _carried_on(led: Led) -> bool:
    ask = "Open the next cycle with what is unmet (yes, no)"
    return (
        led.ask("next.carry", optional(ask, "yes", YES_OR_NO))
        .casefold()
        .startswith("y")
    )


@click.command()
@click.argument("who", metavar="PUPIL")
@formed("A meeting")
@pass_app
def meet(app: App, /, who: str) -> None:
    """Lead through a meeting with parents: who came, what was said, who does what.

    It can be left and gone on with, shows what it will save, and makes one commit.
    """
    led, record = _begun(app, "meet", who)
    pupil = str(record["id"])

    def words() -> list[str]:
        pairs = [
            ("--date", led.day("meet.date", "Day of the meeting", "today")),
            (
                "--attended",
                led.ask(
                    "meet.who",
                    optional("Who came (parent,teacher)", told=PEOPLE),
                    questions.known_people(app, record),
                ),
            ),
            ("--parent-view", led.ask("meet.p", optional("What parents said"))),
            ("--pupil-view", led.ask("meet.v", optional("What the pupil said"))),
            ("--agreed", led.ask("meet.a", optional("What was agreed"))),
        ]
        for each in led.each():
            text = f"Promise {each} (KM: ring the surgery (by friday); Enter: no more)"
            promise = led.ask(f"meet.promise{each}", optional(text))
            if not promise:
                break
            pairs.append(("--action", promise))
        return ["meeting", "add", pupil, *options(pairs)]

    until_taken(led, "meet", words)
    next_meeting(led, pupil)
    if led.save("moment.meet", f"Record a meeting about {pupil}"):
        _page(app, pupil)


def next_meeting(led: Led, pupil: str) -> None:
    """When it goes on, where that is settled."""
    while day := led.day("next.date", "We meet again on (Enter: not settled)"):
        pairs = [
            ("--date", day),
            ("--time", led.ask("next.time", optional("  At what time (3.30 pm)"))),
            ("--place", led.ask("next.place", optional("  Where"))),
            (
                "--invited",
                led.ask("next.who", optional("  Who is asked (parent)", told=PEOPLE)),
            ),
        ]
        if led.run("next", ["meeting", "add", pupil, *options(pairs)]):
            return


def _begun(app: App, moment: str, who: str) -> tuple[Led, Record]:
    """The questions of the moment, under a line on where the pupil stands."""
    pupil = app.pupil_id(who)
    record = app.repo.pupil(pupil)
    led = begun(app, moment, pupil, who)
    cycle = lookup.open_cycle(record)
    where = lookup.placement_on(record, app.today).get("class", "")
    open_ = f"Open cycle: {lookup.cycle_label(record, cycle)}." if cycle else ""
    room = f", {where}" if where else ""
    led.tell(f"{lookup.display_name(record)}{room}. {open_}".strip())
    for line in standing(app, record, shell.quoted(who)):
        led.tell(f"  {line}")
    led.tell(ENTER)
    return led, record


def _open(led: Led, record: Record) -> None:
    """The cycle itself, with what is carried on and the assessment."""
    pupil = str(record["id"])
    unmet = lookup.latest_cycle(record) is not None

    def words() -> list[str]:
        carry = ""
        if unmet:
            text = "Carry on what was not met in the last cycle (yes, no)"
            carry = led.ask("open.carry", optional(text, "yes", YES_OR_NO))
        pairs = [
            ("--assessment", led.ask("open.a", optional("What was seen in class"))),
            ("--parent-view", led.ask("open.p", optional("What parents say"))),
            ("--pupil-view", led.ask("open.v", optional("What the pupil says"))),
            ("--teacher", led.ask("open.t", optional("Class teacher (initials)"))),
            ("--carry", "all" if carry.casefold().startswith("y") else ""),
        ]
        return ["cycle", "open", pupil, *options(pairs)]

    until_taken(led, "open", words)


def _begin(led: Led, pupil: str) -> list[str]:
    review_by = led.day("begin.by", "Review by", "end of term")
    day = ("--date", "today")
    return ["cycle", "plan", pupil, *options([day, ("--review-by", review_by)])]


def _outcome(led: Led, pupil: str, each: int, number: int) -> bool:
    """One aim, by its number in the plan; whether there was one."""
    key = f"aim{each}"
    while True:
        ask = f"Aim {number}: what will the pupil be able to do? (Enter: no more)"
        text = led.ask(f"{key}.text", optional(ask))
        if not text:
            return False
        pairs = [
            (
                "--measure",
                led.ask(
                    f"{key}.m", optional("  Measured in (words of 100)", told=_MEASURE)
                ),
            ),
            ("--baseline", led.ask(f"{key}.b", optional("  Now", told=_VALUE))),
            ("--target", led.ask(f"{key}.t", optional("  Aim", told=_VALUE))),
        ]
        if led.run(key, ["outcome", "add", pupil, text, *options(pairs)]):
            return True


def _support(led: Led, app: App, pupil: str, number: int, aims: int) -> bool:
    """One piece of support; whether there was one."""
    # with several aims only the meeting knows which it is for
    only = "1" if aims == 1 else ""
    key = f"support{number}"
    while True:
        text = f"Support {number} (Enter: no more)"
        which = led.ask(
            f"{key}.p", Question(text, provisions(app), text, optional=True)
        )
        if not which:
            return False
        by = "  Led by"
        leader = Question(by, staff(app), by, several=True, optional=True)
        pairs = [
            (
                "--outcome",
                led.ask(f"{key}.o", optional("  For which aims (1,2)", only, _AIMS)),
            ),
            ("--led-by", led.ask(f"{key}.l", leader)),
            ("--minutes", led.ask(f"{key}.m", optional("  Minutes, if not as usual"))),
            (
                "--sessions-per-week",
                led.ask(f"{key}.s", optional("  Times a week, if not as usual")),
            ),
            (
                "--group",
                led.ask(f"{key}.g", optional("  Group, if there is one", told=_GROUP)),
            ),
        ]
        if led.run(key, ["intervention", "add", pupil, which, *options(pairs)]):
            return True


def _who(led: Led, app: App, record: Record, day: str) -> list[str]:
    name = str(record.get("known_as") or record["first_name"])
    pairs = [
        ("--strategy", led.ask("who.s", optional("In every lesson"))),
        ("--school-does", led.ask("who.c", optional("At school"))),
        ("--parent-does", led.ask("who.h", optional("At home"))),
        ("--pupil-does", led.ask("who.p", optional(name))),
        (
            "--agreed-with",
            led.ask(
                "who.a",
                optional("Who agreed (parent,pupil,teacher,senco)", told=PEOPLE),
                questions.known_people(app, record),
            ),
        ),
    ]
    said = options(pairs)
    words = ["cycle", "plan", record["id"], *options([("--date", day)]), *said]
    return words if said else []


def _page(app: App, pupil: str) -> None:
    """The page for the parents, if it is wanted."""
    if not paper_wanted("Make the page for the parents?"):
        return
    name = lookup.display_name(app.repo.pupil(pupil))
    again(app, ["summary", pupil, "--output", free_file(name, app.today)])
