"""Back up the whole history: into a file of a folder, or to another private address.

The file is a git bundle, which git alone can read; it is read back before it counts.
"""

from __future__ import annotations

import contextlib
import os
import re
from datetime import date
from typing import TYPE_CHECKING

from sencli.errors import Conflict
from sencli.errors import EnvironmentFault
from sencli.errors import IntegrityFault
from sencli.errors import NotFound
from sencli.store.change import create
from sencli.store.change.commit import branch
from sencli.store.change.sync_lock import alone
from sencli.store.change.sync_lock import end
from sencli.store.change.sync_lock import read_back_folder
from sencli.store.files import files
from sencli.store.files.check_result import CheckResult
from sencli.store.files.poor_disk import unsaved
from sencli.store.git import partial_clone
from sencli.store.git.address import folder
from sencli.store.git.passwords import masked
from sencli.store.git.process import fault
from sencli.store.git.settings import GitSettings
from sencli.store.remote import private_address
from sencli.store.remote.connection import Connection
from sencli.store.remote.copied import bundled
from sencli.store.remote.copied import unbundled
from sencli.store.remote.folder_remote import git_folder
from sencli.value import Value

if TYPE_CHECKING:
    from sencli.store.git.process import Git
    from sencli.store.repository.repository import Repository

FILE = re.compile(r"sen-backup-([0-9]{4}-[0-9]{2}-[0-9]{2})-([0-9a-f]{8})\.bundle")
_SCRATCH = ".sen-backup.new"
_REMOTE = "sencli-backup"
_SHORT = 8
_OLD_DAYS = 28
_WEEK = 7


class Backup(Value):
    """A backup that was made.

    Attributes:
        place: its file, or the address without a password.
        commit: the newest change in it.
        changes: how many are in it.
        pupils: how many records of pupils its newest state has.
        attachments: how many reports and letters.
        older: the other backups in that folder.
    """

    place: str
    commit: str
    changes: int
    pupils: int
    attachments: int
    older: tuple[str, ...] = ()


def make(repository: Repository, typed: str, day: str) -> Backup:
    """Back the records up to a folder or an address, and note the day.

    Args:
        repository: the records.
        typed: the folder, a folder of git's own, or an address.
        day: today.
    """
    git = repository.git
    url = private_address.address(typed)
    if partial_clone.shallow_ends(git.root):
        raise EnvironmentFault(
            "The history in this copy does not go back to its beginning (a shallow "
            "clone), so a backup would not be whole. Nothing was written.",
            partial_clone.FETCH,
        )
    place = folder(url, git.root)
    ref = branch(git.root)
    commit = git.ask("rev-parse", "--verify", "HEAD").decode().strip()
    try:
        with alone(git.root, commit) as lock:
            if place and not takes_pushes(place):
                made = _written(git, place, ref, day)
            else:
                made = _sent(git, url, place, ref, commit, lock)
            end(git.root)
    except OSError as error:
        raise unsaved(error) from error
    text = f"{day}\n{made.place}\n".encode("utf-8", "replace")
    files.overwrite(_memo(git.root), text)
    return made


def takes_pushes(place: str) -> str:
    """Git's own folder of that very folder (not of one named `place.git`), or ""."""
    found = git_folder(place)
    own = [os.path.realpath(os.path.join(place, name)) for name in ("", ".git")]
    return found if found and os.path.realpath(found) in own else ""


def _written(git: Git, place: str, ref: str, day: str) -> Backup:
    root, here = (
        os.path.join(os.path.normcase(os.path.realpath(path)), "")
        for path in (git.root, place)
    )
    if here.startswith(root):
        raise Conflict(
            f"{place} lies in the records themselves, and would be lost with them. "
            "Nothing was written.",
            "Name a folder on a stick or on another computer: sen backup FOLDER\n"
            "A copy that sen sync knows by a name: sen sync NAME",
        )
    if not os.path.isdir(place):
        if os.path.lexists(place) or not os.path.isdir(os.path.dirname(place)):
            what = "is not a folder" if os.path.lexists(place) else "is not there"
            raise NotFound(
                f"{place} {what}. Nothing was written.",
                "Put the stick in, or connect the share, then type it again: "
                "sen backup FOLDER\n"
                "A copy that sen sync knows by a name: sen sync NAME",
            )
        files.make_folder(place)
    scratch = os.path.join(place, _SCRATCH)
    try:
        _clear(scratch)
        status, _, err = git.run("bundle", "create", "-q", scratch, "HEAD", ref)
        if status:
            raise fault("git bundle", status, err)
        commit = _read_back(git, scratch, ref)
        files.make_private(scratch, 0o600)
        files.settle_file(scratch)
        path = os.path.join(place, f"sen-backup-{day}-{commit[:_SHORT]}.bundle")
        files.move(scratch, path)
        files.sync_folder(place)
    finally:
        with contextlib.suppress(OSError):
            _clear(scratch)
    older = tuple(name for name in found_in(place) if name != os.path.basename(path))
    return Backup(path, commit, *_numbers(git, commit), older)


def _clear(scratch: str) -> None:
    for name in (scratch, f"{scratch}.lock"):
        files.delete(name, missing_ok=True)


def _read_back(git: Git, bundle: str, ref: str) -> str:
    """The newest commit of a bundle, after all of it was taken into an empty folder."""
    aside = read_back_folder(git.root)
    try:
        files.delete_tree(aside)
        files.make_folder(aside)
        other = create.begun(aside)
        commit = unbundled(other, bundle, ref)
        ours, theirs = (one.ask("rev-list", "--count", commit) for one in (git, other))
        if bundled(other, bundle).get(ref) != commit or ours != theirs:
            raise IntegrityFault(
                "The backup does not hold what the records hold. It was taken away.",
                "See what is wrong: sen doctor",
            )
    finally:
        with contextlib.suppress(OSError):
            files.delete_tree(aside)
    return commit


def _sent(git: Git, url: str, place: str, ref: str, commit: str, lock: int) -> Backup:
    if place and os.path.basename(takes_pushes(place)) == ".git":
        raise Conflict(
            f"{place} is a folder that somebody works in. Nothing was written.",
            "Name a folder that holds only backups: sen backup FOLDER",
        )
    private_address.refuse_public(git, url)
    own = f"command\0remote.{_REMOTE}.url\n{url}\0".encode()
    listed = git.ask("config", "--list", "-z", "--show-scope")
    line = Connection(git, GitSettings(listed + own), _REMOTE, "sen backup ADDRESS")
    line.lock = lock
    if not line.push(commit, ref) or line.newest(ref) != commit:
        raise Conflict(
            f"{line.address} holds changes that are not here, so nothing was sent.",
            "If another computer sends there: sen sync. Otherwise, or after an "
            "erasure, back up to a new place: sen backup FOLDER",
        )
    line.point_at(ref)
    return Backup(line.address, commit, *_numbers(git, commit))


def _numbers(git: Git, commit: str) -> tuple[int, int, int]:
    """Changes, records of pupils and attachments up to a commit."""
    names = git.ask("ls-tree", "-r", "-z", "--name-only", commit).split(b"\0")
    starts = (b"pupils/", b"documents/")
    pupils, papers = (sum(n.startswith(start) for n in names) for start in starts)
    return int(git.ask("rev-list", "--count", commit)), pupils, papers


def found_in(place: str) -> list[str]:
    """The backups in a folder, newest first."""
    named = [name for name in os.listdir(place) if FILE.fullmatch(name)]

    def age(name: str) -> tuple[str, float]:
        return name[:21], os.stat(os.path.join(place, name)).st_mtime

    return sorted(named, key=age, reverse=True)


def _memo(root: str) -> str:
    return os.path.join(root, ".git", "sencli", "backup")


def last(root: str) -> tuple[str, str]:
    """Day and place of the last backup from this computer, or empty texts."""
    try:
        day, where = files.read(_memo(root), 10_000).decode().splitlines()[:2]
        date.fromisoformat(day)
    except (OSError, ValueError):
        return "", ""
    return day, masked(where)


def age(root: str, today: str) -> list[CheckResult]:
    """What `sen doctor` says of the last backup, where there ever was one."""
    day, where = last(root)
    if not day:
        return []
    days = (date.fromisoformat(today) - date.fromisoformat(day)).days
    if days <= _OLD_DAYS:
        return [CheckResult("backup", "ok", f"The last backup is of {day} ({where}).")]
    message = f"The last backup is {days // _WEEK} weeks old: {day} ({where})."
    return [CheckResult("backup", "warning", message, "sen backup FOLDER")]
