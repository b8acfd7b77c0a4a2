"""The row of signatures on the parents' summary: who agreed the plan, or came."""

from __future__ import annotations

from sencli.core.record.types import Entry
from sencli.documents.made_in.people import People
from sencli.documents.made_in.people import signs
from sencli.documents.made_in.wording import Wording
from sencli.documents.view import Block
from sencli.documents.view import Sign
from sencli.documents.view import Text

_ACROSS = 4


def signed_blocks(cycle: Entry, words: Wording, people: People) -> list[Block]:
    """Who signs, each with what they agreed or came to; others in a line above."""
    notes, also = _who_signs(cycle, words, people)
    standing = {role: people.name(role) for role in ("teacher", "senco")}
    slots = signs(words, people.pupil)
    family = [who for who in notes if who not in {people.pupil, *standing.values()}]
    named: list[str] = []
    for slot, role in zip(slots, _roles(slots, words, people), strict=True):
        if role == "family":
            named += family or [slot]
        else:
            known = standing.get(role, "")
            named.append(known if known in notes else slot)
    shown = tuple(dict.fromkeys(named))
    row = Sign(
        shown,
        words("summary.sign_date"),
        tuple(notes.get(who, "") for who in shown),
        _ACROSS,
    )
    return [*([Text(also)] if also else []), row]


def _roles(slots: tuple[str, ...], words: Wording, people: People) -> list[str]:
    """Of each place for a signature whose it is."""
    roles = {
        people.pupil: "pupil",
        words("people.teacher"): "teacher",
        words("people.senco"): "senco",
    }
    return [roles.get(slot, "family") for slot in slots]


def _who_signs(
    cycle: Entry, words: Wording, people: People
) -> tuple[dict[str, str], str]:
    """Of those who sign what is known, by name; and the others in a sentence."""
    if review := cycle.get("review"):
        day = str(review["date"])
        came = words("summary.came_on", date=words.date(day))
        found = [(who, came) for who in review.get("attended", ())]
        more = words("summary.also_came", date=words.date(day), people="{people}")
    else:
        plan = cycle.get("plan", {})
        day = str(plan.get("date", ""))
        answers = plan.get("agreement", ())
        found = [
            (answer["who"], _agreed(answer, words))
            for answer in answers
            if answer["answer"] == "agreed"
        ]
        more = words("summary.also_agreed", people="{people}")
    notes: dict[str, str] = {}
    others: list[str] = []
    for who, note in found:
        name = people.name_on(who, day)
        if people.kin(who) or name in {
            people.pupil,
            people.name("teacher"),
            people.name("senco"),
        }:
            notes[name] = note
        else:
            others.append(name)
    joined = words.joined(list(dict.fromkeys(others)))
    return notes, more.replace("{people}", joined) if others else ""


def _agreed(answer: Entry, words: Wording) -> str:
    if "date" not in answer:
        return words("summary.agreed_only")
    return words("summary.agreed_on", date=words.date(answer["date"]))
