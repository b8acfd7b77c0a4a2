"""``sen sync``: exchange changes with another computer through a remote."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import writing
from sencli.cli.shell.prompts import can_ask
from sencli.cli.shell.prompts import choice
from sencli.cli.shell.prompts import command_line
from sencli.cli.shell.prompts import confirmed
from sencli.cli.shell.writing import SHORT
from sencli.core.text.dates import words
from sencli.core.text.plural import plural
from sencli.errors import Conflict
from sencli.errors import EnvironmentFault
from sencli.errors import UsageFault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sencli.store.sync.follow_erasure import Followed
    from sencli.store.sync.merge import Question
    from sencli.store.sync.sync_result import Numbers
    from sencli.store.sync.sync_result import Synced


MINE, THEIRS, BOTH = "mine", "theirs", "both"
_SHOWN = 6
_FEW = 5
_ASTRAY = 5


@click.command()
@click.argument("remote", required=False, default="")
@click.option(
    "--take",
    multiple=True,
    metavar="CODE=mine|theirs|both",
    help="Answer a question (repeatable); all=mine or all=theirs answers every one, "
    "all=both each of which both can stay.",
)
@click.option(
    "--accept-erasure",
    is_flag=True,
    help="Erase here too what was erased on the other computer.",
)
@click.option(
    "--after-erasure",
    is_flag=True,
    help="Put the history without the erased record in the place of the old one.",
)
@click.option(
    "--take-out",
    is_flag=True,
    help="Let records go that were taken out on one of the two, without a question.",
)
@click.option("--yes", is_flag=True, help="Do not ask (with the two above).")
@writing
@pass_app
def sync(
    app: App,
    *,
    remote: str,
    take: tuple[str, ...],
    accept_erasure: bool,
    after_erasure: bool,
    take_out: bool,
    yes: bool,
    fmt: str,
) -> None:
    """Meet the other computer: take its changes in, send ours.

    Records are brought together item by item. Where both changed one thing in two
    ways you are asked, and nothing changes before you have answered. No other command
    ever sends anything.
    """
    from sencli.store.sync.sync import Meeting

    answers = _answers(take)
    if accept_erasure and after_erasure:
        raise UsageFault(
            "--accept-erasure and --after-erasure do not go together.",
            "The first is for the computer where nothing was erased yet.",
        )
    if after_erasure and take:
        raise UsageFault(
            "--take answers questions, and --after-erasure asks none.",
            "Leave --take out.",
        )
    if yes and not (accept_erasure or after_erasure):
        raise UsageFault(
            "--yes goes with --accept-erasure or --after-erasure.", "Leave --yes out."
        )
    if after_erasure:
        send(app, remote, fmt, yes=yes)
        return
    if accept_erasure:
        follow(app, remote, yes=yes)
    meeting = Meeting(app.repo, remote)
    if meeting.line.notice:
        app.tell(meeting.line.notice)
    meeting.take_out = take_out
    waiting = app.drafts.all()
    before = meeting.oid("HEAD") if waiting else ""
    result = meeting.meet(answers)
    while result.questions or result.unsure[1]:
        if result.questions:
            answers |= _decided(app, meeting.remote, result.questions, answers)
        else:
            _confirm_going(app, result)
            meeting.take_out = True
        result = meeting.meet(answers)
    app.tell_older()
    _say(app, result, fmt)
    if before:
        _readdress(app, before)


def _readdress(app: App, before: str) -> None:
    """Drafts go with a pupil whose id has changed."""
    from sencli.store.sync.moved_pupil import follow

    try:
        states = (app.repo.committed(before), app.repo.committed())
        for line in follow(app.drafts, *states):
            app.tell(line)
    finally:
        app.repo.close()


def _answers(take: Sequence[str]) -> dict[str, str]:
    found = {}
    for typed in take:
        code, _, answer = typed.partition("=")
        if answer not in (MINE, THEIRS, BOTH) or not code:
            raise UsageFault(
                f"{typed!r} is not an answer.",
                "Type the question's code and mine or theirs: --take 3f2a=mine",
            )
        found[code.strip().lower()] = answer
    return found


def _decided(
    app: App, remote: str, questions: Sequence[Question], answers: dict[str, str]
) -> dict[str, str]:
    """An answer to each question, or a conflict that lists them all."""
    whole = answers.get("all", "")
    if whole:
        fits = [q for q in questions if whole != BOTH or q.double]
        if fits:
            return {question.code: whole for question in fits}
    told = [_question_words(app, remote, question) for question in questions]
    if not can_ask():
        number = len(questions)
        what = "One thing was" if number == 1 else f"{number} things were"
        raise Conflict(
            f"{what} changed on both computers in two ways. Nothing was changed, here "
            "or there.\n" + "\n".join(told),
            "Answer each:  sen sync "
            + " ".join(f'--take "{q.code}={MINE}|{THEIRS}"' for q in questions)
            + f"\n{THEIRS} takes what {remote} has. Either way the other answer stays "
            "in the history." + _both_of(questions),
        )
    found = {}
    for question, text in zip(questions, told, strict=True):
        app.tell(text)
        ways = (MINE, THEIRS, BOTH) if question.double else (MINE, THEIRS)
        found[question.code] = choice("Which one is right", ways)
    return found


def _both_of(questions: Sequence[Question]) -> str:
    """A word on the questions of which both can stay, or ""."""
    codes = [question.code for question in questions if question.double]
    if not codes:
        return ""
    words = " ".join(f"--take {code}={BOTH}" for code in codes)
    return f" If both took place, both can stay:  sen sync {words}"


def _question_words(app: App, remote: str, question: Question) -> str:
    """One question: the record, our value, their value."""
    from sencli.cli.safety.history import name_of
    from sencli.cli.safety.history import recounted
    from sencli.store.sync.merge import REMARKS

    who = name_of(question.path, question.mine, question.theirs)
    head = f"  {question.code}  {who}"
    if question.place == REMARKS:
        return f"{head}: the comments in the file ({question.path})"
    if question.mine is None and question.theirs is None:
        return f"{head}: the whole file"
    if question.mine is None or question.theirs is None:
        gone, kept = ("here", f"on {remote}")
        if question.theirs is None:
            gone, kept = kept, gone
        return f"{head}: the record was taken away {gone} and changed {kept}"
    lines = recounted(app, question.path, question.mine, question.theirs)
    lines = lines or [question.place]
    note = f"from what stands here (mine) to what {remote} has (theirs)"
    return "\n".join([f"{head}, {note}:", *(f"        {line}" for line in lines)])


def _confirm_going(app: App, result: Synced) -> None:
    """Ask before records go, here or on the remote.

    Raises:
        Conflict: nobody can be asked.
    """
    side, paths = result.unsure
    number = plural(len(paths), "record")
    if side == "here":
        said = f"{number} of yours would go: taken out on {result.remote}"
        kept = "Nothing was changed, here or there."
    else:
        said = f"{number} would go from {result.remote}: taken out here"
        kept = "Nothing was sent."
    listed = "".join(f"\n  {_whose(app, path)}" for path in paths[:_FEW])
    if len(paths) > _FEW:
        listed += f"\n  and {len(paths) - _FEW} more"
    if not can_ask():
        raise Conflict(
            f"{said}. {kept}{listed}",
            f"If that is right: {command_line('--take-out')}\n"
            "If not, see who took them out: sen history",
        )
    app.tell(f"{said}:{listed}")
    confirmed("Is that right", yes=False)


def _whose(app: App, path: str) -> str:
    """The pupil of a record, if it can be read here."""
    from sencli.cli.safety.history import name_of
    from sencli.errors import SencliError

    try:
        return name_of(path, app.repo.read(path))
    except SencliError:
        return path


def _say(app: App, result: Synced, fmt: str) -> None:
    if result.warning:
        app.tell(result.warning)
    if fmt == "json":
        told = {
            "action": "sync",
            "remote": result.remote,
            "received": result.received,
            "sent": result.sent,
            "joined": result.joined,
            "commit": result.commit,
            "files": list(result.paths),
            "contradictions": [
                {"file": one.path, "faults": [said for said, _ in one.faults]}
                for one in result.contradictions
            ],
            "received_new": list(result.came.new),
            "received_out": list(result.came.out),
            "sent_new": list(result.went.new),
            "sent_out": list(result.went.out),
            "astray": list(result.astray),
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    elif not result.received and not result.sent:
        app.say(f"Nothing new here, and nothing new on {result.remote}.")
    else:
        came, went = _numbers(result.came), _numbers(result.went)
        received = plural(result.received or "no", "change")
        sent = plural(result.sent or "no", "change")
        app.say(f"Taken in from {result.remote}: {received}{came}.")
        app.say(f"Sent to {result.remote}: {sent}{went}.")
        if result.joined:
            app.say(f"  (brought together as {result.commit[:SHORT]})")
    for line in result.astray[:_ASTRAY]:
        app.tell(line)
    if more := len(result.astray[_ASTRAY:]):
        app.tell(f"{more} more attachments and schemas are astray. See all: sen check")
    if result.contradictions:
        raise _contradicted(app, result)


def _contradicted(app: App, result: Synced) -> Conflict:
    """Records that now contradict themselves, each side's change, and the command."""
    from sencli.cli.safety.history import name_of
    from sencli.cli.safety.history import recounted

    lines = []
    for one in result.contradictions:
        name = name_of(one.path, one.ours, one.theirs)
        lines.append(f"{name}: {'; '.join(said for said, _ in one.faults)}.")
        for where, record in (
            ("here", one.ours),
            (f"on {result.remote}", one.theirs),
        ):
            told = recounted(app, one.path, one.before, record)
            lines += [f"    {where}: {line}" for line in told[:_SHOWN]]
            if more := len(told[_SHOWN:]):
                lines.append(f"    {where}: {more} changes more")
    mends = [mend for one in result.contradictions for _, mend in one.faults if mend]
    return Conflict(
        "Each computer's changes are right by themselves, but not together. All of "
        f"them were taken in and sent to {result.remote}, and this is to be put "
        "right:\n  " + "\n  ".join(lines),
        "\n".join(dict.fromkeys(mends)) or "See what is wrong: sen check",
    )


def _numbers(numbers: Numbers) -> str:
    """`` (1 new record, 2 records taken out)``, or ""."""
    new, out = len(numbers.new), len(numbers.out)
    told = []
    if new:
        told.append(plural(new, "new record"))
    if out:
        told.append(f"{plural(out, 'record')} taken out")
    return f" ({', '.join(told)})" if told else ""


@click.command("merge-driver", hidden=True)
@click.argument("base")
@click.argument("ours")
@click.argument("theirs")
@click.argument("marker", required=False)
@click.argument("path", required=False, default="")
def merge_driver(
    base: str, ours: str, theirs: str, marker: str | None, path: str
) -> int:
    """Merge a record item by item; git calls this, nobody types it."""
    del marker
    from sencli.store.git.process import Git
    from sencli.store.sync.merge_driver import drive

    # git runs a driver in the top folder of the repository
    return drive(Git(os.fspath(Path.cwd())), base, ours, theirs, path or ours)


_ERASED_SHOWN = 8


def follow(app: App, remote: str, *, yes: bool) -> None:
    """Erase here too what was erased on the other computer; the meeting comes after."""
    from sencli.store.sync.follow_erasure import Follower

    follower = Follower(app.repo, remote)
    for line in _erasure_words(follower.plan()):
        app.tell(line)
    confirmed("Erase it here too, for good?", yes=yes)
    done = follower.follow()
    app.tell("Erased here too.")
    if done.warning:
        raise EnvironmentFault(done.warning)


def _erasure_words(plan: Followed) -> list[str]:
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
        lines.append(f"Kept and put upon it: {plural(plan.kept, 'change')} of yours.")
    if plan.lost:
        lines.append(
            f"{plural(len(plan.lost), 'change')} of yours about the pupil go too:"
        )
        lines += [f"  {subject}" for subject in plan.lost[:_ERASED_SHOWN]]
        if len(plan.lost) > _ERASED_SHOWN:
            lines.append(f"  and {len(plan.lost) - _ERASED_SHOWN} more")
    lines.append(
        "Every copy of the record in this folder goes. Exports, printed papers and "
        "backups of this computer are yours to destroy."
    )
    return lines


def send(app: App, remote: str, fmt: str, *, yes: bool) -> None:
    """Put our rewritten history in the place of the old one on the remote."""
    from sencli.store.sync.follow_erasure import Sender

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
    """Commits that would be lost from the remote and are not here."""
    if not lines:
        return []
    head = (
        f"{plural(len(lines), 'change')} there came after the erasure or from an old "
        "copy, and would go. Whoever made them still has them, and sends them again "
        "with sen sync --accept-erasure:"
    )
    told = [head, *(f"  {line}" for line in lines[:_ERASED_SHOWN])]
    if len(lines) > _ERASED_SHOWN:
        told.append(f"  and {len(lines) - _ERASED_SHOWN} more")
    return told
