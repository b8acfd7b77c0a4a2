"""Complete an erasure: remove what the rewritten history no longer needs.

Logs of where branches were, caches, what programs noted down, and every object that
nothing leads to. All of it can be done again, so a clearing that was broken off is
simply begun anew.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from sencli.core.audit import erasure
from sencli.errors import SencliError
from sencli.store.change import journal
from sencli.store.change import recover
from sencli.store.change import refs
from sencli.store.change.commit import branch
from sencli.store.files import files
from sencli.store.git import index
from sencli.store.history.arrivals import keep
from sencli.store.history.search import write_graph
from sencli.store.records.committed import CommittedRecords

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable
    from typing import Any

    from sencli.store.git.process import Git


# what git and its companions note down beside the history
_NOTES = (
    *("ORIG_HEAD", "FETCH_HEAD", "AUTO_MERGE", "COMMIT_EDITMSG", "MERGE_MSG"),
    *("SQUASH_MSG", "TAG_EDITMSG", "NOTES_EDITMSG", "gitk.cache"),
)
_NOTE_FOLDERS = ("lost-found", "rr-cache", "damaged")
# what is kept beside the records: everything else there is made again when needed
_KEPT = (
    *("lock", "journal", "git", "verified", "ilock", "clock", "drafts"),
    *("meeting", "sending", "arrivals"),
)
_DRAFT_LIMIT = 10_000_000
_TWO = 2


def clear(git: Git, ids: Collection[str]) -> None:
    """Clear away what is left of these pupils in a rewritten repository.

    Raises:
        OSError, SencliError: something could not be cleared; do it again.
    """
    folder = os.path.join(git.root, ".git")
    keep(git, branch(str(git.root)))  # days and names of commits, nothing of pupils
    _empty(os.path.join(folder, "logs"))
    for name in _NOTES:
        files.delete(os.path.join(folder, name), missing_ok=True)
    for name in _NOTE_FOLDERS:
        if os.path.isdir(os.path.join(folder, name)):
            files.delete_tree(os.path.join(folder, name))
    _caches(os.path.join(folder, "sencli"), ids)
    _repack(git, os.path.join(folder, "objects"))


def _empty(folder: str) -> None:
    """Delete every file below a folder, but keep the folders."""
    for above, _, names in os.walk(folder):
        for name in names:
            files.delete(os.path.join(above, name))


def _caches(folder: str, ids: Collection[str]) -> None:
    word = erasure.word(ids)
    with os.scandir(folder) as entries:
        found = list(entries)
    for entry in found:
        if entry.name in _KEPT:
            continue
        if entry.is_dir(follow_symlinks=False):
            files.delete_tree(entry.path)
        else:
            files.delete(entry.path)
    drafts = os.path.join(folder, "drafts")
    for name in os.listdir(drafts) if os.path.isdir(drafts) else ():
        path = os.path.join(drafts, name)
        if os.path.islink(path) or not os.path.isfile(path):
            continue  # none of ours: who saves next is told of it
        if word.search(name.encode()) or word.search(files.read(path, _DRAFT_LIMIT)):
            files.delete(path)


def _repack(git: Git, store: str) -> None:
    """Repack everything reachable into one new pack, and delete the rest.

    What another program adds meanwhile is not touched.
    """
    packs = os.path.join(store, "pack")
    old = [os.path.join(packs, name) for name in sorted(os.listdir(packs))]
    old += _loose(store)
    graph = _tables(store)
    args = ("-q", "--all", "--indexed-objects", "--delta-base-offset", "--non-empty")
    out = git.ask("pack-objects", *args, os.path.join(packs, "pack"))
    made = out.decode().split()
    files.sync_folder(packs)
    # an index goes before its pack: then git sees the whole pack, or none
    for path in sorted(old, key=lambda path: not path.endswith(".idx")):
        if not any(name in os.path.basename(path) for name in made):
            files.delete(path, missing_ok=True)
    for name in os.listdir(store):
        if len(name) == _TWO:
            with suppress(OSError):
                files.delete_folder(os.path.join(store, name))
    files.sync_folder(packs)
    files.sync_folder(store)
    if graph:
        write_graph(git)


def _loose(store: str) -> list[str]:
    """Every object in a file of its own, and what killed programs left of one."""
    found = []
    for name in os.listdir(store):
        folder = os.path.join(store, name)
        if len(name) == _TWO and os.path.isdir(folder):
            found += [os.path.join(folder, one) for one in os.listdir(folder)]
        elif name.startswith("tmp_"):
            found.append(folder)
    return found


def _tables(store: str) -> bool:
    """Take away the tables that name old commits; whether there were any."""
    info = os.path.join(store, "info")
    graphs = os.path.join(info, "commit-graphs")
    found = os.path.isdir(graphs)
    if found:
        files.delete_tree(graphs)
    graph = os.path.join(info, "commit-graph")
    if os.path.lexists(graph):
        files.delete(graph)
        found = True
    packs = os.path.join(store, "pack")
    for name in os.listdir(packs):
        if name.startswith("multi-pack-index"):
            files.delete(os.path.join(packs, name))
    return found


def erasure_promise(
    which: Iterable[refs.RefMove], ids: Collection[str]
) -> dict[str, Any]:
    """The part of a promise that says what is erased, and which names move."""
    moves = [[move.ref, move.old, move.new, move.symbolic] for move in which]
    return {"refs": moves, "ids": sorted(ids)}


def resume(git: Git, left: journal.Journal) -> str:
    """Finish or discard what a killed erasure left; a warning or ""."""
    moves = _moves(left)
    if not refs.begun(git, moves):
        refs.clear_locks(git.root, moves)
        journal.clear(git.root)
        return ""
    return finish(git, left, -1)


def finish(git: Git, left: journal.Journal, lock: int) -> str:
    """Everything after the first branch has moved; a warning or "".

    No failure undoes it: what could not be done is done by the next command.
    """
    try:
        moves = _moves(left)
        refs.clear_locks(git.root, moves)
        rest = refs.rest(git, moves)
        if rest:
            refs.start(git, rest, lock)
        refs.settle(git.root, moves)
        _follow(git, left)
        clear(git, left.erasure["ids"])
        journal.clear(git.root)
    except (OSError, SencliError) as error:
        return (
            "The history holds the record no more, but not everything could be cleared "
            f"away yet ({_reason(git, error)}); the next sen command sees to it. Until "
            "then nothing else can be saved: sen doctor"
        )
    return ""


def _reason(git: Git, error: OSError | SencliError) -> str:
    if isinstance(error, SencliError):
        return error.message
    where = error.filename
    place = os.path.relpath(where, git.root) if isinstance(where, str) else ""
    return ": ".join(filter(None, (place, error.strerror or type(error).__name__)))


def _moves(left: journal.Journal) -> list[refs.RefMove]:
    return [refs.RefMove(*one) for one in left.erasure["refs"]]


def _follow(git: Git, left: journal.Journal) -> None:
    """Working files and index."""
    from sencli.store.git.process import Reader

    reader = Reader(git)
    try:
        found = reader.get(left.ref)
        commit = found[0] if found else ""
        head = recover.Head(commit, CommittedRecords(reader, commit).tree)
        _, entries = recover.working(git, head, reader.content, left)
        if entries:
            index.update(git, entries, commit)
    finally:
        reader.close()
