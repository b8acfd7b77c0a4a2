"""The entry point of ``sen``; ``--version`` is answered before anything loads."""

from __future__ import annotations

import gc
import os
import sys

from sencli import __version__

_SELDOM = 500_000
_INTERRUPTED = 130


def _unraisable(fault: sys.UnraisableHookArgs) -> None:
    """An interruption where nothing can be raised comes again where it can.

    Python would print the rest with a traceback, and go on, as we do.
    """
    if issubclass(fault.exc_type, KeyboardInterrupt):
        import _thread
        import signal

        # by another thread, whose turn comes when this place has been left; as a real
        # signal, since only that ends a wait
        here, again = _thread.get_ident(), signal.SIGINT
        if hasattr(signal, "pthread_kill"):
            _thread.start_new_thread(signal.pthread_kill, (here, again))
        else:
            _thread.start_new_thread(_thread.interrupt_main, ())


def main() -> None:
    """Run the command line and leave with its exit code."""
    _open_ends()
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"sen {__version__}\n")
        return
    # records hold no circles: what little garbage waits is cheaper than looking for it
    gc.set_threshold(_SELDOM)
    sys.unraisablehook = _unraisable
    try:
        from sencli.cli.shell.run import run

        code = run(sys.argv[1:])
        sys.stderr.flush()
    except KeyboardInterrupt:
        # before the command line is there, or while it says that it stops
        code = _INTERRUPTED
    # all is written and every child has ended: taking the modules down one by one
    # would only cost the user time
    os._exit(code)


def _open_ends() -> None:
    """Give standard input and output an end where the caller closed them.

    Else the next file that is opened, a record perhaps, would take their place.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            found = os.open(os.devnull, os.O_RDWR)
            if found != number:
                os.dup2(found, number)
            mode = "w" if number else "r"
            setattr(sys, name, os.fdopen(number, mode, encoding="utf-8"))


if __name__ == "__main__":
    main()
