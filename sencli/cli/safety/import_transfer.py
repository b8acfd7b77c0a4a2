"""``sen import transfer``: a pupil's record that another school sent as one file."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.app import refuse
from sencli.cli.shell.given_file import stranger
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import writing
from sencli.cli.shell.prompts import command_line
from sencli.cli.shell.prompts import confirmed
from sencli.cli.shell.writing import save
from sencli.core.handover import arriving
from sencli.core.people.context import PROVISIONS
from sencli.core.pupil.documents import fingerprint
from sencli.core.pupil.documents import stored_name
from sencli.core.record.act import Act
from sencli.core.record.lookup import full_name
from sencli.core.text.dates import words
from sencli.core.text.folding import same
from sencli.core.text.plural import plural
from sencli.errors import Conflict
from sencli.errors import InvalidValue
from sencli.errors import SencliError
from sencli.errors import UsageFault
from sencli.store.records.records import pupil_path
from sencli.value import Value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sencli.core.record.types import Record
    from sencli.exchange.transfer_pack import TransferPack
    from sencli.store.records.draft import Draft

_ASK = "Ask the other school to send it again."
_OURS = re.compile(r"[a-z0-9]{8}(\.[a-z0-9]{1,8})?")


class _Wish(Value):
    """How the file is to be taken: into whose record, or as new; class, first day."""

    into: str = ""
    new: bool = False
    class_: str = ""
    begins: str = ""


@click.command("transfer")
@click.argument("file", metavar="FILE.zip")
@click.option("--into", metavar="PUPIL", help="Into the record of a pupil known here.")
@click.option("--new", is_flag=True, help="As a new pupil, though one here is alike.")
@click.option("--class", "class_", type=LINE, metavar="CLASS", help="The class here.")
@click.option("--from", "begins", type=PAST, help="The first day on roll here.")
@click.option("--receipt", metavar="FILE", help="Write the page to sign and send back.")
@click.option("--dry-run", is_flag=True, help="Check and show it; write nothing.")
@click.option("--yes", is_flag=True, help="Take it in without asking.")
@writing
@pass_app
def transfer(
    app: App,
    *,
    file: str,
    into: str | None,
    new: bool,
    class_: str | None,
    begins: str | None,
    receipt: str | None,
    dry_run: bool,
    yes: bool,
    fmt: str,
) -> None:
    """Take in a pupil's record that another school sent.

    FILE.zip is what sen export transfer made there. Every part is checked: checksums,
    signature, sizes and names, the record against its schema, the attachments. What is
    in it is shown before anything is written; all of it is one change of ours. Each
    part says which school it is from, and sen history PUPIL shows who recorded what
    there, and when. A pupil who is here already is filled up with --into; what our
    record says stands.
    """
    from sencli.cli.shell.output import check_file
    from sencli.cli.shell.output import put
    from sencli.exchange.transfer_pack import LARGEST
    from sencli.exchange.transfer_pack import RECEIPT
    from sencli.exchange.transfer_pack import unpacked

    if into and new:
        raise UsageFault("--into and --new are one or the other.", "Leave one out.")
    pack = unpacked(stranger(file, LARGEST + 1))
    if receipt:
        check_file(Path(receipt), force=False)
    record = _record(pack)
    checks = _checks(app, pack, record)
    records = list(app.read().pupils())
    refuse(app)
    wish = _Wish(app.pupil_id(into) if into else "", new, class_ or "", begins or "")
    _refuse_twice(pack, records)
    _refuse_known(record, records, wish)
    _show(app, pack, record, checks)
    for one in records:
        if one["id"] == wish.into:
            for line in arriving.differences(one, record, app.today):
                app.tell(f"  Note: {line}. What is here stands.")
    if dry_run:
        app.tell("Nothing was changed.")
        return
    confirmed(f"Take in the record of {full_name(record)}?", yes=yes)

    def work(draft: Draft) -> Act:
        now = [draft.read(pupil_path(one)) for one in draft.pupil_ids()]
        _refuse_twice(pack, now)
        _refuse_known(record, now, wish)
        return _act(app, draft, pack, record, wish)

    save(app, work, fmt)
    if receipt and RECEIPT in pack.parts:
        put(app, pack.parts[RECEIPT], receipt)
    app.tell(f"Sign {receipt or f'receipt.pdf, which is in {file},'} and send it back.")


def _record(pack: TransferPack) -> Record:
    """The record in the file, held against its schema.

    Raises:
        InvalidValue: it is none, or not the pupil's of the list.
    """
    from sencli.exchange.transfer_pack import RECORD
    from sencli.store.text import load
    from sencli.store.text.schema import faults

    data = pack.parts[RECORD]
    try:
        record = load.load(data, RECORD)
    except SencliError as fault:  # its own hint is for a file of these records
        raise InvalidValue(
            f"The file was not taken in: {fault.message}", _ASK
        ) from None
    if found := faults(record, "pupil"):
        line = load.lines(data.decode())
        listed = "".join(
            f"\n  {RECORD}:{line(one.path)}: {one.message}" for one in found[:20]
        )
        raise InvalidValue(
            f"The file was not taken in: its record is wrong.{listed}", _ASK
        )
    if record["id"] != pack.about["pupil"]:
        raise InvalidValue(
            "The file was not taken in: its record is not of the pupil on its list.",
            _ASK,
        )
    return record


def _checks(app: App, pack: TransferPack, record: Record) -> list[str]:
    """What was checked, in words.

    Raises:
        InvalidValue: history or attachments are not in order.
        IntegrityFault: the signature does not fit.
    """
    from sencli.exchange.transfer_pack import HISTORY
    from sencli.store.trust.detached import signed_by

    history = pack.json(HISTORY)
    events = arriving.events_of_history(history, pack.about["school"])
    if history.get("pupil") != record["id"]:
        raise InvalidValue(
            "The file was not taken in: its history is of another pupil.", _ASK
        )
    arriving.with_documents(record, pack.attachments, ())
    _catalogue(pack)
    checks = [
        f"checksums: {plural(len(pack.parts), 'part')} as they were sent",
        "the record fits its schema",
        f"attachments: {len(pack.attachments)}, as the record has them",
        f"history: {plural(len(events), 'change')}",
    ]
    if not pack.signature:
        return [*checks, "not signed: ask the school whether it sent this file"]
    who = signed_by(app.repo, pack.manifest, pack.signature)
    said = (
        f"signed by {who}: ask the school whether that is its key"
        if who
        else "signed in a way that is not checked here: ask the school"
    )
    return [*checks, said]


def _refuse_twice(pack: TransferPack, records: Sequence[Record]) -> None:
    """Refuse a file that was taken in before.

    Raises:
        Conflict: it was.
    """
    from sencli.exchange.transfer_pack import HISTORY

    mark = fingerprint(pack.parts[HISTORY])
    for record in records:
        for entry in record.get("documents", ()):
            if entry.get("sha256") == mark:
                raise Conflict(
                    f"This file was taken in on {words(entry['date'])}, into the "
                    f"record of {full_name(record)}. Nothing was changed.",
                    f"See it: sen history {record['id']}",
                )


def _refuse_known(record: Record, records: Sequence[Record], wish: _Wish) -> None:
    """Refuse a pupil who may be here already, where it was not said what to do.

    Raises:
        Conflict: there is one who is alike.
        InvalidValue: the one who was named is another child.
    """
    if wish.into:
        ours = next(one for one in records if one["id"] == wish.into)
        arriving.refuse_another(ours, record)
        return
    known = arriving.known_here(record, records)
    if known and not wish.new:
        listed = ", ".join(f"{full_name(one)} ({one['id']})" for one in known[:3])
        raise Conflict(
            f"{full_name(record)} may be here already: {listed}. Nothing was changed.",
            f"The same child: {command_line('--into', known[0]['id'])}\n"
            f"Another child: {command_line('--new')}",
        )


def _show(app: App, pack: TransferPack, record: Record, checks: Sequence[str]) -> None:
    """What is in the file, and what was checked."""
    born = record.get("date_of_birth")
    app.tell(f"{full_name(record)}{f', born {words(born)}' if born else ''}")
    app.tell(f"  from {pack.about['school']}, made on {words(pack.about['made'])}")
    app.tell(f"  {arriving.content_words(record)}")
    to = pack.about.get("to")
    if isinstance(to, str) and not same(to, str(app.school.get("name", ""))):
        app.tell(f"  Note: it was made for {to}.")
    for one in pack.about.get("withheld", ()):
        app.tell(f"  not in it, as it is restricted: {one}. Ask the school for it.")
    app.tell("Checked:")
    for line in checks:
        app.tell(f"  {line}")


def _act(
    app: App, draft: Draft, pack: TransferPack, record: Record, wish: _Wish
) -> Act:
    """The record as it stands here, with its attachments and its history."""
    from sencli.resources import load_schema

    school = str(pack.about["school"])
    taken = set(draft.pupil_ids())
    ours = draft.read(pupil_path(wish.into)) if wish.into else {}
    new_id = app.new_ids(record, ours)
    own = str(record["id"])
    pupil = wish.into or (own if own not in taken else app.new_ids(*taken)("pupil"))
    attached, renamed = _attachments(draft, pack, record, pupil, new_id)
    whole = arriving.with_documents(renamed, attached, ())
    kept = _kept(app, pack, new_id)
    whole["documents"] = [*whole["documents"], *(entry for entry, _ in kept)]
    catalogue, keys = arriving.with_catalogue(draft.read(PROVISIONS), _catalogue(pack))
    coming = arriving.Arriving(
        *(whole, school, app.today, pupil), wish.class_, wish.begins
    )
    made = arriving.arrived(coming, keys)
    if ours:
        made = arriving.put_together(ours, made, load_schema("pupil"))
    named = {entry["file"] for entry in made["documents"]}  # ours are here already
    for name, data in (*attached.items(), *((e["file"], d) for e, d in kept)):
        if name in named:
            draft.put_bytes(f"documents/{pupil}/{name}", data)
    return Act(
        made,
        f"Took in the record of {full_name(made)} ({pupil}) from {school}.",
        {"pupil": pupil},
        trailers=(
            ("Pupil", pupil),
            ("Origin", school),
            ("Manifest", hashlib.sha256(pack.manifest).hexdigest()),
        ),
        records={pupil_path(pupil): made, PROVISIONS: catalogue},
        action="import.transfer",
        subject=f"Take in the record of {pupil} from another school",
    )


def _attachments(
    draft: Draft, pack: TransferPack, record: Record, pupil: str, new_id: Any
) -> tuple[dict[str, bytes], Record]:
    """The attachments by the names that they get here; none of ours is written over."""
    attached, names = {}, {}
    for name, data in pack.attachments.items():
        here = name
        # a name that is not one of ours may be one that a system keeps for itself
        if not _OURS.fullmatch(name) or draft.exists(f"documents/{pupil}/{name}"):
            here = stored_name(new_id("document"), Path(name).suffix)
        attached[here] = data
        names[name] = here
    entries = [
        {**entry, "file": names.get(entry["file"], entry["file"])}
        for entry in record.get("documents", ())
    ]
    return attached, {**record, "documents": entries}


def _kept(
    app: App, pack: TransferPack, new_id: Any
) -> list[tuple[dict[str, Any], bytes]]:
    """The history, and the page to read, as documents of the record."""
    from sencli.exchange.transfer_pack import HISTORY
    from sencli.exchange.transfer_pack import PAGE

    school = str(pack.about["school"])
    found = []
    for name, title, kind in (
        (HISTORY, f"History at {school}", arriving.HISTORY),
        (PAGE, f"Record from {school}, to read", "record of another school"),
    ):
        if data := pack.parts.get(name):
            made = new_id("document")
            entry = {"id": made, "date": app.today, "title": title}
            entry["file"] = stored_name(made, Path(name).suffix)
            entry |= {"sha256": fingerprint(data), "from": school, "kind": kind}
            found.append((entry, data))
    return found


def _catalogue(pack: TransferPack) -> dict[str, list[Record]]:
    """Provisions and scales that the record names, held against their schema.

    Raises:
        InvalidValue: they do not fit it.
    """
    from sencli.exchange.transfer_pack import CATALOGUE
    from sencli.store.text.schema import faults

    found = pack.json(CATALOGUE)
    if not isinstance(found, dict) or faults({"schema": 1, **found}, "provisions"):
        raise InvalidValue(
            f"The file was not taken in: its {CATALOGUE} does not fit its schema.", _ASK
        )
    return {name: list(found.get(name, ())) for name in ("provisions", "scales")}
