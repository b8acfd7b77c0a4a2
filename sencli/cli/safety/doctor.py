"""``sen doctor``: is this computer, and this folder, fit to keep the records?"""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import listing
from sencli.cli.shell.output import emit
from sencli.errors import SencliError

if TYPE_CHECKING:
    from sencli.store.files.check_result import CheckResult

BAD = frozenset({"fault"})
ROUNDS = 6


@click.command()
@click.option("--fix", is_flag=True, help="Mend what is safe to mend.")
@listing
@pass_app
def doctor(
    app: App, *, fix: bool, fmt: str | None, output: str | None, force: bool
) -> int:
    """Look at git, the folder and the computer; say how to mend what is wrong."""
    from sencli.documents.lists.listing import listing as listed
    from sencli.documents.view import Column
    from sencli.store.verify.doctor import examine
    from sencli.store.verify.fix import mend

    shut = _shut(app)
    found = shut or _all(app, examine(app.repo))
    for _ in range(ROUNDS if fix and not shut else 0):
        done = mend(app.repo, found)
        for line in done:
            app.tell(line)
        before, found = found, _all(app, examine(app.repo))
        if not done or found == before:
            break  # one thing mended may show the next
    columns = (
        Column("level", "Level"),
        Column("code", "What"),
        Column("message", "What was found"),
        Column("mend", "To mend it", "command"),
        Column("fixable", "--fix", "yes"),
    )
    rows = [
        {
            "level": f.level,
            "code": f.code,
            "message": f.message,
            "mend": f.mend,
            "fixable": f.fixable,
        }
        for f in found
    ]
    view = listed("Doctor", _school(app), app.today, columns, rows)
    emit(app, [view], fmt, output, force=force)
    return int(any(f.level in BAD for f in found))


def _shut(app: App) -> list[CheckResult]:
    """Findings about records that cannot be opened; [] if they can."""
    from sencli.store.records.find import standing
    from sencli.store.verify.doctor import closed_to_us

    try:
        app.repo.heed = app.tell
    except SencliError as fault:
        if folder := standing(app.directory or ""):
            return closed_to_us(folder, fault)
        raise
    return []


def _all(app: App, found: list[CheckResult]) -> list[CheckResult]:
    """The store's findings, the last backup, and the school's own templates."""
    from sencli.store.remote.backup import age

    found = [*found, *age(app.repo.folder, app.today)]
    own, school = app.repo.root / "templates", _school(app)
    if not own.is_dir() and not school.get("letterhead", {}).get("logo"):
        return found
    from sencli.cli.papers.own_templates import findings
    from sencli.store.repository.look_files import look_files

    return [*found, *findings(own, school, look_files(app.repo))]


def _school(app: App) -> dict[str, Any]:
    """The school, also when its file is what is wrong."""
    try:
        school = app.school
    except SencliError:
        school = {}
    named = isinstance(school.get("name"), str)
    return school if named else {**school, "name": "These records"}
