"""What only some systems have: a test that needs it is skipped elsewhere, with why."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest


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


def peak_memory() -> int:
    """The most that this process has used, in KB; always 0 where nobody counts."""
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
