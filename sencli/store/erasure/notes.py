"""Rewrite git's notes after an erasure, for the new commits.

Earlier versions of a note are not kept: they are words typed beside the records, and
whatever they said of the pupil goes with them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sencli.core.audit import erasure
from sencli.store.git import objects

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Iterable

    from sencli.store.change.refs import Ref
    from sencli.store.erasure.mentions import Mentions
    from sencli.store.erasure.rewrite import Rewriter
    from sencli.store.git.process import Git
    from sencli.store.git.process import Reader

FOLDER = "refs/notes/"
_MESSAGE = b"\nNotes, made anew by an erasure\n"


def remade(
    git: Git,
    reader: Reader,
    done: Rewriter,
    listed: Iterable[Ref],
    ids: Collection[str],
    found: Mentions,
) -> dict[str, str]:
    """The commit of each list of notes, by its name.

    Args:
        git: the repository.
        reader: where objects come from.
        done: the history, rewritten.
        listed: every name.
        ids: the pupils that go.
        found: what goes, and where it is told.
    """
    made = {}
    for ref in listed:
        if not ref.name.startswith(FOLDER) or ref.kind != "commit" or ref.symbolic:
            continue
        entries: dict[bytes, tuple[bytes, str]] = {}
        out = git.ask("ls-tree", "-r", "-z", ref.target).decode()
        for line in filter(None, out.split("\0")):
            head, _, path = line.partition("\t")
            about = path.replace("/", "")
            if about in done.gone:
                continue  # about a change that is left out, like that
            data = reader.content(head.split()[2])
            text = erasure.word(ids).sub(erasure.NEUTRAL, data)
            text = found.said(f"note on {about[:10]}", text)
            blob = done.packer.add(b"blob", text)
            entries[done.now(about).encode()] = objects.FILE, blob
        tree = done.packer.add(b"tree", objects.tree(entries))
        lines = reader.content(ref.target).partition(b"\n\n")[0].split(b"\n")
        who = [
            next(x for x in lines if x.startswith(role)).partition(b" ")[2].decode()
            for role in (b"author ", b"committer ")
        ]
        head_of = objects.commit_head(tree, [], *who)
        made[ref.name] = done.packer.add(b"commit", head_of + _MESSAGE)
    return made
