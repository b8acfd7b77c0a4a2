"""Update git's index for the files of one commit only.

What the user has staged stays as it is. The lock is git's own (`index.lock`), made as
a second name of our own file, so that after a crash it is known whose it was.
"""

from __future__ import annotations

import hashlib
import os
import struct
from typing import TYPE_CHECKING
from typing import NamedTuple

from sencli.store.files import files
from sencli.store.git.git_lock import OwnLock
from sencli.store.git.git_lock import clear_scratch
from sencli.store.git.process import fault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sencli.store.git.process import Git


_ENTRIES_HEADER = struct.Struct(">4sII")
_STAT = struct.Struct(">10I")
_NO_STAT = _STAT.pack(0, 0, 0, 0, 0, 0, 0o100644, 0, 0, 0)
_HEAD = 62
_SUM = 20
_NAME_MASK = 0xFFF
_EXTENDED = 0x4000
_STAGES = 0x3000
_WORD = 0xFFFFFFFF
_VERSIONS = (2, 3)
_GITS_VERSIONS = (*_VERSIONS, 4)

_Entries = dict[tuple[bytes, int], bytes]


class _Parsed(NamedTuple):
    """The entries by name and stage, and whether all that follows may be left out."""

    entries: _Entries
    plain: bool


class Index:
    """The entries of an index of version 2 or 3.

    Args:
        entries: each entry's bytes by name and stage.
        version: of the file they are from.
    """

    def __init__(self, entries: _Entries | None = None, version: int = 2) -> None:
        self._entries = {} if entries is None else entries
        self._version = version

    @classmethod
    def parse(cls, data: bytes) -> Index | None:
        """The index in `data`; None for one that only git itself can read."""
        if len(data) < _ENTRIES_HEADER.size + _SUM:
            return None
        kind, version, _ = _ENTRIES_HEADER.unpack_from(data)
        if kind != b"DIRC" or version not in _VERSIONS:
            return None
        found = _parsed(data)
        if found is None or not found.plain:
            return None
        return cls(found.entries, version)

    def _entry(self, path: str) -> bytes:
        """The bytes of an entry, or b""."""
        return self._entries.get((path.encode(), 0), b"")

    def find(self, path: str) -> str:
        """The object name an entry has, or ""."""
        entry = self._entry(path)
        return entry[40:60].hex() if entry else ""

    def listed(self) -> dict[str, str]:
        """The plain files that are in it, and the names of their contents."""
        return {
            name.decode("utf-8", "replace"): entry[40:60].hex()
            for (name, stage), entry in self._entries.items()
            if not stage
        }

    def fresh(self, path: str, stat: os.stat_result) -> bool:
        """Whether the file still has the times, size and inode it was added with."""
        entry = self._entry(path)
        return bool(entry) and entry[:40] == _numbers(stat)

    def put(self, path: str, name_of: str, stat: os.stat_result | None) -> None:
        """Set an entry, or take it away where `name_of` is ""."""
        name = path.encode()
        numbers = _numbers(stat) if stat else _NO_STAT
        if name_of:
            flags = min(len(name), _NAME_MASK).to_bytes(2, "big")
            entry = numbers + bytes.fromhex(name_of) + flags + name
            self._entries[name, 0] = entry + b"\0" * (8 - len(entry) % 8)
        else:
            self._entries.pop((name, 0), None)

    def dump(self) -> bytes:
        """The bytes of the index file, without git's own caches."""
        return _written(self._version, self._entries)


def _sum(body: bytes) -> bytes:
    return hashlib.sha1(body, usedforsecurity=False).digest()


def _written(version: int, entries: _Entries) -> bytes:
    body = b"".join(entries[key] for key in sorted(entries))
    body = _ENTRIES_HEADER.pack(b"DIRC", version, len(entries)) + body
    return body + _sum(body)


def _parsed(data: bytes) -> _Parsed | None:
    """What is in it; None where it is damaged."""
    entries: _Entries = {}
    at = _ENTRIES_HEADER.size
    try:
        for _ in range(_ENTRIES_HEADER.unpack_from(data)[2]):
            flags = data[at + 60] << 8 | data[at + 61]
            start = at + (64 if flags & _EXTENDED else _HEAD)
            end = data.index(b"\0", start + 1)
            after = at + ((end - at + 8) & ~7)
            entries[data[start:end], flags & _STAGES] = data[at:after]
            at = after
    except (IndexError, ValueError):
        return None
    plain = True
    while at < len(data) - _SUM:
        plain = plain and data[at : at + 1].isupper()
        at += 8 + int.from_bytes(data[at + 4 : at + 8], "big")
    return _Parsed(entries, plain) if at == len(data) - _SUM else None


def _numbers(stat: os.stat_result) -> bytes:
    nano = 1_000_000_000
    return _STAT.pack(
        stat.st_ctime_ns // nano & _WORD,
        stat.st_ctime_ns % nano,
        stat.st_mtime_ns // nano & _WORD,
        stat.st_mtime_ns % nano,
        stat.st_dev & _WORD,
        stat.st_ino & _WORD,
        0o100755 if stat.st_mode & 0o100 else 0o100644,
        stat.st_uid & _WORD,
        stat.st_gid & _WORD,
        stat.st_size & _WORD,
    )


def damage_in(data: bytes) -> str:
    """What is wrong with an index, or ""; git seldom checks its checksum."""
    if data[:4] != b"DIRC" or len(data) < _ENTRIES_HEADER.size + _SUM:
        return "is garbled"
    version = _ENTRIES_HEADER.unpack_from(data)[1]
    if data[-_SUM:].strip(b"\0"):
        whole = _sum(data[:-_SUM]) == data[-_SUM:]
    else:
        # a setting of git's leaves the sum out; a cut or a power cut looks the same
        whole = version not in _VERSIONS or _parsed(data) is not None
    if not whole:
        return "is not as git wrote it"
    if version not in _GITS_VERSIONS:
        return "has a form that git does not know"
    return ""


def load(root: str) -> tuple[Index | None, int]:
    """The index and its time in nanoseconds; None where it cannot be read here."""
    path = os.path.join(root, ".git", "index")
    try:
        when = os.stat(path).st_mtime_ns
        return Index.parse(files.read(path)), when
    except OSError:
        if os.path.isfile(path):
            raise
        return None, 0  # there is none: a folder in its place is the doctor's to find


def update(git: Git, paths: Mapping[str, tuple[str, str]], head: str) -> None:
    """Bring the entries of `paths` from the old content's name to the new one's.

    Args:
        git: the repository.
        paths: path to (old, new) object names, "" where there is no file. An entry
            that is neither has been staged by the user and is left alone.
        head: the commit to rebuild a missing or damaged index from, or "".
    """
    lock = OwnLock(git.root, "index")
    try:
        now = _base(git, head)
        if now is None:
            raw = _through_git(git, paths)
        else:
            for path, (old, new) in paths.items():
                if now.find(path) in (old, new):
                    now.put(path, new, _stat(git.root, path))
            raw = now.dump()
        lock.replace(raw)
    finally:
        lock.release()


def _stat(root: str, path: str) -> os.stat_result | None:
    try:
        return os.lstat(os.path.join(root, path))
    except OSError:
        return None


def _base(git: Git, head: str) -> Index | None:
    """The index as it is, made anew from `head` where it is missing or damaged."""
    path = os.path.join(git.root, ".git", "index")
    try:
        data = files.read(path)
    except FileNotFoundError:
        data = b""
    if not damage_in(data):
        return Index.parse(data)
    if not head:
        return Index()
    scratch = _scratch(git.root)
    clear_scratch(scratch)
    try:
        git_env = {"GIT_INDEX_FILE": scratch}
        status, _, err = git.run("read-tree", head, env=git_env)
        if status:
            raise fault("git", status, err)
        return Index.parse(files.read(scratch))
    finally:
        clear_scratch(scratch)


def _scratch(root: str) -> str:
    return os.path.join(root, ".git", "sencli", "tmp-index")


def _through_git(git: Git, paths: Mapping[str, tuple[str, str]]) -> bytes:
    """For an index of another make (version 4, split, sparse): git changes a copy."""
    scratch = _scratch(git.root)
    env = {"GIT_INDEX_FILE": scratch}
    source = os.path.join(git.root, ".git", "index")
    clear_scratch(scratch)
    try:
        files.overwrite(scratch, files.read(source))
        status, out, err = git.run("ls-files", "-z", "--stage", "--", *paths, env=env)
        staged = dict.fromkeys(paths, "")
        for line in out.decode("utf-8", "replace").split("\0"):
            entry, _, path = line.partition("\t")
            staged[path] = entry.split()[1] if entry else ""
        feed = "".join(
            f"100644 {new}\t{path}\0" if new else f"0 {'0' * 40}\t{path}\0"
            for path, (old, new) in paths.items()
            if staged[path] in (old, new)
        )
        if not status:
            args = ("update-index", "-z", "--index-info")
            status, _, err = git.run(*args, feed=feed.encode(), env=env)
        if status:
            raise fault("git", status, err)
        return files.read(scratch)
    finally:
        clear_scratch(scratch)
