"""Where to keep a page shown by ``--open`` without ``--output``.

It is ``.git/sencli/shown``: the user's alone, and cleared by an erasure.
"""

from __future__ import annotations

import contextlib
import os
import time

from sencli.store.files import files
from sencli.store.files import own_folder

FOLDER = ("sencli", "shown")
_DAY = 86_400


def place(root: str, name: str, suffix: str) -> str:
    """A path for a page that is only to be looked at; those of earlier days go.

    Raises:
        EnvironmentFault: something else lies there.
        OSError: it cannot be made.
    """
    own_folder.refuse_odd(root)
    folder = os.path.join(root, ".git", *FOLDER)
    files.make_folder(folder)
    old = time.time() - _DAY
    for kept in os.listdir(folder):
        path = os.path.join(folder, kept)
        # one that a viewer holds open on Windows goes another day
        with contextlib.suppress(OSError):
            if os.lstat(path).st_mtime < old:
                files.delete(path)
    number = 1
    while True:
        path = os.path.join(folder, f"{name}-{number}{suffix}")
        if not os.path.lexists(path):
            return path
        number += 1
