"""The options of ``sen print`` for documents about the whole school."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any
from typing import TypeVar

import click

from sencli.cli.shell.options import DAY
from sencli.cli.shell.options import TIER
from sencli.core.provision.provision_map import GROUPINGS
from sencli.documents.registry import DOCUMENTS
from sencli.errors import InvalidValue
from sencli.errors import UsageFault
from sencli.value import replace

if TYPE_CHECKING:
    from sencli.cli.shell.app import App
    from sencli.cli.shell.app import Reading
    from sencli.core.papers.redact import LeftOut
    from sencli.core.papers.redact import Rules
    from sencli.core.record.types import Record
    from sencli.documents.made_in.setting import Setting
    from sencli.documents.registry import Document
    from sencli.documents.view import View


BOTH = ("--adults shows money, and --no-costs leaves it out.", "Give one of the two.")

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS: Mapping[str, tuple[str, dict[str, Any]]] = {
    "by": ("--by", {"type": click.Choice(GROUPINGS), "help": "Group, as map does."}),
    "year_group": ("--year-group", {"metavar": "YEAR", "help": "Of one year group."}),
    "need": ("--need", {"help": "For a type of need, or an area of need."}),
    "tier": ("--tier", {"type": TIER, "help": "Of one layer of support."}),
    "provision": ("--provision", {"help": "Of one provision, by key or name."}),
    "staff": ("--staff", {"metavar": "INITIALS", "help": "Of one member of staff."}),
    "first": ("--from", {"type": DAY, "help": "From that day on."}),
    "last": ("--until", {"type": DAY, "help": "Up to that day."}),
    "year": ("--year", {"metavar": "2025-26", "help": "Of a school year."}),
    "to_date": ("--to-date", {"is_flag": True, "help": "Cost of what was delivered."}),
    "adults": ("--adults", {"is_flag": True, "help": "Also what the adults cost."}),
    "no_costs": ("--no-costs", {"is_flag": True, "help": "Leave money out."}),
}


def school_options(command: F) -> F:
    """The options of the documents about the whole school; each takes some of them."""
    for name, (option, details) in reversed(list(_OPTIONS.items())):
        command = click.option(option, name, **details)(command)
    return command


def whole(app: App, document: str, typed: Mapping[str, Any]) -> None:
    """Print one paper about the whole school, or about the pupils named.

    Raises:
        UsageFault: a format or an option that the document does not take.
    """
    from sencli.cli.papers.asides import tell
    from sencli.cli.papers.setting import setting
    from sencli.cli.shell.app import marked as told
    from sencli.cli.shell.output import check_file
    from sencli.cli.shell.output import format_of
    from sencli.cli.shell.output import put
    from sencli.cli.shell.output import rendered
    from sencli.core.record.packed import Packed

    made = DOCUMENTS[document]
    wanted = format_of(typed["fmt"], typed["output"], made.formats[0], made.formats)
    if wanted not in made.formats:
        raise UsageFault(
            f"The document {document} does not come as {wanted}.",
            f"Choose one of: {', '.join(made.formats)}.",
        )
    reading = app.read(typed["known_at"], typed["as_at"])
    check(reading, document, typed)
    if typed["to"] and not typed["record"]:
        _guarded(reading, document, made, typed)
    rules = rules_for(reading, document, made, typed["audience"] or "")
    taken = _taken(document, made, reading, typed)
    records = Packed(reading.pupils())
    allow(records, reading.day, document, made, typed)
    if "costs" in rules.parts and "no_costs" in made.options:
        taken["no_costs"] = True
    asked = made.chosen({**taken, "format": wanted})
    place = setting(reading, typed["lang"])
    if rules.anonymous or made.nameless:
        from sencli.documents.made_in.reader import unnamed

        place = unnamed(place, records)
    if typed["to"] or rules.audience:
        # somebody else's copy: what is restricted stays out of it
        place = replace(place, rules=rules)
    views = _made(made, records, place, asked, wanted)
    tell(app, views, strict=typed["strict"])
    # what cannot be made, or not be written, must not be recorded
    output, force = typed["output"], typed["force"]
    sides = typed["single_sided"]
    marked = told(app, views, wanted)
    data = rendered(app, marked, wanted, output, single_sided=sides)
    if output is not None:
        check_file(Path(output), force=force)
    if typed["record"]:
        save(reading, document, views, records, typed, rules)
    put(app, data, output, force=force)


def _guarded(
    reading: Reading, document: str, made: Document, typed: Mapping[str, Any]
) -> None:
    """Refuse a reader's name that nothing is done with.

    Raises:
        UsageFault: the paper is not to be noted as given.
    """
    records = list(reading.pupils())
    allow(records, reading.day, document, made, typed)
    raise UsageFault(
        "--to says in the records to whom a paper about many was given.",
        "Add --record, or leave --to out.",
    )


def _made(
    made: Document,
    records: Iterable[Record],
    place: Setting,
    asked: Any,
    wanted: str,
) -> tuple[View, ...]:
    """The paper without what is not for its reader; counts name nobody as they are."""
    from sencli.documents.made_in.reader import cut
    from sencli.documents.made_in.reader import marked

    rules = place.rules
    if rules is None or not rules.audience:
        return made.build(records, place, asked)
    gone: dict[str, tuple[LeftOut, ...]] = {}
    if made.shows:
        originals = {str(record["id"]): record for record in records}
        place = replace(place, originals=originals)
        records, gone = cut(records, rules, made.shows)
    else:
        place = replace(place, rules=None)
        rules = replace(rules, anonymous=False, parts=frozenset())
    parts = {"costs"} if "no_costs" in made.options else set()
    parts |= {"gaps"} if made.module == "school.census" else set()
    rules = replace(rules, parts=rules.parts & parts)
    views = made.build(records, place, asked)
    return tuple(marked(v, rules, gone, table=wanted == "csv") for v in views)


def _taken(
    name: str, made: Document, reading: Reading, given: Mapping[str, Any]
) -> dict[str, Any]:
    """What was chosen, for the document's own ``asked``: only options that it takes.

    ``period`` stands for the three options of time, ``provision`` is a key, ``pupils``
    are ids.

    Raises:
        UsageFault: an option that the document does not take.
    """
    from sencli.cli.papers.map import period
    from sencli.cli.papers.map import provision_key

    mine = (*_OPTIONS, *(("class_", "pupils") if made.options else ()))
    wanted = {key: given[key] for key in mine if given[key]}
    if {"adults", "no_costs"} <= {*wanted}:
        raise UsageFault(*BOTH)
    for key in wanted:
        if key not in made.options:
            _refuse(name, made, key)
    time = [wanted.pop(key, None) for key in ("first", "last", "year")]
    if any(time):
        wanted["period"] = period(reading.day, *time)
    if "provision" in wanted:
        offered = reading.provisions.get("provisions", [])
        wanted["provision"] = provision_key(wanted["provision"], offered)
    if "pupils" in wanted:
        find = reading.app.pupil_id
        wanted["pupils"] = tuple(find(one, reading.source) for one in wanted["pupils"])
    return wanted


def _refuse(name: str, made: Document, key: str) -> None:
    words = {"class_": "--class", "pupils": "the name of a pupil"}
    words |= {option: typed for option, (typed, _) in _OPTIONS.items()}
    takes = [words[one] for one in made.options]
    raise UsageFault(
        f"The document {name} does not take {words[key]}.",
        f"It takes: {', '.join(takes)}." if takes else "Leave it out.",
    )


NUMBERS = "Governors get the whole school in numbers: sen print governors"
"""What is offered in place of a paper with a row for each child."""

_SCOPE = ("class_", "year_group", "need", "tier", "provision", "staff")


def rules_for(reading: Reading, document: str, made: Document, audience: str) -> Rules:
    """What the reader does not get.

    Raises:
        UsageFault: a parent is to have a paper that shows other families' children, or
            somebody for whom they have no names one that has a row for each.
    """
    from sencli.cli.papers.setting import redaction
    from sencli.core.papers.redact import NO_RULES
    from sencli.core.papers.redact import rules_of

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
    from sencli.core.record.lookup import contacts_on
    from sencli.core.text.folding import key
    from sencli.documents.made_in.asked import allowed

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
    from sencli.cli.papers.issue import commit
    from sencli.core.papers.issue import issue
    from sencli.core.people.context import Ground

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
