"""Requests for what is held about a pupil: recorded, changed, extended, ended."""

from __future__ import annotations

from collections.abc import Container
from collections.abc import Sequence

from sencli.core.handover.access_clock import ANSWERS
from sencli.core.handover.access_clock import EDUCATIONAL
from sencli.core.handover.access_clock import EXTENDED
from sencli.core.handover.access_clock import KINDS
from sencli.core.handover.access_clock import MONTH
from sencli.core.handover.access_clock import SUBJECT
from sencli.core.handover.access_clock import asker
from sencli.core.handover.access_clock import begins
from sencli.core.handover.access_clock import is_open
from sencli.core.handover.access_clock import month_after
from sencli.core.handover.access_clock import open_requests
from sencli.core.people.context import Context
from sencli.core.people.parent_privacy import PUPIL
from sencli.core.people.parent_privacy import contacts_ever
from sencli.core.people.parents import has_care
from sencli.core.people.young_person import is_young_person
from sencli.core.record import find
from sencli.core.record.act import Act
from sencli.core.record.edit import put_item
from sencli.core.record.fingerprint import fingerprint
from sencli.core.record.lookup import full_name
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.text.dates import words
from sencli.core.text.folding import fold
from sencli.errors import Ambiguous
from sencli.errors import InvalidValue
from sencli.errors import NotFound

DOCUMENT = "subject-access"
_COMPETENT = 12
_MAINTAINED = frozenset({"maintained", "special", "alternative_provision", "nursery"})


def the_request(record: Entry, which: str | None, *, waiting: bool = True) -> Record:
    """The request meant: the one named, else the one that is open.

    Args:
        record: the pupil's.
        which: its number in `sen access list`, its id or words; None for the open one.
        waiting: whether only one that is not answered will do.

    Raises:
        NotFound: there is none.
        Ambiguous: several are open.
    """
    every = sorted(record.get("access", ()), key=lambda r: str(r["date"]))
    name, pupil = full_name(record), record["id"]
    if which is not None:

        def said(request: Entry) -> str:
            return f"{words(request['date'])}, {asker(request, record)}"

        found = dict(find.item(which, every, said, "request"))
        if waiting and not is_open(found):
            raise InvalidValue(
                f"The request of {words(found['date'])} has been answered already "
                f"({ANSWERS[found['answer']]}).",
                f"See: sen access list {pupil}",
            )
        return found
    left = open_requests(record)
    if not left:
        raise NotFound(
            f"No request for what is held on {name} is open.",
            "Record it, with who asked and when it came: "
            f"sen access add {pupil} --by WHO --date DATE",
        )
    if len(left) > 1:
        lines = [
            f"  {every.index(one) + 1}. {words(one['date'])}, {asker(one, record)}"
            for one in left
        ]
        raise Ambiguous(
            f"{len(left)} requests for what is held about {name} are open:\n"
            + "\n".join(lines),
            "Say which by its number: --request NUMBER",
        )
    return left[0]


def add(record: Record, typed: Entry, context: Context) -> Act:
    """The record with a request more.

    Args:
        record: the pupil's.
        typed: ``by`` (pupil, a contact's id or a name), ``date``, ``kind``, ``how``,
            ``identity_asked``, ``identity_checked``.
        context: day, ids, school.

    Raises:
        InvalidValue: the educational record of a school that is not maintained, or
            the same request is there already.
    """
    day = typed.get("date") or context.today
    kind = typed.get("kind") or SUBJECT
    by = who_asks(str(typed["by"]), record)
    if kind == EDUCATIONAL:
        _refuse_not_maintained(context.school)
    for old in open_requests(record):
        if (old["date"], old["kind"], old["by"]) == (day, kind, by):
            raise InvalidValue(
                f"This request of {words(day)} is recorded already.",
                f"To change it: sen access set {record['id']} --request {old['id']}",
            )
    entry = {"id": context.new_id("access"), "date": day, "kind": kind, "by": by}
    entry |= _fields(typed)
    _refuse_early(entry)
    return Act(
        {**record, "access": put_item(record.get("access"), entry)},
        f"{asker(entry, record)} asked on {words(day)} for {KINDS[kind]}, "
        f"about {full_name(record)}.",
        {"access": entry["id"]},
        (*_near_only(str(typed["by"]), by, record, day), *remarks(entry, record)),
    )


def _near_only(typed: str, by: str, record: Entry, day: str) -> tuple[str, ...]:
    """What is asked where ``father`` found a stepfather: they have not one right."""
    contact = {c["id"]: c for c in contacts_ever(record, day)}.get(by, {})
    kin, said = fold(str(contact.get("relationship", ""))), fold(typed)
    if said in kin and said not in {kin, *fold(str(contact["name"])).split()}:
        named = f"{contact['name']} is the {kin}"
        return (f"{named}: somebody else is named by the whole name, --by NAME.",)
    return ()


def who_asks(typed: str, record: Entry) -> str:
    """``pupil``, the id of a contact, or the name as it was typed.

    Raises:
        Ambiguous: several contacts fit.
    """
    try:
        who = find.person(typed, record, {})
    except NotFound as fault:
        if " " in typed.strip():
            return typed
        raise NotFound(
            f"Nobody called {typed!r} is a contact of {full_name(record)}.",
            "For somebody else, such as a solicitor, give the full name: --by "
            f'"NAME SURNAME"\nEnter a contact: sen contact add {record["id"]} NAME '
            "--relationship RELATIONSHIP",
        ) from fault
    ids = {c["id"] for c in record.get("contacts", ())}
    if who in ids or who == PUPIL:
        return who
    parents = [c for c in contacts_ever(record, "9998") if "until" not in c]
    if who == "parent" and len(parents) == 1:
        return str(parents[0]["id"])
    if who == "parent" and parents:
        named = ", ".join(str(c["name"]) for c in parents)
        raise Ambiguous(
            f"Which parent asks? {full_name(record)} has: {named}.",
            "What one of them may have the other may not: --by NAME",
        )
    return typed


def remarks(request: Entry, record: Entry) -> list[str]:
    """What to look at before anything goes to whoever asks."""
    found = []
    by, day = request["by"], request["date"]
    contact = {c["id"]: c for c in contacts_ever(record, day)}.get(by)
    young = is_young_person(record, day)
    if by == PUPIL:
        if request["kind"] == EDUCATIONAL:
            found.append(
                "the right to the educational record is a parent's own: the pupil's is "
                "access under UK GDPR (--kind subject-access)."
            )
        if not young and _age(record, day) < _COMPETENT:
            found.append(
                "the right is the child's own, if the child understands it; from about "
                "12 that is usually thought so [fairly]."
            )
    elif contact is None:
        found.append(
            f"{by} is no contact of the pupil: ask for the authority to act, in "
            "writing, from whoever has the right."
        )
    else:
        if young and request["kind"] == SUBJECT and not contact.get("acts_for_pupil"):
            found.append(
                "the pupil is a young person, whose own the right is: a parent needs "
                "their authority."
            )
        elif _age(record, day) >= _COMPETENT and request["kind"] == SUBJECT:
            found.append(
                "the right is the child's own; of about 12 and over, ask the child "
                "whether a parent may use it [fairly]."
            )
        if contact.get("parental_responsibility") is not True and not has_care(contact):
            found.append(
                f"no parental responsibility is recorded for {contact['name']}: ask "
                "for proof of it, or of authority."
            )
        if contact.get("sharing", "full") != "full" or contact.get("restricted"):
            found.append(
                f"what may be shared with {contact['name']} is restricted: look at any "
                "court order before anything is sent."
            )
    if "identity_checked" not in request:
        found.append(
            "it is not recorded that proof of identity was seen: "
            f"sen access set {record['id']} --identity-checked DATE"
        )
    return found


def _age(record: Entry, day: str) -> int:
    born = str(record.get("date_of_birth", ""))
    return int(day[:4]) - int(born[:4]) - (day[5:] < born[5:]) if born else 0


def change(record: Record, which: str | None, typed: Entry, context: Context) -> Act:
    """The record with a request changed.

    Args:
        record: the pupil's.
        which: the request.
        typed: fields as for `add`, and ``reason``.
        context: day, ids, school.
    """
    old = the_request(record, which)
    entry = {**old, **_fields(typed)}
    entry |= {
        name: typed[name] for name in ("date", "kind", "reason") if typed.get(name)
    }
    if typed.get("by"):
        entry["by"] = who_asks(str(typed["by"]), record)
    if entry["kind"] == EDUCATIONAL:
        _refuse_not_maintained(context.school)
    _refuse_early(entry)
    return _put(record, entry, f"Changed the request of {words(entry['date'])}.")


def extend(
    record: Record,
    which: str | None,
    typed: Entry,
    context: Context,
    bank_holidays: Container[str],
) -> Act:
    """The record with two months more for a request.

    Args:
        record: the pupil's.
        which: the request.
        typed: ``reason``, and ``date`` on which whoever asks was told.
        context: day, ids, school.
        bank_holidays: ISO dates.

    Raises:
        InvalidValue: it is no access under UK GDPR, or was told too late.
    """
    old = the_request(record, which)
    if old["kind"] != SUBJECT:
        raise InvalidValue(
            "The 15 school days for the educational record cannot be made longer.",
            "Only access under UK GDPR can, where it is complex.",
        )
    told = typed.get("date") or context.today
    last = month_after(begins(old), MONTH, bank_holidays)
    if told > last:
        raise InvalidValue(
            f"Whoever asks must be told of it, and why, by {words(last)}.",
            "Give the day on which they were told: --date DATE\n"
            "It cannot be made longer afterwards: answer it as soon as you can.",
        )
    entry = {**old, "extended": {"date": told, "reason": typed["reason"]}}
    due = month_after(begins(old), EXTENDED, bank_holidays)
    return _put(record, entry, f"The answer is now due by {words(due)}.")


def end(record: Record, which: str | None, typed: Entry, context: Context) -> Act:
    """The record with a request that is answered.

    Args:
        record: the pupil's.
        which: the request.
        typed: ``answer``, ``date``, ``reason``.
        context: day, ids, school.

    Raises:
        InvalidValue: it is refused, and nobody said why.
    """
    old = the_request(record, which)
    if typed["answer"] == "refused" and not typed.get("reason"):
        raise InvalidValue(
            "Why is it refused?",
            'Whoever asked is told, with the right to complain: --reason "THE REASON"',
        )
    entry = {**old, "answer": typed["answer"]}
    entry["answered"] = typed.get("date") or context.today
    if typed.get("reason"):
        entry["reason"] = typed["reason"]
    if entry["answered"] < entry["date"]:
        raise InvalidValue(
            f"It would end on {words(entry['answered'])}, before it came on "
            f"{words(entry['date'])}.",
            "Give the right --date.",
        )
    if entry["answer"] == "sent":
        paper = {"id": context.new_id("issued"), "date": entry["answered"]}
        paper |= {"document": DOCUMENT, "to": entry["by"]}
        paper["content"] = fingerprint([record])
        record = {**record, "issued": [*record.get("issued", ()), paper]}
    said = (
        f"The request of {words(entry['date'])} is closed: {ANSWERS[entry['answer']]}."
    )
    return _put(record, entry, said)


def with_decisions(
    record: Record, request: Entry, decisions: Sequence[tuple[str, str]]
) -> Record:
    """The record with what was decided of marks; what was decided before gives way."""
    made = {d["mark"]: d for d in request.get("marks", ())}
    made |= {mark: {"mark": mark, "decision": what} for mark, what in decisions}
    entry = {**request, "marks": list(made.values())}
    return {**record, "access": put_item(record.get("access"), entry)}


def _fields(typed: Entry) -> dict[str, str]:
    names = ("how", "identity_asked", "identity_checked")
    return {name: typed[name] for name in names if typed.get(name)}


def _refuse_early(entry: Entry) -> None:
    asked = entry.get("identity_asked")
    if asked and asked < entry["date"]:
        raise InvalidValue(
            "Proof of identity cannot have been asked for before the request came on "
            f"{words(entry['date'])}.",
            "Give the right --identity-asked, or --date.",
        )


def _refuse_not_maintained(school: Entry) -> None:
    kind = school.get("type", "maintained")
    if kind not in _MAINTAINED:
        raise InvalidValue(
            f"The school's type is {kind}: a parent's own right to the educational "
            "record is for maintained schools only.",
            "Record it as access under UK GDPR: --kind subject-access",
        )


def _put(record: Record, entry: Entry, said: str) -> Act:
    listed = put_item(record.get("access"), entry)
    return Act({**record, "access": listed}, said, {"access": entry["id"]})
