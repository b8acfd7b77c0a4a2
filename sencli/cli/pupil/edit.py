"""``sen pupil edit``: the whole record in the editor."""

from __future__ import annotations

import os
import re

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.editor import Checked
from sencli.cli.shell.editor import Editing
from sencli.cli.shell.editor import kept_draft
from sencli.cli.shell.editor import new_draft
from sencli.cli.shell.editor import unmarked
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import brief
from sencli.cli.shell.writing import save
from sencli.core.record.act import Act
from sencli.core.record.lookup import full_name
from sencli.core.record.types import Record
from sencli.errors import Conflict
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.store.records.draft import Draft
from sencli.store.records.new_ids import with_new_ids

FORM = "The whole record"


@click.command("edit")
@click.argument("who", metavar="PUPIL")
@click.option("--draft", is_flag=True, help="Go on with the draft that was kept.")
@writing
@pass_app
def edit(app: App, *, who: str, draft: bool, fmt: str) -> None:
    """Edit the whole record of PUPIL in your editor; it is checked before it is saved.

    Comments and whatever else you write are kept, and what you add gets its id. If
    something is wrong the editor opens again with the faults marked; your draft is
    never lost (sen draft list).
    """
    from sencli.store.records.records import pupil_path

    pupil = app.pupil_id(who)
    if draft and (kept := app.drafts.of(pupil, FORM)):
        app.resumed = kept[-1]
    elif draft:
        raise NotFound(
            "No draft of this record is kept.",
            f"Without one: sen pupil edit {pupil}\nSee them all: sen draft list",
        )
    _Session(app, pupil_path(pupil), pupil, fmt).run()


class _Session:
    """One record in the editor.

    Args:
        app: the run.
        path: the record's file.
        pupil: the pupil's id.
        fmt: ``text`` or ``json``.
    """

    def __init__(self, app: App, path: str, pupil: str, fmt: str) -> None:
        self._app = app
        self._path = path
        self._pupil = pupil
        self._fmt = fmt
        self._base = app.repo.read_bytes(path).decode()

    def run(self) -> None:
        """Edit and save, or say that nothing was changed."""
        now = self._base
        kept = kept_draft(self._app, self._pupil, FORM)
        if kept is None:
            draft = new_draft(
                self._app, self._pupil, FORM, ".yaml", now, self._shown(now)
            )
            start = self._shown(now)
        else:
            draft = kept
            self._base = draft.base if isinstance(draft.base, str) else now
            text = self._stored(unmarked(draft.text()))
            if not _faults(self._app, self._path, self._base, text):
                text = self._joined(text, now)[0]  # a faulty one is joined once mended
            start = self._shown(text)
            if self._stored(start) == now:
                draft.drop()
                self._app.say("Nothing changed: the records already say so.")
                return
        editing = Editing(self._app, draft, resumed=kept is not None)
        if not editing.text(start, self._check) and kept is None:
            draft.drop()
            self._app.say("Nothing changed: the records already say so.")

    def _check(self, shown: str) -> Checked:
        """Bring the text up to the record as it is now, judge it and save it."""
        typed = with_new_ids(self._path, self._stored(shown))
        now = self._app.repo.read_bytes(self._path).decode()
        if faults := _faults(self._app, self._path, self._base, typed):
            return Checked(self._shown(typed), faults)
        text, clashes = self._joined(typed, now)
        self._base = now  # a clash is told once; what is saved then was decided
        faults = clashes or _faults(self._app, self._path, now, text)
        if not faults:
            self._save(text, now)
        return Checked(self._shown(text), faults)

    def _joined(self, typed: str, now: str) -> tuple[str, list[str]]:
        """The typed record with what was changed meanwhile, item by item; clashes."""
        if now in (self._base, typed):
            return typed, []
        from sencli.core.record.merge import merge
        from sencli.resources import load_schema
        from sencli.store.sync.merge import comments_of
        from sencli.store.text import comments
        from sencli.store.text import dump as emit
        from sencli.store.text import load as yaml_text

        try:
            base, ours, theirs = (
                yaml_text.load(text.encode(), self._path)
                for text in (self._base, typed, now)
            )
        except InvalidValue:
            return typed, []  # the check says what is wrong with the text
        merged = merge(base, ours, theirs, load_schema("pupil"))
        clashes = [
            f"{self._path}: {place}: another command changed this meanwhile; the "
            f"record now says {brief(theirs_now)}. Write what is right, and save."
            for place, (_, theirs_now) in zip(merged.clashes, merged.sides, strict=True)
        ]
        known = comments_of(self._base.encode()) | comments_of(typed.encode())
        clashes += [
            f"{self._path}: a comment was added meanwhile: {line.decode().lstrip('# ')}"
            for line in sorted(comments_of(now.encode()) - known)
        ]
        if merged.record == ours:
            return typed, clashes
        return comments.carry(typed, emit.dumps(merged.record, "pupil")), clashes

    def _save(self, text: str, now: str) -> None:
        def work(draft: Draft) -> Act:
            if draft.read_bytes(self._path) != now.encode():
                raise Conflict(
                    "The record was changed by another command at this moment.",
                    "Save and close once more: what came is taken in.",
                )
            return _put(draft, self._path, text)

        save(self._app, work, self._fmt)

    def _shown(self, text: str) -> str:
        """The text with a schema line that an editor can follow from the draft."""
        return _schema_line(text, self._relative(self._app.drafts.folder))

    def _stored(self, text: str) -> str:
        """The text with the schema line of a record."""
        return _schema_line(text, self._relative(self._app.repo.root / "pupils"))

    def _relative(self, folder: str | os.PathLike[str]) -> str:
        schemas = self._app.repo.root / ".sencli" / "schemas"
        return os.path.relpath(schemas, folder).replace(os.sep, "/")


def _schema_line(text: str, folder: str) -> str:
    """The text with its schema looked for in another folder."""
    pattern = r"\A(# yaml-language-server: \$schema=)\S*/(?=[\w.-]+$)"
    return re.sub(
        pattern, lambda found: f"{found[1]}{folder}/", text, flags=re.MULTILINE
    )


def _put(draft: Draft, path: str, text: str) -> Act:
    """The edited record in canonical form, with the comments in it."""
    from sencli.store.records.cleaning import cleaned_text
    from sencli.store.text import comments
    from sencli.store.text import dump as emit
    from sencli.store.text import load as yaml_text

    text = cleaned_text(path, text)
    record = yaml_text.load(text.encode(), path)
    draft.put(path, record, draft.whole(path))
    canonical = comments.carry(text, emit.dumps(record, "pupil"))
    draft.put_bytes(path, canonical.encode())
    pupil = record["id"]
    said = f"Edited the record of {full_name(record)}."
    return Act(
        {},
        said,
        {"pupil": pupil},
        action="pupil.edit",
        subject=f"Edit the record of {pupil}",
    )


def _faults(app: App, path: str, before: str, typed: str) -> list[str]:
    """Faults of an edited record that it did not have before."""
    from sencli.store.records.draft import judge
    from sencli.store.text import load as yaml_text

    try:
        judge(path, typed.encode())
    except InvalidValue as fault:
        return fault.message.splitlines()
    record = yaml_text.load(typed.encode(), path)
    old = yaml_text.load(before.encode(), path)
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
    """Faults the schema cannot see: references, order of dates, check letter."""
    from sencli.core.checks.integrity import integrity

    repo = app.repo
    found = integrity(record, app.school, repo.provisions(), repo.groups())
    return [
        (f.path, f"{f.message}{f' ({f.mend})' if f.mend else ''}")
        for f in found
        if not f.note
    ]
