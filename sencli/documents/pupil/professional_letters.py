"""Letters to professionals: a specialist, a health service, a social worker.

They are written in the words of the trade, to somebody with whom the school may share
what is in them: to a service only where the agreement to that is recorded.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from functools import partial

from sencli import terms
from sencli.core.cycle import progress
from sencli.core.cycle.dose import dose_said
from sencli.core.cycle.scales import scale_of
from sencli.core.papers.eligibility import refusal
from sencli.core.people.address import dear_name
from sencli.core.people.address import envelope_name
from sencli.core.people.parent_privacy import PUPIL
from sencli.core.people.parents import is_professional
from sencli.core.people.young_person import family_on
from sencli.core.people.young_person import reached
from sencli.core.pupil import support_since
from sencli.core.pupil.plan_in_force import plan_in_force
from sencli.core.record import lookup
from sencli.core.record.lookup import STILL
from sencli.core.record.types import Entry
from sencli.core.text.folding import same
from sencli.core.time.calendar import dose_on
from sencli.documents.made_in.letter_frame import closing
from sencli.documents.made_in.letter_frame import lacking
from sencli.documents.made_in.letter_frame import opening
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.made_in.people import People
from sencli.documents.view import Aside
from sencli.documents.view import Block
from sencli.documents.view import Fields
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.errors import InvalidValue

COLLEAGUE = "Colleague"
Row = tuple[str, str]


def build(
    maker: Callable[[_About], _Letter],
    document: str,
    records: Sequence[Entry],
    setting: PaperContext,
    request: PaperRequest | None = None,
) -> tuple[View, ...]:
    """A letter about each pupil.

    Raises:
        InvalidValue: the letter would not be true, nobody agreed to it, or there is
            nobody to write to.
    """
    request = request or PaperRequest()
    return tuple(_view(maker, document, record, setting, request) for record in records)


def _view(
    maker: Callable[[_About], _Letter],
    document: str,
    record: Entry,
    setting: PaperContext,
    request: PaperRequest,
) -> View:
    if (fault := refusal(document, record, setting.day)) is not None:
        raise fault
    about = _About(request.seen(record, setting).record, setting, request)
    letter = maker(about)
    body: list[Block] = [Text(text) for text in letter.before]
    rows = tuple(about.rows())
    body += [Fields(rows)] if rows else []
    body += [Text(text) for text in letter.after]
    return setting.view(
        letter.title,
        body + closing(setting, about.people, for_family=False),
        [record],
        opening=opening(setting, letter.addressee, letter.dear),
        footer=f"Confidential: for {letter.reader}",
        asides=(*lacking(setting, about.people, for_family=False), *letter.asides),
    )


class _Letter:
    """What one kind of letter says.

    Attributes:
        title: the subject.
        addressee: the lines above it.
        dear: the name after "Dear".
        reader: for whom it is, at the foot of the page.
        before: the paragraphs before the table of what the school knows and does.
        after: those after it.
        asides: what the one who prints is told.
    """

    def __init__(
        self,
        title: str,
        addressee: Sequence[str],
        dear: str,
        before: Sequence[str],
        after: Sequence[str],
        asides: Sequence[Aside] = (),
    ) -> None:
        self.title = title
        self.addressee = addressee
        self.dear = dear
        self.reader = addressee[0]
        self.before = [text for text in before if text]
        self.after = [text for text in after if text]
        self.asides = asides


class _About:
    """The pupil that a letter is about, as its reader may see the record."""

    def __init__(
        self, record: Entry, setting: PaperContext, request: PaperRequest
    ) -> None:
        self.record = record
        self.setting = setting
        self.request = request
        self.day = setting.day
        self.cycle: Entry = lookup.open_cycle(record) or {}
        self.plan: Entry = self.cycle.get("plan", {})
        self.people = People(record, setting, str(self.cycle.get("teacher", "")))
        self.name = lookup.display_name(record)
        self.child = self.people.pupil

    @property
    def named(self) -> str:
        """``Amelia Khan, born on 14 March 2017``."""
        born = self.record.get("date_of_birth", "")
        full = lookup.full_name(self.record)
        return f"{full}, born on {self.setting.words.date(born)}" if born else full

    @property
    def placed(self) -> str:
        """``in Year 4 at our school``."""
        year = lookup.placement_on(self.record, self.day).get("year_group", "")
        where = terms.year_group_name(year) if year in terms.YEAR_GROUPS else ""
        return f"in {where} at our school" if where else "at our school"

    @property
    def standing(self) -> str:
        """What support there is by law, in a sentence."""
        words = self.setting.words
        if (plan := plan_in_force(self.record, self.day)) is not None:
            return (
                f"{self.child} has an EHC plan, issued on {words.date(plan['issued'])}."
            )
        code = lookup.status_on(self.record, self.day)["provision"]
        if code == "N":
            return f"{self.child} is not on SEN support at present."
        since = support_since.code_since(self.record, self.day)
        when = f" since {words.date(since)}" if since else ""
        return f"{self.child} has been on SEN support{when}."

    def rows(self) -> Iterator[Row]:
        """Needs, outcomes with where they stand, support, and the review."""
        needs = [self._need(need) for need in lookup.needs_on(self.record, self.day)]
        if needs:
            yield "Needs", "\n".join(needs)
        if aims := [self._outcome(o) for o in self.plan.get("outcomes", ())]:
            yield "Outcomes", "\n".join(aims)
        if given := [*self._given()]:
            yield "Support", "\n".join(given)
        due = self.plan.get("review_by", "")
        if due >= self.day and not lookup.gone_by(self.record, due):
            yield "Review of the plan", f"by {self.setting.words.date(due)}"

    def _need(self, need: Entry) -> str:
        name = terms.NEED_TYPES.get(need["type"], (need["type"],))[0]
        told = " ".join(str(need[k]) for k in ("description", "impact") if k in need)
        return f"{name}: {told}" if told else name

    def _outcome(self, outcome: Entry) -> str:
        scales = self.setting.scales
        points = progress.series(self.record, outcome, scales)
        scale = scale_of(outcome, scales)
        values = [
            progress.value_words(point.value, scale, point.interval)
            for point in (*points[:1], *points[-1:])
        ]
        told = " to ".join(dict.fromkeys(values))
        text = str(outcome["outcome"])
        return f"{text} (so far: {told})" if told else text

    def _given(self) -> Iterator[str]:
        for item in self.plan.get("interventions", ()):
            if item.get("until", STILL) < self.day:
                continue
            provision = self.setting.provision(item["provision"])
            dose = {
                **provision.get("usual", {}),
                **dose_on(item.get("dose", ()), self.day),
            }
            led = [self.people.name(who) for who in dose.get("led_by", ())]
            told = dose_said({**dose, "led_by": led} if led else dose)
            yield f"{provision['name']}: {told}" if told else str(provision["name"])
        for kept in (
            self.plan.get("strategies", ()),
            self.record.get("adjustments", ()),
        ):
            yield from (e["text"] for e in kept if lookup.holds(e, self.day))

    @property
    def grown(self) -> bool:
        """Whether the pupil, as a young person, stands where parents did."""
        return family_on(self.record, self.day).to == PUPIL

    @property
    def family(self) -> str:
        """With whom advice is shared and plans are made."""
        return self.child if self.grown else "the family"

    def service(self, document: str) -> tuple[Entry, str]:
        """The service that is written to, and who agreed to that.

        Raises:
            InvalidValue: none is named, or nobody's agreement is recorded.
        """
        pupil = self.record["id"]
        typed = self.request.meeting.get("service", "")
        if not typed:
            raise InvalidValue(
                "To which service is the letter?", "Name it: --service SERVICE"
            )
        entry = self._asked(typed)
        consent = entry.get("consent", {})
        agreed_on = str(consent.get("date", "")) or self.day
        owed = reached(self.record, [str(consent.get("by", ""))], agreed_on)
        if not consent.get("given") or not owed:
            refused = consent.get("given") is False
            whom = family_on(self.record, self.day).name.removeprefix("the ")
            by = PUPIL if self.grown else "WHO"
            why = "was refused" if refused else "is not recorded"
            raise InvalidValue(
                f"The agreement to share with {typed} what is known of {self.name} "
                f"{why}, so there is no {document}.",
                f"Ask the {whom} first: sen print letter-specialist-consent "
                f'{pupil} --service "{typed}"\nRecord their answer: sen specialist '
                f'consent {pupil} "{typed}" --by {by}',
            )
        who = self.people.name(str(consent["by"])) if "by" in consent else ""
        when = self.setting.words.date(consent["date"]) if "date" in consent else ""
        told = " ".join(
            part
            for part in (
                f"{who} agreed" if who else "It was agreed",
                "that we share this with you",
                f"on {when}" if when else "",
            )
            if part
        )
        return entry, f"{told}."

    def _asked(self, service: str) -> Entry:
        """The newest entry of a service that is involved still; else an empty one."""
        for entry in reversed(self.record.get("specialists", ())):
            if same(entry["service"], service) and "discharged" not in entry:
                found: Entry = entry
                return found
        return {}

    def reason(self, entry: Entry) -> str:
        """Why the letter is written, as typed or as the record has it."""
        return self.request.meeting.get("reason", "") or str(entry.get("reason", ""))


def _referral(about: _About) -> _Letter:
    entry, agreed = about.service("referral")
    reason = about.reason(entry)
    service = str(entry["service"])
    pupil = about.record["id"]
    asides = []
    if "referred" not in entry:
        record_it = f'sen specialist refer {pupil} "{service}" --date DATE'
        asides.append(Aside("The referral is not recorded yet.", record_it))
    return _Letter(
        f"Referral: {about.name}",
        [str(entry.get("name", "")) or service, service if "name" in entry else ""],
        str(entry.get("name", "")) or COLLEAGUE,
        [
            (
                f"I am writing to ask for your advice about {about.named}, who is "
                f"{about.placed}. {about.standing} {agreed}"
            ),
            f"What we would like your advice about: {reason}" if reason else "",
            "This is what we know, and what we have done so far:",
        ],
        [
            (
                f"Please tell me whether you can see {about.child}, and when. We can "
                f"arrange for you to watch a lesson, and to meet {about.family} and "
                f"those who teach {about.child}."
            ),
            (
                f"We will share your advice with {about.family}, answer each "
                f"recommendation in {about.child}'s plan, and tell you what came of it."
            ),
        ],
        asides,
    )


def _health(about: _About) -> _Letter:
    entry, agreed = about.service("letter to a health service")
    reason = about.reason(entry)
    service = str(entry["service"])
    plan = [
        related
        for related in about.record.get("related_plans", ())
        if related["kind"] == "healthcare_plan" and lookup.holds(related, about.day)
    ]
    return _Letter(
        f"Health and learning: {about.name}",
        [str(entry.get("name", "")) or service, service if "name" in entry else ""],
        str(entry.get("name", "")) or COLLEAGUE,
        [
            (
                f"I am writing about {about.named}, who is {about.placed}. "
                f"{about.standing} {agreed}"
            ),
            f"We would like to know: {reason}"
            if reason
            else f"Please tell me of anything in {about.child}'s health that bears on "
            "learning, attendance or safety at school, and of what we should do.",
            "This is what we know, and what we do:",
        ],
        [
            f"{about.child} has a healthcare plan at school, and we would like to be "
            "sure that it is right."
            if plan
            else "If you think that a healthcare plan at school is needed, please say "
            f"so, and we will write one with you and {about.family}.",
            (
                f"We will share your answer with {about.family} and with those who "
                "need to know it, and with nobody else."
            ),
        ],
    )


def _social_worker(about: _About) -> _Letter:
    contacts = lookup.contacts_on(about.record, about.day)
    asked = about.request.to
    found = [c for c in contacts if c["id"] == asked] if asked else []
    found = found or [c for c in contacts if not asked and is_professional(c)]
    pupil = about.record["id"]
    if not found or not is_professional(found[0]):
        named = found[0]["name"] if found else ""
        why = (
            f"{named} is no social worker" if named else "No social worker is recorded"
        )
        raise InvalidValue(
            f"{why} for {about.name}, so there is nobody to write to.",
            f'Enter the person: sen contact add {pupil} "FIRST LAST" '
            '--relationship "social worker"',
        )
    contact = found[0]
    holds = contact.get("parental_responsibility")
    kind = "pep"
    pep = [
        related
        for related in about.record.get("related_plans", ())
        if related["kind"] == kind and lookup.holds(related, about.day)
    ]
    due = next((str(p["review_by"]) for p in pep if "review_by" in p), "")
    when = f" Its review is due by {about.setting.words.date(due)}." if due else ""
    return _Letter(
        f"Special educational provision: {about.name}",
        [envelope_name(contact), str(contact.get("address", ""))],
        dear_name(contact),
        [
            (
                f"I am writing about {about.named}, who is {about.placed}. "
                f"{about.standing}"
            ),
            "We write to you because the local authority holds parental "
            "responsibility. Schools must tell whoever holds it when they make special "
            "educational provision (Children and Families Act 2014, section 68)."
            if holds
            else "",
            "This is what we know, and what we do:",
        ],
        [
            f"{about.child} has a personal education plan.{when} Please tell me "
            "whether our plan and that one fit together."
            if pep
            else f"If {about.child} has a personal education plan, please send it to "
            "me, so that the two fit together.",
            (
                "We will invite you to the reviews of this support. Please tell me if "
                "you do not agree with it, if something is about to change for "
                f"{about.child}, or if anybody else should be told."
            ),
        ],
    )


specialist_referral = partial(build, _referral, "letter-specialist-referral")
health = partial(build, _health, "letter-health")
social_worker = partial(build, _social_worker, "letter-social-worker")
