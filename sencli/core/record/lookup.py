"""Look up what a record says on a day: dated entries, open cycle, stage.

All of it is derived and never stored. ``day`` is ISO text; ISO dates compare as text.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from datetime import date
from typing import Any

from sencli.core.record.types import Entry
from sencli.core.record.types import Record

STILL = "9999"
"""A day on which only what has no end is in force."""
STAGES = ("assess", "plan", "do", "review", "closed")


def holds(entry: Entry, day: str) -> bool:
    """Whether a dated entry is in force on the day; an absent bound is open."""
    return bool(entry.get("from", "") <= day <= entry.get("until", STILL))


def newest(entries: Iterable[Entry], day: str) -> Record | None:
    """The newest entry in force on the day (the later written wins a tie)."""
    best: Entry | None = None
    for entry in entries:
        if holds(entry, day) and (
            best is None or entry.get("from", "") >= best.get("from", "")
        ):
            best = entry
    return dict(best) if best is not None else None


def newest_by_id(entries: Iterable[Entry], day: str) -> list[Record]:
    """Of each id the newest entry begun by the day, if it still holds then."""
    latest: dict[str, Entry] = {}
    for entry in entries:
        began = entry.get("from", "")
        if began <= day and began >= latest.get(entry["id"], {}).get("from", ""):
            latest[entry["id"]] = entry
    return [dict(e) for e in latest.values() if e.get("until", STILL) >= day]


def status_on(record: Entry, day: str) -> Record:
    """The status entry in force; ``{"provision": "N"}`` where none is recorded."""
    return newest(record.get("status", ()), day) or {"provision": "N"}


def placement_on(record: Entry, day: str) -> Record:
    """Year group and class on the day, or an empty dict."""
    return newest(record.get("placements", ()), day) or {}


def needs_on(record: Entry, day: str) -> list[Record]:
    """The needs in force, primary first; a need without a rank comes last."""
    found = newest_by_id(record.get("needs", ()), day)
    return sorted(found, key=lambda need: need.get("rank", 99))


def contacts_on(record: Entry, day: str) -> list[Record]:
    """The contacts in force on the day, in the order of entry."""
    return newest_by_id(record.get("contacts", ()), day)


def health_on(record: Entry, day: str) -> list[Record]:
    """The health conditions in force on the day, in the order of entry."""
    return newest_by_id(record.get("health", ()), day)


def flags_on(record: Entry, day: str) -> list[str]:
    """The names of the flags in force on the day."""
    return [f["flag"] for f in record.get("flags", ()) if holds(f, day)]


def profile_on(record: Entry, day: str) -> Record:
    """The newest one-page profile made by the day, or an empty dict."""
    made = [p for p in record.get("profiles", ()) if p["date"] <= day]
    return dict(max(made, key=lambda p: str(p["date"]))) if made else {}


def on_roll(record: Entry, day: str) -> bool:
    """Whether the pupil is on roll; no roll entries at all means on roll."""
    roll = record.get("roll", ())
    return not roll or any(holds(stay, day) for stay in roll)


def joined_on(record: Entry, day: str) -> str:
    """The first day of the present stay on the roll; "" where none is entered."""
    return str((newest(record.get("roll", ()), day) or {}).get("from", ""))


def left_on(record: Entry) -> str:
    """The last day on roll of a pupil who has left, or ""."""
    roll = record.get("roll", ())
    if not roll or any("until" not in stay for stay in roll):
        return ""
    return str(max(stay["until"] for stay in roll))


def until_left(record: Entry, last: str) -> str:
    """A last day, or the last on roll where the pupil leaves before; "" is none."""
    left = left_on(record)
    return left if left and left < (last or STILL) else last


def gone_by(record: Entry, day: str) -> bool:
    """Whether the pupil will have left by a day: nothing is promised for it."""
    return until_left(record, day) != day


def staff_left(person: Entry, day: str) -> bool:
    """Whether a member of staff had left the school by the day."""
    roles = person.get("roles", ())
    return bool(roles) and all(role.get("until", STILL) < day for role in roles)


def age_on(record: Entry, day: str) -> int | None:
    """Age in whole years, or ``None`` without a date of birth."""
    born = str(record.get("date_of_birth", ""))
    if not born or born > day:
        return None
    return int(day[:4]) - int(born[:4]) - (day[5:] < born[5:])


def cycle_began(cycle: Entry) -> str:
    """The day a cycle began: its assessment, else its plan, or ""."""
    for part in ("assess", "plan", "review", "closed"):
        if day := cycle.get(part, {}).get("date"):
            return str(day)
    return ""


def open_cycle(record: Entry) -> Record | None:
    """The one cycle that is neither closed nor reviewed, or ``None``."""
    for cycle in reversed(record.get("cycles", ())):
        if "closed" not in cycle and "review" not in cycle:
            return dict(cycle)
    return None


def latest_cycle(record: Entry) -> Record | None:
    """The open cycle, else the newest one, or ``None``."""
    cycles: Sequence[Record] = record.get("cycles", ())
    if (found := open_cycle(record)) is not None or not cycles:
        return found
    return max(cycles, key=cycle_began)


def stage(cycle: Entry | None, day: str) -> str:
    """The stage of a cycle on the day: assess, plan, do, review, closed, or "".

    ``plan`` once assessed and not yet planned; ``do`` from the plan's date; ``review``
    from the day the review falls due.
    """
    if cycle is None:
        return ""
    if "closed" in cycle or "review" in cycle:
        return "closed"
    plan = cycle.get("plan", {})
    if plan.get("review_by") and plan["review_by"] <= day and plan.get("date"):
        return "review"
    if plan.get("date"):
        return "do"
    return "plan" if cycle.get("assess", {}).get("teacher_assessment") else "assess"


def review_by(record: Entry) -> str:
    """When the open cycle is to be reviewed; else the next review agreed, or ""."""
    if (cycle := open_cycle(record)) is not None:
        return str(cycle.get("plan", {}).get("review_by", ""))
    last = latest_cycle(record)
    return str((last or {}).get("review", {}).get("next_review", ""))


def overdue(record: Entry, day: str) -> bool:
    """Whether the open cycle's review should have been held before the day."""
    cycle = open_cycle(record)
    due = (cycle or {}).get("plan", {}).get("review_by", "")
    return bool(due) and due < day


def season(day: str) -> str:
    """The school season of a day: ``Autumn 2025``, from September to December.

    Spring runs to the middle of April, when the summer term begins in most schools.
    """
    later = day[5:]
    name = "Autumn" if later >= "09" else "Spring" if later < "04-16" else "Summer"
    return f"{name} {day[:4]}"


def cycle_label(record: Entry, cycle: Entry) -> str:
    """How a cycle is shown: its season, numbered where a season holds several."""
    began = cycle_began(cycle)
    if not began:
        return "Undated cycle"
    label = season(began)
    same = [
        c
        for c in record.get("cycles", ())
        if cycle_began(c) and season(cycle_began(c)) == label
    ]
    if len(same) == 1:
        return label
    same.sort(key=cycle_began)
    place = next((n for n, c in enumerate(same, 1) if c["id"] == cycle["id"]), 1)
    return label if place == 1 else f"{label} ({place})"


NEW_DAYS = 42
"""So long a cycle is new: it is being written, not left undone."""


def new_cycles(record: Entry, day: str) -> dict[str, str]:
    """The open cycles begun in the last six weeks: id, and ``Autumn 2026``."""
    return {
        str(cycle["id"]): f"The plan of {cycle_label(record, cycle)}"
        for cycle in record.get("cycles", ())
        if (began := cycle_began(cycle))
        and "review" not in cycle
        and "closed" not in cycle
        and 0 <= days_between(began, day) <= NEW_DAYS
    }


def items(record: Entry, kind: str) -> Iterator[tuple[Record, Record]]:
    """Every ``(cycle, item)`` of ``plan[kind]``, such as outcomes."""
    for cycle in record.get("cycles", ()):
        for item in cycle.get("plan", {}).get(kind, ()):
            yield cycle, item


def holder(record: Entry, kind: str, item_id: str) -> tuple[Record, Record] | None:
    """The ``(cycle, item)`` of an id, or ``None``."""
    return next((p for p in items(record, kind) if p[1]["id"] == item_id), None)


def display_name(record: Entry) -> str:
    """First (or everyday) name and family name."""
    parts = (record.get("known_as") or record["first_name"], record.get("last_name"))
    return " ".join(part for part in parts if part)


def full_name(record: Entry) -> str:
    """First and family name as on the roll."""
    return " ".join(p for p in (record["first_name"], record.get("last_name")) if p)


def academic_year(day: str) -> int:
    """The year in which the academic year of a day began (1 September)."""
    return int(day[:4]) - (day[5:7] < "09")


def academic_year_label(day: str) -> str:
    """The academic year of a day: ``2025-26``."""
    began = academic_year(day)
    return f"{began}-{(began + 1) % 100:02d}"


def days_between(first: str, last: str) -> int:
    """Calendar days from first to last."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def joined(words: Sequence[str], last: str = "and") -> str:
    """``a, b and c``."""
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def meetings_of(record: Entry) -> list[Record]:
    """The meetings, oldest first: the order that their numbers go by."""
    return sorted(record.get("meetings", ()), key=lambda m: str(m["date"]))


def actions_of(record: Entry) -> list[tuple[Record, Record]]:
    """Every promise with its meeting, oldest first."""
    return [(m, a) for m in meetings_of(record) for a in m.get("actions", ())]


def derived(record: Record, day: str) -> dict[str, Any]:
    """Age, placement, status, stage and what is due, by the names of the fields."""
    placement = placement_on(record, day)
    status = status_on(record, day)
    cycle = latest_cycle(record)
    return {
        "day": day,
        "name": full_name(record),
        "age": age_on(record, day),
        "on_roll": on_roll(record, day),
        "left": left_on(record) or None,
        "class": placement.get("class"),
        "year_group": placement.get("year_group"),
        "provision": status["provision"],
        "layer": status.get("layer"),
        "needs": [need["type"] for need in needs_on(record, day)],
        "flags": flags_on(record, day),
        "cycle": cycle_label(record, cycle) if cycle else None,
        "stage": stage(cycle, day) or None,
        "review_by": review_by(record) or None,
        "overdue": overdue(record, day),
    }
