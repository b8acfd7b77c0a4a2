"""Fit a pupil's case to two pages by shortening its history."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sencli.cli.shell.app import App
    from sencli.documents.view import View

_MOST = 128
"""Entries that are looked at: more have never had room on two pages."""


def fitted(app: App, most: int, build: Callable[[int], View]) -> View:
    """The case with as many entries of its history as have room.

    Args:
        app: the run.
        most: how many pages it keeps to.
        build: makes it with at most so many entries.
    """
    from sencli.documents.pupil.case import FEWEST

    few, many = FEWEST, _MOST
    view = build(many)
    if _fits(app, view, most):
        return view
    best = build(few)
    while few < many - 1:
        middle = (few + many) // 2
        view = build(middle)
        if _fits(app, view, most):
            few, best = middle, view
        else:
            many = middle
    return best


def _fits(app: App, view: View, most: int) -> bool:
    from sencli.cli.shell.output import own_templates
    from sencli.formats import render
    from sencli.formats.typst.pdf import pages

    return pages(render([view], "pdf", templates=own_templates(app))) <= most
