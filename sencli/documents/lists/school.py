"""The school's own lists: groups, staff, rates, provisions, scales, terms, the year."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from typing import Any

from sencli import terms
from sencli.core.people.senco_qualification import qualification_words
from sencli.core.people.staff import role_on
from sencli.core.provision.catalogue import SCALE_KINDS
from sencli.core.pupil.year_roll import Moved
from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import academic_year_label
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text import dates
from sencli.core.text.folding import sort_key
from sencli.core.text.money import pounds
from sencli.core.text.natural import class_key
from sencli.documents.lists.listing import all_fields
from sencli.documents.lists.listing import listing
from sencli.documents.view import Column
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Letterhead
from sencli.documents.view import View


def group_list(
    groups: Entry,
    members: Mapping[str, Sequence[str]],
    school: Entry,
    day: str,
    *,
    everything: bool = False,
) -> View:
    """The groups of the day with the names of their members.

    Args:
        groups: ``groups.yaml``.
        members: names by the group's id.
        school: ``school.yaml``.
        day: ISO date.
        everything: those that have ended too.
    """
    objects = [
        {**group, "members": list(members.get(group["id"], ()))}
        for group in groups.get("groups", ())
        if everything or group.get("until", STILL) >= day
    ]
    columns = (
        Column("name", "Group"),
        Column("provision", "Provision"),
        Column("from", "From", "date"),
        Column("until", "Until", "date"),
        Column("members", "Members"),
        Column("id", "Id", hidden=True),
    )
    empty = "None yet: sen group add GROUP --provision PROVISION"
    return listing("Teaching groups", school, day, columns, objects, empty)


_LISTS = ("staff", "rates", "terms", "number_on_roll", "national_figures")
_ELSEWHERE = {"schema", "name", "settings", *_LISTS}


def school_details(school: Entry, day: str) -> View:
    """The school's details, by the names that ``sen school set`` takes."""
    own = {key: part for key, part in school.items() if key not in _ELSEWHERE}
    counts = tuple(
        (f"{key.replace('_', ' ')} entered", str(len(school.get(key, ()))))
        for key in _LISTS
    )
    rows = (("name", str(school.get("name", ""))), *_rows(own), *counts)
    blocks: list[Any] = [Fields(rows)]
    if school.get("settings"):
        blocks += [Heading("Settings"), Fields(tuple(_rows(school["settings"])))]
    return View(
        "School",
        Letterhead(school.get("name", "")),
        day,
        tuple(blocks),
        data=dict(school),
    )


def _rows(values: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, str]]:
    for key, value in values.items():
        name = f"{before}{key}"
        if isinstance(value, Mapping):
            yield from _rows(value, f"{name}.")
        else:
            money = key.endswith("_pence") and isinstance(value, int)
            yield name, pounds(value) if money else str(value)


def staff(school: Entry, day: str) -> View:
    """Everybody, with the role of the day."""
    objects = [
        {
            "initials": person["initials"],
            "name": person["name"],
            **{k: role_on(person, day).get(k) for k in ("role", "class", "from")},
            "qualification": qualification_words(person),
            "senco": person.get("senco"),
            "roles": person.get("roles", []),
        }
        for person in school.get("staff", ())
    ]
    columns = (
        Column("initials", "Initials"),
        Column("name", "Name"),
        Column("role", "Role"),
        Column("class", "Class"),
        Column("from", "From", "date"),
        Column("qualification", "SENCO's qualification"),
    )
    empty = "Nobody yet: sen staff add INITIALS --name NAME --role ROLE"
    return listing("Staff", school, day, columns, objects, empty)


def rates(school: Entry, day: str) -> View:
    """Hourly rates by role and date."""
    entered: list[Record] = sorted(
        (r for r in school.get("rates", ()) if r.get("from", "") <= day),
        key=lambda r: (sort_key(r["role"]), r.get("from", "")),
    )
    objects = [{**r, "rate": r["pence_per_hour"]} for r in entered]
    columns = (
        Column("role", "Role"),
        Column("rate", "An hour", "pence"),
        Column("from", "From", "date"),
        Column("source", "Source"),
        Column("pence_per_hour", "Pence an hour", "number", hidden=True),
    )
    empty = "No rates yet: sen rate set ROLE POUNDS"
    return listing(
        "Hourly rates",
        school,
        day,
        columns,
        objects,
        empty,
        all_fields(entered, "Rate"),
    )


def provisions(school: Entry, catalogue: Entry, day: str) -> View:
    """The provisions offered on the day."""
    offered = [
        p for p in catalogue.get("provisions", ()) if p.get("retired", STILL) > day
    ]
    objects = [
        {
            **p,
            **p.get("usual", {}),
            "tier": terms.TIERS.get(p.get("tier", ""), ""),
        }
        for p in offered
    ]
    columns = (
        Column("key", "Key"),
        Column("name", "Name"),
        Column("tier", "Layer"),
        Column("areas", "Area of need"),
        Column("minutes", "Minutes", "number"),
        Column("sessions_per_week", "A week", "number"),
        Column("weeks", "Weeks", "number"),
        Column("group_size", "Group", "number"),
        Column("role", "Led by"),
    )
    empty = "Nothing yet: sen provision add PROVISION --name NAME --minutes MINUTES"
    return listing(
        "Provisions",
        school,
        day,
        columns,
        objects,
        empty,
        all_fields(offered, "Provision"),
    )


def scales(school: Entry, catalogue: Entry, day: str) -> View:
    """The scales of the school."""
    objects = [
        {**s, "kind": SCALE_KINDS[s["kind"]]} for s in catalogue.get("scales", ())
    ]
    columns = (
        Column("key", "Key"),
        Column("name", "Name"),
        Column("kind", "Kind"),
        Column("values", "Words, lowest first"),
        Column("better", "Better"),
    )
    data = catalogue.get("scales", ())
    return listing(
        "Scales", school, day, columns, objects, "No scales.", all_fields(data, "Scale")
    )


def term_dates(school: Entry, day: str) -> View:
    """The terms entered, in order."""
    entered = sorted(school.get("terms", ()), key=lambda t: str(t["start"]))
    objects = [
        {
            **term,
            "half_term_start": term.get("half_term", {}).get("start"),
            "half_term_end": term.get("half_term", {}).get("end"),
            "closed": [dates.short(closed) for closed in term.get("closed", ())],
        }
        for term in entered
    ]
    columns = (
        Column("name", "Term"),
        Column("start", "First day", "date"),
        Column("end", "Last day", "date"),
        Column("half_term_start", "Half-term from", "date"),
        Column("half_term_end", "until", "date"),
        Column("closed", "Also closed"),
    )
    empty = "None entered: sen term add NAME DATE DATE"
    return listing(
        "Terms", school, day, columns, objects, empty, all_fields(entered, "Term")
    )


def year_table(moved: Sequence[Moved], school: Entry, day: str) -> View:
    """Each pupil with year group and class before and after."""
    objects = [
        {
            "id": m.record["id"],
            "name": m.name,
            "year_group": m.old.get("year_group"),
            "class": m.old.get("class"),
            "new_year_group": m.new.get("year_group"),
            "new_class": m.new.get("class"),
            "note": m.note,
        }
        for m in sorted(moved, key=_place)
    ]
    columns = (
        Column("id", "Id"),
        Column("name", "Name"),
        Column("year_group", "Year"),
        Column("class", "Class"),
        Column("new_year_group", "New year"),
        Column("new_class", "New class"),
        Column("note", "Note"),
    )
    title = f"School year {academic_year_label(day)}"
    return listing(title, school, day, columns, objects, "Nobody is on roll.")


def _place(moved: Moved) -> tuple[int, str, tuple[str, str]]:
    year = moved.old.get("year_group", "X")
    return (
        terms.YEAR_GROUPS.index(year),
        class_key(moved.old.get("class")),
        sort_key(moved.name),
    )
