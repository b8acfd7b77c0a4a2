"""A specialist's recommendations, and the school's decision on each."""

from __future__ import annotations

from collections.abc import Sequence

from sencli import terms
from sencli.core.people.context import Context
from sencli.core.people.context import future_note
from sencli.core.people.names import specialist_label
from sencli.core.record import find
from sencli.core.record import lookup
from sencli.core.record.act import Act
from sencli.core.record.edit import put_item
from sencli.core.record.lookup import STILL
from sencli.core.record.lookup import full_name
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.record.wording import referred
from sencli.core.support.specialists import put_specialist
from sencli.core.support.specialists import shared_with
from sencli.core.support.specialists import the_specialist
from sencli.core.text.dates import words
from sencli.core.text.folding import fold
from sencli.errors import Ambiguous
from sencli.errors import InvalidValue
from sencli.errors import NotFound
from sencli.errors import UsageFault

_LETTERS = {"o": "outcomes", "i": "interventions", "s": "strategies"}
_NOUNS = {"o": "outcome", "i": "intervention", "s": "strategy", "a": "adjustment"}


def carrying(record: Entry, typed: Entry) -> list[str]:
    """The ids of what is named.

    Args:
        record: the pupil's.
        typed: ``outcome`` and ``intervention`` (numbers, ids or wording in the open or
            newest cycle), ``items`` (o1, i2, s1 for a strategy, a1 for an adjustment,
            an id, or wording).

    Raises:
        NotFound: there is no such item.
        Ambiguous: several fit.
    """
    found = [
        _item_id(record, letter, name)
        for kind, letter in (("outcome", "o"), ("intervention", "i"))
        for name in _names(typed.get(kind, ()))
    ]
    return found + [_any(record, name) for name in _names(typed.get("items", ()))]


def _names(typed: Sequence[str]) -> list[str]:
    """``1,o2`` is two names; a wording with a comma in it is one."""
    names = []
    for text in typed:
        parts = [part.strip() for part in text.split(",") if part.strip()]
        names += parts if all(" " not in part for part in parts) else [text.strip()]
    return names


def _plan_items(record: Entry, letter: str) -> Sequence[Entry]:
    found: Sequence[Entry]
    if letter == "a":
        found = record.get("adjustments", ())
        return found
    plan = (lookup.latest_cycle(dict(record)) or {}).get("plan", {})
    found = plan.get(_LETTERS[letter], ())
    return found


def _called(item: Entry) -> str:
    if "provision" in item:
        return str(item["provision"]).replace("-", " ")
    return str(item.get("outcome") or item.get("text", ""))


def _item_id(record: Entry, letter: str, name: str) -> str:
    listed, noun = _plan_items(record, letter), _NOUNS[letter]
    if not listed:
        raise NotFound(
            f"{full_name(dict(record))} has no {noun} in a plan.",
            f"Add it first: sen {noun} add {record['id']}",
        )
    return str(find.item(name, listed, _called, noun)["id"])


def _any(record: Entry, name: str) -> str:
    text = fold(name)
    ever = [
        str(item["id"])
        for kind in _LETTERS.values()
        for _, item in lookup.items(record, kind)
    ]
    if text in ever:
        return text
    if text[:1] in _NOUNS and text[1:].isdigit():
        return _item_id(record, text[0], text[1:])
    if text.isdigit():
        raise UsageFault(
            f"{name!r} could be an outcome or an intervention.",
            f"Write o{text} for the outcome, i{text} for the intervention.",
        )
    everything = [item for letter in _NOUNS for item in _plan_items(record, letter)]
    return str(find.item(name, everything, _called, "outcome")["id"])


DECISIONS = terms.ADVICE_ANSWERS
DECISION_WORDS = {
    **dict.fromkeys(("accept", "yes", "agreed"), "accepted"),
    **dict.fromkeys(("adapt", "partly", "changed"), "adapted"),
    **dict.fromkeys(("decline", "no", "refused"), "declined"),
}
_ANSWER = ("decision", "decided", "why", "items", "outcome", "intervention")


def advise(record: Record, which: str, typed: Entry, context: Context) -> Act:
    """The record with a specialist's advice, its answer, and whom it was shared with.

    What answers advice holds for the one named; else for what is entered with it; else
    for the one that waits for an answer.

    Args:
        record: the pupil's.
        which: the specialist.
        typed: ``recommendation`` (texts), ``date``, ``advice`` (which one),
            ``decision``, ``decided``, ``why``, ``items``, ``outcome``, ``intervention``
            (as typed), ``shared_with``, ``shared_on``, ``review_by``.
        context: day, ids, school.

    Raises:
        UsageFault: nothing is named.
        NotFound: no such specialist, advice or item.
        Ambiguous: several wait for an answer.
    """
    entry = the_specialist(record, which)
    day = str(typed.get("date") or context.today)
    new, entry = _recommended(entry, typed, day, context)
    said = [f"{a['recommendation']} ({words(a['date'])})" for a in new]
    answering = any(typed.get(name) for name in _ANSWER)
    notes: tuple[str, ...] = future_note(day, context) if new else ()
    if answering:
        chosen = new or _advice_to_answer(entry, typed)
        for advice in chosen:
            answered = _answered(record, entry, advice, typed, context)
            entry["advice"] = put_item(entry["advice"], answered)
            notes += _unlinked(record, answered)
        said = [answer_words(a, record) for a in _same(entry, chosen)]
    if typed.get("shared_on") and not typed.get("shared_with"):
        raise UsageFault(
            "--shared-on is the day of sharing, and nobody is named.",
            "Say with whom: --shared-with parent",
        )
    if typed.get("shared_with"):
        on = str(typed.get("shared_on") or max(day, *_dates(entry)))
        entry = shared_with(entry, record, typed["shared_with"], on, context)
        said.append(f"shared on {words(on)} with {', '.join(typed['shared_with'])}")
    if review_by := typed.get("review_by"):
        entry["review_by"] = review_by
        said.append(f"to be reviewed by {words(review_by)}")
    if not said:
        raise UsageFault(
            "Say what was advised, or what became of it.",
            f"sen specialist advise {record['id']} {entry['id']} "
            '--recommendation "WHAT WAS SAID" --date DATE',
        )
    return Act(
        put_specialist(record, entry),
        f"{specialist_label(entry)} for {full_name(record)}: {'; '.join(said)}.",
        {"specialist": entry["id"], "advice": [a["id"] for a in new]},
        notes,
    )


def _dates(entry: Entry) -> list[str]:
    return [a["date"] for a in entry.get("advice", ())] or [""]


def _recommended(
    entry: Record, typed: Entry, day: str, context: Context
) -> tuple[list[Record], Record]:
    """The advice that is new, and the specialist's entry with it."""
    listed = list(entry.get("advice", ()))
    new = []
    for text in typed.get("recommendation", ()):
        same = [a for a in listed if (a["date"], a["recommendation"]) == (day, text)]
        advice = same[0] if same else {
            "id": context.new_id("advice"), "date": day, "recommendation": text
        }  # fmt: skip
        if not same:
            listed.append(advice)
        new.append(dict(advice))
    if new and day < entry.get("referred", ""):
        raise InvalidValue(
            f"The advice of {words(day)} would come before the referral of "
            f"{words(entry['referred'])}.",
            "Give the date of the advice: --date",
        )
    return new, {**entry, "advice": listed} if listed else entry


def _same(entry: Entry, chosen: Sequence[Entry]) -> list[Entry]:
    ids = {advice["id"] for advice in chosen}
    return [advice for advice in entry["advice"] if advice["id"] in ids]


def _advice_to_answer(entry: Entry, typed: Entry) -> list[Record]:
    """The advice that is answered: the one named, else the one that waits."""
    listed = entry.get("advice", ())
    if not listed:
        raise NotFound(
            f"No advice of {specialist_label(entry)} is recorded.",
            'Enter it with the answer: --recommendation "WHAT WAS SAID"',
        )
    if named := typed.get("advice"):
        return [dict(find.item(named, listed, _text, "advice"))]
    waiting = [a for a in listed if "decision" not in a]
    if not waiting and not typed.get("decision"):
        waiting = [
            a for a in listed if a.get("decision") != "declined" and not a.get("items")
        ]
    waiting = waiting or list(listed) if len(listed) == 1 else waiting
    if len(waiting) == 1:
        return [dict(waiting[0])]
    if not waiting:
        raise NotFound(
            f"All advice of {specialist_label(entry)} is answered.",
            "Name the one to amend: --advice NUMBER",
        )
    shown = "".join(f"\n  {a['id']}  {_text(a)}" for a in waiting)
    raise Ambiguous(
        f"{len(waiting)} recommendations of {specialist_label(entry)} wait:{shown}",
        f"Name one: --advice {waiting[0]['id']}",
    )


def _text(advice: Entry) -> str:
    return str(advice["recommendation"])


def _answered(
    record: Record, entry: Entry, advice: Record, typed: Entry, context: Context
) -> Record:
    made = {**advice}
    if decision := typed.get("decision"):
        before = advice.get("decision", decision)
        if before != decision and not context.correct:
            raise InvalidValue(
                f"{_text(advice)!r} is answered already: {before} on "
                f"{words(advice['decided'])}.",
                "If that was wrong, say why: sen specialist decide "
                f"{record['id']} {advice['id']} --decision {decision} "
                f"--decided {typed.get('decided') or 'DATE'} "
                '--why "THE REASON" --correct --reason "THE REASON"',
            )
        made["decision"] = decision
        made["decided"] = str(
            typed.get("decided") or advice.get("decided") or context.today
        )
    elif decided := typed.get("decided"):
        if "decision" not in made:
            raise UsageFault(
                "--decided is the day of the answer, and there is none yet.",
                "Add --decision accepted, adapted or declined.",
            )
        made["decided"] = decided
    if why := typed.get("why"):
        made["why"] = why
    if made.get("decided", STILL) < made["date"]:
        raise InvalidValue(
            f"Decided on {words(made['decided'])}, before the advice of "
            f"{words(made['date'])} ({entry['service']}).",
            "Give the right day: --decided",
        )
    if ids := carrying(record, typed):
        made["items"] = list(dict.fromkeys([*made.get("items", ()), *ids]))
    return made


def _unlinked(record: Entry, advice: Entry) -> tuple[str, ...]:
    """A warning where an answer lacks its reason, or what carries the advice out."""
    decision = advice.get("decision")
    if decision in {"adapted", "declined"} and not advice.get("why"):
        return (f"why it was {decision} is not said: --why",)
    if decision in {"accepted", "adapted"} and not advice.get("items"):
        command = (
            f"sen specialist decide {record['id']} {advice['id']} --outcome NUMBER"
        )
        return (f"no outcome or intervention carries it out yet: {command}",)
    return ()


def decide(record: Record, which: str, typed: Entry, context: Context) -> Act:
    """The record with one recommendation answered, whoever gave it.

    Args:
        record: the pupil's.
        which: the advice by id, by its number over all specialists (oldest first) or by
            its wording.
        typed: as for ``advise``.
        context: day, ids, school.
    """
    specialist, advice = the_advice(record, which)
    named = {**typed, "advice": advice["id"]}
    named.pop("recommendation", None)
    return advise(record, specialist["id"], named, context)


def the_advice(record: Entry, which: str) -> tuple[Record, Record]:
    """One recommendation with its specialist.

    Raises:
        NotFound: there is none, or nothing fits.
        Ambiguous: several fit.
    """
    pairs = every(record)
    if not pairs:
        raise NotFound(
            f"No advice is recorded for {full_name(record)}.",
            f"Enter it: sen specialist advise {record['id']} SERVICE "
            '--recommendation "WHAT WAS SAID"',
        )
    known = [advice for _, advice in pairs]
    advice = find.item(which, known, _text, "advice")
    return next((s, a) for s, a in pairs if a["id"] == advice["id"])


def every(record: Entry) -> list[tuple[Record, Record]]:
    """Every recommendation with its specialist, oldest first."""
    pairs = [(s, a) for s in record.get("specialists", ()) for a in s.get("advice", ())]
    return sorted(pairs, key=lambda pair: str(pair[1]["date"]))


def answer_words(advice: Entry, record: Entry) -> str:
    """A recommendation with its answer in words."""
    said = str(advice["recommendation"])
    if decision := advice.get("decision"):
        said += f": {DECISIONS[decision]}"
        if why := advice.get("why"):
            said += f" ({why})"
    if items := advice.get("items"):
        said += f", by {', '.join(referred(i, record) for i in items)}"
    return said
