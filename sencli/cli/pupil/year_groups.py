"""The option for a year group: Reception or a number."""

from __future__ import annotations

from sencli.cli.shell.options import Pick
from sencli.core.pupil import add as new_pupil

YEAR_GROUP = Pick(
    new_pupil.YEAR_GROUPS, "year group", new_pupil.YEAR_GROUP_WORDS, name="year"
)
