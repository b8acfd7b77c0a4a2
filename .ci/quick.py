"""Lint, types, generated pages and the quick tests: run it before every commit.

    python .ci/quick.py          looks, and says what is wrong
    python .ci/quick.py --fix    first formats, mends what ruff can, writes the pages

With the Python of the environment that CONTRIBUTING.md sets up, on any system. The
whole suite is ``pytest -n auto``.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TESTS = (
    *("tests/core", "tests/rules", "tests/documents", "tests/formats"),
    *("tests/exchange", "tests/test_layers.py", "tests/test_architecture.py"),
    *("tests/test_docs.py", "tests/test_rule_pages.py", "tests/test_contributing.py"),
)
RUFF = ("-m", "ruff")
FIX = (
    (*RUFF, "check", "--fix-only", "--quiet", "."),
    (*RUFF, "format", "--quiet", "."),
    ("docs/build.py",),
)
CHECKS = (
    (*RUFF, "check", "."),
    (*RUFF, "format", "--check", "."),
    ("-m", "mypy"),
    ("docs/build.py", "--check"),
    ("-m", "pytest", "-n", "auto", *TESTS),
)


def main(arguments: list[str]) -> int:
    """Run all of it, also after a failure; 1 where anything failed."""
    if arguments not in ([], ["--fix"]):
        sys.exit(__doc__)
    for command in FIX if arguments else ():
        _run(command)
    failed = [" ".join(command) for command in CHECKS if _run(command)]
    for command in failed:
        sys.stderr.write(f"Failed: python {command}\n")
    return 1 if failed else 0


def _run(command: tuple[str, ...]) -> int:
    sys.stdout.write(f"== {' '.join(command[:4])}\n")
    sys.stdout.flush()
    done = subprocess.run([sys.executable, *command], cwd=ROOT, check=False)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
