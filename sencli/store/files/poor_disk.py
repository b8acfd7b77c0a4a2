"""Messages for what memory sticks and shares cannot do."""

from __future__ import annotations

import errno
import os

from sencli.errors import EnvironmentFault

# what they answer then
_CANNOT = frozenset(
    (errno.EPERM, errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)
)
NO_FSYNC = (
    "This disk cannot make sure that what was written stays there (no fsync), so "
    "nothing can be promised of records on it. Nothing was saved."
)
NO_LOCKS = (
    "This disk keeps no locks, so two commands could write to these records at once "
    "and lose each other's entries. Nothing was saved."
)
OWN_DISK = "Move the folder to this computer's own disk, and meet others by sen sync."


class NoFsyncError(OSError):
    """A disk that cannot say when a file is on it."""


def cannot(error: OSError) -> bool:
    """Whether a disk says that it can never do what was asked."""
    return error.errno in _CANNOT


def unsaved(error: OSError) -> EnvironmentFault:
    """A disk or permission fault, in words."""
    if isinstance(error, NoFsyncError):
        return EnvironmentFault(NO_FSYNC, OWN_DISK)
    where = f" ({os.path.basename(error.filename)})" if error.filename else ""
    return EnvironmentFault(
        f"The change could not be saved: {error.strerror or error}{where}. "
        "Nothing was saved.",
        "Free some space or mend the permissions (sen doctor), then type it again.",
    )
