"""What may stand for a parameter: pupils, provisions, items of a record, closed lists.

Questions number them, and Tab completes them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from types import MappingProxyType
from typing import TYPE_CHECKING

import click

from sencli.cli.shell.options import Pick
from sencli.value import Value

if TYPE_CHECKING:
    from sencli.cli.shell.app import App


class Choice(Value):
    """One of several.

    Attributes:
        typed: as it is typed in a command.
        words: as people call it; "" where it is typed so.
    """

    typed: str
    words: str = ""


_ITEMS = MappingProxyType({
    "OUTCOME": "outcome",
    "INTERVENTION": "intervention",
    "CONCERN": "concern",
    "MEETING": "meeting",
    "ACTION": "action",
    "NEED": "need",
    "CONTACT": "contact",
    "CONDITION": "condition",
    "SPECIALIST": "specialist",
    "ADJUSTMENT": "adjustment",
    "SUSPENSION": "suspension",
    "TIMETABLE": "part-time timetable",
    "REGISTRATION": "dual registration",
    "PLACE": "base placement",
    "MOVE": "transition",
    "RESULT": "result",
})  # fmt: skip
"""What an argument of that name is in the record of the pupil before it."""


_LIKE = MappingProxyType({
    **dict.fromkeys(
        ("--by", "--teacher", "--led-by", "--mine", "--staff", "--without", "--cover"),
        "INITIALS",
    ),
    **dict.fromkeys(
        ("--agreed-with", "--attended", "--told", "--with", "--raised-by", "--invited",
         "--decided-by", "--shared-with", "--evidence-by", "--held-by", "--partly",
         "--disagreed", "--not-reached", "--consent"), "PERSON"
    ),
    "--provision": "PROVISION",
    "--group": "GROUP",
    "--pupil": "PUPIL",
    "--class": "CLASS",
    "--upn": "UPN",
    "--urn": "URN",
    "--laestab": "LAESTAB",
    "--lang": "LANG",
    "--decision": "DECISION",
    "--language": "LANGUAGE",
    "--relationship": "RELATIONSHIP",
    "--role": "ROLE",
    "--led-by-role": "ROLE",
    "--continues": "OUTCOME",
    "--within": "INTERVENTION",
    "--outcome": "OUTCOME",
    "--intervention": "INTERVENTION",
    "--need": "NEED",
    "--rule": "RULE",
    "--scale": "SCALE",
})  # fmt: skip
"""Options whose values are those of an argument."""


def kind_of(param: click.Parameter) -> str:
    """What the help shows for its value: ``PUPIL``, ``OUTCOME``, ``TEXT``."""
    if isinstance(param, click.Option):
        usual = _LIKE.get(param.opts[0], "TEXT") if param.type.name == "text" else ""
        return param.metavar or usual or param.type.name.upper()
    name = param.human_readable_name.removesuffix("...")
    if name.startswith("[") and name.endswith("]"):
        name = name[1:-1]
    return name.removesuffix("...")


def choices(ctx: click.Context, param: click.Parameter) -> list[Choice]:
    """What may be typed for the parameter; empty where it is free text.

    Args:
        ctx: of the command, with what was typed before it.
        param: the parameter.
    """
    if isinstance(param.type, Pick):
        return [Choice(code, words) for code, words in param.type.options.items()]
    if isinstance(param.type, click.Choice):
        return [Choice(str(one)) for one in param.type.choices]
    app: App = ctx.find_root().obj
    name = kind_of(param)
    if name not in _ITEMS and name not in _SCHOOL:
        name = _LIKE.get(param.opts[0], name)
    who = ctx.params.get("who")
    own = name in _ITEMS or (name == "PROVISION" and param.name == "which")
    if own and who and "," not in who:
        return _items(app, who, _ITEMS.get(name, "alternative provision"))
    if name == "PERSON":
        return people(app, who if who and "," not in who else "")
    found = _SCHOOL.get(name)
    return found(app) if found else []


def _items(app: App, who: str, noun: str) -> list[Choice]:
    from sencli.core.record.items import numbered
    from sencli.resources import load_schema

    record = app.repo.pupil(app.pupil_id(who))
    found = numbered(record, noun, load_schema("pupil"))
    return [Choice(number, words) for number, words in found]


def pupils(app: App) -> list[Choice]:
    """Every pupil, by name."""
    from sencli.core.text.folding import sort_key
    from sencli.store.repository.pupil_names import pupil_names

    named = sorted(pupil_names(app.repo), key=lambda name: sort_key(name.shown))
    times = Counter(name.shown for name in named)
    # two of one name are told apart by their ids
    return [
        Choice(f"{name.first_name} {name.last_name}".strip(), name.shown)
        if times[name.shown] == 1
        else Choice(name.id, f"{name.shown} ({name.id})")
        for name in named
    ]


def _groups(app: App) -> list[Choice]:
    listed = app.repo.groups().get("groups", ())
    return [Choice(str(one["name"])) for one in listed]


def provisions(app: App) -> list[Choice]:
    """The catalogue, by key."""
    listed = app.repo.provisions().get("provisions", ())
    return [Choice(str(one["key"]), str(one["name"])) for one in listed]


def staff(app: App) -> list[Choice]:
    """The staff, by initials."""
    listed = app.school.get("staff", ())
    return [Choice(str(one["initials"]), str(one["name"])) for one in listed]


def people(app: App, who: str) -> list[Choice]:
    """Roles, the pupil's contacts, and the staff."""
    from sencli.core.people.contacts import contact_label
    from sencli.core.record.lookup import contacts_on
    from sencli.terms import ROLES

    found = [Choice(role, words) for role, words in ROLES.items()]
    if who:
        record = app.repo.pupil(app.pupil_id(who))
        found += [
            Choice(str(contact["id"]), contact_label(contact))
            for contact in contacts_on(record, app.today)
        ]
    return found + staff(app)


def _scales(app: App) -> list[Choice]:
    listed = app.repo.provisions().get("scales", ())
    return [Choice(str(one["key"]), str(one.get("name", ""))) for one in listed]


def _rules(_app: App) -> list[Choice]:
    from sencli.rules import RULES

    return [Choice(rule.code, rule.name) for rule in RULES]


_SCHOOL: dict[str, Callable[[App], list[Choice]]] = {
    "PUPIL": pupils,
    "PUPIL[,PUPIL...]": pupils,
    "OTHER": pupils,
    "GROUP": _groups,
    "GROUP|PUPIL": lambda app: [*_groups(app), *pupils(app)],
    "CLASS|GROUP|INITIALS": lambda app: [*_groups(app), *staff(app)],
    "PROVISION": provisions,
    "KEY": provisions,
    **dict.fromkeys(("INITIALS", "TEACHER"), staff),
    **dict.fromkeys(("RULE", "CODE"), _rules),
    "SCALE": _scales,
}
