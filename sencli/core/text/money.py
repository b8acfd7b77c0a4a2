"""Money as typed, and as stored in whole pence."""

from __future__ import annotations

import re

from sencli.errors import InvalidValue

_POUNDS = re.compile(r"£?\s*(\d{1,3}(?:,\d{3})+|\d{1,7})(?:\.(\d{1,2}))?\s*")
_PENCE = re.compile(r"(\d{1,9})\s*p")


def pence(typed: str) -> int:
    """Whole pence from ``16.50``, ``£16.50``, ``1,250`` (pounds) or ``85p``.

    Raises:
        InvalidValue: not an amount of money.
    """
    text = typed.strip()
    if m := _PENCE.fullmatch(text):
        return int(m[1])
    if m := _POUNDS.fullmatch(text):
        return int(m[1].replace(",", "")) * 100 + int((m[2] or "").ljust(2, "0"))
    raise InvalidValue(
        f"{typed!r} is not an amount of money.", "Type pounds and pence, as 16.50"
    )


def pounds(amount: int) -> str:
    """``£1,250.00`` from whole pence."""
    sign = "-" if amount < 0 else ""
    whole, rest = divmod(abs(amount), 100)
    return f"{sign}£{whole:,}.{rest:02d}"
