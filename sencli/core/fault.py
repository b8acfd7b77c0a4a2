"""A fault in a record, as a value: where, what is wrong, what to type."""

from __future__ import annotations

from sencli.value import Value

Path = tuple[str | int, ...]


class Fault(Value):
    """Something in a record that cannot be right.

    Args:
        path: the way to it, like ``("cycles", 0, "plan", "date")``.
        message: what is wrong, in one sentence.
        mend: what to type, or "".
        code: what kind of fault: schema, text, id, reference, person, date, upn ...
        note: whether it only needs a look, and may be right.
    """

    path: Path
    message: str
    mend: str = ""
    code: str = "schema"
    note: bool = False
