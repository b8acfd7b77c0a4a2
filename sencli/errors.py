"""Errors for a SENCO: a sentence, the place, what to type, an exit code.

Raise one of these when a command cannot go on. A fault found in data while judging it
(a schema fault, a rule's finding) is a value, never an exception.
"""

from __future__ import annotations


class SencliError(Exception):
    """A command cannot go on.

    Args:
        message: what is wrong, in one sentence, with the place (``file:line``).
        hint: what to type to mend it, or "".
    """

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageFault(SencliError):
    """The words typed do not make a command."""

    exit_code = 2


class InvalidValue(SencliError):
    """A value or a record that cannot be right."""

    exit_code = 3


class NotFound(SencliError):
    """Something named does not exist."""

    exit_code = 4


class Ambiguous(SencliError):
    """A name matches several things; they are listed and nothing was changed."""

    exit_code = 4


class Busy(SencliError):
    """Somebody else is writing."""

    exit_code = 5


class Conflict(SencliError):
    """Two changes meet, or git is in the middle of something."""

    exit_code = 6


class EnvironmentFault(SencliError):
    """Disk, permission, git: not the records."""

    exit_code = 7


class IntegrityFault(SencliError):
    """History, a signature or an object is not what it should be."""

    exit_code = 8
