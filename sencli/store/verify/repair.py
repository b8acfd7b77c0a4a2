"""Mend a damaged repository without deleting anything readable.

What is in the way is set aside under another name, and an object is only ever written
with the content that its name stands for.
"""

from __future__ import annotations

import os
import re
import zlib
from typing import TYPE_CHECKING

from sencli.store.change.create import DRIVER
from sencli.store.files import files
from sencli.store.files.temporary import temporary
from sencli.store.git import git_folder
from sencli.store.git import index_state
from sencli.store.git import objects
from sencli.store.git.process import Git
from sencli.store.records.records import places
from sencli.store.verify import damage
from sencli.store.verify import lost_objects

if TYPE_CHECKING:
    from collections.abc import Callable

_SECTION = re.compile(r'\s*\[\s*[A-Za-z0-9.-]+\s*(?:"(?:[^"\\]|\\.)*")?\s*\]\s*')
_VALUE = re.compile(r"\s*[A-Za-z][A-Za-z0-9-]*\s*=\s*[^\x00-\x08\x0b-\x1f\x7f]*")
_TRIES = 9
_BAD_IN_NAMES = re.compile(r"[^A-Za-z0-9]+")


def heal(root: str, code: str) -> str:
    """Mend one kind of damage; a sentence of what was done, or "".

    Args:
        root: the folder of the records.
        code: of the finding.
    """
    return HEALS[code](root)


def _shape(root: str) -> str:
    done = []
    for name in damage.misfits(root):
        aside = git_folder.set_aside(git_folder.inside(root, name), root)
        done.append(
            f"what was .git/{name} is kept as .git/damaged/{os.path.basename(aside)}"
        )
    for name in ("objects", "refs", "refs/heads"):
        files.make_folder(git_folder.inside(root, name))
    return f"The folders of .git are as they must be. {'; '.join(done)}".strip()


def _settings_lost(root: str) -> str:
    """Settings with all lines of the old ones that can be read."""
    kept = ["[core]", "\trepositoryformatversion = 0", "\tbare = false"]
    path = git_folder.inside(root, "config")
    old = b""
    if os.path.isfile(path):
        old = files.read(path)
    section = ""
    for line in old.decode("utf-8", "replace").splitlines():
        if _SECTION.fullmatch(line):
            section = line.strip()
            kept.append(section)
        elif section and _VALUE.fullmatch(line) and _reads(root, section, line):
            kept.append(line)
    git_folder.put(root, "config", "\n".join([*kept, ""]).encode())
    git = Git(root)
    for key, value in DRIVER:
        git.run("config", "--local", key, value)
    return "git's settings are made anew, with all lines of the old that can be read."


def _reads(root: str, section: str, line: str) -> bool:
    """Whether git reads a line, and it does not say what git must find out itself."""
    name = line.partition("=")[0].strip().lower()
    if section.lower().startswith("[core]") and name in {
        "repositoryformatversion",
        "bare",
    }:
        return False
    with temporary(f"{section}\n{line}\n".encode()) as place:
        args = ("config", "--file", place, "--no-includes", "--list")
        return git_folder.ask(root, *args)[0] == 0


def _settings(root: str) -> str:
    gone = []
    for _ in range(_TRIES):
        said = damage.refused(Git(root), env=damage.NOT_OURS)
        if not said or not (key := _culprit(root, said)):
            break
        gone.append(key)
    return f"Taken out of git's settings: {', '.join(gone)}." if gone else ""


def _culprit(root: str, said: str) -> str:
    """The setting that git complains of, which is taken out; "" where it is none.

    Git does not always name it, and names it in many ways: each is tried.
    """
    path = git_folder.inside(root, "config")
    old = files.read(path)
    args = ("config", "--file", path)
    out = git_folder.ask(root, *args, "--no-includes", "--list", "--name-only", "-z")[1]
    keys = dict.fromkeys(filter(None, out.decode("utf-8", "replace").split("\0")))
    for key in sorted(keys, key=lambda key: key.lower() not in said.lower()):
        if git_folder.ask(root, *args, "--unset-all", key)[0] == 0:
            if damage.refused(Git(root), env=damage.NOT_OURS) != said:
                return key
            git_folder.put(root, "config", old)
    return ""


def _head(root: str) -> str:
    ref = damage.the_branch(root)
    git_folder.put(root, "HEAD", f"ref: {ref}\n".encode())
    return f"The records are on the branch {ref.removeprefix(git_folder.BRANCHES)}."


def _packed_names(root: str) -> str:
    good = damage.unpacked_lines(root)
    git_folder.put(root, "packed-refs", good.encode())
    return "The list of packed names holds what could be read of it."


def _branch(root: str) -> str:
    ref, git = git_folder.head(root), Git(root)
    known = git_folder.refs(root)
    if ref not in known and "refs/heads/main" in known:
        git_folder.put(root, "HEAD", b"ref: refs/heads/main\n")
        return "The records are on the branch main."
    good = damage.last_whole(root, git, ref)
    git_folder.put(root, ref, f"{good}\n".encode())
    return f"The branch is at {good[:10]} again."


def _names(root: str) -> str:
    git, branch, gone = Git(root), git_folder.head(root), []
    for name, ref in git_folder.refs(root).items():
        if name == branch or (ref.target and damage.kind(git, ref.target)):
            continue
        if ref.packed:
            git.run("update-ref", "-d", name)
        else:
            files.delete(git_folder.inside(root, name))
        gone.append(name)
    return f"Names that led to nothing are taken away: {places(gone)}."


def _odd_names(root: str) -> str:
    """What such a name alone leads to has a name that git takes."""
    git, told = Git(root), []
    for name in damage.odd_names(root):
        target = git_folder.refs(root)[name].target
        files.delete(git_folder.inside(root, name))
        if git.run("merge-base", "--is-ancestor", target, "HEAD")[0] == 0:
            told.append(f"{name} is taken away")
        elif damage.kind(git, target):
            kept = f"refs/heads/copy-{_BAD_IN_NAMES.sub('-', name[5:]).strip('-')}"
            git.ask("update-ref", kept, target)
            told.append(f"{name} is now {kept.removeprefix(git_folder.BRANCHES)}")
    return f"{'; '.join(told)}."


def _derived(root: str) -> str:
    for name in lost_objects.DERIVED:
        files.delete(git_folder.inside(root, name), missing_ok=True)
    return "What git works out for itself will be worked out again."


def _index(root: str) -> str:
    git = Git(root)
    head = git.ask("rev-parse", "--verify", "HEAD").decode().strip()
    index_state.renew(git, head)
    return "git's index is made anew from the history."


def _history(root: str) -> str:
    """Write again each lost object whose content is still somewhere."""
    git = Git(root)
    harmed = lost_objects.harm(git)
    back = 0
    for kind, data in lost_objects.contents(root):
        oid = objects.oid(kind, data)
        if oid in harmed:
            _write(root, oid, kind, data)
            harmed.discard(oid)
            back += 1
    if not back:
        return ""
    many = "1 object" if back == 1 else f"{back} objects"
    return f"Put back into the history from the files in the folder: {many}."


def _packs(root: str) -> str:
    """Make the list of a pack anew, where the pack itself is whole."""
    git, folder = Git(root), git_folder.inside(root, "objects/pack")
    done = []
    for name in damage.unlisted_packs(root):
        pack = os.path.join(folder, name)
        listed, scratch = f"{pack[:-5]}.idx", f"{pack[:-5]}.tmp-idx"
        if git.run("index-pack", "-o", scratch, pack)[0]:
            files.delete(scratch, missing_ok=True)
            continue
        if os.path.lexists(listed):
            git_folder.set_aside(listed, root)
        files.move(scratch, listed)
        done.append(name)
    return f"The list of {places(done)} is made anew." if done else ""


def _shallow(root: str) -> str:
    good = damage.shallow_lines(root)
    if good:
        git_folder.put(root, "shallow", good.encode())
    else:
        git_folder.set_aside(git_folder.inside(root, "shallow"), root)
    return "Where the history of this copy ends is told by what could be read."


def _write(root: str, oid: str, kind: bytes, data: bytes) -> None:
    """An object by itself, in the place of a spoilt one of that name."""
    path = git_folder.inside(root, f"objects/{oid[:2]}/{oid[2:]}")
    files.make_folder(os.path.dirname(path))
    raw = zlib.compress(kind + b" " + str(len(data)).encode() + b"\0" + data)
    if os.path.isdir(path):
        git_folder.set_aside(path, root)
    fd, scratch = files.scratch_beside(path)
    files.put(fd, raw)
    files.move(scratch, path)
    files.sync_folder(os.path.dirname(path))


HEALS: dict[str, Callable[[str], str]] = {
    "shape": _shape,
    "settings lost": _settings_lost,
    "settings": _settings,
    "HEAD": _head,
    "packed names": _packed_names,
    "shallow": _shallow,
    "packs": _packs,
    "branch": _branch,
    "names": _names,
    "odd names": _odd_names,
    "derived": _derived,
    "history": _history,
    "index": _index,
}
