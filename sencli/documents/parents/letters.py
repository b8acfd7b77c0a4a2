"""Letters to parents: one page each, from the wording and the record."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from sencli.core.papers.invitation_day import coming
from sencli.core.papers.invitation_day import doubt
from sencli.core.papers.invitation_day import has_notice
from sencli.core.papers.invitation_day import parted
from sencli.core.papers.invitation_day import planned
from sencli.core.papers.redact import Redacted
from sencli.core.papers.return_day import return_day
from sencli.core.people.address import dear_name
from sencli.core.people.address import envelope_name
from sencli.core.people.address import home_address
from sencli.core.people.parent_privacy import PUPIL
from sencli.core.people.parents import is_professional
from sencli.core.pupil import support_since
from sencli.core.record import lookup
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Entry
from sencli.core.statutory import moves
from sencli.core.text.placeholders import REASON
from sencli.documents.made_in.letter_frame import closing
from sencli.documents.made_in.letter_frame import in_language
from sencli.documents.made_in.letter_frame import lacking
from sencli.documents.made_in.letter_frame import opening
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.made_in.paper_request import why_you
from sencli.documents.made_in.people import People
from sencli.documents.made_in.people import signs
from sencli.documents.parents import support
from sencli.documents.parents.summary import cycle_shown
from sencli.documents.parents.summary import known_needs
from sencli.documents.view import Aside
from sencli.documents.view import Block
from sencli.documents.view import Cut
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Sign
from sencli.documents.view import Space
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.errors import InvalidValue

INVITATIONS = ("review-invitation", "annual-review-invitation", "review-reminder")
"""The letters about a meeting to come."""
_DATED_IN_FULL = (*INVITATIONS, "missed-meeting", "after-meeting")


def build(
    kind: str,
    records: Sequence[Entry],
    setting: PaperContext,
    request: PaperRequest | None = None,
) -> tuple[View, ...]:
    """A letter of that kind about each pupil, to the contact asked for.

    Args:
        kind: a section of the wording's ``letters``, such as ``support-begins``.
        records: the pupils'.
        setting: school, day and words.
        request: to whom; the meeting; without a contact it is to parents and carers.

    Raises:
        InvalidValue: nothing may be shared with the contact, or what the letter is
            about is not recorded.
    """
    request = request or PaperRequest()
    return tuple(
        letter_view(Letter, kind, record, setting, request) for record in records
    )


support_begins = partial(build, "support-begins")
support_ends = partial(build, "support-ends")
review_invitation = partial(build, "review-invitation")
annual_review_invitation = partial(build, "annual-review-invitation")
specialist_consent = partial(build, "specialist-consent")
review_reminder = partial(build, "review-reminder")


def letter_view(
    maker: type[Letter],
    kind: str,
    record: Entry,
    setting: PaperContext,
    request: PaperRequest,
) -> View:
    """One letter about one pupil, of the class that knows this kind."""
    seen = request.for_family(f"letter-{kind}", record, setting)
    letter = maker(kind, seen, setting, request, record)
    blocks = letter.blocks()
    return setting.view(
        letter.said("title"),
        blocks,
        [record],
        opening=letter.opening(),
        footer=setting.words("summary.footer", school=setting.school.get("name", "")),
        asides=letter.asides(record),
    )


class Letter:
    """One letter: what goes into its words, and its parts."""

    def __init__(
        self,
        kind: str,
        seen: Redacted,
        setting: PaperContext,
        request: PaperRequest,
        whole: Entry,
    ) -> None:
        self.kind = kind
        self.whole = whole
        self.record = seen.record
        self.setting = setting
        self.words = setting.words
        self.request = request
        self.cycle: Entry = cycle_shown(self.record, request.cycle) or {}
        teacher = str(self.cycle.get("teacher", ""))
        self.people = People(self.record, setting, teacher)
        self.contact = _contact(self.record, request.to, setting.day)
        self.values = self._values()

    def said(self, key: str) -> str:
        """A text of this letter."""
        return self.words(f"letters.{self.kind}.{key}", **self.values)

    def _values(self) -> dict[str, str]:
        school = self.setting.school
        day = self.day()
        return {
            "name": lookup.display_name(self.record),
            "child": self.people.pupil,
            "school": str(school.get("name", "")),
            "senco": self.people.name("senco"),
            "date": self._written(day),
            "notice": self._notice(day),
            "service": self.request.meeting.get("service", ""),
        }

    def _written(self, day: str) -> str:
        """The day in words; that of a meeting with its weekday."""
        if not day:
            return ""
        full = self.kind in _DATED_IN_FULL
        return self.words.full_date(day) if full else self.words.date(day)

    def _notice(self, day: str) -> str:
        """That reports come two weeks before the meeting, where there is time."""
        key = f"letters.{self.kind}.notice"
        known = day and self.words.find(key)
        return self.words(key) if known and has_notice(day, self.setting.day) else ""

    def asides(self, whole: Entry) -> tuple[Aside, ...]:
        """Advice for the writer: a reason left out, too little notice."""
        found = []
        name = self.values["name"]
        if not self.request.reasons and not self.request.meeting.get("reason"):
            status = lookup.status_on(whole, self.setting.day)
            kept = {
                "support-ends": status.get("reason", ""),
                "specialist-consent": self._asked_for(whole),
            }
            if kept.get(self.kind):
                said = f"{name}: the reason in the record is not on the letter."
                give = f"To give one: --reason {REASON}, or --with-reasons"
                found.append(Aside(said, give))
        short = f"letters.{self.kind}.notice"
        if self.words.find(short) is not None and not self.values["notice"]:
            said = f"{name}: the meeting is less than two weeks away."
            found.append(Aside(said, "Everybody invited is to have two weeks' notice."))
        if self.kind in INVITATIONS and self.contact.get("interpreter"):
            language = self.contact.get("language", "which language is not recorded")
            said = f"{self.contact['name']} needs an interpreter ({language})."
            found.append(Aside(said, "Book one for the meeting."))
        family = self._for_family
        return (*found, *lacking(self.setting, self.people, for_family=family))

    @property
    def _for_family(self) -> bool:
        return not is_professional(self.contact)

    def day(self) -> str:
        """The day that the letter is about: the meeting's, or the change of status."""
        if self.kind in {"support-begins", "support-ends"}:
            return support_since.code_since(self.record, self.setting.day)
        if self.kind == "specialist-consent":
            return self.setting.day
        if date := self.request.meeting.get("date", ""):
            return date
        kinds = INVITATIONS[:2] if self.kind == "review-reminder" else (self.kind,)
        today = self.setting.day
        days = filter(None, (planned(kind, self.record, today) for kind in kinds))
        return min(days, default="")

    def opening(self) -> tuple[Text, ...]:
        """The address, the date and the salutation."""
        contact = self.contact
        if self.request.to == PUPIL:
            where = home_address(self.record.get("contacts", ()))
            return opening(
                self.setting, [self.values["name"], where], self.values["child"]
            )
        if not contact:
            everybody = self.words("people.parent")
            return opening(self.setting, [everybody], self.words("letters.everybody"))
        address = [envelope_name(contact), str(contact.get("address", ""))]
        family_name = str(self.record.get("last_name", ""))
        return opening(self.setting, address, dear_name(contact, family_name))

    def blocks(self) -> list[Block]:
        """The body, the close and the slip."""
        body: list[Block] = [Text(text) for text in self.body().split("\n\n")]
        body[1:1] = self.particulars()
        body[:0] = why_you(self.words, self.values["child"])
        if by := self._moves_by():
            text = self.words("letters.move", child=self.values["child"], date=by)
            body.append(Text(text))
        own = self.words.section(f"letters.{self.kind}")
        body += [Text(self.said(key)) for key in ("next", "disagree") if key in own]
        if text := self._spoken():
            body.append(Text(text))
        closed = closing(self.setting, self.people, for_family=self._for_family)
        return body + closed + self._slip()

    def body(self) -> str:
        """The paragraphs that the letter begins with."""
        return self.said("body")

    def _spoken(self) -> str:
        """The interpreter at a meeting, or the offer to explain the letter."""
        language = str(self.contact.get("language", ""))
        if self.kind in INVITATIONS and self.contact.get("interpreter"):
            key = "interpreter" if language else "interpreter_any"
            return self.words(f"letters.{key}", language=language)
        return in_language(self.setting, language)

    def particulars(self) -> list[Block]:
        """What stands below the first paragraph."""
        if self.kind == "support-begins":
            return self._plan()
        if self.kind in INVITATIONS:
            return self._meeting()
        if self.kind == "specialist-consent":
            return self._specialist()
        return self._reason()

    def _plan(self) -> list[Block]:
        """The start of support: needs, outcomes, interventions, review."""
        words, day = self.words, self.setting.day
        plan = self._of_now().get("plan", {})
        rows = []
        if needs := known_needs(self.record, self.setting):
            rows.append((words("letters.needs"), words.listed(needs)))
        if aims := [outcome["outcome"] for outcome in plan.get("outcomes", ())]:
            rows.append((words("letters.aims"), "\n".join(aims)))
        helped = [
            support.name_of(self.setting.provision(item["provision"]))
            for item in plan.get("interventions", ())
            if item.get("until", STILL) >= day
        ]
        helped += [
            strategy["text"]
            for strategy in plan.get("strategies", ())
            if strategy.get("until", STILL) >= day
        ]
        if helped:
            rows.append((words("letters.help"), "\n".join(dict.fromkeys(helped))))
        due = plan.get("review_by", "")
        if due >= day and not lookup.gone_by(self.record, due):
            rows.append((words("letters.review"), words.date(due)))
        return [Fields(tuple(rows))] if rows else []

    def _of_now(self) -> Entry:
        """The cycle that is open, whose plan is what support consists of now."""
        over = "review" in self.cycle or "closed" in self.cycle
        return {} if over else self.cycle

    def _meeting(self) -> list[Block]:
        day = self.day()
        meeting = {**self._kept(day), **self.request.meeting}
        name = self.values["name"]
        if not day or not meeting.get("time"):
            lacks = "At what time" if day else "On what day"
            given = f"--on {day} " if day else "--on DATE "
            raise InvalidValue(
                f"{lacks} is the meeting about {name}?",
                f"Give the day and the time: {given}--time TIME",
            )
        terms = self.setting.school.get("terms", ())
        why = doubt(day, self.setting.day, terms)
        why = why or parted(self.kind, self.record, day)
        if why and not self.request.any_day:
            raise InvalidValue(
                f"{why} Nobody can be invited to a meeting about {name} on that day.",
                "Give another day: --on DATE; if it is right all the same: --any-day",
            )
        rows = [
            (self.words("letters.day"), self.values["date"]),
            (self.words("letters.time"), meeting["time"]),
            (self.words("letters.place"), meeting.get("place", "")),
            (self.words("letters.also_invited"), self._also_invited(day)),
        ]
        return [Fields(tuple((name, text) for name, text in rows if text))]

    def _kept(self, day: str) -> dict[str, str]:
        """Time and place of the meeting on that day, as they are recorded."""
        to_come = (coming(k, self.record, self.setting.day) for k in INVITATIONS[:2])
        found = next((one for one in to_come if one.get("date") == day), {})
        return {key: str(found[key]) for key in ("time", "place") if key in found}

    def _also_invited(self, day: str) -> str:
        """People invited to the annual review besides the parents, if recorded."""
        if self.kind != "annual-review-invitation":
            return ""
        reviews = self.record.get("ehc", {}).get("reviews", ())
        asked = [i for r in reviews if r["date"] == day for i in r.get("invited", ())]
        roles = dict.fromkeys(str(entry["role"]) for entry in asked)
        return self.words.joined(
            [
                self.words(f"invited.{role}", name=self.values["child"])
                for role in roles
                if self.words.find(f"invited.{role}") is not None
            ]
        )

    def _moves_by(self) -> str:
        """By when the plan is amended, where the review is about a move; or ""."""
        day, reviews = self.day(), self.record.get("ehc", {}).get("reviews", ())
        of_move = any(
            r["date"] == day and r.get("kind") == "phase_transfer" for r in reviews
        )
        if self.kind != "annual-review-invitation" or not of_move:
            return ""
        return self.words.date(moves.amended_by(self.record, self.setting.school, day))

    def _specialist(self) -> list[Block]:
        if not self.values["service"]:
            raise InvalidValue(
                "Which specialist is it about?",
                "Name the service: --service SERVICE",
            )
        reason = self.request.meeting.get("reason", "") or self._asked_for(self.record)
        return [Text(self.words("letters.because", reason=reason))] if reason else []

    def _asked_for(self, record: Entry) -> str:
        """Why the specialist is to be asked, by the record."""
        service = self.request.meeting.get("service", "").casefold()
        return next(
            (
                str(entry.get("reason", ""))
                for entry in reversed(record.get("specialists", ()))
                if entry["service"].casefold() == service
            ),
            "",
        )

    def _reason(self) -> list[Block]:
        status = lookup.status_on(self.record, self.setting.day)
        reason = self.request.meeting.get("reason", "") or status.get("reason", "")
        return [Text(self.words("letters.because", reason=reason))] if reason else []

    def _slip(self) -> list[Block]:
        if self.words.find(f"letters.{self.kind}.slip") is None:
            return []
        boxes = [f"[   ]  {choice}" for choice in self.said("choices").split("\n")]
        who = signs(self.words, self.people.pupil)[:1]
        parts: list[Block] = [
            Heading(self.words("letters.slip")),
            Text(self.said("slip")),
            Text(self._return_by()),
            Text("\n".join(boxes)),
            Space(self.words("letters.comment"), 2),
        ]
        if self.kind == "specialist-consent":
            parts.append(Space(self.words("letters.print_name"), 1))
        parts.append(Sign(who, self.words("summary.sign_date")))
        return [Cut(self.words("letters.cut")), Keep(tuple(parts))]

    def _return_by(self) -> str:
        """By when the slip is to come back, and to whom."""
        day, school = self.setting.day, self.values["school"]
        meeting = self.day() if self.kind in INVITATIONS else ""
        terms = self.setting.school.get("terms", ())
        by = self.request.meeting.get("return_by", "")
        by = by or return_day(day, meeting, terms)
        if not by:
            return self.words("letters.return_soon", school=school)
        date = self.words.full_date(by)
        return self.words("letters.return_by", school=school, date=date)


def _contact(record: Entry, to: str, day: str) -> Entry:
    return next((c for c in lookup.contacts_on(record, day) if c["id"] == to), {})
