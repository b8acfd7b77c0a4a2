"""Advice for whoever prints a paper: what its reader may find hard to understand."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sencli.core.text.plural import plural
from sencli.errors import InvalidValue

if TYPE_CHECKING:
    from sencli.cli.shell.app import App
    from sencli.cli.shell.app import Reading
    from sencli.core.papers.plain_english import Remark
    from sencli.core.record.types import Record
    from sencli.documents.made_in.wording import Wording
    from sencli.documents.view import View


class Look:
    """The checks for papers, made once for all of them.

    Args:
        reading: the records.
        words: the school's wording.
        for_parents: whether parents read them: readers of the trade know its words, and
            are told of other children only.
    """

    def __init__(self, reading: Reading, words: Wording, *, for_parents: bool) -> None:
        from sencli.core.papers.plain_english import Guard
        from sencli.core.school.settings import settings
        from sencli.resources import load_schema
        from sencli.store.repository.pupil_names import pupil_names

        self._schema = load_schema("pupil")
        self._for_parents = for_parents
        self._guard = Guard(
            words.section("jargon"),
            pupil_names(reading.source),
            [str(person["name"]) for person in reading.school.get("staff", ())],
            settings(reading.school).reading_age,
        )

    def __call__(self, record: Record, view: View) -> list[Remark]:
        """Jargon, codes, other children's names and hard sentences on one paper."""
        from sencli.core.papers.plain_english import texts
        from sencli.formats import render

        printed = render([view], "text").decode()
        found = self._guard.remarks(texts(record, self._schema, printed), record)
        return [made for made in found if made.kind == "name" or self._for_parents]


def tell(
    app: App,
    views: Sequence[View],
    remarks: Sequence[tuple[Record, Remark]] = (),
    *,
    strict: bool,
) -> None:
    """Print advice and remarks on the papers, each once.

    Raises:
        InvalidValue: there is something grave, and the order is strict.
    """
    from sencli.core.record import lookup

    asides = list(dict.fromkeys(aside for view in views for aside in view.asides))
    for aside in asides:
        _say(app, aside.message, aside.command)
    found: dict[tuple[str, str], str] = {}
    for record, remark in remarks:
        message = f"{lookup.display_name(record)}: {remark.message}"
        found.setdefault((str(record["id"]), message), remark.command)
    for (_, message), command in found.items():
        _say(app, message, command)
    count = len(found) + sum(aside.grave for aside in asides)
    if strict and count:
        raise InvalidValue(
            f"{plural(count, 'place')} should be changed before "
            "this is printed (see above); nothing was printed.",
            "Change them, or leave --strict out.",
        )


def _say(app: App, message: str, command: str) -> None:
    app.tell(message)
    if command:
        app.tell(f"     {command}")
