"""What is due of the school as a whole: the reports that it publishes every year."""

from __future__ import annotations

from collections.abc import Mapping

from sencli.core.due.due import Due
from sencli.core.record.types import Entry
from sencli.core.school import published_reports
from sencli.core.text.dates import add_days

LEAD_DAYS = 84
"""A report is a term's work, and governors meet seldom: it is shown so long before."""
WHOLE_SCHOOL = "(the school)"


def school_due(
    written: Mapping[str, Entry], school: Entry, day: str, until: str
) -> list[Due]:
    """The reports that are to be published by ``until``, or within twelve weeks.

    Args:
        written: what is written of each report, by its kind.
        school: the school.
        day: today's ISO date.
        until: the last ISO date to look at.
    """
    found = []
    for kind, made in published_reports.KINDS.items():
        due = published_reports.due_on(kind, written.get(kind, {}), school, day)
        if due and due <= max(until, add_days(day, LEAD_DAYS)):
            what = f"Publish the {made.name} on the school's website"
            command = f"sen report publish {kind} --date DATE"
            found.append(Due(due, "published", what, command, "", WHOLE_SCHOOL, "", ""))
    return found
