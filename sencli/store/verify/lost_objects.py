"""Missing or damaged objects of the history, and what can be saved."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from sencli.errors import SencliError
from sencli.store.files import files
from sencli.store.files.check_result import CheckResult
from sencli.store.git import git_folder
from sencli.store.git import index_state
from sencli.store.git import objects
from sencli.store.git.git_folder import FIX
from sencli.store.git.git_folder import said_by
from sencli.store.git.index import Index
from sencli.store.git.passwords import masked
from sencli.store.records.records import places

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from sencli.store.git.process import Git

COPY = "First of all copy the whole folder to another disk, as it is."
DERIVED = ("objects/info/commit-graph", "objects/pack/multi-pack-index")
"""What git works out from the rest, and can do without."""
_HEX = re.compile(r"(?<!pack-)\b[0-9a-f]{40}\b")
_HARM = re.compile(
    r"missing|corrupt|mismatch|empty|unable|cannot|could not|invalid|bad |broken"
)
_MANY = 3_000
"""Commits of which every object is looked at each time."""
_BLOB = b"100644"
_PARTED = re.compile(r"/([0-9a-f]{2})/([0-9a-f]{38})\b")


def lost_objects(root: str, git: Git) -> Iterator[CheckResult]:
    """Whether all that the history is made of is there."""
    for name in DERIVED:
        if os.path.lexists(git_folder.inside(root, name)):
            word = "commit-graph" if name.endswith("graph") else "multi-pack-index"
            if git.run(word, "verify")[0]:
                message = f"What git has worked out for itself (.git/{name}) is wrong."
                yield CheckResult("derived", "fault", message, FIX, fixable=True)
    harmed = harm(git)
    lost = {oid for oid in harmed if not _reads(git, oid)}
    if harmed and not lost:
        message = "Bytes of the history are spoilt, and all that they said is there."
        yield CheckResult("spoilt", "fault", message, "git repack -A -d")
    if not lost:
        return
    paths = [path for path, oid in committed_files(git).items() if oid in lost]
    many = f"{len(lost)} objects are" if len(lost) > 1 else "1 object is"
    message = f"The history is damaged: {many} missing or spoilt."
    if paths:
        message += f" The newest saved text is lost of {places(paths)}."
    else:
        message += " The newest state of the records is whole."
    if any(objects.oid(kind, data) in lost for kind, data in contents(root)):
        yield CheckResult("history", "fault", message, FIX, fixable=True)
    else:
        yield CheckResult("history", "fault", message, "See below: what can be saved")


def _reads(git: Git, oid: str) -> bool:
    """Whether git can read all of an object, if only from a second place."""
    if not git_folder.OID.fullmatch(oid):
        return False
    status, out, _ = git.run("cat-file", "-t", oid)
    if status:
        return False
    kind = out.decode().strip()
    status, data, _ = git.run("cat-file", kind, oid)
    return not status and objects.oid(kind.encode(), data) == oid


def committed_files(git: Git) -> dict[str, str]:
    """The files of the newest commit, and the names of their contents."""
    status, out, _ = git.run("ls-tree", "-r", "-z", "--full-tree", "HEAD")
    found = {}
    if not status:
        for line in out.decode("utf-8", "replace").split("\0"):
            head, _, path = line.partition("\t")
            if path:
                found[path] = head.split(" ")[2]
    return found


def harm(git: Git) -> set[str]:
    """The objects that are missing or spoilt.

    Of a history of thousands of changes only the changes themselves and the newest
    state are looked at here: `sen verify` takes its time for all of it.
    """
    plain = ("-c", "core.commitGraph=false", "-c", "core.multiPackIndex=false")
    status, out, err = git.run(*plain, "rev-list", "--count", "--all")
    number = out.decode().strip()
    if not status and number.isdigit() and int(number) > _MANY:
        return _newest_harm(git, plain)
    args = ("fsck", "--no-dangling", "--no-progress")
    aside = {"GIT_INDEX_FILE": os.path.join(git.root, ".git", "sencli", "none")}
    status, said, err = git.run(*plain, *args, env=aside)
    if not status:
        return set()
    return _objects_in(
        (*said.decode("utf-8", "replace").splitlines(), *err.splitlines())
    )


def _newest_harm(git: Git, plain: tuple[str, ...]) -> set[str]:
    """The objects of the newest state that are missing or spoilt."""
    args = ("rev-list", "--objects", "--no-object-names", "--no-walk", "HEAD")
    status, out, err = git.run(*plain, *args)
    found = _objects_in(err.splitlines()) if status else set()
    _, told, _ = git.run(*plain, "cat-file", "--batch-check", feed=out)
    lines = told.decode("utf-8", "replace").splitlines()
    return found | {line.split(" ")[0] for line in lines if line.endswith(" missing")}


def _objects_in(told: Iterable[str]) -> set[str]:
    """The objects that git's complaints name."""
    # names that lead nowhere are another finding
    bad = [
        line
        for line in told
        if _HARM.search(line)
        and "link from" not in line
        and ("refs/" not in line or "pointer" not in line)
        and "bad ref" not in line
        and "HEAD" not in line
    ]
    found: set[str] = set()
    for line in bad:
        found.update(_HEX.findall(line))
        found.update(a + b for a, b in _PARTED.findall(line))
    return found or {said_by(line) for line in bad}


def rescue(root: str) -> Iterator[CheckResult]:
    """Records that can be saved despite the damage."""
    from sencli.store.records.records import WorkingRecords
    from sencli.store.records.records import pupil_path

    records = WorkingRecords(root)
    try:
        ids = records.pupil_ids()
    except SencliError:
        ids = []
    good = 0
    for pupil_id in ids:
        try:
            records.read(pupil_path(pupil_id))
            good += 1
        except SencliError:
            continue
    message = f"All {len(ids)} records in the folder can be read."
    if ids and good < len(ids):
        message = (
            f"Of the files in the folder, {good} of {len(ids)} records can be read."
        )
    elif not ids:
        message = "There are no records in the folder."
    hint = (
        f"{COPY}\\nA whole copy is the other laptop's, or the backup's: {_whence(root)}"
    )
    yield CheckResult("rescue", "note", message, hint.replace("\\n", "\n"))


def _whence(root: str) -> str:
    """How to take the records from where they were sent."""
    said = git_folder.text(root, "config") or ""
    found = re.search(r"(?m)^\s*url\s*=\s*(\S.*?)\s*$", said)
    address = masked(found[1]) if found else "ADDRESS"
    return f"git clone {address} FOLDER"


def contents(root: str) -> Iterator[tuple[bytes, bytes]]:
    """What the folder and the index still tell of: files, and lists of files."""
    here: dict[str, str] = {}
    for folder, below, names in os.walk(root):
        if folder == root and ".git" in below:
            below.remove(".git")
        for name in names:
            path = os.path.relpath(os.path.join(folder, name), root)
            path = path.replace(os.sep, "/")
            try:
                data = files.current(root, path)
            except (OSError, SencliError):
                continue
            if data is not None:
                here[path] = objects.blob(data)
                yield b"blob", data
    for listed in (here, _staged(root)):
        yield from _trees(listed)


def _staged(root: str) -> dict[str, str]:
    """The files that the index lists; they are those of the newest commit, mostly."""
    if index_state.damage(root):
        return {}
    now = Index.parse(files.read(git_folder.inside(root, "index")))
    return now.listed() if now else {}


def _trees(listed: dict[str, str]) -> Iterator[tuple[bytes, bytes]]:
    """The lists of each folder that files of these names and contents make."""
    folders: dict[str, dict[bytes, tuple[bytes, str]]] = {"": {}}
    for path, oid in listed.items():
        above, _, name = path.rpartition("/")
        folders.setdefault(above, {})[name.encode()] = (_BLOB, oid)
        while above:
            above = above.rpartition("/")[0]
            folders.setdefault(above, {})
    for folder in sorted(folders, key=lambda name: -name.count("/") - bool(name)):
        raw = objects.tree(folders[folder])
        yield b"tree", raw
        if folder:
            above, _, name = folder.rpartition("/")
            entry = (objects.FOLDER, objects.oid(b"tree", raw))
            folders[above][name.encode()] = entry
