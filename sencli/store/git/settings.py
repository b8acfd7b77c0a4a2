"""Git's settings for author and signing.

The repository's own settings may say what to sign with, never which program to run: a
folder that came from somebody else could name any program.
"""

from __future__ import annotations

import os
import re
import time
from typing import TYPE_CHECKING

from sencli.errors import EnvironmentFault
from sencli.store.files import files

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sencli.store.git.process import Git

_TRUSTED = ("system", "global", "command")
_CRUD = " .,:;<>\"\\'\x00\r\n\t"
_ODD = re.compile(r"[<>\x00-\x1f\x7f]")
_TRUE = ("true", "yes", "on", "1", "")


class GitSettings:
    """Git's settings, with the file each comes from."""

    def __init__(self, listing: bytes) -> None:
        self._values: dict[str, list[tuple[str, str]]] = {}
        fields = listing.decode("utf-8", "replace").split("\0")
        for scope, item in zip(fields[::2], fields[1::2], strict=False):
            key, _, value = item.partition("\n")
            self._values.setdefault(key, []).append((scope, value))

    def get(self, key: str, *, trusted: bool = False) -> str:
        """The value that counts, or ""; `trusted` leaves the repository's own out."""
        section, _, rest = key.partition(".")
        middle, _, name = rest.rpartition(".")
        folded = ".".join(filter(None, (section.lower(), middle, name.lower())))
        for scope, value in reversed(self._values.get(folded, [])):
            if not trusted or scope in _TRUSTED:
                return value
        return ""

    def on(self, key: str) -> bool:
        """Whether a yes-or-no setting is on."""
        return key in self._values and self.get(key).lower() in _TRUE

    def own(self) -> list[str]:
        """Every key that the repository itself sets, sorted."""
        return sorted(
            key
            for key, found in self._values.items()
            if any(scope not in _TRUSTED for scope, _ in found)
        )

    def items(self, section: str) -> list[tuple[str, str, bool]]:
        """Key, value and whether it is trusted, of a whole section in git's order."""
        return [
            (key, value, scope in _TRUSTED)
            for key, found in self._values.items()
            if key.startswith(f"{section}.")
            for scope, value in found
        ]

    def under(self, section: str) -> list[str]:
        """Every key of a section that is set, sorted."""
        return sorted(key for key in self._values if key.startswith(f"{section}."))


def listing(git: Git) -> GitSettings:
    """The settings of a repository."""
    return GitSettings(git.ask("config", "--list", "-z", "--show-scope"))


def write(git: Git, pairs: Iterable[tuple[str, str | None]]) -> None:
    """Set the repository's own settings, all of them or none; None takes one away.

    Written as safely as records: git's own `git config` leaves its lock behind when it
    is killed, and several calls leave half of the settings.

    Raises:
        Busy: another program writes to the settings or the records.
    """
    from sencli.store.files.lock import Lock
    from sencli.store.git.git_lock import OwnLock

    inside = os.path.join(git.root, ".git", "sencli")
    files.make_folder(inside)
    with Lock(os.path.join(inside, "lock")):
        lock = OwnLock(git.root, "config")
        try:
            lock.replace(_changed(git, pairs, os.path.join(inside, "tmp-config")))
        finally:
            lock.release()


def _changed(git: Git, pairs: Iterable[tuple[str, str | None]], scratch: str) -> bytes:
    """The settings file with these changes, which git makes in a copy."""
    from sencli.store.git.git_lock import clear_scratch

    clear_scratch(scratch)
    try:
        files.overwrite(scratch, files.read(os.path.join(git.root, ".git", "config")))
        for key, value in pairs:
            if value is None:
                git.run("config", "--file", scratch, "--unset-all", key)
            else:
                git.ask("config", "--file", scratch, "--replace-all", key, value)
        return files.read(scratch)
    finally:
        clear_scratch(scratch)


def _clean(text: str) -> str:
    return _ODD.sub("", text).strip(_CRUD)


def person(settings: GitSettings, role: str) -> str:
    """`Name <email>` of the author or committer.

    Git's own order: environment, then the role's setting, then the user's. Nothing is
    invented: a history that names nobody proves nothing.
    """
    upper = role.upper()
    name = _clean(
        os.environ.get(f"GIT_{upper}_NAME")
        or settings.get(f"{role}.name")
        or settings.get("user.name")
    )
    email = _clean(
        os.environ.get(f"GIT_{upper}_EMAIL")
        or settings.get(f"{role}.email")
        or settings.get("user.email")
        or os.environ.get("EMAIL", "")
    )
    if not name or not email:
        raise EnvironmentFault(
            "git does not know who you are, and every change is signed with a name. "
            "Nothing was changed.",
            'git config --global user.name "Your Name"\n'
            "git config --global user.email you@school.example",
        )
    return f"{name} <{email}>"


def moment(git: Git, role: str, when: int | None) -> str:
    """Git's date: seconds and offset, now, at `when`, or as the environment says."""
    if when is None and os.environ.get(f"GIT_{role.upper()}_DATE"):
        # git reads a dozen ways of writing a date: let it
        line = git.ask("var", f"GIT_{role.upper()}_IDENT").decode("utf-8", "replace")
        return line.rpartition(">")[2].strip()
    seconds = int(time.time()) if when is None else when
    offset = time.localtime(seconds).tm_gmtoff // 60
    sign = "-" if offset < 0 else "+"
    return f"{seconds} {sign}{abs(offset) // 60:02}{abs(offset) % 60:02}"
