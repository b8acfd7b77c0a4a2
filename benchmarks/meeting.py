"""Two computers that meet, for the faults: laid out before, and looked at after.

The faults strike on both sides: the remote is a folder too, and git's programs at the
other end are of the same process tree.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from benchmarks import acts
from sencli.errors import SencliError
from sencli.store.repo import Repository
from sencli.store.sync import Meeting

REMOTE = "meeting.git"
OTHER = "other"
_MINE, _THEIRS = "said here", "said there"


def _git(folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(["git", *words], cwd=folder, capture_output=True, check=False)


def prepare(folder: Path, template: Path) -> None:
    """Make the remote and the other computer, which has changes that were sent."""
    _git(folder, "clone", "-q", "--bare", str(template), REMOTE)
    _git(folder, "clone", "-q", REMOTE, OTHER)
    there = Repository.find(str(folder / OTHER))
    there.change(acts.notes(_THEIRS, acts.IDS[0], acts.IDS[2]))
    there.change(acts.adds("pq2rs"))
    _git(folder / OTHER, "push", "-q", "origin", "main")


def lay(folder: Path, area: Path) -> None:
    """Lay both into an area, beside records that have changes of their own."""
    for name in (REMOTE, OTHER):
        shutil.copytree(folder / name, area / name, symlinks=True)
    oak = area / "oak"
    for place in (oak, area / OTHER):
        _git(place, "remote", "remove", "origin")
        _git(place, "remote", "add", "origin", str(area / REMOTE))
    Repository.find(str(oak)).change(acts.notes(_MINE, acts.IDS[1]))


def act(repository: Repository) -> None:
    """What is struck."""
    Meeting(repository, "origin").meet({})


def after(area: Path) -> list[str]:
    """What is wrong when both meet again, without a fault; nobody mends anything."""
    wrong = []
    for name in ("oak", OTHER, "oak"):
        place = area / name
        try:
            act(Repository.find(str(place)))
        except SencliError as error:
            wrong.append(f"blocked: {name}: {error.message}")
            continue
        text = "".join(path.read_text() for path in (place / "pupils").iterdir())
        found = [text.count(words) for words in (_MINE, _THEIRS, "id: pq2rs")]
        if found != [1, 2, 1]:
            wrong.append("lost")
    wrong += [
        "fsck"
        for name in ("oak", OTHER, REMOTE)
        if _git(area / name, "fsck", "--strict", "--no-dangling").returncode
    ]
    if not wrong and len({*_heads(area)}) != 1:
        wrong.append("half")
    return wrong


def _heads(area: Path) -> list[bytes]:
    return [
        _git(area / name, "rev-parse", "main").stdout for name in ("oak", OTHER, REMOTE)
    ]
