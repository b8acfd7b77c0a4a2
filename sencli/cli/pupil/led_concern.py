"""``sen concern`` by itself: a worry from question to question, up to SEN support."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sencli.cli.cycle.led_moments import next_meeting
from sencli.cli.cycle.questions import known_people
from sencli.cli.cycle.standing import standing
from sencli.cli.shell import prompts
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.asking import YES_OR_NO
from sencli.cli.shell.asking import Question
from sencli.cli.shell.asking import answer
from sencli.cli.shell.asking import optional
from sencli.cli.shell.choices import Choice
from sencli.cli.shell.choices import pupils
from sencli.cli.shell.choices import staff
from sencli.cli.shell.led import ENTER
from sencli.cli.shell.led import Led
from sencli.cli.shell.led import begun
from sencli.cli.shell.led import options
from sencli.cli.shell.led import paper_wanted
from sencli.cli.shell.led import until_taken
from sencli.cli.shell.led_form import formed
from sencli.cli.shell.run import again
from sencli.core.pupil.concerns import LED_TO
from sencli.core.pupil.needs import TYPES
from sencli.core.record import lookup
from sencli.errors import Ambiguous
from sencli.errors import NotFound
from sencli.store.files import shell

if TYPE_CHECKING:
    from sencli.core.record.types import Record

_NEXT = tuple(Choice(key, text) for key, text in LED_TO.items())


@click.command("lead")
@click.argument("who", metavar="PUPIL")
@formed("A concern and what comes of it")
@pass_app
def lead(app: App, /, who: str) -> None:
    """Lead through a concern, the assessment and the status.

    It shows what it will save, and makes one commit and the letter; the same as
    sen concern by itself, with the pupil named.
    """
    pupil = app.pupil_id(who)
    record = app.repo.pupil(pupil)
    led = begun(app, "concern", pupil, who)
    led.tell(f"{lookup.display_name(record)}.")
    for line in standing(app, record, shell.quoted(who)):
        led.tell(f"  {line}")
    led.tell(ENTER)
    led.tell("Child protection does not belong here: go to the DSL at once.")
    until_taken(led, "worry", lambda: _worry(led, app, record))
    opened = _opened(led, app, record)
    given = _support(led, pupil, record)
    until_taken(led, "need", lambda: _need(led, pupil))
    next_meeting(led, pupil)
    if led.save("moment.concern", f"Record a concern about {pupil}"):
        _paper(app, pupil, opened=opened, given=given)


def pupil_typed(app: App) -> str:
    """The pupil as typed; a name that nobody has can be added, by its own commit."""
    while True:
        ask = "Which pupil"
        typed = prompts.line(f"{ask} (part of the name, ? lists them)")
        if typed in {"", "?"}:
            return answer(Question(ask, pupils(app), ask))
        try:
            app.pupil_id(typed)
        except Ambiguous as fault:
            prompts.say_fault(fault)
            continue
        except NotFound:
            if not prompts.agreed(f"Nobody fits {typed!r}. Add a new pupil?"):
                continue
            again(app, ["pupil", "add", typed])
        return typed


def _worry(led: Led, app: App, record: Record) -> list[str]:
    known = known_people(app, record)
    by = optional("Who raised it (parent, teacher, pupil, KM)")
    text = Question("What was said", (), "The worry, in the words of who raised it.")
    pairs = [
        ("--concern", led.ask("worry.text", text)),
        ("--raised-by", led.ask("worry.by", by, known)),
        ("--date", led.day("worry.day", "When was it raised", "today")),
        ("--school-view", led.ask("worry.seen", optional("What the school sees"))),
        ("--response", led.ask("worry.done", optional("What was done or tried"))),
        ("--led-to", led.ask("worry.next", _next())),
    ]
    return ["concern", "add", str(record["id"]), *options(pairs)]


def _next() -> Question:
    text = "What comes of it"
    return Question(text, _NEXT, text, optional=True)


def _yes(led: Led, key: str, text: str) -> bool:
    return (
        led.ask(key, optional(f"{text} (yes, no)", "no", YES_OR_NO))
        .casefold()
        .startswith("y")
    )


def _opened(led: Led, app: App, record: Record) -> bool:
    """An assessment, where none is open; whether there is one now."""
    if lookup.open_cycle(record) is not None:
        return True
    if not _yes(led, "assess", "Open a cycle with the assessment now"):
        return False
    pupil, by = str(record["id"]), "Class teacher"
    teacher = Question(by, staff(app), by, optional=True)

    def words() -> list[str]:
        pairs = [
            ("--teacher", led.ask("open.t", teacher)),
            ("--assessment", led.ask("open.a", optional("What was seen in class"))),
            (
                "--compared-with-peers",
                led.ask("open.c", optional("Beside others of that age")),
            ),
            ("--parent-view", led.ask("open.p", optional("What parents say"))),
            ("--pupil-view", led.ask("open.v", optional("What the pupil says"))),
        ]
        return ["cycle", "open", pupil, *options(pairs)]

    until_taken(led, "open", words)
    return True


def _support(led: Led, pupil: str, record: Record) -> bool:
    """SEN support from today, where that was decided; whether it begins."""
    if lookup.status_on(record, "9999")["provision"] != "N":
        return False
    if not _yes(led, "support", "Was SEN support (K) decided"):
        return False

    def words() -> list[str]:
        why = Question("Why", (), "Why it was decided: it goes into the record.")
        told = optional("Which parent was told (Enter: nobody yet)")
        pairs = [
            ("--since", led.day("status.day", "From when", "today")),
            ("--reason", led.ask("status.why", why)),
            ("--told", led.ask("status.told", told)),
        ]
        return ["status", "set", pupil, "K", *options(pairs)]

    until_taken(led, "status", words)
    return True


def _need(led: Led, pupil: str) -> list[str]:
    text = "Kind of need, if it is known"
    known = [Choice(code, words) for code, words in TYPES.items()]
    kind = led.ask("need.kind", Question(text, known, text, optional=True))
    return ["need", "add", pupil, kind] if kind else []


def _paper(app: App, pupil: str, *, opened: bool, given: bool) -> None:
    """The letter that support begins, else the page for the parents."""
    from sencli.cli.shell.led import free_file

    name = lookup.display_name(app.repo.pupil(pupil))
    if given:
        if paper_wanted("Make the letter to the parents?"):
            file = free_file(f"letter-{name}", app.today)
            again(app, ["print", "letter-support-begins", pupil, "--output", file])
    elif opened and paper_wanted("Make the page for the parents?"):
        again(app, ["summary", pupil, "--output", free_file(name, app.today)])
