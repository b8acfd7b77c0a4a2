"""Who said what, and who does what: options and forms of cycles and of meetings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import stacked

if TYPE_CHECKING:
    from sencli.core.record.types import Entry

VIEWS = stacked(
    click.option("--parent-view", type=WORDS, help="What parents said."),
    click.option("--pupil-view", type=WORDS, help="What the pupil said."),
    click.option(
        "--view",
        type=WORDS,
        multiple=True,
        help='What somebody said: "KM: He joins in more" (repeatable).',
    ),
    click.option("--how", type=LINE, help="How views were gathered: talk, drawing."),
)
DOES = stacked(
    click.option("--school-does", type=WORDS, help="What the school does."),
    click.option("--parent-does", type=WORDS, help="What parents do."),
    click.option("--pupil-does", type=WORDS, help="What the pupil does."),
)
VIEW_HEADINGS = {
    "parent_view": "What parents said",
    "pupil_view": "What the pupil said",
}
DOES_HEADINGS = {
    "school_does": "What the school does",
    "parent_does": "What parents do",
    "pupil_does": "What the pupil does",
}


def views(part: Entry) -> dict[str, str]:
    """The pupil's words and the first that are not the pupil's, by their options."""
    found: dict[str, str] = {}
    for view in part.get("views", ()):
        name = "pupil_view" if view["of"] == "pupil" else "parent_view"
        found.setdefault(name, view["text"])
    return found


def doing(part: Entry) -> dict[str, str]:
    """What each does, by their options."""
    return {f"{who}_does": t for who, t in part.get("responsibilities", {}).items()}
