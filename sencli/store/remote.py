"""Talking to a remote without letting the repository choose what runs here.

A folder that came from somebody else may name a transport, a helper or an ssh command
that is a program of theirs. Which programs run is taken from the user's own settings.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sencli.errors import EnvironmentFault
from sencli.errors import NotFound
from sencli.errors import UsageFault

if TYPE_CHECKING:
    from sencli.store.repo import Repository
    from sencli.store.settings import Settings

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
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
    if _HELPER.match(url) or url.startswith("-"):
        raise EnvironmentFault(
            f"The remote {name} has an address that would run a program: it is refused."
        )
    return name


def options(known: Settings) -> list[str]:
    """Options for git commands that talk to a remote: only the user's own programs."""
    found = []
    for key, default in (("core.sshCommand", "ssh"), ("core.askPass", "")):
        found += ["-c", f"{key}={known.get(key, trusted=True) or default}"]
    found += ["-c", "credential.helper="]
    own = known.get("credential.helper", trusted=True)
    if own:
        found += ["-c", f"credential.helper={own}"]
    return found


def head(repository: Repository, known: Settings, name: str) -> str:
    """The newest commit of this branch on a remote."""
    from sencli.store.write import branch

    checked(known, name)
    ref = branch(str(repository.root))
    args = ("ls-remote", "--upload-pack=git-upload-pack", "--end-of-options", name, ref)
    status, out, err = repository.git.run(*options(known), *args, network=True)
    if status:
        words = err.splitlines()[-1] if err else "no answer"
        raise EnvironmentFault(
            f"The remote {name} cannot be reached: {words}.",
            "Look at the network, and that the address is right: git remote -v",
        )
    found = out.decode().split()
    if not found:
        raise NotFound(f"The remote {name} has no branch {ref.rpartition('/')[2]} yet.")
    return found[0]
