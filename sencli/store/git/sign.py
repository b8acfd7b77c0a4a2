"""Sign commits with the program that git would use."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

from sencli.errors import IntegrityFault
from sencli.store.files import programs
from sencli.store.files.temporary import temporary
from sencli.store.git.process import executable

if TYPE_CHECKING:
    from sencli.store.git.settings import GitSettings

_SECONDS = 120
_PROGRAMS = {"openpgp": "gpg", "x509": "gpgsm", "ssh": "ssh-keygen"}


def wanted(settings: GitSettings) -> bool:
    """Whether git is set up to sign commits."""
    return settings.on("commit.gpgsign")


def program(settings: GitSettings, form: str) -> str:
    """The program for a form of signature, never one that the repository names.

    Its absolute path; where it is not on this computer, a path that leads to nothing.
    """
    name = settings.get(f"gpg.{form}.program", trusted=True)
    if form == "openpgp" and not name:
        name = settings.get("gpg.program", trusted=True)
    name = os.path.expanduser(name or _PROGRAMS[form])
    git = executable()
    # below a file there is nothing, and so nobody can put a program there
    return programs.find_program(name, git=git) or os.path.join(
        git, os.path.basename(name)
    )


def options(settings: GitSettings) -> list[str]:
    """The options that hold git to those programs."""
    listed = []
    for form in _PROGRAMS:
        listed += ["-c", f"gpg.{form}.program={program(settings, form)}"]
    return [*listed, "-c", f"gpg.program={program(settings, 'openpgp')}"]


def signature(settings: GitSettings, payload: bytes, committer: str) -> bytes:
    """The armoured signature over a commit; IntegrityFault if it cannot be made."""
    form = settings.get("gpg.format") or "openpgp"
    if form not in _PROGRAMS:
        raise _refused(f"gpg.format is {form!a}")
    key = settings.get("user.signingkey")
    if form == "ssh":
        made_by = program(settings, form)
        return ssh(made_by, key or _default_key(settings), payload)
    args = [program(settings, form), "--status-fd=2", "-bsau", key or committer]
    return _sign(args, payload, b"SIG_CREATED")


def _default_key(settings: GitSettings) -> str:
    command = settings.get("gpg.ssh.defaultkeycommand", trusted=True)
    if not command:
        raise _refused("no user.signingkey is set")
    words = programs.split(command)
    if not words:
        raise _refused(f"gpg.ssh.defaultKeyCommand is not on this computer: {command}")
    found = _run(words, b"").stdout.decode("utf-8", "replace")
    first = found.splitlines()[0].strip() if found else ""
    return first if first.startswith("key::") else f"key::{first}"


def ssh(program: str, key: str, payload: bytes) -> bytes:
    """A signature by an SSH key: a path, or the public key of one in the agent."""
    head = [program, "-Y", "sign", "-n", "git", "-f"]
    literal = key.removeprefix("key::") if key.startswith(("key::", "ssh-")) else ""
    if not literal:
        path = os.path.expanduser(key)
        return _sign([*head, path], payload, b"")
    # a key that stands in the settings themselves: its private half is in the agent
    with temporary(f"{literal}\n".encode()) as name:
        return _sign([*head, name, "-U"], payload, b"")


def _run(args: list[str], payload: bytes) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            args,
            input=payload,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
            env=os.environ | programs.environment(),
        )
    except OSError as error:
        if not os.path.exists(args[0]):
            raise _missing(os.path.basename(args[0])) from None
        raise _refused(f"{args[0]}: {error.strerror}") from error
    except subprocess.TimeoutExpired:
        raise _refused(f"{args[0]} did not answer") from None


def _missing(name: str) -> IntegrityFault:
    return IntegrityFault(
        f"The change could not be signed ({name} is not on this computer's PATH). "
        "Nothing was saved.",
        f"Install {name}, or name its place: git config --global gpg.program PATH "
        "(for an SSH key: gpg.ssh.program)",
    )


def _sign(args: list[str], payload: bytes, proof: bytes) -> bytes:
    done = _run(args, payload)
    if done.returncode or b"-----BEGIN " not in done.stdout or proof not in done.stderr:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise _refused(lines[-1] if lines else f"{args[0]} failed")
    return done.stdout.replace(b"\r", b"")


def _refused(why: str) -> IntegrityFault:
    return IntegrityFault(
        f"The change could not be signed ({why}). Nothing was saved.",
        "See whether the key is there and unlocked: git config --get user.signingkey",
    )


def key_of(program: str, payload: bytes, signature: bytes) -> str:
    """The fingerprint of the SSH key that signed a payload; "" where it does not fit.

    Whose key it is, this does not say.
    """
    with temporary(signature) as name:
        args = [program, "-Y", "check-novalidate", "-n", "git", "-s", name]
        done = _run(args, payload)
    found = re.search(rb"SHA256:[A-Za-z0-9+/]{43}", done.stdout)
    return found[0].decode() if found and done.returncode == 0 else ""
