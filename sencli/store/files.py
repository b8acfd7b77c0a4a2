"""Files of the working folder: read without following links, written atomically.

Everything here is made with mode 0600 (folders 0700), whatever the umask, and is on
the disk when the function returns.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import sys
import time

from sencli.errors import EnvironmentFault
from sencli.errors import InvalidValue
from sencli.errors import NotFound

RECORD_LIMIT = 1_000_001
FILE_LIMIT = 200_000_000
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9]|git~[0-9]+)(\..*)?")
_FORBIDDEN = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\\]")
_PATIENCE = 2.0


def safe(path: str) -> str:
    """`path` itself if it may name a file of the records on every system."""
    for part in path.split("/"):
        low = part.casefold()
        odd = (
            not part
            or part in (".", "..")
            or low == ".git"
            or part[-1] in ". "
            or _FORBIDDEN.search(part)
            or _RESERVED.fullmatch(low)
        )
        if odd:
            raise InvalidValue(f"{path!a} cannot be the name of a file in the records.")
    return path


def read(path: str, limit: int = FILE_LIMIT) -> bytes:
    """The bytes of a plain file, at most `limit`; OSError as the system gives it."""
    fd = os.open(path, os.O_RDONLY | _NOFOLLOW | _NONBLOCK | _BINARY)
    return _drain(fd, limit)


def _drain(fd: int, limit: int) -> bytes:
    with open(fd, "rb", buffering=0) as file:
        if not stat.S_ISREG(os.fstat(fd).st_mode):
            raise OSError(errno.ELOOP, "not a plain file")
        parts = []
        while limit > 0 and (part := file.read(min(limit, 1 << 20))):
            parts.append(part)
            limit -= len(part)
    return b"".join(parts)


def read_below(root: str, path: str, limit: int) -> bytes:
    """A file of the records; neither it nor a folder above it may be a link."""
    *folders, name = safe(path).split("/")
    if os.open not in os.supports_dir_fd:
        return read(os.path.join(root, *folders, name), limit)
    at = os.open(root, os.O_RDONLY)
    try:
        for folder in folders:
            flags = os.O_RDONLY | os.O_DIRECTORY | _NOFOLLOW
            below = os.open(folder, flags, dir_fd=at)
            os.close(at)
            at = below
        fd = os.open(name, os.O_RDONLY | _NOFOLLOW | _NONBLOCK, dir_fd=at)
    finally:
        os.close(at)
    return _drain(fd, limit)


def record(root: str, path: str, limit: int = RECORD_LIMIT) -> bytes:
    """A file of the records, with every failure said in words."""
    try:
        return read_below(root, path, limit)
    except FileNotFoundError:
        raise NotFound(f"There is no {path} in these records.") from None
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENOTDIR, errno.EMLINK):
            raise InvalidValue(
                f"{path} is a link or not a plain file, so it is not read.",
                f"Put the record itself in its place: git restore {path}",
            ) from None
        raise EnvironmentFault(
            f"{path} cannot be read: {error.strerror}.",
            "See what is wrong with the disk or the permissions: sen doctor",
        ) from error


def current(root: str, path: str) -> bytes | None:
    """The bytes in the working folder now, or None where there is no file."""
    try:
        return record(root, path, FILE_LIMIT)
    except NotFound:
        return None


def settle(fd: int) -> None:
    """Wait until an open file is on the disk itself."""
    if sys.platform == "darwin":
        import fcntl

        # here fsync only reaches the drive's own memory
        with contextlib.suppress(OSError):
            fcntl.fcntl(fd, fcntl.F_FULLFSYNC)
            return
    os.fsync(fd)


def sync_folder(path: str) -> None:
    """Make the names in a folder durable (Windows has no such call)."""
    if os.name == "nt":
        return
    fd = os.open(path, os.O_RDONLY)
    try:
        settle(fd)
    finally:
        os.close(fd)


def make_folder(path: str) -> None:
    """A folder with mode 0700, and those above it, durable."""
    if os.path.isdir(path) and not os.path.islink(path):
        return
    above = os.path.dirname(path)
    if above and not os.path.isdir(above):
        make_folder(above)
    with contextlib.suppress(FileExistsError):
        os.mkdir(path, 0o700)
        os.chmod(path, 0o700)
        sync_folder(above)


def _put(fd: int, data: bytes) -> None:
    with open(fd, "wb", buffering=0) as file:
        view = memoryview(data)
        while view:
            view = view[file.write(view) :]
        if hasattr(os, "fchmod"):
            os.fchmod(fd, 0o600)
        settle(fd)


def overwrite(path: str, data: bytes) -> None:
    """Write one of our own small files in place; a torn one is read as none."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _NOFOLLOW | _BINARY
    _put(os.open(path, flags, 0o600), data)


def replace(path: str, data: bytes, scratch: str) -> None:
    """Put a file in place in one step, through `scratch` on the same disk.

    Its name is durable when `sync_folder` has been called for its folder.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NOFOLLOW | _BINARY
    try:
        fd = os.open(scratch, flags, 0o600)
    except FileExistsError:  # left by a writer that was killed
        os.unlink(scratch)
        fd = os.open(scratch, flags, 0o600)
    try:
        _put(fd, data)
        _move(scratch, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(scratch)
        raise


def _move(scratch: str, path: str) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            os.replace(scratch, path)
        except PermissionError:
            # Windows: an editor or a virus scanner holds the file for a moment
            if os.name != "nt" or time.monotonic() >= until:
                raise
            time.sleep(0.05)
        else:
            return


def remove(root: str, path: str) -> None:
    """Delete a file of the records and the folders that it leaves empty."""
    target = os.path.join(root, *safe(path).split("/"))
    with contextlib.suppress(FileNotFoundError):
        os.unlink(target)
    above = os.path.dirname(target)
    while above != root and not os.path.islink(above):
        try:
            os.rmdir(above)
        except FileNotFoundError:
            pass
        except OSError:
            break
        above = os.path.dirname(above)
    if os.path.isdir(above):
        sync_folder(above)
