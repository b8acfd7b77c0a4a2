"""``sen``: what the shell starts. ``--version`` is answered before anything loads."""

from __future__ import annotations

import sys

from sencli import __version__


def main() -> None:
    """Run the command line and leave with its exit code."""
    if sys.argv[1:] in (["--version"], ["-V"]):
        sys.stdout.write(f"sen {__version__}\n")
        return
    from sencli.cli.run import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
