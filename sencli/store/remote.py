"""Talking to a remote without letting the repository choose what runs here.

A folder that came from somebody else may name a transport, a helper or an ssh command
that is a program of theirs. Which programs run is taken from the user's own settings.
"""

from __future__ import annotations

import os
import re
import time
from typing import TYPE_CHECKING

from sencli.errors import EnvironmentFault
from sencli.errors import IntegrityFault
from sencli.errors import NotFound
from sencli.errors import UsageFault
from sencli.store.broken_off import begin
from sencli.store.broken_off import clear
from sencli.store.broken_off import end
from sencli.store.broken_off import settle

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sencli.store.git import Git
    from sencli.store.repo import Repository
    from sencli.store.settings import Settings

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_SSH = "ssh -oBatchMode=yes -oConnectTimeout=20"
_TELLING = re.compile(r"(fatal|error|remote): ")
_FORGED = re.compile(r"fsck error|in fsck|inflate|corrupt|did not receive|not our ref")
_DURABLE = "-c core.fsync=committed,reference -c core.fsyncMethod=fsync"
_HELPER = re.compile(r"[A-Za-z0-9+.-]+::")


def checked(known: Settings, name: str) -> str:
    """The name of a remote that may be used; refuses odd names and transports."""
    url = known.get(f"remote.{name}.url")
    if not _NAME.fullmatch(name):
        raise UsageFault(f"{name!a} cannot be the name of a remote.")
    if not url:
        raise NotFound(
            f"There is no remote called {name}.", "Add one: git remote add NAME URL"
        )
    if _HELPER.match(url) or url.startswith("-") or not url.isprintable():
        raise EnvironmentFault(
            f"The remote {name} has an address that would run a program: it is refused."
        )
    return name


def addresses(root: str) -> dict[str, str]:
    """The remotes by name, with their addresses; read by GitPython, nothing runs."""
    from configparser import Error

    from git import Repo
    from git.exc import GitError

    try:
        with Repo(root) as repo:
            return {r.name: str(r.config_reader.get("url")) for r in repo.remotes}
    except (GitError, Error, ValueError) as error:
        raise EnvironmentFault(
            f"The remotes in .git/config cannot be read: {type(error).__name__}.",
            "See them: git remote -v",
        ) from error


def options(known: Settings) -> list[str]:
    """Options for git commands that talk to a remote: only the user's own programs."""
    found = []
    for key, default in (("core.sshCommand", _SSH), ("core.askPass", "")):
        found += ["-c", f"{key}={known.get(key, trusted=True) or default}"]
    found += ["-c", "credential.helper="]
    own = known.get("credential.helper", trusted=True)
    if own:
        found += ["-c", f"credential.helper={own}"]
    return found


class Line:
    """The line to one remote: what is fetched and sent over it.

    Args:
        git: the repository.
        known: its settings.
        name: the remote.

    Attributes:
        name: the remote.
    """

    def __init__(self, git: Git, known: Settings, name: str) -> None:
        self._git = git
        self.name = checked(known, name)
        # by its address: what the folder says beside it (other programs, other
        # branches to write to) has no say
        self._url = known.get(f"remote.{name}.url")
        self.lock = -1  # what gits that write inherit, while a meeting holds it
        self.begun: list[str] = []  # what meetings that were broken off were sending
        self._options = options(known)
        self._local = "://" not in self._url and ":" not in self._url.split("/")[0]
        self._local = self._local or self._url.startswith("file://")

    def newest(self, ref: str) -> str:
        """The newest commit of a branch there, or "" where there is none."""
        status, out, err = self._speak("ls-remote", "upload", refs=ref)
        if status:
            raise self._unreachable(err)
        return out.decode().partition("\t")[0].strip()

    def all(self) -> dict[str, str]:
        """Every branch and tag there, with what it leads to."""
        status, out, err = self._speak("ls-remote", "upload", refs="refs/*")
        if status:
            raise self._unreachable(err)
        lines = (
            line.split("\t") for line in out.decode("utf-8", "replace").splitlines()
        )
        return {ref: target for target, ref in lines}

    def fetch(self, ref: str, into: str) -> str:
        """Fetch a branch; its newest commit, or "" where the remote lacks it."""
        if not self._take(f"+{ref}:{into}"):
            return ""
        return self._git.ask("rev-parse", "--verify", into).decode().strip()

    def peek(self, ref: str, env: Mapping[str, str]) -> None:
        """Fetch a branch to where `env` says, under no name."""
        self._take(ref, env)

    def _take(self, refs: str, env: Mapping[str, str] | None = None) -> bool:
        args = ("--no-tags", "--no-recurse-submodules", "--no-write-fetch-head", "-q")
        begun = time.time()
        status, _, err = self._speak("fetch", "upload", *args, refs=refs, env=env)
        if status and "couldn't find remote ref" in err:
            return False
        if status and _FORGED.search(err):
            raise IntegrityFault(
                f"What {self.name} sent is damaged or forged ({_telling(err)}). "
                "Nothing of it was taken in, and nothing was changed here.",
                "Ask who else can write there. Meet at another address until it is "
                "known.",
            )
        if status:
            raise self._unreachable(err)
        settle(self._git.root, begun)
        return True

    def replace(self, commit: str, ref: str, old: str) -> bool:
        """Put a commit in the place of another history; False where it has moved on."""
        lease = f"--force-with-lease={ref}:{old}"
        args = ["--no-verify", "--no-follow-tags", "--recurse-submodules=no", "-q"]
        args += ["--no-signed", lease]
        refs = f"{commit}:{ref}"
        status, _, err = self._speak("push", "receive", *args, refs=refs)
        if not status:
            return True
        if "stale info" in err:
            return False
        if "denying non-fast-forward" in err or "non-fast-forward" in err:
            raise EnvironmentFault(
                f"{self.name} does not let a history be replaced. Nothing was sent.",
                "Ask whoever keeps it to allow it once. In a folder: git config "
                "receive.denyNonFastForwards false",
            )
        raise self._unreachable(err)

    def push(self, commit: str, ref: str) -> bool:
        """Send a commit to a branch; False where somebody sent another one before."""
        args = ["--no-verify", "--no-follow-tags", "--recurse-submodules=no", "-q"]
        args += ["--no-signed", "--no-force"]
        begin(self._git.root, commit)
        status, _, err = self._speak("push", "receive", *args, refs=f"{commit}:{ref}")
        if "File exists" in err and self._cleared(ref):
            words = ("push", "receive", *args)
            status, _, err = self._speak(*words, refs=f"{commit}:{ref}")
        if "File exists" in err:  # that lock is another's: nothing of ours is there
            end(self._git.root)
        if not status:
            return True
        if "fetch first" in err or "non-fast-forward" in err:
            return False
        if "checked out branch" in err:
            raise EnvironmentFault(
                f"{self.name} is a folder that somebody works in, so nothing can be "
                "sent to it. What came is taken in; your changes are safe here.",
                "Meet in a folder of its own: git init --bare FOLDER, then "
                f"git remote set-url {self.name} FOLDER",
            )
        raise self._unreachable(err)

    def _cleared(self, ref: str) -> bool:
        """Whether a lock in a remote folder was left by a killed push of ours."""
        place = self._url.removeprefix("file://")
        if not self._local or not self.begun:
            return False
        place = os.path.join(self._git.root, os.path.expanduser(place))
        inside = os.path.join(place, ".git")
        top = inside if os.path.isdir(inside) else place
        paths = [os.path.join(top, *name.split("/")) for name in (ref, "HEAD")]
        gone = [clear(path, self.begun) for path in paths]
        return any(gone)

    def _speak(
        self,
        verb: str,
        pack: str,
        *args: str,
        refs: str,
        env: Mapping[str, str] | None = None,
    ) -> tuple[int, bytes, str]:
        program = f"git-{pack}-pack"
        if self._local:
            # a hook there would be a program of whoever can write to that folder
            program = f"git -c core.hooksPath={os.devnull} {_DURABLE} {pack}-pack"
        words = (*self._options, verb, *args, f"--{pack}-pack={program}")
        words = (*words, "--end-of-options", self._url, refs)
        return self._git.run(
            *words, env=dict(env or {}), inherit=self.lock, network=True
        )

    def _unreachable(self, err: str) -> EnvironmentFault:
        return EnvironmentFault(
            f"The remote {self.name} cannot be reached or written: "
            f"{_telling(err)}. Your changes are safe here.",
            "Look at the network, and that the address is right (git remote -v); then "
            "type it again: sen sync",
        )


def _telling(err: str) -> str:
    """Git's own words, the first that tell something."""
    told = [line for line in err.splitlines() if _TELLING.match(line)]
    return _TELLING.sub("", (told or err.splitlines() or ["no answer"])[0])


def head(repository: Repository, known: Settings, name: str) -> str:
    """The newest commit of this branch on a remote."""
    from sencli.store.write import branch

    ref = branch(str(repository.root))
    found = Line(repository.git, known, name).newest(ref)
    if not found:
        raise NotFound(f"The remote {name} has no branch {ref.rpartition('/')[2]} yet.")
    return found
