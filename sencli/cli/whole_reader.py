"""A paper about many pupils and its reader: who may have it, and that they had it."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import Any

from sencli.errors import InvalidValue
from sencli.errors import UsageFault

if TYPE_CHECKING:
    from sencli.cli.app import Reading
    from sencli.core.redact import Rules
    from sencli.core.types import Record
    from sencli.documents.registry import Document
    from sencli.documents.view import View

NUMBERS = "Governors get the whole school in numbers: sen print governors"
"""What is offered in place of a paper with a row for each child."""

_SCOPE = ("class_", "year_group", "need", "tier", "provision", "staff")


def rules_for(reading: Reading, document: str, made: Document, audience: str) -> Rules:
    """What the reader does not get.

    Raises:
        UsageFault: a parent is to have a paper that shows other families' children, or
            somebody for whom they have no names one that has a row for each.
    """
    from sencli.cli.paper import redaction
    from sencli.core.redact import NO_RULES
    from sencli.core.redact import rules_of

    if not audience:
        return NO_RULES
    if audience == "parent" and made.shows:
        _not_for_a_family(document)
    own = reading.app.repo.root / "templates"
    rules = rules_of(redaction(own), audience)
    if rules.anonymous and made.shows:
        raise UsageFault(
            f"There is no {document} for {rules.title}: it has a row for each child, "
            "which tells who it is, also without the name.",
            NUMBERS,
        )
    return rules


def check(reading: Reading, document: str, typed: Mapping[str, Any]) -> None:
    """Refuse what cannot be recorded.

    Raises:
        UsageFault: it is not a paper of today, or nobody is named.
    """
    if not typed["record"]:
        return
    if reading.day != reading.app.today or typed["known_at"] or typed["as_at"]:
        raise UsageFault("Only a paper of today can be recorded.")
    if not (typed["to"] or typed["audience"]):
        raise UsageFault(
            f"To whom was it given: {document}?", "Add --to WHO (or --for)."
        )


def allow(
    records: Iterable[Record],
    day: str,
    document: str,
    made: Document,
    typed: Mapping[str, Any],
) -> None:
    """Refuse a reader who is of a pupil's family, where others are on the paper too.

    Raises:
        InvalidValue: nothing may be shared with the reader.
        UsageFault: the paper is about other families' children.
    """
    from sencli.core.folding import key
    from sencli.core.lookup import contacts_on
    from sencli.documents.asked import allowed

    if not typed["to"]:
        return
    to = key(typed["to"])
    for record in records:
        for contact in contacts_on(record, day):
            if to in {key(str(contact["name"])), str(contact["id"])}:
                allowed(record, day, str(contact["id"]))
                if made.shows and not typed["audience"]:
                    _not_for_a_family(document)


def _not_for_a_family(document: str) -> None:
    raise UsageFault(
        f"The document {document} is about many children, so that no family may have "
        "it.",
        "For one child's family: sen summary PUPIL, or sen print case PUPIL "
        "--for parent",
    )


def save(
    reading: Reading,
    document: str,
    views: Sequence[View],
    records: Iterable[Record],
    typed: Mapping[str, Any],
    rules: Rules,
) -> None:
    """Note in the record of each pupil on the paper who was given it.

    Raises:
        InvalidValue: nobody is on it.
    """
    from sencli.cli.issue import commit
    from sencli.core.ground import Ground
    from sencli.core.issuing import issue

    app = reading.app
    before = {str(record["id"]): record for record in records}
    after: dict[str, dict[str, Any]] = {}
    for view in views:
        paper = {
            "document": _named(document, view, typed),
            "to": typed["to"] or rules.title,
            "audience": typed["audience"],
            "content": view.fingerprint,
        }
        for pupil in view.pupils:
            record = after.get(pupil, before[pupil])
            ground = Ground(app.today, app.new_ids(record), reading.school)
            after[pupil] = issue(record, paper, ground)
    if not after:
        raise InvalidValue(
            "Nobody is on this paper, so there is nothing to record.",
            "Print it without --record.",
        )
    commit(app, document, {pupil: before[pupil] for pupil in after}, after)
    count = "1 pupil" if len(after) == 1 else f"{len(after)} pupils"
    app.tell(f"It is noted in the records of {count}.")


def _named(document: str, view: View, typed: Mapping[str, Any]) -> str:
    """The document with what it was narrowed to: ``map (class 4B, tier targeted)``."""
    scope = [
        f"{key.strip('_').replace('_', ' ')} {typed[key]}"
        for key in _SCOPE
        if typed.get(key)
    ]
    if not scope and isinstance(view.data, dict) and view.data.get("class"):
        scope = [f"class {view.data['class']}"]
    return f"{document} ({', '.join(scope)})" if scope else document
