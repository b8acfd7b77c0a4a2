"""What the hazards share: a school with one pupil, real processes, and a hard look."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.cli.lesson import school
from tests.conftest import Result
from tests.conftest import Typed
from tests.conftest import head_of

LINES = (
    "init oak --school 'Oak Primary' --senco 'J. Patel'",
    "pupil add 'Amelia Khan' --class 4B",
    "status set amelia K --since 15/09/2025",
)
_EXEC = """
import os, sys
os.execv(sys.executable, [sys.executable, "-m", "sencli", *sys.argv[1:]])
"""
# root without its right to read and write whatever it likes (PR_CAPBSET_DROP)
ORDINARY = """
import ctypes, os
if hasattr(os, "geteuid") and os.geteuid() == 0:
    for right in (1, 2):
        ctypes.CDLL(None).prctl(24, right, 0, 0, 0)
"""


def amelia_in(folder: Path) -> Typed:
    """``sen`` in the records of Oak Primary, with Amelia Khan in them."""
    return school(folder, LINES)


def git(folder: Path, *words: str, check: bool = True) -> str:
    """Git as a user types it."""
    done = subprocess.run(
        ["git", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        encoding="utf-8",
    )
    assert done.returncode == 0 or not check, f"git {words}: {done.stderr}"
    return done.stdout.strip()


def head(sen: Typed) -> str:
    """The newest commit."""
    return head_of(sen.folder)


def record(sen: Typed, first: str = "Amelia") -> Path:
    """The file of the pupil of that first name."""
    wanted = f"first_name: {first}"
    for path in sorted((sen.folder / "pupils").iterdir()):
        if wanted in path.read_text("utf-8", "replace"):
            return path
    raise AssertionError(first)


def whole(sen: Typed) -> None:
    """Nothing damaged, nothing half, no lock and no promise left behind."""
    git(sen.folder, "fsck", "--strict", "--no-dangling")
    assert git(sen.folder, "status", "--porcelain") == ""
    inside = sen.folder / ".git"
    left = [p for p in inside.rglob("*.lock") if p.name != "lock"]
    assert left == []
    assert (inside / "sencli/journal").read_bytes() == b""
    assert list((inside / "sencli").glob("tmp-*")) == []


def works(sen: Typed) -> None:
    """The next commands read and write as ever, and leave all of it whole."""
    assert "Khan" in sen("pupil", "show", "amelia").out
    sen("concern", "add", "amelia", "--concern", "Worried about reading")
    whole(sen)


def unchanged(sen: Typed, *words: str, code: int, says: str = "") -> Result:
    """A command that is refused, says why, and leaves everything as it was."""
    before = head(sen), files(sen.folder)
    result = sen(*words, code=code)
    assert (head(sen), files(sen.folder)) == before
    assert says in result.err
    assert "Traceback" not in result.both
    assert "went wrong inside" not in result.both
    return result


def files(folder: Path) -> dict[str, bytes]:
    """The working files."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if ".git" not in path.relative_to(folder).parts
        and path.is_file()
        and not path.is_symlink()
    }


@dataclass(frozen=True)
class Done:
    """What a process came to, and how long it took."""

    code: int
    out: bytes
    err: str
    seconds: float


def program(
    folder: Path,
    *words: str | bytes,
    env: dict[str, str] | None = None,
    before: str = "",
    feed: bytes = b"",
) -> Done:
    """``sen`` as a process of its own, without a terminal.

    ``before`` is Python to run in that process first.
    """
    how = ["-c", before + _EXEC] if before else ["-m", "sencli"]
    start = time.monotonic()
    with subprocess.Popen(
        [sys.executable, *how, *words],
        cwd=folder,
        env={**os.environ, **(env or {})},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        out, err = process.communicate(feed, timeout=60)
    seconds = time.monotonic() - start
    told = err.decode("utf-8", "replace")
    assert "Traceback" not in told, told
    return Done(process.returncode, out, told, seconds)
