"""Damage to the repository: what git cannot read, and what can be saved.

Looked at from the outside in, and no further than the first that stops git: folders,
settings, names, objects, index. Nothing here writes; `repair` does.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sencli.errors import SencliError
from sencli.store.change import journal
from sencli.store.files import files
from sencli.store.files import shell
from sencli.store.files.check_result import CheckResult
from sencli.store.git import git_folder
from sencli.store.git import history_gone
from sencli.store.git import index_state
from sencli.store.git.git_folder import FIX
from sencli.store.git.git_folder import said_by
from sencli.store.git.process import Git
from sencli.store.git.unsupported import refuse_format
from sencli.store.records.records import places
from sencli.store.verify import lost_objects

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDERS = ("objects", "refs", "logs", "info", "hooks", "refs/heads")
FILES = ("HEAD", "config", "packed-refs", "index")
_NEWEST = 1
_LIST = b"\xfftOc"
_EXTENSIONS = frozenset((
    "noop", "preciousobjects", "partialclone", "worktreeconfig", "objectformat",
    "refstorage", "relativeworktrees",
))  # fmt: skip
# what git must be able to do with these settings, and how it says that it cannot
_PROBES = (
    *(("rev-parse", "--git-dir"), ("ls-files", "-z"), ("cat-file", "-e", "")),
    *(("log", "--max-count=1", "--raw", "--all"), ("pack-objects", "--stdout", "-q")),
)
_OF_SETTINGS = ("config", "include depth", "malformed value", "invalid value")
NOT_OURS = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_COUNT": "0",
}
"""The records' own settings of git alone."""
LIST_OURS = "git config --file .git/config --list"
LIST_ALL = "git config --list --show-origin"


OURS = frozenset(("format", "rights"))
"""What is wrong with this computer, and not with the records."""


class Damage:
    """The damage of one repository.

    Args:
        root: the folder of the records.

    Attributes:
        found: the findings.
        usable: whether git can open it at all.
        whole: whether the newest state of the records can be read from it.
    """

    def __init__(self, root: str) -> None:
        self._root = root
        self.found: list[CheckResult] = []
        self.usable = self.whole = True
        self._look()
        if any(map(_is_grave, self.found)):
            self.found += lost_objects.rescue(root)

    def _look(self) -> None:
        self.found += outside(self._root)
        self.usable = all(finding.level != "fault" for finding in self.found)
        if not self.usable:
            return
        git = Git(self._root)
        for finding in (*_other_names(self._root, git), *_index(self._root, git)):
            self.found.append(finding)
        for finding in lost_objects.lost_objects(self._root, git):
            self.found.append(finding)
            self.whole = self.whole and finding.code != "history"


def outside(root: str) -> list[CheckResult]:
    """The findings before any object is looked at, as far as the first fault."""
    found: list[CheckResult] = []
    for step in _STEPS:
        found += step(root)
        if any(finding.level == "fault" for finding in found):
            break
    return found


def _is_grave(finding: CheckResult) -> bool:
    """Whether something of the history may be lost."""
    mended = finding.fixable or finding.code in OURS
    return finding.code == "history" or (finding.level == "fault" and not mended)


def _rights(root: str) -> Iterator[CheckResult]:
    """Git's files that we may not read."""
    odd = [
        f".git/{name}"
        for name in ("", *FOLDERS, *FILES)
        if os.path.exists(path := git_folder.inside(root, name))
        and not os.access(path, os.R_OK | (os.X_OK if os.path.isdir(path) else 0))
    ]
    odd += [
        f".git/objects/{name}"
        for name in _listed(git_folder.inside(root, "objects"))
        if not os.access(git_folder.inside(root, f"objects/{name}"), os.R_OK)
    ]
    if odd:
        message = f"You have no right to read {places(odd)}."
        yield CheckResult("rights", "fault", message, shell.own_again(".git"))


def _listed(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []


def misfits(root: str) -> list[str]:
    """Git's files that are folders, folders that are files, or neither."""
    odd = []
    for names, fits in ((FOLDERS, os.path.isdir), (FILES, os.path.isfile)):
        for name in names:
            path = git_folder.inside(root, name)
            if os.path.lexists(path) and not fits(path):
                odd.append(name)
    return odd


def _shapes(root: str) -> Iterator[CheckResult]:
    for name in misfits(root):
        what = "folder" if name in FOLDERS else "file"
        message = f".git/{name} should be a {what}, and is not one."
        yield CheckResult("shape", "fault", message, FIX, fixable=True)
    for name in ("objects", "refs"):
        if not os.path.lexists(git_folder.inside(root, name)):
            message = f"The folder .git/{name} is gone."
            yield CheckResult("shape", "fault", message, FIX, fixable=True)


def _form(root: str) -> Iterator[CheckResult]:
    """A form of git's that we cannot use: what looks odd of it is no damage."""
    try:
        refuse_format(root)
    except SencliError as fault:
        yield CheckResult("format", "fault", fault.message, fault.hint)


def _settings(root: str) -> Iterator[CheckResult]:
    """What is wrong with .git/config, so that no command of git can be run."""
    path = git_folder.inside(root, "config")
    if not os.path.lexists(path):
        message = "git's settings for these records (.git/config) are gone."
        yield CheckResult("settings lost", "fault", message, FIX, fixable=True)
        return
    args = ("config", "--file", path, "--no-includes", "--list", "-z")
    status, out, err = git_folder.ask(root, *args)
    if status:
        message = f"git's settings for these records cannot be read: {said_by(err)}."
        yield CheckResult("settings lost", "fault", message, FIX, fixable=True)
        return
    if newer := _newer(out.decode("utf-8", "replace")):
        message = (
            f"A newer git than yours has used these records ({newer}). Nothing is "
            "wrong with them."
        )
        hint = "Install the newest git: https://git-scm.com/downloads"
        yield CheckResult("format", "fault", message, hint)
        return
    try:
        git = Git(root)
    except SencliError as fault:
        yield CheckResult("format", "fault", fault.message, fault.hint)
        return
    if not (said := refused(git)):
        return
    if refused(git, env=NOT_OURS):
        where, hint = ".git/config", f"{FIX} (or see them: {LIST_OURS})"
    else:
        where, hint = "your own settings of git", LIST_ALL
    message = f"git cannot work with a setting in {where}: {said}."
    ours = where == ".git/config"
    yield CheckResult("settings", "fault", message, hint, fixable=ours)


def refused(git: Git, env: dict[str, str] | None = None) -> str:
    """Git's message about a setting that it cannot use, or ""."""
    for args in _PROBES:
        status, _, err = git.run(*args, env=env)
        if status and any(word in err for word in _OF_SETTINGS):
            return said_by(err)
    if git.run("config", "--bool", "core.bare", env=env)[1].strip() == b"true":
        return "the value 'true' for 'core.bare' says that there are no files"
    return ""


def _newer(listed: str) -> str:
    """How the settings say that a newer git made them, or ""."""
    items = (item.partition("\n") for item in listed.split("\0"))
    pairs = {key.lower(): value for key, _, value in items}
    number = pairs.get("core.repositoryformatversion", "0")
    if number.isdigit() and int(number) > _NEWEST:
        return f"format {number}"
    if number != "1":
        return ""
    odd = [
        name
        for key in pairs
        if (name := key.removeprefix("extensions.")) != key and name not in _EXTENSIONS
    ]
    return f"extension {odd[0]}" if odd else ""


def _names(root: str) -> Iterator[CheckResult]:
    """HEAD: on which branch the records are."""
    if git_folder.head(root):
        return
    message = "Git does not know which branch the records are on (.git/HEAD)."
    if chosen := the_branch(root):
        message += f" There is {chosen.removeprefix(git_folder.BRANCHES)}."
        yield CheckResult("HEAD", "fault", message, FIX, fixable=True)
        return
    hint = "Write one line into .git/HEAD: ref: refs/heads/main"
    yield CheckResult("HEAD", "fault", message, hint)


def the_branch(root: str) -> str:
    """The only branch there is or was, or main among them; "" where none is."""
    known = {name for name in git_folder.refs(root) if name.startswith("refs/heads/")}
    top = git_folder.inside(root, "logs/refs/heads")
    known |= {f"refs/heads/{name}" for name in _listed(top)}
    if "refs/heads/main" in known:
        return "refs/heads/main"
    return known.pop() if len(known) == 1 else ""


def _packed(root: str) -> Iterator[CheckResult]:
    if not os.path.lexists(git_folder.inside(root, "packed-refs")):
        return
    if unpacked_lines(root) != git_folder.text(root, "packed-refs"):
        message = "The list of packed names (.git/packed-refs) is garbled."
        yield CheckResult("packed names", "fault", message, FIX, fixable=True)


def unpacked_lines(root: str) -> str:
    """The lines of the list of packed names that can be read."""
    path = git_folder.inside(root, "packed-refs")
    good = []
    text = files.read(path).decode("utf-8", "replace")
    for line in text.splitlines(keepends=True):
        target, _, name = line.rstrip("\n").partition(" ")
        peeled = git_folder.OID.fullmatch(target.removeprefix("^")) and not name
        named = git_folder.OID.fullmatch(target) and name.startswith("refs/")
        if line.startswith("#") or peeled or named:
            good.append(line)
    return "".join(good)


def shallow_lines(root: str) -> str:
    """The lines that can be read of where a shallow clone ends."""
    lines = (git_folder.text(root, "shallow") or "").splitlines(keepends=True)
    return "".join(line for line in lines if git_folder.OID.fullmatch(line.strip()))


def _shallow(root: str) -> Iterator[CheckResult]:
    if not os.path.lexists(git_folder.inside(root, "shallow")):
        return
    if shallow_lines(root) != git_folder.text(root, "shallow"):
        message = "Where the history of this copy ends (.git/shallow) is garbled."
        yield CheckResult("shallow", "fault", message, FIX, fixable=True)


def unlisted_packs(root: str) -> list[str]:
    """The packs of objects whose list is gone, or no list.

    None while an erasure is to be finished: a pack that lost its list is then one that
    goes, and its list must not come back (hazard 81).
    """
    left = journal.load(root)
    if left is not None and left.erasure:
        return []
    folder = git_folder.inside(root, "objects/pack")
    odd = []
    for name in _listed(folder):
        if name.endswith(".pack"):
            place = os.path.join(folder, f"{name[:-5]}.idx")
            try:
                begins = files.head(place, len(_LIST))
            except OSError:
                begins = b""
            if begins != _LIST:
                odd.append(name)
    return sorted(odd)


def _packs(root: str) -> Iterator[CheckResult]:
    if odd := unlisted_packs(root):
        message = (
            f"The list of what is in a pack of the history is gone: {places(odd)}."
        )
        yield CheckResult("packs", "fault", message, FIX, fixable=True)


def _branch(root: str) -> Iterator[CheckResult]:
    """Whether the branch leads to a commit; and which one did before."""
    ref = git_folder.head(root)
    git = Git(root)
    if git_folder.OID.fullmatch(ref):
        chosen = the_branch(root)
        if kind(git, ref) != "commit":
            message = f"The records are at a change that is lost: {ref[:10]}."
            yield CheckResult("HEAD", "fault", message, FIX, fixable=bool(chosen))
            return
        message = (
            "The records are on no branch (a detached HEAD): nothing can be saved."
        )
        hint = f"git switch {chosen.removeprefix(git_folder.BRANCHES) or 'main'}"
        yield CheckResult("HEAD", "warning", message, hint)
        return
    name = ref.removeprefix(git_folder.BRANCHES)
    known = git_folder.refs(root).get(ref)
    at = known.target if known else ""
    if at and kind(git, at) == "commit":
        return
    last = next(iter(git_folder.logged(root, ref)), "")
    good = last_whole(root, git, ref)
    others = [r for r in git_folder.refs(root) if r.startswith("refs/heads/")]
    if not at and not last and not others and not _any_objects(root):
        if history_gone.has_records(root):
            fault = history_gone.history_gone_fault(root)
            yield CheckResult("history", "fault", fault.message, fault.hint)
        return  # or else nothing was recorded yet
    said = f"The branch {name} leads to nothing that is there"
    if not known and others:
        said = f"There is no branch {name}, which the records are said to be on"
    if not good:
        yield CheckResult("branch", "fault", f"{said}.", "See below: what can be saved")
    elif not at or good in (at, last):
        message = f"{said}. Its newest change, {good[:10]}, is whole."
        yield CheckResult("branch", "fault", message, FIX, fixable=True)
    else:
        message = (
            f"{said}: {at[:10]} is lost. The newest change that is whole is "
            f"{good[:10]}; what came after it is in the files alone."
        )
        hint = (
            "If no other copy has it, go on from there: git update-ref "
            f"{ref} {good}, then sen commit"
        )
        yield CheckResult("branch", "fault", message, hint)


def _any_objects(root: str) -> bool:
    top = git_folder.inside(root, "objects")
    return any(_listed(os.path.join(top, name)) for name in _listed(top))


def kind(git: Git, oid: str) -> str:
    """The kind of object with this id; "" if unreadable."""
    status, out, _ = git.run("cat-file", "-t", oid)
    return "" if status else out.decode().strip()


def last_whole(root: str, git: Git, ref: str) -> str:
    """The newest commit that the branch was at, and of which the files are there."""
    known = git_folder.logged(root, ref)
    known += [
        r.target
        for name, r in git_folder.refs(root).items()
        if r.target and not name.startswith("refs/tags/")
    ]
    for commit in known:
        if kind(git, commit) != "commit":
            continue
        if git.run("ls-tree", "-r", "-z", commit)[0] == 0:
            return commit
    return ""


def _other_names(root: str, git: Git) -> Iterator[CheckResult]:
    branch = git_folder.head(root)
    odd = [
        name
        for name, ref in sorted(git_folder.refs(root).items())
        if name != branch and not (ref.target and kind(git, ref.target))
    ]
    if odd:
        message = f"Names in .git that lead to nothing: {places(odd)}."
        yield CheckResult("names", "warning", message, FIX, fixable=True)
    if copies := odd_names(root):
        message = (
            f"Names in .git that git does not take, as a program that copies files "
            f"makes them, and at which it stops: {places(copies)}."
        )
        yield CheckResult("odd names", "warning", message, FIX, fixable=True)


def odd_names(root: str) -> list[str]:
    """Names of branches and the like that lead somewhere, and are none to git."""
    return [
        name
        for name, ref in sorted(git_folder.refs(root).items())
        if ref.target and not (ref.packed or git_folder.well_formed(name))
    ]


def _index(root: str, git: Git) -> Iterator[CheckResult]:
    if git.run("rev-parse", "-q", "--verify", "HEAD")[0]:
        return
    if said := index_state.damage(root):
        message = f"git's list of what is staged (.git/index) {said}."
        yield CheckResult("index", "fault", message, FIX, fixable=True)


_STEPS = (
    _rights,
    _form,
    _shapes,
    _settings,
    _names,
    _packed,
    _shallow,
    _packs,
    _branch,
)
