"""Sync over a remote: fetch, merge item by item, push.

Nothing changes here before all of it is known to be right: the remote was not
rewritten, every question is answered, and the result passes the checks that every
change passes. Then one commit joins the two, and is sent. Broken off anywhere, it is
done again by the same command.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sencli import resources
from sencli.errors import Busy
from sencli.errors import Conflict
from sencli.errors import EnvironmentFault
from sencli.errors import IntegrityFault
from sencli.errors import NotFound
from sencli.store.git import settings
from sencli.store.git.git_errors import git_words
from sencli.store.git.partial_clone import FETCH
from sencli.store.git.partial_clone import shallow_ends
from sencli.store.records.draft import Message
from sencli.store.remote import connection
from sencli.store.repository.repository import Repository
from sencli.store.sync.sync_result import Joining
from sencli.store.sync.sync_result import Numbers
from sencli.store.sync.sync_result import Synced
from sencli.store.sync.sync_result import added
from sencli.store.sync.sync_result import between
from sencli.store.sync.sync_result import counted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sencli.store.change.commit import ChangeSet
    from sencli.store.git.settings import GitSettings
    from sencli.store.records.draft import Draft

_TRIES = 3


def choose(known: GitSettings, typed: str = "") -> str:
    """The remote meant: the one typed, the only one, or the one called origin.

    Raises:
        NotFound: there is none, or several and none is called origin.
    """
    names = sorted(
        key.removeprefix("remote.").removesuffix(".url")
        for key in known.under("remote")
        if key.endswith(".url")
    )
    if typed or len(names) == 1:
        return connection.checked(known, typed or names[0])
    if "origin" in names:
        return connection.checked(known, "origin")
    if names:
        raise NotFound(
            f"There are several remotes: {', '.join(names)}.",
            f"Name one: sen sync {names[0]}",
        )
    raise NotFound(
        "There is nowhere to sync with: the records have no remote.",
        "Make one, such as an empty folder on a drive that only the two of you can "
        "open (git init --bare --initial-branch=main FOLDER), then "
        "git remote add origin FOLDER, then sen sync",
    )


class Meeting(Repository):
    """The records, about to meet a remote.

    Args:
        repository: the records.
        remote: the remote's name, or "" for the usual one.

    Attributes:
        remote: the remote's name.
        line: to it.
        ref: the branch.
    """

    def __init__(self, repository: Repository, remote: str = "") -> None:
        super().__init__(repository.root)
        self.heed = repository.heed
        from sencli.store.change.commit import branch

        self.take_out = False  # whether it is right that records go
        self._known = settings.listing(self.git)
        self.remote = choose(self._known, remote)
        self.line = connection.Connection(self.git, self._known, self.remote)
        self.ref = branch(self.folder)
        short = self.ref.removeprefix("refs/heads/")
        self._seen = f"refs/sencli/seen/{self.remote}/{short}"
        self._tracking = f"refs/remotes/{self.remote}/{short}"

    def meet(self, answers: Mapping[str, str]) -> Synced:
        """Fetch, bring together, send.

        Args:
            answers: code of a question to ``mine`` or ``theirs``.

        Raises:
            IntegrityFault: the remote was rewritten; nothing changes.
            EnvironmentFault: it cannot be reached, or not written; what is here is
                safe, and the command can be repeated.
        """
        from sencli.store.change.sync_lock import alone
        from sencli.store.change.sync_lock import sent

        self.line.begun = sent(self.folder)
        try:
            with alone(self.folder, self.oid(self.ref)) as self.line.lock:
                return self._meet(answers)
        except OSError as error:
            raise EnvironmentFault(
                f"The exchange with {self.remote} could not be finished: "
                f"{error.strerror or error}. Your changes are safe here.",
                "Free some space or mend the permissions (sen doctor), then type it "
                "again: sen sync",
            ) from error

    def _meet(self, answers: Mapping[str, str]) -> Synced:
        received, taken = 0, Joining()
        before = self.oid(self.ref)
        for _ in range(_TRIES):
            theirs = self._fetch()
            came = self._count(theirs, "HEAD") if theirs else 0
            received += came
            if came:
                self._judge(theirs)
            if theirs:
                found = self._take_in(theirs, answers)
                if found.questions or found.going:
                    unsure = ("here", found.going)
                    return Synced(self.remote, questions=found.questions, unsure=unsure)
                taken = added(taken, found)
            head = self.oid(self.ref)
            sent = self._count("HEAD", theirs)
            went = between(self.git, theirs, head) if sent and theirs else Numbers()
            if went.out and not self.take_out:
                unsure = ("there", went.out)
                return Synced(self.remote, received, commit=head, unsure=unsure)
            if sent:
                self._judge_ours(head, theirs)
            if sent and not self.line.push(head, self.ref):
                continue  # somebody was quicker: take theirs in first
            self.line.point_at(self.ref)
            noted = self.remember(head)
            astray = self._astray(before, head, taken.paths)
            return Synced(
                self.remote,
                received,
                sent,
                head,
                taken.paths,
                taken.joined,
                (),
                " ".join(filter(None, (taken.warning, noted, self._moved()))),
                taken.contradictions,
                taken.numbers,
                went,
                astray=astray,
            )
        raise Busy(
            f"Others keep sending to {self.remote}. What came is taken in, and your "
            "changes are safe here.",
            "Wait a moment and type it again: sen sync",
        )

    def _astray(
        self, before: str, after: str, paths: tuple[str, ...]
    ) -> tuple[str, ...]:
        """Attachments and schemas that arrived without a record of them."""
        from sencli.store.repository.attachments import came_astray

        if not before or not paths:
            return ()
        try:
            states = self.committed(before), self.committed(after)
            return tuple(came_astray(self.git, *states, paths))
        finally:
            self.close()

    def _moved(self) -> str:
        """A sentence where the remote says that it is elsewhere now, or ""."""
        new = self.line.moved
        if not new:
            return ""
        return (
            f"{self.remote} has moved to {new}. If that is right, type: git remote "
            f"set-url {self.remote} {new}"
        )

    def oid(self, ref: str) -> str:
        """The commit of that name, or ""."""
        status, out, _ = self.git.run("rev-parse", "--verify", "-q", ref)
        return "" if status else out.decode().strip()

    def _count(self, there: str, here: str) -> int:
        """How many commits `there` has that `here` has not."""
        without = [f"^{here}"] if here else []
        return int(self.git.ask("rev-list", "--count", there, *without, "--"))

    def _fetch(self) -> str:
        """Their newest commit, or "" where the remote is empty."""
        from sencli.store.sync.erased_elsewhere import refuse_old
        from sencli.store.sync.erased_elsewhere import refuse_unfollowed
        from sencli.store.sync.incoming import refuse_hidden_faults
        from sencli.store.sync.wrong_remote import refuse_other_branch
        from sencli.store.sync.wrong_remote import refuse_without_records

        refuse_hidden_faults(self._known)
        refuse_old(self, self.line, self.ref)
        name = self.fetched()
        if name:
            refuse_without_records(self.git, self.line, name)
        else:
            refuse_other_branch(self.git, self.line, self.ref)
        if name and self.oid(self.ref):
            refuse_unfollowed(self, self._known, self.remote, name)
        for ref in (self._seen, self._tracking):
            before = self.oid(ref)
            if before and not (name and self.follows(before, name)):
                raise IntegrityFault(
                    f"The history on {self.remote} was cut or rewritten: changes that "
                    "were there are not there any more. Nothing was changed here, and "
                    "nothing was sent.",
                    "Ask who else can write there. Compare the fingerprints that you "
                    "both have on paper: sen verify",
                )
        return name

    def fetched(self) -> str:
        """The remote's branch among our objects; its newest commit, or ""."""
        return self.line.fetch(self.ref, f"refs/sencli/incoming/{self.remote}")

    def _judge(self, theirs: str) -> None:
        """Refuse changes without an accepted signature, and warn of wrong clocks."""
        from sencli.store.history.clock import came_wrong
        from sencli.store.sync.incoming import refuse_strangers

        ours = self.oid(self.ref)
        refuse_strangers(self, self._known, self.remote, ours, theirs)
        if wrong := came_wrong(self.git, ours, theirs, self.remote):
            self.heed(wrong)

    def _judge_ours(self, ours: str, theirs: str) -> None:
        """Refuse to send what the other computers would refuse."""
        from sencli.store.sync.incoming import refuse_to_send_unsigned

        refuse_to_send_unsigned(self, self._known, ours, theirs)

    def follows(self, before: str, after: str) -> bool:
        """Whether one commit is part of the other's history."""
        status, _, _ = self.git.run("merge-base", "--is-ancestor", before, after)
        return status == 0

    def remember(self, head: str) -> str:
        """Keep in mind what the remote has now; a word where that fails, or ""."""
        from sencli.store.change.sync_lock import end

        for ref in (self._seen, self._tracking):
            words = ("update-ref", "-m", "sencli: sync", ref, head)
            status, _, err = self.git.run(*words, inherit=self.line.lock)
            if status and self.oid(ref) != head:
                why = git_words(err) or "no reason given"
                return (
                    f"What {self.remote} has now could not be noted ({why}): the next "
                    "sen sync does it."
                )
        end(self.folder)
        return ""

    def _take_in(self, theirs: str, answers: Mapping[str, str]) -> Joining:
        """Bring theirs into the branch, under the lock, as any other change."""
        from sencli.store.change.publish import MovedError
        from sencli.store.change.publish import publish
        from sencli.store.history.arrivals import note

        self.prepare()
        try:
            with self._writing() as lock:
                for _ in range(_TRIES):
                    work = self._work()
                    found = self._join(work, theirs, answers)
                    if found.questions or work.head == work.base.commit:
                        return found
                    try:
                        note(self.git, self.ref, work.base.commit, work.head)
                        warning = publish(work, lock)
                    except MovedError:
                        continue
                    return added(Joining(warning=warning), found)
        finally:
            self.close()
        raise Busy("Another program keeps committing to these records.", "sen sync")

    def _shared(self, ours: str, theirs: str) -> list[str]:
        """The newest commits that both have."""
        status, out, _ = self.git.run("merge-base", "--all", ours, theirs)
        names = out.decode().split()
        if not names and shallow_ends(self.folder):
            raise Conflict(
                "What both computers have in common is not in this copy (a shallow "
                "clone). Nothing was changed.",
                f"{FETCH}, then sen sync",
            )
        if status or not names:
            raise IntegrityFault(
                f"The records on {self.remote} are different ones: the two have no "
                "history in common. Nothing was changed.",
                "See that the address is right: git remote -v",
            )
        return names

    def _join(
        self, work: ChangeSet, theirs: str, answers: Mapping[str, str]
    ) -> Joining:
        from sencli.store.records import newer_schemas
        from sencli.store.records.committed import CommittedRecords
        from sencli.store.sync.contradictions import contradictions
        from sencli.store.sync.merge import Trio
        from sencli.store.sync.merge import converge

        names = self._shared(work.head, theirs)
        if theirs in names:
            return Joining()  # nothing new there
        reader = work.base.reader
        bases = tuple(CommittedRecords(reader, name) for name in names)
        trio = Trio(bases, work.base.records, CommittedRecords(reader, theirs))
        # what a newer version wrote there is judged and merged by its own schema
        resources.follow(newer_schemas.known_by(trio.ours, trio.theirs))
        found = converge(self.git, reader, trio, answers)
        if found.questions:
            return Joining(questions=found.questions)
        numbers = counted(trio.ours, found.files)
        if numbers.out and not self.take_out:
            return Joining(going=numbers.out)
        if work.head in names:
            work.forward(theirs, found.files)
            return Joining(tuple(found.files), numbers=numbers)
        work.joined = theirs
        apart = contradictions(trio, found.files)
        draft = work.draft()
        written = work.step(draft, _write_to_draft(draft, found.files))
        warning = " ".join(found.notes)
        return Joining(written.paths, True, (), warning, apart, numbers)


def _write_to_draft(draft: Draft, changes: Mapping[str, bytes | None]) -> Message:
    """Lay what the meeting came to over a draft."""
    for path, data in changes.items():
        if data is not None:
            draft.put_bytes(path, data)
        elif draft.exists(path):
            draft.delete(path)
    return Message("sync", "Bring the changes of two computers together")
