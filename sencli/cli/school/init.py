"""``sen init``: create a new repository for records."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from typing import TypeAlias

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import writing
from sencli.cli.shell.prompts import agreed
from sencli.cli.shell.prompts import ask
from sencli.cli.shell.prompts import can_ask
from sencli.cli.shell.writing import SHORT
from sencli.core.record.edit import given
from sencli.core.school import first_files as founding
from sencli.core.school.set_fields import ages
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import UsageFault
from sencli.store.files import shell

LIST = ".sencli/allowed_signers"
Signed: TypeAlias = tuple[list[tuple[str, str]], bytes]


def begun(app: App, directory: Path) -> bool:
    """Whether there are records in that very folder already."""
    from sencli.store.records.find import holds_records

    return holds_records(str(_place(app, directory)))


def wanted(place: Path, key: str | None) -> Signed:
    """The settings that sign, and the list of signers, for records to be made."""
    from sencli.store.trust.signers import my_email
    from sencli.store.trust.signers import set_up

    there = place.absolute()
    while not there.is_dir():
        there = there.parent
    return set_up(_key(key), my_email(str(there)))


def switch_on(app: App, directory: Path, key: str | None, fmt: str) -> None:
    """Sign every change of records that are there, from now on."""
    from sencli.store.repository.repository import Repository
    from sencli.store.trust.signers import switch_on as switched

    repository = Repository.find(str(_place(app, directory)))
    written, line = switched(repository, _key(key))
    if fmt == "json":
        made = {"action": "signing.on", "commit": written.commit or None}
        click.echo(json.dumps({**made, "line": line or None}))
        return
    app.say(f"Every change is signed from now on. Who may sign: {LIST}")
    if line:
        app.say("You are not on that list yet, so the other computers refuse what you")
        app.say("sign. Send this to somebody who is, to type there:")
        app.say(f"  sen signer add {shell.quoted(line)}")
        app.say("Then both type: sen sync")
    if written.commit:
        app.say(f"  (saved as {written.commit[:SHORT]})")


def _place(app: App, directory: Path) -> Path:
    return Path(app.directory, directory) if app.directory else directory


def _key(typed: str | None) -> str:
    from sencli.store.trust.signers import default_key

    found = typed or default_key()
    if not found:
        raise NotFound(
            "There is no SSH key in ~/.ssh to sign with. Nothing was changed.",
            "Make one: ssh-keygen -t ed25519, or name another with --key",
        )
    return found


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
    if sign and begun(app, directory):
        switch_on(app, directory, key, fmt)
        return
    also = () if senco else ("--senco", "NAME")
    _warn(app, directory, {"--school": school, "--senco": senco})
    school = ask(school, "--school", "Name of the school", "SCHOOL", *also)
    senco = ask(senco, "--senco", "Name of the SENCO (as J. Patel)", "NAME")
    record = founding.school(school.strip(), senco.strip(), _details(details))
    place = Path(app.directory, directory) if app.directory else directory
    commit = _create(place, record, wanted(place, key) if sign else None)
    initials = record["staff"][0]["initials"]
    if fmt == "json":
        made = {"action": "init", "commit": commit, "ids": {"senco": initials}}
        click.echo(json.dumps({**made, "folder": str(directory)}, ensure_ascii=False))
        return
    app.say(f"Made the records of {school} in {directory}.")
    app.say(f"The SENCO, {senco}, has the initials {initials}.")
    if sign:
        app.say(f"Every change is signed. Who may sign: {LIST}")
    go = "" if str(directory) == "." else f"{shell.going(str(directory))}, then "
    app.say(f'  Next: {go}sen pupil add "FIRST LAST" --class CLASS')
    app.say(f"  (saved as {commit[:SHORT]})")


def _warn(app: App, directory: Path, typed: dict[str, str | None]) -> None:
    """Warn of a folder that a service copies or that lies on a share."""
    from sencli.store.files import folder_location

    where = str(Path(app.directory, directory) if app.directory else directory)
    found = folder_location.location(where)
    if not found.odd:
        return
    app.tell(f"Warning: this folder is {found.odd}: {found.why}.")
    if better := folder_location.safer(Path(where).resolve().name):
        given = [(name, value) for name, value in typed.items() if value]
        words = [word for pair in given for word in pair]
        app.tell(f"A better place: {shell.joined('sen', 'init', better, *words)}")
    else:
        app.tell("Choose a folder on this computer's own disk.")
    if can_ask() and not agreed("Make the records here all the same?"):
        raise click.Abort


def _details(typed: dict[str, Any]) -> dict[str, Any]:
    """The typed details of the school, checked, by field."""
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


def _create(directory: Path, school: dict[str, Any], signed: Signed | None) -> str:
    """Make it on the disk; the id of its first commit."""
    from sencli.store.change.create import first_files
    from sencli.store.repository.repository import Message
    from sencli.store.repository.repository import Repository

    files = first_files(school, founding.catalogue(), founding.groups())
    settings: list[tuple[str, str]] = []
    if signed:
        settings, files[LIST] = signed
    repository = Repository.create(
        directory, files, Message("init", "Begin the records"), settings
    )
    try:
        return repository.git.ask("rev-parse", "HEAD").decode().strip()
    finally:
        repository.close()
