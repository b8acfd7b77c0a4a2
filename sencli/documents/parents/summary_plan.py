"""The plan on the parents' summary: each aim once, and help that serves no one aim."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence

from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.people import People
from sencli.documents.parents import outcome as aims
from sencli.documents.parents import summary_last
from sencli.documents.parents import support
from sencli.documents.view import Block
from sencli.documents.view import Break
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Text

FIRST_PAGE = 3
"""Aims on the first page, where not all is on one."""

Marks = Callable[[str], list[Block]]


class Plan:
    """The blocks of one cycle's plan.

    Args:
        record: the pupil's, as the reader may see it.
        cycle: the cycle that is shown.
        setting: the school, the day and the wording.
        people: the pupil's people.
    """

    def __init__(
        self, record: Entry, cycle: Entry, setting: PaperContext, people: People
    ) -> None:
        self._record = record
        self._cycle = cycle
        self._setting = setting
        self._words = setting.words
        self._people = people
        self._aims = cycle["plan"].get("outcomes", ())

    def blocks(self, withheld: Marks) -> list[Block]:
        """Aims, then what helps beside them; ``withheld`` marks what is left out."""
        return [*self._numbered(withheld("plan.outcomes")), *self._beside(withheld)]

    @property
    def goes_over(self) -> bool:
        """Whether what goes over whole begins among the aims."""
        return len(self._aims) > FIRST_PAGE

    def _numbered(self, marks: Sequence[Block]) -> list[Block]:
        key = "worked_on" if aims.over(self._cycle) else "working_on"
        heading = Heading(self._words(f"summary.{key}"))
        body = [*self._each(), *marks] or [Text(self._words("summary.no_outcomes"))]
        return [Keep((heading, body[0])), *body[1:]]

    def _each(self) -> Iterator[Block]:
        told: set[str] = set()
        for number, outcome in enumerate(self._aims, 1):
            if number == FIRST_PAGE + 1:
                yield Break(if_over=True)
            yield aims.aim(
                self._record,
                self._cycle,
                outcome,
                number,
                self._setting,
                before=summary_last.said_of(
                    self._record, self._cycle, outcome, self._setting
                ),
                help_lines=[*self._help(outcome["id"], told)],
            )

    def _help(self, outcome: str, told: set[str]) -> Iterator[str]:
        """The support that serves an aim: whole where it is named first."""
        for item in self._cycle["plan"].get("interventions", ()):
            if outcome not in item.get("outcomes", ()):
                continue
            name, said = self._support(item)
            if item["id"] in told:
                yield self._words("summary.help_again", name=name)
            else:
                told.add(item["id"])
                yield f"{name}. {said}".strip()

    def _support(self, item: Entry) -> tuple[str, str]:
        return support.support_words(self._cycle, item, self._setting, self._people)

    def _beside(self, withheld: Marks) -> list[Block]:
        """Help for no one aim, in every lesson, at home, and what was changed."""
        plan = self._cycle["plan"]
        served = {o["id"] for o in self._aims}
        items = plan.get("interventions", ())
        others = [i for i in items if served.isdisjoint(i.get("outcomes", ()))]
        made: list[Block] = []
        for key, text in (
            ("other_help", "\n".join(". ".join(self._support(i)) for i in others)),
            ("in_class", "; ".join(s["text"] for s in self._strategies())),
            ("at_home", "; ".join(self._at_home())),
            ("changed", "; ".join(self._changed())),
        ):
            if text:
                label = self._words(f"summary.{key}")
                label = self._words("summary.label", label=label)
                made.append(Text(text, label=label))
        marks = withheld("plan.interventions")
        if not (items or made or marks):
            made.append(Text(self._words("summary.no_support")))
        return [*made, *marks]

    def _strategies(self) -> list[Entry]:
        """Classroom strategies, current or of a finished cycle."""
        listed = self._cycle["plan"].get("strategies", ())
        day, past = self._setting.day, aims.over(self._cycle)
        return [s for s in listed if past or lookup.holds(s, day)]

    def _at_home(self) -> list[str]:
        """What helped at home; while the plan runs it stands with what comes next."""
        past = aims.over(self._cycle)
        return lines_of(self._cycle["plan"].get("home_support", "")) if past else []

    def _changed(self) -> list[str]:
        return [c["change"] for c in self._cycle.get("do", {}).get("changes", ())]


def lines_of(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]
