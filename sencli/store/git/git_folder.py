"""Read git's small files without git, for folders it cannot open."""

from __future__ import annotations

import os
import re
import subprocess
from contextlib import suppress

from sencli.store.files import files
from sencli.store.git import process
from sencli.store.git.passwords import masked
from sencli.value import Value

FIX = "sen doctor --fix"
OID = re.compile(r"[0-9a-f]{40}")
BRANCHES = "refs/heads/"
_REF = re.compile(r"refs/[A-Za-z0-9._/@{}+-]+")
_BRANCH = re.compile(r"refs/heads/(?!-)[A-Za-z0-9][A-Za-z0-9._/-]*")
_ILL_FORMED = re.compile(r"[\0-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|/\.|\./|\.lock/")
_LIMIT = 50_000_000


class Ref(Value):
    """A name in the history.

    Attributes:
        name: such as ``refs/heads/main``.
        target: the object's name; "" where the file holds none.
        packed: whether it stands in the list of packed names.
    """

    name: str
    target: str
    packed: bool = False


def inside(root: str, name: str = "") -> str:
    """The place of a file in git's folder."""
    return os.path.join(root, ".git", *filter(None, name.split("/")))


def text(root: str, name: str) -> str | None:
    """The text of one of git's small files; None if unreadable."""
    path = inside(root, name)
    if not os.path.isfile(path):
        return None
    try:
        return files.read(path, _LIMIT).decode()
    except (OSError, UnicodeDecodeError):
        return None


def head(root: str) -> str:
    """The branch that HEAD names, or the commit; "" where it says neither."""
    said = (text(root, "HEAD") or "").strip()
    ref = said.removeprefix("ref: ").strip()
    if ref != said:
        good = _BRANCH.fullmatch(ref) and ".." not in ref and not ref.endswith(".lock")
        return ref if good else ""
    return said if OID.fullmatch(said) else ""


def refs(root: str) -> dict[str, Ref]:
    """Every name, by name; one that has a file of its own counts by that."""
    found = {}
    for line in (text(root, "packed-refs") or "").splitlines():
        target, _, name = line.partition(" ")
        if OID.fullmatch(target) and _REF.fullmatch(name):
            found[name] = Ref(name, target, packed=True)
    top = inside(root, "refs")
    for folder, _, names in os.walk(top):
        for file in names:
            if file.endswith(".lock"):
                continue
            path = os.path.join(folder, file)
            name = "refs/" + os.path.relpath(path, top).replace(os.sep, "/")
            said = (text(root, name) or "").strip()
            if not said.startswith("ref: "):
                target = said if OID.fullmatch(said) else ""
                found[name] = Ref(name, target)
    return found


def well_formed(name: str) -> bool:
    """Whether git takes this as the name of a branch or the like (check-ref-format).

    Programs that copy files leave names such as `main (conflicted copy)`, at which git
    stops in the middle of its work.
    """
    return not _ILL_FORMED.search(f"{name}/")


def logged(root: str, ref: str) -> list[str]:
    """The commits that a branch was at, by git's log of it, newest first."""
    found: dict[str, None] = {}
    for name in (f"logs/{ref}", "logs/HEAD"):
        said = []
        with suppress(OSError):
            path = inside(root, name)
            if os.path.isfile(path):
                said = files.read(path, _LIMIT).decode("utf-8", "replace").splitlines()
        for line in reversed(said):
            words = line.split(" ")
            if len(words) > 1 and OID.fullmatch(words[1]) and words[1].strip("0"):
                found.setdefault(words[1])
    return list(found)


def ask(root: str, *args: str, feed: bytes = b"") -> tuple[int, bytes, str]:
    """A command of git that needs no repository: status, output, complaint."""
    env = {**process.environment(root), "GIT_DIR": inside(root, "none")}
    del env["GIT_WORK_TREE"]
    done = subprocess.run(
        [process.executable(), *args],
        input=feed,
        capture_output=True,
        check=False,
        env=env,
        cwd=os.path.dirname(root),
    )
    return done.returncode, done.stdout, done.stderr.decode("utf-8", "replace").strip()


def set_aside(path: str, root: str) -> str:
    """Move what is in the way to a place of its own in git's folder; returns that.

    Not beside it: among names or objects git would take it for one.
    """
    folder = inside(root, "damaged")
    files.make_folder(folder)
    name = os.path.relpath(path, inside(root)).replace(os.sep, "-")
    number = 1
    while os.path.lexists(aside := os.path.join(folder, f"{name}-{number}")):
        number += 1
    files.move(path, aside)
    return aside


def put(root: str, name: str, data: bytes) -> None:
    """Write one of git's files in one step; what was there is set aside."""
    path = inside(root, name)
    files.make_folder(os.path.dirname(path))
    if os.path.lexists(path):
        set_aside(path, root)
    fd, scratch = files.scratch_beside(path)
    files.put(fd, data)
    files.move(scratch, path)
    files.sync_folder(os.path.dirname(path))


def said_by(err: str) -> str:
    """Git's complaint in one line."""
    lines = [line for line in err.splitlines() if line.strip()]
    line = (lines or ["no reason given"])[0]
    return masked(line.removeprefix("fatal: ").removeprefix("error: ")).rstrip(".")


def has_ref(folder: str, ref: str) -> bool:
    """Whether there is a branch of that name."""
    if os.path.lexists(os.path.join(folder, *ref.split("/"))):
        return True
    try:
        packed = files.read(os.path.join(folder, "packed-refs")).splitlines()
    except FileNotFoundError:
        return False
    return any(line.endswith(f" {ref}".encode()) for line in packed)
