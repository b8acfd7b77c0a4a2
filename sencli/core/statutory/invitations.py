"""Invitations to an annual review, and advice requested for it."""

from __future__ import annotations

from sencli import terms
from sencli.core.people.context import Context
from sencli.core.record.find import choose
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.statutory.deadlines import INVITED
from sencli.core.text.dates import parse_date
from sencli.core.text.dates import words
from sencli.errors import InvalidValue
from sencli.errors import UsageFault

ROLES = terms.INVITED
ROLE_WORDS = {
    **dict.fromkeys(("parents", "carer"), "parent"),
    **dict.fromkeys(("pupil", "child"), "young_person"),
    **dict.fromkeys(("senco", "teacher", "head"), "school"),
    **dict.fromkeys(("la", "sen officer", "council"), "authority"),
    **dict.fromkeys(("nhs", "dco"), "health"),
    "social worker": "social_care",
}


def invited(review: Record, typed: Entry, context: Context, family: str) -> Record:
    """The review with its invitations.

    One that is there already keeps its day unless another is named.

    Args:
        review: the review.
        typed: ``invited`` (roles, commas part them; "all" is the five of the
            regulations), ``invite`` ("health=Dr Lee:12/01/2026"), ``invited_on``.
        context: day and terms.
        family: the role of whoever is invited first: ``parent`` or ``young_person``.

    Raises:
        UsageFault: the review is past, and no day of the invitation is named.
        InvalidValue: no such role; invited after the meeting.
    """
    asked: list[tuple[str, str, str]] = []
    for text in typed.get("invited", ()):
        names = [name.strip() for name in text.split(",") if name.strip()]
        for name in names:
            asked += [(role, "", "") for role in _roles(name, family)]
    for text in typed.get("invite", ()):
        head, date = _dated(text, context)
        name, _, who = head.partition("=")
        asked += [(role, who.strip(), date) for role in _roles(name, family)]
    made = [dict(entry) for entry in review.get("invited", ())]
    on = str(typed.get("invited_on", ""))
    for role, who, date in asked:
        _invite(made, review, (role, who, date or on), context.today)
    if on and not (asked or made):
        raise UsageFault(
            "--invited-on is the day of the invitations, and there are none.",
            "Say who was invited: --invited all",
        )
    if on and not asked:
        for entry in made:
            entry["date"] = on
    for entry in made:
        if entry["date"] > review["date"]:
            raise InvalidValue(
                f"{ROLES[entry['role']]} cannot be invited on {words(entry['date'])} "
                f"to a review on {words(review['date'])}.",
                "Give the day of the invitation: --invited-on DATE",
            )
    return {**review, "invited": made} if made else review


def _roles(name: str, family: str) -> list[str]:
    if name.strip().casefold() in {"all", "everybody", "everyone"}:
        return [family if role == "parent" else role for role in INVITED]
    return [choose(name, ROLES, "role to invite", ROLE_WORDS)]


def _dated(text: str, context: Context) -> tuple[str, str]:
    """``health:12/01/2026`` as "health" and its ISO date."""
    head, colon, date = text.rpartition(":")
    if not colon:
        return text.strip(), ""
    terms = context.school.get("terms", ())
    return head.strip(), parse_date(date.strip(), context.today, terms, "past")


def _invite(
    made: list[Record], review: Entry, asked: tuple[str, str, str], today: str
) -> None:
    role, who, date = asked
    mine = [e for e in made if e["role"] == role]
    known = [e for e in mine if who in {"", e.get("who", "")}]
    # an invitation of the role that named nobody is the same one, now with its name
    known = known or [e for e in mine if "who" not in e][:1]
    if not known and not date and review["date"] < today:
        raise UsageFault(
            f"The review was on {words(review['date'])}: when were they invited?",
            "Add --invited-on DATE",
        )
    if not known:
        entry = {"role": role, "date": date or today}
        made.append({"role": role, "who": who, **entry} if who else entry)
    for entry in known:
        entry["date"] = date or entry["date"]
        if who:
            entry["who"] = who


def advised(review: Record, typed: Entry, context: Context) -> Record:
    """The review with advice asked for, by when, and received.

    Args:
        review: the review.
        typed: ``advice_requested`` and ``advice_received``: whose, and a day where it
            is not today ("health:12/01/2026"); commas part several; ``advice_due``: by
            when it was asked for, of those named here, else of all that has not come.
        context: day and terms.

    Raises:
        UsageFault: a due day, and no advice was asked for.
        InvalidValue: days out of order.
    """
    made = [dict(entry) for entry in review.get("advice", ())]
    named: list[Record] = []
    for name in ("requested", "received"):
        for text in typed.get(f"advice_{name}", ()):
            head, date = _dated(text, context)
            for of in (part.strip() for part in head.split(",") if part.strip()):
                entry = next((a for a in made if a["of"] == of), None)
                if entry is None:
                    entry = {"of": of}
                    made.append(entry)
                named.append(entry)
                entry[name] = date or context.today
                if entry.get("received", STILL) < entry.get("requested", ""):
                    raise InvalidValue(
                        f"The advice of {of} came on {words(entry['received'])}, "
                        f"before it was asked for on {words(entry['requested'])}.",
                        "Give the right days.",
                    )
    if due := typed.get("advice_due"):
        _by(named or [a for a in made if "received" not in a], str(due), review)
    return {**review, "advice": made} if made else review


def _by(asked: list[Record], due: str, review: Record) -> None:
    """Note by when advice was asked for."""
    if not asked:
        raise UsageFault(
            "--advice-due is the day by which advice was asked for, and none is "
            "awaited.",
            "Say of whom: --advice-requested WHO",
        )
    for entry in asked:
        if due < entry.get("requested", "") or due > review["date"]:
            raise InvalidValue(
                f"Advice for the meeting of {words(review['date'])} cannot be due on "
                f"{words(due)}.",
                "Give a day after it was asked for and before the meeting.",
            )
        entry["due"] = due
