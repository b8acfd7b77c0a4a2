"""``sen provision``: the catalogue of what the school offers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.lists import list_verb
from sencli.cli.shell.options import AREA
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import MONEY
from sencli.cli.shell.options import SHARE
from sencli.cli.shell.options import TIER
from sencli.cli.shell.options import WORDS
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import stacked
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import save_file
from sencli.core.people.context import PROVISIONS
from sencli.core.people.staff import role_name
from sencli.core.provision import catalogue
from sencli.core.record.act import Act
from sencli.core.record.types import Record

if TYPE_CHECKING:
    from sencli.cli.shell.app import Reading
    from sencli.documents.view import View

FUNDING = {
    "core": "core budget (element 1)",
    "notional": "notional SEN budget (element 2)",
    "top_up": "top-up funding (element 3)",
    "pupil_premium": "pupil premium",
    "imf": "Inclusive Mainstream Fund",
    "other": "other",
}
_COUNT = click.IntRange(min=1, max=600)


# What can be said of a provision; each by the name of its field.
FIELDS = stacked(
    click.option("--name", type=LINE, help="Its name."),
    click.option("--parent-name", type=LINE, help="Its name on parents' papers."),
    click.option("--tier", type=TIER, help="Layer: universal, targeted ..."),
    click.option(
        "--area", "areas", type=AREA, multiple=True, help="Broad area of need."
    ),
    click.option("--minutes", type=_COUNT, help="Minutes a session."),
    click.option(
        "--sessions-per-week",
        type=click.FloatRange(min=0, min_open=True, max=50),
        help="Sessions a school week.",
    ),
    click.option("--weeks", type=click.IntRange(1, 60), help="School weeks."),
    click.option(
        "--group-size",
        type=click.IntRange(1, 60),
        help="Pupils who share the adult.",
    ),
    click.option(
        "--led-by-role", "--role", "role", type=LINE, help="Role that leads it."
    ),
    click.option("--evidence", type=WORDS, help="What says that it works."),
    click.option("--description", type=WORDS, help="What it is, for parents."),
    click.option("--training", type=LINE, help="Training that staff need."),
    click.option(
        "--withdrawal/--in-class",
        default=None,
        help="Whether the pupil leaves the class for it.",
    ),
    click.option(
        "--funding-source",
        type=Pick(FUNDING, "source of funding", name="source"),
        help="Who pays.",
    ),
    click.option(
        "--cost-per-pupil",
        "cost_per_pupil_pence",
        type=MONEY,
        help="Resources or bought-in cost for each pupil.",
    ),
    click.option("--from", "from", type=DAY, help="Offered from that day on."),
    SHARE,
)


@click.group()
def provision() -> None:
    """The catalogue of provisions."""


@provision.command("add")
@click.argument("key")
@FIELDS
@writing
@pass_app
def add(app: App, /, key: str, fmt: str, **typed: Any) -> None:
    """Add a provision to the catalogue, under a short name (KEY) to type."""

    def verb(provisions: Record, named: dict[str, Any]) -> Act:
        return catalogue.add_provision(provisions, key, named)

    _save(app, verb, typed, "provision.add", "Add a provision to the catalogue", fmt)


@provision.command("set")
@click.argument("which", metavar="KEY")
@FIELDS
@click.option("--retired", type=DAY, help="No longer offered from that day.")
@writing
@pass_app
def set_(app: App, /, which: str, fmt: str, **typed: Any) -> None:
    """Change what the catalogue says of a provision."""

    def verb(provisions: Record, named: dict[str, Any]) -> Act:
        return catalogue.set_provision(provisions, which, named)

    _save(app, verb, typed, "provision.set", "Change a provision", fmt)


def _save(
    app: App,
    verb: Callable[[Record, dict[str, Any]], Act],
    typed: dict[str, Any],
    action: str,
    subject: str,
    fmt: str,
) -> None:
    named = {**typed, "areas": list(typed["areas"])}

    def change(provisions: Record) -> Act:
        if named["role"]:
            named["role"] = role_name(named["role"], app.school)
        return verb(provisions, named)

    save_file(app, PROVISIONS, change, action=action, subject=subject, fmt=fmt)


@list_verb(provision)
def list_(reading: Reading, /) -> View:
    """List the catalogue."""
    from sencli.documents.lists.school import provisions as build

    return build(reading.school, reading.provisions, reading.day)
