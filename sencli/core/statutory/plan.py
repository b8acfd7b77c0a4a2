"""EHC plans: issued, amended, ceased, and the sections a school works with."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

from sencli import terms
from sencli.core.cycle.review import parted
from sencli.core.people.context import Context
from sencli.core.people.context import future_note
from sencli.core.pupil.plan_in_force import plan_in_force
from sencli.core.pupil.status import set_status
from sencli.core.record import find
from sencli.core.record import lookup
from sencli.core.record.act import Act
from sencli.core.record.find import choose
from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import full_name
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.statutory import deadlines
from sencli.core.statutory.appeals import appeal_by
from sencli.core.statutory.appeals import rights
from sencli.core.statutory.deadlines import due_words
from sencli.core.statutory.deadlines import open_request
from sencli.core.statutory.request import put_ehc
from sencli.core.text.dates import words
from sencli.core.text.placeholders import K_OR_N
from sencli.core.text.placeholders import REASON
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import UsageFault

AREAS = terms.ADULTHOOD
AREA_WORDS = {"work": "employment", "living": "independent_living"}
_ISSUED = "EHC plan issued"
_SECTIONS = {"need": "needs", "outcome": "outcomes", "provision": "provision"}
_SAID = {
    "needs": ("need (B)", "needs (B)"),
    "outcomes": ("outcome (E)", "outcomes (E)"),
    "provision": ("item of provision (F)", "items of provision (F)"),
}


def issue(record: Record, typed: Entry, context: Context) -> Act:
    """The record with an EHC plan; the one issued that day is amended.

    Without a day, the plan in force is amended where there is one. A new plan sets the
    SEN status to E from its date, unless it is E already, and answers the open request.

    Args:
        record: the pupil's.
        typed: ``date``, ``authority``, ``need``, ``outcome``, ``provision`` (texts;
            "2=text" rewords number 2), ``pfa`` ("1=employment"), ``minutes`` ("1=60" a
            week), ``serves`` ("1=1,2": provision 1 serves outcomes 1 and 2),
            ``placement``, ``officer``, ``document`` (id or title),
            ``shared_with_staff``, ``amended`` (a day), ``replaces`` (a new plan in
            place of the one in force),
            ``redated`` (the plan in force was issued on that day and no other).
        context: day, ids, school.

    Raises:
        UsageFault: a plan is in force, and nobody said what the new day is of.
        NotFound: no such number, or no such document.
        InvalidValue: a value that cannot be.
    """
    beside = plan_beside(record, typed, context.today)
    record, moved = _settled(record, beside, typed)
    old = _plan_to_amend(record, typed, context.today)
    day = str(typed.get("date") or old.get("issued") or context.today)
    made: Record = {"id": old.get("id") or context.new_id("plan"), "issued": day, **old}
    made |= {n: typed[n] for n in ("authority", "officer", "placement") if typed.get(n)}
    if not old and (authority := context.school.get("authority_name")):
        made.setdefault("authority", authority)
    for option, name in _SECTIONS.items():
        if texts := typed.get(option):
            made[name] = _worded(old.get(name, ()), texts, option, context)
    _detailed(made, typed)
    if told := typed.get("shared_with_staff"):
        made["shared_with_staff"] = told
    if amended := typed.get("amended"):
        made["amended"] = sorted({*made.get("amended", ()), amended})
    if which := typed.get("document"):
        made["document"] = _document(record, which)
    _check(made)
    new = put_ehc(record, "plans", made)
    said = [*moved, _confirmation(new, made, new=not old)]
    notes: tuple[str, ...] = ()
    if not old:
        new, more, notes = _follow(new, made, context)
        said += more
    return Act(new, " ".join(said), {"plan": made["id"]}, notes)


def plan_beside(record: Entry, typed: Entry, today: str) -> Record | None:
    """The plan that is not ceased and was issued on another day than was typed."""
    day = typed.get("date")
    plans = [p for p in record.get("ehc", {}).get("plans", ()) if "ceased" not in p]
    if day is None or any(p["issued"] == day for p in plans):
        return None
    found = plan_in_force(record, max(day, today)) or {}
    return dict(found) if "ceased" not in found and found else None


def _settled(
    record: Record, beside: Record | None, typed: Entry
) -> tuple[Record, list[str]]:
    """The record with the new plan alone in force, and what happened to the old one.

    Raises:
        UsageFault: nobody said whether the plan is another one.
    """
    if beside is None:
        if typed.get("replaces") or typed.get("redated"):
            raise UsageFault(
                "There is no other plan in force to replace or to date anew.",
                "Leave out --replaces and --redated.",
            )
        return record, []
    day, was = str(typed["date"]), str(beside["issued"])
    if typed.get("redated"):
        new = put_ehc(record, "plans", {**beside, "issued": day})
        status = [
            {**s, "from": day}
            if (s["provision"], s["from"], s.get("reason")) == ("E", was, _ISSUED)
            else s
            for s in record.get("status", ())
        ]
        if status:
            new["status"] = sorted(status, key=lambda s: str(s["from"]))
        return new, [f"Issued on {words(day)}, not on {words(was)}."]
    if typed.get("replaces") and was < day:
        ceased = {"ceased": day, "ceased_reason": f"Replaced by the plan of {day}"}
        new = put_ehc(record, "plans", {**beside, **ceased})
        return new, [f"It takes the place of the plan of {words(was)}."]
    pupil, name = record["id"], full_name(record)
    start = f"sen ehc issue {pupil}"
    raise UsageFault(
        f"{name} has an EHC plan of {words(was)} already, and one plan is in force at "
        "a time.",
        f"If that plan was amended on the day: {start} --amended {day}\n"
        f"If its day of issue was wrong: {start} --date {day} --redated\n"
        + (
            f"If this is a new plan in its place: {start} --date {day} --replaces"
            if was < day
            else f"If the other is the one that is wrong: sen remove {pupil} "
            f"{beside['id']}"
        ),
    )


def _plan_to_amend(record: Entry, typed: Entry, today: str) -> Record:
    plans = record.get("ehc", {}).get("plans", ())
    if "date" in typed:
        return next((dict(p) for p in plans if p["issued"] == typed["date"]), {})
    return plan_in_force(record, today) or {}


def _worded(
    before: Sequence[Entry], texts: Iterable[str], option: str, context: Context
) -> list[Record]:
    """A section with texts added, or reworded by number; the same text stays once."""
    listed = [dict(item) for item in before]
    for text in texts:
        number, sign, rest = text.partition("=")
        if sign and number.strip().isdigit() and rest.strip():
            place = int(number) - 1
            if not 0 <= place < len(listed):
                raise NotFound(
                    f"There is no {option} {number.strip()} in the plan; it has "
                    f"{len(listed)}.",
                    f"Leave the number out to add one: --{option} WORDS",
                )
            listed[place]["text"] = rest.strip()
        elif not any(item["text"] == text for item in listed):
            listed.append({"id": context.new_id(option), "text": text})
    return listed


def _detailed(made: Record, typed: Entry) -> None:
    """Areas of adult life, minutes a week, and the outcomes that provision serves."""
    outcomes = [dict(o) for o in made.get("outcomes", ())]
    provision = [dict(p) for p in made.get("provision", ())]
    for text in typed.get("pfa", ()):
        which, area = parted(text, "--pfa", "--pfa 1=AREA")
        item = _pick(which, outcomes, "outcome")
        item["pfa"] = choose(area, AREAS, "area of adult life", AREA_WORDS)
    for text in typed.get("minutes", ()):
        which, number = parted(text, "--minutes", "--minutes 1=MINUTES")
        if not number.isdigit():
            raise InvalidValue(f"{number!r} is not a number of minutes a week.")
        _pick(which, provision, "provision")["minutes_per_week"] = int(number)
    for text in typed.get("serves", ()):
        which, names = parted(text, "--serves", "--serves 1=NUMBERS")
        ids = [_pick(n.strip(), outcomes, "outcome")["id"] for n in names.split(",")]
        _pick(which, provision, "provision")["outcomes"] = ids
    if outcomes:
        made["outcomes"] = outcomes
    if provision:
        made["provision"] = provision


def _pick(which: str, listed: list[Record], what: str) -> Record:
    found = find.item(which, listed, lambda i: str(i["text"]), f"{what} of the plan")
    return next(item for item in listed if item["id"] == found["id"])


def _document(record: Entry, which: str) -> str:
    listed = record.get("documents", ())
    if not listed:
        raise NotFound(
            f"{full_name(dict(record))} has no document attached.",
            f'Attach it first: sen document add {record["id"]} FILE --title "EHC plan"',
        )
    return str(find.item(which, listed, lambda d: str(d["title"]), "document")["id"])


def _check(made: Entry) -> None:
    days = {
        "shared_with_staff": made.get("shared_with_staff", STILL),
        "amended": min(made.get("amended", ()), default=STILL),
        "ceased": made.get("ceased", STILL),
    }
    for name, day in days.items():
        if day < made["issued"]:
            raise InvalidValue(
                f"{name.replace('_', ' ').capitalize()} {words(day)} comes before the "
                f"plan was issued, {words(made['issued'])}.",
                "Give the right day.",
            )


def _confirmation(record: Record, made: Entry, *, new: bool) -> str:
    counts = [
        f"{len(made[name])} {said[len(made[name]) != 1]}"
        for name, said in _SAID.items()
        if made.get(name)
    ]
    verb = "EHC plan" if new else "Changed the EHC plan"
    told = f": {lookup.joined(counts)}" if counts else ""
    return f"{verb} of {words(made['issued'])} for {full_name(record)}{told}."


def _follow(
    record: Record, made: Entry, context: Context
) -> tuple[Record, list[str], tuple[str, ...]]:
    """Consequences of a new plan: status E, request answered, review date."""
    day = made["issued"]
    said, notes = [], [*future_note(day, context)]
    asked = open_request(record, day)
    if asked is not None:
        asked["plan"] = made["id"]
        record = put_ehc(record, "requests", asked)
        steps = deadlines.assessment_steps(asked, record["ehc"]["plans"])
        said.append(f"It answers the request of {words(asked['date'])}.")
        late = [s for s in steps if s.key == "plan" and day > s.due and not s.excepted]
        notes += [f"{due_words(late)}; it was due by {words(s.due)}." for s in late]
    if lookup.status_on(record, day)["provision"] != "E":
        act = set_status(record, "E", {"reason": _ISSUED}, context.today, day)
        record = act.record
        said.append(f"SEN status: {terms.PROVISION['E']} (E) from {words(day)}.")
        notes += act.warnings
    due = deadlines.review_due(record, max(day, context.today))
    if due:
        said.append(f"Annual review due by {words(due)}.")
    return record, said, tuple(notes)


def cease(record: Record, typed: Entry, context: Context) -> Act:
    """The record with the plan in force ceased, and the status after it if named.

    Args:
        record: the pupil's.
        typed: ``date``, ``reason``, ``then`` (K or N).
        context: today.

    Raises:
        NotFound: no plan is in force.
    """
    day = str(typed.get("date") or context.today)
    plan = plan_in_force(record, day)
    if plan is None:
        raise NotFound(
            f"{full_name(record)} has no EHC plan in force on {words(day)}.",
            f"See: sen ehc show {record['id']}",
        )
    made = {**plan, "ceased": day}
    if reason := typed.get("reason"):
        made["ceased_reason"] = reason
    _check(made)
    new = put_ehc(record, "plans", made)
    said = f"The EHC plan for {full_name(record)} ceased on {words(day)}."
    notes: Sequence[str] = ()
    if then := typed.get("then"):
        why = {"reason": typed.get("reason") or "EHC plan ceased"}
        act = set_status(new, then, why, context.today, day)
        new, notes = act.record, act.warnings
        said += f" SEN status: {terms.PROVISION[then]} ({then}) from {words(day)}."
    elif lookup.status_on(new, day)["provision"] == "E":
        command = (
            f"sen status set {record['id']} {K_OR_N} --since {day} --reason {REASON}"
        )
        notes = (f"the SEN status is still E; set it: {command}",)
    notes = (*notes, *_too_soon(new, day))
    return Act(new, said, {"plan": plan["id"]}, notes)


def _too_soon(record: Entry, day: str) -> Iterator[str]:
    """That a plan stands while the family may appeal against its end (s.45(4))."""
    for right in rights(record, day):
        until = appeal_by(right["date"], right.get("certificate", ""))
        if right["against"] == "cease" and "ended" not in right and day <= until:
            yield (
                f"the family may appeal against the end of the plan until "
                f"{words(until)}; the plan stands until then."
            )
