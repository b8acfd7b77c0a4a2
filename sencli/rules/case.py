"""What rules need to know of one record on one day, worked out once.

A duty that another school's records must answer for is not ours: what is dated before
the pupil's present stay on the roll, and what names its ``source``.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from functools import cached_property
from typing import Any
from typing import Literal
from typing import NamedTuple

from sencli.core.due.facts import last_event
from sencli.core.papers.readership import for_parents
from sencli.core.people.parent_privacy import PUPIL
from sencli.core.people.young_person import Family
from sencli.core.people.young_person import duty_holders
from sencli.core.people.young_person import family_on
from sencli.core.people.young_person import reached
from sencli.core.pupil import support_since
from sencli.core.pupil.plan_in_force import plan_in_force
from sencli.core.pupil.plan_in_force import under_plan
from sencli.core.record import lookup
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Entry
from sencli.core.record.walk import Path
from sencli.core.school.settings import Settings
from sencli.core.statutory.deadlines import SchoolDays
from sencli.core.text import dates
from sencli.rules.facts import Facts

_ASSISTANT = ("ta", "hlta", "lsa", "assistant", "support")
_TEACHER = ("teacher", "tutor", "head")

Scope = Literal["support", "plan", "register", "watched", "roll", "left", "school"]
"""Whom a rule judges: pupils with SEN support and no EHC plan, with a plan (one in
force, or E with none entered), with either, with either or monitored, everybody on
roll, those who left; or the school as a whole.
"""


class ItemAt(NamedTuple):
    """An item with its path in the record."""

    path: Path
    item: Entry

    def to(self, *keys: str | int) -> Path:
        """A place inside the item."""
        return (*self.path, *keys)


class Case:
    """One record, one school, one day.

    Args:
        record: the pupil's record.
        facts: the school.
        day: ISO date on which it is judged.
    """

    def __init__(self, record: Entry, facts: Facts, day: str) -> None:
        self.record = record
        self.day = day
        self.id = str(record["id"])
        self.school = facts.school
        self._facts = facts

    # ---- the school

    @property
    def settings(self) -> Settings:
        """The school's settings."""
        return self._facts.settings

    @property
    def catalogue(self) -> Mapping[str, Entry]:
        """Provisions by key; empty where no catalogue was given."""
        return self._facts.catalogue

    @property
    def school_days(self) -> SchoolDays:
        """The school's days."""
        return self._facts.school_days

    def year_end(self, year: int) -> str:
        """The last day of the school year that began in that calendar year."""
        return self._facts.summer_ends.get(year, f"{year + 1}-07-31")

    def name_of(self, provision: str) -> str:
        """A provision's name in the catalogue, or its key."""
        return str(self.catalogue.get(provision, {}).get("name", provision))

    def ago(self, days: int) -> str:
        """The day so many calendar days before."""
        return dates.add_days(self.day, -days)

    # ---- people

    @property
    def family(self) -> Family:
        """Whom the duties run to today, in words: the parents, or the young person."""
        return self.family_on(self.day)

    def family_on(self, day: str) -> Family:
        """Whom the duties ran to on a day, in words."""
        return family_on(self.record, day)

    @property
    def whom(self) -> str:
        """What a command is told of to whom something went: a young person is one."""
        return PUPIL if self.family.to == PUPIL else "WHO"

    def is_parent(self, who: str, day: str) -> bool:
        """Whether it is somebody to whom the duties to parents ran on that day."""
        return who in duty_holders(self.record, day)

    def reached(self, who: Sequence[str], day: str) -> bool:
        """Whether what went to somebody on a day went to whom it was owed."""
        return reached(self.record, who, day)

    def is_senco(self, who: str) -> bool:
        """Whether the SENCO is meant."""
        role = self._facts.roles.get(who, "")
        return who == "senco" or "senco" in role or "sendco" in role

    def is_teacher(self, who: str, cycle: Entry | None = None) -> bool:
        """Whether a class or subject teacher is meant."""
        if who == "teacher" or (cycle and who == cycle.get("teacher")):
            return not self.is_assistant(who)
        return any(word in self._facts.roles.get(who, "") for word in _TEACHER)

    def is_assistant(self, who: str) -> bool:
        """Whether somebody has no role but that of an assistant."""
        role = self._facts.roles.get(who, "")
        return any(word in role.split() for word in _ASSISTANT) and not any(
            word in role for word in (*_TEACHER, "senco")
        )

    def is_staff(self, who: str) -> bool:
        """Whether a member of staff, or all of them, is meant."""
        return who in {"staff", "teacher", "senco"} or who in self._facts.roles

    def views_lacking(
        self, views: Iterable[Entry], day: str
    ) -> Iterator[tuple[str, str]]:
        """Whose views are not among those gathered on a day, and the option for them.

        A young person's are asked for once, in the place of the parents'.
        """
        heard = [view["of"] for view in views]
        family = self.family_on(day)
        if not any(self.is_parent(of, day) for of in heard):
            yield family.possessive, family.view
        if family.to != PUPIL and PUPIL not in heard:
            yield "the pupil's", "--pupil-view"

    # ---- status

    @cached_property
    def stay(self) -> Entry:
        """The present stay on the roll; empty where none is entered."""
        return lookup.newest(self.record.get("roll", ()), self.day) or {}

    @cached_property
    def here_since(self) -> str:
        """Since when the duties are this school's; "" is as far back as we know."""
        return support_since.here_since(self.record, self.day)

    def ours(self, entry: Entry, date: str) -> bool:
        """Whether an entry of this date is this school's to answer for."""
        theirs = entry.get("source") or entry.get("taken_over")
        return date >= self.here_since and not theirs

    @cached_property
    def joined(self) -> str:
        """The first day of the present stay on the roll, or ""."""
        return lookup.joined_on(self.record, self.day)

    @cached_property
    def status(self) -> Entry:
        """The status in force."""
        return lookup.status_on(self.record, self.day)

    @cached_property
    def spell(self) -> list[ItemAt]:
        """The unbroken run of K and E entries up to the day, oldest first."""
        run = support_since.entries(self.record, self.day)
        return [ItemAt(("status", place), entry) for place, entry in run]

    @cached_property
    def began(self) -> ItemAt | None:
        """The entry that began the present support, if it is ours to answer for."""
        first = self.spell[0] if self.spell else None
        if first is None or not self.ours(first.item, first.item["from"]):
            return None
        return first

    @cached_property
    def supported_since(self) -> str:
        """Since when the pupil has had support here, or ""."""
        return support_since.supported_here_since(self.record, self.day)

    @cached_property
    def scopes(self) -> frozenset[Scope]:
        """Which rules judge this pupil."""
        if not lookup.on_roll(self.record, self.day):
            return frozenset({"left"} if self._has_left else ())
        found: set[Scope] = {"roll"}
        # duties of a plan hang on the plan, whatever the status says
        if under_plan(self.record, self.day):
            found |= {"plan", "register", "watched"}
        elif self.status["provision"] != "N":
            found |= {"support", "register", "watched"}
        elif self.status.get("monitoring"):
            found.add("watched")
        return frozenset(found)

    @property
    def _has_left(self) -> bool:
        left = lookup.left_on(self.record)
        return bool(left) and left < self.day

    # ---- circumstances

    @cached_property
    def needs(self) -> list[dict[str, Any]]:
        """The needs in force, primary first."""
        return lookup.needs_on(self.record, self.day)

    def need_path(self, need: Entry) -> Path:
        """The path of a need in force."""
        entries = self.record.get("needs", ())
        places = [n for n, entry in enumerate(entries) if entry == need]
        return ("needs", places[-1]) if places else ("needs",)

    @cached_property
    def flags(self) -> frozenset[str]:
        """The flags in force."""
        return frozenset(lookup.flags_on(self.record, self.day))

    @cached_property
    def year_group(self) -> str:
        """The year group, or ""."""
        return str(lookup.placement_on(self.record, self.day).get("year_group", ""))

    @property
    def year(self) -> int:
        """The number of the year group; 0 below Year 1."""
        return int(self.year_group) if self.year_group.isdigit() else 0

    def considered(self, about: str, since: str = "") -> list[Entry]:
        """The times that a question was considered, from a day on."""
        return [
            entry
            for entry in self.record.get("considerations", ())
            if entry["about"] == about and since <= entry["date"] <= self.day
        ]

    @cached_property
    def last_event(self) -> str:
        """The last day on which something was recorded to happen, or ""."""
        return last_event(self.record, self.day)

    # ---- cycles

    @cached_property
    def cycles(self) -> list[ItemAt]:
        """This school's cycles begun by the day, oldest first."""
        found = []
        for index, cycle in enumerate(self.record.get("cycles", ())):
            began = lookup.cycle_began(cycle)
            wrong = cycle.get("closed", {}).get("reason") == "opened_in_error"
            if began <= self.day and self.ours(cycle, began or STILL) and not wrong:
                found.append(ItemAt(("cycles", index), cycle))
        return sorted(found, key=lambda at: lookup.cycle_began(at.item))

    def done_by(self, part: Entry) -> bool:
        """Whether a dated part of a cycle exists and is not in the future."""
        return "" < str(part.get("date", "")) <= self.day

    @cached_property
    def open(self) -> ItemAt | None:
        """The cycle that is neither reviewed nor closed on the day."""
        for at in reversed(self.cycles):
            if not any(self.done_by(at.item.get(p, {})) for p in ("review", "closed")):
                return at
        return None

    @cached_property
    def latest(self) -> ItemAt | None:
        """The open cycle, else the newest."""
        return self.open or (self.cycles[-1] if self.cycles else None)

    @cached_property
    def planned(self) -> ItemAt | None:
        """The latest cycle, where its plan has been made."""
        at = self.latest
        return at if at and self.done_by(at.item.get("plan", {})) else None

    @cached_property
    def reviewed(self) -> list[ItemAt]:
        """The cycles reviewed by the day, by the date of the review."""
        held = [at for at in self.cycles if self.done_by(at.item.get("review", {}))]
        return sorted(held, key=lambda at: str(at.item["review"]["date"]))

    def label(self, at: ItemAt) -> str:
        """How a cycle is shown: Autumn 2025."""
        return lookup.cycle_label(self.record, at.item)

    def of(self, at: ItemAt) -> str:
        """The option that names a cycle to a command, unless it is the open one."""
        if self.open is not None and at.path[:2] == self.open.path:
            return ""
        cycles = self.record.get("cycles", ())
        return f' --cycle "{lookup.cycle_label(self.record, cycles[at.path[1]])}"'

    def active(self, item: Entry) -> bool:
        """Whether an intervention, strategy or adjustment runs on the day."""
        ended = item.get("ended", {}).get("date", STILL)
        return lookup.holds(item, self.day) and ended > self.day

    def strategies(self) -> Iterator[Entry]:
        """Classroom strategies, and adjustments outside any cycle."""
        if self.latest:
            yield from self.latest.item.get("plan", {}).get("strategies", ())
        yield from self.record.get("adjustments", ())

    # ---- parents' papers

    def given_to_parents(self, since: str, days: int = 0) -> bool:
        """Whether parents, or a young person, were given anything from a day on.

        ``days`` is how long after it still counts; 0 is without an end.
        """
        last = min(self.day, dates.add_days(since, days)) if days else self.day
        given = [m.get("record_given", "") for m in self.record.get("meetings", ())]
        for cycle in self.record.get("cycles", ()):
            given += [
                cycle.get(part, {}).get("shared_with_parents", "")
                for part in ("plan", "review")
            ]
        given += [
            paper["date"]
            for paper in self.record.get("issued", ())
            if (
                paper.get("audience") == "parent" or for_parents(str(paper["document"]))
            )
            and self.reached([paper.get("to", "")], paper["date"])
        ]
        return any(since <= day <= last for day in given if day)

    # ---- EHC plan

    @cached_property
    def plan(self) -> ItemAt | None:
        """The EHC plan in force."""
        found = plan_in_force(self.record, self.day)
        if found is None:
            return None
        plans = self.record["ehc"]["plans"]
        return ItemAt(("ehc", "plans", plans.index(found)), found)

    @cached_property
    def annual_review(self) -> ItemAt | None:
        """The last review held that is ours to answer for."""
        held = [
            ItemAt(("ehc", "reviews", index), review)
            for index, review in enumerate(
                self.record.get("ehc", {}).get("reviews", ())
            )
            if review["date"] <= self.day and self.ours(review, review["date"])
        ]
        return max(held, key=lambda at: str(at.item["date"]), default=None)
