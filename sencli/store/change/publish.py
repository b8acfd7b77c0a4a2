"""The second half of the write path: save commits, move the branch, update files.

Objects and promise (journal) reach the disk first, then the branch moves by
compare-and-swap, then working files and index follow. Before the branch moves nothing
has changed; after it nothing is lost, and the next command finishes what is left.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from sencli.errors import SencliError
from sencli.store.change import journal
from sencli.store.change import recover
from sencli.store.files import files
from sencli.store.files.poor_disk import unsaved
from sencli.store.git import git_lock
from sencli.store.git import objects
from sencli.store.git.process import fault

if TYPE_CHECKING:
    import subprocess

    from sencli.store.change.commit import Base
    from sencli.store.change.commit import ChangeSet
    from sencli.store.git.process import Git

_LOOSE = 16  # more objects than this are kept as one pack: fewer waits for the disk


class MovedError(Exception):
    """Another program committed while we were at work: act again on its state."""


def publish(work: ChangeSet, lock: int) -> str:
    """Save the commits of `work` and let the working files follow.

    Returns a warning or "". Arguments and errors as for `save`.
    """
    return _follow(work, save(work, lock))


def save(work: ChangeSet, lock: int) -> journal.Journal:
    """Make the commits of `work` durable and move the branch to the last.

    Args:
        work: commits on the base that it was made from.
        lock: the open lock, which the git processes that write inherit.

    Raises:
        MovedError: somebody else moved the branch; nothing was saved.
        SencliError: nothing was saved, and why.
    """
    base = work.base
    promise = journal.Journal(base.ref, work.head, work.ids, work.pending)
    mover = base.git.start(
        "update-ref", "-m", f"sencli: {work.action}", "--stdin", inherit=lock
    )
    try:
        _store(base.git, work.box, promise, lock)
        _move(base, promise, mover)
    except OSError as error:
        _abandon(base, promise, mover)
        raise unsaved(error) from error
    except BaseException:
        _abandon(base, promise, mover)
        raise
    return promise


def _store(
    git: Git, box: dict[str, tuple[bytes, bytes]], promise: journal.Journal, lock: int
) -> None:
    """Objects and promise on the disk; git checks each object and each link."""
    store = os.path.join(git.root, ".git", "objects")
    loose = len(box) <= _LOOSE
    folders = {name[:2] for name in box} if loose else {"pack"}
    known = {name for name in folders if os.path.isdir(os.path.join(store, name))}
    unpack = ("unpack-objects", "-q") if loose else ("index-pack", "--stdin")
    process = git.start(*unpack, "--strict", inherit=lock)
    try:
        _send(process, list(box.values()))
        journal.save(git.root, promise)
    except BaseException:
        with process:
            process.communicate()
        raise
    with process:
        _, err = process.communicate()
    if process.returncode:
        words = err.decode("utf-8", "replace").strip()
        raise fault("git unpack-objects", process.returncode, words)
    for folder in sorted(folders):
        if os.path.isdir(os.path.join(store, folder)):
            files.sync_folder(os.path.join(store, folder))
    if folders != known:
        files.sync_folder(store)


def _send(process: subprocess.Popen[bytes], items: list[tuple[bytes, bytes]]) -> None:
    """Write the pack to the process and close its input."""
    packed = objects.pack(items)
    if process.stdin:
        # a broken pipe means that git has failed; its own words follow
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(packed)
        with contextlib.suppress(BrokenPipeError):
            process.stdin.close()
    process.stdin = None


def _move(base: Base, promise: journal.Journal, mover: subprocess.Popen[bytes]) -> None:
    """The commit point: move the branch from the base to the new commit, or fail."""
    line = f"update {promise.ref} {promise.new} {base.commit or objects.ZERO}\n"
    with mover:
        _, err = mover.communicate(line.encode())
    if mover.returncode == 0:
        return
    # git may report an error after the branch has moved: the branch itself counts
    found = base.reader.get(promise.ref)
    now = found[0] if found else ""
    if now == promise.new:
        return
    recover.clear_locks(base.git.root, promise)
    if now != base.commit:
        raise MovedError
    path = _loose(base.git.root, promise.ref)
    for name in (f"{path}.lock", _loose(base.git.root, "HEAD.lock")):
        if os.path.lexists(name):
            raise git_lock.locked(name)
    words = err.decode("utf-8", "replace").strip()
    raise fault("git update-ref", mover.returncode, words)


def _loose(root: str, ref: str) -> str:
    return os.path.join(root, ".git", *ref.split("/"))


def _abandon(
    base: Base, promise: journal.Journal, mover: subprocess.Popen[bytes]
) -> None:
    """Take the promise back, unless the branch has moved after all."""
    if mover.returncode is None:
        mover.communicate()
    with contextlib.suppress(OSError, SencliError):
        found = base.reader.get(promise.ref)
        if found and found[0] == promise.new:
            return
        recover.close(base.git.root, promise)


def _follow(work: ChangeSet, promise: journal.Journal) -> str:
    """Working files and index, after the commit point: no failure undoes it."""
    base = work.base
    blobs = {name: data for name, (kind, data) in work.box.items() if kind == b"blob"}

    def content(name: str) -> bytes:
        return blobs[name] if name in blobs else base.reader.content(name)

    try:
        files.sync_folder(os.path.dirname(_loose(base.git.root, promise.ref)))
        head = recover.Head(work.head, base.records.tree)
        return recover.finish(base.git, head, content, promise)
    except (OSError, SencliError) as error:
        reason = error.message if isinstance(error, SencliError) else error.strerror
        return (
            f"Saved in the history, but the working files could not follow yet "
            f"({reason}); the next sen command sees to it."
        )
