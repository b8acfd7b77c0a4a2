"""An editor for the tests: a Python script, so that it runs on each system."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import pytest

TOOLS = """\
import re, subprocess, sys, time
from pathlib import Path

path = Path(sys.argv[-1])


def text():
    return path.read_bytes().decode()


def shows(words):
    return words in text()


def swap(old, new):
    path.write_bytes(re.sub(old, lambda _: new, text(), flags=re.MULTILINE).encode())


def below(heading, words):
    (line,) = re.findall(f"^## {heading}.*$", text(), flags=re.MULTILINE)
    swap(f"^{re.escape(line)}$", f"{line}\\n{words}")


def add(line):
    path.write_bytes(f"{text()}{line}\\n".encode())


def copy_to(place):
    Path(place).write_bytes(path.read_bytes())


def sen(folder, *words):
    command = [sys.executable, "-m", "sencli", "-C", folder, *words]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
"""


def command(script: Path) -> str:
    """What to set as the editor, that runs this script."""
    return f'"{sys.executable}" "{script}"'


def editor(monkeypatch: pytest.MonkeyPatch, folder: Path, script: str) -> None:
    """From now on the editor does this to the file ``path``, with `TOOLS` at hand.

    An empty script comes back at once.
    """
    file = folder.parent / "editor.py"
    file.write_text(f"{TOOLS}\n{script}\n" if script else "", "utf-8", newline="\n")
    monkeypatch.setenv("EDITOR", command(file))
    monkeypatch.delenv("VISUAL", raising=False)


def between(folder: Path, line: str) -> str:
    """A line of such a script by which another window changes the records."""
    words = ", ".join(map(repr, (str(folder), *shlex.split(line))))
    return f"sen({words})"
