"""Read a file that was named on the command line, to be taken into the records."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from sencli.errors import EnvironmentFault
from sencli.errors import InvalidValue
from sencli.errors import NotFound

LIMIT = 20_000_000


def contents(path: Path) -> bytes:
    """The bytes of a plain file that is not too big; a link is followed.

    Raises:
        NotFound: there is no such file.
        InvalidValue: a folder, a device, empty, or too big.
    """
    from sencli.store.files import files

    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound(
            f"There is no file {path}.", "Drag it into this window to get its name."
        ) from None
    if not stat.S_ISREG(found.st_mode):
        raise InvalidValue(f"{path} is not a file that can be attached.")
    if found.st_size > LIMIT:
        raise InvalidValue(
            f"{path} has {found.st_size // 1_000_000} MB: 20 MB at most.",
            "Make it smaller, or note in the record where it is kept.",
        )
    data = files.read(os.path.realpath(path), LIMIT)
    if not data:
        raise InvalidValue(f"{path} is empty.")
    return data


def stranger(file: str, most: int) -> bytes:
    """The bytes of a file from outside, at the most so many; a link is followed.

    Raises:
        NotFound: there is no such file.
        EnvironmentFault: it cannot be read.
    """
    from sencli.store.files import files

    try:
        return files.read_any(file, most)
    except FileNotFoundError:
        raise NotFound(
            f"There is no file {file}.", "Drag it into this window to get its name."
        ) from None
    except OSError as error:
        raise EnvironmentFault(f"{file} cannot be read: {error.strerror}.") from None
