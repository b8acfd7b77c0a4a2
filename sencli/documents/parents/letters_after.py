"""Letters to parents after a meeting: what was agreed, or that they were missed."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from functools import partial

from sencli.core.papers.meeting_told import meeting_held
from sencli.core.papers.meeting_told import meeting_missed
from sencli.core.papers.meeting_told import names_of
from sencli.core.papers.meeting_told import no_meeting
from sencli.core.record.types import Entry
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.parents.letters import Letter
from sencli.documents.parents.letters import letter_view
from sencli.documents.parents.summary_next import next_meeting
from sencli.documents.view import Block
from sencli.documents.view import Fields
from sencli.documents.view import View

Row = tuple[str, str]


def build(
    kind: str,
    records: Sequence[Entry],
    setting: PaperContext,
    request: PaperRequest | None = None,
) -> tuple[View, ...]:
    """A letter of that kind about each pupil, to the contact asked for.

    Args:
        kind: ``missed-meeting`` or ``after-meeting``.
        records: the pupils'.
        setting: school, day and words.
        request: to whom; the day of the meeting where it is not the newest.

    Raises:
        InvalidValue: nothing may be shared with the contact, or no such meeting is
            recorded.
    """
    request = request or PaperRequest()
    return tuple(
        letter_view(_LetterAfter, kind, record, setting, request) for record in records
    )


missed_meeting = partial(build, "missed-meeting")
after_meeting = partial(build, "after-meeting")


class _LetterAfter(Letter):
    """A letter about a meeting that is over."""

    def day(self) -> str:
        """The day of the meeting.

        Raises:
            InvalidValue: none is recorded that this reader missed, or came to.
        """
        today, on = self.setting.day, self.request.meeting.get("date", "")
        if self.kind == "missed-meeting":
            found = meeting_missed(self.whole, self.request.to, today, on)
        else:
            held = meeting_held(self.record, today, on)
            found = str(held["date"]) if held else ""
        if not found:
            raise no_meeting(self.kind, self.record, today, on)
        return found

    def body(self) -> str:
        """The first paragraphs; nobody is thanked for a meeting that they missed."""
        held = meeting_held(self.record, self.setting.day, self.day()) or {}
        who = names_of(self.request.to)
        came = not self.request.to or who & {*map(str, held.get("attended", ()))}
        key = "body" if came or self.kind == "missed-meeting" else "absent"
        return self.said(key)

    def particulars(self) -> list[Block]:
        """Who came, what was agreed, what is to be done, when we meet next."""
        held = meeting_held(self.record, self.setting.day, self.day())
        if self.kind == "missed-meeting" or held is None:
            return []
        return [Fields(tuple(self._told(held)))]

    def _told(self, held: Entry) -> Iterator[Row]:
        words, day = self.words, str(held["date"])
        if came := self.people.names(held.get("attended", ()), day):
            yield words("letters.present"), words.joined(came)
        agreed = [held[key] for key in ("agreed", "next_steps") if key in held]
        decided = [
            words.find(f"decisions.{code}") for code in held.get("decisions", ())
        ]
        if said := [*filter(None, decided), *agreed]:
            yield words("letters.agreed"), "\n".join(dict.fromkeys(said))
        promised = [self._promise(action) for action in held.get("actions", ())]
        if promised:
            yield words("letters.to_do"), "\n".join(promised)
        if meet := next_meeting(self.record, self.setting):
            yield words("letters.meet_next"), meet

    def _promise(self, action: Entry) -> str:
        """One promise: who does what, by when."""
        text = str(action["text"])
        if "by" in action:
            who = self.people.name_on(action["by"], self.setting.day)
            text = self.words("around.promise", person=who, what=text)
        if "due" in action:
            date = self.words.date(action["due"])
            text = self.words("around.promise_by", promise=text, date=date)
        return text
