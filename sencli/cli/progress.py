"""How far long work has come: on a terminal, and nowhere else."""

from __future__ import annotations

import sys
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager

import click

# Less than this is done before anybody wonders.
_LONG = 100


@contextmanager
def progress(label: str, length: int) -> Iterator[Callable[[int], None] | None]:
    """A function to be told how many more are done, while a bar shows it.

    None where nobody would see the bar: the output is not a terminal's, or the work is
    short. The bar goes to standard error, and is gone when the work is done.
    """
    if length < _LONG or not sys.stderr.isatty():
        yield None
        return
    with click.progressbar(length=length, label=label, file=sys.stderr) as bar:
        yield bar.update
