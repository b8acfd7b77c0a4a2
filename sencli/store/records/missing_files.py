"""Messages about files missing from the folder, and how to restore them."""

from __future__ import annotations

from collections.abc import Sequence

from sencli.errors import InvalidValue
from sencli.store.records.records import pupil_of

RESTORE = "sen doctor --fix"
"""What brings them back."""
BRING_BACK = "Bring back what is gone: "
_SHOWN = 5


class Vanished(InvalidValue):
    """Files that are gone from the folder.

    Attributes:
        paths: which.
    """

    paths: tuple[str, ...] = ()

    @classmethod
    def of(cls, paths: Sequence[str]) -> Vanished:
        """The fault about these."""
        fault = cls(missing_sentence(paths), f"{BRING_BACK}{RESTORE}")
        fault.paths = tuple(paths)
        return fault


def missing_sentence(paths: Sequence[str]) -> str:
    """In one sentence, which files are gone."""
    what = "record" if all(map(pupil_of, paths)) else "file"
    number = len(paths)
    shown = ", ".join(sorted(paths)[:_SHOWN])
    shown += f" and {number - _SHOWN} more" if number > _SHOWN else ""
    if number == 1:
        return f"1 {what} of the history is gone from the folder: {shown}."
    return f"{number} {what}s of the history are gone from the folder: {shown}."
