"""``sen start``: a first hour, from an empty folder to a register."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from sencli.cli.shell import prompts
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.asking import optional
from sencli.cli.shell.led import ENTER
from sencli.cli.shell.led import Led
from sencli.cli.shell.led import options
from sencli.cli.shell.run import again
from sencli.core.school.starter_catalogue import STARTER
from sencli.errors import NotFound
from sencli.errors import UsageFault

_TERMS = ("Autumn", "Spring", "Summer")


@click.command()
@pass_app
def start(app: App) -> None:
    """Lead through the first hour: school, staff, rates, terms, provisions, register.

    It can be left and gone on with, shows what it will save, and saves it as one change
    after the folder itself.
    """
    if not prompts.can_ask():
        raise UsageFault(
            "sen start asks its questions at a terminal.",
            "Without one, see what to type: sen help spreadsheet",
        )
    try:
        name = app.repo.school().get("name", "")
        app.tell(f"The records of {name} are here: going on with them.")
    except NotFound:
        folder = prompts.line("Folder for the records (new)", "sen-records")
        again(app, ["init", folder])  # which asks for the school and the SENCO
        app.directory = str(Path(app.directory or "", folder))
    led = Led(app, "start")
    led.tell(ENTER)
    roles = _staff(led)
    for role in roles:
        _rate(led, role)
    year = int(app.today[:4]) - (app.today[5:7] < "08")
    for term in _TERMS:
        _term(led, f"{term} {year if term == 'Autumn' else year + 1}")
    _roll(led)
    _catalogue(led)
    if not led.gathering.acts:
        led.tell("Nothing to save.")
        led.drop()
    elif not led.save("moment.start", "Begin the school's own files"):
        return
    _register(app)


def _staff(led: Led) -> list[str]:
    """Those who teach and help; their roles."""
    roles: list[str] = []
    each = 1
    while initials := led.ask(
        f"staff{each}.i", optional(f"Staff {each}: initials (Enter: no more)")
    ):
        key = f"staff{each}"
        role = led.ask(f"{key}.r", optional("  Role (teacher, TA, HLTA)", "TA"))
        pairs = [
            ("--name", led.ask(f"{key}.n", optional("  Name, as K. Morris"))),
            ("--role", role),
            ("--class", led.ask(f"{key}.c", optional("  Class, if one is theirs"))),
        ]
        if led.run(key, ["staff", "add", initials, *options(pairs)]):
            roles.append(role)
            each += 1
    return list(dict.fromkeys(roles))


def _rate(led: Led, role: str) -> None:
    key = f"rate.{role}"
    while pounds := led.ask(
        key, optional(f"Pounds an hour of a {role}, with on-costs")
    ):
        if led.run(key, ["rate", "set", role, pounds]):
            return


def _term(led: Led, name: str) -> None:
    key = f"term.{name}"
    while first := led.day(f"{key}.a", f"{name}: first day (Enter: later)"):
        words = [
            "term",
            "add",
            name,
            first,
            led.day(f"{key}.b", "  Last day"),
        ]
        half = led.day(f"{key}.h", "  Half-term: first day")
        if half:
            words += ["--half-term", half, led.day(f"{key}.i", "  to")]
        if led.run(key, words):
            return


def _roll(led: Led) -> None:
    while pupils := led.ask(
        "roll", optional("Pupils on roll, all of them (Enter: later)")
    ):
        if led.run("roll", ["roll", "set", pupils]):
            return


def _catalogue(led: Led) -> None:
    """The usual provisions, where they are wanted."""
    ask = f"Begin with {len(STARTER)} usual provisions (yes, no)"
    if led.ask("catalogue", optional(ask, "yes")).casefold().startswith("y"):
        for line in STARTER:
            led.run("catalogue", ["provision", "add", *shlex.split(line)])


def _register(app: App) -> None:
    """The pupils from a spreadsheet, or what to type for the first."""
    file = prompts.line("File of pupils (xlsx or csv; Enter: none)")
    if file:
        again(app, ["import", file])
    else:
        app.tell('The first pupil: sen pupil add "FIRST LAST" --class CLASS')
