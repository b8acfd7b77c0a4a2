"""The one-page profile: who a child is and what helps, in the child's own words.

A photo or drawing that is attached to the record stands on it, or a frame to put one
in; what is not written yet has room to write it by hand. As a card, four to a sheet, it
goes into the class's folder.
"""

from __future__ import annotations

from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.made_in.paper_request import mark
from sencli.documents.made_in.paper_request import page_each
from sencli.documents.made_in.paper_request import reader_line
from sencli.documents.made_in.people import People
from sencli.documents.made_in.portrait import lines_of
from sencli.documents.made_in.portrait import portrait
from sencli.documents.made_in.portrait import sheet
from sencli.documents.view import Beside
from sencli.documents.view import Block
from sencli.documents.view import Box
from sencli.documents.view import Boxes
from sencli.documents.view import Bullets
from sencli.documents.view import Heading
from sencli.documents.view import Space
from sencli.documents.view import Text
from sencli.documents.view import View

PARTS = (
    "strengths",
    "important_to_me",
    "how_to_support_me",
    "please_do",
    "please_do_not",
    "finds_hard",
    "aspirations",
)
_ROOM = 2


@page_each
def build(record: Entry, setting: PaperContext, request: PaperRequest) -> View:
    """One page for each pupil."""
    seen = request.for_family("profile", record, setting)
    people = People(seen.record, setting)
    profile = lookup.profile_on(seen.record, setting.day)
    page = _Page(profile, people, setting, card=request.size == "card")
    blocks: list[Block] = [*page.blocks(), *mark(seen, setting, "profiles")]
    room = lookup.placement_on(seen.record, setting.day).get("class", "")
    words = setting.words
    line = words("summary.subtitle_class", **{"class": room}) if room else ""
    parts = (
        lookup.display_name(seen.record),
        line,
        page.made_on(),
        *reader_line(record, setting, request.to),
    )
    picture, asides = portrait(record, seen.record, setting, request)
    return setting.view(
        words("profile.title", name=people.pupil),
        blocks,
        [record],
        subtitle=" · ".join(part for part in parts if part),
        footer=words("summary.footer", school=setting.school.get("name", "")),
        sheet=sheet(seen.record, setting.day, request.size),
        picture=picture,
        asides=asides,
    )


class _Page:
    """The boxes of one profile."""

    def __init__(
        self, profile: Entry, people: People, setting: PaperContext, *, card: bool
    ) -> None:
        self._profile = profile
        self._people = people
        self._setting = setting
        self._card = card

    def blocks(self) -> list[Block]:
        """The boxes, how to support the child the largest of them."""
        rows = (
            (0, [self._box("strengths")]),
            (3, [self._box("important_to_me"), self._box("finds_hard")]),
            (4, [self._support()]),
            (2, [self._box("aspirations"), self._made_with(), self._seen_by()]),
        )
        kept = ((fill, tuple(box for box in row if box)) for fill, row in rows)
        return [Boxes(boxes, fill=fill, level=2) for fill, boxes in kept if boxes]

    def made_on(self) -> str:
        """When it was written."""
        if "date" not in self._profile:
            return ""
        date = self._setting.words.date(self._profile["date"])
        return self._setting.words("profile.made_on", date=date).rstrip(".")

    def _title(self, part: str) -> str:
        return self._setting.words(f"profile.{part}", name=self._people.pupil)

    def _box(self, part: str) -> Box | None:
        """One part; a card has no room for what is not written yet."""
        if part in self._profile:
            return Box(self._title(part), (_body(self._profile[part]),), "plain")
        if self._card:
            return None
        return Box(self._title(part), (Space("", _ROOM),), "plain")

    def _made_with(self) -> Box | None:
        who = self._profile.get("made_with", ())
        names = self._people.names(who, self._profile.get("date", ""))
        if not names and self._card:
            return None
        title = self._setting.words("profile.made_with")
        body = Text(self._setting.words.joined(names)) if names else Space("", 1)
        return Box(title, (body,), "plain")

    def _seen_by(self) -> Box | None:
        """Room for the initials of staff who have read it."""
        if self._card:
            return None
        return Box(self._setting.words("profile.seen_by"), (Space("", 1),), "plain")

    def _support(self) -> Box:
        """What is said, then please do and please do not; or room on white."""
        title = self._title("how_to_support_me")
        said = self._profile.get("how_to_support_me")
        body: list[Block] = [_body(said)] if said else []
        do, never = (self._list(part) for part in ("please_do", "please_do_not"))
        body += [Beside(do, never, wide=50)] if do and never else [*do, *never]
        if body:
            return Box(title, tuple(body), "strong")
        # nobody can write by hand on the school's colour
        parts = ("please_do", "please_do_not")
        left, right = ((Heading(self._title(p), 3), Space("", _ROOM)) for p in parts)
        return Box(title, (Beside(left, right, wide=50),), "plain")

    def _list(self, part: str) -> tuple[Block, ...]:
        """One of the two lists under its heading; nothing where there is none."""
        lines = lines_of(self._profile.get(part, ""))
        return (Heading(self._title(part), 3), Bullets(lines)) if lines else ()


def _body(text: str) -> Block:
    """Several lines are a list; one is a paragraph."""
    lines = tuple(line for line in text.splitlines() if line.strip())
    return Bullets(lines_of("\n".join(lines))) if len(lines) > 1 else Text(text.strip())
