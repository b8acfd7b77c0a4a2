"""``sen backup``, ``sen restore`` and ``sen join``: a copy of all, out and in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import SHORT
from sencli.core.text.dates import words
from sencli.core.text.plural import plural
from sencli.errors import IntegrityFault
from sencli.errors import NotFound
from sencli.store.files import shell

if TYPE_CHECKING:
    from sencli.store.files.check_result import CheckResult
    from sencli.store.remote.copied import Copied
    from sencli.store.repository.repository import Repository

_FOLDER = "sen-records"
_LISTED = 12
_TOLD = ("fault", "warning")


@click.command()
@click.argument("target", metavar="FOLDER|ADDRESS")
@writing
@pass_app
def backup(app: App, *, target: str, fmt: str) -> None:
    """Back up the whole history to a folder, a stick or an address.

    Into a FOLDER (on a stick, or a share that only you can open) a file is written for
    each day, and read back; to a private ADDRESS, or a folder made by git init --bare,
    what is new is sent. The records stay as they are.
    """
    from sencli.store.files import folder_location
    from sencli.store.remote.backup import make

    app.tell_older()
    made = make(app.repo, target, app.today)
    drafts, edited = len(app.drafts.all()), len(app.repo.differing())
    if fmt == "json":
        told = {"action": "backup", "date": app.today, "place": made.place}
        told |= {"commit": made.commit}
        numbers = {"changes": made.changes, "pupils": made.pupils}
        numbers |= {"attachments": made.attachments, "older": len(made.older)}
        numbers |= {"drafts": drafts, "edited": edited}
        click.echo(json.dumps({**told, **numbers}, ensure_ascii=False))
        return
    written = Path(made.place).is_file()
    read = (
        "All of it was read back, and is whole."
        if written
        else "The newest is there: it was looked at."
    )
    app.say(f"Backed up on {words(app.today)}: {made.place}")
    app.say(
        f"  {plural(made.pupils, 'pupil')}, {plural(made.attachments, 'attachment')}, "
        f"{plural(made.changes, 'change')}. {read}"
    )
    for what, see in (
        (drafts and plural(drafts, "draft"), "sen draft list"),
        (edited and plural(edited, "hand edit"), "sen commit"),
    ):
        if what:
            app.say(f"  Not in it: {what}. To see to it: {see}")
    if made.older:
        app.say(
            f"  Older backups there: {len(made.older)}. A pupil erased since is still "
            "in them: delete what you no longer need."
        )
    if written:
        found = folder_location.location(str(Path(made.place).parent))
        if found.odd and "copies" in found.odd:
            app.tell(f"Warning: that folder is {found.odd}: it takes the backup along.")
        app.say("  It is not encrypted: keep it on an encrypted disk or stick.")
        app.say(f"  Try it once: sen restore {shell.quoted(made.place)} FOLDER")


@click.command()
@click.argument("source", metavar="FROM")
@click.argument("folder")
@writing
@pass_app
def restore(app: App, *, source: str, folder: str, fmt: str) -> int:
    """Make records in a new folder from a backup, and verify them.

    FROM is the file that sen backup wrote, the folder with such files (the newest is
    taken), or the address that it sent to. FOLDER must be new or empty: nothing is
    ever written over records.
    """
    from sencli.store.remote.copied import from_address
    from sencli.store.remote.copied import from_bundle
    from sencli.store.remote.private_address import address
    from sencli.store.verify.verify import verify

    again = "sen restore FROM FOLDER"
    url = _source(address(source))
    if Path(url).is_file():
        made = from_bundle(folder, url, again)
    else:
        made = from_address(folder, url, again)
    repository = _opened(app, made)
    found = [check for check in verify(repository) if check.level == "breach"]
    newest = _newest(repository)
    if fmt == "json":
        told: dict[str, Any] = {
            "action": "restore",
            "from": _without_password(url),
            "folder": folder,
        }
        told |= {"commit": made.commit, "newest": newest[0], "by": newest[1]}
        told |= {"breaches": [check.message for check in found]}
        click.echo(json.dumps(told, ensure_ascii=False))
        return IntegrityFault.exit_code if found else 0
    app.say(f"Restored into {folder} from {_without_password(url)}.")
    _say_newest(app, repository, newest)
    for check in found[:_LISTED]:
        app.say(f"  breach: {check.message}")
    go = shell.going(folder)
    if found:
        app.say(f"Do not work in it before you know why. All of it: {go}, then")
        app.say("  sen verify")
        return IntegrityFault.exit_code
    app.say("  Verified: the whole history is as it was written.")
    app.say(
        "  What was saved after that day is not in it, and a pupil erased since is."
    )
    if Path(url).is_file():
        app.say(f"Next: {go}, then git remote add origin ADDRESS, then")
        app.say("  sen sync")
    else:
        app.say(f"Next: {go}, then")
        app.say("  sen sync")
    return 0


@click.command()
@click.argument("address", metavar="ADDRESS")
@click.argument("folder", default=_FOLDER)
@writing
@pass_app
def join(app: App, *, address: str, folder: str, fmt: str) -> None:
    """Bring the records to this computer from their private copy.

    ADDRESS is where the other computer sends them by sen sync: a private repository, a
    share or a stick. They come into FOLDER (sen-records, if none is named), which must
    be new or empty; sen sync meets the same address from then on.
    """
    from sencli.store.remote.copied import from_address
    from sencli.store.remote.folder_remote import git_folder
    from sencli.store.remote.private_address import address as checked
    from sencli.store.verify.doctor import examine

    url = checked(address)
    if Path(url).is_file():
        raise NotFound(
            f"{url} is a file, and no place to meet at. Nothing was made.",
            f"If it is a backup: sen restore {shell.quoted(url)} FOLDER",
        )
    made = from_address(
        folder, url, f"sen join {shell.quoted(_without_password(url))} FOLDER"
    )
    repository = _opened(app, made)
    newest, signed = _newest(repository), _signed(repository)
    found = [one for one in examine(repository) if one.level in _TOLD]
    if fmt == "json":
        told: dict[str, Any] = {
            "action": "join",
            "address": _without_password(url),
            "folder": folder,
        }
        told |= {"commit": made.commit, "newest": newest[0], "signed": signed}
        doctor = [{"level": one.level, "message": one.message} for one in found]
        click.echo(json.dumps({**told, "doctor": doctor}, ensure_ascii=False))
        return
    app.say(f"The records of {_school(repository)} are in {folder}.")
    _say_newest(app, repository, newest)
    _say_doctor(app, found)
    if _without_password(url) != url:
        app.say("  The password in the address is kept in .git/config, unencrypted.")
    if Path(git_folder(url)).name == ".git":
        app.say("  Somebody works in that folder, so nothing can be sent to it.")
    app.say(f"Next: {shell.going(folder)}, then")
    if signed:
        app.say("  sen init --sign       (changes are signed here: it prints the line")
        app.say("                         by which somebody on the list lets you in)")
    app.say("  sen sync              each time you begin and end")


def _source(url: str) -> str:
    """The file or address meant: of a folder with backups its newest."""
    from sencli.store.remote.backup import found_in
    from sencli.store.remote.backup import takes_pushes

    if Path(url).is_dir() and not takes_pushes(url):
        names = found_in(url)
        if not names:
            raise NotFound(
                f"There is no backup in {url}. Nothing was made.",
                "Name the folder that holds a file sen-backup-....bundle.",
            )
        return str(Path(url, names[0]))
    return url


def _opened(app: App, made: Copied) -> Repository:
    """The new records, with their files written."""
    from sencli.store.repository.repository import Repository

    if made.notice:
        app.tell(made.notice)
    repository = Repository.find(made.root)
    if repository.warning:
        app.tell(repository.warning)
    return repository


def _newest(repository: Repository) -> tuple[str, str]:
    """When the newest change was made (ISO), and by whom."""
    out = repository.git.ask("log", "-1", "--format=%aI%x00%an", "HEAD", "--")
    when, _, who = out.decode("utf-8", "replace").rstrip("\n").partition("\0")
    return when, who


def _say_newest(app: App, repository: Repository, newest: tuple[str, str]) -> None:
    from sencli.store.files.commit_words import fingerprint

    when, who = newest
    pupils = len(list(repository.root.glob("pupils/*.yaml")))
    head = repository.git.ask("rev-parse", "HEAD").decode().strip()
    app.say(
        f"  {plural(pupils, 'pupil')}. The newest change is of {words(when[:10])}, "
        f"{when[11:16]}, by {who} ({head[:SHORT]})."
    )
    app.say(f"  Its fingerprint, to compare on the other computer: {fingerprint(head)}")


def _say_doctor(app: App, found: list[CheckResult]) -> None:
    if not found:
        app.say("  sen doctor: nothing to mend.")
    for one in found:
        app.say(f"  {one.level}: {one.message}")
        for line in one.mend.splitlines():
            app.say(f"    {line}")


def _signed(repository: Repository) -> bool:
    from sencli.store.trust.signers import list_in

    try:
        return list_in(repository.committed()) is not None
    finally:
        repository.close()


def _school(repository: Repository) -> str:
    return str(repository.school().get("name", "the school"))


def _without_password(url: str) -> str:
    from sencli.store.git.passwords import masked

    return masked(url)
