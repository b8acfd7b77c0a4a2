"""The individual support plan: support by layer, adjustments apart, yearly review.

As it is proposed for every pupil with support from 2029: needs and outcomes, what is
given at each layer, reasonable adjustments, and the reason wherever what the school
must have regard to is not followed.
"""

from __future__ import annotations

from collections.abc import Iterator

from sencli.core.papers.internal_reasons import WITHHELD
from sencli.core.pupil import support_since
from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.made_in.paper_request import mark
from sencli.documents.made_in.paper_request import page_each
from sencli.documents.parents.support_plan import SupportPlan
from sencli.documents.parents.support_plan import plan_view
from sencli.documents.view import Aside
from sencli.documents.view import Block
from sencli.documents.view import Fields
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Text
from sencli.documents.view import View
from sencli.rules import rule_of


@page_each
def build(record: Entry, setting: PaperContext, request: PaperRequest) -> View:
    """The plan of each pupil."""
    return plan_view(_LayeredPlan, "isp", record, setting, request)


class _LayeredPlan(SupportPlan):
    """The sections of one pupil's individual support plan."""

    wording = "isp"

    def asides(self, whole: Entry) -> tuple[Aside, ...]:
        """Also that the record has reasons which the plan does not give."""
        found = [*super().asides(whole)]
        if _unfollowed(whole) != _unfollowed(self.record):
            said = "Why advice is not followed is in the record, and not on the plan."
            found.append(Aside(f"{self.people.pupil}: {said}", "Add --with-reasons"))
        return tuple(found)

    def _own(self, key: str, **values: object) -> str:
        """A text of this paper's wording."""
        return self.words(f"isp.{key}", **values)

    def departures(self) -> list[Block]:
        """Advice and guidance that is not followed, each with its reason."""
        rows = [*self._from_guidance(), *self._from_advice(), *self._answered()]
        body: list[Block] = [Fields(tuple(rows))] if rows else []
        first, *rest = body or [Text(self._own("followed"))]
        hidden = mark(self.seen, self.setting, "departures")
        return [Keep((Heading(self._own("departures")), first)), *rest, *hidden]

    def _from_guidance(self) -> Iterator[tuple[str, str]]:
        for entry in self.record.get("departures", ()):
            if not entry["date"] <= self.day <= entry.get("until", lookup.STILL):
                continue
            since = self.words.date(entry["date"])
            named = self._own("not_followed", guidance=entry["guidance"], date=since)
            lines = [str(entry["explanation"])]
            if "instead" in entry:
                lines.append(self._own("instead", instead=entry["instead"]))
            if "by" in entry:
                who = self.people.name_on(entry["by"], entry["date"])
                lines.append(self._own("who", people=who))
            yield named, "\n".join(lines)

    def _from_advice(self) -> Iterator[tuple[str, str]]:
        keys = {"declined": "not_taken", "adapted": "adapted"}
        for entry in self.record.get("specialists", ()):
            for advice in entry.get("advice", ()):
                key = keys.get(advice.get("decision", ""), "")
                if key and advice["date"] <= self.day:
                    said = self._own(
                        key,
                        service=entry["service"],
                        date=self.words.date(advice["date"]),
                        advice=str(advice["recommendation"]).rstrip("."),
                    )
                    why = advice.get("why", "")
                    reason = self.words("summary.because", reason=why) if why else ""
                    yield str(entry["service"]), "\n".join(filter(None, (said, reason)))

    def _answered(self) -> Iterator[tuple[str, str]]:
        """A should of the Code that the record answers, where its reason is given."""
        for answer in self.record.get("exceptions", ()):
            until = answer.get("until", lookup.STILL)
            given = answer.get("reason", WITHHELD) != WITHHELD
            rule = rule_of(answer["rule"])
            if given and rule and answer["date"] <= self.day <= until:
                yield f"{rule.name} ({rule.cites})", str(answer["reason"])

    def review_words(self) -> Iterator[str]:
        """The review: once a year at least."""
        held = [
            str(cycle["review"]["date"])
            for cycle in self.record.get("cycles", ())
            if "review" in cycle
        ]
        held += [r["date"] for r in self.record.get("ehc", {}).get("reviews", ())]
        last = max((date for date in held if date <= self.day), default="")
        begun = last or str(self.plan.get("date", ""))
        begun = begun or support_since.code_since(self.record, self.day) or self.day
        due = f"{int(begun[:4]) + 1}{begun[4:].replace('-02-29', '-02-28')}"
        said = self.words.date(due)
        if due < self.day:
            yield self._own("yearly_late", due=said)
        elif not last:
            yield self._own("yearly_first", due=said)
        else:
            yield self._own("yearly", date=self.words.date(last), due=said)


def _unfollowed(record: Entry) -> int:
    """How many reasons the record gives for advice that is not followed in full."""
    return sum(
        advice.get("decision") in {"declined", "adapted"} and "why" in advice
        for entry in record.get("specialists", ())
        for advice in entry.get("advice", ())
    )
