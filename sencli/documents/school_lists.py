"""The lists of the school: staff, rates, the catalogue, scales, terms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sencli import terms as words
from sencli.core import dates
from sencli.core.catalogue import SCALE_KINDS
from sencli.core.folding import sort_key
from sencli.core.shapes.school import Provision
from sencli.core.shapes.school import Rate
from sencli.core.shapes.school import Scale
from sencli.core.shapes.school import Term
from sencli.core.staffing import role_on
from sencli.core.types import Record
from sencli.documents.listing import listing
from sencli.documents.listing import whole
from sencli.documents.view import Column
from sencli.documents.view import View

School = Mapping[str, Any]


def staff(school: School, day: str) -> View:
    """Everybody, with the role of the day."""
    objects = [
        {
            "initials": person["initials"],
            "name": person["name"],
            **{k: role_on(person, day).get(k) for k in ("role", "class", "from")},
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
    )
    empty = "Nobody yet: sen staff add INITIALS --name NAME --role ROLE"
    return listing("Staff", school, day, columns, objects, empty)


def rates(school: School, day: str) -> View:
    """What an hour of each role costs, by role and day."""
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
        "Hourly rates", school, day, columns, objects, empty, whole(entered, Rate)
    )


def provisions(school: School, catalogue: School, day: str) -> View:
    """What the school offers on the day."""
    offered = [
        p for p in catalogue.get("provisions", ()) if p.get("retired", "9999") > day
    ]
    objects = [
        {
            **p,
            **p.get("usual", {}),
            "tier": words.TIERS.get(p.get("tier", ""), ""),
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
        "Provisions", school, day, columns, objects, empty, whole(offered, Provision)
    )


def scales(school: School, catalogue: School, day: str) -> View:
    """What the school measures with."""
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
        "Scales", school, day, columns, objects, "No scales.", whole(data, Scale)
    )


def terms(school: School, day: str) -> View:
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
    return listing("Terms", school, day, columns, objects, empty, whole(entered, Term))
