"""``sen signer``: whose key may sign changes."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import listing
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import SHORT

if TYPE_CHECKING:
    from sencli.store.records.draft import Written
    from sencli.store.records.signers_file import Signer


@click.group()
def signer() -> None:
    """Whose key may sign changes: add, end, list."""


@signer.command("add")
@click.argument("words", nargs=-1, required=True, metavar="LINE")
@click.option("--name", type=LINE, help="E-mail address, where LINE is a bare key.")
@click.option("--from", "since", type=DAY, help="From that day (default now).")
@writing
@pass_app
def add(
    app: App, *, words: tuple[str, ...], name: str | None, since: str | None, fmt: str
) -> None:
    """Let another person's key sign.

    LINE is what ``sen init --sign`` printed on the other computer; ``-`` reads it
    from standard input, and a file such as deputy.pub is read with --name. Only
    somebody on the list can do this, and it is signed and kept in the history.
    """
    from sencli.store.records.signers_file import typed
    from sencli.store.trust.admit import admit

    line = typed(_line(words), name or "")
    written = admit(app.repo, line, _moment(since))
    _say(app, "signer.add", line, written, fmt, f"{line.name} may sign")


@signer.command("end")
@click.argument("who")
@click.option("--from", "since", type=DAY, help="From that day (default now).")
@writing
@pass_app
def end(app: App, *, who: str, since: str | None, fmt: str) -> None:
    """End a key: a colleague left, or a laptop was lost.

    What it signed before stays good; what it signs from then on is refused. WHO is the
    name on the list, or the beginning of the key's fingerprint.
    """
    from sencli.store.trust.admit import end as ended
    from sencli.store.trust.admit import find_signer
    from sencli.store.trust.admit import signer_list

    line = find_signer(signer_list(app.repo), who)
    written = ended(app.repo, line, _moment(since))
    _say(app, "signer.end", line, written, fmt, f"{line.name} signs no more")


@signer.command("list")
@listing
@pass_app
def list_(app: App, *, fmt: str | None, output: str | None, force: bool) -> None:
    """List whose keys may sign, from when to when."""
    from sencli.cli.shell.output import emit
    from sencli.documents.lists.listing import listing as made
    from sencli.documents.view import Column
    from sencli.store.trust.admit import signer_list

    found = signer_list(app.repo)
    columns = (
        Column("name", "Name"),
        Column("from", "From", "date"),
        Column("until", "Until", "date"),
        Column("mine", "This computer", "yes"),
        Column("key", "Key"),
    )
    rows = [
        {
            "name": one.name,
            "from": _day(one.since),
            "until": _day(one.until),
            "mine": one.mark == found.mine,
            "key": one.mark,
        }
        for one in found.signers
    ]
    view = made("Signers", app.school, app.today, columns, rows, "Nobody.")
    emit(app, [view], fmt, output, force=force)


def _line(words: tuple[str, ...]) -> str:
    """The line as typed, in a file, or from standard input."""
    if words == ("-",):
        from sencli.cli.shell.standard_input import read_text

        return read_text()
    if len(words) == 1 and words[0].endswith(".pub"):
        from sencli.core.text.encoding import decoded
        from sencli.store.files import files

        return decoded(files.read(words[0], 20_000)).text
    return " ".join(words)


def _moment(day: str | None) -> int | None:
    """When a day begins, in seconds since 1970."""
    return int(time.mktime(time.strptime(day, "%Y-%m-%d"))) if day else None


def _day(seconds: int | None) -> str | None:
    if seconds is None:
        return None
    return time.strftime("%Y-%m-%d", time.localtime(seconds))


def _say(
    app: App, action: str, line: Signer, written: Written, fmt: str, said: str
) -> None:
    if written.warning:
        app.tell(written.warning)
    if fmt == "json":
        told: dict[str, Any] = {
            "action": action,
            "commit": written.commit or None,
            "name": line.name,
            "key": line.mark,
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    if not written.commit:
        app.say("Nothing changed: the list already says so.")
        return
    app.say(f"{said}: {line.mark}")
    if action == "signer.add":
        app.say("  See that this is the key that the other person reads out to you.")
    app.say(f"  (saved as {written.commit[:SHORT]})")
