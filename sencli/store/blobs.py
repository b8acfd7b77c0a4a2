"""The contents of many objects, one after another from one git process."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sencli.store.git import fault

if TYPE_CHECKING:
    from sencli.store.git import Git

# So many names are asked for ahead: twice as many fit into a pipe, so that neither
# side ever waits for the other with a full one.
_AHEAD = 500
_MISSING = b"missing"


class Blobs:
    """One `git cat-file --batch`, asked ahead, so that it works while we do.

    Args:
        git: the repository.
    """

    def __init__(self, git: Git) -> None:
        self._process = git.start("cat-file", "--batch")

    def of(self, names: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        """Each name with its content, in order; None where there is no such object.

        Raises:
            SencliError: git does not answer as it should.
        """
        self._ask(names[:_AHEAD])
        for begin in range(0, len(names), _AHEAD):
            self._ask(names[begin + _AHEAD : begin + 2 * _AHEAD])
            for name in names[begin : begin + _AHEAD]:
                yield name, self._next()

    def _ask(self, names: Sequence[str]) -> None:
        stdin = self._process.stdin
        if stdin is None or not names:
            return
        try:
            stdin.write("".join(f"{name}\n" for name in names).encode())
            stdin.flush()
        except OSError:
            return  # the answer that does not come says why

    def _next(self) -> bytes | None:
        stdout = self._process.stdout
        head = stdout.readline().split() if stdout else []
        if head and head[-1] == _MISSING:
            return None
        if stdout is None or len(head) != len(("name", "kind", "size")):
            _, err = self._process.communicate()
            words = err.decode("utf-8", "replace").strip()
            raise fault("git cat-file", self._process.returncode, words)
        size = int(head[2])
        return stdout.read(size + 1)[:size]

    def close(self) -> None:
        """End the process, whatever it is about."""
        with self._process as process:
            process.terminate()
