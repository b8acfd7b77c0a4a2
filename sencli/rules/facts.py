"""What rules need to know of the school, worked out once for all pupils."""

from __future__ import annotations

from collections.abc import Container
from functools import cached_property

from sencli.core.record.lookup import academic_year
from sencli.core.record.types import Entry
from sencli.core.school.settings import Settings
from sencli.core.school.settings import settings
from sencli.core.statutory.deadlines import SchoolDays

_SUMMER = {"06", "07", "08"}


class Facts:
    """A school, its catalogue and its calendar.

    Args:
        school: the school.
        provisions: the catalogue; without it, what it alone can show is not judged.
        bank_holidays: ISO dates that are no school days.
    """

    def __init__(
        self,
        school: Entry,
        provisions: Entry | None = None,
        bank_holidays: Container[str] = (),
    ) -> None:
        self.school = school
        self._provisions = provisions
        self._bank_holidays = bank_holidays

    @cached_property
    def settings(self) -> Settings:
        """The school's settings."""
        return settings(self.school)

    @cached_property
    def catalogue(self) -> dict[str, Entry]:
        """Provisions by key; empty where no catalogue was given."""
        entries = (self._provisions or {}).get("provisions", ())
        return {entry["key"]: entry for entry in entries}

    @cached_property
    def school_days(self) -> SchoolDays:
        """The school's days."""
        return SchoolDays(self.school.get("terms", ()), self._bank_holidays)

    @cached_property
    def summer_ends(self) -> dict[int, str]:
        """The last day of each school year of which a summer term is known."""
        found: dict[int, str] = {}
        for term in self.school.get("terms", ()):
            year, end = academic_year(term["start"]), str(term["end"])
            if end[5:7] in _SUMMER:
                found[year] = max(found.get(year, ""), end)
        return found

    @cached_property
    def roles(self) -> dict[str, str]:
        """The role words of each member of staff, by initials."""
        return {
            person["initials"]: " ".join(
                str(role["role"]) for role in person.get("roles", ())
            ).casefold()
            for person in self.school.get("staff", ())
        }
