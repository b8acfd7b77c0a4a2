"""``sen demo``: the fictional school of ``examples/``, as a records repository."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

import click

from sencli.cli.app import App
from sencli.cli.app import pass_app
from sencli.cli.options import writing
from sencli.cli.progress import progress
from sencli.core.story import Step
from sencli.core.story import steps
from sencli.errors import Conflict
from sencli.resources import folder
from sencli.store import shell
from sencli.store.files import delete_tree
from sencli.store.files import make_private

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
    from sencli.cli.telling import tell

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


def story() -> list[Step]:
    """The steps of the story, in the order of its files."""
    found: list[Step] = []
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
        scratch.rename(place)
        return
    make_private(str(place), 0o700)
    for path in sorted(scratch.iterdir(), key=lambda path: path.name == ".git"):
        path.rename(place / path.name)
