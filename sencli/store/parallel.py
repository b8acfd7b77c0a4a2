"""The same work on many files, on both cores: for cold reads of a whole school.

Forked children send their results back as JSON through a pipe. Where there is no fork,
or too little to do, the work is done here.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable
from collections.abc import Sequence
from typing import Any

Tick = Callable[[int], object]

# Below this many files a second process costs more than it saves.
_WORTH_IT = 40
_MOST = 8


def workers(count: int) -> int:
    """How many processes so many files deserve."""
    if not hasattr(os, "fork") or count < _WORTH_IT:
        return 1
    allowed = getattr(os, "sched_getaffinity", None)
    cores = len(allowed(0)) if allowed else os.cpu_count() or 1
    return max(1, min(cores, _MOST, count // (_WORTH_IT // 2)))


def spread(
    work: Callable[[str], Any],
    names: Sequence[str],
    tick: Tick | None = None,
    processes: int = 0,
) -> list[Any]:
    """``[work(name) ...]`` in order; each result is JSON-shaped.

    An error in a child is raised again here by doing that share here. An interruption
    ends the children too, without a word of theirs.

    Args:
        work: done for each name.
        names: of what there is to do.
        tick: is told how many more are done; of the children's it is guessed.
        processes: how many share the work; 0 takes as many as it is worth.
    """
    parts = processes or workers(len(names))

    def share_done(share: Sequence[str]) -> list[Any]:
        results = []
        for name in share:
            results.append(work(name))
            if tick is not None:
                tick(parts)
        return results

    if parts == 1:
        return share_done(names)
    shares = [list(names[n::parts]) for n in range(parts)]
    children = [_start(work, share) for share in shares[1:]]
    try:
        done = [share_done(shares[0])]
    except BaseException:
        for pid, pipe in children:
            os.close(pipe)
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
        raise
    for (pid, pipe), share in zip(children, shares[1:], strict=True):
        with os.fdopen(pipe, "rb") as results:
            text = results.read()
        _, status = os.waitpid(pid, 0)
        if status == 0:
            done.append(json.loads(text))
        else:
            done.append([work(name) for name in share])
    found: list[Any] = [None] * len(names)
    for n, results_of in enumerate(done):
        found[n::parts] = results_of
    return found


def _start(work: Callable[[str], Any], share: list[str]) -> tuple[int, int]:
    """A child that does its share; its process id and the end to read from."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, reading
    status = 1
    try:
        os.close(reading)
        text = json.dumps([work(name) for name in share]).encode()
        with os.fdopen(writing, "wb") as results:
            results.write(text)
        status = 0
    finally:
        # never back into the caller's code, nor its exit handlers
        os._exit(status)
