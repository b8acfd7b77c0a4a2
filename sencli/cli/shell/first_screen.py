"""A first screen at a terminal: as many lines of a list as it has rows for."""

from __future__ import annotations

import re
from collections.abc import Callable
from shutil import get_terminal_size
from typing import TYPE_CHECKING

from sencli.cli.shell.app import marked
from sencli.cli.shell.output import put
from sencli.cli.shell.output import rendered
from sencli.cli.shell.pager import rows

if TYPE_CHECKING:
    from sencli.cli.shell.app import App
    from sencli.documents.view import View

_RULED = re.compile(r"(?m)^(-+)\n\n")


def show(app: App, made: Callable[[int], View], most: int, under: str = "") -> int:
    """Show the most lines with which all of it, and the prompt, is on the screen.

    Args:
        app: the command's.
        made: the screen with so many lines.
        most: how many there are.
        under: what stands below it.

    Returns:
        How many lines it has.
    """
    size = get_terminal_size()
    wanted = max(1, min(most, size.lines))
    while True:
        views = marked(app, [made(wanted)], "text")
        text = rendered(app, views, "text").decode("utf-8", "replace")
        text = "\n".join((_RULED.sub(r"\1\n", text).rstrip(), under))
        if wanted == 1 or rows(text, size.columns) < size.lines:
            put(app, text.encode("utf-8", "backslashreplace"), None)
            return min(wanted, most)
        wanted -= 1
