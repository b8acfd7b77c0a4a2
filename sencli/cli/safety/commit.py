"""``sen commit``: commit changes made by hand."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import writing
from sencli.cli.shell.prompts import can_ask
from sencli.cli.shell.prompts import command_line
from sencli.cli.shell.prompts import confirmed
from sencli.cli.shell.writing import SHORT
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import SencliError
from sencli.errors import UsageFault

if TYPE_CHECKING:
    from collections.abc import Callable

    from sencli.core.record.types import Record
    from sencli.store.records.records import Records
    from sencli.store.repository.repository import Message

LISTED = 12


@click.command()
@click.argument("which", nargs=-1, metavar="[PUPIL|FILE]...")
@click.option(
    "--take-out",
    is_flag=True,
    help="Take out of the records what is gone from the folder, without a question.",
)
@writing
@pass_app
def commit(app: App, *, which: tuple[str, ...], take_out: bool, fmt: str) -> None:
    """Take hand edits into the history, if they are valid.

    Without a name: every record that was edited. A faulty one is refused with its
    line, and stays as you left it. Before a record goes you are asked.
    """
    edited = [*app.repo.differing(), *_attachments(app), *_look(app)]
    wanted = [_path(app, name) for name in which]
    for path in wanted:
        if path not in edited:
            raise NotFound(
                f"{path} has not changed since it was last saved: there is nothing "
                "to commit."
            )
    paths = wanted or edited
    _tell_astray(app, paths)
    if not paths:
        app.say("Nothing was edited by hand.")
        return
    _confirm_gone(app, paths, take_out=take_out)
    from sencli.store.records.cleaning import clean_files
    from sencli.store.records.records import schema_of

    clean_files(str(app.repo.root), [path for path in paths if schema_of(path)])
    _refuse_faulty(app, paths)
    _refuse_faulty_look(app, paths)
    _refuse_unsaid(app, paths)
    told = [
        line
        for path in paths
        if schema_of(path)
        for line in _change_sentences(app, path)
    ]
    written = app.repo.adopt(paths, _message(paths))
    if written.warning:
        app.tell(written.warning)
    if fmt == "json":
        import json

        result = {
            "action": "commit",
            "commit": written.commit or None,
            "files": list(written.paths),
            "changes": told,
        }
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
        return
    out = [path for path in written.paths if not os.path.lexists(app.repo.root / path)]
    if taken := [path for path in written.paths if path not in out]:
        app.say(f"Taken in: {', '.join(taken)}")
    if out:
        app.say(f"Taken out: {', '.join(out)}")
    for line in told:
        app.say(f"  {line}")
    app.say(f"  (saved as {written.commit[:SHORT]})")


def _confirm_gone(app: App, paths: list[str], *, take_out: bool) -> None:
    """Ask before removing a record whose file is missing from the folder.

    Raises:
        InvalidValue: it is a file without which there are no records.
        UsageFault: nobody can be asked.
    """
    from sencli.store.records.missing_files import BRING_BACK
    from sencli.store.records.missing_files import RESTORE
    from sencli.store.records.missing_files import missing_sentence
    from sencli.store.records.records import TOP

    gone = [path for path in paths if not os.path.lexists(app.repo.root / path)]
    if not gone:
        return
    if needed := [path for path in gone if path in TOP]:
        raise InvalidValue(
            f"{missing_sentence(needed)} No records can be without it.",
            f"{BRING_BACK}{RESTORE}",
        )
    if take_out:
        return
    if not can_ask():
        raise UsageFault(
            f"{missing_sentence(gone)} Nothing was changed.",
            f"{BRING_BACK}{RESTORE}\n"
            f"If it is right that they go: {command_line('--take-out')}",
        )
    app.tell(missing_sentence(gone))
    app.tell(f"  {BRING_BACK}{RESTORE}")
    confirmed(
        "Take it out of the records"
        if len(gone) == 1
        else "Take them out of the records",
        yes=False,
    )


def _attachments(app: App) -> list[str]:
    """The attachments that come or go with hand edits."""
    from sencli.store.repository.attachments import pending

    try:
        return pending(app.repo.git, app.repo, app.repo.committed())
    except NotFound:
        return []  # nothing has been recorded yet
    finally:
        app.repo.close()


def _look(app: App) -> list[str]:
    """The files of the school's own look that were put there or changed by hand."""
    from sencli.cli.papers.own_templates import used_in
    from sencli.store.repository.look_files import look_files

    found = [one for one in look_files(app.repo) if one.state in {"new", "changed"}]
    school: Record = {}
    with suppress(SencliError):  # its own faults are told with their lines
        school = app.school if found else {}
    return [one.path for one in found if used_in(one.path, school)]


def _tell_astray(app: App, paths: list[str]) -> None:
    """Tell of attachments and schemas that are wrong and not taken in.

    Raises:
        InvalidValue: nothing else was edited.
    """
    from sencli.store.repository.attachments import astray

    try:
        found = astray(app.repo.git, app.repo, app.repo.committed())
    except NotFound:
        return  # nothing has been recorded yet
    finally:
        app.repo.close()
    lines = [
        f"{one.message} To mend it: {one.mend}"
        for one in found
        if one.what != "new" and one.path not in paths
    ]
    if lines and not paths:
        raise InvalidValue("\n  ".join(["Nothing can be taken in.", *lines]))
    for line in lines:
        app.tell(line)


def _path(app: App, typed: str) -> str:
    from sencli.store.records.records import REPORTS
    from sencli.store.records.records import pupil_path

    known = {"school", "provisions", "groups"}
    if typed.removesuffix(".yaml") in known:
        return f"{typed.removesuffix('.yaml')}.yaml"
    if (report := f"reports/{typed.removesuffix('.yaml')}.yaml") in REPORTS:
        return report
    if "/" in typed or typed.endswith(".yaml"):
        return typed
    return pupil_path(app.pupil_id(typed))


def _refuse_faulty(app: App, paths: list[str]) -> None:
    """Refuse faults of text, schema and references; one message with every place."""
    from sencli.store.records.check import check_files

    there = [p for p in paths if (app.repo.root / p).exists()]
    problems = [p for p in check_files(app.repo.root, there) if not p.note]
    if not problems:
        return
    lines = [f"{p.file}:{p.line}: {p.message}" for p in problems[:LISTED]]
    if len(problems) > LISTED:
        lines.append(f"and {len(problems) - LISTED} more")
    raise InvalidValue(
        "This cannot be taken in as it stands. Your edit is kept.\n  "
        + "\n  ".join(lines),
        "Mend the lines and type sen commit again, or go back to what was saved: "
        f"git checkout -- {problems[0].file}",
    )


def _refuse_faulty_look(app: App, paths: list[str]) -> None:
    """Refuse templates and wording with which no paper can be printed."""
    from sencli.cli.papers.own_templates import fault_of

    if any(path.startswith("templates/") for path in paths) and (
        fault := fault_of(app.repo.root / "templates")
    ):
        raise InvalidValue(fault, "Mend it, then: sen commit")


def _refuse_unsaid(app: App, paths: list[str]) -> None:
    """Refuse what nobody can have said: ``...``, ``DATE``, days to come."""
    from sencli.cli.shell.writing import refuse_added
    from sencli.core.checks.future_events import refuse_ahead
    from sencli.store.records.records import schema_of

    for path in paths:
        if schema_of(path) and (app.repo.root / path).exists():
            old = _read(app.repo.committed, path)
            app.repo.close()
            new = _read(lambda: app.repo, path)
            if new is not None:
                refuse_added(path, old, new, app.repo.read)
                if path.startswith("pupils/"):
                    refuse_ahead(old, new, app.today)


def _read(source: Callable[[], Records], path: str) -> Record | None:
    """A record, or None where it cannot be read or was never committed."""
    try:
        return source().read(path)
    except (SencliError, OSError):
        return None


def _change_sentences(app: App, path: str) -> list[str]:
    from sencli.cli.safety.history import name_of
    from sencli.cli.safety.history import recounted

    old = _read(app.repo.committed, path)
    app.repo.close()
    new = _read(lambda: app.repo, path)
    whose = name_of(path, new, old)
    return [f"{whose}: {line}" for line in recounted(app, path, old, new)]


def _message(paths: list[str]) -> Message:
    from sencli.store.records.records import pupil_of
    from sencli.store.repository.repository import Message as Saying

    names = [pupil_of(path) or path.removesuffix(".yaml") for path in paths]
    few = names[0] if len(names) == 1 else f"{len(names)} records"
    return Saying("commit", f"Take in what was edited by hand in {few}")
