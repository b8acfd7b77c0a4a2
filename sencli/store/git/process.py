"""Run git so that a repository cannot start programs or lose writes.

Only plumbing, by absolute path, with argument lists, a cleaned environment and every
setting that matters on the command line, where it outranks the repository's own.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
from collections.abc import Iterator
from collections.abc import Sequence

from sencli.errors import EnvironmentFault
from sencli.errors import IntegrityFault
from sencli.errors import NotFound
from sencli.errors import SencliError
from sencli.store.files import files
from sencli.store.files import programs
from sencli.store.files.poor_disk import NO_FSYNC
from sencli.store.files.poor_disk import OWN_DISK
from sencli.store.git import objects
from sencli.store.git.dangerous_settings import OVERRIDES
from sencli.store.git.git_errors import git_words
from sencli.store.git.git_errors import of_damage
from sencli.store.git.git_errors import of_no_fsync
from sencli.store.git.git_errors import of_partial_clone
from sencli.store.git.partial_clone import left_out
from sencli.store.git.partial_clone import missing
from sencli.store.git.passwords import masked
from sencli.store.git.unsupported import refuse_format
from sencli.store.git.unsupported import unsupported

OLDEST = (2, 31)
_FSYNC_SETTING = (2, 36)
_KEPT = re.compile(
    r"GIT_((AUTHOR|COMMITTER)_(NAME|EMAIL|DATE)|EXEC_PATH|"
    r"CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_[0-9]+|VALUE_[0-9]+))"
)
_NETWORK = re.compile(r"GIT_(SSH|SSH_COMMAND|SSH_VARIANT|ASKPASS|HTTP_\w+|SSL_\w+)")
_PROTOCOLS = "file:http:https:ssh"
_NETWORK_SECONDS = 300
# For a search through commits, whose folders are much the same. Git keeps 96 MB of what
# it has put together, and asking the computer for that memory takes longer than the
# search. (Contents of many files in turn are another matter: those it needs again.)
LEAN = ("-c", "core.deltaBaseCacheLimit=2m")


def executable() -> str:
    """Git's absolute path, never one from the current folder."""
    if path := programs.find_program("git.exe" if programs.WINDOWS else "git"):
        return path
    raise EnvironmentFault(
        "git is not installed, or not on the PATH. Nothing was changed.",
        "Install git 2.31 or later from https://git-scm.com/downloads",
    )


def version(git: str) -> tuple[int, int]:
    """The version of that git, as (major, minor)."""
    try:
        done = subprocess.run([git, "version"], capture_output=True, check=False)
    except OSError as error:
        raise EnvironmentFault(f"git cannot be started: {error.strerror}.") from error
    found = re.search(r"(\d+)\.(\d+)", done.stdout.decode("utf-8", "replace"))
    return (int(found[1]), int(found[2])) if found else (0, 0)


def environment(root: str, *, network: bool = False) -> dict[str, str]:
    """The environment git runs in: nothing inherited that redirects it."""
    env = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith("GIT_")
        or _KEPT.fullmatch(key)
        or (network and _NETWORK.fullmatch(key))
    }
    env |= programs.environment()  # git looks for ssh and others by it
    env |= {
        "LC_ALL": "C",
        "LANGUAGE": "",
        "GIT_TERMINAL_PROMPT": "0",
        "GCM_INTERACTIVE": "never",  # no window of Windows' own password keeper
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_GRAFT_FILE": os.devnull,
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_DEFAULT_HASH": "sha1",
        "GIT_DEFAULT_REF_FORMAT": "files",
        # the settings may name another folder as the one that the files lie in
        "GIT_WORK_TREE": root,
        "GIT_PAGER": "cat",
        # a damaged .git must not make git look for another one further up
        "GIT_CEILING_DIRECTORIES": os.path.dirname(root),
    }
    env["GIT_ALLOW_PROTOCOL"] = _PROTOCOLS if network else "none"
    return env


class Git:
    """Git in one repository.

    Args:
        root: the folder of the records, absolute, with `.git` in it.

    Attributes:
        root: that folder.
        program: the absolute path of git itself.
    """

    def __init__(self, root: str) -> None:
        refuse_format(root)
        self.root = root
        self.program = executable()
        number = _known_version(self.program, os.path.join(root, ".git", "sencli"))
        if number < OLDEST:
            raise EnvironmentFault(
                f"git {number[0]}.{number[1]} is too old: sencli needs "
                f"{OLDEST[0]}.{OLDEST[1]} or later. Nothing was changed.",
                "Install a newer git from https://git-scm.com/downloads",
            )
        if number >= _FSYNC_SETTING:
            durable = ["core.fsync=committed,index,reference,loose-object,pack"]
            durable.append("core.fsyncMethod=fsync")
        else:
            durable = ["core.fsyncObjectFiles=true"]
        self._head = [self.program, "--no-pager", "-C", root]
        for setting in (*OVERRIDES, *durable):
            self._head += ["-c", setting]

    def start(
        self,
        *args: str,
        env: dict[str, str] | None = None,
        inherit: int = -1,
        network: bool = False,
    ) -> subprocess.Popen[bytes]:
        """A git process with pipes at all three ends; `inherit` is an open lock."""
        full = environment(self.root, network=network) | (env or {})
        if args[0] == "init":  # there is nothing yet that could name another folder
            del full["GIT_WORK_TREE"]
        try:
            return subprocess.Popen(
                [*self._head, *args],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=full,
                pass_fds=(inherit,) if inherit >= 0 and os.name != "nt" else (),
                umask=0o077 if os.name != "nt" else -1,
                # without a terminal nothing below git can stop to ask for a password
                start_new_session=network,
            )
        except OSError as error:
            raise EnvironmentFault(
                f"git cannot be started: {error.strerror}. Nothing was saved."
            ) from error

    def run(
        self,
        *args: str,
        feed: bytes = b"",
        env: dict[str, str] | None = None,
        inherit: int = -1,
        network: bool = False,
    ) -> tuple[int, bytes, str]:
        """Run git; returns exit status, standard output and standard error."""
        with self.start(*args, env=env, inherit=inherit, network=network) as process:
            try:
                limit = _NETWORK_SECONDS if network else None
                out, err = process.communicate(feed, timeout=limit)
            except subprocess.TimeoutExpired:
                _end(process)
                return 1, b"", f"no answer within {_NETWORK_SECONDS} seconds"
            except KeyboardInterrupt:
                if network:
                    _end(process)
                process.terminate()  # it takes its locks away, and is waited for
                raise
        return (
            process.returncode,
            out,
            masked(err.decode("utf-8", "replace")).strip(),
        )

    def ask(self, *args: str, feed: bytes = b"") -> bytes:
        """The output of a git command that must succeed."""
        return self.answer(self.start(*args), feed)

    def answer(self, process: subprocess.Popen[bytes], feed: bytes = b"") -> bytes:
        """The output of a git process that was started and must succeed."""
        with process:
            try:
                out, err = process.communicate(feed)
            except KeyboardInterrupt:
                process.terminate()
                raise
        if process.returncode:
            words = err.decode("utf-8", "replace").strip()
            raise fault("git", process.returncode, words)
        return out


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a git that speaks to a remote, with all that it has started."""
    if os.name == "nt":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
    process.communicate()


def _known_version(program: str, folder: str) -> tuple[int, int]:
    """The version, remembered beside the records as long as the program is the same."""
    stat = os.stat(program)
    key = f"{program}\n{stat.st_mtime_ns}\n{stat.st_size}\n"
    memo = os.path.join(folder, "git")
    try:
        text = files.read(memo, limit=10_000).decode("utf-8", "replace")
    except OSError:
        text = ""
    found = re.fullmatch(re.escape(key) + r"(\d+)\.(\d+)\n", text)
    if found:
        return int(found[1]), int(found[2])
    number = version(program)
    with contextlib.suppress(OSError):  # a read-only repository: ask again next time
        files.overwrite(memo, f"{key}{number[0]}.{number[1]}\n".encode())
    return number


def fault(what: str, status: int, err: str) -> SencliError:
    """Git's failure as one of ours, with git's own words.

    Args:
        what: what was asked of it.
        status: its exit status; below zero it was stopped by a signal.
        err: what it wrote to standard error.
    """
    words = git_words(err)
    if not words:
        words = f"stopped by signal {-status}" if status < 0 else f"status {status}"
    if words.startswith("detected dubious ownership"):
        return EnvironmentFault(
            "This folder belongs to another user, so git will not open it.",
            "Ask the owner, or copy the records into a folder of your own.",
        )
    if found := _of_the_computer(err):
        return found
    if of_partial_clone(err):
        return left_out()
    if words == "bad revision 'HEAD'":
        return NotFound("Nothing has been recorded yet.")
    if status > 0 and of_damage(err):
        return IntegrityFault(
            f"The history is damaged: {words}.",
            "Stop working in this folder. Copy it, then clone the records "
            "again from the other laptop or the backup.",
        )
    return EnvironmentFault(f"{what} failed: {words}. Nothing was saved.")


def _of_the_computer(err: str) -> EnvironmentFault | None:
    """Git's complaint of what is not the records' fault, as one of ours."""
    if of_no_fsync(err):
        return EnvironmentFault(NO_FSYNC, OWN_DISK)
    if "Expected git repo version" in err or "repository extension" in err:
        return EnvironmentFault(
            "A newer git than yours has used these records. Nothing was changed.",
            "Install the newest git: https://git-scm.com/downloads",
        )
    return None


class Reader:
    """A running `git cat-file --batch` process that reads objects.

    Started early, it loads on the other core while we import what a command needs.
    """

    def __init__(self, git: Git) -> None:
        self._root = git.root
        self._process = git.start("cat-file", "--batch")
        self._failure: SencliError | None = None

    def get(self, name: str) -> tuple[str, bytes, bytes] | None:
        """(object name, kind, content) of what `name` means, or None."""
        stdin, stdout = self._process.stdin, self._process.stdout
        if stdin is None or stdout is None or "\n" in name:
            return None
        try:
            stdin.write(name.encode() + b"\n")
            stdin.flush()
            head = stdout.readline()
        except (OSError, ValueError):  # it has ended, and said why
            head = b""
        words = head.split()
        if not words:
            raise self._broken()
        if words[-1] in (b"missing", b"ambiguous"):
            return None
        if len(words[0]) != len(objects.ZERO):
            raise unsupported("objectformat", "sha256")
        size = int(words[2])
        data = stdout.read(size + 1)[:-1]
        found = words[0].decode()
        if len(data) != size or objects.oid(words[1], data) != found:
            raise IntegrityFault(
                f"The history is damaged: object {found} is not what it was.",
                "Copy the folder, then clone the records again from the other "
                "laptop or the backup.",
            )
        return found, words[1], data

    def content(self, name: str) -> bytes:
        """The content of an object that must be there."""
        found = self.get(name)
        if found is None:
            raise missing(self._root, f"object {name}")
        return found[2]

    def _broken(self) -> SencliError:
        if self._failure is None:
            _, err = self._process.communicate()
            words = err.decode("utf-8", "replace").strip()
            self._failure = fault("git cat-file", self._process.returncode, words)
        return self._failure

    def close(self) -> None:
        """End the process; nothing is lost by it."""
        if self._process.returncode is None:
            self._process.communicate()


# So many names are asked for ahead: twice as many fit into a pipe, so that neither
# side ever waits for the other with a full one.
_AHEAD = 500
_MISSING = b"missing"


class Blobs:
    """One `git cat-file --batch`, asked ahead, so that it works while we do.

    Args:
        git: the repository.
    """

    def __init__(self, git: Git) -> None:
        self._process = git.start("cat-file", "--batch")

    def of(self, names: Sequence[str]) -> Iterator[tuple[str, bytes | None]]:
        """Each name with its content, in order; None where there is no such object.

        Raises:
            SencliError: git does not answer as it should.
        """
        self._ask(names[:_AHEAD])
        for begin in range(0, len(names), _AHEAD):
            self._ask(names[begin + _AHEAD : begin + 2 * _AHEAD])
            for name in names[begin : begin + _AHEAD]:
                yield name, self._next()

    def _ask(self, names: Sequence[str]) -> None:
        stdin = self._process.stdin
        if stdin is None or not names:
            return
        try:
            stdin.write("".join(f"{name}\n" for name in names).encode())
            stdin.flush()
        except OSError:
            return  # the answer that does not come says why

    def _next(self) -> bytes | None:
        stdout = self._process.stdout
        head = stdout.readline().split() if stdout else []
        if head and head[-1] == _MISSING:
            return None
        if stdout is None or len(head) != len(("name", "kind", "size")):
            _, err = self._process.communicate()
            words = err.decode("utf-8", "replace").strip()
            raise fault("git cat-file", self._process.returncode, words)
        size = int(head[2])
        return stdout.read(size + 1)[:size]

    def close(self) -> None:
        """End the process, whatever it is about."""
        with self._process as process:
            process.terminate()
