"""``sen``: what the shell starts. ``--version`` is answered before anything loads."""

from __future__ import annotations

import gc
import os
import sys

from sencli import __version__

_SELDOM = 500_000
_INTERRUPTED = 130


def main() -> None:
    """Run the command line and leave with its exit code."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"sen {__version__}\n")
        return
    # records hold no circles: what little garbage waits is cheaper than looking for it
    gc.set_threshold(_SELDOM)
    try:
        from sencli.cli.run import run

        code = run(sys.argv[1:])
        sys.stderr.flush()
    except KeyboardInterrupt:
        # before the command line is there, or while it says that it stops
        code = _INTERRUPTED
    # all is written and every child has ended: taking the modules down one by one
    # would only cost the user time
    os._exit(code)


if __name__ == "__main__":
    main()
