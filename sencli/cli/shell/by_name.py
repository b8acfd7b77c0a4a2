"""Commands that are shown at a terminal, with pupils' names as a person types them."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from typing import TextIO

from sencli.cli.shell.lines import fitted
from sencli.errors import SencliError
from sencli.safe import safe_text

if TYPE_CHECKING:
    from sencli.documents.view import Block
    from sencli.documents.view import View
    from sencli.store.repository.repository import Repository

_COMMAND = re.compile(r"\bsen [a-z][^\n]*")
_ID = re.compile(r"\bp[a-z0-9]{7}\b")


def by_name(repo: Repository | None, text: str, stream: TextIO) -> str:
    """The text, its commands with names in place of ids where somebody reads it.

    An id stays where two pupils have the name, and in what goes to a file or a program.
    """
    if "sen " not in text or not stream.isatty():
        return text
    if repo is None or not _ID.search(text):
        return text
    names = _names(repo)
    return _COMMAND.sub(
        lambda found: _ID.sub(lambda one: names.get(one[0], one[0]), found[0]), text
    )


def readable(repo: Repository | None, text: str, stream: TextIO) -> str:
    """A message for a stream: safe, in lines that fit it, and its commands so."""
    return fitted(safe_text(by_name(repo, text, stream)), stream)


@lru_cache(maxsize=1)
def _names(repo: Repository) -> dict[str, str]:
    """The pupils by id, as ``amelia-khan``, where that is one pupil alone."""
    from sencli.core.text.folding import words
    from sencli.store.repository.pupil_names import pupil_names

    try:
        known = pupil_names(repo)
    except (SencliError, OSError):
        return {}
    typed = {n.id: "-".join(words(f"{n.first_name} {n.last_name}")) for n in known}
    # one that another begins with could mean that one too
    every = [*sorted(typed.values()), ""]
    unclear = {one for one, other in pairwise(every) if other.startswith(one)}
    return {one: name for one, name in typed.items() if name not in unclear}


def in_tables(repo: Repository | None, views: Sequence[View]) -> list[View]:
    """The views, the commands in their tables so."""
    from sencli.value import replace

    return [
        replace(view, blocks=tuple(_in_table(repo, block) for block in view.blocks))
        for view in views
    ]


def _in_table(repo: Repository | None, block: Block) -> Block:
    from sencli.documents.view import Table
    from sencli.value import replace

    if not isinstance(block, Table):
        return block
    typed = {n for n, column in enumerate(block.columns) if column.kind == "command"}
    if not typed:
        return block
    rows = tuple(
        tuple(
            by_name(repo, cell, sys.stdout) if n in typed and cell else cell
            for n, cell in enumerate(row)
        )
        for row in block.rows
    )
    return replace(block, rows=rows)
