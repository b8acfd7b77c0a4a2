"""A real terminal for the tests: what is typed at it, and what it shows."""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from collections.abc import Sequence
from pathlib import Path

from tests.systems import terminal

# the terminal becomes that of the process, so that Ctrl-C reaches it
OWN = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""
SEN = (sys.executable, "-m", "sencli")


def _sizeless() -> dict[str, str]:
    """Our environment without rows, which a worker of xdist has: nobody looks here."""
    return {name: value for name, value in os.environ.items() if name != "LINES"}


def at_terminal(
    folder: Path,
    program: Sequence[str],
    answers: Sequence[str] = (),
    *,
    prompt: str = r": $",
    seconds: int = 30,
    environment: Mapping[str, str] | None = None,
) -> tuple[int, str]:
    """Run a program at a terminal and type each answer when it asks.

    Exit code, and all that was shown. What still runs after so many seconds, or asks
    for more than there are answers, is ended: -1.
    """
    ours, theirs = terminal()
    shown = ""
    with subprocess.Popen(
        [sys.executable, "-c", OWN, *program],
        cwd=folder,
        env={"NO_COLOR": "1", **(_sizeless() if environment is None else environment)},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        given = answered = 0
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            ready, _, _ = select.select([ours], [], [], 0.05)
            data = b""
            if ready:
                with contextlib.suppress(OSError):  # closed at the other end
                    data = os.read(ours, 4096)
                if not data:
                    break
            shown += data.decode("utf-8", "replace")
            waiting = re.search(prompt, shown[answered:])
            if waiting and not ready and given < len(answers):
                os.write(ours, answers[given].encode())
                given, answered = given + 1, len(shown)
        else:
            os.killpg(process.pid, signal.SIGKILL)
        try:
            code = process.wait(timeout=10)
        finally:
            os.close(ours)
    assert "Traceback" not in shown, shown
    return code, shown
