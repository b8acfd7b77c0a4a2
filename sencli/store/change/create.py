"""Create a repository beside its final place, then rename it.

Everything is built in `.sencli-new` inside the folder, with a promise to write the
working files. The rename of its `.git` is the moment of birth: before it the folder is
as good as empty for the next `sen init`, after it any command finishes the rest.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING
from typing import Any

from sencli.errors import Conflict
from sencli.resources import folder
from sencli.store.change.commit import Base
from sencli.store.change.commit import ChangeSet
from sencli.store.files import files as disk
from sencli.store.files.poor_disk import unsaved
from sencli.store.git.history_gone import history_gone_fault
from sencli.store.git.history_gone import stands_alone
from sencli.store.git.process import Git
from sencli.store.git.process import Reader
from sencli.store.git.settings import listing
from sencli.store.git.unsupported import refuse_git_elsewhere
from sencli.store.records.find import holds_records
from sencli.store.text import dump

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Mapping
    from pathlib import Path

    from sencli.store.records.draft import Message


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

    def build(aside: str) -> None:
        _build(aside, files, message, settings)

    return born(str(directory), build, "sen init DIR")


def born(directory: str, build: Callable[[str], None], again: str) -> str:
    """Let a repository be built aside and put it into a new or empty folder.

    Args:
        directory: the folder.
        build: makes a whole repository, with its promise, in the folder it is given.
        again: what is typed to choose another folder.

    Returns:
        The folder's real path.
    """
    root = os.path.realpath(directory)
    _refuse(root, directory, again)
    made = not os.path.isdir(root)
    aside = os.path.join(root, ASIDE)
    try:
        disk.make_folder(root)
        disk.make_private(root, 0o700)
        disk.delete_tree(aside)
        disk.make_folder(aside)
        build(aside)
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


def _refuse(root: str, named: str, again: str) -> None:
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
                f"Choose a folder outside it: {again}",
            )
        if os.path.dirname(above) == above:
            break
        above = os.path.dirname(above)
    if stands_alone(root):
        refuse_git_elsewhere(root)
        raise history_gone_fault(root)
    if ".git" in inside:
        from sencli.store.records.no_records import explain

        raise explain(root)
    if inside:
        raise Conflict(
            f"{named} is not empty. Nothing was changed.",
            f"Choose a new folder: {again}",
        )


def begun(aside: str, settings: Iterable[tuple[str, str]] = ()) -> Git:
    """A repository without a commit, which merges item by item."""
    git = Git(aside)
    args = ("--quiet", "--template=", "--shared=0600", "--initial-branch=main")
    git.ask("init", *args, "--object-format=sha1")
    for key, value in (*DRIVER, *settings):
        git.ask("config", "--local", key, value)
    disk.make_folder(os.path.join(aside, ".git", "sencli"))
    return git


def _build(
    aside: str,
    files: Mapping[str, bytes],
    message: Message,
    settings: Iterable[tuple[str, str]],
) -> None:
    """A whole repository in `aside`, with its first commit and its promise."""
    from sencli.store.change import publish

    git = begun(aside, settings)
    reader = Reader(git)
    try:
        base = Base(git, reader, _BRANCH)
        work = ChangeSet(base, listing(git), {})

        draft = work.draft()
        for path, data in files.items():
            draft.put_bytes(path, data)
        work.step(draft, message)
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


_ATTRIBUTES = """\
# Nothing here is turned into other line ends or letters on any computer, or filtered,
# whatever its user has set for all folders.
* -text -filter -ident -working-tree-encoding
*.yaml text eol=lf
pupils/*.yaml text eol=lf merge=sencli diff=sencli
"""

_IGNORE = """\
# Papers are printed from the records, never kept in their history.
*.pdf
*.html
*.csv
*.xlsx
*.sqlite
*.ics
*.docx
!/documents/**
# what editors and systems leave behind
*~
.*.sw?
.DS_Store
Thumbs.db
"""

_README = """\
# SEN support records

This folder holds pupils' special educational needs records. It is **private**: health
data about children. Keep it on an encrypted disk. Never put it on a public site, in an
e-mail, or in a folder that others can open.

| Here | What it is |
|---|---|
| `school.yaml` | the school, its staff, hourly rates, term dates and settings |
| `provisions.yaml` | what the school offers, and the scales it measures with |
| `groups.yaml` | teaching groups (who is in them stands in the pupils' records) |
| `pupils/` | one file for each pupil: the whole history of support |
| `documents/` | reports and letters that belong to a record |
| `reports/` | what is written of reports about the school |
| `.sencli/schemas/` | what each field of these files means |

The files are plain text and can be read without any program. Change them with `sen`:
it checks what is typed and keeps each change, with who made it and when, in the
history of the folder.

    sen --help              what can be done
    sen pupil list          who is here
    sen history NAME        who changed what, and when

Files are named by a made-up id, never by a child's name. Please keep it so: names in
file names or in the history's messages could not be taken out again.

Child-protection notes do not belong here.
"""


def first_files(
    school: Mapping[str, Any], provisions: Mapping[str, Any], groups: Mapping[str, Any]
) -> dict[str, bytes]:
    """Every file of a new repository, by path."""
    records = {"school": school, "provisions": provisions, "groups": groups}
    texts = {
        f"{name}.yaml": dump.dumps(dict(record), name)
        for name, record in records.items()
    }
    texts[".gitattributes"] = _ATTRIBUTES
    texts[".gitignore"] = _IGNORE
    texts["README.md"] = _README
    files = {path: text.encode() for path, text in texts.items()}
    return files | schemas()


def schemas() -> dict[str, bytes]:
    """The schemas to put into a repository."""
    return {
        f".sencli/schemas/{path.name}": path.read_bytes()
        for path in sorted(folder("schemas").glob("*.schema.json"))
    }
