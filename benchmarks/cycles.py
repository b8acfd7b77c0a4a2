"""One cycle of assess, plan, do and review, kept as the Code asks."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

from benchmarks.weeks import day_of
from benchmarks.words import sentences
from sencli.core.text.ids import Ids

Entry = dict[str, Any]

# School weeks from one assessment to the next, and to the review.
WEEKS = 12
TO_REVIEW = (8, 9, 10, 11, 11)
HELD_OF_LATE = 0.7
WITH_AN_END = 0.4
PROVISIONS = {
    "precision-teaching": ("cognition and learning", "Reads {} words on sight"),
    "talk-group": ("communication and interaction", "Uses {} new words in talk"),
    "fine-motor": ("sensory and/or physical needs", "Cuts and copies {} shapes"),
    "nurture": ("social, emotional and mental health", "Settles within {} minutes"),
    "phonics": ("cognition and learning", "Says {} sounds when shown the letters"),
    "social-stories": ("communication and interaction", "Joins {} games a week"),
}


@dataclass(frozen=True)
class Child:
    """Who the cycles are about, and how much is written about them.

    Attributes:
        need: id of the primary need.
        contact: id of the parent who comes to school.
        teacher: initials of the class teacher.
        assistants: initials of those who lead the support.
        outcomes: how many a cycle has, with one intervention each.
        words: sentences in a long text; 0: a few words.
        adult: whether outcomes look to adult life (Year 9 and above).
        days: on which support is given, as numbers of the week.
        section_f: the part of an EHC plan that is delivered, or "".
        now: number of the present school week.
    """

    need: str
    contact: str
    teacher: str
    assistants: tuple[str, ...]
    outcomes: int
    words: int
    adult: bool
    days: tuple[int, ...]
    section_f: str
    now: int


class Term:
    """A cycle that begins in a school week, of one child."""

    def __init__(self, rng: random.Random, ids: Ids, child: Child, week: int) -> None:
        self._rng = rng
        self._ids = ids
        self._child = child
        self._week = week
        self._review_week = week + rng.choice(TO_REVIEW)
        self._last = min(self._review_week - 1, child.now)
        self.begun = day_of(week)
        self.agreed = day_of(week, 3)
        self.ended = day_of(self._review_week, 3)

    def cycle(self) -> Entry:
        """The cycle: reviewed and closed where its review is before today."""
        outcomes, items = self._planned()
        made: Entry = {
            "id": self._ids("cycle"),
            "teacher": self._child.teacher,
            "assess": self._assess(),
            "plan": self._plan() | {"outcomes": outcomes, "interventions": items},
        }
        if done := self._done(outcomes, items):
            made["do"] = done
        if self._reviewed():
            made["review"] = self._review(outcomes, items)
            made["closed"] = {"date": self.ended, "reason": "reviewed"}
        return made

    def _reviewed(self) -> bool:
        """Whether its review is over: a few of late are still to be held."""
        if self._week + WEEKS > self._child.now >= self._review_week:
            return self._rng.random() < HELD_OF_LATE
        return self._review_week < self._child.now

    def _text(self, share: float = 1.0) -> str:
        return sentences(
            self._rng, self._child.words and max(1, round(self._child.words * share))
        )

    def _views(self, day: str) -> list[Entry]:
        said = {"date": day, "how": "talk", "text": self._text(0.4)}
        hers = {"date": day, "how": "drawing and talking", "text": self._text(0.3)}
        return [{"of": self._child.contact} | said, {"of": "pupil"} | hers]

    def _assess(self) -> Entry:
        return {
            "date": self.begun,
            "by": [self._child.teacher, "JP"],
            "teacher_assessment": self._text(),
            "attainment": self._text(0.3),
            "compared_with_peers": self._text(0.3),
            "views": self._views(self.begun),
        }

    def _plan(self) -> Entry:
        people = (self._child.contact, "pupil", self._child.teacher, "JP")
        answer = {"answer": "agreed", "date": self.agreed}
        return {
            "date": self.agreed,
            "review_by": self.ended,
            "agreement": [{"who": who} | answer for who in people],
            "shared_with_parents": self.agreed,
            "shared_with_staff": day_of(self._week, 4),
            "strategies": [{"id": self._ids("strategy"), "text": self._text(0.3)}],
            "responsibilities": {
                "school": self._text(0.2),
                "parent": self._text(0.2),
                "pupil": self._text(0.2),
            },
        }

    def _planned(self) -> tuple[list[Entry], list[Entry]]:
        outcomes, items = [], []
        for key in self._rng.sample(sorted(PROVISIONS), self._child.outcomes):
            start = self._rng.randint(12, 30)
            target = start + self._rng.randint(15, 40)
            outcome: Entry = {
                "id": self._ids("outcome"),
                "outcome": PROVISIONS[key][1].format(target),
                "need": self._child.need,
                "success_criteria": self._text(0.2),
                "measure": "of 100",
                "from": self.agreed,
                "baseline": {"date": self.begun, "value": start},
                "target": {"by": self.ended, "value": target},
            }
            if self._child.adult:
                outcome["pfa"] = "independent_living"
            outcomes.append(outcome)
            items.append(self._support(key, outcome["id"]))
        return outcomes, items

    def _support(self, key: str, outcome: str) -> Entry:
        dose = {
            "from": day_of(self._week + 1),
            "minutes": self._rng.choice((15, 20, 30)),
            "sessions_per_week": len(self._child.days),
            "group_size": self._rng.choice((1, 3, 4)),
            "led_by": [self._rng.choice(self._child.assistants)],
        }
        more = {"until": self.ended} if self._rng.random() < WITH_AN_END else {}
        if self._child.section_f:
            more["section_f"] = self._child.section_f
        return {
            "id": self._ids("intervention"),
            "provision": key,
            "outcomes": [outcome],
            "tier": "targeted",
            "from": day_of(self._week + 1),
            **more,
            "dose": [dose],
            "expected_impact": self._text(0.2),
            "class_link": self._text(0.2),
        }

    def _done(self, outcomes: list[Entry], items: list[Entry]) -> Entry:
        middle = self._week + WEEKS // 2
        sessions = self._sessions(items)
        made: Entry = {"sessions": sessions} if sessions else {}
        if middle < self._last:
            made["measurements"] = [
                {
                    "id": self._ids("measurement"),
                    "date": day_of(middle),
                    "outcome": outcome["id"],
                    "value": outcome["baseline"]["value"] + self._rng.randint(3, 12),
                }
                for outcome in outcomes
            ]
        return made

    def _sessions(self, items: list[Entry]) -> list[Entry]:
        made = []
        for week in range(self._week + 1, self._last + 1):
            for day in self._child.days:
                made += [self._session(day_of(week, day), item) for item in items]
        return made

    def _session(self, day: str, item: Entry) -> Entry:
        entry = {"date": day, "intervention": item["id"]}
        if self._rng.random() < 0.1:
            return entry | {"missed": self._rng.choice(("pupil_absent", "trip"))}
        return entry | {"by": item["dose"][0]["led_by"][0]}

    def _review(self, outcomes: list[Entry], items: list[Entry]) -> Entry:
        return {
            "date": self.ended,
            "led_by": self._child.teacher,
            "attended": [self._child.contact, "pupil", self._child.teacher, "JP"],
            "outcomes": [self._result(outcome) for outcome in outcomes],
            "interventions": [
                {
                    "intervention": item["id"],
                    "impact": self._rng.choice((0, 1, 1, 2)),
                    "quality": self._text(0.2),
                }
                for item in items
            ],
            "views": self._views(self.ended),
            "decisions": [self._rng.choice(("continue", "adapt", "replace"))],
            "next_steps": self._text(0.4),
            "shared_with_parents": day_of(self._review_week, 4),
            "shared_with_staff": day_of(self._review_week, 4),
        }

    def _result(self, outcome: Entry) -> Entry:
        result = self._rng.choice(("achieved", "achieved", "partly_achieved"))
        start, target = outcome["baseline"]["value"], outcome["target"]["value"]
        value = target + 1 if result == "achieved" else (start + target) // 2
        return {
            "outcome": outcome["id"],
            "result": result,
            "value": value,
            "evidence": self._text(0.2),
        }
