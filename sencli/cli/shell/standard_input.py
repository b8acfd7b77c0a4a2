"""Read text given as ``-`` from standard input, in whatever encoding it has."""

from __future__ import annotations

import sys

import click

from sencli.core.text.encoding import WINDOWS
from sencli.core.text.encoding import decoded
from sencli.errors import UsageFault
from sencli.safe import safe_text

_LIMIT = 20_000_000


def read_text() -> str:
    """The text on standard input; notes on standard error if not UTF-8.

    Raises:
        UsageFault: it is not text, or there is no standard input.
    """
    if sys.stdin is None:
        raise UsageFault(
            "There is no standard input to read '-' from.", "Give the text itself."
        )
    try:
        found = decoded(sys.stdin.buffer.read(_LIMIT), _code_page())
    except UnicodeDecodeError:
        raise UsageFault(
            "What came on standard input is not text.",
            "Save it as UTF-8 text and give that by '-'.",
        ) from None
    if found.encoding:
        first = next(iter(found.text.splitlines()), "")[:60]
        click.echo(
            f"Note: the text was read as {found.encoding}: {safe_text(first)}", err=True
        )
    return found.text


def _code_page() -> str:
    """The code page in which the programs of this terminal write."""
    if sys.platform != "win32":
        import locale

        return locale.getpreferredencoding(do_setlocale=False) or WINDOWS
    import ctypes

    page = ctypes.windll.kernel32.GetConsoleOutputCP()
    return f"cp{page or ctypes.windll.kernel32.GetACP()}"
