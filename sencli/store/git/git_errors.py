"""Extract git's error message from its output.

Hints, warnings, paths and names may hold any word: none of them says what went wrong.
"""

from __future__ import annotations

import re

from sencli.store.git.passwords import masked

_COMPLAINT = re.compile(r"(?:remote: )*(fatal|error|BUG): (.*)")
_CHATTER = re.compile(r"(?i)(?:remote: )*(hint|warning|advice|notice)\b:?")
_OF_THE_DISK = re.compile(
    r": (Permission denied|No space left on device|Read-only file system|"
    r"File too large|Disk quota exceeded|Input/output error|"
    r"Operation not (permitted|supported)|"
    r"Function not implemented|No locks available)$|insufficient permission"
)
_DAMAGE = re.compile(
    r"inflate: |header for [0-9a-f]{40} too long|corrupt loose object|"
    r"garbage at end of loose object|"
    r"loose object \S+ \(|"
    r"packed object \S+ \(|bad object [0-9a-f]{7}|bad object (HEAD|refs/)|"
    r"(object|unable to read( \w+)?|could not read|cannot read( \w+)?) [0-9a-f]{40}|"
    r"unable to (unpack|parse) |object file .+ is empty|not a tree object|"
    r"(packfile|file) .+\.(pack|idx) |index file .+\.idx |pack has |hash mismatch|"
    r"failed to (read|traverse|unpack) |missing (blob|tree|commit|object) |"
    r"bad (tree|commit|blob|pack) |revision walk setup failed|"
    r"your current branch appears to be broken|unexpected line in .+packed-refs|"
    r"refs/\S+ does not point to a valid object|cannot find (blob|tree|commit) |"
    r"unable to stream [0-9a-f]{40} ",
    re.IGNORECASE,
)
_NO_FSYNC = re.compile(
    r"fsync error on .*: (Invalid argument|Operation not (supported|permitted)|"
    r"Function not implemented)$"
)
_LEFT_OUT = re.compile(
    r"could not fetch [0-9a-f]{40} from promisor remote|lazy fetching disabled"
)
_FORGED = re.compile(
    r"object \S+ ?: |fsck error|.*\bin fsck|did not receive expected object|"
    r".*upload-pack: not our ref|.*did not send all necessary objects|"
    r"object of unexpected type|unpack-objects|.*index-pack (died|failed)|"
    r"pack (is corrupted|signature mismatch)|early EOF after|SHA1 COLLISION",
    re.IGNORECASE,
)


def complaints(err: str) -> list[str]:
    """The lines in which git says that it failed, without their first word."""
    found = map(_COMPLAINT.match, err.splitlines())
    return [line[2].strip() for line in found if line]


def git_words(err: str) -> str:
    """Git's own words for people: what it complains of, or "" where it does not."""
    lines = complaints(err)
    telling = [line for line in lines if _OF_THE_DISK.search(line)]
    if not lines:
        lines = [line for line in err.splitlines() if not _CHATTER.match(line)][-1:]
    return masked((telling or lines or [""])[0])


def of_no_fsync(err: str) -> bool:
    """Whether the disk cannot say when a file is on it."""
    return any(_NO_FSYNC.match(line) for line in complaints(err))


def of_partial_clone(err: str) -> bool:
    """Whether git lacks what it would fetch from another place when needed."""
    return _LEFT_OUT.search(err) is not None


def of_damage(err: str) -> bool:
    """Whether git found something in its own store that is not what it was."""
    return any(_DAMAGE.match(line) for line in complaints(err))


_OWN_NAME = re.compile(r"^(?:fatal|error): bad object (refs/.+)$", re.MULTILINE)


def of_forgery(err: str) -> bool:
    """Whether what another computer sent is not what it should be."""
    lines = [re.sub(r"'[^']*'", "''", line) for line in complaints(err)]
    return of_damage(err) or any(_FORGED.match(line) for line in lines)


def of_own_name(err: str) -> str:
    """The name of a branch or the like here at which git stopped, or ""."""
    found = _OWN_NAME.search(err)
    return found[1] if found else ""
