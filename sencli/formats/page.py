"""html: one page that needs nothing beside it and prints well from a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sencli.formats.typeset import typeset

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sencli.documents.view import View
    from sencli.formats import Asked


def write(views: Sequence[View], asked: Asked) -> bytes:
    """One page, each view an article that begins on paper of its own."""
    return typeset(views, "html", asked)
