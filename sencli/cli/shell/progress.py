"""Progress of long work: one line on a terminal, nothing elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

# Less than this is done before anybody wonders, and oftener nobody can read it.
_PATIENCE = 0.5
_PAUSE = 0.1
_FEW = 2


@contextmanager
def progress(label: str, length: int) -> Iterator[Callable[[int], None] | None]:
    """A function that counts finished work, shown on one line.

    None where nobody would see the line: standard error is no terminal's. It appears
    when the work takes longer than a moment, and is gone when the work ends, also when
    it is stopped.

    Args:
        label: what is done, such as "Checking records".
        length: how many there are to do; 0 where nobody knows.
    """
    if not sys.stderr.isatty() or length == 1:
        yield None
        return
    line = _Line(sys.stderr, label, length)
    line.more(0)
    try:
        yield line.more
    finally:
        line.clear()


class _Line:
    """One line of a terminal, written over and over.

    Args:
        stream: the terminal.
        label: what is done.
        length: how many there are to do, or 0.
    """

    def __init__(self, stream: TextIO, label: str, length: int) -> None:
        self._stream = stream
        self._label = label
        self._length = length
        self._done = 0
        self._next = time.monotonic() + (_PATIENCE if length else 0)
        self._wide = 0

    def more(self, number: int) -> None:
        """So many more are done."""
        self._done = self._done + number
        now = time.monotonic()
        if now >= self._next:
            self._next = now + _PAUSE
            self._show(self._words())

    def _words(self) -> str:
        if not self._length:
            return f"{self._label} ..."
        # other processes' share is guessed, and the last of it is never early
        done = min(self._done, self._length)
        return f"{self._label}: {done:,} of {self._length:,}"

    def _show(self, words: str) -> None:
        import shutil

        columns = shutil.get_terminal_size().columns - 1
        self._write(words[: max(columns, _FEW)])

    def _write(self, words: str) -> None:
        # blanks and not a control sequence, which an old Windows would print
        self._stream.write(f"\r{words:<{self._wide}}")
        self._stream.flush()
        self._wide = len(words)

    def clear(self) -> None:
        """Take the line away."""
        if self._wide:
            self._write("")
            self._stream.write("\r")
            self._stream.flush()
