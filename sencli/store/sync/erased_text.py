"""Verify what an erasure elsewhere removed, against our history.

Nobody has to send the erased names for it: a message or text of theirs must be ours
with nothing but parts taken out.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sencli.core.audit import erasure
from sencli.store.erasure import mentions
from sencli.store.records.contents import contents
from sencli.store.records.records import pupil_of

if TYPE_CHECKING:
    from collections.abc import Collection

    from sencli.store.erasure.mentions import Mentions
    from sencli.store.git.process import Git
    from sencli.store.git.process import Reader
    from sencli.store.repository.repository import Repository
    from sencli.store.trust.certificates import Ledger


class TakenOut:
    """Replacements for our messages and texts.

    Args:
        git: the repository, with theirs fetched.
        reader: where objects come from.
        book: what the certificates say.
        ids: the pupils that go.
        found: the names that go from what is ours alone.
    """

    def __init__(
        self,
        git: Git,
        reader: Reader,
        book: Ledger,
        ids: Collection[str],
        found: Mentions,
    ) -> None:
        self.found = found
        self._git = git
        self._reader = reader
        self._book = book
        self._ids = ids
        self._word = erasure.word(ids)

    def message(self, name: str, body: bytes) -> bytes:
        """Theirs, where it is ours with parts taken out (`rewrite.Said`)."""
        if name not in self._book.commits or name in self._book.gone:
            return self.found.message(name, body)
        content = self._reader.content(self._book.commits[name])
        theirs = content.partition(b"\n\n")[2]
        return theirs if _only_taken_out(body, theirs) else body

    def texts(
        self, repository: Repository, theirs: str, shared: str
    ) -> dict[str, bytes]:
        """Replacements for our contents, by id.

        Args:
            repository: the records.
            theirs: the newest of theirs.
            shared: the newest of ours that theirs was made of.
        """
        git, made = self._git, dict[str, bytes]()
        cleared = False
        there = contents(git, (theirs, "^HEAD"))
        ours = contents(git, ("HEAD", f"^{theirs}"))
        swaps: dict[bytes, bytes] = {}
        for path, names in sorted(ours.items()):  # attachments before records
            if self._word.search(os.fsencode(path)):
                continue
            new = [self._reader.content(n) for n in there.get(path, set()) - names]
            new = [data for data in new if erasure.NEUTRAL in data]
            for name in names if new else ():
                old = self._reader.content(name)
                as_now = mentions.swapped(old, swaps)
                fits = [data for data in new if _only_taken_out(as_now, data)]
                if old not in new and fits:
                    # the one with the least taken out is the one made of it
                    made[name] = max(fits, key=len)
                    cleared = cleared or path.startswith(mentions.OTHERS)
            its = {name: made[name] for name in names if name in made}
            swaps |= mentions.swaps_of(self._reader, path, its)
            for name in names - its.keys() if swaps and pupil_of(path) else ():
                old = self._reader.content(name)
                if (now := mentions.swapped(old, swaps)) != old:
                    made[name] = now
        return made | self._own(repository, shared, cleared=cleared)

    def _own(
        self, repository: Repository, shared: str, *, cleared: bool
    ) -> dict[str, bytes]:
        """The same for what is ours alone: other pupils' records as theirs were."""
        others = mentions.CLEAR if cleared else mentions.KEEP
        both = set().union(*contents(self._git, (shared,)).values())
        found = mentions.texts(repository, self._reader, self._ids, self.found, others)
        return {name: data for name, data in found.items() if name not in both}


def _only_taken_out(old: bytes, new: bytes) -> bool:
    return erasure.only_taken_out(old.decode("latin-1"), new.decode("latin-1"))
