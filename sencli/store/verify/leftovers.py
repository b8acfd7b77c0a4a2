"""Find what interrupted commands left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sencli.store.change import journal
from sencli.store.files import own_folder
from sencli.store.files.check_result import CheckResult
from sencli.store.records.records import places
from sencli.store.verify import folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sencli.store.git.settings import GitSettings
    from sencli.store.repository.repository import Repository


def unfinished(repository: Repository, _: GitSettings) -> Iterator[CheckResult]:
    """Is an erasure unfinished? Opening the records has just tried to finish it."""
    left = journal.load(str(repository.root))
    if left is not None and left.erasure:
        why = repository.warning or "An erasure is not finished."
        hint = (
            "Close other programs that have the folder open (an editor, a copying "
            "service, a virus scanner), or start the computer anew; then: sen doctor"
        )
        yield CheckResult("erasure", "fault", why, hint)


def leftovers(repository: Repository, _: GitSettings) -> Iterator[CheckResult]:
    """Locks, what stopped programs left, and a history in too many files."""
    root = str(repository.root)
    for name, age in folder.locks(root):
        message = f"{name} is {age}: while it is there, nothing can be saved."
        hint = f"If no other program is at work here, delete it: {name}"
        yield CheckResult("locks", "warning", message, hint)
    scraps = folder.scraps(root)
    if scraps:
        message = f"Stopped programs left {places(scraps)}."
        yield CheckResult(
            "leftovers", "warning", message, "sen doctor --fix", fixable=True
        )
    if folder.untidy(root):
        message = "The history lies in thousands of single files."
        yield CheckResult("tidiness", "note", message, "sen doctor --fix", fixable=True)


def own_folder_shape(repository: Repository, _: GitSettings) -> Iterator[CheckResult]:
    """Is ``.git/sencli`` of the shape that this program gave it?"""
    for place, what in own_folder.odd(str(repository.root)):
        message = (
            f"{place} is {what}, which sencli did not make: nothing can be saved, and "
            "nothing is followed or read there."
        )
        yield CheckResult("own folder", "fault", message, own_folder.FIX, fixable=True)
