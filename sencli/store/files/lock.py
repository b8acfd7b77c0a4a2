"""A lock for one writer at a time, released when its process dies.

The lock is an open file, so a killed process leaves nothing to clear. Children that
write (git) inherit it: the next writer waits for an orphan that is still at work.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from typing import TYPE_CHECKING
from typing import Self

from sencli.errors import Busy
from sencli.errors import EnvironmentFault
from sencli.store.files import files
from sencli.store.files.poor_disk import NO_LOCKS
from sencli.store.files.poor_disk import OWN_DISK
from sencli.store.files.poor_disk import cannot

if TYPE_CHECKING:
    from types import TracebackType

WAIT_SECONDS = 20.0
_PAUSE = 0.01

if sys.platform == "win32":
    import msvcrt

    _HELD: tuple[type[OSError], ...] = (BlockingIOError, PermissionError)

    def _take(fd: int) -> None:
        try:
            msvcrt.locking(fd, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno:
                raise
            raise BlockingIOError from None  # wine doesn't say why

else:
    import fcntl

    _HELD: tuple[type[OSError], ...] = (BlockingIOError,)

    def _take(fd: int) -> None:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lock:
    """The lock file of one repository; use as a context manager.

    Args:
        path: the lock file, made with mode 0600 when it is missing.
        wait: seconds to wait for another writer; then `Busy`.
    """

    def __init__(self, path: str, wait: float = WAIT_SECONDS) -> None:
        self._path = path
        self._wait = wait
        self.fd = -1

    def __enter__(self) -> Self:
        fd = files.open_lock(self._path)
        until = time.monotonic() + self._wait
        while True:
            try:
                _take(fd)
            except OSError as error:
                if not isinstance(error, _HELD):
                    os.close(fd)
                    if cannot(error) or error.errno == errno.ENOLCK:
                        raise EnvironmentFault(NO_LOCKS, OWN_DISK) from error
                    raise
                if time.monotonic() >= until:
                    os.close(fd)
                    raise Busy(
                        "Another sen command is writing to these records. "
                        "Nothing was saved.",
                        "Wait a moment and type the command again.",
                    ) from None
                time.sleep(_PAUSE)
            else:
                self.fd = fd
                return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.close(self.fd)
        self.fd = -1
