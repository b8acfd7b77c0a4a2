"""What the one who prints is told of a paper, and the paper does not say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sencli.errors import InvalidValue

if TYPE_CHECKING:
    from sencli.cli.shell.app import App
    from sencli.documents.view import View


def tell(app: App, views: Sequence[View], *, strict: bool = False) -> None:
    """Say what stands beside the papers, each thing once.

    Raises:
        InvalidValue: one is grave, and the order is strict.
    """
    found = list(dict.fromkeys(aside for view in views for aside in view.asides))
    for aside in found:
        app.tell(aside.message)
        if aside.command:
            app.tell(f"     {aside.command}")
    if strict and (grave := sum(aside.grave for aside in found)):
        raise InvalidValue(
            f"{grave} place{'' if grave == 1 else 's'} should be changed before "
            "this is printed (see above); nothing was printed.",
            "Change them, or leave --strict out.",
        )
