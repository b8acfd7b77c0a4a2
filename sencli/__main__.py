"""The entry point of ``sen``; ``--version`` is answered before anything loads."""

from __future__ import annotations

import gc
import os
import sys

from sencli import __version__

_SELDOM = 500_000
_INTERRUPTED = 130


_HEARD = [True]
"""Whether the interruption that was lost has been raised where it can be."""


def _unraisable(fault: sys.UnraisableHookArgs) -> None:
    """An interruption where nothing can be raised comes again where it can.

    Python would print the rest with a traceback, and go on, as we do.
    """
    if issubclass(fault.exc_type, KeyboardInterrupt):
        import _thread
        import signal

        def raised(*_: object) -> None:
            _HEARD[0] = True
            signal.signal(signal.SIGINT, usual)
            raise KeyboardInterrupt

        try:
            usual = signal.signal(signal.SIGINT, raised)
        except ValueError:  # in a thread to which no signal comes
            _thread.interrupt_main()
            return
        # the last step, and no call: between it and the end Python looks for no signal
        _thread.start_new_thread(_interrupt_again, (_thread.get_ident(),))
        _HEARD[0] = False


def _interrupt_again(interrupted: int) -> None:
    """Interrupt a thread, once it has left the place of the loss, until it is heard.

    As real signals, since only these end a wait; one that comes just before the wait
    begins does not, so it is sent again.
    """
    import _thread
    import signal
    import time

    while _HEARD[0]:
        time.sleep(0.001)
    while not _HEARD[0]:
        if hasattr(signal, "pthread_kill"):
            signal.pthread_kill(interrupted, signal.SIGINT)
        else:
            _thread.interrupt_main()
        time.sleep(0.1)


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
