"""``sen roll`` and ``sen national``: what the school's percentages are of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sencli import terms
from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.lists import list_verb
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import stacked
from sencli.cli.shell.options import writing
from sencli.cli.shell.writing import save_file
from sencli.core.people.context import SCHOOL
from sencli.core.pupil.add import YEAR_GROUP_WORDS
from sencli.core.pupil.add import YEAR_GROUPS
from sencli.core.school import percentages
from sencli.core.school import school_numbers

if TYPE_CHECKING:
    from sencli.cli.shell.app import Reading
    from sencli.documents.view import View

PART = stacked(
    click.option(
        "--year",
        type=Pick(YEAR_GROUPS, "year group", YEAR_GROUP_WORDS, name="year group"),
        help="Of one year group.",
    ),
    click.option("--class", "class_", type=LINE, help="Of one class."),
)
_FIGURE_WORDS = {
    "support": "sen_support",
    "k": "sen_support",
    "ehc": "ehc_plan",
    "ehcp": "ehc_plan",
    "e": "ehc_plan",
    "sen": "all_sen",
    "all": "all_sen",
    "send": "all_sen",
}
FIGURE = Pick(terms.NATIONAL_FIGURES, "figure", _FIGURE_WORDS, name="figure")
SCHOOLS = click.option(
    "--schools",
    type=Pick(terms.KINDS_OF_SCHOOLS, "kind of schools", name="kind"),
    help="all, primary, secondary or special (default all).",
)
YEAR = click.option("--year", required=True, type=LINE, help="School year: 2025/26.")


@click.group()
def roll() -> None:
    """Number of pupils on roll, for percentages: set, remove, list."""


@roll.command("set")
@click.argument("pupils", type=click.IntRange(0, 20000))
@PART
@click.option("--date", type=PAST, help="The day counted (default today).")
@click.option("--source", type=LINE, help="Where the number comes from.")
@writing
@pass_app
def set_(
    app: App,
    *,
    pupils: int,
    year: str | None,
    class_: str | None,
    date: str | None,
    source: str | None,
    fmt: str,
) -> None:
    """Set how many pupils were on roll: in the school, a year group or a class."""
    part = {"year_group": year, "class": class_, "source": source}
    day = date or app.today
    save_file(
        app,
        SCHOOL,
        lambda school: school_numbers.set_roll(school, pupils, day, part, app.today),
        action="roll.set",
        subject="Set the number on roll",
        fmt=fmt,
    )


@roll.command("remove")
@click.option("--date", type=PAST, required=True, help="The day counted.")
@PART
@writing
@pass_app
def remove(
    app: App, *, date: str, year: str | None, class_: str | None, fmt: str
) -> None:
    """Take out a number that was entered by mistake."""
    part = {"year_group": year, "class": class_}
    save_file(
        app,
        SCHOOL,
        lambda school: school_numbers.remove_roll(school, date, part),
        action="roll.remove",
        subject="Take out a number on roll",
        fmt=fmt,
    )


@list_verb(roll)
def list_(reading: Reading, /) -> View:
    """List the numbers on roll over time."""
    from sencli.documents.lists.school_numbers import roll as build

    return build(reading.school, reading.day)


@click.group()
def national() -> None:
    """Figures for England to set beside the school's: set, remove, list."""


@national.command("set")
@click.argument("figure", type=FIGURE)
@click.argument("per_cent", type=LINE)
@YEAR
@SCHOOLS
@click.option("--source", type=LINE, help="Publisher and title.")
@click.option("--published", type=PAST, help="When it was published.")
@writing
@pass_app
def set_national(
    app: App,
    *,
    figure: str,
    per_cent: str,
    year: str,
    schools: str | None,
    source: str | None,
    published: str | None,
    fmt: str,
) -> None:
    """Set a figure: FIGURE is sen_support, ehc_plan or all_sen, PER_CENT as 14.2."""
    number = percentages.percentage(per_cent)
    of_year = percentages.school_year(year)
    fields = {"schools": schools, "source": source, "published": published}
    save_file(
        app,
        SCHOOL,
        lambda school: school_numbers.set_figure(
            school, figure, number, of_year, fields
        ),
        action="national.set",
        subject="Set a figure for England",
        fmt=fmt,
    )


@national.command("remove")
@click.argument("figure", type=FIGURE)
@YEAR
@SCHOOLS
@writing
@pass_app
def remove_national(
    app: App, *, figure: str, year: str, schools: str | None, fmt: str
) -> None:
    """Take out a figure that was entered by mistake."""
    of_year = percentages.school_year(year)
    save_file(
        app,
        SCHOOL,
        lambda school: school_numbers.remove_figure(school, figure, of_year, schools),
        action="national.remove",
        subject="Take out a figure for England",
        fmt=fmt,
    )


@list_verb(national)
def list_national(reading: Reading, /) -> View:
    """List the figures for England that were entered."""
    from sencli.documents.lists.school_numbers import national as build

    return build(reading.school, reading.day)
