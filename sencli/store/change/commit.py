"""The first half of the write path: build commits in memory.

Refuse what is not ours to touch, act on the committed state, check, sign. Nothing is
written here; `publish` makes it visible.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from sencli.errors import Conflict
from sencli.errors import EnvironmentFault
from sencli.store.change import journal
from sencli.store.files import files
from sencli.store.git import index
from sencli.store.git import objects
from sencli.store.git import settings
from sencli.store.git import sign
from sencli.store.git.attributes import Filters
from sencli.store.git.git_folder import has_ref
from sencli.store.git.partial_clone import missing
from sencli.store.records.committed import CommittedRecords
from sencli.store.records.draft import Draft
from sencli.store.records.draft import Written
from sencli.store.records.records import SIGNERS
from sencli.store.records.records import Remembering
from sencli.store.records.records import places

if TYPE_CHECKING:
    from sencli.store.git.process import Git
    from sencli.store.git.process import Reader
    from sencli.store.records.draft import Message

_ROLES = ("author", "committer")
_BRANCH = re.compile(r"refs/heads/(?!-)[A-Za-z0-9][A-Za-z0-9._/-]*")
UNFINISHED = {
    "MERGE_HEAD": "merge",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
    "BISECT_LOG": "bisect",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
}


class Base:
    """The state that a change starts from.

    Args:
        git: the repository.
        reader: where objects come from.
        ref: the branch.
    """

    def __init__(self, git: Git, reader: Reader, ref: str) -> None:
        found = reader.get(ref)
        if found is None and has_ref(os.path.join(git.root, ".git"), ref):
            raise missing(git.root, f"what {ref} leads to")
        if found is None:
            _refuse_second_history(git, ref)
        self.git = git
        self.reader = reader
        self.ref = ref
        self.commit = found[0] if found else ""
        self.records = CommittedRecords(reader, self.commit)


def _refuse_second_history(git: Git, ref: str) -> None:
    """Refuse to begin anew on an empty branch where another has the records."""
    _, out, _ = git.run("for-each-ref", "--format=%(refname:short)", "refs/heads")
    others = out.decode("utf-8", "replace").split()
    if others:
        empty = ref.removeprefix("refs/heads/")
        raise Conflict(
            f"The branch that is open here, {empty}, has no changes; the records are "
            f"on {others[0]}. Nothing was changed.",
            f"Open that one: git symbolic-ref HEAD refs/heads/{others[0]}",
        )


def branch(root: str) -> str:
    """The branch that is checked out, as `refs/heads/...`; refuses a detached HEAD."""
    try:
        text = files.read(os.path.join(root, ".git", "HEAD"), 4096).decode().strip()
    except (OSError, UnicodeDecodeError) as error:
        raise EnvironmentFault(f".git/HEAD cannot be read: {error}.") from error
    ref = text.removeprefix("ref: ")
    if ref == text:
        raise Conflict(
            "The records are not on a branch (git calls it a detached HEAD), so a "
            "change would be lost. Nothing was changed.",
            "git switch main",
        )
    if not _BRANCH.fullmatch(ref) or ".." in ref or ref.endswith(".lock"):
        raise EnvironmentFault(f"sencli cannot write to a branch called {ref!a}.")
    return ref


def refuse_unfinished(root: str) -> None:
    """Refuse to write while git is in the middle of something."""
    for name, what in UNFINISHED.items():
        if os.path.lexists(os.path.join(root, ".git", name)):
            raise Conflict(
                f"A {what} is in progress in these records. Nothing was changed.",
                f"Finish it, or give it up: git {what} "
                f"{'reset' if what == 'bisect' else '--abort'}",
            )


def refuse_hand_edits(
    root: str, ids: dict[str, tuple[str, str]], pending: dict[str, tuple[str, str]]
) -> None:
    """Refuse to touch a file that was edited or staged by hand."""
    staged, _ = index.load(root)
    edited = [
        path
        for path, (old, new) in ids.items()
        if not objects.same_content(files.current(root, path), old)
        and not objects.same_content(files.current(root, path), new)
    ]
    if staged is not None:
        edited += [
            path
            for path, both in ids.items()
            if path not in edited
            and staged.find(path) not in (*both, *pending.get(path, ()))
        ]
    lost = [
        path
        for path in edited
        if not os.path.lexists(os.path.join(root, *path.split("/")))
    ]
    if lost and lost == edited:
        from sencli.store.records.missing_files import BRING_BACK
        from sencli.store.records.missing_files import RESTORE
        from sencli.store.records.missing_files import missing_sentence

        raise Conflict(
            f"{missing_sentence(lost)} Nothing was changed.", f"{BRING_BACK}{RESTORE}"
        )
    if edited:
        raise Conflict(
            f"{places(edited)} was edited by hand and is not committed. "
            "Your edit is kept; nothing was changed.",
            "Take it into the history first: sen commit",
        )


class ChangeSet:
    """One or several changes that become visible together.

    Args:
        base: the state to start from.
        known: git's settings.
        pending: index entries that earlier writes still owe.
    """

    def __init__(
        self,
        base: Base,
        known: settings.GitSettings,
        pending: dict[str, tuple[str, str]],
    ) -> None:
        self.base = base
        self.head = base.commit
        self.box: dict[str, tuple[bytes, bytes]] = {}
        self.ids: dict[str, tuple[str, str]] = {}
        self.pending = pending
        self.action = ""
        self.notice = ""  # what to tell of the signature
        self.joined = ""  # the commit of another computer that the next one takes in
        self._settings = known
        self._filters = Filters(base.git)
        self._over: dict[str, bytes | None] = {}
        self._people = [settings.person(known, role) for role in _ROLES]
        self.records = Remembering(base.records, self._over)

    def draft(self) -> Draft:
        """The records as the commits so far have made them, to be changed."""
        return Draft(self.records)

    def step(
        self,
        draft: Draft,
        message: Message,
        when: int | None = None,
        author: str = "",
    ) -> Written:
        """Make one commit of what was put on a draft; nothing is visible yet."""
        changes = draft.changes()
        if not changes and not self.joined:
            return Written("")
        text = message.text(changes)
        tree = self.base.records.tree
        ids = {
            path: (tree.find(path), "" if data is None else objects.blob(data))
            for path, data in changes.items()
        }
        all_ids = journal.joined(self.ids, ids)
        touched = {path: all_ids[path] for path in ids if path not in self.ids}
        refuse_hand_edits(self.base.git.root, touched, self.pending)
        self._filters.refuse(path for path, data in changes.items() if data is not None)
        for path, data in changes.items():
            if data is not None:
                self.box[ids[path][1]] = (b"blob", data)
            tree.put(path, ids[path][1])
        self.ids, self.action = all_ids, message.action
        self._over.update(changes)
        for path, record in draft.put_records().items():
            if (data := changes.get(path)) is not None:
                self.records.remember(path, data, record)
        self.head = self._commit(text, when, author)
        return Written(self.head, tuple(sorted(changes)))

    def forward(self, commit: str, changes: dict[str, bytes | None]) -> None:
        """Take a later commit of another computer as the head, with what it changes."""
        tree = self.base.records.tree
        ids = {
            path: (tree.find(path), "" if data is None else objects.blob(data))
            for path, data in changes.items()
        }
        refuse_hand_edits(self.base.git.root, ids, self.pending)
        self._filters.refuse(path for path, data in changes.items() if data is not None)
        for path, (_, name) in ids.items():
            tree.put(path, name)
        self.ids, self.action, self.head = ids, "sync", commit

    def _commit(self, text: str, when: int | None, named: str) -> str:
        tree = self.base.records.tree.write(self.box)
        author, committer = (
            f"{named or person} {settings.moment(self.base.git, role, when)}"
            for person, role in zip(self._people, _ROLES, strict=True)
        )
        parents = [name for name in (self.head, self.joined) if name]
        head = objects.commit_head(tree, parents, author, committer)
        body = b"\n" + text.encode()
        signature = b""
        if sign.wanted(self._settings):
            signature = sign.signature(self._settings, head + body, self._people[1])
        self.notice = self._noticed(signature)
        raw = objects.signed(head, body, signature)
        name_of = objects.oid(b"commit", raw)
        self.box[name_of] = (b"commit", raw)
        return name_of

    def _noticed(self, signature: bytes) -> str:
        """A word where the other computers would refuse a change signed so."""
        name = self.base.records.tree.find(SIGNERS)
        if not name:
            return ""
        from sencli.store.records.signers_file import unlisted

        made = self.box.get(name)
        listed = made[1] if made else self.base.reader.content(name)
        return unlisted(listed, signature)
