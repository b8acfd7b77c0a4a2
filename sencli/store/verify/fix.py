"""What ``sen doctor --fix`` does about each finding that it can mend safely."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sencli.store.change.create import DRIVER
from sencli.store.files import own_folder
from sencli.store.files.diagnosis import FAILS
from sencli.store.files.diagnosis import unseen
from sencli.store.files.poor_disk import OWN_DISK
from sencli.store.git import settings
from sencli.store.history.search import write_graph
from sencli.store.records.records import places
from sencli.store.repository import print_scratch
from sencli.store.repository import restore_files
from sencli.store.verify import folder
from sencli.store.verify.repair import HEALS
from sencli.store.verify.repair import heal

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from sencli.store.files.check_result import CheckResult
    from sencli.store.repository.repository import Repository


def mend(repository: Repository, findings: Sequence[CheckResult]) -> list[str]:
    """Mend what is safe to mend; a sentence for each thing done."""
    done = []
    for code in dict.fromkeys(f.code for f in findings if f.fixable):
        try:
            if code in HEALS:
                done.append(heal(repository.folder, code))
            else:
                done.append(_MENDS[code](repository))
        except FAILS as error:
            done.append(f"Not mended ({code}): {unseen(error)}")
    return list(filter(None, done))


def _private(repository: Repository) -> str:
    number = folder.make_private(repository.folder)
    if number:
        return f"{number} files and folders are now yours alone."
    if not folder.open_to_others(repository.folder):
        return ""  # what was open went by another mend
    return f"This disk keeps no rights. {OWN_DISK}"


def _driver(repository: Repository) -> str:
    settings.write(repository.git, DRIVER)
    return "git will merge two laptops' changes item by item."


def _own(repository: Repository) -> str:
    return " ".join(own_folder.clear(repository.folder))


def _prints(repository: Repository) -> str:
    print_scratch.clear_all(repository.folder)
    return "What a stopped print left is removed."


def _back(repository: Repository) -> str:
    gone = restore_files.everything(repository)
    back = restore_files.Restoring(repository).bring_back(gone)
    return f"Brought back from the history: {places(back)}."


def _scraps(repository: Repository) -> str:
    number = folder.remove_scraps(repository.folder)
    return f"{number} leftovers of stopped programs are removed."


def _tidy(repository: Repository) -> str:
    """Pack the history; what to say of it."""
    git = repository.git
    hook = "gc.recentobjectshook"  # what is set last does not outrank the others here
    if hook in settings.listing(git).own():
        return f"Not packed: the folder's own settings name a program for it ({hook})."
    git.ask("gc", "--quiet", "--no-prune")
    write_graph(git)
    return "The history is packed and quick to search."


_MENDS: dict[str, Callable[[Repository], str]] = {
    "permissions": _private,
    "merge driver": _driver,
    "own folder": _own,
    "prints": _prints,
    "gone": _back,
    "leftovers": _scraps,
    "tidiness": _tidy,
}
