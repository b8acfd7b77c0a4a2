"""Logging sessions: one by one, over a period, or counted by the week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from fractions import Fraction
from math import ceil
from typing import Any

from sencli.core.cycle.delivery import delivery
from sencli.core.cycle.dose import provision_name
from sencli.core.cycle.interventions import the_intervention
from sencli.core.record import find
from sencli.core.record import lookup
from sencli.core.record.edit import put_cycle
from sencli.core.record.lookup import STILL
from sencli.core.record.numbering import number_of
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import add_days
from sencli.core.text.dates import monday
from sencli.core.text.dates import words
from sencli.core.time.calendar import DAYS
from sencli.core.time.calendar import Calendar
from sencli.core.time.calendar import dose_on
from sencli.core.time.calendar import sessions_by_week
from sencli.errors import Ambiguous
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import UsageFault
from sencli.value import Value


class OverDose(Value):
    """A week in which more is recorded than the dose.

    Attributes:
        week: its Monday.
        recorded: sessions given and missed.
        planned: sessions a week by the dose.
    """

    week: str
    recorded: int
    planned: int


def open_days(
    item: Entry, first: str, last: str, taken: Iterable[str], terms: Iterable[Entry]
) -> list[str]:
    """The days from first to last that the dose names and that have no entry.

    An entry on another day of a week stands for one of the days named: a week never
    gets more than it names.

    Args:
        item: the intervention, with its dates and doses.
        first: first day asked for.
        last: last day asked for.
        taken: the days that have an entry.
        terms: the school's terms; holidays are left out.
    """
    end = min(item.get("until", last), add_days(monday(last), 6))
    named: dict[str, list[str]] = {}
    for day in Calendar(terms).days(max(item.get("from", first), monday(first)), end):
        if DAYS[_weekday(day)] in dose_on(item.get("dose", ()), day).get("days", ()):
            named.setdefault(monday(day), []).append(day)
    there = set(taken)
    found = []
    for week, days in named.items():
        done = sum(monday(day) == week for day in there)
        free = [day for day in days if day not in there]
        found += free[: max(0, len(days) - done)]
    return [day for day in found if first <= day <= last]


def open_weeks(
    item: Entry, first: str, last: str, terms: Iterable[Entry]
) -> list[tuple[str, int]]:
    """The Mondays of weeks whose dose names no days, and how many sessions were due.

    Parts of a session (every other week is 0.5) are carried from week to week; what is
    counted never passes what was due.
    """
    doses = item.get("dose", ())
    found = []
    due = Fraction(0)
    for week, sessions in sessions_by_week(doses, *_within(item, first, last), terms):
        if dose_on(doses, max(week, item.get("from", ""))).get("days"):
            continue
        count = int(due + sessions) - int(due)
        due += sessions
        if count:
            found.append((week, count))
    return found


def over_dose(cycle: Entry, item: Entry, weeks: Iterable[str]) -> list[OverDose]:
    """Those of the weeks in which more is recorded than the dose."""
    found = []
    for week in weeks:
        end = add_days(week, 6)
        dose = dose_on(item.get("dose", ()), max(week, min(item.get("from", ""), end)))
        named = dose.get("days")
        often = len(named) if named else dose.get("sessions_per_week", 0)
        planned = ceil(Fraction(str(often)))
        given = delivery(cycle, str(item["id"]), week, end)
        recorded = given.delivered + given.not_delivered
        if planned and recorded > planned:
            found.append(OverDose(week, recorded, planned))
    return found


def _within(item: Entry, first: str, last: str) -> tuple[str, str]:
    """The part of a period in which the intervention runs."""
    return max(item.get("from", first), first), min(item.get("until", last), last)


def _weekday(day: str) -> int:
    from datetime import date

    return date.fromisoformat(day).weekday()


class Mark(Value):
    """Details of a session: given or missed, and why.

    Attributes:
        fields: by, minutes, missed, note, as far as they were typed.
        given: the session took place, even where it stands as missed.
        again: a further session on a day that has one.
        ordinal: which session of the day is meant, from 1.
    """

    fields: Mapping[str, Any]
    given: bool = False
    again: bool = False
    ordinal: int = 1


class Span(Value):
    """Days from first to last; ``each`` is a period, else it is one day."""

    first: str
    last: str
    each: bool = False
    over: bool = False

    @property
    def said(self) -> str:
        """In words."""
        if not self.each:
            return f"on {words(self.first)}"
        return f"from {words(self.first)} to {words(self.last)}"


class Logged(Value):
    """A record with its log changed.

    Attributes:
        record: the pupil's.
        added: how many entries are new.
        amended: how many are changed.
        left: how many days had an entry, and were left as they were.
        weeks: how many weeks were counted, since the dose names no days.
        counted: how many sessions that makes.
        weeks_left: how many weeks were counted before.
    """

    record: Record
    added: int = 0
    amended: int = 0
    left: int = 0
    weeks: int = 0
    counted: int = 0
    weeks_left: int = 0


def running(
    record: Entry, first: str, last: str, group: str = ""
) -> list[tuple[Record, Record]]:
    """The interventions that run at some time from first to last, with their cycles."""
    return [
        (cycle, item)
        for cycle, item in lookup.items(record, "interventions")
        if item.get("from", "") <= last
        and item.get("until", STILL) >= first
        and (not group or item.get("group") == group)
    ]


def find_intervention(
    record: Entry,
    which: str | None,
    span: Span,
    provisions: Sequence[Entry],
) -> tuple[Record, Record]:
    """The one intervention of a pupil that is meant, with its cycle.

    Raises:
        InvalidValue: it does not run then; says when it does.
        Ambiguous: several run; lists them.
        NotFound: no such number or wording.
    """
    if which is not None and _by_number(which):
        found = the_intervention(dict(record), which, None, provisions)
        return _in_time(record, found, span, provisions)
    there = running(record, span.first, span.last)
    if which is not None:
        there = _matching(record, which, there, provisions)
    if len(there) == 1:
        return there[0]
    if not there:
        raise _not_running(record, list(lookup.items(record, "interventions")), span)
    listed = "".join(
        f"\n  {_number(cycle, item)}. {provision_name(item['provision'], provisions)}"
        f" ({lookup.cycle_label(record, cycle)})"
        for cycle, item in there
    )
    raise Ambiguous(
        f"{lookup.display_name(record)} has several interventions then:{listed}",
        "Say which by its number or part of its name: --intervention NUMBER",
    )


def log(
    record: Record, target: tuple[Entry, Entry], span: Span, mark: Mark, terms: Any
) -> Logged:
    """The record with the sessions entered.

    On one day an entry that is there is amended. Over a period only days without an
    entry are filled, unless ``span.over``; where the dose names no days, each week is
    counted.
    """
    cycle, item = target
    part = dict(cycle.get("do", {}))
    sessions = [dict(s) for s in part.get("sessions", ())]
    own = [s for s in sessions if s["intervention"] == item["id"]]
    days = [span.first]
    left = 0
    if span.each:
        taken = sorted({s["date"] for s in own})
        days = open_days(item, span.first, span.last, taken, terms)
        there = [d for d in taken if span.first <= d <= span.last]
        left = 0 if span.over else len(there)
        days = sorted({*days, *(there if span.over else ())})
    added = amended = 0
    for day in days:
        sessions, change = _marked(sessions, item["id"], day, mark)
        added += change == "added"
        amended += change == "amended"
    new = record
    if added or amended:
        part["sessions"] = sessions
        cycle = {**cycle, "do": part}
        new = put_cycle(record, cycle)
    done = Logged(new, added, amended, left)
    return _weeks(done, (cycle, item), span, mark, terms) if span.each else done


def _weeks(
    done: Logged,
    target: tuple[Entry, Entry],
    span: Span,
    mark: Mark,
    terms: Any,
) -> Logged:
    """The logged sessions, with weeks counted where the dose names no days."""
    cycle, item = target
    log = cycle.get("do", {})
    own = [s for s in log.get("sessions", ()) if s["intervention"] == item["id"]]
    before = {
        t["week"] for t in log.get("tallies", ()) if t["intervention"] == item["id"]
    }
    record, weeks, counted, left = done.record, 0, 0, 0
    for week, due in open_weeks(item, span.first, span.last, terms):
        if week in before and not span.over:
            left += 1
            continue
        singly = [s for s in own if monday(s["date"]) == week]
        rest = due - len(singly)
        if rest <= 0:
            continue
        if "minutes" in mark.fields:
            raise UsageFault(
                "No days are named for this support, so its weeks are counted, and a "
                "count has no minutes.",
                "Leave --minutes out, or log each session by its --date.",
            )
        entry = _count(singly, rest, mark.fields)
        record = tally(record, (cycle, item), week, entry).record
        cycle, _ = lookup.holder(record, "interventions", item["id"]) or (cycle, item)
        weeks, counted = weeks + 1, counted + due
    return Logged(record, done.added, done.amended, done.left, weeks, counted, left)


def _count(singly: Sequence[Entry], rest: int, fields: Entry) -> Record:
    """A week's count: what is entered one by one in it, and the rest as typed."""
    missed = Counter(s["missed"] for s in singly if "missed" in s)
    given = sum("missed" not in s for s in singly)
    if why := fields.get("missed"):
        missed[why] += rest
    else:
        given += rest
    entry: Record = {"delivered": given}
    if missed:
        entry["missed"] = dict(missed)
    return entry | {n: fields[n] for n in ("by", "note") if n in fields}


def _marked(
    sessions: list[Record], item: str, day: str, mark: Mark
) -> tuple[list[Record], str]:
    """The sessions with one marked, and what that was: added, amended or same."""
    there = [s for s in sessions if s["intervention"] == item and s["date"] == day]
    taken = [s.get("ordinal", 1) for s in there]
    ordinal = max(taken, default=0) + 1 if mark.again else mark.ordinal
    if not mark.again and ordinal > max(taken, default=1):
        raise InvalidValue(
            f"There is no session {ordinal} on {words(day)}: {len(taken)} recorded.",
            "For one more on that day: --again",
        )
    entry: Record = {"date": day, "intervention": item, **mark.fields}
    if ordinal > 1:
        entry["ordinal"] = ordinal
    old = [s for s in there if s.get("ordinal", 1) == ordinal]
    if not old:
        return _placed(sessions, entry), "added"
    new = {**old[0], **mark.fields}
    if mark.given and "missed" in new and "missed" not in mark.fields:
        new.pop("missed")
        if "note" not in mark.fields:
            new.pop("note", None)
    changed = [new if s is old[0] else s for s in sessions]
    return changed, "same" if new == old[0] else "amended"


def _placed(sessions: list[Record], entry: Record) -> list[Record]:
    """In order of date, after those of the same day."""
    later = (n for n, s in enumerate(sessions) if s["date"] > entry["date"])
    place = next(later, len(sessions))
    return [*sessions[:place], entry, *sessions[place:]]


def tally(
    record: Record, target: tuple[Entry, Entry], week: str, counted: Entry
) -> Logged:
    """The record with a week counted; the same week again amends what is named.

    Args:
        record: the pupil's record.
        target: cycle and intervention.
        week: its Monday.
        counted: delivered, missed (reason to number), by, note as far as typed.
    """
    cycle, item = target
    part = dict(cycle.get("do", {}))
    tallies = [dict(t) for t in part.get("tallies", ())]
    same = [
        n
        for n, t in enumerate(tallies)
        if t["intervention"] == item["id"] and t["week"] == week
    ]
    if same:
        new = {**tallies[same[0]], **counted}
        if new == tallies[same[0]]:
            return Logged(record)
        tallies[same[0]] = new
    else:
        entry = {"week": week, "intervention": item["id"], "delivered": 0, **counted}
        tallies.append(entry)
        tallies.sort(key=lambda t: str(t["week"]))
    part["tallies"] = tallies
    new_record = put_cycle(record, {**cycle, "do": part})
    return Logged(new_record, added=not same, amended=bool(same))


def week_entries(target: tuple[Entry, Entry], week: str) -> int:
    """How many single sessions of the week are entered beside a tally."""
    cycle, item = target
    return sum(
        s["intervention"] == item["id"] and monday(s["date"]) == week
        for s in cycle.get("do", {}).get("sessions", ())
    )


def week_span(day: str) -> Span:
    """The school week that holds the day."""
    week = monday(day)
    return Span(week, add_days(week, 4), each=True)


def _by_number(which: str) -> bool:
    return number_of(which, ("intervention",)) is not None


def _number(cycle: Entry, item: Entry) -> int:
    ids = [i["id"] for i in cycle["plan"]["interventions"]]
    return ids.index(item["id"]) + 1


def _in_time(
    record: Entry,
    found: tuple[Record, Record],
    span: Span,
    provisions: Sequence[Entry],
) -> tuple[Record, Record]:
    """The intervention itself, or the earlier one that it continues."""
    cycle, item = found
    while span.last < item.get("from", "") and "continues" in item:
        earlier = lookup.holder(record, "interventions", item["continues"])
        if earlier is None:
            break
        cycle, item = earlier
    if item.get("from", "") <= span.last and item.get("until", STILL) >= span.first:
        return cycle, item
    del provisions
    raise _not_running(record, [found], span)


def _matching(
    record: Entry,
    which: str,
    there: list[tuple[Record, Record]],
    provisions: Sequence[Entry],
) -> list[tuple[Record, Record]]:
    def text(pair: tuple[Record, Record]) -> str:
        key = pair[1]["provision"]
        return f"{key.replace('-', ' ')} {provision_name(key, provisions)}"

    everything = list(lookup.items(record, "interventions"))
    exact = [p for p in everything if p[1]["id"] == which.strip().casefold()]
    if exact:
        return [p for p in there if p[1]["id"] == exact[0][1]["id"]]
    if found := find.matches(which, there, text):
        return found
    if find.matches(which, everything, text):
        return []
    listed = "".join(f"\n  {_number(*p)}. {text(p)}" for p in there)
    raise NotFound(
        f"No intervention fits {which!r}.{' There are:' if listed else ''}{listed}",
        "Type its number, or part of its name: --intervention NUMBER",
    )


def _not_running(
    record: Entry, pairs: Iterable[tuple[Entry, Entry]], span: Span
) -> InvalidValue:
    name = lookup.display_name(record)
    listed = "".join(f"\n  {_dates(item)}" for _, item in pairs)
    if not listed:
        return InvalidValue(
            f"{name} has no intervention.",
            f"Add one: sen intervention add {record['id']} PROVISION",
        )
    return InvalidValue(
        f"{name} has no intervention running {span.said}. There is:{listed}",
        "Give a date within, or let it run longer: sen intervention set "
        f"{record['id']} ITEM --end DATE",
    )


def _dates(item: Entry) -> str:
    ends = f" to {words(item['until'])}" if "until" in item else ", no end given"
    since = words(item["from"]) if "from" in item else "the start"
    return f"{item['provision']}: {since}{ends}"
