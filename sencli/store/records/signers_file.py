"""The signers' list: whose key may sign, and between which dates.

It is OpenSSH's own form (`man ssh-keygen`, ALLOWED SIGNERS), by which git alone can
judge too. The days are judged here, in the same time everywhere; a line is never taken
out, it ends, so that what was signed before stays signed.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import time
from calendar import timegm
from typing import TYPE_CHECKING

from sencli.errors import InvalidValue
from sencli.value import Value
from sencli.value import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

_LINE = re.compile(
    r"(?P<name>\"[^\"]*\"|\S+)\s+"
    r"(?:(?P<options>[^\s\"]*(?:\"[^\"]*\"[^\s\"]*)*)\s+)?"
    r"(?P<kind>(?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[a-z0-9@.-]+)\s+"
    r"(?P<key>[A-Za-z0-9+/]+=*)(?:\s.*)?"
)
_DAYS = re.compile(r"valid-(?P<end>after|before)=\"?(?P<when>[0-9]{8,14}Z?)\"?")
_OPTION = re.compile(r",?valid-(?:after|before)=\"?[0-9Zz]*\"?")
# a name on the list is a pattern for OpenSSH: only plain ones are put there
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+-]*@[A-Za-z0-9][A-Za-z0-9.-]*")
_FORMS = {8: "%Y%m%d", 12: "%Y%m%d%H%M", 14: "%Y%m%d%H%M%S"}
_MAGIC = b"SSHSIG"


class Signer(Value):
    """One line of the list.

    Attributes:
        name: the e-mail address the key stands for.
        kind: of key, such as ``ssh-ed25519``.
        key: the public key, base64.
        since: seconds since 1970 from which it counts, or None.
        until: seconds since 1970 at which it ends, or None.
    """

    name: str
    kind: str
    key: str
    since: int | None = None
    until: int | None = None

    @property
    def mark(self) -> str:
        """The key's fingerprint, as OpenSSH writes it."""
        return mark(base64.b64decode(self.key))

    def counts(self, seconds: int) -> bool:
        """Whether it may have signed then."""
        return (self.since is None or self.since <= seconds) and (
            self.until is None or seconds < self.until
        )

    def line(self) -> str:
        """The signer's line in the file."""
        options = ['namespaces="git"']
        for word, moment in (("after", self.since), ("before", self.until)):
            if moment is not None:
                options.append(f'valid-{word}="{_stamp(moment)}"')
        return f"{self.name} {','.join(options)} {self.kind} {self.key}"


def _stamp(seconds: int) -> str:
    return time.strftime("%Y%m%d%H%M%SZ", time.gmtime(seconds))


def mark(key: bytes) -> str:
    """The fingerprint of a public key."""
    digest = base64.b64encode(hashlib.sha256(key).digest()).decode().rstrip("=")
    return f"SHA256:{digest}"


def signed_with(signature: bytes) -> str:
    """The fingerprint of the key that made an armoured SSH signature; "" of another."""
    body = b"".join(
        line for line in signature.splitlines() if not line.startswith(b"-----")
    )
    try:
        data = base64.b64decode(body, validate=True)
    except binascii.Error:
        return ""
    size = int.from_bytes(data[10:14], "big")
    if not data.startswith(_MAGIC) or len(data) < 14 + size:
        return ""
    return mark(data[14 : 14 + size])


def unlisted(listed: bytes, signature: bytes) -> str:
    """A word to whoever signs so, where the list does not let the key sign; or ""."""
    if not signature:
        return (
            "These records are signed, and this computer does not sign: the other "
            "computers will refuse the change. Type: sen init --sign"
        )
    key = signed_with(signature)
    if not key or any(
        one.counts(int(time.time())) for one in of_key(read(listed), key)
    ):
        return ""
    return (
        "Your key is not on the list of signers: the other computers will refuse the "
        "change until a signer has typed: sen signer add LINE"
    )


def read(listed: bytes) -> list[Signer]:
    """The signers of a list; what is no signer's line is passed over."""
    lines = listed.decode("utf-8", "replace").splitlines()
    return [found for line in lines if (found := _signer(line)) is not None]


def _signer(line: str) -> Signer | None:
    found = _LINE.fullmatch(line.strip())
    if found is None or line.lstrip().startswith("#"):
        return None
    try:
        base64.b64decode(found["key"], validate=True)
    except binascii.Error:
        return None
    options = found["options"] or ""
    try:
        ends = {m["end"]: _seconds(m["when"]) for m in _DAYS.finditer(options)}
    except ValueError:
        ends = {"before": 0}  # a day that is none: it never counted
    return Signer(
        found["name"].strip('"'),
        found["kind"],
        found["key"],
        ends.get("after"),
        ends.get("before"),
    )


def _seconds(stamp: str) -> int:
    """OpenSSH's moment: with Z it is UTC, without it the time of the place."""
    text = stamp.removesuffix("Z")
    parsed = time.strptime(text, _FORMS.get(len(text), "none"))
    return timegm(parsed) if stamp.endswith("Z") else int(time.mktime(parsed))


def undated(listed: bytes) -> bytes:
    """The list without its days: OpenSSH before 9.1 cannot read ours."""
    return b"".join(
        _OPTION.sub("", line.decode("utf-8", "replace"))
        .replace(" ,", " ")
        .encode("utf-8", "replace")
        + b"\n"
        for line in listed.splitlines()
    )


def of_key(signers: Iterable[Signer], key: str) -> list[Signer]:
    """The lines of a key, by its fingerprint."""
    return [one for one in signers if one.mark == key]


def typed(words: str, name: str = "") -> Signer:
    """The signer in a line of the list, or in a public key and a name.

    Raises:
        InvalidValue: it is neither.
    """
    text = " ".join(words.split())
    found = _signer(text) or (_signer(f"{name} {text}") if name else None)
    if found is None or not found.kind or not found.key:
        raise InvalidValue(
            "That is not a signer's line (a name, and an SSH public key).",
            "The other person types sen init --sign, and sends you the line that it "
            "prints.",
        )
    if not _NAME.fullmatch(name or found.name):
        raise InvalidValue(
            f"{name or found.name!a} is not an e-mail address to sign with.",
            "Give it: --name deputy@school.example",
        )
    return Signer(name or found.name, found.kind, found.key)


def with_line(listed: bytes, signer: Signer) -> bytes:
    """The list with one more signer, at its end."""
    text = listed if not listed or listed.endswith(b"\n") else listed + b"\n"
    return text + signer.line().encode() + b"\n"


def ended(listed: bytes, key: str, until: int) -> bytes:
    """The list with every line of a key that still counts ended at a moment."""
    lines = []
    for line in listed.decode("utf-8", "replace").splitlines():
        one = _signer(line)
        gone = one is not None and one.mark == key and _stands(one, until)
        lines.append(replace(one, until=until).line() if one and gone else line)
    return "".join(f"{line}\n" for line in lines).encode()


def _stands(signer: Signer, until: int) -> bool:
    """Whether a line would count still, from that moment on."""
    return signer.until is None or signer.until > until
