"""The drafts of a change, and of many that become visible together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sencli.errors import Busy
from sencli.store.files import files
from sencli.store.records.draft import Message
from sencli.store.records.draft import Written

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterator

    from sencli.store.change.commit import ChangeSet
    from sencli.store.records.draft import Draft

TRIES = 3


class Attempts:
    """Drafts to be changed and committed, one after the other, until one is saved.

    So the caller goes through them, and the store calls nobody back.

    Attributes:
        written: what the change came to, once it is saved.
        schemas_differ: whether the records' schemas may lack what ours have.

    Args:
        begin: gives the work on the state as it stands.
        lock: the open lock file.
        when: seconds since 1970, for a history that is told afterwards.
    """

    def __init__(
        self, begin: Callable[[], ChangeSet], lock: int, when: int | None
    ) -> None:
        self._begin = begin
        self._lock = lock
        self._when = when
        self._done = False
        self._work: ChangeSet
        self._draft: Draft
        self.written = Written("")
        self.schemas_differ = False

    def __iter__(self) -> Iterator[Draft]:
        for _ in range(TRIES):
            self._work = self._begin()
            self._draft = self._work.draft()
            yield self._draft
            if self._done:
                return
        raise Busy(
            "Another program keeps committing to these records. Nothing was saved.",
            "Wait a moment and type the command again.",
        )

    def commit(self, message: Message) -> None:
        """Save the draft: all of it or nothing."""
        from sencli.store.change.publish import MovedError
        from sencli.store.change.publish import publish

        if self.schemas_differ and self._draft.changes():
            self._bring_schemas()
        written = self._work.step(self._draft, message, self._when)
        if written.commit:
            try:
                warning = publish(self._work, self._lock)
            except MovedError:
                return
            told = " ".join(filter(None, (warning, self._work.notice)))
            written = Written(written.commit, written.paths, told)
        self.written, self._done = written, True

    def _bring_schemas(self) -> None:
        """Put our newer schemas with the records, so that older copies keep our fields.

        One that was edited by hand stays as it is: `sen check` says so.
        """
        from sencli.store.git import objects
        from sencli.store.records import newer_schemas

        draft, tree = self._work.draft(), self._work.base.records.tree
        root = self._work.base.git.root
        for path, data in newer_schemas.late(self._work.base.records):
            if objects.same_content(files.current(root, path), tree.find(path)):
                draft.put_bytes(path, data)
        said = "Bring the schemas of the records up to date"
        self._work.step(draft, Message(newer_schemas.ACTION, said), self._when)


class Batch:
    """Changes of `Repository.batch`: nothing is visible before the block ends.

    Attributes:
        records: the records as the changes so far have made them.
        warning: as in `Written`, once the block has ended.
        count: how many changes were asked for.
    """

    def __init__(self, work: ChangeSet) -> None:
        self._work = work
        self.records = work.records
        self.warning = ""
        self.count = 0

    def change(
        self,
        act: Callable[[Draft], Message],
        when: int | None = None,
        author: str = "",
    ) -> Written:
        """One commit more; as `Repository.change`.

        Args:
            act: as in `Repository.change`.
            when: as in `Repository.change`.
            author: `Name <email>` of a history that is told afterwards; git's own
                settings if left out.
        """
        draft = self.draft()
        return self.commit(draft, act(draft), when, author)

    def draft(self) -> Draft:
        """The records as the changes so far have made them, to be changed."""
        return self._work.draft()

    def commit(
        self,
        draft: Draft,
        message: Message,
        when: int | None = None,
        author: str = "",
    ) -> Written:
        """One commit more, of what was put on the draft."""
        self.count += 1
        return self._work.step(draft, message, when, author)


class OneMore(Attempts):
    """The one draft of a change that becomes visible with the batch it belongs to."""

    def __init__(self, batch: Batch, when: int | None, author: str) -> None:
        self._batch = batch
        self._when = when
        self._author = author
        self.written = Written("")

    def __iter__(self) -> Iterator[Draft]:
        self._draft = self._batch.draft()
        yield self._draft

    def commit(self, message: Message) -> None:
        """One commit more in the batch."""
        self.written = self._batch.commit(
            self._draft, message, self._when, self._author
        )
