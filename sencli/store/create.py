"""A new repository: made aside, then put in place by one rename.

Everything is built in `.sencli-new` inside the folder, with a promise to write the
working files. The rename of its `.git` is the moment of birth: before it the folder is
as good as empty for the next `sen init`, after it any command finishes the rest.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from sencli.errors import Conflict
from sencli.store import files as disk
from sencli.store.finding import holds_records
from sencli.store.git import Git
from sencli.store.git import Reader
from sencli.store.history_gone import gone
from sencli.store.history_gone import stands_alone
from sencli.store.publish import unsaved
from sencli.store.settings import listing
from sencli.store.write import Base
from sencli.store.write import Work

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping
    from pathlib import Path

    from sencli.store.draft import Draft
    from sencli.store.draft import Message

ASIDE = ".sencli-new"
# two laptops' changes are merged item by item
DRIVER = (
    ("merge.sencli.name", "SEN records, item by item"),
    ("merge.sencli.driver", "sencli merge-driver %O %A %B %L %P"),
    ("merge.sencli.recursive", "binary"),
)
_BRANCH = "refs/heads/main"


def create(
    directory: Path,
    files: Mapping[str, bytes],
    message: Message,
    settings: Iterable[tuple[str, str]],
) -> str:
    """Make the repository; its working files are promised, not yet written."""
    root = os.path.realpath(directory)
    _refuse(root, str(directory))
    made = not os.path.isdir(root)
    aside = os.path.join(root, ASIDE)
    try:
        disk.make_folder(root)
        disk.make_private(root, 0o700)
        disk.delete_tree(aside)
        disk.make_folder(aside)
        _build(aside, files, message, settings)
        _settle(aside)
        disk.move(os.path.join(aside, ".git"), os.path.join(root, ".git"))
    except BaseException as error:
        _clear(root, made=made)
        if isinstance(error, OSError):
            raise unsaved(error) from error
        raise
    # it is born: what fails from here on is finished by the next command
    with contextlib.suppress(OSError):
        disk.delete_folder(aside)
        disk.sync_folder(root)
    return root


def _refuse(root: str, named: str) -> None:
    try:
        inside = [name for name in os.listdir(root) if name != ASIDE]
    except FileNotFoundError:
        inside = []
    except OSError as error:
        raise unsaved(error) from error
    above = root
    while True:
        if holds_records(above):
            raise Conflict(
                f"{above} already holds SEN records; they cannot hold others.",
                "Choose a folder outside it: sen init DIR",
            )
        if os.path.dirname(above) == above:
            break
        above = os.path.dirname(above)
    if stands_alone(root):
        raise gone(root)
    if ".git" in inside:
        from sencli.store.no_records import explain

        raise explain(root)
    if inside:
        raise Conflict(
            f"{named} is not empty. Nothing was changed.",
            "Choose a new folder: sen init DIR",
        )


def _build(
    aside: str,
    files: Mapping[str, bytes],
    message: Message,
    settings: Iterable[tuple[str, str]],
) -> None:
    """A whole repository in `aside`, with its first commit and its promise."""
    from sencli.store import publish

    git = Git(aside)
    args = ("--quiet", "--template=", "--shared=0600", "--initial-branch=main")
    git.ask("init", *args, "--object-format=sha1")
    for key, value in (*DRIVER, *settings):
        git.ask("config", "--local", key, value)
    disk.make_folder(os.path.join(aside, ".git", "sencli"))
    reader = Reader(git)
    try:
        base = Base(git, reader, _BRANCH)
        work = Work(base, listing(git), {})

        def act(draft: Draft) -> Message:
            for path, data in files.items():
                draft.put_bytes(path, data)
            return message

        work.step(act)
        publish.save(work, -1)
    finally:
        reader.close()


def _settle(aside: str) -> None:
    """Everything in a new `.git` on the disk: git does not do it for its settings."""
    for inside, _, names in os.walk(os.path.join(aside, ".git"), topdown=False):
        for name in names:
            disk.settle_file(os.path.join(inside, name))
        disk.sync_folder(inside)


def _clear(root: str, *, made: bool) -> None:
    """Leave no trace of a repository that was not born."""
    if os.path.isdir(os.path.join(root, ".git")):
        return
    with contextlib.suppress(OSError):
        disk.delete_tree(os.path.join(root, ASIDE))
    if made:
        try:
            disk.delete_folder(root)
        except OSError:
            return
