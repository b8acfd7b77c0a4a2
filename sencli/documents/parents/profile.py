"""The one-page profile: who a child is and what helps, in the child's own words."""

from __future__ import annotations

from sencli.core.record import lookup
from sencli.core.record.types import Entry
from sencli.documents.made_in.paper_context import PaperContext
from sencli.documents.made_in.paper_request import PaperRequest
from sencli.documents.made_in.paper_request import mark
from sencli.documents.made_in.paper_request import page_each
from sencli.documents.made_in.paper_request import reader_line
from sencli.documents.made_in.people import People
from sencli.documents.view import Block
from sencli.documents.view import Bullets
from sencli.documents.view import Heading
from sencli.documents.view import Keep
from sencli.documents.view import Space
from sencli.documents.view import Text
from sencli.documents.view import View

PARTS = (
    "strengths",
    "important_to_me",
    "how_to_support_me",
    "finds_hard",
    "aspirations",
)
_ROOM = 3


@page_each
def build(record: Entry, setting: PaperContext, request: PaperRequest) -> View:
    """One page for each pupil; what is not written yet has room to write it by hand."""
    seen = request.for_family("profile", record, setting)
    words = setting.words
    people = People(seen.record, setting)
    profile = lookup.profile_on(seen.record, setting.day)
    blocks: list[Block] = []
    for part in PARTS:
        heading = Heading(words(f"profile.{part}", name=people.pupil))
        if part in profile:
            blocks.append(Keep((heading, _text_block(profile[part]))))
        else:
            blocks.append(Keep((heading, Space("", _ROOM))))
    blocks += mark(seen, setting, "profiles")
    if made := _made_on(profile, people, setting):
        blocks.append(Text(made, "small"))
    placement = lookup.placement_on(seen.record, setting.day)
    room = placement.get("class", "")
    line = words("summary.subtitle_class", **{"class": room}) if room else ""
    parts = (line, *reader_line(record, setting, request.to))
    return setting.view(
        words("profile.title", name=lookup.display_name(seen.record)),
        blocks,
        [record],
        subtitle=" · ".join(part for part in parts if part),
        footer=words("summary.footer", school=setting.school.get("name", "")),
    )


def _text_block(text: str) -> Block:
    """Several lines are a list; one is a paragraph."""
    lines = [line.strip(" -•*\t") for line in text.splitlines() if line.strip()]
    return Bullets(tuple(lines)) if len(lines) > 1 else Text(text.strip(), "lead")


def _made_on(profile: Entry, people: People, setting: PaperContext) -> str:
    if "date" not in profile:
        return ""
    date = setting.words.date(profile["date"])
    if not (who := people.names(profile.get("made_with", ()), profile["date"])):
        return setting.words("profile.made_on", date=date)
    together = setting.words.joined(who)
    return setting.words("profile.made", date=date, people=together)
