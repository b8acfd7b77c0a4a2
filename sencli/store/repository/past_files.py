"""Where in the history an attachment or a schema was as it should be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sencli.core.pupil.documents import fingerprint
from sencli.errors import SencliError
from sencli.resources import folder
from sencli.store.files import shell
from sencli.store.git import objects
from sencli.store.git.log import commits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sencli.store.git.process import Git
    from sencli.store.records.committed import CommittedRecords

SCHEMAS = ".sencli/schemas"
_SHORT = 10


class Past:
    """The files of earlier commits; looked for only where the newest is wrong.

    Args:
        git: the repository.
        head: the newest commit.

    Attributes:
        head: the newest commit.
    """

    def __init__(self, git: Git, head: CommittedRecords) -> None:
        self.head = head
        self._git = git
        self._made: dict[str, tuple[str, str]] | None = None

    def mend(self, path: str, known: str) -> str:
        """The commands that restore the file of that fingerprint, or ""."""
        for commit in self._touching(path) if known else ():
            try:
                if fingerprint(self.head.at(commit).read_bytes(path)) == known:
                    return self.taken_from(commit, path)
            except SencliError:
                continue
        return ""

    @staticmethod
    def taken_from(commit: str, path: str) -> str:
        """The two commands that restore a file from a commit, a line each."""
        quoted = shell.quoted(path)
        return f"git checkout {commit[:_SHORT]} -- {quoted}\nsen commit {quoted}"

    def schemas(self) -> dict[str, tuple[str, str]]:
        """The schemas that sencli put there: name to commit and object name.

        Whoever has those of this version is not asked for the history of years.
        """
        if self._made is None:
            names = self.head.names(SCHEMAS)
            self._made = {n: (self.head.commit, self._kept(n)) for n in names}
            if not self._as_shipped(names):
                self._made = self._made_by_us()
        return self._made

    def _as_shipped(self, names: list[str]) -> bool:
        ours = {path.name: path for path in folder("schemas").glob("*.schema.json")}
        return set(names) == set(ours) and all(
            objects.same_content(path.read_bytes(), self._kept(name))
            for name, path in ours.items()
        )

    def _made_by_us(self) -> dict[str, tuple[str, str]]:
        """As the newest commit that is not by hand has them."""
        for commit in self._touching(SCHEMAS):
            (told,) = commits(self._git, "-1", commit)
            if told.action or not told.parents:
                state = self.head.at(commit)
                return {
                    name: (commit, state.tree.find(f"{SCHEMAS}/{name}"))
                    for name in state.names(SCHEMAS)
                }
        return self._made or {}

    def _kept(self, name: str) -> str:
        return self.head.tree.find(f"{SCHEMAS}/{name}")

    def _touching(self, path: str) -> Iterator[str]:
        """The commits that changed it, newest first."""
        words = ("rev-list", self.head.commit, "--", path)
        yield from self._git.ask(*words).decode().split()
