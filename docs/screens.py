"""Makes the screens of ``docs/term.md`` by the program itself, from the demo school.

``python docs/screens.py`` types each line that stands after ``$`` there, on the day
that stands above it, at a terminal of 80 columns, and puts below it what was printed;
``--check`` fails where that is something else. Codes of changes and check codes may
differ.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

PAGE = Path(__file__).resolve().parent / "term.md"
BEGIN = "2026-11-20"
_DAY = re.compile(r"<!-- day: (\S+) -->")
_BLOCK = re.compile(r"(?ms)^```text\n(.*?)^```$|<!-- day: \S+ -->")
# what a shell and a terminal do: 24 rows of 80 columns, and nobody to answer
_AT_TERMINAL = """
import fcntl, os, pty, struct, sys, termios
out, theirs = pty.openpty()
fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
if os.fork() == 0:
    for end in (1, 2):
        os.dup2(theirs, end)
    os.execv(sys.executable, [sys.executable, "-m", "sencli", *sys.argv[1:]])
os.close(theirs)
shown = b""
while True:
    try:
        part = os.read(out, 65536)
    except OSError:
        break
    if not part:
        break
    shown += part
os.write(1, shown.replace(b"\\r\\n", b"\\n"))
sys.exit(os.waitstatus_to_exitcode(os.wait()[1]))
"""


def main(arguments: list[str]) -> int:
    """Write the page anew, or say that it is not what the program prints."""
    text = PAGE.read_text("utf-8")
    with tempfile.TemporaryDirectory() as place:
        made = _page(text, Path(place))
    if "--check" not in arguments:
        PAGE.write_text(made, "utf-8", newline="\n")
    elif _steady(made) != _steady(text):
        sys.stderr.write("docs/term.md is out of date: python docs/screens.py\n")
        return 1
    return 0


def _page(text: str, place: Path) -> str:
    _typed(["demo", "school"], BEGIN, place)
    day = BEGIN

    def anew(found: re.Match[str]) -> str:
        nonlocal day
        if told := _DAY.fullmatch(found[0]):
            day = told[1]
            return found[0]
        lines = re.findall(r"^\$ (.*)$", found[1], re.MULTILINE)
        parts = [f"$ {line}\n{_printed(line, day, place / 'school')}" for line in lines]
        return "```text\n" + "\n\n".join(parts) + "\n```"

    return _BLOCK.sub(anew, text)


def _printed(line: str, day: str, folder: Path) -> str:
    shown = _typed(shlex.split(line)[1:], day, folder)
    return "\n".join(map(str.rstrip, shown.strip("\n").split("\n")))


def _typed(words: list[str], day: str, folder: Path) -> str:
    settings = {"SENCLI_TODAY": day, "NO_COLOR": "1", "TERM": "xterm"}
    done = subprocess.run(
        [sys.executable, "-c", _AT_TERMINAL, *words],
        cwd=folder,
        env={**os.environ, **settings, "PYTHONPATH": str(PAGE.parent.parent)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    shown = re.sub(r"[^\n]*\r", "", done.stdout.decode())  # how far it is
    if done.returncode not in {0, 1}:  # 1: sen check found something
        sys.exit(f"sen {shlex.join(words)}:\n{shown}{done.stderr.decode()}")
    return shown


def _steady(text: str) -> str:
    return re.sub(r"\b[0-9a-f]{8}\b|(?:\b[A-Z0-9]{4}-){3}[A-Z0-9]{4}\b", "ANY", text)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
