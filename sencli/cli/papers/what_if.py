"""``sen what-if``: other staffing, on a copy in memory."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import Any

import click

from sencli import terms
from sencli.cli.shell import prompts
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.asking import Question
from sencli.cli.shell.asking import answer
from sencli.cli.shell.asking import optional
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import SINCE
from sencli.cli.shell.options import output as output_options
from sencli.errors import InvalidValue
from sencli.errors import UsageFault

if TYPE_CHECKING:
    from sencli.cli.shell.app import Reading
    from sencli.core.provision.what_if import NewGroup


@click.command("what-if")
@click.option(
    "--without", type=LINE, multiple=True, help="Who would not be there: TA2."
)
@click.option(
    "--cover", type=LINE, multiple=True, help="Who would lead in their place: TA1."
)
@click.option(
    "--rate", "rates", metavar="ROLE=POUNDS", multiple=True, help="An hour: TA=17.20."
)
@click.option(
    "--group",
    "groups",
    metavar="PROVISION=PUPIL,PUPIL",
    multiple=True,
    help="One more group: precision-teaching=amelia,ben.",
)
@click.option(
    "--led-by", type=LINE, multiple=True, help="Who would lead the new groups: TA1."
)
@SINCE
@click.option(
    "--to", "until", type=DAY, help="Count cost up to that day (default: end of year)."
)
@output_options(*terms.FORMATS, default="table")
@pass_app
def what_if(
    app: App,
    /,
    *,
    led_by: tuple[str, ...],
    since: str | None,
    until: str | None,
    fmt: str | None,
    output: str | None,
    force: bool,
    **typed: tuple[str, ...],
) -> None:
    """A TA less, a rate up, a group more: cost and hours, on a copy.

    The totals of the provision map now and then, and whose support nobody would lead.
    Nothing is changed: it is worked out on a copy.
    """
    from sencli.cli.papers.map import period
    from sencli.cli.papers.setting import BRITISH
    from sencli.cli.papers.setting import setting
    from sencli.cli.shell.output import emit
    from sencli.core.provision.what_if import WhatIf
    from sencli.documents.school.what_if import build

    reading = app.read()
    said = {name: text for name, text in typed.items() if text} or _answers(app)
    gone = _staff(reading, said.get("without", ()))
    cover = _staff(reading, said.get("cover", ()))
    if cover and not gone:
        raise UsageFault(
            "--cover is for somebody who would not be there.",
            "Name that person with --without.",
        )
    first = since or app.today
    found = period(first, first, until, None)
    change = WhatIf(
        first,
        found[1] if found else first,
        gone,
        cover,
        dict(_rate(reading, one) for one in said.get("rates", ())),
        tuple(_group(reading, one, led_by) for one in said.get("groups", ())),
    )
    if both := set(change.without) & {*change.cover, *_leaders(change.groups)}:
        raise InvalidValue(
            f"{' and '.join(sorted(both))} would not be there.",
            "Name somebody else with --cover or --led-by.",
        )
    records = list(reading.pupils())
    views = build(records, setting(reading, BRITISH, fingerprints=False), change)
    emit(app, views, fmt, output, force=force)


def _answers(app: App) -> dict[str, tuple[str, ...]]:
    """Who would be gone, what would cost more, which group there would be.

    Raises:
        UsageFault: nobody can be asked, or nothing would be otherwise.
    """
    from sencli.cli.shell.choices import staff

    said: dict[str, str] = {}
    if prompts.can_ask():
        ask = "Who would not be there (Enter: nobody)"
        known = staff(app)
        said["without"] = answer(Question(ask, known, ask, several=True, optional=True))
        if said["without"]:
            cover = "Who would lead in that place (Enter: nobody)"
            said["cover"] = answer(
                Question(cover, known, cover, several=True, optional=True)
            )
        said["rates"] = answer(optional("What would an hour cost (TA=17.20)"))
        said["groups"] = answer(
            optional("One more group (precision-teaching=amelia,ben)")
        )
    found: dict[str, tuple[str, ...]] = {
        name: (text,) for name, text in said.items() if text
    }
    if not found:
        raise UsageFault(
            "What would be otherwise?",
            "Say it with --without INITIALS, --rate ROLE=POUNDS or --group "
            "PROVISION=PUPIL,PUPIL",
        )
    return found


def _staff(reading: Reading, typed: Sequence[str]) -> tuple[str, ...]:
    """Initials of the staff that were named.

    Raises:
        NotFound: there is no such person.
    """
    from sencli.core.people.staff import find_staff

    names = [name for one in typed for name in one.split(",") if name.strip()]
    return tuple(str(find_staff(name, reading.school)["initials"]) for name in names)


def _rate(reading: Reading, typed: str) -> tuple[str, int]:
    """A role as the school writes it, and pence an hour."""
    from sencli.core.text.money import pence

    role, sign, pounds = (part.strip() for part in typed.rpartition("="))
    if not sign or not role:
        raise UsageFault(
            f"{typed!r} is not a role and a rate.", "Write --rate TA=17.20"
        )
    known = [str(rate["role"]) for rate in reading.school.get("rates", ())]
    same = [name for name in known if name.casefold() == role.casefold()]
    if not same:
        there = ", ".join(dict.fromkeys(known)) or "none yet"
        raise InvalidValue(
            f"No rate is entered for {role!r}; there are: {there}.",
            "See them: sen rate list",
        )
    return same[-1], pence(pounds)


def _group(reading: Reading, typed: str, led_by: Sequence[str]) -> NewGroup:
    """A new group as typed: a provision and its pupils."""
    from sencli.cli.papers.map import provision_key
    from sencli.core.provision.what_if import NewGroup

    provision, sign, pupils = (part.strip() for part in typed.partition("="))
    names = [name.strip() for name in pupils.split(",") if name.strip()]
    if not sign or not provision or not names:
        raise UsageFault(
            f"{typed!r} is not a provision and its pupils.",
            "Write --group precision-teaching=amelia,ben",
        )
    offered: Sequence[Mapping[str, Any]] = reading.provisions.get("provisions", ())
    key = provision_key(provision, offered)
    find = reading.app.pupil_id
    ids = dict.fromkeys(find(name, reading.source) for name in names)
    return NewGroup(key, tuple(ids), _staff(reading, led_by))


def _leaders(groups: Sequence[NewGroup]) -> list[str]:
    return [who for group in groups for who in group.led_by]
