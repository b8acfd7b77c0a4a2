"""``sen find``: search all text of all records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import leave_out
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.app import whole_school
from sencli.cli.shell.options import clocks
from sencli.cli.shell.options import listing
from sencli.core.record.lookup import display_name
from sencli.core.text.folding import fold
from sencli.errors import SencliError
from sencli.errors import UsageFault

if TYPE_CHECKING:
    from sencli.cli.shell.app import Reading
    from sencli.core.record.search import Hit


@click.command("find")
@click.argument("words", nargs=-1, required=True)
@click.option("--pupil", "who", metavar="PUPIL", help="In one record only.")
@click.option("--restricted", is_flag=True, help="Show what is marked restricted too.")
@clocks
@listing
@pass_app
def find_words(
    app: App,
    *,
    words: tuple[str, ...],
    who: str | None,
    restricted: bool,
    as_at: str | None,
    known_at: str | None,
    fmt: str | None,
    output: str | None,
    force: bool,
) -> None:
    """Search all text of all records.

    A field is found that holds all the WORDS; several in quotation marks are a phrase.
    Capitals and accents do not count.
    """
    from sencli.cli.shell.output import emit
    from sencli.core.text.folding import sort_key
    from sencli.documents.lists.search_results import search_results

    if not all(fold(word) for word in words):
        raise UsageFault("There is nothing to search for.", "sen find reading")
    reading = app.read(known_at, as_at)
    if who is None:
        if reading.source is app.repo:
            whole_school(app)
        pupils = reading.source.pupil_ids()
    else:
        pupils = [app.pupil_id(who, reading.source)]
    hits: list[tuple[str, str, Hit]] = []
    for pupil in pupils:
        try:
            hits += _in_record(reading, pupil, words)
        except SencliError as fault:
            leave_out(app, [fault])
    hits.sort(key=lambda hit: sort_key(hit[1]))
    view = search_results(
        hits, words, reading.school, reading.day, restricted=restricted
    )
    emit(app, [view], fmt, output, force=force)


def _in_record(
    reading: Reading, pupil: str, words: tuple[str, ...]
) -> list[tuple[str, str, Hit]]:
    """The hits in one record; a file without the words is not even parsed."""
    from sencli.core.record.search import Wanted
    from sencli.core.record.search import search
    from sencli.resources import load_schema
    from sencli.store.records.records import pupil_path

    text = reading.source.read_bytes(pupil_path(pupil)).decode("utf-8", "replace")
    if not all(Wanted(word).may_stand_in(text) for word in words):
        return []
    record = reading.pupil(pupil)
    name = display_name(record)
    return [(pupil, name, hit) for hit in search(record, words, load_schema("pupil"))]
