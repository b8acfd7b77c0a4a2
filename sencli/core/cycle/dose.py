"""The dose of an intervention: as typed, usual, changed, and in words."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli.core.people.context import Context
from sencli.core.people.context import staff_list
from sencli.core.record import lookup
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import add_days
from sencli.core.text.dates import monday
from sencli.core.time.calendar import DAYS
from sencli.core.time.calendar import Calendar
from sencli.errors import InvalidValue
from sencli.value import Value

Typed = Mapping[str, Any]

DOSE = ("minutes", "sessions_per_week", "group_size", "role", "days", "time")
_YEARS = 2 * 366


class Offer(Value):
    """The school's contribution to an intervention: provision, staff, group.

    Attributes:
        provision: its entry in the catalogue; {} where only the key is known.
        provisions: the whole catalogue, for names.
        group: id of the group, or "".
        group_name: its name, or "".
    """

    provision: Entry
    provisions: Sequence[Entry] = ()
    group: str = ""
    group_name: str = ""


def provision_name(key: str, provisions: Sequence[Entry]) -> str:
    """A provision's name; its key in words where the catalogue has none."""
    found = next((p["name"] for p in provisions if p["key"] == key), "")
    return str(found) or key.replace("-", " ").capitalize()


def usual_end(start: str, offer: Offer, typed: Typed, context: Context) -> str:
    """The last school day of the last week, where the number of weeks is known."""
    weeks = typed.get("weeks") or offer.provision.get("usual", {}).get("weeks")
    if not weeks:
        return ""
    calendar = Calendar(context.school.get("terms", ()))
    firsts = calendar.weeks(start, add_days(start, _YEARS))[: int(weeks)]
    if not firsts:
        return ""
    sunday = add_days(monday(firsts[-1]), 6)
    return list(calendar.days(firsts[-1], sunday))[-1]


def dose_of(typed: Typed, usual: Entry, context: Context) -> Record:
    """The dose as typed, completed from the usual one.

    Raises:
        InvalidValue: the days do not agree with the sessions a week.
    """
    found: Record = {name: typed[name] for name in DOSE if name in typed}
    if led_by := typed.get("led_by"):
        found["led_by"] = staff_list(led_by, context.school)
    if days := found.get("days"):
        found["days"] = [d for d in DAYS if d in days]
        often = found.setdefault("sessions_per_week", len(days))
        if often != len(found["days"]):
            raise InvalidValue(
                f"{often} sessions a week do not fit {len(found['days'])} days "
                f"({', '.join(found['days'])}).",
                "Give one of --days and --sessions-per-week, or make them agree.",
            )
    for name in ("minutes", "sessions_per_week", "group_size"):
        if name in usual:
            found.setdefault(name, usual[name])
    if "role" in usual and "led_by" not in found:
        found.setdefault("role", usual["role"])
    return found


def redosed(doses: Sequence[Entry], dose: Record) -> list[Record]:
    """The doses with this one in its place; one of the same day is amended."""
    same = [d for d in doses if d["from"] == dose["from"]]
    kept = [dict(d) for d in doses if d["from"] != dose["from"]]
    before = dict(same[-1]) if same else {}
    if "led_by" in dose or "role" in dose:
        before.pop("led_by", None)
        before.pop("role", None)
    if "sessions_per_week" in dose:
        before.pop("days", None)
    return sorted([*kept, {**before, **dose}], key=lambda d: str(d["from"]))


def cut(item: Entry) -> Record:
    """An intervention without the doses that would begin after its end."""
    last = item.get("until", STILL)
    if "dose" not in item or all(d["from"] <= last for d in item["dose"]):
        return dict(item)
    return {**item, "dose": [d for d in item["dose"] if d["from"] <= last]}


def moved_start(doses: Sequence[Entry], item: Entry, start: str) -> list[Record]:
    """The first dose begins with the intervention."""
    return [
        {**d, "from": start} if d["from"] == item.get("from") else dict(d)
        for d in doses
        if d["from"] == item.get("from") or d["from"] > start
    ]


def change_said(name: str, dose: Entry) -> str:
    """A change of dose in words for parents, without staff initials."""
    amount = {k: v for k, v in dose.items() if k not in {"led_by", "role"}}
    how = dose_said(amount) or ("another adult" if dose else "")
    return f"{name} changed" + (f" to {how}" if how else "")


def list_said(item: Entry, dose: Entry) -> str:
    """The dose in a list that also shows the group, so without the group's size."""
    left_out = {"group_size"} if item.get("group") else set()
    return dose_said({k: v for k, v in dose.items() if k not in left_out})


def dose_said(dose: Entry) -> str:
    """``30 minutes, 3 times a week, group of 4, led by TA2``; "" for nothing."""
    parts = []
    if "minutes" in dose:
        parts.append(f"{dose['minutes']} minutes")
    if "sessions_per_week" in dose:
        often = dose["sessions_per_week"]
        parts.append("once a week" if often == 1 else f"{often} times a week")
    if size := dose.get("group_size"):
        parts.append("one to one" if size == 1 else f"group of {size}")
    if led := dose.get("led_by") or ([dose["role"]] if "role" in dose else []):
        parts.append(f"led by {lookup.joined(led)}")
    return ", ".join(parts)
