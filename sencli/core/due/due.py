"""What is due or overdue, most urgent first, from cached rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from typing import NamedTuple

from sencli.core.handover import access_clock
from sencli.core.handover import retention_clock
from sencli.core.people.names import class_teachers
from sencli.core.people.parent_privacy import PUPIL
from sencli.core.people.parents import term_ends
from sencli.core.people.young_person import family_on
from sencli.core.pupil import support_since
from sencli.core.pupil.plan_in_force import plan_in_force
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.school.settings import settings
from sencli.core.statutory import deadlines
from sencli.core.statutory import moves
from sencli.core.statutory.clocks import clocks
from sencli.core.text.dates import add_days
from sencli.core.text.dates import words
from sencli.core.text.folding import sort_key
from sencli.core.text.placeholders import SEEN
from sencli.core.text.plural import plural
from sencli.core.time.calendar import year_of

NEXT_CYCLE_DAYS = 14
_MET = frozenset({"review", "annual_review", "meeting"})
"""Kinds of what is due at which parents are met."""
YEAR_DAYS = 366
RECENT_END_DAYS = 14

KINDS = {
    "statutory": "by law",
    "annual_review": "annual review",
    "report": "report to parents",
    "published": "report that the school publishes",
    "access": "request for what is held",
    "transfer": "records to the next school",
    "review": "review",
    "plan": "plan",
    "timetable": "part-time timetable",
    "cycle": "next cycle",
    "meeting": "meeting with parents",
    "advice": "specialist's advice",
    "specialist": "specialist",
    "concern": "concern",
    "action": "promise",
    "intervention": "intervention ends",
    "paper": "paper out of date",
    "retention": "how long records are kept",
    "stale": "nothing recorded",
}
"""Kinds of what is due, the law first: their order breaks a tie of dates."""

_WEIGHT = {kind: weight for weight, kind in enumerate(KINDS)}


class Due(NamedTuple):
    """One thing to do; a big school has thousands of them.

    Attributes:
        due: ISO date by which it is to be done.
        kind: one of ``KINDS``.
        what: what is to be done, in plain words.
        command: what to type.
        pupil: the pupil's id.
        name: the pupil's name.
        class_name: class, or "".
        teacher: initials of who answers for the plan, or "".
    """

    due: str
    kind: str
    what: str
    command: str
    pupil: str
    name: str
    class_name: str
    teacher: str

    def overdue(self, day: str) -> bool:
        """Whether it should have been done before the day."""
        return self.due < day


_Item = tuple[str, str, str, str]


def due(
    rows: Iterable[Entry],
    school: Entry,
    day: str,
    until: str,
    school_days: deadlines.SchoolDays | None = None,
    names: Mapping[str, str] | None = None,
) -> list[Due]:
    """Everything due by ``until``, most urgent first.

    Args:
        rows: from ``due_row``.
        school: the school.
        day: today's ISO date.
        until: the last ISO date to look at.
        school_days: for what the law counts in school days.
        names: of provisions, by key.
    """
    days = school_days or deadlines.SchoolDays(school.get("terms", ()))
    teachers = class_teachers(school, day)
    found = []
    for row in rows:
        room = str(lookup.placement_on(row, day).get("class", ""))
        name = lookup.display_name(row)
        teacher = row["teacher"] or teachers.get(room, "")
        for date, kind, what, command in _items(row, school, day, days):
            if date <= until and not _after_leaving(row, day, date, kind):
                said = (
                    _with_provision_name(what, names or {})
                    if kind == "intervention"
                    else what
                )
                if kind in _MET:
                    said += _with_interpreter(row, date)
                found.append(
                    Due(date, kind, said, command, row["id"], name, room, teacher)
                )
    return in_order(found)


def _with_interpreter(row: Entry, date: str) -> str:
    """That an interpreter is to be booked, and for which language; else ""."""
    spoken_to = lookup.newest_by_id(row["interpreted"], date)
    needed = [c for c in spoken_to if c.get("interpreter")]
    if not needed:
        return ""
    spoken = dict.fromkeys(str(c["language"]) for c in needed if "language" in c)
    return f" (interpreter: {', '.join(spoken) or 'language not recorded'})"


def _after_leaving(row: Entry, day: str, date: str, kind: str) -> bool:
    """Whether the pupil will have left by then; the law's clocks run on elsewhere."""
    if kind in {"statutory", "annual_review", "access"} or not lookup.on_roll(row, day):
        return False
    return date > day and lookup.gone_by(row, date)


def in_order(items: Iterable[Due]) -> list[Due]:
    """By date, the law first, then by name."""
    return sorted(
        items, key=lambda d: (d.due, _WEIGHT[d.kind], sort_key(d.name), d.what)
    )


def _with_provision_name(what: str, names: Mapping[str, str]) -> str:
    """The item, with the provision's name in place of its key."""
    key, _, rest = what.partition(" ")
    return f"{names.get(key, key)} {rest}"


def _items(
    row: Entry, school: Entry, day: str, school_days: deadlines.SchoolDays
) -> Iterator[_Item]:
    for date, what, command in access_clock.due_words(
        row, school_days, deadlines.BankHolidays()
    ):
        yield date, "access", what, command
    if not lookup.on_roll(row, day):
        yield from _leaver(row, day, school_days)
        if told := retention_clock.due_words(row, settings(school), day):
            date, what, command = told
            yield date, "retention", what, command
        return
    provision = lookup.status_on(row, day)["provision"]
    for date, kind, what, command in row["items"]:
        if kind != "intervention" or date >= add_days(day, -RECENT_END_DAYS):
            yield date, kind, what, command
    yield from _statutory(row, school, day)
    # what a plan asks for hangs on the plan, whatever the status says
    yield from _annual_review(row, school, day)
    if provision == "N":
        return
    if provision == "K":
        yield from _next_cycle(row, day)
    yield from _meeting(row, school, day)
    yield from _report(row, school, day)
    yield from _stale(row, school, day)


def _leaver(row: Entry, day: str, school_days: deadlines.SchoolDays) -> Iterator[_Item]:
    left = lookup.left_on(row)
    had_sen = any(entry["provision"] != "N" for entry in row["status"])
    if not left or not had_sen or left < add_days(day, -YEAR_DAYS):
        return
    if row["open"]:
        yield (
            left,
            "cycle",
            f"Close the cycle that is still open (left on {words(left)})",
            f"sen pupil leave {row['id']} --date {left}",
        )
    if not any(stay.get("records_sent") for stay in row["roll"]):
        known = any("to_school" in stay for stay in row["roll"])
        to = "" if known else " --to SCHOOL"
        yield (
            deadlines.records_due(left, school_days),
            "transfer",
            f"Send the record to the next school (left on {words(left)})",
            f"sen export transfer {row['id']} --sent DATE{to}",
        )


def _statutory(row: Entry, school: Entry, day: str) -> Iterator[_Item]:
    """Every clock of the law that still runs, of this pupil."""
    for clock in clocks(row, school, day):
        step = clock.step
        # the review itself is an annual review that is due, below
        if step.open_on(day) and step.key != "moved_review":
            yield step.due, "statutory", clock.what, clock.command


def _next_cycle(row: Entry, day: str) -> Iterator[_Item]:
    if row["open"]:
        return
    if row["cycles"]:
        date = add_days(row["ended"], NEXT_CYCLE_DAYS) if row["ended"] else ""
        what, more = "Open the next cycle", " --carry NUMBERS"
    else:
        date = support_since.supported_here_since(row, day)
        if date and date == support_since.taken_over(row, day):
            date = add_days(date, support_since.UNPLANNED_DAYS)
        what, more = "Open the first cycle", f" --assessment {SEEN}"
    if date:
        yield date, "cycle", what, f"sen cycle open {row['id']}{more}"


def _meeting(row: Entry, school: Entry, day: str) -> Iterator[_Item]:
    began, _ = year_of(day)
    since = support_since.supported_here_since(row, day)
    whom = family_on(row, day).name.removeprefix("the ")
    held = sum(max(began, since) <= date <= day for date in set(row["met"]))
    coming = [date for date, kind, *_ in row["items"] if kind == "review"]
    coming += [review["date"] for review in row["ehc"]["reviews"]]
    wanted = settings(school).meetings_a_year
    ends = term_ends(school, since, day)
    for number, (end, terms) in enumerate(ends, 1):
        meant = sum(day <= date <= end for date in coming)
        if held + meant < wanted * number // terms:
            yield (
                end,
                "meeting",
                f"Meet the {whom} ({held} so far this year, {wanted} are due)",
                f"sen meeting add {row['id']} --date DATE --attended WHO",
            )
            return


def _report(row: Entry, school: Entry, day: str) -> Iterator[_Item]:
    began, last = year_of(day)
    family = family_on(row, day)
    to = PUPIL if family.to == PUPIL else "WHO"
    given = any(began <= date <= day for date in row["reports"])
    ends = term_ends(school, "", day)
    if not given and ends:
        yield (
            min(ends[-1][0], last),
            "report",
            f"Report to {family.name} for this school year",
            f"sen report add {row['id']} --to {to} --date DATE",
        )


def _stale(row: Entry, school: Entry, day: str) -> Iterator[_Item]:
    weeks = settings(school).stale_weeks
    last = max((date for date in row["events"] if date <= day), default="")
    joined = support_since.here_since(row, day)
    if not last:
        return
    last = max(last, joined)
    date = add_days(last, 7 * weeks)
    august = f"{last[:4]}-08-01"
    if last <= august <= date:
        date = add_days(date, 31)
    if date <= day:
        yield (
            date,
            "stale",
            f"Nothing recorded since {words(last)}"
            + (f", {support_since.here_words(row, day)}" if last == joined else ""),
            f"sen pupil show {row['id']}",
        )


def _annual_review(row: Entry, school: Entry, day: str) -> Iterator[_Item]:
    command = f"sen ehc review {row['id']}"
    if plan_in_force(row, day) is None:
        return
    reviews = row["ehc"]["reviews"]
    ahead = min(
        (r for r in reviews if r["date"] > day),
        key=lambda r: str(r["date"]),
        default=None,
    )
    if ahead is not None:
        at = f"{command} --date {ahead['date']}"
        yield ahead["date"], "annual_review", "Annual review meeting", at
        yield from _awaited(ahead, at)
    else:
        due_by = deadlines.review_due(row, day)
        yield due_by, "annual_review", "Annual review due", f"{command} --date DATE"
        yield from _phase_transfer(row, school, day)


def _awaited(review: Entry, at: str) -> Iterator[_Item]:
    """Advice that was asked for by a day and has not come: how much for each day."""
    waiting = [a for a in review.get("advice", ()) if "received" not in a]
    days = Counter(str(advice["due"]) for advice in waiting if "due" in advice)
    for day, count in days.items():
        what = f"Annual review: {plural(count, 'piece')} of advice asked for"
        yield day, "statutory", what, f"{at} --advice-received WHO"


def _phase_transfer(row: Entry, school: Entry, day: str) -> Iterator[_Item]:
    """The review before a move, which the school holds."""
    step = moves.phase_step(row, school, day)
    if step is None:
        return
    since = f"{lookup.academic_year(day)}-{moves.SUMMER_BEFORE}"
    if not any(since <= review["date"] <= day for review in row["ehc"]["reviews"]):
        yield (
            deadlines.transfer_review_by(school, day),
            "annual_review",
            f"Review before the move; the plan is amended by {words(step.due)}",
            f"sen ehc review {row['id']} --kind phase_transfer --date DATE",
        )
