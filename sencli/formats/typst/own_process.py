"""Run a school's own templates in a separate process with a time limit.

The folder may have come from somebody else, and a template can go round for ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sencli.errors import InvalidValue
from sencli.formats.typst.compiler import CompileError
from sencli.formats.typst.compiler import compile_here

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_SECONDS = 60.0
_EACH = 0.5


def compile_apart(
    files: dict[str, bytes], target: str, day: int, reach: int, papers: int
) -> bytes:
    """Compile the files in another process.

    Args:
        files: by name.
        target: ``pdf``, ``html`` or ``png``.
        day: as the time of the file.
        reach: how far fonts are looked for.
        papers: how many there are, each of which has its time.

    Raises:
        CompileError: it does not compile.
        InvalidValue: it did not end in time.
    """
    from multiprocessing import get_context

    limit = _SECONDS + _EACH * papers
    # a fresh process: a fork would share the compiler's threads
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_work, args=(theirs, files, target, day, reach))
    child.start()
    theirs.close()
    try:
        if not ours.poll(limit):
            raise InvalidValue(
                f"The school's own templates have not ended in {limit:.0f} seconds.",
                "Delete the school's own files in templates/ to use those that come "
                "with sencli, or mend them: something goes round for ever.",
            )
        made, message, diagnostic = ours.recv()
    except EOFError:
        raise InvalidValue(
            "The school's own templates could not be set: the compiler broke off.",
            "Delete the school's own files in templates/ to use those of sencli.",
        ) from None
    finally:
        ours.close()
        child.kill()
        child.join()
    if made is None:
        raise CompileError(message, diagnostic)
    data: bytes = made
    return data


def _work(
    pipe: Connection, files: dict[str, bytes], target: str, day: int, reach: int
) -> None:
    """In the other process: what was made, or what the compiler says."""
    try:
        pipe.send((compile_here(files, target, day, reach), "", ""))
    except CompileError as fault:
        pipe.send((None, fault.message, fault.diagnostic))
