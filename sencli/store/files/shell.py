"""Quote variables, paths and commands for the user's shell."""

from __future__ import annotations

import os
import re

WINDOWS = os.name == "nt"
_PLAIN = re.compile(r"[A-Za-z0-9_.:\\/+-][A-Za-z0-9_.:\\/+@=,-]*")
_PLAIN_CMD = re.compile(r"[A-Za-z0-9_.:\\/+@-]+")
_OPTION = re.compile(r"--?[A-Za-z][A-Za-z-]*")
_OF_POWERSHELL = 3  # it adds the user's own folder of modules to the system's two


def kind() -> str:
    """``sh``, ``cmd`` or ``powershell``."""
    if not WINDOWS or os.environ.get("MSYSTEM"):  # git for Windows' own bash
        return "sh"
    modules = os.environ.get("PSMODULEPATH", "").split(";")
    return "powershell" if len(modules) >= _OF_POWERSHELL else "cmd"


def quoted(word: str) -> str:
    """A word, such as a path, as it is typed."""
    shell = kind()
    if shell == "powershell":
        plain = bool(_PLAIN.fullmatch(word)) and not word.startswith("-")
        return word if plain else "'" + word.replace("'", "''") + "'"
    if shell == "cmd":
        plain = bool(_PLAIN_CMD.fullmatch(word))
        return word if plain else '"' + word.replace('"', '""') + '"'
    import shlex

    return shlex.quote(word)


def joined(*words: str) -> str:
    """A command as it is typed."""
    if kind() == "sh":
        import shlex

        return shlex.join(words)
    # an option is a word of its own in every shell
    return " ".join(w if _OPTION.fullmatch(w) else quoted(w) for w in words)


def variable(name: str, value: str) -> str:
    """The line that sets a variable for the commands that follow."""
    shell = kind()
    if shell == "powershell":
        return f"$env:{name} = '" + value.replace("'", "''") + "'"
    if shell == "cmd":
        return f'set "{name}={value}"'
    return f"export {name}={quoted(value)}"


def with_variable(name: str, value: str, command: str) -> str:
    """A command with a variable set for it: in one line where the shell can."""
    if kind() == "sh":
        return f"{name}={quoted(value)} {command}"
    return f"{variable(name, value)}\n{command}"


def removal(path: str) -> str:
    """The command that deletes a file."""
    return f"{'del' if kind() == 'cmd' else 'rm'} {quoted(path)}"


def renaming(source: str, target: str) -> str:
    """The command that moves a file or folder."""
    verb = "move" if kind() == "cmd" else "mv"
    return f"{verb} {quoted(source)} {quoted(target)}"


def going(folder: str) -> str:
    """The command that changes to a folder."""
    return f"cd {'/d ' if kind() == 'cmd' else ''}{quoted(folder)}"


def piped(first: str, second: str) -> str:
    """Two commands, the second taking in what the first gives, byte for byte."""
    line = f"{first} | {second}"
    # PowerShell would read what goes through as text
    return f'cmd /c "{line}"' if kind() == "powershell" else line


def own_again(folder: str) -> str:
    """The command that gives a folder back to the user who is meant to have it."""
    if WINDOWS:
        return f"icacls {quoted(folder)} /reset /t"
    return f"chmod -R u+rwX {quoted(folder)}"
