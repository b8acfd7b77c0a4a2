"""Talk to a remote without letting the repository choose programs to run.

A folder that came from somebody else may name a transport, a helper or an ssh command
that is a program of theirs. Which programs run is taken from the user's own settings.
"""

from __future__ import annotations

import os
import re
import shlex
import time
from typing import TYPE_CHECKING

from sencli.errors import EnvironmentFault
from sencli.errors import IntegrityFault
from sencli.errors import NotFound
from sencli.errors import UsageFault
from sencli.store.change.sync_lock import begin
from sencli.store.change.sync_lock import clear
from sencli.store.change.sync_lock import end
from sencli.store.change.sync_lock import settle
from sencli.store.files import shell
from sencli.store.git.address import folder
from sencli.store.git.dangerous_settings import AT_THE_OTHER_END
from sencli.store.git.dangerous_settings import ON_THE_LINE
from sencli.store.git.git_errors import git_words
from sencli.store.git.git_errors import of_forgery
from sencli.store.git.git_errors import of_own_name
from sencli.store.git.passwords import masked
from sencli.store.remote.folder_remote import git_folder
from sencli.store.remote.folder_remote import refuse_dangerous
from sencli.store.remote.folder_remote import set_head
from sencli.store.remote.redirects import destinations
from sencli.store.remote.redirects import refuse_diverted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sencli.store.git.process import Git
    from sencli.store.git.settings import GitSettings
    from sencli.store.repository.repository import Repository

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_ASKED = re.compile(
    r"(?i)could not read (?:username|password)|authentication failed|prompts disabled|"
    r"interactivity has been disabled|permission denied \(|host key verification failed"
)
_DUBIOUS = re.compile(r"dubious ownership in repository at '([^'\n]+)'")
_SYNC = "sen sync"
_SSH = "ssh -oBatchMode=yes -oConnectTimeout=20"
# what git says where somebody else has sent something meanwhile
_QUICKER = (
    *("fetch first", "non-fast-forward", "stale info", "needs force"),
    *("incorrect old value provided", "reference already exists"),
)
_REFUSAL = re.compile(r"!\t[^\t]*\t\[[a-z ]+\] \((.*)\)$")
_LOCKED = re.compile(r"(?m)^remote: error: .*\.lock': File exists")
_MOVED = re.compile(
    r"(?m)^warning: redirecting to (\S+)|"
    r"^remote: [^\n]*\bmoved\b[^\n]*\n?(?:remote:)?\s*((?:https?|ssh)://\S+|\S+@\S+:\S+)"
)
_HELPER = re.compile(r"[A-Za-z0-9+.-]+::")


def checked(known: GitSettings, name: str) -> str:
    """The name of a remote that may be used; refuses odd names and transports."""
    if not _NAME.fullmatch(name):
        raise UsageFault(
            f"{masked(name)!a} cannot be the name of a remote.",
            "See their names: git remote",
        )
    url = known.get(f"remote.{name}.url")
    if not url:
        raise NotFound(
            f"There is no remote called {name}.",
            f"Add it: git remote add {name} ADDRESS",
        )
    for found in (url, *(where.url for where in destinations(known, name))):
        if _HELPER.match(found) or found.startswith("-") or not found.isprintable():
            raise EnvironmentFault(
                f"The remote {name} has an address that would run a program: it is "
                "refused.",
                f"Take it away (git remote remove {name}), then add the right one: "
                f"git remote add {name} ADDRESS",
            )
    return name


def addresses(root: str) -> dict[str, str]:
    """The remotes and what may be shown of their addresses; nothing runs for it."""
    from configparser import Error

    from git import Repo
    from git.exc import GitError

    try:
        with Repo(root) as repo:
            return {
                r.name: masked(str(r.config_reader.get("url"))) for r in repo.remotes
            }
    except (GitError, Error, ValueError) as error:
        raise EnvironmentFault(
            f"The remotes in .git/config cannot be read: {type(error).__name__}.",
            "See them: git remote -v",
        ) from error


def options(known: GitSettings) -> list[str]:
    """Options for git commands that talk to a remote: only the user's own programs."""
    found = []
    for setting in ON_THE_LINE:
        found += ["-c", setting]
    for key, default in (("core.sshCommand", _SSH), ("core.askPass", "")):
        found += ["-c", f"{key}={known.get(key, trusted=True) or default}"]
    # what the folder says of helpers goes; the user's own are named again
    found += ["-c", "credential.helper="]
    for key, value, trusted in known.items("credential"):
        if trusted and key.endswith(".helper"):
            found += ["-c", f"{key}={value}"]
    return found


class Connection:
    """The line to one remote: what is fetched and sent over it.

    Args:
        git: the repository.
        known: its settings.
        name: the remote.
        again: what is typed again when it could not be reached; other than
            `sen sync` where there are no records of ours yet.

    Attributes:
        name: the remote.
        address: its address, without a password.
        notice: a sentence for the user before anything is sent, or "".
    """

    def __init__(
        self, git: Git, known: GitSettings, name: str, again: str = _SYNC
    ) -> None:
        self._git = git
        self._again = again
        self.name = checked(known, name)
        self.notice = refuse_diverted(known, name, git.root)
        # by its address: what the folder says beside it (other programs, other
        # branches to write to) has no say
        self._url = known.get(f"remote.{name}.url")
        self.address = masked(self._url)
        self.lock = -1  # what gits that write inherit, while a meeting holds it
        self.begun: list[str] = []  # what meetings that were broken off were sending
        self.moved = ""  # the address that the remote itself says it has now
        self._options = options(known)
        there, push = destinations(known, name)
        self._places = {
            "upload": folder(there.url, git.root),
            "receive": folder(push.url, git.root),
        }
        for place in dict.fromkeys(filter(None, self._places.values())):
            refuse_dangerous(git, name, place)

    def newest(self, ref: str) -> str:
        """The newest commit of a branch there, or "" where there is none."""
        status, out, err = self._speak("ls-remote", "upload", refs=ref)
        if status:
            raise self._unreachable(err)
        # git also lists names that only end so
        lines = (line.split("\t") for line in out.decode().splitlines())
        return {name: target for target, name in lines}.get(ref, "")

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
        sought = refs.removeprefix("+").partition(":")[0]
        if status and git_words(err) == f"couldn't find remote ref {sought}":
            return False
        if status and (own := of_own_name(err)):
            raise IntegrityFault(
                f"A name in .git here leads to nothing, and git stops at it ({own}). "
                "Nothing was fetched, and nothing was sent.",
                "See it, and mend it: sen doctor --fix",
            )
        if status and of_forgery(err):
            raise IntegrityFault(
                f"What {self.name} sent is damaged or forged ({git_words(err)}). "
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
        args += ["--no-signed", "--porcelain", lease]
        refs = f"{commit}:{ref}"
        status, out, err = self._speak("push", "receive", *args, refs=refs)
        if not status:
            return True
        why = _rejected(out)
        if "non-fast-forward" in why:  # said there: it was forced here
            raise EnvironmentFault(
                f"{self.name} does not let a history be replaced. Nothing was sent.",
                "Ask whoever keeps it to allow it once. In a folder: git config "
                "receive.denyNonFastForwards false",
            )
        if why in _QUICKER:
            return False
        raise self._unreachable(err, why)

    def push(self, commit: str, ref: str) -> bool:
        """Send a commit to a branch; False where somebody sent another one before."""
        args = ["--no-verify", "--no-follow-tags", "--recurse-submodules=no", "-q"]
        args += ["--no-signed", "--no-force", "--porcelain"]
        begin(self._git.root, commit)
        words = ("push", "receive", *args)
        status, out, err = self._speak(*words, refs=f"{commit}:{ref}")
        if status and _LOCKED.search(err) and self._cleared(ref):
            status, out, err = self._speak(*words, refs=f"{commit}:{ref}")
        if status and _LOCKED.search(err):  # another's: nothing of ours is there
            end(self._git.root)
        if not status:
            return True
        why = _rejected(out)
        if why in _QUICKER:
            return False
        if why == "branch is currently checked out":
            raise EnvironmentFault(
                f"{self.name} is a folder that somebody works in, so nothing can be "
                "sent to it. What came is taken in; your changes are safe here.",
                "Meet in a folder of its own: git init --bare --initial-branch=main "
                f"FOLDER, then git remote set-url {self.name} FOLDER, then sen sync",
            )
        raise self._unreachable(err, why)

    def _cleared(self, ref: str) -> bool:
        """Whether a lock in a remote folder was left by a killed push of ours."""
        place = self._places["receive"]
        top = git_folder(place) if place else ""
        if not top or not self.begun:
            return False
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
        if self._places[pack]:
            # Hooks and settings there would be programs of whoever can write to that
            # folder. Git forgets there what was said of settings here.
            options = [word for one in AT_THE_OTHER_END for word in ("-c", one)]
            program = shlex.join([self._git.program, *options, f"{pack}-pack"])
        words = (*self._options, verb, *args, f"--{pack}-pack={program}")
        words = (*words, "--end-of-options", self._url, refs)
        status, out, err = self._git.run(
            *words, env=dict(env or {}), inherit=self.lock, network=True
        )
        self.moved = moved(err) or self.moved
        return status, out, err

    def point_at(self, ref: str) -> None:
        """A folder where we meet is to be cloned with our branch."""
        if self._places["receive"]:
            set_head(self._places["receive"], ref)

    def _unreachable(self, err: str, why: str = "") -> EnvironmentFault:
        ours = self._again == _SYNC
        moved = f"\nIf it has moved: git remote set-url {self.name} ADDRESS"
        moved = moved if ours else ""
        safe = "Your changes are safe here." if ours else "Nothing was made or sent."
        what = f"The remote {self.name}" if ours else "The address"
        gone = [
            place for place in self._places.values() if place and not git_folder(place)
        ]
        if gone:
            lacks = (
                "holds no git repository" if os.path.isdir(gone[0]) else "is not there"
            )
            return EnvironmentFault(
                f"{what} cannot be reached: the folder {gone[0]} {lacks}. {safe}",
                "Put the stick in, or connect the share, then type it again: "
                f"{self._again}{moved}",
            )
        hint = f"Look at the network, then type it again: {self._again}{moved}"
        if own := _DUBIOUS.search(err):
            # a stick keeps no owners; whose it is, its user knows
            add = f"git config --global --add safe.directory {shell.quoted(own[1])}"
            hint = f"If it is your own stick or folder: {add}\nThen: {self._again}"
        elif _ASKED.search(err):
            # nothing asks here, in no window either: git by hand does, and remembers
            sign_in = f"git ls-remote {shell.quoted(self.address)}"
            hint = f"Sign in once: {sign_in}\nThen type it again: {self._again}{moved}"
        return EnvironmentFault(
            f"{what} ({self.address}) cannot be reached or written: "
            f"{masked(why) or git_words(err) or 'no answer'}. {safe}",
            hint,
        )


def moved(err: str) -> str:
    """The address that a remote says it has now, or ""."""
    found = _MOVED.search(err)
    return masked(found[1] or found[2]) if found else ""


def _rejected(out: bytes) -> str:
    """Why a branch was not taken, in the words that git has for programs; or ""."""
    for line in out.decode("utf-8", "replace").splitlines():
        found = _REFUSAL.match(line)
        if found:
            return found[1]
    return ""


def head(repository: Repository, known: GitSettings, name: str) -> str:
    """The newest commit of this branch on a remote."""
    from sencli.store.change.commit import branch

    ref = branch(str(repository.root))
    found = Connection(repository.git, known, name).newest(ref)
    if not found:
        raise NotFound(f"The remote {name} has no branch {ref.rpartition('/')[2]} yet.")
    return found
