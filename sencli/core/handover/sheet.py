"""A sheet to fill in: what a teacher or TA is asked, and of whom.

**The sheet** is a plain JSON value; printed, in Excel and as a page it is the same::

    {"form": "sencli sheet", "version": 1,
     "sheet": "j7k2m9pq",             its id
     "school": "Oak Primary",
     "for": "Class 4B",               or a group's or a person's name
     "giver": "TA1",                  initials where it is one person's, else ""
     "staff": [{"initials": "TA1", "name": "Jo Marsh"}],     who may give it
     "made": "2026-12-01", "from": "2026-11-30", "to": "2026-12-04",
     "expires": "2026-12-18",         the last day on which it is taken back
     "pupils": [{"id": "p7k2q", "name": "Millie Khan"}],
     "questions": [...],
     "seal": "9f..."}                 the digest of all the rest (`sealed`)

**Questions**, in the order of the pupils; every one has all of these fields::

    {"id": "sessions-p7k2q-i5tr", "kind": "sessions", "pupil": "p7k2q",
     "item": "i5tr", "about": "Precision teaching (HFW 1)", "days": ["2026-11-30", ...],
     "choices": [{"value": "given", "words": "given"},
                 {"value": "pupil_absent", "words": "pupil absent"}, ...],
     "scale": "", "unit": ""}

- ``sessions``: for each of ``days`` one of ``choices``; a day left out says nothing.
- ``measure``: where the pupil is now on one of ``days``. ``scale`` is number, ordinal
  (then ``choices`` are its words), age (6:04) or score; ``unit`` says what is counted.
- ``helped``: one of ``choices``, and words if there are any.
- ``views``: words; ``about`` says whose: "Your view ..." or "What the pupil says ...".
- ``concern``: words about a pupil, as often as wanted; ``pupil`` is "".

**The answers** that come back::

    {"form": "sencli answers", "version": 1, "sheet": ID, "seal": SEAL,
     "school": "Oak Primary", "given_by": "TA1", "given_on": "2026-12-04",
     "signed_off": true, "answers": [...], "digest": "4c..."}

``given_by`` is initials out of ``staff``; ``digest`` is over all the rest (`sealed`).
Answers, by the question's kind; ``note`` and ``text`` are left out where empty::

    {"question": "sessions-p7k2q-i5tr", "day": "2026-11-30", "answer": "given",
     "note": "..."}
    {"question": "measure-p7k2q-o8fd", "day": "2026-12-04", "value": "37", "note": "."}
    {"question": "helped-p7k2q-g7rn", "answer": "a_little", "text": "..."}
    {"question": "views-p7k2q-giver", "text": "..."}
    {"question": "concern", "pupil": "p7k2q", "text": "..."}
    {"question": "concern", "name": "Ben Carter", "text": "..."}   not on the sheet

A value is typed as text, as in ``sen outcome measure``. A text is at most ``LONGEST``
letters, a file at most ``LARGEST`` bytes. The school keeps the seal, the days and what
is asked of each pupil in that pupil's ``issued``: by that a foreign or changed sheet is
known when its answers come back.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

from sencli import terms
from sencli.core.cycle.dose import provision_name
from sencli.core.cycle.scales import scale_of
from sencli.core.cycle.sessions import open_days
from sencli.core.cycle.sessions import running
from sencli.core.handover.sealed import digest_of
from sencli.core.people.staff import role_on
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import add_days
from sencli.core.text.dates import monday
from sencli.core.text.folding import fold
from sencli.core.text.folding import sort_key
from sencli.core.time.calendar import Calendar
from sencli.core.time.calendar import dose_on
from sencli.value import Value

FORM, ANSWERS, VERSION = "sencli sheet", "sencli answers", 1
LARGEST, LONGEST = 1_000_000, 2_000
GIVEN = "given"
GIVER, PUPIL = "giver", "pupil"
KINDS = ("sessions", "measure", "helped", "views", "concern")
MOST_DAYS = 42
_NEAR = 28
"""So many days before a review views are asked for."""

OWN_VIEW = (
    "Your view {for_what}: what goes well, what is hard, what should be next? "
    "The family may read it."
)
PUPIL_VIEW = "What the pupil says {for_what}, in the pupil's own words"


class Audience(Value):
    """Whose sheet it is: of a class, a group, or a member of staff.

    Attributes:
        kind: ``class``, ``group`` or ``person``.
        key: the class, the group's id or the initials.
        name: for people: "Class 4B".
    """

    kind: str
    key: str
    name: str


class Order(Value):
    """What the sheet is to hold.

    Attributes:
        audience: whose it is.
        first: its first day.
        last: its last day.
        today: the day on which it is made.
        expires: the last day on which it is taken back.
        kinds: the kinds of questions that were named; none: those that are due.
    """

    audience: Audience
    first: str
    last: str
    today: str
    expires: str
    kinds: tuple[str, ...] = ()

    @property
    def at(self) -> str:
        """Its day that is nearest to today: who is in the class is as on that day.

        On its first day, a Monday in August, all were in the class of last year.
        """
        return max(self.first, min(self.today, self.last))


class House(Value):
    """What of the school the questions need: staff, terms, supports, scales, groups."""

    school: Entry
    catalogue: Entry
    groups: Entry


def sheet_of(
    order: Order, records: Iterable[Record], house: House, sheet: str
) -> Record:
    """The sheet, sealed; with nobody on it where there is nothing to ask.

    Args:
        order: for whom and of which days.
        records: every pupil's.
        house: the school's own files.
        sheet: its id.
    """
    pupils, questions = [], []
    for record in sorted(records, key=lambda r: sort_key(lookup.display_name(r))):
        mine = list(_of_pupil(order, record, house))
        wanted = [q for q in mine if q["kind"] in (order.kinds or KINDS)]
        if wanted or (mine and order.kinds == ("concern",)):
            pupils.append({"id": record["id"], "name": lookup.display_name(record)})
            questions += wanted
    if pupils and "concern" in (order.kinds or KINDS):
        about = "A concern about a pupil: what do you see, since when, and where?"
        questions.append(_question("concern", "", "", about))
    made: Record = {
        "form": FORM,
        "version": VERSION,
        "sheet": sheet,
        "school": house.school.get("name", ""),
        "for": order.audience.name,
        "giver": order.audience.key if order.audience.kind == "person" else "",
        "staff": _staff(order, house.school),
        "made": order.today,
        "from": order.first,
        "to": order.last,
        "expires": order.expires,
        "pupils": pupils,
        "questions": questions,
    }
    return {**made, "seal": digest_of(made, "seal")}


def items_asked(sheet: Entry, pupil: str) -> list[str]:
    """What of a pupil is asked: ids of supports, outcomes, strategies; whose views."""
    found = [q["item"] for q in sheet["questions"] if q["pupil"] == pupil]
    return list(dict.fromkeys(found))


def _of_pupil(order: Order, record: Record, house: House) -> Iterator[Record]:
    """All that may be asked of one pupil."""
    if not any(lookup.on_roll(record, day) for day in (order.first, order.at)):
        return
    supports = _supports(order, record)
    cycle = lookup.open_cycle(record) or {}
    if order.audience.kind == "class":
        whole = _in_class(record, order)
    else:
        whole = _teaches(order, record, cycle, house.school)
    if not supports and not (whole and cycle):
        return
    pupil = str(record["id"])
    for holder, item in supports:
        yield from _sessions(order, pupil, (holder, item), house)
    yield from _measures(order, record, (cycle if whole else {}, supports), house)
    helped = [(item["id"], _support_name(item, house)) for _, item in supports]
    if whole:
        helped += _strategies(cycle, order.last)
    for item, about in helped:
        made = _question("helped", pupil, item, about)
        yield {**made, "choices": _choices(terms.HELPED)}
    if cycle and (for_what := _views_for(order, cycle)):
        for whose, words in ((GIVER, OWN_VIEW), (PUPIL, PUPIL_VIEW)):
            about = words.format(for_what=for_what)
            yield _question("views", pupil, whose, about)


def _teaches(order: Order, record: Entry, cycle: Entry, school: Entry) -> bool:
    """Whether the person is the cycle's teacher; where it names none, the class's."""
    if order.audience.kind != "person":
        return False
    if teacher := cycle.get("teacher"):
        return fold(str(teacher)) == fold(order.audience.key)
    placed = lookup.placement_on(record, order.at).get("class")
    people = {one["initials"]: one for one in school.get("staff", ())}
    role = role_on(people.get(order.audience.key, {}), order.today)
    return bool(placed) and role.get("class") == placed


def _supports(order: Order, record: Record) -> list[tuple[Record, Record]]:
    """The interventions in the days of the sheet that are its audience's."""
    kind, key = order.audience.kind, order.audience.key
    found = running(record, order.first, order.last, key if kind == "group" else "")
    found = [
        (cycle, item)
        for cycle, item in found
        if not item.get("restricted")
        and cycle.get("closed", {}).get("date", lookup.STILL) >= order.first
    ]
    if kind == "class":
        return found if _in_class(record, order) else []
    if kind == "person":
        return [(cycle, item) for cycle, item in found if _led(item, key, order)]
    return found


def _led(item: Entry, initials: str, order: Order) -> bool:
    doses = item.get("dose", ())
    held = (dose_on(doses, day) for day in (order.first, order.last))
    return any(
        fold(who) == fold(initials) for dose in held for who in dose.get("led_by", ())
    )


def _in_class(record: Record, order: Order) -> bool:
    placed = lookup.placement_on(record, order.at).get("class", "")
    return fold(placed) == fold(order.audience.key)


def _sessions(
    order: Order, pupil: str, support: tuple[Record, Record], house: House
) -> Iterator[Record]:
    """The days of a support that have no entry; none in a week that is counted."""
    cycle, item = support
    log, terms_ = cycle.get("do", {}), house.school.get("terms", ())
    own = [
        s["date"] for s in log.get("sessions", ()) if s["intervention"] == item["id"]
    ]
    counted = {
        monday(t["week"])
        for t in log.get("tallies", ())
        if t["intervention"] == item["id"]
    }
    first = max(item.get("from", ""), order.first)
    last = min(item.get("until", lookup.STILL), order.last)
    days = [day for day in Calendar(terms_).days(first, last) if day not in own]
    if any(dose_on(item.get("dose", ()), day).get("days") for day in (first, last)):
        days = open_days(item, first, last, own, terms_)
    days = [day for day in days if monday(day) not in counted]
    if days:
        made = _question("sessions", pupil, item["id"], _support_name(item, house))
        reasons = _choices({GIVEN: "given", **terms.MISSED})
        yield {**made, "days": days, "choices": reasons}


def _measures(
    order: Order,
    record: Record,
    about: tuple[Entry, Sequence[tuple[Record, Record]]],
    house: House,
) -> Iterator[Record]:
    """The outcomes of a whole cycle, or those that the supports serve."""
    cycle, supports = about
    wanted = {one for _, item in supports for one in item.get("outcomes", ())}
    if cycle:
        wanted |= {o["id"] for o in cycle.get("plan", {}).get("outcomes", ())}
    days = list(Calendar(house.school.get("terms", ())).days(order.first, order.last))
    for holder, outcome in lookup.items(record, "outcomes"):
        closed = holder.get("closed", {}).get("date", lookup.STILL)
        if outcome["id"] not in wanted or outcome.get("restricted"):
            continue
        if closed < order.first or not days:
            continue
        scale = scale_of(outcome, house.catalogue.get("scales", ()))
        made = _question(
            "measure", str(record["id"]), outcome["id"], outcome["outcome"]
        )
        choices = _choices({word: word for word in scale.values})
        yield {
            **made,
            "days": days,
            "choices": choices,
            "scale": scale.kind,
            "unit": scale.measure,
        }


def _strategies(cycle: Entry, day: str) -> list[tuple[str, str]]:
    return [
        (one["id"], one["text"])
        for one in cycle.get("plan", {}).get("strategies", ())
        if one.get("from", "") <= day <= one.get("until", lookup.STILL)
    ]


def _views_for(order: Order, cycle: Entry) -> str:
    """What views are asked for, or "" where nothing is near."""
    if lookup.stage(cycle, order.today) in {"assess", "plan"}:
        return "for the assessment"
    due = cycle.get("plan", {}).get("review_by", lookup.STILL)
    if "views" in order.kinds or due <= add_days(order.last, _NEAR):
        return "for the review"
    return ""


def _support_name(item: Entry, house: House) -> str:
    name = provision_name(item["provision"], house.catalogue.get("provisions", ()))
    groups = house.groups.get("groups", ())
    group = next((g["name"] for g in groups if g["id"] == item.get("group")), "")
    return f"{name} ({group})" if group and fold(group) != fold(name) else name


def _staff(order: Order, school: Entry) -> list[Record]:
    """Who may give it: the one whose it is, else all who are here."""
    here = [
        {"initials": one["initials"], "name": one["name"]}
        for one in school.get("staff", ())
        if not lookup.staff_left(one, order.today)
    ]
    if order.audience.kind == "person":
        return [one for one in here if one["initials"] == order.audience.key]
    return here


def _question(kind: str, pupil: str, item: str, about: str) -> Record:
    return {
        "id": "-".join(part for part in (kind, pupil, item) if part),
        "kind": kind,
        "pupil": pupil,
        "item": item,
        "about": " ".join(about.split()),
        "days": [],
        "choices": [],
        "scale": "",
        "unit": "",
    }


def _choices(words: dict[str, str]) -> list[Record]:
    return [{"value": value, "words": said} for value, said in words.items()]
