"""``sen pupil edit``: the whole record in the editor."""

from __future__ import annotations

import click

from sencli.cli.app import App
from sencli.cli.app import pass_app
from sencli.cli.editor import Editing
from sencli.cli.options import writing
from sencli.cli.save import Said
from sencli.cli.save import Work
from sencli.cli.save import save
from sencli.core.lookup import Record
from sencli.core.lookup import full_name
from sencli.errors import Conflict
from sencli.errors import InvalidValue


@click.command("edit")
@click.argument("who", metavar="PUPIL")
@click.option("--draft", is_flag=True, help="Go on with the draft that was kept.")
@writing
@pass_app
def edit(app: App, *, who: str, draft: bool, fmt: str) -> None:
    """Edit the whole record of PUPIL in your editor; it is checked before it is saved.

    Comments and whatever else you write are kept. If something is wrong the editor
    opens again with the faults marked; your draft is never lost.
    """
    from sencli.store.records import pupil_path

    pupil = app.pupil_id(who)
    path = pupil_path(pupil)
    before = app.repo.read_bytes(path)
    editing = Editing(app, f"{pupil}.yaml")
    start = before.decode()
    if draft and editing.draft.is_file():
        start = editing.draft.read_text("utf-8")
    elif editing.draft.is_file():
        app.tell(
            f"Note: an earlier draft is in {editing.draft}; --draft goes on with it."
        )
        editing = Editing(app, f"{pupil}-2.yaml")
    text = editing.text(start, lambda typed: _faults(app, path, before, typed))
    if text is None:
        app.say("Nothing changed: the records already say so.")
        return
    edited = text

    def work(draft_work: Work) -> Said:
        if draft_work.draft.read_bytes(path) != before:
            raise Conflict(
                "The record was changed meanwhile by another command. Nothing was "
                f"changed; what you typed is kept in {editing.draft}",
                f"See what: sen history {pupil}; then: sen pupil edit {pupil}",
            )
        return _put(draft_work, path, edited)

    save(app, work, fmt)
    editing.done()


def _put(work: Work, path: str, text: str) -> Said:
    """The edited record in canonical form, with the comments in it."""
    from sencli.store import comments
    from sencli.store import emit
    from sencli.store import yaml_text

    record = yaml_text.load(text.encode(), path)
    work.put(path, record)
    canonical = comments.carry(text, emit.dumps(record, "pupil"))
    work.draft.put_bytes(path, canonical.encode())
    pupil = record["id"]
    said = f"Edited the record of {full_name(record)}."
    return Said("pupil.edit", f"Edit the record of {pupil}", [said], {"pupil": pupil})


def _faults(app: App, path: str, before: bytes, typed: str) -> list[str]:
    """What is wrong with an edited record that was not wrong before."""
    from sencli.store import yaml_text
    from sencli.store.draft import judge

    try:
        judge(path, typed.encode())
    except InvalidValue as fault:
        return fault.message.splitlines()
    record = yaml_text.load(typed.encode(), path)
    old = yaml_text.load(before, path)
    if record["id"] != old["id"]:
        return [f"{path}:3: the id of a pupil is never changed: {old['id']}"]
    line = yaml_text.lines(typed)
    known = {fault[1] for fault in _integrity(app, old)}
    return [
        f"{path}:{line(place)}: {words}"
        for place, words in _integrity(app, record)
        if words not in known
    ]


def _integrity(app: App, record: Record) -> list[tuple[tuple[str | int, ...], str]]:
    """What the schema cannot see: references, dates in order, the check letter."""
    from sencli.core.integrity import integrity

    repo = app.repo
    found = integrity(record, app.school, repo.provisions(), repo.groups())
    return [
        (f.path, f"{f.message}{f' ({f.mend})' if f.mend else ''}")
        for f in found
        if not f.note
    ]
