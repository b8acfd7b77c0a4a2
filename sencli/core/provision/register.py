"""The SEN register on a day, with counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from operator import itemgetter
from typing import Any

from sencli import terms
from sencli.core.record import lookup
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Record as TypesRecord
from sencli.core.text.folding import fold
from sencli.core.text.folding import sort_key
from sencli.core.text.folding import words
from sencli.core.text.natural import class_key
from sencli.errors import UsageFault
from sencli.value import Value

Record = Mapping[str, Any]
Row = dict[str, Any]

COUNTS = (
    *("need", "year_group", "class", "sex", "provision"),
    *("pupil_premium", "looked_after"),
)
"""What pupils can be counted by."""

_NOT_GIVEN = "not recorded"
WITHHELD = "withheld"
"""What is counted where a restricted item is not told of."""


class RegisterFilter(Value):
    """Which pupils are wanted; an empty field asks for nothing.

    Attributes:
        class_: class or form.
        year_group: ``4``, ``Year 4``, ``R``, ``Reception``.
        provision: N, K or E.
        need: a type of need.
        flag: a circumstance, such as ``looked_after``.
        stage: of the latest cycle: assess, plan, do, review or closed.
        tier: layer of support, of the pupil or of an intervention in force.
        monitoring: those on the watch list too, though coded N.
        everyone: whatever the status.
    """

    class_: str = ""
    year_group: str = ""
    provision: str = ""
    need: str = ""
    flag: str = ""
    stage: str = ""
    tier: str = ""
    monitoring: bool = False
    everyone: bool = False


def year_code(typed: str) -> str:
    """The year group's code from ``4``, ``y4``, ``Year 4`` or ``Reception``.

    Raises:
        UsageFault: there is no such year group.
    """
    want = fold(typed)
    for code in terms.YEAR_GROUPS:
        names = {fold(code), fold(terms.year_group_name(code)), f"y{fold(code)}"}
        if want in names:
            return code
    raise UsageFault(
        f"There is no year group {typed!r}.",
        f"They are: {', '.join(terms.YEAR_GROUPS)}.",
    )


def row(record: Record, day: str, catalogue: Record | None = None) -> Row:
    """One pupil as the register has them; what is not known is ``None`` or empty.

    What is marked restricted is left out, and ``withheld`` says that it was; counts and
    the school's own returns are made from ``all_needs`` and ``all_flags``.
    """
    placement = lookup.placement_on(record, day)
    status = lookup.status_on(record, day)
    cycle = lookup.latest_cycle(record)
    needs = lookup.needs_on(record, day)
    open_needs = [need for need in needs if not need.get("restricted")]
    flags = lookup.flags_on(record, day)
    open_flags = lookup.flags_on({"flags": _unrestricted(record, "flags")}, day)
    return {
        "id": record["id"],
        "name": lookup.full_name(record),
        "class": placement.get("class"),
        "year_group": placement.get("year_group"),
        "provision": status["provision"],
        "needs": [need["type"] for need in open_needs],
        "stage": lookup.stage(cycle, day) or None,
        "review_by": lookup.review_by(record) or None,
        "layer": status.get("layer"),
        "teacher": (cycle or {}).get("teacher"),
        "flags": open_flags,
        "sex": record.get("sex"),
        "monitoring": bool(status.get("monitoring")),
        "overdue": lookup.overdue(record, day),
        "tiers": tiers_on(record, day, catalogue),
        "withheld": len(open_needs) < len(needs) or len(open_flags) < len(flags),
        "all_needs": [need["type"] for need in needs],
        "all_flags": flags,
        "sort": place_in_list(record, day),
    }


FIELDS = (
    *("id", "name", "class", "year_group", "provision", "needs", "stage", "review_by"),
    *("layer", "teacher", "flags", "sex", "monitoring", "overdue", "tiers"),
    *("withheld", "all_needs", "all_flags", "sort"),
)
"""The fields of a row."""


def packed(made: Row) -> list[Any]:
    """A row as it is kept ready: its values alone, which are read twice as fast."""
    return [made[name] for name in FIELDS]


def unpacked(kept: Iterable[Sequence[Any]]) -> list[Row]:
    """The rows that were packed."""
    return [dict(zip(FIELDS, values, strict=True)) for values in kept]


def _unrestricted(record: Record, key: str) -> list[Record]:
    return [entry for entry in record.get(key, ()) if not entry.get("restricted")]


def rows(
    records: Iterable[Record],
    day: str,
    narrowed: RegisterFilter | None = None,
    catalogue: Record | None = None,
) -> list[Row]:
    """The pupils on roll on the day that are wanted, by year group, class and name."""
    found = [
        row(record, day, catalogue) for record in records if lookup.on_roll(record, day)
    ]
    return picked(found, narrowed or RegisterFilter())


def picked(made: Iterable[Row], narrowed: RegisterFilter) -> list[Row]:
    """Of the rows of pupils on roll those wanted, by year group, class and name."""
    test = _by_status if narrowed == RegisterFilter() else wanted
    kept = [entry for entry in made if test(entry, narrowed)]
    return sorted(kept, key=itemgetter("sort"))


def place_in_list(record: Record, day: str) -> str:
    """Sorts by year group, class, family name, first name; the id settles a tie.

    One text, since a school has thousands of them to read and compare.
    """
    placement = lookup.placement_on(record, day)
    year = placement.get("year_group", "X")
    number = terms.YEAR_GROUPS.index(year) if year in terms.YEAR_GROUPS else 99
    spelt = (record.get("last_name", ""), record["first_name"])
    folded = (" ".join(words(name)) for name in spelt)
    room = class_key(placement.get("class"))
    return "\0".join((f"{number:02}", room, *folded, *spelt, record["id"]))


def wanted(made: Row, narrowed: RegisterFilter) -> bool:
    """Whether a pupil's row is one of those asked for."""
    return (
        _by_status(made, narrowed)
        and _same(made["class"], narrowed.class_)
        and (
            not narrowed.year_group
            or made["year_group"] == year_code(narrowed.year_group)
        )
        and (not narrowed.need or narrowed.need.upper() in made["needs"])
        and (not narrowed.flag or narrowed.flag in made["flags"])
        and _same(made["stage"], narrowed.stage)
        and (not narrowed.tier or narrowed.tier in made["tiers"])
    )


def _by_status(made: Row, narrowed: RegisterFilter) -> bool:
    if narrowed.provision:
        return bool(made["provision"] == narrowed.provision.upper())
    return (
        narrowed.everyone
        or made["provision"] in {"K", "E"}
        or (narrowed.monitoring and made["monitoring"])
    )


def _same(have: str | None, want: str) -> bool:
    return not want or fold(have or "") == fold(want)


def tiers_on(record: Record, day: str, catalogue: Record | None = None) -> list[str]:
    """The layers of support in force: the pupil's own and those of interventions."""
    offered = {p["key"]: p for p in (catalogue or {}).get("provisions", ())}
    found = {lookup.status_on(record, day).get("layer")}
    for cycle, item in lookup.items(record, "interventions"):
        provision = offered.get(item["provision"], {})
        if in_force(cycle, item, day, provision.get("usual", {})):
            found.add(item.get("tier") or provision.get("tier"))
    return [tier for tier in terms.TIERS if tier in found]


def in_force(
    cycle: Record,
    intervention: Record,
    day: str,
    usual: Record,
    school_terms: Sequence[Record] = (),
) -> bool:
    """Whether an intervention runs on the day; without an end it runs on."""
    if cycle.get("closed", {}).get("reason") == "opened_in_error":
        return False
    # counting costs loads fractions, and most registers ask for no tier
    from sencli.core.provision.cost import span

    first, last = span(cycle, intervention, usual, school_terms)
    return bool(first) and first <= day <= (last or STILL)


def counted(
    made: Sequence[Row], by: str, *, beside: bool = False
) -> list[tuple[str, int]]:
    """How many pupils of the rows have what, in the order that schools use.

    A pupil with two types of need is counted under both, so that counts by need add up
    to more than there are pupils. What is restricted counts like all else.

    Args:
        made: the rows.
        by: what to count by.
        beside: the rows stand beside the counts, which would tell whose a restricted
            item is: it is counted as withheld.

    Raises:
        UsageFault: pupils are not counted by that.
    """
    if by not in COUNTS:
        raise UsageFault(
            f"Pupils are not counted by {by!r}.", f"Count by {', '.join(COUNTS)}."
        )
    tally: Counter[str] = Counter()
    for entry in made:
        tally.update(_under(entry, by, beside=beside))
    return sorted(tally.items(), key=lambda pair: _order(pair[0], by))


def _under(entry: Row, by: str, *, beside: bool) -> list[str]:
    if by == "need":
        every, shown = entry["all_needs"], entry["needs"]
        if beside:
            every = [*shown, *([WITHHELD] if len(shown) < len(every) else ())]
        return list(dict.fromkeys(every)) or [_NOT_GIVEN]
    if by in terms.FLAGS:
        if beside and by in entry["all_flags"] and by not in entry["flags"]:
            return [WITHHELD]
        return ["yes" if by in entry["all_flags"] else "no"]
    return [str(entry[by] or _NOT_GIVEN)]


def _order(value: str, by: str) -> tuple[int, tuple[str, str]]:
    if by == "class" and value not in {_NOT_GIVEN, WITHHELD}:
        return 0, (class_key(value), value)
    orders: dict[str, Sequence[str]] = {
        "need": tuple(terms.NEED_TYPES),
        "year_group": terms.YEAR_GROUPS,
        "provision": ("E", "K", "N"),
        "sex": ("female", "male"),
    }
    order = orders.get(by, ("yes", "no"))
    if value == _NOT_GIVEN:
        return len(order) + 1, sort_key("")
    if value == WITHHELD:
        return len(order) + 2, sort_key("")
    return (order.index(value) if value in order else len(order)), sort_key(value)


_WHOLE = (
    *("id", "first_name", "last_name", "known_as", "date_of_birth", "sex", "upn"),
    *("roll", "placements", "status", "flags"),
)
_NEED = ("id", "from", "until", "type", "rank", "area", "restricted")
_STATUS = ("from", "provision", "layer", "monitoring", "taken_over")
_PARTS: dict[str, tuple[str, ...]] = {
    "assess": ("date",),
    "plan": ("date", "review_by"),
    "review": ("date", "next_review"),
    "closed": ("date", "reason"),
}


def digest(record: Mapping[str, Any]) -> TypesRecord:
    """The record without its prose, its outcomes and its sessions.

    What ``lookup`` derives for registers and lists is the same for both.
    """
    small: TypesRecord = {key: record[key] for key in _WHOLE if key in record}
    if "status" in record:
        small["status"] = [_part(entry, _STATUS) for entry in record["status"]]
    if "needs" in record:
        small["needs"] = [_part(entry, _NEED) for entry in record["needs"]]
    if "cycles" in record:
        small["cycles"] = [_cycle(cycle) for cycle in record["cycles"]]
    return small


def _part(entry: Mapping[str, Any], keys: tuple[str, ...]) -> TypesRecord:
    return {key: entry[key] for key in keys if key in entry}


def _cycle(cycle: Mapping[str, Any]) -> TypesRecord:
    small = _part(cycle, ("id", "teacher"))
    for name, keys in _PARTS.items():
        if name in cycle:
            small[name] = _part(cycle[name], keys)
    if "teacher_assessment" in cycle.get("assess", {}):
        small["assess"]["teacher_assessment"] = "yes"
    return small
