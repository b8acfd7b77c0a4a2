"""The school-wide files: school, catalogue and groups."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import cast

from sencli.core.record.types import Entry
from sencli.value import Value
from sencli.value import field

if TYPE_CHECKING:
    from sencli.core.provision.cost import InGroup
    from sencli.core.provision.group_members import Members


ELEMENT_2_PENCE = 600_000
"""What a school meets itself for each pupil and year (the notional SEN budget)."""


class School(Value):
    """The school's files, and the day that they are looked at on.

    Attributes:
        school: ``school.yaml``.
        provisions: the catalogue and the scales.
        groups: the teaching groups.
        day: ISO date that is judged on, where one is.
        members: counts the pupils in the groups; without it a dose's own number holds.
    """

    school: Entry
    provisions: Entry = field(default_factory=dict)
    groups: Entry = field(default_factory=dict)
    day: str = ""
    members: Members | None = None

    @property
    def scales(self) -> Sequence[Entry]:
        """The scales of the catalogue."""
        return cast("Sequence[Entry]", self.provisions.get("scales", ()))

    def in_group(self, intervention: Entry) -> InGroup | None:
        """How many are in the intervention's group on a day; None without a group."""
        group, members = intervention.get("group"), self.members
        if not group or members is None:
            return None
        terms = self.school.get("terms", ())
        return lambda day: members.on(str(group), day, terms, self.usual)

    def usual(self, key: str) -> Entry:
        """The usual dose of a provision."""
        found: Entry = self.provision(key).get("usual", {})
        return found

    def provision(self, key: str) -> Entry:
        """The catalogue's entry, or one with a name made of its key."""
        for entry in self.provisions.get("provisions", ()):
            if entry["key"] == key:
                found: Entry = entry
                return found
        return {"key": key, "name": key.replace("-", " ").capitalize()}

    def group(self, group_id: str) -> str | None:
        """The name of a teaching group."""
        for entry in self.groups.get("groups", ()):
            if entry["id"] == group_id:
                return str(entry["name"])
        return None

    def staff_names(self, initials: Iterable[str]) -> list[str]:
        """Members of staff by name; one who is not in the list as typed."""
        names = {s["initials"]: s["name"] for s in self.school.get("staff", ())}
        return [str(names.get(one, one)) for one in initials]

    @property
    def threshold(self) -> int:
        """Element 2, in pence a year."""
        settings = self.school.get("settings", {})
        return int(settings.get("element_2_pence", ELEMENT_2_PENCE))
