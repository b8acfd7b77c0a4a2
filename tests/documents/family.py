"""Records of a child whose parents live apart, with words of each of them."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from tests.documents.example import AMELIA

Record = dict[str, Any]

MUM = "c4wm"
DAD = "c5xn"
HERS = "Qvamerel"
HIS = "Zyxwvurt"


def base(mother: Record, father: Record) -> Record:
    """Amelia without anything that a parent said."""
    record = copy.deepcopy(AMELIA)
    about = {"parental_responsibility": True}
    record["contacts"] = [
        {"id": MUM, "name": "Sana Khan", "relationship": "mother", **about, **mother},
        {"id": DAD, "name": "Omar Khan", "relationship": "father", **about, **father},
    ]
    cycle = record["cycles"][0]
    cycle["assess"]["views"] = cycle["assess"]["views"][1:]
    cycle["plan"]["agreement"] = cycle["plan"]["agreement"][1:2]
    cycle["review"]["attended"] = ["pupil", "KM", "JP"]
    cycle["review"]["views"] = cycle["review"]["views"][2:]
    record["specialists"] = [
        {"id": "s2bb", "service": "Speech therapist", "referred": "2025-10-02"}
    ]
    return record


def _into(*path: Any) -> Callable[[Record, Record], None]:
    """What lays an item into the list at that place of a record."""

    def add(record: Record, item: Record) -> None:
        at: Any = record
        for step in path[:-1]:
            at = at[step] if isinstance(step, int) else at.setdefault(step, {})
        at.setdefault(path[-1], []).append(copy.deepcopy(item))

    return add


def _noted(record: Record, item: Record) -> None:
    who = item.pop("who")
    named = [c for c in record["contacts"] if who in {c["id"], c["name"]}]
    named[0].update(item)


def _came(record: Record, item: Record) -> None:
    record["cycles"][0]["review"]["attended"].append(item["who"])


_WHERE: dict[str, Callable[[Record, Record], None]] = {
    "concern": _into("concerns"),
    "view": _into("cycles", 0, "assess", "views"),
    "view at the review": _into("cycles", 0, "review", "views"),
    "meeting": _into("meetings"),
    "meeting without them": _into("meetings"),
    "agreement": _into("cycles", 0, "plan", "agreement"),
    "told": _into("status", 0, "told"),
    "attended": _came,
    "asked": _into("specialists", 0, "asked"),
    "note": _noted,
    "report": _into("reports"),
    "information": _into("information"),
    "change": _into("cycles", 0, "do", "changes"),
    "session": _into("cycles", 0, "do", "sessions"),
    "request": _into("ehc", "requests"),
    "annual review": _into("ehc", "reviews"),
}


def said(who: str, word: str, number: int, kind: str, record: Record) -> None:
    """Lay something of one person alone into a record."""
    day = f"2025-10-0{number}"
    meeting = {
        "id": f"t2b{number}",
        "date": day,
        "attended": [who, "KM"],
        "parent_concerns": f"{word} at the meeting",
        "agreed": f"{word} agreed",
        "actions": [{"id": f"x2b{number}", "text": f"{word} action", "by": who}],
        "views": [{"of": who, "text": f"{word} at length"}],
    }
    items: dict[str, Record] = {
        "concern": {
            "id": f"n2b{number}",
            "date": f"2025-06-0{number}",
            "raised_by": who,
            "concern": f"{word} concern",
            "response": f"{word} response",
        },
        "view": {"of": who, "date": day, "text": f"{word} view"},
        "view at the review": {"of": who, "text": f"{word} view"},
        "meeting": meeting,
        "meeting without them": {**meeting, "attended": [], "invited": [who]},
        "agreement": {"who": who, "answer": "agreed", "note": word},
        "told": {"who": who, "date": "2025-09-30", "how": word},
        "attended": {"who": who},
        "asked": {"who": who, "date": "2025-09-29", "how": word},
        "note": {"who": who, "note": f"{word} note", "telephone": f"{word} 960123"},
        "report": {"date": "2025-07-02", "to": [who], "summary": word},
        "information": {"date": "2025-07-01", "what": "sendiass", "to": who},
        "change": {"id": "h2bb", "date": "2025-10-21", "change": "Now at noon"},
        "session": {"date": "2025-10-06", "intervention": "i5tr", "by": who}
        | {"note": word},
        "request": {"id": "e2bb", "date": "2025-11-20", "by": who, "reason": word},
        "annual review": {
            "id": f"r2b{number}",
            "date": f"2025-11-0{number}",
            "views": [{"of": who, "text": f"{word} annual"}],
            "advice": [{"of": who, "requested": "2025-10-01"}],
        },
    }
    _WHERE[kind](record, items[kind])


KINDS = tuple(_WHERE)
"""What there may be of one person alone."""

SAME = frozenset({"change", "session", "request", "annual review"})
"""Of these the thing itself is the child's, and only the words are somebody's."""


@st.composite
def families(draw: st.DrawFn) -> tuple[Record, Record]:
    """A record with the words of both parents, and the same with hers alone."""
    apart: Record = draw(
        st.sampled_from(
            [
                {"lives_with": False},
                {"sharing": "limited"},
                {"sharing": "none"},
                {"lives_with": False, "sharing": "limited"},
            ]
        )
    )
    mother: Record = draw(st.sampled_from([{}, {"sharing": "full"}]))
    hers = draw(st.lists(st.sampled_from(KINDS), unique=True))
    his = draw(st.lists(st.sampled_from(KINDS), unique=True))
    he = draw(st.sampled_from([DAD, "Omar Khan"]))
    whole, alone = base(mother, apart), base(mother, apart)
    for kind in hers:
        for record in (whole, alone):
            said(MUM, HERS, 3, kind, record)
    for kind in his:
        said(he, HIS, 2, kind, whole)
        if kind in SAME:
            said("KM", "", 2, kind, alone)
        if kind == "attended" and kind in hers:
            said(he, HIS, 2, kind, alone)  # she sat beside him
    return whole, alone
