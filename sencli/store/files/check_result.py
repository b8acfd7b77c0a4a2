"""The result of one check of ``sen verify`` or ``sen doctor``."""

from __future__ import annotations

from sencli.value import Value


class CheckResult(Value):
    """One thing that was looked at.

    Attributes:
        code: what was looked at, such as ``identity`` or ``signatures``.
        level: ok, note, warning, fault (the doctor's) or breach (of the history).
        message: one sentence.
        mend: what to type, or "".
        fixable: whether ``sen doctor --fix`` can do it safely.
        commit: the commit concerned, or "".
        path: the file concerned, or "".
    """

    code: str
    level: str
    message: str
    mend: str = ""
    fixable: bool = False
    commit: str = ""
    path: str = ""
