"""``sen erase``: remove one pupil from the whole history, lawfully and for good."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import writing
from sencli.cli.shell.prompts import ask
from sencli.cli.shell.prompts import confirmed
from sencli.cli.shell.writing import SHORT
from sencli.core.text.plural import plural
from sencli.errors import EnvironmentFault
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import SencliError
from sencli.errors import UsageFault

if TYPE_CHECKING:
    from sencli.store.erasure.erase import Erased
    from sencli.store.erasure.erase import Plan
    from sencli.store.erasure.mentions import Mentions
    from sencli.store.erasure.traces import Trace

_SHOWN = 20
_AREAS = {
    "history": "in the history",
    "leftover": "left over by git",
    "git": "in git's own folder",
    "folder": "in the folder",
}
_MAY_BE = (
    "A name alone may be the pupil's or another's, and stays. Look at each; --words "
    "NAME takes it out of messages, tags, notes and groups:"
)
_OWN = (
    "What is not in this folder is yours to destroy: printed papers, exports that were "
    "sent or saved elsewhere, backups of this folder or of this computer."
)


@click.command()
@click.argument("pupil", required=False)
@click.option("--ground", type=LINE, help="Why: kept for ever, so it names nobody.")
@click.option("--dry-run", is_flag=True, help="Say what would go; change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--check", is_flag=True, help="Look for what is left of a pupil.")
@click.option(
    "--words",
    type=LINE,
    multiple=True,
    help="Take these words out of messages, tags and notes too; with --check, look.",
)
@click.option(
    "--in-others",
    type=click.Choice(["clear", "keep"]),
    help="What becomes of the full name in other pupils' records.",
)
@writing
@pass_app
def erase(
    app: App,
    *,
    pupil: str | None,
    ground: str | None,
    dry_run: bool,
    yes: bool,
    check: bool,
    words: tuple[str, ...],
    in_others: str | None,
    fmt: str,
) -> int:
    """Erase one pupil from the whole history, for good.

    For the end of retention, or a parent's or pupil's right to erasure. A certificate
    is left in the records: when, on what ground, and which change became which, but not
    of whom. It cannot be undone, and is refused while a hold stands (sen retention).
    The full name goes from messages, tags, notes and texts too; a first or last name
    alone may be another child's, so it is shown, and goes with --words NAME (also
    later, and then without PUPIL). --check looks through everything that is left of
    the folder (exit 1 if anything is found); PUPIL is then the id, which erase printed.
    """
    if check:
        if ground or dry_run or yes or in_others:
            raise UsageFault("--check only looks.", "sen erase --check ID")
        return _look(app, pupil, words, fmt)
    if not pupil and not words:
        raise UsageFault(
            "Name the pupil whose record is to be erased.",
            'sen erase PUPIL --ground "THE REASON"',
        )
    request = _Request(app, pupil or "", words, in_others or "")
    return _erase(app, request, ground, fmt, dry_run=dry_run, yes=yes)


class _Request:
    """Whom and what the command is about.

    Args:
        app: the run.
        typed: the pupil; "" for none.
        words: what is to go too.
        in_others: what becomes of the name in other pupils' records.
    """

    def __init__(
        self, app: App, typed: str, words: tuple[str, ...], in_others: str
    ) -> None:
        from sencli.store.erasure.erase import ever
        from sencli.store.records.records import pupil_of

        self.pupil = self.who = typed
        self.words = words
        self.in_others = in_others
        self.decision = ""
        if not typed:
            return
        try:
            self.pupil = app.find_pupil(typed).id
        except SencliError:
            # a record that cannot be read, or was taken away before, by its id
            if not ever(app.repo, typed) and not (
                words and pupil_of(f"pupils/{typed}.yaml")
            ):
                raise
        else:
            from sencli.core.handover.retention import decision_words
            from sencli.core.handover.retention import refuse_erasure

            record = app.repo.pupil(self.pupil)
            refuse_erasure(record, app.today)
            self.decision = decision_words(record)
            self.who = f"{record['first_name']} {record['last_name']} ({self.pupil})"


def _erase(
    app: App,
    request: _Request,
    ground: str | None,
    fmt: str,
    *,
    dry_run: bool,
    yes: bool,
) -> int:
    """The exit code: never 0 where something could not be cleared away yet."""
    from sencli.core.audit.erasure import checked_ground
    from sencli.store.erasure.erase import Eraser

    if not dry_run:
        ground = ask(ground, "--ground", "Ground for the erasure", "THE REASON")
    eraser = Eraser(app.repo, request.pupil, request.words, request.in_others)
    plan = eraser.plan()
    names = plan.told.names
    if ground is not None:
        private = (request.pupil, *names.whole, *names.alone, *request.words)
        ground = checked_ground(ground, [name for name in private if name])
    for line in (
        *_plan_lines(plan, request),
        *_mention_lines(plan.told),
        *_after(plan),
    ):
        app.tell(line)
    if dry_run or ground is None:
        _say_plan(app, plan, fmt)
        return 0
    confirmed("Erase it for good?", yes=yes)
    done = eraser.erase(ground, app.today)
    if done.warning:
        app.tell(done.warning)
    _say(app, plan, done, _left(app, plan), fmt)
    return EnvironmentFault.exit_code if done.warning else 0


def _plan_lines(plan: Plan, request: _Request) -> list[str]:
    """What would be removed, in plain English."""
    lines = [f"To be erased for good: {request.who or ', '.join(request.words)}"]
    if request.decision:
        lines.append(f"  {request.decision}")
    if plan.paths:
        documents = sum(path.startswith("documents/") for path in plan.paths)
        papers = {0: "", 1: " and the document kept with it"}.get(
            documents, f" and the {documents} documents kept with it"
        )
        lines.append(f"  the record{papers}, in every version that there ever was;")
    gone, rewritten = _changes(plan)
    lines += [
        f"  {gone} that were about nobody else, and this pupil's part",
        "  in all others (a group's sessions keep the other pupils).",
        f"  {rewritten} of {plan.commits} get another id; the check",
        "  codes on papers stay, but of records in which a name is taken out.",
    ]
    if plan.signed:
        lines.append(
            "  The rewritten changes lose their signatures: your signature on the "
            "certificate stands for them."
        )
    return lines


def _changes(told: Plan | Erased) -> tuple[str, str]:
    """How many changes go, and how many are rewritten."""
    return plural(told.gone or "no", "change"), plural(told.rewritten or "no", "change")


def _mention_lines(told: Mentions) -> list[str]:
    """Other mentions of the pupil, and what will happen to them."""
    maybe = [f"{place} ({', '.join(names)})" for place, names in told.maybe.items()]
    parts = (
        ("Named elsewhere; an erased pupil will stand there instead:", told.cleared),
        ("Named elsewhere, and kept as it is (--in-others keep):", told.kept),
        (_MAY_BE, maybe),
    )
    lines = []
    for head, places in parts:
        if places:
            lines += [head, *(f"  {place}" for place in list(places)[:_SHOWN])]
        if len(places) > _SHOWN:
            lines.append(f"  and {len(places) - _SHOWN} more (--dry-run --format json)")
    return lines


def _after(plan: Plan) -> list[str]:
    """What people still have to do."""
    lines = ["It cannot be undone. Every other copy must follow:"]
    if plan.remotes:
        lines.append(
            f"  {', '.join(plan.remotes)}: sen sync --after-erasure, here; then sen "
            "sync --accept-erasure on each other computer (or a new clone)."
        )
    lines += [
        f"  {name} could not be asked whether it has changes that are not here."
        for name in plan.silent
    ]
    return [*lines, f"  {_OWN}"]


def _say_plan(app: App, plan: Plan, fmt: str) -> None:
    if fmt == "json":
        told = {
            "action": "erase",
            "dry_run": True,
            "pupil": plan.pupil,
            "files": list(plan.paths),
            "commits": plan.commits,
            "rewritten": plan.rewritten,
            "left_out": plan.gone,
            "refs": list(plan.names),
            "not_asked": list(plan.silent),
            "taken_out": list(plan.told.cleared),
            "kept": list(plan.told.kept),
            "may_be": plan.told.maybe,
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    app.say("Nothing was changed.")


def _left(app: App, plan: Plan) -> list[Trace]:
    """Remains of the pupil in the folder."""
    from sencli.store.erasure.traces import search

    names = plan.told.names
    return search(app.repo, [plan.pupil] if plan.pupil else [], names.all)


def _say(app: App, plan: Plan, done: Erased, left: list[Trace], fmt: str) -> None:
    if fmt == "json":
        told = {
            "action": "erase",
            "pupil": plan.pupil,
            "commit": done.commit,
            "certificate": done.path,
            "before": done.before,
            "rewritten": done.rewritten,
            "left_out": done.gone,
            "left": [_plain(one) for one in left],
            "warning": done.warning or None,
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    gone, rewritten = _changes(done)
    whom = plan.pupil or "the words"
    app.say(f"Erased {whom}: {rewritten} rewritten, {gone} left out.")
    app.say(f"  Certificate: {done.path} (saved as {done.commit[:SHORT]})")
    if left:
        app.say("Something in this folder still mentions the pupil. Look at each:")
        _list(app, left)
    elif not done.warning:
        app.say(
            "The id, the full name (in any order and spelling) and the UPN were looked "
            "for in all that is left of this folder, and do not stand in it."
        )
    if plan.told.maybe:
        app.say(
            f"  A first or last name alone stands in {len(plan.told.maybe)} places, "
            "named above: it may be another's. To take it out: sen erase --words NAME"
        )
    if plan.remotes:
        app.say("  Next: sen sync --after-erasure")
    from sencli.store.files.shell import quoted

    again = plan.pupil or f"--words {quoted(plan.told.names.words[0])}"
    app.say(f"  Look again at any time: sen erase --check {again}")


def _look(app: App, typed: str | None, words: Sequence[str], fmt: str) -> int:
    """Search for what is left; 1 if there is anything."""
    from sencli.store.erasure.traces import search

    if not typed and not words:
        raise UsageFault(
            "Say what to look for: an id, or words.",
            "sen erase --check ID --words WORDS",
        )
    ids = [_id(app, typed)] if typed else []
    found = search(app.repo, ids, words)
    if fmt == "json":
        click.echo(json.dumps([_plain(one) for one in found], ensure_ascii=False))
    elif found:
        _list(app, found)
    else:
        app.say(f"Nothing is left of {' or '.join([*ids, *words])} in this folder.")
        app.say(_OWN)
    return int(bool(found))


def _id(app: App, typed: str) -> str:
    """The id of a pupil who is there, or one that was typed."""
    from sencli.store.records.records import pupil_path

    try:
        return app.pupil_id(typed)
    except NotFound:
        try:
            pupil_path(typed)
        except InvalidValue:
            raise NotFound(
                f"There is no pupil {typed!r}.",
                f'An id can be looked for, and words: --check --words "{typed}"',
            ) from None
        return typed


def _list(app: App, found: Sequence[Trace]) -> None:
    for one in found[:_SHOWN]:
        times = f", in {one.number} versions" if one.number > 1 else ""
        app.say(f"  {_AREAS[one.area]}: {one.place} ({', '.join(one.what)}{times})")
    if len(found) > _SHOWN:
        app.say(f"  and {len(found) - _SHOWN} more (all of them: --format json)")
    for area in dict.fromkeys(one.area for one in found):
        mends = dict.fromkeys(one.mend for one in found if one.area == area)
        app.say(f"{_AREAS[area].capitalize()}: {'; '.join(mends)}")


def _plain(one: Trace) -> dict[str, object]:
    return {
        "area": one.area,
        "place": one.place,
        "what": list(one.what),
        "versions": one.number,
        "mend": one.mend,
    }
