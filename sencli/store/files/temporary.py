"""A temporary file for another program to read.

No pupil's text is in one. What a killed command left of them goes with the next.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
import time
from typing import TYPE_CHECKING

from sencli.store.files import files

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = re.compile(r"\.?sencli-[a-z0-9_]{8}")
_OLD = 600.0


@contextlib.contextmanager
def temporary(data: bytes) -> Iterator[str]:
    """Such a file: closed, since Windows shares no open one."""
    folder = tempfile.gettempdir()
    _clear(folder)
    fd, path = files.scratch_beside(os.path.join(folder, "any"))
    try:
        files.put(fd, data)
        yield path
    finally:
        with contextlib.suppress(OSError):
            files.delete(path)


def _clear(folder: str) -> None:
    """Delete our own of before, old enough that nobody reads them now."""
    with contextlib.suppress(OSError):
        for name in filter(_NAME.fullmatch, os.listdir(folder)):
            path = os.path.join(folder, name)
            with contextlib.suppress(OSError):  # another user's, or gone meanwhile
                if time.time() - os.lstat(path).st_mtime < _OLD:
                    continue
                if os.path.isdir(path) and not os.path.islink(path):
                    files.delete_folder(path)  # an empty one; others stay
                else:
                    files.delete(path)
