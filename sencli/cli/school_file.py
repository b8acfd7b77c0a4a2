"""Changing one of the files at the top: the school, the catalogue, the groups."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sencli.cli.save import Said
from sencli.cli.save import Work
from sencli.cli.save import save

if TYPE_CHECKING:
    from sencli.cli.app import App
    from sencli.core.act import Act
    from sencli.core.types import Record

SCHOOL = "school.yaml"
PROVISIONS = "provisions.yaml"
GROUPS = "groups.yaml"


def save_file(
    app: App,
    path: str,
    verb: Callable[[Record], Act],
    *,
    action: str,
    subject: str,
    fmt: str = "text",
) -> None:
    """Change one file of the school's by a verb of the core; one commit."""

    def work(draft: Work) -> Said:
        act = verb(draft.read(path))
        draft.put(path, act.record)
        return Said(action, subject, [act.said], act.ids, act.warnings, act.trailers)

    save(app, work, fmt)
