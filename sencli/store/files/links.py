"""Detect links on the way to a file, where folders cannot be opened."""

from __future__ import annotations

import errno
import os
import stat

_JUNCTION = 0xA0000003  # a folder's link that Windows' users make without rights


def no_link(root: str, *steps: str) -> str:
    """The path of a file; OSError where it or a folder below `root` is a link.

    What OneDrive has only in the cloud is of another kind, and no link.
    """
    at = root
    for step in steps:
        at = os.path.join(at, step)
        found = os.lstat(at)
        tag = getattr(found, "st_reparse_tag", 0)
        if stat.S_ISLNK(found.st_mode) or tag == _JUNCTION:
            raise OSError(errno.ELOOP, "is a link", at)
    return at
