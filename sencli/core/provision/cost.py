"""The cost of support for one pupil in pence, or why it is not known.

Cost is hourly rate x minutes / 60 x sessions a week x school weeks / group size, with
resources on top. All is counted in fractions and rounded once, half up, at the end.

A dose or a rate may change on the way. A school week goes whole by the dose and the
rate that are in force on its first school day within the dates, so that a week is never
counted twice or halved; weeks alike make a segment, and the segments are summed.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby

from sencli.core.cycle.delivery import delivery
from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import joined
from sencli.core.record.lookup import newest
from sencli.core.record.types import Entry
from sencli.core.text import dates
from sencli.core.time.calendar import Calendar
from sencli.core.time.calendar import dose_on
from sencli.value import Value
from sencli.value import replace

InGroup = Callable[[str], int]
"""How many pupils are in the intervention's group on a day; 0 is not known."""

_HALF = Fraction(1, 2)
_MINUTES_AN_HOUR = 60


class Dose(Value):
    """One week of an intervention: minutes, sessions, group size, role.

    Attributes:
        minutes: of a session; None where neither dose nor catalogue says.
        sessions: a week; None where neither says.
        group_size: pupils who share the adult: those in the group, where one is named
            and more than one pupil of it is known.
        planned_size: for how many it was planned; 0 where nothing says.
        roles: of those who lead it, most often one; empty where nobody says.
        pence_an_hour: the rate; of several leaders the mean; None without one.
        missing: why there is no rate, in words; empty where there is one.
    """

    minutes: int | None
    sessions: Fraction | None
    group_size: int
    planned_size: int
    roles: tuple[str, ...]
    pence_an_hour: Fraction | None
    missing: tuple[str, ...] = ()

    def lacks(self, *, often: bool) -> tuple[str, ...]:
        """Why the cost is unknown, in words."""
        found = []
        if self.minutes is None:
            found.append("how long a session is has not been entered (--minutes)")
        if self.sessions is None and often:
            found.append("how often it is has not been entered (--sessions-per-week)")
        return (*found, *self.missing)

    @property
    def pence_a_session(self) -> Fraction:
        """Cost of one session for one pupil; 0 where something is missing."""
        if self.minutes is None or self.pence_an_hour is None:
            return Fraction(0)
        hours = Fraction(self.minutes, _MINUTES_AN_HOUR)
        return self.pence_an_hour * hours / self.group_size

    @property
    def whole_session(self) -> Fraction:
        """Cost of one session for all who share it."""
        return self.pence_a_session * self.group_size


class Segment(Value):
    """School weeks alike in dose and rate.

    Attributes:
        first: first school day of the first week.
        weeks: how many school weeks.
        dose: what each is made of.
    """

    first: str
    weeks: int
    dose: Dose

    @property
    def pence(self) -> Fraction:
        """Cost of the adults' time, not rounded."""
        return self.dose.pence_a_session * (self.dose.sessions or 0) * self.weeks


class Cost(Value):
    """The cost of an intervention for one pupil.

    Attributes:
        pence: the whole, rounded once; None where something is missing.
        weeks: school weeks counted (0 for what was delivered).
        segments: the weeks by dose and rate (empty for what was delivered).
        other_pence: resources and bought-in cost within ``pence``.
        missing: why there is no cost, in words; empty where there is one.
        adults: what the adults' time costs undivided: the week (its Monday) or the day
            of what was delivered, and the pence.
    """

    pence: int | None
    weeks: int
    segments: tuple[Segment, ...]
    other_pence: int
    missing: tuple[str, ...] = ()
    adults: tuple[tuple[str, Fraction], ...] = ()


def rounded(pence: Fraction) -> int:
    """Whole pence, half up."""
    return int((pence + _HALF) // 1)


def span(
    cycle: Entry, intervention: Entry, usual: Entry, terms: Sequence[Entry] = ()
) -> tuple[str, str]:
    """First and last day of an intervention; "" if unknown.

    It begins on its ``from``, else with its first dose, else with the plan. It ends on
    its ``until``, else on the day of the review agreed, else after the usual number of
    school weeks; earlier where it was ended or the pupil's cycle was broken off.
    """
    plan = cycle.get("plan", {})
    doses = [d["from"] for d in intervention.get("dose", ()) if "from" in d]
    first = intervention.get("from") or min(doses, default="") or plan.get("date", "")
    last = intervention.get("until") or plan.get("review_by", "")
    if not last and first and "weeks" in usual:
        last = _after_weeks(first, usual["weeks"], terms)
    ends = [last, intervention.get("ended", {}).get("date", "")]
    closed = cycle.get("closed", {})
    if closed.get("reason") in {"left", "superseded", "support_ended"}:
        ends.append(closed["date"])
    return str(first), str(min((end for end in ends if end), default=""))


def _after_weeks(first: str, weeks: int, terms: Sequence[Entry]) -> str:
    """The Friday of the last of so many school weeks; at most two years on."""
    found = Calendar(terms).weeks(first, dates.add_days(first, 730))[:weeks]
    return dates.add_days(dates.monday(found[-1]), 4) if found else first


def planned(
    cycle: Entry,
    intervention: Entry,
    school: Entry,
    provision: Entry | None = None,
    period: tuple[str, str] = ("", STILL),
    in_group: InGroup | None = None,
) -> Cost:
    """The planned cost of an intervention for its pupil.

    Args:
        cycle: the cycle that holds it.
        intervention: the intervention.
        school: staff, rates and terms.
        provision: its entry in the catalogue, which fills what the dose leaves out.
        period: first and last day of the part to count; resources are counted in the
            part in which the intervention begins.
        in_group: how many share the adult, where a group is named.
    """
    usual = (provision or {}).get("usual", {})
    terms = school.get("terms", ())
    first, last = span(cycle, intervention, usual, terms)
    other = _other(intervention, provision) if first >= period[0] else 0
    if not _timed(intervention, usual) and other:
        return Cost(other, 0, (), other)
    if missing := _undated(first, last):
        return Cost(None, 0, (), other, missing)
    if last < first:
        return Cost(other, 0, (), other)
    days = Calendar(terms).weeks(max(first, period[0]), min(last, period[1]))
    if not days and period == ("", STILL):
        return Cost(None, 0, (), other, (_no_weeks(first, last),))
    weeks = [
        (day, dose_in_week(intervention, school, usual, day, in_group=in_group))
        for day in days
    ]
    return _summed(weeks, other)


def to_date(
    cycle: Entry,
    intervention: Entry,
    school: Entry,
    provision: Entry | None = None,
    period: tuple[str, str] = ("", STILL),
    in_group: InGroup | None = None,
) -> Cost:
    """The cost of what was delivered in the period, as the sessions are recorded.

    A session counts with its own minutes and adult where it names them, and else with
    those of the dose on its day. Resources count from the day the support began.
    """
    usual = (provision or {}).get("usual", {})
    first, _ = span(cycle, intervention, usual, school.get("terms", ()))
    begun = bool(first) and period[0] <= first <= period[1]
    other = _other(intervention, provision) if begun else 0
    given = delivery(cycle, intervention["id"], *period).given
    total = Fraction(other)
    missing: dict[str, None] = {}
    adults = []
    for entry in given:
        dose = dose_in_week(
            intervention, school, usual, entry.day, entry.by, in_group=in_group
        )
        if entry.minutes is not None:
            dose = replace(dose, minutes=entry.minutes)
        missing.update(dict.fromkeys(dose.lacks(often=False)))
        total += dose.pence_a_session * entry.count
        adults.append((entry.day, dose.whole_session * entry.count))
    pence = None if missing else rounded(total)
    return Cost(pence, 0, (), other, tuple(missing), tuple(adults))


def dose_in_week(
    intervention: Entry,
    school: Entry,
    usual: Entry,
    day: str,
    by: str = "",
    *,
    in_group: InGroup | None = None,
) -> Dose:
    """The dose and rate in force on a day.

    Args:
        intervention: the intervention.
        school: staff and rates.
        usual: the catalogue's usual dose.
        day: ISO date.
        by: initials of the adult who took the session, where that is known.
        in_group: how many share the adult, where a group is named.
    """
    dose = {**usual, **dose_on(intervention.get("dose", ()), day)}
    minutes = dose.get("minutes")
    sessions = dose.get("sessions_per_week")
    leaders = [by] if by else dose.get("led_by", [])
    roles = _roles(leaders, dose.get("role", ""), school, day)
    rate, missing = _rate(roles, leaders, school, day)
    planned_size = int(dose.get("group_size", 0))
    there = in_group(day) if in_group is not None else 0
    if "within" in intervention:
        # the adult's time is charged with the intervention that this is part of
        rate, missing = Fraction(0), []
        minutes, sessions = minutes or 0, sessions or 0
    return Dose(
        minutes=minutes,
        sessions=None if sessions is None else Fraction(str(sessions)),
        # of one alone nobody knows who else is in the group: the plan holds
        group_size=there if there > 1 else planned_size or 1,
        planned_size=planned_size,
        roles=roles,
        pence_an_hour=rate,
        missing=tuple(missing),
    )


def _summed(weeks: Iterable[tuple[str, Dose]], other: int) -> Cost:
    """Weeks alike put together, and all of them summed."""
    weeks = list(weeks)
    adults = tuple(
        (dates.monday(day), dose.whole_session * (dose.sessions or 0))
        for day, dose in weeks
    )
    segments = []
    for dose, alike in groupby(weeks, key=lambda week: week[1]):
        days = [day for day, _ in alike]
        segments.append(Segment(days[0], len(days), dose))
    count = sum(segment.weeks for segment in segments)
    missing = dict.fromkeys(m for s in segments for m in s.dose.lacks(often=True))
    total = sum((segment.pence for segment in segments), Fraction(other))
    pence = None if missing else rounded(total)
    return Cost(pence, count, tuple(segments), other, tuple(missing), adults)


def _other(intervention: Entry, provision: Entry | None) -> int:
    """Resources and bought-in cost, of the intervention and of the catalogue."""
    catalogue = (provision or {}).get("cost_per_pupil_pence", 0)
    return int(intervention.get("other_cost_pence", 0) + catalogue)


def _timed(intervention: Entry, usual: Entry) -> bool:
    """Whether anything says that an adult's time is given (equipment needs none)."""
    doses = (usual, *intervention.get("dose", ()))
    return any("minutes" in d or "sessions_per_week" in d for d in doses)


def _undated(first: str, last: str) -> tuple[str, ...]:
    if not first:
        return ("the first day has not been entered",)
    if not last:
        return ("the last day has not been entered",)
    return ()


def _no_weeks(first: str, last: str) -> str:
    return (
        f"no school week between {dates.words(first)} and {dates.words(last)} in the "
        "term dates entered: sen term list"
    )


def _roles(
    leaders: Sequence[str], role: str, school: Entry, day: str
) -> tuple[str, ...]:
    """The roles of those who lead it on the day, each once; else the role named."""
    staff = {person["initials"]: person for person in school.get("staff", ())}
    found = [_role(staff[who], school, day) for who in leaders if who in staff]
    known = tuple(dict.fromkeys(name for name in found if name))
    return known or ((role,) if role else ())


def _role(person: Entry, school: Entry, day: str) -> str:
    """A person's role on the day; of several at once one that has a rate."""
    roles = list(person.get("roles", ()))
    current = newest(roles, day)
    rated = newest(
        [r for r in roles if _rate_of(r["role"], school, day) is not None], day
    )
    return str((rated or current or {}).get("role", ""))


def _rate_of(role: str, school: Entry, day: str) -> int | None:
    rates = school.get("rates", ())
    found = newest([r for r in rates if _same(r["role"], role)], day)
    return None if found is None else int(found["pence_per_hour"])


def _same(one: str, other: str) -> bool:
    return one.casefold() == other.casefold()


def _rate(
    roles: Sequence[str], leaders: Sequence[str], school: Entry, day: str
) -> tuple[Fraction | None, list[str]]:
    """The mean hourly rate of the roles, or why there is none.

    Several who lead it share the sessions between them, so that their mean counts. Two
    adults at once are two interventions, one of them without resources.
    """
    if not roles:
        if leaders:
            who = joined(list(leaders))
            return None, [f"no role for {who}: sen staff set {leaders[0]} --role ROLE"]
        return None, ["who leads it has not been entered: no person and no role"]
    rates = [_rate_of(role, school, day) for role in roles]
    reasons = [
        _no_rate(role, school, day)
        for role, rate in zip(roles, rates, strict=True)
        if rate is None
    ]
    if reasons:
        return None, reasons
    return sum((Fraction(rate or 0) for rate in rates), Fraction(0)) / len(rates), []


def _no_rate(role: str, school: Entry, day: str) -> str:
    """That a role has no rate (yet on that day), and what to type."""
    word = f'"{role}"' if " " in role else role
    later = [r["from"] for r in school.get("rates", ()) if _same(r["role"], role)]
    if later:
        return (
            f"no hourly rate for {role} before {dates.words(min(later))}: "
            f"sen rate set {word} POUNDS --from {day}"
        )
    return f"no hourly rate for {role}: sen rate set {word} POUNDS"
