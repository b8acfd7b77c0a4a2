"""Process many files on all cores, for cold reads of a whole school.

Forked children send their results back through a pipe, a line of JSON each. Where there
is no fork, or too little to do, the work is done here.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import AbstractContextManager
from contextlib import contextmanager
from contextlib import suppress
from typing import Any
from typing import NoReturn

Tick = Callable[[int], object]
ShowProgress = Callable[[str, int], AbstractContextManager[Tick | None]]
"""Shows how far long work has come: given what is done and how many there are, a
context manager that gives what to call with how many more are done."""

# Below this many files a second process costs more than it saves.
_WORTH_IT = 40
_MOST = 8
_SHARED: list[object] = []


def workers(count: int) -> int:
    """How many processes so many files deserve."""
    if not hasattr(os, "fork") or count < _WORTH_IT:
        return 1
    return max(1, min(cores(), count // (_WORTH_IT // 2)))


def cores() -> int:
    """How many processes may work at once."""
    allowed = getattr(os, "sched_getaffinity", None)
    return min(len(allowed(0)) if allowed else os.cpu_count() or 1, _MOST)


def spread(
    work: Callable[[str], Any],
    names: Sequence[str],
    tick: Tick | None = None,
    processes: int = 0,
) -> list[Any]:
    """``[work(name) ...]`` in order; each result is JSON-shaped.

    An error in a child is raised by doing its share again here. However this ends, no
    child is left.

    Args:
        work: done for each name.
        names: of what there is to do.
        tick: is told how many more are done; of the children's it is guessed.
        processes: how many share the work; 0 takes as many as it is worth.
    """
    parts = processes or workers(len(names))
    if not hasattr(os, "fork") or _SHARED:
        parts = 1
    if parts == 1:
        return _done(work, names, tick, 1)
    _SHARED.append(work)  # what is shared out here already takes every core
    try:
        return _shared(work, names, tick, parts)
    finally:
        _SHARED.clear()


def _shared(
    work: Callable[[str], Any], names: Sequence[str], tick: Tick | None, parts: int
) -> list[Any]:
    shares = [list(names[n::parts]) for n in range(parts)]
    children: list[_Child] = []
    found: list[Any] = [None] * len(names)
    try:
        with uninterrupted():
            children += (_Child(work, share) for share in shares[1:])
        found[::parts] = _done(work, shares[0], tick, parts)
        for n, child in enumerate(children, 1):
            told = child.results()
            found[n::parts] = [work(x) for x in shares[n]] if told is None else told
    finally:
        for child in children:
            child.end()
    return found


def _done(
    work: Callable[[str], Any], share: Sequence[str], tick: Tick | None, each: int
) -> list[Any]:
    """A share done here; the others are taken to come as far in the same time."""
    results = []
    for name in share:
        results.append(work(name))
        if tick is not None:
            tick(each)
    return results


@contextmanager
def uninterrupted() -> Iterator[None]:
    """An interruption waits for the end of this, where the system lets it wait."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    held = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


class _Child:
    """Another process that does its share, and is gone when we are.

    Args:
        work: done for each name.
        share: the names.
    """

    def __init__(self, work: Callable[[str], Any], share: list[str]) -> None:
        reading, writing = os.pipe()
        self._pid = os.fork()
        if not self._pid:
            # an interruption ends it without a word, and runs no clearing up of ours
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
            os.close(reading)
            _do(work, share, writing)
        self._pipe = os.fdopen(reading, "rb")
        os.close(writing)

    def results(self) -> list[Any] | None:
        """The child's results in order; None if it failed."""
        found: list[Any] = []
        with self._pipe, suppress(ValueError):  # half a line: its status says so
            # never all of it as text beside all that the text says
            found = [json.loads(line) for line in self._pipe]
        _, status = os.waitpid(self._pid, 0)
        self._pid = 0
        return None if status else found

    def end(self) -> None:
        """End it, where it has not ended yet."""
        if self._pid:
            self._pipe.close()
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(self._pid, signal.SIGKILL)
                os.waitpid(self._pid, 0)
            self._pid = 0


def _do(work: Callable[[str], Any], share: list[str], writing: int) -> NoReturn:
    """In the child process: do its share, report it and exit."""
    status = 1
    try:
        # as text, which takes a fraction of the room until it is fetched
        lines = [json.dumps(work(name)).encode() for name in share]
        with os.fdopen(writing, "wb") as results:
            results.writelines(line + b"\n" for line in lines)
        status = 0
    finally:
        # never back into the caller's code, nor its exit handlers
        os._exit(status)
