"""``sen export transfer``: one pupil's record as a file for the next school."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

import click

from sencli.cli.shell.app import App
from sencli.cli.shell.app import pass_app
from sencli.cli.shell.options import LINE
from sencli.cli.shell.options import PAST
from sencli.cli.shell.options import writing
from sencli.cli.shell.prompts import ask
from sencli.cli.shell.prompts import confirmed
from sencli.cli.shell.writing import of_pupil
from sencli.cli.shell.writing import save
from sencli.core.papers import travelling
from sencli.core.people.context import Context
from sencli.core.record.act import Act
from sencli.core.record.lookup import academic_year
from sencli.core.record.lookup import full_name
from sencli.core.text.plural import plural
from sencli.errors import EnvironmentFault
from sencli.store.records.records import pupil_path

if TYPE_CHECKING:
    from collections.abc import Callable
    from collections.abc import Sequence

    from sencli.cli.papers.pupil_papers import PupilPapers
    from sencli.core.papers.travelling import Travelling
    from sencli.core.record.types import Record
    from sencli.exchange.transfer_pack import TransferPack
    from sencli.store.records.draft import Draft

_AUDIENCE = "new-school"
_DOCUMENT = "transfer"


@click.command("transfer")
@click.argument("who", metavar="PUPIL")
@click.option("--to", type=LINE, metavar="SCHOOL", help="The next school.")
@click.option("--sent", type=PAST, help="The day it goes (default today).")
@click.option(
    "--output",
    metavar="FILE.zip",
    help="Where to (transfer-ID.zip, beside the records).",
)
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@click.option(
    "--include",
    multiple=True,
    metavar="ID",
    help="Send this restricted item too; repeat for more.",
)
@click.option("--yes", is_flag=True, help="Send it though it names another child.")
@writing
@pass_app
def transfer(
    app: App,
    *,
    who: str,
    to: str | None,
    sent: str | None,
    output: str | None,
    force: bool,
    include: tuple[str, ...],
    yes: bool,
    fmt: str,
) -> None:
    """Make one file of a pupil's record for the next school.

    It holds a page that anybody can read, the history with who recorded what, the
    attachments, SEN data in the shape of a CTF, a receipt to sign, checksums and, where
    changes are signed, a signature. No other pupil's data goes. What is restricted
    stays here unless --include names it; that it exists is said. That it was sent is
    noted, which closes the line in sen due. Give it by a safe way: s2s, or by hand.
    """
    from sencli.cli.shell.output import check_ending
    from sencli.cli.shell.output import check_file
    from sencli.exchange.transfer_pack import packed
    from sencli.store.files import files
    from sencli.store.repository import print_scratch

    reading = app.read()
    record = reading.recorded(who)
    pupil = str(record["id"])
    path = Path(output) if output else _beside(app) / f"transfer-{pupil}.zip"
    check_ending(str(path), None, {"zip": ".zip"})
    check_file(path, force=force)
    known = to or travelling.next_school(record) or None
    school = ask(known, "--to", "To which school", "SCHOOL")
    pack, contents = _pack(app, record, school, frozenset(include), yes=yes)

    def work(draft: Draft) -> Act:
        return _noted(app, draft.read(pupil_path(pupil)), school, sent or app.today)

    # what is not noted must not be there to go out
    with print_scratch.scratch(str(path.parent), str(app.repo.root)) as folder:
        made = str(Path(folder, path.name))
        try:
            files.overwrite(made, packed(pack))
        except OSError as error:
            raise EnvironmentFault(
                f"{path} cannot be written: {error.strerror}."
            ) from error
        save(app, work, fmt)
        files.move(made, str(path))
    app.tell(f"Written: {path}")
    for line in contents:
        app.tell(f"  {line}")


def _beside(app: App) -> Path:
    """The current folder, or that of the records where they are within it."""
    root, here = app.repo.root, Path.cwd()
    return root.parent if root in (here, *here.parents) else Path()


def _noted(app: App, record: Record, school: str, day: str) -> Act:
    """The record with the note that it was sent."""
    from sencli.core.papers.issue import issue
    from sencli.core.record.fingerprint import fingerprint

    pupil = str(record["id"])
    paper = {"document": _DOCUMENT, "to": school, "audience": _AUDIENCE}
    paper["content"] = fingerprint([record])
    sent = travelling.with_sent(record, school, day)
    context = Context(app.today, app.new_ids(record), app.school)
    act = Act(
        issue(sent, paper, context),
        f"The record of {full_name(record)} goes to {school}; noted as sent.",
    )
    return of_pupil(act, pupil, "export.transfer", f"Send the record of {pupil}")


def _pack(
    app: App, record: Record, to: str, include: frozenset[str], *, yes: bool
) -> tuple[TransferPack, list[str]]:
    """The file, and what is in it in words."""
    from sencli.cli.shell.output import rendered
    from sencli.core.handover.arriving import events_of_history
    from sencli.documents.lists.history import history_view
    from sencli.documents.packs.receipt import receipt
    from sencli.exchange import transfer_pack as pack
    from sencli.store.text.dump import dumps
    from sencli.store.trust.detached import signature_of

    job = _job(app, record, include)
    (view,) = job.views()
    going = travelling.travelling(record, job.rules, include, app.school, app.today)
    hidden = _others(app, record)
    _refuse_named(app, going, hidden, yes=yes)
    events = _history(app, going, hidden)
    attached = {
        entry["file"]: app.repo.read_bytes(f"documents/{record['id']}/{entry['file']}")
        for entry in going.record.get("documents", ())
    }
    name, school = full_name(record), str(app.school.get("name", ""))
    history = {"school": school, "pupil": record["id"], "events": events}
    told = history_view(
        f"History of {name}",
        app.school,
        app.today,
        events_of_history(history, school),
        "prose",
    )
    contents = [
        "the record, to read (record.pdf, record.html) and as data",
        f"its history: {plural(len(events), 'change')}, with who made each",
        *(
            f"attachment: {travelling.attachment_words(one)}"
            for one in going.record.get("documents", ())
        ),
        "SEN status and needs in the shape of a CTF (not one to send by s2s)",
    ]
    paper = receipt(record, job.setting(""), to, contents, going.withheld)
    parts = {
        "README.txt": travelling.readme(going, school, to, app.today).encode(),
        pack.PAGE: rendered(app, [view], "pdf", pack.PAGE),
        "record.html": rendered(app, [view], "html", "record.html"),
        "history.html": rendered(app, [told], "html", "history.html"),
        pack.RECEIPT: rendered(app, [paper], "pdf", pack.RECEIPT),
        "receipt.html": rendered(app, [paper], "html", "receipt.html"),
        "sen-data-ctf.xml": _ctf(app, going.record),
        pack.RECORD: dumps(going.record, "pupil").encode(),
        pack.CATALOGUE: _json(travelling.used(going.record, app.repo.provisions())),
        pack.HISTORY: _json(history),
        **{f"{pack.ATTACHMENTS}{file}": data for file, data in attached.items()},
    }
    about = {"school": school, "to": to, "pupil": record["id"], "made": app.today}
    manifest = pack.manifest_of({**about, "withheld": list(going.withheld)}, parts)
    signature = signature_of(app.repo, manifest)
    contents.append("checksums, and a signature" if signature else "checksums")
    contents += [f"not sent, as it is restricted: {one}" for one in going.withheld]
    return pack.TransferPack(about, parts, manifest, signature), contents


def _json(data: object) -> bytes:
    return f"{json.dumps(data, ensure_ascii=False, indent=1)}\n".encode()


def _job(app: App, record: Record, include: frozenset[str]) -> PupilPapers:
    """The page for whoever reads it at the next school, ready to be made."""
    from sencli.cli.papers.order import Order
    from sencli.cli.papers.pupil_papers import PupilPapers

    pupils = (str(record["id"]),)
    order = Order("case", fmt="pdf", pupils=pupils, audience=_AUDIENCE, include=include)
    job = PupilPapers(app, order)
    job.check()
    return job


def _others(app: App, record: Record) -> Callable[[str], bool]:
    """What says of a text whether it names another child."""
    from sencli.core.papers.plain_english import Guard
    from sencli.store.repository.pupil_names import pupil_names

    staff = [str(person["name"]) for person in app.school.get("staff", ())]
    guard = Guard({}, pupil_names(app.repo), staff)
    return lambda text: bool(guard.others(text, record))


def _refuse_named(
    app: App, going: Travelling, hidden: Callable[[str], bool], *, yes: bool
) -> None:
    """Ask where a text that goes names another child.

    Raises:
        UsageFault: nobody can be asked.
    """
    found = [text for text in _texts(going.record) if hidden(text)]
    for text in found:
        app.tell(f"Names another child: {text}")
    if found:
        app.tell(f"Change it: sen pupil edit {going.record['id']}")
        confirmed("Send it all the same?", yes=yes)


def _texts(value: Any) -> Sequence[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value
    if not isinstance(value, dict | list):
        return []
    return [text for one in inner for text in _texts(one)]


def _history(
    app: App, going: Travelling, hidden: Callable[[str], bool]
) -> list[dict[str, Any]]:
    """Who recorded what when, of what goes."""
    from sencli.cli.safety.history import events_of
    from sencli.core.papers.redact import redact
    from sencli.resources import load_schema
    from sencli.value import replace

    root, own = load_schema("pupil"), str(going.record["id"])
    versions = app.repo.history(pupil_path(own))

    def seen(record: Record | None) -> Record | None:
        made = None if record is None else redact(record).record
        return travelling.standing(made, going.kept, root)

    told = [replace(v, old=seen(v.old), new=seen(v.new), more=0) for v in versions]
    ids = frozenset(app.repo.pupil_ids())
    return travelling.history_told(events_of(app, told), own, ids, hidden)


def _ctf(app: App, record: Record) -> bytes:
    """The SEN data in the shape of a CTF."""
    from sencli.core.handover.ctf import needs_of
    from sencli.core.handover.ctf import statuses_of
    from sencli.exchange import ctf

    fields = {
        "upn": record.get("upn", ""),
        "formerupn": record.get("former_upn", ""),
        "surname": record.get("last_name", ""),
        "forename": record["first_name"],
        "dob": record.get("date_of_birth", ""),
        "sex": str(record.get("sex", ""))[:1].upper(),
    }
    pupil = ctf.CtfPupil(
        *(1, fields, tuple(statuses_of(record, app.today))),
        tuple(ctf.CtfNeed(**need) for need in needs_of(record, app.today)),
    )
    school = app.school
    numbers = {"LEA": school.get("authority"), "Estab": school.get("establishment")}
    return ctf.written(
        app.today,
        academic_year(app.today),
        str(school.get("name", "")),
        pupil,
        {name: str(text) for name, text in numbers.items() if text},
    )
