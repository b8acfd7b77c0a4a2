"""Specialists: parents' agreement, referral, contact, sharing, closure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sencli import terms
from sencli.core.people.consent import consent_of
from sencli.core.people.consent import same_again
from sencli.core.people.context import Context
from sencli.core.people.context import future_note
from sencli.core.people.context import people
from sencli.core.people.context import person
from sencli.core.people.context import whom_told
from sencli.core.people.names import specialist_label
from sencli.core.people.young_person import family_on
from sencli.core.record import find
from sencli.core.record.act import Act
from sencli.core.record.edit import put_item
from sencli.core.record.lookup import full_name
from sencli.core.record.lookup import joined
from sencli.core.record.numbering import number_of
from sencli.core.record.types import Entry
from sencli.core.record.types import Record
from sencli.core.record.wording import who_is
from sencli.core.text.dates import words
from sencli.core.text.folding import fold
from sencli.errors import InvalidValue
from sencli.errors import NotFound

SOURCES = terms.SPECIALISTS_FROM

_ENDING = r"(therap|psycholog)(?:ist|y|ical)\b"
_GROUPS = {"parents": "parents", "parent": "parents", "staff": "staff"}
_PLAIN = ("name", "reason", "source", "review_by", "restricted")


def the_specialist(record: Entry, which: str) -> Record:
    """The specialist meant by number, id, service or name.

    Raises:
        NotFound: none is recorded, or none fits.
        Ambiguous: several fit.
    """
    listed = record.get("specialists", ())
    if not listed:
        raise NotFound(
            f"{full_name(record)} has no specialist recorded.",
            f'Record one: sen specialist refer {record["id"]} "{which}" '
            "--consent WHO --date DATE",
        )
    name = terms.SERVICE_LETTERS.get(fold(which), which)
    alike = [entry for entry in listed if _stem(entry["service"]) == _stem(name)]
    for found in (alike, [e for e in alike if "discharged" not in e]):
        if len(found) == 1:
            return dict(found[0])
    return dict(find.item(name, listed, specialist_label, "specialist"))


def _stem(service: str) -> str:
    """A service for comparing: a therapist is the therapy, a psychologist too."""
    return re.sub(_ENDING, r"\1", fold(service)).removesuffix(" service")


def involved(record: Entry, service: str) -> Record | None:
    """A specialist still involved, meant by number, an id or the whole service."""
    if number_of(service, ("specialist",)) is not None:
        return the_specialist(record, service)
    want = fold(service)
    stem = _stem(service)
    for entry in reversed(record.get("specialists", ())):
        if entry["id"] == want:
            return dict(entry)
        if _stem(entry["service"]) == stem and "discharged" not in entry:
            return dict(entry)
    return None


def put_specialist(record: Record, entry: Entry) -> Record:
    """The record with that version of the specialist; a new one comes last."""
    return {**record, "specialists": put_item(record.get("specialists"), entry)}


def refer(record: Record, service: str, typed: Entry, context: Context) -> Act:
    """The record with a referral; of a specialist still involved it is amended.

    Args:
        record: the pupil's.
        service: the service, its usual letters (EP, SALT), or an id.
        typed: ``date``, ``reason``, ``name``, ``source``, ``review_by``,
            ``consent`` (who agreed, as typed), ``consent_date``, ``no_consent``.
        context: day, ids, school.

    Raises:
        InvalidValue: they have seen the pupil before that day.
    """
    service = terms.SERVICE_LETTERS.get(fold(service), service)
    old = involved(record, service) or {}
    typed = _same_person(old, typed)
    entry: Record = {
        "id": old.get("id") or context.new_id("specialist"),
        "service": service,
    }
    entry |= old
    day = str(typed.get("date") or old.get("referred") or context.today)
    _not_seen_before(record, old, day)
    entry |= {n: typed[n] for n in _PLAIN if typed.get(n) is not None}
    if consent := consent_of(record, typed, day, context):
        dated = bool(typed.get("consent_date") or typed.get("date"))
        consent = same_again(old.get("consent", {}), consent, dated=dated)
        entry["consent"] = {**old.get("consent", {}), **consent}
    if entry.get("consent", {}).get("given") is False:
        # a referral that was made is a fact, whatever is answered afterwards
        asked = "" if "referred" in old else "not referred: "
        verb = f"{asked}{family_on(record, day).name} did not agree"
    else:
        entry["referred"] = day
        verb = f"referred on {words(day)}"
    return Act(
        put_specialist(record, entry),
        f"{specialist_label(entry)} for {full_name(record)}: {verb}.",
        {"specialist": entry["id"]},
        (
            *(() if old else future_note(day, context)),
            *_unagreed(record, entry),
            *(_answered_before(record, old, consent) if consent else ()),
        ),
    )


def _same_person(old: Entry, typed: Entry) -> Entry:
    """What was typed; an answer given again is of whoever gave it before."""
    by = old.get("consent", {}).get("by")
    answered = typed.get("no_consent") or typed.get("consent_date")
    if typed.get("consent") or not answered or by is None:
        return typed
    return {**typed, "consent": by}


def stands(record: Record, service: str, typed: Entry, context: Context) -> bool:
    """Whether a referral typed without a day changes nothing that is dated."""
    service = terms.SERVICE_LETTERS.get(fold(service), service)
    old = involved(record, service) or {}
    before = old.get("consent", {})
    if not (typed.get("no_consent") or typed.get("consent")):
        return "referred" in old or before.get("given") is False
    made = consent_of(record, _same_person(old, typed), context.today, context)
    if made["given"]:
        return "referred" in old
    return all(before.get(name) == made[name] for name in ("given", "by"))


def _not_seen_before(record: Entry, old: Entry, day: str) -> None:
    """Refuse a request dated after the specialist first saw the pupil."""
    seen_on = str(old.get("first_seen", ""))
    if not seen_on or day <= seen_on:
        return
    raise InvalidValue(
        f"{specialist_label(old)} first saw {full_name(record)} on {words(seen_on)}, "
        f"before "
        f"{words(day)}.",
        "Give the --date on which they were asked; or if they are asked anew, end "
        f"what was before: sen specialist discharge {record['id']} {old['id']} "
        "--date DATE",
    )


def _unagreed(record: Entry, entry: Entry) -> tuple[str, ...]:
    """A warning where parents have not agreed, or only afterwards."""
    consent, referred = entry.get("consent"), entry.get("referred", "")
    if not referred:
        return ()
    family = family_on(record, referred)
    if consent is None:
        command = f"sen specialist consent {record['id']} {entry['id']}"
        command += " --by WHO --date DATE"
        return (f"{family.possessive} agreement is not recorded: {command}",)
    if consent.get("date", "") > referred:
        said = "agreed" if consent["given"] else "refused"
        day, asked = words(consent["date"]), words(referred)
        return (f"{family.name} {said} on {day}, after the referral of {asked}.",)
    return ()


def _answered_before(record: Entry, old: Entry, consent: Entry) -> tuple[str, ...]:
    """The answer that another one takes the place of, and where it can be read."""
    before = old.get("consent", {})
    if not before or all(before.get(n) == consent.get(n) for n in ("given", "by")):
        return ()
    who = who_is(before.get("by", "parent"), record)
    answer = "agreed" if before["given"] else "did not agree"
    day = f" on {words(before['date'])}" if "date" in before else ""
    said = f"until now the record said that {who} {answer}{day}"
    return (f"{said}; that answer stays in the history: sen history {record['id']}",)


def agree(record: Record, which: str, typed: Entry, context: Context) -> Act:
    """The record with the parents' answer to asking a specialist.

    One not yet recorded is begun by it. Without a day, agreement to what is referred
    already has none: nobody said when it was.

    Args:
        record: the pupil's.
        which: a specialist, or a service not yet recorded.
        typed: ``by`` (a person as typed), ``date``, ``refused``.
        context: day, ids, school.
    """
    service = terms.SERVICE_LETTERS.get(fold(which), which)
    old = involved(record, service)
    if old is None:
        old = {"id": context.new_id("specialist"), "service": service}
    asked = old.get("referred") or old.get("first_seen")
    day = str(typed.get("date") or ("" if asked else context.today))
    when = day or context.today
    asked_of = str(typed.get("by") or whom_told(record, when))
    who = person(asked_of, record, context, when)
    consent = {"given": not typed.get("refused"), "by": who}
    if day:
        consent["date"] = day
    dated = bool(typed.get("date"))
    consent = same_again(old.get("consent", {}), consent, dated=dated)
    day = str(consent.get("date", ""))
    entry = {**old, "consent": consent}
    answer = "agreed" if consent["given"] else "did not agree"
    when = f" on {words(day)}" if day else ""
    notes = _unagreed(record, entry)
    if not day:
        notes = ("give --date DATE if you know on which day they agreed.",)
    return Act(
        put_specialist(record, entry),
        f"{specialist_label(entry)} for {full_name(record)}: {who_is(who, record)} "
        f"{answer}"
        f"{when}.",
        {"specialist": entry["id"]},
        (*notes, *_answered_before(record, old, consent)),
    )


def ask(record: Record, service: str, whom: Sequence[str], context: Context) -> Record:
    """The record with the parents asked in a letter to agree to a specialist.

    One not yet recorded is begun by it. The same letter again that day changes nothing.
    """
    name = terms.SERVICE_LETTERS.get(fold(service), service)
    old = involved(record, name) or {
        "id": context.new_id("specialist"),
        "service": name,
    }
    made = [{"who": who, "date": context.today, "how": "letter"} for who in whom]
    asked = [told for told in old.get("asked", ()) if told not in made]
    return put_specialist(record, {**old, "asked": [*asked, *made]})


def seen(record: Record, which: str, day: str, context: Context) -> Act:
    """The record with the specialist's first contact with the pupil."""
    entry = the_specialist(record, which)
    _not_before(entry, day, "first seen")
    return Act(
        put_specialist(record, {**entry, "first_seen": day}),
        f"{specialist_label(entry)} first saw {full_name(record)} on {words(day)}.",
        {"specialist": entry["id"]},
        future_note(day, context),
    )


def chase(record: Record, which: str, day: str) -> Act:
    """The record with a day on which the referral was asked after."""
    entry = the_specialist(record, which)
    if "referred" not in entry:
        raise InvalidValue(
            f"{specialist_label(entry)} has not been asked yet.",
            f"Record the referral: sen specialist refer {record['id']} "
            f"{entry['id']} --date DATE",
        )
    _not_before(entry, day, "asked after")
    chased = sorted({*entry.get("chased", ()), day})
    return Act(
        put_specialist(record, {**entry, "chased": chased}),
        f"{specialist_label(entry)} for {full_name(record)}: asked after on "
        f"{words(day)}.",
        {"specialist": entry["id"]},
    )


def share(
    record: Record, which: str, whom: tuple[str, ...], day: str, context: Context
) -> Act:
    """The record with the advice shared: with parents, staff, or people by name."""
    entry = shared_with(the_specialist(record, which), record, whom, day, context)
    told = [w for s in entry["shared"] if s["date"] == day for w in [s["with"]]]
    return Act(
        put_specialist(record, entry),
        f"Advice of {specialist_label(entry)} for {full_name(record)} shared on "
        f"{words(day)} "
        f"with {joined([who_is(w, record) for w in told])}.",
        {"specialist": entry["id"]},
        () if entry.get("advice") else ("no advice of theirs is recorded yet.",),
    )


def shared_with(
    entry: Record, record: Record, whom: tuple[str, ...], day: str, context: Context
) -> Record:
    """The specialist's entry with what they found shared on the day."""
    given = [a["date"] for a in entry.get("advice", ())]
    if given and day < min(given):
        raise InvalidValue(
            f"The advice of {specialist_label(entry)} came on {words(min(given))}, "
            f"after "
            f"{words(day)}.",
            "Give the day on which it was shared: --date",
        )
    names = [n.strip() for text in whom for n in text.split(",") if n.strip()]
    made = list(entry.get("shared", ()))
    for name in names:
        group = _GROUPS.get(fold(name))
        for who in [group] if group else people([name], record, context, day):
            if {"with": who, "date": day} not in made:
                made.append({"with": who, "date": day})
    return {**entry, "shared": sorted(made, key=lambda s: str(s["date"]))}


_ENDED = "discharged"


def discharge(record: Record, which: str, day: str) -> Act:
    """The record with the end of a specialist's involvement."""
    entry = the_specialist(record, which)
    _not_before(entry, day, _ENDED)
    open_advice = [a for a in entry.get("advice", ()) if "decision" not in a]
    note = f"not all of their advice is answered: sen specialist list {record['id']}"
    return Act(
        put_specialist(record, {**entry, "discharged": day}),
        f"{specialist_label(entry)} for {full_name(record)}: ended on {words(day)}.",
        {"specialist": entry["id"]},
        (note,) if open_advice else (),
    )


def _not_before(entry: Entry, day: str, what: str) -> None:
    before = {"the referral": entry.get("referred", "")}
    if what == _ENDED:
        before["their first visit"] = entry.get("first_seen", "")
    for said, that in before.items():
        if day < that:
            raise InvalidValue(
                f"{specialist_label(entry)} cannot be {what} on {words(day)}, before "
                f"{said} of {words(that)}.",
                "Give the right --date.",
            )
