"""Compare the folder with the history: missing, garbled, edited, stray files."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sencli.errors import SencliError
from sencli.store.files import shell
from sencli.store.files.check_result import CheckResult
from sencli.store.records import missing_files
from sencli.store.records.records import places
from sencli.store.records.records import schema_of
from sencli.store.repository import restore_files
from sencli.store.text import schema
from sencli.store.verify import folder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sencli.store.git.settings import GitSettings
    from sencli.store.repository.repository import Repository


def _fits(repository: Repository, path: str) -> bool:
    try:
        return schema.fits(repository.read(path), schema_of(path))
    except SencliError:
        return False


def examined(repository: Repository, _: GitSettings) -> Iterator[CheckResult]:
    """Differences from the history, and whether they can be read as records."""
    top = os.path.join(repository.folder, "pupils")
    if os.path.lexists(top) and not os.path.isdir(top):
        message = "pupils is not a folder, so that no record can be in it."
        aside = shell.renaming("pupils", "pupils-old")
        hint = f"{aside}, then {missing_files.RESTORE}"
        yield CheckResult("pupils", "fault", message, hint)
    gone = restore_files.everything(repository)
    if gone:
        hint = (
            f"To bring back: {missing_files.RESTORE}\n"
            "To take records out: sen commit --take-out"
        )
        message = missing_files.missing_sentence(gone)
        yield CheckResult("gone", "fault", message, hint, fixable=True)
    edited = sorted(set(repository.differing()).difference(gone))
    garbled = [path for path in edited if not _fits(repository, path)]
    if garbled:
        message = f"These cannot be read as records: {places(garbled)}."
        hint = f"See what is wrong: sen check. To go back: git checkout -- {garbled[0]}"
        yield CheckResult("records", "fault", message, hint)
    if edited := [path for path in edited if path not in garbled]:
        message = f"Edited by hand and not yet in the history: {places(edited)}."
        yield CheckResult("edits", "warning", message, "sen commit")
    strays = folder.strays(str(repository.root))
    if strays:
        message = f"These are not records, so nothing reads them: {places(strays)}."
        yield CheckResult("strays", "warning", message, "Move them out of pupils/")
    if not (edited or strays or gone or garbled):
        yield CheckResult("edits", "ok", "The files are as the history has them.")
