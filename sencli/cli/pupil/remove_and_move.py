"""``sen remove`` and ``sen move``: correct an entry made in the wrong place."""

from __future__ import annotations

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import writing
from sencli.cli.shell.prompts import confirmed
from sencli.cli.shell.writing import Manner
from sencli.cli.shell.writing import of_pupil
from sencli.cli.shell.writing import save
from sencli.core.record.act import Act
from sencli.core.record.types import Record
from sencli.errors import InvalidValue
from sencli.errors import UsageFault
from sencli.store.records.draft import Draft


@click.command("remove")
@click.argument("who", metavar="PUPIL")
@click.argument("item", metavar="ITEM", nargs=-1, required=True)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--with-references", is_flag=True, help="And all that refers to it.")
@click.option("--reason", type=WORDS, help="Why; noted as a correction.")
@writing
@pass_app
def remove(
    app: App,
    *,
    who: str,
    item: tuple[str, ...],
    yes: bool,
    with_references: bool,
    reason: str | None,
    fmt: str,
) -> None:
    """Take out what landed by mistake.

    ITEM is an id or path as sen history prints it, a kind and number ("outcome 1"), or
    words of it. It stays in the history.
    """
    from sencli.core.record.remove import remove as taken
    from sencli.resources import load_schema
    from sencli.store.records.records import pupil_path

    root, pupil = load_schema("pupil"), app.find_pupil(who)
    if item == ("pupil",):
        raise UsageFault(
            "A pupil is not taken out like an item.",
            f"Who leaves: sen pupil leave {pupil.id} --date DATE\n"
            "What was just added by mistake: sen undo\n"
            f"For good, out of the whole history: sen erase {pupil.id}",
        )
    record = app.repo.pupil(pupil.id)
    # worked out once to say what would go, and again on what is committed
    act = taken(record, " ".join(item), root, with_references=with_references)
    path = str(act.ids["removed"])
    if not yes:
        app.tell(act.said.replace("Removed from", "To be taken out of", 1))
    confirmed("Take it out?", yes=yes)

    manner = Manner(fmt, correct=reason is not None, reason=reason)

    def work(draft: Draft) -> Act:
        record = draft.read(pupil_path(pupil.id))
        done = taken(record, path, root, with_references=with_references)
        _drop_file(draft, record, done.record)
        return of_pupil(done, pupil.id, "remove", f"Remove an item of {pupil.id}")

    save(app, work, fmt, manner)


@click.command("move")
@click.argument("who", metavar="PUPIL")
@click.argument("item", metavar="ITEM", nargs=-1, required=True)
@click.option("--to", "other", metavar="OTHER", required=True, help="The right pupil.")
@click.option("--reason", type=WORDS, help="Why; noted as a correction in both.")
@writing
@pass_app
def move(
    app: App,
    *,
    who: str,
    item: tuple[str, ...],
    other: str,
    reason: str | None,
    fmt: str,
) -> None:
    """Move an item to the right pupil.

    ITEM as for sen remove. What belongs to it (measurements, sessions) goes with it; an
    item of a cycle needs an open cycle there.
    """
    from sencli.core.record.move import move as moved
    from sencli.resources import load_schema
    from sencli.store.records.records import pupil_path

    typed = " ".join(item)
    source, target = app.find_pupil(who), app.find_pupil(other)
    paths = pupil_path(source.id), pupil_path(target.id)
    manner = Manner(fmt, correct=reason is not None, reason=reason)

    def work(draft: Draft) -> Act:
        first, second = map(draft.read, paths)
        new_id = app.new_ids(first, second)
        done = moved(first, typed, second, load_schema("pupil"), new_id)
        into = _move_files(draft, first, done.source, done.target)
        return Act(
            {},
            done.said,
            done.ids,
            done.warnings,
            (("Pupil", source.id), ("Pupil", target.id)),
            dict(zip(paths, (done.source, into), strict=True)),
            "move",
            f"Move an item of {source.id} to {target.id}",
        )

    save(app, work, fmt, manner)


def _drop_file(draft: Draft, old: Record, new: Record) -> None:
    """Delete the attachment of a removed entry."""
    for name in _files_gone(old, new):
        if draft.exists(path := f"documents/{old['id']}/{name}"):
            draft.delete(path)


def _move_files(draft: Draft, old: Record, new: Record, into: Record) -> Record:
    """Move the attachment of a moved entry to the other pupil's folder.

    Returns the other's record, in which each such entry has its file's fingerprint.
    """
    from sencli.core.pupil.documents import with_fingerprint

    for name in _files_gone(old, new):
        path, to = f"documents/{old['id']}/{name}", f"documents/{into['id']}/{name}"
        if not draft.exists(path):
            continue
        if draft.exists(to):
            raise InvalidValue(
                f"The other pupil has a document {name} already.",
                "Attach it there under another name, and remove it here.",
            )
        data = draft.read_bytes(path)
        draft.put_bytes(to, data)
        draft.delete(path)
        into = with_fingerprint(into, name, data)
    return into


def _files_gone(old: Record, new: Record) -> list[str]:
    kept = {d["file"] for d in new.get("documents", ())}
    return [d["file"] for d in old.get("documents", ()) if d["file"] not in kept]
