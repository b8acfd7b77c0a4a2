"""The commit that adds a certificate to a rewritten history."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from sencli.core.audit import erasure
from sencli.store.git import objects
from sencli.store.git import settings
from sencli.store.git import sign
from sencli.store.records.draft import Message

if TYPE_CHECKING:
    from sencli.core.audit.erasure import Certificate
    from sencli.store.erasure.rewrite import Rewriter
    from sencli.store.git.process import Git
    from sencli.store.git.settings import GitSettings

_SUBJECTS = {
    True: "Erase one pupil's record from the history",
    False: "Erase a pupil's names from texts",
}


def certified(
    git: Git, done: Rewriter, known: GitSettings, made: Certificate, path: str
) -> str:
    """The commit's name.

    Args:
        git: the repository.
        done: the history, rewritten.
        known: git's settings.
        made: the certificate.
        path: its file.
    """
    data, parent = made.text().encode(), made.after
    blob = done.packer.add(b"blob", data)
    tree = _with_file(done, done.trees[parent], path.split("/"), blob)
    trailers = (("Certificate", hashlib.sha256(data).hexdigest()),)
    text = Message(erasure.ACTION, _SUBJECTS[made.about_a_pupil], trailers).text([])
    author, committer = (
        f"{settings.person(known, role)} {settings.moment(git, role, None)}"
        for role in ("author", "committer")
    )
    head = objects.commit_head(tree, [parent], author, committer)
    body = b"\n" + text.encode()
    signature = b""
    if sign.wanted(known):
        who = settings.person(known, "committer")
        signature = sign.signature(known, head + body, who)
    return done.packer.add(b"commit", objects.signed(head, body, signature))


def _with_file(done: Rewriter, tree: str, steps: list[str], blob: str) -> str:
    """A tree with one more file in it."""
    entries = objects.parse_tree(done.raw(tree)) if tree else {}
    name = steps[0].encode()
    if len(steps) == 1:
        entries[name] = objects.FILE, blob
    else:
        mode, below = entries.get(name, (objects.FOLDER, ""))
        below = below if mode == objects.FOLDER else ""
        entries[name] = objects.FOLDER, _with_file(done, below, steps[1:], blob)
    return done.packer.add(b"tree", objects.tree(entries))
