"""Open, move and delete files safely on every system: the only module that does.

Read without following links, written atomically; made with mode 0600 (folders 0700),
and on the disk when the function returns. What differs by system stands here alone:
Windows needs a flag to leave line ends alone, flushes only what it may write to, and
deletes neither what is read-only (git's objects) nor what is open.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import stat
import sys
import time
from typing import TYPE_CHECKING

from sencli.errors import EnvironmentFault
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.store.files import shell
from sencli.store.files.links import no_link
from sencli.store.files.poor_disk import NoFsyncError
from sencli.store.files.poor_disk import cannot

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Iterable

WINDOWS = os.name == "nt"
RECORD_LIMIT = 1_000_001
FILE_LIMIT = 200_000_000
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
_NONBLOCK = getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)
_WRITE = os.O_WRONLY | os.O_CREAT | _NOFOLLOW | _BINARY
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
    """The bytes of a plain file, at most `limit`; raises the system's OSError."""
    return _drain(_open_to_read(path), limit)


def head(path: str, size: int) -> bytes:
    """The first bytes of a file, for a quick look."""
    with open(_open_to_read(path), "rb", buffering=0) as file:
        return file.read(size)


def _open_to_read(path: str) -> int:
    return os.open(path, os.O_RDONLY | _NOFOLLOW | _NONBLOCK | _BINARY)


def read_any(path: str, limit: int) -> bytes:
    """The bytes of what the user named: a pipe and a link are theirs to give."""
    with open(path, "rb") as file:
        return file.read(limit)


def write_through(path: str, data: bytes) -> None:
    """Write to what is no file, such as a terminal or a pipe: it stays what it is."""
    with open(path, "wb") as file:
        file.write(data)


def open_nowhere() -> int:
    """Where what nobody reads any more is written to."""
    return os.open(os.devnull, os.O_RDWR)


def open_new(path: str) -> int:
    """A file that was not there before, to write; FileExistsError where it was."""
    return os.open(path, _WRITE | os.O_EXCL, 0o600)


def open_lock(path: str) -> int:
    """A file to hold a lock on, made where it is missing."""
    return os.open(path, os.O_RDWR | os.O_CREAT | _NOFOLLOW | _NONBLOCK, 0o600)


def second_name(path: str, name: str) -> bool:
    """Give a file a second name; False where the disk (a stick, a share) has none.

    Raises:
        FileExistsError: the name is taken.
    """
    try:
        os.link(path, name)
    except (OSError, NotImplementedError) as error:
        if isinstance(error, FileExistsError):
            raise
        return False
    return True


def empty(path: str) -> None:
    """Take everything out of a file."""
    os.truncate(path, 0)


def open_folder(path: str) -> int | None:
    """A folder to list from within, where the system can; else None."""
    if os.scandir not in os.supports_fd:
        return None
    return os.open(path, os.O_RDONLY)


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
        return read(no_link(root, *folders, name), limit)
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
                f"Put the record itself in its place: git restore {shell.quoted(path)}",
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
    try:
        os.fsync(fd)
    except OSError as error:
        raise NoFsyncError(*error.args) if cannot(error) else error from None


def settle_file(path: str) -> None:
    """Wait until a file that another program wrote is on the disk itself."""
    flags = os.O_RDWR if WINDOWS else os.O_RDONLY  # there it needs a right to write
    try:
        fd = os.open(path, flags | _BINARY)
    except PermissionError:
        if not WINDOWS:
            raise
        return  # read-only: an object, which git has flushed itself
    try:
        settle(fd)
    finally:
        os.close(fd)


def sync_folder(path: str) -> None:
    """Make the names in a folder durable (Windows has no such call)."""
    if WINDOWS:
        return
    fd = os.open(path, os.O_RDONLY)
    try:
        settle(fd)
    except OSError as error:
        # many a share cannot do this for a folder; its files are settled
        if not cannot(error) and error.errno not in (errno.EBADF, errno.EISDIR):
            raise
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
        make_private(path, 0o700)
        sync_folder(above)


def write_all(fd: int, data: bytes) -> None:
    """All of the bytes to an open file, and onto the disk."""
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]
    settle(fd)


def put(fd: int, data: bytes) -> None:
    """All of the bytes to an open file, its owner's alone, which is then closed."""
    try:
        if hasattr(os, "fchmod"):
            with contextlib.suppress(OSError):  # it was made so, where there are rights
                os.fchmod(fd, 0o600)
        write_all(fd, data)
    finally:
        os.close(fd)


def overwrite(path: str, data: bytes) -> None:
    """Write one of our own small files in place; a torn one is read as none."""
    put(_open_afresh(path), data)


def _open_afresh(path: str) -> int:
    if os.path.islink(os.path.dirname(path)):
        raise OSError(errno.ELOOP, "in a linked folder")
    return os.open(path, _WRITE | os.O_TRUNC | _NONBLOCK, 0o600)


def replace(path: str, data: bytes, scratch: str) -> None:
    """Put a file in place in one step, through `scratch` on the same disk.

    Its name is durable when `sync_folder` has been called for its folder.
    """
    try:
        fd = open_new(scratch)
    except FileExistsError:  # left by a writer that was killed
        delete(scratch)
        fd = open_new(scratch)
    try:
        put(fd, data)
        move(scratch, path)
    except BaseException:
        with contextlib.suppress(OSError):
            delete(scratch)
        raise


def write_cache(path: str, text: str | Iterable[str]) -> None:
    """Put a file in place that can be made again: it is not flushed to the disk.

    A large one may come in pieces.
    """
    scratch = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        with open(_open_afresh(scratch), "wb") as file:
            parts = (text,) if isinstance(text, str) else text
            file.writelines(part.encode() for part in parts)
        move(scratch, path)
    finally:
        with contextlib.suppress(OSError):
            delete(scratch)


def scratch_beside(path: str) -> tuple[int, str]:
    """An open scratch file in the folder of `path`, and its name."""
    import tempfile

    return tempfile.mkstemp(dir=os.path.dirname(path) or ".", prefix=".sencli-")


def scratch_folder(place: str) -> str:
    """A new hidden folder in a place, its owner's alone."""
    import tempfile

    return tempfile.mkdtemp(dir=place, prefix=".sencli-")


def move(scratch: str, path: str) -> None:
    """Put a file in the place of another in one step."""
    _patiently(os.replace, scratch, path)


def remove(root: str, path: str) -> None:
    """Delete a file of the records and the folders that it leaves empty."""
    target = os.path.join(root, *safe(path).split("/"))
    delete(target, missing_ok=True)
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


def delete(path: str, *, missing_ok: bool = False) -> None:
    """Delete one file, also a read-only one (Windows refuses those at first)."""
    try:
        os.unlink(path)
    except FileNotFoundError:
        if not missing_ok:
            raise
    except PermissionError:
        if not WINDOWS:
            raise
        os.chmod(path, stat.S_IWRITE)
        _patiently(os.unlink, path)


def delete_folder(path: str) -> None:
    """Delete an empty folder; OSError where it is not empty or not there."""
    os.rmdir(path)


def delete_tree(folder: str) -> None:
    """Delete a folder and all in it; links in it go, and what they lead to stays.

    Raises:
        OSError: the first that could not be deleted; as much as can be is gone.
    """
    fault: OSError | None = None
    if os.path.islink(folder):
        delete(folder)
        return
    for above, folders, names in os.walk(folder, topdown=False):
        links = [n for n in folders if os.path.islink(os.path.join(above, n))]
        for name in (*names, *links):
            try:
                delete(os.path.join(above, name), missing_ok=True)
            except OSError as error:
                fault = fault or error
        try:
            os.rmdir(above)
        except FileNotFoundError:
            pass
        except OSError as error:
            fault = fault or error
    if fault is not None:
        raise fault


def make_private(path: str, mode: int) -> bool:
    """Give a file or folder these rights; False where the disk keeps none."""
    try:
        os.chmod(path, mode)
    except OSError as error:
        if cannot(error):
            return False
        raise
    return True


def _patiently(act: Callable[..., None], *paths: str) -> None:
    """Do it; on Windows again for a moment, while a virus scanner has the file open."""
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            act(*paths)
        except PermissionError:
            if not WINDOWS or time.monotonic() >= until:
                raise
            time.sleep(0.05)
        else:
            return
