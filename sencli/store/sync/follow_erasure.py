"""Follow an erasure made on another computer, and send our own.

Nobody has to be believed for what the rewritten history says: our own history is
rewritten here in the same way, and must come to the very same commits. What is ours
alone is put upon it, signed by us anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sencli.errors import Conflict
from sencli.errors import IntegrityFault
from sencli.errors import NotFound
from sencli.store.change import finish_erasure
from sencli.store.change import journal
from sencli.store.erasure import preconditions
from sencli.store.erasure.erase import Rewriting
from sencli.store.erasure.mentions import Mentions
from sencli.store.erasure.mentions import names_of
from sencli.store.erasure.rewrite import Rewriter
from sencli.store.git import settings
from sencli.store.git import sign
from sencli.store.records.contents import by_pupil
from sencli.store.sync import erased_elsewhere
from sencli.store.sync.erased_text import TakenOut
from sencli.store.sync.sync import Meeting
from sencli.value import Value

if TYPE_CHECKING:
    from sencli.core.audit.erasure import Certificate
    from sencli.store.erasure.rewrite import Sign
    from sencli.store.repository.repository import Repository
    from sencli.store.trust.certificates import Ledger

_SUBJECT = "%H %s"


class Followed(Value):
    """The plan for following an erasure.

    Attributes:
        remote: where it was made known.
        erasures: day and ground of each.
        sure: whether somebody whom we know signed each.
        kept: our own changes that are put upon the rewritten history.
        lost: our own changes that were about the erased pupil, with their subjects.
        warning: a sentence for the user, or "".
    """

    remote: str
    erasures: tuple[tuple[str, str], ...]
    sure: bool
    kept: int
    lost: tuple[str, ...]
    warning: str = ""


class Follower(Rewriting):
    """An erasure made elsewhere, followed here.

    Args:
        repository: the records.
        remote: the remote's name, or "" for the usual one.
    """

    def __init__(self, repository: Repository, remote: str) -> None:
        super().__init__(repository)
        self._meeting = Meeting(repository, remote)
        self._known = settings.listing(self.git)
        self._theirs = ""

    def plan(self) -> Followed:
        """Plan, changing nothing except fetching their history.

        Raises:
            NotFound: there is no erasure to follow.
            IntegrityFault: it is not to be believed, or not what it says.
        """
        self._theirs = self._meeting.fetched()
        return self._done(publish=False)

    def follow(self) -> Followed:
        """Do what was planned."""
        return self._done(publish=True)

    def _done(self, *, publish: bool) -> Followed:
        found = erased_elsewhere.unfollowed(self, self._theirs) if self._theirs else []
        if not found:
            raise NotFound(
                f"There is no erasure on {self._meeting.remote} that was not followed "
                "here.",
                "sen sync",
            )
        book = erased_elsewhere.proved(
            self, self._known, self._meeting.remote, self._theirs
        )
        self.prepare()
        try:
            with self._writing() as lock:
                base = self._base()
                ids = _ids(self, found, book)
                names = names_of(self, base.reader, base.records, ids)
                preconditions.refuse(base, self._known, ids, names)
                self._refuse_unproved()
                took = TakenOut(self.git, base.reader, book, ids, Mentions(names))
                texts = took.texts(self, self._theirs, _shared(self, book))
                sign_with = self._signer(book)
                done = Rewriter(base.reader, ids, sign_with, took.message, texts)
                moves = self.rewritten(base, ids, took.found, done)
                self._prove(done, book)
                result = self._told_of(done, book, found)
                if not publish:
                    return result
                paths = self.going(base, ids, done)
                head = done.now(base.commit)
                promise = journal.Journal(
                    base.ref,
                    head,
                    paths,
                    {},
                    finish_erasure.erasure_promise(moves, ids),
                )
                warning = self.publish(done, promise, moves, lock)
                return Followed(
                    result.remote,
                    result.erasures,
                    result.sure,
                    result.kept,
                    result.lost,
                    warning,
                )
        finally:
            self.close()

    def _refuse_unproved(self) -> None:
        """What is ours alone is signed anew: it must have been in order before."""
        if sign.wanted(self._known):
            from sencli.store.trust.signed import breaches

            preconditions.refuse_unproved(breaches(self, self._known))

    def _signer(self, book: Ledger) -> Sign | None:
        """Our signature on what is ours alone."""
        known = self._known
        if not sign.wanted(known):
            return None
        who = settings.person(known, "committer")

        def signed(old: str, head: bytes, body: bytes) -> bytes:
            if old in book.commits:
                return b""
            return sign.signature(known, head + body, who)

        return signed

    def _prove(self, done: Rewriter, book: Ledger) -> None:
        """Our own history, rewritten, must be theirs to the letter."""
        for old in done.trees:
            if old in book.commits and done.now(old) != book.commits[old]:
                raise IntegrityFault(
                    f"The history on {self._meeting.remote} is not ours without the "
                    "erased record: something else was changed too. Nothing was "
                    "changed here, and nothing was sent.",
                    "Ask whoever made the erasure. Compare the fingerprints that you "
                    "both have on paper: sen verify",
                )

    def _told_of(
        self, done: Rewriter, book: Ledger, found: list[Certificate]
    ) -> Followed:
        out = self.git.ask("log", f"--format={_SUBJECT}", "HEAD", f"^{self._theirs}")
        lines = [x.partition(" ") for x in out.decode("utf-8", "replace").splitlines()]
        own = [
            (name, subject) for name, _, subject in lines if name not in book.commits
        ]
        lost = tuple(subject for name, subject in own if name in done.gone)
        return Followed(
            self._meeting.remote,
            tuple((made.date, made.ground) for made in found),
            all(check.level == "ok" for check in book.checks),
            len(own) - len(lost),
            lost,
        )


def _shared(repository: Rewriting, book: Ledger) -> str:
    """Our newest commit that an erasure elsewhere has rewritten."""
    return next(name for name in repository.newest_first() if name in book.commits)


def _ids(repository: Rewriting, found: list[Certificate], book: Ledger) -> list[str]:
    """Whom the certificates are about: who was in our history and is not in theirs.

    Each must be known to one certificate, and each certificate must know one of them.
    """
    latest = _shared(repository, book)
    before = by_pupil(repository.git, (latest,))
    after = by_pupil(repository.git, (book.commits[latest],))
    missing = {
        pupil_id: before[pupil_id] for pupil_id in sorted(before.keys() - after.keys())
    }
    ids = []
    for made in found:
        if not made.about_a_pupil:
            continue
        known = next((i for i, had in missing.items() if made.recognises(i, had)), "")
        if not known:
            raise IntegrityFault(
                "The erasure is about a pupil whom these records never had, and yet "
                "they were rewritten for it. Nothing was changed.",
                "Ask whoever made it.",
            )
        del missing[known]
        ids.append(known)
    if missing:
        raise IntegrityFault(
            f"{len(missing)} more records were taken out of the history elsewhere than "
            "the erasures' certificates tell of. Nothing was changed.",
            "Ask whoever made them.",
        )
    return ids


class Sent(Value):
    """The result of replacing a remote's history.

    Attributes:
        remote: which.
        commit: its newest commit now.
        others: branches and tags there that still lead to the old history.
    """

    remote: str
    commit: str
    others: tuple[str, ...]


class Sender(Meeting):
    """Our rewritten history, sent in the place of the old one."""

    def replaced(self) -> tuple[str, list[str]]:
        """The remote's newest commit, and what is there and nowhere else.

        Raises:
            NotFound: nothing was erased here, or the remote has no old history.
        """
        known = erased_elsewhere.made_here(self)
        newest = self.line.newest(self.ref) if known else ""
        here = newest and not self.git.run("cat-file", "-e", f"{newest}^{{commit}}")[0]
        if not newest or (here and self.follows(newest, "HEAD")):
            raise NotFound(
                f"{self.remote} has no history from before an erasure: there is "
                "nothing to replace.",
                "sen sync",
            )
        if any(newest in made.commits for made in known.values()):
            return newest, []
        with erased_elsewhere.aside(self.git, self.line, self.ref) as env:
            args = ("log", "--format=%H %h of %ad by %an: %s", "--date=short")
            _, out, _ = self.git.run(*args, newest, "^HEAD", "--", env=env)
        old = set().union(*(made.commits for made in known.values()))
        lines = [x.partition(" ") for x in out.decode("utf-8", "replace").splitlines()]
        return newest, [told for name, _, told in lines if name not in old]

    def replace(self, newest: str) -> Sent:
        """Send ours in its place, if it is still what was looked at.

        Raises:
            Conflict: it is not.
        """
        head = self.oid(self.ref)
        if not self.line.replace(head, self.ref, newest):
            raise Conflict(
                f"Somebody sent something to {self.remote} meanwhile. Nothing was "
                "sent.",
                "Look again: sen sync --after-erasure",
            )
        self.remember(head)
        old = set().union(
            *(made.commits for made in erased_elsewhere.made_here(self).values())
        )
        others = [
            ref
            for ref, target in self.line.all().items()
            if target in old and not ref.endswith("^{}")
        ]
        return Sent(self.remote, head, tuple(sorted(others)))
