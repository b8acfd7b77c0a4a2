"""A finding of the doctor."""

from __future__ import annotations

from sencli.value import Value


class Finding(Value):
    """One thing looked at.

    Attributes:
        code: what was looked at, such as ``identity``.
        level: ok, note, warning or fault.
        message: one sentence.
        mend: what to type, or "".
        fixable: whether `mend` of this module can do it safely.
    """

    code: str
    level: str
    message: str
    mend: str = ""
    fixable: bool = False
