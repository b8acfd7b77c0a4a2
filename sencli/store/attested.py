"""Are the signatures of a history in order? Asked before an erasure vouches for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sencli.store.log import commits
from sencli.store.signed import signatures

if TYPE_CHECKING:
    from sencli.store.repo import Repository
    from sencli.store.settings import Settings


def breaches(repository: Repository, known: Settings) -> list[str]:
    """What is wrong with the signatures, a sentence each."""
    from sencli.store.certificates import ledger

    history = commits(repository.git, "HEAD")
    found = ledger(repository, known, history)
    checks = [*found.checks, *signatures(repository, known, history, found.vouched)]
    return [check.message for check in checks if check.level == "breach"]
