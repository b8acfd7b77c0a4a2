"""What the records said, who changed them and when."""

from __future__ import annotations

from contextlib import closing
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING
from typing import Any
from typing import TypeVar

from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.store.files import files
from sencli.store.files.parallel import spread
from sencli.store.files.parallel import workers
from sencli.store.git import objects
from sencli.store.git import partial_clone
from sencli.store.history.search import changes
from sencli.store.records.records import REPORTS
from sencli.value import Value
from sencli.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator

    from sencli.store.git.process import Git
    from sencli.store.history.search import Row
    from sencli.store.text.version_parser import VersionParser

T = TypeVar("T")
_TWO = 2
# Below so many versions a second process costs more than it saves.
_MANY = 200
# So many changes are read and told before the records are let go.
_AT_ONCE = 50
_NEWER, _OLDER = "newer", "older"


class Version(Value):
    """One committed change of one file.

    Attributes:
        commit: the commit's name.
        date: when it was recorded, ISO with zone.
        author: who recorded it.
        action: the act, such as ``cycle.open``; "" for a commit not made by sencli.
        subject: the commit's first line.
        path: the file.
        old: the record before, None where there was none or it cannot be read.
        new: the record after, None where it was taken away or cannot be read.
        fault: why one of the two cannot be read, or "".
        more: how many more files the commit changes that are only counted.
    """

    commit: str
    date: str
    author: str
    action: str
    subject: str
    path: str
    old: dict[str, Any] | None
    new: dict[str, Any] | None
    fault: str = ""
    more: int = 0


def history(git: Git, path: str, *, every: bool = False) -> list[Version]:
    """Every committed change of one file, newest first.

    Where two computers' changes were merged, both sides stay, also one that was not
    chosen. The merge itself is a version where it holds more than the two: what people
    decided, told against what they did not choose.

    Args:
        git: the repository.
        path: the file.
        every: with the merges that decide nothing, too.

    Raises:
        NotFound: nothing was ever committed under that path.
    """
    with closing(_VersionReader(git, every=every)) as told:
        rows = told.changes((), f":(literal){files.safe(path)}")
        found = told.versions(rows)
    if not found:
        raise _nothing(git, path)
    return found


def describe(
    git: Git,
    path: str,
    tell: Callable[[list[Version]], list[T]],
    plain: Callable[[list[T]], list[Any] | None],
    back: Callable[[Any], T],
) -> list[T]:
    """Every version of one file with its author and changes, newest first.

    The older ones of many are read and told by a second process.

    Args:
        git: the repository.
        path: the file.
        tell: tells versions that follow each other.
        plain: what was told last as JSON-shaped data, for the way between processes;
            None where JSON would not give it back as it is.
        back: one of these from its data.

    Raises:
        NotFound: nothing was ever committed under that path.
    """
    with closing(_VersionReader(git)) as first:
        rows = first.changes((), f":(literal){files.safe(path)}")
        if not rows:
            raise _nothing(git, path)
        middle = len(rows) - first.to_share(rows)

        def share(which: str) -> list[Any] | None:
            if which == _NEWER:
                return tell(first.versions(rows[:middle]))
            with closing(first.anew()) as second:
                return plain(tell(second.versions(rows[middle:])))

        if middle == len(rows):
            return tell(first.versions(rows))
        newer, older = spread(share, (_NEWER, _OLDER), processes=2)
        if older is None:
            return [*newer, *tell(first.versions(rows[middle:]))]
        return [*newer, *map(back, older)]


def recent(
    git: Git, commits: int, *, every: bool = False, most: int = 0
) -> Iterator[Version]:
    """Changes of any record in the newest commits, newest first, read lazily.

    Args:
        git: the repository.
        commits: how many commits are looked at; 0 for all.
        every: with the merges that decide nothing, too.
        most: how many records of one commit are read, the rest being counted; 0: all.
    """
    newest = (f"--max-count={commits}",) if commits else ()
    globs = (":(glob)*.yaml", ":(glob)pupils/*.yaml", *REPORTS)
    with closing(_VersionReader(git, every=every)) as told:
        yield from told.stream(changes(git, newest, *globs), most)


class Histories:
    """The histories of many files, searched for once and each read when asked for.

    Args:
        git: the repository.
        paths: git's patterns of the files.
    """

    def __init__(self, git: Git, *paths: str) -> None:
        self._told = _VersionReader(git)
        self._rows: dict[str, list[Row]] = {}
        for row in changes(git, (), *paths):
            self._rows.setdefault(row.path, []).append(row)

    def of(self, path: str) -> list[Version]:
        """Every committed change of a file, newest first; none for a new one."""
        return self._told.versions(self._rows.get(path, []))

    def close(self) -> None:
        """Stop the processes."""
        self._told.close()


def _nothing(git: Git, path: str) -> NotFound:
    if partial_clone.shallow_ends(git.root):
        return NotFound(
            f"Nothing was recorded in {path} since the history in this copy begins (a "
            "shallow clone).",
            partial_clone.FETCH,
        )
    return NotFound(f"Nothing was ever recorded in {path}.")


class _VersionReader:
    """The versions of files, each read once.

    Args:
        git: the repository.
        loaded: what has been read: each record by its name, or why it cannot be read.
        parts: what reads each file.
        every: whether a merge that decides nothing is a version too.
    """

    def __init__(
        self,
        git: Git,
        loaded: dict[str, tuple[dict[str, Any] | None, str]] | None = None,
        parts: dict[str, VersionParser] | None = None,
        *,
        every: bool = False,
    ) -> None:
        from sencli.store.git.process import Blobs

        self._git = git
        self._every = every
        self._pasts: dict[tuple[str, str], list[str]] = {}
        self._blobs = Blobs(git)
        self._loaded = {} if loaded is None else loaded
        self._parts = {} if parts is None else parts

    def anew(self) -> _VersionReader:
        """The same for another process, which needs a git of its own."""
        return _VersionReader(self._git, self._loaded, self._parts)

    def close(self) -> None:
        """Stop the processes."""
        self._blobs.close()

    def changes(self, limits: tuple[str, ...], *paths: str) -> list[Row]:
        """The commits that change these paths; what git finds is read meanwhile."""
        return changes(self._git, limits, *paths, early=self.rows)

    def to_share(self, rows: list[Row]) -> int:
        """How many of the oldest another process should take.

        To read a version costs about as much as to tell it.
        """
        if len(rows) < _MANY or workers(len(rows)) == 1:
            return 0
        unread = sum(row.after not in self._loaded for row in rows)
        return (unread + len(rows)) // 4

    def versions(self, rows: list[Row]) -> list[Version]:
        """The versions of the files in these commits."""
        self._look_back(rows)
        self.rows(rows)
        versions = (self.version(row) for row in rows)
        return [version for version in versions if version]

    def stream(self, rows: list[Row], most: int) -> Iterator[Version]:
        """The same, few records at a time; of a commit no more than ``most``."""
        self._look_back(rows)
        wanted = []
        for _, group in groupby(rows, attrgetter("commit")):
            part = [row for row in group if not self._settled(row)]
            shown = part[:most] if most else part
            wanted += [(row, 0) for row in shown[:-1]]
            wanted += [(row, len(part) - len(shown)) for row in shown[-1:]]
        for at in range(0, len(wanted), _AT_ONCE):
            some = wanted[at : at + _AT_ONCE]
            # the next of a file begin with what these end with
            kept = {name for row, _ in some for name in row.before}
            self.rows([row for row, _ in some])
            for row, more in some:
                version = self.version(row)
                if more:
                    yield replace(version or self._made(row, None, None), more=more)
                elif version is not None:
                    yield version
            self._let_go(kept, {row.path for row, _ in some})

    def _let_go(self, names: set[str], paths: set[str]) -> None:
        """Keep no more than these contents, and what reads these files."""
        for name in self._loaded.keys() - names:
            del self._loaded[name]
        for path in self._parts.keys() - paths:
            del self._parts[path]

    def rows(self, rows: Iterable[Row]) -> None:
        """Read what these commits changed, before and after."""
        self.fetch(
            (name, row.path)
            for row in rows
            for name in (*row.before, row.after, *self._past(row))
        )

    def _past(self, row: Row) -> list[str]:
        return self._pasts.get((row.commit, row.path), [])

    def _settled(self, row: Row) -> bool:
        """Whether a merge took what one side alone had changed: nothing was decided."""
        sides = {*row.before, *self._past(row)} - {row.after}
        return (
            not self._every
            and len(row.before) == _TWO
            and row.after in row.before
            and len(sides) == 1
            and {*self._past(row)} == sides
        )

    def fetch(self, names: Iterable[tuple[str, str]]) -> None:
        """Read and parse contents by their names; each with the file it is of."""
        from sencli.store.text.version_parser import VersionParser

        wanted = {name: path for name, path in names if name not in self._loaded}
        wanted.pop(objects.ZERO, None)
        # each is parsed while git brings the next
        for name, data in self._blobs.of(list(wanted)):
            path = wanted[name]
            if data is None and partial_clone.partial(self._git.root):
                raise partial_clone.left_out()
            if data is None:
                self._loaded[name] = None, f"{path}: object {name} is missing"
                continue
            parts = self._parts.setdefault(path, VersionParser(path))
            self._loaded[name] = _parse(data, parts)

    def version(self, row: Row) -> Version | None:
        """The version that a commit made; None for a merge that decides nothing."""
        new, odd_after = self._loaded.get(row.after, (None, ""))
        old, odd_before = self._loaded.get(row.before[0], (None, ""))
        if len(row.before) > 1 and not self._every:
            old, odd_before = self._against(row, new)
            if old == new and not (odd_after or odd_before):
                return None
        return self._made(row, old, new, odd_after or odd_before)

    def _made(
        self,
        row: Row,
        old: dict[str, Any] | None,
        new: dict[str, Any] | None,
        fault: str = "",
    ) -> Version:
        return Version(
            *(row.commit, row.date, row.author, row.action, row.subject, row.path),
            *(old, new, fault),
        )

    def _against(
        self, row: Row, new: dict[str, Any] | None
    ) -> tuple[dict[str, Any] | None, str]:
        """The version to compare a merge's file with, or why it cannot be read."""
        from sencli.core.record.merge import decided_against
        from sencli.resources import load_schema
        from sencli.store.records.records import schema_of

        if len(row.before) > _TWO or not schema_of(row.path):
            other = next(name for name in row.before if name != row.after)
            return self._loaded.get(other, (None, ""))
        pasts = self._past(row) or [objects.ZERO]
        read = [self._loaded.get(name, (None, "")) for name in (*pasts, *row.before)]
        if fault := next((why for _, why in read if why), ""):
            return None, fault
        *bases, ours, theirs = (record for record, _ in read)
        if len(set(pasts)) > 1:
            bases = self._in_common(row)
        root = load_schema(schema_of(row.path))
        joined: dict[str, Any] | None = decided_against(bases, ours, theirs, new, root)
        return joined, ""

    def _in_common(self, row: Row) -> list[dict[str, Any] | None]:
        """What two computers had in common that had met others in between."""
        from sencli.store.git.process import Reader
        from sencli.store.history.common_ancestor import Pasts

        with closing(Reader(self._git)) as reader:
            pasts = Pasts(self._git, reader)
            return list(pasts.records(pasts.bases(*row.parents), row.path))

    def _look_back(self, rows: list[Row]) -> None:
        """Note what the two sides of each merge have in common."""
        merges = {row.commit: row.parents for row in rows if len(row.before) == _TWO}
        if not merges or self._every:
            return
        bases = {
            commit: self._git.run("merge-base", "--all", *parents)[1].decode().split()
            for commit, parents in merges.items()
        }
        asked = [
            ((row.commit, row.path), f"{base}:{row.path}\n")
            for row in rows
            for base in bases.get(row.commit, ())
        ]
        feed = "".join(name for _, name in asked).encode()
        out = self._git.ask("cat-file", "--batch-check=%(objectname)", feed=feed)
        for (place, _), line in zip(asked, out.decode().splitlines(), strict=True):
            name = objects.ZERO if line.endswith(" missing") else line
            self._pasts.setdefault(place, []).append(name)


def _parse(data: bytes, parts: VersionParser) -> tuple[dict[str, Any] | None, str]:
    try:
        return parts.load(data), ""
    except InvalidValue as error:
        return None, error.message
