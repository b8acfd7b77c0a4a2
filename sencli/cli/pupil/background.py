"""``sen ethnicity`` and ``sen language``: what a child's background is, from a day."""

from __future__ import annotations

from typing import Any

import click

from sencli import terms
from sencli.cli.shell.lists import add_list
from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import RESTRICTED
from sencli.cli.shell.options import Pick
from sencli.cli.shell.options import stacked
from sencli.cli.shell.verbs import needed
from sencli.cli.shell.verbs import pupil_verbs
from sencli.core.people.context import Context
from sencli.core.pupil import background
from sencli.core.record.act import Act
from sencli.core.record.types import Record

_ASCRIBED_WORDS = {
    "c": "child",
    "pupil": "child",
    "p": "parent",
    "mother": "parent",
    "father": "parent",
    "carer": "parent",
    "s": "school",
    "t": "previous_school",
    "o": "other",
}

SAID = stacked(
    click.option(
        "--basis",
        type=Pick(terms.ASCRIBED, "basis", _ASCRIBED_WORDS, name="basis"),
        help="Who ascribed it: child, parent, school, previous_school or other.",
    ),
    click.option("--by", type=LINE, help="Who said so or wrote it down."),
    click.option("--from", "from", type=DAY, help="From when (default today)."),
)


@click.group()
def ethnicity() -> None:
    """Ethnic background, from a day: set, list."""


@click.group()
def language() -> None:
    """The language first spoken at home, from a day: set, list."""


of_ethnicity = pupil_verbs(ethnicity)
of_language = pupil_verbs(language)


@of_ethnicity(
    "ethnicity.set",
    "Set the ethnicity of {id}",
    correctable=True,
    before=needed("which", "ETHNICITY", "Ethnicity, by its code or words", "CODE"),
)
@click.argument("which", metavar="ETHNICITY", type=LINE, required=False)
@click.option("--detail", type=LINE, help="The family's own words, or a further code.")
@SAID
@RESTRICTED
def set_ethnicity(record: Record, context: Context, /, which: str, **typed: Any) -> Act:
    """Set the ethnicity: ETHNICITY is the DfE code (WBRI, APKN ...) or its words.

    REFU means that the family would rather not say, NOBT that it is not yet obtained.
    The first holds as far back as we know, a later one from today or --from. Take one
    out with: sen remove PUPIL ethnicity
    """
    meant = background.ethnicity_of(which)
    return background.set_ethnicity(record, meant, typed, context)


@of_language(
    "language.set",
    "Set the home language of {id}",
    correctable=True,
    before=needed("which", "LANGUAGE", "Language spoken at home", "LANGUAGE"),
)
@click.argument("which", metavar="LANGUAGE", type=LINE, required=False)
@click.option("--code", type=LINE, help="DfE code, if sencli does not know it.")
@click.option("--note", type=LINE, help="A note.")
@SAID
def set_language(record: Record, context: Context, /, which: str, **typed: Any) -> Act:
    """Set the home language: LANGUAGE is its name, or its DfE code (URD).

    The first holds as far back as we know, a later one from today or --from. What a
    contact speaks is set with: sen contact set PUPIL WHO --language LANGUAGE
    """
    return background.set_language(record, which, typed, context)


add_list(ethnicity, "background:ethnicity", "List a pupil's ethnicity over time.")
add_list(language, "background:languages", "List a pupil's home language over time.")
