"""The ids of all contents that files ever had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sencli.store.git.process import fault
from sencli.store.records.records import pupil_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from collections.abc import Mapping

    from sencli.store.git.process import Git

_ARGS = (
    *("log", "--full-history", "-m", "--root", "--format=", "--raw", "-z"),
    *("--no-abbrev", "--no-renames", "--no-ext-diff", "--no-show-signature"),
)
_GONE = "0" * 40
# both modes, both contents, and what was done
_WORDS = 5
_FOLDERS = ("pupils", "documents")


def contents(
    git: Git, which: Collection[str], *paths: str, env: Mapping[str, str] | None = None
) -> dict[str, set[str]]:
    """Path to the names of all contents that some commits gave it.

    Args:
        git: the repository.
        which: the commits, as `git log` takes them.
        paths: only below these.
        env: where else to look for objects.
    """
    args = ("-c", "core.commitGraph=false", *_ARGS, *which, "--", *paths)
    status, out, err = git.run(*args, env=dict(env or {}))
    if status:
        raise fault("git log", status, err)
    fields = [x.strip("\n") for x in out.decode("utf-8", "surrogateescape").split("\0")]
    found: dict[str, set[str]] = {}
    for at, field in enumerate(fields[:-1]):
        words = field.split(" ")
        if field.startswith(":") and len(words) == _WORDS:
            names = found.setdefault(fields[at + 1], set())
            names |= {name for name in words[2:4] if name != _GONE}
    return found


def by_pupil(
    git: Git, which: Collection[str], env: Mapping[str, str] | None = None
) -> dict[str, set[str]]:
    """A pupil's id to the names of all contents of the record and its documents."""
    found: dict[str, set[str]] = {}
    for path, names in contents(git, which, *_FOLDERS, env=env).items():
        folder = path.split("/")[1].removesuffix(".yaml")
        if pupil_id := pupil_of(f"pupils/{folder}.yaml"):
            found.setdefault(pupil_id, set()).update(names)
    return found
