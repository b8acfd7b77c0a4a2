"""Turn an unexpected failure of a check into a finding."""

from __future__ import annotations

from sencli.errors import SencliError

FAILS = (
    SencliError,
    OSError,
    ArithmeticError,
    AttributeError,
    LookupError,
    TypeError,
    ValueError,
)


def unseen(error: Exception) -> str:
    """That something could not be looked at, and why: never what a record says."""
    if isinstance(error, SencliError | OSError):
        return f"Cannot be looked at: {error}"
    return f"Cannot be looked at ({type(error).__name__})."
