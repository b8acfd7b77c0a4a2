"""``sen init``: a new records repository."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from sencli.cli import signing
from sencli.cli.app import App
from sencli.cli.app import pass_app
from sencli.cli.kinds import LINE
from sencli.cli.kinds import Pick
from sencli.cli.options import writing
from sencli.cli.prompts import agreed
from sencli.cli.prompts import ask
from sencli.cli.prompts import can_ask
from sencli.cli.save import SHORT
from sencli.core import founding
from sencli.core.entries import given
from sencli.core.school_set import ages
from sencli.errors import InvalidValue
from sencli.errors import UsageFault
from sencli.store import shell

KINDS = {
    "maintained": "maintained school",
    "academy": "academy",
    "special": "special school",
    "alternative_provision": "alternative provision",
    "nursery": "nursery school",
    "independent": "independent school",
    "other": "other",
}


def digits(name: str, value: str | None, size: int) -> str | None:
    """A number of the school with its exact count of digits."""
    if value is None or (value.isascii() and value.isdigit() and len(value) == size):
        return value
    raise InvalidValue(f"{name} has {size} digits, not {value!r}.")


@click.command()
@click.argument("directory", default=".", type=click.Path(path_type=Path))
@click.option("--school", type=LINE, help="The school's name.")
@click.option("--senco", type=LINE, help="The SENCO's name, as J. Patel.")
@click.option("--urn", help="Unique reference number, six digits.")
@click.option("--authority", help="Local authority number, three digits.")
@click.option("--authority-name", type=LINE, help="Local authority's name.")
@click.option("--establishment", help="Establishment number, four digits.")
@click.option(
    "--type", "kind", type=Pick(KINDS, "kind of school", name="kind"), help="Its kind."
)
@click.option("--ages", metavar="FROM-TO", help="Age range, as 4-11.")
@click.option(
    "--sign",
    is_flag=True,
    help="Sign every change with your SSH key; also for records that are there.",
)
@click.option("--key", type=click.Path(), help="The SSH key (default ~/.ssh/id_...).")
@writing
@pass_app
def init(
    app: App,
    /,
    directory: Path,
    school: str | None,
    senco: str | None,
    fmt: str,
    **details: Any,
) -> None:
    """Make a records repository.

    It is a private git repository in DIRECTORY (this folder, if none is named), which
    must be new or empty. With --sign, who may sign is listed in the records themselves
    (.sencli/allowed_signers), and a change that cannot be signed is not saved.
    """
    sign, key = details.pop("sign"), details.pop("key")
    if key and not sign:
        raise UsageFault("--key goes with --sign.", "Add --sign to the command.")
    if sign and signing.begun(app, directory):
        signing.switch_on(app, directory, key, fmt)
        return
    also = () if senco else ("--senco", "NAME")
    _warn(app, directory)
    school = ask(school, "--school", "Name of the school", "SCHOOL", *also)
    senco = ask(senco, "--senco", "Name of the SENCO (as J. Patel)", "NAME")
    record = founding.school(school.strip(), senco.strip(), _details(details))
    place = Path(app.directory, directory) if app.directory else directory
    commit = _create(place, record, signing.wanted(place, key) if sign else None)
    initials = record["staff"][0]["initials"]
    if fmt == "json":
        made = {"action": "init", "commit": commit, "ids": {"senco": initials}}
        click.echo(json.dumps({**made, "folder": str(directory)}, ensure_ascii=False))
        return
    app.say(f"Made the records of {school} in {directory}.")
    app.say(f"The SENCO, {senco}, has the initials {initials}.")
    if sign:
        app.say(f"Every change is signed. Who may sign: {signing.LIST}")
    go = "" if str(directory) == "." else f"{shell.going(str(directory))}, then "
    app.say(f'  Next: {go}sen pupil add "FIRST LAST" --class CLASS')
    app.say(f"  (saved as {commit[:SHORT]})")


def _warn(app: App, directory: Path) -> None:
    """Warn of a folder that a service copies or that lies on a share."""
    from sencli.store import place

    where = str(Path(app.directory, directory) if app.directory else directory)
    found = place.look(where)
    if not found.odd:
        return
    app.tell(f"Warning: this folder is {found.odd}: {found.why}.")
    if better := place.safer(Path(where).resolve().name):
        app.tell(f"A better place: sen init {shell.quoted(better)}")
    else:
        app.tell("Choose a folder on this computer's own disk.")
    if can_ask() and not agreed("Make the records here all the same?"):
        raise click.Abort


def _details(typed: dict[str, Any]) -> dict[str, Any]:
    """What was said of the school, checked, by the names of the record."""
    return given(
        {
            "urn": digits("The URN", typed["urn"], 6),
            "authority": digits("The authority number", typed["authority"], 3),
            "authority_name": typed["authority_name"],
            "establishment": digits(
                "The establishment number", typed["establishment"], 4
            ),
            "type": typed["kind"],
            "ages": ages(typed["ages"]) if typed["ages"] else None,
        }
    )


def _create(
    directory: Path, school: dict[str, Any], signed: signing.Signed | None
) -> str:
    """Make it on the disk; the id of its first commit."""
    from sencli.store.layout import first_files
    from sencli.store.repo import Message
    from sencli.store.repo import Repository

    files = first_files(school, founding.catalogue(), founding.groups())
    settings: list[tuple[str, str]] = []
    if signed:
        settings, files[signing.LIST] = signed
    repository = Repository.create(
        directory, files, Message("init", "Begin the records"), settings
    )
    try:
        return repository.git.ask("rev-parse", "HEAD").decode().strip()
    finally:
        repository.close()
