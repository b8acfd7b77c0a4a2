"""``sen demo``: build the fictional school of ``examples/`` as a repository."""

from __future__ import annotations

import contextlib
import json
import os
import random
import time
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import writing
from sencli.cli.shell.progress import progress
from sencli.cli.shell.prompts import scripted
from sencli.cli.shell.run import cli
from sencli.core.school.story import StoryStep
from sencli.core.school.story import steps
from sencli.core.text.ids import Ids
from sencli.errors import Conflict
from sencli.errors import SencliError
from sencli.errors import UsageFault
from sencli.resources import folder
from sencli.store.files import shell
from sencli.store.files.files import delete_tree
from sencli.store.files.files import make_private
from sencli.store.files.files import move

if TYPE_CHECKING:
    from sencli.store.repository.replayed_history import Telling
    from sencli.store.repository.repository import Repository


STORY = "oakfield"
MAIL = "oakfield.example"
TRY = (
    ("due", "what is to be done this week"),
    ("register", "who is on the SEN register"),
    ("map --class 4B", "who gets what in one class, and what it costs"),
    ("summary noah --format pdf --output noah.pdf", "a page for his parents"),
    ("history noah", "who wrote what about him, and when"),
)


@click.command()
@click.argument("directory", type=click.Path(path_type=Path))
@writing
@pass_app
def demo(app: App, directory: Path, fmt: str) -> None:
    """Make a fictional school to try everything on.

    It is a records repository in DIRECTORY, which must be new or empty, with two years
    of history. Everybody in it is invented.
    """
    place = Path(app.directory, directory) if app.directory else directory
    _refuse(place, str(directory))
    script = story()
    with (
        progress("Typing two years of records", len(script)) as tick,
        _aside(place.absolute()) as scratch,
        contextlib.chdir(folder("examples") / STORY),
    ):
        tell(scratch, script, MAIL, lambda: tick and tick(1))
    pupils = len(list(place.glob("pupils/*.yaml")))
    if fmt == "json":
        made = {"action": "demo", "folder": str(directory), "pupils": pupils}
        click.echo(json.dumps({**made, "commits": len(script)}, ensure_ascii=False))
        return
    app.say(
        f"Made Oakfield Primary School in {directory}: {pupils} pupils, two years of "
        f"records, {len(script)} commits. Everybody in it is invented."
    )
    app.say("Try:")
    typed = shell.quoted(str(directory))
    wide = max(len(words) for words, _ in TRY)
    for words, meaning in TRY:
        app.say(f"  sen -C {typed} {words.ljust(wide)}   {meaning}")


def story() -> list[StoryStep]:
    """The steps of the story, in the order of its files."""
    found: list[StoryStep] = []
    for path in sorted((folder("examples") / STORY).glob("*.sen")):
        found += steps(path.read_text("utf-8"), f"{STORY}/{path.name}")
    return found


def _refuse(place: Path, named: str) -> None:
    if place.is_dir() and not any(place.iterdir()):
        return
    if place.is_dir() or os.path.lexists(place):
        raise Conflict(
            f"{named} is not an empty folder. Nothing was changed.",
            "Choose a new folder: sen demo DIR",
        )


@contextlib.contextmanager
def _aside(place: Path) -> Iterator[Path]:
    """A folder beside the place, put there as a whole when all has gone well."""
    scratch = place.parent / f".{place.name}.sencli-new"
    delete_tree(str(scratch))
    try:
        yield scratch
        _put(scratch, place)
    finally:
        with contextlib.suppress(OSError):
            delete_tree(str(scratch))


def _put(scratch: Path, place: Path) -> None:
    """One rename; into a folder that is there already, ``.git`` last makes it one."""
    if not place.exists():
        move(str(scratch), str(place))
        return
    make_private(str(place), 0o700)
    for path in sorted(scratch.iterdir(), key=lambda path: path.name == ".git"):
        move(str(path), str(place / path.name))


# The records of a story belong to nobody: they are neither signed nor the user's own.
_UNSIGNED = {
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "commit.gpgsign",
    "GIT_CONFIG_VALUE_0": "false",
}


class _Letters(random.Random):
    """Letters that follow from a text, the same each time."""


class Typist(App):
    """The command line as one step of a story meets it.

    Ids come from the step's own words, so that a story told twice is the same.
    """

    def __init__(self, directory: str, step: StoryStep, repo: Telling | None) -> None:
        super().__init__(directory)
        self._step = step
        self.today = step.day
        if repo is not None:
            self.repo = repo

    def new_ids(self, *records: Any) -> Ids:
        """Ids that these records do not hold yet."""
        seed = " ".join((self._step.moment, *self._step.words))
        return Ids(_Letters(seed), *records)

    def say(self, text: str) -> None:
        """Print nothing while a script is replayed."""

    def tell(self, text: str) -> None:
        """Print nothing while a script is replayed."""


def tell(
    folder: Path,
    story: Sequence[StoryStep],
    mail: str,
    typed: Callable[[], object] = lambda: None,
) -> None:
    """Make the repository in ``folder`` by typing the script; all of it or an error.

    Args:
        folder: new or empty; its first step is ``sen init .``.
        story: the steps in the order of their days.
        mail: the part of the authors' e-mail addresses after the @.
        typed: called after each step.
    """
    from sencli.store.repository.replayed_history import Telling
    from sencli.store.repository.repository import Repository

    with _environment(story[0], mail), scripted():
        _type(Typist(str(folder), story[0], None), story[0])
        repo = Repository.find(str(folder))
        _settle(repo, _address(story[0].author, mail))
        with repo.batch() as batch:
            telling = Telling(folder, batch)
            for step in story[1:]:
                telling.when = _seconds(step)
                telling.author = _address(step.author, mail)
                _type(Typist(str(folder), step, telling), step)
                typed()


def _type(app: Typist, step: StoryStep) -> None:
    """One command through the command line itself, with the place of its fault."""
    try:
        cli.main(list(step.words), "sen", standalone_mode=False, obj=app)
    except SencliError as fault:
        raise type(fault)(f"{step.where}: {fault.message}", fault.hint) from fault
    except click.ClickException as fault:
        raise UsageFault(f"{step.where}: {fault.format_message()}") from fault


def _settle(repo: Repository, address: str) -> None:
    """Whoever goes on in these records does so as the SENCO of the story."""
    name, _, mail = address.rpartition(" ")
    for key, value in (
        ("user.name", name),
        ("user.email", mail.strip("<>")),
        ("commit.gpgSign", "false"),
    ):
        repo.git.ask("config", "--local", key, value)


@contextlib.contextmanager
def _environment(first: StoryStep, mail: str) -> Iterator[None]:
    """Author and moment of the first commit, which no batch can write."""
    name, _, address = _address(first.author, mail).rpartition(" ")
    wanted = dict(_UNSIGNED)
    for role in ("AUTHOR", "COMMITTER"):
        wanted[f"GIT_{role}_NAME"] = name
        wanted[f"GIT_{role}_EMAIL"] = address.strip("<>")
        wanted[f"GIT_{role}_DATE"] = f"{first.moment}:00"
    with _set(wanted):
        yield


@contextlib.contextmanager
def _set(wanted: Mapping[str, str]) -> Iterator[None]:
    before = {key: os.environ.get(key) for key in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for key, value in before.items():
            if value is None:
                os.environ.pop(key, None)
            else:
                os.environ[key] = value


def _address(author: str, mail: str) -> str:
    """``J. Patel <j.patel@oakfield.example>``."""
    return f"{author} <{'.'.join(author.casefold().replace('.', ' ').split())}@{mail}>"


def _seconds(step: StoryStep) -> int:
    """The moment as seconds since 1970, by this computer's own clock and zone."""
    return int(time.mktime(time.strptime(step.moment, "%Y-%m-%dT%H:%M")))
