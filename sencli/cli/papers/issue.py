"""Papers that were given, written into the records: one commit an order."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from sencli.cli.shell.writing import SHORT
from sencli.errors import Conflict
from sencli.value import replace

if TYPE_CHECKING:
    from sencli.cli.papers.hand_out import Counter
    from sencli.cli.papers.hand_out import Job
    from sencli.cli.shell.app import App
    from sencli.core.people.context import Ground
    from sencli.documents.view import View
    from sencli.store.records.draft import Draft
    from sencli.store.records.draft import Message


def told(counter: Counter, jobs: Sequence[Job]) -> list[Job]:
    """The jobs with the records as the letters make them: told, invited."""
    from sencli.core.papers.invitation_day import planned
    from sencli.core.papers.issue import told as written

    order, day = counter.order, counter.reading.day
    after: dict[str, dict[str, Any]] = {}
    for job in jobs:
        pupil = str(job.record["id"])
        if pupil in after:
            continue
        to = [j.contact for j in jobs if j.contact and str(j.record["id"]) == pupil]
        kind = order.document.removeprefix("letter-")
        date = order.meeting.get("date") or planned(kind, job.record, day)
        typed = {"date": date} if date else {}
        if service := order.meeting.get("service"):
            typed["service"] = service
        nothing = {"specialist-consent": "service"}.get(kind, "date") not in typed
        if nothing and not kind.startswith("support"):
            # the letter itself says what it lacks
            after[pupil] = job.record
            continue
        ground = _ground(counter, job.record)
        after[pupil] = written(job.record, order.document, to, typed, ground)
    return [replace(job, record=after[str(job.record["id"])]) for job in jobs]


def save(
    counter: Counter,
    before: Mapping[str, dict[str, Any]],
    jobs: Sequence[Job],
    views: Sequence[View],
) -> None:
    """Write what was given to whom, and say so.

    Raises:
        Conflict: a record changed while the papers were made.
    """
    from sencli.cli.shell.output import check_file
    from sencli.core.papers.issue import issue

    order = counter.order
    if order.output is not None and not order.each:
        # what cannot be written must not be recorded
        check_file(Path(order.output), force=order.force)
    after: dict[str, dict[str, Any]] = {}
    for job, view in zip(jobs, views, strict=True):
        pupil = str(job.record["id"])
        record = after.get(pupil, job.record)
        service = order.meeting.get("service", "")
        paper = {
            "document": f"{order.document} ({service})" if service else order.document,
            "to": job.to,
            "audience": order.audience,
            "content": view.fingerprint,
        }
        after[pupil] = issue(record, paper, _ground(counter, record))

    written = commit(counter.app, order.document, before, after)
    papers = "1 paper" if len(jobs) == 1 else f"{len(jobs)} papers"
    counter.app.tell(f"Recorded: {papers} given (saved as {written}).")


def commit(
    app: App,
    document: str,
    before: Mapping[str, dict[str, Any]],
    after: Mapping[str, dict[str, Any]],
) -> str:
    """Write the records in which a paper is noted; the short name of the commit.

    Raises:
        Conflict: a record changed while the paper was made.
    """
    from sencli.store.records.records import pupil_path

    def act(draft: Draft) -> Message:
        from sencli.store.records.draft import Message

        for pupil, record in after.items():
            path = pupil_path(pupil)
            if draft.read(path) != before[pupil]:
                raise Conflict(
                    "A record changed while the paper was made; nothing was recorded.",
                    "Type the command again.",
                )
            draft.put(path, record)
        whom = next(iter(after)) if len(after) == 1 else f"{len(after)} pupils"
        return Message(
            "paper.issue",
            f"Record {document} for {whom}",
            tuple(("Pupil", pupil) for pupil in after),
        )

    written = app.repo.change(act)
    if written.warning:
        app.tell(written.warning)
    return written.commit[:SHORT]


def _ground(counter: Counter, record: Mapping[str, Any]) -> Ground:
    from sencli.core.people.context import Ground

    return Ground(
        counter.app.today, counter.app.new_ids(record), counter.reading.school
    )
