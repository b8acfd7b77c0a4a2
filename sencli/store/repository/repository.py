"""The repository of records: find, read, change, ask for history."""

from __future__ import annotations

import os
from contextlib import contextmanager
from contextlib import nullcontext
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING
from typing import TypeVar

from sencli import resources
from sencli.errors import Busy
from sencli.errors import Conflict
from sencli.errors import NotFound
from sencli.errors import SencliError
from sencli.store.change import journal
from sencli.store.change.attempts import TRIES
from sencli.store.change.attempts import Attempts
from sencli.store.change.attempts import Batch
from sencli.store.records import newer_schemas
from sencli.store.records.draft import Draft
from sencli.store.records.draft import Message
from sencli.store.records.draft import Written
from sencli.store.records.find import upwards
from sencli.store.records.records import READ
from sencli.store.records.records import WorkingRecords

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Iterator
    from collections.abc import Mapping
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sencli.store.change.commit import Base
    from sencli.store.change.commit import ChangeSet
    from sencli.store.files.parallel import ShowProgress
    from sencli.store.files.parallel import Tick
    from sencli.store.git.process import Git
    from sencli.store.git.process import Reader
    from sencli.store.git.settings import GitSettings
    from sencli.store.history.versions import Version
    from sencli.store.records.committed import CommittedRecords

__all__ = ["Batch", "Draft", "Message", "Repository", "Written"]

T = TypeVar("T")
_MANY = 100  # commits of a batch that are worth a table to search them by
_READER_WAIT = 2.0


def _silent(what: str, number: int) -> AbstractContextManager[Tick | None]:
    """Shows nothing."""
    del what, number
    return nullcontext()


class Repository(WorkingRecords):
    """One repository of records.

    Attributes:
        warning: what could not be finished when it was opened, or "".
        wrote: whether a change was begun.
        saved: the commit of the last change that was saved, or "".
        schemas_differ: whether the schemas in the folder are not those of this version.
        told: shows how far long work has come.
        heed: is given a sentence that should be read before anything is written.
    """

    def __init__(self, root: Path | str) -> None:
        super().__init__(str(root))
        self.warning = ""
        self.wrote = False
        self.saved = ""
        self.schemas_differ = False
        self.told: ShowProgress = _silent
        self.heed: Callable[[str], object] = str
        self._git: Git | None = None
        self._reader: Reader | None = None
        self._listing: subprocess.Popen[bytes] | None = None

    @cached_property
    def root(self) -> Path:
        """Its folder."""
        from pathlib import Path

        return Path(self._root)

    @staticmethod
    def find(directory: str | None = None) -> Repository:
        """The repository of `directory`, of SENCLI_DIR, or upwards from here.

        What a killed write left is finished first.
        """
        READ.clear()
        root = upwards(directory or os.environ.get("SENCLI_DIR", ""))
        repository = Repository(root)
        if journal.waiting(root):
            repository._finish()
        repository._follow_schemas()
        return repository

    @staticmethod
    def create(
        directory: Path,
        files: Mapping[str, bytes],
        message: Message,
        settings: Iterable[tuple[str, str]] = (),
    ) -> Repository:
        """Make a new repository with these files in its first commit.

        Args:
            directory: the folder, missing or empty.
            files: path to bytes; records are checked.
            message: what the first commit says.
            settings: git settings for the repository, such as those that sign.
        """
        from sencli.store.change.create import create

        repository = Repository(create(directory, files, message, settings))
        repository._finish()
        return repository

    def _follow_schemas(self) -> None:
        """Take the schemas of the records, where these know more than ours."""
        self.schemas_differ = bool(newer_schemas.differing(self))
        found = newer_schemas.known_by(self) if self.schemas_differ else {}
        if found:
            # what was edited in the folder alone makes no field known
            try:
                found = newer_schemas.known_by(self.committed())
            except SencliError:
                found = {}
            finally:
                self.close()
        resources.follow(found)

    @property
    def git(self) -> Git:
        """Git in this repository."""
        if self._git is None:
            from sencli.store.git.process import Git

            self._git = Git(self._root)
        return self._git

    def prepare(self) -> None:
        """Start git's readers now, so that they load while we import; then `close`."""
        if self._reader is None:
            from sencli.store.git.process import Reader

            self._reader = Reader(self.git)
        if self._listing is None:
            self._listing = self.git.start("config", "--list", "-z", "--show-scope")

    def close(self) -> None:
        """End git's readers."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None
        if self._listing is not None:
            self._listing.communicate()
            self._listing = None

    def change(
        self, act: Callable[[Draft], Message], when: int | None = None
    ) -> Written:
        """Commit what `act` does to a draft of the records; all of it or nothing.

        Args:
            act: reads and puts on the draft, and says what it did. It may be called
                again on a newer state.
            when: seconds since 1970, for a history that is told afterwards.
        """
        with self.changing(when) as attempts:
            for draft in attempts:
                attempts.commit(act(draft))
        return attempts.written

    @contextmanager
    def changing(self, when: int | None = None) -> Iterator[Attempts]:
        """As `change`, for a caller that goes through the drafts itself.

        It holds the lock. Each draft is to be changed and committed; another follows
        only where a commit of another program came between.
        """
        self.prepare()
        try:
            with self._writing() as lock:
                attempts = Attempts(self._work, lock, when)
                attempts.schemas_differ = self.schemas_differ
                try:
                    yield attempts
                finally:
                    self.saved = attempts.written.commit or self.saved
        finally:
            self.close()

    @contextmanager
    def batch(self) -> Iterator[Batch]:
        """Many changes, each its own commit, that become visible together."""
        from sencli.store.change.publish import MovedError
        from sencli.store.change.publish import publish
        from sencli.store.history.search import write_graph

        self.prepare()
        try:
            with self._writing() as lock:
                work = self._work()
                batch = Batch(work)
                yield batch
                if work.head != work.base.commit:
                    batch.warning = publish(work, lock)
                    if batch.count > _MANY:
                        write_graph(self.git)
        except MovedError:
            raise Conflict(
                "Another program committed meanwhile. Nothing was saved.",
                "Type the command again.",
            ) from None
        finally:
            self.close()

    def adopt(self, paths: Iterable[str], message: Message) -> Written:
        """Commit hand edits as they are, if they are valid."""
        wanted = list(paths)

        def act(draft: Draft) -> Message:
            from sencli.store.files import files

            for path in wanted:
                data = files.current(self._root, path)
                if data is not None:
                    draft.put_bytes(path, data)
                elif draft.exists(path):
                    draft.delete(path)
            return message

        written = self.change(act)
        self._own_alone(wanted)
        return written

    def _own_alone(self, paths: Iterable[str]) -> None:
        """Take rights from others: an editor and git's checkout give them."""
        from sencli.store.files import files

        for path in paths:
            place = os.path.join(self._root, path)
            if os.path.isfile(place) and not os.path.islink(place):
                files.make_private(place, 0o600)

    def differing(self, paths: Iterable[str] | None = None) -> list[str]:
        """The records whose working file is not as committed, sorted.

        Args:
            paths: those to look at; None looks at all, and finds new ones too.
        """
        from sencli.store.change.edited import differing

        self.prepare()
        try:
            return differing(self._root, self._base().records, paths)
        finally:
            self.close()

    def steady(self, read: Callable[[], T]) -> T:
        """The result of `read` with no write between its first and last file.

        One record is never seen half written; this is for reads of several records,
        which a write of several could otherwise split.
        """
        root = self._root
        for _ in range(TRIES):
            if journal.waiting(root):
                self._finish()
            before = journal.stamp(root)
            found = read()
            if journal.stamp(root) == before:
                return found
        from sencli.store.files.lock import Lock

        waited = suppress(OSError, SencliError)  # without writers: no lock
        with waited, Lock(self._inside("lock")):
            return read()
        return read()

    def committed(self, commit: str = "HEAD") -> CommittedRecords:
        """The records as one commit has them; then `close`."""
        from sencli.store.records.committed import CommittedRecords

        found = self._open_reader().get(f"{commit}^{{commit}}")
        if found is None:
            raise NotFound(f"There is no commit {commit!a} in these records.")
        return CommittedRecords(self._open_reader(), found[0])

    def history(self, path: str, *, every: bool = False) -> list[Version]:
        """Every committed change of one file, newest first."""
        from sencli.store.history.versions import history

        return history(self.git, path, every=every)

    def _inside(self, *names: str) -> str:
        """A place of ours within git's folder."""
        return os.path.join(self._root, ".git", "sencli", *names)

    def _open_reader(self) -> Reader:
        if self._reader is None:
            from sencli.store.git.process import Reader

            self._reader = Reader(self.git)
        return self._reader

    @contextmanager
    def _writing(self) -> Iterator[int]:
        """The lock, with what was left behind finished; gives the open lock file."""
        from sencli.store.change import preload
        from sencli.store.change.commit import refuse_unfinished
        from sencli.store.files import files
        from sencli.store.files.lock import Lock
        from sencli.store.files.own_folder import refuse_odd
        from sencli.store.files.poor_disk import unsaved

        self.wrote = True
        preload.load()
        try:
            refuse_odd(self._root)
            files.make_folder(self._inside())
            with Lock(self._inside("lock")) as lock:
                self._recover()
                refuse_unfinished(self._root)
                if journal.waiting(self._root):
                    journal.refuse_unerased(self._root, self.warning)
                self._heed_clock()
                yield lock.fd
        except OSError as error:
            raise unsaved(error) from error

    def _heed_clock(self) -> None:
        from sencli.store.history import clock

        try:
            said = clock.wrong(self.git, clock.recent(self._open_reader()))
        except SencliError:  # damage further back is for `sen verify` to find
            self.close()
            return
        if said:
            self.heed(said)

    def _base(self) -> Base:
        from sencli.store.change.commit import Base
        from sencli.store.change.commit import branch

        return Base(self.git, self._open_reader(), branch(self._root))

    def _work(self) -> ChangeSet:
        from sencli.store.change.commit import ChangeSet

        left = journal.load(self._root)
        return ChangeSet(self._base(), self._settings(), left.pending if left else {})

    def _settings(self) -> GitSettings:
        from sencli.store.git.settings import GitSettings
        from sencli.store.git.settings import listing

        if self._listing is None:
            return listing(self.git)
        out, _ = self._listing.communicate()
        self._listing = None
        return GitSettings(out)

    def _finish(self) -> None:
        """Recovery before a read: never in its way."""
        from sencli.store.files.lock import Lock

        try:
            with Lock(self._inside("lock"), _READER_WAIT):
                self._recover()
        except (OSError, SencliError) as error:
            # another writer is at work, or the disk is read-only: read what is there
            if not isinstance(error, Busy):
                self.warning = f"An unfinished write could not be finished: {error}"
        finally:
            self.close()

    def _recover(self) -> None:
        from sencli.store.change import recover

        root = self._root
        recover.sweep(root)
        if not journal.waiting(root):
            return
        left = journal.load(root)
        if left is None:
            journal.clear(root)
            return
        if left.erasure:
            from sencli.store.change import finish_erasure

            self.warning = finish_erasure.resume(self.git, left)
            return
        recover.clear_locks(root, left)
        base = self._base()
        head = recover.Head(base.commit, base.records.tree)
        self.warning = recover.finish(self.git, head, base.reader.content, left)
