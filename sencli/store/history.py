"""What the records said, who changed it, and when: two git processes a question."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from typing import Any

from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.store import files
from sencli.store import objects

if TYPE_CHECKING:
    from datetime import date

    from sencli.store.git import Git

_FORMAT = (
    "%x01%H%x00%aI%x00%an%x00%s%x00%(trailers:key=Action,valueonly,separator=%x2C)"
)


@dataclass(frozen=True)
class Version:
    """One committed change of one file.

    Attributes:
        commit: the commit's name.
        date: when it was recorded, ISO with zone.
        author: who recorded it.
        action: the act, such as ``cycle.open``; "" for a commit not made by sencli.
        subject: the commit's first line.
        path: the file.
        old: the record before, None where there was none or it cannot be read.
        new: the record after, None where it was taken away or cannot be read.
        fault: why one of the two cannot be read, or "".
    """

    commit: str
    date: str
    author: str
    action: str
    subject: str
    path: str
    old: dict[str, Any] | None
    new: dict[str, Any] | None
    fault: str = ""


def history(git: Git, path: str) -> list[Version]:
    """Every committed change of one file, newest first.

    Raises:
        NotFound: nothing was ever committed under that path.
    """
    found = _versions(git, (), f":(literal){files.safe(path)}")
    if not found:
        raise NotFound(f"Nothing was ever recorded in {path}.")
    return found


def recent(git: Git, commits: int) -> list[Version]:
    """What the newest commits changed in any record, newest first.

    Args:
        git: the repository.
        commits: how many commits are looked at; 0 for all.
    """
    newest = (f"--max-count={commits}",) if commits else ()
    return _versions(git, newest, ":(glob)*.yaml", ":(glob)pupils/*.yaml")


def _versions(git: Git, limits: tuple[str, ...], *paths: str) -> list[Version]:
    log = git.ask(
        "log",
        f"--format={_FORMAT}",
        "--raw",
        "--no-abbrev",
        "--no-renames",
        "--no-ext-diff",
        "--no-textconv",
        "--no-show-signature",
        "--no-color",
        "--no-decorate",
        *limits,
        "--end-of-options",
        "HEAD",
        "--",
        *paths,
    )
    rows = _rows(log.decode("utf-8", "replace"))
    names = {name for row in rows for name in row[6:] if name != objects.ZERO}
    contents = _contents(git, sorted(names))
    return [_version(row, contents) for row in rows]


Row = tuple[str, str, str, str, str, str, str, str]


def _rows(log: str) -> list[Row]:
    """(commit, date, author, subject, action, path, old, new) for each change."""
    rows = []
    for entry in log.split("\x01")[1:]:
        head, _, rest = entry.partition("\n")
        commit, when, author, subject, action = head.split("\0")
        for line in rest.split("\n"):
            if line.startswith(":"):
                fields = line.split()
                path = line.partition("\t")[2]
                rows.append(
                    (commit, when, author, subject, action, path, fields[2], fields[3])
                )
    return rows


def _contents(git: Git, names: list[str]) -> dict[str, bytes]:
    feed = "".join(f"{name}\n" for name in names)
    out = git.ask("cat-file", "--batch", feed=feed.encode())
    found = {}
    at = 0
    while at < len(out):
        end = out.index(b"\n", at)
        words = out[at:end].split()
        if words[-1] == b"missing":
            at = end + 1
            continue
        size = int(words[2])
        found[words[0].decode()] = out[end + 1 : end + 1 + size]
        at = end + size + 2
    return found


def _version(
    row: Row,
    contents: dict[str, bytes],
) -> Version:
    commit, when, author, subject, action, path, before, after = row
    old, odd_before = _load(path, before, contents)
    new, odd_after = _load(path, after, contents)
    fault = odd_after or odd_before
    return Version(commit, when, author, action, subject, path, old, new, fault)


def _load(
    path: str, name: str, contents: dict[str, bytes]
) -> tuple[dict[str, Any] | None, str]:
    from sencli.store import yaml_text

    if name == objects.ZERO:
        return None, ""
    if name not in contents:
        return None, f"{path}: object {name} is missing"
    try:
        return yaml_text.load(contents[name], path), ""
    except InvalidValue as error:
        return None, error.message


def head_at(git: Git, day: date) -> str:
    """The commit that was the branch's newest at the end of `day`, in local time.

    Raises:
        NotFound: there was no record yet.
    """
    end = time.mktime((day.year, day.month, day.day + 1, 0, 0, 0, 0, 0, -1)) - 1
    limit = f"--before={int(end)}"
    out = git.ask("rev-list", "-1", "--first-parent", limit, "HEAD", "--")
    commit = out.decode().strip()
    if not commit:
        raise NotFound(
            f"There are no records from {day.isoformat()} or before.",
            "See from when they are: git log --reverse",
        )
    return commit
