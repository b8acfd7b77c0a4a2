"""Git's objects as bytes: ids, trees, commits, packs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping

ZERO = "0" * 40
FILE = b"100644"
FOLDER = b"40000"
KINDS = {b"commit": 1, b"tree": 2, b"blob": 3, b"tag": 4}
_ENTRY = re.compile(rb"([0-7]{5,6}) ([^\0]+)\0(.{20})", re.DOTALL)


def oid(kind: bytes, data: bytes) -> str:
    """The name git gives an object of that kind and content."""
    import hashlib  # looks up all of OpenSSL, and who only reads needs none of it

    head = b"%s %d\0" % (kind, len(data))
    # git's naming, not a safeguard: signatures and fsck stand beside it
    return hashlib.sha1(head + data, usedforsecurity=False).hexdigest()


def blob(data: bytes) -> str:
    """The name of a file's content."""
    return oid(b"blob", data)


def parse_tree(raw: bytes) -> dict[bytes, tuple[bytes, str]]:
    """The entries of a tree: name to (mode, object name)."""
    found = _ENTRY.findall(raw)
    # mode, a blank, name, a zero byte and twenty bytes; what does not fit was left out
    if sum([len(mode) + len(name) for mode, name, _ in found]) + 22 * len(found) != len(
        raw
    ):
        msg = "not a tree"
        raise ValueError(msg)
    return {name: (mode, name_of.hex()) for mode, name, name_of in found}


def tree(entries: Mapping[bytes, tuple[bytes, str]]) -> bytes:
    """A tree object's content, in git's order (folders sort with a slash)."""

    def place(item: tuple[bytes, tuple[bytes, str]]) -> bytes:
        name, (mode, _) = item
        return name + b"/" if mode == FOLDER else name

    return b"".join(
        mode + b" " + name + b"\0" + bytes.fromhex(name_of)
        for name, (mode, name_of) in sorted(entries.items(), key=place)
    )


def commit_head(tree_id: str, parents: Iterable[str], author: str, by: str) -> bytes:
    """The header lines of a commit, before a signature."""
    lines = [f"tree {tree_id}", *(f"parent {p}" for p in parents)]
    lines += [f"author {author}", f"committer {by}"]
    return "".join(f"{line}\n" for line in lines).encode()


def signed(head: bytes, body: bytes, signature: bytes) -> bytes:
    """The commit with its signature folded into the header; `body` begins blank."""
    if not signature:
        return head + body
    folded = signature.rstrip(b"\n").replace(b"\n", b"\n ")
    return head + b"gpgsig " + folded + b"\n" + body


def pack(items: Iterable[tuple[bytes, bytes]]) -> bytes:
    """A pack stream of (kind, content) pairs."""
    import hashlib
    import zlib

    wanted = list(items)
    parts = [b"PACK" + (2).to_bytes(4, "big") + len(wanted).to_bytes(4, "big")]
    for kind, data in wanted:
        parts += [entry_head(KINDS[kind], len(data)), zlib.compress(data, 1)]
    stream = b"".join(parts)
    return stream + hashlib.sha1(stream, usedforsecurity=False).digest()


def entry_head(kind: int, size: int) -> bytes:
    """The header of an object in a pack: kind and size."""
    byte = kind << 4 | size & 15
    size >>= 4
    head = bytearray()
    while size:
        head.append(byte | 128)
        byte = size & 127
        size >>= 7
    head.append(byte)
    return bytes(head)


def same_content(data: bytes | None, name_of: str) -> bool:
    """Whether these bytes are the content of that name ("" is no file)."""
    if data is None or not name_of:
        return data is None and not name_of
    if blob(data) == name_of:
        return True
    # a checkout with autocrlf has the same record with other line ends
    return b"\r\n" in data and blob(data.replace(b"\r\n", b"\n")) == name_of
