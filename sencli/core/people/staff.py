"""Staff, their roles over time, and hourly rates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from itertools import pairwise

from sencli.core.people.senco_qualification import qualification_words
from sencli.core.record import find
from sencli.core.record.act import Act
from sencli.core.record.edit import amended
from sencli.core.record.edit import given
from sencli.core.record.edit import placed
from sencli.core.record.edit import refuse_unmoved
from sencli.core.record.lookup import holds
from sencli.core.record.lookup import newest
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text import dates
from sencli.core.text.folding import fold
from sencli.core.text.folding import same
from sencli.core.text.money import pounds
from sencli.errors import InvalidValue
from sencli.errors import UsageFault

_INITIALS = re.compile(r"[A-Za-z][A-Za-z0-9]{0,7}")
_KEYS = ("role", "from")
_USUAL = ("teacher", "TA", "HLTA", "LSA", "SENCO", "headteacher")
_ALSO = {"sendco": "SENCO", "head": "headteacher", "teaching assistant": "TA"}
_DEAREST = 1_000_000


def roles_known(school: Mapping[str, object]) -> list[str]:
    """The names of roles that the school uses, then the usual ones."""
    return list(dict.fromkeys([*_roles_in(school), *_USUAL]))


def _roles_in(school: Mapping[str, object]) -> Iterator[str]:
    rates, staff = school.get("rates", ()), school.get("staff", ())
    for rate in rates if isinstance(rates, list) else ():
        yield rate["role"]
    for person in staff if isinstance(staff, list) else ():
        for role in person.get("roles", ()):
            yield role["role"]


def role_name(typed: str, school: Mapping[str, object]) -> str:
    """A role in the spelling that the school uses already: ``ta`` is ``TA``."""
    want = fold(typed)
    alike = (role for role in roles_known(school) if same(role, typed))
    return _ALSO.get(want) or next(alike, typed)


def find_staff(typed: str, school: Record) -> Record:
    """A member of staff by initials or an unmistakable part of the name."""
    listed: list[Record] = school.get("staff", [])
    exact = [s for s in listed if fold(s["initials"]) == fold(typed)]
    found = exact or find.matches(typed, listed, lambda s: s["name"])
    return find.one(
        typed,
        found,
        what="member of staff",
        show=lambda s: f"{s['initials']}  {s['name']}",
        hint="Enter a new one: sen staff add INITIALS --name NAME --role ROLE",
        everything=listed,
    )


def add_staff(
    school: Record,
    initials: str,
    name: str,
    role: Mapping[str, str | None],
    today: str,
) -> Act:
    """The school with a member of staff more; their own entry is amended.

    Args:
        school: ``school.yaml``.
        initials: letters and digits, never used for another person.
        name: the name on paper.
        role: ``role``, ``class``, ``from``; ``None`` where not named.
        today: ISO date.
    """
    _check_initials(initials)
    for other in school.get("staff", ()):
        if fold(other["initials"]) == fold(initials):
            if same(other["name"], name):
                return set_staff(school, initials, None, role, today)
            raise InvalidValue(
                f"{other['initials']} is {other['name']}: initials are never used for "
                "somebody else.",
                f"Choose others, such as {initials}2, or change the name: "
                f'sen staff set {other["initials"]} --name "{name}"',
            )
    entry: Record = {"initials": initials, "name": name}
    if not role.get("role") and (role.get("class") or role.get("from")):
        raise UsageFault(
            "--class and --from go with a role.", "Add --role teacher, say."
        )
    if role.get("role"):
        entry["roles"] = [
            given({**role, "role": role_name(role["role"] or "", school)})
        ]
    words = f", {entry['roles'][0]['role']}" if "roles" in entry else ""
    return Act(
        {**school, "staff": [*school.get("staff", []), entry]},
        f"Added {name} ({initials}){words}.",
        {"staff": initials},
    )


def _check_initials(initials: str) -> None:
    if not _INITIALS.fullmatch(initials):
        raise InvalidValue(
            f"{initials!r} cannot be initials: a letter, then up to seven letters or "
            "digits.",
            "Type them like this: sen staff add INITIALS --name NAME --role ROLE",
        )


def set_staff(
    school: Record,
    who: str,
    name: str | None,
    role: Mapping[str, str | None],
    today: str,
    left: str | None = None,
) -> Act:
    """The school with another name or role of a member of staff, or their leaving.

    A new role begins today (or ``role["from"]``) and stands beside the others.
    """
    entry = find_staff(who, school)
    changed = {**entry, "name": name} if name else dict(entry)
    if role.get("from") and not (role.get("role") or role.get("class")):
        raise UsageFault(
            "--from says since when a role or a class holds, and none is given.",
            "Add --role or --class, or leave --from out.",
        )
    if role.get("role") or role.get("class"):
        changed["roles"] = _with_role(entry, role, school, today)
    if left:
        changed["roles"] = [
            {**r, "until": left} if holds(r, left) else r
            for r in changed.get("roles", ())
        ]
    staff = [changed if s is entry else s for s in school["staff"]]
    told = f"{changed['name']} ({changed['initials']})"
    last = f": until {dates.words(left)}" if left else ""
    return Act(
        {**school, "staff": staff},
        f"Changed {told}{last}.",
        {"staff": changed["initials"]},
    )


def add_training(school: Record, who: str, courses: Sequence[str], day: str) -> Act:
    """The school with training that a member of staff had by the day."""
    entry = find_staff(who, school)
    known = {fold(course["what"]) for course in entry.get("training", ())}
    new = [{"what": c, "date": day} for c in courses if fold(c) not in known]
    changed = {**entry, "training": [*entry.get("training", []), *new]}
    staff = [changed if s is entry and new else s for s in school["staff"]]
    listed = "; ".join(courses)
    return Act(
        {**school, "staff": staff},
        f"{entry['name']} ({entry['initials']}) is trained: {listed}.",
        {"staff": entry["initials"]},
    )


def _with_role(
    entry: Record, role: Mapping[str, str | None], school: Record, today: str
) -> list[Record]:
    """The roles with one that begins, or the same one with another class."""
    roles: list[Record] = entry.get("roles", [])
    day = role.get("from") or today
    current = newest(roles, day)
    wanted = role_name(role.get("role") or "", school) if role.get("role") else None
    named = given({"role": wanted, "class": role.get("class")})
    if current is not None and wanted in {None, current["role"]}:
        if current.get("class") == named.get("class", current.get("class")):
            refuse_unmoved(current, role.get("from"), str(current["role"]))
            return roles
        return amended(roles, current, named, day, keys=_KEYS)
    if wanted is None:
        raise InvalidValue(f"{entry['name']} has no role yet.", "Add --role ROLE")
    began = {"from": day} if roles or role.get("from") else {}
    return placed(roles, {**named, **began}, _KEYS)


def role_on(person: Entry, day: str) -> Record:
    """The newest role in force on the day, or an empty dict."""
    return newest(person.get("roles", ()), day) or {}


_IN_ORDER = ("appointed", "started", "awarded")


def set_qualification(
    school: Record,
    who: str,
    typed: Mapping[str, str | None],
    today: str,
    *,
    clear: bool = False,
) -> Act:
    """The school with a SENCO's appointment and qualification; what is named counts.

    Args:
        school: ``school.yaml``.
        who: initials or name.
        typed: ``appointed``, ``qualification``, ``started``, ``awarded``, or ``None``.
        today: ISO date.
        clear: take out all that was recorded.

    Raises:
        InvalidValue: days out of order.
    """
    entry = find_staff(who, school)
    rest = {name: value for name, value in entry.items() if name != "senco"}
    known = {} if clear else {**entry.get("senco", {}), **given(typed)}
    days = [(name, known[name]) for name in _IN_ORDER if name in known]
    for name, day in days:
        if day > today:
            raise InvalidValue(
                f"{name.capitalize()} on {dates.words(day)}: that day has not come "
                "yet.",
                "Enter it when it has been.",
            )
    for (first, before), (last, after) in pairwise(days):
        if after < before:
            raise InvalidValue(
                f"{last.capitalize()} on {dates.words(after)}, before {first} on "
                f"{dates.words(before)}.",
                "Give the right days.",
            )
    changed = {**rest, "senco": known} if known else rest
    staff = [changed if s is entry else s for s in school["staff"]]
    told = qualification_words(changed) or "no qualification recorded"
    return Act(
        {**school, "staff": staff},
        f"{entry['name']} ({entry['initials']}): {told}.",
        {"staff": entry["initials"]},
    )


def set_rate(
    school: Record,
    role: str,
    pence: int,
    today: str,
    day: str | None = None,
    source: str | None = None,
) -> Act:
    """The school with an hourly rate for a role.

    The first rate of a role holds as far back as we know; a later one from today.

    Args:
        school: ``school.yaml``.
        role: such as TA.
        pence: an hour, with on-costs.
        today: ISO date.
        day: from when.
        source: where the rate comes from.
    """
    _check_rate(pence)
    name = role_name(role, school)
    rates: list[Record] = school.get("rates", [])
    mine = [r for r in rates if r["role"] == name]
    current = newest(mine, day or today)
    entry = {"role": name, "pence_per_hour": pence, **given({"source": source})}
    if day:
        entry["from"] = day
    elif current is not None and current["pence_per_hour"] == pence:
        entry = {**current, **entry}
    elif mine:
        entry["from"] = today
    when = f" from {dates.words(entry['from'])}" if "from" in entry else ""
    return Act(
        {**school, "rates": placed(rates, entry, _KEYS)},
        f"An hour of {name} costs {pounds(pence)}{when}.",
        {"role": name},
    )


def _check_rate(pence: int) -> None:
    if not 0 < pence <= _DEAREST:
        raise InvalidValue(
            f"{pounds(pence)} an hour cannot be right.",
            "Type pounds and pence an hour: sen rate set ROLE POUNDS",
        )
