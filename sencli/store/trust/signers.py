"""The state of every commit's signature, and the list of signers.

The list (`.sencli/allowed_signers`) stands in the records themselves, so a commit that
changes it must be signed by somebody who was on it before.
"""

from __future__ import annotations

import os
import re
import time
from typing import TYPE_CHECKING

from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.store.files import files
from sencli.store.files.temporary import temporary
from sencli.store.git import settings
from sencli.store.git import sign
from sencli.store.git.process import Git
from sencli.store.records.records import SIGNERS
from sencli.store.records.signers_file import of_key
from sencli.store.records.signers_file import read
from sencli.store.records.signers_file import undated
from sencli.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Sequence

    from sencli.store.git.settings import GitSettings
    from sencli.store.records.committed import CommittedRecords
    from sencli.store.records.draft import Draft
    from sencli.store.records.draft import Written
    from sencli.store.records.signers_file import Signer
    from sencli.store.repository.repository import Repository

LIST = SIGNERS
_FORMAT = "%x01%H%x00%G?%x00%GS%x00%GK"
_AT_ONCE = 400
_KEY = re.compile(r"(ssh|ecdsa|sk-ssh|sk-ecdsa)-[a-z0-9@.-]+ [A-Za-z0-9+/=]+")


class Signature(Value):
    """The state of a commit's signature, from git.

    Attributes:
        state: git's letter: G good, U good but unknown signer, B bad, E cannot be
            checked, N none, X Y expired, R revoked.
        signer: the name on the list, or the key's owner.
        key: the key's fingerprint.
    """

    state: str
    signer: str
    key: str


def signatures(
    git: Git, known: GitSettings, allowed: bytes | None, *commits: str
) -> dict[str, Signature]:
    """The signature of every commit reachable from these (or of `-1 X` alone).

    Args:
        git: the repository.
        known: git's settings; which programs run is never the repository's to say.
        allowed: the list of signers to judge by, whatever its days are (`in_time`
            judges those); None takes the user's own list.
        commits: arguments for `git log`.
    """
    if allowed is None:
        allowed = own_list(git.root, known) or b""
    with temporary(undated(allowed)) as name:
        options = sign.options(known)
        options += ["-c", f"gpg.ssh.allowedSignersFile={name}"]
        out = git.ask(*options, "log", f"--format={_FORMAT}", *commits, "--")
    found = {}
    for entry in out.decode("utf-8", "replace").split("\x01")[1:]:
        name, state, signer, key = entry.strip("\n").split("\0")[:4]
        found[name] = Signature(state, signer, key)
    return found


def of_each(
    git: Git, known: GitSettings, allowed: bytes, names: Sequence[str]
) -> dict[str, Signature]:
    """The signatures of these commits alone."""
    found: dict[str, Signature] = {}
    for start in range(0, len(names), _AT_ONCE):
        some = names[start : start + _AT_ONCE]
        found |= signatures(git, known, allowed, "--no-walk=unsorted", *some)
    return found


def in_time(state: Signature, signers: Iterable[Signer], seconds: int) -> Signature:
    """A good signature outside the days of its key is none: state X."""
    if state.state != "G":
        return state
    lines = of_key(signers, state.key)
    if not lines or any(line.counts(seconds) for line in lines):
        return state
    return Signature("X", state.signer, state.key)


def own_list(root: str, known: GitSettings) -> bytes | None:
    """The list of signers that git's settings name; None where there is none."""
    path = known.get("gpg.ssh.allowedSignersFile")
    if not path:
        return None
    try:
        return files.read(os.path.join(root, os.path.expanduser(path)))
    except OSError:
        return None


def list_in(records: CommittedRecords) -> bytes | None:
    """The list of signers as a commit has it; None where it has none."""
    try:
        return records.read_bytes(LIST)
    except NotFound:
        return None


def set_up(key: str, email: str) -> tuple[list[tuple[str, str]], bytes]:
    """What makes a repository sign with an SSH key: settings, and the list of signers.

    Args:
        key: the path of the private or the public key.
        email: the signer's name on the list: git's user.email.

    Raises:
        NotFound: there is no such key.
        InvalidValue: it is not an SSH key.
    """
    path = os.path.abspath(os.path.expanduser(key)).removesuffix(".pub")
    try:
        public = files.read(f"{path}.pub", 20_000).decode("utf-8", "replace").strip()
    except OSError:
        raise NotFound(
            f"There is no public key {path}.pub to sign with.",
            "Make a key: ssh-keygen -t ed25519, or name another with --key",
        ) from None
    found = _KEY.match(public)
    if not found:
        raise InvalidValue(f"{path}.pub is not an SSH public key.")
    wanted = [
        ("gpg.format", "ssh"),
        ("user.signingkey", path),
        ("commit.gpgsign", "true"),
        ("gpg.ssh.allowedSignersFile", LIST),
    ]
    return wanted, f'{email} namespaces="git" {found[0]}\n'.encode()


def switch_on(repository: Repository, key: str) -> tuple[Written, str]:
    """Sign every change of existing records from now on.

    Returns the commit that lists the signer, and a line that somebody on the list must
    add first, where there is a list already without this key; else "".

    Raises:
        IntegrityFault: the key cannot sign; nothing changed.
    """
    from sencli.store.records.draft import Message
    from sencli.store.records.draft import Written as Done

    known = settings.listing(repository.git)
    who = settings.person(known, "committer")
    wanted, line = set_up(key, who.rpartition("<")[2].rstrip(">"))
    listed = _listed(repository)
    repository.close()
    sign.ssh(sign.program(known, "ssh"), dict(wanted)["user.signingkey"], b"a trial\n")
    settings.write(repository.git, wanted)
    if listed:
        return Done(""), "" if _on(listed, line) else line.decode().strip()

    def act(draft: Draft) -> Message:
        draft.put_bytes(LIST, line)
        return Message("signing.on", "Sign every change from now on")

    try:
        return repository.change(act), ""
    except BaseException:
        settings.write(repository.git, [(name, None) for name, _ in wanted])
        raise


def _on(listed: bytes, line: bytes) -> bool:
    """Whether the key of a line may sign now, by the list."""
    now = int(time.time())
    lines = of_key(read(listed), read(line)[0].mark)
    return any(one.counts(now) for one in lines)


def _listed(repository: Repository) -> bytes:
    try:
        return list_in(repository.committed()) or b""
    except NotFound:
        return b""


def my_email(folder: str) -> str:
    """The e-mail address that git signs with, asked from an existing folder.

    Raises:
        EnvironmentFault: git does not know who the user is.
    """
    known = settings.listing(Git(folder))
    return settings.person(known, "committer").rpartition("<")[2].rstrip(">")


def default_key() -> str:
    """The SSH key a user most likely has, or ""."""
    folder = os.path.expanduser("~/.ssh")
    for name in ("id_ed25519", "id_ecdsa", "id_rsa"):
        if os.path.isfile(os.path.join(folder, f"{name}.pub")):
            return os.path.join(folder, name)
    return ""
