"""``sen history``: who changed what, when."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli.app import App
from sencli.cli.app import pass_app
from sencli.cli.options import PAST
from sencli.cli.options import output
from sencli.cli.show import emit
from sencli.cli.show import format_of

if TYPE_CHECKING:
    from sencli.core.audit import Event
    from sencli.documents.history import Form
    from sencli.store.history import Version

FORMATS = ("text", "table", "json", "csv", "md")
FILES = {
    "school": "school.yaml",
    "provisions": "provisions.yaml",
    "catalogue": "provisions.yaml",
    "groups": "groups.yaml",
}
_FORMS: dict[str, Form] = {
    **dict.fromkeys(("table", "csv", "md"), "table"),
    "json": "data",
}
RECENT = 20


@click.command("history")
@click.argument("who", metavar="[PUPIL|school|provisions|groups]", required=False)
@click.argument("item", metavar="[ITEM]", required=False)
@click.option("--since", type=PAST, help="Only what was recorded from that day on.")
@click.option(
    "--limit", type=click.IntRange(1), help="Only so many commits, the newest."
)
@output(*FORMATS)
@pass_app
def history(
    app: App,
    *,
    who: str | None,
    item: str | None,
    since: str | None,
    limit: int | None,
    fmt: str | None,
    output: str | None,
    force: bool,
) -> None:
    """Who changed what, when.

    Without a pupil: the newest changes of all records. ITEM is an id or path as
    printed with --format json, "outcome 1", or words of it.
    """
    from sencli.documents.history import history_view
    from sencli.store.boundary import remark

    title, events, steady = _events(app, who, since, limit)
    if item is not None and steady:
        events = _about(app, steady, item, events)
    if since is not None:
        events = [e for e in events if e.date[:10] >= since]
    events = events[:limit] if limit else events
    wanted = format_of(fmt, output, "text", FORMATS)
    form: Form = _FORMS.get(wanted, "prose")
    view = history_view(title, app.school, app.today, events, form)
    emit(app, [view], fmt, output, force=force, default="text", choices=FORMATS)
    if word := remark(str(app.repo.root)):
        app.tell(word)


def _events(
    app: App, who: str | None, since: str | None, limit: int | None
) -> tuple[str, list[Event], str]:
    """The title, the events, and the pupil's id where one was named."""
    from sencli.core.audit import from_plain
    from sencli.store.history import told
    from sencli.store.records import pupil_path

    if who is None:
        commits = limit or (0 if since else RECENT)
        return "Newest changes", events_of(app, app.repo.recent(commits)), ""
    if (file := FILES.get(who.casefold().removesuffix(".yaml"))) is not None:
        return f"History of {file}", events_of(app, app.repo.history(file)), ""
    found = app.find_pupil(who)
    teller = _Teller(app)
    path = pupil_path(found.id)
    events = told(app.repo.git, path, teller.events, teller.plain, from_plain)
    return f"History of {found.shown}", events, found.id


def events_of(app: App, versions: list[Version]) -> list[Event]:
    """The versions told; what one commit did to several files is one event."""
    return _Teller(app).events(versions)


class _Teller:
    """Tells versions.

    Args:
        app: has the school's names.
    """

    def __init__(self, app: App) -> None:
        self._books = _books(app)
        self._muddled = False

    def plain(self, events: list[Event]) -> list[Any] | None:
        """What was told last as JSON-shaped data; None where a record was not sound.

        What a hand has muddled, JSON might not give back as it was.
        """
        from sencli.core.audit import plain

        return None if self._muddled else [plain(event) for event in events]

    def events(self, versions: list[Version]) -> list[Event]:
        """The versions told; what one commit did to several files is one event."""
        from sencli.core.audit import Event
        from sencli.core.audit import event
        from sencli.store.fitting import Fitting
        from sencli.store.records import schema_of
        from sencli.store.schema import document

        self._muddled = False
        told: dict[str, Event] = {}
        # what one version became the next one was: each is judged once
        judged: dict[int, bool] = {}
        judges: dict[str, Fitting] = {}
        for version in versions:
            name = schema_of(version.path)
            both = [r for r in (version.old, version.new) if r is not None]
            for record in both:
                if id(record) not in judged:
                    judge = judges.get(name) or judges.setdefault(name, Fitting(name))
                    judged[id(record)] = judge.fits(record)
            valid = all(judged[id(record)] for record in both)
            self._muddled = self._muddled or not valid
            made = event(version, document(name), self._books, valid=valid)
            before = told.get(version.commit)
            if before is not None:
                changes = (*before.changes, *made.changes)
                made = Event(
                    before.commit,
                    before.date,
                    before.author,
                    before.action,
                    before.summary,
                    changes,
                )
            told[version.commit] = made
        return list(told.values())


def _books(app: App) -> dict[str, Any]:
    """Names of provisions, groups and staff by key, id and initials."""
    from sencli.errors import SencliError

    names: dict[str, Any] = {}
    try:
        school, catalogue = app.repo.school(), app.repo.provisions()
        names.update({s["initials"]: s["name"] for s in school.get("staff", ())})
        names.update({p["key"]: p["name"] for p in catalogue.get("provisions", ())})
        groups = app.repo.groups().get("groups", ())
        names.update({g["id"]: g["name"] for g in groups})
    except SencliError:
        # history is read when something is wrong, too: then codes stand for names
        return names
    return names


def _about(app: App, pupil_id: str, item: str, events: list[Event]) -> list[Event]:
    """The events that touch one item, also where it has been taken out since."""
    from sencli.core.audit import about
    from sencli.core.items import the_item
    from sencli.errors import NotFound
    from sencli.store.schema import document

    try:
        place = the_item(app.repo.pupil(pupil_id), item, document("pupil"))
    except NotFound:
        gone = list(about(events, item, {item}))
        if gone:
            return gone
        raise
    own = place.value.get("id") if isinstance(place.value, dict) else None
    return list(about(events, place.path, {own} if own else ()))
