"""Erase one pupil from the whole history.

Every commit that held the record is made anew without it, every branch and tag follows
in one step, and a signed certificate says what was done: it vouches for the commits
that have lost their signatures, and maps each to what it was. Until the branches move,
the old history is all there; from then on the erasure is finished, come what may.
"""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

from sencli.core.audit import erasure
from sencli.core.audit.erased_names import ErasedNames
from sencli.core.audit.erasure import Certificate
from sencli.errors import Conflict
from sencli.errors import NotFound
from sencli.errors import SencliError
from sencli.store.change import finish_erasure
from sencli.store.change import journal
from sencli.store.change import refs
from sencli.store.change.commit import branch
from sencli.store.erasure import mentions
from sencli.store.erasure import notes
from sencli.store.erasure import preconditions
from sencli.store.erasure.certificate_commit import certified
from sencli.store.erasure.mentions import Mentions
from sencli.store.erasure.mentions import names_of
from sencli.store.erasure.ref_moves import moves
from sencli.store.erasure.rewrite import Rewriter
from sencli.store.files import files
from sencli.store.git import git_lock
from sencli.store.git import objects
from sencli.store.git import settings
from sencli.store.git import sign
from sencli.store.git.process import fault
from sencli.store.records.records import pupil_of
from sencli.store.records.records import pupil_path
from sencli.store.repository.repository import Repository
from sencli.store.trust.certificates import certificates
from sencli.value import Value

if TYPE_CHECKING:
    from collections.abc import Collection

    from sencli.store.change.commit import Base
    from sencli.store.git.settings import GitSettings


_SALT = 16


class Plan(Value):
    """The plan of an erasure.

    Attributes:
        pupil: the id.
        paths: the files that go from the newest state.
        commits: how many there are.
        rewritten: how many get another id.
        gone: how many are left out, because they were about this pupil alone.
        names: the branches and tags that move.
        silent: remotes that could not be asked whether they have more.
        remotes: every remote.
        signed: whether the history is signed.
        told: where else the pupil is named, and what becomes of it.
    """

    pupil: str
    paths: tuple[str, ...]
    commits: int
    rewritten: int
    gone: int
    names: tuple[str, ...]
    silent: tuple[str, ...]
    remotes: tuple[str, ...]
    signed: bool
    told: Mentions


class Erased(Value):
    """The result of an erasure.

    Attributes:
        commit: the commit of the certificate.
        path: the certificate's file.
        before: the newest commit before it.
        rewritten: how many commits got another id.
        gone: how many were left out.
        warning: a sentence for the user, or "".
    """

    commit: str
    path: str
    before: str
    rewritten: int
    gone: int
    warning: str


class Rewriting(Repository):
    """The records, about to be rewritten.

    Args:
        repository: the records.
    """

    def __init__(self, repository: Repository) -> None:
        super().__init__(repository.root)
        self.told = repository.told
        self.heed = repository.heed

    def rewritten(
        self, base: Base, ids: Collection[str], found: Mentions, done: Rewriter
    ) -> list[refs.RefMove]:
        """Rewrite the whole history without these pupils; returns where each ref moves.

        Args:
            base: the state to start from.
            ids: the pupils that go.
            found: the names that go, and where they are told.
            done: rewrites.
        """
        args = ("rev-list", "--topo-order", "--reverse", *mentions.RECORDS)
        names = self.git.ask("-c", "core.commitGraph=false", *args).decode().split()
        with self.told("Rewriting the history", len(names)) as step:
            done.run(names, step)
        listed = refs.listed(self.git)
        noted = notes.remade(self.git, base.reader, done, listed, ids, found)
        return moves(listed, done, noted, found.names.named)

    def publish(
        self,
        done: Rewriter,
        promise: journal.Journal,
        moves: list[refs.RefMove],
        lock: int,
    ) -> str:
        """Make the new history durable, move every name, and clear the old one away.

        Returns a warning or "".

        Raises:
            Conflict: a name was moved by another program; nothing was changed.
            SencliError: nothing was changed, and why.
        """
        with self.told("Packing the new history", 0):
            self._store(done, lock)
        news = [move.new for move in moves if move.new]
        olds = [f"^{move.old}" for move in moves]
        self.git.ask("rev-list", "--objects", "--quiet", *news, *olds, "--")
        journal.save(self._root, promise)
        try:
            refs.start(self.git, moves, lock)
        except (OSError, SencliError):
            if not refs.begun(self.git, moves):
                refs.clear_locks(self._root, moves)
                journal.clear(self._root)
                self._refuse_moved(moves)
                raise
        # readers of the old history must not hold on to it
        self.close()
        with self.told("Clearing the old history away", 0):
            return finish_erasure.finish(self.git, promise, lock)

    def newest_first(self) -> list[str]:
        """The commits of the branch."""
        out = self.git.ask("rev-list", "--topo-order", "HEAD", "--")
        return out.decode().split()

    def going(
        self, base: Base, ids: Collection[str], done: Rewriter
    ) -> dict[str, tuple[str, str]]:
        """The files of the newest state that go or change: both contents' names."""
        word = erasure.word(ids)
        out = self.git.ask("ls-tree", "-r", "-z", base.commit).decode(
            "utf-8", "replace"
        )
        found = {}
        for line in filter(None, out.split("\0")):
            head, _, path = line.partition("\t")
            old = head.split()[2]
            new = "" if word.search(path.encode()) else done.texts.get(old, old)
            if new != old:
                found[path] = old, new
        return found

    def _store(self, done: Rewriter, lock: int) -> None:
        args = ("index-pack", "--stdin", "--fsck-objects")
        with self.git.start(*args, inherit=lock) as process:
            if process.stdin:
                try:
                    for part in done.packer.stream():
                        process.stdin.write(part)
                except BrokenPipeError:
                    pass  # git has failed; its own words follow
            _, err = process.communicate()
        if process.returncode:
            words = err.decode("utf-8", "replace").strip()
            raise fault("git index-pack", process.returncode, words)
        files.sync_folder(os.path.join(self._root, ".git", "objects", "pack"))

    def _refuse_moved(self, moves: list[refs.RefMove]) -> None:
        """The sentence where another program has moved a name, or holds one."""
        if len(refs.rest(self.git, moves)) < len(moves):
            raise Conflict(
                "Another program changed the history meanwhile. Nothing was erased.",
                "Type the command again.",
            )
        for name in ("HEAD", "packed-refs", *(move.ref for move in moves)):
            path = os.path.join(self._root, ".git", *name.split("/")) + ".lock"
            if os.path.lexists(path):
                raise git_lock.locked(path)


class Eraser(Rewriting):
    """One pupil's erasure.

    Args:
        repository: the records.
        pupil_id: whose; "" where only words are to go.
        words: what is to go from messages, notes and texts too.
        others: what becomes of the name in other pupils' records (`mentions.texts`).
    """

    def __init__(
        self,
        repository: Repository,
        pupil_id: str,
        words: Collection[str] = (),
        others: str = "",
    ) -> None:
        super().__init__(repository)
        self._ids = [pupil_id] if pupil_id else []
        if pupil_id:
            pupil_path(pupil_id)
        self._words = words
        self._others = others
        self._sure = ""
        self._kept: tuple[list[refs.Ref], Rewriter, list[refs.RefMove]] | None = None
        self._found = Mentions(ErasedNames(()))

    def plan(self) -> Plan:
        """Plan without changing anything.

        Raises:
            NotFound: the history knows no such pupil.
            Conflict: something is in the way.
        """
        silent = self._ask()
        self.prepare()
        try:
            with self._writing():
                base, known = self._base(), self._settings()
                self._allowed(base, known)
                done, moves = self._without(base)
                going = self.going(base, self._ids, done)
                return Plan(
                    "".join(self._ids),
                    tuple(path for path, (_, new) in going.items() if not new),
                    sum(name not in done.packer for name in done.trees),
                    len(done.commits) - len(done.gone),
                    len(done.gone),
                    tuple(move.ref for move in moves if move.new),
                    tuple(silent),
                    tuple(remotes_of(known)),
                    sign.wanted(known),
                    self._found,
                )
        finally:
            self.close()

    def erase(self, ground: str, day: str, salt: str = "") -> Erased:
        """Do it.

        Args:
            ground: why: `erasure.checked_ground` has seen it.
            day: today's ISO date.
            salt: for the hashes of what goes; random where none is given.

        Raises:
            SencliError: nothing was changed, and why.
        """
        self.prepare()
        try:
            with self._writing() as lock:
                base, known = self._base(), self._settings()
                self._allowed(base, known)
                done, moves = self._without(base)
                made = self._certificate(base, done, ground, day, salt)
                file = f"{erasure.FOLDER}/{day}-{made.salt[:4]}.txt"
                head = certified(self.git, done, known, made, file)
                moves = [m for m in moves if m.ref != base.ref]
                moves.insert(0, refs.RefMove(base.ref, base.commit, head))
                paths = self.going(base, self._ids, done)
                paths[file] = ("", objects.blob(made.text().encode()))
                promise = journal.Journal(
                    base.ref,
                    head,
                    paths,
                    {},
                    finish_erasure.erasure_promise(moves, self._ids),
                )
                warning = self.publish(done, promise, moves, lock)
                left_out = len(made.gone)
                rewritten = len(made.commits) - left_out
                return Erased(head, file, base.commit, rewritten, left_out, warning)
        finally:
            self.close()

    def _certificate(
        self, base: Base, done: Rewriter, ground: str, day: str, salt: str
    ) -> Certificate:
        salt = salt or secrets.token_hex(_SALT)
        return Certificate(
            day,
            ground,
            base.commit,
            done.now(base.commit),
            erasure.method(salt),
            done.commits,
            frozenset(done.gone),
            tuple(sorted(erasure.hashed(one, salt) for one in done.dropped)),
        )

    def _ask(self) -> list[str]:
        """The remotes that do not answer; one that has more is in the way."""
        known = settings.listing(self.git)
        made = certificates(self.committed())
        self.close()
        past = set().union(*(one.commits for one in made.values()))
        return preconditions.ask_remotes(self.git, known, branch(self._root), past)

    def _allowed(self, base: Base, known: GitSettings) -> None:
        if not self._kept:
            self._found = Mentions(
                names_of(self, base.reader, base.records, self._ids, self._words)
            )
        preconditions.refuse(base, known, self._ids, self._found.names)
        preconditions.refuse_behind(self.git)
        if sign.wanted(known) and self._sure != base.commit:
            from sencli.store.trust.signed import breaches

            with self.told("Checking the signatures", 0):
                preconditions.refuse_unproved(breaches(self, known))
            self._sure = base.commit

    def _without(self, base: Base) -> tuple[Rewriter, list[refs.RefMove]]:
        """The plan, if nothing has moved since; otherwise a new one."""
        now = refs.listed(self.git)
        if self._kept and self._kept[0] == now:
            _, done, moves = self._kept
            self._kept = None
            done.reads_from(base.reader)
            return done, moves
        found = self._found
        texts = mentions.texts(self, base.reader, self._ids, found, self._others)
        done = Rewriter(base.reader, self._ids, None, found.message, texts)
        moves = self.rewritten(base, self._ids, found, done)
        self._kept = now, done, moves
        if not done.commits and not found.cleared:
            about = "".join(self._ids)
            raise NotFound(
                f"Nothing in the history is about {about or 'that'}. Nothing was "
                "changed.",
                f"See whether anything else is: sen erase --check {about or 'ID'}",
            )
        return done, moves


def remotes_of(known: GitSettings) -> list[str]:
    """The names of the remotes, sorted."""
    keys = [key for key in known.under("remote") if key.endswith(".url")]
    return [key.removeprefix("remote.").removesuffix(".url") for key in keys]


def ever(repository: Repository, typed: str) -> bool:
    """Whether the history, as it is now, ever had a record of that id."""
    if not pupil_of(f"pupils/{typed}.yaml"):
        return False
    args = ("log", "--all", "--full-history", "-1", "--format=%H")
    path = f"pupils/{typed}.yaml"
    out = repository.git.ask("-c", "core.commitGraph=false", *args, "--", path)
    return bool(out.strip())
