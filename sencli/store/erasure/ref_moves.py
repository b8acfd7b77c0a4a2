"""Where each ref goes when the history is rewritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sencli.errors import Conflict
from sencli.store.change.refs import OURS
from sencli.store.change.refs import RefMove

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable
    from collections.abc import Mapping

    from sencli.store.change.refs import Ref
    from sencli.store.erasure.rewrite import Rewriter

_OTHERS = ("refs/remotes/", "refs/sencli/", "refs/prefetch/")


def moves(
    refs: Iterable[Ref],
    done: Rewriter,
    noted: Mapping[str, str],
    named: Callable[[str], bool],
) -> list[RefMove]:
    """Where each ref moves when a history is rewritten.

    Our own follow; what is only remembered of a remote is forgotten.

    Args:
        refs: every name.
        done: the rewritten history.
        noted: where the lists of notes go.
        named: whether a name tells of the pupil.

    Raises:
        Conflict: there are names of a kind that cannot follow.
    """
    found = []
    for ref in refs:
        if ref.kind not in ("commit", "tag"):
            continue
        new = done.tag(ref.target) if ref.kind == "tag" else done.now(ref.target)
        new = noted.get(ref.name, new)
        told = ref.name.startswith(_OTHERS) and named(ref.name)
        if new == ref.target and not told:
            continue
        if ref.name.startswith(_OTHERS):
            found.append(RefMove(ref.name, ref.target, "", ref.symbolic))
        elif not ref.name.startswith(OURS) and ref.name not in noted:
            raise Conflict(
                f"{ref.name} holds on to the history that would be rewritten. Nothing "
                "was changed.",
                f"Take it away first: git update-ref -d {ref.name}",
            )
        elif not ref.symbolic:  # one that stands for another follows by itself
            found.append(RefMove(ref.name, ref.target, new))
    return found
