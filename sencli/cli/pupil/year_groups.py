"""The option for a year group, as Reception or 4."""

from __future__ import annotations

from sencli.cli.shell.options import Pick
from sencli.core.pupil import add as new_pupil

YEAR_GROUP = Pick(
    new_pupil.YEAR_GROUPS, "year group", new_pupil.YEAR_GROUP_WORDS, name="year"
)
