"""``sen history``: who changed what, when."""

from __future__ import annotations

from itertools import groupby
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING
from typing import Any

import click

from sencli import terms
from sencli.cli.shell.app import App
from sencli.cli.shell.app import names_of_school
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import output
from sencli.cli.shell.output import emit
from sencli.cli.shell.output import format_of
from sencli.cli.shell.output import pour
from sencli.errors import NotFound
from sencli.errors import SencliError
from sencli.value import replace

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Iterator

    from sencli.core.audit.events import Event
    from sencli.core.record.types import Record
    from sencli.documents.lists.history import Form
    from sencli.store.history.versions import Version


FILES = {
    "school": "school.yaml",
    "provisions": "provisions.yaml",
    "catalogue": "provisions.yaml",
    "groups": "groups.yaml",
    "inclusion-strategy": "reports/inclusion-strategy.yaml",
    "information-report": "reports/information-report.yaml",
    "governors": "reports/governors.yaml",
}
_FORMS: dict[str, Form] = {
    **dict.fromkeys(("text", "html", "pdf", "docx"), "prose"),
    "json": "data",
}
RECENT = 20
MOST = 50
"""Records of one commit that are told; the rest is counted."""


@click.command("history")
@click.argument(
    "who", metavar="[PUPIL|school|provisions|groups|REPORT]", required=False
)
@click.argument("item", metavar="[ITEM]", required=False)
@click.option("--since", type=PAST, help="Only what was recorded from that day on.")
@click.option(
    "--limit", type=click.IntRange(1), help="Only so many commits, the newest."
)
@click.option(
    "--all", "every", is_flag=True, help="Every record of a commit of very many."
)
@output(*terms.FORMATS)
@pass_app
def history(
    app: App,
    *,
    who: str | None,
    item: str | None,
    since: str | None,
    limit: int | None,
    every: bool,
    fmt: str | None,
    output: str | None,
    force: bool,
) -> None:
    """Who changed what, when.

    Without a pupil: the newest changes of all records. ITEM is an id or path as
    printed with --format json, "outcome 1", or words of it.
    """
    from sencli.documents.lists.history import history_head
    from sencli.documents.lists.history import history_view
    from sencli.documents.lists.history import told_in_turn
    from sencli.store.git.partial_clone import remark

    wanted = format_of(fmt, output, "text")
    form: Form = _FORMS.get(wanted, "table")
    # of what is put into words the fields need not be kept
    teller = _Teller(app, lean=form != "data" and item is None)
    title, events, steady = _events(
        app, teller, who, since, limit, 0 if every else MOST
    )
    if item is not None and steady:
        events = _about(app, steady, item, [*events])
    if since is not None:
        events = (e for e in events if e.date[:10] >= since)
    events = islice(events, limit)
    told = (title, app.school, app.today)
    if output is None and wanted in {"text", "json"}:
        # a commit may be of thousands of records, a history of thousands of commits
        pour(app, history_head(*told), *told_in_turn(events), wanted)
    else:
        view = history_view(*told, [*events], form)
        emit(app, [view], fmt, output, force=force, default="text")
    if word := remark(str(app.repo.root)):
        app.tell(word)


def _events(
    app: App,
    teller: _Teller,
    who: str | None,
    since: str | None,
    limit: int | None,
    most: int,
) -> tuple[str, Iterable[Event], str]:
    """The title, the events, and the pupil's id where one was named."""
    from sencli.core.audit.events import from_plain
    from sencli.store.history.versions import describe
    from sencli.store.history.versions import recent
    from sencli.store.records.records import pupil_path

    if who is None:
        commits = limit or (0 if since else RECENT)
        found = recent(app.repo.git, commits, most=most)
        return "Newest changes", teller.events(found), ""
    if (file := FILES.get(who.casefold().removesuffix(".yaml"))) is not None:
        return f"History of {file}", teller.events(app.repo.history(file)), ""
    pupil = app.find_pupil(who)
    path = pupil_path(pupil.id)
    events = describe(app.repo.git, path, teller.listed, teller.plain, from_plain)
    earlier = _elsewhere(app, pupil.id)
    return f"History of {pupil.shown}", [*events, *earlier], pupil.id


def _elsewhere(app: App, pupil_id: str) -> Iterator[Event]:
    """What was recorded at other schools, as it came with the pupil's record."""
    import json

    from sencli.core.handover.arriving import HISTORY
    from sencli.core.handover.arriving import events_of_history

    try:
        entries = app.repo.pupil(pupil_id).get("documents", ())
    except SencliError:
        return  # history is read when something is wrong, too
    for entry in entries:
        if entry.get("kind") != HISTORY:
            continue
        try:
            data = app.repo.read_bytes(f"documents/{pupil_id}/{entry['file']}")
            yield from events_of_history(json.loads(data), entry.get("from", ""))
        except (SencliError, ValueError) as fault:
            app.tell(f"Note: {entry['title']} cannot be read: {fault}")


def events_of(app: App, versions: list[Version]) -> list[Event]:
    """Events from versions; one commit's changes to several files are one event."""
    return _Teller(app).listed(versions)


class _Teller:
    """Tells versions.

    Args:
        app: has the school's names.
        lean: whether what changed is told in sentences alone, without its fields.
    """

    def __init__(self, app: App, *, lean: bool = False) -> None:
        self._lean = lean
        self._books = names_of_school(app)
        self._muddled = False
        self._last: tuple[Record, bool] | None = None

    def plain(self, events: list[Event]) -> list[Any] | None:
        """The last event as JSON data; None if a record was invalid.

        What a hand has muddled, JSON might not give back as it was.
        """
        from sencli.core.audit.events import plain

        return None if self._muddled else [plain(event) for event in events]

    def listed(self, versions: Iterable[Version]) -> list[Event]:
        """All of the events."""
        return [*self.events(versions)]

    def events(self, versions: Iterable[Version]) -> Iterator[Event]:
        """Events from versions; one commit's changes to several files are one event."""
        self._muddled = False
        for _, together in groupby(map(self._told, versions), attrgetter("commit")):
            first, *others = together
            more = (change for one in others for change in one.changes)
            yield replace(first, changes=(*first.changes, *more)) if others else first

    def _told(self, version: Version) -> Event:
        """One version as an event."""
        from sencli.core.audit.events import counted
        from sencli.core.audit.events import event
        from sencli.core.audit.events import lean
        from sencli.resources import load_schema
        from sencli.store.records.records import schema_of

        name = schema_of(version.path)
        both = [
            self._fits(r, name) for r in (version.new, version.old) if r is not None
        ]
        valid = all(both)
        self._muddled = self._muddled or not valid
        made = event(version, load_schema(name), self._books, valid=valid)
        made = counted(made, version.more) if version.more else made
        return lean(made) if self._lean else made

    def _fits(self, record: Record, schema: str) -> bool:
        """Whether it fits; what one version became the next was: judged once."""
        from sencli.store.text.schema import fits

        if self._last is None or self._last[0] is not record:
            self._last = record, fits(record, schema)
        return self._last[1]


def _about(app: App, pupil_id: str, item: str, events: list[Event]) -> list[Event]:
    """The events that touch one item, also where it has been taken out since."""
    from sencli.core.audit.events import about
    from sencli.core.record.items import the_item
    from sencli.resources import load_schema

    try:
        place = the_item(app.repo.pupil(pupil_id), item, load_schema("pupil"))
    except NotFound:
        gone = list(about(events, item, {item}))
        if gone:
            return gone
        raise
    own = place.value.get("id") if isinstance(place.value, dict) else None
    return list(about(events, place.path, {own} if own else ()))


def recounted(app: App, path: str, old: Record | None, new: Record | None) -> list[str]:
    """The changes of one file, a sentence each."""
    from sencli.store.history.versions import Version
    from sencli.store.records.records import schema_of

    if old is None and new is None:
        return [f"{path} changes"]
    if not schema_of(path):
        return [f"{path} is {'taken away' if new is None else 'put back'}"]
    version = Version("", "", "", "", "", path, old, new, "")
    return [
        line
        for event in events_of(app, [version])
        for change in event.changes
        for line in change.lines
    ]


def name_of(path: str, *records: Record | None) -> str:
    """The pupil whose record a file is, or the file's name."""
    from sencli.core.record.lookup import display_name

    for record in records:
        if record is not None and "first_name" in record:
            return display_name(record)
    return path
