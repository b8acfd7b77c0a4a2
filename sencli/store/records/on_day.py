"""The records as at a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sencli.resources import newer
from sencli.store.records.records import pupil_path

if TYPE_CHECKING:
    from sencli.core.record.types import Record
    from sencli.store.records.records import Records


class RecordsOnDay:
    """Pupils' records as one command sees them.

    Attributes:
        source: where they are read.
        day: ISO date.
        filtered: whether what is dated after the day is dropped.
        whole: by id, the records of which something of a day to come is not counted.
        written: by id, what a newer version of the program wrote, all of it: a paper's
            check code is of that.
    """

    def __init__(self, source: Records, day: str, *, filtered: bool) -> None:
        self.source = source
        self.day = day
        self.filtered = filtered
        self.whole: dict[str, Record] = {}
        self.written: dict[str, Record] = {}

    def pupil(self, pupil_id: str) -> Record:
        """One record, as at the day where one was asked for."""
        shown = self.on_the_day(self.source.pupil(pupil_id))
        if newer():
            whole = self.source.read(pupil_path(pupil_id))
            self.written[pupil_id] = self.on_the_day(whole) if self.filtered else whole
        return shown

    def on_the_day(self, record: Record) -> Record:
        """A record as at the day where one was asked for; no session before its day."""
        if not self.filtered:
            from sencli.core.checks.future_events import done_by

            made = done_by(record, self.day)
            if made is not record:
                self.whole[str(record["id"])] = record
            return made
        from sencli.core.record.as_at import as_at
        from sencli.resources import load_schema

        return as_at(record, self.day, load_schema("pupil"))
