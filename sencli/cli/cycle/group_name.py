"""A teaching group is never named after a pupil."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sencli.errors import InvalidValue

if TYPE_CHECKING:
    from sencli.cli.shell.app import App


def refuse_pupils_name(app: App, group: str) -> None:
    """Refuse a group's name that is a pupil's: it stands beside the records.

    Raises:
        InvalidValue: a first and a family name of one pupil stand in it.
    """
    from sencli.core.text.names_in_text import names_pupil
    from sencli.store.repository.pupil_names import pupil_names

    for pupil in pupil_names(app.repo):
        given = (pupil.first_name, pupil.known_as)
        if any(names_pupil(group, first, pupil.last_name) for first in given if first):
            raise InvalidValue(
                "A group's name must not be a pupil's.",
                'Call it after the support, such as "Phonics 2".',
            )
