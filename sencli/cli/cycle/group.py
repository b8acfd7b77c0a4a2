"""``sen group``: teaching groups."""

from __future__ import annotations

from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli.cycle.intervention import DOSE
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.lazy import Verbs
from sencli.cli.shell.lists import list_verb
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import stacked
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import context_of
from sencli.cli.shell.writing import given_options
from sencli.cli.shell.writing import of_pupil
from sencli.cli.shell.writing import save
from sencli.cli.shell.writing import save_file
from sencli.core.cycle import groups
from sencli.core.cycle.group_support import give_all
from sencli.core.cycle.group_support import inherited
from sencli.core.cycle.group_support import shared_support
from sencli.core.people.context import GROUPS
from sencli.core.people.context import PROVISIONS
from sencli.core.people.context import Context
from sencli.core.provision.catalogue import find_provision
from sencli.core.record.act import Act
from sencli.core.record.acts_together import together
from sencli.core.record.types import Record
from sencli.core.text.plural import plural
from sencli.errors import NotFound
from sencli.errors import UsageFault
from sencli.store.files import shell
from sencli.value import replace

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sencli.cli.shell.app import Reading
    from sencli.documents.view import View
    from sencli.store.records.draft import Draft


SPAN = stacked(
    click.option("--from", "--start", "from", type=DAY, help="First day."),
    click.option("--until", "--end", "until", type=DAY, help="Last day."),
)
FIELDS = stacked(
    click.option("--provision", metavar="KEY", help="What it is for."),
    SPAN,
    click.option("--note", type=LINE, help="A note."),
)


@click.group(cls=Verbs, aliases={"change": "set"})
def group() -> None:
    """Teaching groups: add, join, set, list."""


@group.command("add")
@click.argument("name", type=LINE)
@click.argument("support", metavar="[PROVISION]", required=False)
@click.argument("pupils", metavar="[PUPIL]...", nargs=-1)
@FIELDS
@DOSE
@writing
@pass_app
def add(
    app: App,
    /,
    name: str,
    support: str | None,
    pupils: tuple[str, ...],
    fmt: str,
    **typed: Any,
) -> None:
    """Make a group, and give all its pupils its support in one change.

    Never name it after a pupil. With a PROVISION and pupils each gets it from the
    first day to the last, with the same leader and dose; one answer, one commit.
    """
    typed["provision"] = support or typed["provision"]
    of_group = _with_provision_key(app, {n: typed[n] for n in _OWN})
    dose = {n: v for n, v in given_options(typed).items() if n not in _OWN}
    if pupils:
        _give(app, name, of_group, dose, pupils, fmt)
        return
    if dose:
        raise UsageFault(
            "A leader and a dose are of the pupils' support, and no pupil is named.",
            "Name the provision and the pupils after the group, or leave them out.",
        )

    def verb(found: Record) -> Act:
        return groups.add_group(found, name, of_group, app.new_ids(found))

    save_file(
        app,
        GROUPS,
        verb,
        action="group.add",
        subject="Make a teaching group",
        fmt=fmt,
    )


_OWN = ("provision", "from", "until", "note")


def _give(
    app: App,
    name: str,
    of_group: dict[str, Any],
    dose: dict[str, Any],
    pupils: Sequence[str],
    fmt: str,
) -> None:
    """Make the group where there is none, and give each pupil its support."""
    if of_group["provision"] is None:
        raise UsageFault(
            "What is the group for?",
            f"Name the provision after it: sen group add {shell.quoted(name)} "
            "PROVISION PUPIL",
        )
    ids = _ids(app, pupils)

    def work(draft: Draft) -> Act:
        listed = draft.read(GROUPS)
        day = of_group["from"] or app.today
        new_id = app.new_ids(listed)
        # refused for another provision, or where it has ended
        groups.group_for(
            name, listed.get("groups", ()), of_group["provision"], day, new_id
        )
        made = groups.add_group(listed, name, of_group, new_id)
        typed = {**dose, "group": made.ids["group"]}
        typed |= {"start": of_group["from"], "end": of_group["until"]}
        entry = find_provision(of_group["provision"], draft.read(PROVISIONS))
        # as many share the adult as are named, if the catalogue has fewer
        if entry.get("usual", {}).get("group_size", 1) < len(ids):
            typed.setdefault("group_size", len(ids))
        acts = _acts(
            app, draft, ids, entry, given_options(typed), made.record, "group.add"
        )
        many = plural(len(ids), "pupil")
        act = together(acts, f"Make a teaching group of {many}")
        said = f"{made.said}\n{act.said}"
        records = {GROUPS: made.record, **act.records}
        return replace(act, said=said, records=records, trailers=made.trailers)

    save(app, work, fmt)


@group.command("join")
@click.argument("which", metavar="GROUP")
@click.argument("pupils", metavar="PUPIL...", nargs=-1, required=True)
@SPAN
@DOSE
@writing
@pass_app
def join(
    app: App, /, which: str, pupils: tuple[str, ...], fmt: str, **typed: Any
) -> None:
    """Put pupils into a group: they get its support, leader, dose and last day."""
    ids = _ids(app, pupils)
    named = given_options(typed)
    day = named.pop("from", app.today)
    reading = app.read()

    def work(draft: Draft) -> Act:
        listed = draft.read(GROUPS)
        found = groups.find_group(which, listed)
        item = shared_support(reading.pupils(), found["id"], day)
        if item is None and "provision" not in found:
            raise NotFound(
                f"Nobody in {found['name']} has support yet, and it is for no "
                "provision.",
                f"Say what it is for: sen group set {shell.quoted(found['name'])} "
                "--provision KEY",
            )
        key = item["provision"] if item else found["provision"]
        entry = find_provision(key, draft.read(PROVISIONS))
        own = {**(inherited(item, day) if item else {}), **named}
        if "until" in own:
            own["end"] = own.pop("until")
        given = {**own, "group": found["id"], "start": day}
        acts = _acts(app, draft, ids, entry, given, listed, "group.join")
        return together(acts, f"{plural(len(ids), 'pupil')} joined a teaching group")

    save(app, work, fmt)


def _ids(app: App, pupils: Sequence[str]) -> list[str]:
    """The pupils, each once; several may stand between commas."""
    return list(dict.fromkeys(one for typed in pupils for one in app.pupil_ids(typed)))


def _acts(
    app: App,
    draft: Draft,
    ids: Sequence[str],
    entry: Record,
    typed: dict[str, Any],
    listed: Record,
    action: str,
) -> list[Act]:
    """The support of each pupil, as a change of the record, named for the commit."""
    from sencli.store.records.records import pupil_path

    def context(record: Record, known: Record) -> Context:
        files = {PROVISIONS: draft.read(PROVISIONS), GROUPS: known}
        return context_of(app, record, files)

    records = [draft.read(pupil_path(one)) for one in ids]
    acts = give_all(records, entry, typed, context, listed)
    pairs = zip(acts, ids, strict=True)
    return [of_pupil(act, one, action, "") for act, one in pairs]


@group.command("set")
@click.argument("which", metavar="GROUP")
@click.option("--name", type=LINE, help="Another name.")
@FIELDS
@writing
@pass_app
def set_(app: App, /, which: str, fmt: str, **typed: Any) -> None:
    """Change the name, the provision or the dates of a group."""

    def verb(found: Record) -> Act:
        return groups.change_group(found, which, _with_provision_key(app, typed))

    save_file(
        app,
        GROUPS,
        verb,
        action="group.change",
        subject="Change a teaching group",
        fmt=fmt,
    )


def _with_provision_key(app: App, typed: dict[str, Any]) -> dict[str, Any]:
    """What was typed, with the key of the provision that was named."""
    if typed["provision"] is None:
        return typed
    found = find_provision(typed["provision"], app.repo.provisions())
    return {**typed, "provision": found["key"]}


@list_verb(group)
@click.option("--all", "everything", is_flag=True, help="Those that have ended too.")
def list_(reading: Reading, /, *, everything: bool) -> View:
    """List the groups with their members on the day."""
    from sencli.documents.lists.school import group_list

    school, day = reading.school, reading.day
    found = groups.members(reading.pupils(), day)
    return group_list(reading.groups, found, school, day, everything=everything)
