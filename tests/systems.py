"""What only some systems have: a test that needs it is skipped elsewhere, with why."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

LIKE_WINDOWS = sys.platform == "win32" or "tests.winish" in sys.modules
"""On Windows itself, or where ``-p tests.winish`` plays it."""


def posix(reason: str) -> pytest.MarkDecorator:
    """A mark on what Windows can't have; the reason is shown with the skipped test."""
    return pytest.mark.skipif(LIKE_WINDOWS, reason=f"not on Windows: {reason}")


def is_root() -> bool:
    """Whether rights do not stop us; Windows has no such user."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def terminal() -> tuple[int, int]:
    """Both ends of a terminal."""
    if not hasattr(os, "openpty"):
        pytest.skip("a test can't have a terminal of its own on Windows")
    return os.openpty()


def named_pipe(path: Path) -> None:
    """A pipe with a name in a folder."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("Windows has no pipes among the files")
    os.mkfifo(path)


def link(path: Path, to: Path | str, *, folder: bool = False) -> None:
    """A link in a folder; on Windows not every user may make one."""
    try:
        path.symlink_to(to, target_is_directory=folder)
    except OSError:
        if sys.platform != "win32":
            raise
    if not path.is_symlink():  # wine makes none, and says that it did
        pytest.skip("this user can make no links on Windows")


def tool(name: str) -> str:
    """A program that a test needs beside git; it may be missing from Windows."""
    found = shutil.which(name)
    if not found and sys.platform == "win32":
        pytest.skip(f"this Windows has no {name}")
    return found or name


def is_private(path: Path) -> bool:
    """Its owner's alone, as far as its rights tell: on Windows they tell nothing."""
    return LIKE_WINDOWS or path.stat().st_mode & 0o077 == 0


def kill_with_children(process: subprocess.Popen[bytes]) -> None:
    """End a process that began a session of its own; on Windows it alone."""
    if sys.platform == "win32":
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)


def program(folder: Path, name: str, source: str) -> Path:
    """A program of this name in a folder, that does what the Python source says."""
    script = folder / f"{name} of the tests.py"
    script.write_text(source, "utf-8", newline="\n")
    words = f'"{sys.executable}" "{script}"'
    if sys.platform == "win32":
        made = folder / f"{name}.cmd"
        made.write_text(f"@{words} %*\n", "utf-8", newline="\r\n")
    else:
        made = folder / name
        made.write_text(f'#!/bin/sh\nexec {words} "$@"\n', "utf-8", newline="\n")
        made.chmod(0o700)
    return made


def peak_memory() -> int:
    """The most that this process has used, in KB; always 0 where nobody counts."""
    if LIKE_WINDOWS:
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
