"""``sen erase``: one pupil out of the whole history, lawfully and for good."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from sencli.cli.app import App
from sencli.cli.app import pass_app
from sencli.cli.kinds import LINE
from sencli.cli.options import writing
from sencli.cli.prompts import ask
from sencli.cli.prompts import confirmed
from sencli.errors import EnvironmentFault
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import SencliError
from sencli.errors import UsageFault

if TYPE_CHECKING:
    from sencli.store.erasure import Erased
    from sencli.store.erasure import Plan
    from sencli.store.remains import Found

_SHOWN = 20
_NAMED = 2
_UPN = re.compile(r"[A-Z][0-9]{11}[0-9A-Z]")
_AREAS = {
    "history": "in the history",
    "leftover": "left over by git",
    "git": "in git's own folder",
    "folder": "in the folder",
}
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
    "--words", type=LINE, multiple=True, help="With --check: look for these words too."
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
    fmt: str,
) -> int:
    """Erase one pupil from the whole history, for good.

    For the end of retention, or a parent's or pupil's right to erasure. A certificate
    is left in the records: when, on what ground, and which change became which, but not
    of whom. It cannot be undone. --check looks through everything that is left of the
    folder (exit 1 if anything is found); PUPIL is then the id, which erase printed.
    """
    if check:
        if ground or dry_run or yes:
            raise UsageFault("--check only looks.", "sen erase --check ID")
        return _look(app, pupil, words, fmt)
    if words:
        raise UsageFault("--words goes with --check.", "Add --check to the command.")
    if not pupil:
        raise UsageFault(
            "Name the pupil whose record is to be erased.",
            'sen erase PUPIL --ground "THE REASON"',
        )
    return _erase(app, pupil, ground, fmt, dry_run=dry_run, yes=yes)


def _erase(
    app: App, typed: str, ground: str | None, fmt: str, *, dry_run: bool, yes: bool
) -> int:
    """The exit code: never 0 where something could not be cleared away yet."""
    from sencli.core.erasing import checked_ground
    from sencli.store.erasure import Eraser

    pupil_id, private = _pupil(app, typed)
    if not dry_run:
        ground = ask(ground, "--ground", "Ground for the erasure", "THE REASON")
    if ground is not None:
        ground = checked_ground(ground, private)
    eraser = Eraser(app.repo, pupil_id)
    plan = eraser.plan()
    for line in _told(plan, private):
        app.tell(line)
    if dry_run or ground is None:
        _say_plan(app, plan, fmt)
        return 0
    confirmed("Erase it for good?", yes=yes)
    done = eraser.erase(ground, app.today)
    if done.warning:
        app.tell(done.warning)
    _say(app, plan, done, _left(app, pupil_id, private), fmt)
    return EnvironmentFault.exit_code if done.warning else 0


def _pupil(app: App, typed: str) -> tuple[str, list[str]]:
    """The id, and what would tell who it is: id, names, UPN."""
    from sencli.store.erasure import ever

    try:
        found = app.find_pupil(typed)
    except SencliError:
        # a record that cannot be read, or was taken away before, by its id
        if not ever(app.repo, typed):
            raise
        return typed, [typed]
    record = app.repo.pupil(found.id)
    keys = ("first_name", "last_name", "known_as", "upn")
    return found.id, [found.id, *(str(record[key]) for key in keys if key in record)]


def _told(plan: Plan, private: list[str]) -> list[str]:
    """What would go, in plain English."""
    documents = sum(path.startswith("documents/") for path in plan.paths)
    papers = {0: "", 1: " and the document kept with it"}.get(
        documents, f" and the {documents} documents kept with it"
    )
    who = " ".join(private[1:3]) or plan.pupil
    lines = [
        f"To be erased for good: {who} ({plan.pupil})",
        f"  the record{papers}, in every version that there ever was;",
        f"  {_changes(plan.gone)} that were about nobody else, and this pupil's part",
        "  in all others (a group's sessions keep the other pupils).",
        f"  {_changes(plan.rewritten)} of {plan.commits} get another id; the check",
        "  codes on other pupils' papers stay as they are.",
    ]
    if plan.signed:
        lines.append(
            "  The rewritten changes lose their signatures: your signature on the "
            "certificate stands for them."
        )
    lines.append("It cannot be undone. Every other copy must follow:")
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


def _changes(number: int) -> str:
    return f"{number or 'no'} change{'' if number == 1 else 's'}"


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
        }
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    app.say("Nothing was changed.")


def _left(app: App, pupil_id: str, private: list[str]) -> list[Found]:
    """What is left of the pupil in the folder."""
    from sencli.store.remains import search

    names = [" ".join(private[1:3])] if len(private) > _NAMED else []
    upns = [text for text in private[3:] if _UPN.fullmatch(text)]
    return search(app.repo, [pupil_id], [*names, *upns])


def _say(app: App, plan: Plan, done: Erased, left: list[Found], fmt: str) -> None:
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
    app.say(
        f"Erased {plan.pupil}: {_changes(done.rewritten)} rewritten, "
        f"{_changes(done.gone)} left out."
    )
    app.say(f"  Certificate: {done.path} (saved as {done.commit[:8]})")
    if left:
        app.say("Something in this folder still mentions the pupil. Look at each:")
        _list(app, left)
    elif not done.warning:
        app.say(
            "The id, the full name and the UPN were looked for in all that is left of "
            "this folder, and do not stand in it."
        )
    if plan.remotes:
        app.say("  Next: sen sync --after-erasure")
    app.say(f"  Look again at any time: sen erase --check {plan.pupil}")


def _look(app: App, typed: str | None, words: Sequence[str], fmt: str) -> int:
    """Search for what is left; 1 if there is anything."""
    from sencli.store.remains import search

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
    from sencli.store.records import pupil_path

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


def _list(app: App, found: Sequence[Found]) -> None:
    for one in found[:_SHOWN]:
        times = f", in {one.number} versions" if one.number > 1 else ""
        app.say(f"  {_AREAS[one.area]}: {one.place} ({', '.join(one.what)}{times})")
    if len(found) > _SHOWN:
        app.say(f"  and {len(found) - _SHOWN} more (all of them: --format json)")
    for area in dict.fromkeys(one.area for one in found):
        mends = dict.fromkeys(one.mend for one in found if one.area == area)
        app.say(f"{_AREAS[area].capitalize()}: {'; '.join(mends)}")


def _plain(one: Found) -> dict[str, object]:
    return {
        "area": one.area,
        "place": one.place,
        "what": list(one.what),
        "versions": one.number,
        "mend": one.mend,
    }
