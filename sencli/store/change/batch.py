"""A batch: many commits that become visible together."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sencli.store.change.commit import ChangeSet
    from sencli.store.records.draft import Draft
    from sencli.store.records.draft import Message
    from sencli.store.records.draft import Written


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
