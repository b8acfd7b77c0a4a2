"""The README's two lines stand for Linux and macOS, and for Windows: the same words."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from tests.cases import each_case

README = (Path(__file__).resolve().parent.parent / "README.md").read_text("utf-8")


def lines(language: str) -> dict[str, str]:
    """The commented lines of the first block in that language."""
    found = re.search(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)
    assert found is not None
    words = found[1].splitlines()
    return {
        above.removeprefix("# "): line
        for above, line in pairwise(words)
        if above.startswith("# ")
    }


def on_windows(line: str) -> str:
    """A POSIX line as PowerShell 5 takes it, which has no ``&&``."""
    line = re.sub(r"\.venv/bin/(\w+)", r".venv\\Scripts\\\1", line)
    return re.sub(r"^python3 ", "py ", line).replace(" && ", "; ")


@each_case("which", ["see it work", "pass the tests"])
def test_both_forms_say_the_same(which: str) -> None:
    assert lines("powershell")[which] == on_windows(lines("sh")[which])


def test_there_are_two() -> None:
    assert (
        list(lines("sh"))
        == list(lines("powershell"))
        == [
            "see it work",
            "pass the tests",
        ]
    )
