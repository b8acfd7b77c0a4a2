"""Types a story into a new repository: the real commands, each on its own day."""

from __future__ import annotations

import contextlib
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

from sencli.cli.app import App
from sencli.cli.prompts import scripted
from sencli.cli.run import cli
from sencli.core.ids import Ids
from sencli.core.story import Step
from sencli.errors import SencliError
from sencli.errors import UsageFault

if TYPE_CHECKING:
    from sencli.store.repo import Repository
    from sencli.store.telling import Telling

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

    def __init__(self, directory: str, step: Step, repo: Telling | None) -> None:
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
        """A story is told without its echo."""

    def tell(self, text: str) -> None:
        """A story is told without its echo."""


def tell(
    folder: Path,
    story: Sequence[Step],
    mail: str,
    typed: Callable[[], object] = lambda: None,
) -> None:
    """Make the repository in ``folder`` by typing the story; all of it or an error.

    Args:
        folder: new or empty; its first step is ``sen init .``.
        story: the steps in the order of their days.
        mail: the part of the authors' e-mail addresses after the @.
        typed: called after each step.
    """
    from sencli.store.repo import Repository
    from sencli.store.telling import Telling

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


def _type(app: Typist, step: Step) -> None:
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
def _environment(first: Step, mail: str) -> Iterator[None]:
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


def _seconds(step: Step) -> int:
    """The moment as seconds since 1970, by this computer's own clock and zone."""
    return int(time.mktime(time.strptime(step.moment, "%Y-%m-%dT%H:%M")))
