"""New records from a copy: of a remote, of another folder, or of a backup.

It is born as new records are (`create.born`): before its `.git` is in its place the
folder is as good as empty, and after it any command writes the rest of the files.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sencli.errors import IntegrityFault
from sencli.errors import NotFound
from sencli.store.change import create
from sencli.store.change import journal
from sencli.store.files import files
from sencli.store.git import settings
from sencli.store.git.git_errors import git_words
from sencli.store.remote import private_address
from sencli.store.remote.connection import Connection
from sencli.store.remote.connection import options
from sencli.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable

    from sencli.store.git.process import Git

_HEADS = "refs/heads/"
_MAIN = "refs/heads/main"
_LOOKED_AT = 8
_FILES = ("100644", "100755")
ORIGIN = "origin"


class Copied(Value):
    """What was made.

    Attributes:
        root: the new folder.
        commit: its newest.
        notice: where the user's own settings lead the address, or "".
    """

    root: str
    commit: str
    notice: str = ""


def from_address(directory: str, url: str, again: str) -> Copied:
    """A copy of what is at an address, which is its `origin` from then on.

    Args:
        directory: the new folder.
        url: as `private_address.address` gives it.
        again: what is typed again when it did not come about.
    """
    found = ["", ""]

    def build(aside: str) -> None:
        spec = f"+{_HEADS}*:refs/remotes/{ORIGIN}/*"
        own = ((f"remote.{ORIGIN}.url", url), (f"remote.{ORIGIN}.fetch", spec))
        git = create.begun(aside, own)
        private_address.refuse_public(git, url)
        line = Connection(git, settings.listing(git), ORIGIN, again)

        def take(ref: str) -> str:
            return line.fetch(ref, f"refs/remotes/{ORIGIN}/{ref.removeprefix(_HEADS)}")

        ref, found[0] = _records(git, line.all(), take, line.address)
        found[1] = line.notice
        _promise(git, ref, found[0])

    return Copied(create.born(directory, build, again), *found)


def from_bundle(directory: str, bundle: str, again: str) -> Copied:
    """A copy of what is in the file of a backup."""
    found = [""]

    def build(aside: str) -> None:
        git = create.begun(aside)
        heads = bundled(git, bundle)
        ref, found[0] = _records(
            git, heads, lambda ref: unbundled(git, bundle, ref), bundle
        )
        _promise(git, ref, found[0])

    return Copied(create.born(directory, build, again), *found)


def bundled(git: Git, bundle: str) -> dict[str, str]:
    """The branches in a git bundle."""
    status, out, err = git.run("bundle", "list-heads", bundle)
    if status:
        raise IntegrityFault(
            f"{bundle} is not a backup, or is damaged: {git_words(err)}. Nothing was "
            "made.",
            "Take another backup, or make one anew: sen backup FOLDER",
        )
    lines = (row.split(" ", 1) for row in out.decode("utf-8", "replace").splitlines())
    return {ref: name for name, ref in lines}


def unbundled(git: Git, bundle: str, ref: str) -> str:
    """Take a branch of a git bundle in, every object checked; its newest commit."""
    args = ("--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "-q")
    into = f"refs/sencli/backup/{ref.removeprefix(_HEADS)}"
    words = (*options(settings.listing(git)), "fetch", *args, "--end-of-options")
    status, _, err = git.run(*words, bundle, f"+{ref}:{into}", network=True)
    if status:
        raise IntegrityFault(
            f"{bundle} is damaged: {git_words(err)}. Nothing was made.",
            "Take another backup, or make one anew: sen backup FOLDER",
        )
    commit = git.ask("rev-parse", "--verify", into).decode().strip()
    git.ask("update-ref", "-d", into)
    return commit


def _records(
    git: Git, refs: Iterable[str], take: Callable[[str], str], named: str
) -> tuple[str, str]:
    """The branch that holds the records, and its newest commit."""
    heads = [ref for ref in refs if ref.startswith(_HEADS)]
    heads.sort(key=lambda ref: (ref != _MAIN, ref))
    for ref in heads[:_LOOKED_AT]:
        commit = take(ref)
        if commit and git.run("cat-file", "-e", f"{commit}:school.yaml")[0] == 0:
            return ref, commit
    raise NotFound(
        f"{named} holds no SEN records. Nothing was made.",
        "Look at the address. From the computer that has the records, send them there "
        "first: sen sync",
    )


def _promise(git: Git, ref: str, commit: str) -> None:
    """Lead the branch to the commit and promise its files."""
    paths = {}
    rows = git.ask("ls-tree", "-r", "-z", commit).decode("utf-8", "replace")
    for row in filter(None, rows.split("\0")):
        head, _, path = row.partition("\t")
        mode, _, blob = head.split()
        if mode not in _FILES:
            raise IntegrityFault(
                f"What is there holds a link or a program, {path!a}, which sencli "
                "never writes. Nothing was made.",
                "Ask who else can write there.",
            )
        paths[files.safe(path)] = ("", blob)
    git.ask("update-ref", "-m", "clone: by sencli", ref, commit)
    git.ask("symbolic-ref", "HEAD", ref)
    inside = os.path.join(git.root, ".git", "sencli")
    files.make_folder(inside)
    journal.save(git.root, journal.Journal(ref, commit, paths))
