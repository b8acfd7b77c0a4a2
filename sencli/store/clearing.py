"""After an erasure: nothing stays behind that the history does not hold any more.

Logs of where branches were, caches, what programs noted down, and every object that
nothing leads to. All of it can be done again, so a clearing that was broken off is
simply begun anew.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from sencli.core import erasing
from sencli.store import files
from sencli.store.arrivals import keep
from sencli.store.search import write_graph
from sencli.store.write import branch

if TYPE_CHECKING:
    from collections.abc import Collection

    from sencli.store.git import Git

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
    """Every file below a folder goes; the folders stay for those to come."""
    for above, _, names in os.walk(folder):
        for name in names:
            files.delete(os.path.join(above, name))


def _caches(folder: str, ids: Collection[str]) -> None:
    word = erasing.word(ids)
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
    """All that the history leads to in one new pack; what was there before goes.

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
