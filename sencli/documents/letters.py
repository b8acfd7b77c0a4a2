"""Letters to parents: each is one page, from the wording alone and what is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence
from functools import partial
from typing import Any

from sencli.core import lookup
from sencli.core import spell
from sencli.core.redact import Redacted
from sencli.documents import support_words
from sencli.documents.asked import Asked
from sencli.documents.people import People
from sencli.documents.setting import Setting
from sencli.documents.summary import cycle_shown
from sencli.documents.view import Block
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Sign
from sencli.documents.view import Space
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.errors import InvalidValue

Entry = Mapping[str, Any]

SLIPS = ("review-invitation", "annual-review-invitation", "specialist-consent")
"""The letters that come with a slip to send back."""


def build(
    kind: str,
    records: Sequence[Entry],
    setting: Setting,
    asked: Asked | None = None,
) -> tuple[View, ...]:
    """A letter of that kind about each pupil, to the contact asked for.

    Args:
        kind: a section of the wording's ``letters``, such as ``support-begins``.
        records: the pupils'.
        setting: school, day and words.
        asked: to whom; the meeting; without a contact it is to parents and carers.

    Raises:
        InvalidValue: nothing may be shared with the contact, or what the letter is
            about is not recorded.
    """
    asked = asked or Asked()
    return tuple(_letter(kind, record, setting, asked) for record in records)


support_begins = partial(build, "support-begins")
support_ends = partial(build, "support-ends")
review_invitation = partial(build, "review-invitation")
annual_review_invitation = partial(build, "annual-review-invitation")
specialist_consent = partial(build, "specialist-consent")


def _letter(kind: str, record: Entry, setting: Setting, asked: Asked) -> View:
    seen = asked.seen(record, setting)
    letter = _Letter(kind, seen, setting, asked)
    return setting.view(
        letter.said("title"),
        letter.blocks(),
        [record],
        opening=letter.opening(),
        footer=setting.words("summary.footer", school=setting.school.get("name", "")),
    )


class _Letter:
    """One letter: what goes into its words, and its parts."""

    def __init__(
        self, kind: str, seen: Redacted, setting: Setting, asked: Asked
    ) -> None:
        self.kind = kind
        self.record = seen.record
        self.setting = setting
        self.words = setting.words
        self.asked = asked
        self.cycle: Entry = cycle_shown(self.record, asked.cycle) or {}
        teacher = str(self.cycle.get("teacher", ""))
        self.people = People(self.record, setting, teacher)
        self.values = self._values()

    def said(self, key: str) -> str:
        """A text of this letter."""
        return self.words(f"letters.{self.kind}.{key}", **self.values)

    def _values(self) -> dict[str, str]:
        school = self.setting.school
        day = self._day()
        return {
            "name": lookup.display_name(self.record),
            "child": self.people.pupil,
            "school": str(school.get("name", "")),
            "senco": self.people.name("senco"),
            "date": self.words.date(day) if day else "",
            "service": self.asked.meeting.get("service", ""),
        }

    def _day(self) -> str:
        """The day that the letter is about: the meeting's, or the change of status."""
        if self.kind in {"support-begins", "support-ends"}:
            return _changed(self.kind, self.record, self.setting.day)
        if self.kind == "specialist-consent":
            return self.setting.day
        return self.asked.meeting.get("date", "") or invited_to(
            self.kind, self.record, self.setting.day
        )

    def opening(self) -> tuple[Text, ...]:
        """The address, the date and the salutation."""
        contact = _contact(self.record, self.asked.to, self.setting.day)
        everybody = self.words("people.parent")
        address = [str(contact.get("name", everybody)), contact.get("address", "")]
        name = str(contact.get("name", "")) or self.words("letters.everybody")
        paper = self.setting.school.get("letterhead", {})
        ways = [paper[key] for key in ("telephone", "email") if key in paper]
        own = ", ".join([*str(paper.get("address", "")).splitlines(), *ways])
        parts = (
            Text(own, "small"),
            Text("\n".join(line for line in address if line)),
            Text(self.words.date(self.setting.day)),
            Text(self.words("letters.dear", name=name)),
        )
        return tuple(part for part in parts if part.text)

    def blocks(self) -> list[Block]:
        """The body, the close and the slip."""
        body: list[Block] = [Text(text) for text in self.said("body").split("\n\n")]
        body[1:1] = self._particulars()
        if advice := self._advice():
            body.append(Text(advice))
        body.append(Text(self.words("letters.close", **self.values)))
        body.append(Sign((self.values["senco"],), self.words("summary.sign_date")))
        return body + self._slip()

    def _particulars(self) -> list[Block]:
        if self.kind == "support-begins":
            return self._plan()
        if self.kind.endswith("invitation"):
            return self._meeting()
        if self.kind == "specialist-consent":
            return self._specialist()
        return self._reason()

    def _plan(self) -> list[Block]:
        """What support begins with: needs, aims, help, review."""
        words, day = self.words, self.setting.day
        plan = self.cycle.get("plan", {})
        known = [
            words.find(f"needs.{need['type']}")
            for need in lookup.needs_on(self.record, day)
        ]
        rows = []
        if needs := list(dict.fromkeys(text for text in known if text)):
            rows.append((words("letters.needs"), words.joined(needs)))
        if aims := [outcome["outcome"] for outcome in plan.get("outcomes", ())]:
            rows.append((words("letters.aims"), "\n".join(aims)))
        helped = [
            support_words.name_of(self.setting.provision(item["provision"]))
            for item in plan.get("interventions", ())
        ]
        helped += [strategy["text"] for strategy in plan.get("strategies", ())]
        if helped:
            rows.append((words("letters.help"), "\n".join(dict.fromkeys(helped))))
        if "review_by" in plan:
            rows.append((words("letters.review"), words.date(plan["review_by"])))
        return [Fields(tuple(rows))] if rows else []

    def _meeting(self) -> list[Block]:
        meeting = self.asked.meeting
        if not self.values["date"]:
            raise InvalidValue(
                f"No meeting about {self.values['name']} is planned yet.",
                "Give its day: --on 12/03/2026",
            )
        rows = [
            (self.words("letters.day"), self.values["date"]),
            (self.words("letters.time"), meeting.get("time", "")),
            (self.words("letters.place"), meeting.get("place", "")),
        ]
        return [Fields(tuple((name, text) for name, text in rows if text))]

    def _specialist(self) -> list[Block]:
        if not self.values["service"]:
            raise InvalidValue(
                "Which specialist is it about?",
                'Name the service: --service "Speech and language therapist"',
            )
        reason = next(
            (
                entry.get("reason", "")
                for entry in reversed(self.record.get("specialists", ()))
                if entry["service"].casefold() == self.values["service"].casefold()
            ),
            "",
        )
        reason = self.asked.meeting.get("reason", "") or reason
        return [Text(self.words("letters.because", reason=reason))] if reason else []

    def _reason(self) -> list[Block]:
        status = lookup.status_on(self.record, self.setting.day)
        reason = self.asked.meeting.get("reason", "") or status.get("reason", "")
        return [Text(self.words("letters.because", reason=reason))] if reason else []

    def _advice(self) -> str:
        service = self.setting.school.get("sendiass", {})
        if "name" not in service:
            return ""
        ways = [service[k] for k in ("telephone", "email", "website") if k in service]
        return self.words(
            "summary.advice", service=service["name"], contact=", ".join(ways)
        ).strip()

    def _slip(self) -> list[Block]:
        if self.kind not in SLIPS:
            return []
        boxes = [f"[   ]  {choice}" for choice in self.said("choices").split("\n")]
        who = (self.words("people.parent"),)
        return [
            Keep(
                (
                    Heading(self.words("letters.slip")),
                    Text(self.said("slip")),
                    Text("\n".join(boxes)),
                    Space(self.words("letters.comment"), 2),
                    Sign(who, self.words("summary.sign_date")),
                )
            )
        ]


def invited_to(kind: str, record: Entry, day: str) -> str:
    """The ISO date of the meeting to come that an invitation is about, or ""."""
    if kind == "annual-review-invitation":
        reviews = record.get("ehc", {}).get("reviews", ())
        coming = [str(r["date"]) for r in reviews if r["date"] >= day]
        return min(coming, default="")
    return lookup.review_by(record)


def _changed(kind: str, record: Entry, day: str) -> str:
    """Since when there is SEN support, or none any more.

    Raises:
        InvalidValue: it is not so on the day.
    """
    status = lookup.status_on(record, day)
    begins = kind == "support-begins"
    if begins == (status["provision"] == "K") and "from" in status:
        had = any(e["provision"] != "N" for e in record.get("status", ()))
        if begins or (status["provision"] == "N" and had):
            return spell.code_since(record, day)
    name = lookup.display_name(record)
    wanted = "K" if begins else "N"
    said = "does not have SEN support" if begins else "still has support, or never had"
    raise InvalidValue(
        f"{name} {said} on that day, so the letter would not be true.",
        f"Record it first: sen status set {record['id']} {wanted} --since DATE",
    )


def _contact(record: Entry, to: str, day: str) -> Entry:
    return next((c for c in lookup.contacts_on(record, day) if c["id"] == to), {})
