"""Find a program by name: the one function used for all.

Never one in the folder that the user is in, which may be somebody else's records:
Windows looks there first, and on other systems an empty or relative entry of the PATH
leads there.
"""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
from collections.abc import Iterable

from sencli.errors import EnvironmentFault

WINDOWS = os.name == "nt"
_ENDINGS = (".com", ".exe", ".bat", ".cmd")
# git for Windows has ssh-keygen and gpg in the last of these, from its own folder on
_BESIDE_GIT = ("", "../usr/bin", "../../usr/bin")
_WORDS = re.compile(r"\"([^\"]*)\"|(\S+)")
_POWERSHELL = ("-NoProfile", "-NonInteractive", "-Command")
_PATIENCE = 30.0
_SECONDS = 5.0  # a viewer that fails has said so by then
# nothing that Windows would run, whatever a file was called
_TEXTS = (".txt", ".md", ".csv", ".json", ".ics")
_PAGES = frozenset((*_TEXTS, ".pdf", ".html", ".xlsx", ".sqlite", ".docx"))
# what asks no shell and looks in no current folder
NO_CURRENT_FOLDER = {"NoDefaultCurrentDirectoryInExePath": "1"}


def folders() -> list[str]:
    """The folders that the PATH names in full."""
    entries = os.environ.get("PATH", os.defpath).split(os.pathsep)
    plain = [entry.strip('"') if WINDOWS else entry for entry in entries]
    return [entry for entry in plain if os.path.isabs(entry)]


def environment() -> dict[str, str]:
    """The PATH for programs that search for others, in place of the user's own."""
    return {"PATH": os.pathsep.join(folders())} | NO_CURRENT_FOLDER


def find_program(name: str, *, git: str = "") -> str:
    """The absolute path of a program, or "" where it is not on this computer.

    Args:
        name: bare, or an absolute path; a relative path is never followed.
        git: git's own path, beside which the program may lie too.
    """
    if os.path.isabs(name):
        return _file(name)
    if not name or os.path.basename(name) != name or (WINDOWS and ":" in name):
        return ""
    places = folders()
    if git:
        above = os.path.dirname(git)
        places += [os.path.normpath(os.path.join(above, way)) for way in _BESIDE_GIT]
    return next((path for at in places if (path := _file(os.path.join(at, name)))), "")


def _file(path: str) -> str:
    """The path of a program by the path without or with its ending, or ""."""
    tried = [path]
    if WINDOWS and not path.casefold().endswith(_ENDINGS):
        listed = os.environ.get("PATHEXT", ".EXE").casefold().split(os.pathsep)
        tried = [path + end for end in listed if end in _ENDINGS]
    return next(
        (one for one in tried if os.path.isfile(one) and os.access(one, os.X_OK)), ""
    )


def split(command: str) -> list[str]:
    """The words of a command as somebody set it, its program found; [] where it is not.

    A backslash is a part of a path on Windows. A program's path may have spaces and no
    quotes, as many a setting has it.
    """
    words = _words(command)
    if words and (program := find_program(words[0])):
        return [program, *words[1:]]
    pieces = command.split(" ")
    for end in range(len(pieces), 0, -1):
        program = find_program(" ".join(pieces[:end]).strip())
        if program:
            return [program, *_words(" ".join(pieces[end:]))]
    return []


def _words(command: str) -> list[str]:
    if WINDOWS:
        return [quoted or bare for quoted, bare in re.findall(_WORDS, command)]
    import shlex

    try:
        return shlex.split(command)
    except ValueError:  # a quote that is not closed
        return command.split()


def run_before_us(command: list[str]) -> int:
    """Run a program at the user's terminal; its exit status. OSError as it comes."""
    return subprocess.run(command, check=False).returncode


def page(command: list[str], pieces: Iterable[bytes]) -> bool:
    """Show pieces in a pager until it is left; whether it could.

    Leaving it early is no fault, and the pieces that were not yet made are not made.
    """
    # what pupils are called is kept in no file of searches, nor saved from there
    own = {"LESSHISTFILE": "-", "LESSSECURE": "1", "LESSCHARSET": "utf-8"}
    stopped = False
    try:
        running = subprocess.Popen(
            command, stdin=subprocess.PIPE, env=os.environ | environment() | own
        )
    except OSError:
        return False
    try:
        _fed(running, pieces)
    except KeyboardInterrupt:
        stopped = True
    finally:
        stopped |= _left(running)
    return stopped or running.returncode == 0


def _fed(running: subprocess.Popen[bytes], pieces: Iterable[bytes]) -> None:
    for piece in pieces:
        try:
            if running.stdin is not None:
                running.stdin.write(piece)
                running.stdin.flush()
        except OSError:  # it was left
            return


def _left(running: subprocess.Popen[bytes]) -> bool:
    """Wait till the user has left it; whether by Ctrl-C, which is for it to heed."""
    stopped = False
    with contextlib.suppress(OSError):
        if running.stdin is not None:
            running.stdin.close()
    while running.returncode is None:
        try:
            running.wait()
        except KeyboardInterrupt:
            stopped = True
    return stopped


def bitlocker(drive: str) -> str:
    """What Windows' own windows show of a drive's encryption; "" where they don't.

    The question needs no administrator: the explorer asks it for its pictures.

    Args:
        drive: its letter and colon.
    """
    program = find_program("powershell")
    if not program or not re.fullmatch("[A-Za-z]:", drive):
        return ""
    ask = (
        f"(New-Object -ComObject Shell.Application).NameSpace('{drive}').Self"
        ".ExtendedProperty('System.Volume.BitLockerProtection')"
    )
    return answer_of([program, *_POWERSHELL, ask])


def answer_of(command: list[str]) -> str:
    """What a program prints; "" where it is not there, fails, or takes too long."""
    try:
        done = subprocess.run(
            command,
            check=True,
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=_PATIENCE,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.decode("utf-8", "replace").strip()


def powershell_profile() -> str:
    """The file that PowerShell reads when it begins, as it says itself.

    Raises:
        EnvironmentFault: there is no PowerShell, or it does not say.
    """
    seven = "\\powershell\\7" in os.environ.get("PSMODULEPATH", "").casefold()
    names = ("pwsh", "powershell") if seven else ("powershell", "pwsh")
    program = next(filter(None, map(find_program, names)), "")
    if program:
        told = answer_of([program, *_POWERSHELL, "$PROFILE"])
        if os.path.isabs(told):
            return told
    raise EnvironmentFault(
        "PowerShell does not say where its profile is.",
        "Type in PowerShell: sen completion powershell >> $PROFILE",
    )


def show_page(path: str) -> str:
    """Show a page, or a folder of pages; "" where it is shown, else why it is not."""
    path = os.path.abspath(path)
    folder = os.path.isdir(path)
    if not folder and os.path.splitext(path)[1].casefold() not in _PAGES:
        return "the name of the file does not say what it holds"
    if sys.platform == "win32":
        try:
            # without the last sign Windows takes plans.exe for the folder plans
            os.startfile(path + os.sep if folder else path)
        except OSError as error:
            return error.strerror or "Windows has no program for it"
        return ""
    if sys.platform == "darwin":
        return _viewed("open", path)
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return _viewed("xdg-open", path)
    return "there is no display"


def _viewed(name: str, path: str) -> str:
    program = find_program(name)
    if not program:
        return f"{name} is not on this computer"
    try:
        running = subprocess.Popen(
            [program, path],
            cwd=os.path.dirname(program),
            env=os.environ | environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C here does not close it
        )
    except OSError as error:
        return f"{name} cannot be started: {error.strerror}"
    try:
        code = running.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        running.returncode = 0  # it is the viewer itself, and stays open after us
        return ""
    return f"{name} ended with a fault ({code})" if code else ""
