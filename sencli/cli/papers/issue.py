"""Record that papers were given out: one commit for each print order."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import Any

from sencli.cli.shell.writing import SHORT
from sencli.errors import Conflict
from sencli.value import replace

if TYPE_CHECKING:
    from sencli.cli.papers.print_job import Given
    from sencli.cli.papers.print_job import PrintJob
    from sencli.cli.papers.readers import Copy
    from sencli.core.people.context import Context


def as_letters_make(job: PrintJob, copies: Sequence[Copy]) -> list[Copy]:
    """The copies with the records as the letters make them: told, invited."""
    from sencli.core.papers.invitation_day import planned
    from sencli.core.papers.issue import with_letter as written

    order, day = job.order, job.reading.day
    after: dict[str, dict[str, Any]] = {}
    for copy in copies:
        pupil = str(copy.record["id"])
        if pupil in after:
            continue
        to = [c.contact for c in copies if c.contact and str(c.record["id"]) == pupil]
        kind = order.document.removeprefix("letter-")
        date = order.meeting.get("date") or planned(kind, copy.record, day)
        typed = {"date": date} if date else {}
        if service := order.meeting.get("service"):
            typed["service"] = service
        nothing = {"specialist-consent": "service"}.get(kind, "date") not in typed
        if nothing and not kind.startswith("support"):
            # the letter itself says what it lacks
            after[pupil] = copy.record
            continue
        context = _context(job, copy.record)
        after[pupil] = written(copy.record, order.document, to, typed, context)
    return [replace(copy, record=after[str(copy.record["id"])]) for copy in copies]


def save(job: PrintJob, given: Given) -> str:
    """Write what was given to whom; the short name of the commit.

    Raises:
        Conflict: a record changed while the papers were made.
    """
    from sencli.core.papers.issue import issue
    from sencli.store.records.draft import Message
    from sencli.store.records.records import pupil_path

    after = {**given.after}
    for pupil, paper in given.papers:
        record = after.get(pupil, given.before[pupil])
        after[pupil] = issue(record, paper, _context(job, record))

    whom = next(iter(after)) if len(after) == 1 else f"{len(after)} pupils"
    message = Message(
        "paper.issue",
        f"Record {job.order.document} for {whom}",
        tuple(("Pupil", pupil) for pupil in after),
    )
    with job.app.repo.changing() as attempts:
        for draft in attempts:
            for pupil, record in after.items():
                path = pupil_path(pupil)
                if draft.read(path) != given.before[pupil]:
                    raise Conflict(
                        "A record changed while the paper was made; nothing was "
                        "recorded.",
                        "Type the command again.",
                    )
                draft.put(path, record)
            attempts.commit(message)
    written = attempts.written
    if written.warning:
        job.app.tell(written.warning)
    return written.commit[:SHORT]


def _context(job: PrintJob, record: Mapping[str, Any]) -> Context:
    from sencli.core.people.context import Context

    return Context(job.app.today, job.app.new_ids(record), job.reading.school)
