"""One value as YAML: plain where every reader takes it for what it is, else quoted.

YAML 1.1 and 1.2 readers differ on ``no``, ``12:30``, ``012``, ``1_000``, ``1e3``, ``=``
and others; what any of them would take for something else than text gets quotes.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache

from sencli.errors import InvalidValue
from sencli.store.whole_numbers import whole

_ONE_BYTE = 0xFF
# what JSON readers and spreadsheets still hold exactly
_LARGEST = 10**15

# Not printable, or a line end to some reader: never plain, never in a block.
_NEVER = r"\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff"
_PLAIN = re.compile(
    rf"""(?:[^\W_]|[(/.$])       # letters, digits and a few signs begin plain text
    (?:[^{_NEVER}\t\n\xa0:#]     # then anything,
      |:(?=[^\s,\[\]{{}}])       # a colon if it does not look like a field,
      |(?<=\S)\#                 # a hash if it does not look like a comment,
    )*(?<!\s)\Z                  # and no blank at the end
    """,
    re.VERBOSE,
)
_NOT_IN_FLOW = re.compile(r"[,\[\]{}:?]")
_WORDS = frozenset({
    "y", "n", "yes", "no", "on", "off", "true", "false",
    "null", "none", "nil", "nan", "inf", "~", "=", "<<",
})  # fmt: skip
_NUMBERISH = re.compile(
    r"""[-+]?(?:
        \.?\d[\d_,]*(?:\.[\d_]*)?(?:e[-+]?\d*)?     # 5  .5  1_000  1,000  1e3
      | \.[\d_]*(?:e[-+]?\d*)?                        # ._ to some readers
      | 0[xob][0-9a-f_]*
      | \d[\d_]*(?::\d+)+(?:\.[\d_]*)?              # 12:30, a number to base 60
      | \.(?:inf|nan)
    )\Z | \d{4}-\d\d?-\d\d?(?:[Tt\s].*)?\Z | \.\.\.""",
    re.VERBOSE | re.IGNORECASE,
)
_DATE = re.compile(r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}\Z")
_BLOCK = re.compile(rf"[^{_NEVER}]*\Z")
_BLANK_END = re.compile(r"[ \t](?:\n|\Z)")
_ESCAPED = re.compile(rf'[{_NEVER}\t\n\xa0"\\]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def scalar(value: object, *, flow: bool = False) -> str:
    """Text, a number or a truth value on one line.

    Args:
        value: what to write.
        flow: whether it stands between brackets.

    Raises:
        InvalidValue: it is none of these, or a number that readers would change.
    """
    if isinstance(value, str):
        return _in_flow(value) if flow else _in_block(value)
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, int | float) and -_LARGEST < value < _LARGEST:
        number = whole(value) if isinstance(value, float) else value
        # no exponent: some readers want it signed, some with a point, some not at all
        return str(number) if isinstance(number, int) else f"{Decimal(repr(number)):f}"
    raise InvalidValue(
        f"{value!a:.60} has no place in a record: it holds text, true or false, "
        "and numbers of up to 15 digits.",
        "If it is meant as text, put quotes round it.",
    )


def block(value: str) -> bool:
    """Whether text of several lines can stand as it is after a ``|``."""
    return (
        "\n" in value
        and value[0] not in " \t\n"
        and _BLOCK.match(value) is not None
        and _BLANK_END.search(value) is None
    )


@lru_cache(maxsize=4096)
def _in_block(value: str) -> str:
    return value if _is_plain(value) else _quoted(value)


@lru_cache(maxsize=4096)
def _in_flow(value: str) -> str:
    plain = _is_plain(value) and not _NOT_IN_FLOW.search(value)
    return value if plain else _quoted(value)


def _is_plain(value: str) -> bool:
    if _DATE.match(value):
        return _is_date(value)
    return (
        _PLAIN.match(value) is not None
        and value.lower() not in _WORDS
        and _NUMBERISH.match(value) is None
    )


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _quoted(value: str) -> str:
    if _ESCAPED.search(value):
        return f'"{_ESCAPED.sub(_escape, value)}"'
    return "'" + value.replace("'", "''") + "'"


def _escape(found: re.Match[str]) -> str:
    if found[0] in _SHORT:
        return _SHORT[found[0]]
    code = ord(found[0])
    return f"\\x{code:02x}" if code <= _ONE_BYTE else f"\\u{code:04x}"
