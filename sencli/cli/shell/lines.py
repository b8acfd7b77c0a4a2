"""Fit messages to the terminal, which would break a word at its edge; write bytes."""

from __future__ import annotations

import sys
from typing import TextIO


def columns(stream: TextIO) -> int | None:
    """The columns of the terminal; None if what is written goes elsewhere."""
    if not stream.isatty():
        return None
    from shutil import get_terminal_size

    return get_terminal_size().columns


def write_out(data: bytes) -> None:
    """Bytes to standard output, whatever its encoding."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def fitted(text: str, stream: TextIO) -> str:
    """The text in lines of the terminal, where there is one; else as it is."""
    wide = columns(stream)
    if wide is None or len(text) <= wide:
        return text
    from sencli.core.text.lines import flowed

    return flowed(text, wide)
