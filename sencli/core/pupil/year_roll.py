"""Move everybody up a year in September; the oldest leave."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence

from sencli import terms
from sencli.core.pupil.leave import leave
from sencli.core.record.edit import placed
from sencli.core.record.lookup import academic_year
from sencli.core.record.lookup import academic_year_label
from sencli.core.record.lookup import full_name
from sencli.core.record.lookup import on_roll
from sencli.core.record.lookup import open_cycle
from sencli.core.record.lookup import placement_on
from sencli.core.record.types import Record
from sencli.core.text import dates
from sencli.core.text.folding import fold
from sencli.core.text.natural import class_key
from sencli.errors import Conflict
from sencli.errors import InvalidValue
from sencli.value import Value

# "4B", "10 Oak", "RB": not "3/4B" (two years in one class), not "Robins".
_NUMBERED = re.compile(r"([0-9]{1,2})((?:\s*[A-Za-z].*)?)")
_RECEPTION = re.compile(r"R((?:\s.*|[A-Z0-9].*)?)")
_ORDER = terms.YEAR_GROUPS[: terms.YEAR_GROUPS.index("X")]
_LAST_YEARS = ("6", "11", "13")
_AGE_BEFORE_YEAR_1 = 5
_SUMMER = "06"


class Moved(Value):
    """The result of the new school year for one pupil.

    Attributes:
        record: the new version.
        name: the full name.
        old: year group and class before, as a placement.
        new: year group and class after; empty for a leaver.
        note: "leaves", "already placed" or why nothing moves; else "".
        changed: whether the record changes.
    """

    record: Record
    name: str
    old: Mapping[str, str]
    new: Mapping[str, str]
    note: str = ""
    changed: bool = True

    @property
    def leaves(self) -> bool:
        """Whether this was the pupil's last year here."""
        return self.note == LEAVES


LEAVES = "leaves"


def first_day(today: str) -> str:
    """1 September of the school year that is meant: the next one from June on."""
    year = int(today[:4]) if today[5:7] >= _SUMMER else academic_year(today)
    return f"{year}-09-01"


def last_year(school: Mapping[str, object], records: Iterable[Record], day: str) -> str:
    """The year group after which pupils leave: by the school's ages, else by theirs."""
    ages = school.get("ages")
    if isinstance(ages, Mapping):
        return str(min(max(int(ages["to"]) - _AGE_BEFORE_YEAR_1, 1), 14))
    before = dates.add_days(day, -1)
    years = {placement_on(r, before).get("year_group", "") for r in records}
    oldest = max((_ORDER.index(y) for y in years if y in _ORDER), default=0)
    return next((y for y in _LAST_YEARS if _ORDER.index(y) >= oldest), "14")


def roll(
    records: Sequence[Record],
    day: str,
    leaving_year: str,
    classes: Mapping[str, str],
    today: str,
) -> list[Moved]:
    """The result of the new school year for everybody on roll the day before.

    Args:
        records: the pupils'.
        day: first day of the new year.
        leaving_year: the year group after which pupils leave.
        classes: old class to new, where it is not the next number.
        today: ISO date.

    Raises:
        Conflict: the year was rolled already.
        InvalidValue: a class that nobody is in.
    """
    before = dates.add_days(day, -1)
    here = [r for r in records if on_roll(r, before)]
    _refuse_twice(here, day)
    folded = {fold(old): new for old, new in classes.items()}
    known = {placement_on(r, before).get("class", "") for r in here}
    for old in classes:
        if fold(old) not in {fold(name) for name in known}:
            listed = ", ".join(sorted(filter(None, known), key=class_key))
            raise InvalidValue(f"Nobody is in class {old!r}.", f"There are: {listed}")
    return [_moved(record, day, leaving_year, folded, today) for record in here]


def _moved(
    record: Record,
    day: str,
    leaving_year: str,
    classes: Mapping[str, str],
    today: str,
) -> Moved:
    before = dates.add_days(day, -1)
    old = {
        k: v
        for k, v in placement_on(record, before).items()
        if k in {"year_group", "class"}
    }
    name = full_name(record)
    if _placed_since(record, day):
        new = placement_on(record, day)
        return Moved(record, name, old, new, "already placed", changed=False)
    year = old.get("year_group", "")
    if year not in _ORDER:
        why = "mixed years: not moved" if year else "no year group: not moved"
        return Moved(record, name, old, old, why, changed=False)
    if _ORDER.index(year) >= _ORDER.index(leaving_year):
        return Moved(leave(record, before, {}, today).record, name, old, {}, LEAVES)
    new = {"year_group": _ORDER[_ORDER.index(year) + 1]}
    if group := old.get("class"):
        new["class"] = classes.get(fold(group)) or next_class(group)
    kept = "class name kept" if new.get("class", "") == group else ""
    entry = {"from": day, **new}
    changed = {**record, "placements": placed(record.get("placements", []), entry)}
    return Moved(changed, name, old, new, kept if group else "")


def next_class(name: str) -> str:
    """The class a year later: 4B is 5B and RB is 1B; a name without number stays."""
    if m := _NUMBERED.fullmatch(name):
        return f"{int(m[1]) + 1}{m[2]}"
    if m := _RECEPTION.fullmatch(name):
        return f"1{m[1]}"
    return name


def _placed_since(record: Record, day: str) -> bool:
    return any(p.get("from", "") >= day for p in record.get("placements", ()))


def _refuse_twice(records: Sequence[Record], day: str) -> None:
    """Refuse where most pupils have moved up on the day, or have left before it."""
    done = sum(1 for r in records if _went_up(r, day))
    waiting = sum(1 for r in records if not _placed_since(r, day)) - sum(
        1 for r in records if _left(r, day)
    )
    if done and done >= waiting:
        raise Conflict(
            f"The school year {academic_year_label(day)} has begun already: "
            f"{done} moved up on {dates.words(day)}. Nothing was changed.",
            "Put one pupil right: sen pupil set PUPIL year_group=YEAR class=CLASS "
            f"--from {dates.short(day)}",
        )


def _left(record: Record, day: str) -> bool:
    last = dates.add_days(day, -1)
    return any(stay.get("until") == last for stay in record.get("roll", ()))


def _went_up(record: Record, day: str) -> bool:
    if _left(record, day):
        return True
    old = placement_on(record, dates.add_days(day, -1)).get("year_group", "")
    new = [p for p in record.get("placements", ()) if p.get("from") == day]
    if not new or old not in _ORDER or old == _ORDER[-1]:
        return False
    return bool(new[0].get("year_group") == _ORDER[_ORDER.index(old) + 1])


def warnings(moved: Sequence[Moved]) -> list[str]:
    """Warnings for the SENCO."""
    found = []
    stuck = [m for m in moved if not m.changed and m.note != "already placed"]
    if stuck:
        names = ", ".join(m.name for m in stuck)
        found.append(f"not moved, without a year group to move from: {names}.")
    kept = {str(m.new["class"]) for m in moved if m.note == "class name kept"}
    if kept:
        listed = ", ".join(sorted(kept, key=class_key))
        found.append(f"class names kept: {listed}. To change one: --map OLD=NEW")
    if any(m.leaves and open_cycle(m.record) is not None for m in moved):
        found.append(
            "leavers' cycles stay open until their last day; review them before it."
        )
    if any(m.leaves for m in moved):
        found.append("leavers' records go to the next school within 15 school days.")
    return found
