"""Record that papers were given out: one commit for each print order."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from typing import TYPE_CHECKING
from typing import Any

from sencli.cli.shell.writing import SHORT
from sencli.errors import Conflict
from sencli.value import Value
from sencli.value import replace

if TYPE_CHECKING:
    from sencli.cli.papers.order import Copy
    from sencli.cli.papers.order import Order
    from sencli.cli.shell.app import Reading
    from sencli.core.people.context import Context
    from sencli.core.record.types import Record


class Given(Value):
    """The entries to record for the papers.

    Attributes:
        before: by id, the records as they were read.
        after: by id, the records as the papers themselves change them.
        papers: the pupil's id and the entry for ``issued``, for each pupil on a paper.
        words: what is said when it is recorded, with ``{commit}``.
    """

    before: Mapping[str, Record]
    after: Mapping[str, Record]
    papers: Sequence[tuple[str, dict[str, Any]]]
    words: str


def as_letters_make(
    reading: Reading, order: Order, copies: Sequence[Copy]
) -> list[Copy]:
    """The copies with records updated by the letters: informed, invited."""
    from sencli.core.papers.invitation_day import planned
    from sencli.core.papers.issue import with_letter as written
    from sencli.core.papers.meeting_told import AFTER

    after: dict[str, dict[str, Any]] = {}
    for copy in copies:
        pupil = str(copy.record["id"])
        if pupil in after:
            continue
        to = [c.contact for c in copies if c.contact and str(c.record["id"]) == pupil]
        kind = order.document.removeprefix("letter-")
        date = order.meeting.get("date")
        if not date and order.document not in AFTER:
            date = planned(kind, copy.record, reading.day)
        typed = {"date": date} if date else {}
        told = ("service", "time", "place")
        typed |= {key: order.meeting[key] for key in told if order.meeting.get(key)}
        nothing = {"specialist-consent": "service"}.get(kind, "date") not in typed
        if nothing and not kind.startswith(("support", "after")):
            # the letter itself says what it lacks
            after[pupil] = copy.record
            continue
        context = context_of(reading, copy.record)
        after[pupil] = written(copy.record, order.document, to, typed, context)
    return [replace(copy, record=after[str(copy.record["id"])]) for copy in copies]


def save(reading: Reading, order: Order, given: Given) -> str:
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
        after[pupil] = issue(record, paper, context_of(reading, record))

    whom = next(iter(after)) if len(after) == 1 else f"{len(after)} pupils"
    message = Message(
        "paper.issue",
        f"Record {order.document} for {whom}",
        tuple(("Pupil", pupil) for pupil in after),
    )
    with reading.app.repo.changing() as attempts:
        for draft in attempts:
            for pupil, record in after.items():
                path = pupil_path(pupil)
                now, before = draft.known(path), given.before[pupil]
                # what is of a day to come was not counted, and is kept
                if before not in (now, reading.on_the_day(now)):
                    raise Conflict(
                        "A record changed while the paper was made; nothing was "
                        "recorded.",
                        "Type the command again.",
                    )
                draft.put(path, record, before)
            attempts.commit(message)
    written = attempts.written
    if written.warning:
        reading.app.tell(written.warning)
    return written.commit[:SHORT]


def context_of(reading: Reading, record: Mapping[str, Any]) -> Context:
    """Day, ids and school for a change of one record."""
    from sencli.core.people.context import Context

    return Context(reading.app.today, reading.app.new_ids(record), reading.school)
