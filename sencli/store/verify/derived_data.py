"""Check that git's and sencli's caches agree with the history.

Replacements and grafts show another history, borrowed objects lie where others can
change them, and a table or a cache that was edited makes programs show what no record
says.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from typing import TYPE_CHECKING

from sencli import __version__
from sencli.errors import SencliError
from sencli.store.files import files
from sencli.store.files.check_result import CheckResult
from sencli.store.text import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sencli.store.git.process import Git
    from sencli.store.repository.repository import Repository

_REPLACED = "Replacements show git other objects than the recorded."
_GRAFTED = "Grafts show git another history than the recorded one."
_BORROWED = (
    "Part of the history lies in another folder ({}), and whoever can write there can "
    "change or delete it. Make it whole: git repack -a -d, then delete that file"
)
_TABLE = (
    "A table that git keeps of the history (.git/objects/info) does not fit it, so git "
    "can show another history. To mend it: sen doctor --fix"
)
_CACHE = (
    "What was kept ready of {0} (.git/sencli/{1}) did not say what the record says: it "
    "was edited, and lists could show it. It is deleted."
)


def beside(repository: Repository) -> Iterator[CheckResult]:
    """Whatever beside the history could hide or change it."""
    folder = os.path.join(str(repository.root), ".git")
    yield from _hidden(repository.git, folder)
    tables = ("commit-graph", "commit-graphs")
    info = os.path.join(folder, "objects", "info")
    if any(os.path.lexists(os.path.join(info, name)) for name in tables):
        words = ("-c", "core.commitGraph=true", "commit-graph", "verify")
        status, _, _ = repository.git.run(*words, "--no-progress")
        if status:
            yield CheckResult("caches", "breach", _TABLE)
    yield from _caches(os.path.join(folder, "sencli"))


def _hidden(git: Git, folder: str) -> Iterator[CheckResult]:
    if os.path.lexists(os.path.join(folder, "info", "grafts")):
        yield CheckResult("history", "breach", _GRAFTED)
    # those in packed-refs too
    status, out, _ = git.run("for-each-ref", "--format=%(refname)", "refs/replace")
    loose = os.path.join(folder, "refs", "replace")
    if (not status and out) or (os.path.isdir(loose) and os.listdir(loose)):
        yield CheckResult("history", "breach", _REPLACED)
    for name in ("alternates", "http-alternates"):
        if os.path.lexists(os.path.join(folder, "objects", "info", name)):
            place = f".git/objects/info/{name}"
            yield CheckResult("history", "warning", _BORROWED.format(place))


def _caches(folder: str) -> Iterator[CheckResult]:
    """Delete what lists keep ready, which nobody can look through; say what was wrong.

    It is worked out again from the records.
    """
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return
    for name in names:
        path = os.path.join(folder, name)
        kind, _, rest = name.removesuffix(".json").partition("-")
        if kind not in ("parsed", "rows") or not name.endswith(".json"):
            continue
        if kind == "parsed" and not _true(path, f"{rest}.yaml"):
            message = _CACHE.format(f"{rest}.yaml", name)
            yield CheckResult("caches", "breach", message, path=f".git/sencli/{name}")
        with suppress(OSError, SencliError):
            files.delete(path, missing_ok=True)


def _true(path: str, record: str) -> bool:
    """Whether a cache holds what its own text says, or would not be believed."""
    try:
        version, text, known = json.loads(files.read(path))
        data = text.encode("utf-8", "surrogateescape")
        return bool(version != __version__ or load.load(data, record) == known)
    except (OSError, ValueError, TypeError, AttributeError, SencliError):
        return True
