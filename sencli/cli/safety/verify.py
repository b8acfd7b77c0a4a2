"""``sen verify``: has anybody tampered with the history? Does this paper still hold?"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.format_name import FormatName
from sencli.cli.shell.options import PAST
from sencli.cli.shell.writing import SHORT
from sencli.cli.shell.writing import brief
from sencli.core.school.published_reports import KINDS
from sencli.core.text.dates import words
from sencli.errors import IntegrityFault
from sencli.errors import UsageFault

if TYPE_CHECKING:
    from sencli.core.papers.check_codes import Match
    from sencli.store.files.check_result import CheckResult


MOST = 20
"""How many checks of one kind and level are listed; the rest is counted."""


@click.command()
@click.argument("code", required=False)
@click.argument("pupils", nargs=-1, metavar="[PUPIL]...")
@click.option(
    "--as-at", type=PAST, help="The day at the foot of the paper, if not today's."
)
@click.option(
    "--against",
    metavar="FINGERPRINT",
    default="",
    help="A fingerprint or commit from an earlier time, or a remote's name.",
)
@click.option(
    "--format",
    "fmt",
    type=FormatName(("text", "json")),
    default="text",
    help="json prints it for another program.",
)
@pass_app
def verify(
    app: App,
    *,
    code: str | None,
    pupils: tuple[str, ...],
    as_at: str | None,
    against: str,
    fmt: str,
) -> int:
    """Verify the whole history, line by line; exit 8 on a breach.

    It ends with a short fingerprint of the newest change: write it on paper, and give
    it to --against later. With CODE, the check code at the foot of a paper: whether
    that paper still says what the records say (exit 1 if not), and what has changed;
    exit 4 where no record ever had that code, 3 where it cannot be one. For a paper of
    another day give the day, and for one about some pupils name them. A record damaged
    in the folder, or gone from it, is taken as it was saved last, and named.
    """
    if code is None and as_at is not None:
        raise UsageFault(
            "--as-at is the day of a paper, and no check code is given.",
            "Type the code at its foot: sen verify CODE --as-at DATE",
        )
    if code is not None and against:
        raise UsageFault(
            "--against is for the whole history, and a check code for one paper.",
            "Give one of the two.",
        )
    if code is not None:
        return _paper(app, code, fmt, as_at or "", pupils)
    from sencli.store.verify.verify import verify as look

    found = []
    told: Counter[tuple[str, str]] = Counter()
    for check in look(app.repo, against):
        found.append(check)
        told[check.level, check.code] += 1
        if fmt == "text" and told[check.level, check.code] <= MOST:
            app.say(f"{check.level:<8} {check.code:<11} {check.message}")
    for (level, kind), number in told.items() if fmt == "text" else ():
        if number > MOST:
            said = f"{number - MOST} more. All of them: sen verify --format json"
            app.say(f"{level:<8} {kind:<11} {said}")
    if fmt == "json":
        click.echo(json.dumps([_plain(c) for c in found], indent=2, ensure_ascii=False))
    return IntegrityFault.exit_code if any(c.level == "breach" for c in found) else 0


def _paper(app: App, code: str, fmt: str, day: str, pupils: tuple[str, ...]) -> int:
    from sencli.store.verify.papers import paper

    match = paper(app.repo, code, app.today, day, pupils, app.tell)
    if fmt == "json":
        click.echo(json.dumps(_matched(match), indent=2, ensure_ascii=False))
        return int(not match.current)
    for pupil, entry in match.issued:
        to = f" to {entry['to']}" if "to" in entry else ""
        app.say(f"Given on {words(entry['date'])}{to}: {entry['document']} ({pupil}).")
    of = match.what + (f", as at {words(match.as_at)}" if match.as_at else "")
    if match.current:
        app.say(f"This paper still says what the records say ({of}).")
        return 0
    app.say(
        f"This paper is of the records as they were on {words(match.date)} "
        f"(commit {match.commit[:SHORT]}, {of}). Changed since:"
    )
    if not any(match.changes.values()):
        report = match.what in {f"the {kind.name}" for kind in KINDS.values()}
        app.say(
            "  what is written of it, or another pupil's record"
            if report
            else "  nothing on it: others have been added beside those on the paper"
        )
    for pupil, changes in match.changes.items():
        for change in changes:
            app.say(
                f"  {pupil} {change.path}: {brief(change.old)} -> {brief(change.new)}"
            )
    return 1


def _matched(match: Match) -> dict[str, Any]:
    return {
        "current": match.current,
        "pupils": list(match.pupils),
        "what": match.what,
        "issued": [{"pupil": pupil, **entry} for pupil, entry in match.issued],
        "commit": match.commit or None,
        "date": match.date or None,
        "as_at": match.as_at or None,
        "changes": [
            {"pupil": pupil, "path": c.path, "old": c.old, "new": c.new}
            for pupil, changes in match.changes.items()
            for c in changes
        ],
    }


def _plain(check: CheckResult) -> dict[str, str]:
    return {
        "level": check.level,
        "kind": check.code,
        "message": check.message,
        "commit": check.commit,
        "path": check.path,
    }
