"""Refuse files with git filters or encodings set by attributes.

What git-crypt, git-lfs and the like would change on the way into the history, sencli
would store and send as it is: it refuses to.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from sencli.errors import EnvironmentFault
from sencli.store.files import files

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from sencli.store.git.process import Git
    from sencli.store.git.settings import GitSettings

FILE = ".gitattributes"
_ASKS = re.compile(rb"(?<![-!\w])(filter|working-tree-encoding)\b")
_ASKED = ("filter", "working-tree-encoding")
_NONE = ("unspecified", "unset")
_SETTING = "core.attributesfile"
_LIMIT = 1_000_000
FREE = "* -filter -ident -working-tree-encoding"


class Filters:
    """Attributes set in the records' `.gitattributes`.

    Args:
        git: the repository.
    """

    def __init__(self, git: Git) -> None:
        self._git = git
        self._asks: dict[str, bool] = {}

    def refuse(self, paths: Iterable[str]) -> None:
        """Refuse to write files with a filter or another encoding.

        Raises:
            EnvironmentFault: it is.
        """
        likely = [path for path in paths if any(map(self._asked_in, _above(path)))]
        for path, name, value in filters_in_use(self._git, likely):
            raise EnvironmentFault(
                f"{FILE} asks for {name}={value} on {path}: git would change what it "
                "stores, and sencli would store it as it is. Nothing was saved.",
                "If that is to keep the records secret, keep them on an encrypted "
                "disk.\nLet them be stored as they are: add as the last line of "
                f"{FILE}: {FREE}",
            )

    def asks(self) -> bool:
        """Whether the file at the top asks for any."""
        return self._asked_in("")

    def _asked_in(self, folder: str) -> bool:
        if folder not in self._asks:
            place = os.path.join(self._git.root, *folder.split("/"), FILE)
            try:
                found = _ASKS.search(files.read(place, _LIMIT))
            except OSError:
                found = None
            self._asks[folder] = found is not None
        return self._asks[folder]


def _above(path: str) -> Iterator[str]:
    """The folders above a file, from the top, which is ""."""
    parts = path.split("/")
    return ("/".join(parts[:depth]) for depth in range(len(parts)))


def filters_in_use(
    git: Git, paths: list[str], own: GitSettings | None = None
) -> list[tuple[str, str, str]]:
    """Path, attribute and value of each filter or encoding set.

    Args:
        git: the repository.
        paths: what is looked at.
        own: git's settings, to heed the user's own attributes and the computer's too.
    """
    if not paths:
        return []
    env, words = {}, ["check-attr", "-z", "--stdin", *_ASKED]
    if own is not None:
        home = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
        usual = os.path.join(home, "git", "attributes")
        # our own call says that there are none
        items = own.items("core")
        told = [v for key, v, _ in items if key == _SETTING and v != os.devnull]
        named = told[-1] if told else usual
        words = ["-c", f"core.attributesFile={named}", *words]
        env = {"GIT_ATTR_NOSYSTEM": "0"}
    feed = "".join(f"{path}\0" for path in paths).encode()
    status, out, _ = git.run(*words, feed=feed, env=env)
    fields = [] if status else out.decode("utf-8", "replace").split("\0")
    rows = zip(fields[::3], fields[1::3], fields[2::3], strict=False)
    return [row for row in rows if row[2] not in _NONE]
