"""One pupil's record: who, since when, and years of cycles, of about a given size."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date

from benchmarks import lapses
from benchmarks import weeks
from benchmarks.cycles import WEEKS
from benchmarks.cycles import Child
from benchmarks.cycles import Entry
from benchmarks.cycles import Term
from benchmarks.words import FIRST
from benchmarks.words import LAST
from benchmarks.words import sentences
from sencli.core.text.ids import Ids
from sencli.core.text.upn import check_letter
from sencli.store.text import dump

NEEDS = ("SLCN", "SLCN", "MLD", "SEMH", "ASD", "SPLD", "HI", "PD")
YEARS = range(1, 12)
CLASSES = "ABCDEFGHJKLMNPRTUVWXYZ"
BYTES_A_SESSION = 60
_HEAD = len(dump.head("pupil")) + len("cycles:\n")


@dataclass(frozen=True)
class Kind:
    """What all pupils of a school have in common.

    Attributes:
        kilobytes: size of a record.
        classes: letters of the classes in a year.
        assistants: initials of those who lead support.
        supported: share of pupils who have SEN support or a plan now.
        with_lapses: share of pupils whose record leaves something out.
        year: the records are as they were in November of that year.
    """

    kilobytes: int
    classes: str
    assistants: tuple[str, ...]
    supported: float
    with_lapses: float
    year: int = weeks.TODAY.year

    @property
    def outcomes(self) -> int:
        """How many outcomes a cycle has: more is written about some than others."""
        return 1 if self.kilobytes < 20 else 2 if self.kilobytes < 100 else 4

    @property
    def words(self) -> int:
        """Sentences in a long text; 0: a few words."""
        return 0 if self.kilobytes < 20 else 4 if self.kilobytes < 100 else 8

    @property
    def days(self) -> tuple[int, ...]:
        """The days of the week on which support is given."""
        return (1,) if self.kilobytes < 20 else (0, 2, 4)


class Pupil:
    """Draws one record; the same number and seed give the same."""

    def __init__(self, kind: Kind, number: int, pupil_id: str, seed: int) -> None:
        self._rng = random.Random(f"{seed}-{number}")
        self._kind = kind
        self._number = number
        self._id = pupil_id
        self._now = weeks.week_of(kind.year)
        self._ids = Ids(self._rng, {"id": pupil_id})
        self._year = self._rng.choice(YEARS)
        self._letter = self._rng.choice(kind.classes)
        self._supported = self._rng.random() < kind.supported
        self._plan = self._supported and self._rng.random() < 0.15
        self._need = self._ids("need")
        self._contact = self._ids("contact")
        self._part = self._ids("provision") if self._plan else ""
        # the current cycle began so many school weeks ago, all since the summer
        self._phase = self._rng.randrange(10)

    def record(self) -> Entry:
        """The record, within a tenth of the size that its kind asks for."""
        target = self._kind.kilobytes * 1000 * self._rng.uniform(0.98, 1.04)
        head = dump.dumps(self._who(f"{self._kind.year}-09-07"), "pupil")
        cycles: list[Entry] = []
        room = target - len(head)
        week = self._now - self._phase - (0 if self._supported else 2 * WEEKS)
        while not cycles or (week >= WEEKS and room > 0):
            made = Term(self._rng, self._ids, self._child(), week).cycle()
            taken = _size({"cycles": [made]})
            if cycles and taken > room:
                break
            cycles.insert(0, made)
            room -= taken
            week -= WEEKS
        record = self._who(cycles[0]["assess"]["date"]) | {"cycles": cycles}
        self._fill(record, int(room))
        _shorten(record, -int(room))
        if self._supported and self._rng.random() < self._kind.with_lapses:
            lapses.leave_out(self._rng, record)
        return record

    def _child(self) -> Child:
        return Child(
            self._need,
            self._contact,
            self._teacher,
            self._kind.assistants,
            self._kind.outcomes,
            self._kind.words,
            self._year >= 9,
            self._kind.days,
            self._part,
            self._now,
        )

    def _text(self, share: float = 1.0) -> str:
        return sentences(
            self._rng, self._kind.words and max(1, round(self._kind.words * share))
        )

    def _fill(self, record: Entry, room: int) -> None:
        """Notes of talks in the first cycle's weeks, until the size is reached."""
        begun = record["cycles"][0]["assess"]["date"]
        while room > 150:
            note = sentences(self._rng, min(12, max(1, room // 95 - 2)))
            entry = {
                "id": self._ids("change"),
                "date": begun,
                "change": note,
                "reason": "Talked over with the class teacher",
            }
            done = record["cycles"][0].setdefault("do", {})
            done.setdefault("changes", []).append(entry)
            room -= _size({"cycles": [{"id": "y", "do": {"changes": [entry]}}]}) - 30

    def _who(self, since: str) -> Entry:
        rng, year, now = self._rng, self._year, self._kind.year
        born = date(self._kind.year - 5 - year, rng.randint(1, 8), rng.randint(1, 28))
        last = rng.choice(LAST)
        record: Entry = {
            "schema": 1,
            "id": self._id,
            "first_name": rng.choice(FIRST),
            "last_name": last,
            "date_of_birth": born.isoformat(),
            "sex": rng.choice(("female", "male")),
            "upn": _upn(self._number),
            "roll": [self._entry(since)],
            "placements": [
                {"from": f"{now}-09-03", "year_group": str(year), "class": self._class}
            ],
            "contacts": [self._mother(last)],
            "status": self._status(since),
            "needs": self._needs(since),
            "considerations": self._considered(since),
            "information": [{"date": since, "what": "sendiass", "to": self._contact}],
            "profiles": [self._profile(since)],
            "meetings": [self._early(since)],
            "reports": [{"date": f"{now}-07-10", "to": [self._contact]}],
        }
        return record | ({"ehc": self._ehc()} if self._plan else {})

    @property
    def _teacher(self) -> str:
        return f"T{self._class}"

    @property
    def _class(self) -> str:
        return f"{self._year}{self._letter}"

    def _entry(self, since: str) -> Entry:
        year = int(since[:4]) - (since[5:] < "09-03")
        day = weeks.weekday(date(year, 9, 3)).isoformat()
        return {"from": day, "baseline": {"date": day, "summary": self._text(0.2)}}

    def _mother(self, last: str) -> Entry:
        return {
            "id": self._contact,
            "name": f"{self._rng.choice(FIRST)} {last}",
            "relationship": self._rng.choice(("mother", "father", "carer")),
            "parental_responsibility": True,
            "lives_with": True,
            "sharing": "full",
        }

    def _status(self, since: str) -> list[Entry]:
        told = {"who": self._contact, "date": since, "how": "meeting"}
        begun = {
            "from": since,
            "provision": "E" if self._plan else "K",
            "layer": "targeted_plus" if self._plan else "targeted",
            "reason": self._text(0.2),
            "told": [told],
        }
        if self._supported:
            return [begun]
        reason = "Outcomes met; good teaching in class is enough"
        return [begun, {"from": self._ended, "provision": "N", "reason": reason}]

    @property
    def _ended(self) -> str:
        """The day on which support ended for those who no longer have it."""
        return weeks.day_of(self._now - self._phase - WEEKS, 4)

    def _needs(self, since: str) -> list[Entry]:
        need = {
            "id": self._need,
            "from": since,
            "type": self._rng.choice(NEEDS),
            "rank": 1,
            "basis": "school",
            "description": self._text(0.4),
        }
        return [need if self._supported else need | {"until": self._ended}]

    def _considered(self, since: str) -> list[Entry]:
        about = ["disability", "causes_of_behaviour", "high_quality_teaching"]
        return [
            {
                "id": self._ids("consideration"),
                "date": since,
                "about": one,
                "conclusion": "no" if one == "disability" else "yes",
                "by": [self._teacher, "JP"],
            }
            for one in about
        ]

    def _profile(self, since: str) -> Entry:
        return {
            "date": since,
            "made_with": ["pupil", self._contact],
            "strengths": self._text(0.2),
            "important_to_me": self._text(0.2),
            "how_to_support_me": self._text(0.2),
            "aspirations": self._text(0.2),
        }

    def _early(self, since: str) -> Entry:
        return {
            "id": self._ids("meeting"),
            "date": since,
            "kind": "early_discussion",
            "led_by": self._teacher,
            "attended": [self._contact, "pupil", self._teacher, "JP"],
            "strengths": self._text(0.2),
            "difficulties": self._text(0.2),
            "parent_concerns": self._text(0.2),
            "outcomes_sought": self._text(0.2),
            "next_steps": self._text(0.2),
            "record_given": since,
            "shared_with_staff": since,
        }

    def _ehc(self) -> Entry:
        """A plan of last year, reviewed in the summer term."""
        now = self._kind.year
        plan, aim = self._ids("plan"), self._ids("outcome")
        invited = ("parent", "school", "authority", "health", "social_care")
        areas = ("employment", "independent_living", "participation", "health")
        review = {
            "id": self._ids("review"),
            "plan": plan,
            "date": f"{now}-06-11",
            "kind": "annual",
            "led_by": "JP",
            "invited": [{"role": role, "date": f"{now}-05-14"} for role in invited],
            "circulated": f"{now}-05-20",
            "attended": [self._contact, "pupil", self._teacher, "JP"],
            "outcomes": [{"outcome": aim, "result": "on_track"}],
            "interim_targets": [{"id": self._ids("target"), "text": self._text(0.2)}],
            "views": [
                {"of": who, "date": f"{now}-06-11", "text": self._text(0.2)}
                for who in (self._contact, "pupil")
            ],
            "recommendation": "keep",
            "report_sent": f"{now}-06-18",
            "decision": {"date": f"{now}-07-02", "outcome": "keep"},
        }
        if self._year >= 9:
            review["pfa"] = {area: self._text(0.2) for area in areas}
        issued = {
            "id": plan,
            "issued": f"{now - 1}-06-19",
            "outcomes": [{"id": aim, "text": self._text(0.3)}],
            "provision": [{"id": self._part, "text": self._text(0.3)}],
            "shared_with_staff": f"{now - 1}-06-23",
        }
        return {"plans": [issued], "reviews": [review]}


def _shorten(record: Entry, excess: int) -> None:
    """Leave out the earliest sessions, where a record is too long without more."""
    sessions = record["cycles"][0].get("do", {}).get("sessions", [])
    del sessions[: max(0, excess) // BYTES_A_SESSION]


def _upn(number: int) -> str:
    """A number of an invented school of authority 999 that no two pupils share."""
    rest = f"999{9000 + number // 1000}{24:02d}{number % 1000:03d}"
    return check_letter("?" + rest[:11] + rest[11:]) + rest


def _size(part: Entry) -> int:
    """What a part adds to the canonical text of a record."""
    return len(dump.dumps(part, "pupil")) - _HEAD
