"""Computers that meet, for the faults: laid out before, and looked at after.

The faults strike on both sides: the remote is a folder too, and git's programs at the
other end are of the same process tree.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from benchmarks import acts
from sencli.errors import SencliError
from sencli.store.repository.repository import Repository
from sencli.store.sync.sync import Meeting

ACTS = ("sync", "places")
REMOTE = "meeting.git"
OTHER = "other"
SOUTH, THIRD = "south.git", "third"  # the second place, and who meets only there
_MINE, _THEIRS, _FAR = "said here", "said there", "said far off"


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
    _git(folder, "clone", "-q", "--bare", str(template), SOUTH)
    _git(folder, "clone", "-q", SOUTH, THIRD)
    far = Repository.find(str(folder / THIRD))
    far.change(acts.notes(_FAR, acts.IDS[3], acts.IDS[1]))
    _git(folder / THIRD, "push", "-q", "origin", "main")


def lay(folder: Path, area: Path) -> None:
    """Lay all into an area, beside records that have changes of their own."""
    for name in (REMOTE, OTHER, SOUTH, THIRD):
        shutil.copytree(folder / name, area / name, symlinks=True)
    oak = area / "oak"
    for name, place in (("oak", REMOTE), (OTHER, REMOTE), (THIRD, SOUTH)):
        _git(area / name, "remote", "remove", "origin")
        _git(area / name, "remote", "add", "origin", str(area / place))
    _git(oak, "remote", "add", "south", str(area / SOUTH))
    Repository.find(str(oak)).change(acts.notes(_MINE, acts.IDS[1]))


def after(area: Path) -> list[str]:
    """What is wrong when all meet again, without a fault; nobody mends anything."""
    wrong = []
    rounds = (("oak", ("origin", "south")), (OTHER, ("origin",)), (THIRD, ("origin",)))
    for name, remotes in (*rounds, *rounds, *rounds):
        place = area / name
        try:
            for remote in remotes:
                Meeting(Repository.find(str(place)), remote).meet({})
        except SencliError as error:
            wrong.append(f"blocked: {name}: {error.message}")
    for name in ("oak", OTHER, THIRD):
        folder = area / name / "pupils"
        text = "".join(path.read_text("utf-8") for path in folder.iterdir())
        found = [text.count(words) for words in (_MINE, _THEIRS, _FAR, "id: pq2rs")]
        if found != [1, 2, 2, 1]:
            wrong.append("lost")
    everywhere = ("oak", OTHER, REMOTE, SOUTH, THIRD)
    wrong += [
        "fsck"
        for name in everywhere
        if _git(area / name, "fsck", "--strict", "--no-dangling").returncode
    ]
    heads = {_git(area / name, "rev-parse", "main").stdout for name in everywhere}
    if not wrong and len(heads) != 1:
        wrong.append("half")
    return wrong
