"""Kinds of repository that sencli cannot use, with advice."""

from __future__ import annotations

import os
import re

from sencli.errors import EnvironmentFault
from sencli.store.files import files
from sencli.store.files import shell

_SECTION = re.compile(r"\s*\[\s*([^\]\"]*?)\s*(?:\"[^\"]*\")?\s*\]\s*(.*)")
_VALUE = re.compile(r"\s*([A-Za-z0-9-]+)\s*=\s*\"?([^\"#;\s]*)")
_USED = {"refstorage": "files", "objectformat": "sha1"}
_LIMIT = 1_000_000


def unsupported(key: str, value: str) -> EnvironmentFault:
    """The sentence about a form that we cannot use."""
    if key == "refstorage":
        return EnvironmentFault(
            f"git keeps the branches of these records in its form {value!a}, which "
            "sencli cannot use. Nothing was changed.",
            "Put them into the usual one (git 2.46 or later): git refs migrate "
            "--ref-format=files",
        )
    return EnvironmentFault(
        f"git keeps the history of these records in its form {value!a}, which sencli "
        "cannot use. Nothing was changed.",
        "Copy them into a new folder (signatures do not come along):\n"
        "git init --object-format=sha1 --initial-branch=main NEW\n"
        f"{shell.piped('git fast-export --all', 'git -C NEW fast-import')}\n"
        "git -C NEW reset --hard",
    )


def refuse_format(root: str) -> None:
    """Refuse records whose `.git` is of a form that we cannot use.

    Raises:
        EnvironmentFault: it has.
    """
    if os.path.lexists(os.path.join(root, ".git", "commondir")):
        raise EnvironmentFault(
            f"git takes the history of {root} from another folder (.git/commondir), "
            "which sencli does not follow. Nothing was changed.",
            f"Make a copy of its own: git clone {shell.quoted(root)} FOLDER",
        )
    try:
        text = files.read(os.path.join(root, ".git", "config"), _LIMIT)
    except OSError:
        return
    if b"refstorage" not in (low := text.lower()) and b"objectformat" not in low:
        return
    section = ""
    for line in text.decode("utf-8", "replace").splitlines():
        rest = line
        if found := _SECTION.match(line):
            section, rest = found[1].lower(), found[2]
        value = _VALUE.match(rest) if section == "extensions" else None
        if value and (key := value[1].lower()) in _USED and value[2] != _USED[key]:
            raise unsupported(key, value[2])


def refuse_git_elsewhere(folder: str) -> None:
    """Refuse records whose `.git` is a file that names another folder.

    Raises:
        EnvironmentFault: it is.
    """
    place = os.path.join(folder, ".git")
    try:
        text = files.read(place, 4096).decode("utf-8", "replace")
    except OSError:
        return
    named = text.removeprefix("gitdir: ").strip()
    git = os.path.normpath(os.path.join(folder, named))
    if not os.path.isdir(git):
        from sencli.store.git.history_gone import history_gone_fault

        raise history_gone_fault(folder)
    try:
        common = files.read(os.path.join(git, "commondir"), 4096).decode().strip()
    except (OSError, UnicodeDecodeError):
        raise EnvironmentFault(
            f"{folder} keeps its history in another folder, {git}, and sencli needs it "
            "inside. Nothing was changed.",
            f"{shell.removal(place)}\n"
            f"{shell.renaming(git, place)}\n"
            f"git config --file {shell.quoted(place + '/config')} core.worktree "
            "..",
        ) from None
    main = os.path.dirname(os.path.normpath(os.path.join(git, common)))
    raise EnvironmentFault(
        f"{folder} is a second working folder (git worktree) of the records in {main}: "
        "sencli works in the first only. Nothing was changed.",
        f"Go there: {shell.going(main)}\n"
        f"For a copy of its own: git clone {shell.quoted(main)} FOLDER",
    )
