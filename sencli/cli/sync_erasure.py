"""``sen sync`` where a record was erased: follow it here, or send it from here."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from sencli.cli.app import App
from sencli.cli.prompts import confirmed
from sencli.core.dates import words
from sencli.errors import EnvironmentFault

if TYPE_CHECKING:
    from sencli.store.following import Followed

_SHOWN = 8


def follow(app: App, remote: str, *, yes: bool) -> None:
    """Erase here too what was erased on the other computer; the meeting comes after."""
    from sencli.store.following import Follower

    follower = Follower(app.repo, remote)
    for line in _told(follower.plan()):
        app.tell(line)
    confirmed("Erase it here too, for good?", yes=yes)
    done = follower.follow()
    app.tell("Erased here too.")
    if done.warning:
        raise EnvironmentFault(done.warning)


def _told(plan: Followed) -> list[str]:
    lines = [
        f"Erased on the other computer on {words(day)}: {ground}"
        for day, ground in plan.erasures
    ]
    if not plan.sure:
        lines.append(
            "Nobody signed that whom these records know: ask your colleague first."
        )
    lines.append(
        "The history here, without that record, comes to the same as theirs: nothing "
        "else was changed."
    )
    if plan.kept:
        lines.append(f"Kept and put upon it: {_changes(plan.kept)} of yours.")
    if plan.lost:
        lines.append(f"{_changes(len(plan.lost))} of yours about the pupil go too:")
        lines += [f"  {subject}" for subject in plan.lost[:_SHOWN]]
        if len(plan.lost) > _SHOWN:
            lines.append(f"  and {len(plan.lost) - _SHOWN} more")
    lines.append(
        "Every copy of the record in this folder goes. Exports, printed papers and "
        "backups of this computer are yours to destroy."
    )
    return lines


def _changes(number: int) -> str:
    return f"{number} change{'' if number == 1 else 's'}"


def send(app: App, remote: str, fmt: str, *, yes: bool) -> None:
    """Put our rewritten history in the place of the old one on the remote."""
    from sencli.store.following import Sender

    sender = Sender(app.repo, remote)
    if sender.line.notice:
        app.tell(sender.line.notice)
    newest, only_there = sender.replaced()
    app.tell(
        f"The history on {sender.remote} still has the erased record. The one from "
        "here takes its place."
    )
    for line in _there(only_there):
        app.tell(line)
    confirmed(f"Replace the history on {sender.remote}?", yes=yes)
    done = sender.replace(newest)
    if fmt == "json":
        told = {
            "action": "sync",
            "remote": done.remote,
            "commit": done.commit,
            "replaced": newest,
            "others": list(done.others),
        }
        click.echo(json.dumps(told, indent=2))
        return
    app.say(f"{done.remote} has the history without the erased record now.")
    for name in done.others:
        app.say(f"  {name} there still has it: delete that branch or tag too.")
    app.say(
        f"  {done.remote} itself may keep what nothing leads to any more. Whoever "
        "keeps it types there: git reflog expire --expire=now --all, then git gc "
        "--prune=now"
    )
    app.say("  On each other computer: sen sync --accept-erasure, or a new clone.")


def _there(lines: list[str]) -> list[str]:
    """What would go from the remote and is not here."""
    if not lines:
        return []
    head = (
        f"{_changes(len(lines))} there came after the erasure or from an old copy, and "
        "would go. Whoever made them still has them, and sends them again with sen "
        "sync --accept-erasure:"
    )
    told = [head, *(f"  {line}" for line in lines[:_SHOWN])]
    if len(lines) > _SHOWN:
        told.append(f"  and {len(lines) - _SHOWN} more")
    return told
